"""How are exact decimals kept as columns, and added up per slot without losing a digit?"""

from collections.abc import Sequence

import msgspec
import numpy as np
import numpy.typing as npt

from explorer.projection.exact import Exact, from_scaled, scaled

type Int64s = npt.NDArray[np.int64]

MAX_FAST_SCALE = 9  # decimals up to which int64 units are used: 9.2 billion units of money and nine decimals
_ROOM = float(2**62)  # a sum of magnitudes below this cannot overflow int64, float64 error included


class Sums(msgspec.Struct, frozen=True):
    """Running totals, one for each change, exact.

    Attributes:
        units: (m,) int64, the total times `10**scale`; meaningless where `wide` has the change.
        scale: Decimals of `units`.
        decimals: (m,) uint8, decimals with which the total is written: the most that were added so far.
        wide: Totals that need more digits than int64 has, by change.
    """

    units: Int64s
    scale: int
    decimals: npt.NDArray[np.uint8]
    wide: dict[int, tuple[int, int]]

    def value(self, change: int) -> Exact:
        """The total after `change`."""
        if (found := self.wide.get(change)) is not None:
            return from_scaled(*found)
        decimals = int(self.decimals[change])
        units = int(self.units[change])
        return from_scaled(units // 10 ** (self.scale - decimals), decimals)


def running_sums(operands: Sequence[Exact], offsets: Int64s) -> Sums:
    """Add `operands` up within each slot.

    Args:
        operands: (m,) sorted by slot, then by position.
        offsets: (slots + 1,) where each slot begins.

    Returns:
        The total after each change. Slots whose totals fit keep them in int64; the others as Python integers,
        so one 30-digit amount makes its own account slower and no other.
    """
    count = len(operands)
    parts = [scaled(operand) for operand in operands]
    decimals = np.fromiter((min(part[1], 255) for part in parts), np.uint8, count)
    fast_scale = int(decimals[decimals <= MAX_FAST_SCALE].max(initial=0))
    slot = np.repeat(np.arange(len(offsets) - 1), np.diff(offsets))
    magnitude = np.fromiter(
        (_magnitude(units, fast_scale - scale) for units, scale in parts), np.float64, count
    )
    magnitude[decimals > fast_scale] = np.inf
    too_wide = np.bincount(slot, magnitude, len(offsets) - 1) >= _ROOM
    narrow = ~too_wide[slot]
    units = np.fromiter(
        (
            part[0] * 10 ** (fast_scale - part[1]) if fits else 0
            for part, fits in zip(parts, narrow, strict=True)
        ),
        np.int64,
        count,
    )
    wide: dict[int, tuple[int, int]] = {}
    for index in np.flatnonzero(too_wide):
        begin, end = int(offsets[index]), int(offsets[index + 1])
        total, total_scale = 0, 0
        for change in range(begin, end):
            more, scale = parts[change]
            widest = max(total_scale, scale)
            total = total * 10 ** (widest - total_scale) + more * 10 ** (widest - scale)
            total_scale = widest
            wide[change] = total, total_scale
    return Sums(_segmented_sum(units, offsets), fast_scale, _running_max(decimals, slot), wide)


def _magnitude(units: int, shift: int) -> float:
    try:
        return abs(float(units)) * 10.0**shift
    except OverflowError:
        return float("inf")


def _segmented_sum(units: Int64s, offsets: Int64s) -> Int64s:
    """Cumulative sum that begins anew at each offset. Wrapping of the whole is harmless: differences are exact."""
    total = np.zeros(len(units) + 1, np.int64)
    np.cumsum(units, out=total[1:])
    return total[1:] - np.repeat(total[offsets[:-1]], np.diff(offsets))


def _running_max(decimals: npt.NDArray[np.uint8], slot: Int64s) -> npt.NDArray[np.uint8]:
    """Cumulative maximum within each slot: slots rise, so slot * 256 + decimals keeps them apart."""
    if len(decimals) == 0:
        return decimals
    return (np.maximum.accumulate(slot * 256 + decimals) % 256).astype(np.uint8)
