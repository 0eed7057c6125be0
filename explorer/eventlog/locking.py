"""Who may append to a log now? One program at a time: whoever holds the lock on `<log>.lock`."""

import contextlib
import errno
import os
import random
import re
import time
from collections.abc import Iterator

from filelock import lock_descriptor, unlock_descriptor

from explorer.eventlog.syscalls import System
from explorer.patterns import lazy_pattern

PATIENCE_S = 2.0
_POLL_S = 0.000_2, 0.002  # at random: who asks at fixed times may always come too late
_YIELD_S = 0.25  # at most, for those who wait, after one's own turn
_PID_BYTES = 20  # of the last holder; behind them stands a byte that tells whether somebody waits
_WAITING = b"w"
_NOBODY = b"\n"
# what a lock file says: another file of that name is left alone
_OURS = lazy_pattern(rb"|(?=.{20,21}\Z)(\0{20}| *[0-9]+\n)[w\n]?", re.DOTALL)


class Busy(Exception):  # noqa: N818 - a finding about another program
    """The lock was held all the time; `pid` is that of the holder, if it is known."""

    def __init__(self, pid: int | None) -> None:
        super().__init__()
        self.pid = pid


class LogLock:
    """The lock beside one log. The file stays when the lock is free: to delete it would let two programs in."""

    def __init__(self, path: str, system: System) -> None:
        self._path = path + ".lock"
        self._system = system
        self._file: int | None = None
        self._node = (0, 0)  # device and inode of that: they stay the same while it is open
        self._mine = (b"%d\n" % os.getpid()).rjust(_PID_BYTES)

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """Hold the lock; the same as `acquire`, and `release` in any case."""
        self.acquire()
        try:
            yield
        finally:
            self.release()

    def acquire(self) -> None:
        """Take the lock.

        Raises:
            Busy: Another program held it for `PATIENCE_S` seconds.
            OSError: There can be no lock in that folder.
        """
        yielded = False
        while True:
            file, waited = self._taken()
            try:
                # what it says is read once a turn: who had the last one, and whether somebody has waited since
                said = os.pread(file, _PID_BYTES + 1, 0)
                mine, others_wait = said[:_PID_BYTES] == self._mine, said[_PID_BYTES:] == _WAITING
                if not mine:
                    os.pwrite(file, self._mine, 0)
                if others_wait and (waited or mine):
                    os.pwrite(file, _NOBODY, _PID_BYTES)
            except BaseException:
                self.release()
                raise
            if not others_wait or not mine or waited or yielded:
                return
            unlock_descriptor(file)
            self._let_others()
            yielded = True

    def release(self) -> None:
        """Let the lock go. Safe to call when it is not held."""
        if self._file is not None:  # else it has been closed, and the lock is free
            unlock_descriptor(self._file)

    def _taken(self) -> tuple[int, bool]:
        """The descriptor of the lock file, locked, and whether that took a while."""
        end: float | None = None
        while True:
            file = self._opened()
            if lock_descriptor(file, blocking=False):
                try:
                    if self._is_the_lock():
                        return file, end is not None
                except BaseException:
                    unlock_descriptor(file)
                    raise
                unlock_descriptor(file)
                self.close()
                continue
            now = time.monotonic()
            end = now + PATIENCE_S if end is None else end
            if now >= end:
                raise Busy(self._holder(file))
            os.pwrite(file, _WAITING, _PID_BYTES)
            time.sleep(random.uniform(*_POLL_S))  # noqa: S311 - no secret

    def _let_others(self) -> None:
        """Wait until somebody else has had a turn: the system promises no order to those who wait."""
        end = time.monotonic() + _YIELD_S
        while time.monotonic() < end and os.pread(self._opened(), _PID_BYTES, 0) == self._mine:
            time.sleep(_POLL_S[0])

    def _opened(self) -> int:
        if self._file is None:
            self._file = self._system.open(self._path, os.O_RDWR | os.O_CREAT)
            ours = os.fstat(self._file)
            if not _OURS.fullmatch(os.pread(self._file, _PID_BYTES + 2, 0)):
                self.close()
                raise OSError(errno.EEXIST, f"{os.path.basename(self._path)} is there, and is no lock")  # noqa: PTH119
            self._node = ours.st_dev, ours.st_ino
        return self._file

    def _is_the_lock(self) -> bool:
        """False if somebody deleted the file that we hold, so that others may hold a new one."""
        try:
            there = self._system.stat(self._path)
        except FileNotFoundError:
            return False
        return (there.st_dev, there.st_ino) == self._node

    def _holder(self, file: int) -> int | None:
        word = os.pread(file, _PID_BYTES, 0).strip()
        return int(word) if word.isdigit() else None

    def close(self) -> None:
        """Let go of the file. Safe to call twice."""
        if self._file is not None:
            os.close(self._file)
            self._file = None
