"""Which events changed these fields of one entity, without making a change before somebody looks at it?"""

import itertools
from collections.abc import Callable, Iterator, Sequence
from typing import Any, overload

import msgspec
import numpy as np
import numpy.typing as npt

from explorer.history.field_history import FieldHistory
from explorer.projection.model import Field

type Int64s = npt.NDArray[np.int64]
type Ints = npt.NDArray[Any]


class Change(msgspec.Struct, frozen=True):
    """One field's new value after one event.

    Attributes:
        position: Where the event stands, in the history's order.
        entity, field, key: Whose value it is; `key` is None unless the field is kept by key and one was named.
        before, after: The value; `before` is None for a first value that is no sum.
    """

    position: int
    entity: str
    field: Field
    key: str | None
    before: object
    after: object


class OnDemand[T](Sequence[T]):
    """A sequence whose items are made whenever they are asked for, since there may be a million of them.

    A subclass says how many there are by `__len__`, and makes one by `made`.
    """

    def made(self, index: int) -> T:
        """The item at an index from 0 to less than the length."""
        raise NotImplementedError

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> list[T]: ...
    def __getitem__(self, index: int | slice) -> T | list[T]:
        found = range(len(self))[index]
        return [self.made(each) for each in found] if isinstance(found, range) else self.made(found)


class Changes(OnDemand[Change]):
    """The changes of some fields of one entity, as they happened. Costs arrays; each change is made when asked for.

    Attributes:
        positions: (m,) int64, the position of each, ascending.
        numbers: (m,) the number of each in its line.
        change: What makes a change of a line and a number.
    """

    def __init__(
        self,
        lines: Sequence[FieldHistory],
        changes: Sequence[Ints],
        make: Callable[[FieldHistory, int], Change],
    ) -> None:
        """Put the changes of several lines of values in the order in which they happened.

        Args:
            lines: The fields' histories.
            changes: For each of them the numbers of its changes.
            make: What makes a change of a line and a number.
        """
        self._lines = list(lines)
        self.change = make
        positions = [line.positions[each] for line, each in zip(lines, changes, strict=True)]
        self.numbers: Ints = np.concatenate(changes) if changes else np.zeros(0, np.int64)
        self.positions: Int64s = (
            np.concatenate(positions).astype(np.int64) if changes else np.zeros(0, np.int64)
        )
        self._which: Ints | None = None
        if len(lines) > 1:
            self._which = np.repeat(np.arange(len(lines)), [len(each) for each in changes])
        if len(self.positions) > 1 and bool((self.positions[1:] < self.positions[:-1]).any()):
            order = np.argsort(self.positions, kind="stable")
            self.positions, self.numbers = self.positions[order], self.numbers[order]
            self._which = None if self._which is None else self._which[order]

    def __len__(self) -> int:
        return len(self.numbers)

    def parts(self, begin: int, end: int) -> Iterator[tuple[FieldHistory, Ints | None, Ints]]:
        """The changes `[begin, end)` field by field: the line, which of them they are (None: all), their numbers."""
        numbers = self.numbers[begin:end]
        if self._which is None:
            yield self._lines[0], None, numbers
            return
        which = self._which[begin:end]
        for at, line in enumerate(self._lines):
            own = np.flatnonzero(which == at)
            if len(own):
                yield line, None if len(own) == len(numbers) else own, numbers[own]

    def made(self, index: int) -> Change:
        """One change."""
        line = self._lines[0 if self._which is None else int(self._which[index])]
        return self.change(line, int(self.numbers[index]))


def changes_in(line: FieldHistory, entity: int) -> Ints:
    """(m,) the numbers of one entity's changes in `line`; of a choice only those that chose something else."""
    slots = line.slots_of(entity)
    if not slots:
        return np.zeros(0, np.int64)
    changes: Ints = np.arange(line.offsets[slots.start], line.offsets[slots.stop])
    if line.field.fold not in {"first", "min", "max"}:
        return changes
    begins = np.isin(changes, line.offsets[slots.start : slots.stop])
    suspect = np.ones(len(changes), np.bool_)  # … of being no change
    if isinstance(line.values, tuple):
        codes = line.values[0][changes]
        suspect[1:] = codes[1:] == codes[:-1]
        suspect |= begins
        distinct = line.values[1]
        for at in np.flatnonzero(~suspect).tolist():  # two texts of one number are one value
            suspect[at] = distinct[int(codes[at])] == distinct[int(codes[at - 1])]
        same = suspect & ~begins
    else:
        values = [line.value(int(change)) for change in changes]
        same = np.array([False, *(new == old for old, new in itertools.pairwise(values))], np.bool_) & ~begins
    nothing = line.field.nothing
    for at in np.flatnonzero(begins).tolist():
        same[at] = line.value(int(changes[at])) == nothing
    return changes[~same]
