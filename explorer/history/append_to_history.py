"""How does a field's history take what has been appended to its log, without being sorted again?

What is new is put in order by itself and set behind what each slot had, beside the old columns: see `GrownColumn`.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

from explorer.eventlog.memory import empty_column
from explorer.history.build import Operands, same_places, with_defaults
from explorer.history.field_history import FieldHistory, Slots
from explorer.history.grown_columns import GrownColumn, GrownPlaces, Insertion
from explorer.history.ordering import kept, narrow, occurring, placed
from explorer.history.sums import Sums, running_sums

type Ints = npt.NDArray[Any]
type Grown = dict[tuple[int, ...], tuple[FieldHistory, "_Place"]]

_ROOM = 2**62


class _Place(msgspec.Struct):
    """Where what is new goes.

    Attributes:
        slots_of: All slots, new ones among them.
        slots: (k,) the slot of each new change, in the order in which they happened.
        was: (old slots,) the number that each old slot has now; None if it is the same.
        offsets: (s + 1,) where each slot's changes begin now.
        touched: (t,) the slots to which something new happened, ascending.
        added: (t,) how many changes each of them has got.
        before: (t,) which slot each was before; -1 if it had no change yet.
        places: (k,) where each new change stands now.
        order: (k,) the new changes by place.
        at: The same places, ascending, among the old ones.
    """

    slots_of: Slots
    slots: Ints
    was: Ints | None
    offsets: Ints
    touched: Ints
    added: Ints
    before: Ints
    places: Ints
    order: Ints
    at: Insertion


def with_appended(
    old: FieldHistory,
    operands: Operands,
    everybody: Ints,
    defaults: FieldHistory | None,
    *,
    in_log_order: bool,
    grown: Grown | None = None,
) -> FieldHistory | None:
    """The history of all `operands`, the first of which are in `old`; None if it has to be sorted anew.

    Args:
        old: The history so far.
        operands: As `field_history` takes them; the positions of the new ones are the same in either order of time.
        everybody: (entities,) the numbers of all entities that there are now.
        defaults: The history, extended already, that gives the key of operands without one.
        in_log_order: Whether all positions are those of the log.
        grown: What was found for other fields: those set by the same events share columns, and go on sharing them.
    """
    first = len(old.moments)
    moments, entities = operands.moments[first:], operands.entities[first:]
    total = first + len(moments)
    if not first or narrow(total) != narrow(first):
        return None
    if not len(moments) and (old.keys or len(old.slot_entity) == len(everybody)):
        return old.again()
    same = id(old.positions), id(old.offsets), *same_places(operands)
    twin = None if grown is None or operands.keys is not None else grown.get(same)
    if twin is not None:
        line, place = FieldHistory.alike(operands.field, twin[0]), twin[1]
    else:
        found = _slots(old, operands, entities, moments, everybody, defaults)
        if found is None:
            return None
        place = _placed(old, *found)
        # without keys the operands' own columns say what happened when, if that is their order
        own = operands.entities if in_log_order and place.slots is entities else None
        line = _line(old, operands, place, own, in_log_order=in_log_order)
        if grown is not None and operands.keys is None:
            grown[same] = line, place
    values = _values(old, operands, place)
    if values is None and old.values is not None:
        return None
    line.values = values
    line.take_keyframes(old, place.was)
    return line


def _line(
    old: FieldHistory, operands: Operands, place: _Place, slots: Ints | None, *, in_log_order: bool
) -> FieldHistory:
    """All but the values and what is made of them; `slots`: what the line's column of them is, if that is known."""
    moments = operands.moments[len(old.moments) :]
    begun = place.before == -1
    firsts = place.order[
        (np.cumsum(place.added) - place.added)[begun]
    ]  # the new change by which a slot came to be
    born = place.touched[begun][np.argsort(firsts, kind="stable")]
    return FieldHistory.restored(
        operands.field,
        place.slots_of,
        {
            "offsets": place.offsets,
            "moments": operands.moments if in_log_order else _behind(old.moments, moments),
            "slots": _behind(_numbers(old.slots, place), place.slots) if slots is None else slots,
            "by_position": GrownPlaces.of(
                old.by_position, place.places.astype(old.by_position.dtype), place.at
            ),
            "positions": GrownColumn.of(old.positions, moments[place.order], place.at),
            "born": _behind(_numbers(old.born, place), born.astype(old.born.dtype)),
        },
    )


def _numbers(slots: Ints, place: _Place) -> Ints:
    """The numbers that some old slots have now."""
    return slots if place.was is None else place.was[slots]


def _slots(
    old: FieldHistory,
    operands: Operands,
    entities: Ints,
    moments: Ints,
    everybody: Ints,
    defaults: FieldHistory | None,
) -> tuple[Slots, Ints, Ints | None] | None:
    """All slots, the slots of what is new, and the new numbers of the old ones if they are others."""
    if operands.keys is None:
        return Slots(everybody), entities, None
    names = list(operands.key_names)
    keys = with_defaults(operands.keys[len(old.moments) :], names, moments, entities, defaults)
    if not names and not old.keys:
        return Slots(everybody, np.full(len(everybody), -1, np.int32)), entities, None
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
    was = None if len(there) and there[-1] < fresh[0] else np.searchsorted(pairs, there).astype(np.int32)
    return slots_of, np.searchsorted(pairs, wanted).astype(np.int32), was


def _among(ordered: Ints, wanted: Ints) -> npt.NDArray[np.bool_]:
    places = np.minimum(np.searchsorted(ordered, wanted), max(len(ordered) - 1, 0))
    return ordered[places] == wanted if len(ordered) else np.zeros(len(wanted), np.bool_)


def _placed(old: FieldHistory, slots_of: Slots, slots: Ints, was: Ints | None) -> _Place:
    count, before = len(slots_of.entity), len(old.slot_entity)
    order = np.argsort(slots, kind="stable")
    ordered = slots[order]
    new = np.ones(len(ordered), np.bool_)
    new[1:] = ordered[1:] != ordered[:-1]
    begins = np.flatnonzero(new)
    touched, added = ordered[begins].astype(np.int64), np.diff(begins, append=len(ordered))
    offsets = np.zeros(count + 1, np.int64)
    if was is None:
        offsets[touched + 1] = added
        np.cumsum(offsets, out=offsets)
        offsets[: before + 1] += old.offsets
        offsets[before + 1 :] += old.offsets[-1]
        own = np.where(touched < before, touched, -1)
    else:
        offsets[was + 1] = np.diff(old.offsets)
        offsets[touched + 1] += added
        np.cumsum(offsets, out=offsets)
        at = np.minimum(np.searchsorted(was, touched), before - 1)
        own = np.where(was[at] == touched, at, -1)
    own[(own >= 0) & (old.offsets[own] == old.offsets[own + 1])] = -1
    within = np.arange(len(slots)) - np.repeat(begins, added)
    by_place = np.repeat(offsets[touched + 1] - added, added) + within  # behind what the slot had
    return _Place(
        slots_of, slots, was, offsets, touched, added, own, placed(by_place, order), order,
        Insertion(by_place, len(old.moments)),
    )  # fmt: skip


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
        new = chosen[own].astype(codes.dtype)
    else:
        new = codes[place.order]
    return GrownColumn.of(old.values[0], new, place.at), operands.values


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
        GrownColumn.of(sums.units, totals * factor, place.at),
        sums.scale,
        GrownColumn.of(sums.decimals, more.decimals[own], place.at),
        {},
    )


def _seeded(old: FieldHistory, place: _Place) -> tuple[Ints, Ints, Ints, Ints]:
    """A small table: each slot to which something new happened, begun with the last change that it had.

    Returns:
        Those last changes, where they stand in the table, where each slot begins in it, and where the new changes
        stand, by place.
    """
    begun = place.before >= 0
    offsets = np.zeros(len(place.touched) + 1, np.int64)
    np.cumsum(place.added + begun, out=offsets[1:])
    own = np.ones(int(offsets[-1]), np.bool_)
    seeded = offsets[:-1][begun]
    own[seeded] = False
    return old.offsets[place.before[begun] + 1] - 1, seeded, offsets, np.flatnonzero(own)


def _behind(old: Ints, new: Ints) -> Ints:
    if not len(new):
        return old
    found = empty_column(len(old) + len(new), np.promote_types(old.dtype, new.dtype))
    found[: len(old)], found[len(old) :] = old, new
    return found
