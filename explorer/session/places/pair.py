"""Which two positions are compared, given the points A and B and where the person stands?"""

from typing import NamedTuple

from explorer.session.places.markers import Markers


class Pair(NamedTuple):
    """Two positions; `a` may lie behind `b`."""

    a: int
    b: int


def compared(markers: Markers, here: int) -> Pair:
    """What is not set follows the person: B is where they stand, A is one event before B.

    So without any point the comparison says what the last event changed; with A alone, what has changed since A.
    """
    b = here if markers.b is None else markers.b
    return Pair(max(b - 1, 0) if markers.a is None else markers.a, b)


def swap(markers: Markers, here: int) -> None:
    """A becomes B and B becomes A; both stay where they are from then on."""
    a, b = compared(markers, here)
    markers.set_a(b)
    markers.set_b(a)


def step_both(markers: Markers, here: int, step: int, last: int) -> int:
    """Move both points by `step` events, as far as both stay within the log; returns where the person stands then.

    A point that follows the person moves with them.
    """
    a, b = compared(markers, here)
    step = max(step, -min(a, b)) if step < 0 else min(step, last - max(a, b))
    if markers.a is not None:
        markers.set_a(a + step)
    if markers.b is None:
        return here + step
    markers.set_b(b + step)
    return here
