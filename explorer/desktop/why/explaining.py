"""How does a person get from a value, wherever it is shown, to what set it?"""

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QTableView, QWidget

from explorer.desktop import plain
from explorer.desktop.panels.page import Page, ValueOfRow
from explorer.desktop.panels.panel import PanelController
from explorer.desktop.why.why_panel import WhyPanel
from explorer.language import grouped, tr
from explorer.session.document import Document
from explorer.session.plaintext import visible
from explorer.session.stand import Stand


class WhyController(PanelController):
    """Explains a value, and fills the menus of values wherever they are shown."""

    panel: WhyPanel

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.panel = WhyPanel()

    def offers(self) -> dict[str, object]:
        return {"explaining": self, "why": self.panel}

    def wire(self) -> None:
        """Connect everything that shows values."""
        signals = self._page.signals
        signals.value_menu_made.connect(self.fill)
        signals.value_chosen.connect(self.explain_quietly)
        signals.explanation_asked.connect(self.explain)
        self.panel.position_chosen.connect(self._page.playhead.move_to)
        self.panel.value_shown.connect(signals.value_explained)
        self.panel.plot_asked.connect(lambda: self._page.panels.bring_up("plot"))
        for table, value_of_row in self._page.value_tables:
            self._give_menu(table, value_of_row)

    def show_document(self, document: Document | None) -> None:
        """What was explained in another log means nothing any more."""
        self.panel.show_value(None, None, "")

    def stand_at(self, stand: Stand) -> None:
        self.panel.stand_at(stand.position)

    def explain(self, entity: str, field: str) -> None:
        """Say why a value is as it is."""
        self.explain_quietly(entity, field)
        self._page.panels.bring_up("why")

    def explain_quietly(self, entity: str, field: str) -> None:
        """Say why a value is as it is, to those who look there."""
        document = self._page.document
        known = [each.name for each in document.history.fields] if document is not None else []
        self.panel.show_value(document, entity, field if field in known else "")
        self.panel.stand_at(self._page.playhead.position)

    def fill(self, menu: QMenu, entity: str, field: str) -> None:
        """Put in front of a value's menu what set it last, and how it got there."""
        document = self._page.document
        first = menu.actions()[0] if menu.actions() else None
        if document is None or field not in _fields(document):
            return
        lines = document.why(entity, field)
        at = lines.last_by(self._page.playhead.position)
        if at is not None:
            line = lines[at]
            text = tr("&Go to {type} #{position}, which set it last")
            text = text.format(type=_plain(line.type), position=grouped(line.position))
            _put(menu, first, text, lambda: self._page.playhead.move_to(line.position))
        text = tr("&Draw {field} of {entity} over time")
        text = text.format(field=_plain(visible(field, 40)), entity=_plain(visible(entity, 40)))
        _put(menu, first, text, lambda: self._draw(entity, field))

    def menu_of(self, parent: QWidget, entity: str, field: str) -> QMenu:
        """Return the menu of a value in a table that has none of its own."""
        menu = QMenu(parent)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName(tr("Value"))
        document = self._page.document
        what = visible(entity, 40)
        if document is not None and field in _fields(document):
            what = tr("{field} of {entity}").format(field=visible(field, 40), entity=what)
        text = tr("&Why is {what} so?").format(what=_plain(what))
        _put(menu, None, text, lambda: self.explain(entity, field))
        self.fill(menu, entity, field)
        return menu

    # --- what the actions call ----------------------------------------------------------------

    def go_to_last(self) -> None:
        """Go to the last event that set the chosen value."""
        self.panel.stand_at(self._page.playhead.position)
        self.panel.go_to_last()

    # --- private ------------------------------------------------------------------------------

    def _give_menu(self, table: QTableView, what: ValueOfRow) -> None:
        """Give a table the menu of the value that `what` names for a row."""

        def offer(at: QPoint) -> None:
            index = table.indexAt(at)
            named = what(index.row()) if index.isValid() else None
            if named is not None:
                self.menu_of(table, *named).popup(table.viewport().mapToGlobal(at))

        table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        table.customContextMenuRequested.connect(offer)

    def _draw(self, entity: str, field: str) -> None:
        self.explain(entity, field)
        self._page.panels.bring_up("plot")


def _put(menu: QMenu, before: QAction | None, text: str, do: Callable[[], None]) -> None:
    action = plain.action(menu, text)
    action.triggered.connect(lambda _checked=False: do())
    menu.insertAction(before, action)  # type: ignore[arg-type]  # without one, at the end


def _fields(document: Document) -> list[str]:
    return [each.name for each in document.history.fields if not each.hidden]


def _plain(text: str) -> str:
    """An ampersand of a log is one, and not the sign of a key."""
    return text.replace("&", "&&")
