"""What becomes of the files beside a database: a -wal that is read with it, a -journal that forbids to read it?"""

import contextlib
import errno
import os
import stat
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from explorer.eventlog.errors import LogError

JOURNAL_MAGIC = bytes.fromhex("d9d505f920a163d7")
_COPIED_BYTES = 4 << 20
_TRIES = 6  # looks at a -journal
_PAUSE_S = 0.05


def refuse_half_written(name: str, path: Path) -> None:
    """A database that a write was not finished in, or is not yet: what it holds may be half of a change."""
    journal = path.with_name(path.name + "-journal")
    for _ in range(_TRIES):
        names = _unfinished(journal)
        if names is None:
            return
        time.sleep(_PAUSE_S)  # a program that is just writing is soon done
    reason = (
        f"it was left in the middle of a write: “{journal.name}” beside it says what must be undone first, and until "
        "then its rows may be half of a change. Nothing was read or touched. Open it once with the program that wrote "
        f"it, or copy both files and run “sqlite3 {path.name} .tables” on the copies; then open it again"
    )
    if names:
        reason = f"{reason}. Beware: that journal makes SQLite delete the file “{names}”"
    raise LogError(name, reason)


def _unfinished(journal: Path) -> str | None:
    """None if a journal is not there, or done with; else the file that it makes SQLite delete, if it names one."""
    try:
        if not journal.is_file():
            return None
        with journal.open("rb") as opened:
            if opened.read(1) in {b"", b"\0"}:
                return None
            size = opened.seek(0, os.SEEK_END)
            opened.seek(max(size - 16, 0))
            tail = opened.read(16)
            length = int.from_bytes(tail[:4])
            if tail[8:] != JOURNAL_MAGIC or not 0 < length <= min(4096, size - 16):
                return ""
            opened.seek(size - 16 - length)
            return opened.read(length).decode("utf-8", "replace")
    except PermissionError:
        return ""  # it is there, and nobody knows what it says
    except OSError:
        return None


@contextlib.contextmanager
def changes(path: Path) -> Iterator[int | None]:
    """The descriptor of the -wal beside a database, if there is something in it.

    Raises:
        LogError: There is one, and it may not be read.
    """
    file = None
    try:
        with contextlib.suppress(FileNotFoundError):
            file = os.open(
                path.with_name(path.name + "-wal"),
                os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0),
            )
    except OSError as error:
        reason = f"“{path.name}-wal” beside it may hold changes and cannot be read: {error.strerror}"
        raise LogError(path.name, reason) from error
    if file is None:
        yield None
        return
    try:
        found = os.fstat(file)
        yield file if stat.S_ISREG(found.st_mode) and found.st_size else None
    finally:
        os.close(file)


@contextlib.contextmanager
def copied(name: str, files: Sequence[int], spool_dir: Path | None) -> Iterator[list[int]]:
    """Private copies of files, which no other program sees, by their descriptors.

    Where the file system can, a copy shares its blocks with the original and costs nothing.

    Raises:
        LogError: There is no room for them.
    """
    size_bytes = sum(os.fstat(file).st_size for file in files)
    with contextlib.ExitStack() as opened:
        copies = []
        try:
            for file in files:
                copy = opened.enter_context(tempfile.TemporaryFile(dir=spool_dir, buffering=0))
                _copy(file, copy)
                copies.append(copy.fileno())
        except OSError as error:
            if error.errno not in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
                raise LogError(name, f"it cannot be copied to be read: {error.strerror}") from error
            reason = (
                f"another program keeps writing to it, and for a private copy there is no room in "
                f"{spool_dir or tempfile.gettempdir()} ({size_bytes >> 20:,} MiB): name a larger place with --cache "
                "or TMPDIR, or close that program"
            )
            raise LogError(name, reason) from error
        yield copies


def _copy(source: int, target: BinaryIO) -> None:
    """Copy a file as long as it is now, sharing its blocks where that can be."""
    size, done = os.fstat(source).st_size, 0
    if hasattr(os, "copy_file_range"):
        with contextlib.suppress(OSError):
            while done < size and (
                more := os.copy_file_range(source, target.fileno(), size - done, done, done)
            ):
                done += more
    target.seek(done)
    while done < size and (block := os.pread(source, min(_COPIED_BYTES, size - done), done)):
        done += target.write(block)
