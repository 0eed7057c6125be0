"""How far along the timeline does a position lie, which position lies there, and which places of it are named?

An axis counts whole units from 0 to `length`, so that nothing is rounded however far one zooms in.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Literal

import msgspec
import numpy as np
import numpy.typing as npt

from explorer.eventlog.timestamps import FIRST_NS, LIMIT_NS
from explorer.history.density import Gap
from explorer.history.history import History
from explorer.language import grouped, later, tr

type By = Literal["event", "time"]
type Int64s = npt.NDArray[np.int64]

EVENT = 1_000_000  # units that one event takes
FEWEST_EVENTS = 4  # nobody needs to zoom in further …
SHORTEST_NS = 100  # … or, by time, further than this
BREAKS_SHARE = 60  # what is left of a shortened gap: this part of the time that is shown in full …
BREAKS_TOGETHER = 12  # … and of many gaps, together no more than this part

_LEAST, _MOST = np.iinfo(np.int64).min + 1, np.iinfo(np.int64).max


class EventAxis:
    """Every event takes the same room: position k lies at k events."""

    by: By = "event"
    breaks: Sequence[tuple[int, int, Gap]] = ()

    def __init__(self, count: int) -> None:
        self._count = count
        self.length = count * EVENT
        self.least = min(self.length, FEWEST_EVENTS * EVENT)

    def place(self, position: int) -> int:
        """Where `position` lies."""
        return position * EVENT

    def position(self, place: int) -> int:
        """The position nearest to `place`."""
        return min(max((place + EVENT // 2) // EVENT, 0), self._count)

    def rows(self, places: Iterable[int]) -> Int64s:
        """(k,) how many events lie before each place; an event reaches half its room to either side."""
        return np.array([self.position(place) for place in places], np.int64)


class TimeAxis:
    """Every stretch of time takes the same room, except that long gaps may be drawn short. In nanoseconds."""

    by: By = "time"

    def __init__(self, history: History, gaps: Sequence[Gap] = ()) -> None:
        """Measure `history` by its clock.

        Args:
            history: One that has times.
            gaps: What to draw short, as they happened; they lie inside the log and do not overlap.

        Raises:
            ValueError: Nothing in the log has a time, or all has the same.
        """
        first = int(np.searchsorted(history.clock, _LEAST))
        if first == len(history) or history.clock[first] == history.clock[-1]:
            raise ValueError("a log of one moment cannot be measured by time")
        self._history = history
        self.first_ns, self.last_ns = int(history.clock[first]), int(history.clock[-1])
        full_ns = self.last_ns - self.first_ns - sum(gap.length_ns for gap in gaps)
        short = max(full_ns // max(BREAKS_SHARE, BREAKS_TOGETHER * len(gaps)), 1)
        self.breaks: Sequence[tuple[int, int, Gap]] = ()
        self._real = [self.first_ns]  # instants at which the measure changes …
        self._shown = [0]  # … and their places
        breaks = []
        for gap in gaps:
            begin = self._shown[-1] + gap.start_ns - self._real[-1]
            end = begin + min(short, gap.length_ns)
            breaks.append((begin, end, gap))
            self._real += [gap.start_ns, gap.stop_ns]
            self._shown += [begin, end]
        self.breaks = breaks
        self.length = self._shown[-1] + self.last_ns - self._real[-1]
        self.least = min(self.length, SHORTEST_NS)

    def place(self, position: int) -> int:
        """Where `position` lies; before the first event is at the first."""
        moment = self._history.moment_ns(position)
        return self.place_of_ns(self.first_ns if moment is None else moment)

    def position(self, place: int) -> int:
        """The position in force at `place`; 0 before the first event."""
        if place < 0:
            return 0
        if place >= self.length:
            return len(self._history)
        return int(np.searchsorted(self._history.clock, self.ns_at(place), "right"))

    def rows(self, places: Iterable[int]) -> Int64s:
        """(k,) how many events lie before each place; those without a time, before the first that has one."""
        instants = [
            self.ns_at(place) if place <= self.length else self.last_ns + 1 + place - self.length
            for place in places
        ]
        clipped = np.array([min(max(instant, _LEAST), _MOST) for instant in instants], np.int64)
        rows = self._history.rows_before(clipped)
        return np.where(clipped <= self.first_ns, 0, rows)

    def place_of_ns(self, instant_ns: int) -> int:
        """Where an instant lies, within the log."""
        instant_ns = min(max(instant_ns, self.first_ns), self.last_ns)
        at = bisect_right(self._real, instant_ns) - 1
        into = instant_ns - self._real[at]
        if at % 2 == 1:  # inside a shortened gap
            room, real = self._shown[at + 1] - self._shown[at], self._real[at + 1] - self._real[at]
            into = into * room // real
        return self._shown[at] + into

    def ns_at(self, place: int) -> int:
        """The instant at `place`."""
        at = max(bisect_right(self._shown, place) - 1, 0)
        into = place - self._shown[at]
        if at % 2 == 1:
            room, real = self._shown[at + 1] - self._shown[at], self._real[at + 1] - self._real[at]
            into = into * real // room
        return self._real[at] + into

    def gap_at(self, place: int) -> Gap | None:
        """The shortened gap at `place`, if there is one."""
        at = bisect_right(self._shown, place) - 1
        return self.breaks[at // 2][2] if at % 2 == 1 and at // 2 < len(self.breaks) else None

    def stretches(self, start: int, stop: int) -> list[tuple[int, int]]:
        """The stretches of time (ns, both ends included) that are drawn in full between two places."""
        found = []
        for at in range(0, len(self._real), 2):
            end = self._shown[at + 1] if at + 1 < len(self._shown) else self.length
            low, high = max(self._shown[at], start), min(end, stop)
            if low <= high:
                found.append((self.ns_at(low), self._real[at] + high - self._shown[at]))
        return found


type Axis = EventAxis | TimeAxis


def axis_of(history: History, by: By, gaps: Sequence[Gap] = ()) -> Axis:
    """The axis for `history`; one without two different times has only events."""
    if by == "time":
        try:
            return TimeAxis(history, gaps)
        except ValueError:
            pass
    return EventAxis(len(history))


def same_measure(one: Axis, other: Axis) -> bool:
    """Whether a place means the same on both, as far as both reach."""
    if isinstance(one, TimeAxis) and isinstance(other, TimeAxis):
        return one.first_ns == other.first_ns and not one.breaks and not other.breaks
    return one.by == other.by == "event"


# --- which part of the timeline is in view, and what do zooming and panning make of it? --------------

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


SECOND = 1_000_000_000
MINUTE, HOUR, DAY = 60 * SECOND, 3600 * SECOND, 86_400 * SECOND
STEPS_NS = [factor * 10**power for power in range(9) for factor in (1, 2, 5)]
STEPS_NS += [SECOND * seconds for seconds in (1, 2, 5, 10, 15, 30)]
STEPS_NS += [MINUTE * minutes for minutes in (1, 2, 5, 10, 15, 30)]
STEPS_NS += [HOUR * hours for hours in (1, 2, 3, 6, 12)] + [DAY * days for days in (1, 2, 7, 14)]
STEPS_MONTHS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000)
MONTHS = (
    later("Jan"), later("Feb"), later("Mar"), later("Apr"), later("May"), later("Jun"),
    later("Jul"), later("Aug"), later("Sep"), later("Oct"), later("Nov"), later("Dec"),
)  # fmt: skip
_DURATIONS = (
    (365 * DAY, DAY, later("{large} y"), later("{large} y {small} d")),
    (DAY, HOUR, later("{large} d"), later("{large} d {small} h")),
    (HOUR, MINUTE, later("{large} h"), later("{large} h {small} min")),
    (MINUTE, SECOND, later("{large} min"), later("{large} min {small} s")),
)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Tick(msgspec.Struct, frozen=True):
    """One named place.

    Attributes:
        place: Where it is on the axis.
        text: What it is called.
        long: The same with what its neighbours leave out: the first one of a stretch is called so.
        stretch: Ticks of one stretch have no left-out gap between them.
    """

    place: int
    text: str
    long: str
    stretch: int = 0


def ticks(axis: Axis, view: View, most: int) -> list[Tick]:
    """At most about `most` round places in view, ascending."""
    if most < 1 or axis.length < 1:
        return []
    if isinstance(axis, EventAxis):
        return _by_event(view, most)
    return _by_time(axis, view, most)


def duration_text(length_ns: int) -> str:
    """`3 d 4 h`: the two largest units of a length of time."""
    for size, small_size, text, both in _DURATIONS:
        large, rest = divmod(length_ns, size)
        if large:
            small = rest // small_size
            return tr(both if small else text).format(large=grouped(large), small=small)
    for unit, size in (("s", SECOND), ("ms", 10**6), ("µs", 10**3)):
        if length_ns >= size:
            return f"{length_ns / size:.3g} {unit}"
    return f"{length_ns} ns"


def _by_event(view: View, most: int) -> list[Tick]:
    step = _round_step(view.span / EVENT / most)
    first = -(-view.start // (step * EVENT)) * step
    return [Tick(at * EVENT, grouped(at), grouped(at)) for at in range(first, view.stop // EVENT + 1, step)]


def _by_time(axis: TimeAxis, view: View, most: int) -> list[Tick]:
    stretches = axis.stretches(view.start, view.stop)
    full_ns = sum(stop - start for start, stop in stretches)
    least_ns = max(full_ns // most, 1)
    step = next((step for step in STEPS_NS if step >= least_ns), 0)
    months = 0 if step else next((m for m in STEPS_MONTHS if m * 30 * DAY >= least_ns), STEPS_MONTHS[-1])
    found: list[Tick] = []
    for stretch, (start, stop) in enumerate(stretches):
        # what lies outside the years of nanoseconds has its order on the axis, not its distance
        low, high = max(start, FIRST_NS), min(stop, LIMIT_NS - 1)
        moments = range(-(-low // step) * step, high + 1, step) if step else _starts(low, high, months)
        for moment in moments:
            place = axis.place_of_ns(moment)
            if not found or place > found[-1].place:
                first = not any(tick.stretch < stretch for tick in found[:1])
                short, long = _short(moment, step, months), _long(moment, step, months, year=first)
                found.append(Tick(place, short, long, stretch))
        if len(stretches) > 1 and not (found and found[-1].stretch == stretch):
            before = stretches[stretch - 1][1] if stretch else None
            found.append(_beginning(axis.place_of_ns(start), start, before, stretch))
    return found


def _beginning(place: int, start_ns: int, before_ns: int | None, stretch: int) -> Tick:
    """A name for a stretch too short to hold a round place: the day, or the time, at which it begins."""
    moment = _utc(start_ns)
    if moment is None:
        return Tick(place, "", "", stretch)
    text = f"{moment:%H:%M}"
    if before_ns is None or start_ns // DAY != before_ns // DAY:
        text = f"{moment.day} {tr(MONTHS[moment.month - 1])}"
        text += f" {moment.year}" if before_ns is None else ""
    return Tick(place, text, text, stretch)


def _round_step(least: float) -> int:
    step = 1
    while step < least:
        for factor in (2, 5, 10):
            if step * factor >= least:
                return step * factor
        step *= 10
    return step


def _utc(ns: int) -> datetime | None:
    if not FIRST_NS <= ns < LIMIT_NS:
        return None
    try:
        return _EPOCH + timedelta(microseconds=ns // 1000)
    except OverflowError:
        return None


def _starts(first_ns: int, last_ns: int, months: int) -> list[int]:
    """The first instants of months (or years, …) between two instants."""
    start, end = _utc(first_ns), _utc(last_ns)
    if start is None or end is None:
        return []
    count = -(-(start.year * 12 + start.month - 1) // months) * months
    found: list[int] = []
    while (year := count // 12) <= min(end.year, 9999) and len(found) < 1000:
        if year >= 1:
            moment = datetime(year, count % 12 + 1, 1, tzinfo=UTC) - _EPOCH
            ns = (moment.days * 86_400 + moment.seconds) * SECOND
            if first_ns <= ns <= last_ns:
                found.append(ns)
        count += months
    return found


def _short(ns: int, step_ns: int, months: int) -> str:
    """What tells a place from its neighbours: `2027`, `Feb 2026`, `7 Jan`, `10:15`, `10:15:30`, `.250 001`."""
    moment = _utc(ns)
    if moment is None:
        return ""
    month = tr(MONTHS[moment.month - 1])
    if months:
        return str(moment.year) if months >= 12 else f"{month} {moment.year}"
    if ns % DAY == 0:
        return f"{moment.day} {month}"
    if step_ns >= MINUTE:
        return f"{moment:%H:%M}"
    return f"{moment:%H:%M:%S}" if ns % SECOND == 0 else _fraction(ns, step_ns)


def _long(ns: int, step_ns: int, months: int, *, year: bool = True) -> str:
    """The same with the day, or the year, or the clock, that its neighbours leave out."""
    short, moment = _short(ns, step_ns, months), _utc(ns)
    if moment is None or months:
        return short
    day = f"{moment.day} {tr(MONTHS[moment.month - 1])}"
    if ns % DAY == 0:
        return f"{day} {moment.year}"
    if step_ns >= SECOND or ns % SECOND == 0:
        return f"{day} {moment.year} {short}" if step_ns >= MINUTE and year else f"{day} {short}"
    return f"{moment:%H:%M:%S}{_fraction(ns, step_ns)}"


def _fraction(ns: int, step_ns: int) -> str:
    """The part of a second, as finely as the step is, in threes."""
    digits = f"{ns % SECOND:09}"
    needed = next(count for count in range(1, 10) if step_ns % 10 ** (9 - count) == 0)
    needed = -(-needed // 3) * 3
    return "." + " ".join(digits[at : at + 3] for at in range(0, needed, 3))
