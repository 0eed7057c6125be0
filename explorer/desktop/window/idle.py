"""What is said when an action has done nothing, because there was nothing for it to do?"""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QApplication

from explorer.desktop.window.deferred_parts import FurnishedWindow
from explorer.language import later, tr

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
