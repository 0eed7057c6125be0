"""What if the N-th call of the operating system fails, whichever it is?"""

import errno
import os
from typing import Any

from explorer.eventlog.syscalls import System


class Failing(System):
    """The real calls on a real file, but the `fails_at`-th one fails.

    Attributes:
        calls: The names of all calls so far.
        failed: The name of the one that failed.
    """

    def __init__(self, fails_at: int, error: int, *, short: bool = False, forever: bool = False) -> None:
        self._fails_at, self._error, self._short, self._forever = fails_at, error, short, forever
        self.calls: list[str] = []
        self.failed = ""

    def _count(self, name: str) -> bool:
        self.calls.append(name)
        now = len(self.calls)
        hit = now == self._fails_at or (self._forever and now > self._fails_at)
        if hit and not self.failed:
            self.failed = name
        return hit

    def _fail(self, name: str) -> None:
        if self._count(name):
            raise OSError(self._error, os.strerror(self._error))

    def open(self, path: str, flags: int) -> int:
        self._fail("open")
        return super().open(path, flags)

    def stat(self, path: str) -> os.stat_result:
        self._fail("stat")
        return super().stat(path)

    def fstat(self, file: int) -> os.stat_result:
        self._fail("fstat")
        return super().fstat(file)

    def read(self, file: int, length_bytes: int, offset: int) -> bytes:
        self._fail("read")
        return super().read(file, length_bytes, offset)

    def write(self, file: int, data: Any) -> int:
        if self._count("write"):
            if not self._short:
                raise OSError(self._error, os.strerror(self._error))
            if not self._forever:
                self._forever, self._short = False, False
                self._fails_at = len(self.calls) + 1  # a short write first; the next one says why
            return super().write(file, data[: len(data) // 2])
        return super().write(file, data)

    def cut(self, file: int, size_bytes: int) -> None:
        self._fail("cut")
        super().cut(file, size_bytes)

    def sync(self, file: int) -> None:
        self._fail("sync")
        super().sync(file)

    def sync_folder(self, path: str) -> None:
        self._fail("sync_folder")
        super().sync_folder(path)


ERRORS = (errno.ENOSPC, errno.EIO, errno.EFBIG)
