"""At which positions of very many events is something so, found row group by row group as far as somebody looks?"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from explorer.history.folder.folder_table import FolderTable
from explorer.history.folder.lazy_columns import LazyColumn

type Ints = npt.NDArray[Any]
type Test = Callable[[int], Ints]  # the rows of a row group of which it is true


class LazyPlaces(LazyColumn):
    """Positions, ascending.

    Args:
        table: Of the events.
        name: What is so.
        count: At how many positions, as the manifest has it.
        test: Looks at one row group.
        counts: How many there are in each row group, where the manifest tells it; else none that has any is left out
            before it is looked at.
        some: Which row groups can have any; None: all.
    """

    def __init__(
        self, table: FolderTable, name: str, count: int, test: Test, *,
        counts: Sequence[int] | None = None, some: Sequence[int] | None = None,
    ) -> None:  # fmt: skip
        super().__init__(table, name)
        self._count, self._test = count, test
        if counts is not None:
            some = [at for at, own in enumerate(counts) if own]
        self._groups = list(range(len(table.groups)) if some is None else some)
        self._ends = [0] if counts is None else np.cumsum([0, *(counts[at] for at in self._groups)]).tolist()

    def _places(self, index: int, *, keep: bool = True) -> Ints:
        """The positions in one of the row groups that have any."""
        group = self._groups[index]

        def make() -> tuple[Ints, int]:
            found = np.asarray(self._test(group), np.int64) + int(self._table.starts[group]) + 1
            return found, found.nbytes

        found: Ints = self._table.made((self._name, group), make) if keep else make()[0]
        return found

    def _know(self, place: int) -> int:
        """In which of the row groups the `place`-th position stands."""
        while self._ends[-1] <= place:
            index = len(self._ends) - 1
            if index >= len(self._groups):
                raise self._table.damaged()
            self._ends.append(self._ends[-1] + len(self._places(index)))
        return int(np.searchsorted(self._ends, place, "right")) - 1

    def __getitem__(self, index: Any) -> Any:  # noqa: ANN401 - a number, or an array
        if isinstance(index, (int, np.integer)):
            place = range(len(self))[int(index)]
            at = self._know(place)
            return self._places(at)[place - self._ends[at]]
        if isinstance(index, slice) and len(range(*index.indices(len(self)))) <= 64:
            return np.array([self[at] for at in range(*index.indices(len(self)))], np.int64)
        return self.whole()[index]

    def searchsorted(self, wanted: Any, side: Any = "left", sorter: object = None) -> Any:  # noqa: ANN401, ARG002
        """See `LazyColumn.searchsorted`."""
        return np.searchsorted(self.whole(), wanted, side)

    def whole(self) -> Ints:
        """All of them.

        Raises:
            NeedsMemory: They take more memory than there may be.
        """

        def make() -> Ints:
            parts = [self._places(at, keep=False) for at in range(len(self._groups))]
            found = np.concatenate([np.zeros(0, np.int64), *parts])
            if len(found) != len(self):
                raise self._table.damaged()
            return found

        return self._table.whole(self._name, make, self.nbytes)
