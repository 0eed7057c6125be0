"""Where does what all accounts come to stand: under the columns of the state, and always in sight?"""

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QSizePolicy, QTableView, QWidget

from explorer.desktop.look.theme import row_px
from explorer.desktop.state.pinned_columns import PinnedColumns
from explorer.desktop.state.state_model import MARK, StateModel
from explorer.desktop.state.totals_model import TotalsModel
from explorer.desktop.tables.quiet_table import QuietTable
from explorer.language import tr

MOST_LINES = 3  # in sight at once; more are scrolled to
SHARE = 4  # of the room for table and totals, at most the one in so many lines
LEAST_ROWS = 3  # of the table that must be in sight; a total that would cover them gives way


class TotalsRow(QuietTable):
    """The totals; each column is as wide as, and wherever, that of the table above it."""

    menu_asked = Signal(int, object)  # the column of the table, and where on the screen
    copy_asked = Signal()

    def __init__(self, table: QTableView, state: StateModel) -> None:
        self.totals = TotalsModel(state)
        super().__init__(self.totals, tr("All together"))
        self.totals.setParent(self)
        self._table = table
        self.horizontalHeader().hide()
        self.horizontalHeader().setStretchLastSection(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the arrow keys to the playhead
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.pinned = PinnedColumns(self, self.totals)
        self.pinned.menu_asked.connect(lambda index, at: self.menu_asked.emit(index.column(), at))
        table.horizontalHeader().sectionResized.connect(lambda *_sizes: self.follow())
        table.horizontalScrollBar().valueChanged.connect(lambda _value: self.follow())
        table.viewport().installEventFilter(self)
        self.totals.modelReset.connect(self._fit)
        self._fit()

    def follow(self) -> None:
        """Stand under the columns."""
        table = self._table
        for column in range(min(self.totals.columnCount(), table.model().columnCount())):
            self.setColumnHidden(column, table.isColumnHidden(column))
            if self.columnWidth(column) != table.columnWidth(column):
                self.setColumnWidth(column, table.columnWidth(column))
        self.setMaximumWidth(table.viewport().width() + 2 * self.frameWidth())
        self.horizontalScrollBar().setValue(table.horizontalScrollBar().value())
        self.pinned.follow()

    def whole_text(self) -> str:
        """All totals in one line."""
        return self.totals.whole_text()

    def _fit(self) -> None:
        self._take_room()
        self.follow()

    def _take_room(self) -> None:
        """As many lines as there are, unless the table needs the room more: on a small screen none."""
        table, hidden = self._table, self.isHidden()
        spacing = _spacing(self.parentWidget())
        own = 0 if hidden else self.height() + spacing
        room = (table.height() + own) // row_px() // SHARE
        lines = min(self.totals.rowCount(), MOST_LINES, max(room, 1))
        tall = lines * row_px() + 2 * self.frameWidth()
        bar = table.horizontalScrollBar()
        around = table.horizontalHeader().height() + (bar.height() if bar.maximum() else 0)
        left = table.height() + own - tall - spacing - around
        self.setVisible(lines > 0 and (not table.isVisible() or left >= LEAST_ROWS * row_px()))
        if tall != self.height():
            self.setFixedHeight(tall)
        if (
            self.isHidden() != hidden
        ):  # maybe while the layout shares out its room, which it then forgets to do again
            QTimer.singleShot(0, self, self._share_again)

    def _share_again(self) -> None:
        parent = self.parentWidget()
        if parent is not None and (layout := parent.layout()) is not None:
            layout.invalidate()
            layout.activate()

    def _spans(self, start: int, stop: int) -> list[tuple[int, int, int, bool]]:
        """As of every table, but what is too long for its column may go on where nothing stands."""
        found: list[tuple[int, int, int, bool]] = []
        for column, left, wide, own in super()._spans(0, max(stop, self.viewport().width())):
            words = found and found[-1][0] > MARK and not self._is_number(found[-1][0])
            if words and self.totals.is_empty(column):
                before = found.pop()
                found.append((before[0], min(left, before[1]), wide + before[2], own))
            else:
                found.append((column, left, wide, own))
        return [span for span in found if span[1] < stop and span[1] + span[2] > start]

    def _is_number(self, column: int) -> bool:
        view = self.totals.view
        return view is not None and column <= len(view.shown) and view.is_number(column - 1)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self._table.viewport():
            self._take_room()
            self.follow()
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "pinned"):
            self._fit()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            sideways = event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Right}
            if sideways and event.modifiers() == Qt.KeyboardModifier.NoModifier:
                event.accept()  # from total to total; elsewhere they step
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_asked.emit()
            return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index, at = self.indexAt(event.pos()), event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            index = self.currentIndex()
            at = self.viewport().mapToGlobal(
                self.visualRect(index).bottomLeft() if index.isValid() else QPoint()
            )
        if index.isValid():
            self.setCurrentIndex(index)
            self.menu_asked.emit(index.column(), at)


def _spacing(parent: QWidget | None) -> int:
    """How far apart the parts of a widget are."""
    layout = None if parent is None else parent.layout()
    return 0 if layout is None else layout.spacing()
