"""How does the table of the state behave: what is chosen in it, what stays in view, and how wide is a column?"""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView

from explorer.desktop.look.theme import number_font
from explorer.desktop.state.pinned_columns import PinnedColumns
from explorer.desktop.state.state_model import CURVE_PX, MARK, StateModel, when_text
from explorer.desktop.tables.quiet_table import MARK_PX, ROOM_PX, QuietTable, fitted
from explorer.desktop.tables.table_model import Index
from explorer.language import tr
from explorer.session.state.sample_texts import sample_texts
from explorer.session.state.state_view import StateView

MOST_FIGURES = 30  # no column is wider at first
LEAST_FIGURES = 7  # no text is narrower for want of room
KEY_FIGURES = 16  # … and no name of a row, which is what tells rows apart
DELTA_FIGURES = 9  # beside a number: by how much it has changed


class StateTable(QuietTable):
    """The state at the playhead; a chosen account stays chosen while the playhead moves."""

    value_chosen = Signal(str, str)  # entity, field ("" for the entity's own column)
    fold_asked = Signal(int)  # the row of a group's heading
    menu_asked = Signal(object, object)  # the index, and where on the screen
    copy_asked = Signal()

    def __init__(self, model: StateModel) -> None:
        super().__init__(model, tr("State"))
        self._state = model
        self._entity: str | None = None
        self._field = ""
        self._following = False
        self._instead = ""
        self._samples: dict[str, list[str]] = {}  # what columns hold at some time, as far as that was told
        self._samples_of: object = None
        self._widths: dict[str, int] = {}  # as the person has drawn them
        self.totals: dict[str, str] = {}  # the longest total under each column
        self._setting_widths = False
        self._rooms: list[
            tuple[int, int, int]
        ] = []  # how wide each column would be, mostly is, and is at least
        self._changing: list[int] = []  # … and with what was there before beside what is there now
        header = self.horizontalHeader()
        header.setSortIndicatorShown(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setSortIndicatorClearable(True)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.sectionResized.connect(self._remember_width)
        self.setSortingEnabled(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.pinned = PinnedColumns(self, model)
        self.clicked.connect(self._click)
        self.pinned.clicked.connect(self._click)
        self.pinned.menu_asked.connect(self.menu_asked)
        self.activated.connect(self._fold)
        model.modelReset.connect(self.set_widths)
        self.set_widths()

    def say_instead(self, text: str) -> None:
        """What stands in the table where no rows do."""
        if text != self._instead:
            self._instead = text
            self.setAccessibleDescription(text)
            self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._instead and not self._state.rows:
            with QPainter(self.viewport()) as painter:
                painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
                room = self.viewport().rect().adjusted(ROOM_PX, 4, -ROOM_PX, -4)
                middle = Qt.AlignmentFlag.AlignCenter
                painter.drawText(room, middle | Qt.TextFlag.TextWordWrap, self._instead)

    def set_widths(self) -> None:
        """Room for what each column holds at any time, and for a number beside its change."""
        view = self._state.view
        self._rooms, self._changing = [], []
        figure_px = self.fontMetrics().horizontalAdvance("0")
        numbers = QFontMetrics(number_font(self.font()))
        for at, column in enumerate(view.shown if view is not None else ()):
            assert view is not None
            measure = numbers if view.is_number(at) else self.fontMetrics()
            texts = self._sampled(view, at)
            is_time = any(when_text(text) != text for text in texts)
            wide = sorted(measure.horizontalAdvance(when_text(text)) for text in texts)
            title = self._state.head(at + 1).text
            common = wide[len(wide) * 9 // 10] if wide else 0  # one long name is no rule
            most = min(wide[-1], common * 3 // 2) if wide else 0
            heading = self.fontMetrics().horizontalAdvance(title) + 12
            room = max(most, heading)
            room = max(room, measure.horizontalAdvance(self.totals.get(column.name, "")))
            room = min(room, MOST_FIGURES * figure_px) + ROOM_PX
            room += DELTA_FIGURES * figure_px if view.has_deltas(at) else 0
            room += CURVE_PX if column.name in view.arrangement.curves else 0
            room = self._widths.get(column.name, room)
            yields = not view.is_number(at) and column.name not in self._widths
            usual = max(common, heading) + ROOM_PX
            least = usual if is_time else max(heading, LEAST_FIGURES * figure_px) + ROOM_PX
            least = least if at else max(least, min(usual, KEY_FIGURES * figure_px + ROOM_PX))
            floors = (min(room, usual), min(room, least)) if yields else (room, room)
            self._rooms.append((room, *floors))
            self._changing.append(room + common + ROOM_PX // 2 if yields and not is_time and at else room)
        self._fit()

    def learn_widths(self) -> None:
        """What columns hold has been read: give those their room of which nothing was known."""
        view = self._state.view
        if view is not None and any(column.name not in self._samples for column in view.shown):
            self.set_widths()

    def _sampled(self, view: StateView, at: int) -> list[str]:
        """What a column holds at some time, or was told to when that was last asked."""
        if view.state.touches is not self._samples_of:
            self._samples_of, self._samples = view.state.touches, {}
        texts, name = sample_texts(view, at), view.shown[at].name
        if texts:
            self._samples[name] = texts
        return texts or self._samples.get(name, [])

    def _fit(self) -> None:
        """Where there is too little room for all columns, long texts give way to numbers."""
        was_setting, self._setting_widths = (
            self._setting_widths,
            True,
        )  # a bar that comes or goes asks once more
        self.setColumnWidth(MARK, MARK_PX)
        room = self.viewport().width() - MARK_PX
        wanted, usual, least = ([each[at] for each in self._rooms] for at in range(3))
        shares = fitted(
            self._changing, wanted, room
        )  # what was there before stands beside it, if there is room
        shares = (
            fitted(wanted, usual, room) if sum(shares) > room else shares
        )  # first the few longest texts give way, …
        shares = fitted(wanted, least, room) if sum(shares) > room else shares  # … then all that are long
        for at, width in enumerate(shares):
            if width != self.columnWidth(at + 1):
                self.setColumnWidth(at + 1, width)
        self._setting_widths = was_setting
        self.pinned.follow()

    @property
    def entity(self) -> str | None:
        """The account chosen by the user, on screen or not yet opened at this position."""
        return self._entity

    @property
    def field(self) -> str:
        """Which of its values is chosen; empty: the account itself."""
        return self._field

    def choose(self, entity: str | None, field: str = "") -> None:
        """Choose `entity`'s `field`, as a click would."""
        self._entity, self._field = entity, field
        self.keep_choice()
        if entity is not None:
            self.value_chosen.emit(entity, field)

    def keep_choice(self) -> None:
        """Put the selection back on the chosen account, wherever its row now is; never scroll."""
        view = self._state.view
        row = view.row_of(self._entity) if view is not None and self._entity is not None else None
        self._following = True
        try:
            if row is None or view is None:
                self.clearSelection()
                self.selectionModel().clearCurrentIndex()
                return
            names = [column.name for column in view.shown]
            column = names.index(self._field) + 1 if self._field in names else 1
            index = self._state.index(row, column)
            if index == self.currentIndex() and self.selectionModel().isSelected(index):
                return
            flag = self.selectionModel().SelectionFlag
            self.selectionModel().setCurrentIndex(index, flag.ClearAndSelect | flag.Current)
        finally:
            self._following = False

    def show_row(self, row: int) -> None:
        """Bring a row into sight, and choose its account."""
        view = self._state.view
        if view is not None and 0 <= row < view.row_count:
            self._choose(self._state.index(row, 1))
            self.keep_choice()
            super().scrollTo(self._state.index(row, 0), QAbstractItemView.ScrollHint.PositionAtCenter)

    def show_column(self, column: int) -> None:
        """Bring a column into sight; up and down nothing moves."""
        index = self._state.index(max(self.rowAt(0), 0), column)
        if index.isValid():
            super().scrollTo(index)

    def bring_near(self, rows: Sequence[int]) -> None:
        """Bring the nearest of these rows into sight, unless one of them is; sideways nothing moves."""
        seen = self.visible_rows()
        if not rows or not seen or any(row in seen for row in rows):
            return
        nearest = min(rows, key=lambda row: min(abs(row - seen.start), abs(row - seen.stop + 1)))
        left = self.horizontalScrollBar().value()
        super().scrollTo(self._state.index(nearest, 1), QAbstractItemView.ScrollHint.PositionAtCenter)
        self.horizontalScrollBar().setValue(left)

    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        if not self._following:
            super().scrollTo(index, hint)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.isValid() and not self._following:
            self._choose(current)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._fold(self.currentIndex())  # not every platform says that the row was activated
            return
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_asked.emit()
            return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index = self.indexAt(event.pos())
        at = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            index = self.currentIndex()
            at = self.viewport().mapToGlobal(self.visualRect(index).bottomLeft())
        if self._state.view is not None and index.isValid():
            self.menu_asked.emit(index, at if not at.isNull() else self.mapToGlobal(QPoint(0, 0)))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_rooms"):
            self.set_widths()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()
        self.pinned.follow()

    def _click(self, index: Index) -> None:
        if index.column() == MARK:
            self._fold(index)
        self._choose(index)

    def _fold(self, index: Index) -> None:
        view = self._state.view
        if (
            view is not None
            and index.isValid()
            and index.row() < view.row_count
            and view.is_group(index.row())
        ):
            self.fold_asked.emit(index.row())

    def _choose(self, index: Index) -> None:
        view = self._state.view
        if view is None or not index.isValid() or index.row() >= view.row_count:
            return
        if not view.is_group(index.row()):
            self._entity = view.entity(index.row())
            self._field = self._state.column_name(index.column()) if index.column() > MARK else ""
            field = view.shown[index.column() - 1].field if index.column() > MARK else None
            self.value_chosen.emit(self._entity, "" if field is None else field.name)

    def _remember_width(self, column: int, _old: int, width: int) -> None:
        last = column == self._state.columnCount() - 1  # takes what room there is
        drawn = bool(QGuiApplication.mouseButtons() & Qt.MouseButton.LeftButton)  # else the program does it
        if drawn and not self._setting_widths and not last and self.horizontalHeader().isVisible():
            name = self._state.column_name(column)
            if name:
                self._widths[name] = width
                if 0 < column <= len(self._rooms):
                    self._rooms[column - 1] = (width, width, width)
                    self._changing[column - 1] = width
        self.pinned.follow()
