"""Who may append to a log now? One program at a time: whoever holds the lock on `<log>.lock`."""

import contextlib
import os
import random
import time
from collections.abc import Iterator

from filelock import lock_descriptor, unlock_descriptor

from explorer.eventlog.syscalls import System

PATIENCE_S = 2.0
_POLL_S = 0.000_2, 0.002  # at random: who asks at fixed times may always come too late
_YIELD_S = 0.25  # at most, for those who wait, after one's own turn
_PID_BYTES = 20  # of the holder; behind them stands a byte that tells whether somebody waits
_WAITING = b"w"


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
        self._mine = b"%d\n" % os.getpid()
        self._mine = self._mine.rjust(_PID_BYTES)
        self._others_wait = False

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """Hold the lock.

        Raises:
            Busy: Another program held it for `PATIENCE_S` seconds.
            OSError: There can be no lock in that folder.
        """
        if self._others_wait:
            self._let_others()
        file = self._taken()
        try:
            if os.pread(file, _PID_BYTES, 0) != self._mine:
                os.pwrite(file, self._mine, 0)
            yield
        finally:
            if self._file is not None:  # else it has been closed, and the lock is free
                if os.pread(file, 1, _PID_BYTES) == _WAITING:
                    self._others_wait = True
                    os.pwrite(file, b"\n", _PID_BYTES)
                unlock_descriptor(file)

    def _taken(self) -> int:
        """The descriptor of the lock file, locked."""
        end = time.monotonic() + PATIENCE_S
        while True:
            file = self._opened()
            if lock_descriptor(file, blocking=False):
                if self._is_the_lock(file):
                    return file
                unlock_descriptor(file)
                self.close()
                continue
            if time.monotonic() >= end:
                raise Busy(self._holder(file))
            os.pwrite(file, _WAITING, _PID_BYTES)
            time.sleep(random.uniform(*_POLL_S))  # noqa: S311 - no secret

    def _let_others(self) -> None:
        """Wait until somebody else has had a turn: the system promises no order to those who wait."""
        self._others_wait = False
        end = time.monotonic() + _YIELD_S
        while time.monotonic() < end and os.pread(self._opened(), _PID_BYTES, 0) == self._mine:
            time.sleep(_POLL_S[0])

    def _opened(self) -> int:
        if self._file is None:
            self._file = self._system.open(self._path, os.O_RDWR | os.O_CREAT)
        return self._file

    def _is_the_lock(self, file: int) -> bool:
        """False if somebody deleted the file that we hold, so that others may hold a new one."""
        try:
            there, ours = self._system.stat(self._path), os.fstat(file)
        except FileNotFoundError:
            return False
        return (there.st_dev, there.st_ino) == (ours.st_dev, ours.st_ino)

    def _holder(self, file: int) -> int | None:
        word = os.pread(file, _PID_BYTES, 0).strip()
        return int(word) if word.isdigit() else None

    def close(self) -> None:
        """Let go of the file. Safe to call twice."""
        if self._file is not None:
            os.close(self._file)
            self._file = None
