"""What does a go of a range say, as rows that can be put together with those of all others?

Names and values stand in sorted lists of bytes, and rows have their numbers there. So rows of several goes are put in
order without looking at a text, and an engine that has no such lists writes the bytes in their place.
"""

from collections.abc import Sequence
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]

from explorer.eventlog.deletion import OPERATIONS
from explorer.eventlog.field_names import plain
from explorer.eventlog.text_columns import TextColumn, glued
from explorer.history.build import Operands
from explorer.history.chunks import Chunk
from explorer.history.collect import VERSION
from explorer.history.counting import sorted_by_slot
from explorer.history.gathered import Gathered
from explorer.history.ordering import inverse, placed
from explorer.history.revisions import Revisions, entries_of

type Ints = npt.NDArray[Any]
type Columns = dict[str, Ints]

# in place of a field, as none is called
TOUCH, END, PERHAPS_END, NAMED_ALONE = VERSION.name, "\0end", "\0perhaps end", "\0named alone"
NOTHING = -1

EVENTS = {
    "at": np.int64,
    "type": np.int32,
    "entity": np.int32,
    "offset": np.int64,
    "length": np.int32,
    "line": np.int64,
}
CHANGES = {
    "entity": np.int32, "row": np.int32, "place": np.int32, "field": np.int16, "key": np.int32, "units": np.int64,
    "decimals": np.uint8, "value": np.int32,
}  # fmt: skip
ABSENT = {"key": NOTHING, "units": 0, "decimals": 0, "value": NOTHING}  # what a column says that is left out


class RangeRows(msgspec.Struct):
    """One go of a range.

    Attributes:
        account: All that is no column, as of a chunk: counts, what was not read, notices, problems …
        fields: What `field` of a change is the number of: names of fields, and what stands in their place.
        names: `types`, `entities`, and of fields that have them `keys.F` and `values.F`: sorted bytes; a value is
            an entry of `history.revisions`, of a sum that is no int64 units and decimals with a space between them.
        scales: With how many decimals the operands of a sum are written at most.
        keyless: The fields with keys of which some operand names none.
        unlisted: How many problems there are of each kind beside those of the account, which would be too many.
        events: (count,) each column of `EVENTS`, in log order; entity -1: none.
        changes: For each of `fields` columns of `CHANGES` without `field`, (m,) by entity, each one's as they came.
            `row` counts from 1; `place` orders all changes of one field. A column that says nothing is left out, see
            `ABSENT`; of a sum the value is -1, but of one that is no int64.
    """

    account: Chunk
    fields: list[str]
    names: dict[str, pa.Array]
    scales: dict[str, int]
    keyless: list[str]
    unlisted: dict[str, int]
    events: Columns
    changes: list[Columns]

    def together(self) -> Columns:
        """All changes as one table, with every column."""
        told: dict[str, list[Ints]] = {name: [np.zeros(0, kind)] for name, kind in CHANGES.items()}
        for code, part in enumerate(self.changes):
            full = {**part, "field": np.full(len(part["row"]), code, np.int16)}
            for name, column in complete(full).items():
                told[name].append(column)
        return {name: np.concatenate(parts) for name, parts in told.items()}


def complete(columns: Columns) -> Columns:
    """Changes of one field with every column, those that were left out too."""
    count = len(columns["row"])
    found = {}
    for name, kind in CHANGES.items():
        column = columns.get(name)
        found[name] = np.full(count, ABSENT.get(name, 0), kind) if column is None else column.astype(kind)
    return found


def rows_of(gathered: Gathered, type_field: str | None) -> RangeRows:
    """What was gathered in one go, as rows.

    Args:
        gathered: All of it, of a read model that is no program.
        type_field: The path of the event's type, which may be the letter of an operation.
    """
    entities, entity_rank = sorted_names(binary(gathered.names["entities"].values))
    types, type_rank = sorted_names(binary(gathered.names["types"].values))
    steps, at = gathered.column("line_steps", np.int64), gathered.column("line_rows", np.int64)
    count = gathered.count
    spread = np.repeat(steps, np.diff(np.append(at, count)))
    events = {
        "at": gathered.column("at_ns", np.int64),
        "type": _renamed(type_rank, gathered.column("types")),
        "entity": _renamed(entity_rank, gathered.column("entities")),
        "offset": gathered.column("offsets", np.int64),
        "length": gathered.column("lengths"),
        "line": spread + np.arange(count),
    }
    changes = _Changes(entity_rank)
    for field in (VERSION, *gathered.model.fields):
        if field.fold != "count" or field is VERSION:
            changes.take(gathered.operands(field))
    for name, rows in _ends(gathered, type_field):
        changes.take_marks(name, rows, gathered.column("entities")[rows - 1])
    named = _named_alone(gathered)
    changes.take_marks(NAMED_ALONE, named, gathered.column("entities")[named - 1])
    account = Chunk(
        count=count, lines=gathered.lines, fields=list(gathered.met), unread=gathered.unread, notices=gathered.notices,
        problems=gathered.problems.listed, unknown=gathered.unknown, schemas=dict(gathered.schemas),
        members=gathered.members.paths(),
    )  # fmt: skip
    names = {"types": types, "entities": entities, **changes.names}
    events = {name: column.astype(EVENTS[name], copy=False) for name, column in events.items()}
    unlisted = dict(gathered.problems.unlisted)
    return RangeRows(
        account, changes.fields, names, changes.scales, changes.keyless, unlisted, events, changes.parts
    )


class _Changes:
    """All changes of one go, field after field."""

    def __init__(self, entity_rank: Ints) -> None:
        self.fields: list[str] = []
        self.names: dict[str, pa.Array] = {}
        self.scales: dict[str, int] = {}
        self.keyless: list[str] = []
        self.parts: list[Columns] = []
        self._rank = entity_rank.astype(np.int32)

    def take(self, operands: Operands) -> None:
        """The operands of a field."""
        count, name = len(operands.moments), operands.field.name
        if not count:
            return
        told: Columns = {}
        if operands.keys is not None and len(operands.key_names):
            self.names[f"keys.{name}"], rank = sorted_names(binary(operands.key_names))
            told["key"] = _renamed(rank, operands.keys)
        if operands.keys is not None and bool((operands.keys < 0).any()):
            self.keyless.append(name)
        if operands.codes is not None:
            self.names[f"values.{name}"], rank = sorted_names(binary(_entries(operands.values)))
            told["value"] = rank[operands.codes]
        elif operands.units is not None and operands.decimals is not None:
            self.scales[name] = int(operands.decimals.max(initial=0))
            told |= {"units": operands.units, "decimals": operands.decimals}
            if operands.wide:
                texts = {at: f"{units} {decimals}" for at, (units, decimals) in operands.wide.items()}
                self.names[f"values.{name}"], rank = sorted_names(binary(list(texts.values())))
                told["value"] = np.full(count, NOTHING)
                told["value"][list(texts)] = rank
        self._take(name, operands.moments, operands.entities, told)

    def take_marks(self, name: str, rows: Ints, entities: Ints) -> None:
        """What there is to say of entities that is no operand."""
        if len(rows):
            self._take(name, rows, entities, {})

    def _take(self, name: str, rows: Ints, entities: Ints, told: Columns) -> None:
        """Sort by entity what comes in the order of the log."""
        owners, moments = self._rank[entities], np.ascontiguousarray(rows, np.int32)
        counts = np.bincount(owners, minlength=len(self._rank))
        offsets = np.append(0, np.cumsum(counts)).astype(np.int64)
        places, moments, _ = sorted_by_slot(owners, moments, offsets)
        columns = {
            "entity": np.repeat(np.arange(len(counts), dtype=np.int32), counts),
            "row": moments,
            "place": inverse(places),
            **{column: placed(values, places) for column, values in told.items()},
        }
        self.parts.append({
            column: values if column == "units" else values.astype(CHANGES[column], copy=False)
            for column, values in columns.items()
        })  # fmt: skip
        self.fields.append(name)


def _ends(gathered: Gathered, type_field: str | None) -> list[tuple[str, Ints]]:
    """Where things that have a name are deleted; and where they are if this is a log of captured changes."""
    entities, found = gathered.column("entities"), []
    said = np.array([each.position for each in gathered.notices if each.kind == "delete"], np.int64)
    found.append((END, np.unique(said)))
    if plain((type_field or "").rpartition(".")[2]) in OPERATIONS:
        letters = [code for code, name in enumerate(gathered.names["types"].values) if name.lower() == "d"]
        deleted = np.flatnonzero(np.isin(gathered.column("types"), letters)) + 1
        found.append((PERHAPS_END, np.setdiff1d(deleted, said)))
    return [(name, rows[entities[rows - 1] >= 0]) for name, rows in found]


def _named_alone(gathered: Gathered) -> Ints:
    """The events that name an entity and do nothing to it."""
    entities = gathered.column("entities")
    moments = gathered.column("touch.moments")
    reached = np.zeros(gathered.count + 1, np.bool_)
    reached[moments[entities[moments - 1] == gathered.column("touch.entities")]] = True
    return np.flatnonzero((entities >= 0) & ~reached[1:]) + 1


def _entries(values: Sequence[object]) -> Sequence[str]:
    """What stands for values, each by itself: a program tells some by what they differ from others."""
    return entries_of(list(values) if isinstance(values, Revisions) else values)


def binary(texts: Sequence[str]) -> pa.Array:
    """Texts as bytes: UTF-8, in which lone surrogates may stand."""
    column = TextColumn.of(texts)
    if not len(column):
        return pa.array([], pa.large_binary())
    if not bool((column.starts[1:] == column.ends[:-1]).all()):
        column = glued(len(column), [column])
    offsets = np.append(column.starts, column.ends[-1:]).astype(np.int64)
    buffers = [None, pa.py_buffer(offsets), pa.py_buffer(np.ascontiguousarray(column.data))]
    return pa.Array.from_buffers(pa.large_binary(), len(column), buffers)


def texts_of(names: pa.Array) -> TextColumn:
    """The inverse of `binary`."""
    if not len(names):
        return TextColumn(np.zeros(0, np.uint8), np.zeros(0, np.int64), np.zeros(0, np.int64))
    _, offsets, data = names.buffers()
    places = np.frombuffer(offsets, np.int64)[names.offset : names.offset + len(names) + 1]
    content = np.zeros(0, np.uint8) if data is None else np.frombuffer(data, np.uint8)
    return TextColumn(content, places[:-1], places[1:])


def sorted_names(names: pa.Array) -> tuple[pa.Array, Ints]:
    """Names, each once, sorted by their bytes; (n,) the place there of each of them as they came."""
    if not len(names):
        return names, np.zeros(0, np.int64)
    order = pc.sort_indices(names)
    found = names.take(order)
    rank = inverse(order.to_numpy())
    starts = np.flatnonzero(_changes_in(found))
    if len(starts) == len(found):
        return found, rank
    return found.take(pa.array(starts)), (np.searchsorted(starts, rank, "right") - 1)


def _changes_in(names: pa.Array) -> npt.NDArray[np.bool_]:
    """(n,) which of sorted names is not the one before it."""
    found = np.ones(len(names), np.bool_)
    found[1:] = pc.not_equal(names.slice(1), names.slice(0, len(names) - 1)).to_numpy(zero_copy_only=False)
    return found


def _renamed(rank: Ints, codes: Ints) -> Ints:
    """Codes by their new places; -1 stays."""
    return np.append(rank, NOTHING)[codes]
