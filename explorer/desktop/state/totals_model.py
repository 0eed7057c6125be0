"""What stands under each column of the state: its total, for each currency in a line of its own?"""

from PySide6.QtCore import QObject

from explorer.desktop.state.state_model import MARK, StateModel
from explorer.desktop.tables.table_model import CENTRE, LEFT, RIGHT, Cell, TableModel
from explorer.language import tr
from explorer.session.state.state_totals import Parts, joined
from explorer.session.state.state_view import StateView

SIGN = "Σ"


class TotalsModel(TableModel):
    """A few lines with the columns of the state's table; they are sorted with nothing."""

    def __init__(self, state: StateModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._names: list[str] = []
        self._parts: list[Parts] = []
        self._narrowed = False

    @property
    def view(self) -> StateView | None:
        """The state of which these are the totals."""
        return self._state.view

    def show_totals(self, names: list[str], parts: list[Parts], lines: int, *, narrowed: bool) -> None:
        """Show the totals of columns.

        Args:
            names: Of the columns.
            parts: What each comes to.
            lines: How many there are, whatever is in them.
            narrowed: Whether they are of what passes a filter alone.
        """
        if (names, lines) != (self._names, self.rows):
            with self.anew():
                self._names, self._parts, self.rows, self._narrowed = names, parts, lines, narrowed
        elif (parts, narrowed) != (self._parts, self._narrowed):
            self._parts, self._narrowed = parts, narrowed
            self.redraw()

    def part(self, row: int, column: int) -> str:
        """The total in one cell, with all its digits; "" where there is none."""
        parts = self._parts[column - 1] if MARK < column <= len(self._parts) else ()
        return parts[row] if row < len(parts) else ""

    def is_empty(self, column: int) -> bool:
        """Whether no line has anything under a column."""
        return not any(self._text(row, column) for row in range(self.rows))

    def whole_text(self) -> str:
        """All in one line."""
        return joined(self._names, self._parts)

    def column_total(self) -> int:
        return len(self._names) + 1 if self._names else 0

    def head(self, column: int) -> Cell:
        return self._state.head(column)

    def cells(self, row: int) -> tuple[Cell, ...]:
        return tuple(self.cell(row, column) for column in range(self.column_total()))

    def cell(self, row: int, column: int) -> Cell:
        if column == MARK:
            return Cell(self._text(row, column), None, "raised", self.bold, CENTRE)
        view, part = self.view, self.part(row, column)
        number = view is not None and column <= len(view.shown) and view.is_number(column - 1)
        font = self.numbers if number else self.bold if column == 1 else None
        side, spoken = RIGHT if number else LEFT, ""
        if part and column > MARK + 1:
            spoken = tr("all together {total}").format(total=part)
            spoken = tr("of those shown {total}").format(total=spoken) if self._narrowed else spoken
        return Cell(self._text(row, column), None, "raised", font, side, tip=part, spoken=spoken)

    def _text(self, row: int, column: int) -> str:
        if column == MARK:
            return SIGN if row == 0 else ""
        if column == 1 and row == 0 and not self.part(row, column):
            return tr("Shown") if self._narrowed else tr("Total")
        return self.part(row, column)
