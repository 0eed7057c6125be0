"""Which position do these words mean: `1204`, `50%`, `end`, `+100`, `2026-01-06 10:15`, `last tuesday`?"""

import re
from collections.abc import Sequence
from typing import Protocol

import msgspec

from explorer.eventlog.log import EventLog
from explorer.eventlog.timestamps import exact_ns, iso_text, told_ns
from explorer.history.history import History
from explorer.language import counted, tr
from explorer.patterns import lazy_pattern
from explorer.session.moments import day_text, moment_text
from explorer.session.places.dates import DAY_NS, NamedTime, named
from explorer.session.plaintext import visible

_COUNT = r"(\d{1,3}(?:\.\d{3})+|\d[\d,_ ]*)"  # with dots too, as the window writes it in German
_POSITION = lazy_pattern(rf"#?\s*{_COUNT}")
_STEP = lazy_pattern(rf"([+\-−])\s*{_COUNT}")
_PERCENT = lazy_pattern(r"(\d+(?:\.\d+)?)\s*%")
_YEAR = lazy_pattern(r"\d{4}", re.ASCII)


class Clocked(Protocol):
    """A sequence of events with a clock: a history, or a branch of one."""

    @property
    def timed(self) -> int:
        """How many events have a time that can be read."""

    @property
    def log(self) -> EventLog:
        """The log."""

    def __len__(self) -> int: ...

    def moment_ns(self, position: int) -> int | None:
        """What the clock says at `position`."""

    def position_at(self, at_ns: int, *, inclusive: bool = True) -> int:
        """The position as of a time."""


class PointError(ValueError):
    """Words that mean no position of this log, or more than one; `str()` is the sentence for the person."""


class PointMeaning(msgspec.Struct, frozen=True):
    """One position that words can mean.

    Attributes:
        position: Where they lead.
        meaning: How they were read, for people: `end of Tue 6 Jan 2026`.
        exact: The same in a notation that means nothing else.
    """

    position: int
    meaning: str
    exact: str


def as_of(history: Clocked, text: str) -> int:
    """The position as of the end of `text`: everything up to and including that time has happened.

    Raises:
        PointError: It is no time, or more than one.
    """
    return _as_of(history, _only(text, _times(history, text, len(history))))


def just_before(history: Clocked, text: str) -> int:
    """The position just before `text`: nothing of that time, day or month has happened yet.

    Raises:
        PointError: It is no time, or more than one.
    """
    when = _only(text, _times(history, text, len(history)))
    return history.position_at(when.start_ns, inclusive=False)


def at_position(history: Clocked, text: str) -> int:
    """The position with this number.

    Raises:
        PointError: It is no number, or there is no such position.
    """
    found = _POSITION.fullmatch(text.strip())
    if found is None:
        said = tr("“{text}” is not a position: write a number from 0 to {last:,}")
        raise PointError(said.format(text=text, last=len(history)))
    position = _number(found[1])
    if position > len(history):
        said = counted(
            len(history),
            tr("there is no position {position:,}: the log has 1 event"),
            tr("there is no position {position:,}: the log has {count:,} events"),
            position=position,
        )
        raise PointError(said)
    return position


def point(history: History, text: str, here: int = 0) -> int:
    """The one position that `text` means, seen from `here`.

    A number is a position, `+100` and `-5` are steps, `50%` is a part of the log, `start` and `end` its ends;
    anything else is a time, and means the position as of it.

    Raises:
        PointError: It means none, or it could mean several.
    """
    found = readings(history, text, here)
    if len({each.position for each in found}) > 1:
        raise PointError(_which_one(text, [(each.meaning, each.exact) for each in found]))
    return found[0].position


def readings(history: History, text: str, here: int = 0) -> list[PointMeaning]:
    """Everything that `text` can mean, seen from `here`; at least one, likeliest first.

    Raises:
        PointError: It means nothing.
    """
    words = " ".join(text.lower().split())
    count = len(history)
    if not words:
        raise PointError(tr("where to? Write #1204, 50%, start, end, +100, 2026-01-06 10:15 or last tuesday"))
    if words in {"start", "begin", "beginning", "first"}:
        return [PointMeaning(0, tr("before the first event"), "start")]
    if words in {"end", "last", "now"}:
        return [PointMeaning(count, tr("after the last event"), "end")]
    if step := _STEP.fullmatch(words):
        distance = _number(step[2]) * (1 if step[1] == "+" else -1)
        there = min(max(here + distance, 0), count)
        further = tr("1 event further"), tr("{count:,} events further")
        back = tr("1 event back"), tr("{count:,} events back")
        said = counted(abs(there - here), *(further if distance >= 0 else back))
        return [PointMeaning(there, said, f"#{there}")]
    if percent := _PERCENT.fullmatch(words):
        there = min(round(count * float(percent[1]) / 100), count)
        said = tr("{percent} % of {count:,} events").format(percent=percent[1], count=count)
        return [PointMeaning(there, said, f"#{there}")]
    if _POSITION.fullmatch(words):
        return _numbered(history, words)
    return [_reading(history, when) for when in _times(history, text, here)]


def _numbered(history: History, words: str) -> list[PointMeaning]:
    """A number is a position; four figures can also be a year of the log."""
    years = _years(history, words)
    try:
        position = at_position(history, words)
    except PointError:
        if not years:
            raise
        return years
    return [
        PointMeaning(position, tr("position {position:,}").format(position=position), f"#{position}"),
        *years,
    ]


def _years(history: History, words: str) -> list[PointMeaning]:
    if not _YEAR.fullmatch(words) or not len(history):
        return []
    first, last = history.moment_ns(1), history.moment_ns(len(history))
    found = named(f"{words}-01", 0, 0) + named(f"{words}-12", 0, 0)
    if first is None or last is None or not found:
        return []
    year = NamedTime(found[0].start_ns, found[-1].end_ns)
    if year.end_ns <= first or year.start_ns > last:
        return []
    said = tr("end of the year {year}").format(year=words)
    return [PointMeaning(_as_of(history, year), said, f"{words}-12-31")]


def _times(history: Clocked, text: str, here: int) -> list[NamedTime]:
    """Every time that `text` can mean, seen from position `here`; never empty."""
    if len(history) and not history.timed:
        raise PointError(without_times(history.log))
    first = next((at for at in (history.moment_ns(1), history.moment_ns(len(history))) if at is not None), 0)
    now = history.moment_ns(len(history))
    stand = history.moment_ns(here)
    found = named(text, first if now is None else now, first if stand is None else stand)
    if not found:
        said = tr(
            "“{text}” is not a time: write 2026-01-31, 2026-01-31T10:15, 31 Jan 10:15, yesterday or 3 days earlier"
        )
        raise PointError(said.format(text=text))
    return found


def without_times(log: EventLog) -> str:
    """Why a question about time cannot be answered of a log none of whose events has a time, and what can be done."""
    named = log.fields.time
    like = [path for path in log.candidates.get("time-like", []) if path != named]
    if named is None:
        reason = tr("no event has a time that can be read, so nothing can be asked by time")
    else:
        reason = tr(
            "the field “{field}” holds no time that can be read, so nothing can be asked by time"
        ).format(field=visible(named, 60))
    if not like:
        return tr("{reason}; no other field looks like a time (--time-field or Fields… names one)").format(
            reason=reason
        )
    fields = ", ".join(visible(path, 60) for path in like[:5]) + (", …" if len(like) > 5 else "")
    return tr(
        "{reason}; what looks like a time: {fields} (--time-field or Fields… chooses one that can be read)"
    ).format(reason=reason, fields=fields)


def _only(text: str, found: list[NamedTime]) -> NamedTime:
    if len(found) > 1:
        raise PointError(_which_one(text, [(_meaning(when), _exact(when)) for when in found]))
    return found[0]


def _which_one(text: str, ways: Sequence[tuple[str, str]]) -> str:
    said = tr(" or ").join(f"{meaning} ({exact})" for meaning, exact in ways)
    return tr("“{text}” can be {ways}: which one?").format(text=text, ways=said)


def _as_of(history: Clocked, when: NamedTime) -> int:
    return history.position_at(when.end_ns, inclusive=when.end_ns == when.start_ns)


def _reading(history: History, when: NamedTime) -> PointMeaning:
    return PointMeaning(_as_of(history, when), _meaning(when), _exact(when))


def _meaning(when: NamedTime) -> str:
    instant = when.end_ns == when.start_ns
    text = moment_text(when.start_ns) if instant else tr("end of {day}").format(day=day_text(_last_day(when)))
    return f"{text}, {tr(when.counted)}" if when.counted else text


def _last_day(when: NamedTime) -> int:
    return told_ns(exact_ns(when.end_ns) - DAY_NS)


def _exact(when: NamedTime) -> str:
    text = iso_text(when.start_ns if when.end_ns == when.start_ns else _last_day(when)) or ""
    return text if when.end_ns == when.start_ns else text[:10]


def _number(digits: str) -> int:
    digits = re.sub(r"[,._ ]", "", digits)
    return int(digits) if len(digits) < 19 else 10**18
