"""How does a column that lies in row groups of a folder answer like an array, without being read before it must?

A place, a slice or some places decode only the row groups in which they are; `np.searchsorted` goes by what the
manifest says of each row group. Whatever else NumPy does with it is done with the whole column, if that may be in
memory: else it is said that it may not.
"""

from collections.abc import Callable, Iterator, Sequence
from copy import copy
from functools import cached_property, lru_cache
from typing import Any, Protocol, cast, overload

import numpy as np
import numpy.typing as npt

from explorer.history.array_like import ArrayLike
from explorer.history.folder.folder_table import FolderTable

type Ints = npt.NDArray[Any]

_ENTITY_GROUPS = (
    4  # row groups in which one entity's changes may lie; whoever goes through more comes by once
)
_PAGE_GROUPS = 64  # in which what a table shows may lie; likewise
_MOST_SOUGHT = 1 << 20  # numbers that are looked up row group by row group
_KEPT = 4_096  # values that were looked at last


class LazyColumn(ArrayLike):
    """A column of integers.

    Args:
        table, name: Which column of which table.
        dtype: As what its numbers are to be.
        nothing: What stands for null.
        limit: As of `FolderTable.ints`.
        plus: What is added to each number.
    """

    def __init__(
        self,
        table: FolderTable,
        name: str,
        dtype: npt.DTypeLike = np.int64,
        *,
        nothing: int = 0,
        limit: int | None = None,
        plus: int = 0,
    ) -> None:
        self._table, self._name = table, name
        self.dtype = np.dtype(dtype)
        self._nothing, self._limit, self._plus = nothing, limit, plus
        self._count = len(table)

    def __len__(self) -> int:
        return self._count

    def first(self, count: int) -> "LazyColumn":
        """The same as far as its first numbers go, of which none is read."""
        found = copy(self)
        found._count = min(count, len(self))  # noqa: SLF001 - one of us
        return found

    def group(self, at: int, *, keep: bool = True) -> Ints:
        """The numbers of one row group; `keep`: for whoever comes next."""
        found = self._table.ints(self._name, at, self._nothing, self._limit, keep=keep)
        return (found + self._plus if self._plus else found).astype(self.dtype, copy=False)

    def blocks(self) -> Iterator[tuple[int, Ints]]:
        """Row group by row group: with which row it begins, and its numbers."""
        for at in range(len(self._table.groups)):
            begin = int(self._table.starts[at])
            if begin < len(self):
                yield begin, self.group(at)[: len(self) - begin]

    def loaded(self) -> Ints:
        """All numbers of the table, which nobody else keeps."""
        found = np.empty(len(self._table), self.dtype)
        for at in range(len(self._table.groups)):
            begin, end = self._table.starts[at : at + 2]
            found[begin:end] = self.group(at, keep=False)
        return found

    def may_hold(self, rows: int) -> bool:
        """Whether whoever asks for so many of its rows may keep them."""
        return rows * self.dtype.itemsize <= self._table.most_bytes // 2

    def whole(self) -> Ints:
        """All numbers.

        Raises:
            NeedsMemory: They take more memory than there may be.
        """
        size = len(self._table) * self.dtype.itemsize
        return self._table.whole(self._name, self.loaded, size)[: len(self)]

    def __iter__(self) -> Iterator[Any]:
        for _, block in self.blocks():
            yield from block

    def __getitem__(self, index: Any) -> Any:  # noqa: ANN401 - a number, or an array
        if isinstance(index, (int, np.integer)):
            place = int(index) + (len(self) if index < 0 else 0)
            if not 0 <= place < len(self):
                raise IndexError(f"{index} is outside of {len(self)} rows")
            at = self._group_of(place)
            return self.group(at)[place - int(self._table.starts[at])]
        if isinstance(index, slice):
            begin, end, step = index.indices(len(self))
            return self._stretch(begin, end) if step == 1 else self.whole()[index]
        which = np.asarray(index)
        if which.dtype == np.bool_:
            which = np.flatnonzero(which)
        if len(which) > _MOST_SOUGHT and which.ndim == 1 and self._at_once(which):
            return self.whole()[which]
        if which.ndim != 1:
            return self[which.ravel()].reshape(which.shape)
        return self._some(which)

    def _at_once(self, which: Ints) -> bool:
        """Whether so many numbers are better looked up in the whole column."""
        return 4 * len(which) >= len(self) and 2 * self.nbytes <= self._table.most_bytes

    def _group_of(self, row: int) -> int:
        return int(np.searchsorted(self._table.starts, row, "right")) - 1

    def _stretch(self, begin: int, end: int) -> Ints:
        if end <= begin:
            return np.zeros(0, self.dtype)
        first, last = self._group_of(begin), self._group_of(end - 1)
        starts = self._table.starts
        if first == last:
            start = int(starts[first])
            return self.group(first)[begin - start : end - start]
        if not self.may_hold(end - begin):
            return self.whole()[begin:end]
        keep = last - first <= _ENTITY_GROUPS
        parts = [
            self.group(at, keep=keep)[max(begin - int(starts[at]), 0) : end - int(starts[at])]
            for at in range(first, last + 1)
        ]
        return np.concatenate(parts)

    def _some(self, which: Ints) -> Ints:
        if not len(which):
            return np.zeros(0, self.dtype)
        which = which.astype(np.int64, copy=False)
        least, most = int(which.min()), int(which.max())
        if least < 0:
            which = np.where(which < 0, which + len(self), which)
            least, most = int(which.min()), int(which.max())
        if least < 0 or most >= len(self):
            raise IndexError(f"{most} is outside of {len(self)} rows")
        starts = self._table.starts
        first, last = self._group_of(least), self._group_of(most)
        if first == last:
            found: Ints = self.group(first)[which - starts[first]]
            return found
        groups = np.searchsorted(starts, which, "right") - 1
        found = np.empty(len(which), self.dtype)
        order = np.argsort(groups, kind="stable")
        sorted_groups = groups[order]
        begins = np.flatnonzero(np.append(True, sorted_groups[1:] != sorted_groups[:-1]))
        keep = len(begins) <= _PAGE_GROUPS
        for begin, end in zip(begins.tolist(), [*begins[1:].tolist(), len(order)], strict=True):
            at, own = int(sorted_groups[begin]), order[begin:end]
            found[own] = self.group(at, keep=keep)[which[own] - starts[at]]
        return found

    def searchsorted(self, wanted: Any, side: str = "left", sorter: object = None) -> Any:  # noqa: ANN401, ARG002
        """Where numbers would stand among those of the column, which ascend."""
        many = np.asarray(wanted)
        flat = np.atleast_1d(many)
        groups = np.searchsorted(self._greatest, flat, cast("Any", side))
        found = np.full(len(flat), len(self), np.int64)
        for at in np.unique(groups).tolist():
            if at < len(self._table.groups):
                own = groups == at
                found[own] = self._table.starts[at] + np.searchsorted(
                    self.group(at), flat[own], cast("Any", side)
                )
        np.minimum(found, len(self), out=found)
        return found if many.ndim else found[0]

    @cached_property
    def _greatest(self) -> Ints:
        ranges = [group.ranges.get(self._name) for group in self._table.groups]
        last = [self._nothing if each is None else each[1] for each in ranges]
        return np.maximum.accumulate(np.array(last, np.int64)) + self._plus


class KnownForce(Protocol):
    """What is in force at a position, and what that set."""

    @property
    def changes(self) -> Ints:
        """(k,) they, ascending."""

    def values(self, name: str, at: Ints) -> Ints:
        """What some of them set in a column."""


class ValueColumn(LazyColumn):
    """A column of the values of changes, by entity; of changes that were in force lately it knows them without reading.

    Args:
        table, name, dtype, limit: As of `LazyColumn`.
        known: What is in force at some positions.
        value_of: What a change set in a column, if that is known; else None.
    """

    def __init__(
        self,
        table: FolderTable,
        name: str,
        dtype: npt.DTypeLike,
        known: Sequence[KnownForce],
        value_of: Callable[[str, int], Any],
        limit: int | None = None,
    ) -> None:
        super().__init__(table, name, dtype, limit=limit)
        self._known, self._value_of = known, value_of

    def __getitem__(self, index: Any) -> Any:  # noqa: ANN401
        if isinstance(index, (int, np.integer)):
            found = self._value_of(self._name, int(index))
            if found is not None:
                return found
        return super().__getitem__(index)

    def _at_once(self, which: Ints) -> bool:  # noqa: ARG002
        """What is in force is at hand, and the whole column is far larger."""
        return False

    def _some(self, which: Ints) -> Ints:
        """Of what is no change (-1) whatever stands there: nobody looks at it."""
        found = np.zeros(len(which), self.dtype)
        left = np.flatnonzero(which >= 0)
        for known in reversed(self._known):
            changes = known.changes
            if not len(left) or not len(changes):
                break
            wanted = which[left]
            if len(wanted) == len(changes) and np.array_equal(wanted, changes):  # all, as they stand
                found[left] = known.values(self._name, np.arange(len(changes)))
                return found
            at = np.minimum(np.searchsorted(changes, wanted.astype(changes.dtype)), len(changes) - 1)
            hit = changes[at] == wanted
            found[left[hit]] = known.values(self._name, at[hit])
            left = left[~hit]
        if len(left):
            found[left] = super()._some(which[left])
        return found


class LazyValues(Sequence[object]):
    """Values that codes stand for, decoded where somebody looks."""

    def __init__(self, table: FolderTable) -> None:
        self._table = table
        self._value = lru_cache(_KEPT)(table.value)

    def __len__(self) -> int:
        return len(self._table)

    @overload
    def __getitem__(self, code: int) -> object: ...
    @overload
    def __getitem__(self, code: slice) -> list[object]: ...
    def __getitem__(self, code: int | slice) -> object:
        if isinstance(code, slice):
            return [self[each] for each in range(len(self))[code]]
        return self._value(range(len(self))[code])

    def __iter__(self) -> Iterator[object]:
        for at in range(len(self._table.groups)):
            yield from self._table.values(at)
