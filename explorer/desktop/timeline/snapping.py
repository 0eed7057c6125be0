"""Which mark does a person mean who points near it, where one pixel may stand for thousands of events?"""

from collections.abc import Callable

import numpy as np

from explorer.desktop.timeline.layout import TimelineLayout
from explorer.desktop.timeline.marks import REACH_PX, Int64s, Marks

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
