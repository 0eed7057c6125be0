"""How does a Spark cluster read and fold a log that is too large for one machine?

Spark schedules and shuffles, nothing else: its executors run our own scanner over ranges of bytes and our own folds
over sorted rows, so every digit, every damaged line and every place is what this machine alone would find.
"""

import importlib.util
import itertools
import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]

from explorer.eventlog.errors import LogError
from explorer.eventlog.log import EventLog
from explorer.history.engines import spark_tasks
from explorer.history.engines.assembly import Assembly
from explorer.history.engines.byte_ranges import ByteRange, ranges_of
from explorer.history.engines.far_lines import FarPart, begins_of, by_hash, lines_of, part_of, wholes_of
from explorer.history.engines.folder_rows import EventTable, FieldTable
from explorer.history.engines.folding import FoldedSegment, together
from explorer.history.engines.local import SpilledLog, job_of, refuse_several
from explorer.history.engines.naming import numbered
from explorer.history.engines.range_rows import NAMED_ALONE, RangeRows, behind
from explorer.history.engines.shuffled import (
    FoldPlan,
    edge_behind,
    folded_from_bytes,
    go_from_bytes,
)
from explorer.history.engines.spilled import ColumnsFile, Spill, written
from explorer.history.engines.whole_log import WholeLog
from explorer.history.folder.layout import GROUP_ROWS
from explorer.history.settling import beginning_of, settled
from explorer.projection.choose import choose
from explorer.projection.model import ReadModel
from explorer.projection.sample import Sample

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

RANGE_UNITS = 64 << 20
PARTITION_ROWS = 1_000_000  # changes that are folded at once by one executor


def session() -> "SparkSession":
    """The session that spark-submit has made, or one on this machine.

    Raises:
        LogError: pyspark or Java is not here; says the line that installs it.
    """
    if importlib.util.find_spec("pyspark") is None:
        raise LogError(
            "the Spark engine", 'it needs pyspark, which is not here: pip install "history-explorer[spark]"'
        )
    if importlib.util.find_spec("pandas") is None:
        raise LogError(
            "the Spark engine", 'pyspark needs pandas for it: pip install "history-explorer[spark]"'
        )
    if not os.environ.get("JAVA_HOME") and shutil.which("java") is None:
        raise LogError(
            "the Spark engine", "it needs Java 17, which is not here: apt-get install openjdk-17-jre-headless"
        )
    from pyspark.sql import SparkSession

    return SparkSession.builder.appName("history-explorer").getOrCreate()


def write_folder(
    parts: Sequence[EventLog],
    choose_model: Callable[[Sample], ReadModel],
    target: Path,
    spark: "SparkSession",
    *,
    replace: bool = False,
    units: int = RANGE_UNITS,
    partition_rows: int = PARTITION_ROWS,
    group_rows: int = GROUP_ROWS,
) -> Path:
    """Read a log with a cluster, and write its history in log order as a history folder here; returns where it is.

    Args:
        parts: The parts of the log, open here, all read in the same way; executors open them by their paths.
        choose_model: As for `local.scanned`.
        target: What the folder is to be.
        spark: The session.
        replace: Whether a history folder that stands there may go.
        units: How large a range is.
        partition_rows: About how many changes one executor folds at once.
        group_rows: How many rows a row group has.

    Raises:
        LogError: A medium failed, the read model is a program and these are several files, or nothing can be written.
    """
    first = parts[0]
    spill_folder = target.parent / f".{target.name}-unfinished"
    for part in parts:
        if part.path is None and not part.far:
            raise LogError(part.name, "executors open files by their paths, and it has none")
    found: list[_SparkLog] = []

    def read(model: ReadModel) -> SpilledLog:
        refuse_several(parts, model)
        while found:
            found.pop().close()
        found.append(_SparkLog(parts, model, spark, spill_folder, units))
        return found[-1].log

    try:
        done = settled(first, choose_model, read, read(choose_model(beginning_of(first))))
        done.check(first.name)
        place = _written(found[-1], parts, target, (replace, partition_rows, group_rows))
        done.spill.remove()
        return place
    finally:
        while found:
            found.pop().close()


class _SparkLog:
    """A log that a cluster has read: its changes are there, all else is here."""

    def __init__(
        self, parts: Sequence[EventLog], model: ReadModel, spark: "SparkSession", folder: Path, units: int
    ) -> None:
        first = parts[0]
        told = spark_tasks.Read(
            tuple("" if part.far else str(Path(str(part.path)).absolute()) for part in parts),
            first.fields, first.read_as, first.profile, model.recipe,
        )  # fmt: skip
        job = msgspec.json.encode(told)
        alone = model.ordered  # a program folds one event after the other: one executor reads all of it
        far = [FarPart.of(number, part, alone=alone) for number, part in enumerate(parts) if part.far]
        ranges = [
            each for number, log in enumerate(parts) for each in ranges_of(number, log, units, in_order=alone)
        ]

        def read(before: Mapping[int, int]) -> "DataFrame":
            return _far(spark, job, far, units, before) if far else _near(spark, job, ranges, before)

        # who asks for positions has the log read twice, first only to be counted
        self.rows = read(_counted(read({})) if model.positioned and not alone else {})
        from pyspark import StorageLevel

        self.rows.persist(StorageLevel.DISK_ONLY)
        self.spark = spark
        try:
            shutil.rmtree(folder, ignore_errors=True) if (folder / "job.json").exists() else None
            spill = Spill(folder, job_of(parts, model.recipe, units))
            blobs = self.rows.where("blob is not null")
            told_goes = blobs.select("range", "go", "bytes", "last").collect()
            numbers = sorted({each["range"] for each in told_goes})
            begins = begins_of(far, {(each["range"], each["bytes"], each["last"]) for each in told_goes})
            goes = Counter(each["range"] for each in told_goes)
            dense = {number: at for at, number in enumerate(numbers)}
            apart = {part.number for part in far if part.by_lines}
            ends = {part_of(number): number for number in numbers if part_of(number) in apart}
            self.changes = 0
            for each in blobs.select("range", "go", "blob").toLocalIterator(prefetchPartitions=True):
                part, changes, own = go_from_bytes(bytes(each["blob"]))
                number, go = each["range"], each["go"]
                self.changes += changes
                own = behind(own, begins.get(number, 0))
                if ends.get(part) == number and go + 1 == goes[number]:
                    _end(parts[part], own)
                spill.save(dense[number], go, part, own)
            for number in numbers:
                spill.finish(dense[number], goes[number])
        except FileExistsError as error:
            self.close()
            raise LogError(
                folder.name, "something else stands where rows would lie until they are sorted"
            ) from error
        except BaseException:
            self.close()
            raise
        known = choose(model.recipe, [], first.fields)
        whole = WholeLog(spill.goes(len(numbers)), known, folder, first.fields.type)
        self.goes = [(number, go) for number in numbers for go in range(goes[number])]
        self.log = SpilledLog(whole, spill)

    def close(self) -> None:
        """Let the cluster forget it."""
        self.rows.unpersist()


def _counted(rows: "DataFrame") -> dict[int, int]:
    """How many events stand before each range."""
    counts: Counter[int] = Counter()
    for each in rows.where("blob is not null").select("range", "events").collect():
        counts[each["range"]] += each["events"]
    numbers = sorted(counts)
    behind_each = itertools.accumulate((counts[number] for number in numbers), initial=0)
    return dict(zip(numbers, behind_each, strict=False))


def _near(
    spark: "SparkSession", job: bytes, ranges: Sequence[ByteRange], before: Mapping[int, int]
) -> "DataFrame":
    """What executors read of files that they see under the same paths."""
    # one partition for each range, which is known by its number
    frame = spark.range(0, len(ranges), 1, len(ranges))
    return frame.mapInArrow(
        lambda batches: spark_tasks.scanned(job, ranges, before, batches), spark_tasks.SCANNED
    )


def _far(
    spark: "SparkSession", job: bytes, parts: Sequence[FarPart], units: int, before: Mapping[int, int]
) -> "DataFrame":
    """What executors read of files that Spark reads for them."""
    told = by_hash(spark, parts)
    frames = []
    if lines := [part for part in parts if part.by_lines]:
        read = lines_of(spark, lines, units)
        frames.append(
            read.mapInArrow(
                lambda batches: spark_tasks.far_lines_scanned(job, told, before, batches), spark_tasks.SCANNED
            )
        )
    if wholes := [part for part in parts if not part.by_lines]:
        read = wholes_of(spark, wholes)
        frames.append(
            read.mapInArrow(
                lambda batches: spark_tasks.far_files_scanned(job, told, before, batches), spark_tasks.SCANNED
            )
        )
    return frames[0] if len(frames) == 1 else frames[0].unionByName(frames[1])


def _end(part: EventLog, rows: RangeRows) -> None:
    """Add what is odd about the end of a part that no executor has seen as a whole."""
    account = rows.account
    after = account.unread[-1].byte if account.unread else -1
    account.unread = [*account.unread, *part.odd_end(account.count, account.lines, after, account.lines)]


def _written(
    found: _SparkLog, parts: Sequence[EventLog], target: Path, options: tuple[bool, int, int]
) -> Path:
    replace, partition_rows, group_rows = options
    whole, folder = found.log.whole, found.log.spill.folder
    with Assembly(whole, target, replace=replace, group_rows=group_rows) as assembly:
        plan = FoldPlan(whole.fields, dict(whole.scales), whole.keys, tuple(whole.end_fields), whole.count)
        segments, named = _folded(found, plan, folder, partition_rows)
        events = EventTable(whole)
        assembly.named(named)
        assembly.tables(events, ((field, FieldTable(segments[field.name])) for field in whole.fields))
        return assembly.finish(parts, events)


def _folded(
    found: _SparkLog, plan: FoldPlan, folder: Path, partition_rows: int
) -> tuple[dict[str, list[FoldedSegment]], list[tuple[Any, Any]]]:
    """The changes, shuffled, folded where they are then, and brought here: by field, and who is named alone."""
    from pyspark import StorageLevel

    before = {key: int(count) for key, count in zip(found.goes, found.log.whole.before, strict=True)}
    placed = found.rows.where("blob is null").mapInArrow(
        lambda batches: spark_tasks.placed(before, batches), spark_tasks.PLACED
    )
    count = found.changes // partition_rows + 1
    shuffled = placed.repartitionByRange(count, "entity", "position").sortWithinPartitions(
        "entity", "position", "place"
    )
    shuffled.persist(StorageLevel.DISK_ONLY)
    try:
        told = msgspec.json.encode(plan)
        ends = _ends(shuffled)
        edges = _edges(shuffled, told, plan, ends)
        answers = shuffled.mapInArrow(
            lambda batches: spark_tasks.folded(told, ends, edges, batches), spark_tasks.FOLDED
        )
        return _taken(answers.toLocalIterator(prefetchPartitions=True), found.log.whole, folder)
    finally:
        shuffled.unpersist()


def _ends(shuffled: "DataFrame") -> dict[int, tuple[bytes, bytes]]:
    """The first and the last entity of each partition that has any."""
    rows = shuffled.mapInArrow(spark_tasks.ends, spark_tasks.ENDS).collect()
    return {row["partition"]: (bytes(row["first"]), bytes(row["last"])) for row in rows}


def _edges(
    shuffled: "DataFrame", told: bytes, plan: FoldPlan, ends: Mapping[int, tuple[bytes, bytes]]
) -> dict[int, bytes]:
    """For each partition whose first entity has begun before, what that begins with there."""
    if not spark_tasks.shared(ends):
        return {}
    rows = shuffled.mapInArrow(
        lambda batches: spark_tasks.edges(told, ends, batches), spark_tasks.EDGES
    ).collect()
    own = {row["partition"]: bytes(row["edge"]) for row in rows}
    found: dict[int, bytes] = {}
    numbers = sorted(ends)
    for number, following in pairwise(numbers):
        first, last = ends[number]
        if ends[following][0] != last:
            continue
        before = found.get(number) if first == last else None
        found[following] = edge_behind(before, own[number], plan)
    return found


def _taken(
    answers: Iterator[Any], whole: WholeLog, folder: Path
) -> tuple[dict[str, list[FoldedSegment]], list[tuple[Any, Any]]]:
    """What executors have folded, in files and with the numbers of the whole log."""
    names = whole.entities.names()
    parts: dict[str, list[list[tuple[Any, Any, Any, Path]]]] = {field.name: [] for field in whole.fields}
    values: dict[str, list[tuple[Path, Any]]] = {name: [] for name in whole.values}
    named: list[tuple[Any, Any]] = []
    for number, answer in enumerate(answers):
        raw, field = bytes(answer["blob"]), answer["field"]
        if field == NAMED_ALONE:
            rows, entities = folded_from_bytes(raw)
            numbers = _numbers(names, entities.column("name"))
            named.append((numbers[rows.column("entity").to_numpy()], rows.column("position").to_numpy()))
            continue
        entities, slots, changes, moved, told = folded_from_bytes(raw)
        path = folder / f"folded-{number:08}"
        numbers = _numbers(names, entities.column("name"))
        columns = {name: changes.column(name).combine_chunks() for name in changes.column_names}
        order = moved.column("change").combine_chunks()
        ColumnsFile.written(path.with_suffix(".sorted"), columns)
        moves = {name: column.take(order) for name, column in columns.items()}
        ColumnsFile.written(
            path.with_suffix(".moved"),
            moves | {"change": order, "place": moved.column("place").combine_chunks()},
        )
        if field in values:
            entries = told.column("name").combine_chunks().cast(pa.large_binary())
            written(path.with_suffix(".values"), {"name": entries})
            values[field].append((path, None))
        own = (
            numbers[slots.column("entity").to_numpy()],
            *(slots.column(name).to_numpy() for name in ("key", "count")),
        )
        if answer["begun"]:
            parts[field][-1].append((*own, path))
        else:
            parts[field].append([(*own, path)])
    for field, paths in values.items():
        _renumber(whole, field, [path for path, _ in paths])
    return {name: [together(each) for each in pieces] for name, pieces in parts.items()}, named


def _numbers(names: pa.Array, some: Any) -> Any:  # noqa: ANN401 - a column; an array
    """The numbers of some sorted names, which lie near each other."""
    from explorer.history.engines.naming import place_of

    own = some.combine_chunks().cast(pa.large_binary())
    low = place_of(names, own[0].as_py())
    high = place_of(names, own[-1].as_py()) + 1
    import pyarrow.compute as pc  # type: ignore[import-untyped]

    return (
        pc.index_in(own, names.slice(low, high - low)).to_numpy(zero_copy_only=False).astype(np.int64) + low
    )


def _renumber(whole: WholeLog, field: str, paths: Sequence[Path]) -> None:
    """Give values the numbers that they have in the whole log."""
    from explorer.history.engines.spilled import mapped

    def entries(path: Path) -> pa.Array:
        return mapped(path.with_suffix(".values")).column("name")

    lists: list[Callable[[], pa.Array]] = [
        whole.values[field].names,
        *(partial(entries, path) for path in paths),
    ]
    numbers: list[list[Any]] = [[] for _ in lists]
    for _, each in numbered(lists):
        for own, part in zip(numbers, each, strict=True):
            own.append(part)
    for path, own in zip(paths, numbers[1:], strict=True):
        new = np.concatenate(own).astype(np.int32)
        for suffix in (".sorted", ".moved"):
            file = ColumnsFile(path.with_suffix(suffix))
            columns = {name: file.read(name) for name in file.names}
            columns["code"] = new[columns["code"]]
            ColumnsFile.written(path.with_suffix(suffix), columns)
