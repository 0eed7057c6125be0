"""Where do the changes of a slot in a folder begin, whose is it, and which came to be when, without a table of all?

What the manifest says of the row groups of `by-entity` and `slots` leads to the one or two of them in which it stands.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from explorer.history.folder.folder_table import FolderTable
from explorer.history.folder.lazy_columns import LazyColumn

type Ints = npt.NDArray[Any]

_FEW = 4_096  # slots that are looked up one by one rather than in a column of all


class OwnNumbers(LazyColumn):
    """The entity of each slot, where every entity has one slot and both have the same number: nothing is read."""

    def group(self, at: int, *, keep: bool = True) -> Ints:  # noqa: ARG002
        """See `LazyColumn.group`."""
        return np.arange(self._table.starts[at], self._table.starts[at + 1], dtype=self.dtype)

    def searchsorted(self, wanted: Any, side: str = "left", sorter: object = None) -> Any:  # noqa: ANN401, ARG002
        """See `LazyColumn.searchsorted`."""
        found = np.clip(np.asarray(wanted).astype(np.int64) + (side == "right"), 0, len(self))
        return found if found.ndim else found[()]

    @staticmethod
    def fits(table: FolderTable, entities: int, *, keyed: bool) -> bool:
        """Whether the slots of a field are such, as far as the manifest tells it."""
        return len(table) == entities and all(
            group.ranges.get("entity") == (int(start), int(start) + group.rows - 1)
            and (not keyed or group.nulls.get("key") == group.rows)
            for start, group in zip(table.starts, table.groups, strict=False)
        )


class SlotOffsets(LazyColumn):
    """(slots + 1,) where the changes of each slot begin.

    Args:
        slots: The table of slots.
        changes: The table of changes by slot.
    """

    def __init__(self, slots: FolderTable, changes: FolderTable) -> None:
        super().__init__(slots, "changes", limit=len(changes) + 1)
        self._slot_of = LazyColumn(changes, "slot", np.int64, limit=max(len(slots), 1))
        self._count = len(slots) + 1

    def __getitem__(self, index: Any) -> Any:  # noqa: ANN401 - a number, or an array
        if isinstance(index, (int, np.integer)):
            place = int(index) + (len(self) if index < 0 else 0)
            if not 0 <= place < len(self):
                raise IndexError(f"{index} is outside of {len(self)} rows")
            return self._slot_of.searchsorted(place)
        if isinstance(index, slice):
            begin, end, step = index.indices(len(self))
            if step == 1 and end - begin <= _FEW:
                return self._slot_of.searchsorted(np.arange(begin, max(end, begin)))
            if step == 1 and 2 * (end - begin) * self.dtype.itemsize <= self._table.most_bytes:
                return np.cumsum(np.append(self._slot_of.searchsorted(begin), self._stretch(begin, end - 1)))
            return self.whole()[index]
        which = np.asarray(index)
        few = which.dtype != np.bool_ and which.ndim == 1 and len(which) <= _FEW
        if few and not (len(which) and (which.min() < 0 or which.max() >= len(self))):
            return self._slot_of.searchsorted(which)
        return self.whole()[which]

    def loaded(self) -> Ints:
        """See `LazyColumn.loaded`."""
        found = np.zeros(len(self), np.int64)
        for at in range(len(self._table.groups)):
            begin, end = (int(each) for each in self._table.starts[at : at + 2])
            found[begin + 1 : end + 1] = self.group(at, keep=False)
        np.cumsum(found, out=found)
        if int(found[-1]) != len(self._slot_of):
            raise self._table.damaged()
        return found

    def whole(self) -> Ints:
        """See `LazyColumn.whole`."""
        return self._table.whole("offsets", self.loaded, self.nbytes)

    def searchsorted(self, wanted: Any, side: str = "left", sorter: object = None) -> Any:  # noqa: ANN401, ARG002
        """See `LazyColumn.searchsorted`; in whose changes a place stands is told by these."""
        many = np.asarray(wanted)
        if side != "right" or many.size > _FEW:
            return self.whole().searchsorted(many, side)  # type: ignore[call-overload]
        flat = np.atleast_1d(many)
        inside = (flat >= 0) & (flat < len(self._slot_of))
        found = np.where(flat < 0, 0, len(self))
        found[inside] = self._slot_of[flat[inside]] + 1
        return found if many.ndim else found[0]


class MadeColumn(LazyColumn):
    """A column that stands in no table, and is made as a whole when somebody first looks at it.

    Args:
        table: Of what it is made.
        name: What it is called; no other that is made of the table is called so.
        count: How many numbers it has.
        make: Makes it.
    """

    def __init__(self, table: FolderTable, name: str, count: int, make: Callable[[], Ints]) -> None:
        super().__init__(table, name)
        self._count, self._make = count, make

    def loaded(self) -> Ints:
        """See `LazyColumn.loaded`."""
        return self._make()

    def whole(self) -> Ints:
        """See `LazyColumn.whole`."""
        found = self._table.whole(self._name, self.loaded, self.nbytes)
        if len(found) < len(self):
            raise self._table.damaged()
        return found[: len(self)]

    def __getitem__(self, index: Any) -> Any:  # noqa: ANN401
        return self.whole()[index]

    def searchsorted(self, wanted: Any, side: Any = "left", sorter: object = None) -> Any:  # noqa: ANN401, ARG002
        """See `LazyColumn.searchsorted`."""
        return np.searchsorted(self.whole(), wanted, side)


def births_of(table: FolderTable) -> tuple[MadeColumn, MadeColumn]:
    """The slots in the order in which they came to be, and when, where no table of the folder tells it."""
    count = len(table) - sum(group.nulls.get("born", 0) for group in table.groups)

    def column(name: str, limit: int | None) -> Ints:
        parts = [table.ints(name, at, -1, limit, keep=False) for at in range(len(table.groups))]
        return np.concatenate([np.zeros(0, np.int64), *parts])

    def born() -> Ints:
        ranks = column("born", max(len(table), 1))
        there = np.flatnonzero(ranks >= 0)
        found: Ints = there[np.argsort(ranks[there], kind="stable")]
        return found

    slots = MadeColumn(table, "born-slots", count, born)
    return slots, MadeColumn(table, "births", count, lambda: column("first_position", None)[slots])
