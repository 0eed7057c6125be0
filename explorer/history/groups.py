"""Which entities of a state belong together, and what do they come to: exact subtotals, by key, for all at once?"""

from typing import Any

import numpy as np
import numpy.typing as npt

from explorer.history.columns import Column, column_ranks, value_in
from explorer.history.explain import countable
from explorer.history.field_history import NONE
from explorer.history.ordering import alike, dense_ranks, narrow, order_of
from explorer.history.state import NO_VALUE, State
from explorer.history.sums import Sums
from explorer.history.totals import most_first
from explorer.projection.exact import Exact, add, from_scaled
from explorer.projection.model import Field
from explorer.projection.order import sort_key

type Ints = npt.NDArray[Any]
type Int64s = npt.NDArray[np.int64]

_LOW_BITS = 32
_AT_ONCE = 1 << 19  # entities


class Groups:
    """Some entities of one state, by their values in one column.

    Attributes:
        ids: (k,) which group each entity is in; groups stand in the order of their values, none last.
        kinds: What tells each group from the others, from one position to the next.
    """

    def __init__(self, state: State, column: Column, codes: Int64s) -> None:
        found = alike(column_ranks(state, column, codes))
        self.kinds, self.ids = found.distinct, found.which
        self._order: Ints | None = found.order
        self._of = state, column, codes[found.first]

    def __len__(self) -> int:
        return len(self._of[2])

    def reorder(self, order: Int64s) -> None:
        """Put the groups in another order: `order` says which stands first, second and so on."""
        places = np.empty(len(order), np.int64)
        places[order] = np.arange(len(order))
        self.kinds, self.ids = self.kinds[order], places[self.ids]
        self._order = None
        self._of = self._of[0], self._of[1], self._of[2][order]

    @property
    def order(self) -> Ints:
        """(k,) the entities group by group, those of a group as they were."""
        if self._order is None:
            self._order = order_of(self.ids)
        return self._order

    def value(self, group: int) -> object:
        """What the entities of a group have in the column; None: nothing."""
        state, column, first = self._of
        return value_in(state, int(first[group]), column)


class Subtotals:
    """The sums of one field over groups of entities, each made when it is asked for."""

    def __init__(self, state: State, field: Field, codes: Int64s, ids: Int64s, count: int) -> None:
        """Add up.

        Args:
            state: The state.
            field: A field whose sums add up, see `State.kinds`.
            codes: (k,) the entities.
            ids: (k,) their groups.
            count: How many groups there are.
        """
        line = state.field_history(field)
        assert isinstance(line.values, Sums)
        sums = self._sums = line.values
        head = state.head(field.name)
        group_of = np.full(state.entity_count, -1, narrow(count))
        group_of[codes] = ids
        adding = state.kinds(field)
        assert adding is not None
        self._keys, self._of_slot = adding.names, adding.of_slot
        self._scale = sums.scale
        shape = count, len(self._keys) + 1
        self._wide: dict[tuple[int, int], Exact] = {}
        self._there = np.zeros(shape, np.bool_)
        self._high, self._low = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
        # in two halves: the sum may be wider than a number here
        self._decimals = np.zeros(shape, np.int64)
        many = len(codes) >= _AT_ONCE
        self._told = {
            name: line.told_in_force(state.position, name) if many else None for name in ("units", "decimals")
        }
        for begin in range(0, len(head), _AT_ONCE):
            own = head[begin : begin + _AT_ONCE]
            groups = group_of[line.slot_entity[begin : begin + _AT_ONCE]]
            there = np.flatnonzero((own != NONE) & (groups >= 0))
            if len(there):
                self._add(there + begin, own[there], groups[there])
        del self._told

    def _add(self, slots: Ints, changes: Ints, groups: Ints) -> None:
        """Add some slots, each of them with its change in force and its group."""
        sums, shape = self._sums, self._there.shape
        kinds = np.full(len(slots), -1) if self._of_slot is None else self._of_slot[slots]
        kinds = np.where(kinds < 0, len(self._keys), kinds)
        fits = np.ones(len(slots), np.bool_)
        if sums.wide:
            fits = ~np.isin(changes, np.fromiter(sums.wide, np.int64, len(sums.wide)))
            for at in np.flatnonzero(~fits).tolist():
                place = int(groups[at]), int(kinds[at])
                amount = from_scaled(*sums.wide[int(changes[at])])
                self._wide[place] = add(self._wide.get(place, 0), amount)
        self._there[groups, kinds] = True
        places = groups[fits] * shape[1] + kinds[fits]  # in the flat arrays
        units = self._of("units", sums.units, slots, changes[fits])
        np.add.at(self._high.reshape(-1), places, units >> _LOW_BITS)
        np.add.at(self._low.reshape(-1), places, units & ((1 << _LOW_BITS) - 1))
        if len(sums.decimals):
            decimals = self._of("decimals", sums.decimals, slots, changes[fits])
            np.maximum.at(self._decimals.reshape(-1), places, decimals.astype(np.int64))

    def _of(self, name: str, column: Ints, slots: Ints, changes: Ints) -> Ints:
        """A column of the values of some slots; where all are at hand, none is too wide for it."""
        every = self._told[name]
        found: Ints = column[changes] if every is None else every[slots]
        return found

    def of(self, group: int) -> dict[str | None, Exact]:
        """The sums of a group by key (None: without one), in the order of the keys."""
        found: dict[str | None, Exact] = {}
        for kind in np.flatnonzero(self._there[group]).tolist():
            units = (int(self._high[group, kind]) << _LOW_BITS) + int(self._low[group, kind])
            decimals = int(self._decimals[group, kind])
            total = from_scaled(units // 10 ** (self._scale - decimals), decimals)
            if (group, kind) in self._wide:
                total = add(total, self._wide[group, kind])
            found[None if kind == len(self._keys) else self._keys[kind]] = total
        return found

    def ranks(self, key: str | None) -> Int64s:
        """(groups,) int64 that order like the sums under `key` do, or without one under the first key there is."""
        if key is None:
            kind = int(np.argmax(self._there.any(axis=0))) if self._there.size else len(self._keys)
        else:
            kind = list(self._keys).index(key) if key in self._keys else len(self._keys)
        if self._wide:
            name = None if kind == len(self._keys) else self._keys[kind]
            return dense_ranks([self.of(group).get(name, 0) for group in range(len(self._there))])
        low = self._low[:, kind]
        high = self._high[:, kind] + (low >> _LOW_BITS)
        pairs = np.stack([high, low & ((1 << _LOW_BITS) - 1)], axis=1)
        found: Int64s = np.unique(pairs, axis=0, return_inverse=True)[1].reshape(-1)
        return found


def counts(state: State, column: Column, codes: Int64s, most: int) -> dict[object, Exact] | None:
    """How many of these entities have each value, most frequent first; None if there are more values than `most`."""
    if _surely_more(state, column, codes, most):
        return None
    every: dict[int, tuple[int, int]] = {}  # by rank: the first that has it, and how many do
    for begin in range(0, len(codes), _AT_ONCE):
        own = codes[begin : begin + _AT_ONCE]
        kinds, first, many = np.unique(
            column_ranks(state, column, own), return_index=True, return_counts=True
        )
        if len(kinds) > most or len(every.keys() | kinds.tolist()) > most:
            return None
        for kind, code, count in zip(kinds.tolist(), own[first].tolist(), many.tolist(), strict=True):
            known, before = every.get(kind, (code, 0))
            every[kind] = known, before + count
    found: dict[object, Exact] = {}
    for kind, (code, total) in sorted(every.items()):
        if kind != NO_VALUE:
            name = countable(value_in(state, code, column))
            found[name] = found.get(name, 0) + total
    return most_first(found)


def _surely_more(state: State, column: Column, codes: Int64s, most: int) -> bool:
    """Whether the first of very many entities have more values already: then those of all need no order."""
    if column.field is None or column.key is not None or column.path or len(codes) < _AT_ONCE:
        return False
    line = state.field_history(column.field)
    told = line.told_in_force(state.position, "code")
    if told is None or not isinstance(line.values, tuple):
        return False
    values = line.values[1]
    some = np.unique(told[codes[:_AT_ONCE]])[: most * 8].tolist()
    return len({sort_key(values[code]) for code in some}) > most + 1  # one stands for those without any
