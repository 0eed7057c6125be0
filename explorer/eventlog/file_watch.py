"""What has become of the file of an open log since it was read: grown, cut, overwritten, replaced, gone?

Works by looking (stat, and some reading when that has changed), not by being told: so it works on every drive.
"""

import hashlib
import os
import stat
from pathlib import Path
from typing import Literal

import msgspec

from explorer.eventlog import stores
from explorer.eventlog.log import EventLog
from explorer.eventlog.stamp import Stamp
from explorer.eventlog.tail import Read

type FileChangeKind = Literal["same", "grown", "cut", "overwritten", "replaced", "gone", "lost", "changed"]

_DEEP_BYTES = 64 << 20  # so many are compared of a file whose time has changed and whose size has not
_BLOCK_BYTES = 1 << 14


class FileChange(msgspec.Struct, frozen=True):
    """What was found; `size_bytes` is what the file has now, `reason` what a source that is lost or changed says."""

    kind: FileChangeKind
    size_bytes: int = 0
    reason: str = ""


class FileWatch:
    """Looks at the file of one log. `look` may take long on a bad drive; only one thread may call it.

    Args:
        log: An open log that is a file. Its bytes as they are now are what is compared with.
    """

    def __init__(self, log: EventLog) -> None:
        assert log.path is not None
        assert log.stamp is not None
        self._path = os.fspath(log.path)
        self._stamp: Stamp = log.stamp
        self._log = log
        self._deep: bytes | None = None
        self._times = self._stamp.times
        self._beside = stores.identity(Path(self._path))

    def prepare(self) -> None:
        """Remember the content. Reads up to 64 MiB."""
        if self._deep is None and self._stamp.plain:
            self._deep = _deep(self._log.raw, self._stamp.size_bytes)

    def look(self) -> FileChange:
        """What has become of the file."""
        try:
            found = Path(self._path).stat()
        except OSError:
            return FileChange("gone")
        if not stat.S_ISREG(found.st_mode):
            return FileChange("replaced")
        size, stamp = found.st_size, self._stamp
        if not stamp.same_file(found):
            return FileChange("replaced", size)
        times = found.st_mtime_ns, found.st_ctime_ns
        if not stamp.plain:  # perhaps only more is in it now; whoever reads it sees
            same = times == self._times and stores.identity(Path(self._path)) == self._beside
            return FileChange("same" if same else "grown", size)
        if size < stamp.size_bytes:
            return FileChange("cut", size)
        if size == stamp.size_bytes and times == self._times:
            return FileChange("same", size)
        return self._compare(size, times)

    def _compare(self, size: int, times: tuple[int, int]) -> FileChange:
        """Look into a file that is as long as it was, or longer."""
        try:
            file = os.open(
                self._path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)
            )
        except OSError:
            return FileChange("gone")
        try:
            stamp = self._stamp
            if not stamp.same_ends(file):
                return FileChange("overwritten", size)
            if size > stamp.size_bytes:
                return FileChange("grown", size)

            def read(offset: int, length_bytes: int) -> bytes:
                return os.pread(file, length_bytes, offset)

            if self._deep is not None and _deep(read, stamp.size_bytes) != self._deep:
                return FileChange("overwritten", size)
        except OSError:
            return FileChange("gone")
        finally:
            os.close(file)
        self._times = times  # somebody touched it, no more
        return FileChange("same", size)


def _deep(read: Read, size_bytes: int) -> bytes:
    """A hash of everything, or of blocks all over a large file."""
    digest = hashlib.blake2b(digest_size=32)
    count = max(min(size_bytes, _DEEP_BYTES) // _BLOCK_BYTES, 1)
    step = _BLOCK_BYTES if size_bytes <= _DEEP_BYTES else size_bytes // count
    for offset in range(0, size_bytes, step):
        digest.update(read(offset, min(_BLOCK_BYTES, size_bytes - offset)))
    return digest.digest()
