"""Which round places of the timeline in view are named below it, and how?"""

from datetime import UTC, datetime, timedelta

import msgspec

from explorer.eventlog.timestamps import FIRST_NS, LIMIT_NS
from explorer.language import grouped, later, tr
from explorer.session.timeline.axis import EVENT, Axis, EventAxis, TimeAxis, View

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
