"""Which events contain this text?"""

import json
from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from explorer.history.events import Events

type Int64s = npt.NDArray[np.int64]
type Flags = npt.NDArray[np.bool_]
type Report = Callable[[int, int], None]

BLOCK_BYTES = 4 << 20


def positions_with(
    events: Events, text: str, report: Report | None = None, among: Flags | None = None
) -> Int64s:
    """(k,) positions, in log order, of the events whose bytes contain `text`, ASCII case aside.

    The log is searched block by block, not event by event: the cost is that of reading it.

    Args:
        events: Where to search.
        text: What for.
        report: Who is told how far it has come, in bytes.
        among: (n,) which events are of interest; blocks without one are not read.
    """
    found = np.zeros(len(events), bool)
    needles = needles_of(events, text)
    for block in blocks(events, report, among):
        folded = block.content.lower()
        for needle in needles:
            at = folded.find(needle)
            while at >= 0:
                hit = block.row_at(at)
                end = block.end(hit)
                if at + len(needle) <= end:
                    found[hit] = True
                    at = folded.find(needle, end)
                else:  # it straddles two records
                    at = folded.find(needle, at + 1)
    return np.flatnonzero(found if among is None else found & among) + 1


class WholeEvents(NamedTuple):
    """Some whole events and their bytes; offsets count from the block's beginning.

    Attributes:
        first, stop: The rows of its events, half-open.
        content: Their bytes, and what stands between them.
        starts, ends: (stop - first,) where each begins and ends in `content`.
    """

    first: int
    stop: int
    content: bytes
    starts: Int64s
    ends: Int64s

    def row_at(self, offset: int) -> int:
        """The row of the last event that begins at or before `offset`."""
        return self.first + int(np.searchsorted(self.starts, offset, "right")) - 1

    def end(self, row: int) -> int:
        """Where the event in `row` ends."""
        return int(self.ends[row - self.first])


def blocks(events: Events, report: Report | None = None, among: Flags | None = None) -> Iterator[WholeEvents]:
    """Read the log once, some megabytes of whole events at a time."""
    ends = events.offsets + events.lengths
    row = 0
    while row < len(events):
        begin = int(events.offsets[row])
        stop = max(int(np.searchsorted(ends, begin + BLOCK_BYTES, "right")), row + 1)
        if among is None or among[row:stop].any():
            content = events.log.raw(begin, int(ends[stop - 1]) - begin)
            yield WholeEvents(row, stop, content, events.offsets[row:stop] - begin, ends[row:stop] - begin)
        row = stop
        if report is not None:
            report(int(ends[stop - 1]), events.log.size_bytes)


def needles_of(events: Events, text: str) -> set[bytes]:
    """The bytes, in lower case, that `text` may stand as: itself, and as JSON escapes it."""
    escaped = (json.dumps(text)[1:-1], json.dumps(text, ensure_ascii=False)[1:-1])
    return {events.log.encode(variant).lower() for variant in (text, *escaped)} - {b""}
