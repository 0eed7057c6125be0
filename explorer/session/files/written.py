"""How is a file written so that it is there whole or not at all, and never in the place of an open log?"""

import contextlib
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from explorer.eventlog.errors import LogError
from explorer.resources import is_shipped


def write_file(target: Path, chunks: Iterable[bytes], protected: Iterable[Path] = ()) -> int:
    """Write `chunks` beside `target` and put that in its place; returns how many bytes they were.

    Whatever goes wrong, also in the midst of `chunks`, what stood there stays.

    Args:
        target: Where to write.
        chunks: The contents.
        protected: Files that must not be replaced, whatever name they are called by: the open logs.

    Raises:
        LogError: It is a protected file, or it cannot be written; `str()` is the sentence for the person.
    """
    target = Path(os.path.realpath(target))  # through a link the file is replaced, not the link
    if is_any_of(target, protected):
        raise LogError(target.name, "this is the open log, and a log is never written over")
    if is_shipped(target):
        raise LogError(target.name, "this comes with the program, and is never written over")
    if target.exists() and not target.is_file():
        raise LogError(target.name, "this is not an ordinary file")
    written = 0
    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.name[:40]}-", dir=target.parent)
    except OSError as error:
        raise LogError(target.name, f"it cannot be written: {error.strerror or error}") from error
    unfinished = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            for chunk in chunks:
                file.write(chunk)
                written += len(chunk)
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(OSError):
            unfinished.chmod(target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_mask())
        unfinished.replace(target)
    except OSError as error:
        raise LogError(target.name, f"it cannot be written: {error.strerror or error}") from error
    finally:
        unfinished.unlink(missing_ok=True)
    return written


def is_any_of(path: Path, others: Iterable[Path]) -> bool:
    """Whether `path` is one of these files, by another name too: a hard link, a symbolic link, another case."""
    for other in others:
        with contextlib.suppress(OSError):
            if path.samefile(other):
                return True
    return False


def _mask() -> int:
    """What the person takes away from the rights of new files. There is no way to ask but to set it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
