"""How does a person keep an eye on some values while moving through time?"""

from typing import Protocol

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from explorer.desktop import plain
from explorer.desktop.look.theme import number_font, theme_of
from explorer.desktop.page.panels import Panels
from explorer.desktop.page.parts import Part, part_of
from explorer.desktop.page.per_log import PerLog
from explorer.desktop.playhead import Playhead
from explorer.desktop.settings import Settings
from explorer.desktop.state.state_model import when_text
from explorer.desktop.state.state_table import StateTable
from explorer.desktop.tables.quiet_table import QuietTable
from explorer.desktop.tables.table_model import Index
from explorer.language import later, tr
from explorer.session.document import Document
from explorer.session.plaintext import visible
from explorer.session.state.watches import MOST_WATCHES, Watch, Watched, read, watched_at, written

KEPT_AS = "watches"
MARK, ENTITY, FIELD, BEFORE, NOW, STEP = range(6)
TITLES = ("", later("Of"), later("Value"), later("Before"), later("Now"), later("By"))
WIDTHS = ((ENTITY, 14), (FIELD, 14), (BEFORE, 18), (NOW, 18), (STEP, 12))  # in figures


class WatchModel(QAbstractTableModel):
    """A row for each watched value."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.watched: list[Watched] = []
        self._numbers = number_font(QGuiApplication.font())

    def show_watched(self, watched: list[Watched]) -> None:
        """Show other values."""
        same = [each.watch for each in watched] == [each.watch for each in self.watched]
        if not same:
            self.beginResetModel()
        self.watched = watched
        if not same:
            self.endResetModel()
        elif watched:
            self.dataChanged.emit(self.index(0, 0), self.index(len(watched) - 1, STEP))

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.watched)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(TITLES)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return tr(TITLES[section]) if TITLES[section] else ""
        if role == Qt.ItemDataRole.TextAlignmentRole and section >= BEFORE:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self.watched):
            return None
        found, column = self.watched[index.row()], index.column()
        theme = theme_of(QGuiApplication.palette())
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._texts(found)[column]
            case Qt.ItemDataRole.AccessibleTextRole if column == MARK:
                return tr("changed") if found.changed else tr("unchanged")
            case Qt.ItemDataRole.TextAlignmentRole if column >= BEFORE:
                return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            case Qt.ItemDataRole.FontRole if column >= BEFORE or column == MARK:
                return self._numbers
            case Qt.ItemDataRole.ForegroundRole if not found.there:
                return QBrush(QColor(theme.future))
            case Qt.ItemDataRole.ForegroundRole if column == BEFORE:
                return QBrush(QColor(theme.muted))
            case Qt.ItemDataRole.ForegroundRole if found.changed and column in {MARK, NOW, STEP}:
                return QBrush(QColor(theme.changed))
            case Qt.ItemDataRole.BackgroundRole if found.changed and column in {MARK, NOW, STEP}:
                return QBrush(QColor(theme.changed_soft))
        return None

    def _texts(self, found: Watched) -> tuple[str, ...]:
        """An arrow stands between what was and what is, if the event made a difference."""
        mark, before = ("~", f"{when_text(found.before) or '–'} →") if found.changed else ("", "")
        now = (when_text(found.now) or "–") if found.there else tr("not there yet")
        return mark, visible(found.watch.entity), visible(found.watch.column), before, now, found.step


class _Table(QuietTable):
    removed = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and self.currentIndex().isValid():
            self.removed.emit(self.currentIndex().row())
        else:
            super().keyPressEvent(event)


class Page(Protocol):
    """What of the page is needed here."""

    playhead: Playhead
    panels: Panels
    state_table: StateTable
    watching: "WatchController"
    document: Document | None


class WatchController(QObject):
    """The watched values of the open log, and the panel that shows them. They are kept for each log."""

    def __init__(self, page: Page, settings: Settings, parent: QWidget) -> None:
        super().__init__(parent)
        self._page = page
        self._kept = PerLog(settings)
        self.watches: list[Watch] = []
        self.model = WatchModel(self)
        self.table = _Table(self.model, tr("Watched values"))
        figure_px = self.table.fontMetrics().horizontalAdvance("0")
        self.table.setColumnWidth(MARK, 26)
        for column, figures in WIDTHS:
            self.table.setColumnWidth(column, figures * figure_px)
        self.said = plain.label(role="muted", wrap=True, name=tr("Watched values"))
        self.panel = QWidget()
        box = QVBoxLayout(self.panel)
        box.setContentsMargins(0, 6, 0, 0)
        box.setSpacing(4)
        box.addWidget(self.said)
        box.addWidget(self.table, 1)

    def wire(self) -> None:
        """Connect the table."""
        self.table.removed.connect(self._remove)
        self.table.clicked.connect(lambda index: self._choose(index.row()))
        self.table.activated.connect(lambda index: self._choose(index.row()))

    def show_document(self, document: Document | None) -> None:
        """Watch what was watched in this log before."""
        self.watches = [] if document is None else read(self._kept.get(document, KEPT_AS))
        self._show()

    def stand_at(self, position: int) -> None:
        """Show the values at `position`. Called while the panel can be seen."""
        document = self._page.document
        self.model.show_watched([] if document is None else watched_at(document, self.watches, position))

    def is_watched(self, entity: str, column: str) -> bool:
        """Whether this value is watched."""
        return Watch(entity, column) in self.watches

    def toggle(self, entity: str, column: str) -> None:
        """Watch a value, or no longer."""
        watch = Watch(entity, column)
        if watch in self.watches:
            self._set([each for each in self.watches if each != watch])
        elif len(self.watches) < MOST_WATCHES:
            self._set([*self.watches, watch])
            self._page.panels.bring_up("watch")

    # --- what the actions call ----------------------------------------------------------------

    def toggle_chosen(self) -> None:
        """Watch the chosen value, or no longer."""
        table = self._page.state_table
        if table.entity is not None and table.field:
            self.toggle(table.entity, table.field)

    # --- private ------------------------------------------------------------------------------

    def _set(self, watches: list[Watch]) -> None:
        self.watches = watches
        if self._page.document is not None:
            self._kept.put(self._page.document, KEPT_AS, written(watches))
        self._show()

    def _show(self) -> None:
        self.said.setText(
            tr("Delete takes a value out of the list.")
            if self.watches
            else tr(
                "Right-click a value in the state and choose Watch it: it is shown here wherever you stand."
            )
        )
        self.stand_at(self._page.playhead.position)

    def _remove(self, row: int) -> None:
        self._set(self.watches[:row] + self.watches[row + 1 :])

    def _choose(self, row: int) -> None:
        if 0 <= row < len(self.watches):
            self._page.state_table.choose(self.watches[row].entity, self.watches[row].column)


def part(page: Page) -> Part:
    """The panel of watched values."""
    watching = page.watching
    return part_of(watching, "watch", later("Watch"), watching.panel)
