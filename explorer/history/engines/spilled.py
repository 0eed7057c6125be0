"""How do rows lie in a private folder until they are folded, and which of them are there already after a kill?

A go of a range is a folder of Arrow files, which comes to stand there by one renaming. Files are mapped: of what is
there only the stretches that are looked at take memory.
"""

import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec
import numpy.typing as npt
import pyarrow as pa  # type: ignore[import-untyped]

from explorer.history.chunks import Chunk, from_header, header
from explorer.history.engines.range_rows import RangeRows

type Ints = npt.NDArray[Any]
type Columns = Mapping[str, Any]

KIND = "history-explorer.unfinished-folder"
_JOB, _DONE = "job.json", "done"


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
    make: int = 1


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


class SpilledGo:
    """One go of a range, in its folder."""

    def __init__(self, path: Path) -> None:
        told = json.loads((path / "account.json").read_bytes())
        self.account: Chunk = from_header(json.dumps(told["account"]).encode())[0]
        self.fields: list[str] = told["fields"]
        self.scales: dict[str, int] = told["scales"]
        self.keyless: list[str] = told["keyless"]
        self.unlisted: dict[str, int] = told["unlisted"]
        self.part: int = told["part"]
        self.path = path
        self._names: list[str] = told["names"]

    def column(self, table: str, name: str) -> Ints:
        """A column of `events` or `changes`, or one that was added."""
        found: Ints = mapped(self.path / f"{table}.arrow").column(name).to_numpy()
        return found

    def columns(self, table: str) -> dict[str, Ints]:
        """All of them."""
        batch = mapped(self.path / f"{table}.arrow")
        return {name: batch.column(name).to_numpy() for name in batch.schema.names}

    def names(self, kind: str) -> pa.Array:
        """The sorted names of a kind."""
        if kind not in self._names:
            return pa.array([], pa.large_binary())
        return mapped(self.path / f"names-{self._names.index(kind)}.arrow").column("name")

    def add(self, table: str, columns: Columns) -> None:
        """Columns beside the others."""
        written(self.path / f"{table}.arrow", columns)


class Spill:
    """The private folder of one job."""

    def __init__(self, folder: Path, job: Job) -> None:
        """Begin, or go on where the same job was ended; what another one has left there is taken away.

        Raises:
            FileExistsError: Something else stands there.
        """
        told = msgspec.json.encode(job)
        self.folder = folder
        if folder.exists():
            if not _is_ours(folder):
                raise FileExistsError(folder)
            if (folder / _JOB).read_bytes() != told:
                shutil.rmtree(folder)
        if not folder.exists():
            folder.mkdir(mode=0o700, parents=True)
            (folder / _JOB).write_bytes(told)

    def finished(self, number: int) -> int | None:
        """In how many goes a range was read; None if it was not read to its end."""
        try:
            return int(self._done(number).read_text())
        except (OSError, ValueError):
            return None

    def save(self, number: int, go: int, part: int, rows: RangeRows) -> None:
        """Keep a go of a range."""
        path = self._go(number, go)
        made = path.with_suffix(".part")
        for old in (made, path):
            shutil.rmtree(old, ignore_errors=True)
        made.mkdir()
        account = json.loads(header(rows.account))
        told = {
            "account": account, "fields": rows.fields, "scales": rows.scales, "keyless": rows.keyless,
            "unlisted": rows.unlisted, "part": part, "names": list(rows.names),
        }  # fmt: skip
        (made / "account.json").write_text(json.dumps(told))
        written(made / "events.arrow", rows.events, synced=True)
        written(made / "changes.arrow", rows.changes, synced=True)
        for at, names in enumerate(rows.names.values()):
            written(made / f"names-{at}.arrow", {"name": names}, synced=True)
        made.rename(path)

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


def _is_ours(folder: Path) -> bool:
    try:
        return bool(json.loads((folder / _JOB).read_bytes()).get("kind") == KIND)
    except (OSError, ValueError, AttributeError):
        return False
