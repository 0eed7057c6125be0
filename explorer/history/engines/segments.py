"""What did some entities look like after each of their events, by what those gave to them alone?

A segment is all that happened to some entities. It is folded by what folds a log in memory, so it comes to the same. Of
an entity to which too much happened the events come in stretches: behind each of them stands what the next begins with.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

from explorer.history.build import Operands, field_history
from explorer.history.collect import VERSION
from explorer.history.endings import can_begin_anew, with_ends
from explorer.history.field_history import FieldHistory
from explorer.history.operands import MOST_NARROW_DECIMALS, NARROW
from explorer.history.sums import Sums
from explorer.projection.exact import Exact, scaled
from explorer.projection.model import Field

type Ints = npt.NDArray[Any]

_COLUMNS = ("moments", "entities", "keys", "units", "decimals", "codes")
LAST = 2**62  # of places
CARRIED = 0  # the position of what a stretch begins with: before all events


class Segment(msgspec.Struct, frozen=True):
    """What happened to some entities, or to one in a stretch of the log.

    Attributes:
        entity_count: How many entities; their codes here count from 0.
        operands: For each field what was given to it, in the order in which it happened; …
        places: … and what orders all that was given to it by one event.
        ends: (k,) at which positions entities end, ascending, and (k,) which.
    """

    entity_count: int
    operands: Mapping[str, Operands]
    places: Mapping[str, Ints]
    ends: tuple[Ints, Ints]


def folded(fields: Sequence[Field], segment: Segment, scales: Mapping[str, int]) -> dict[str, "FoldedField"]:
    """The changes of each field in that segment.

    Args:
        fields: All fields of the read model, and what counts all that happens to an entity if none of them does.
        segment: It.
        scales: With how many decimals a field that adds up is kept in the whole log.
    """
    everybody = np.arange(segment.entity_count, dtype=np.int32)
    of_model = [field for field in fields if field != VERSION]
    ends = segment.ends if can_begin_anew(of_model) else (segment.ends[0][:0], segment.ends[1][:0])
    found: dict[str, FieldHistory] = {}
    places: dict[str, Ints] = {}
    keys = {field.keyed_by for field in fields}
    first = [field for field in fields if field.name in keys]
    for field in [*first, *(field for field in fields if field.name not in keys)]:
        operands = segment.operands[field.name]
        defaults = None if field.keyed_by is None else found.get(field.keyed_by)

        def line(
            own: Operands, field: Field = field, defaults: FieldHistory | None = defaults
        ) -> FieldHistory:
            if not field.adds:
                return field_history(own, None, segment.entity_count, defaults, everybody)
            own = _with_scale(own, scales.get(field.name, 0), segment.entity_count)
            return _normal(field_history(own, None, segment.entity_count + 1, defaults))

        ending = len(ends[0]) and len(operands.moments) and field.fold in {"last", "sum"}
        own_places = segment.places[field.name]
        if ending and field.name not in keys:
            before = operands.moments
            operands = with_ends(operands, ends, None if operands.units is None else line(operands), ends[0])
            own_places = _placed(own_places, before, operands.moments)
        found[field.name], places[field.name] = line(operands), own_places
    return {
        name: _folded(each, places[name], segment.entity_count, segment.operands[name].values)
        for name, each in found.items()
    }


def _placed(places: Ints, before: Ints, now: Ints) -> Ints:
    """The places of operands among which others have come, each behind all of its moment."""
    found = np.full(len(now), LAST)
    at = np.arange(len(before)) - np.searchsorted(before, before) + np.searchsorted(now, before)
    found[at] = places
    return found


def _with_scale(operands: Operands, scale: int, beyond: int) -> Operands:
    """The same with an operand of an entity beyond all others, which adds nothing with so many decimals."""

    def more(column: Ints | None, value: int) -> Ints | None:
        return None if column is None else np.append(column, column.dtype.type(value))

    last = max(int(operands.moments[-1]), 1) if len(operands.moments) else 1
    return msgspec.structs.replace(
        operands,
        moments=more(operands.moments, last),
        entities=more(operands.entities, beyond),
        keys=more(operands.keys, 0 if len(operands.key_names) else -1),
        units=more(operands.units, 0),
        decimals=more(operands.decimals, scale),
    )


def _normal(line: FieldHistory) -> FieldHistory:
    """Totals in one way, however they were added up: as int64 wherever they fit."""
    sums = line.values
    if isinstance(sums, Sums) and sums.wide:
        for change, (units, decimals) in list(sums.wide.items()):
            if decimals <= sums.scale and abs(whole := units * 10 ** (sums.scale - decimals)) < 2**63:
                sums.units[change], sums.decimals[change] = whole, decimals
                del sums.wide[change]
    return line


class Numbered(list[object]):
    """Values, and which number each has in the whole log."""

    def __init__(self, values: Iterable[object], numbers: Ints) -> None:
        super().__init__(values)
        self.numbers = numbers


class FoldedField(msgspec.Struct, frozen=True):
    """All changes of one field in a segment, by slot and position.

    Attributes:
        line: The same with what the segment began with.
        slot_entity, slot_key: (s,) the entity and the key of each slot, as in `Slots`; of a field without keys each
            entity has one.
        counts: (s,) how many changes each slot has.
        slots, positions: (m,) of each.
        order: (m,) which of them happened first, second, …
        places: (m,) in that order, what orders those of one event.
        values: As in `FieldHistory`; codes are numbers of the whole log.
    """

    line: FieldHistory
    slot_entity: Ints
    slot_key: Ints | None
    counts: Ints
    slots: Ints
    positions: Ints
    order: Ints
    places: Ints
    values: Sums | tuple[Ints, Sequence[object]] | None


def _folded(line: FieldHistory, places: Ints, entity_count: int, told: Sequence[object]) -> FoldedField:
    """The changes that events of the segment made."""
    offsets = line.offsets
    slots = int(np.searchsorted(line.slot_entity, entity_count))
    there = line.positions != CARRIED
    there[int(offsets[slots]) :] = False
    of = line.slot_column()[there]
    now_at = np.cumsum(there) - 1
    happened = there[line.by_position]
    values = line.values
    if isinstance(values, Sums):
        wide = {int(now_at[at]): each for at, each in values.wide.items() if there[at]}
        values = Sums(values.units[there], values.scale, values.decimals[there], wide)
    elif values is not None:
        codes = values[0][there]
        values = told.numbers[codes] if isinstance(told, Numbered) else codes, ()
    key = None if line.slot_key is None else line.slot_key[:slots]
    return FoldedField(
        line, line.slot_entity[:slots], key, np.bincount(of, minlength=slots), of, line.positions[there],
        now_at[line.by_position[happened]], places[happened[: len(places)]], values,
    )  # fmt: skip


def carried(
    field: Field, line: FieldHistory, entity_count: int, told: Sequence[object], at: int = CARRIED
) -> Operands:
    """What a field begins with behind a segment: for each slot one operand that makes what is in force there.

    A count needs none: it is which change of its slot a change is.
    """
    slots = int(np.searchsorted(line.slot_entity, entity_count))
    some = np.flatnonzero(np.diff(line.offsets[: slots + 1]))
    changes = line.offsets[some + 1] - 1
    if line.field.fold == "count":
        some, changes = some[:0], changes[:0]
    moments = np.full(len(some), at, np.int64)
    operands = Operands(field, moments, line.slot_entity[some].astype(np.int64))
    if field.keyed_by is not None:
        operands.key_names = line.keys
        operands.keys = (
            np.full(len(some), -1) if line.slot_key is None else line.slot_key[some].astype(np.int64)
        )
    values = line.values
    if isinstance(values, Sums):
        units, decimals = np.zeros(len(some), np.int64), np.zeros(len(some), np.uint8)
        wide: dict[int, tuple[int, int]] = {}
        for place, change in enumerate(changes.tolist()):
            whole: Exact = values.value(change)
            own, scale = scaled(whole)
            if abs(own) >= NARROW or scale > MOST_NARROW_DECIMALS:
                wide[place] = own, scale
            else:
                units[place], decimals[place] = own, scale
        operands.units, operands.decimals, operands.wide = units, decimals, wide
    elif values is not None:
        operands.codes, operands.values = values[0][changes], told
    return operands


def joined(parts: Sequence[Operands]) -> Operands:
    """The operands of one field, one after the other; values and keys are told anew."""
    parts = [part for part in parts if len(part.moments)] or list(parts[-1:])
    if len(parts) == 1:
        return parts[0]
    first = parts[0]
    values: list[object] = []
    numbers: list[Ints] = []
    columns: dict[str, list[Ints]] = {name: [] for name in _COLUMNS}
    wide: dict[int, tuple[int, int]] = {}
    key_names = next((part.key_names for part in parts if len(part.key_names)), ())
    done = 0
    for part in parts:
        wide |= {done + at: each for at, each in part.wide.items()}
        done += len(part.moments)
        for name, column in columns.items():
            own = getattr(part, name)
            if own is not None:
                column.append(own.astype(np.int64) + (len(values) if name == "codes" else 0))
        values += part.values
        if isinstance(part.values, Numbered):
            numbers.append(part.values.numbers)
    found = {name: np.concatenate(column) if column else None for name, column in columns.items()}
    told = Numbered(values, np.concatenate(numbers)) if numbers else values
    return Operands(
        first.field, key_names=key_names, values=told, wide=wide, **found,  # type: ignore[arg-type]
    )  # fmt: skip
