"""What is offered for a value and a column of the state, and how does it get onto the clipboard?"""

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu

from explorer.desktop.panels.page import Page
from explorer.desktop.state.state_model import StateModel
from explorer.desktop.state.state_table import StateTable
from explorer.desktop.state.value_menu import ValueMenu, column_menu
from explorer.desktop.tables.table_model import Index
from explorer.desktop.tasks import LatestTask
from explorer.language import tr
from explorer.session.state.state_text import table_as_json, table_as_tsv, value_copied


class StateMenuController(QObject):
    """The menus of the state's table, and copying."""

    def __init__(
        self, page: Page, table: StateTable, model: StateModel, change: Callable[[str, str], None]
    ) -> None:
        super().__init__(page.widget)
        self._page = page
        self._table, self._model = table, model
        self._change = change  # what, of which column
        self._copying = LatestTask(self)

    def wire(self) -> None:
        """Connect the table."""
        table = self._table
        table.menu_asked.connect(self._offer)
        table.copy_asked.connect(self.copy_value)
        table.horizontalHeader().customContextMenuRequested.connect(self._offer_column)

    def copy_value(self) -> None:
        """Put the chosen value on the clipboard, with every digit."""
        view, index = self._model.view, self._table.currentIndex()
        if view is not None and index.isValid() and index.row() < view.row_count:
            column = max(index.column() - 1, 0)
            entity = view.shown[column].field is None
            value = view.entity(index.row()) if entity else view.value(index.row(), column)
            _put(view.text(index.row(), column) if view.is_group(index.row()) else value_copied(value))

    def copy_table(self, kind: str) -> None:
        """Put the whole table on the clipboard, as `json` or `tsv`."""
        view = self._model.view
        if view is not None:
            write = table_as_json if kind == "json" else table_as_tsv
            self._copying.start(lambda _report: write(view), self._copied)

    def _copied(self, text: str) -> None:
        _put(text)
        self._page.status_changed.emit(tr("The table of the state is on the clipboard"))

    def _offer(self, index: Index, at: QPoint) -> None:
        menu = self.menu_for(index)
        if menu is not None:
            menu.popup(at)

    def menu_for(self, index: Index) -> QMenu | None:
        """Return the menu of a value; None where there is none."""
        signals, view, document = self._page.signals, self._model.view, self._page.document
        if view is None or document is None or index.row() >= view.row_count or view.is_group(index.row()):
            return None
        menu = ValueMenu(self._page.widget, view, index.row(), index.column() - 1)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.add_why(signals.explanation_asked.emit)
        menu.add_find(document.noun, signals.search_asked.emit, signals.narrowing_asked.emit)
        field = "" if menu.column.field is None else menu.column.field.name
        signals.value_menu_made.emit(menu, menu.entity, field)
        menu.add_copy(_put, self.copy_table)
        return menu

    def _offer_column(self, at: QPoint) -> None:
        header, view = self._table.horizontalHeader(), self._model.view
        column = header.logicalIndexAt(at) - 1
        if view is not None and 0 <= column < len(view.shown):
            menu = column_menu(self._page.widget, view.shown[column], view.arrangement, column, self._change)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(header.mapToGlobal(at))


def _put(text: object) -> None:
    QGuiApplication.clipboard().setText(str(text))
