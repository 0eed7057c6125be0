"""How does a person keep an eye on some values while moving through time?"""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from explorer.desktop import plain
from explorer.desktop.panels.page import Page
from explorer.desktop.panels.panel import PanelController
from explorer.desktop.panels.per_log import PerLog
from explorer.desktop.state.state_model import when_text
from explorer.desktop.state.value_menu import ValueMenu
from explorer.desktop.tables.quiet_table import MARK_PX, QuietTable
from explorer.desktop.tables.table_model import LEFT, RIGHT, Cell, ColumnHead, Ground, Ink, TableModel
from explorer.language import later, tr
from explorer.session.document import Document
from explorer.session.plaintext import visible
from explorer.session.stand import Stand
from explorer.session.state.watches import MOST_WATCHES, Watch, Watched, dumps, loads, watched_at

KEPT_AS = "watches"
MARK, ENTITY, FIELD, BEFORE, NOW, STEP = range(6)
TITLES = (later("Of"), later("Value"), later("Before"), later("Now"), later("By"))
WIDTHS = ((ENTITY, 14), (FIELD, 14), (BEFORE, 18), (NOW, 18), (STEP, 12))  # in figures


class WatchModel(TableModel):
    """A row for each watched value."""

    HEADS = (
        ColumnHead(),
        *(ColumnHead(title, RIGHT if at >= BEFORE else LEFT) for at, title in enumerate(TITLES, ENTITY)),
    )

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.watched: list[Watched] = []

    def show_watched(self, watched: list[Watched]) -> None:
        """Show other values."""
        if [each.watch for each in watched] == [each.watch for each in self.watched]:
            self.watched = watched
            self.redraw()
            return
        with self.anew():
            self.watched, self.rows = watched, len(watched)

    def cells(self, row: int) -> tuple[Cell, ...]:
        """An arrow stands between what was and what is, if the event made a difference."""
        found = self.watched[row]
        changed, there = found.changed, found.there
        ink: Ink | None = None if there else "future"
        new: Ink | None = ink or ("changed" if changed else None)
        ground: Ground | None = "changed_soft" if changed else None
        before = f"{when_text(found.before) or '–'} →" if changed else ""
        now = (when_text(found.now) or "–") if there else tr("not there yet")
        said = tr("changed") if changed else tr("unchanged")
        return (
            Cell("~" if changed else "", new, ground, self.numbers, spoken=said),
            Cell(visible(found.watch.entity), ink),
            Cell(visible(found.watch.column), ink),
            Cell(before, ink or "muted", None, self.numbers, RIGHT),
            Cell(now, new, ground, self.numbers, RIGHT),
            Cell(found.step, new, ground, self.numbers, RIGHT),
        )


class _Table(QuietTable):
    removed = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and self.currentIndex().isValid():
            self.removed.emit(self.currentIndex().row())
        else:
            super().keyPressEvent(event)


class WatchController(PanelController):
    """The watched values of the open log, and the panel that shows them. They are kept for each log."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._kept = PerLog(page.settings)
        self.watches: list[Watch] = []
        self.model = WatchModel(self)
        self.table = _Table(self.model, tr("Watched values"))
        self.table.setColumnWidth(MARK, MARK_PX)
        self.table.set_figures(WIDTHS)
        self.table.keep_whole(BEFORE, NOW, STEP)
        self.said = plain.label(role="muted", wrap=True, name=tr("Watched values"))
        self.panel = QWidget()
        box = QVBoxLayout(self.panel)
        box.setContentsMargins(0, 6, 0, 0)
        box.setSpacing(4)
        box.addWidget(self.said)
        box.addWidget(self.table, 1)
        page.value_tables.append((self.table, self._watched))

    def offers(self) -> dict[str, object]:
        return {"watching": self}

    def wire(self) -> None:
        self._page.signals.value_menu_made.connect(self._offer)
        self._page.signals.watch_asked.connect(self.toggle)
        self.table.removed.connect(self._remove)
        self.table.clicked.connect(lambda index: self._choose(index.row()))
        self.table.activated.connect(lambda index: self._choose(index.row()))

    def show_document(self, document: Document | None) -> None:
        """Watch what was watched in this log before."""
        self.watches = [] if document is None else loads(self._kept.get(document, KEPT_AS))
        self._show()

    def stand_at(self, stand: Stand) -> None:
        """Show the values there."""
        self.model.show_watched(watched_at(stand, self.watches))

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
            self._kept.put(self._page.document, KEPT_AS, dumps(watches))
        self._show()

    def _show(self) -> None:
        self.said.setText(
            tr("Delete takes a value out of the list.")
            if self.watches
            else tr(
                "Right-click a value in the state and choose Watch it: it is shown here wherever you stand."
            )
        )
        if self._page.stand is None:
            self.model.show_watched([])
        self.stand_again()

    def _remove(self, row: int) -> None:
        self._set(self.watches[:row] + self.watches[row + 1 :])

    def _choose(self, row: int) -> None:
        if 0 <= row < len(self.watches):
            self._page.signals.value_asked.emit(self.watches[row].entity, self.watches[row].column)

    def _watched(self, row: int) -> tuple[str, str] | None:
        return (self.watches[row].entity, self.watches[row].column) if row < len(self.watches) else None

    def _offer(self, menu: QMenu, entity: str, _field: str) -> None:
        """Offer to watch a value of the state, or no longer to."""
        if isinstance(menu, ValueMenu) and menu.column.field is not None:
            name = menu.column.name
            text = tr("No longer watch it") if self.is_watched(entity, name) else tr("Watch it")
            menu.add_one(text, lambda: self.toggle(entity, name))
