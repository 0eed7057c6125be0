"""What was appended to one of several files, and was it put aside and begun anew under its name?"""

import contextlib
import itertools
import os
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from explorer.eventlog.errors import LogError

if TYPE_CHECKING:
    from explorer.eventlog.log import EventLog

_BLOCK_BYTES = 1 << 20


class FileTail:
    """Follows the file of one open log by its open descriptor: so it is the same file, whatever it is called by now.

    Args:
        log: The log, read up to its end.
        path: Where it was.
        from_beginning: Whether nothing of it has been read.

    Attributes:
        node: Device and inode.
    """

    def __init__(self, log: "EventLog", path: str, *, from_beginning: bool = False) -> None:
        self._log, self.path = log, path
        stamp = log.stamp
        self._plain = log.form.written == "object" and stamp is not None and stamp.plain
        self.node = None if stamp is None else (stamp.device, stamp.inode)
        self._size = 0 if from_beginning else log.whole_bytes
        self._line = 1 + (0 if from_beginning else self._lines_before())
        self._left = False

    def lines(self) -> Iterator[tuple[int, int, bytes]]:
        """Yield what was appended since: number, byte and text of each whole line that is not blank.

        Raises:
            LogError: The file was cut, or is of a kind that cannot be read on.
        """
        size = self._size_now()
        if size is None or size == self._size:
            return
        if size < self._size:
            self._size = size  # it is said once
            raise LogError(self._log.name, f"it was cut to {size:,} bytes: read it anew")
        if not self._plain:
            self._size = size
            raise LogError(self._log.name, "it has changed: read it anew")
        data = os.pread(self._log.file, min(size - self._size, 64 * _BLOCK_BYTES), self._size)
        for raw in data.splitlines(keepends=True):
            if not raw.endswith(b"\n"):
                break  # its writer is not done with it
            offset = self._size
            self._size += len(raw)
            line, self._line = self._line, self._line + 1
            if raw.strip():
                yield line, offset, raw.rstrip(b"\r\n")

    def bytes_at(self, offset: int, length: int) -> bytes:
        """The bytes of a line that was appended; empty of what was there before, which the log itself knows."""
        return (
            os.pread(self._log.file, length, offset)
            if self._plain and offset >= self._log.whole_bytes
            else b""
        )

    def begun_anew(self, nodes: Collection[tuple[int, int] | None]) -> bool:
        """Whether a file stands where it was that is none of those that are known by their `nodes`."""
        if self._left or not self._plain:
            return False
        try:
            found = Path(self.path).stat()
        except OSError:
            return False
        return (found.st_dev, found.st_ino) not in nodes

    def now(self) -> str:
        """Where the file is now: under its name, or beside that under another one."""
        beside = Path(self.path).parent
        for each in itertools.chain([Path(self.path)], beside.iterdir() if beside.is_dir() else ()):
            with contextlib.suppress(OSError):
                found = each.stat()
                if (found.st_dev, found.st_ino) == self.node:
                    return str(each)
        return self.path

    def leave(self) -> None:
        """Nobody writes to it any more: another file has its name."""
        self._left = True

    def _size_now(self) -> int | None:
        if not self._plain and self._log.stamp is not None:
            try:
                found = Path(self.path).stat()
            except OSError:
                return None
            same = (found.st_size, (found.st_mtime_ns, found.st_ctime_ns)) == (
                self._log.stamp.size_bytes,
                self._log.stamp.times,
            )
            return self._size if same else self._size + 1
        return os.fstat(self._log.file).st_size if self._log.stamp is not None else None

    def _lines_before(self) -> int:
        """How many lines stand before its end, of one that can be read on."""
        if not self._plain:
            return 0
        return sum(
            os.pread(self._log.file, _BLOCK_BYTES, at).count(b"\n")
            for at in range(0, self._size, _BLOCK_BYTES)
        )
