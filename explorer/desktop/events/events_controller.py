"""How do the lists of events, their columns, the filter above and the event in front follow a person through time?"""

import json
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QPoint, QSize, Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from explorer.desktop import plain
from explorer.desktop.events.event_filter import FilterBar, FilterController
from explorer.desktop.events.event_panel import EventPanel
from explorer.desktop.events.events_model import EventsModel
from explorer.desktop.events.events_table import EventsTable
from explorer.desktop.panels.page import Page
from explorer.desktop.panels.panel import PanelController
from explorer.desktop.panels.per_log import PerLog
from explorer.desktop.tables.hits import HitStrip
from explorer.language import tr
from explorer.session.document import Document
from explorer.session.events.event_columns import EventColumn, Path, column_of, offered, path_from_text, usual
from explorer.session.stand import Stand

COLUMN = Qt.ItemDataRole.UserRole


class EventColumnsDialog(QDialog):
    """A list to tick, in the order in which the columns stand, and a line for any other member."""

    def __init__(
        self, document: Document, shown: Sequence[EventColumn], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self.setWindowTitle(tr("Columns of the events"))
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Members of the events"))
        paths = {column.path for column in shown}
        for column in [*shown, *(column for column in offered(document) if column.path not in paths)]:
            self._add(column, ticked=column.path in paths)
        self.list.setCurrentRow(0)
        self.line = QLineEdit()
        self.line.setAccessibleName(tr("Another member"))
        self.line.setPlaceholderText(tr("another member, such as customer.address.city"))
        self.line.setClearButtonEnabled(True)
        add = self._button(tr("&Add"), self.add_written)
        up = self._button(tr("&Up"), lambda: self.move_by(-1))
        down = self._button(tr("&Down"), lambda: self.move_by(1))
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        beside = QVBoxLayout()
        beside.addWidget(up)
        beside.addWidget(down)
        beside.addStretch(1)
        upper, lower = QHBoxLayout(), QHBoxLayout()
        upper.addWidget(self.list, 1)
        upper.addLayout(beside)
        lower.addWidget(self.line, 1)
        lower.addWidget(add)
        box = QVBoxLayout(self)
        hint = tr(
            "Tick what should stand in a column of its own. The payload is looked in first, then the record."
        )
        box.addWidget(plain.label(hint, role="muted", wrap=True))
        box.addLayout(upper, 1)
        box.addLayout(lower)
        box.addWidget(buttons)
        self.line.returnPressed.connect(self.add_written)
        plain.resize_within_screen(self, QSize(440, 460))
        self.list.setFocus()

    def columns(self) -> list[EventColumn]:
        """Return what is ticked, in its order."""
        items = [self.list.item(at) for at in range(self.list.count())]
        return [item.data(COLUMN)[0] for item in items if item.checkState() == Qt.CheckState.Checked]

    def add_written(self) -> None:
        """Add the member that is written in the line, ticked."""
        text = self.line.text().strip()
        if text:
            self._add(column_of(self._document, path_from_text(text)), ticked=True)
            self.list.setCurrentRow(self.list.count() - 1)
            self.line.clear()

    def move_by(self, step: int) -> None:
        """Move the current member up or down."""
        at = self.list.currentRow()
        if at >= 0 and 0 <= at + step < self.list.count():
            item = self.list.takeItem(at)
            self.list.insertItem(at + step, item)
            self.list.setCurrentRow(at + step)

    def _add(self, column: EventColumn, *, ticked: bool) -> None:
        item = QListWidgetItem(column.title)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
        item.setData(COLUMN, (column,))  # a tuple, so that Qt leaves it alone
        self.list.addItem(item)

    def _button(self, text: str, slot: Callable[[], None]) -> QPushButton:
        button = QPushButton(text)
        button.setAutoDefault(False)
        button.clicked.connect(lambda _checked=False: slot())
        return button


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
