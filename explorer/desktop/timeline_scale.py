"""Where on the timeline does a position lie, and which position lies under the mouse?"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Literal

from explorer.session.document import Document

type By = Literal["event", "time"]
type Tick = tuple[float, str]  # fraction of the width, label

SECOND = 1_000_000_000
DAY = 86_400 * SECOND
STEPS_NS = [SECOND * s for s in (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600)]
STEPS_NS += [SECOND * 3600 * h for h in (2, 3, 6, 12)] + [DAY * d for d in (1, 2, 7, 14)]
STEPS_MONTHS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Scale:
    """Turns positions into fractions 0…1 of the strip and back, by event or by time."""

    def __init__(self, document: Document | None, by: By) -> None:
        self._document = document
        self.last = document.event_count if document else 0
        self._first_ns = self._last_ns = 0
        if document and document.first_ns is not None and document.last_ns is not None:
            self._first_ns, self._last_ns = document.first_ns, document.last_ns
        self.by: By = by if self._last_ns > self._first_ns else "event"

    def fraction(self, position: int) -> float:
        """Return where `position` lies; below 0 for "before the first event" by time."""
        if self.by == "event" or self._document is None:
            return position / self.last if self.last else 0.0
        if position == 0:
            return -1.0
        moment = self._document.moment_ns(position)
        span = self._last_ns - self._first_ns
        return min(max(((moment or self._first_ns) - self._first_ns) / span, 0.0), 1.0)

    def position(self, fraction: float) -> int:
        """Return the position nearest to `fraction` by event, or the one in force then by time."""
        if self.by == "event" or self._document is None:
            return round(min(max(fraction, 0.0), 1.0) * self.last)
        if fraction < 0:
            return 0
        if fraction >= 1:
            return self.last
        span = self._last_ns - self._first_ns
        return self._document.position_at_ns(self._first_ns + int(fraction * span))

    def ticks(self, most: int) -> list[Tick]:
        """Return at most about `most` round places with their labels."""
        if not self.last or most < 1:
            return []
        if self.by == "event":
            step = _round_step(self.last / most)
            return [(p / self.last, f"{p:,}") for p in range(0, self.last + 1, step)]
        return self._time_ticks((self._last_ns - self._first_ns) // most)

    def _time_ticks(self, least_ns: int) -> list[Tick]:
        for step in STEPS_NS:
            if step >= least_ns:
                start = -(-self._first_ns // step) * step
                return self._labelled(range(start, self._last_ns + 1, step), _clock_or_day(step))
        months = next((m for m in STEPS_MONTHS if m * 30 * DAY >= least_ns), STEPS_MONTHS[-1])
        text = _year if months >= 12 else _month
        return self._labelled(_month_starts(self._first_ns, self._last_ns, months), text)

    def _labelled(self, moments: "range | list[int]", text: Callable[[int], str]) -> list[Tick]:
        span = self._last_ns - self._first_ns
        return [((ns - self._first_ns) / span, text(ns)) for ns in moments]


def _round_step(least: float) -> int:
    step = 1
    while step < least:
        for factor in (2, 5, 10):
            if step * factor >= least:
                return step * factor
        step *= 10
    return step


def _utc(ns: int) -> datetime | None:
    try:
        return EPOCH + timedelta(microseconds=ns // 1000)
    except OverflowError:
        return None


def _month_starts(first_ns: int, last_ns: int, months: int) -> list[int]:
    start, end = _utc(first_ns), _utc(last_ns)
    if start is None or end is None:
        return []
    count = -(-(start.year * 12 + start.month - 1) // months) * months
    found: list[int] = []
    while (year := count // 12) <= min(end.year, 9999) and len(found) < 1000:
        if year >= 1:
            moment = datetime(year, count % 12 + 1, 1, tzinfo=UTC) - EPOCH
            ns = (moment.days * 86_400 + moment.seconds) * SECOND
            if first_ns <= ns <= last_ns:
                found.append(ns)
        count += months
    return found


def _clock_or_day(step_ns: int) -> Callable[[int], str]:
    def text(ns: int) -> str:
        moment = _utc(ns)
        if moment is None:
            return ""
        if ns % DAY == 0:
            return f"{moment.day} {moment:%b}"
        return f"{moment:%H:%M}" if step_ns >= 60 * SECOND else f"{moment:%H:%M:%S}"

    return text


def _month(ns: int) -> str:
    moment = _utc(ns)
    return "" if moment is None else f"{moment:%b} {moment.year}"


def _year(ns: int) -> str:
    moment = _utc(ns)
    return "" if moment is None else str(moment.year)
