"""Why is this value so: which events set it, and with what arithmetic?"""

from bisect import bisect_right

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QGuiApplication
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from explorer.desktop import plain
from explorer.desktop.models.state_model import Index
from explorer.desktop.tables import QuietTable
from explorer.desktop.theme import number_font, theme_of
from explorer.session.document import Document
from explorer.session.plaintext import visible
from explorer.session.why import WhyLines

HINT = "Choose a value in the state: every event that set it is listed here, with the arithmetic."
TITLES = ("#", "Time", "Type", "Before", "After", "How")
POSITION, TIME, TYPE, BEFORE, AFTER, HOW = range(6)


class WhyModel(QAbstractTableModel):
    """The changes of one field, oldest first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: WhyLines | None = None
        self._position = 0
        self._numbers = number_font(QGuiApplication.font())

    def show_lines(self, lines: WhyLines | None) -> None:
        """List other changes."""
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def stand_at(self, position: int) -> None:
        """Grey the changes after `position`."""
        self._position = position
        if self.lines:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.lines) - 1, HOW))

    def current_row(self) -> int | None:
        """Return the row of the change that the value on screen comes from."""
        row = bisect_right(self.lines.positions, self._position) - 1 if self.lines else -1
        return row if row >= 0 else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() or self.lines is None else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(TITLES)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return TITLES[section]
        if role == Qt.ItemDataRole.TextAlignmentRole and section in (POSITION, BEFORE, AFTER):
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or self.lines is None:
            return None
        line, column = self.lines[index.row()], index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return (
                    f"{line.position:,}",
                    visible(line.at_text),
                    visible(line.type),
                    visible(line.before_text) or "–",
                    visible(line.after_text) or "–",
                    visible(line.explanation),
                )[column]
            case Qt.ItemDataRole.TextAlignmentRole if column in (POSITION, BEFORE, AFTER):
                return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            case Qt.ItemDataRole.FontRole if column != TYPE:
                return self._numbers
            case Qt.ItemDataRole.ForegroundRole if line.position > self._position:
                return QBrush(QColor(theme_of(QGuiApplication.palette()).future))
            case Qt.ItemDataRole.ForegroundRole if column in (POSITION, TIME, BEFORE):
                return QBrush(QColor(theme_of(QGuiApplication.palette()).muted))
        return None


class WhyPanel(QWidget):
    """The history of one value; choosing a line asks to go to its event."""

    position_chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.value: tuple[str, str] | None = None  # the entity and field that are explained
        self._following = False
        self.title = plain.Elided("Why", role="heading", name="Why")
        self.model = WhyModel(self)
        self.table = QuietTable(self.model, "Why")
        figure_px = self.table.fontMetrics().horizontalAdvance("0")
        for column, width in ((POSITION, 8), (TIME, 24), (TYPE, 17), (BEFORE, 12), (AFTER, 12)):
            self.table.setColumnWidth(column, width * figure_px)
        self.hint = plain.label(HINT, role="muted", wrap=True)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._stack = QStackedWidget()
        self._stack.setAccessibleName("Why")
        self._stack.addWidget(self.hint)
        self._stack.addWidget(self.table)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 6, 0, 0)
        box.setSpacing(4)
        box.addWidget(self.title)
        box.addWidget(self._stack)
        self.table.clicked.connect(self._choose)
        self.table.activated.connect(self._choose)

    def show_value(self, document: Document | None, entity: str | None, field: str) -> None:
        """List the events that set `field` of `entity`; "" lists those that set any field."""
        self.value = None if document is None or entity is None else (entity, field)
        if document is None or entity is None:
            self.title.show_text("Why")
            self.model.show_lines(None)
            self.hint.setText(HINT)
            self._stack.setCurrentWidget(self.hint)
            return
        what = f"{visible(field, 60)} of {visible(entity, 60)}" if field else visible(entity, 60)
        lines = document.why(entity, field or None)
        self.model.show_lines(lines)
        events = "1 change" if len(lines) == 1 else f"{len(lines):,} changes"
        self.title.show_text(f"Why: {what}  ({events})")
        self.hint.setText("No event has set this value.")
        self._stack.setCurrentWidget(self.table if lines else self.hint)

    def stand_at(self, position: int) -> None:
        """Mark the change that holds at `position`."""
        self.model.stand_at(position)
        row = self.model.current_row()
        if row is None:
            self.table.clearSelection()
            self.table.scrollToTop()
        else:
            self.table.selectRow(row)
            self.table.scrollTo(self.model.index(row, POSITION))

    def _choose(self, index: Index) -> None:
        if self.model.lines is not None:
            self.position_chosen.emit(self.model.lines.positions[index.row()])
