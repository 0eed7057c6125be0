"""How are all events looked at in one pass, on several threads, and which of them contain some words?"""

import itertools
import json
import os
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, partial
from typing import Any

import numpy as np
import numpy.typing as npt

from explorer.eventlog import compiled
from explorer.eventlog.errors import Cancelled
from explorer.history.events import Events

type Int64s = npt.NDArray[np.int64]
type Flags = npt.NDArray[np.bool_]
type Report = Callable[[int, int], None]

BLOCK_BYTES = 2 << 20
SMALL_BYTES = 1 << 20  # of a log for which nothing compiled is loaded
_PAD = 64  # zeros behind the bytes, for those who read whole words
_MOST_THREADS = 4
_ROOM = threading.local()


class WholeEvents:
    """Some whole events and their bytes, for as long as they are looked at; places count from the block's beginning.

    Attributes:
        first, stop: The rows of its events, half-open.
        offset: Where in the log it begins.
        bytes: Their bytes and what stands between them, `size` of them, then zeros.
        starts, ends: (stop - first,) where each begins and ends.
        compiled: Whether kernels may be used.
    """

    def __init__(self, events: Events, first: int, stop: int, *, compiled: bool) -> None:
        begin = int(events.offsets[first])
        offsets = events.offsets[first:stop]
        self.first, self.stop, self.compiled, self.offset = first, stop, compiled, begin
        self.starts: Int64s = offsets - begin
        self.ends: Int64s = self.starts + events.lengths[first:stop]
        wanted = int(self.ends[-1])
        room: npt.NDArray[np.uint8] | None = getattr(_ROOM, "bytes", None)
        if room is None or len(room) < wanted + _PAD:
            room = np.empty(max(wanted, 2 * BLOCK_BYTES) + _PAD, np.uint8)
            _ROOM.bytes = room if wanted <= 2 * BLOCK_BYTES else None
        self.size = events.log.read_into(begin, memoryview(room)[:wanted])
        room[self.size : self.size + _PAD] = 0
        self.bytes = room[: self.size + _PAD]

    @property
    def words(self) -> npt.NDArray[Any]:
        """The bytes as words, for kernels."""
        found: npt.NDArray[Any] = compiled.words_of(self.bytes)
        return found

    @cached_property
    def content(self) -> bytes:
        """The bytes for those who cannot take an array."""
        return self.bytes[: self.size].tobytes()

    def raw(self, at: int) -> bytes:
        """The bytes of its `at`-th event."""
        return self.bytes[self.starts[at] : min(int(self.ends[at]), self.size)].tobytes()

    def at(self, place: int) -> int:
        """Which of its events is the last that begins at or before a place."""
        return int(np.searchsorted(self.starts, place, "right")) - 1


def may_be_compiled(events: Events) -> bool:
    """Whether kernels may look at a log: it is large enough, and they are there."""
    return events.log.size_bytes >= SMALL_BYTES and compiled.ready()


def looked_at[T](
    events: Events, look: Callable[[WholeEvents], T], report: Report | None = None, among: Flags | None = None
) -> Iterator[tuple[int, int, T]]:
    """Put every block to `look`, in a few threads; yields first row, stop and answer in the order of the log.

    Where compiled loops become ready while it goes on, what is left is looked at by them.

    Args:
        events: All events.
        look: May be asked from several threads at once, and keeps nothing of a block.
        report: Who is told how far it has come, in bytes; what it raises ends the pass.
        among: (n,) which events are of interest; blocks without one are not read.
    """
    size = events.log.size_bytes
    stopped = threading.Event()

    def work(first: int, stop: int, *, fast: bool = True) -> T:
        if stopped.is_set():
            raise Cancelled
        return look(WholeEvents(events, first, stop, compiled=fast))

    def done(first: int, stop: int, answer: T) -> tuple[int, int, T]:
        if report is not None:
            report(int(events.offsets[stop - 1]) + int(events.lengths[stop - 1]), size)
        return first, stop, answer

    wanted = _stretches(events, among)
    for first, stop in wanted:
        if may_be_compiled(events):
            wanted = itertools.chain([(first, stop)], wanted)
            break
        yield done(first, stop, work(first, stop, fast=False))
    else:
        return
    threads = min(os.cpu_count() or 1, _MOST_THREADS)
    from concurrent.futures import Future, ThreadPoolExecutor  # only large logs need it

    waiting: deque[tuple[int, int, Future[T]]] = deque()
    with ThreadPoolExecutor(threads, "pass") as pool:
        try:
            for stretch in itertools.chain(wanted, [None] * 2 * threads):
                if stretch is not None:
                    waiting.append((*stretch, pool.submit(work, *stretch)))
                if len(waiting) > (0 if stretch is None else 2 * threads):
                    first, stop, answer = waiting.popleft()
                    yield done(first, stop, answer.result())
        finally:
            stopped.set()


def blocks(events: Events, report: Report | None = None) -> Iterator[WholeEvents]:
    """The same for those who go through the blocks by themselves; each is to be done with before the next."""
    for first, stop in _stretches(events, None):
        yield WholeEvents(events, first, stop, compiled=False)
        if report is not None:
            report(int(events.offsets[stop - 1]) + int(events.lengths[stop - 1]), events.log.size_bytes)


def _stretches(events: Events, among: Flags | None) -> Iterator[tuple[int, int]]:
    row = 0
    while row < len(events):
        begin = int(events.offsets[row])
        stop = max(int(np.searchsorted(events.offsets, begin + BLOCK_BYTES, "left")), row + 1)
        if among is None or among[row:stop].any():
            yield row, stop
        row = stop


_COMMON = b'" eatnoirs:,d1l02cumhpy-fg3456789bvwTZ.k_AM{}xDPSCIRjqz'  # bytes of logs, the commonest first


def positions_with(
    events: Events, text: str, report: Report | None = None, among: Flags | None = None
) -> Int64s:
    """(k,) positions, in log order, of the events whose bytes contain `text`, ASCII case aside.

    Args:
        events: Where to search.
        text: What for.
        report: Who is told how far it has come, in bytes.
        among: (n,) which events are of interest; blocks without one are not read.
    """
    found = np.zeros(len(events), np.bool_)
    look = partial(containing, needles_of(events, text))
    for first, stop, hits in looked_at(events, look, report, among):
        found[first:stop] = hits
    return np.flatnonzero(found if among is None else found & among) + 1


def containing(needles: Sequence[bytes], block: WholeEvents) -> Flags:
    """(k,) which events of a block contain one of the needles, which are in small letters."""
    hits = np.zeros(len(block.starts), np.bool_)
    for needle in needles:
        if block.compiled:
            from explorer.eventlog.search_kernels import find_text

            first, second = _seldom(needle)
            wanted = np.frombuffer(bytearray(needle), np.uint8)
            find_text(
                block.bytes, block.words, block.starts, block.ends, wanted, first, second, hits.view(np.uint8)
            )
        else:
            _find_plainly(needle, block, hits)
    return hits


def _find_plainly(needle: bytes, block: WholeEvents, hits: Flags) -> None:
    folded = block.content.lower()
    at = folded.find(needle, int(block.starts[0]))
    while at >= 0:
        hit = block.at(at)
        end = int(block.ends[hit])
        if at + len(needle) <= end:
            hits[hit] = True
            at = folded.find(needle, end)
        else:  # it straddles two records
            at = folded.find(needle, at + 1)


def _seldom(needle: bytes) -> tuple[int, int]:
    """Where the two bytes of a needle stand that logs have most seldom."""
    ranks = [_COMMON.find(byte) for byte in needle]
    order = sorted(range(len(needle)), key=lambda at: (ranks[at] >= 0, -ranks[at]))
    return order[0], order[min(1, len(order) - 1)]


def needles_of(events: Events, text: str) -> list[bytes]:
    """The bytes, in lower case, that `text` may stand as: itself, and as JSON escapes it."""
    escaped = (json.dumps(text)[1:-1], json.dumps(text, ensure_ascii=False)[1:-1])
    variants = (events.log.encode(variant).lower() for variant in (text, *escaped))
    return [variant for variant in dict.fromkeys(variants) if variant]
