"""How do operands, gathered in log order, become a field's history in one order of time?"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt

from explorer.eventlog.memory import empty_column
from explorer.eventlog.names import Names
from explorer.history.counting import reordered, totals
from explorer.history.field_history import FieldHistory, Slots
from explorer.history.ordering import Ranking, inverse, kept, placed, taken
from explorer.projection.model import Field

type Ints = npt.NDArray[Any]

_AT_ONCE = 1 << 20  # operands: what is computed of them takes several times their own room


class Operands(msgspec.Struct):
    """All operands that went to one field, in log order.

    Attributes:
        field: Which field.
        moments, entities: (m,) the position of the event in log order, and the entity, of each.
        keys: (m,) code into `key_names`, -1 without a key; None for fields without keys.
        units, decimals: (m,) of a sum; integers as narrow as they come.
        codes: (m,) of other fields, into `values`.
        wide: Operands of a sum that are no int64, by their place.
    """

    field: Field
    moments: Ints
    entities: Ints
    keys: Ints | None = None
    key_names: Sequence[str] = ()
    units: Ints | None = None
    decimals: Ints | None = None
    codes: Ints | None = None
    values: Sequence[object] = ()
    wide: Mapping[int, tuple[int, int]] = {}

    @property
    def columns(self) -> list[Ints]:
        """All that there are."""
        found = (self.moments, self.entities, self.keys, self.units, self.decimals, self.codes)
        return [column for column in found if column is not None]


class Sorted(NamedTuple):
    """Operands of one field that are in order, as those of others may be, too.

    Attributes:
        operands: They.
        order: (m,) which comes first, second, … in the wanted order of time; None if they came so.
        line: The field's history.
    """

    operands: Operands
    order: Ints | None
    line: FieldHistory


type Known = dict[tuple[int, int, int], Sorted]


def same_places(operands: Operands) -> tuple[int, int, int]:
    """Equal of operands that are of the same events and entities, one by one, as far as their columns are the same."""
    moments, entities = operands.moments, operands.entities
    return moments.__array_interface__["data"][0], entities.__array_interface__["data"][0], len(moments)


def field_history(
    operands: Operands,
    arranged: Ranking | None,
    entity_count: int,
    defaults: FieldHistory | None = None,
    everybody: Ints | None = None,
    known: Known | None = None,
) -> FieldHistory:
    """Sort everything into slots.

    Args:
        operands: What to sort.
        arranged: The events in the wanted order; None for log order.
        entity_count: How many entities there are: a field without keys has a slot for each.
        defaults: The history of the hidden field that gives the key of operands without one.
        everybody: (entity_count,) the entities' numbers, where several fields are to share that column.
        known: What was sorted for other fields, of the same order and entities: the same is not sorted again.
    """
    if everybody is None:
        everybody = np.arange(entity_count, dtype=np.int32)
    moments, entities = operands.moments, operands.entities
    keys, codes, units, decimals = operands.keys, operands.codes, operands.units, operands.decimals
    wide = operands.wide
    same = None if known is None or keys is not None else known.get(same_places(operands))
    order = None if same is None else same.order
    if arranged is not None:
        if same is None:
            order, moments = reordered(operands.moments, arranged)
            entities = taken(entities, order)
        keys, codes, units, decimals = (
            None if column is None or order is None else taken(column, order)
            for column in (keys, codes, units, decimals)
        )
        if wide and order is not None:
            now_at = inverse(order)
            wide = {int(now_at[index]): operand for index, operand in wide.items()}
    if same is not None:
        line = FieldHistory.alike(operands.field, same.line)
    elif keys is None:
        line = FieldHistory(operands.field, Slots(everybody), moments, entities)
        if known is not None:
            known[same_places(operands)] = Sorted(operands, order, line)
    else:
        names = list(operands.key_names)
        keys = with_defaults(keys, names, moments, entities, defaults)
        slots_of, slots = _by_key(entities, keys, names, everybody)
        line = FieldHistory(operands.field, slots_of, moments, slots)
    slots, places = line.slots, line.by_position
    if units is not None and decimals is not None:
        line.values = totals(units, decimals, wide, slots, places, line.offsets)
    elif codes is not None:
        ordered = placed(codes, places)
        if operands.field.fold != "last":
            ordered = kept(operands.field.fold, ordered, line.offsets, operands.values)
        line.values = ordered, operands.values
    return line


def with_defaults(
    keys: Ints, names: list[str], moments: Ints, entities: Ints, defaults: FieldHistory | None
) -> Ints:
    """Keys for operands that name none: what the hidden field says of their entity at that moment."""
    if defaults is None or not len(defaults.positions) or not isinstance(defaults.values, tuple):
        return keys
    if not bool((keys == -1).any()):
        return keys
    codes, values = defaults.values
    known = Names(names)
    of_value = np.array([known.code(str(value)) for value in values], np.int64)
    names[:] = known.values
    keys, in_force = keys.copy(), _InForce(defaults)
    for first in range(0, len(keys), _AT_ONCE):
        some = slice(first, first + _AT_ONCE)
        missing = np.flatnonzero(keys[some] == -1)
        change, there = in_force.of(entities[some][missing], moments[some][missing])
        keys[some][missing[there]] = of_value[codes[change[there]]]
    return keys


class _InForce:
    """Which change of a field without keys is in force in some entities at some moments?"""

    def __init__(self, line: FieldHistory) -> None:
        self._line = line
        self._counts = np.diff(line.offsets)
        self._once = int(self._counts.max(initial=0)) <= 1  # as mostly
        if not self._once:
            # entity and position as one number: the changes of a field stand in the order of both
            self._owners = line.slot_column()
            self._stride = int(line.positions.max()) + 1
            self._stops = self._owners * self._stride + line.positions

    def of(self, entities: Ints, moments: Ints) -> tuple[Ints, npt.NDArray[np.bool_]]:
        """(k,) which change it is; (k,) whether there is one."""
        line = self._line
        if self._once:  # where it stands needs no search
            only = np.minimum(line.offsets[entities], len(line.positions) - 1)
            return only, (self._counts[entities] > 0) & (line.positions[only] <= moments)
        latest = np.minimum(moments, self._stride - 1)
        change = np.searchsorted(self._stops, entities * np.int64(self._stride) + latest, "right") - 1
        return change, (change >= 0) & (self._owners[change] == entities)


def _by_key(entities: Ints, keys: Ints, names: Sequence[str], everybody: Ints) -> tuple[Slots, Ints]:
    """One slot for each entity and key that occur together, an entity's keys in the order of their names."""
    if not names:
        return Slots(everybody, np.full(len(everybody), -1, np.int32)), entities
    by_name = sorted(range(len(names)), key=names.__getitem__)
    width = len(names) + 1
    # codes tell who read what first; the last place is that of -1
    places = np.append(inverse(np.array(by_name)) + 1, 0).astype(np.int64)
    names = [names[code] for code in by_name]

    def pairs(first: int, stop: int) -> Ints:
        return entities[first:stop] * np.int64(width) + places[keys[first:stop]]

    count = len(entities)
    limit = (int(entities.max(initial=0)) + 1) * width
    if limit < 8 * count + 1_000:  # a table of all pairs is small beside the operands
        stretches = [(first, min(first + _AT_ONCE, count)) for first in range(0, count, _AT_ONCE)]
        used = np.zeros(limit, np.bool_)
        for first, stop in stretches:
            used[pairs(first, stop)] = True
        distinct = np.flatnonzero(used)
        number = np.cumsum(used, dtype=np.int32)
        slots: Ints = empty_column(count, np.int32)
        for first, stop in stretches:
            slots[first:stop] = number[pairs(first, stop)] - 1
    else:
        distinct, slots = np.unique(pairs(0, count), return_inverse=True)
    entity, key = (distinct // width).astype(np.int32), (distinct % width - 1).astype(np.int32)
    return Slots(entity, key, names), slots.astype(np.int32, copy=False)
