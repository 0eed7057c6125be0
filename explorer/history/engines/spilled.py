"""How do rows lie in a private folder until they are folded, and which of them are there already after a kill?

A go of a range is a folder of files, which comes to stand there by one renaming. Columns stand in them as they do in
memory, one behind the other, so a stretch of one is read by one call and nothing else of it takes memory.
"""

import json
import os
import shutil
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from io import FileIO
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt
import pyarrow as pa  # type: ignore[import-untyped]

from explorer.eventlog.event import Unread
from explorer.history.chunks import Chunk, from_header, header
from explorer.history.engines.range_rows import RangeRows

type Ints = npt.NDArray[Any]
type Columns = Mapping[str, Any]

KIND = "history-explorer.unfinished-folder"
_JOB, _DONE, _ACCOUNT = "job.json", "done", "account.json"


class Job(msgspec.Struct, frozen=True):
    """What is being made; what another job has left is of no use to this one.

    Attributes:
        fingerprints: Of all parts.
        model: The read model, told.
        fields, read_as, profile: How the parts are read.
        units: How large a range is.
        make: Of the rows; another number: of another make.
    """

    fingerprints: tuple[str, ...]
    model: Any
    fields: Any
    read_as: Any
    profile: Any
    units: int
    kind: str = KIND
    make: int = 2


def written(path: Path, columns: Columns, *, synced: bool = False) -> None:
    """Write columns of one length as one batch; the system has them on the disk if they are `synced`."""
    arrays = {
        name: column if isinstance(column, pa.Array) else pa.array(column) for name, column in columns.items()
    }
    batch = pa.record_batch(list(arrays.values()), names=list(arrays))
    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, batch.schema) as writer:
        writer.write_batch(batch)
    if synced:
        with path.open("rb") as file:
            os.fsync(file.fileno())


def mapped(path: Path) -> pa.RecordBatch:
    """The same, of which nothing is read before it is looked at."""
    with pa.memory_map(str(path)) as source:
        return pa.ipc.open_file(source).get_batch(0)


class ColumnsFile:
    """Columns of one length in a file; what is there is read where it is asked for.

    Attributes:
        count: How many rows.
        names: Which columns. Those of texts are lists of Arrow, all others arrays of NumPy.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        with path.open("rb") as file:
            told = json.loads(file.readline())
            at = file.tell()
        self.count: int = told["count"]
        self.names: list[str] = [*(name for name, _ in told["columns"]), *told["texts"]]
        self._texts: list[str] = told["texts"]
        self._places: dict[str, tuple[int, np.dtype[Any]]] = {}
        for name, kind in told["columns"]:
            self._places[name] = at, np.dtype(kind)
            at += self.count * np.dtype(kind).itemsize

    @classmethod
    def written(cls, path: Path, columns: Columns, *, synced: bool = False) -> None:
        """Write columns, of NumPy or of Arrow; the system has them on the disk if they are `synced`."""
        arrays: dict[str, Ints] = {}
        texts: dict[str, pa.Array] = {}
        for name, column in columns.items():
            if not isinstance(column, pa.Array):
                arrays[name] = np.ascontiguousarray(column)
            elif pa.types.is_integer(column.type):
                arrays[name] = column.to_numpy()
            else:
                texts[name] = column
        told = {
            "count": len(next(iter(columns.values()))),
            "columns": [[name, column.dtype.str] for name, column in arrays.items()],
            "texts": list(texts),
        }
        made = path.with_name(f"{path.name}-part")  # the old one may be mapped
        with made.open("wb") as file:
            file.write(json.dumps(told).encode() + b"\n")
            for column in arrays.values():
                file.write(memoryview(column).cast("B") if len(column) else b"")
            if synced:
                file.flush()
                os.fsync(file.fileno())
        made.replace(path)
        if texts:
            written(_texts_of(made), texts, synced=synced)
            _texts_of(made).replace(_texts_of(path))

    def read(self, name: str, begin: int = 0, end: int | None = None) -> Any:  # noqa: ANN401 - see `names`
        """The rows of a column from one to another, half-open."""
        end = self.count if end is None else min(end, self.count)
        count = max(end - begin, 0)
        if name in self._texts:
            return mapped(_texts_of(self._path)).column(name).slice(begin, count)
        at, kind = self._places[name]
        found = np.empty(count, kind)
        with self._path.open("rb", buffering=0) as file:
            _read_into(file, found, at + begin * kind.itemsize)
        return found

    def place_of(self, name: str, value: int, begin: int = 0) -> int:
        """Behind how many rows of an ascending column, from one on, stands what is greater than a value."""
        at, kind = self._places[name]
        low, high, some = begin, self.count, np.empty(_PROBED, kind)
        with self._path.open("rb", buffering=0) as file:
            while high - low > _PROBED:
                middle = (low + high) // 2
                _read_into(file, some[:1], at + middle * kind.itemsize)
                low, high = (middle + 1, high) if int(some[0]) <= value else (low, middle)
            some = some[: high - low]
            _read_into(file, some, at + low * kind.itemsize)
        return low + int(np.searchsorted(some, kind.type(min(value, np.iinfo(kind).max)), "right"))


_PROBED = 512  # rows that are read at once rather than looked at one by one


def _texts_of(path: Path) -> Path:
    return path.with_suffix(path.suffix + "-texts")


def _read_into(file: FileIO, room: Ints, at: int) -> None:
    view = memoryview(room).cast("B") if len(room) else memoryview(b"")
    file.seek(at)
    while len(view):
        got = file.readinto(view)
        if not got:
            raise OSError("a file of rows is shorter than it was")
        view = view[got:]


class SpilledGo:
    """One go of a range, in its folder."""

    def __init__(self, path: Path) -> None:
        told = json.loads((path / _ACCOUNT).read_bytes())
        self.account: Chunk = from_header(json.dumps(told["account"]).encode())[0]
        self.fields: list[str] = told["fields"]
        self.scales: dict[str, int] = told["scales"]
        self.keyless: list[str] = told["keyless"]
        self.unlisted: dict[str, int] = told["unlisted"]
        self.part: int = told["part"]
        self._begin: int = told.get("begin", 0)
        self.path = path
        self._names: list[str] = told["names"]
        self._changes: int = told["changes"]
        self._files: dict[str, ColumnsFile] = {}

    @cached_property
    def changes(self) -> dict[str, ColumnsFile]:
        """The changes of each field that has some here."""
        return {
            name: self.table(f"changes-{at}") for at, name in enumerate(self.fields) if at < self._changes
        }

    def table(self, name: str) -> ColumnsFile:
        """One table: `events`, one of changes, or one that was added."""
        if name not in self._files:
            self._files[name] = ColumnsFile(self.path / f"{name}.columns")
        return self._files[name]

    def column(self, table: str, name: str) -> Ints:
        """A column of a table; places are those in the whole part."""
        found: Ints = self.table(table).read(name)
        if self._begin and (table, name) == ("events", "offset"):
            return found + self._begin
        return found

    def columns(self, table: str) -> dict[str, Ints]:
        """All of them."""
        return {name: self.column(table, name) for name in self.table(table).names}

    def names(self, kind: str) -> pa.Array:
        """The sorted names of a kind."""
        return names_in(self.names_file(kind))

    def names_file(self, kind: str) -> Path | None:
        """Where they are; None: there are none."""
        return self.path / f"names-{self._names.index(kind)}.arrow" if kind in self._names else None


def names_in(path: Path | None) -> pa.Array:
    """The names in a file, looked at where they lie."""
    return pa.array([], pa.large_binary()) if path is None else mapped(path).column("name")


def save_go(
    path: Path,
    part: int,
    rows: RangeRows,
    tables: Mapping[str, Columns] = {},
    *,
    synced: bool = False,
) -> None:
    """Write a go into a folder that is there whole or not at all.

    Args:
        path: The folder.
        part: Of which part of the log it is.
        rows: What it has.
        tables: What else is to be read of it.
        synced: Whether the system is to have it on the disk.
    """
    made = path.with_suffix(".part")
    for old in (made, path):
        shutil.rmtree(old, ignore_errors=True)
    made.mkdir()
    account = json.loads(header(rows.account))
    told = {
        "account": account, "fields": rows.fields, "scales": rows.scales, "keyless": rows.keyless,
        "unlisted": rows.unlisted, "part": part, "names": list(rows.names), "changes": len(rows.changes),
    }  # fmt: skip
    (made / _ACCOUNT).write_text(json.dumps(told))
    every = {"events": rows.events, **{f"changes-{at}": own for at, own in enumerate(rows.changes)}, **tables}
    for name, columns in every.items():
        ColumnsFile.written(made / f"{name}.columns", columns, synced=synced)
    for at, names in enumerate(rows.names.values()):
        written(made / f"names-{at}.arrow", {"name": names}, synced=synced)
    made.rename(path)


def place_go(path: Path, begin: int, odd_end: Callable[[Chunk], Sequence[Unread]] | None = None) -> None:
    """Say where a go stands that was read by itself.

    Args:
        path: Its folder.
        begin: At which byte of its part it begins.
        odd_end: What is odd about the end of the part, if it ends there and nobody has looked.
    """
    if not begin and odd_end is None:
        return
    told = json.loads((path / _ACCOUNT).read_bytes())
    account: Chunk = from_header(json.dumps(told["account"]).encode())[0]
    replaced = msgspec.structs.replace
    account.unread = [
        replaced(each, byte=each.byte + begin, offset=each.offset + begin) for each in account.unread
    ]
    account.notices = [replaced(each, byte=each.byte + begin) for each in account.notices]
    if odd_end is not None:
        account.unread = [*account.unread, *odd_end(account)]
    told |= {"account": json.loads(header(account)), "begin": begin}
    (path / _ACCOUNT).write_text(json.dumps(told))


class NumbersFile:
    """Which number each name of each of several lists has: all of them in one file, put there bit by bit."""

    def __init__(self, path: Path, sizes: Sequence[int]) -> None:
        self._path = path
        self._begins = np.concatenate([[0], np.cumsum(np.array(sizes, np.int64))]).tolist()
        self._kind = np.dtype(np.int32 if self._begins[-1] < 2**31 else np.int64)
        with path.open("wb") as file:
            file.truncate(self._begins[-1] * self._kind.itemsize)

    def put(self, done: list[int], numbers: Sequence[Ints]) -> None:
        """The next ones of each list, of which so many are `done`; that is moved on."""
        with self._path.open("r+b") as file:
            for which, own in enumerate(numbers):
                file.seek((self._begins[which] + done[which]) * self._kind.itemsize)
                file.write(own.astype(self._kind).tobytes())
                done[which] += len(own)

    def read(self, which: int, begin: int = 0, end: int | None = None) -> Ints:
        """Those of a list from one name to another, half-open."""
        first, last = self._begins[which], self._begins[which + 1]
        end = last - first if end is None else end
        found = np.empty(end - begin, self._kind)
        with self._path.open("rb", buffering=0) as file:
            _read_into(file, found, (first + begin) * self._kind.itemsize)
        return found

    def looked_at(self, which: int) -> Ints:
        """Those of a list, where they lie: in memory is what was looked at last."""
        first, last = self._begins[which], self._begins[which + 1]
        if first == last:
            return np.zeros(0, self._kind)
        return np.memmap(self._path, self._kind, "r", first * self._kind.itemsize, (last - first,))


class Spill:
    """The private folder of one job.

    Attributes:
        units: How large its ranges are: as those that are there already, if they are smaller than what is wanted.
    """

    def __init__(self, folder: Path, job: Job) -> None:
        """Begin, or go on where the same job was ended; what another one has left there is taken away.

        Raises:
            FileExistsError: Something else stands there.
        """
        self.folder = folder
        if folder.exists():
            if not _is_ours(folder):
                raise FileExistsError(folder)
            smaller = msgspec.structs.replace(job, units=min(_units_of(folder), job.units))
            if (folder / _JOB).read_bytes() == msgspec.json.encode(smaller):
                job = smaller
            else:
                shutil.rmtree(folder)
        self.units = job.units
        if not folder.exists():
            folder.mkdir(mode=0o700, parents=True)
            (folder / _JOB).write_bytes(msgspec.json.encode(job))

    def finished(self, number: int) -> int | None:
        """In how many goes a range was read; None if it was not read to its end."""
        try:
            return int(self._done(number).read_text())
        except (OSError, ValueError):
            return None

    def save(self, number: int, go: int, part: int, rows: RangeRows) -> None:
        """Keep a go of a range."""
        save_go(self._go(number, go), part, rows, synced=True)

    def finish(self, number: int, goes: int) -> None:
        """Say that a range was read to its end; what it says is on the disk before that is."""
        made = self._done(number).with_suffix(".part")
        made.write_text(str(goes))
        made.rename(self._done(number))

    def goes(self, numbers: int) -> list[SpilledGo]:
        """All goes of so many ranges, in log order."""
        return [go for number in range(numbers) for go in self.goes_of(number, self.finished(number) or 0)]

    def goes_of(self, number: int, goes: int) -> list[SpilledGo]:
        """The goes of one range."""
        return [SpilledGo(self._go(number, go)) for go in range(goes)]

    def remove(self) -> None:
        """Take everything away."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def _go(self, number: int, go: int) -> Path:
        return self.folder / f"{number:06}-{go:04}"

    def _done(self, number: int) -> Path:
        return self.folder / f"{number:06}.{_DONE}"


def _units_of(folder: Path) -> int:
    """How large the ranges are that somebody has begun to read."""
    units: int = json.loads((folder / _JOB).read_bytes())["units"]
    return units


def _is_ours(folder: Path) -> bool:
    try:
        told = json.loads((folder / _JOB).read_bytes())
        return bool(told.get("kind") == KIND and isinstance(told.get("units"), int))
    except (OSError, ValueError, AttributeError):
        return False
