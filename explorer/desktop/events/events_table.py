"""How does the table of raw events behave: which row is current, and who moves it?"""

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QFontMetrics, QGuiApplication, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView

from explorer.desktop.events import events_model
from explorer.desktop.events.events_model import EventsModel
from explorer.desktop.look.theme import bold_font, number_font, row_px
from explorer.desktop.tables.cell_table import PADDING_PX
from explorer.desktop.tables.quiet_table import MARK_PX, QuietTable, fitted
from explorer.desktop.tables.table_model import Index
from explorer.language import grouped, tr

LAST_PX, LEAST_LAST_PX = 60, 36  # wide should the last column be, which takes what is left, and at least
LEAST_FIGURES = 8, 12  # wide is a text at least, and a type
MOST_TEXT_FIGURES, MOST_FIGURES = 20, 30  # … and at first no wider


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
        self._drawn_by_hand: set[int] = set()
        self._wanted: dict[int, int] = {}
        self._titles: dict[int, int] = {}  # how wide a column is at least, for its title
        self.setColumnWidth(events_model.MARK, MARK_PX)
        self.horizontalHeader().sectionResized.connect(self._note_width)
        self.verticalScrollBar().valueChanged.connect(lambda _value: self._scrolled())
        self.clicked.connect(lambda index: self.entry_chosen.emit(model.entry_row(index.row())))
        model.modelReset.connect(self.make_room)

    def make_room(self, *, anew: bool = False) -> None:
        """What can be seen fits into its column, within bounds; where that is too much, text gives way to numbers.

        `anew`: there are other columns, or is another log; else no column gets narrower.
        """
        if anew:
            self._wanted.clear()
            self._drawn_by_hand.clear()
        model, heads = self._events, self.horizontalHeader()
        figure_px = self.fontMetrics().horizontalAdvance("0")
        words = QFontMetrics(bold_font())
        for column in range(events_model.POSITION, model.columnCount() - 1):
            title = model.head(column).text
            arrow = heads.isSortIndicatorShown() and heads.sortIndicatorSection() == column
            room = max(words.horizontalAdvance(title) + arrow * MARK_PX, 4 * figure_px)
            if not self._is_even(column):
                most = MOST_FIGURES if column == events_model.TYPE else MOST_TEXT_FIGURES
                texts = [model.text(row, column)[:most] for row in self._rows_to_measure()]
                room = max(room, min(max(map(words.horizontalAdvance, texts), default=0), most * figure_px))
            self._titles[column] = words.horizontalAdvance(title) + 2 * PADDING_PX + 2
            self._wanted[column] = max(self._wanted.get(column, 0), room + 2 * PADDING_PX + 2)
        self._make_room_for_numbers()
        self._fit()

    def _make_room_for_numbers(self) -> bool:
        """Numbers that come into sight are not cut, nor is the last position; returns whether one needs more room."""
        model, figures = self._events, QFontMetrics(number_font(QGuiApplication.font()))
        rows, more = self._rows_to_measure(), False
        for column in range(events_model.POSITION, model.columnCount() - 1):
            if self._is_even(column):
                texts = [model.text(row, column)[:MOST_FIGURES] for row in rows]
                if column == events_model.POSITION:
                    texts = [grouped(model.last_position)]  # a filter lists few, and any of them
                room = figures.horizontalAdvance(max(texts, key=len, default="")) + 2 * PADDING_PX + 2
                if room > self._wanted.get(column, 0):
                    self._wanted[column], more = room, True
        return more

    def _scrolled(self) -> None:
        if self._make_room_for_numbers():
            self._fit()

    def _rows_to_measure(self) -> range:
        first = max(self.rowAt(0), 0)
        return range(first, min(first + self.viewport().height() // row_px() + 2, self._events.rowCount()))

    def _is_even(self, column: int) -> bool:
        """Whether its figures all have one width: such a column is never cut."""
        own = self._events.own(column)
        return column in (events_model.POSITION, events_model.TIME) or (own is not None and own.is_number)

    def _fit(self) -> None:
        """Share the room out; a column that the person has drawn stays as it is, and the last takes the rest."""
        last = self._events.columnCount() - 1
        columns = [each for each in self._wanted if each < last and not self.isColumnHidden(each)]
        figure_px = self.fontMetrics().horizontalAdvance("0")
        mark_px = self.columnWidth(events_model.MARK)  # it grows with the type
        wanted, least = [mark_px, LAST_PX], [mark_px, LEAST_LAST_PX]
        for column in columns:
            by_hand = column in self._drawn_by_hand
            yields = not self._is_even(column)
            wanted.append(self.columnWidth(column) if by_hand else self._wanted[column])
            floor = max(LEAST_FIGURES[column == events_model.TYPE] * figure_px, self._titles[column])
            least.append(floor if yields and not by_hand else wanted[-1])
        room = self.viewport().width()
        shares = fitted(wanted, least, room)
        for column, width in zip(columns, shares[2:], strict=True):
            if width != self.columnWidth(column):
                self.setColumnWidth(column, width)
        self.setColumnWidth(last, max(room - sum(shares) + shares[1], shares[1]))

    def _note_width(self, column: int, old: int, new: int) -> None:
        if not old or not new:  # it is hidden, or shown again: the others have more room, or less
            self._fit()
        elif QGuiApplication.mouseButtons() & Qt.MouseButton.LeftButton:  # else the program does it
            self._drawn_by_hand.add(column)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_wanted"):
            self._wanted.clear()
            self.make_room()

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
        self._fit()
        if self.currentIndex().isValid():  # the playhead's row stays in sight when the room gets smaller
            left = self.horizontalScrollBar().value()
            self.scrollTo(self.currentIndex())
            self.horizontalScrollBar().setValue(left)  # sideways nothing moves: the positions stay in sight

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
