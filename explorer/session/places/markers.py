"""Which two points of a log are compared, and which places are marked?"""

from explorer.session.places.bookmarks import Bookmarks


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

    def swap(self) -> None:
        """A becomes B and B becomes A."""
        self._a, self._b = self._b, self._a

    def clear(self) -> None:
        """Take A and B away; the bookmarks stay."""
        self._a = self._b = None


def _sound(position: int | None) -> int | None:
    if position is not None and position < 0:
        raise ValueError(f"there is no position {position}")
    return position
