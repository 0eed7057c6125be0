"""Which two points of a log are compared, which places are marked, and between which did the person jump?"""

from typing import NamedTuple

from explorer.session.places.bookmarks import Bookmarks


class Pair(NamedTuple):
    """Two positions; `a` may lie behind `b`."""

    a: int
    b: int


class Markers:
    """The points A and B and the bookmarks of one log. Positions; it knows no log, so it clamps nothing."""

    def __init__(self) -> None:
        self._a: int | None = None
        self._b: int | None = None
        self.bookmarks = Bookmarks()

    @property
    def a(self) -> int | None:
        """Point A, or None."""
        return self._a

    @property
    def b(self) -> int | None:
        """Point B, or None. It may lie before A."""
        return self._b

    @property
    def range(self) -> tuple[int, int] | None:
        """The stretch between A and B as (earlier, later) positions; None unless both are set and differ."""
        if self._a is None or self._b is None or self._a == self._b:
            return None
        return min(self._a, self._b), max(self._a, self._b)

    def set_a(self, position: int | None) -> None:
        """Put A at `position`; None takes it away.

        Raises:
            ValueError: The position is below 0.
        """
        self._a = _sound(position)

    def set_b(self, position: int | None) -> None:
        """Put B at `position`; None takes it away.

        Raises:
            ValueError: The position is below 0.
        """
        self._b = _sound(position)

    def compared(self, here: int) -> Pair:
        """Which positions: what is not set follows the person. B is where they stand, A is one event before B.

        So without any point the comparison says what the last event changed; with A alone, what has changed since A.
        """
        b = here if self._b is None else self._b
        return Pair(max(b - 1, 0) if self._a is None else self._a, b)

    def swap(self, here: int) -> None:
        """A becomes B and B becomes A; both stay where they are from then on."""
        self._b, self._a = self.compared(here)

    def step_both(self, here: int, step: int, last: int) -> int:
        """Move both points by `step` events, as far as both stay within the log; returns where the person stands then.

        A point that follows the person moves with them.
        """
        a, b = self.compared(here)
        step = max(step, -min(a, b)) if step < 0 else min(step, last - max(a, b))
        if self._a is not None:
            self._a = a + step
        if self._b is None:
            return here + step
        self._b = b + step
        return here

    def clear(self) -> None:
        """Take A and B away; the bookmarks stay."""
        self._a = self._b = None


def _sound(position: int | None) -> int | None:
    if position is not None and position < 0:
        raise ValueError(f"there is no position {position}")
    return position


# --- where has the person been, so that they can go back there and forth again? ----------------------

MOST_PLACES = 500


class Trail:
    """The places between which the person jumped, like a browser's pages. Single steps only move the last place.

    Many moves that are one gesture (a drag, playing) are one jump, from where it began to where it ended.
    """

    def __init__(self, position: int = 0) -> None:
        self._places = [position]
        self._at = 0
        self._in_gesture = False

    @property
    def can_go_back(self) -> bool:
        """Whether there is a place before this one."""
        return self._at > 0

    @property
    def can_go_forward(self) -> bool:
        """Whether one has come back from somewhere."""
        return self._at + 1 < len(self._places)

    def moved(self, position: int, *, gesture: bool = False) -> None:
        """Take note that the person now stands at `position`; `gesture`: a move that is still going on."""
        here = self._places[self._at]
        continued = gesture and self._in_gesture
        if position == here:
            return
        if continued or (abs(position - here) == 1 and not gesture):
            self._places[self._at] = position
        else:
            del self._places[self._at + 1 :]
            self._places.append(position)
            del self._places[: max(len(self._places) - MOST_PLACES, 0)]
            self._at = len(self._places) - 1
        self._in_gesture = gesture

    def end_gesture(self) -> None:
        """The drag is over: the next move is another one."""
        self._in_gesture = False

    def back(self) -> int | None:
        """Go to the place before this one; returns its position."""
        if not self.can_go_back:
            return None
        self._at -= 1
        self._in_gesture = False
        return self._places[self._at]

    def forward(self) -> int | None:
        """Go again where one came back from."""
        if not self.can_go_forward:
            return None
        self._at += 1
        self._in_gesture = False
        return self._places[self._at]
