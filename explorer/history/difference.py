"""Which entities differ between two states of a log, or of two logs, and in which fields, found for all at once?

Only the `head` arrays of the two states are compared, and the totals or codes behind them: no value is made. A
hundred thousand accounts cost a few milliseconds; text is made later, for the rows on screen.
"""

from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

from explorer.eventlog.event import Event
from explorer.history.chunks import exact_text
from explorer.history.events import Events
from explorer.history.field_history import NONE, FieldHistory
from explorer.history.history import History
from explorer.history.revisions import Revisions
from explorer.history.state import State
from explorer.history.sums import Sums
from explorer.projection.model import Field

type Ints = npt.NDArray[Any]
type Flags = npt.NDArray[np.bool_]

ADDED, REMOVED, CHANGED = range(3)
KINDS = ("added", "removed", "changed")


class StateDifference(msgspec.Struct):
    """What differs between the states `before` and `after`.

    Attributes:
        before, after: The two states.
        codes: (k,) the entities that differ, in the order in which they came to be.
        kinds: (k,) `ADDED`, `REMOVED` or `CHANGED`.
        differs: (k, fields) which fields have another value; of what was added or removed, which have one at all.
    """

    before: State
    after: State
    codes: Ints
    kinds: Ints
    differs: Flags

    def telling(self) -> Flags:
        """(k, fields) `differs` without the versions, which every event raises, wherever anything else differs."""
        shown = self.differs.copy()
        versions = [column for column, field in enumerate(self.before.fields) if field.is_version]
        shown[:, versions] = False
        bare = ~shown.any(axis=1)
        shown[np.ix_(bare, versions)] = self.differs[np.ix_(bare, versions)]
        return shown

    def count(self, kind: int) -> int:
        """How many entities are of `kind`."""
        return int(np.count_nonzero(self.kinds == kind))


def compare(before: State, after: State) -> StateDifference:
    """Compare two states of one history."""
    existed, exists = before.exists(), after.exists()
    both, lone = existed & exists, existed ^ exists
    differs = np.zeros((len(existed), len(before.fields)), np.bool_)
    for column, field in enumerate(before.fields):
        differs[:, column] = both & _differing(before, after, field)
        for state, alone in ((after, lone & exists), (before, lone & existed)):
            codes = np.flatnonzero(alone)
            differs[codes, column] = _valued(state, field, codes)
    order = (after if after.position >= before.position else before).born
    codes = order[(lone | differs.any(axis=1))[order]]
    kinds = np.where(both[codes], CHANGED, np.where(exists[codes], ADDED, REMOVED))
    return StateDifference(before, after, codes, kinds, differs[codes])


def _differing(before: State, after: State, field: Field) -> Flags:
    """(entities,) whether an entity that exists in both has another value. Digits that say the same are the same."""
    line = after.field_history(field)
    first, second = before.head(field.name), after.head(field.name)
    moved = np.flatnonzero(first != second)
    old, new = first[moved], second[moved]
    found = np.zeros(after.entity_count, np.bool_)
    sure, unsure = _other_values(line, old, new)
    found[line.slot_entity[moved[sure]]] = True
    doubtful = np.zeros(len(found), np.bool_)
    doubtful[line.slot_entity[moved[unsure]]] = True
    if field.keyed_by is not None:  # the key under which nameless amounts are shown may be another one now
        named = after.field_history(after.field(field.keyed_by))
        other, _ = _other_values(named, before.head(field.keyed_by), after.head(field.keyed_by))
        doubtful[named.slot_entity[other]] = True
    for code in np.flatnonzero(doubtful & ~found & before.exists() & after.exists()).tolist():
        found[code] = before.value(code, field) != after.value(code, field)
    return found


def _other_values(line: FieldHistory, old: Ints, new: Ints) -> tuple[Flags, Flags]:
    """(k,) (k,) which pairs of changes set different values, and which must be looked at one by one."""
    none = (old == NONE) | (new == NONE)
    nothing = np.zeros(len(old), np.bool_)
    if line.values is None:  # a count: each change is another number
        return ~nothing, nothing
    if isinstance(line.values, Sums):
        if line.field.fold == "avg":
            return nothing, ~nothing
        sums = line.values
        other = _taken(sums.units, old, 0) != _taken(sums.units, new, 0)  # nothing yet is 0
        unsure = none & ~other & ((line.slot_key is not None) | line.field.nullable)
        if sums.wide:
            wide = np.fromiter(sums.wide, np.int64, len(sums.wide))
            unsure |= np.isin(old, wide) | np.isin(new, wide)
        return other & ~unsure, unsure
    codes, values = line.values
    absent = next((code for code, value in enumerate(values) if value is None), -1) if none.any() else -1
    other = _taken(codes, old, absent) != _taken(codes, new, absent)
    return (nothing, other) if isinstance(values, Revisions) else (other, nothing)


def _valued(state: State, field: Field, codes: Ints) -> Flags:
    """(k,) whether these entities have a value in `field`; an empty sum is one."""
    if field.keyed_by is not None or field.nothing is not None:
        return state.has(field)[codes]
    line = state.field_history(field)
    changes = state.head(field.name)[codes]
    found: Flags = changes != NONE
    if isinstance(line.values, tuple):
        of, values = line.values
        found[found] = [values[code] is not None for code in of[changes[found]].tolist()]
    return found


def _taken(column: Ints, changes: Ints, nothing: int) -> Ints:
    """(k,) the column's numbers at these changes; `nothing` before the first."""
    if not len(column):
        return np.full(len(changes), nothing, np.int64)
    found: Ints = np.where(changes == NONE, nothing, column[changes])
    return found


class FieldDiff(msgspec.Struct, frozen=True):
    """One field that differs."""

    field: Field
    before: object
    after: object


class EntityDiff(msgspec.Struct, frozen=True):
    """One entity that differs: `kind` is `added`, `removed` or `changed`."""

    entity: str
    kind: str
    fields: tuple[FieldDiff, ...]

    @property
    def telling(self) -> tuple[FieldDiff, ...]:
        """Those that differ, without the version, which every event raises, if anything else differs."""
        differing = tuple(each for each in self.fields if each.before != each.after)
        return tuple(each for each in differing if not each.field.is_version) or differing


def diff(history: History, start: int, stop: int) -> list[EntityDiff]:
    """Every entity whose state at `stop` is not its state at `start`, in the order in which they came to be."""
    found = compare(history.state(start), history.state(stop))
    before, after = found.before, found.after
    told = []
    for row, code in enumerate(found.codes.tolist()):
        kind = int(found.kinds[row])
        fields = tuple(
            FieldDiff(
                field,
                None if kind == ADDED else before.value(code, field),
                None if kind == REMOVED else after.value(code, field),
            )
            for field in (before.fields[column] for column in np.flatnonzero(found.differs[row]).tolist())
        )
        told.append(EntityDiff(history.entities[code], KINDS[kind], fields))
    return told


_BLOCK_EVENTS = 4_096


def same_until(first: Events, second: Events) -> int:
    """How many leading events are alike in both logs: type, entity, time, and data if both are of one format."""
    count = min(len(first), len(second))
    alike = _with_data if first.log.format == second.log.format else _without_data
    for begin in range(0, count, _BLOCK_EVENTS):
        end = min(begin + _BLOCK_EVENTS, count)
        if _stretch(first, begin, end) == _stretch(second, begin, end):
            continue  # byte for byte; nothing need be decoded
        for place in range(begin + 1, end + 1):
            if alike(first.event(place)) != alike(second.event(place)):
                return place - 1
    return count


def _stretch(events: Events, begin: int, end: int) -> bytes:
    start = int(events.offsets[begin])
    return events.log.raw(start, int(events.offsets[end - 1]) + int(events.lengths[end - 1]) - start)


def _without_data(event: Event) -> object:
    return event.type, event.entity, event.at if event.at_ns is None else event.at_ns


def _with_data(event: Event) -> object:
    return _without_data(event), exact_text(event.data)


def differences(before: State, after: State) -> list[EntityDiff]:
    """Every entity whose state in one log is not its state in the other; those of `before` come first."""
    theirs = {after.entity(code): code for code in after.codes.tolist()}
    found = []
    for code in before.codes.tolist():
        entity = before.entity(code)
        other = theirs.pop(entity, None)
        one = _compared(entity, before.row(code), None if other is None else after.row(other), before, after)
        if one is not None:
            found.append(one)
    for entity, code in theirs.items():
        one = _compared(entity, None, after.row(code), before, after)
        if one is not None:
            found.append(one)
    return found


def _compared(
    entity: str, old: dict[str, object] | None, new: dict[str, object] | None, before: State, after: State
) -> EntityDiff | None:
    fields = {field.name: field for state in (after, before) for field in state.fields if not field.hidden}
    kind = "added" if old is None else "removed" if new is None else "changed"
    told = tuple(
        FieldDiff(field, None if old is None else old.get(name), None if new is None else new.get(name))
        for name, field in fields.items()
        if kind != "changed" or (old or {}).get(name) != (new or {}).get(name)
    )
    return EntityDiff(entity, kind, told) if told or kind != "changed" else None
