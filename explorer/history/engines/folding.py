"""How are the goes of a log, which lie on the disk, folded segment by segment in a bounded memory?"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, Protocol

import msgspec
import numpy as np
import numpy.typing as npt
import pyarrow as pa  # type: ignore[import-untyped]

from explorer.history.build import Operands
from explorer.history.column_files import trim
from explorer.history.engines.range_rows import ABSENT, NAMED_ALONE, TOUCH, Columns, texts_of
from explorer.history.engines.segments import FoldedField, Numbered, Segment, carried, folded, joined
from explorer.history.engines.spilled import ColumnsFile
from explorer.history.engines.whole_log import WholeLog
from explorer.history.ordering import narrow, stable_order
from explorer.history.sums import Sums
from explorer.projection.model import Field

type Ints = npt.NDArray[Any]

_KINDS = {
    "entity": np.int32, "position": np.int64, "place": np.int64, "go": np.int32, "key": np.int32, "units": np.int64,
    "decimals": np.uint8, "value": np.int32,
}  # fmt: skip
SEGMENT_ROWS = 2_000_000  # changes that are folded at once

type GoRows = tuple[
    int, dict[str, tuple[int, int]]
]  # the number of a go, and of each field which of its changes


class RowsOfField(Protocol):
    """Changes of one field in a go, see `spilled.ColumnsFile`."""

    @property
    def names(self) -> Sequence[str]:
        """Which columns."""

    def read(self, name: str, begin: int = 0, end: int | None = None) -> Ints:
        """The rows of a column from one to another, half-open."""


class RowsOfGo(Protocol):
    """Changes of a go, see `spilled.SpilledGo`."""

    @property
    def changes(self) -> Mapping[str, RowsOfField]:
        """Those of each field that has some here."""

    def names(self, kind: str) -> pa.Array:
        """The sorted names of a kind."""


class RowsOfLog[Go: RowsOfGo](Protocol):
    """What folding needs of all goes, or of those that hold the changes of some entities; see `WholeLog`."""

    @property
    def goes(self) -> Sequence[Go]: ...
    @property
    def fields(self) -> tuple[Field, ...]: ...
    @property
    def scales(self) -> Mapping[str, int]: ...
    @property
    def keys(self) -> Mapping[str, list[str]]: ...
    @property
    def end_fields(self) -> Collection[str]: ...
    @property
    def count(self) -> int: ...
    @property
    def before(self) -> Ints: ...
    @property
    def before_changes(self) -> Sequence[Mapping[str, int]]: ...
    def numbers(self, go: Go, kind: str, begin: int = 0, end: int | None = None) -> Ints: ...
    def values_of(self, name: str, codes: Ints | None = None) -> Sequence[object]: ...
    def null_of(self, name: str) -> int: ...


class SegmentShare(msgspec.Struct, frozen=True):
    """Some entities, and what happened to them in some goes of the log.

    Attributes:
        first, end: Numbers of the entities, half-open.
        rows: For each of those goes its number, and for each field which of its changes, half-open.
    """

    first: int
    end: int
    rows: list[GoRows]


def segments_of(whole: WholeLog, most: int = SEGMENT_ROWS) -> Iterator[list[SegmentShare]]:
    """All entities in segments of about so many changes; one entity with more comes in several stretches."""
    after = np.cumsum(whole.rows_of_entities)
    firsts = [0]
    while firsts[-1] < len(after):
        before = int(after[firsts[-1] - 1]) if firsts[-1] else 0
        firsts.append(max(int(np.searchsorted(after, before + most, "right")), firsts[-1] + 1))
    borders: list[dict[str, list[int]]] = []
    for go in whole.goes:
        own = np.searchsorted(whole.numbers(go, "entities"), firsts).astype(np.int32)
        borders.append({
            name: np.searchsorted(changes.read("entity"), own).tolist() for name, changes in go.changes.items()
        })  # fmt: skip
    for at, (first, end) in enumerate(pairwise(firsts)):
        rows: list[GoRows] = []
        for number, of_fields in enumerate(borders):
            there = {name: (own[at], own[at + 1]) for name, own in of_fields.items() if own[at + 1] > own[at]}
            if there:
                rows.append((number, there))
        shares = [rows] if end > first + 1 else list(_shared(rows, most))
        yield [SegmentShare(first, end, share) for share in shares or [[]]]


def _shared(rows: list[GoRows], most: int) -> Iterator[list[GoRows]]:
    """Goes that have about so many of these changes together."""
    share: list[GoRows] = []
    count = 0
    for each in rows:
        own = sum(high - low for low, high in each[1].values())
        if share and count + own > most:
            yield share
            share, count = [], 0
        share.append(each)
        count += own
    if share:
        yield share


class SegmentRows[Go: RowsOfGo]:
    """The changes of some goes to some entities, field by field, with the numbers of the whole log."""

    def __init__(self, whole: RowsOfLog[Go], stretch: SegmentShare) -> None:
        self._whole = whole
        self._stretch = stretch

    def _columns(self, name: str) -> Columns:
        """Of one field or mark, in the order of the log; `entity` counts from the first of the segment."""
        whole, first = self._whole, self._stretch.first
        parts: list[Columns] = []
        for at, of_fields in self._stretch.rows:
            if name not in of_fields:
                continue
            go, (low, high) = whole.goes[at], of_fields[name]
            changes = go.changes[name]
            places = changes.read("place", low, high)
            order = stable_order(places, int(places.max()) + 1)
            part = {
                column: changes.read(column, low, high)[order]
                for column in changes.names if column not in {"row", "place", "entity"}
            }  # fmt: skip
            own = changes.read("entity", low, high)
            begin, end = int(own[0]), int(own[-1]) + 1
            numbers = whole.numbers(go, "entities", begin, end) - first
            part["entity"] = numbers.astype(np.int32)[own - begin][order]
            part["place"] = places[order].astype(np.int64) + whole.before_changes[at][name]
            part["position"] = changes.read("row", low, high)[order].astype(np.int64) + whole.before[at]
            part["go"] = np.full(len(order), at, np.int32)
            parts.append(part)
        return {
            column: np.concatenate([
                np.full(len(part["go"]), ABSENT[column], kind) if column not in part else part[column]
                for part in parts
            ]).astype(kind, copy=False) if parts else np.zeros(0, kind)
            for column, kind in _KINDS.items()
        }  # fmt: skip

    def segment(self, entity_count: int, fields: tuple[Field, ...], *, shared: bool = False) -> Segment:
        """They, to be folded; of an entity that is shared by stretches values are told with their numbers in each."""
        ends = [self._columns(name) for name in self._whole.end_fields]
        positions = np.concatenate([each["position"] for each in ends])
        entities = np.concatenate([each["entity"] for each in ends])
        order = np.argsort(positions, kind="stable")
        found = {
            field.name: self._operands(field, fields, ends=len(order) > 0, shared=shared) for field in fields
        }
        return Segment(
            entity_count,
            {name: operands for name, (operands, _) in found.items()},
            {name: places for name, (_, places) in found.items()},
            (positions[order], entities[order]),
        )

    def named_alone(self) -> tuple[Ints, Ints]:
        """The entities that are named by an event that does nothing to them, and where; by entity, then by position."""
        rows = self._columns(NAMED_ALONE)
        order = np.lexsort((rows["position"], rows["entity"]))
        return rows["entity"][order], rows["position"][order]

    def _operands(
        self, field: Field, fields: tuple[Field, ...], *, ends: bool, shared: bool
    ) -> tuple[Operands, Ints]:
        whole, count = self._whole, field.fold == "count"
        rows = self._columns(TOUCH if count else field.name)
        moments = rows["position"].astype(narrow(whole.count), copy=False)
        found = Operands(field, moments, rows["entity"])
        if count:
            return found, rows["place"]
        if field.keyed_by is not None:
            found.key_names = whole.keys[field.name]
            found.keys = self._keys(field.name, rows, found.key_names)
        if field.adds:
            found.units, found.decimals = rows["units"], rows["decimals"]
            found.wide = self._wide(field.name, rows)
            return found, rows["place"]
        codes = np.empty(len(moments), np.int64)
        for go, own in _by_go(rows):
            codes[own] = whole.numbers(whole.goes[go], f"values.{field.name}")[rows["value"][own]]
        keys = {each.keyed_by for each in fields}
        if field.fold == "last" and field.name not in keys and not ends and not shared:
            found.codes = codes.astype(np.int32)  # nobody looks what they stand for
        else:
            more = [whole.null_of(field.name)] if ends and len(moments) else []
            numbers, codes = np.unique(np.append(codes, more).astype(np.int64), return_inverse=True)
            found.codes = codes[: len(moments)].astype(np.int32)
            found.values = Numbered(whole.values_of(field.name, numbers), numbers)
        return found, rows["place"]

    def _keys(self, field: str, rows: Columns, names: list[str] | tuple[str, ...]) -> Ints:
        place = {name: at for at, name in enumerate(names)}
        keys = rows["key"].copy()
        for go, own in _by_go(rows):
            told = [place[name] for name in texts_of(self._whole.goes[go].names(f"keys.{field}"))]
            keys[own] = np.array([*told, -1], np.int32)[rows["key"][own]]
        return keys

    def _wide(self, field: str, rows: Columns) -> dict[int, tuple[int, int]]:
        found: dict[int, tuple[int, int]] = {}
        for go, own in _by_go(rows):
            if bool((rows["value"][own] >= 0).any()):
                names = self._whole.goes[go].names(f"values.{field}")
                for at in (np.flatnonzero(rows["value"][own] >= 0) + own.start).tolist():
                    units, decimals = names[int(rows["value"][at])].as_py().split()
                    found[at] = int(units), int(decimals)
        return found


def _by_go(rows: Columns) -> Iterator[tuple[int, slice]]:
    """The rows of each go, which stand together."""
    goes = rows["go"]
    cuts = [0, *(np.flatnonzero(np.diff(goes)) + 1).tolist(), len(goes)]
    for begin, end in pairwise(cuts):
        if begin < end:
            yield int(goes[begin]), slice(begin, end)


# --- what is folded lies on the disk until it is written ---------------------------------------------------


class FoldedSegment(msgspec.Struct, frozen=True):
    """One field of a segment, folded, in files: one for each stretch.

    Attributes:
        slots, changes: How many.
        paths: Of each stretch `…-moved`, and where there are several `…-sorted`; of the first also `…-slots`.
        own_values: Whether values have numbers of their own there, by lists of `…-values`.
    """

    slots: int
    changes: int
    paths: tuple[Path, ...]
    own_values: bool = False

    def of_slots(self, name: str) -> Ints:
        """(s,) of each slot its `entity`, its `key` (-1: none), its `count` of changes, or `count-N` in a stretch."""
        found: Ints = ColumnsFile(self.paths[0].with_suffix(".slots")).read(name)
        return found


class Folded(msgspec.Struct, frozen=True):
    """One segment.

    Attributes:
        fields: By name.
        named: Entities, and positions, as of `SegmentRows.named_alone`.
    """

    fields: dict[str, FoldedSegment]
    named: tuple[Ints, Ints]


def fold_segment[Go: RowsOfGo](
    whole: RowsOfLog[Go], stretches: list[SegmentShare], folder: Path, number: int,
    begun: Mapping[str, Operands] | None = None,
) -> Folded:  # fmt: skip
    """Fold one segment into files; of an entity that is folded elsewhere, too, `begun` tells what it begins with."""
    fields, first = whole.fields, stretches[0].first
    count = stretches[0].end - first
    shared = len(stretches) > 1 or begun is not None
    before = {} if not shared else dict(begun) if begun is not None else _before_all(whole, stretches)
    parts: dict[str, list[tuple[Ints, Ints, Ints, Path]]] = {field.name: [] for field in fields}
    named: list[tuple[Ints, Ints]] = []
    for at, stretch in enumerate(stretches):
        rows = SegmentRows(whole, stretch)
        entities, positions = rows.named_alone()
        named.append((entities.astype(np.int64) + first, positions))
        segment = rows.segment(count, fields, shared=shared)
        segment = _begun(segment, before)
        done = folded(fields, segment, whole.scales)
        for index, field in enumerate(fields):
            found = done[field.name]
            if shared:
                before[field.name] = carried(field, found.line, count, segment.operands[field.name].values)
            path = folder / f"folded-{number:06}-{index:03}-{at:04}"
            parts[field.name].append((*_written(found, first, path, shared=shared), found.counts, path))
    trim()
    both = np.concatenate([each for each, _ in named]), np.concatenate([each for _, each in named])
    return Folded({name: together(each) for name, each in parts.items()}, both)


def _before_all[Go: RowsOfGo](whole: RowsOfLog[Go], stretches: list[SegmentShare]) -> dict[str, Operands]:
    """With what an entity begins that comes in stretches."""
    there = {name for share in stretches for _, of_fields in share.rows for name in of_fields}
    nothing = begin_with_nothing(whole.fields, whole.end_fields, there)
    found: dict[str, Operands] = {}
    for field in whole.fields:
        nobody = np.zeros(0, np.int64)
        begin = Operands(field, nobody, nobody)
        if field.name in nothing:
            one = np.zeros(1, np.int64)
            null = Numbered([None], np.array([whole.null_of(field.name)]))
            begin = Operands(field, one, one, codes=one, values=null)
        found[field.name] = begin
    return found


def begin_with_nothing(
    fields: Sequence[Field], end_fields: Collection[str], there: Collection[str]
) -> list[str]:
    """The fields that begin with nothing, of which an end makes nothing again; others do not begin before a value.

    Args:
        fields: All fields.
        end_fields: By which marks entities end.
        there: The fields and marks that the entity has changes of.
    """
    if set(there).isdisjoint(end_fields):
        return []
    keys = {field.keyed_by for field in fields}
    return [
        field.name
        for field in fields
        if field.fold == "last" and field.name in there and field.name not in keys
    ]


def _begun(segment: Segment, before: dict[str, Operands]) -> Segment:
    """A stretch behind which another one was folded."""
    if not before:
        return segment
    operands = {name: joined([before[name], own]) for name, own in segment.operands.items()}
    places = {
        name: np.concatenate([np.zeros(len(before[name].moments), own.dtype), own])
        for name, own in segment.places.items()
    }
    return msgspec.structs.replace(segment, operands=operands, places=places)


def _written(found: FoldedField, first: int, path: Path, *, shared: bool) -> tuple[Ints, Ints]:
    """Write the changes of a field as they happened, of a shared entity by slot, too; whose its slots are."""
    entities = found.slot_entity.astype(np.int64) + first
    keys = np.full(len(entities), -1) if found.slot_key is None else found.slot_key.astype(np.int64)
    columns: dict[str, Any] = {"slot": found.slots.astype(np.int32), "position": found.positions}
    columns |= plain_values(found.values)
    if shared:
        ColumnsFile.written(path.with_suffix(".sorted"), columns)
    order, places = found.order, found.places
    moved = {
        name: column.take(order) if not isinstance(column, np.ndarray) else column[order]
        for name, column in columns.items()
    }
    moved |= {
        "change": order.astype(np.int32),
        "place": places.astype(narrow(int(places.max(initial=0)))),
    }
    ColumnsFile.written(path.with_suffix(".moved"), moved)
    return entities, keys


def plain_values(values: Sums | tuple[Ints, Any] | None) -> dict[str, Any]:
    """Values as columns: a total that is no int64 is a text."""
    if values is None:
        return {}
    if not isinstance(values, Sums):
        return {"code": values[0].astype(np.int32)}
    told: dict[str, Any] = {"units": values.units, "decimals": values.decimals}
    if values.wide:
        texts: list[str | None] = [None] * len(values.units)
        for at, (units, decimals) in values.wide.items():
            texts[at] = f"{units} {decimals}"
        told["wide"] = pa.array(texts, pa.large_string())
    return told


def together(parts: list[tuple[Ints, Ints, Ints, Path]]) -> FoldedSegment:
    """The slots of all stretches, each once, and in each file the numbers that they have there."""
    if len(parts) == 1:
        entities, keys, own, path = parts[0]
        return _with_slots(entities, keys, [own], (path,))
    every = np.unique(
        np.concatenate([np.stack([entities, keys], 1) for entities, keys, _, _ in parts]), axis=0
    )
    place = {(entity, key): at for at, (entity, key) in enumerate(every.tolist())}
    counts = np.zeros((len(parts), len(every)), np.int64)
    for at, (entities, keys, own, path) in enumerate(parts):
        slots = np.array(
            [place[pair] for pair in zip(entities.tolist(), keys.tolist(), strict=True)], np.int64
        )
        counts[at, slots] = own
        if len(slots) == len(every) and bool((slots == np.arange(len(slots))).all()):
            continue
        for kind in (".sorted", ".moved"):
            file = ColumnsFile(path.with_suffix(kind))
            columns = {name: file.read(name) for name in file.names}
            columns["slot"] = slots[columns["slot"]].astype(np.int32)
            ColumnsFile.written(path.with_suffix(kind), columns)
    return _with_slots(every[:, 0], every[:, 1], list(counts), tuple(path for *_, path in parts))


def _with_slots(entities: Ints, keys: Ints, counts: list[Ints], paths: tuple[Path, ...]) -> FoldedSegment:
    """Write what there is to say of each slot; very many slots of all fields would be too much for memory."""
    total = np.sum(counts, axis=0, dtype=np.int64)
    narrow_total = total.astype(narrow(int(total.max(initial=0))))
    columns = {"entity": entities.astype(np.int32), "key": keys.astype(np.int32), "count": narrow_total}
    if len(counts) > 1:
        columns |= {f"count-{at}": own for at, own in enumerate(counts)}
    ColumnsFile.written(paths[0].with_suffix(".slots"), columns)
    return FoldedSegment(len(entities), int(total.sum()), paths)
