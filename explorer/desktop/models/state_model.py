"""What is the state of every account at the playhead, and what did the last event change in it?"""

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QGuiApplication

from explorer.desktop.models.events_model import MAX_ROWS
from explorer.desktop.theme import number_font, theme_of
from explorer.session.plaintext import visible
from explorer.session.stateview import StateView

DELTA_ROLE = Qt.ItemDataRole.UserRole + 1
MARK = 0  # the column before those of the state: + added, ~ changed
SYMBOLS = {"added": "+", "changed": "~", "removed": "−"}

type Index = QModelIndex | QPersistentModelIndex


class StateModel(QAbstractTableModel):
    """One `StateView` after another; rows and columns that stay are only repainted."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._view: StateView | None = None
        self._shown: StateView | None = None  # `_view` in the order chosen at the header
        self._rows = 0
        self._sort: tuple[int, bool] | None = None  # column of the state, descending
        self._numbers = number_font(QGuiApplication.font())

    def show_state(self, view: StateView | None) -> None:
        """Show `view`; rows are added or taken away at the end, so that the table need not jump."""
        columns_stay = view is not None and self._shown is not None and view.columns == self._shown.columns
        if not columns_stay:
            self.beginResetModel()
            self._view, self._shown = view, self._sorted(view)
            self._rows = self._row_total()
            self.endResetModel()
            return
        self._view = view
        self._change_rows()

    @property
    def view(self) -> StateView | None:
        """The state on screen, in the order on screen."""
        return self._shown

    def column_name(self, column: int) -> str:
        """Return the field that table column `column` shows ("" for the mark)."""
        return self._shown.columns[column - 1] if self._shown and column > MARK else ""

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._sort = None if column <= MARK else (column - 1, order == Qt.SortOrder.DescendingOrder)
        self._change_rows()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else self._rows

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() or self._shown is None else len(self._shown.columns) + 1

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(section)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        name = visible(self.column_name(section), 80)
        return name.capitalize() if name.islower() else name

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        view = self._shown
        if not index.isValid() or view is None or index.row() >= view.row_count:
            return None
        row, column = index.row(), index.column()
        change = view.change(row)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return (
                    SYMBOLS.get(change or "", "") if column == MARK else visible(view.text(row, column - 1))
                )
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._spoken(row, column)
            case Qt.ItemDataRole.TextAlignmentRole:
                return self._alignment(column)
            case Qt.ItemDataRole.FontRole:
                return self._font(row, column)
            case Qt.ItemDataRole.ForegroundRole if change and self._is_changed(row, column):
                theme = theme_of(QGuiApplication.palette())
                return QBrush(QColor(theme.added if change == "added" else theme.changed))
            case Qt.ItemDataRole.BackgroundRole if change and self._is_changed(row, column):
                theme = theme_of(QGuiApplication.palette())
                return QBrush(QColor(theme.added_soft if change == "added" else theme.changed_soft))
            case role if role == DELTA_ROLE and change and column > MARK:
                return view.delta_text(row, column - 1)
        return None

    def _sorted(self, view: StateView | None) -> StateView | None:
        if view is None or self._sort is None or self._sort[0] >= len(view.columns):
            return view
        return view.sort(self._sort[0], descending=self._sort[1])

    def _row_total(self) -> int:
        return min(self._shown.row_count, MAX_ROWS) if self._shown else 0

    def _change_rows(self) -> None:
        shown = self._sorted(self._view)
        rows = min(shown.row_count, MAX_ROWS) if shown else 0
        if rows > self._rows:
            self.beginInsertRows(QModelIndex(), self._rows, rows - 1)
            self._shown, self._rows = shown, rows
            self.endInsertRows()
        elif rows < self._rows:
            self.beginRemoveRows(QModelIndex(), rows, self._rows - 1)
            self._shown, self._rows = shown, rows
            self.endRemoveRows()
        self._shown = shown
        if rows:
            self.dataChanged.emit(self.index(0, 0), self.index(rows - 1, self.columnCount() - 1))

    def _is_changed(self, row: int, column: int) -> bool:
        return column == MARK or (self._shown is not None and self._shown.changed(row, column - 1))

    def _alignment(self, column: int) -> Qt.AlignmentFlag:
        if column == MARK:
            return Qt.AlignmentFlag.AlignCenter
        number = self._shown is not None and self._shown.is_number(column - 1)
        side = Qt.AlignmentFlag.AlignRight if number else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter

    def _font(self, row: int, column: int) -> QFont | None:
        number = self._shown is not None and column > MARK and self._shown.is_number(column - 1)
        font = QFont(self._numbers) if number or column == MARK else None
        if column == MARK and font is not None:
            font.setBold(True)
        return font

    def _spoken(self, row: int, column: int) -> str:
        assert self._shown is not None
        if column == MARK:
            return self._shown.change(row) or "unchanged"
        text = visible(self._shown.text(row, column - 1))
        delta = self._shown.delta_text(row, column - 1)
        return f"{text}, changed by {delta}" if delta else text
