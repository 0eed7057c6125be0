"""How does a log stay open for who still reads it, while everybody else has let go of it?"""

import threading
from collections.abc import Callable


class Hold:
    """One reader's claim; until it is released, or forgotten, the file stays open."""

    def __init__(self, end: Callable[[], None]) -> None:
        self._end: Callable[[], None] | None = end

    def release(self) -> None:
        """Read no more. Safe to call twice."""
        end, self._end = self._end, None
        if end is not None:
            end()

    def __del__(self) -> None:
        self.release()


class KeptOpen:
    """Closes once `close` was called and nobody holds on. May be used from several threads."""

    def __init__(self, close: Callable[[], None]) -> None:
        self._close = close
        self._lock = threading.RLock()  # a Hold may be forgotten in the midst of anything
        self._holds = 0
        self._closing = False

    def hold(self) -> Hold:
        """Keep it open until the answer is released."""
        with self._lock:
            self._holds += 1
        return Hold(self._end)

    def close(self) -> None:
        """Close, now or after the last hold. Safe to call twice."""
        with self._lock:
            self._closing = True
            if not self._holds:
                self._close()

    def _end(self) -> None:
        with self._lock:
            self._holds -= 1
            if self._closing and not self._holds:
                self._close()
