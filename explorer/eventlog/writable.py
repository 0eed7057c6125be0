"""How is a log opened so that something may be appended to it, and which logs cannot be?"""

import os
import stat
from pathlib import Path

import msgspec

from explorer.eventlog.errors import CannotWrite
from explorer.eventlog.event import Record
from explorer.eventlog.extract import JOINED
from explorer.eventlog.log import EventLog
from explorer.eventlog.profiles.unwrapping import wrapped_at
from explorer.eventlog.seal import Seals, seal_of
from explorer.eventlog.syscalls import APPEND, System
from explorer.eventlog.tail import Read, Tail
from explorer.eventlog.written import create_file
from explorer.resources import is_shipped

_LOOKED_AT_BYTES = 1 << 16
_WRITABLE = "JSON Lines"


def open_for_writing(path: str, system: System, *, create: bool) -> int:
    """A descriptor that only appends; a new file's name is on the medium before this returns.

    Raises:
        CannotWrite: It is no regular file, there is none, it comes with the program, or it may not be written to.
    """
    name = Path(path).name
    if is_shipped(path):
        raise CannotWrite(name, "it comes with the program and is never written to; append to a copy of it")
    try:
        if create:
            try:
                file = create_file(path, system)
            except FileExistsError:
                pass
            else:
                try:
                    system.sync_folder(os.path.dirname(path))  # noqa: PTH120 - of the name as it was given
                except OSError:
                    system.close(file)
                    raise
                return file
        file = system.open(path, APPEND)
    except FileNotFoundError as error:
        raise CannotWrite(name, "there is no such file") from error
    except (OSError, ValueError) as error:
        if Path(path).is_symlink():
            raise CannotWrite(name, "it is a link; append to the file that it leads to") from error
        raise CannotWrite(name, f"it cannot be opened for writing: {plain(error)}") from error
    try:
        regular = stat.S_ISREG(system.fstat(file).st_mode)
    except OSError as error:
        system.close(file)
        raise CannotWrite(name, f"it cannot be opened for writing: {plain(error)}") from error
    if not regular:
        system.close(file)
        raise CannotWrite(name, "it is not a regular file")
    return file


def refuse_other_kinds(log: EventLog) -> None:
    """Only JSON Lines in UTF-8 grow by lines.

    Raises:
        CannotWrite: The log is something else.
    """
    if log.format != _WRITABLE or not log.by_lines:
        shown = "JSON Lines with lone carriage returns" if log.format == _WRITABLE else log.format
        raise CannotWrite(
            log.name, f"new events can only be appended to JSON Lines in UTF-8, and this is {shown}"
        )


def refuse_wrapped(log: EventLog, sample: Record | None) -> None:
    """What is appended is written plainly, and would be another kind of record among wrapped ones.

    Raises:
        CannotWrite: The log's records are wrapped, or say in several members what it is that they are about.
    """
    wrapped = None if sample is None else wrapped_at(log.profile.unwrap, sample)
    if wrapped is not None:
        where = f"the {wrapped} of its events" if wrapped else "its records"
        raise CannotWrite(log.name, f"nothing can be appended: {where} must be wrapped as the others are")
    joined = [path for path in msgspec.structs.astuple(log.fields) if path and JOINED in path]
    if joined:
        raise CannotWrite(log.name, f"nothing can be appended: {joined[0]} is told by several members")


def seals_of(read: Read, tail: Tail) -> Seals:
    """What the records of a log prove. A new log's records prove that they are whole."""
    if tail.size_bytes == 0:
        return "checksum"
    begin = max(0, tail.size_bytes - _LOOKED_AT_BYTES)
    lines = read(begin, tail.size_bytes - begin).split(b"\n")
    found = [seal for seal in map(seal_of, lines) if seal is not None]
    if any(seal.prev is not None for seal in found):
        return "chain"
    return "checksum" if any(seal.batch is None for seal in found) else "none"


def plain(error: BaseException) -> str:
    """What the system says, as a clause."""
    text = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return text[:1].lower() + text[1:]
