"""What does an executor of a cluster do: scan ranges, place rows, and fold those that were shuffled to it?

Everything comes in and goes out as batches of Arrow; in between are the steps that all engines share.
"""

import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]

from explorer.eventlog.event import FieldMap
from explorer.eventlog.log import EventLog, open_log
from explorer.eventlog.profiles.profile import Profile
from explorer.eventlog.read_as import ReadAs
from explorer.history.engines.byte_ranges import ByteRange, RangeReader, adopt_lines
from explorer.history.engines.far_lines import FarPart, range_of, splits, wholes
from explorer.history.engines.range_rows import rows_of
from explorer.history.engines.shuffled import (
    ROWS,
    EntityPiece,
    FoldPlan,
    changes_of,
    edge_of,
    fold_piece,
    go_to_bytes,
    pieces_of,
)
from explorer.history.gathered import Gathered
from explorer.projection.model import Recipe

_OF_ROWS = "entity binary, position long, field string, place int, key binary, units long, decimals int, value binary"
SCANNED = f"range long, go int, bytes long, last boolean, events long, {_OF_ROWS}, blob binary"
PLACED = _OF_ROWS
ENDS = "partition int, first binary, last binary"
EDGES = "partition int, edge binary"
FOLDED = "partition int, piece int, begun boolean, field string, blob binary"
_ROWS_AT_ONCE = 65_536

type Batches = Iterable[pa.RecordBatch]
type Ends = Mapping[int, tuple[bytes, bytes]]


class Read(msgspec.Struct, frozen=True):
    """How a log is read: the paths of its parts (empty: far away), what was said or guessed, and the read model."""

    paths: tuple[str, ...]
    fields: FieldMap
    read_as: ReadAs
    profile: Profile
    recipe: Recipe


def scanned(
    job: bytes, ranges: Sequence[ByteRange], before: Mapping[int, int], batches: Batches
) -> Iterator[pa.RecordBatch]:
    """The rows of ranges: of each go its changes, and all else as one blob; so many events stand `before` a range."""
    told = msgspec.json.decode(job, type=Read)
    for batch in batches:
        for number in batch.column("id").to_pylist():
            wanted = ranges[number]
            with _opened(told, wanted.part) as log:
                reader = RangeReader(log, told.recipe)
                yield from _goes(
                    (number, 0, False), wanted.part, log, reader.read(wanted, before.get(number, 0))
                )


def far_lines_scanned(
    job: bytes, parts: Mapping[int, FarPart], before: Mapping[int, int], batches: Batches
) -> Iterator[pa.RecordBatch]:
    """The same of lines that Spark has read, see `far_lines.lines_of`."""
    told = msgspec.json.decode(job, type=Read)
    for split in splits(parts, batches):
        with (
            split.file,
            adopt_lines(
                os.dup(split.file.fileno()), Path(split.part.address).name, told.fields, told.read_as, told.profile,
                first=not split.begin,
            ) as log,
        ):  # fmt: skip
            reader, part = RangeReader(log, told.recipe), split.part.number
            goes = reader.read(ByteRange(part), before.get(split.range, 0))
            yield from _goes((split.range, split.size_bytes, split.last), part, log, goes)


def far_files_scanned(
    job: bytes, parts: Mapping[int, FarPart], before: Mapping[int, int], batches: Batches
) -> Iterator[pa.RecordBatch]:
    """The same of whole files that Spark has read, see `far_lines.wholes_of`."""
    told = msgspec.json.decode(job, type=Read)
    with tempfile.TemporaryDirectory() as folder:
        for part, place in wholes(parts, batches, Path(folder)):
            with open_log(place, told.fields, read_as=told.read_as, profile=told.profile) as log:
                goes = RangeReader(log, told.recipe).read(
                    ByteRange(part.number), before.get(range_of(part.number), 0)
                )
                yield from _goes((range_of(part.number), 0, True), part.number, log, goes)


def _goes(
    told: tuple[int, int, bool], part: int, log: EventLog, goes: Iterator[Gathered]
) -> Iterator[pa.RecordBatch]:
    """The rows of one range: its number, its bytes and whether it is the last of its part are told of each."""
    for go, gathered in enumerate(goes):
        rows = rows_of(gathered, log.fields.type)
        yield from _of_range((*told, gathered.count), go, changes_of(rows), None)
        yield from _of_range((*told, gathered.count), go, None, go_to_bytes(rows, part))


def _opened(told: Read, part: int) -> EventLog:
    return open_log(told.paths[part], told.fields, read_as=told.read_as, profile=told.profile)


def _of_range(
    told: tuple[int, int, bool, int], go: int, rows: pa.Table | None, blob: bytes | None
) -> Iterator[pa.RecordBatch]:
    number, size, last, events = told
    count = 1 if rows is None else len(rows)
    if not count:
        return
    columns = {
        "range": pa.array(np.full(count, number, np.int64)),
        "go": pa.array(np.full(count, go, np.int32)),
        "bytes": pa.array(np.full(count, size, np.int64)),
        "last": pa.array(np.full(count, last, np.bool_)),
        "events": pa.array(np.full(count, events, np.int64)),
    }
    for name, kind in ROWS.items():
        columns[name] = pa.nulls(count, kind) if rows is None else rows.column(name)
    columns["blob"] = pa.nulls(count, pa.binary()) if blob is None else pa.array([blob], pa.binary())
    yield from pa.table(columns).combine_chunks().to_batches(_ROWS_AT_ONCE)


def placed(before: Mapping[tuple[int, int], int], batches: Batches) -> Iterator[pa.RecordBatch]:
    """The changes with positions in the whole log, where so many events stand `before` each go of a range."""
    for batch in batches:
        if not batch.num_rows:
            continue
        ranges, goes = batch.column("range").to_numpy(), batch.column("go").to_numpy()
        positions = batch.column("position").to_numpy().copy()
        for number, go in {*zip(ranges.tolist(), goes.tolist(), strict=True)}:
            positions[(ranges == number) & (goes == go)] += before[number, go]
        columns = {name: batch.column(name) for name in ROWS} | {"position": pa.array(positions)}
        yield pa.record_batch(list(columns.values()), names=list(columns))


def ends(batches: Batches) -> Iterator[pa.RecordBatch]:
    """The first and the last entity of a sorted partition."""
    first = last = None
    for batch in batches:
        if batch.num_rows:
            first = batch.column("entity")[0].as_py() if first is None else first
            last = batch.column("entity")[-1].as_py()
    if first is not None:
        yield _row(ENDS, {"partition": _partition(), "first": first, "last": last})


def shared(told: Ends) -> frozenset[bytes]:
    """The entities that are in several partitions."""
    numbers = sorted(told)
    return frozenset(told[one][1] for one, other in pairwise(numbers) if told[one][1] == told[other][0])


def edges(plan: bytes, told: Ends, batches: Batches) -> Iterator[pa.RecordBatch]:
    """What the last entity of a partition comes to there, if it goes on in the next."""
    for piece in _pieces(told, batches):
        if piece.goes_on:
            edge = edge_of(piece, msgspec.json.decode(plan, type=FoldPlan))
            yield _row(EDGES, {"partition": _partition(), "edge": edge})


def folded(
    plan: bytes, told: Ends, before: Mapping[int, bytes], batches: Batches
) -> Iterator[pa.RecordBatch]:
    """The pieces of a partition, folded; `before` tells with what its first entity begins."""
    known = msgspec.json.decode(plan, type=FoldPlan)
    for number, piece in enumerate(_pieces(told, batches)):
        start = before[_partition()] if piece.begun else None
        for field, blob in fold_piece(piece, known, start):
            columns = {
                "partition": _partition(),
                "piece": number,
                "begun": piece.begun,
                "field": field,
                "blob": blob,
            }
            yield _row(FOLDED, columns)


def _pieces(told: Ends, batches: Batches) -> Iterator[EntityPiece]:
    rows = [batch for batch in batches if batch.num_rows]
    if not rows:
        return
    number = _partition()
    numbers = sorted(told)
    at = numbers.index(number)
    last = told[numbers[at - 1]][1] if at else None
    first = told[numbers[at + 1]][0] if at + 1 < len(numbers) else None
    yield from pieces_of(pa.Table.from_batches(rows), shared(told), last, first)


def _partition() -> int:
    from pyspark import TaskContext

    context = TaskContext.get()
    assert context is not None
    return int(context.partitionId())


def _row(schema: str, columns: Mapping[str, Any]) -> pa.RecordBatch:
    kinds = {"int": pa.int32(), "binary": pa.binary(), "string": pa.string(), "boolean": pa.bool_()}
    told = [each.split() for each in schema.split(", ")]
    arrays = [pa.array([columns[name]], kinds[kind]) for name, kind in told]
    return pa.record_batch(arrays, names=[name for name, _ in told])
