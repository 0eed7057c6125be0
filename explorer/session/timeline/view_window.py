"""Which part of the timeline is in view, and what do zooming and panning make of it?"""

from dataclasses import dataclass, replace

ZOOM_STEP = 1.25  # one notch of the wheel, one press of a key
PAN_STEP = 0.15  # of what is in view


@dataclass(frozen=True)
class View:
    """The part of an axis from `start` up to `stop`, in its units; never empty, never outside.

    Attributes:
        start, stop: What is in view.
        length: How long the whole axis is.
        least: How short the view may become.
    """

    start: int
    stop: int
    length: int
    least: int

    @classmethod
    def whole(cls, length: int, least: int) -> "View":
        """All of an axis."""
        length = max(length, 1)
        return cls(0, length, length, min(max(least, 1), length))

    @property
    def span(self) -> int:
        """How much is in view."""
        return self.stop - self.start

    @property
    def is_whole(self) -> bool:
        """Whether all is in view."""
        return self.span == self.length

    @property
    def magnification(self) -> float:
        """How many times longer the whole is than what is in view."""
        return self.length / self.span

    def fraction(self, place: int) -> float:
        """Where `place` lies in view: 0 at its left end, 1 at its right one; beyond that, outside."""
        return (place - self.start) / self.span

    def place(self, fraction: float) -> int:
        """The inverse of `fraction`, to the nearest unit."""
        return self.start + round(self.span * fraction)

    def zoomed(self, factor: float, at: float) -> "View":
        """Show `factor` times less; what lies at the fraction `at` of the view stays where it is, if it can."""
        span = min(max(round(self.span / factor), self.least), self.length)
        if span == self.span and factor > 1 and span > self.least:
            span -= 1  # a step is never lost to rounding
        at = min(max(at, 0.0), 1.0)
        return self._moved(self.start + round((self.span - span) * at), span)

    def panned(self, fraction: float) -> "View":
        """Move on by a fraction of the view, or back."""
        return self._moved(self.start + round(self.span * fraction), self.span)

    def starting(self, start: int) -> "View":
        """As much as now, from `start` on."""
        return self._moved(start, self.span)

    def around(self, start: int, stop: int, margin: float = 0.04) -> "View":
        """From `start` to `stop` with a little room beside it."""
        start, stop = min(start, stop), max(start, stop)
        room = round((stop - start) * margin)
        span = min(max(stop - start + 2 * room, self.least), self.length)
        return self._moved((start + stop - span) // 2, span)

    def following(self, place: int, margin: float = 0.0) -> "View":
        """The nearest view that has `place` in it, `margin` of the view away from the end it was beyond."""
        if self.start <= place <= self.stop:
            return self
        room = round(self.span * margin)
        return self._moved(place - room if place > self.stop else place + room - self.span, self.span)

    def whole_again(self) -> "View":
        """All of it."""
        return replace(self, start=0, stop=self.length)

    def _moved(self, start: int, span: int) -> "View":
        start = min(max(start, 0), self.length - span)
        return replace(self, start=start, stop=start + span)
