"""Which exact numbers do many stretches of bytes say, and how do they compare?"""

from decimal import Decimal
from typing import Any

import numpy as np
import numpy.typing as npt

from explorer.eventlog.compiled import kernel

type Bytes = npt.NDArray[np.uint8]
type Int64s = npt.NDArray[np.int64]
type Flags = npt.NDArray[np.bool_]

MOST_DIGITS = 18  # so that units fit int64, and a hundredfold of sums of them is noticed in time
MOST_DECIMALS = 9
_FRACTION = 18  # digits behind the point that a constant is compared by; what is beyond them is one more bit
_QUOTE, _MINUS, _POINT, _ZERO = 34, 45, 46, 48
NO_WHOLE, WHOLE, LONG_WHOLE = range(3)
_MOST_WHOLE = 2**63 - 1
_TENS = np.array([10**power for power in range(19)], np.int64)


def numbers(data: Bytes, starts: Int64s, ends: Int64s) -> tuple[Int64s, Int64s, Flags]:
    """Read many JSON numbers in plain notation, exactly; in quotes or not.

    Args:
        data: (n,) a block.
        starts: (k,) the places in it where they begin.
        ends: (k,) the places behind them.

    Returns:
        (k,) units, (k,) decimals, so that each number is `units / 10**decimals`; and where that is true. It is not
        for what is no JSON number, has an exponent, more than 18 digits or more than 9 decimals: those are read one
        by one. (`-0` is 0: who wants its text looks at the bytes.)
    """
    count = len(starts)
    units, decimals, fine = np.empty(count, np.int64), np.empty(count, np.int64), np.empty(count, np.bool_)
    begins, behind = np.ascontiguousarray(starts, np.int64), np.ascontiguousarray(ends, np.int64)
    _numbers(data, begins, behind, units, decimals, fine)
    return units, decimals, fine


@kernel("void(uint8[::1], int64[::1], int64[::1], int64[::1], int64[::1], boolean[::1])")
def _numbers(data: Any, starts: Any, ends: Any, units: Any, decimals: Any, fine: Any) -> None:
    for row in range(len(starts)):
        at, end = starts[row], ends[row]
        units[row] = decimals[row] = 0
        fine[row] = False
        if at < 0 or end > len(data):
            continue
        if end - at >= 2 and data[at] == _QUOTE and data[end - 1] == _QUOTE:
            at += 1
            end -= 1
        negative = at < end and data[at] == _MINUS
        if negative:
            at += 1
        # with a point there is one byte more than digits
        if (
            at >= end
            or end - at > MOST_DIGITS + 1
            or (data[at] == _ZERO and end - at > 1 and data[at + 1] != _POINT)
        ):
            continue
        total, point, good = np.int64(0), -1, True
        for place in range(at, end):
            byte = np.int64(data[place])
            digit = byte - _ZERO
            if 0 <= digit <= 9:
                total = total * 10 + digit
            elif byte == _POINT and point < 0 and place > at:
                point = place
            else:
                good = False
                break
        behind = end - point - 1 if point >= 0 else 0
        digits = end - at - (1 if point >= 0 else 0)
        if not good or digits > MOST_DIGITS or behind > MOST_DECIMALS or (point >= 0 and behind == 0):
            continue
        units[row] = -total if negative else total
        decimals[row] = behind
        fine[row] = True


def compared(units: Int64s, decimals: Int64s, constant: int | Decimal) -> npt.NDArray[np.int8]:
    """(k,) -1, 0 or 1: is each number of `numbers` less than, equal to or more than `constant`, which is finite?"""
    found = np.empty(len(units), np.int8)
    if (
        isinstance(constant, Decimal) and constant.adjusted() > 2 * MOST_DIGITS
    ):  # its digits need not be written out
        found.fill(1 if constant < 0 else -1)
        return found
    whole, fraction, more = _parts(constant)
    if abs(whole) > 10**MOST_DIGITS:
        found.fill(1 if whole < 0 else -1)
        return found
    _compared(units, decimals, whole, fraction, more, found)
    return found


def _parts(constant: int | Decimal) -> tuple[int, int, bool]:
    """The greatest whole number up to it, 18 digits of what is left, and whether something is left behind them."""
    if isinstance(constant, int):
        return constant, 0, False
    sign, digits, exponent = constant.as_tuple()
    assert isinstance(exponent, int)
    if constant.adjusted() < -_FRACTION - MOST_DIGITS:  # next to nothing, and perhaps very many zeros
        if not constant:
            return 0, 0, False
        return (-1, 10**_FRACTION - 1, True) if sign else (0, 0, True)
    number = int("".join(map(str, digits))) * (-1 if sign else 1)
    if exponent >= 0:
        return number * 10**exponent, 0, False
    scale = 10**-exponent
    whole, rest = divmod(number, scale)
    fraction, rest = divmod(rest * 10**_FRACTION, scale)
    return whole, fraction, rest > 0


@kernel("void(int64[::1], int64[::1], int64, int64, boolean, int8[::1])")
def _compared(units: Any, decimals: Any, whole: int, fraction: int, more: bool, found: Any) -> None:
    for row in range(len(units)):
        scale = _TENS[decimals[row]]
        own = units[row] // scale  # rounds down, as `_parts` does
        rest = (units[row] - own * scale) * _TENS[_FRACTION - decimals[row]]
        if own != whole:
            found[row] = -1 if own < whole else 1
        elif rest != fraction:
            found[row] = -1 if rest < fraction else 1
        else:
            found[row] = -1 if more else 0


def compared_columns(
    units: Int64s, decimals: Int64s, other_units: Int64s, other_decimals: Int64s
) -> npt.NDArray[np.int8]:
    """(k,) -1, 0 or 1: is each number less than, equal to or more than the other beside it? Both as of `numbers`."""
    found = np.empty(len(units), np.int8)
    _compared_columns(units, decimals, other_units, other_decimals, found)
    return found


@kernel("void(int64[::1], int64[::1], int64[::1], int64[::1], int8[::1])")
def _compared_columns(units: Any, decimals: Any, other_units: Any, other_decimals: Any, found: Any) -> None:
    for row in range(len(units)):
        scale, other_scale = _TENS[decimals[row]], _TENS[other_decimals[row]]
        own, other = units[row] // scale, other_units[row] // other_scale
        if own == other:
            own = (units[row] - own * scale) * _TENS[_FRACTION - decimals[row]]
            other = (other_units[row] - other * other_scale) * _TENS[_FRACTION - other_decimals[row]]
        found[row] = -1 if own < other else (1 if own > other else 0)


def wholes(data: Bytes, starts: Int64s, ends: Int64s) -> tuple[Int64s, npt.NDArray[np.uint8]]:
    """Read many whole numbers: digits, perhaps behind a minus.

    Args:
        data: (n,) a block.
        starts: (k,) the places in it where they begin.
        ends: (k,) the places behind them.

    Returns:
        (k,) the numbers; and what each is: `NO_WHOLE`, `WHOLE`, or `LONG_WHOLE`, which is beyond int64.
    """
    found, known = np.zeros(len(starts), np.int64), np.empty(len(starts), np.uint8)
    begins, behind = np.ascontiguousarray(starts, np.int64), np.ascontiguousarray(ends, np.int64)
    _wholes(data, begins, behind, found, known)
    return found, known


@kernel("void(uint8[::1], int64[::1], int64[::1], int64[::1], uint8[::1])")
def _wholes(data: Any, starts: Any, ends: Any, found: Any, known: Any) -> None:
    for row in range(starts.size):
        place, end = starts[row], ends[row]
        known[row] = NO_WHOLE
        if place < 0 or end > data.size or place >= end:
            continue
        negative = data[place] == _MINUS
        if negative:
            place += 1
        fine = place < end
        for k in range(place, end):
            fine &= 48 <= data[k] <= 57
        if not fine:
            continue
        number: Any = np.int64(0)
        known[row] = WHOLE
        for k in range(place, end):
            digit = np.int64(data[k]) - _ZERO
            if number > _MOST_WHOLE // 10 or (number == _MOST_WHOLE // 10 and digit > _MOST_WHOLE % 10):
                known[row] = LONG_WHOLE
                break
            number = number * 10 + digit
        found[row] = -number if negative else number
