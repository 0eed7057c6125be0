"""How does an executor get the lines of files that only Spark's own file systems reach, byte for byte?

Spark cuts a file into splits and hands out the lines that begin in each, as the bytes that stand there. They are joined
again and scanned like a file of their own. At which byte of its file the first of them begins is known only once all
splits before it are counted: until then places count from there, and the driver adds that, see `begins_of`.
"""

import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import msgspec
import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]

from explorer.eventlog.errors import LogError
from explorer.eventlog.log import EventLog

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

_PART_AT = 44  # a range is the part's number, and behind it where the split begins: files of up to 16 TiB
_NEWLINE = pa.scalar(b"\n", pa.large_binary())
_NOTHING = pa.scalar(b"", pa.large_binary())
_MARK = b"\xef\xbb\xbf"

type Batches = Iterable[pa.RecordBatch]


class FarPart(msgspec.Struct, frozen=True):
    """What an executor has to know of a file far away.

    Attributes:
        number: Which part of the log it is.
        address: Where it is.
        by_lines: Whether it is read by lines; else by one executor as a whole.
        size_bytes: All its bytes.
        counted_bytes: Those before what its writer had not finished.
        marked: Whether it begins with a mark of UTF-8, which Spark leaves out.
        ended: Whether its last line has a newline.
    """

    number: int
    address: str
    by_lines: bool
    size_bytes: int = 0
    counted_bytes: int = 0
    marked: bool = False
    ended: bool = True

    @classmethod
    def of(cls, number: int, log: EventLog, *, alone: bool = False) -> "FarPart":
        """What is known of it here, where it is open; `alone`: one executor reads all of it."""
        if alone or not log.by_lines or log.source.path is not None:  # of the last there is a copy here
            return cls(number, log.far, by_lines=False)
        size = log.whole_bytes
        return cls(
            number, log.far, True, size, log.size_bytes, log.byte_of(0) > 0, log.raw(size - 1, 1) == b"\n"
        )


class FarSplit(msgspec.Struct, frozen=True):
    """The lines that begin in a stretch of a file.

    Attributes:
        part: Of which file.
        begin: Where the stretch begins; the first of its lines may begin later.
        last: Whether the file ends with the stretch.
        file: The lines, without what is not counted; its descriptor is for one log.
        size_bytes: How long they are in the file, with that.
    """

    part: FarPart
    begin: int
    last: bool
    file: IO[bytes]
    size_bytes: int

    @property
    def range(self) -> int:
        """The number of the range that it is."""
        return range_of(self.part.number, self.begin)


def range_of(part: int, begin: int = 0) -> int:
    """The number of a range."""
    return part << _PART_AT | begin


def part_of(number: int) -> int:
    """In which part a range is."""
    return number >> _PART_AT


def lines_of(spark: "SparkSession", parts: Sequence[FarPart], units: int) -> "DataFrame":
    """The lines of some files: `value`, `file` (a hash of its address), `begin` of the split, whether it is the `last`.

    Args:
        spark: The session.
        parts: Which files.
        units: How large a split is at most.
    """
    from pyspark.sql import functions as fn

    own = spark.newSession()  # what is set here is of this reading alone
    own.conf.set("spark.sql.files.maxPartitionBytes", str(units))
    own.conf.set("spark.sql.files.ignoreCorruptFiles", "false")
    own.conf.set("spark.sql.files.ignoreMissingFiles", "false")
    read = own.read.option("__globPaths__", "false").option("recursiveFileLookup", "true")
    lines = read.option("lineSep", "\n").text([part.address for part in parts])
    begin, length, size = (f"_metadata.file_{name}" for name in ("block_start", "block_length", "size"))
    return lines.select(
        fn.col("value").cast("binary").alias("value"),
        fn.xxhash64("_metadata.file_path").alias("file"),
        fn.col(begin).alias("begin"),
        (fn.col(begin) + fn.col(length) >= fn.col(size)).alias("last"),
    )


def wholes_of(spark: "SparkSession", parts: Sequence[FarPart]) -> "DataFrame":
    """The whole content of some files: `value` and `file`."""
    from pyspark.sql import functions as fn

    read = spark.newSession().read.format("binaryFile").option("__globPaths__", "false")
    whole = read.option("recursiveFileLookup", "true").load([part.address for part in parts])
    return whole.select(fn.col("content").alias("value"), fn.xxhash64("_metadata.file_path").alias("file"))


def by_hash(spark: "SparkSession", parts: Sequence[FarPart]) -> dict[int, FarPart]:
    """The parts by what stands for their addresses in rows.

    Raises:
        LogError: One hash stands for two.
    """
    from pyspark.sql import functions as fn

    java: Any = spark._jvm  # noqa: SLF001 - rows tell addresses as Java spells those of the web
    path = java.org.apache.hadoop.fs.Path
    told = [(part.number, path(part.address).toUri().toString()) for part in parts]
    rows = spark.createDataFrame(told, "number int, address string")
    hashed = rows.select("number", fn.xxhash64("address").alias("hash")).collect()
    hashes = {row["number"]: row["hash"] for row in hashed}
    found = {hashes[part.number]: part for part in parts}
    if len(found) < len(parts):
        raise LogError(parts[0].address, "it is named twice, or cannot be told from another file")
    return found


def splits(parts: Mapping[int, FarPart], batches: Batches) -> Iterator[FarSplit]:
    """The splits of a partition, whose lines stand behind each other."""
    key: tuple[int, int] | None = None
    last, file, size = False, None, 0
    for batch in batches:
        files, begins = batch.column("file").to_numpy(), batch.column("begin").to_numpy()
        cuts = np.flatnonzero((files[1:] != files[:-1]) | (begins[1:] != begins[:-1])) + 1
        edges = [0, *cuts.tolist(), len(files)]
        for at, end in pairwise(edges):
            if at == end:
                continue
            if key != (files[at], begins[at]):
                if key is not None and file is not None:
                    yield _split(parts[key[0]], key[1], last, file, size)
                key = int(files[at]), int(begins[at])
                last = batch.column("last")[at].as_py()
                file = tempfile.TemporaryFile()  # noqa: SIM115 - closed by who reads it
                size = file.write(_MARK) if parts[key[0]].marked and not key[1] else 0
            assert file is not None
            size += file.write(_joined(batch.column("value").slice(at, end - at)))
    if key is not None and file is not None:
        yield _split(parts[key[0]], key[1], last, file, size)


def _split(part: FarPart, begin: int, last: bool, file: IO[bytes], size: int) -> FarSplit:
    if last and not part.ended:
        size -= 1  # the newline that is not there
    kept = max(part.counted_bytes - (part.size_bytes - size), 0) if last else size
    file.flush()
    file.truncate(kept)
    return FarSplit(part, begin, last, file, size)


def _joined(lines: Any) -> Any:  # noqa: ANN401 - a column; a buffer
    """Lines with a newline behind each."""
    each = pc.binary_join_element_wise(lines.cast(pa.large_binary()), _NOTHING, _NEWLINE)
    _, offsets, data = each.buffers()
    places = np.frombuffer(offsets, np.int64)[each.offset : each.offset + len(each) + 1]
    return memoryview(data)[int(places[0]) : int(places[-1])]


def wholes(parts: Mapping[int, FarPart], batches: Batches, folder: Path) -> Iterator[tuple[FarPart, Path]]:
    """The files of a partition, each in `folder` as long as it is looked at."""
    for batch in batches:
        for at in range(batch.num_rows):
            part = parts[batch.column("file")[at].as_py()]
            place = folder / Path(part.address).name
            place.write_bytes(batch.column("value")[at].as_buffer())
            yield part, place
            place.unlink()


def begins_of(parts: Sequence[FarPart], rows: Iterable[tuple[int, int, bool]]) -> dict[int, int]:
    """At which byte of its file the first line of each range begins.

    Args:
        parts: All parts.
        rows: Of each range its number, its bytes, and whether its file ends with it.

    Raises:
        LogError: They are not all bytes of a file, as it was when it was opened.
    """
    told = sorted(rows)
    found: dict[int, int] = {}
    for part in parts:
        own = [row for row in told if part_of(row[0]) == part.number]
        if not part.by_lines:
            found |= {number: 0 for number, _, _ in own}
            continue
        ends = np.cumsum([size for _, size, _ in own]).tolist()
        if not own or ends[-1] != part.size_bytes:
            have = ends[-1] if own else 0
            raise LogError(
                part.address,
                f"Spark has read {have:,} of its {part.size_bytes:,} bytes: was it changed meanwhile?",
            )
        *before, (_, _, last) = own
        uncut = ends[-2] if before else 0
        if part.counted_bytes < part.size_bytes and (not last or uncut > part.counted_bytes):
            raise LogError(
                part.address, "what its writer has not finished is too long for a cluster: --engine local"
            )
        found |= {number: end - size for (number, size, _), end in zip(own, ends, strict=True)}
    return found
