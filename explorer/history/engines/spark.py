"""How does a Spark cluster read and fold a log that is too large for one machine?

Spark schedules and shuffles, nothing else: its executors run our own scanner over ranges of bytes and our own folds
over sorted rows, so every digit, every damaged line and every place is what this machine alone would find.
"""

import importlib.util
import itertools
import os
import shutil
import uuid
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np
import numpy.typing as npt
import pyarrow as pa  # type: ignore[import-untyped]

from explorer.eventlog.errors import LogError
from explorer.eventlog.log import EventLog
from explorer.history.chunks import Chunk
from explorer.history.engines import spark_tasks
from explorer.history.engines.assembly import Assembly
from explorer.history.engines.blobs import unpacked
from explorer.history.engines.blobs import whole as blob_of
from explorer.history.engines.byte_ranges import ByteRange, ranges_of
from explorer.history.engines.far_lines import FarPart, begins_of, by_hash, lines_of, part_of, wholes_of
from explorer.history.engines.field_tables import FieldMade, LogOfTables
from explorer.history.engines.folder_rows import EventTable, FieldTable
from explorer.history.engines.folding import FoldedSegment, together
from explorer.history.engines.local import SpilledLog, job_of, refuse_several
from explorer.history.engines.naming import numbered
from explorer.history.engines.range_rows import RangeRows, behind
from explorer.history.engines.shared_entities import starts_of
from explorer.history.engines.shuffled import FoldPlan, ReadGo, go_from_bytes
from explorer.history.engines.spilled import ColumnsFile, Spill, mapped
from explorer.history.engines.targets import targets_of
from explorer.history.engines.whole_log import WholeLog
from explorer.history.folder.layout import GROUP_ROWS
from explorer.history.settling import beginning_of, settled
from explorer.projection.choose import choose
from explorer.projection.model import Field, ReadModel
from explorer.projection.sample import Sample

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

type Ints = npt.NDArray[Any]

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

    # a driver whose memory is full would stand still for ever; of spark-submit's, the person says it
    builder = SparkSession.builder.appName("history-explorer")
    return builder.config("spark.driver.defaultJavaOptions", "-XX:+ExitOnOutOfMemoryError").getOrCreate()


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
    target = target.absolute()
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
    """A log that a cluster has read: its changes are there, all else is here.

    Attributes:
        rows: What executors have read.
        log: All that is here.
        goes: Of each go the number of its range, and which of that it is.
        changes: Of each how many changes its fields have, …
        of_entities: … and its entities.
    """

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
        try:
            shutil.rmtree(folder, ignore_errors=True) if (folder / "job.json").exists() else None
            spill = Spill(folder, job_of(parts, model.recipe, units))
            self._take(spill, parts, far)
        except FileExistsError as error:
            self.close()
            raise LogError(
                folder.name, "something else stands where rows would lie until they are sorted"
            ) from error
        except BaseException:
            self.close()
            raise
        known = choose(model.recipe, [], first.fields)
        dense = len({number for number, _ in self.goes})
        self.log = SpilledLog(WholeLog(spill.goes(dense), known, folder, first.fields.type), spill)

    def _take(self, spill: Spill, parts: Sequence[EventLog], far: Sequence[FarPart]) -> None:
        """Have here what executors tell of all ranges, but for the changes."""
        heads = self.rows.where("not changes")
        told = heads.where("piece = 0").select("range", "go", "bytes", "last").collect()
        _of_blobs(self.rows)
        numbers = sorted({each["range"] for each in told})
        begins = begins_of(far, {(each["range"], each["bytes"], each["last"]) for each in told})
        counts = Counter(each["range"] for each in told)
        dense = {number: at for at, number in enumerate(numbers)}
        apart = {part.number for part in far if part.by_lines}
        ends = {part_of(number): number for number in numbers if part_of(number) in apart}
        self.goes = [(number, go) for number in numbers for go in range(counts[number])]
        found: dict[tuple[int, int], ReadGo] = {}
        answers = heads.select("range", "go", "blob").toLocalIterator(prefetchPartitions=True)
        for (number, go), raw in _blobs(answers, ("range", "go")):
            own = go_from_bytes(raw)
            found[number, go] = msgspec.structs.replace(own, rows=NO_ROWS)
            rows = behind(own.rows, begins.get(number, 0))
            if ends.get(own.part) == number and go + 1 == counts[number]:
                _end(parts[own.part], rows)
            spill.save(dense[number], go, own.part, rows)
        for number in numbers:
            spill.finish(dense[number], counts[number])
        self.changes = [found[go].changes for go in self.goes]
        self.of_entities = [found[go].of_entities for go in self.goes]

    def close(self) -> None:
        """Let the cluster forget it."""
        self.rows.unpersist()


_OF_BLOBS = {
    "spark.sql.execution.arrow.maxRecordsPerBatch": "8",
    "spark.sql.execution.arrow.maxBytesPerBatch": str(64 << 20),
    "spark.sql.adaptive.enabled": "false",  # each target is a partition
    "spark.sql.codegen.wholeStage": "false",  # to compile what few rows need would take longer
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
}
NO_ROWS = RangeRows(Chunk(), [], {}, {}, [], {}, {}, [])


def _of_blobs(frame: "DataFrame") -> None:
    """Have Spark know from now on that rows are few, and each may be large."""
    for name, value in _OF_BLOBS.items():
        frame.sparkSession.conf.set(name, value)


def _blobs(rows: Iterable[Any], keys: tuple[str, ...]) -> Iterator[tuple[tuple[Any, ...], bytearray]]:
    """Blobs of their pieces, which stand one behind the other."""
    for key, group in itertools.groupby(rows, lambda row: tuple(row[name] for name in keys)):
        yield key, blob_of(row["blob"] for row in group)


def _counted(rows: "DataFrame") -> dict[int, int]:
    """How many events stand before each range."""
    counts: Counter[int] = Counter()
    for each in rows.where("not changes and piece = 0").select("range", "events").collect():
        counts[each["range"]] += each["events"]
    numbers = sorted(counts)
    behind_each = itertools.accumulate((counts[number] for number in numbers), initial=0)
    return dict(zip(numbers, behind_each, strict=False))


def _near(
    spark: "SparkSession", job: bytes, ranges: Sequence[ByteRange], before: Mapping[int, int]
) -> "DataFrame":
    """What executors read of files that they see under the same paths."""
    # one partition for each range, which is known by its number
    frame = spark.newSession().range(0, len(ranges), 1, len(ranges))
    _of_blobs(frame)
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
    seen = _is_seen(found.rows, folder)
    with Assembly(whole, target, replace=replace, group_rows=group_rows) as assembly:
        segments, named = _folded(found, folder, partition_rows, seen=seen)
        events = EventTable(whole)
        assembly.named(named)
        fields = [(field, segments[field.name]) for field in whole.fields]
        if seen:
            made = _fields_made(found, fields, folder, group_rows)
            assembly.tables_of_others(events, made)
        else:
            assembly.tables(events, ((field, FieldTable(own)) for field, own in fields))
        return assembly.finish(parts, events)


def _fields_made(
    found: _SparkLog, fields: Sequence[tuple[Field, Sequence[FoldedSegment]]], folder: Path, group_rows: int
) -> Callable[[], list[FieldMade]]:
    """What has executors write all fields into a folder that they see."""
    log, place = LogOfTables(found.log.whole), str(folder)

    def make() -> list[FieldMade]:
        frame = found.rows.sparkSession.range(0, len(fields), 1, len(fields))
        rows = frame.mapInArrow(
            lambda batches: spark_tasks.written_fields(log, fields, (place, group_rows), batches),
            spark_tasks.MADE,
        ).collect()
        told = {row["number"]: msgspec.json.decode(bytes(row["told"]), type=FieldMade) for row in rows}
        return [told[number] for number in range(len(fields))]

    return make


def _folded(
    found: _SparkLog, folder: Path, partition_rows: int, *, seen: bool
) -> tuple[dict[str, list[FoldedSegment]], list[tuple[Ints, Ints]]]:
    """The changes, shuffled, folded where they are then, and brought here: by field, and who is named alone."""
    from pyspark import StorageLevel

    plan = _plan(found, partition_rows)
    told = msgspec.json.encode(plan)
    numbers = {go: at for at, go in enumerate(found.goes)}
    placed = (
        found.rows.where("changes")
        .select("range", "go", "blob")
        .mapInArrow(lambda batches: spark_tasks.sliced(told, numbers, batches), spark_tasks.SLICED)
    )
    count, shared = max(plan.targets.count, 1), plan.targets.shared()
    apart = placed.repartitionById(count, "target") if hasattr(placed, "repartitionById") else None
    shuffled = placed.repartition(count, "target") if apart is None else apart
    shuffled = shuffled.sortWithinPartitions("target", "go", "piece")
    if shared:
        shuffled.persist(StorageLevel.DISK_ONLY)
    try:
        starts = _starts(shuffled, told, plan) if shared else {}
        place = str(folder) if seen else ""
        answers = shuffled.select("target", "go", "blob").mapInArrow(
            lambda batches: spark_tasks.folded(told, starts, place, batches), spark_tasks.FOLDED
        )
        answers.persist(StorageLevel.DISK_ONLY)
        try:
            answers.count()  # all targets at the same time: they are brought here one after the other
            return _taken(answers.toLocalIterator(prefetchPartitions=True), plan, found.log.whole, folder)
        finally:
            answers.unpersist()
    finally:
        if shared:
            shuffled.unpersist()


def _plan(found: _SparkLog, partition_rows: int) -> FoldPlan:
    whole = found.log.whole
    before: Counter[str] = Counter()
    before_changes = []
    for changes in found.changes:
        before_changes.append({name: before[name] for name in changes})
        before.update(changes)
    return FoldPlan(
        whole.fields, dict(whole.scales), whole.keys, tuple(whole.end_fields), whole.count, whole.before.tolist(),
        before_changes, targets_of(whole, found.of_entities, partition_rows),
    )  # fmt: skip


def _is_seen(rows: "DataFrame", folder: Path) -> bool:
    """Whether executors see a folder of this machine, and may write there."""
    token = uuid.uuid4().hex
    (folder / token).write_text(token)
    place, spark = str(folder.absolute()), rows.sparkSession
    tasks = 2 * spark.sparkContext.defaultParallelism
    frame = spark.range(0, tasks, 1, tasks)
    answers = frame.mapInArrow(
        lambda batches: spark_tasks.seen(token, place, batches), "seen boolean"
    ).collect()
    told = len(list(folder.glob(f"{token}-*")))
    return all(each["seen"] for each in answers) and told >= len(answers)


def _starts(shuffled: "DataFrame", told: bytes, plan: FoldPlan) -> dict[int, bytes]:
    """For each target whose only entity others have, too, what that begins with there."""
    entities = plan.targets.shared()
    wanted = ", ".join(str(target) for targets in entities for target in targets)
    rows = (
        shuffled.where(f"target in ({wanted})")
        .select("target", "go", "blob")
        .mapInArrow(lambda batches: spark_tasks.edges(told, batches), spark_tasks.EDGES)
        .collect()
    )
    edges = {row["target"]: bytes(row["edge"]) for row in rows}
    found: dict[int, bytes] = {}
    for targets in entities:
        found |= zip(targets, starts_of([edges[target] for target in targets], plan), strict=True)
    return found


def _taken(
    answers: Iterator[Any], plan: FoldPlan, whole: WholeLog, folder: Path
) -> tuple[dict[str, list[FoldedSegment]], list[tuple[Ints, Ints]]]:
    """What executors have folded, in files and with the numbers of the whole log."""
    told: dict[int, tuple[Any, list[Ints]]] = {}
    made = folder / "folded"
    made.mkdir()
    for (target, name), blob in _blobs(answers, ("target", "file")):
        if name == spark_tasks.TOLD:
            told[target] = unpacked(blob)
        else:
            (made / name).write_bytes(blob)
    shared = {target: targets for targets in plan.targets.shared() for target in targets}
    segments: dict[str, list[FoldedSegment]] = {field.name: [] for field in plan.fields}
    for at, field in enumerate(plan.fields):
        paths = {
            target: folder / (told[target][0][0] or made.name) / spark_tasks.folded_file(target, at)
            for target in sorted(told)
        }
        if field.name in whole.values:
            _renumber(whole, field.name, list(paths.values()))
        for target, path in paths.items():
            slots, changes = told[target][0][1][field.name]
            own = FoldedSegment(slots, changes, (path,))
            targets = shared.get(target, range(target, target + 1))
            if target != targets[0]:
                continue
            if len(targets) > 1:
                own = together([_of_share(paths[each]) for each in targets])
            segments[field.name].append(own)
    named = [(own[1][0], own[1][1]) for _, own in sorted(told.items())]
    return segments, named


def _of_share(path: Path) -> tuple[Ints, Ints, Ints, Path]:
    """The slots of a share: their entities, keys and counts."""
    slots = ColumnsFile(path.with_suffix(".slots"))
    return slots.read("entity"), slots.read("key"), slots.read("count"), path


def _renumber(whole: WholeLog, field: str, paths: Sequence[Path]) -> None:
    """Give values the numbers that they have in the whole log."""

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
