"""How does a person get from a value, wherever it is shown, to what set it?"""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QTableView, QWidget

from explorer.desktop import plain
from explorer.desktop.compare.diff_panel import DiffPanel
from explorer.desktop.panels.dock_area import Panels
from explorer.desktop.panels.part import Part
from explorer.desktop.playhead import Playhead
from explorer.desktop.saving import ask_where
from explorer.desktop.state.offering import StateMenuController
from explorer.desktop.state.watching import WatchController
from explorer.desktop.timeline.widget import Timeline
from explorer.desktop.why.plot_panel import PlotPanel
from explorer.desktop.why.why_panel import WhyPanel
from explorer.eventlog.errors import LogError
from explorer.language import grouped, later, tr
from explorer.sentences import in_words
from explorer.session.document import Document
from explorer.session.plaintext import visible

PICTURES = later("Pictures (*.png *.svg)")


class Page(Protocol):
    """What of the page is needed here."""

    playhead: Playhead
    panels: Panels
    offering: StateMenuController
    watching: WatchController
    timeline: Timeline
    diff: DiffPanel
    why: WhyPanel
    document: Document | None
    explaining: "WhyController"

    def explain(self, entity: str, field: str) -> None:
        """Say why a value is as it is."""


class WhyController(QObject):
    """Fills the menus of values, and goes where they say."""

    def __init__(self, page: Page, parent: QObject) -> None:
        super().__init__(parent)
        self._page = page
        self.plot = PlotPanel()

    def wire(self) -> None:
        """Connect every table that shows values."""
        page = self._page
        page.timeline.view_changed.connect(self._show_stretch)
        self.plot.follow.toggled.connect(lambda _on: self._show_stretch())
        page.offering.menu_made.connect(self.fill)
        self._give_menu(page.diff.table, self._differing)
        self._give_menu(page.watching.table, self._watched)
        page.why.value_shown.connect(self._plot)
        page.why.plot_asked.connect(self.show_plot)
        self.plot.position_chosen.connect(page.playhead.move_to)
        self.plot.picture_asked.connect(self.save_plot)

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
        _put(menu, None, text, lambda: self._page.explain(entity, field))
        self.fill(menu, entity, field)
        return menu

    # --- what the actions call ----------------------------------------------------------------

    def go_to_last(self) -> None:
        """Go to the last event that set the chosen value."""
        self._page.why.stand_at(self._page.playhead.position)
        self._page.why.go_to_last()

    def show_plot(self) -> None:
        """Bring up how the chosen value went through time."""
        self._page.panels.bring_up("plot")

    def save_plot(self) -> None:
        """Ask where to, and write the picture."""
        ask_where(self.plot, tr("Save the plot"), "plot.png", tr(PICTURES), "png", self._write_plot)

    def _write_plot(self, path: str) -> None:
        try:
            self.plot.save_picture(path, replace=True)
        except (OSError, LogError) as error:
            plain.box(self.plot, tr("Not saved"), visible(in_words(error), 1_000)).open()

    def _plot(self, document: Document | None, entity: str | None, field: str) -> None:
        """The plot shows what is explained; what cannot be seen is drawn when it comes to be."""
        self.plot.show_value(document, entity, field)
        if self._page.panels.in_front("plot"):
            self.plot.stand_at(self._page.playhead.position)

    def _show_stretch(self) -> None:
        """Tell the plot which positions are in view on the timeline."""
        axis, view = self._page.timeline.axis, self._page.timeline.view
        whole = view.is_whole
        self.plot.show_stretch(None if whole else (axis.position(view.start), axis.position(view.stop)))

    def _give_menu(self, table: QTableView, what: Callable[[int], tuple[str, str] | None]) -> None:
        """Give a table the menu of the value that `what` names for a row."""

        def offer(at: QPoint) -> None:
            index = table.indexAt(at)
            named = what(index.row()) if index.isValid() else None
            if named is not None:
                self.menu_of(table, *named).popup(table.viewport().mapToGlobal(at))

        table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        table.customContextMenuRequested.connect(offer)

    def _differing(self, row: int) -> tuple[str, str] | None:
        found = self._page.diff.model.differences
        field = found.field(row) if found is not None else None
        return None if found is None else (found.entity(row), "" if field is None else field.name)

    def _watched(self, row: int) -> tuple[str, str] | None:
        watches = self._page.watching.watches
        return (watches[row].entity, watches[row].column) if row < len(watches) else None

    def _draw(self, entity: str, field: str) -> None:
        self._page.explain(entity, field)
        self.show_plot()


def part(page: Page) -> Part:
    """The panel with the plot."""
    plot = page.explaining.plot
    return Part("plot", later("Plot"), plot, wire=page.explaining.wire, stand_at=plot.stand_at)


def _put(menu: QMenu, before: QAction | None, text: str, do: Callable[[], None]) -> None:
    action = plain.action(menu, text)
    action.triggered.connect(lambda _checked=False: do())
    menu.insertAction(before, action)  # type: ignore[arg-type]  # without one, at the end


def _fields(document: Document) -> list[str]:
    return [each.name for each in document.history.fields if not each.hidden]


def _plain(text: str) -> str:
    """An ampersand of a log is one, and not the sign of a key."""
    return text.replace("&", "&&")
