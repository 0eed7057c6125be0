"""How far has a long command come? Said on one line of a terminal, which is gone when it has ended; else not at all."""

import contextlib
import sys
import threading
import time
from types import TracebackType
from typing import Self, TextIO

_EVERY_S = 0.2
_SURE_S = 3.0  # before, nobody can say how long something takes
_CLEAR = "\r\x1b[K"


class ProgressLine:
    """The line. It may be told from any thread."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = sys.stderr if stream is None else stream
        self._shown = self._stream.isatty()
        self._lock = threading.Lock()
        self._what, self._began, self._last = "", 0.0, 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._what:
            self._write(_CLEAR)

    def told(self, what: str, done: int, total: int) -> None:
        """So much of all that is to be done in one step, such as `reading`, is done."""
        now = time.monotonic()
        with self._lock:
            if not self._shown or (what == self._what and now - self._last < _EVERY_S):
                return
            if what != self._what:
                self._what, self._began = what, now
            self._last = now
            self._write(_CLEAR + line(what, done / max(total, 1), now - self._began))

    def _write(self, text: str) -> None:
        with contextlib.suppress(OSError, ValueError):
            self._stream.write(text)
            self._stream.flush()


def line(what: str, share: float, seconds: float) -> str:
    """What is said of a step of which a share is done after some seconds."""
    share = min(max(share, 0.0), 1.0)
    told = f"{what}: {share:.0%}, {_clock(seconds)}"
    if seconds < _SURE_S or share <= 0.0:
        return told
    return f"{told}, about {_clock(seconds / share - seconds)} to go"


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
