"""Which rows does the table of states have: entities in the order that was chosen, and the headings of groups?"""

import numpy as np
import numpy.typing as npt

from explorer.history.columns import Column, sorted_by
from explorer.history.groups import Groups, Subtotals
from explorer.history.state import State
from explorer.session.state.arrangement import Arrangement

type Int64s = npt.NDArray[np.int64]
type Flags = npt.NDArray[np.bool_]


class StateRows:
    """The rows of one state. A group's heading is a row too; nothing is made for a row before it is asked for."""

    def __init__(
        self, state: State, columns: list[Column], arrangement: Arrangement, keep: Flags | None
    ) -> None:
        """Put the rows in order.

        Args:
            state: The state.
            columns: Every column that may be asked for by name, shown or not.
            arrangement: How they are to stand.
            keep: (entity_count,) which entities pass the filter; None: all.
        """
        named = {column.name: column for column in columns}
        codes = state.codes if keep is None else state.codes[keep[state.codes]]
        if arrangement.sort is not None and arrangement.sort[0] in named:
            codes = sorted_by(state, named[arrangement.sort[0]], codes, descending=arrangement.sort[1])
        plain = keep is None and arrangement.sort is None and arrangement.group is None
        self._unsorted = state.touches if plain else None  # then rows stand as the entities came to be
        self.codes: Int64s = codes  # of the entities, without those hidden in folded groups
        self.kept: Int64s = codes
        self.groups: Groups | None = None
        self.group_ids: Int64s = np.zeros(0, np.int64)
        self.column = named.get(arrangement.group or "")
        self._count = len(codes)
        if self.column is not None and len(codes):
            self._group(state, self.column, arrangement, named)

    def __len__(self) -> int:
        return self._count

    def _group(
        self, state: State, column: Column, arrangement: Arrangement, named: dict[str, Column]
    ) -> None:
        self.groups = Groups(state, column, self.codes)
        self._order_groups(state, arrangement, named)
        order = np.argsort(self.groups.ids, kind="stable")
        self.kept, self.group_ids = self.codes[order], self.groups.ids[order]
        self.sizes = np.bincount(self.group_ids, minlength=len(self.groups))
        shut = np.isin(self.groups.kinds, list(arrangement.except_groups)) ^ arrangement.folded
        self.folded = shut
        self.codes = self.kept[~shut[self.group_ids]]
        shown = np.where(shut, 0, self.sizes)
        self._heads = np.zeros(len(self.groups), np.int64)  # the row of each heading
        np.cumsum(shown[:-1] + 1, out=self._heads[1:])
        self._firsts = np.zeros(len(self.groups), np.int64)  # which of `codes` is the first of each group
        np.cumsum(shown[:-1], out=self._firsts[1:])
        self._count = len(self.codes) + len(self.groups)

    def _order_groups(self, state: State, arrangement: Arrangement, named: dict[str, Column]) -> None:
        """Sorted by a column that adds up, groups stand by what they come to; else by what they have in common."""
        assert self.groups is not None
        name, descending = arrangement.sort or ("", False)
        column = named.get(name)
        if (
            column is not None
            and column.adds
            and column.field is not None
            and state.kinds(column.field) is not None
        ):
            sums = Subtotals(state, column.field, self.codes, self.groups.ids, len(self.groups))
            order = sums.ranks(column.key)
            self.groups.reorder(np.argsort(-order if descending else order, kind="stable"))
        elif name == arrangement.group and descending:
            self.groups.reorder(np.arange(len(self.groups))[::-1])

    def group_at(self, row: int) -> int | None:
        """The group of which `row` is the heading; None for an entity's row."""
        if self.groups is None:
            return None
        group = int(np.searchsorted(self._heads, row, "right")) - 1
        return group if self._heads[group] == row else None

    def code_at(self, row: int) -> int:
        """The entity in `row`."""
        if self.groups is None:
            return int(self.codes[row])
        group = int(np.searchsorted(self._heads, row, "right")) - 1
        return int(self.codes[self._firsts[group] + row - int(self._heads[group]) - 1])

    def row_of(self, code: int) -> int | None:
        """The row of an entity, if it is shown."""
        if self._unsorted is not None:
            row = int(self._unsorted.birth_ranks[code])
            return row if 0 <= row < self._count else None
        found = np.flatnonzero(self.codes == code)
        if not len(found):
            return None
        at = int(found[0])
        if self.groups is None:
            return at
        group = int(np.searchsorted(self._firsts, at, "right")) - 1  # of several, the one that is not folded
        return int(self._heads[group]) + 1 + at - int(self._firsts[group])

    def head_row(self, group: int) -> int:
        """The row of a group's heading."""
        return int(self._heads[group])
