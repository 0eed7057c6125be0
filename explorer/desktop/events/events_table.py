"""How does the table of raw events behave: which row is current, and who moves it?"""

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QFontMetrics, QGuiApplication, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView

from explorer.desktop.look.theme import number_font, row_px
from explorer.desktop.models import events_model
from explorer.desktop.models.events_model import EventsModel
from explorer.desktop.models.state_model import Index
from explorer.desktop.tables.cells import PADDING_PX
from explorer.desktop.tables.tables import QuietTable
from explorer.language import tr


class EventsTable(QuietTable):
    """The raw events; choosing a row asks to go there, and the row of the playhead stays in sight."""

    entry_chosen = Signal(object)  # the entry row
    compare_asked = Signal(object)  # the entry row: a click with Shift

    def __init__(self, model: EventsModel) -> None:
        super().__init__(model, tr("Events"))
        self._events = model
        self._following = False  # the current row is being set by the program
        self._comparing = False  # the button was pressed with Shift
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        figure_px = self.fontMetrics().horizontalAdvance("0")
        for column, width in (
            (events_model.MARK, 26),
            (events_model.POSITION, 4 * figure_px),
            (events_model.TIME, 24 * figure_px),
            (events_model.TYPE, 19 * figure_px),
            (events_model.ENTITY, 12 * figure_px),
        ):
            self.setColumnWidth(column, width)
        self.clicked.connect(lambda index: self.entry_chosen.emit(model.entry_row(index.row())))
        model.modelReset.connect(self._make_room_for_numbers)

    def _make_room_for_numbers(self) -> None:
        """The last position must fit, however long the log is."""
        figures = QFontMetrics(number_font(QGuiApplication.font()))
        width_px = figures.horizontalAdvance(f"{self._events.listed_count:,}") + 2 * PADDING_PX + 2
        if self.columnWidth(events_model.POSITION) < width_px:
            self.setColumnWidth(events_model.POSITION, width_px)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        left, shift = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier
        self._comparing = event.button() == left and bool(event.modifiers() & shift)
        index = self.indexAt(event.position().toPoint())
        if not self._comparing:
            super().mousePressEvent(event)
        elif index.isValid():
            self.compare_asked.emit(self._events.entry_row(index.row()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if not self._comparing:  # else the press was no choice of a row
            super().mouseReleaseEvent(event)
        self._comparing = False

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.isValid() and not self._following:
            self.entry_chosen.emit(self._events.entry_row(current.row()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.currentIndex().isValid():  # the playhead's row stays in sight when the room gets smaller
            self.scrollTo(self.currentIndex())

    def show_current(self, entry: int | None) -> None:
        """Make `entry` the current row and bring it into sight; None: no row is current."""
        row = None if entry is None else self._events.row_of(entry)
        self._following = True
        try:
            if row is None:
                self.clearSelection()
                self.setCurrentIndex(QModelIndex())
                near = None if entry is None else self._events.row_near(entry)
                if near is None:
                    self.scrollToTop()
                else:  # the filter hides it: those around it come into sight
                    self.scrollTo(self._events.index(near, events_model.MARK))
                return
            index = self._events.index(row, events_model.TYPE)
            page = max(self.viewport().height() // row_px(), 1)
            top = self.rowAt(0)
            if top - page <= row <= top + 2 * page:  # near: move no further than needed
                ahead = min(max(row + (3 if row > top + page // 2 else -3), 0), self._events.rowCount() - 1)
                self.scrollTo(self._events.index(ahead, events_model.MARK))
            else:
                self.scrollTo(
                    self._events.index(row, events_model.MARK), QAbstractItemView.ScrollHint.PositionAtCenter
                )
            left = self.horizontalScrollBar().value()
            self.setCurrentIndex(index)
            self.horizontalScrollBar().setValue(left)
        finally:
            self._following = False
