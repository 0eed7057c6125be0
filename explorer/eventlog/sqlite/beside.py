"""What becomes of the files beside a database: a -wal that is read with it, a -journal that forbids to read it?"""

import contextlib
import errno
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from explorer.eventlog.errors import LogError
from explorer.eventlog.sqlite.moved import Moved

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
        reason += f". Beware: that journal makes SQLite delete the file “{names}”"
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
def copied(name: str, file: int, wal: Path, spool_dir: Path | None) -> Iterator[tuple[Path, int]]:
    """A private copy of a database and its -wal, as they were at one moment, and how many bytes they are.

    Where the file system can, the copy shares its blocks with the original and costs nothing.

    Raises:
        LogError: There is no room for it, or the -wal was begun anew meanwhile.
    """
    try:
        folder = Path(tempfile.mkdtemp(prefix="history-explorer-", dir=spool_dir))
    except OSError as error:
        raise LogError(name, f"there is no place for a private copy of it: {error.strerror}") from error
    try:
        size = _copy_both(name, file, wal, folder)
        yield folder / "store", size
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _copy_both(name: str, file: int, wal: Path, folder: Path) -> int:
    size = os.fstat(file).st_size
    try:
        with wal.open("rb") as changes:
            head = changes.read(32)
            size += os.fstat(changes.fileno()).st_size
            # the changes first: more of them may come meanwhile, which are not looked at
            _copy(changes.fileno(), folder / "store-wal")
            _copy(file, folder / "store")
            begun_anew = os.pread(changes.fileno(), 32, 0) != head
            if begun_anew or not os.path.samestat(wal.stat(), os.fstat(changes.fileno())):
                raise Moved(name)  # part of the copy is of before, part of after
    except FileNotFoundError as error:
        raise Moved(name) from error
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
            reason = (
                f"there is no room for a private copy of it in {folder.parent} ({size >> 20:,} MiB), which it needs "
                "because there are changes in a -wal beside it: name a larger place with --cache or TMPDIR, or close "
                "the program that uses it"
            )
            raise LogError(name, reason) from error
        raise LogError(name, f"it cannot be copied to be read: {error.strerror}") from error
    return size


def _copy(source: int, target: Path) -> None:
    """Copy a file as long as it is now, sharing its blocks where that can be."""
    size, done = os.fstat(source).st_size, 0
    with target.open("xb", buffering=0) as file:
        if hasattr(os, "copy_file_range"):
            with contextlib.suppress(OSError):
                while done < size and (
                    more := os.copy_file_range(source, file.fileno(), size - done, done, done)
                ):
                    done += more
        file.seek(done)
        while done < size and (block := os.pread(source, min(_COPIED_BYTES, size - done), done)):
            done += file.write(block)
