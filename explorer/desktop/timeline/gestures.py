"""What do the mouse, the wheel and two fingers mean on the timeline?"""

from collections.abc import Callable
from typing import Literal, Protocol

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QMouseEvent, QNativeGestureEvent, QWheelEvent

from explorer.desktop.timeline.marks import REACH_PX, Int64s, Marks
from explorer.desktop.timeline.measure import TimelineLayout
from explorer.session.timeline.axis import ZOOM_STEP, View

NOTCH = 120  # eighths of a degree: one click of a wheel
DRAG_PX = 4  # less is a click with an unsteady hand

type Drag = Literal["seek", "select", "pan", "overview"]


class GestureTarget(Protocol):
    """What of the timeline is needed here."""

    @property
    def layout_px(self) -> TimelineLayout:
        """Where its parts are."""

    @property
    def view(self) -> View:
        """What is in view."""

    def position_at(self, x: float) -> int:
        """The position under `x`."""

    def meant_at(self, at: QPointF) -> int:
        """The position that a person means who points there."""

    def seek(self, position: int) -> None:
        """Ask for a position."""

    def step(self, events: int) -> None:
        """Ask for so many events further."""

    def show_view(self, view: View) -> None:
        """Show another part."""

    def select(self, start: int, stop: int) -> None:
        """Ask to select what lies between two positions."""

    def choose_type(self, at: QPointF) -> None:
        """Ask for the type of events that is named there."""

    def select_nothing(self) -> None:
        """Ask to select nothing."""

    def setSliderDown(self, down: bool) -> None:
        """Say whether a drag is under way."""


class Gestures:
    """From events of the mouse to what the timeline is asked for."""

    def __init__(self, strip: GestureTarget) -> None:
        self._strip = strip
        self.drag: Drag | None = None
        self._from = QPointF()
        self._view: View | None = None
        self._moved = False
        self._turned = 0  # of the wheel, less than a notch

    def press(self, event: QMouseEvent) -> None:
        """Take hold."""
        layout, at = self._strip.layout_px, event.position()
        self._from, self._view, self._moved = at, self._strip.view, False
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.button() == Qt.MouseButton.MiddleButton:
            self.drag = "pan"
        elif event.button() != Qt.MouseButton.LeftButton:
            return
        elif layout.overview.top() <= at.y() <= layout.overview.bottom():
            self.drag = "overview"
            if not self._view.is_whole:
                self._grip(at.x())
        elif at.y() > layout.overview.bottom():
            self._strip.choose_type(at)
        elif shift:
            self.drag = "select"
        else:
            self.drag = "seek"
            self._strip.setSliderDown(True)
            self._strip.seek(self._strip.meant_at(at))

    def move(self, event: QMouseEvent) -> None:
        """Drag."""
        at = event.position()
        self._moved = self._moved or abs(at.x() - self._from.x()) > 1
        if self.drag == "seek" and self._moved:  # else a press on a mark would lead beside it
            self._strip.seek(self._strip.position_at(at.x()))
        elif self.drag == "select" and abs(at.x() - self._from.x()) >= DRAG_PX:
            self._strip.select(self._strip.position_at(self._from.x()), self._strip.position_at(at.x()))
        elif self.drag in {"pan", "overview"} and self._view is not None:
            moved = (at.x() - self._from.x()) / self._strip.layout_px.room
            if self.drag == "pan":
                self._strip.show_view(self._view.panned(-moved))
            else:
                self._strip.show_view(
                    self._view.starting(self._view.start + round(moved * self._view.length))
                )

    def release(self, event: QMouseEvent) -> None:
        """Let go."""
        if self.drag == "select" and abs(event.position().x() - self._from.x()) < DRAG_PX:
            self._strip.select_nothing()
        drag, self.drag = self.drag, None
        if drag == "seek":
            self._strip.setSliderDown(False)

    def double_click(self, event: QMouseEvent) -> bool:
        """On the overview: show all. Returns whether it meant anything."""
        overview = self._strip.layout_px.overview
        if overview.top() <= event.position().y() <= overview.bottom():
            self._strip.show_view(self._strip.view.whole_again())
            return True
        return False

    def wheel(self, event: QWheelEvent) -> None:
        """Turn: step; with Ctrl zoom at the pointer; with Shift, or sideways, pan."""
        turned, sideways = event.angleDelta().y(), event.angleDelta().x()
        view = self._strip.view
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._strip.show_view(
                view.zoomed(ZOOM_STEP ** (turned / NOTCH), self._fraction(event.position()))
            )
        elif sideways and abs(sideways) > abs(turned):
            self._pan(view, sideways)
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._pan(view, turned)
        else:
            self._turned += turned
            notches = int(self._turned / NOTCH)  # towards zero: what is left over waits for the next turn
            self._turned -= notches * NOTCH
            if notches:
                self._strip.step(-notches)
        event.accept()

    def native(self, event: QNativeGestureEvent) -> bool:
        """Pinch: zoom at the fingers. Returns whether it meant anything."""
        if event.gestureType() != Qt.NativeGestureType.ZoomNativeGesture:
            return False
        factor = max(1 + event.value(), 0.1)
        self._strip.show_view(self._strip.view.zoomed(factor, self._fraction(event.position())))
        return True

    def _pan(self, view: View, turned: int) -> None:
        self._strip.show_view(view.panned(-turned / NOTCH / 8))

    def _fraction(self, at: QPointF) -> float:
        layout = self._strip.layout_px
        return (at.x() - layout.left) / layout.room

    def _grip(self, x: float) -> None:
        """Take hold of the window of view; a click beside it brings it there first."""
        view, layout = self._strip.view, self._strip.layout_px
        place = round((x - layout.left) / layout.room * view.length)
        if not view.start <= place <= view.stop:
            self._strip.show_view(view.starting(place - view.span // 2))
        self._view = self._strip.view


FLAG_PX = 12  # a flag hangs so far into the strip
TAB_PX = 14  # the letters A and B stand so far up from its floor


def marked_at(
    marks: Marks, layout: TimelineLayout, at: tuple[float, float], x_of: Callable[[int], float],
    position_at: Callable[[float], int],
) -> int | None:  # fmt: skip
    """The position of the mark at a point of the timeline; None if there is none.

    Args:
        marks: What is marked.
        layout: Where things are.
        at: The point, in pixels.
        x_of: Where a position is drawn.
        position_at: The inverse of it.
    """
    x, y = at
    strip, track = layout.strip, layout.track
    near: list[int] = []
    if strip.top() - 2 <= y <= strip.top() + FLAG_PX:
        near = [mark.position for mark in marks.bookmarks]
    elif strip.bottom() - TAB_PX <= y < track.top() - 3:
        if marks.a is not None and 0 <= x - x_of(marks.a) <= TAB_PX:
            return marks.a
        if marks.b is not None and 0 <= x_of(marks.b) - x <= TAB_PX:
            return marks.b
    elif track.top() - 3 <= y <= track.bottom():
        here = position_at(x)
        near = [*_beside(marks.violations, here), *_beside(marks.warned, here), *_beside(marks.own, here)]
    found = min(near, key=lambda position: abs(x_of(position) - x), default=None)
    return found if found is not None and abs(x_of(found) - x) <= REACH_PX else None


def _beside(positions: Int64s, here: int) -> list[int]:
    """The nearest of some ascending positions on either side."""
    at = int(np.searchsorted(positions, here))
    return [int(position) for position in positions[max(at - 1, 0) : at + 1]]
