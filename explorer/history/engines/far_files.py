"""How does the driver of a cluster open files that only Spark's own file systems reach (s3a, abfss, gs, hdfs)?

Java reads, and copies the stretches that somebody looks at into a private file; there they are bytes like any other. Of
a log of lines that is its beginning, its end and a few places between. What is not read by lines is copied wholly.
"""

import contextlib
import tempfile
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, cast

import msgspec

from explorer.eventlog.compressed import packing_of
from explorer.eventlog.errors import LogError
from explorer.eventlog.event import FieldMap
from explorer.eventlog.formats import JsonLines
from explorer.eventlog.log import EventLog, log_of, open_log
from explorer.eventlog.profiles.profile import Profile, as_told
from explorer.eventlog.profiles.shipped import Naming
from explorer.eventlog.read_as import ReadAs
from explorer.eventlog.sniff import recognise
from explorer.eventlog.source import Source
from explorer.eventlog.sources.file_parts import MOST_FILES, LogPart, by_age

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_BLOCK_BYTES = 1 << 20
_MOST_KEPT_BYTES = 2 << 30  # of stretches that were looked at; then all are let go
_CODECS = (
    ".gz",
    ".bz2",
    ".zst",
    ".zstd",
    ".lz4",
    ".snappy",
    ".deflate",
    ".lzo",
    ".xz",
)  # Java unpacks by the name


class FarFile(msgspec.Struct, frozen=True):
    """A file far away.

    Attributes:
        address: Where it is, as Java spells it.
        name: What to call it.
        size_bytes, changed_ms: As its file system tells.
    """

    address: str
    name: str
    size_bytes: int
    changed_ms: int


class FarSource(Source):
    """Bytes far away, of which those are here that were looked at.

    Attributes:
        far: Which file.
    """

    def __init__(self, spark: "SparkSession", far: FarFile) -> None:
        """Open it; errors as of `Source`."""
        self.far, self.name, self.path, self.packing, self.damage = far, far.name, None, "", None
        self.address = far.address
        self.size_bytes = self._all = far.size_bytes
        self.fingerprint = f"{far.address} {far.size_bytes} {far.changed_ms}"
        self._jvm, self._reading = _java(spark), threading.Lock()
        try:
            place = self._jvm.org.apache.hadoop.fs.Path(far.address)
            self._stream = place.getFileSystem(_conf(spark)).open(place)
        except Exception as error:
            raise _not_read(far.name, error) from error
        here = tempfile.NamedTemporaryFile(buffering=0)  # noqa: SIM115 - closed with this
        self._file, self._here = cast("BinaryIO", here), here.name
        self._forget()

    @property
    def file(self) -> int:
        """See `Source`: whoever wants that reads where they like, so all of it is here then."""
        self._have(0, self._all, bounded=False)
        return self._file.fileno()

    def again(self) -> Source:
        """See `Source`."""
        raise LogError(self.name, "it is far away, and read once")

    def read(self, offset: int, length_bytes: int) -> bytes:
        """See `Source`."""
        with self._reading:
            self._have(offset, length_bytes)
            return super().read(offset, length_bytes)

    def read_into(self, offset: int, room: memoryview) -> int:
        """See `Source`."""
        with self._reading:
            self._have(offset, len(room))
            return super().read_into(offset, room)

    def close(self) -> None:
        """See `Source`."""
        super().close()
        with contextlib.suppress(Exception):  # the cluster may be gone already
            self._stream.close()

    def next_data(self, offset: int) -> int:
        """See `Source`: nothing is known of holes there, and those here are none."""
        return offset

    def _forget(self) -> None:
        self._file.truncate(0)
        self._file.truncate(self._all)
        self._known: set[int] = set()

    def _have(self, offset: int, length_bytes: int, *, bounded: bool = True) -> None:
        """Copy what is not here yet of some bytes."""
        first, last = offset // _BLOCK_BYTES, -(-min(offset + length_bytes, self._all) // _BLOCK_BYTES)
        wanted = [block for block in range(first, last) if block not in self._known]
        if bounded and (len(self._known) + len(wanted)) * _BLOCK_BYTES > _MOST_KEPT_BYTES and self._known:
            self._forget()
            wanted = list(range(first, last))
        while wanted:
            run = 1  # blocks behind each other are one copy
            while run < len(wanted) and wanted[run] == wanted[0] + run:
                run += 1
            self._copy(wanted[0] * _BLOCK_BYTES, min((wanted[0] + run) * _BLOCK_BYTES, self._all))
            self._known.update(wanted[:run])
            wanted = wanted[run:]

    def _copy(self, begin: int, end: int) -> None:
        jvm = self._jvm
        try:
            out = jvm.java.io.RandomAccessFile(self._here, "rw")
            try:
                out.seek(begin)
                self._stream.seek(begin)
                into = jvm.java.nio.channels.Channels.newOutputStream(out.getChannel())
                jvm.org.apache.hadoop.io.IOUtils.copyBytes(self._stream, into, end - begin, False)
                done = out.getFilePointer()
            finally:
                out.close()
        except Exception as error:
            raise _not_read(self.name, error) from error
        if done != end:
            raise LogError(self.name, "it is shorter by now than it was when it was opened", byte=begin)


def far_files(spark: "SparkSession", addresses: Sequence[str]) -> list[FarFile]:
    """The files at some addresses, of folders those in them, in the order of their names as `parts_of` has it.

    Raises:
        LogError: One cannot be reached, or there is none.
    """
    jvm, conf = _java(spark), _conf(spark)
    found: dict[str, FarFile] = {}
    for address in addresses:
        _refuse_keys(address)
        scheme = address.partition("://")[0]
        try:
            place = jvm.org.apache.hadoop.fs.Path(address)
            system = place.getFileSystem(conf)
            status = system.getFileStatus(place)
            folder = status.isDirectory()
            for each in system.listStatus(place) if folder else [status]:
                name = each.getPath().getName()
                if folder and (not each.isFile() or name.startswith(("_", "."))):
                    continue
                told = system.makeQualified(each.getPath()).toString()
                found[told] = FarFile(told, name, each.getLen(), each.getModificationTime())
        except LogError:
            raise
        except Exception as error:
            raise _not_read(f"{scheme}://…/{address.rstrip('/').rpartition('/')[2]}", error) from error
    if not found:
        raise LogError(addresses[0], "there is no file in it")
    if len(found) > MOST_FILES:
        raise LogError(
            addresses[0], f"these are {len(found):,} files; at most {MOST_FILES} are read together"
        )
    return [found[part.path] for part in by_age([LogPart(far.address, far.name) for far in found.values()])]


def open_far(
    spark: "SparkSession",
    far: FarFile,
    fields: FieldMap | None,
    read_as: ReadAs,
    profile: Profile | Naming | None,
    folder: Path,
) -> EventLog:
    """A file far away as a log: by the stretches that are looked at if it is read by lines, else copied into `folder`.

    Raises:
        LogError: As of `open_log`.
    """
    log = _by_stretches(spark, far, fields, read_as, profile)
    if log is None:
        place = folder / far.name
        try:
            jvm = _java(spark)
            path = jvm.org.apache.hadoop.fs.Path(far.address)
            path.getFileSystem(_conf(spark)).copyToLocalFile(
                False, path, jvm.org.apache.hadoop.fs.Path(f"file://{place.absolute()}"), True
            )
        except Exception as error:
            raise _not_read(far.name, error) from error
        log = open_log(place, fields, read_as=read_as, profile=profile)
        log.path, log.address = None, far.address
    log.far = far.address
    return log


def _by_stretches(
    spark: "SparkSession",
    far: FarFile,
    fields: FieldMap | None,
    read_as: ReadAs,
    profile: Profile | Naming | None,
) -> EventLog | None:
    if far.name.lower().endswith(_CODECS):
        return None
    source = FarSource(spark, far)
    try:
        plain = not packing_of(source.read(0, 8)) and _is_of_lines(source, as_told(profile, read_as))
    except BaseException:
        source.close()
        raise
    if not plain:
        source.close()
        return None
    log = log_of(source, fields, read_as, profile)
    if log.by_lines and type(log.form) is JsonLines and log.size_bytes > log.byte_of(0):
        return log
    log.close()
    return None


def _is_of_lines(source: Source, read_as: ReadAs) -> bool:
    try:
        return recognise(source, read_as).by_lines
    except LogError:
        return False  # whoever opens all of it says why, or knows what is packed in it


def _java(spark: "SparkSession") -> Any:  # noqa: ANN401 - the driver's Java
    try:
        return spark._jvm  # noqa: SLF001 - the only way to its file systems
    except Exception as error:
        raise LogError(
            "the Spark engine",
            "files far away are read where the driver has Java itself, not by Spark Connect",
        ) from error


def _conf(spark: "SparkSession") -> Any:  # noqa: ANN401 - Hadoop's configuration
    return spark._jsc.hadoopConfiguration()  # noqa: SLF001 - likewise


def _refuse_keys(address: str) -> None:
    """Keys stand in the configuration: an address is told in manifests and sentences."""
    scheme, _, rest = address.partition("://")
    if ":" in rest.partition("/")[0].rpartition("@")[0]:
        raise LogError(
            f"{scheme}://…", "keys stand in Spark's configuration (such as spark.hadoop.fs.s3a.access.key), "
            "not in the address",
        )  # fmt: skip


def _not_read(name: str, error: Exception) -> LogError:
    """What Java says, in one line."""
    java = getattr(error, "java_exception", None)
    told = str(java.toString() if java is not None else error).strip().split("\n")[0]
    kind, _, reason = told.partition(": ")
    if kind.endswith("FileNotFoundException"):
        return LogError(name, "there is no such file")
    return LogError(name, f"Spark cannot read it: {reason or kind}")
