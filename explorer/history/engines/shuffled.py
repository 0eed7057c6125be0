"""What travels between machines: rows in which names stand as bytes, and what is folded of them, as Arrow tables?

All that is here is done by whoever holds some rows, wherever that is; nothing knows an engine.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]

from explorer.history.build import Operands
from explorer.history.chunks import Chunk, from_header, header
from explorer.history.collect import VERSION
from explorer.history.endings import can_begin_anew
from explorer.history.engines.folding import plain_values
from explorer.history.engines.range_rows import NAMED_ALONE, TOUCH, Columns, RangeRows, texts_of
from explorer.history.engines.segments import CARRIED, FoldedField, Numbered, Segment, carried, folded, joined
from explorer.history.ordering import narrow
from explorer.history.revisions import entries_of, other_entry, values_of
from explorer.projection.model import Field

type Ints = npt.NDArray[Any]

NULL = other_entry("null").encode()
ROWS = {
    "entity": "binary", "position": "int64", "field": "string", "place": "int32", "key": "binary", "units": "int64",
    "decimals": "int32", "value": "binary",
}  # fmt: skip

NOBODY = pa.array([b""], pa.binary())
EMPTY = pa.table({name: pa.array([], kind) for name, kind in ROWS.items()})


class FoldPlan(msgspec.Struct, frozen=True):
    """What everybody must know of the whole log who folds some of it.

    Attributes:
        fields: All fields, and what counts all that happens to an entity if none of them does.
        scales, keys, end_fields, count: As of `WholeLog`.
    """

    fields: tuple[Field, ...]
    scales: dict[str, int]
    keys: dict[str, list[str]]
    end_fields: tuple[str, ...]
    count: int


def changes_of(rows: RangeRows, before: int = 0) -> pa.Table:
    """The changes of a go, with names in place of numbers; `before` events stand before it."""
    own = rows.together()
    fields = pa.array(rows.fields, pa.string())
    keys, values = _named(rows, "keys.", own, "key"), _named(rows, "values.", own, "value")
    columns = {
        "entity": rows.names["entities"].take(pa.array(own["entity"])).cast(pa.binary()),
        "position": pa.array(own["row"].astype(np.int64) + before),
        "field": fields.take(pa.array(own["field"])),
        "place": pa.array(own["place"]),
        "key": keys,
        "units": pa.array(own["units"]),
        "decimals": pa.array(own["decimals"].astype(np.int32)),
        "value": values,
    }
    return pa.table(columns)


def _named(rows: RangeRows, kind: str, own: Columns, column: str) -> pa.Array:
    """What the numbers of a column stand for, each field's by its own names; null: none."""
    lists = [rows.names.get(f"{kind}{name}", pa.array([], pa.large_binary())) for name in rows.fields]
    begins = np.concatenate([[0], np.cumsum([len(names) for names in lists])]).astype(np.int64)
    every = pa.concat_arrays(lists) if lists else pa.array([], pa.large_binary())
    places = own[column].astype(np.int64) + begins[own["field"].astype(np.int64)]
    return every.take(pa.array(places, mask=own[column] < 0)).cast(pa.binary())


def go_to_bytes(rows: RangeRows, part: int) -> bytes:
    """All of a go but its changes."""
    told = {
        "account": json.loads(header(rows.account)), "fields": rows.fields, "scales": rows.scales,
        "keyless": rows.keyless, "unlisted": rows.unlisted, "part": part, "names": list(rows.names),
        "changes": sum(len(part["row"]) for part in rows.changes),
    }  # fmt: skip
    tables = [pa.table(rows.events), *(pa.table({"name": names}) for names in rows.names.values())]
    return _packed(json.dumps(told).encode(), tables)


def go_from_bytes(raw: bytes) -> tuple[int, int, RangeRows]:
    """The inverse of `go_to_bytes`, without changes: the part, how many changes, and the rows."""
    head, (events, *names) = _unpacked(raw)
    told = json.loads(head)
    account: Chunk = from_header(json.dumps(told["account"]).encode())[0]
    lists = {
        name: table.column("name").combine_chunks() for name, table in zip(told["names"], names, strict=True)
    }
    columns = {name: events.column(name).to_numpy() for name in events.column_names}
    rows = RangeRows(
        account, told["fields"], lists, told["scales"], told["keyless"], told["unlisted"], columns, []
    )
    return told["part"], told["changes"], rows


def _packed(head: bytes, tables: Sequence[pa.Table]) -> bytes:
    sink = pa.BufferOutputStream()
    sink.write(len(head).to_bytes(8, "little") + head)
    for table in tables:
        with pa.ipc.new_stream(sink, table.schema) as writer:
            writer.write_table(table)
    found: bytes = sink.getvalue().to_pybytes()
    return found


def _unpacked(raw: bytes) -> tuple[bytes, list[pa.Table]]:
    source = pa.BufferReader(raw)
    head = source.read(int.from_bytes(source.read(8), "little"))
    tables = []
    while source.tell() < source.size():
        tables.append(pa.ipc.open_stream(source).read_all())
    return head, tables


# --- folding ------------------------------------------------------------------------------------------------


class EntityPiece(msgspec.Struct, frozen=True):
    """Some entities of a partition, folded together.

    Attributes:
        entities: Their names, sorted.
        rows: Their changes.
        goes_on: Whether the last of them has more in the next partition; then it is the only one.
        begun: Whether the first has something in the partition before; then it is the only one.
    """

    entities: pa.Array
    rows: pa.Table
    goes_on: bool = False
    begun: bool = False


def pieces_of(
    rows: pa.Table, shared: frozenset[bytes], last: bytes | None, first: bytes | None
) -> Iterator[EntityPiece]:
    """The entities of a partition: each of those that are in several partitions by itself.

    Args:
        rows: Sorted by entity.
        shared: The entities that are in several partitions.
        last: The last entity of the partition before, if there is one, …
        first: … and the first of the next.
    """
    names = rows.column("entity").combine_chunks()
    if not len(names):
        return
    coded = names.dictionary_encode()
    codes, every = coded.indices.to_numpy(), coded.dictionary
    cuts = {0, len(names)}
    for at in range(len(every)) if len(every) < 2 or not shared else (0, len(every) - 1):
        if every[at].as_py() in shared:
            cuts |= set(np.searchsorted(codes, [at, at + 1]).tolist())
    for begin, end in pairwise(sorted(cuts)):
        low, high = int(codes[begin]), int(codes[end - 1]) + 1
        own = every.slice(low, high - low)
        alone = high - low == 1
        name = own[0].as_py()
        yield EntityPiece(
            own, rows.slice(begin, end - begin), alone and name == first, alone and name == last
        )


class _Rows:
    """The changes of one piece, field by field."""

    def __init__(self, piece: EntityPiece, plan: FoldPlan) -> None:
        self._plan = plan
        names = piece.rows.column("entity").combine_chunks()
        entities = pc.index_in(names, piece.entities).to_numpy(zero_copy_only=False).astype(np.int32)
        fields = piece.rows.column("field").combine_chunks().dictionary_encode()
        codes = fields.indices.to_numpy()
        positions, places = (piece.rows.column(name).to_numpy() for name in ("position", "place"))
        self._parts: dict[str, tuple[Ints, pa.Table]] = {}
        self._entities = entities
        for code, name in enumerate(fields.dictionary.to_pylist()):
            own = np.flatnonzero(codes == code)
            own = own[np.lexsort((places[own], positions[own]))]
            self._parts[name] = own, piece.rows.take(pa.array(own))

    def of(self, name: str) -> tuple[Ints, pa.Table | None]:
        """Entities, and the other columns, in the order in which it happened; None: there is nothing."""
        own, rows = self._parts.get(name, (np.zeros(0, np.int64), None))
        return self._entities[own], rows

    def places(self, name: str) -> tuple[Ints, Ints]:
        """Positions and entities of marks, in log order."""
        entities, rows = self.of(name)
        return (np.zeros(0, np.int64) if rows is None else rows.column("position").to_numpy()), entities

    def segment(self, count: int) -> tuple[Segment, dict[str, pa.Array]]:
        """They, to be folded; and for each field with codes the sorted entries of its values."""
        marks = [self.places(name) for name in self._plan.end_fields]
        positions = np.concatenate([each for each, _ in marks])
        entities = np.concatenate([each for _, each in marks])
        order = np.argsort(positions, kind="stable")
        operands: dict[str, Operands] = {}
        places: dict[str, Ints] = {}
        values: dict[str, pa.Array] = {}
        for field in self._plan.fields:
            own, rows = self.of(TOUCH if field.fold == "count" else field.name)
            nothing = np.zeros(0, np.int64)
            moments = nothing if rows is None else rows.column("position").to_numpy()
            places[field.name] = nothing if rows is None else rows.column("place").to_numpy()
            found = Operands(field, moments.astype(narrow(self._plan.count)), own)
            operands[field.name] = found
            if field.fold == "count":
                continue
            if field.keyed_by is not None:
                found.key_names = self._plan.keys[field.name]
                names = pa.array(
                    [name.encode("utf-8", "surrogatepass") for name in found.key_names], pa.binary()
                )
                found.keys = _found(rows, "key", names)
            if field.adds:
                found.units = nothing if rows is None else rows.column("units").to_numpy()
                found.decimals = (nothing if rows is None else rows.column("decimals").to_numpy()).astype(
                    np.uint8
                )
                found.wide = _wide(rows)
            else:
                told = (
                    pa.array([], pa.binary())
                    if rows is None
                    else pc.unique(rows.column("value").combine_chunks())
                )
                if len(order):
                    told = pc.unique(pa.concat_arrays([told, pa.array([NULL], pa.binary())]))
                told = told.take(pc.sort_indices(told))
                values[field.name] = told
                found.codes = _found(rows, "value", told)
                entries = list(texts_of(told.cast(pa.large_binary())))
                found.values = Numbered(values_of(entries), np.arange(len(told)))
        return Segment(count, operands, places, (positions[order], entities[order])), values


def _found(rows: pa.Table | None, column: str, names: pa.Array) -> Ints:
    """The place of each among some names; -1: null."""
    if rows is None:
        return np.zeros(0, np.int32)
    found = pc.index_in(rows.column(column).combine_chunks(), names, skip_nulls=True)
    told: Ints = pc.fill_null(found, -1).to_numpy(zero_copy_only=False).astype(np.int32)
    return told


def _wide(rows: pa.Table | None) -> dict[int, tuple[int, int]]:
    if rows is None:
        return {}
    column = rows.column("value").combine_chunks()
    found: dict[int, tuple[int, int]] = {}
    for at in np.flatnonzero(pc.is_valid(column).to_numpy(zero_copy_only=False)).tolist():
        units, decimals = column[at].as_py().split()
        found[at] = int(units), int(decimals)
    return found


def fold_piece(piece: EntityPiece, plan: FoldPlan, before: bytes | None) -> Iterator[tuple[str, bytes]]:
    """Each field of a piece, folded; and under the name of `NAMED_ALONE` who is named alone.

    Args:
        piece: It.
        plan: Of the whole log.
        before: What its only entity begins with, as `edge_of` told it.
    """
    rows = _Rows(piece, plan)
    count = len(piece.entities)
    segment, values = rows.segment(count)
    if before is not None:
        segment, values = _behind(segment, values, edge_from_bytes(before, plan))
    for name, found in folded(plan.fields, segment, plan.scales).items():
        yield name, _folded_to_bytes(piece.entities, found, values.get(name))
    positions, entities = rows.places(NAMED_ALONE)
    order = np.lexsort((positions, entities))
    table = pa.table({"entity": entities[order], "position": positions[order]})
    yield NAMED_ALONE, _packed(b"", [table, pa.table({"name": piece.entities})])


def _folded_to_bytes(entities: pa.Array, found: FoldedField, values: pa.Array | None) -> bytes:
    keys = np.full(len(found.slot_entity), -1) if found.slot_key is None else found.slot_key
    slots = pa.table({"entity": found.slot_entity, "key": keys.astype(np.int64), "count": found.counts})
    columns: dict[str, Any] = {"slot": found.slots.astype(np.int32), "position": found.positions}
    columns |= plain_values(found.values)
    moved = pa.table({"change": found.order.astype(np.int32), "place": found.places.astype(np.int64)})
    told = pa.array([], pa.binary()) if values is None else values
    return _packed(
        b"", [pa.table({"name": entities}), slots, pa.table(columns), moved, pa.table({"name": told})]
    )


def folded_from_bytes(raw: bytes) -> tuple[pa.Table, ...]:
    """Names of entities, slots, changes by slot, their order, and entries of values."""
    return tuple(_unpacked(raw)[1])


# --- what an entity that is in several partitions begins with in the next -----------------------------------


def edge_of(piece: EntityPiece, plan: FoldPlan) -> bytes:
    """What all that happened to a single entity comes to, if nothing stands before it."""
    segment, _ = _Rows(piece, plan).segment(1)
    return _edge_to_bytes(plan, segment)


def _edge_to_bytes(plan: FoldPlan, segment: Segment) -> bytes:
    done = folded(plan.fields, segment, plan.scales)
    of_model = [field for field in plan.fields if field != VERSION]
    ended = len(segment.ends[0]) > 0 and can_begin_anew(of_model)
    told: dict[str, Any] = {"ended": ended, "fields": {}}
    for field in plan.fields:
        own = carried(field, done[field.name].line, 1, segment.operands[field.name].values)
        codes = None if own.codes is None else own.codes.tolist()
        told["fields"][field.name] = {
            "keys": None if own.keys is None else own.keys.tolist(),
            "units": None if own.units is None else own.units.tolist(),
            "decimals": None if own.decimals is None else own.decimals.tolist(),
            "wide": [[at, str(units), scale] for at, (units, scale) in own.wide.items()],
            "entries": None if codes is None else list(entries_of([own.values[code] for code in codes])),
            "count": len(own.moments),
        }
    return json.dumps(told).encode()


def edge_from_bytes(raw: bytes, plan: FoldPlan, at: int = CARRIED) -> dict[str, Operands]:
    """The same as operands at a position."""
    found: dict[str, Operands] = {}
    for field in plan.fields:
        told = json.loads(raw)["fields"][field.name]
        own = Operands(field, np.full(told["count"], at, np.int64), np.zeros(told["count"], np.int32))
        if told["keys"] is not None:
            own.keys, own.key_names = np.array(told["keys"], np.int32), plan.keys[field.name]
        if told["units"] is not None:
            own.units = np.array(told["units"], np.int64)
            own.decimals = np.array(told["decimals"], np.uint8)
            own.wide = {place: (int(units), scale) for place, units, scale in told["wide"]}
        if told["entries"] is not None:
            own.codes = np.arange(told["count"], dtype=np.int32)
            own.values = Numbered(values_of(told["entries"]), np.arange(told["count"]))
        found[field.name] = own
    return found


def edge_behind(before: bytes | None, edge: bytes, plan: FoldPlan) -> bytes:
    """What an entity comes to that had come to `before` when what `edge` tells happened to it."""
    if before is None:
        return edge
    first, more = edge_from_bytes(before, plan), edge_from_bytes(edge, plan, CARRIED + 1)
    keys = {field.keyed_by for field in plan.fields if field.keyed_by is not None}
    for name in keys:
        more[name].moments = more[name].moments + 1  # amounts that had no key yet go by the key of before
    if json.loads(edge)["ended"]:  # of what was before, only that key stays
        nothing = edge_from_bytes(
            _edge_to_bytes(plan, _Rows(EntityPiece(NOBODY, EMPTY), plan).segment(1)[0]), plan
        )
        first = {name: own if name in keys else nothing[name] for name, own in first.items()}
    operands = {name: joined([first[name], own]) for name, own in more.items()}
    nobody = np.zeros(0, np.int64)
    places = {name: np.arange(len(own.moments)) for name, own in operands.items()}
    return _edge_to_bytes(plan, Segment(1, operands, places, (nobody, nobody)))


def _behind(
    segment: Segment, values: dict[str, pa.Array], before: Mapping[str, Operands]
) -> tuple[Segment, dict[str, pa.Array]]:
    """A piece behind what its entity begins with."""
    operands = dict(segment.operands)
    places = dict(segment.places)
    told = dict(values)
    for name, own in segment.operands.items():
        first = before[name]
        if not len(first.moments):
            continue
        if own.codes is not None:
            every = [*texts_of(values[name].cast(pa.large_binary())), *entries_of(list(first.values))]
            names = pa.array([text.encode("utf-8", "surrogatepass") for text in every], pa.binary())
            alike = pc.unique(names)
            alike = alike.take(pc.sort_indices(alike))
            told[name] = alike
            codes = pc.index_in(names, alike).to_numpy(zero_copy_only=False).astype(np.int32)
            split = len(values[name])
            both = Numbered(values_of(list(texts_of(alike.cast(pa.large_binary())))), np.arange(len(alike)))
            first = msgspec.structs.replace(first, codes=codes[split:][first.codes], values=both)
            operands[name] = msgspec.structs.replace(
                own, moments=np.concatenate([first.moments, own.moments]),
                entities=np.concatenate([first.entities, own.entities]),
                codes=np.concatenate([first.codes, codes[:split][own.codes]]), values=both,
            )  # fmt: skip
        else:
            operands[name] = joined([first, own])
        places[name] = np.concatenate([np.zeros(len(first.moments), np.int64), places[name]])
    return msgspec.structs.replace(segment, operands=operands, places=places), told
