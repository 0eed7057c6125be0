"""Which threads of this process share the reading of a log that compiled loops can scan?

While such a loop runs, other threads do too. So threads read a log of lines as children would, and nothing has to be
started, loaded or sent. What plain Python does they could not share: a log of which too much must be read one by one
is left to children.
"""

import os
import sys
import threading
from collections import deque
from collections.abc import Generator, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

from explorer.eventlog.log import EventLog
from explorer.history.child import STRETCH_BYTES, Piece
from explorer.history.chunks import Chunk
from explorer.history.reader import ChunkReader
from explorer.projection.choose import choose
from explorer.projection.model import ReadModel

FIRST_BYTES = (
    1 << 20
)  # small stretches to begin with, so that something can be shown and reading can be ended at once
_FIRST_STRETCHES = 8
MOST_THREADS = 8
_PLAIN_SHARE = 4  # one record in so many that is read by itself: more are too many
_AHEAD = 2  # stretches per thread that are read before they are taken
_SWITCH_S = 0.000_5  # who comes back from a compiled loop need not wait long for whoever runs Python
_USUAL_S = sys.getswitchinterval()
_switching = threading.Lock()
_at_work: list[int] = []


class Threads:
    """The threads that read one log."""

    def __init__(self, log: EventLog, model: ReadModel) -> None:
        self._log = log
        self._model = model
        self._here = threading.local()
        self._readers: list[ChunkReader] = []
        self._lock = threading.Lock()

    def pieces(self, unit: int, before: int) -> Generator[Piece, None, tuple[int, int]]:
        """Read from `unit` on, before which stand `before` events, and yield the chunks in log order.

        Returns:
            How far it has come in units and events; less than the log is long where the rest is not for threads.
        """
        waiting: deque[tuple[int, Future[Piece]]] = deque()
        count = min(os.cpu_count() or 1, MOST_THREADS)
        handed, stretches, more = unit, 0, True
        with _switching_often(), ThreadPoolExecutor(count, "log reader") as pool:
            try:
                while True:
                    while more and handed < self._log.size_bytes and len(waiting) < (1 + _AHEAD) * count:
                        length = FIRST_BYTES if stretches < _FIRST_STRETCHES else STRETCH_BYTES
                        end = self._log.cut(handed, length)
                        if end is None or end == handed:
                            more = False
                            break
                        waiting.append((end, pool.submit(self._read, handed, end)))
                        handed, stretches = end, stretches + 1
                    if not waiting:
                        return unit, before
                    end, future = waiting.popleft()
                    piece = future.result()
                    yield piece
                    unit, before = end, before + piece.chunk.count
                    more = more and not self._mostly_plain()
            finally:
                pool.shutdown(wait=True, cancel_futures=True)

    def _read(self, unit: int, end: int) -> Piece:
        reader: tuple[int, ChunkReader] | None = getattr(self._here, "reader", None)
        if reader is None:
            own = ChunkReader(self._log, choose(self._model.recipe, [], self._log.fields))
            with self._lock:
                reader = self._here.reader = len(self._readers), own
                self._readers.append(own)
        chunk: Chunk = reader[1].lines(self._log.stretch(unit, end - unit))
        return Piece(chunk, reader[0])

    def _mostly_plain(self) -> bool:
        """Whether so much is read one by one that children are faster, which can do that at the same time."""
        with self._lock:
            counts = [reader.records for reader in self._readers]
        return _PLAIN_SHARE * sum(plain for _, plain in counts) > sum(scanned for scanned, _ in counts)


@contextmanager
def _switching_often() -> Iterator[None]:
    """Let threads take turns more often, as long as any log is read by threads."""
    with _switching:
        if not _at_work:
            sys.setswitchinterval(_SWITCH_S)
        _at_work.append(1)
    try:
        yield
    finally:
        with _switching:
            _at_work.pop()
            if not _at_work:
                sys.setswitchinterval(_USUAL_S)
