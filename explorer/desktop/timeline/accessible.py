"""What is the timeline to somebody who hears it or works it from another program: a slider, in words, with actions?

Qt's own interface of a slider counts in 32 bits, says no words, and cannot be worked but by its value.
"""

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleActionInterface,
    QAccessibleInterface,
    QAccessibleValueInterface,
    QAction,
)
from PySide6.QtWidgets import QAccessibleWidget
from shiboken6 import VoidPtr

from explorer.desktop.timeline.legend import names
from explorer.desktop.timeline.marks import Marks, near
from explorer.language import tr
from explorer.session.document import Document
from explorer.session.plaintext import visible
from explorer.session.timeline.preview import preview

if TYPE_CHECKING:
    from explorer.desktop.timeline.widget import Timeline


OFFERED = {  # what can be done there, besides a step to either side: how programs know it, and which action it is
    "Go to": "going.ask",
    "Pin A here": "comparing.pin_a",
    "Put B here": "comparing.put_b",
    "Put or take a bookmark": "marking.toggle",
    "Selection begins here": "viewing.begin_here",
    "Selection ends here": "viewing.end_here",
    "Next event of the same account": "next_of_same",
    "Previous event of the same account": "previous_of_same",
    "Next bookmark": "marking.next",
    "Previous bookmark": "marking.previous",
    "Next violation or trouble": "next_trouble",
    "Previous violation or trouble": "previous_trouble",
    "Zoom in": "viewing.zoom_in",
    "Zoom out": "viewing.zoom_out",
    "Fit the whole log": "viewing.fit",
    "Play or pause": "play_or_pause",
}
NONE = VoidPtr(0)


class Value(QAccessibleValueInterface):
    """The position as a number; whoever sets it asks the playhead, like everybody."""

    def __init__(self, face: "AccessibleTimeline") -> None:
        super().__init__()
        self._face = face

    def currentValue(self) -> int:
        timeline = self._face.timeline
        return 0 if timeline is None else timeline.position

    def setCurrentValue(self, value: object) -> None:
        timeline = self._face.timeline
        if timeline is not None and isinstance(value, int | float):
            timeline.seek(round(value))

    def minimumValue(self) -> int:
        return 0

    def maximumValue(self) -> int:
        timeline = self._face.timeline
        return 0 if timeline is None or timeline.document is None else timeline.document.event_count

    def minimumStepSize(self) -> int:
        return 1


class Actions(QAccessibleActionInterface):
    """What can be done there."""

    def __init__(self, face: "AccessibleTimeline") -> None:
        super().__init__()
        self._face = face

    def actionNames(self) -> list[str]:
        timeline = self._face.timeline
        if timeline is None or not timeline.isEnabled():
            return []
        offered = [name for name, action in timeline.offered.items() if action.isEnabled()]
        return [self.increaseAction(), self.decreaseAction(), *offered, self.setFocusAction()]

    def localizedActionName(self, name: str) -> str:
        action = self._offered(name)
        if action is not None:
            return (action.iconText() or action.text()).replace("&", "").rstrip("…")
        said = {self.increaseAction(): tr("One event further"), self.decreaseAction(): tr("One event back")}
        return said.get(name) or super().localizedActionName(name)

    def localizedActionDescription(self, name: str) -> str:
        action = self._offered(name)
        return super().localizedActionDescription(name) if action is None else action.statusTip()

    def keyBindingsForAction(self, name: str) -> list[str]:
        action = self._offered(name)
        return [] if action is None else [keys.toString() for keys in action.shortcuts()]

    def doAction(self, name: str) -> None:
        timeline, action = self._face.timeline, self._offered(name)
        if timeline is None or not timeline.isEnabled():
            return
        if name in {self.increaseAction(), self.decreaseAction()}:
            timeline.step(1 if name == self.increaseAction() else -1)
        elif action is not None:
            action.trigger()
        elif name == self.setFocusAction():
            timeline.setFocus(Qt.FocusReason.OtherFocusReason)

    def _offered(self, name: str) -> QAction | None:
        timeline = self._face.timeline
        return None if timeline is None else timeline.offered.get(name)


class AccessibleTimeline(QAccessibleWidget):
    """The interface of one timeline. It looks up what is asked, so that a move costs nothing if nobody listens."""

    def __init__(self, timeline: "Timeline") -> None:
        super().__init__(timeline, QAccessible.Role.Slider)
        self._interfaces = {
            QAccessible.InterfaceType.ValueInterface: Value(self),
            QAccessible.InterfaceType.ActionInterface: Actions(self),
        }

    @property
    def timeline(self) -> "Timeline | None":
        """The timeline, as long as there is one."""
        return cast("Timeline | None", self.object())  # asked each time: PySide keeps the interface for good

    def interface_cast(self, kind: QAccessible.InterfaceType) -> object:  # type: ignore[override]
        return self._interfaces.get(kind, NONE)  # PySide 6.12 crashes where None is returned for a pointer

    def text(self, kind: QAccessible.Text) -> str:
        timeline = self.timeline
        if timeline is None:
            return ""
        if kind == QAccessible.Text.Help and timeline.groups:
            return tr("Types of events: {names}").format(names=", ".join(names(timeline.groups)))
        if kind not in {QAccessible.Text.Value, QAccessible.Text.Description}:
            return super().text(kind)
        there = ", ".join(
            filter(None, (timeline.spoken_there, happened(timeline.document, timeline.position)))
        )
        return there if kind == QAccessible.Text.Value else spoken(there, timeline.position, timeline.marks)


_installed: list[bool] = []  # once for each run of the program: Qt forgets no factory


def make_heard() -> None:
    """Give every timeline this interface instead of the one that Qt makes for a slider."""
    if not _installed:
        QAccessible.installFactory(_made)
        _installed.append(True)


def _made(kind: str, made_for: QObject) -> QAccessibleInterface | None:
    return AccessibleTimeline(cast("Timeline", made_for)) if kind == "Timeline" else None


NAME_CHARS = 60


def spoken(there: str, position: int, marks: Marks) -> str:
    """What is said `there`, and what is marked at `position`: `…, bookmark salary, selected 30 to 120`."""
    parts = [there] if there else []
    for mark in marks.bookmarks:
        if mark.position == position:
            name = visible(mark.name, NAME_CHARS)
            parts.append(tr("bookmark {name}").format(name=name) if name else tr("bookmark"))
    for letter, point in (("A", marks.a), ("B", marks.b)):
        if point == position:
            parts.append(tr("point {letter}").format(letter=letter))
    if near(marks.violations, position, position):
        parts.append(tr("a check fails here"))
    if near(marks.warned, position, position):
        parts.append(tr("a warning here"))
    if marks.selection is not None:
        low, high = marks.selection
        parts.append(tr("selected {low:,} to {high:,}").format(low=low, high=high))
    return ", ".join(parts)


def happened(document: Document | None, position: int) -> str:
    """What the event there did: `MoneyWithdrawn · acc-1, acc-1 balance 50 → 20`; "" without a log."""
    if document is None:
        return ""
    told = preview(document, min(position, document.event_count))  # the log may be another one since
    more = [tr("and {count:,} more changes").format(count=told.more)] if told.more else []
    return ", ".join((told.title, *told.changes, *more))
