"""What has a cluster read of a log, and what of it is here?

Executors write what each range says into a folder that they share with this machine, and tell where; without such a
folder all of it comes here. The changes stay with the cluster in any case.
"""

import itertools
import shutil
import uuid
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np
import numpy.typing as npt
import pyarrow as pa  # type: ignore[import-untyped]

from explorer.eventlog.errors import LogError
from explorer.eventlog.event import Unread
from explorer.eventlog.log import EventLog
from explorer.history.chunks import Chunk
from explorer.history.engines import spark_tasks
from explorer.history.engines.blobs import whole as blob_of
from explorer.history.engines.bounds import Bounds
from explorer.history.engines.byte_ranges import ByteRange, ranges_of
from explorer.history.engines.far_lines import FarPart, begins_of, by_hash, lines_of, part_of, wholes_of
from explorer.history.engines.local import SpilledLog, job_of
from explorer.history.engines.naming import Names, numbered, stretches
from explorer.history.engines.shuffled import KeptGo, keep_bytes
from explorer.history.engines.spilled import ColumnsFile, Spill, SpilledGo, names_in, place_go
from explorer.history.engines.whole_log import WholeLog
from explorer.projection.choose import choose
from explorer.projection.model import ReadModel

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

type Ints = npt.NDArray[Any]


class SparkLog:
    """A log that a cluster has read: its changes are there, all else lies in files here.

    Attributes:
        rows: What executors have read.
        seen: Whether executors see the folder of those files.
        log: All that is here.
        goes: Of each go the number of its range, and which of that it is.
        changes: Of each how many changes its fields have.
    """

    def __init__(
        self,
        parts: Sequence[EventLog],
        model: ReadModel,
        spark: "SparkSession",
        folder: Path,
        bounds: Bounds,
    ) -> None:
        """Have it read; arguments as of `spark.write_folder`, and the folder for its files."""
        try:
            shutil.rmtree(folder, ignore_errors=True) if (folder / "job.json").exists() else None
            spill = Spill(folder, job_of(parts, model.recipe, bounds.range_units))
        except FileExistsError as error:
            raise LogError(
                folder.name, "something else stands where rows would lie until they are sorted"
            ) from error
        self.seen = is_seen(spark, folder)
        first = parts[0]
        told = spark_tasks.Read(
            tuple("" if part.far else str(Path(str(part.path)).absolute()) for part in parts),
            first.fields, first.read_as, first.profile, model.recipe, str(folder) if self.seen else "",
        )  # fmt: skip
        alone = model.ordered  # a program folds one event after the other: one executor reads all of it
        far = [FarPart.of(number, part, alone=alone) for number, part in enumerate(parts) if part.far]
        ranges = [
            each
            for number, log in enumerate(parts)
            for each in ranges_of(number, log, bounds.range_units, in_order=alone)
        ]

        def read(told: spark_tasks.Read, before: Mapping[int, int]) -> "DataFrame":
            job = msgspec.json.encode(told)
            return (
                _far(spark, job, far, bounds.range_units, before)
                if far
                else _near(spark, job, ranges, before)
            )

        # who asks for positions has the log read twice, first only to be counted
        counted = model.positioned and not alone
        before = _counted(read(msgspec.structs.replace(told, place=""), {})) if counted else {}
        self.rows = read(told, before)
        from pyspark import StorageLevel

        self.rows.persist(StorageLevel.DISK_ONLY)
        try:
            goes = self._take(spark, folder, parts, far)
        except BaseException:
            self.close()
            raise
        known = choose(model.recipe, [], first.fields)
        numbering = partial(_numbered, spark, folder) if self.seen else numbered
        whole = WholeLog(goes, known, folder, first.fields.type, bounds.names, numbering)
        self.log = SpilledLog(whole, spill)

    def _take(
        self, spark: "SparkSession", folder: Path, parts: Sequence[EventLog], far: Sequence[FarPart]
    ) -> list[SpilledGo]:
        """Have here, or know where it lies, what executors tell of all ranges, but for the changes."""
        heads = self.rows.where("not changes")
        told = heads.where("piece = 0").select("range", "go", "bytes", "last").collect()
        of_blobs(spark)
        numbers = sorted({each["range"] for each in told})
        begins = begins_of(far, {(each["range"], each["bytes"], each["last"]) for each in told})
        counts = Counter(each["range"] for each in told)
        apart = {part.number for part in far if part.by_lines}
        ends = {part_of(number): number for number in numbers if part_of(number) in apart}
        self.goes = [(number, go) for number in numbers for go in range(counts[number])]
        blobs_there = heads.select("range", "go", "blob")
        if self.seen:
            answers: Iterable[Any] = blobs_there.collect()
        else:
            check_room(spark, folder, blobs_there)
            answers = blobs_there.toLocalIterator(prefetchPartitions=True)
        found: dict[tuple[int, int], KeptGo] = {}
        for (number, go), raw in blobs(answers, ("range", "go")):
            if self.seen:
                own = found[number, go] = msgspec.json.decode(bytes(raw), type=KeptGo)
            else:
                own = found[number, go] = keep_bytes(folder, f"go-{number}-{go}", raw)
            part = part_of(number) if far else 0
            odd = (
                partial(_odd_end, parts[part])
                if ends.get(part) == number and go + 1 == counts[number]
                else None
            )
            place_go(folder / own.folder, begins.get(number, 0), odd)
        self.changes = [found[go].changes for go in self.goes]
        return [SpilledGo(folder / found[go].folder) for go in self.goes]

    def close(self) -> None:
        """Let the cluster forget it."""
        self.rows.unpersist()


def _odd_end(part: EventLog, account: Chunk) -> list[Unread]:
    """What is odd about the end of a part that no executor has seen as a whole."""
    after = account.unread[-1].byte if account.unread else -1
    return part.odd_end(account.count, account.lines, after, account.lines)


def is_seen(spark: "SparkSession", folder: Path) -> bool:
    """Whether executors see a folder of this machine, and may write there."""
    token = uuid.uuid4().hex
    (folder / token).write_text(token)
    place = str(folder.absolute())
    own = spark.newSession()
    tasks = 2 * own.sparkContext.defaultParallelism
    frame = own.range(0, tasks, 1, tasks)
    answers = frame.mapInArrow(
        lambda batches: spark_tasks.seen(token, place, batches), "seen boolean"
    ).collect()
    told = len(list(folder.glob(f"{token}-*")))
    return all(each["seen"] for each in answers) and told >= len(answers)


_JAVA_OF_BYTES, _JAVA_ELSE = (
    1.4,
    400 << 20,
)  # measured: what Java holds of all that comes to the driver, and else


def check_room(spark: "SparkSession", folder: Path, answers: "DataFrame") -> None:
    """Return if Java has room here for all that executors tell.

    Raises:
        LogError: It has not, and would stand still; says how much is needed.
    """
    size = answers.selectExpr("coalesce(sum(length(blob)), 0) AS size").collect()[0]["size"]
    java: Any = spark._jvm  # noqa: SLF001 - nothing else tells how much it may take
    needed, there = int(size * _JAVA_OF_BYTES) + _JAVA_ELSE, java.java.lang.Runtime.getRuntime().maxMemory()
    if needed > there:
        raise LogError(
            "the Spark engine",
            f"executors do not see {folder.parent}, so all events come to the driver, for which its Java has "
            f"{there >> 20:,} MB: give it --driver-memory {-(-needed >> 30) + 1}g, or write to a folder that all see",
        )


def _numbered(
    spark: "SparkSession", folder: Path, lists: Sequence[Names], at_once: int
) -> Iterator[tuple[pa.Array, list[Ints]]]:
    """As `naming.numbered`; where there are many names, executors put them together."""
    cuts = stretches(lists, at_once)
    if len(cuts) < 2:
        yield from numbered(lists, at_once)
        return
    place = str(folder)
    frame = spark.newSession().range(0, len(cuts), 1, len(cuts))
    of_blobs(frame.sparkSession)
    rows = frame.mapInArrow(
        lambda batches: spark_tasks.numbered_names(lists, cuts, place, batches), spark_tasks.MADE
    ).collect()
    made = {row["number"]: bytes(row["told"]).decode() for row in rows}
    yield from numbers_of(made, cuts, folder)


def numbers_of(
    made: Mapping[int, str], cuts: Sequence[Sequence[tuple[int, int]]], folder: Path
) -> Iterator[tuple[pa.Array, list[Ints]]]:
    """As of `naming.numbered`, what `spark_tasks.numbered_names` has made: of each stretch how its files begin."""
    first = 0
    for number, cut in enumerate(cuts):
        names = names_in(folder / f"{made[number]}.arrow")
        numbers = ColumnsFile(folder / f"{made[number]}.columns").read("number").astype(np.int64) + first
        ends = np.cumsum([end - begin for begin, end in cut])
        yield names, np.split(numbers, ends[:-1])
        first += len(names)


_OF_BLOBS = {
    "spark.sql.execution.arrow.maxRecordsPerBatch": "8",
    "spark.sql.execution.arrow.maxBytesPerBatch": str(64 << 20),
    "spark.sql.adaptive.enabled": "false",  # each target is a partition
    "spark.sql.codegen.wholeStage": "false",  # to compile what few rows need would take longer
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
}


def of_blobs(spark: "SparkSession") -> None:
    """Have Spark know from now on that rows are few, and each may be large."""
    for name, value in _OF_BLOBS.items():
        spark.conf.set(name, value)


def blobs(rows: Iterable[Any], keys: tuple[str, ...]) -> Iterator[tuple[tuple[Any, ...], bytearray]]:
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
    of_blobs(frame.sparkSession)
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
