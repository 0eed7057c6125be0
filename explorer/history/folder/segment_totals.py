"""What do all slots of a field come to together at the end of each row group of its changes?"""

from typing import Any

import numpy as np
import numpy.typing as npt

from explorer.history.field_history import NONE
from explorer.history.folder.layout import WIDE_DIGITS
from explorer.history.ordering import occurring
from explorer.history.totals import HALF, MOST_KINDS

type Ints = npt.NDArray[Any]

_AT_ONCE = 1 << 18  # slots


class SegmentTotals:
    """Adds up what is in force at the end of row groups of changes as they happened.

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

    def take(self, segment: int, position: int, head: Ints, values: dict[str, Any]) -> None:
        """A row group that ends at a position, with the changes then in force and what they set, by slot."""
        if self._by is None:
            return
        found: dict[int, _Total] = {}
        for begin in range(0, len(head), _AT_ONCE):
            there = np.flatnonzero(head[begin : begin + _AT_ONCE] != NONE) + begin
            names = values["code"][there] if self._by == "code" else self._keys_of(there)
            kinds = occurring(names).tolist()
            if len(found.keys() | kinds) > MOST_KINDS:
                self._by = None
                return
            for name in kinds:
                total = found.setdefault(name, _Total(self._scale))
                own = there if len(kinds) == 1 else there[names == name]
                total.slots += len(own)
                if self._by == "key":
                    total.add(values, own)
        for name in sorted(found):
            told = found[name].told() if self._by == "key" else {}
            of = {"position": position, self._by: None if name < 0 else name, "slots": found[name].slots}
            self._rows.append({"segment": segment, **of, **told})

    def _keys_of(self, slots: Ints) -> Ints:
        return np.full(len(slots), -1, np.int32) if self._keys is None else self._keys[slots]

    def columns(self) -> dict[str, list[Any]] | None:
        """All rows of the table; None if nothing adds up, or nobody would read so many."""
        if self._by is None or not self._rows:
            return None
        return {name: [row[name] for row in self._rows] for name in self._rows[0]}


class _Total:
    """What the values of some slots come to, with at least so many decimals.

    Attributes:
        slots: How many they are.
    """

    def __init__(self, scale: int) -> None:
        self._scale = self._widest = scale
        self._more = self._whole = self.slots = 0

    def add(self, values: dict[str, Any], own: Ints) -> None:
        """Add the values of some slots."""
        units = values["units"]
        units = np.full(len(own), None, object) if units is None else units[own]
        if units.dtype.hasobject:
            wide = np.flatnonzero([each is None for each in units])
            for slot in own[wide].tolist():
                digits = None if values["digits"] is None else values["digits"][slot]
                decimals = int(values["decimals"][slot])
                exact = int(values["wide"][slot] if digits is None else digits)
                widest = max(self._widest, decimals)
                self._more = self._more * 10 ** (widest - self._widest) + exact * 10 ** (widest - decimals)
                self._widest = widest
            units = np.delete(units, wide).astype(np.int64)
        high, low = int((units >> HALF).sum()), int((units & ((1 << HALF) - 1)).sum())
        self._whole += (high << HALF) + low

    def told(self) -> dict[str, Any]:
        """It, as a row has it."""
        total = self._whole * 10 ** (self._widest - self._scale) + self._more
        plain = self._widest == self._scale and -(1 << 63) <= total < 1 << 63
        fits = abs(total) < 10**WIDE_DIGITS
        return {
            "units": total if plain else None,
            "decimals": self._widest,
            "wide": total if not plain and fits else None,
            "digits": str(total) if not plain and not fits else None,
        }
