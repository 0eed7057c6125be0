"""How did one number go over all of history, as a few points to draw?

Points are for drawing only, so they are floats; every number that is read stands elsewhere, exact.
"""

import numpy as np
import numpy.typing as npt

from explorer.history.field_history import FieldHistory
from explorer.history.sums import Sums

type Points = tuple[float | None, ...]


def curve(line: FieldHistory, entity: int, key: str | None, stops: npt.NDArray[np.int64]) -> Points:
    """The value at each of these positions (ascending); None before there was one.

    Of a field that is kept by key, the first line of values is drawn unless `key` names another.
    """
    slot = _slot(line, entity, key)
    if slot is None:
        return (None,) * len(stops)
    begin, end = int(line.offsets[slot]), int(line.offsets[slot + 1])
    own = line.positions[begin:end]
    nth = np.searchsorted(own, stops.astype(own.dtype), "right")
    changes = np.maximum(begin + nth - 1, begin)
    values = _floats(line, changes, nth)
    found = zip(values, (nth > 0).tolist(), strict=True)
    return tuple(value if there else None for value, there in found)


def _floats(line: FieldHistory, changes: npt.NDArray[np.int64], nth: npt.NDArray[np.int64]) -> list[float]:
    sums = line.values
    if isinstance(sums, Sums):
        values = sums.units[changes] / 10.0**sums.scale
        if line.field.fold == "avg":
            values /= np.maximum(nth, 1)
        for at, change in enumerate(changes.tolist()):
            if change in sums.wide:
                units, scale = sums.wide[change]
                values[at] = units / 10**scale
        drawn: list[float] = values.tolist()
        return drawn
    counts: list[float] = nth.astype(np.float64).tolist()
    return counts


def _slot(line: FieldHistory, entity: int, key: str | None) -> int | None:
    slots = line.slots_of(entity)
    if key is None or line.slot_key is None:
        return slots.start if len(slots) else None
    return next(
        (slot for slot in slots if line.slot_key[slot] >= 0 and line.keys[line.slot_key[slot]] == key), None
    )
