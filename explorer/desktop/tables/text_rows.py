"""How are a few rows of plain text shown in a table, with a sign before them?"""

from collections.abc import Sequence

from PySide6.QtCore import QObject

from explorer.desktop.tables.table_model import LEFT, RIGHT, SIGN_COLOURS, Cell, TableModel

SHORT = 12  # characters that fit into any column


class TextRows(TableModel):
    """Rows of text; the first column may hold a sign, which has a colour besides."""

    def __init__(
        self, columns: Sequence[str], numbers: Sequence[int] = (), parent: QObject | None = None
    ) -> None:
        """Make one.

        Args:
            columns: The titles, in the person's language.
            numbers: Which columns stand to the right.
            parent: Who owns it.
        """
        super().__init__(parent)
        self._columns = list(columns)
        self._right = set(numbers)
        self._texts: Sequence[Sequence[str]] = ()

    def show_rows(self, rows: Sequence[Sequence[str]], columns: Sequence[str] | None = None) -> None:
        """Show other rows, and other titles if there are any."""
        if columns is None and list(map(list, rows)) == list(map(list, self._texts)):
            return
        with self.anew():
            self._texts, self.rows = rows, len(rows)
            if columns is not None:
                self._columns = list(columns)

    def column_total(self) -> int:
        return len(self._columns)

    def head(self, column: int) -> Cell:
        return Cell(self._columns[column], side=self._side(column))

    def cells(self, row: int) -> tuple[Cell, ...]:
        return tuple(self.cell(row, column) for column in range(len(self._columns)))

    def cell(self, row: int, column: int) -> Cell:
        texts = self._texts[row]
        text = texts[column] if column < len(texts) else ""
        tip = text if len(text) > SHORT else ""  # it may be cut
        font = self.numbers if column in self._right else None
        ink, _ = SIGN_COLOURS.get(text, (None, None))
        return Cell(text, ink, font=font, side=self._side(column), tip=tip)

    def _side(self, column: int) -> int:
        return RIGHT if column in self._right else LEFT
