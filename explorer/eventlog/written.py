"""Where may the program write a file, what looks like a log there, and how is it there whole or not at all?

Every file that a person asks for goes through here: pictures, exports, pages, workspaces, saved tails, new logs. What
is open as a log, what looks like one and what comes with the program is never replaced, by whatever name it is called.
What else stands there is replaced if this program wrote it, or if the person has said so.
"""

import contextlib
import os
import re
import stat
import tempfile
from collections.abc import Iterable
from pathlib import Path

from explorer.eventlog.compressed import packing_of, unpacked
from explorer.eventlog.errors import LogError
from explorer.eventlog.log import adopt_log
from explorer.eventlog.sqlite.beside import JOURNAL_MAGIC
from explorer.eventlog.sqlite.store import MAGIC
from explorer.eventlog.syscalls import APPEND, System
from explorer.patterns import lazy_pattern
from explorer.resources import is_shipped

MARK = "History Explorer"  # of the program, in files that have a place for it

_HEAD_BYTES = 1 << 12
_MARKED = (
    lazy_pattern(rb"\x89PNG\r\n\x1a\n.*?tEXtSoftware\0" + MARK.encode(), re.DOTALL),
    lazy_pattern(rb"<\?xml .*?<svg .*?<desc>" + MARK.encode(), re.DOTALL),
    lazy_pattern(
        rb'<!DOCTYPE html>.*?<meta name="generator" content="' + MARK.encode(), re.DOTALL | re.IGNORECASE
    ),
    lazy_pattern(rb'\{\s*"kind": "workspace",\s*"version": [0-9]+,\s*"log": \{'),
)
# Exports have no place for a mark, and some would pass for logs: they are asked about, and not refused.
_FORMS = (
    lazy_pattern(
        rb"(\xef\xbb\xbf)?position,at,type,(field,before,after,explanation|[^,\n]+,data,not read)[,\r\n]"
    ),
    lazy_pattern(rb"# [^\n]*\n\n\| [^\n]* \|\n\| -*:? "),
    lazy_pattern(rb'\{\n  "from": \{\n    "position": '),
    lazy_pattern(rb'\{\n  "(position|total|account|log)": .*\n  "(events|unread|field|to|warnings)": '),
)


class InTheWay(LogError):  # noqa: N818 - a question to the person
    """Something stands there that this program did not write; it is replaced only if the person says so."""

    def __init__(self, name: str, hint: str = "") -> None:
        super().__init__(name, "it is there already, and this program did not write it" + hint)


def write_file(
    target: Path, chunks: Iterable[bytes], protected: Iterable[Path] = (), *, replace: bool = False
) -> int:
    """Write `chunks` beside `target` and put that in its place; returns how many bytes they were.

    Whatever goes wrong, also in the midst of `chunks`, what stood there stays.

    Args:
        target: Where to write.
        chunks: The contents.
        protected: Files that stay beside the logs that are open, whatever name they are called by.
        replace: Whether the person has said that what stands there may go. It never lets go of a log.

    Raises:
        InTheWay: The person must be asked.
        LogError: It is a log, or it cannot be written; `str()` is the sentence for the person.
    """
    target = Path(os.path.realpath(target))  # through a link the file is replaced, not the link
    protected = list(protected)
    refuse(target, protected, replace=replace)
    was_there = target.exists()
    written = 0
    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.name[:40]}-", dir=target.parent)
    except (OSError, ValueError) as error:
        raise LogError(target.name, f"it cannot be written: {reason_of(error)}") from error
    unfinished = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            for chunk in chunks:
                file.write(chunk)
                written += len(chunk)
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(OSError):
            unfinished.chmod(target.stat().st_mode & 0o777 if was_there else 0o666 & ~rights_taken())
        refuse(target, protected, replace=replace)  # to write may take long
        _put(unfinished, target, replace=replace or was_there)
    except OSError as error:
        raise LogError(target.name, f"it cannot be written: {reason_of(error)}") from error
    finally:
        unfinished.unlink(missing_ok=True)
    return written


def create_file(path: str, system: System) -> int:
    """The descriptor of a new file that can only be appended to.

    Raises:
        FileExistsError: Something has that name already; it is left as it is.
        OSError: It cannot be made.
    """
    return system.open(path, APPEND | os.O_CREAT | os.O_EXCL)


def refuse(target: Path, protected: Iterable[Path] = (), *, replace: bool = False) -> None:
    """Return if `target` may be written to; nothing is.

    Raises:
        InTheWay: The person must be asked, and has not said yet that it may be replaced.
        LogError: It may not in any case.
    """
    name = target.name
    if is_shipped(target):
        raise LogError(name, "this comes with the program, and is never written over")
    try:
        found = target.stat()
    except FileNotFoundError:
        return
    except (OSError, ValueError) as error:
        raise LogError(name, f"it cannot be written: {reason_of(error)}") from error
    from explorer.eventlog.source import is_open
    from explorer.eventlog.written import log_like  # the program begins without what reads logs

    if is_open(found) or any(_is(found, each) for each in protected):
        raise LogError(name, "this is the open log, and a log is never written over")
    if not stat.S_ISREG(found.st_mode):
        raise LogError(name, "this is not an ordinary file")
    head = _head(target)
    if any(mark.match(head) for mark in _MARKED):
        return
    if not any(form.match(head) for form in _FORMS):
        kind = log_like(target)
        if kind is not None:
            raise LogError(name, f"this looks like a log ({kind}), and a log is never written over")
    if found.st_size and not replace:
        raise InTheWay(name)


def _is(found: os.stat_result, path: Path) -> bool:
    """Whether it is that file, by whatever name: a hard link, a symbolic link, another case."""
    with contextlib.suppress(OSError, ValueError):
        return os.path.samestat(found, path.stat())
    return False


def _head(path: Path) -> bytes:
    with contextlib.suppress(OSError), path.open("rb") as file:
        return file.read(_HEAD_BYTES)
    return b""  # what cannot be read is not ours


def _put(unfinished: Path, target: Path, *, replace: bool) -> None:
    """Give a finished file its name; without `replace` never to the cost of one that has come meanwhile."""
    if not replace:
        try:
            os.link(unfinished, target)
        except FileExistsError as error:
            raise InTheWay(target.name) from error
        except OSError:
            pass  # a file system without links
        else:
            return
    unfinished.replace(target)


def reason_of(error: BaseException) -> str:
    """What the system says is wrong, without its number."""
    return str(getattr(error, "strerror", None) or error)


def rights_taken() -> int:
    """What the person takes away from the rights of new files. There is no way to ask but to set it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


_LOG_HEAD_BYTES = 1 << 18
_OF_A_DATABASE = (
    MAGIC,
    bytes.fromhex("377f0682"),  # what stands beside one: a -wal, in either order of bytes, and a -journal
    bytes.fromhex("377f0683"),
    JOURNAL_MAGIC,
)


def log_like(path: Path) -> str | None:
    """What kind of log it looks like, in words; None if like none. What cannot be read looks like none."""
    try:
        with path.open("rb", buffering=0) as file:
            head = file.read(_LOG_HEAD_BYTES) or b""
            packing = packing_of(head)
            if packing:
                block = next(unpacked(packing, path.name, file.fileno()), b"")
                head = block[:_LOG_HEAD_BYTES] if isinstance(block, bytes) else b""
    except (OSError, LogError):
        return None
    if head.startswith(_OF_A_DATABASE):
        return "SQLite"
    if not head.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        return None
    with tempfile.TemporaryFile() as begin, contextlib.suppress(LogError):
        begin.write(head)
        begin.flush()
        with adopt_log(os.dup(begin.fileno()), path.name, None, None, len(head)) as log:
            events = next(log.batches()).events
            found = log.fields
            # any table may have a column that is called “name”, a state has entities and perhaps times
            if log.format.startswith("CSV"):
                known = (found.type and (found.time or found.entity)) or (found.time and not found.entity)
            else:
                known = found.type or found.time
            if events and (known or (log.format.startswith("JSON Lines") and len(events) > 1)):
                return log.format + (f", {packing}" if packing else "")
    return None
