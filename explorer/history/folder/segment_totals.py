"""What do all slots of a field come to together at the end of each row group of its changes?"""

from typing import Any

import numpy as np
import numpy.typing as npt

from explorer.history.field_history import NONE
from explorer.history.folder.layout import WIDE_DIGITS
from explorer.history.totals import MOST_KINDS

type Ints = npt.NDArray[Any]

_HALF = 32  # bits: halves of very many int64 add up without an overflow


class SegmentTotals:
    """Adds up what is in force at the end of each segment, a row group of changes as they happened.

    Args:
        kind: What the values of the field are.
        keys: (s,) the key of each slot, -1 for none; None: no slot has any.
        scale: Decimals of `units`.
    """

    def __init__(self, kind: str, keys: Ints | None, scale: int) -> None:
        self._keys, self._scale = keys, scale
        self._by = {"sums": "key", "codes": "code"}.get(
            kind
        )  # None: there is nothing to add up, or far too much
        self._rows: list[dict[str, Any]] = []
        self._segments = 0

    def take(self, position: int, head: Ints, values: dict[str, Any]) -> None:
        """A segment that ends at a position, with the changes then in force and what they set, by slot."""
        segment, self._segments = self._segments, self._segments + 1
        if self._by is None:
            return
        there = np.flatnonzero(head != NONE)
        names = values["code"][there] if self._by == "code" else self._keys_of(there)
        found = np.unique(names)
        if len(found) > MOST_KINDS:
            self._by = None
            return
        for name in found.tolist():
            own = there[names == name]
            told = self._told(values, own) if self._by == "key" else {}
            of = {"position": position, self._by: None if name < 0 else name, "slots": len(own)}
            self._rows.append({"segment": segment, **of, **told})

    def _keys_of(self, slots: Ints) -> Ints:
        return np.full(len(slots), -1) if self._keys is None else self._keys[slots]

    def _told(self, values: dict[str, Any], own: Ints) -> dict[str, Any]:
        """What the values of some slots come to, as a row has it."""
        units, scale, more = values["units"], self._scale, 0
        units = np.full(len(own), None, object) if units is None else units[own]
        if units.dtype.hasobject:
            wide = np.flatnonzero([each is None for each in units])
            for slot in own[wide].tolist():
                digits = None if values["digits"] is None else values["digits"][slot]
                decimals = int(values["decimals"][slot])
                exact = int(values["wide"][slot] if digits is None else digits)
                widest = max(scale, decimals)
                more = more * 10 ** (widest - scale) + exact * 10 ** (widest - decimals)
                scale = widest
            units = np.delete(units, wide).astype(np.int64)
        high, low = int((units >> _HALF).sum()), int((units & ((1 << _HALF) - 1)).sum())
        total = ((high << _HALF) + low) * 10 ** (scale - self._scale) + more
        plain = scale == self._scale and -(1 << 63) <= total < 1 << 63
        fits = abs(total) < 10**WIDE_DIGITS
        return {
            "units": total if plain else None,
            "decimals": scale,
            "wide": total if not plain and fits else None,
            "digits": str(total) if not plain and not fits else None,
        }

    def columns(self) -> dict[str, list[Any]] | None:
        """All rows of the table; None if nothing adds up, or nobody would read so many."""
        if self._by is None or not self._rows:
            return None
        return {name: [row[name] for row in self._rows] for name in self._rows[0]}
