"""Which events belong together, and how does each look in the list?"""

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QGuiApplication

from explorer.desktop.look.theme import number_font, theme_of
from explorer.desktop.tables.table_model import Index
from explorer.language import grouped, later, tr
from explorer.session.reasons.relatives import Together

TITLES = ("#", later("Time"), later("Type"), later("Whose"), later("Data"))
POSITION, TIME, TYPE, ENTITY, SUMMARY = range(5)


class TogetherModel(QAbstractTableModel):
    """The events of one correlation; each is read when it is painted."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.events: Together | None = None
        self._position = 0
        self._numbers = number_font(QGuiApplication.font())

    def show_events(self, events: Together | None) -> None:
        """List other events."""
        self.beginResetModel()
        self.events = events
        self.endResetModel()

    def stand_at(self, position: int) -> None:
        """Mark the event at `position`, and grey what comes later."""
        self._position = position
        if self.rowCount():
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, SUMMARY))

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() or self.events is None else len(self.events)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(TITLES)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return tr(TITLES[section])
        if role == Qt.ItemDataRole.TextAlignmentRole and section == POSITION:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or self.events is None:
            return None
        column = index.column()
        position = int(self.events.positions[index.row()])
        theme = theme_of(QGuiApplication.palette())
        match role:
            case Qt.ItemDataRole.DisplayRole:
                event = self.events[index.row()]
                mark = "▶ " if position == self._position else ""
                return (f"{mark}{grouped(position)}", event.at_text, event.type, event.entity, event.summary)[
                    column
                ]
            case Qt.ItemDataRole.TextAlignmentRole if column == POSITION:
                return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            case Qt.ItemDataRole.FontRole if column in (POSITION, TIME):
                return self._numbers
            case Qt.ItemDataRole.FontRole if column == TYPE and position == self._position:
                font = QFont(QGuiApplication.font())
                font.setBold(True)
                return font
            case Qt.ItemDataRole.ForegroundRole if position > self._position:
                return QBrush(QColor(theme.future))
            case Qt.ItemDataRole.ForegroundRole if column in (POSITION, TIME):
                return QBrush(QColor(theme.muted))
        return None
