"""How do operands, gathered in log order, become a field's history in one order of time?"""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

from explorer.eventlog.names import Names
from explorer.history.counting import reordered, totals
from explorer.history.field_history import FieldHistory, Slots
from explorer.history.ordering import inverse, kept, placed
from explorer.projection.model import Field

type Ints = npt.NDArray[Any]


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


def field_history(
    operands: Operands,
    rank: Ints | None,
    entity_count: int,
    defaults: FieldHistory | None = None,
    everybody: Ints | None = None,
) -> FieldHistory:
    """Sort everything into slots.

    Args:
        operands: What to sort.
        rank: (n,) position of each row in the wanted order, less one; None for log order.
        entity_count: How many entities there are: a field without keys has a slot for each.
        defaults: The history of the hidden field that gives the key of operands without one.
        everybody: (entity_count,) the entities' numbers, where several fields are to share that column.
    """
    if everybody is None:
        everybody = np.arange(entity_count, dtype=np.int32)
    moments, entities = operands.moments, operands.entities
    keys, codes, units, decimals = operands.keys, operands.codes, operands.units, operands.decimals
    wide = operands.wide
    if rank is not None:
        order, moments = reordered(operands.moments, rank)
        entities = entities[order]
        keys, codes, units, decimals = (
            None if column is None else column[order] for column in (keys, codes, units, decimals)
        )
        if wide:
            now_at = inverse(order)
            wide = {int(now_at[index]): operand for index, operand in wide.items()}
    if keys is None:
        slots_of, slots = Slots(everybody), entities
    else:
        names = list(operands.key_names)
        keys = with_defaults(keys, names, moments, entities, defaults)
        slots_of, slots = _by_key(entities, keys, names, everybody)
    line = FieldHistory(operands.field, slots_of, moments, slots)
    places = line.by_position
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
    missing = np.flatnonzero(keys == -1)
    if not len(missing):
        return keys
    change, there = _in_force(defaults, entities[missing], moments[missing])
    codes, values = defaults.values
    known = Names(names)
    of_value = np.array([known.code(str(value)) for value in values], np.int64)
    names[:] = known.values
    keys = keys.copy()
    keys[missing[there]] = of_value[codes[change[there]]]
    return keys


def _in_force(line: FieldHistory, entities: Ints, moments: Ints) -> tuple[Ints, npt.NDArray[np.bool_]]:
    """(k,) which change of a field without keys is in force in some entities at some moments; (k,) where one is."""
    counts = np.diff(line.offsets)
    if int(counts.max(initial=0)) <= 1:  # as mostly, told once: where it stands needs no search
        only = np.minimum(line.offsets[entities], len(line.positions) - 1)
        return only, (counts[entities] > 0) & (line.positions[only] <= moments)
    # entity and position as one number: the changes of a field stand in the order of both
    stride = int(max(moments.max(), line.positions.max())) + 1
    owners = line.slot_column()
    stops = owners * stride + line.positions
    change = np.searchsorted(stops, entities.astype(np.int64) * stride + moments, "right") - 1
    return change, (change >= 0) & (owners[change] == entities)


def _by_key(entities: Ints, keys: Ints, names: Sequence[str], everybody: Ints) -> tuple[Slots, Ints]:
    """One slot for each entity and key that occur together, an entity's keys in the order of their names."""
    if not names:
        return Slots(everybody, np.full(len(everybody), -1, np.int32)), entities
    by_name = sorted(range(len(names)), key=names.__getitem__)
    if by_name != list(range(len(names))):  # else codes tell who read what first
        places = np.append(inverse(np.array(by_name)), -1)  # the last is that of -1
        keys, names = places[keys], [names[code] for code in by_name]
    width = len(names) + 1
    pairs = entities.astype(np.int64) * width + keys + 1
    limit = (int(entities.max(initial=0)) + 1) * width
    if limit < 8 * len(pairs) + 1_000:  # a table of all pairs is small beside the operands
        used = np.zeros(limit, np.bool_)
        used[pairs] = True
        distinct = np.flatnonzero(used)
        number = np.cumsum(used, dtype=np.int32) - 1
        slots: Ints = number[pairs]
    else:
        distinct, slots = np.unique(pairs, return_inverse=True)
    entity, key = (distinct // width).astype(np.int32), (distinct % width - 1).astype(np.int32)
    return Slots(entity, key, list(names)), slots.astype(np.int32)
