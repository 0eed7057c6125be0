"""How do bytes get onto the medium behind the end of a log, all of them or none?"""

import errno
import os

from explorer.eventlog.errors import CannotWrite, InDoubt
from explorer.eventlog.syscalls import System
from explorer.eventlog.writable import plain


def append_durably(system: System, file: int, data: bytes, size: int, name: str) -> None:
    """Write `data` behind the first `size` bytes, which are all that there are, and wait for the medium.

    Raises:
        CannotWrite: There is no room, or the medium refused: the log is as it was.
        InDoubt: Nobody knows whether it is there; the file must not be used any more.
    """
    done = 0
    try:
        while done < len(data):
            written = system.write(file, memoryview(data)[done:] if done else data)
            if not written:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))  # noqa: TRY301 - as the system says it later
            done += written
    except BaseException as error:
        _undo(system, file, size, done, name)
        if isinstance(error, OSError):
            raise CannotWrite(name, f"{plain(error)}; nothing was written") from error
        raise
    try:
        system.sync(file)
    except OSError as error:
        # the system forgets what it could not write out: who asks again is told a lie
        raise _doubt(name, f"the medium has not confirmed it: {plain(error)}") from error


def _undo(system: System, file: int, size: int, done: int, name: str) -> None:
    """Take back the `done` bytes that were written."""
    try:
        now = system.fstat(file).st_size
        if now > size + done:
            raise _doubt(name, "another program writes to it without the lock")
        if now > size:
            system.cut(file, size)
            system.sync(file)
    except OSError as error:
        raise _doubt(name, f"what was written of it could not be taken back: {plain(error)}") from error


def _doubt(name: str, why: str) -> InDoubt:
    return InDoubt(
        name, f"whether the events were saved is not known: {why}; open the log anew, and look at its end"
    )
