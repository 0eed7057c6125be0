"""Are the bytes of a log still those that its index was made of, and would a change of them be seen by its times?

The time of a file's last change cannot be set by a program, but it moves in steps, and some systems do not keep it.
"""

import os
import zlib
from typing import Literal, Self

import msgspec

from explorer.eventlog.log import EventLog
from explorer.eventlog.stamp import Stamp, network_kind

_BLOCK_BYTES = 4 << 20
_STEP_NS = 50_000_000  # between two times that differ, at most
_LONG_STEP_NS = 3_000_000_000  # … on a file system that counts seconds, or two at once
_ROUND_NS = 10_000_000  # the times there are multiples of it
_YOUNG_NS = 2_000_000_000


class Made(msgspec.Struct, frozen=True):
    """Of which bytes an index was made.

    Attributes:
        fingerprint: Of the file.
        seen: Whether any change of the bytes since then gives another fingerprint.
        size_bytes, whole_bytes: How many bytes the log had, without and with what its writer had not finished.
        checksum: Of the first …
        rest: … and of the others.
        lines: How many lines were read, in a log of lines.
    """

    fingerprint: str
    seen: bool
    size_bytes: int
    whole_bytes: int
    checksum: str
    rest: str
    lines: int

    @classmethod
    def of(cls, log: EventLog, lines: int) -> Self:
        """Reads the whole log once more."""
        seen, size, whole = would_be_seen(log), log.size_bytes, log.whole_bytes
        return cls(
            log.fingerprint, seen, size, whole, log.checksum(size), log.checksum(whole, size), lines,
        )  # fmt: skip

    def bytes_of(self, log: EventLog) -> Literal["same", "grown", "other"]:
        """What the log is now; every byte is looked at."""
        if self.checksum != log.checksum(self.size_bytes):
            return "other"
        whole = self.size_bytes, self.whole_bytes
        if whole == (log.size_bytes, log.whole_bytes) and self.rest == log.checksum(*reversed(whole)):
            return "same"
        return "grown" if self.size_bytes < log.size_bytes else "other"


def note(log: EventLog) -> None:
    """Remember what is in a log that was written to just now, before its events are read. 0.3 s for a gigabyte."""
    stamp = log.stamp
    if stamp is not None and stamp.plain and not stamp.seen_ns - stamp.times[1] - _YOUNG_NS >= 0:
        log.noted = _sum(log)


def is_as_read(log: EventLog) -> bool:
    """Whether nobody has changed the bytes since the log was opened, as far as they were counted to it."""
    stamp = log.stamp
    if stamp is None or not stamp.plain:
        return True  # they are in a private file
    if log.noted is not None:
        return _sum(log) == log.noted
    found = os.fstat(log.file)
    return (found.st_size, found.st_mtime_ns, found.st_ctime_ns) == (stamp.size_bytes, *stamp.times)


def would_be_seen(log: EventLog) -> bool:
    """Whether any change from now on gives the file another time than the log was opened with."""
    stamp = log.stamp
    if stamp is None or log.path is None or os.name == "nt" or network_kind(log.path) is not None:
        return False
    now = Stamp.now_ns() if stamp.plain else stamp.seen_ns  # what was unpacked is compared with nothing
    changed = stamp.times[1]
    return now - changed > (_STEP_NS if changed % _ROUND_NS else _LONG_STEP_NS)


def _sum(log: EventLog) -> int:
    """Of the file itself: small logs are also in memory."""
    found = 0
    for begin in range(0, log.size_bytes, _BLOCK_BYTES):
        found = zlib.crc32(os.pread(log.file, min(_BLOCK_BYTES, log.size_bytes - begin), begin), found)
    return found
