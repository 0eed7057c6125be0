"""Which name has this code, and which code has this name, where very many names lie in a history folder?

A page of names is read where somebody looks at it. One name is looked for among those of a row group or two, where
they stand by their bytes, or where the same names stand so once more; else all are gone through.
"""

import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any, overload

import numpy as np
import numpy.typing as npt

from explorer.eventlog.names import Names
from explorer.eventlog.text_columns import encoded
from explorer.eventlog.text_names import TextNames
from explorer.history.folder.folder_table import FolderTable
from explorer.history.folder.layout import by_name
from explorer.history.folder.lines import FolderTables

type Ints = npt.NDArray[Any]

MOST_AT_HAND = 1 << 17  # names that are kept in memory from the first on
_KEPT = 4_096  # that were looked at last
_NAME_BYTES = 64  # about what one takes as a text of its own


def names_of(tables: FolderTables, name: str) -> Names[str]:
    """The names in a table: few as they always are, very many as they lie in the folder."""
    table = tables.table(name, ordered=False)
    if len(table) > MOST_AT_HAND:
        return FolderNames(table, tables.table(by_name(name), ordered=False))
    found = TextNames()
    found.codes_of(table.names())
    return found


class FolderNames(Names[str]):
    """Names of which nothing is read before somebody looks.

    Args:
        table: They by their codes.
        ordered: They by their bytes; without rows where there is no such table.
    """

    def __init__(self, table: FolderTable, ordered: FolderTable) -> None:
        super().__init__()
        self._table = table
        tables = (each for each in (table, ordered) if each.groups)
        self._ordered = next((each for each in tables if all(g.first is not None for g in each.groups)), None)
        if self._ordered is not None and len(self._ordered) != len(table):
            raise table.damaged()
        groups = () if self._ordered is None else self._ordered.groups
        self._firsts = [encoded(group.first or "") for group in groups]
        self._name = lru_cache(_KEPT)(table.name_at)
        self._code = lru_cache(_KEPT)(self._looked_up)

    def get_ready(self) -> None:
        """See `Names.get_ready`: there is nothing to do."""

    @property
    def ascend(self) -> bool:
        """Whether codes are in the order of the names' bytes."""
        return self._ordered is self._table

    def is_missing(self, codes: Ints) -> bool:
        """Whether something must be read to tell these names."""
        return not all(self._table.is_kept("name", group) for group in self._groups_of(codes))

    def look_at(self, codes: Ints) -> None:
        """See `Names.look_at`."""
        for group in self._groups_of(codes):
            self._table.strings("name", group)

    def _groups_of(self, codes: Ints) -> list[int]:
        found: list[int] = np.unique(np.searchsorted(self._table.starts, codes, "right") - 1).tolist()
        return found

    def told_ranks(self) -> Ints | None:
        """See `Names.told_ranks`: texts order by their bytes, as they stand, unless some of them are numbers."""
        table = self._ordered
        if table is None or any(self._between(first, last) for first, last in (("-", "."), ("0", ":"))):
            return None
        if table is self._table:
            return np.arange(len(self))
        found = np.empty(len(self), np.int64)
        codes = [table.ints("code", at, limit=len(self), keep=False) for at in range(len(table.groups))]
        found[np.concatenate(codes)] = np.arange(len(self))
        return found

    def _between(self, first: str, last: str) -> bool:
        """Whether a name begins with one of the characters from `first` to before `last`."""
        return self._place_of(encoded(first)) < self._place_of(encoded(last))

    def _place_of(self, wanted: bytes) -> int:
        """How many names come before one in the order of bytes."""
        table = self._ordered
        assert table is not None
        group = bisect_right(self._firsts, wanted) - 1
        while group >= 0:  # of long names the manifest has the beginning alone
            names = table.names_of(group)
            if wanted >= encoded(names[0]):
                at = bisect_left(range(len(names)), wanted, key=lambda place: encoded(names[place]))
                return int(table.starts[group]) + at
            group -= 1
        return 0

    @property
    def values(self) -> Sequence[str]:
        """See `Names.values`."""
        return _Listed(self)

    def copy(self) -> Names[str]:
        """See `Names.copy`: all of them, in memory.

        Raises:
            NeedsMemory: They take more than there may be.
        """
        self._table.refuse(len(self) * _NAME_BYTES)
        found = TextNames()
        found.codes_of(self._table.names())
        return found

    def code(self, value: str) -> int:
        """The code of a name that is there: nothing can be added to a folder."""
        found = self.find(value)
        if found is None:
            raise KeyError(value)
        return found

    def codes_of(self, values: Sequence[str]) -> Sequence[int]:
        """The codes of names that are there."""
        return [self.code(value) for value in values]

    def since(self, code: int) -> Sequence[str]:
        """See `Names.since`."""
        return self.values[code:]

    def values_of(self, codes: Iterable[int]) -> Sequence[str]:
        """See `Names.values_of`; row group by row group.

        Raises:
            NeedsMemory: So many take more than there may be.
        """
        which = codes if isinstance(codes, np.ndarray) else np.fromiter(codes, np.int64)
        if len(which) <= _KEPT:
            return [self._name(code) for code in which.tolist()]
        self._table.refuse(len(which) * _NAME_BYTES)
        starts = self._table.starts
        groups = np.searchsorted(starts, which, "right") - 1
        found: list[str] = [""] * len(which)
        order = np.argsort(groups, kind="stable")
        cuts = np.searchsorted(groups[order], np.arange(len(self._table.groups) + 1)).tolist()
        for group, (begin, end) in enumerate(itertools.pairwise(cuts)):
            if begin < end:
                names, own = list(self._table.names_of(group)), order[begin:end]
                places = (which[own] - starts[group]).tolist()
                for at, place in zip(own.tolist(), places, strict=True):
                    found[at] = names[place]
        return found

    def find(self, value: str) -> int | None:
        """See `Names.find`."""
        return self._code(value)

    def _looked_up(self, value: str) -> int | None:
        table = self._ordered
        if table is None:
            return self._met(value)
        row = self._place_of(encoded(value))
        if row == len(table):
            return None
        group = int(np.searchsorted(table.starts, row, "right")) - 1
        codes = None if table is self._table else table.ints("code", group, limit=len(self))
        found = row if codes is None else int(codes[row - int(table.starts[group])])
        return found if self._name(found) == value else None

    def _met(self, value: str) -> int | None:
        """The code of a name by going through all of them."""
        for group in range(len(self._table.groups)):
            at = self._table.place_of_name(group, value)
            if at is not None:
                return int(self._table.starts[group]) + at
        return None

    def __getitem__(self, code: int) -> str:
        return self._name(range(len(self))[code])

    def __len__(self) -> int:
        return len(self._table)

    def parts(self) -> Iterator[Sequence[str]]:
        """See `Names.parts`."""
        for group in range(len(self._table.groups)):
            yield self._table.names_of(group, keep=False)

    def __iter__(self) -> Iterator[str]:
        for part in self.parts():
            yield from part


class _Listed(Sequence[str]):
    """The same as a list is."""

    def __init__(self, names: FolderNames) -> None:
        self._names = names

    def __len__(self) -> int:
        return len(self._names)

    @overload
    def __getitem__(self, code: int) -> str: ...
    @overload
    def __getitem__(self, code: slice) -> Sequence[str]: ...
    def __getitem__(self, code: int | slice) -> Any:
        if isinstance(code, slice):
            return self._names.values_of(np.arange(len(self))[code])
        return self._names[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)
