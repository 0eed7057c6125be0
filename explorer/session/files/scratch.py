"""Where are copies of logs that may be tried on: those that come with the program, those of lessons, what is pasted?

They stand in a folder of this process that nobody else may look into. It goes away when the program ends; what a
program left behind that was killed goes at the next start.
"""

import atexit
import contextlib
import os
import shutil
import tempfile
import threading
import time
from itertools import count
from pathlib import Path

from filelock import lock_descriptor

from explorer.eventlog.errors import LogError
from explorer.resources import is_shipped

PREFIX = "history-explorer-copies-"
_LOCK = "lock"  # held as long as the process lives, whatever ends it
_FORGOTTEN_S = (
    3_600.0  # a folder without a lock is of a program that begins, or, after this time, of a dead one
)
_SQLITE = b"SQLite format 3\0"


class _Folder:
    """The one of this process; made when it is first needed."""

    def __init__(self) -> None:
        self.guard = threading.Lock()
        self.path: Path | None = None
        self.lock: int | None = None
        self.numbers = count(1)
        self.origins: dict[
            str, tuple[str, int]
        ] = {}  # of each copy: the path, and how many bytes were copied


_OURS = _Folder()


def working_path(path: str) -> str:
    """What is opened for `path`: a copy of it if it comes with the program, or else the file itself.

    Raises:
        LogError: There is no room for a copy.
    """
    return scratch_copy(path) if path != "-" and is_shipped(path) and Path(path).is_file() else path


def scratch_copy(path: str | os.PathLike[str]) -> str:
    """Copy a log, under its own name. A database stays where it is: nothing that this program does can write to it.

    Raises:
        LogError: It cannot be read, or there is no room for a copy; `str()` is the sentence for the person.
    """
    log = Path(path)
    try:
        with log.open("rb") as file:
            if file.read(len(_SQLITE)) == _SQLITE:
                return str(log)
        folder = _folder() / str(next(_OURS.numbers))
        folder.mkdir(mode=0o700)
        copy = folder / log.name
        shutil.copyfile(log, copy)
        copy.chmod(0o600)
        size_bytes = copy.stat().st_size
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise LogError(log.name, f"it is opened as a copy, and none could be made: {reason}") from error
    _OURS.origins[str(copy)] = str(log.absolute()), size_bytes
    return str(copy)


def scratch_text(name: str, text: str) -> str:
    """A log that holds a text that somebody pasted. It is a copy of nothing: unless it is saved, it goes away.

    Raises:
        LogError: There is no room for it.
    """
    try:
        folder = _folder() / str(next(_OURS.numbers))
        folder.mkdir(mode=0o700)
        log = folder / name
        with os.fdopen(os.open(log, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(text.encode("utf-8", "replace"))
    except OSError as error:
        raise LogError(name, f"it cannot be written: {error.strerror or error}") from error
    _OURS.origins[str(log)] = str(log), -1
    return str(log)


def is_pasted(path: str | None) -> bool:
    """Whether this is a text that somebody pasted: there is no other file of it."""
    return path is not None and _OURS.origins.get(path, ("", 0)) == (path, -1)


def is_copy(path: str | None) -> bool:
    """Whether this is one of our copies."""
    return path in _OURS.origins


def origin(path: str) -> str:
    """What a copy is a copy of; of any other file, the file itself."""
    found = _OURS.origins.get(path)
    return path if found is None else found[0]


def is_changed(path: str) -> bool:
    """Whether something was recorded into a copy."""
    found = _OURS.origins.get(path)
    try:
        return found is not None and Path(path).stat().st_size != found[1]
    except OSError:
        return True


def drop_copy(path: str | None) -> None:
    """Delete a copy that nobody looks at any more; of any other file nothing is deleted."""
    if path is not None and _OURS.origins.pop(path, None) is not None:
        shutil.rmtree(Path(path).parent, ignore_errors=True)


def drop_copies() -> None:
    """Delete all copies of this process."""
    with _OURS.guard:
        folder, _OURS.path = _OURS.path, None
        lock, _OURS.lock = _OURS.lock, None
        _OURS.origins.clear()
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)
        if lock is not None:
            os.close(lock)


def sweep() -> int:
    """Delete what processes left behind that were killed; returns how many of them."""
    swept = 0
    with contextlib.suppress(OSError):
        for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
            if folder != _OURS.path and _is_left(folder):
                shutil.rmtree(folder, ignore_errors=True)
                swept += 1
    return swept


def _folder() -> Path:
    with _OURS.guard:
        while _OURS.path is None or not _OURS.path.is_dir():  # a tidy system may have deleted it
            if _OURS.lock is not None:
                os.close(_OURS.lock)
            made = Path(tempfile.mkdtemp(prefix=PREFIX))  # mode 0700
            _OURS.lock = os.open(made / _LOCK, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
            if lock_descriptor(_OURS.lock, blocking=False):  # else another program that begins sweeps it away
                _OURS.path = made
                atexit.register(drop_copies)
        return _OURS.path


def _is_left(folder: Path) -> bool:
    """Whether a folder is ours by its owner, and the process that made it is no more."""
    try:
        status = folder.lstat()
        if folder.is_symlink() or not folder.is_dir():
            return False
        if hasattr(os, "getuid") and status.st_uid != os.getuid():
            return False
        try:
            lock = os.open(folder / _LOCK, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0))
        except FileNotFoundError:
            return time.time() - status.st_mtime > _FORGOTTEN_S
    except OSError:
        return False
    try:
        return bool(lock_descriptor(lock, blocking=False))
    finally:
        os.close(lock)
