"""How do the lists of events, the filter above them and the event in front follow a person through time?"""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from explorer.desktop.events.event_columns import EventColumnsController
from explorer.desktop.events.event_filter import FilterBar, FilterController
from explorer.desktop.events.event_panel import EventPanel
from explorer.desktop.events.events_model import EventsModel
from explorer.desktop.events.events_table import EventsTable
from explorer.desktop.panels.page import Page
from explorer.desktop.panels.panel import PanelController
from explorer.desktop.tables.hits import HitStrip
from explorer.language import tr
from explorer.session.document import Document
from explorer.session.stand import Stand


class EventsController(PanelController):
    """The list of events. A row is a place to go to; with Shift it is one to compare with."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._bar, self._strip = FilterBar(), HitStrip()
        self._model = EventsModel(self)
        self._table = EventsTable(self._model)
        self._filtering = FilterController(page, self._bar, self._strip, self._table, self._model)
        self._columns = EventColumnsController(page, self._table, self._model)
        row = QHBoxLayout()
        row.setSpacing(2)
        row.addWidget(self._table)
        row.addWidget(self._strip)
        self.panel = QWidget()
        box = QVBoxLayout(self.panel)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        box.addWidget(self._bar)
        box.addLayout(row)

    def offers(self) -> dict[str, object]:
        return {
            "events_model": self._model,
            "events_table": self._table,
            "filter_bar": self._bar,
            "filter": self._bar.line,
            "listed": self._bar.said,
            "hits": self._strip,
            "filtering": self._filtering,
            "event_columns": self._columns,
        }

    def wire(self) -> None:
        signals, table = self._page.signals, self._table
        self._filtering.wire()
        self._columns.wire()
        table.entry_chosen.connect(signals.entry_asked)
        table.compare_asked.connect(self._compare_with)
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        table.customContextMenuRequested.connect(self._offer)
        self._strip.entry_asked.connect(signals.entry_asked)
        signals.events_asked.connect(table.setFocus)
        signals.edits_changed.connect(self._model.show_changes)
        signals.column_asked.connect(self._columns.toggle)

    def show_document(self, document: Document | None) -> None:
        self._filtering.forget()
        self._model.show_document(document)
        self._columns.show_document(document)

    def stand_at(self, stand: Stand) -> None:
        """Show which events have happened by then."""
        at = stand.document.row_of_position(stand.position) if stand.position else None
        self._table.show_current(at)  # first: what is scrolled away need not be told what has changed
        self._model.stand_at(stand.position, at)
        self._strip.stand_at(at)
        self._filtering.stand_at(stand.position)

    def _compare_with(self, entry: int) -> None:
        if self._page.document is not None:
            self._page.signals.comparison_asked.emit(self._page.document.applied(entry))

    def _offer(self, at: QPoint) -> None:
        """What can be done to an event that is right-clicked, or to the current one by the menu key."""
        table = self._table
        index = table.indexAt(at)
        if not index.isValid():  # by key: Qt tells the middle of the table
            index = table.currentIndex()
        if not index.isValid():
            return
        menu = QMenu(table)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName(tr("Event"))
        self._page.signals.event_menu_made.emit(menu, self._model.entry_row(index.row()))
        if menu.isEmpty():
            menu.deleteLater()
        else:
            menu.popup(table.viewport().mapToGlobal(at))


class EventController(PanelController):
    """The event in front, as it stands in the log: the one that happened last, or one that was asked for."""

    panel: EventPanel

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.panel = EventPanel()

    def offers(self) -> dict[str, object]:
        return {"event_panel": self.panel}

    def wire(self) -> None:
        signals = self._page.signals
        signals.entry_asked.connect(self._go_to)
        self.panel.cause_asked.connect(signals.cause_asked)
        self.panel.column_asked.connect(signals.column_asked)

    def show_document(self, document: Document | None) -> None:
        if document is None:
            self.panel.show_entry(None, None)

    def stand_at(self, stand: Stand) -> None:
        document = stand.document
        self.panel.show_entry(document, document.row_of_position(stand.position) if stand.position else None)

    def _go_to(self, entry: int) -> None:
        document = self._page.document
        if document is None:
            return
        row = document.entry(entry)
        self._page.playhead.move_to(row.applied)
        if row.position is None:  # nothing happened there, but there is something to see
            self._page.playhead.flush()
            self.panel.show_entry(document, entry)
