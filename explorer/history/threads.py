"""Which threads of this process share the reading of a log that compiled loops can scan?

While such a loop runs, other threads do too. So threads read a log of lines as children would, and nothing has to be
started, loaded or sent. What plain Python does they could not share: a log of which too much must be read one by one
is left to children.
"""

import contextlib
import itertools
import os
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Generator, Iterator

from explorer.eventlog.event import Batch
from explorer.eventlog.log import EventLog
from explorer.eventlog.scanner.blocks import Scanned
from explorer.eventlog.scanner.shares import Scan
from explorer.eventlog.text_names import SharedTexts
from explorer.history.child import STRETCH_BYTES, Piece
from explorer.history.chunks import Chunk
from explorer.history.column_files import take_from_one_heap
from explorer.history.reader import ChunkReader
from explorer.projection.choose import choose
from explorer.projection.model import ReadModel

# small stretches to begin with, so that something can be shown and reading can be ended at once
FIRST_BYTES = 1 << 20
_FIRST_STRETCHES = 4
MOST_THREADS = 8
_PLAIN_SHARE = 4  # one record in so many that is read by itself: more are too many
# Read by threads before it is seen how long they would take; at the very beginning there is much to learn.
TRIED_BYTES = 8 << 20
HEAVY_S = 32e-9  # for a byte: so much is mostly plain Python, which threads cannot do at the same time …
MOST_HEAVY_S = 1.0  # … so that children pay as soon as they have started and learnt all names
_AHEAD = 1  # stretches per thread that are read before they are taken
# What Python does for a stretch it does once, however long that is, and other threads wait meanwhile. A long one takes
# memory while it is read, some times its own size.
LONGER = 4  # times the usual stretch at most
_OF_A_LOG = (
    24  # stretches of which a log has at least as many, so that threads end together, and memory stays small
)
_SWITCH_S = 0.002  # who comes back from a compiled loop need not wait long for whoever runs Python
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
        self._texts = SharedTexts()
        self._lock = threading.Lock()

    def pieces(self, unit: int, before: int) -> Generator[Piece, None, tuple[int, int]]:
        """Read a log of lines from `unit` on, before which stand `before` events, and yield the chunks in log order.

        Returns:
            How far it has come in units and events; less than the log is long where the rest is not for threads.
        """

        def read(reader: ChunkReader, stretch: tuple[int, int]) -> Chunk:
            return reader.lines(stretch[0], stretch[1] - stretch[0])

        for (_, end), chunk, reader in self._in_turn(self._stretches(unit), read):
            yield Piece(chunk, reader)
            unit, before = end, before + chunk.count
        return unit, before

    def shares(self, scan: Scan) -> Iterator[Piece]:
        """Read another log that is scanned, which `scan` cuts, and yield the chunks in its order."""
        rest: Iterator[Scanned | Batch] | None = None
        count = 0
        with contextlib.closing(self._in_turn(scan.shares(self._lengths()), ChunkReader.share)) as answers:
            for _, (chunk, rest), reader in answers:
                yield Piece(chunk, reader)
                count = chunk.count
                if rest is not None:  # that was no place to cut: what others have read behind it is of no use
                    break
        if rest is not None:
            # one that has told no names in what was of no use
            last = self._reader()
            for chunk in last.scanned(rest, count, follows=True):
                yield Piece(chunk, len(self._readers))

    def _in_turn[Task, Answer](
        self, tasks: Iterator[Task], read: Callable[[ChunkReader, Task], Answer]
    ) -> Generator[tuple[Task, Answer, int], None, None]:
        """Every task with its answer and who read it, in the order of the tasks."""

        def done(task: Task) -> tuple[Task, Answer, int]:
            number, reader = self._own()
            return task, read(reader, task), number

        from concurrent.futures import Future, ThreadPoolExecutor  # only large logs need it

        take_from_one_heap()
        waiting: deque[Future[tuple[Task, Answer, int]]] = deque()
        count = min(os.cpu_count() or 1, MOST_THREADS)
        with _switching_often(), ThreadPoolExecutor(count, "log reader") as pool:
            try:
                while True:
                    while len(waiting) < (1 + _AHEAD) * count and (task := next(tasks, None)) is not None:
                        waiting.append(pool.submit(done, task))
                    if not waiting:
                        return
                    yield waiting.popleft().result()
            finally:
                pool.shutdown(wait=True, cancel_futures=True)

    def _stretches(self, unit: int) -> Iterator[tuple[int, int]]:
        """Stretches of whole lines from `unit` on, as long as the log is for threads."""
        begin, learnt = unit, (unit, 0.0)
        for length in self._lengths():
            if unit - begin < TRIED_BYTES:
                learnt = unit + length, time.process_time()
            elif unit - begin >= 3 * TRIED_BYTES and self._is_heavy(unit, *learnt):
                return
            end = self._log.cut(unit, length) if self._log.goes_beyond(self._log.byte_of(unit)) else None
            if end is None or end <= unit or self._mostly_plain():
                return
            yield unit, end
            unit = end

    def _lengths(self) -> Iterator[int]:
        """How long stretches are: the first ones are short, those of a large log longer."""
        yield from itertools.repeat(FIRST_BYTES, _FIRST_STRETCHES)
        longer = min(self._log.about_bytes // _OF_A_LOG, LONGER * STRETCH_BYTES)
        yield from itertools.repeat(max(longer, STRETCH_BYTES))

    def _is_heavy(self, unit: int, learnt: int, learnt_s: float) -> bool:
        """Whether threads are mostly waiting for each other, at the pace that they had since they knew the log.

        Otherwise a log is theirs however large it is: children need more processor time, and memory of their own.
        """
        per_byte_s = (time.process_time() - learnt_s) / (unit - learnt)
        return per_byte_s > HEAVY_S and per_byte_s * (self._log.about_bytes - unit) > MOST_HEAVY_S

    def _own(self) -> tuple[int, ChunkReader]:
        """This thread's reader, and its number."""
        found: tuple[int, ChunkReader] | None = getattr(self._here, "reader", None)
        if found is None:
            own = self._reader()
            with self._lock:
                found = self._here.reader = len(self._readers), own
                self._readers.append(own)
        return found

    def _reader(self) -> ChunkReader:
        return ChunkReader(self._log, choose(self._model.recipe, [], self._log.fields), self._texts)

    def _mostly_plain(self) -> bool:
        """Whether so much is read one by one that children are faster, which can do that at the same time."""
        with self._lock:
            counts = [reader.records for reader in self._readers]
        return _PLAIN_SHARE * sum(plain for _, plain in counts) > sum(scanned for scanned, _ in counts)


@contextlib.contextmanager
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
