"""How is a torn end taken off a log, when a person says so?

The bytes are kept in a file of their own first. This is the only place in the program that makes a log shorter.
"""

import os
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from explorer.eventlog.errors import CannotWrite, LogError
from explorer.eventlog.locking import Busy, LogLock
from explorer.eventlog.log import open_log
from explorer.eventlog.syscalls import SYSTEM, System
from explorer.eventlog.tail import Read, look_at_tail
from explorer.eventlog.writable import open_for_writing, plain, refuse_other_kinds
from explorer.eventlog.written import create_file

_COPIED_BYTES = 1 << 20


class TailRepair(msgspec.Struct, frozen=True):
    """What was taken off: `length_bytes` bytes that began at `offset`; they are in `saved_to`."""

    offset: int
    length_bytes: int
    saved_to: str


def cut_torn_tail(path: str | os.PathLike[str], system: System = SYSTEM) -> TailRepair | None:
    """Save the torn end of a log to `<log>.torn-<time>`, then cut it off. None if the end is whole.

    Raises:
        CannotWrite: It could not be saved, or not be cut off; nothing is lost.
    """
    where, name = os.fspath(path), Path(path).name
    file = open_for_writing(where, system, create=False)
    lock = LogLock(where, system)
    try:
        with lock.held(), open_log(where) as log:
            refuse_other_kinds(log)
            size = system.fstat(file).st_size
            tail = look_at_tail(log.raw, size)
            if not tail.torn:
                return None
            copy = f"{where}.torn-{datetime.now(UTC):%Y%m%dT%H%M%S.%fZ}"
            _copy(log.raw, tail.size_bytes, size, copy, system)
            system.cut(file, tail.size_bytes)
            system.sync(file)
            return TailRepair(tail.size_bytes, size - tail.size_bytes, copy)
    except Busy as busy:
        raise CannotWrite(name, "another program is writing to it") from busy
    except OSError as error:
        raise CannotWrite(name, f"its torn end could not be taken off: {plain(error)}") from error
    except CannotWrite:
        raise
    except LogError as error:
        raise CannotWrite(name, error.reason) from error
    finally:
        lock.close()
        system.close(file)


def _copy(read: Read, begin: int, end: int, path: str, system: System) -> None:
    """Save the bytes from `begin` to `end` in a new file."""
    file = create_file(path, system)
    try:
        while begin < end:
            block = memoryview(read(begin, min(_COPIED_BYTES, end - begin)))
            begin += len(block)
            while block:
                block = block[system.write(file, block) :]
        system.sync(file)
        system.sync_folder(os.path.dirname(path))  # noqa: PTH120 - of the name as it was given
    finally:
        system.close(file)
