"""Does a file look like a log, judged by its beginning?"""

import contextlib
import os
import tempfile
from pathlib import Path

from explorer.eventlog.compressed import packing_of, unpacked
from explorer.eventlog.errors import LogError
from explorer.eventlog.log import adopt_log
from explorer.eventlog.sqlite.beside import JOURNAL_MAGIC
from explorer.eventlog.sqlite.store import MAGIC

_HEAD_BYTES = 1 << 18
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
            head = file.read(_HEAD_BYTES) or b""
            packing = packing_of(head)
            if packing:
                block = next(unpacked(packing, path.name, file.fileno()), b"")
                head = block[:_HEAD_BYTES] if isinstance(block, bytes) else b""
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
