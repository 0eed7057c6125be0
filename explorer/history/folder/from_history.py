"""How does a history in memory become a history folder?"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

from explorer.eventlog.errors import LogError
from explorer.eventlog.log import EventLog
from explorer.eventlog.timestamps import outside
from explorer.history.collect import Collected
from explorer.history.events import NO_TIME, Events
from explorer.history.field_history import FieldHistory
from explorer.history.folder.layout import (
    DENSITY,
    ENTITIES,
    EVENTS,
    GROUP_ROWS,
    KIND_NAMES,
    KINDS,
    NAMED,
    STATE_ENTITIES,
    TYPES,
    WIDE_DIGITS,
    arrow,
    field_table,
    in_order,
)
from explorer.history.folder.manifest import (
    EventsAbout,
    FieldAbout,
    LogAbout,
    Manifest,
    OrderAbout,
    SourcePart,
    ValueKind,
    hash_of,
)
from explorer.history.folder.writer import FieldWriter, FolderWriter
from explorer.history.history import History, Order
from explorer.history.kinds import UNKNOWN, EntityKinds, entity_kinds
from explorer.history.revisions import RevisionEntries
from explorer.history.steady import Made
from explorer.history.sums import Sums

type Ints = npt.NDArray[Any]

_AT_ONCE = 1 << 20  # rows that are made together


def write_folder(
    target: Path,
    collected: Collected,
    histories: Mapping[Order, History],
    *,
    replace: bool = False,
    group_rows: int = GROUP_ROWS,
) -> Path:
    """Write what was read of a log, and its history in one or several orders of time; returns where it is.

    Args:
        target: What the folder is to be.
        collected: What was read, all of it.
        histories: By order; that of the log is among them.
        replace: Whether a history folder that stands there may go.
        group_rows: How many rows a row group has.

    Raises:
        LogError: It cannot be written there, or the log was changed while it was read.
    """
    writer = FolderWriter(target, replace=replace, group_rows=group_rows)
    try:
        history, events = histories["log"], collected.events
        writer.write(EVENTS, _events(events, history))
        writer.write(DENSITY, _density(events, group_rows))
        writer.write(NAMED, _named_alone(events, history))
        same = events.entity_names is history.entities or list(events.entity_names) == list(history.entities)
        writer.write_entities(ENTITIES, events.entity_names.values)
        writer.write_names(TYPES, events.type_names.values)
        if not same:
            writer.write_entities(STATE_ENTITIES, history.entities.values)
        kinds = entity_kinds(history)
        if kinds is not None:
            writer.write_names(KIND_NAMES, kinds.names)
            writer.write(KINDS, _kinds(kinds))
        orders: dict[str, OrderAbout] = {}
        for order, each in histories.items():
            if order != "log":
                writer.write(in_order(order, EVENTS), _ordered(each))
            orders[order] = _order(writer, order, each)
        model = collected.model
        return writer.finish(
            Manifest(
                events=len(events),
                entities=len(history.entities),
                same_entities=same,
                mixed_kinds=() if kinds is None else tuple(kinds.mixed),
                group_rows=group_rows,
                log=log_about(events.log, collected.lines),
                model=model.recipe,
                model_hash=hash_of(model.recipe),
                projection=model.name,
                about=events_about(events, numbered="sequence" in histories),
                orders=orders,
                unread=tuple(events.unread),
                notices=tuple(events.notices),
                unknown=dict(collected.unknown),
                members=collected.members.paths(),
                schemas=dict(collected.schemas),
                program=own_version(),
            )
        )
    finally:
        writer.abandon()


def log_about(log: EventLog, lines: int) -> LogAbout:
    """What the manifest says of a log. Reads it once more, for a sum of its bytes."""
    made = None if log.far else Made.of(log, lines)
    path = log.far if log.path is None else str(log.path.absolute())
    return LogAbout(
        name=log.name,
        format_parts=tuple(log.format_parts),
        fields=log.fields,
        parts=(SourcePart(path, log.size_bytes, made),),
        address=log.address,
        profile=log.profile,
        read_as=log.read_as,
        candidates=log.candidates,
        encoding=log.form.text.encoding,
        columns=tuple(log.columns),
        by_rows=log.by_rows,
        by_time=log.by_time,
        lines=lines,
    )


def events_about(events: Events, *, numbered: bool = False) -> EventsAbout:
    """What the manifest says of all events' columns."""
    times = events.sorting_ns
    counts = np.bincount(events.types, minlength=len(events.type_names)) if len(events) else np.zeros(0, int)
    return EventsAbout(
        untimed=int(np.count_nonzero(events.at_ns == NO_TIME)),
        outside=int(np.count_nonzero(outside(events.at_ns))),
        out_of_order=len(events.out_of_order),
        nobodys=int(np.count_nonzero(events.entities == -1)),
        ascending=not bool((times[1:] < times[:-1]).any()),
        newest_first=events.newest_first,
        out_of_sequence=events.out_of_sequence,
        unnumbered=tuple(events.sequences.unnumbered.tolist()) if numbered else (),
        deletions=tuple(events.deletions.tolist()),
        type_counts=tuple(counts.tolist()),
    )


def own_version() -> str:
    """The version of this program; empty where it is not installed."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("history-explorer")
    except PackageNotFoundError:
        return ""


def _slices(count: int) -> Iterator[slice]:
    for first in range(0, count, _AT_ONCE):
        yield slice(first, min(first + _AT_ONCE, count))


def _nullable(column: Ints, nothing: int) -> Any:  # noqa: ANN401 - an array of Arrow
    """A column in which one number stands for nothing."""
    return arrow()[0].array(column, mask=column == nothing)


def _events(events: Events, history: History) -> Iterator[dict[str, Any]]:
    for own in _slices(len(events)):
        rows = np.arange(own.start, own.stop, dtype=np.int64)
        steps = events.line_steps[np.searchsorted(events.line_rows, rows, "right") - 1]
        yield {
            "position": rows + 1,
            "at_ns": _nullable(events.at_ns[own], NO_TIME),
            "clock_ns": _nullable(history.clock[own], NO_TIME),
            "reached_ns": history.reached[own],
            "type": events.types[own],
            "entity": _nullable(events.entities[own], -1),
            "part": np.zeros(len(rows), np.int32),
            "offset": events.offsets[own],
            "length": events.lengths[own],
            "line": rows + steps,
        }


def _kinds(kinds: EntityKinds) -> Iterator[dict[str, Any]]:
    for own in _slices(len(kinds.of)):
        yield {"entity": np.arange(own.start, own.stop), "kind": _nullable(kinds.of[own], UNKNOWN)}


def _named_alone(events: Events, history: History) -> Iterator[dict[str, Any]]:
    """The events that name an entity and do nothing to it, by entity, then by position."""
    code_of = _codes_in_state(events, history)
    named = np.flatnonzero(events.entities >= 0)
    names = events.entities[named]
    stride = len(events) + 1
    touches = history.touches
    done = touches.slot_entity[touches.slots].astype(np.int64) * stride + touches.moments
    own = code_of[names].astype(np.int64) * stride + named + 1
    alone = (code_of[names] < 0) | ~np.isin(own, done)
    names, positions = names[alone], named[alone] + 1
    order = np.argsort(names, kind="stable")
    for part in _slices(len(order)):
        yield {"entity": names[order[part]], "position": positions[order[part]]}


def _codes_in_state(events: Events, history: History) -> Ints:
    """For each entity that events name its code in the state; -1 if it is not in it."""
    names = events.entity_names
    if names is history.entities:
        return np.arange(len(names))
    found = (history.entities.find(name) for name in names)
    return np.array([-1 if code is None else code for code in found], np.int64)


def _ordered(history: History) -> Iterator[dict[str, Any]]:
    for own in _slices(len(history)):
        positions = np.arange(own.start, own.stop, dtype=np.int64) + 1
        yield {
            "position": positions,
            "clock_ns": _nullable(history.clock[own], NO_TIME),
            "reached_ns": history.reached[own],
            "log_position": history.in_log(positions),
            "this_position": history.in_order(positions),
        }


def _density(events: Events, group_rows: int) -> Iterator[dict[str, Any]]:
    """For each row group of the events, how many of each type, and from when to when."""
    count = len(events)
    for first in range(0, count, group_rows):
        own = slice(first, min(first + group_rows, count))
        types, times = events.types[own], events.at_ns[own]
        found = []
        for kind in np.unique(types).tolist():
            known = times[(types == kind) & (times != NO_TIME)]
            ends = (int(known.min()), int(known.max())) if len(known) else (None, None)
            found.append((first + 1, kind, int(np.count_nonzero(types == kind)), *ends))
        columns: list[Any] = [list(each) for each in zip(*found, strict=True)]
        yield dict(zip(("first", "type", "count", "from_ns", "to_ns"), columns, strict=True))


def _order(writer: FolderWriter, order: Order, history: History) -> OrderAbout:
    lines = [history.field_histories[field.name] for field in history.fields]
    touches = next((at for at, line in enumerate(lines) if line is history.touches), len(lines))
    if touches == len(lines):
        lines.append(history.touches)
    writer.write_born(order, history.touches.birth_ranks, _firsts(history.touches))
    return OrderAbout(
        fields=tuple(_field(writer, order, number, line) for number, line in enumerate(lines)),
        touches=touches,
        problems=tuple(history.problems),
        unlisted=dict(history.unlisted),
    )


def _field(writer: FolderWriter, order: Order, number: int, line: FieldHistory) -> FieldAbout:
    kind: ValueKind = (
        "counts" if line.values is None else "sums" if isinstance(line.values, Sums) else "codes"
    )
    slots, count = len(line.slot_entity), len(line.positions)
    scale = line.values.scale if isinstance(line.values, Sums) else 0
    tables = FieldWriter(writer, order, number, kind, slots, count, line.slot_key, scale)
    for own in _slices(count):
        changes = np.asarray(line.by_position[own], np.int64)
        tables.moved(
            position=line.moments[own], slot=line.slots[own], change=changes, **_values(line, changes)
        )
    slot_of = line.slot_column()
    for own in _slices(count):
        changes, of = np.arange(own.start, own.stop), slot_of[own]
        key = None if line.slot_key is None else line.slot_key[of]
        tables.sorted(
            entity=line.slot_entity[of],
            key=[None] * len(of) if key is None else _nullable(key, -1),
            slot=of,
            position=line.positions[own],
            **_values(line, changes),
        )
    firsts = _firsts(line)
    for own in _slices(slots):
        tables.slots(
            entity=line.slot_entity[own],
            key=[None] * (own.stop - own.start)
            if line.slot_key is None
            else _nullable(line.slot_key[own], -1),
            changes=np.diff(line.offsets)[own],
            born=_nullable(line.birth_ranks[own], -1),
            first_position=_nullable(firsts[own], -1),
        )
    keyframes, twice = tables.finish()
    found = FieldAbout(
        line.field,
        kind,
        changes=count,
        slots=slots,
        twice=twice,
        keyframes=keyframes,
        group_rows=tables.group_rows,
    )
    if line.slot_key is not None:
        writer.write_names(in_order(order, field_table("names/keys", number)), line.keys)
        found = msgspec.structs.replace(found, keys=len(line.keys))
    if isinstance(line.values, Sums):
        return msgspec.structs.replace(found, scale=scale, wide=len(line.values.wide))
    if line.values is not None:
        return _with_values(
            writer, in_order(order, field_table("names/values", number)), found, line.values[1]
        )
    return found


def _firsts(line: FieldHistory) -> Ints:
    """(s,) the position at which each slot came to be; -1: it never did."""
    firsts = np.full(len(line.slot_entity), -1)
    there = np.diff(line.offsets) > 0
    firsts[there] = line.positions[line.offsets[:-1][there]]
    return firsts


def _with_values(writer: FolderWriter, table: str, found: FieldAbout, values: Sequence[object]) -> FieldAbout:
    differences = isinstance(values, RevisionEntries)
    writer.write_values(table, values.entries if isinstance(values, RevisionEntries) else values)
    return msgspec.structs.replace(found, values=len(values), told="entries" if differences else "json")


def _values(line: FieldHistory, changes: Ints) -> dict[str, Any]:
    """The values that some changes set, as columns."""
    if line.values is None:
        return {}
    if not isinstance(line.values, Sums):
        return {"code": line.values[0][changes]}
    sums = line.values
    units, decimals = sums.units[changes], sums.decimals[changes]
    nothing: list[Any] = [None] * len(changes)
    if not sums.wide:
        return {"units": units, "decimals": decimals, "wide": nothing, "digits": nothing}
    told = units.astype(object)
    wide, digits = np.array(nothing, object), np.array(nothing, object)
    decimals = decimals.copy()
    for at, change in enumerate(changes.tolist()):
        if change in sums.wide:
            own, scale = sums.wide[change]
            told[at] = None
            if scale > 255:
                raise LogError(line.field.name, f"a number has {scale:,} decimals, and a folder holds 255")
            decimals[at] = scale
            (wide if abs(own) < 10**WIDE_DIGITS else digits)[at] = (
                own if abs(own) < 10**WIDE_DIGITS else str(own)
            )
    return {"units": told, "decimals": decimals, "wide": wide, "digits": digits}
