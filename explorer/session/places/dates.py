"""Which days and times do these words name: `last tuesday`, `3 days earlier`, `6 Jan 10:15`, `03/04/2026`?

Everything is UTC. Two clocks give words their meaning: *calendar words* (yesterday, last tuesday, 6 Jan, 3 days ago)
are counted from the log's last event, which is the log's "now"; *relative words* (3 days earlier, 2 hours later, a bare
10:15) from where the person stands. Each reading says which.
"""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import msgspec

from explorer.eventlog.timestamps import exact_ns, parse_time, told_ns
from explorer.language import later
from explorer.patterns import lazy_pattern

SECOND_NS = 10**9
DAY_NS = 86_400 * SECOND_NS
FROM_END = "counted from the log's last event"
FROM_HERE = later("counted from where you stand")
LONGEST = 80  # characters; no time needs more

_EPOCH = date(1970, 1, 1).toordinal()
_UNITS = {"second": 1, "minute": 60, "hour": 3_600, "day": 86_400, "week": 7 * 86_400}
_SHORT = {"s": "second", "sec": "second", "m": "minute", "min": "minute"}
_SHORT |= {"h": "hour", "hr": "hour", "d": "day", "w": "week"}
_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_MONTHS = "january february march april may june july august september october november december".split()
_TWO_DIGIT_PIVOT = 69  # as POSIX has it: 69..99 are 19xx

_CLOCK = (
    r"(?:at )?(?:(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,](?P<fraction>\d{1,9}))?)?"
    r" ?(?P<half>am|pm)?"
    r"|(?P<bare>\d{1,2}) ?(?P<bare_half>am|pm)|(?P<name>noon|midnight))(?: ?(?:utc|gmt|z))?"
)
_CLOCK_LAST = lazy_pattern(rf"(?:(?P<day>.*?)[ t])?{_CLOCK}", re.ASCII)
_CLOCK_FIRST = lazy_pattern(rf"{_CLOCK} (?P<day>.+)", re.ASCII)
_SHIFT = lazy_pattern(
    r"(?:(?P<sign>[+\-−]) ?)?(?P<count>\d{1,9}|an?|one) ?(?P<unit>[a-z]+?)s?"
    r"(?: (?P<way>ago|earlier|before|back|later|after|further|on))?",
    re.ASCII,
)
_NUMBERS = lazy_pattern(r"(\d{1,4})([-/.])(\d{1,2})(?:\2(\d{1,4}))?\.?", re.ASCII)
_DAY_FIRST = lazy_pattern(r"(\d{1,2})(?:st|nd|rd|th)?\.? (?:of )?([a-z]{3,9})\.?(?: (\d{4}))?", re.ASCII)
_MONTH_FIRST = lazy_pattern(r"([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?(?: (\d{4}))?", re.ASCII)
_MONTH = lazy_pattern(r"([a-z]{3,9})\.?(?: (\d{4}))?", re.ASCII)
_ISO_MONTH = lazy_pattern(r"(\d{4})-(\d\d)", re.ASCII)
_WHICH = lazy_pattern(r"(?:(last|this|next) )?([a-z]+)", re.ASCII)


class NamedTime(msgspec.Struct, frozen=True):
    """A stretch of time that words name.

    Attributes:
        start_ns: Where it begins, as `told_ns` tells it.
        end_ns: Where it ends; equal to `start_ns` for an instant.
        counted: From when it was counted, in words; empty if it says all itself.
    """

    start_ns: int
    end_ns: int
    counted: str = ""


class _Days(msgspec.Struct, frozen=True):
    """Whole days, from the first one up to before the last."""

    first: date
    stop: date
    counted: str = ""


def named(text: str, now_ns: int, here_ns: int) -> list[NamedTime]:
    """Every time that `text` can mean, likeliest first; empty if it is none.

    Args:
        text: What a person wrote.
        now_ns: The log's last event.
        here_ns: Where the person stands.
    """
    now_ns, here_ns = exact_ns(now_ns), exact_ns(here_ns)
    words = " ".join(text.lower().replace(",", " ").split())
    if not 0 < len(words) <= LONGEST:
        return []
    try:
        return _unique(_named(words, text.strip(), now_ns, here_ns))
    except (ValueError, OverflowError):  # no such day: 31 February, the year 10000
        return []


def _named(words: str, text: str, now_ns: int, here_ns: int) -> Iterator[NamedTime]:
    if (shifted := _shifted(words, now_ns, here_ns)) is not None:
        yield shifted
        return
    today, here = _day_of(now_ns), _day_of(here_ns)
    whole = list(_days(words, today))
    if whole:
        for days in whole:
            yield NamedTime(_start(days.first), _start(days.stop), days.counted)
        return
    if (exact := parse_time(text) if not text.isdigit() or len(text) >= 10 else None) is not None:
        yield NamedTime(exact_ns(exact), exact_ns(exact))
        return
    found = _CLOCK_LAST.fullmatch(words) or _CLOCK_FIRST.fullmatch(words)
    seconds_ns = _clock_ns(found) if found else None
    if found is None or seconds_ns is None:
        return
    day = (found["day"] or "").strip()
    for days in _days(day, today) if day else [_Days(here, here + timedelta(1), FROM_HERE)]:
        if days.stop - days.first == timedelta(1):
            instant = _start(days.first) + seconds_ns
            yield NamedTime(instant, instant, days.counted)


def _unique(found: Iterator[NamedTime]) -> list[NamedTime]:
    told = (NamedTime(told_ns(each.start_ns), told_ns(each.end_ns), each.counted) for each in found)
    return list({(each.start_ns, each.end_ns): each for each in told}.values())


def _clock_ns(found: re.Match[str]) -> int | None:
    """How long after midnight; None if no clock shows that."""
    if found["name"]:
        return DAY_NS // 2 if found["name"] == "noon" else 0
    hour = int(found["hour"] or found["bare"])
    half = found["half"] or found["bare_half"]
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    minute, second = int(found["minute"] or 0), int(found["second"] or 0)
    if hour > 23 or minute > 59 or second > 59:
        return None
    fraction = int((found["fraction"] or "").ljust(9, "0"))
    return ((hour * 60 + minute) * 60 + second) * SECOND_NS + fraction


def _shifted(words: str, now_ns: int, here_ns: int) -> NamedTime | None:
    """`3 days earlier`, `2 hours later`, `+2h`: from where one stands; `3 days ago`: from the end."""
    found = _SHIFT.fullmatch(words)
    if found is None or (found["sign"] is None) == (found["way"] is None):
        return None
    count = int(found["count"]) if found["count"].isdigit() else 1
    unit = _SHORT.get(found["unit"], found["unit"])
    back = found["sign"] in {"-", "−"} or found["way"] in {"ago", "earlier", "before", "back"}
    count = -count if back else count
    origin_ns = now_ns if found["way"] == "ago" else here_ns
    if unit in _UNITS:
        instant = origin_ns + count * _UNITS[unit] * SECOND_NS
    elif unit in {"month", "year", "y"}:
        day, passed = divmod(origin_ns, DAY_NS)
        moved = _months_on(date.fromordinal(_EPOCH + day), count * (1 if unit == "month" else 12))
        instant = _start(moved) + passed
    else:
        return None
    return NamedTime(instant, instant, FROM_END if found["way"] == "ago" else FROM_HERE)


def _days(words: str, today: date) -> Iterator[_Days]:
    """The whole days that `words` name, seen from `today`."""
    one = timedelta(1)
    if words in {"today", "yesterday", "tomorrow", "day before yesterday", "the day before yesterday"}:
        step = {"today": 0, "yesterday": -1, "tomorrow": 1}.get(words, -2)
        yield _Days(today + step * one, today + (step + 1) * one, FROM_END)
    elif found := _WHICH.fullmatch(words):
        yield from _which(found[1], found[2], today)
    first, _, rest = words.partition(" ")
    if rest and _weekday(first.rstrip(".")) is not None:  # the weekday before a date says nothing new
        words = rest
    if (found := _ISO_MONTH.fullmatch(words)) is not None:
        yield _month(int(found[1]), int(found[2]))
    elif found := _NUMBERS.fullmatch(words):
        yield from _from_numbers(found, today)
    elif found := _DAY_FIRST.fullmatch(words):
        yield from _from_names(found[1], found[2], found[3], today)
    elif found := _MONTH_FIRST.fullmatch(words):
        yield from _from_names(found[2], found[1], found[3], today)
    if (found := _MONTH.fullmatch(words)) and (month := _begins(_MONTHS, found[1])) is not None:
        past = today.year - (month > today.month)
        yield _month(int(found[2]) if found[2] else past, month, "" if found[2] else FROM_END)


def _which(which: str | None, noun: str, today: date) -> Iterator[_Days]:
    """`last tuesday`, `tuesday`, `last month`."""
    step = {"last": -1, "next": 1}.get(which or "", 0)
    weekday = _weekday(noun)
    if weekday is not None:
        back = (today.weekday() - weekday) % 7
        day = today - timedelta(back)
        if which == "last" and back == 0:
            day -= timedelta(7)
        elif which == "next":
            day += timedelta(7)
        elif which == "this":
            day = today + timedelta(weekday - today.weekday())
        yield _Days(day, day + timedelta(1), FROM_END)
    elif which and noun == "week":
        monday = today - timedelta(today.weekday() - 7 * step)
        yield _Days(monday, monday + timedelta(7), FROM_END)
    elif which and noun == "month":
        there = _months_on(today.replace(day=1), step)
        yield _month(there.year, there.month, FROM_END)
    elif which and noun == "year":
        yield _Days(date(today.year + step, 1, 1), date(today.year + step + 1, 1, 1), FROM_END)


def _from_numbers(found: re.Match[str], today: date) -> Iterator[_Days]:
    """`2026/1/6`, `6.1.2026`; `03/04/2026` can be two days, and both are given."""
    first, mark, second, third = found.groups()
    if len(first) >= 3:
        if third is not None and len(first) == 4 and len(third) <= 2:
            yield from _day(int(first), int(second), int(third))
        return
    year = None if third is None else _year(third)
    pairs = [(int(first), int(second))]  # day, month
    if mark != ".":
        pairs.append((int(second), int(first)))
    elif third is None:
        return  # 1.5 is a number
    for day, month in pairs:
        if year is not None:
            yield from _day(year, month, day)
        elif mark == "/":
            yield from _past(month, day, today)


def _from_names(day: str, name: str, year: str | None, today: date) -> Iterator[_Days]:
    month = _begins(_MONTHS, name)
    if month is None:
        return
    if year is None:
        yield from _past(month, int(day), today)
    else:
        yield from _day(int(year), month, int(day))


def _past(month: int, day: int, today: date) -> Iterator[_Days]:
    """The last such day up to today."""
    for year in range(today.year, today.year - 8, -1):  # 29 February may be long ago
        for days in _day(year, month, day):
            if days.first <= today:
                yield _Days(days.first, days.stop, FROM_END)
                return


def _day(year: int, month: int, day: int) -> Iterator[_Days]:
    try:
        first = date(year, month, day)
    except ValueError:
        return
    yield _Days(first, first + timedelta(1))


def _month(year: int, month: int, counted: str = "") -> _Days:
    first = date(year, month, 1)
    return _Days(first, _months_on(first, 1), counted)


def _months_on(day: date, months: int) -> date:
    """The same day of another month, or its last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in range(day.day, 27, -1):
        try:
            return date(year, month + 1, last)
        except ValueError:
            if not 1 <= year <= 9999:
                raise
    return date(year, month + 1, day.day)


def _year(digits: str) -> int:
    if len(digits) == 4:
        return int(digits)
    if len(digits) == 2:
        return int(digits) + (1900 if int(digits) >= _TWO_DIGIT_PIVOT else 2000)
    raise ValueError(digits)


def _weekday(name: str) -> int | None:
    found = _begins(_WEEKDAYS, name)
    return None if found is None else found - 1


def _begins(names: list[str], start: str) -> int | None:
    """Which of `names` (from 1) is meant by its first three letters or more."""
    for number, name in enumerate(names, 1):
        if len(start) >= 3 and (name.startswith(start) or start == "sept" == name[:4]):
            return number
    return None


def _day_of(at_ns: int) -> date:
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=at_ns // SECOND_NS)).date()


def _start(day: date) -> int:
    return (day.toordinal() - _EPOCH) * DAY_NS
