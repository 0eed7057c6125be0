"""Which day does `03/04/2026` mean: is the day first or the month? Found from all dates of a log.

One date beyond doubt (`13/04/2026`) tells for all. Where none is, what is more likely is taken, that is said, and a
person is asked: by the order in which they stand, else the month is first where dates have slashes, the day where
they have points.
"""

import re
from collections.abc import Callable, Iterable
from datetime import date
from itertools import pairwise

import msgspec

from explorer.eventlog.local_times import in_zone
from explorer.eventlog.timestamps import has_zone, parse_time
from explorer.patterns import lazy_pattern

_DAY = lazy_pattern(
    r"\s*(\d{1,4})\s?([-./' ])\s?(\d{1,2}|[A-Za-zäéû]{3,9})\.?\s?([-./' ])\s?'?(\d{1,4})(?:[,T]?\s*(.*?))?\s*",
    re.ASCII,
)
_CLOCK = lazy_pattern(
    r"(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?\s*([AaPp]\.?[Mm]\.?)?\s*(Z|[+-]\d\d:?\d\d)?", re.ASCII
)
_NAMES = (
    ("jan", "january", "januar", "enero", "janvier", "gennaio", "ene"),
    ("feb", "february", "februar", "fév", "fev"),
    ("mar", "march", "mär", "märz", "mrz"),
    ("apr", "april", "avr", "abr"),
    ("may", "mai", "mayo", "maj"),
    ("jun", "june", "juni", "juin"),
    ("jul", "july", "juli", "juil"),
    ("aug", "august", "aoû", "août", "ago"),
    ("sep", "sept", "september"),
    ("oct", "october", "okt", "oktober", "out"),
    ("nov", "november"),
    ("dec", "december", "dez", "dezember", "déc", "dic"),
)
_MONTHS = {name: number for number, names in enumerate(_NAMES, 1) for name in names}
_PIVOT = 69  # as POSIX has it: 69 to 99 are of the last century
_KEPT = 200_000
_FEWEST = 4  # dates whose order tells something, …
_CLEARLY = 3  # … if one way is so many times as smooth as the other


class DateOrder(msgspec.Struct, frozen=True):
    """How the dates of a log are written.

    Attributes:
        day_first: Whether the day stands before the month.
        guessed: Whether nothing in the log says so beyond doubt.
        remark: What is said of that then.
    """

    day_first: bool = True
    guessed: bool = False
    remark: str = ""

    @property
    def text(self) -> str:
        """The same as `FieldMap.dates` has it; `of_text` is the inverse."""
        return ("day" if self.day_first else "month") + "?" * self.guessed

    @classmethod
    def of_text(cls, text: str) -> "DateOrder":
        """What `text` told."""
        return cls(text.startswith("day"), text.endswith("?"))


def date_order(texts: Iterable[str]) -> DateOrder:
    """How dates are written, of which some may be none."""
    found: list[tuple[int, int, int, str]] = []
    day = month = 0
    for text in texts:
        parts = _parts(text)
        if parts is None or parts[4]:
            continue
        first, second, year, mark, _, _ = parts
        day += first > 12
        month += second > 12
        if len(found) < _KEPT:
            found.append((first, second, year, mark))
    if not found or (day and not month):
        return DateOrder(day_first=True)
    if not month and all(mark == "." for _, _, _, mark in found):  # nobody puts a point behind the month
        return DateOrder(day_first=True)
    if month and not day:
        return DateOrder(day_first=False)
    if day:  # both: each says for itself, and what may be either is the day first if more are
        return DateOrder(
            day_first=day >= month, guessed=True, remark=_remark(found[0], day_first=day >= month)
        )
    if all(first == second for first, second, _, _ in found):
        return DateOrder(day_first=True)
    as_days = _disorder((year, second, first) for first, second, year, _ in found)
    as_months = _disorder((year, first, second) for first, second, year, _ in found)
    near, far = sorted((as_days, as_months))
    doubtful = len(found) < _FEWEST or near * _CLEARLY > far
    chosen = found[0][3] != "/" if doubtful else as_days < as_months
    return DateOrder(day_first=chosen, guessed=True, remark=_remark(found[0], day_first=chosen))


def time_reader(dates: str | None, zone: str | None = None) -> Callable[[object], int | None]:
    """What reads the times of a log whose field map says so of its dates and its zone; else `parse_time`."""
    if not dates and not zone:
        return parse_time
    order = DateOrder.of_text(dates) if dates else None

    def read(value: object) -> int | None:
        found, text = parse_time(value), value
        if found is None and order is not None and isinstance(value, str):
            text = iso_date(value, order)
            found = parse_time(text)
        local = isinstance(text, list) or (isinstance(text, str) and not has_zone(text))
        if zone and found is not None and local:
            return in_zone(found, zone)
        return found

    return read


def remark_on(text: str, dates: str) -> str:
    """What is said of dates of which nothing tells whether day or month stands first; `text` is one of them."""
    parts, order = _parts(text), DateOrder.of_text(dates)
    return "" if parts is None or not order.guessed else _remark(parts[:4], day_first=order.day_first)


def is_date(text: str) -> bool:
    """Whether a text is a date that this module reads: with the year last, or a month's name."""
    parts = _parts(text)
    return parts is not None and (_day(parts, DateOrder(True)) or _day(parts, DateOrder(False))) is not None


def needs_order(value: object) -> bool:
    """Whether a value is a date that is read only once it is known what stands first in it."""
    return isinstance(value, str) and parse_time(value) is None and is_date(value)


def tells_order(text: str) -> bool:
    """Whether a date says beyond doubt what stands first in it."""
    parts = _parts(text)
    return parts is not None and not parts[4] and max(parts[:2]) > 12


def iso_date(text: str, order: DateOrder) -> str | None:
    """The same day, and time of day if there is one, as ISO 8601 has it; None if it is none."""
    parts = _parts(text)
    day = None if parts is None else _day(parts, order)
    if parts is None or day is None:
        return None
    if not parts[5]:
        return day.isoformat()
    clock = _CLOCK.fullmatch(parts[5])
    if clock is None:
        return None
    hour = int(clock[1])
    if clock[5]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + 12 * clock[5].lower().startswith("p")
    fraction = f".{clock[4]}" if clock[4] else ""
    if hour > 23 or int(clock[2]) > 59 or int(clock[3] or 0) > 59:
        return None
    return f"{day.isoformat()}T{hour:02}:{clock[2]}:{clock[3] or '00'}{fraction}{clock[6] or ''}"


def _parts(text: str) -> tuple[int, int, int, str, bool, str] | None:
    """First, second, year, separator, whether the month stands second beyond doubt, and what stands behind."""
    if len(text) > 60 or (found := _DAY.fullmatch(text)) is None:
        return None
    one, mark, two, second_mark, three, rest = found.groups()
    if (
        len(one) > 2
        or len(three) in {1, 3}
        or (mark != second_mark and {mark, second_mark} - {"/", "'", "-", ".", " "})
    ):
        return None
    year = int(three)
    if len(three) == 2:
        year += 2000 if second_mark == "'" or year < _PIVOT else 1900
    if two.isdigit():
        if " " in {mark, second_mark}:
            return None
        return int(one), int(two), year, mark, False, rest or ""
    month = _MONTHS.get(two.lower())
    return None if month is None else (int(one), month, year, mark, True, rest or "")


def _day(parts: tuple[int, int, int, str, bool, str], order: DateOrder) -> date | None:
    first, second, year, _, named, _ = parts
    if not named and (not order.day_first or second > 12) and first <= 12:
        first, second = second, first
    try:
        return date(year, second, first)
    except ValueError:
        return None


def _disorder(days: Iterable[tuple[int, int, int]]) -> int:
    """How far it is from each day to the next, and twice as far back: those of a log go one way in small steps."""
    steps = [(b[0] - a[0]) * 372 + (b[1] - a[1]) * 31 + b[2] - a[2] for a, b in pairwise(days)]
    up, down = sum(step for step in steps if step > 0), -sum(step for step in steps if step < 0)
    return max(up, down) + 3 * min(up, down)


def _remark(example: tuple[int, int, int, str], *, day_first: bool) -> str:
    first, second, year, mark = example
    shown = f"{first:02}{mark}{second:02}{mark}{year}"
    if (day_first and second > 12) or (not day_first and first > 12):
        day_first = not day_first
    read_as = f"{year}-{second:02}-{first:02}" if day_first else f"{year}-{first:02}-{second:02}"
    if day_first:
        return f"no date says whether day or month stands first; the day was taken: {shown} is {read_as}"
    return f"no date says whether day or month stands first; the month was taken: {shown} is {read_as}"
