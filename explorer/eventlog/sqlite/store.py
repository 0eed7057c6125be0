"""How do the rows of a SQLite event store come out of its file, with nothing touched beside it?

SQLite itself would make files beside a database that another program keeps a -wal for, and a -journal beside it may
name any file of the person, which SQLite then deletes. So it is only ever given a database that does not change and
has nothing beside it, or a private copy with the -wal. A -journal is looked at here and never shown to it.
"""

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec

from explorer.eventlog.compressed import MOST_RATIO, UNCHECKED_BYTES
from explorer.eventlog.errors import LogError
from explorer.eventlog.sqlite.beside import copied, refuse_half_written
from explorer.eventlog.sqlite.moved import Moved

MAGIC = b"SQLite format 3\0"
_BLOCK_BYTES = 1 << 19
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


def _wal(path: Path) -> Path | None:
    """The -wal beside a database, if there is something in it."""
    file = path.with_name(path.name + "-wal")
    with contextlib.suppress(OSError):
        if file.is_file() and file.stat().st_size:
            return file
    return None


def identity(path: Path) -> tuple[object, ...]:
    """What tells whether there is something new beside a database."""
    wal = _wal(path.resolve())
    with contextlib.suppress(OSError):
        if wal is not None:
            with wal.open("rb") as opened:
                return (*_stamp(wal.stat()), opened.read(_HEAD_BYTES))
    return ()


def lines(name: str, path: Path | None, file: int, spool_dir: Path | None) -> Iterator[bytes | str | Store]:
    """Yield what the store is, then its rows as lines, block by block; last, as a `str`, why it ends early if it does.

    Args:
        name: What to call it in a sentence.
        path: Where it is; None for one that has no name, and is read through its descriptor.
        file: The open descriptor of the database.
        spool_dir: Where a private copy goes; the system's place if None.

    Raises:
        Moved: Another program wrote to it meanwhile: what was yielded is worth nothing.
        LogError: It holds no table of events, or nothing of it can be read, or it swells beyond all reason, or it was
            left in the middle of a write.
    """
    if path is None:
        yield from _rows(name, {"file": file}, file, os.fstat(file).st_size, ())
        return
    real = path.resolve()
    before = _seen(name, real, file)
    refuse_half_written(name, real)
    wal = _wal(real)
    if wal is None:
        uri = real.as_uri() + "?mode=ro&immutable=1"
        yield from _rows(name, {"uri": uri}, None, os.fstat(file).st_size, ())
    else:
        with copied(name, file, wal, spool_dir) as (copy, size):
            if _seen(name, real, file) != before:
                raise Moved(name)
            yield from _rows(name, {"uri": copy.as_uri()}, None, size, ("-wal",))
        return  # from the copy: what became of the other meanwhile does not matter
    refuse_half_written(name, real)
    if _seen(name, real, file) != before:
        raise Moved(name)


def _seen(name: str, path: Path, file: int) -> tuple[object, ...]:
    """What a database is like now; that of the descriptor must be that of the name, which SQLite is given."""
    try:
        ours, named = _stamp(os.fstat(file)), _stamp(path.stat())
        head = os.pread(file, 100, 0)  # it counts the changes
    except OSError as error:
        raise LogError(name, f"it cannot be read: {error.strerror}") from error
    if ours != named:
        raise Moved(name)
    return (*ours, head)


def _stamp(status: os.stat_result) -> tuple[int, ...]:
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino, status.st_dev


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
