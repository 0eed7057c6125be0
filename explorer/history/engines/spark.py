"""How does a Spark cluster read and fold a log that is too large for one machine?

Spark schedules and shuffles, nothing else: its executors run our own scanner over ranges of bytes and our own folds
over sorted rows, so every digit, every damaged line and every place is what this machine alone would find.
"""

import importlib.util
import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import numpy.typing as npt

from explorer.eventlog.errors import LogError
from explorer.eventlog.log import EventLog
from explorer.history.engines import spark_tasks
from explorer.history.engines.assembly import Assembly
from explorer.history.engines.bounds import Bounds
from explorer.history.engines.field_tables import FieldMade, LogOfTables, TablesMade, codes_of
from explorer.history.engines.folder_rows import EventTable, FieldTable
from explorer.history.engines.folding import FoldedSegment, together
from explorer.history.engines.local import SpilledLog, refuse_several
from explorer.history.engines.shared_entities import starts_of
from explorer.history.engines.shuffled import FoldPlan
from explorer.history.engines.spark_reading import SparkLog, blobs, check_room
from explorer.history.engines.spilled import ColumnsFile
from explorer.history.engines.targets import targets_of
from explorer.history.folder.layout import GROUP_ROWS
from explorer.history.settling import beginning_of, settled
from explorer.projection.model import Field, ReadModel
from explorer.projection.sample import Sample

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

type Ints = npt.NDArray[Any]

OF_EXECUTORS = Bounds(segment_rows=1_000_000)


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
    bounds: Bounds = OF_EXECUTORS,
    group_rows: int = GROUP_ROWS,
) -> Path:
    """Read a log with a cluster, and write its history in log order as a history folder here; returns where it is.

    Args:
        parts: The parts of the log, open here, all read in the same way; executors open them by their paths.
        choose_model: As for `local.scanned`.
        target: What the folder is to be.
        spark: The session.
        replace: Whether a history folder that stands there may go.
        bounds: How large ranges are, and how much one executor folds and names at once.
        group_rows: How many rows a row group has.

    Raises:
        LogError: A medium failed, the read model is a program and these are several files, nothing can be written, or
            all would come to a driver that has no room for it.
    """
    first = parts[0]
    target = target.absolute()
    spill_folder = target.parent / f".{target.name}-unfinished"
    for part in parts:
        if part.path is None and not part.far:
            raise LogError(part.name, "executors open files by their paths, and it has none")
    found: list[SparkLog] = []

    def read(model: ReadModel) -> SpilledLog:
        refuse_several(parts, model)
        while found:
            found.pop().close()
        found.append(SparkLog(parts, model, spark, spill_folder, bounds))
        return found[-1].log

    try:
        done = settled(first, choose_model, read, read(choose_model(beginning_of(first))))
        done.check(first.name)
        place = _written(found[-1], parts, target, (replace, bounds.segment_rows, group_rows))
        done.spill.remove()
        return place
    finally:
        while found:
            found.pop().close()


def _written(
    found: SparkLog, parts: Sequence[EventLog], target: Path, options: tuple[bool, int, int]
) -> Path:
    replace, partition_rows, group_rows = options
    whole, folder = found.log.whole, found.log.spill.folder
    with Assembly(whole, target, replace=replace, group_rows=group_rows) as assembly:
        segments, named = _folded(found, folder, partition_rows)
        found.close()  # what the cluster keeps is as large as the folder
        fields = [(field, segments[field.name]) for field in whole.fields]
        if found.seen:
            _written_there(found, assembly, fields, (named, folder, group_rows))
        else:
            assembly.named((own.read("entity"), own.read("position")) for own in map(ColumnsFile, named))
            tables = (
                (field, FieldTable(own, codes_of(whole.values.get(field.name), own, folder / f"codes-{at}")))
                for at, (field, own) in enumerate(fields)
            )
            assembly.tables(EventTable(whole), tables)
        return assembly.finish(parts)


def _written_there(
    found: SparkLog, assembly: Assembly, fields: Sequence[tuple[Field, Sequence[FoldedSegment]]],
    options: tuple[Sequence[Path], Path, int],
) -> None:  # fmt: skip
    """Have executors write all tables into a folder that they see."""
    log, (named, folder, group_rows) = LogOfTables(found.log.whole), options
    place, tasks = str(folder), len(fields) + spark_tasks.OF_NO_FIELD
    frame = found.rows.sparkSession.range(0, tasks, 1, tasks)
    rows = frame.mapInArrow(
        lambda batches: spark_tasks.written_tables(log, fields, named, (place, group_rows), batches),
        spark_tasks.MADE,
    ).collect()
    told = [bytes(row["told"]) for row in sorted(rows, key=lambda row: row["number"])]
    others = [msgspec.json.decode(each, type=TablesMade) for each in told[: spark_tasks.OF_NO_FIELD]]
    of_fields = [msgspec.json.decode(each, type=FieldMade) for each in told[spark_tasks.OF_NO_FIELD :]]
    events = next(each.events for each in others if each.events is not None)
    assembly.tables_of_others(of_fields, others, events)


def _folded(
    found: SparkLog, folder: Path, partition_rows: int
) -> tuple[dict[str, list[FoldedSegment]], list[Path]]:
    """The changes, shuffled, and folded where they are then: by field, in files; and files of who is named alone."""
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
        place = str(folder) if found.seen else ""
        answers = shuffled.select("target", "go", "blob").mapInArrow(
            lambda batches: spark_tasks.folded(told, starts, place, batches), spark_tasks.FOLDED
        )
        if found.seen:
            return _taken(answers.collect(), plan, folder)
        answers.persist(StorageLevel.DISK_ONLY)
        try:
            answers.count()  # all targets at the same time: they are brought here one after the other
            check_room(found.rows.sparkSession, folder, answers)
            return _taken(answers.toLocalIterator(prefetchPartitions=True), plan, folder)
        finally:
            answers.unpersist()
    finally:
        if shared:
            shuffled.unpersist()


def _plan(found: SparkLog, partition_rows: int) -> FoldPlan:
    whole = found.log.whole
    before: Counter[str] = Counter()
    before_changes = []
    for changes in found.changes:
        before_changes.append({name: before[name] for name in changes})
        before.update(changes)
    return FoldPlan(
        whole.fields, dict(whole.scales), whole.keys, tuple(whole.end_fields), whole.count, whole.before.tolist(),
        before_changes, targets_of(whole, partition_rows),
    )  # fmt: skip


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
    answers: Iterable[Any], plan: FoldPlan, folder: Path
) -> tuple[dict[str, list[FoldedSegment]], list[Path]]:
    """What executors have folded, in files; values have numbers of their own there."""
    told: dict[int, tuple[str, dict[str, tuple[int, int]]]] = {}
    made = folder / "folded"
    made.mkdir()
    for (target, name), blob in blobs(answers, ("target", "file")):
        if name == spark_tasks.TOLD:
            told[target] = msgspec.json.decode(bytes(blob), type=tuple[str, dict[str, tuple[int, int]]])
        else:
            (made / name).write_bytes(blob)
    places = {target: folder / (told[target][0] or made.name) for target in sorted(told)}
    shared = {target: targets for targets in plan.targets.shared() for target in targets}
    segments: dict[str, list[FoldedSegment]] = {field.name: [] for field in plan.fields}
    for at, field in enumerate(plan.fields):
        paths = {target: place / spark_tasks.folded_file(target, at) for target, place in places.items()}
        for target, path in paths.items():
            own = FoldedSegment(*told[target][1][field.name], (path,))
            targets = shared.get(target, range(target, target + 1))
            if target != targets[0]:
                continue
            if len(targets) > 1:
                own = together([_of_share(paths[each]) for each in targets])
            values = not field.adds and field.fold != "count"
            segments[field.name].append(msgspec.structs.replace(own, own_values=values))
    return segments, [place / spark_tasks.named_file(target) for target, place in places.items()]


def _of_share(path: Path) -> tuple[Ints, Ints, Ints, Path]:
    """The slots of a share: their entities, keys and counts."""
    slots = ColumnsFile(path.with_suffix(".slots"))
    return slots.read("entity"), slots.read("key"), slots.read("count"), path
