"""Which instants do many stretches of bytes mean, where they are written as ISO 8601 has it?"""

from typing import Any

import numpy as np
import numpy.typing as npt

from explorer.eventlog.compiled import inlined, kernel
from explorer.eventlog.timestamps import EPOCH_UNITS, FIRST_NS, LIMIT_NS

type Bytes = npt.NDArray[np.uint8]
type Int64s = npt.NDArray[np.int64]
type Flags = npt.NDArray[np.bool_]

_QUOTE, _MINUS, _PLUS, _POINT, _COMMA, _COLON, _ZERO, _NINE = 34, 45, 43, 46, 44, 58, 48, 57
_SPACE, _T, _SMALL_T, _Z, _SMALL_Z = 32, 84, 116, 90, 122
_DATE_BYTES, _MINUTE_BYTES, _SECOND_BYTES = 10, 16, 19
_FIRST_YEAR, _LAST_YEAR = 1678, 2261  # whole years that int64 nanoseconds can tell
_MONTH_DAYS = np.array([0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31], np.int64)
_FIRST_S, _LIMIT_S = FIRST_NS // 10**9, LIMIT_NS // 10**9
_TENS = np.array([10**power for power in range(10)], np.int64)


def instants(data: Bytes, starts: Int64s, ends: Int64s) -> tuple[Int64s, Flags]:
    """Read many times.

    Understood are `2026-01-06`, and behind it (after `T`, `t` or a space) `10:15` or `10:15:07`, the latter with up
    to nine decimals after a point or comma, in no zone (which is UTC), `Z`, `z`, `+02`, `+0200` or `+02:00`.

    Args:
        data: (n,) a block.
        starts: (k,) the places in it where they begin; a quote there and one at the end count as none.
        ends: (k,) the places behind them.

    Returns:
        (k,) UTC nanoseconds since 1970 as `parse_time` says, and where they could be read. It decides on all others.
    """
    found, fine = np.empty(len(starts), np.int64), np.empty(len(starts), np.bool_)
    begins, behind = np.ascontiguousarray(starts, np.int64), np.ascontiguousarray(ends, np.int64)
    _instants(data, begins, behind, found, fine)
    return found, fine


@inlined
def _two(data: Any, at: int) -> Any:
    """The number that two digits at a place say; -1 if they are none."""
    tens, ones = np.int64(data[at]) - _ZERO, np.int64(data[at + 1]) - _ZERO
    if 0 <= tens <= 9 and 0 <= ones <= 9:
        return tens * 10 + ones
    return -1


@inlined
def _day(year: int, month: int, day: int) -> Any:
    """Days from 1970 to a date; the least int64 if it is none of our years."""
    none = np.int64(-(2**63))
    if not (_FIRST_YEAR <= year <= _LAST_YEAR and 1 <= month <= 12 and day >= 1):
        return none
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    if day > _MONTH_DAYS[month] + (1 if leap and month == 2 else 0):
        return none
    # years that begin in March have their odd day at their end (H. Hinnant, "days_from_civil")
    if month <= 2:
        year -= 1
    since_march = month - 3 if month > 2 else month + 9
    return year * 365 + year // 4 - year // 100 + year // 400 + (153 * since_march + 2) // 5 + day - 719_469


@kernel("void(uint8[::1], int64[::1], int64[::1], int64[::1], boolean[::1])")
def _instants(data: Any, starts: Any, ends: Any, found: Any, fine: Any) -> None:
    known, days = np.int64(-1), np.int64(0)
    for row in range(len(starts)):
        at, end = starts[row], ends[row]
        found[row] = 0
        fine[row] = False
        if at < 0 or end > len(data):
            continue
        if end - at >= 2 and data[at] == _QUOTE and data[end - 1] == _QUOTE:
            at += 1
            end -= 1
        size = end - at
        if size < _DATE_BYTES or data[at + 4] != _MINUS or data[at + 7] != _MINUS:
            continue
        century, year, month, day = _two(data, at), _two(data, at + 2), _two(data, at + 5), _two(data, at + 8)
        if century < 0 or year < 0 or month < 0 or day < 0:
            continue
        seconds, fraction_ns = np.int64(0), np.int64(0)
        if size > _DATE_BYTES:
            between = data[at + 10]
            if size < _MINUTE_BYTES or data[at + 13] != _COLON:
                continue
            if between != _T and between != _SPACE and between != _SMALL_T:
                continue
            hours, minutes = _two(data, at + 11), _two(data, at + 14)
            if hours < 0 or hours > 23 or minutes < 0 or minutes > 59:
                continue
            seconds = hours * 3_600 + minutes * 60
            rest = at + _MINUTE_BYTES
            if rest < end and data[rest] == _COLON:
                more = _two(data, rest + 1) if size >= _SECOND_BYTES else -1
                if more < 0 or more > 59:
                    continue
                seconds += more
                rest += 3
                if rest < end and (data[rest] == _POINT or data[rest] == _COMMA):
                    rest += 1
                    digits = 0
                    while rest < end and digits < 10 and _ZERO <= data[rest] <= _NINE:
                        fraction_ns = fraction_ns * 10 + (np.int64(data[rest]) - _ZERO)
                        digits += 1
                        rest += 1
                    if digits == 0 or digits > 9:
                        continue
                    fraction_ns *= _TENS[9 - digits]
            size = end - rest  # of the zone
            if size == 1:
                if data[rest] != _Z and data[rest] != _SMALL_Z:
                    continue
            elif size:
                sign = data[rest]
                if (sign != _PLUS and sign != _MINUS) or (size != 3 and size != 5 and size != 6):
                    continue
                hours, minutes = _two(data, rest + 1), 0 if size == 3 else _two(data, end - 2)
                if (
                    hours < 0
                    or hours > 23
                    or minutes < 0
                    or minutes > 59
                    or (size == 6 and data[rest + 3] != _COLON)
                ):
                    continue
                ahead = hours * 3_600 + minutes * 60
                seconds += ahead if sign == _MINUS else -ahead
        date = (century * 100 + year) * 10_000 + month * 100 + day
        if date != known:  # as the one before, mostly
            known, days = date, _day(century * 100 + year, month, day)
        if days == np.int64(-(2**63)):
            continue
        seconds += days * 86_400
        if not (_FIRST_S <= seconds < _LIMIT_S):  # a zone may lead out of the years that nanoseconds can tell
            continue
        found[row] = seconds * 10**9 + fraction_ns
        fine[row] = True


def since_epoch(units: Int64s, decimals: Int64s) -> tuple[Int64s, Flags]:
    """Whole numbers as `parse_time` reads them: s, ms, us or ns by their size.

    Not for those with decimals, nor for digits that may be a date, such as 20240305, or the ticks of another clock.
    """
    size = np.abs(units)
    sure = size < 9 * 10**9
    for digits, unit_ns in (
        (13, 10**6),
        (16, 10**3),
    ):  # milliseconds and microseconds since 2001, as most are
        sure |= (size >= 10 ** (digits - 1)) & (size < LIMIT_NS // unit_ns)
    scale = np.select([size < limit for limit, _ in EPOCH_UNITS], [unit_ns for _, unit_ns in EPOCH_UNITS], 1)
    return units * scale, (decimals == 0) & sure & ((units < 19_000_000) | (units > 22_000_000))
