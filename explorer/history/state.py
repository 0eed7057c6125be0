"""What did all entities look like at one position?"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property

import numpy as np
import numpy.typing as npt

from explorer.eventlog.names import Names
from explorer.history.endings import Endings
from explorer.history.field_history import NONE, FieldHistory
from explorer.history.ordering import dense_ranks
from explorer.history.sums import Sums
from explorer.history.totals import Kinds, kinds_of
from explorer.projection.exact import Exact
from explorer.projection.fold import by_key
from explorer.projection.model import Field
from explorer.projection.order import sort_key

type Int64s = npt.NDArray[np.int64]


class State:
    """The whole table at `position`. Nothing is computed for a cell before it is asked for."""

    def __init__(
        self,
        fields: Sequence[Field],
        entities: Names[str],
        field_histories: Mapping[str, FieldHistory],
        touches: FieldHistory,
        position: int,
        endings: Endings | None = None,
    ) -> None:
        self.position = position
        self.fields = tuple(field for field in fields if not field.hidden)
        self._named = {field.name: field for field in fields}
        self._entities = entities
        self._field_histories = field_histories
        self.touches = touches
        self._heads: dict[str, Int64s] = {}
        self._asked = 0
        self._endings = endings

    @cached_property
    def codes(self) -> Int64s:
        """The entities that exist at this position, in the order in which they came to be."""
        if self._endings is None:
            return self.born
        found: Int64s = self.born[~np.isin(self.born, self.ended)]
        return found

    @cached_property
    def born(self) -> Int64s:
        """The same with those that have ended since."""
        return self.touches.born_by(self.position)

    @cached_property
    def ended(self) -> Int64s:
        """Those that have ended by now, because a record says that they were deleted."""
        return np.zeros(0, np.int64) if self._endings is None else self._endings.gone(self.position)

    def __len__(self) -> int:
        return len(self.codes)

    @property
    def entity_count(self) -> int:
        """How many entities the log ever names: one more than the highest code."""
        return len(self.touches.slot_entity)

    def exists(self) -> npt.NDArray[np.bool_]:
        """(entity_count,) which of them exist at this position."""
        found = np.zeros(self.entity_count, np.bool_)
        found[self.codes] = True
        return found

    def field(self, name: str) -> Field:
        """The field with this name, hidden ones included."""
        return self._named[name]

    def to_read(self, codes: Int64s) -> Sequence[Callable[[], None]]:  # noqa: ARG002
        """What must be read before some entities can be shown; each reads a part. Here nothing must."""
        return ()

    def look_at(self, codes: Int64s) -> None:
        """Some entities are about to be shown: what must be read for them is read together."""

    def entities(self, codes: Int64s) -> Sequence[str]:
        """(k,) the ids of some entities."""
        return self._entities.values_of(codes)

    def told_ranks(self) -> Int64s | None:
        """(entity_count,) how the ids order, where somebody knows that already."""
        found: Int64s | None = self._entities.told_ranks()
        return found

    def entity(self, code: int) -> str:
        """The id of the entity with this code."""
        return self._entities[code]

    def head(self, field: str) -> Int64s:
        """For each slot of `field` the change in force."""
        found = self._heads.get(field)
        if found is None:
            found = self._heads[field] = self._field_histories[field].head(self.position)
        return found

    def _change(self, field: str, slot: int) -> int:
        """The change in force in one slot. Who asks for few is spared the work for all."""
        line = self._field_histories[field]
        if field not in self._heads and self._asked < line.few:
            self._asked += 1
            return line.change_at(slot, self.position)
        return int(self.head(field)[slot])

    def last_touch(self, code: int) -> int:
        """The last thing that happened to an entity: as long as that is the same, so is all that is in its row."""
        return self.touches.change_at(code, self.position)

    def field_history(self, field: Field) -> FieldHistory:
        """The whole history of `field`, of which this state is one moment."""
        return self._field_histories[field.name]

    def has(self, field: Field) -> npt.NDArray[np.bool_]:
        """(entity_count,) which entities have a field at all, by `Field.since`."""
        if field.since is None:
            return np.ones(self.entity_count, np.bool_)
        found: npt.NDArray[np.bool_] = self.head(field.since) != NONE
        return found

    def kinds(self, field: Field) -> Kinds | None:
        """How the sums of a field add up over entities; None if nothing says that they may be added."""
        return kinds_of(field, tuple(self._named.values()), self._field_histories, self._entities.values)

    def value(self, code: int, field: Field) -> object:
        """One entity's value of one field; a keyed sum is one number, or a dict by key."""
        if field.since is not None and self._change(field.since, code) == NONE:
            return None
        line = self._field_histories[field.name]
        if field.keyed_by is None:
            change = self._change(field.name, code)
            return line.value(change) if change != NONE else field.nothing
        sums: dict[str | None, Exact] = {}
        for slot in line.slots_of(code):
            change = self._change(field.name, slot)
            if change != NONE:
                key = int(line.slot_key[slot]) if line.slot_key is not None else -1
                sums[None if key < 0 else line.keys[key]] = line.value(change)  # type: ignore[assignment]
        if not sums and field.nullable:
            return None
        default = self._field_histories[field.keyed_by]
        named = self._change(field.keyed_by, code)
        return by_key(sums, default.value(named) if named != NONE else None)

    def row(self, code: int) -> dict[str, object]:
        """One entity as a dict, fields in the order in which they are shown."""
        return {field.name: self.value(code, field) for field in self.fields}

    def find(self, entity: str) -> int | None:
        """The code of `entity`, if it exists at this position."""
        code = self._entities.find(entity)
        if code is None or self.touches.change_at(code, self.position) == NONE:
            return None
        gone = self._endings is not None and self._endings.is_gone(code, self.position)
        return None if gone else code

    def items(self) -> Iterator[tuple[str, dict[str, object]]]:
        """Every entity that exists, with its fields."""
        for code in self.codes.tolist():
            yield self._entities[code], self.row(code)


def sorted_codes(state: State, field: Field, *, descending: bool = False) -> Int64s:
    """The entities of `state` by the value of `field`, exactly; those without one last, ties as they came to be.

    Accounts that hold several currencies are ordered by the first.
    """
    codes = state.codes
    order = ranks(state, field, codes)
    if descending:
        order = np.where(order == NO_VALUE, order, -order)
    return codes[np.argsort(order, kind="stable")]


def top_codes(state: State, field: Field, count: int, *, descending: bool = True) -> Int64s:
    """The first `count` of `sorted_codes`, without sorting all the others."""
    codes = state.codes
    if count >= len(codes):
        return sorted_codes(state, field, descending=descending)
    order = ranks(state, field, codes)
    if descending:
        order = np.where(order == NO_VALUE, order, -order)
    limit = np.partition(order, count - 1)[count - 1] if count else np.iinfo(np.int64).min
    near = np.flatnonzero(order <= limit)  # those of equal rank as they came to be
    found: Int64s = codes[near[np.argsort(order[near], kind="stable")][:count]]
    return found


NO_VALUE = np.iinfo(np.int64).max
_MANY = 1 << 16  # entities of which all values are fetched where somebody has them
_MOST_AS_ASKED = 1 << 20  # entities whose values are looked up in the order in which they are asked for


def changes_of(state: State, field: Field, codes: Int64s, key: str | None = None) -> Int64s:
    """(k,) the change in force of each entity; of a field that is kept by key, of its first key or of `key`."""
    line = state.field_history(field)
    head = state.head(field.name)
    if field.keyed_by is None or (key is None and len(head) == state.entity_count and line.one_each):
        found: Int64s = head[codes]
        return found
    if key is None:
        slots, owners = None, line.slot_entity
    else:
        wanted = line.keys.index(key) if key in line.keys else -2
        slots = np.zeros(0, np.int64) if line.slot_key is None else np.flatnonzero(line.slot_key == wanted)
        owners = line.slot_entity[slots]
    if not len(owners):
        return np.full(len(codes), NONE)
    first = np.minimum(np.searchsorted(owners, codes), len(owners) - 1)
    own = owners[first] == codes
    return np.where(own, head[first if slots is None else slots[first]], NONE)


def ranks(state: State, field: Field, codes: Int64s) -> Int64s:
    """(len(codes),) int64 that order like the values do; `NO_VALUE` where there is none."""
    if len(codes) > _MOST_AS_ASKED:  # columns are gone through from their beginning to their end
        every = _units_of_each(state, field)
        found: Int64s = (_ranks(state, field, np.arange(state.entity_count)) if every is None else every)[
            codes
        ]
    else:
        found = _ranks(state, field, codes)
    return found if field.since is None else np.where(state.has(field)[codes], found, NO_VALUE)


def _units_of_each(state: State, field: Field) -> Int64s | None:
    """(entity_count,) the units of each entity's sum, where somebody has them for all and they order it."""
    line = state.field_history(field)
    plain = (
        isinstance(line.values, Sums) and not line.values.wide and field.fold != "avg" and not field.nullable
    )
    one_each = len(line.slot_entity) == state.entity_count and (field.keyed_by is None or line.one_each)
    return line.told_in_force(state.position, "units") if plain and one_each else None


def _ranks(state: State, field: Field, codes: Int64s) -> Int64s:
    line = state.field_history(field)
    changes = changes_of(state, field, codes)
    there = changes != NONE
    if field.fold == "avg" or (field.nullable and not there.all()):
        exact = [line.value(int(change)) if change != NONE else 0 for change in changes]
        return np.where(there, dense_ranks(exact), NO_VALUE)
    if isinstance(line.values, Sums):
        sums = line.values
        if not sums.wide:
            return np.where(there, sums.units[changes] if len(sums.units) else 0, 0)
        exact = [line.value(int(change)) if change != NONE else 0 for change in changes]
        return dense_ranks(exact)
    if line.values is None:
        return np.where(there, changes - line.offsets[:-1][codes], NO_VALUE)
    of_code, distinct = line.values
    known = line.value_ranks.get(())
    if known is None or len(known) != len(distinct):
        known = line.value_ranks[()] = dense_ranks([sort_key(value) for value in distinct])
        known[[value is None for value in distinct]] = NO_VALUE
    if not len(known):
        return np.full(len(codes), NO_VALUE)
    every = (
        line.told_in_force(state.position, "code") if len(codes) >= _MANY and field.keyed_by is None else None
    )
    own = of_code[changes] if every is None else every[codes]
    found = np.where(there, known[own], NO_VALUE)
    return np.asarray(found, np.int64)
