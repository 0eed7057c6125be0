"""How does a field's history take what has been appended to its log, without being sorted again?

What is new is put in order by itself and set behind what each slot had: the rest is only moved, which costs a copy.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

from explorer.eventlog.memory import empty_column
from explorer.history.build import Operands, with_defaults
from explorer.history.field_history import FieldHistory, Slots
from explorer.history.ordering import kept, narrow, occurring, placed
from explorer.history.sums import Sums, running_sums

type Ints = npt.NDArray[Any]

_MOST_PIECES = 4_096  # copied one by one; more of them are set by a mask
_ROOM = 2**62
_MOST_COMPARED = 16  # with each old change; of more, the slots are asked
_BLOCK = 1 << 17


class _Place(msgspec.Struct):
    """Where what is new goes.

    Attributes:
        slots_of: All slots, new ones among them.
        slots: (k,) the slot of each new change, in the order in which they happened.
        was: (old slots,) the number that each old slot has now; None if it is the same.
        counts: (s,) how many changes each slot had.
        offsets: (s + 1,) where each slot's changes begin now.
        places: (k,) where each new change stands now.
        order: (k,) the new changes by place.
    """

    slots_of: Slots
    slots: Ints
    was: Ints | None
    counts: Ints
    offsets: Ints
    places: Ints
    order: Ints


def with_appended(
    old: FieldHistory,
    operands: Operands,
    entity_count: int,
    defaults: FieldHistory | None,
    *,
    in_log_order: bool,
) -> FieldHistory | None:
    """The history of all `operands`, the first of which are in `old`; None if it has to be sorted anew.

    Args:
        old: The history so far.
        operands: As `field_history` takes them; the positions of the new ones are the same in either order of time.
        entity_count: How many entities there are now.
        defaults: The history, extended already, that gives the key of operands without one.
        in_log_order: Whether all positions are those of the log.
    """
    first = len(old.moments)
    moments, entities = operands.moments[first:], operands.entities[first:]
    total = first + len(moments)
    if not first or narrow(total) != narrow(first):
        return None
    if not len(moments) and (old.keys or len(old.slot_entity) == entity_count):
        return old.again()
    found = _slots(old, operands, entities, moments, entity_count, defaults)
    if found is None:
        return None
    place = _placed(old, *found)
    values = _values(old, operands, place)
    if values is None and old.values is not None:
        return None
    added = np.diff(place.offsets) - place.counts
    shift = (np.cumsum(added) - added).astype(old.by_position.dtype)
    own = shift[: len(old.slot_entity)] if place.was is None else shift[place.was]  # of each old slot
    unseen = place.slots[place.counts[place.slots] == 0]
    born = unseen[np.sort(np.unique(unseen, return_index=True)[1])]
    old_slots, old_born = (
        column if place.was is None else place.was[column] for column in (old.slots, old.born)
    )
    same = in_log_order and place.slots is entities  # without keys: then the operands' own columns say it
    by_position = empty_column(total, old.by_position.dtype)
    _move(old, own, place, by_position[:first])
    by_position[first:] = place.places
    line = FieldHistory.restored(
        operands.field,
        place.slots_of,
        {
            "offsets": place.offsets,
            "moments": operands.moments if in_log_order else _behind(old.moments, moments),
            "slots": operands.entities if same else _behind(old_slots, place.slots),
            "by_position": by_position,
            "positions": _inserted(old.positions, moments, place),
            "born": _behind(old_born, born),
        },
    )
    line.values = values
    line.take_keyframes(old, place.was)
    return line


def _slots(
    old: FieldHistory,
    operands: Operands,
    entities: Ints,
    moments: Ints,
    entity_count: int,
    defaults: FieldHistory | None,
) -> tuple[Slots, Ints, Ints | None] | None:
    """All slots, the slots of what is new, and the new numbers of the old ones if they are others."""
    every = np.arange(entity_count, dtype=np.int32)
    if operands.keys is None:
        return Slots(every), entities, None
    names = list(operands.key_names)
    keys = with_defaults(operands.keys[len(old.moments) :], names, moments, entities, defaults)
    if not names and not old.keys:
        return Slots(every, np.full(entity_count, -1, np.int32)), entities, None
    codes = {name: code for code, name in enumerate(old.keys)}
    if any(name not in codes for name in names) or old.slot_key is None:
        return None  # keys are ordered by name
    keys = np.array([*(codes[name] for name in names), -1], np.int64)[keys]  # the last is that of -1
    width = len(old.keys) + 1
    there = old.slot_entity.astype(np.int64) * width + old.slot_key + 1
    wanted = entities.astype(np.int64) * width + keys + 1
    distinct = occurring(wanted)
    fresh = distinct[~_among(there, distinct)]
    if not len(fresh):
        slots_of = Slots(old.slot_entity, old.slot_key, old.keys)
        return slots_of, np.searchsorted(there, wanted).astype(np.int32), None
    pairs = np.insert(there, np.searchsorted(there, fresh), fresh)
    slots_of = Slots((pairs // width).astype(np.int32), (pairs % width - 1).astype(np.int32), old.keys)
    was = np.searchsorted(pairs, there).astype(np.int32)
    return slots_of, np.searchsorted(pairs, wanted).astype(np.int32), was


def _among(ordered: Ints, wanted: Ints) -> npt.NDArray[np.bool_]:
    places = np.minimum(np.searchsorted(ordered, wanted), max(len(ordered) - 1, 0))
    return ordered[places] == wanted if len(ordered) else np.zeros(len(wanted), np.bool_)


def _placed(old: FieldHistory, slots_of: Slots, slots: Ints, was: Ints | None) -> _Place:
    count = len(slots_of.entity)
    counts = np.zeros(count, np.int64)
    counts[slice(len(old.slot_entity)) if was is None else was] = np.diff(old.offsets)
    added = np.bincount(slots, minlength=count)
    offsets = np.zeros(count + 1, np.int64)
    np.cumsum(counts + added, out=offsets[1:])
    order = np.argsort(slots, kind="stable")
    ordered = slots[order]
    begins = np.cumsum(added) - added  # of each slot among what is new
    within = np.arange(len(slots)) - begins[ordered]
    places = placed(offsets[ordered] + counts[ordered] + within, order)
    return _Place(slots_of, slots, was, counts, offsets, places, order)


def _values(
    old: FieldHistory, operands: Operands, place: _Place
) -> Sums | tuple[Ints, Sequence[object]] | None:
    """The values of all changes; None if there are none or they have to be made anew."""
    first = len(old.moments)
    if isinstance(old.values, Sums):
        assert operands.units is not None
        assert operands.decimals is not None
        return _sums(old, old.values, operands.units[first:], operands.decimals[first:], operands.wide, place)
    if old.values is None or operands.codes is None:
        return None
    codes = operands.codes[first:]
    if operands.field.fold != "last":
        seeds, seeded, offsets, own = _seeded(old, place)
        small = np.zeros(int(offsets[-1]), np.int64)
        small[seeded], small[own] = old.values[0][seeds], codes[place.order]
        chosen = kept(operands.field.fold, small, offsets, operands.values)
        codes = placed(chosen[own].astype(codes.dtype), place.order)
    return _inserted(old.values[0], codes, place), operands.values


def _sums(
    old: FieldHistory, sums: Sums, units: Ints, decimals: Ints, wide: Mapping[int, Any], place: _Place
) -> Sums | None:
    """The totals go on from the last one of each slot."""
    if wide or sums.wide:
        return None
    seeds, seeded, offsets, own = _seeded(old, place)
    small, small_decimals = np.zeros(int(offsets[-1]), np.int64), np.zeros(int(offsets[-1]), np.uint8)
    written = sums.decimals[seeds]
    factors = np.array([10**step for step in range(sums.scale + 1)], np.int64)
    small[seeded] = sums.units[seeds] // factors[sums.scale - written.astype(np.int64)]
    small[own], small_decimals[seeded], small_decimals[own] = (
        units[place.order], written, decimals[place.order],
    )  # fmt: skip
    more = running_sums(small, small_decimals, {}, offsets)
    if more.wide or more.scale > sums.scale:
        return None
    factor = 10 ** (sums.scale - more.scale)
    totals = more.units[own]
    if max(abs(int(totals.max(initial=0))), abs(int(totals.min(initial=0)))) * factor >= _ROOM:
        return None
    return Sums(
        _inserted(sums.units, placed(totals * factor, place.order), place),
        sums.scale,
        _inserted(sums.decimals, placed(more.decimals[own], place.order), place),
        {},
    )


def _seeded(old: FieldHistory, place: _Place) -> tuple[Ints, Ints, Ints, Ints]:
    """A small table: each slot to which something new happened, begun with the last change that it had.

    Returns:
        Those last changes, where they stand in the table, where each slot begins in it, and where the new changes
        stand, by place.
    """
    touched, counts = np.unique(place.slots, return_counts=True)
    begun = place.counts[touched] > 0
    ends = np.zeros(len(place.counts), np.int64)
    ends[slice(len(old.slot_entity)) if place.was is None else place.was] = old.offsets[1:]
    offsets = np.zeros(len(touched) + 1, np.int64)
    np.cumsum(counts + begun, out=offsets[1:])
    own = np.ones(int(offsets[-1]), np.bool_)
    seeded = offsets[:-1][begun]
    own[seeded] = False
    return ends[touched[begun]] - 1, seeded, offsets, np.flatnonzero(own)


def _inserted(old: Ints, new: Ints, place: _Place) -> Ints:
    """A column by place, with what is new at its places."""
    found = empty_column(len(old) + len(new), np.promote_types(old.dtype, new.dtype))
    places = place.places[place.order]
    if len(places) > _MOST_PIECES:
        stays = np.ones(len(found), np.bool_)
        stays[places] = False
        found[stays] = old
    else:
        begin = 0  # in the old column
        for count, at in enumerate(places.tolist()):
            end = at - count
            found[begin + count : at] = old[begin:end]
            begin = end
        found[begin + len(places) :] = old[begin:]
    found[places] = new[place.order]
    return found


def _move(old: FieldHistory, own: Ints, place: _Place, found: Ints) -> None:
    """Where the old changes stand now: each behind what is new before it."""
    few = len(place.slots) <= _MOST_COMPARED  # then a look for each slot costs more
    begins = place.places[place.order] - np.arange(len(place.places))  # from there on they move by one more
    for begin in range(0, len(found), _BLOCK):  # in the processor's own memory
        block, moved = old.by_position[begin : begin + _BLOCK], found[begin : begin + _BLOCK]
        if not few:
            np.add(block, own[old.slots[begin : begin + _BLOCK]], out=moved)
            continue
        moved[:] = block
        for first in begins.astype(found.dtype):
            moved += block >= first


def _behind(old: Ints, new: Ints) -> Ints:
    found = empty_column(len(old) + len(new), np.promote_types(old.dtype, new.dtype))
    found[: len(old)], found[len(old) :] = old, new
    return found
