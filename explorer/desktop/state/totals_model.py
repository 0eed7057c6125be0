"""What stands under each column of the state: its total, for each currency in a line of its own?"""

from PySide6.QtCore import QAbstractTableModel, QObject, Qt
from PySide6.QtGui import QGuiApplication

from explorer.desktop import plain
from explorer.desktop.look.theme import bold_font, number_font, theme_of
from explorer.desktop.state.state_model import MARK, StateModel
from explorer.desktop.tables.cell import CENTRE, LEFT, RIGHT, Cell
from explorer.desktop.tables.table_model import NOWHERE, Index
from explorer.language import tr
from explorer.session.state.state_totals import Parts, joined
from explorer.session.state.stateview import StateView

SIGN = "Σ"


class TotalsModel(QAbstractTableModel):
    """A few lines with the columns of the state's table; they are sorted with nothing."""

    def __init__(self, state: StateModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._names: list[str] = []
        self._parts: list[Parts] = []
        self._lines = 0
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
        same = (names, lines) == (self._names, self._lines)
        if same and (parts, narrowed) == (self._parts, self._narrowed):
            return
        if not same:
            self.beginResetModel()
        self._names, self._parts, self._lines, self._narrowed = names, parts, lines, narrowed
        if not same:
            self.endResetModel()
        elif lines:
            self.dataChanged.emit(self.index(0, 0), self.index(lines - 1, len(names)))

    def part(self, row: int, column: int) -> str:
        """The total in one cell, with all its digits; "" where there is none."""
        parts = self._parts[column - 1] if MARK < column <= len(self._parts) else ()
        return parts[row] if row < len(parts) else ""

    def is_empty(self, column: int) -> bool:
        """Whether no line has anything under a column."""
        return not any(self._text(row, column) for row in range(self._lines))

    def whole_text(self) -> str:
        """All in one line."""
        return joined(self._names, self._parts)

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else self._lines

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() or not self._names else len(self._names) + 1

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        return self._state.headerData(section, orientation, role)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= self._lines or index.column() > len(self._names):
            return None
        row, column = index.row(), index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._text(row, column)
            case Qt.ItemDataRole.AccessibleTextRole if column > MARK + 1 and self.part(row, column):
                total = tr("all together {total}").format(total=self.part(row, column))
                return tr("of those shown {total}").format(total=total) if self._narrowed else total
            case Qt.ItemDataRole.ToolTipRole:
                return plain.tip(self.part(row, column))
            case Qt.ItemDataRole.TextAlignmentRole:
                return self._state.headerData(column, Qt.Orientation.Horizontal, role)
        return None

    def cells(self, row: int) -> tuple[Cell, ...]:
        """A whole line at once."""
        view, ground = self.view, theme_of(QGuiApplication.palette()).raised
        bold, numbers = bold_font(), number_font(QGuiApplication.font())
        found = [Cell(self._text(row, MARK), None, ground, bold, CENTRE)]
        for column in range(1, len(self._names) + 1):
            number = view is not None and column <= len(view.shown) and view.is_number(column - 1)
            font = numbers if number else bold if column == 1 else None
            found.append(Cell(self._text(row, column), None, ground, font, RIGHT if number else LEFT))
        return tuple(found)

    def _text(self, row: int, column: int) -> str:
        if column == MARK:
            return SIGN if row == 0 else ""
        if column == 1 and row == 0 and not self.part(row, column):
            return tr("Shown") if self._narrowed else tr("Total")
        return self.part(row, column)
