"""Which instant does a value of a log mean, to the nanosecond?"""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from email.utils import parsedate_to_datetime

EARLIEST_NS = -(2**63)
LATEST_NS = 2**63 - 1

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EPOCH_DAY = date(1970, 1, 1).toordinal()
_SECOND_NS = 1_000_000_000
_TWO_DIGIT_PIVOT = 69  # as POSIX has it: 69..99 are 19xx

# Seconds reach the year 5138 below 1e11; each finer unit gets the next three digits.
_EPOCH_UNITS = ((10**11, _SECOND_NS), (10**14, 1_000_000), (10**17, 1_000))  # beyond: nanoseconds

_ISO = re.compile(
    r"([+-]?\d{4,6})-?(\d\d)-?(\d\d)"
    r"(?:[Tt _]?(\d\d):?(\d\d)(?::?(\d\d)(?:[.,](\d+))?)?"
    r"\s*(Z|z|UTC|GMT|[+-]\d\d(?::?\d\d(?::?\d\d)?)?)?(?:\[[^\]]*\])?)?",
    re.ASCII,
)
_ZONE = re.compile(r"(?:[Zz]|UTC|GMT|[+-]\d\d(?::?\d\d(?::?\d\d)?)?)(?:\[[^\]]*\])?$", re.ASCII)
_SLASHES = re.compile(r"(\d{4})/(\d\d)/(\d\d)(.*)", re.ASCII | re.DOTALL)
_NUMBER = re.compile(r"-?\d{9,20}(?:\.\d+)?", re.ASCII)
_RFC_2822 = re.compile(r"(?:[A-Z][a-z]{2}, )?\d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d", re.ASCII)


def parse_time(value: object) -> int | None:
    """Return the UTC nanoseconds since 1970 that `value` means, clamped to int64; None if it means none.

    Understood: ISO 8601 and its usual relatives (no zone = UTC, see `has_zone`), numbers since 1970 in seconds,
    milliseconds, microseconds or nanoseconds (by their size), RFC 2822 dates, and the wrappers
    `{"_type_": "datetime_iso", "_data_": …}` and `{"$date": …}`.
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
                    if EARLIEST_NS <= nanoseconds <= LATEST_NS and not value.isdigit():
                        return nanoseconds
        except (ValueError, OverflowError):
            pass
        return _parse_text(value.strip())
    if type(value) is int:
        return _since_epoch(value)
    if isinstance(value, Decimal):
        return _since_epoch(value) if value.is_finite() and value.adjusted() < 40 else None
    if isinstance(value, Mapping):
        inner = value.get("_data_", value.get("$date"))
        return parse_time(inner) if isinstance(inner, str | int | Decimal) else None
    return None


def has_zone(text: str) -> bool:
    """Does the text of a time say in which zone it is? Numbers count from 1970 UTC, so they do."""
    text = text.strip()
    if _NUMBER.fullmatch(text) or _RFC_2822.match(text):
        return True
    return len(text) > 10 and ":" in text and _ZONE.search(text, 10) is not None


def _parse_text(text: str) -> int | None:
    if _NUMBER.fullmatch(text):
        return _since_epoch(Decimal(text))
    if slashes := _SLASHES.fullmatch(text):
        text = "{}-{}-{}{}".format(*slashes.groups())
    if len(text) == 6 and text.isascii() and text.isdigit():
        text = ("19" if int(text[:2]) >= _TWO_DIGIT_PIVOT else "20") + text
    found = _ISO.fullmatch(text)
    if found:
        return _from_parts(*found.groups())
    if _RFC_2822.match(text):
        try:
            instant = parsedate_to_datetime(text)
            passed = (instant if instant.tzinfo else instant.replace(tzinfo=UTC)) - _EPOCH
        except (ValueError, TypeError, OverflowError):
            return None
        return _clamped((passed // timedelta(seconds=1)) * _SECOND_NS)
    return None


def _from_parts(
    year: str,
    month: str,
    day: str,
    hour: str | None,
    minute: str | None,
    second: str | None,
    fraction: str | None,
    zone: str | None,
) -> int | None:
    hours, minutes, seconds = int(hour or 0), int(minute or 0), int(second or 0)
    nanoseconds = int(((fraction or "") + "000000000")[:9])
    midnight_after = hours == 24 and minutes == seconds == nanoseconds == 0
    # A leap second (:60) is taken as the first second of the next minute, as POSIX clocks do.
    if (hours > 23 and not midnight_after) or minutes > 59 or seconds > 60:
        return None
    whole_year = int(year)
    # The calendar repeats every 400 years, so years that `date` does not have can be moved into its range.
    cycles = 0
    if not 1 <= whole_year <= 9999:
        cycles, whole_year = divmod(whole_year, 400)
        whole_year += 400
        cycles -= 1
    try:
        days = date(whole_year, int(month), int(day)).toordinal() - _EPOCH_DAY + cycles * 146_097
    except ValueError:
        return None
    offset = _offset_seconds(zone)
    if offset is None:
        return None
    total = days * 86_400 + hours * 3_600 + minutes * 60 + seconds - offset
    return _clamped(total * _SECOND_NS + nanoseconds)


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
    for limit, unit_ns in _EPOCH_UNITS:
        if size < limit:
            return _clamped(int(number * unit_ns))
    return _clamped(int(number))


def _clamped(nanoseconds: int) -> int:
    return min(max(nanoseconds, EARLIEST_NS), LATEST_NS)
