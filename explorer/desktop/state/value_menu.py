"""What can a person do with a value, a row or a column of the state, and who offers it?"""

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from explorer.desktop.panels.page import Page
from explorer.desktop.state.state_model import StateModel
from explorer.desktop.state.state_table import StateTable
from explorer.desktop.tables.table_model import Index
from explorer.desktop.tasks import Handlers, LatestTask
from explorer.history.columns import Column
from explorer.language import tr
from explorer.session.find.finding import condition_on, of_entity
from explorer.session.plaintext import visible
from explorer.session.state.arrangement import Arrangement
from explorer.session.state.state_text import (
    path_of,
    row_as_json,
    row_as_tsv,
    table_as_json,
    table_as_tsv,
    value_copied,
)
from explorer.session.state.state_view import StateView

MOST_CHARS = 40

type Do = Callable[[], None]

MOST_WHYS = 8  # in the menu of a row itself
MOST_NAMED = 40  # … and in the menu beside it; any value has a menu of its own


class ValueMenu(QMenu):
    """Why, find, filter, watch and copy one value. Whoever opens it says what to call."""

    def __init__(self, parent: QWidget, view: StateView, row: int, column: int) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Value"))
        self._view, self._row = view, row
        self.entity = view.entity(row)
        self.column = view.shown[max(column, 0)]
        self.value = view.value(row, max(column, 0))
        self._at = max(column, 0)

    def add_why(self, explain: Callable[[str, str], None]) -> None:
        """Why is it so, and why are the others so?"""
        names = [column.field.name for column in self._view.shown if column.field is not None]
        names = list(dict.fromkeys(names))
        own = None if self.column.field is None else self.column.field.name
        if own is not None:
            self._add(self._why(own), lambda: explain(self.entity, own))
        others = [name for name in names if name != own]
        aside = own is not None or len(others) > MOST_WHYS  # else they would be a menu as tall as the screen
        menu = self.addMenu(tr("Why is another value so?")) if aside else self
        menu.setAccessibleName(tr("Why is another value so?") if aside else tr("Value"))
        for name in others[:MOST_NAMED]:
            self._add(self._why(name), lambda name=name: explain(self.entity, name), menu)  # type: ignore[misc]

    def add_find(self, noun: str, look_for: Callable[[str], None], narrow: Callable[[str], None]) -> None:
        """When was it so, here and anywhere; and who else has it now?"""
        condition = condition_on(self.column, self.value)
        if condition is None:
            return
        self.addSeparator()
        if self.column.field is not None:
            mine = f"{of_entity(noun, self.entity)} and {condition}"
            self._add(
                tr("Find when it was so here: {condition}").format(condition=_short(condition)),
                lambda: look_for(mine),
            )
            self._add(tr("Find when it was so anywhere"), lambda: look_for(condition))
        self._add(
            tr("Filter by this: {condition}").format(condition=_short(condition)), lambda: narrow(condition)
        )

    def add_copy(self, put: Callable[[str], None], table: Callable[[str], None]) -> None:
        """Copy the value, its path, the row or the table."""
        view, row, at = self._view, self._row, self._at
        self.addSeparator()
        value = view.entity(row) if self.column.field is None else self.value
        self._add(tr("Copy the value") + "\tCtrl+C", lambda: put(value_copied(value)))
        self._add(tr("Copy the path"), lambda: put(path_of(view, row, at)))
        self._add(tr("Copy the row as JSON"), lambda: put(row_as_json(view, row)))
        self._add(tr("Copy the row for a spreadsheet"), lambda: put(row_as_tsv(view, row)))
        self._add(tr("Copy the table as JSON"), lambda: table("json"))
        self._add(tr("Copy the table for a spreadsheet"), lambda: table("tsv"))

    def add_one(self, text: str, do: Do) -> None:
        """One thing more to do."""
        self._add(text, do)

    def _why(self, name: str) -> str:
        text = tr("Why is {field} of {entity} so?")
        return text.format(field=_short(name), entity=_short(self.entity))

    def _add(self, text: str, do: Do, menu: QMenu | None = None) -> None:
        action = (menu or self).addAction(text.replace("&", "&&"))
        action.triggered.connect(lambda _checked=False: do())


def column_menu(
    parent: QWidget, column: Column, arrangement: Arrangement, at: int, do: Callable[[str, str], None]
) -> QMenu:
    """The menu of a column's head; `do(what, name)` is told what was chosen."""
    menu = QMenu(parent)
    menu.setAccessibleName(tr("Column"))
    name = column.name
    pinned, grouped = at < arrangement.pinned, arrangement.group == name
    choices = [
        ("up", tr("Sort: least first")),
        ("down", tr("Sort: greatest first")),
        ("none", tr("As they came to be")),
        ("", ""),
        ("pin", tr("No longer keep in view") if pinned else tr("Keep in view when scrolling sideways")),
        ("left", tr("Move to the left")),
        ("right", tr("Move to the right")),
        ("hide", tr("Hide this column")),
        ("", ""),
    ]
    if column.field is not None:
        choices.append(("group", tr("No groups") if grouped else tr("Group by this column")))
    if column.drawable:
        curved = name in arrangement.curves
        choices.append(("curve", tr("No curves") if curved else tr("Draw each number over all of history")))
    choices += [("", ""), ("choose", tr("Columns…"))]
    for what, text in choices:
        if not what:
            menu.addSeparator()
            continue
        menu.addAction(text.replace("&", "&&")).triggered.connect(
            lambda _checked=False, what=what: do(what, name)
        )
    return menu


def _short(text: str) -> str:
    return visible(text, MOST_CHARS)


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
            self._copying.start(lambda _report: write(view), Handlers(self._copied))

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
