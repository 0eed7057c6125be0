"""Which members of the events stand as columns, who chooses them, and when are they remembered?"""

import json
from collections.abc import Sequence

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QMenu

from explorer.desktop.events.event_columns_dialog import EventColumnsDialog
from explorer.desktop.events.events_model import EventsModel
from explorer.desktop.events.events_table import EventsTable
from explorer.desktop.panels.page import Page
from explorer.desktop.panels.per_log import PerLog
from explorer.language import tr
from explorer.session.document import Document
from explorer.session.events.event_columns import EventColumn, Path, column_of, offered, usual

KEPT = "event-columns"
MOST_COLUMNS = 12
IN_MENU = 12  # members that the header's menu offers; the dialog has them all


class EventColumnsController(QObject):
    """The columns of the events. Chosen at the header or in a dialog, and kept for each log."""

    def __init__(self, page: Page, table: EventsTable, model: EventsModel) -> None:
        super().__init__(page.widget)
        self._page = page
        self._table, self._model = table, model
        self._kept = PerLog(page.settings)

    def wire(self) -> None:
        """Connect the header of the table."""
        header = self._table.horizontalHeader()
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._offer)

    def show_document(self, document: Document | None) -> None:
        """Give another log the columns that were chosen for it, or those that suit it."""
        if document is not None:
            self._show(self._remembered(document))

    @property
    def columns(self) -> tuple[EventColumn, ...]:
        """The columns that are shown."""
        return self._model.columns

    # --- what the actions call ----------------------------------------------------------------

    def ask(self) -> None:
        """Choose the columns in a dialog."""
        document = self._page.document
        if document is not None:
            dialog = EventColumnsDialog(document, self.columns, self._page.widget)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.accepted.connect(lambda: self.choose(dialog.columns()))
            dialog.open()

    def choose(self, columns: Sequence[EventColumn]) -> None:
        """Show these columns, and remember them for this log."""
        self._show(columns)
        if self._page.document is not None:
            paths = [list(column.path) for column in self.columns]
            self._kept.put(self._page.document, KEPT, json.dumps(paths))

    def toggle(self, path: Path) -> None:
        """Show a member as a column, or no longer."""
        document = self._page.document
        if document is not None and path[0] == document.fields.data and len(path) > 1:
            path = path[1:]  # the payload is looked in first
        left = [column for column in self.columns if column.path != path]
        if len(left) == len(self.columns) and document is not None:
            left.append(column_of(document, path))
        self.choose(left)

    # --- private ------------------------------------------------------------------------------

    def _show(self, columns: Sequence[EventColumn]) -> None:
        self._model.show_columns(columns[:MOST_COLUMNS])
        self._table.make_room(anew=True)

    def _remembered(self, document: Document) -> list[EventColumn]:
        text = self._kept.get(document, KEPT)
        try:
            paths = json.loads(text) if text else None
        except ValueError:
            paths = None
        if not isinstance(paths, list):
            return usual(document)
        return [
            column_of(document, tuple(path))
            for path in paths
            if isinstance(path, list) and path and all(isinstance(name, str) for name in path)
        ]

    def _offer(self, at: QPoint) -> None:
        self.menu(self._table.horizontalHeader().logicalIndexAt(at)).popup(
            self._table.horizontalHeader().mapToGlobal(at)
        )

    def menu(self, section: int) -> QMenu:
        """Return the menu of a section of the header."""
        menu = QMenu(self._table)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName(tr("Columns of the events"))
        document = self._page.document
        if document is None:
            return menu
        own = self._model.own(section)
        if own is not None:
            text = tr("Take {column} away").format(column=own.title.replace("&", "&&"))
            menu.addAction(text).triggered.connect(lambda _checked=False: self.toggle(own.path))
            menu.addSeparator()
        shown = {column.path for column in self.columns}
        for column in offered(document)[:IN_MENU]:
            action = menu.addAction(column.title.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(column.path in shown)
            action.triggered.connect(lambda _checked=False, path=column.path: self.toggle(path))
        menu.addSeparator()
        menu.addAction(tr("&Columns of the events…")).triggered.connect(lambda _checked=False: self.ask())
        return menu
