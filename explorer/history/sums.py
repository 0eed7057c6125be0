"""How are exact decimals kept as columns, and added up per slot without losing a digit?"""

from collections.abc import Mapping
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

from explorer.projection.exact import Exact, from_scaled

type Int64s = npt.NDArray[np.int64]
type Ints = npt.NDArray[Any]
type Bytes = npt.NDArray[np.uint8]
type Wide = Mapping[int, tuple[int, int]]

_SLOTS_AT_ONCE = 1_024
_ROOM = float(2**62)  # a sum of magnitudes below this cannot overflow int64, float64 error included


class Sums(msgspec.Struct):
    """Running totals, one for each change, exact.

    Attributes:
        units: (m,) int64, the total times `10**scale`; meaningless where `wide` has the change.
        scale: Decimals of `units`.
        decimals: (m,) uint8, decimals with which the total is written: the most that were added so far.
        wide: Totals that need more digits than int64 has, by change.
    """

    units: Int64s
    scale: int
    decimals: Bytes
    wide: dict[int, tuple[int, int]]

    def value(self, change: int) -> Exact:
        """The total after `change`."""
        if (found := self.wide.get(change)) is not None:
            return from_scaled(*found)
        decimals = int(self.decimals[change])
        units = int(self.units[change])
        return from_scaled(units // 10 ** (self.scale - decimals), decimals)


def running_sums(units: Ints, decimals: Bytes, wide: Wide, offsets: Int64s) -> Sums:
    """Add operands up within each slot.

    Args:
        units: (m,) the operands times 10 to the power of their decimals, sorted by slot, then by position; an
            int64 array becomes the totals.
        decimals: (m,) how many decimals each is written with.
        wide: The operands that are no int64, by their place, as units and decimals; 0 stands in the columns.
        offsets: (slots + 1,) where each slot begins.

    Returns:
        The total after each change. Slots whose totals fit keep them in int64; the others as Python integers,
        so one 30-digit amount makes its own account slower and no other.
    """
    counts = np.diff(offsets)
    scale = int(decimals.max(initial=0))
    uniform = scale == int(decimals.min(initial=scale)) and not wide
    largest = max(abs(int(units.max(initial=0))), abs(int(units.min(initial=0)))) * 10.0**scale
    if uniform and float(largest) * int(counts.max(initial=0)) < _ROOM:
        return Sums(_segmented_sum(units, offsets), scale, decimals, {})
    slot = np.repeat(np.arange(len(counts), dtype=np.int32), counts)
    magnitude = np.abs(units.astype(np.float64))
    if not uniform:
        magnitude *= 10.0 ** (scale - decimals.astype(np.float64))
        magnitude[list(wide)] = np.inf
    too_wide = np.bincount(slot, magnitude, len(counts)) >= _ROOM
    del magnitude
    if not uniform:
        factors = np.array([10**step for step in range(scale + 1)], np.int64)
        with np.errstate(over="ignore"):  # only in slots that are too wide
            scaled = units * factors[scale - decimals]
    else:
        scaled = units
    totals: dict[int, tuple[int, int]] = {}
    if too_wide.any():
        scaled = np.where(too_wide[slot], 0, scaled)
        for index in np.flatnonzero(too_wide).tolist():
            _add_widely(totals, units, decimals, wide, range(int(offsets[index]), int(offsets[index + 1])))
    written = decimals if uniform else _running_max(decimals, slot)
    return Sums(_segmented_sum(scaled, offsets), scale, written, totals)


def _add_widely(
    totals: dict[int, tuple[int, int]], units: Ints, decimals: Bytes, wide: Wide, changes: range
) -> None:
    total, total_scale = 0, 0
    for change in changes:
        more, scale = wide.get(change) or (int(units[change]), int(decimals[change]))
        widest = max(total_scale, scale)
        total = total * 10 ** (widest - total_scale) + more * 10 ** (widest - scale)
        total_scale = widest
        totals[change] = total, total_scale


def _segmented_sum(units: Ints, offsets: Int64s) -> Int64s:
    """Sums that begin anew at each offset, in place if there is room. The whole may wrap: differences are exact."""
    if not len(units):
        return np.zeros(0, np.int64)
    sums = np.cumsum(units, dtype=np.int64, out=units if units.dtype == np.int64 else None)
    before = np.where(offsets[:-1] > 0, sums[offsets[:-1] - 1], 0)
    counts = np.diff(offsets)
    for first in range(0, len(counts), _SLOTS_AT_ONCE):  # a few at a time: memory costs more than adding up
        last = min(first + _SLOTS_AT_ONCE, len(counts))
        sums[offsets[first] : offsets[last]] -= np.repeat(before[first:last], counts[first:last])
    return sums


def _running_max(decimals: Bytes, slot: npt.NDArray[Any]) -> Bytes:
    """Cumulative maximum within each slot: slots rise, so slot * 256 + decimals keeps them apart."""
    if len(decimals) == 0:
        return decimals
    return (np.maximum.accumulate(slot.astype(np.int64) * 256 + decimals) % 256).astype(np.uint8)
