"""How are millions of changes put in order by slot and added up there: by kernels where they are ready, else by NumPy?

Both come to the same. Kernels take numbers of 32 bits and totals of 64; what is wider, or few, NumPy does.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from explorer.eventlog import compiled
from explorer.eventlog.memory import empty_column, zero_column
from explorer.history.ordering import Ranking, inverse, placed, stable_order
from explorer.history.sums import Sums, running_sums

type Ints = npt.NDArray[Any]

MANY = 50_000  # fewer are done before a kernel is fetched
_MOST = 2**63 - 1
_MOST_DECIMALS = 18  # a greater power of ten is no int64


def _by_kernels(*columns: Ints) -> bool:
    """Whether these are done by kernels."""
    many = len(columns[0]) >= MANY and all(column.dtype == np.int32 for column in columns)
    return many and compiled.ready()


def _given(column: Ints, kind: type) -> Ints:
    """A column as a kernel takes it: those of a kept index lie in files that nobody can write to."""
    return np.require(column, kind, ["C", "W"])


def offsets_by_slot(slots: Ints, count: int) -> npt.NDArray[np.int64]:
    """(count + 1,) where each slot's changes begin once they are sorted, and where the last one's end.

    Args:
        slots: (m,) the slot of each change.
        count: How many slots there are.
    """
    offsets = zero_column(count + 1, np.int64)
    if _by_kernels(slots):
        from explorer.history.index_kernels import count_slots

        if count_slots(_given(slots, np.int32), offsets[1:]) == len(slots):
            np.cumsum(offsets, out=offsets)
            return offsets
        offsets[:] = 0
    np.cumsum(np.bincount(slots, minlength=count), out=offsets[1:])
    return offsets


def sorted_by_slot(slots: Ints, moments: Ints, offsets: Ints) -> tuple[Ints, Ints, Ints]:
    """Sort what comes in the order in which it happened.

    Args:
        slots: (m,) the slot of each change.
        moments: (m,) its position.
        offsets: (s + 1,) int64, where each slot's changes begin.

    Returns:
        (m,) the place of each change; (m,) the moments by place; the slots in the order of their first changes.
    """
    if _by_kernels(slots, moments):
        from explorer.history.index_kernels import places_by_slot

        places, positions = empty_column(len(slots), np.int32), empty_column(len(slots), np.int32)
        born = empty_column(len(offsets) - 1, np.int32)
        lines = empty_column(2 * (len(offsets) - 1), np.int64).reshape(-1, 2)
        np.subtract(-1, offsets[:-1], out=lines[:, 0])
        lines[:, 1] = offsets[1:]
        columns = _given(slots, np.int32), _given(moments, np.int32)
        found = places_by_slot(*columns, lines.reshape(-1), places, positions, born)
        if found >= 0:
            return places, positions, born[:found].copy()
    places = inverse(stable_order(slots, len(offsets) - 1))
    return places, placed(moments, places), slots[places == offsets[slots]]


def totals(
    units: Ints, decimals: Ints, wide: Mapping[int, tuple[int, int]], slots: Ints, places: Ints, offsets: Ints
) -> Sums:
    """Add operands up within each slot.

    Args:
        units: (m,) the operands, in the order in which they happened, times 10 to the power of their decimals.
        decimals: (m,) how many each is written with.
        wide: Those that are no int64, by their place among these.
        slots: (m,) the slot of each.
        places: (m,) where its total goes.
        offsets: (s + 1,) int64, where each slot's changes begin.
    """
    scale = int(decimals.max(initial=0))
    if not wide and scale <= _MOST_DECIMALS and _by_kernels(slots, places):
        from explorer.history.index_kernels import added_32, added_64

        found, written = empty_column(len(units), np.int64), empty_column(len(units), np.uint8)
        count = len(offsets) - 1
        add, kind = (added_64, np.int64) if units.dtype.itemsize == 8 else (added_32, np.int32)
        done = add(
            _given(units, kind),
            _given(decimals, np.uint8),
            _given(slots, np.int32),
            places,
            np.array([10**step for step in range(scale + 1)], np.int64),
            np.array([_MOST // 10**step for step in range(scale + 1)], np.int64),
            zero_column(count, np.int64),
            zero_column(count, np.uint8),
            found,
            written,
        )
        if done == len(units):
            return Sums(found, scale, written, {})
    alike = int(decimals.min(initial=0)) == int(decimals.max(initial=0))  # then their order is no matter
    return running_sums(
        placed(units, places),
        decimals if alike else placed(decimals, places),
        {int(places[index]): operand for index, operand in wide.items()},
        offsets,
    )


def reordered(moments: Ints, arranged: Ranking) -> tuple[Ints, Ints]:
    """In which order operands come when the events of a log are put in another order.

    Args:
        moments: (m,) the place in the log of each operand's event, from 1.
        arranged: That order.

    Returns:
        (m,) which operand comes first, second, …; (m,) the places of their events in the other order, from 1.
    """
    rows, ranks = arranged
    if 4 * len(moments) > len(rows) and _by_kernels(moments, ranks):
        from explorer.history.index_kernels import order_of_moments

        begins = empty_column(len(rows) + 1, np.int32)
        # of 64 bits, as NumPy wants it of whoever fetches by it
        order, ranked = empty_column(len(moments), np.int64), empty_column(len(moments), np.int32)
        columns = _given(moments, np.int32), _given(rows, np.int64)
        if order_of_moments(*columns, begins, order, ranked) == len(moments):
            return order, ranked
    found = ranks[moments - 1] + 1
    few = 4 * len(found) < len(rows)  # then a comparison sort is less work than to count all events
    order = np.argsort(found, kind="stable") if few else stable_order(found, len(rows) + 1)
    return order, found[order]
