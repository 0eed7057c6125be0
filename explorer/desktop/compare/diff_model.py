"""What came, went and changed between two points, as rows on screen?"""

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt
from PySide6.QtGui import QBrush, QColor, QGuiApplication

from explorer.desktop.look.theme import number_font, theme_of
from explorer.desktop.tables.table_model import MAX_ROWS, Index
from explorer.session.state.differences import AFTER, BEFORE, DIFFERENCE, FIELD, SIGNS, Differences

MARK, ENTITY = 0, 1  # the mark stands before the columns of `Differences`


class DiffModel(QAbstractTableModel):
    """Holds no rows: it asks for the text of the cells that are painted."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.differences: Differences | None = None
        self._rows = 0
        self._numbers = number_font(QGuiApplication.font())

    def show_differences(self, found: Differences | None) -> None:
        """Show another comparison."""
        self.beginResetModel()
        self.differences = found
        self._rows = 0 if found is None else min(len(found), MAX_ROWS)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else self._rows

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else DIFFERENCE + 2

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(section)
        if role != Qt.ItemDataRole.DisplayRole or section == MARK:
            return None
        columns = (
            self.differences.columns
            if self.differences
            else ["account", "field", "before", "after", "difference"]
        )
        return columns[section - 1].capitalize()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        found = self.differences
        if not index.isValid() or found is None or index.row() >= self._rows:
            return None
        row, column = index.row(), index.column()
        kind = found.kind(row)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._text(found, row, column)
            case Qt.ItemDataRole.AccessibleTextRole:
                return kind if column == MARK else found.text(row, column - 1)
            case Qt.ItemDataRole.TextAlignmentRole:
                return self._alignment(column)
            case Qt.ItemDataRole.FontRole if column == MARK or column > FIELD + 1:
                return self._numbers
            case Qt.ItemDataRole.ForegroundRole if column in {MARK, DIFFERENCE + 1}:
                return QBrush(QColor(self._colours(kind)[0]))
            case Qt.ItemDataRole.BackgroundRole if column == MARK:
                return QBrush(QColor(self._colours(kind)[1]))
            case Qt.ItemDataRole.ForegroundRole if column == BEFORE + 1:
                return QBrush(QColor(theme_of(QGuiApplication.palette()).muted))
        return None

    def _text(self, found: Differences, row: int, column: int) -> str:
        if column == MARK:
            return SIGNS[found.kind(row)]
        if column == ENTITY and not found.first_of_entity(row):
            return ""
        return found.text(row, column - 1)

    def _colours(self, kind: str) -> tuple[str, str]:
        theme = theme_of(QGuiApplication.palette())
        return {
            "added": (theme.added, theme.added_soft),
            "removed": (theme.warning, theme.warning_soft),
        }.get(kind, (theme.changed, theme.changed_soft))

    def _alignment(self, column: int) -> Qt.AlignmentFlag:
        if column == MARK:
            return Qt.AlignmentFlag.AlignCenter
        right = column in {BEFORE + 1, AFTER + 1, DIFFERENCE + 1}
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter
