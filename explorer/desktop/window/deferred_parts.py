"""When is what a window needs for its log made, and what is said of an action that finds nothing there?"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QPaintEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget

from explorer.desktop.settings import Settings
from explorer.desktop.tasks import Handlers, run_beside
from explorer.desktop.window.opening_window import OpeningWindow
from explorer.language import later, tr

if TYPE_CHECKING:
    from explorer.desktop.page.log_page import LogPage
    from explorer.desktop.window.window_parts import Parts
    from explorer.session.options import OpenOptions

PARTS = "explorer.desktop.window.window_parts"  # with all that it imports: most of the program


class FurnishedWindow(OpeningWindow):
    """A window that comes with menus and the welcome page only.

    Its `parts` are made after its first picture: the modules are read on another thread, the widgets made in steps.
    Whoever needs them sooner calls `furnish`.
    """

    furnished = Signal()  # everything is there

    settings: Settings
    actions_by_name: dict[str, QAction]
    pages: QStackedWidget

    def __init__(self, supply: "Callable[[], OpenOptions] | None") -> None:
        super().__init__(supply)
        self.parts: Parts | None = None  # None: not made yet
        self.is_furnished = False
        self._asked_for = False
        self._leaving = False
        self._steps: Iterator[None] | None = None

    @property
    def widget(self) -> QMainWindow:
        """The window itself, as those see it who work on its log."""
        return self

    @property
    def page(self) -> "LogPage":
        """The page of the open log. There is none in a window that has no parts yet: nothing is made here."""
        if self.parts is None:
            raise RuntimeError("the page has not been made yet; `furnish` makes it")
        return self.parts.page

    def furnish(self) -> "Parts":
        """Make now what has not been made yet."""
        if not self.is_furnished:
            with _without_style_sheet():
                while not self.is_furnished:
                    self._furnish_on()
        assert self.parts is not None
        return self.parts

    def target(self, slot: str, *, of_page: bool) -> "Callable[..., Any]":
        """The method that an action names: of the page, of the window itself, or of one of its parts."""
        here = not of_page and hasattr(self, slot.partition(".")[0])
        owner = self if here else self.furnish().page if of_page else self.furnish()
        method: Callable[..., Any] = attrgetter(slot)(owner)
        return method

    def when_furnished(self, do: Callable[[], object]) -> None:
        """Do it once everything is there."""
        if self.is_furnished:
            do()
        else:
            self.furnished.connect(do, Qt.ConnectionType.SingleShotConnection)

    def end_furnishing(self) -> None:
        """Leave nothing half made, which nobody would own, in a window that goes."""
        self._leaving = True
        if self._steps is not None:
            self.furnish()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._asked_for:
            self._asked_for = True
            QTimer.singleShot(0, self, self._import_parts)

    def _import_parts(self) -> None:
        if not self.is_furnished:
            run_beside(
                None,
                lambda _report: import_module(PARTS).read_modules(),
                Handlers(ended=self._furnish_in_turns),
            )

    def _furnish_in_turns(self) -> None:
        if not self.is_furnished and not self._leaving:
            self._furnish_on()
            QTimer.singleShot(0, self, self._furnish_in_turns)

    def _furnish_on(self) -> None:
        """Do one step."""
        if self._steps is None:
            self._steps = import_module(PARTS).furnish(self)
        if next(self._steps, self) is self:  # that was the last one
            self.is_furnished = True
            self._enable(log=False)
            self.furnished.emit()

    def _enable(self, *, log: bool) -> None:
        """Let the actions do what they can do with a log, or without one."""
        raise NotImplementedError


@contextmanager
def _without_style_sheet() -> Iterator[None]:
    """Build many widgets in a fraction of the time: Qt would dress each again as often as it is moved."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    sheet = app.styleSheet()
    app.setStyleSheet("")
    try:
        yield
    finally:
        app.setStyleSheet(sheet)


_FIRST = later("This is the beginning, before the first event.")
_LAST = later("This is the last event.")
_HIT = later("There is no further hit in this direction.")
_SAME = later("There is no further event of the same in this direction.")
_TROUBLE = later("Nothing else is wrong in this direction.")
_CHANGED = later("The event at the playhead has changed no further row.")
_COLUMN = later("Choose a value of the column in the state first.")
_BOOKMARK = later("There is no further bookmark in this direction.")
_UNSELECTED = later("Nothing is selected on the timeline.")
_NOTHING_BETWEEN = later("Nothing lies between the two places, so nothing is selected.")
_WHOLE = later("The timeline shows the whole log already.")
_SIDE = later("The timeline shows nothing further on that side.")
_NO_EVENT = later("There is no event at the playhead; step to one first.")
_NO_BRANCH = later("There is no what-if yet; skip, edit or insert an event first.")
_POINTS = later("The two points can go no further.")

IDLE = {
    "play_or_pause": _LAST,
    "next_event": _LAST,
    "previous_event": _FIRST,
    "leap_forward": _LAST,
    "leap_back": _FIRST,
    "go_to_start": _FIRST,
    "go_to_end": _LAST,
    "next_of_same": _SAME,
    "previous_of_same": _SAME,
    "next_trouble": _TROUBLE,
    "previous_trouble": _TROUBLE,
    "going.back": later("There is no place to go back to."),
    "going.forward": later("There is no place to go forward to."),
    "explaining.go_to_last": later("No event up to here has set the chosen value, or none is chosen."),
    "filtering.next_hit": _HIT,
    "filtering.previous_hit": _HIT,
    "finding.next": _HIT,
    "finding.previous": _HIT,
    "arranging.next_changed": _CHANGED,
    "arranging.previous_changed": _CHANGED,
    "arranging.group": _COLUMN,
    "arranging.curves": _COLUMN,
    "arranging.kinds.offer_models": later(
        "The log tells of no kinds of entities, or they are not known yet."
    ),
    "arranging.fold_all": later("The state is in no groups; group it by a column first."),
    "watching.toggle_chosen": later("Choose a value of the state first."),
    "comparing.swap": later("Pin A or B first: there is nothing to swap."),
    "comparing.step_forward": _POINTS,
    "comparing.step_back": _POINTS,
    "branching.skip": _NO_EVENT,
    "branching.edit": _NO_EVENT,
    "branching.copy": _NO_BRANCH,
    "branching.rename": _NO_BRANCH,
    "branching.remove": _NO_BRANCH,
    "branching.begin": later("There can be no more what-ifs."),
    "viewing.zoom_in": later("The timeline cannot be larger."),
    "viewing.zoom_out": _WHOLE,
    "viewing.pan_left": _SIDE,
    "viewing.pan_right": _SIDE,
    "viewing.fit": _WHOLE,
    "viewing.begin_here": _NOTHING_BETWEEN,
    "viewing.end_here": _NOTHING_BETWEEN,
    "viewing.select_between_points": _NOTHING_BETWEEN,
    "viewing.zoom_to_selection": _UNSELECTED,
    "viewing.list_selection": _UNSELECTED,
    "viewing.select_nothing": _UNSELECTED,
    "marking.toggle": _NO_EVENT,
    "marking.next": _BOOKMARK,
    "marking.previous": _BOOKMARK,
    "measure_by": later("The timeline is measured so already, or the log has no times for it."),
    "lessons.previous_step": later("This is the first step of the lesson."),
}

_OF_EVENTS = frozenset(
    slot for slot in IDLE if not slot.startswith("lessons.")
)  # without one, they have no meaning


def told(window: FurnishedWindow, slot: str, call: Callable[[], Any]) -> None:
    """Do what an action asks for; if nothing has come of it, say why in the status line."""
    sentence, document = IDLE.get(slot), None if window.parts is None else window.page.document
    if sentence is None or document is None:
        call()
        return
    if document.event_count == 0 and slot in _OF_EVENTS:
        window.status.show_text(tr("The log has no event yet."))
        return
    before = _standing(window)
    call()
    if _standing(window) == before:
        window.status.show_text(tr(sentence))


def _standing(window: FurnishedWindow) -> tuple[object, ...]:
    """All that one of these actions could change, or say by itself. Cheap: keys repeat."""
    assert window.parts is not None
    page = window.parts.page
    table, markers, branches = page.state_table, page.markers, page.branching.branches
    front = branches.front
    return (
        page.playhead.position,
        page.player.running,
        page.timeline.by,
        page.timeline.view,
        page.viewing.selection,
        (table.currentIndex().row(), table.currentIndex().column()),
        page.state_model.arrangement,
        len(page.watching.watches),
        (markers.a, markers.b, len(markers.bookmarks)),
        (branches.current, len(branches.kept), None if front is None else front.edits),
        page.filter.text(),
        window.parts.lessons.number,
        window.status.whole_text(),
        QApplication.activeModalWidget(),
    )
