"""What does an executor of a cluster do: scan ranges, share out what they say, and fold what was shuffled to it?

What comes in and goes out are rows of few numbers and one blob: a cluster moves some thousands, and looks at none.
"""

import os
import shutil
import tempfile
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]

from explorer.eventlog.event import FieldMap
from explorer.eventlog.log import EventLog, open_log
from explorer.eventlog.profiles.profile import Profile
from explorer.eventlog.read_as import ReadAs
from explorer.history.column_files import trim
from explorer.history.engines.blobs import pieces, whole
from explorer.history.engines.byte_ranges import ByteRange, RangeReader, adopt_lines
from explorer.history.engines.far_lines import FarPart, range_of, splits, wholes
from explorer.history.engines.field_tables import (
    LogOfTables,
    write_entities,
    write_events,
    write_field,
    write_named,
)
from explorer.history.engines.folding import FoldedSegment, fold_segment
from explorer.history.engines.naming import Names, together
from explorer.history.engines.range_rows import rows_of
from explorer.history.engines.shared_entities import edge_of, entries_in, start_of
from explorer.history.engines.shuffled import FoldPlan, GoChanges, HeldLog, go_to_bytes, keep_go, slices
from explorer.history.engines.spilled import ColumnsFile, written
from explorer.history.gathered import Gathered
from explorer.projection.model import Field, Recipe

_BLOB = "piece int, blob binary"
SCANNED = f"range long, go int, bytes long, last boolean, events long, changes boolean, {_BLOB}"
SLICED = f"target int, go int, {_BLOB}"
EDGES = "target int, edge binary"
FOLDED = f"target int, file string, {_BLOB}"
MADE = "number int, told binary"
TOLD = "told"  # in place of a file's name

type Batches = Iterable[pa.RecordBatch]


class Read(msgspec.Struct, frozen=True):
    """How a log is read.

    Attributes:
        paths: Of its parts; empty: far away.
        fields, read_as, profile: What was said or guessed.
        recipe: Of the read model.
        place: A folder that all machines see, where goes lie without their changes; empty: all is told.
    """

    paths: tuple[str, ...]
    fields: FieldMap
    read_as: ReadAs
    profile: Profile
    recipe: Recipe
    place: str


# --- ranges ---------------------------------------------------------------------------------------------------


def scanned(
    job: bytes, ranges: Sequence[ByteRange], before: Mapping[int, int], batches: Batches
) -> Iterator[pa.RecordBatch]:
    """What ranges say, each behind so many events: of a go one blob of its changes, and one of (or about) all else."""
    told = msgspec.json.decode(job, type=Read)
    for batch in batches:
        for number in batch.column("id").to_pylist():
            wanted = ranges[number]
            with _opened(told, wanted.part) as log:
                reader = RangeReader(log, told.recipe)
                goes = reader.read(wanted, before.get(number, 0))
                yield from _goes((number, 0, False), (wanted.part, told.place), log, goes)


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
            yield from _goes((split.range, split.size_bytes, split.last), (part, told.place), log, goes)


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
                yield from _goes((range_of(part.number), 0, True), (part.number, told.place), log, goes)


def _goes(
    told: tuple[int, int, bool], options: tuple[int, str], log: EventLog, goes: Iterator[Gathered]
) -> Iterator[pa.RecordBatch]:
    """The blobs of one range: its number, its bytes and whether it is the last of its part are told of each."""
    part, place = options
    for go, gathered in enumerate(goes):
        rows = rows_of(gathered, log.fields.type)
        count = gathered.count
        del gathered
        if place:
            head = msgspec.json.encode(keep_go(Path(place), f"go-{told[0]}-{go}", rows, part))
        else:
            head = go_to_bytes(rows, part)
        yield from _rows(SCANNED, (*told[:1], go, *told[1:], count, False), head)
        del head
        yield from _rows(SCANNED, (*told[:1], go, *told[1:], count, True), GoChanges.of(rows).dumps())
        trim()


def _opened(told: Read, part: int) -> EventLog:
    return open_log(told.paths[part], told.fields, read_as=told.read_as, profile=told.profile)


# --- targets --------------------------------------------------------------------------------------------------


def sliced(plan: bytes, numbers: Mapping[tuple[int, int], int], batches: Batches) -> Iterator[pa.RecordBatch]:
    """The changes of goes for each target; the number of each go in the whole log is told."""
    targets = msgspec.json.decode(plan, type=FoldPlan).targets
    for (number, go), blob in _whole(batches, ("range", "go")):
        at = numbers[number, go]
        for target, own in slices(GoChanges.loads(blob), at, targets):
            yield from _rows(SLICED, (target, at), own)


def edges(plan: bytes, batches: Batches) -> Iterator[pa.RecordBatch]:
    """What the only entity of a target comes to there."""
    known = msgspec.json.decode(plan, type=FoldPlan)
    for target, goes in _targets(batches):
        yield _row(EDGES, (target, edge_of(HeldLog(known, target, goes), known)))


def folded(
    plan: bytes, starts: Mapping[int, bytes], place: str, batches: Batches
) -> Iterator[pa.RecordBatch]:
    """Targets, folded.

    Args:
        plan: What is known of the whole log.
        starts: Of each target whose only entity others have, too, what it begins with.
        place: A folder that all machines see, where files of what is folded stay; empty: the files are told.
        batches: What was shuffled here, by target and go.
    """
    known = msgspec.json.decode(plan, type=FoldPlan)
    for target, goes in _targets(batches):
        start = starts.get(target)
        log = HeldLog(known, target, goes, None if start is None else entries_in(start))
        begun = None if start is None else start_of(start, log, known)
        folder = Path(tempfile.mkdtemp(dir=place or None, prefix=f"fold-{target}-"))
        try:
            found = fold_segment(log, [log.share], folder, target, begun)
            for at, field in enumerate(known.fields):
                if not field.adds and field.fold != "count":
                    written(folder / values_file(target, at), {"name": log.entries(field.name)})
            entities, positions = found.named
            ColumnsFile.written(folder / named_file(target), {"entity": entities, "position": positions})
            del log, goes
            for path in [] if place else sorted(folder.iterdir()):
                yield from _rows(FOLDED, (target, path.name), path.read_bytes())
        finally:
            if not place:
                shutil.rmtree(folder, ignore_errors=True)
        told = {name: [own.slots, own.changes] for name, own in found.fields.items()}
        # the same done once more stands in another folder: only one of them is ever told
        yield from _rows(FOLDED, (target, TOLD), msgspec.json.encode([folder.name if place else "", told]))
        trim()


def folded_file(target: int, field: int) -> str:
    """How the files of a folded field are called."""
    return f"folded-{target:06}-{field:03}-0000"


def values_file(target: int, field: int) -> str:
    """The file of its values."""
    return f"{folded_file(target, field)}.values"


def named_file(target: int) -> str:
    """The file of those that are named alone."""
    return f"named-{target:06}.columns"


def numbered_names(
    lists: Sequence[Names], cuts: Sequence[Sequence[tuple[int, int]]], place: str, batches: Batches
) -> Iterator[pa.RecordBatch]:
    """Stretches of lists of names, put together in files: the names, and the number of each of each list there."""
    for batch in batches:
        for number in batch.column("id").to_pylist():
            names, numbers = together(lists, cuts[number])
            made = f"{names_file(number)}-{uuid.uuid4().hex}"  # the same done once more stands in another one
            written(Path(place) / f"{made}.arrow", {"name": names})
            ColumnsFile.written(Path(place) / f"{made}.columns", {"number": np.concatenate(numbers)})
            yield _row(MADE, (number, made.encode()))


def names_file(stretch: int) -> str:
    """How the files of a stretch of names begin."""
    return f"stretch-{stretch:06}"


OF_NO_FIELD = 3  # events, names, and those named alone are written beside the fields


def written_tables(
    log: LogOfTables, fields: Sequence[tuple[Field, Sequence[FoldedSegment]]], named: Sequence[Path],
    options: tuple[str, int], batches: Batches,
) -> Iterator[pa.RecordBatch]:  # fmt: skip
    """The tables of a folder, written in a folder that all machines see; options: it, and how many rows a group has."""
    place, group_rows = Path(options[0]), options[1]
    for batch in batches:
        for number in batch.column("id").to_pylist():
            made: Any
            if number == 0:
                made = write_events(log, place, group_rows)
            elif number == 1:
                made = write_entities(log, place, group_rows)
            elif number == 2:
                made = write_named(named, place, group_rows)
            else:
                field, segments = fields[number - OF_NO_FIELD]
                made = write_field(log, (number - OF_NO_FIELD, field), segments, place, group_rows)
            yield _row(MADE, (number, msgspec.json.encode(made)))


def seen(token: str, place: str, batches: Batches) -> Iterator[pa.RecordBatch]:
    """Whether a folder of the driver is seen here, and may be written to."""
    for batch in batches:
        found = False
        try:
            found = (Path(place) / token).read_text() == token
            (Path(place) / f"{token}-{uuid.uuid4().hex}").write_text(token)
        except OSError:
            found = False
        yield pa.record_batch([pa.array([found] * batch.num_rows)], names=["seen"])


# --- rows -----------------------------------------------------------------------------------------------------


def _targets(batches: Batches) -> Iterator[tuple[int, dict[int, GoChanges]]]:
    """The changes of each target by go; rows stand by target, go and piece."""
    target, goes = -1, dict[int, GoChanges]()
    for (own, go), blob in _whole(batches, ("target", "go")):
        if own != target and goes:
            yield target, goes
            goes = {}
        target = own
        goes[go] = GoChanges.loads(blob)
    if goes:
        yield target, goes


def _whole(batches: Batches, keys: tuple[str, ...]) -> Iterator[tuple[tuple[int, ...], bytearray]]:
    """Blobs whose pieces stand one behind the other."""
    key: tuple[int, ...] = ()
    parts: list[Any] = []
    for batch in batches:
        blobs = batch.column("blob")
        for at, own in enumerate(zip(*(batch.column(name).to_pylist() for name in keys), strict=True)):
            if own != key and parts:
                yield key, whole(parts)
                parts = []
            key = own
            parts.append(bytes(blobs[at].as_buffer()))
    if parts:
        yield key, whole(parts)


def _rows(schema: str, told: Sequence[Any], blob: bytes) -> Iterator[pa.RecordBatch]:
    """A blob in rows of its pieces."""
    for number, piece in pieces(blob):
        yield _row(schema, (*told, number, piece))


_KINDS = {
    "int": pa.int32(), "long": pa.int64(), "binary": pa.binary(), "string": pa.string(), "boolean": pa.bool_(),
}  # fmt: skip


def _row(schema: str, values: Sequence[Any]) -> pa.RecordBatch:
    names, arrays = [], []
    for column, value in zip(schema.split(", "), values, strict=True):
        name, kind = column.split()
        names.append(name)
        if kind == "binary":
            ends = pa.py_buffer(np.array([0, len(value)], np.int32))
            arrays.append(pa.Array.from_buffers(pa.binary(), 1, [None, ends, pa.py_buffer(value)]))
        else:
            arrays.append(pa.array([value], _KINDS[kind]))
    return pa.record_batch(arrays, names=names)
