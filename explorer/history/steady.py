"""Are the bytes of a log still those that its index was made of, and would a change of them be seen by its times?

The time of a file's last change cannot be set by a program, but it moves in steps, and some systems do not keep it.
"""

import os
import secrets
from typing import Literal, Self

import msgspec

from explorer.eventlog.content_sum import StretchSums, stretch_sums
from explorer.eventlog.log import EventLog
from explorer.eventlog.stamp import Stamp, network_kind

_STEP_NS = 50_000_000  # between two times that differ, at most
_LONG_STEP_NS = 3_000_000_000  # … on a file system that counts seconds, or two at once
_ROUND_NS = 10_000_000  # the times there are multiples of it
_YOUNG_NS = 2_000_000_000
_KEY_BYTES = 32


class Made(msgspec.Struct, frozen=True):
    """Of which bytes an index was made.

    Attributes:
        fingerprint: Of the file.
        seen: Whether any change of the bytes since then gives another fingerprint.
        size_bytes, whole_bytes: How many bytes the log had, without and with what its writer had not finished.
        key: By which they are summed up, in hexadecimal digits; known to nobody else.
        checksum: Of the first …
        rest: … and of the others.
        lines: How many lines were read, in a log of lines.
    """

    fingerprint: str
    seen: bool
    size_bytes: int
    whole_bytes: int
    key: str
    checksum: str
    rest: str
    lines: int

    @classmethod
    def of(cls, log: EventLog, lines: int) -> Self:
        """Reads the whole log once more, unless that was noted."""
        seen, size, whole = would_be_seen(log), log.size_bytes, log.whole_bytes
        key = _new_key() if log.noted is None else log.noted.key
        return cls(
            log.fingerprint, seen, size, whole, key.hex(),
            log.checksum(size, key=key), log.checksum(whole, size, key), lines,
        )  # fmt: skip

    def bytes_of(self, log: EventLog) -> Literal["same", "grown", "other"]:
        """What the log is now; every byte is looked at."""
        key = bytes.fromhex(self.key)
        if self.checksum != log.checksum(self.size_bytes, key=key):
            return "other"
        size, whole = self.size_bytes, self.whole_bytes
        as_long = (size, whole) == (log.size_bytes, log.whole_bytes)
        if as_long and self.rest == log.checksum(whole, size, key):
            return "same"
        return "grown" if self.size_bytes < log.size_bytes else "other"


def note(log: EventLog, made: Made | None = None) -> None:
    """Remember what is in a log that was written to just now, before its events are read. 0.3 s for a gigabyte.

    Args:
        log: The log.
        made: What it will be compared with.
    """
    stamp = log.stamp
    if stamp is not None and stamp.plain and not stamp.seen_ns - stamp.times[1] - _YOUNG_NS >= 0:
        log.noted = _sums(log, _new_key() if made is None else bytes.fromhex(made.key))


def is_as_read(log: EventLog) -> bool:
    """Whether nobody has changed the bytes since the log was opened, as far as they were counted to it."""
    stamp = log.stamp
    if stamp is None or not stamp.plain:
        return True  # they are in a private file
    if log.noted is not None:
        return _sums(log, log.noted.key) == log.noted
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


def _sums(log: EventLog, key: bytes) -> StretchSums:
    """Of the file itself: small logs are also in memory."""

    def fill(at: int, room: memoryview) -> int:
        have = 0
        while have < len(room) and (more := _filled(log.file, room[have:], at + have)):
            have += more
        return have

    return StretchSums(key, stretch_sums(fill, 0, log.size_bytes, key))


def _filled(file: int, room: memoryview, at: int) -> int:
    """Read into memory that there is; how much."""
    if hasattr(os, "preadv"):
        return os.preadv(file, [room], at)
    data = os.pread(file, len(room), at)
    room[: len(data)] = data
    return len(data)


def _new_key() -> bytes:
    return secrets.token_bytes(_KEY_BYTES)
