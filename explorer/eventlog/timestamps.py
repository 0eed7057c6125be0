"""Which instant does a value of a log mean, to the nanosecond?"""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import numpy as np
import numpy.typing as npt

from explorer.patterns import lazy_pattern

type Int64s = npt.NDArray[np.int64]
type Flags = npt.NDArray[np.bool_]

# An int64 of nanoseconds reaches from 1677 to 2262. What is outside these whole years is told by the millisecond, in
# the room that is left at both ends: it comes before or after everything else, in its true order, and is never
# taken for another time (`exact_ns`). The least and the greatest int64 are no times.
FIRST_NS = -9_214_560_000_000_000_000  # 1678-01-01
LIMIT_NS = 9_214_646_400_000_000_000  # 2262-01-01
EARLIEST_NS = -(2**63) + 1
LATEST_NS = 2**63 - 2
_MILLISECOND_NS = 1_000_000

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EPOCH_DAY = date(1970, 1, 1).toordinal()
_SECOND_NS = 1_000_000_000
_TWO_PARTS = (
    ("seconds", "nanos"),
    ("epochSecond", "nano"),
    ("_seconds", "_nanoseconds"),
    ("seconds", "nanoseconds"),
)
_FEWEST_PARTS, _MOST_PARTS = 3, 7  # of a list
_YEARS = 1900, 2200
_TWO_DIGIT_PIVOT = 69  # as POSIX has it: 69..99 are 19xx

# Seconds reach the year 5138 below 1e11; each finer unit gets the next three digits.
_BEYOND_COMPACT = 10**20
EPOCH_UNITS = ((10**11, _SECOND_NS), (10**14, 1_000_000), (10**17, 1_000))  # beyond: nanoseconds
# Numbers whose size means another thing: the last days of 9999, by which many write "never ends", would be days of 1978
# if their unit were told by their size; ticks of 100 ns since the year 1 (.NET) or 1601 (Windows) of this century would
# be nanoseconds of 1990 and 1974. (first, limit, unit, where the count begins), in ns since 1970.
_LAST_DAYS_S = 253_402_128_000, 253_402_387_200  # 9999-12-29 to 10000-01-01, whatever the zone
_SINCE_1_NS = -62_135_596_800 * 10**9
_SINCE_1601_NS = -11_644_473_600 * 10**9
_OTHER_CLOCKS = (
    *((_LAST_DAYS_S[0] * 10**k, _LAST_DAYS_S[1] * 10**k, 10 ** (9 - k), 0) for k in (0, 3, 6)),
    (630_822_816 * 10**9, 662_380_416 * 10**9, 100, _SINCE_1_NS),  # the years 2000 to 2099
    (125_911_584 * 10**9, 157_469_184 * 10**9, 100, _SINCE_1601_NS),
    (946_684_800 * 10**7, 4_102_444_800 * 10**7, 100, 0),  # the same since 1970 (gRPC)
)

_ISO = lazy_pattern(
    r"(\d{4}|[+-]\d{4,6}|\d{5,6}(?=-))-?(\d\d)-?(\d\d)"
    r"(?:[Tt _]?(\d\d):?(\d\d)(?::?(\d\d)(?:[.,](\d+))?)?"
    r"\s*(Z|z|UTC|GMT|[+-]\d\d(?::?\d\d(?::?\d\d)?)?)?\s*((?:\[[^\]]*\])*))?",
    re.ASCII,
)
_ZONE = lazy_pattern(
    r"(?:(?:[Zz]|UTC|GMT|[+-]\d\d(?::?\d\d(?::?\d\d)?)?)(?:\[[^\]]*\])*|\[[^\]=]*\])$", re.ASCII
)
_BRACKET = lazy_pattern(r"\[!?([^\]]*)\]", re.ASCII)
_HOURS = lazy_pattern(
    r"([+-]?)(\d{1,2})(?:[.:]?(\d{1,2}))?(?::[A-Za-z]*)?", re.ASCII
)  # -5:EST, as OFX has it
_ZONE_NAME = lazy_pattern(r"[A-Za-z_]+(?:/[A-Za-z0-9_+-]+){0,2}", re.ASCII)
# Digits alone that are a date and a clock (of these centuries): no log counts the milliseconds of 1976, or of 2611.
_COMPACT = lazy_pattern(
    r"((?:19|2[01])\d\d)(\d\d)(\d\d)(?:(\d\d)(\d\d)(?:(\d\d)(\d{3}|\d{6}|\.\d+)?)?)?", re.ASCII
)
_NAMED_ZONE = lazy_pattern(r"\d\d:\d\d(?::\d\d)?\s+(\S+)", re.ASCII)
_SLASHES = lazy_pattern(r"(\d{4})/(\d\d)/(\d\d)(.*)", re.ASCII | re.DOTALL)
_SHORT_DAY = lazy_pattern(r"(\d{6})[ T](\d\d:?\d\d(?::?\d\d(?:[.,]\d+)?)?)", re.ASCII)
_NUMBER = lazy_pattern(r"-?\d{9,20}(?:\.\d+)?", re.ASCII)
_SECONDS = lazy_pattern(r"-?\d{1,11}", re.ASCII)
_RFC_2822 = lazy_pattern(r"(?:[A-Z][a-z]{2}, )?\d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d", re.ASCII)


def parse_time(value: object) -> int | None:
    """Return the UTC nanoseconds since 1970 that `value` means, as `told_ns` tells them; None if it means none.

    Understood: ISO 8601 and its usual relatives (no zone = UTC, see `has_zone`), numbers since 1970 in seconds,
    milliseconds, microseconds or nanoseconds (by their size), RFC 2822 dates, the wrappers
    `{"_type_": "datetime_iso", "_data_": …}` and `{"$date": …}`, seconds and nanoseconds apart (`{"seconds": …,
    "nanos": …}`), and the list of year, month, day, hour … that Java's programs write.
    """
    if type(value) is str:
        try:
            # The common case. Python drops digits beyond the sixth, so longer fractions go the long way.
            if len(value) < 27 or value[26] in "+-Zz":
                instant = datetime.fromisoformat(value)
                if len(value) > 9:
                    passed = (instant if instant.tzinfo else instant.replace(tzinfo=UTC)) - _EPOCH
                    nanoseconds = (
                        passed.days * 86_400 + passed.seconds
                    ) * _SECOND_NS + passed.microseconds * 1_000
                    if FIRST_NS <= nanoseconds < LIMIT_NS and not value.isdigit():
                        return nanoseconds
        except (ValueError, OverflowError):
            pass
        return _parse_text(value.strip())
    if type(value) is int:
        return _number(value)
    if isinstance(value, Decimal):
        return _number(value) if value.is_finite() and value.adjusted() < 40 else None
    if isinstance(value, Mapping):
        inner = value.get("_data_", value.get("$date"))
        return parse_time(inner) if isinstance(inner, str | int | Decimal) else _in_two_parts(value)
    return _in_list(value) if type(value) is list else None


def _in_two_parts(value: Mapping[object, object]) -> int | None:
    """Seconds since 1970 and the nanoseconds of the last one, as Protobuf, Firestore and Java tell them."""
    for whole, rest in _TWO_PARTS:
        seconds, nanoseconds = value.get(whole), value.get(rest, 0)
        if isinstance(seconds, str) and _SECONDS.fullmatch(seconds):
            seconds = int(seconds)
        if type(seconds) is int and type(nanoseconds) is int and value.keys() <= {whole, rest}:
            known = abs(seconds) < EPOCH_UNITS[0][0] and 0 <= nanoseconds < _SECOND_NS
            return told_ns(seconds * _SECOND_NS + nanoseconds) if known else None
    return None


def _in_list(value: list[object]) -> int | None:
    """`[2026, 1, 31, 15, 4, 5, 123000000]`: year, month, day, hour, minute, second and nanoseconds, from the day on."""
    parts = [each for each in value if type(each) is int and each >= 0]
    if not _FEWEST_PARTS <= len(value) == len(parts) <= _MOST_PARTS or not _YEARS[0] <= parts[0] < _YEARS[1]:
        return None
    if len(parts) == _MOST_PARTS and parts[-1] >= _SECOND_NS:
        return None
    *clock, nanoseconds = [*parts, *[0] * (_MOST_PARTS - len(parts))]
    return _from_parts([*map(str, clock), f"{nanoseconds:09}"])


def has_zone(text: str) -> bool:
    """Does the text of a time say in which zone it is? Numbers count from 1970 UTC, so they do."""
    text = text.strip()
    if _NUMBER.fullmatch(text):
        return _compact(text) is None
    if _RFC_2822.match(text):
        return True
    return len(text) > 10 and ":" in text and _ZONE.search(text, 10) is not None


def told_ns(exact_ns: int) -> int:
    """The int64 that stands for an instant: itself, or outside the years 1678 to 2261 by the millisecond."""
    if FIRST_NS <= exact_ns < LIMIT_NS:
        return exact_ns
    if exact_ns < FIRST_NS:
        return max(FIRST_NS + (exact_ns - FIRST_NS) // _MILLISECOND_NS, EARLIEST_NS)
    return min(LIMIT_NS + (exact_ns - LIMIT_NS) // _MILLISECOND_NS, LATEST_NS)


def exact_ns(told_ns: int) -> int:
    """The inverse of `told_ns`, of any size."""
    if told_ns < FIRST_NS:
        return FIRST_NS + (told_ns - FIRST_NS) * _MILLISECOND_NS
    if told_ns >= LIMIT_NS:
        return LIMIT_NS + (told_ns - LIMIT_NS) * _MILLISECOND_NS
    return told_ns


def outside(told_ns: Int64s) -> Flags:
    """(n,) which times are outside the years that nanoseconds can tell; the least int64 is no time."""
    found: Flags = ((told_ns < FIRST_NS) | (told_ns >= LIMIT_NS)) & (told_ns != np.iinfo(np.int64).min)
    return found


def _parse_text(text: str) -> int | None:
    if _NUMBER.fullmatch(text):
        compact = _compact(text)
        return _since_epoch(Decimal(text)) if compact is None else compact
    if slashes := _SLASHES.fullmatch(text):
        text = "{}-{}-{}{}".format(*slashes.groups())
    if len(text) == 6 and text.isascii() and text.isdigit():
        text = ("19" if int(text[:2]) >= _TWO_DIGIT_PIVOT else "20") + text
    elif short := _SHORT_DAY.fullmatch(text):
        text = ("19" if int(text[:2]) >= _TWO_DIGIT_PIVOT else "20") + short[1] + "T" + short[2]
    found = _ISO.fullmatch(text)
    if found:
        *parts, zone, brackets = found.groups()
        return _from_parts(parts, (zone, brackets))
    if _RFC_2822.match(text):
        from email.utils import parsedate_to_datetime  # few logs have such times

        try:
            instant = parsedate_to_datetime(text)
            named = _NAMED_ZONE.search(text)
            if instant.tzinfo is None and named is not None and named[1] not in {"-0000", "UTC", "GMT", "Z"}:
                return None  # a zone that is not known is not UTC
            passed = (instant if instant.tzinfo else instant.replace(tzinfo=UTC)) - _EPOCH
        except (ValueError, TypeError, OverflowError):
            return None
        return told_ns((passed // timedelta(seconds=1)) * _SECOND_NS)
    return None


def _compact(text: str) -> int | None:
    """What `20240305071749` means, and `20240305` or `202403050717`; None if it is no date."""
    found = _COMPACT.fullmatch(text)
    if found is None:
        return None
    *parts, fraction = found.groups()
    return _from_parts([*parts, (fraction or "").removeprefix(".")])


def _from_parts(parts: Sequence[str | None], zones: Sequence[str | None] = (None, None)) -> int | None:
    """The instant of year, month, day, hour, minute, second and fraction, as texts; a zone, and brackets behind it."""
    year, month, day, hour, minute, second, fraction = parts
    hours, minutes, seconds = int(hour or 0), int(minute or 0), int(second or 0)
    nanoseconds = int(((fraction or "") + "000000000")[:9])
    midnight_after = hours == 24 and minutes == seconds == nanoseconds == 0
    # A leap second (:60) is taken as the first second of the next minute, as POSIX clocks do.
    if (hours > 23 and not midnight_after) or minutes > 59 or seconds > 60:
        return None
    whole_year = int(year or 0)
    # The calendar repeats every 400 years, so years that `date` does not have can be moved into its range.
    cycles = 0
    if not 1 <= whole_year <= 9999:
        cycles, whole_year = divmod(whole_year, 400)
        whole_year += 400
        cycles -= 1
    try:
        days = date(whole_year, int(month or 0), int(day or 0)).toordinal() - _EPOCH_DAY + cycles * 146_097
    except ValueError:
        return None
    zone, brackets = zones
    local = days * 86_400 + hours * 3_600 + minutes * 60 + seconds
    offset = _offset_seconds(zone) if zone or not brackets else _bracketed(brackets, local)
    if offset is None:
        return None
    return told_ns((local - offset) * _SECOND_NS + nanoseconds)


def _bracketed(brackets: str, local_s: int) -> int | None:
    """The offset that `[-5:EST]` or `[Europe/Berlin]` names where no other is written; None if it is not known."""
    offset: int | None = 0
    for name in _BRACKET.findall(brackets):
        if "=" in name:  # a calendar
            continue
        if found := _HOURS.fullmatch(name):
            part = found[3] or "0"
            # 5.5 is half an hour more, 3.30 and 3:30 are thirty minutes
            minutes = int(part) * 6 if len(part) == 1 else {75: 45, 50: 30, 25: 15}.get(int(part), int(part))
            seconds = int(found[2]) * 3_600 + minutes * 60
            offset = -seconds if found[1] == "-" else seconds
            return offset if int(found[2]) < 24 and minutes < 60 else None
        offset = _zone_offset(name, local_s)
    return offset


def _zone_offset(name: str, local_s: int) -> int | None:
    if name in {"Z", "UTC", "GMT"}:
        return 0
    if not _ZONE_NAME.fullmatch(name) or len(name) > 60:
        return None
    from zoneinfo import ZoneInfo

    try:
        zone = ZoneInfo(name)
        passed = (_EPOCH.replace(tzinfo=None) + timedelta(seconds=local_s)).replace(tzinfo=zone).utcoffset()
    except (KeyError, ValueError, OverflowError, OSError):
        return None
    return None if passed is None else passed // timedelta(seconds=1)


def _offset_seconds(zone: str | None) -> int | None:
    if zone is None or zone in {"Z", "z", "UTC", "GMT"}:
        return 0
    digits = zone[1:].replace(":", "") + "0000"
    hours, minutes, seconds = int(digits[:2]), int(digits[2:4]), int(digits[4:6] or 0)
    if hours > 23 or minutes > 59 or seconds > 59:
        return None
    total = hours * 3_600 + minutes * 60 + seconds
    return -total if zone[0] == "-" else total


def _since_epoch(number: int | Decimal) -> int:
    size = Decimal(number).copy_abs()
    for first, limit, unit_ns, begin_ns in _OTHER_CLOCKS:
        if first <= number < limit:
            return told_ns(begin_ns + int(number * unit_ns))
    for limit, unit_ns in EPOCH_UNITS:
        if size < limit:
            return told_ns(int(number * unit_ns))
    return told_ns(int(number))


def _number(number: int | Decimal) -> int:
    compact = _compact(format(Decimal(number), "f")) if 0 < number < _BEYOND_COMPACT else None
    return _since_epoch(number) if compact is None else compact


# --- … and back into text ---------------------------------------------------------------------------------

_CYCLE_DAYS, _CYCLE_YEARS = 146_097, 400  # the calendar repeats, weekdays too


def iso_text(at_ns: int | None) -> str | None:
    """`2026-01-06T10:15:00Z`, for programs."""
    if at_ns is None:
        return None
    year, instant, fraction = clock_parts(at_ns)
    digits = f".{fraction:09}".rstrip("0") if fraction else ""
    years = f"{year:04}" if 0 <= year <= 9999 else f"{year:+07}"
    return f"{years}-{instant:%m-%dT%H:%M:%S}{digits}Z"


def clock_parts(at_ns: int) -> tuple[int, datetime, int]:
    """The year, an instant with the same day and clock, and the nanoseconds into its second."""
    seconds, fraction = divmod(exact_ns(at_ns), 10**9)
    days, seconds = divmod(seconds, 86_400)
    cycles = 0
    if not -719_162 <= days <= 2_932_896:  # before the year 1 or after 9999
        cycles, days = divmod(days, _CYCLE_DAYS)
    instant = _EPOCH + timedelta(days=days, seconds=seconds)
    return instant.year + cycles * _CYCLE_YEARS, instant, fraction
