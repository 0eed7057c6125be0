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
from explorer.eventlog.text_columns import TextColumn
from explorer.history.build import Operands
from explorer.history.chunks import Chunk
from explorer.history.collect import VERSION
from explorer.history.gathered import Gathered
from explorer.history.revisions import entries_of

type Ints = npt.NDArray[Any]
type Columns = dict[str, Ints]

# in place of a field, as none is called
TOUCH, END, PERHAPS_END, NAMED_ALONE = VERSION.name, "(end)", "(perhaps end)", "(named alone)"
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
        changes: (m,) each column of `CHANGES`, by entity, each one's as they came. `row` counts from 1; `place` orders
            all changes of one field; key -1: none; of a sum the value is -1, but of one that is no int64.
    """

    account: Chunk
    fields: list[str]
    names: dict[str, pa.Array]
    scales: dict[str, int]
    keyless: list[str]
    unlisted: dict[str, int]
    events: Columns
    changes: Columns


def rows_of(gathered: Gathered, type_field: str | None) -> RangeRows:
    """What was gathered in one go, as rows.

    Args:
        gathered: All of it, of a read model that is no program.
        type_field: The path of the event's type, which may be the letter of an operation.
    """
    entities, entity_rank = _sorted_names([binary(gathered.names["entities"].values)])
    types, type_rank = _sorted_names([binary(gathered.names["types"].values)])
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
        account, changes.fields, names, changes.scales, changes.keyless, unlisted, events, changes.sorted()
    )


class _Changes:
    """All changes of one go, field after field."""

    def __init__(self, entity_rank: Ints) -> None:
        self.fields: list[str] = []
        self.names: dict[str, pa.Array] = {}
        self.scales: dict[str, int] = {}
        self.keyless: list[str] = []
        self._rank = entity_rank
        self._parts: list[Columns] = []

    def take(self, operands: Operands) -> None:
        """The operands of a field."""
        count, name = len(operands.moments), operands.field.name
        if not count:
            return
        keys = values = np.broadcast_to(np.int64(NOTHING), count)
        if operands.keys is not None and len(operands.key_names):
            self.names[f"keys.{name}"], rank = _sorted_names([binary(operands.key_names)])
            keys = _renamed(rank, operands.keys)
        if operands.keys is not None and bool((operands.keys < 0).any()):
            self.keyless.append(name)
        if operands.codes is not None:
            self.names[f"values.{name}"], rank = _sorted_names([binary(entries_of(operands.values))])
            values = rank[operands.codes]
        elif operands.units is not None and operands.decimals is not None:
            self.scales[name] = int(operands.decimals.max(initial=0))
            if operands.wide:
                told = {at: f"{units} {decimals}" for at, (units, decimals) in operands.wide.items()}
                self.names[f"values.{name}"], rank = _sorted_names([binary(list(told.values()))])
                values = np.full(count, NOTHING)
                values[list(told)] = rank
        self._take(name, operands.moments, operands.entities, (keys, values), operands)

    def take_marks(self, name: str, rows: Ints, entities: Ints) -> None:
        """What there is to say of entities that is no operand."""
        if len(rows):
            nothing = np.full(len(rows), NOTHING)
            self._take(name, rows, entities, (nothing, nothing), None)

    def _take(
        self, name: str, rows: Ints, entities: Ints, told: tuple[Ints, Ints], operands: Operands | None
    ) -> None:
        count = len(rows)
        nothing = np.broadcast_to(np.int64(0), count)
        units, decimals = (None, None) if operands is None else (operands.units, operands.decimals)
        self._parts.append({
            "entity": self._rank[entities],
            "row": rows,
            "place": np.arange(count),
            "field": np.full(count, len(self.fields)),
            "key": told[0],
            "units": nothing if units is None else units,
            "decimals": nothing if decimals is None else decimals,
            "value": told[1],
        })  # fmt: skip
        self.fields.append(name)

    def sorted(self) -> Columns:
        """The columns by entity."""
        if not self._parts:
            return {name: np.zeros(0, kind) for name, kind in CHANGES.items()}
        order = np.argsort(np.concatenate([part["entity"] for part in self._parts]), kind="stable")
        return {
            name: np.concatenate([part[name].astype(kind, copy=False) for part in self._parts])[order]
            for name, kind in CHANGES.items()
        }


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
    entities = gathered.column("entities").astype(np.int64)
    rows = np.flatnonzero(entities >= 0)
    width = gathered.count + 1
    touched = gathered.column("touch.entities").astype(np.int64) * width + gathered.column("touch.moments")
    named = entities[rows] * width + rows + 1
    if len(named) == len(touched) and bool((named == touched).all()):
        return rows[:0]
    return rows[~np.isin(named, touched)] + 1


def binary(texts: Sequence[str]) -> pa.Array:
    """Texts as bytes: UTF-8, in which lone surrogates may stand."""
    column = TextColumn.of(texts)
    starts, ends = column.starts, column.ends
    if not len(ends):
        return pa.array([], pa.large_binary())
    if bool((starts[1:] == ends[:-1]).all()):
        offsets = np.append(starts, ends[-1:]).astype(np.int64)
        buffers = [None, pa.py_buffer(offsets), pa.py_buffer(np.ascontiguousarray(column.data))]
        return pa.Array.from_buffers(pa.large_binary(), len(ends), buffers)
    data = column.data.tobytes()
    each = [data[begin:end] for begin, end in zip(starts.tolist(), ends.tolist(), strict=True)]
    return pa.array(each, pa.large_binary())


def texts_of(names: pa.Array) -> TextColumn:
    """The inverse of `binary`."""
    if not len(names):
        return TextColumn(np.zeros(0, np.uint8), np.zeros(0, np.int64), np.zeros(0, np.int64))
    _, offsets, data = names.buffers()
    places = np.frombuffer(offsets, np.int64)[names.offset : names.offset + len(names) + 1]
    content = np.zeros(0, np.uint8) if data is None else np.frombuffer(data, np.uint8)
    return TextColumn(content, places[:-1], places[1:])


def _sorted_names(parts: Sequence[pa.Array]) -> tuple[pa.Array, Ints]:
    """Names, each once, sorted by their bytes; (n,) the place there of each of them as they came."""
    every = pa.concat_arrays(parts)
    if not len(every):
        return every, np.zeros(0, np.int64)
    coded = every.dictionary_encode()
    order = pc.sort_indices(coded.dictionary).to_numpy()
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    return coded.dictionary.take(pa.array(order)), rank[coded.indices.to_numpy()]


def _renamed(rank: Ints, codes: Ints) -> Ints:
    """Codes by their new places; -1 stays."""
    return np.append(rank, NOTHING)[codes]
