"""How do the two tables of the window behave: which row is current, and who moves it?"""

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QGuiApplication,
    QMouseEvent,
    QPainter,
    QPalette,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from explorer.desktop.cells import CellTable
from explorer.desktop.models import events_model
from explorer.desktop.models.events_model import EventsModel
from explorer.desktop.models.state_model import DELTA_ROLE, MARK, Index, StateModel
from explorer.desktop.theme import number_font, row_px, theme_of
from explorer.session.plaintext import visible


class QuietTable(CellTable):
    """A table of one row height, one selected row, no grid of its own and no editing."""

    def __init__(self, model: QAbstractItemModel, name: str) -> None:
        super().__init__()
        self.setModel(model)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setShowGrid(False)
        rows = self.verticalHeader()
        rows.setVisible(False)
        rows.setAccessibleName(f"{name}: rows")
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(row_px())
        rows.setDefaultSectionSize(row_px())
        columns = self.horizontalHeader()
        columns.setAccessibleName(f"{name}: columns")
        columns.setHighlightSections(False)
        columns.setStretchLastSection(True)
        columns.setMinimumSectionSize(24)
        columns.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


class EventsTable(QuietTable):
    """The raw events; choosing a row asks to go there, and the row of the playhead stays in sight."""

    entry_chosen = Signal(object)  # the entry row
    compare_asked = Signal(object)  # the entry row: a click with Shift

    def __init__(self, model: EventsModel) -> None:
        super().__init__(model, "Events")
        self._events = model
        self._following = False  # the current row is being set by the program
        self._comparing = False  # the button was pressed with Shift
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        figure_px = self.fontMetrics().horizontalAdvance("0")
        for column, width in (
            (events_model.MARK, 26),
            (events_model.POSITION, 9 * figure_px),
            (events_model.TIME, 24 * figure_px),
            (events_model.TYPE, 18 * figure_px),
            (events_model.ENTITY, 12 * figure_px),
        ):
            self.setColumnWidth(column, width)
        self.clicked.connect(lambda index: self.entry_chosen.emit(model.entry_row(index.row())))
        model.modelReset.connect(self._make_room_for_numbers)

    def _make_room_for_numbers(self) -> None:
        """The last position must fit, however long the log is."""
        figures = max(len(f"{self._events.listed_count:,}") + 4, 9)  # with what the cell keeps free around
        width_px = figures * self.fontMetrics().horizontalAdvance("0")
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
                if entry is None:
                    self.scrollToTop()
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


class StateTable(QuietTable):
    """The state at the playhead; a chosen account stays chosen while the playhead moves."""

    value_chosen = Signal(str, str)  # entity, field ("" for the entity's own column)
    why_asked = Signal(str, str)

    def __init__(self, model: StateModel) -> None:
        super().__init__(model, "State")
        self._state = model
        self._entity: str | None = None
        self._field = ""
        self._following = False
        self.setItemDelegate(ChangeDelegate(self))
        self.horizontalHeader().setSortIndicatorShown(True)
        self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.horizontalHeader().setSortIndicatorClearable(True)
        self.setSortingEnabled(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.clicked.connect(self._choose)
        model.modelReset.connect(self._set_widths)
        self._set_widths()

    def _set_widths(self) -> None:
        """Room for a name in each column, and for a number beside its change."""
        view = self._state.view
        figure_px = self.fontMetrics().horizontalAdvance("0")
        self.setColumnWidth(MARK, 26)
        for column, name in enumerate(view.columns if view is not None else (), 1):
            wide = view is not None and view.is_number(column - 1)
            figures = 20 if wide and name != "version" else 9 if name in {"status", "version"} else 14
            self.setColumnWidth(column, figures * figure_px)

    @property
    def entity(self) -> str | None:
        """The account chosen by the user, on screen or not yet opened at this position."""
        return self._entity

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
            column = view.columns.index(self._field) + 1 if self._field in view.columns else 1
            flag = self.selectionModel().SelectionFlag
            self.selectionModel().setCurrentIndex(
                self._state.index(row, column), flag.ClearAndSelect | flag.Current
            )
        finally:
            self._following = False

    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        if not self._following:
            super().scrollTo(index, hint)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.isValid() and not self._following:
            self._choose(current)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        view = self._state.view
        index = self.indexAt(event.pos())
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            index = self.currentIndex()
        if view is None or not index.isValid():
            return
        menu = self.menu_for(index.row(), self._state.column_name(index.column()))
        menu.popup(self.mapToGlobal(QPoint(0, 0)) if event.globalPos().isNull() else event.globalPos())

    def menu_for(self, row: int, field: str) -> QMenu:
        """Return the menu of a value: why it is so, for it and each other field, and copy."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName("Value")
        view = self._state.view
        if view is None:
            return menu
        entity, fields = view.entity(row), view.columns[1:]
        for name in [field] * (field in fields) + [name for name in fields if name != field]:
            text = f"Why is {visible(name, 40)} of {visible(entity, 40)} so?".replace("&", "&&")
            menu.addAction(text).triggered.connect(
                lambda _checked=False, name=name: self.why_asked.emit(entity, name)
            )
        menu.addSeparator()
        value = view.text(row, view.columns.index(field) if field in view.columns else 0)
        menu.addAction("Copy the value").triggered.connect(
            lambda _checked=False: QGuiApplication.clipboard().setText(value)
        )
        return menu

    def _choose(self, index: Index) -> None:
        view = self._state.view
        if view is not None and index.isValid() and index.row() < view.row_count:
            self._entity = view.entity(index.row())
            self._field = self._state.column_name(index.column()) if index.column() > MARK else ""
            self.value_chosen.emit(self._entity, self._field)


class ChangeDelegate(QStyledItemDelegate):
    """Draws how much a number has changed in front of the number."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        delta = index.data(DELTA_ROLE)
        if not delta:
            return
        theme = theme_of(option.palette)
        rect: QRect = option.rect
        painter.save()
        font = number_font(option.font)
        value_px = painter.fontMetrics().horizontalAdvance(str(index.data()))
        font.setPointSizeF(max(font.pointSizeF() - 1, 6))
        painter.setFont(font)
        painter.setPen(QColor(theme.muted))
        room = rect.adjusted(6, 0, -value_px - 24, 0)
        text = painter.fontMetrics().elidedText(str(delta), Qt.TextElideMode.ElideRight, max(room.width(), 0))
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
        painter.restore()

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        brush = index.data(Qt.ItemDataRole.ForegroundRole)
        if brush is not None:  # a changed value keeps its colour when it is chosen
            option.palette.setBrush(QPalette.ColorRole.HighlightedText, brush)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        hint = super().sizeHint(option, index)
        delta = index.data(DELTA_ROLE)
        extra = option.fontMetrics.horizontalAdvance(str(delta)) + 24 if delta else 0
        return QSize(hint.width() + extra, row_px())
