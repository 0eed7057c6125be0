"""Which position do these words mean: `1204`, `50%`, `end`, `+100`, `2026-01-06 10:15`?"""

import re
from typing import NamedTuple

from explorer.eventlog.timestamps import parse_time
from explorer.history.history import History

DAY_NS = 86_400 * 10**9

_DATE = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?")
_POSITION = re.compile(r"#?\s*(\d[\d,_ ]*)")
_STEP = re.compile(r"([+\-−])\s*(\d[\d,_ ]*)")
_PERCENT = re.compile(r"(\d+(?:\.\d+)?)\s*%")


class PointError(ValueError):
    """Words that mean no position of this log; `str()` is the sentence for the person."""


class Moment(NamedTuple):
    """A stretch of time named by words: an instant, or a whole day or month.

    Attributes:
        start_ns: Where it begins, UTC.
        end_ns: Where it ends; equal to `start_ns` for an instant.
    """

    start_ns: int
    end_ns: int


def moment(text: str) -> Moment:
    """The time that `text` names. A bare date is the whole day (UTC), a bare month the whole month.

    Raises:
        PointError: It is no time.
    """
    text = text.strip()
    bare = _DATE.fullmatch(text)
    if bare and bare[3] is None:
        year, month = int(bare[1]), int(bare[2])
        following = f"{year + month // 12:04}-{month % 12 + 1:02}-01"
        start, end = parse_time(f"{text}-01"), parse_time(following)
    else:
        start = parse_time(text) if not text.isdigit() or len(text) >= 10 else None
        end = None if start is None else start + DAY_NS if bare else start
    if start is None or end is None:
        raise PointError(
            f"“{text}” is not a time: write 2026-01-31, 2026-01-31T10:15 or 2026-01-31T10:15:00Z"
        )
    return Moment(start, end)


def as_of(history: History, text: str) -> int:
    """The position as of the end of `text`: everything up to and including that time has happened.

    Raises:
        PointError: It is no time.
    """
    when = moment(text)
    return history.position_at(when.end_ns, inclusive=when.end_ns == when.start_ns)


def just_before(history: History, text: str) -> int:
    """The position just before `text`: nothing of that time, day or month has happened yet.

    Raises:
        PointError: It is no time.
    """
    return history.position_at(moment(text).start_ns, inclusive=False)


def at_position(history: History, text: str) -> int:
    """The position with this number.

    Raises:
        PointError: It is no number, or there is no such position.
    """
    found = _POSITION.fullmatch(text.strip())
    if found is None:
        raise PointError(f"“{text}” is not a position: write a number from 0 to {len(history):,}")
    position = _number(found[1])
    if position > len(history):
        raise PointError(f"there is no position {position:,}: the log has {len(history):,} events")
    return position


def point(history: History, text: str, here: int = 0) -> int:
    """The position that `text` means, seen from `here`.

    A number is a position, `+100` and `-5` are steps, `50%` is a part of the log, `start` and `end` its ends;
    anything else is a time, and means the position as of it.

    Raises:
        PointError: It means none.
    """
    words = text.strip().lower()
    if words in {"start", "begin", "beginning", "first"}:
        return 0
    if words in {"end", "last", "now"}:
        return len(history)
    if step := _STEP.fullmatch(words):
        distance = _number(step[2])
        return min(max(here + (distance if step[1] == "+" else -distance), 0), len(history))
    if percent := _PERCENT.fullmatch(words):
        return min(round(len(history) * float(percent[1]) / 100), len(history))
    if _POSITION.fullmatch(words):
        return at_position(history, words)
    if not words:
        raise PointError("where to? Write #1204, 50%, start, end, +100 or 2026-01-06 10:15")
    return as_of(history, text)


def _number(digits: str) -> int:
    digits = re.sub(r"[,_ ]", "", digits)
    return int(digits) if len(digits) < 19 else 10**18
