"""How do the rows of a SQLite event store come out of its file, with nothing touched beside it?

SQLite itself would make files beside a database that another program keeps a -wal for, and a -journal beside it may
name any file of the person, which SQLite then deletes. So it is given no file at all: a child reads the descriptors of
the database and its -wal, as they are, through a file system of our own (`pages`). A -journal is looked at here and
never shown to it. What is read while another program writes is read again, then from a private copy, which is made in
a moment where reading takes long.
"""

import contextlib
import json
import os
import sys
import time
from collections.abc import Generator, Iterator, Sequence
from pathlib import Path

import msgspec

from explorer.eventlog.compressed import MOST_RATIO, UNCHECKED_BYTES
from explorer.eventlog.errors import LogError, Moved
from explorer.eventlog.event import FieldMap
from explorer.eventlog.object_centric import FIELDS
from explorer.eventlog.sqlite.beside import changes, copied, refuse_half_written
from explorer.eventlog.sqlite.wal import HEAD_BYTES

MAGIC = b"SQLite format 3\0"
_BLOCK_BYTES = 1 << 19
_HEAD_BYTES = 1 << 16
_TICK_NS = 20_000_000  # two changes closer to each other than this may have the same time


class SqliteStore(msgspec.Struct):
    """What was found in the file.

    Attributes:
        table: The table that holds the events.
        payload: Its column with the payload, if it has one.
        beside: The endings of the files beside it that were read too, such as `-wal`.
        copied: Whether all that was read from private copies.
        fields: Which column is what, where its tables say that.
    """

    table: str = ""
    payload: str | None = None
    beside: tuple[str, ...] = ()
    copied: bool = False
    fields: FieldMap | None = None

    @property
    def shown(self) -> str:
        """For display: `SQLite, table stored_events`."""
        shown = f"SQLite, table {self.table}"
        if self.beside:
            shown = f"SQLite, table {self.table}, with its {' and '.join(self.beside)}"
        return f"{shown} (read from a private copy)" if self.copied else shown


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


def lines(
    name: str, path: Path | None, file: int, spool_dir: Path | None, *, again: bool = False
) -> Iterator[bytes | str | SqliteStore]:
    """Yield what the store is, then its rows as lines, block by block; last, as a `str`, why it ends early if it does.

    Args:
        name: What to call it in a sentence.
        path: Where it is; None for one that has no name, and is read through its descriptor.
        file: The open descriptor of the database.
        spool_dir: Where a private copy goes; the system's place if None.
        again: Whether another program wrote to it when it was tried before: it is copied, and the copy is read.

    Raises:
        Moved: Another program wrote to it meanwhile: what was yielded is worth nothing.
        LogError: It holds no table of events, or nothing of it can be read, or it swells beyond all reason, or it was
            left in the middle of a write.
    """
    if path is None:
        yield from _rows(name, [file])
        return
    real = path.resolve()
    with changes(real) as wal:
        files = [file] if wal is None else [file, wal]
        before = _settled(name, real, files)
        refuse_half_written(name, real)
        if again:
            # the changes first: more of them may come meanwhile, which are not looked at
            with copied(name, files[::-1], spool_dir) as copies:
                _check_unmoved(name, real, files, before)
                yield from _rows(name, copies[::-1], copied=True)
            return  # what became of the other meanwhile does not matter
        try:
            with contextlib.closing(_rows(name, files)) as blocks:
                for block in blocks:
                    if _seen(name, real, files) != before:  # soon enough to begin again
                        raise Moved(name)
                    yield block
        except LogError:
            _check_unmoved(name, real, files, before)  # then what it said is worth nothing either
            raise
        _check_unmoved(name, real, files, before)


def _check_unmoved(name: str, path: Path, files: Sequence[int], before: tuple[object, ...]) -> None:
    refuse_half_written(name, path)
    if _seen(name, path, files) != before:
        raise Moved(name)


def _settled(name: str, path: Path, files: Sequence[int]) -> tuple[object, ...]:
    """What is there, so late that another change would have another time."""
    seen = _seen(name, path, files)
    if abs(time.time_ns() - os.fstat(files[0]).st_mtime_ns) < _TICK_NS:
        time.sleep(_TICK_NS / 1e9)
        seen = _seen(name, path, files)
    return seen


def _seen(name: str, path: Path, files: Sequence[int]) -> tuple[object, ...]:
    """What a database and its -wal are like now; those of the descriptors must be those of the names.

    To a -wal more may be added, which is not looked at; if it is begun anew, its head is another.
    """
    file, *wal = files
    try:
        ours, named = _stamp(os.fstat(file)), _stamp(path.stat())
        head = os.pread(file, 100, 0)  # it counts the changes
        changed = [os.pread(each, HEAD_BYTES, 0) for each in wal]
        if ours != named or not all(
            os.path.samestat(os.fstat(each), path.with_name(path.name + "-wal").stat()) for each in wal
        ):
            raise Moved(name)
    except FileNotFoundError as error:
        raise Moved(name) from error
    except OSError as error:
        raise LogError(name, f"it cannot be read: {error.strerror}") from error
    return (*ours, head, *changed)


def _stamp(status: os.stat_result) -> tuple[int, ...]:
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino, status.st_dev


def _rows(name: str, files: Sequence[int], *, copied: bool = False) -> Generator[bytes | str | SqliteStore]:
    size_bytes = sum(os.fstat(file).st_size for file in files)
    import subprocess  # only a database needs it

    child = subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-P", "-m", "explorer.eventlog.sqlite.child", json.dumps(list(files))],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        pass_fds=tuple(files),
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join(each for each in sys.path if each),
            "OPENBLAS_NUM_THREADS": "1",  # each would take of the memory that it may use
        },
    )
    with child:
        assert child.stdout is not None
        assert child.stderr is not None
        try:
            head = child.stdout.readline(1 << 20)
            if head:
                told = json.loads(head)
                beside = ("-wal",) if told["wal"] else ()
                fields = FIELDS if "fields" in told else None
                yield SqliteStore(told["table"], told["payload"], beside, copied, fields)
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
        reason = f"it cannot be read: {reason.splitlines()[-1]}"
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
