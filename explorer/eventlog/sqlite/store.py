"""How do the rows of a SQLite event store come out of its file, with nothing written beside it?

SQLite itself would make files beside a database that another program keeps a -wal for. So the database is only ever
opened as one that does not change; what stands beside it with changes that are not in it yet is copied with it to a
private folder first, and read there.
"""

import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import msgspec

from explorer.eventlog.compressed import MOST_RATIO, UNCHECKED_BYTES
from explorer.eventlog.errors import LogError

MAGIC = b"SQLite format 3\0"
BESIDE = ("-wal", "-journal")
_BLOCK_BYTES = 1 << 19
_TRIES = 3
_HEAD_BYTES = 1 << 16


class Store(msgspec.Struct):
    """What was found in the file.

    Attributes:
        table: The table that holds the events.
        payload: Its column with the payload, if it has one.
        beside: The endings of the files beside it that were read too, such as `-wal`.
    """

    table: str = ""
    payload: str | None = None
    beside: tuple[str, ...] = ()

    @property
    def shown(self) -> str:
        """For display: `SQLite, table stored_events`."""
        with_them = (
            f", with its {' and '.join(self.beside)} (read from a private copy)" if self.beside else ""
        )
        return f"SQLite, table {self.table}{with_them}"


def beside(path: Path) -> list[Path]:
    """The files beside a database in which there are changes that are not in it yet."""
    real = path.resolve()
    found = []
    for ending in BESIDE:
        file = real.with_name(real.name + ending)
        with contextlib.suppress(OSError):
            if file.is_file() and file.stat().st_size:
                found.append(file)
    return found


def identity(path: Path) -> tuple[object, ...]:
    """What tells whether a database, or what stands beside it, has changed."""
    told: list[object] = []
    for file in beside(path):
        with contextlib.suppress(OSError), file.open("rb") as opened:
            told += [*_stamp(file), opened.read(_HEAD_BYTES)]
    return tuple(told)


def lines(name: str, path: Path | None, file: int, spool_dir: Path | None) -> Iterator[bytes | str | Store]:
    """Yield what the store is, then its rows as lines, block by block; last, as a `str`, why it ends early if it does.

    Args:
        name: What to call it in a sentence.
        path: Where it is; None for one that has no name, and is read through its descriptor.
        file: The open descriptor of the database.
        spool_dir: Where a private copy goes; the system's place if None.

    Raises:
        LogError: It holds no table of events, or nothing of it can be read, or it swells beyond all reason.
    """
    size = os.fstat(file).st_size
    if path is None:
        yield from _rows(name, {"file": file}, file, size, ())
        return
    extra = beside(path)
    if not extra:
        uri = path.absolute().as_uri() + "?mode=ro&immutable=1"
        yield from _rows(name, {"uri": uri}, None, size, ())
        return
    size += sum(each.stat().st_size for each in extra)
    try:
        folder = Path(tempfile.mkdtemp(prefix="history-explorer-", dir=spool_dir))
    except OSError as error:
        raise LogError(name, f"there is no place for a private copy of it: {error.strerror}") from error
    try:
        copy = _copied(name, path.resolve(), folder)
        endings = tuple(each.name.removeprefix(path.resolve().name) for each in extra)
        yield from _rows(name, {"uri": copy.as_uri()}, None, size, endings)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _copied(name: str, path: Path, folder: Path) -> Path:
    """A copy of the database and of what stands beside it, as they were at one moment."""
    copy = folder / "store"
    for _ in range(_TRIES):
        before = [_stamp(each) for each in (path, *beside(path))]
        try:
            shutil.copyfile(path, copy)
            for each in beside(path):
                shutil.copyfile(each, folder / ("store" + each.name.removeprefix(path.name)))
        except OSError as error:
            raise LogError(name, f"it cannot be copied to be read: {error.strerror}") from error
        if before == [_stamp(each) for each in (path, *beside(path))]:
            return copy
    raise LogError(name, "another program keeps writing to it: try again in a moment")


def _stamp(path: Path) -> tuple[int, int, int]:
    status = path.stat()
    return status.st_size, status.st_mtime_ns, status.st_ino


def _rows(
    name: str, where: dict[str, object], file: int | None, size_bytes: int, endings: tuple[str, ...]
) -> Iterator[bytes | str | Store]:
    child = subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-P", "-m", "explorer.eventlog.sqlite.child", json.dumps(where)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        pass_fds=() if file is None else (file,),
        env={**os.environ, "PYTHONPATH": os.pathsep.join(each for each in sys.path if each)},
    )
    with child:
        assert child.stdout is not None
        assert child.stderr is not None
        try:
            head = child.stdout.readline(1 << 20)
            if head:
                told = json.loads(head)
                yield Store(told["table"], told["payload"], endings)
            total = 0
            while block := child.stdout.read(_BLOCK_BYTES):
                total += len(block)
                _check_swelling(name, total, size_bytes)
                yield block
        except BaseException:
            child.kill()
            raise
        said = child.stderr.read(1 << 16).decode(errors="replace").strip()
        status = child.wait()
    if status == 0:
        return
    reason = said if status == 1 and said else "it cannot be read within the memory allowed"
    if "\n" in reason:  # the process itself failed
        reason = "it cannot be read: " + reason.splitlines()[-1]
    if not head:
        raise LogError(name, reason)
    yield reason


def _check_swelling(name: str, total_bytes: int, size_bytes: int) -> None:
    if total_bytes > UNCHECKED_BYTES and total_bytes > MOST_RATIO * max(size_bytes, 1):
        ratio = total_bytes // max(size_bytes, 1)
        raise LogError(
            name,
            f"its rows come to more than {ratio:,} times its size and may never end, so it was not opened",
        )
