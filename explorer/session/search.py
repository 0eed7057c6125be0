"""Which events contain this text?"""

import json
from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from explorer.history.events import Events
from explorer.history.history import History
from explorer.session.entries import Entries

type Int64s = npt.NDArray[np.int64]

BLOCK_BYTES = 4 << 20


def rows_with(
    events: Events,
    history: History,
    entries: Entries,
    text: str,
    report: Callable[[int, int], None] | None = None,
) -> Int64s:
    """(k,) the rows of `entries` whose bytes contain `text`, ascending; ASCII case does not matter."""
    positions = positions_with(events, text, report)
    if history.order == "time":
        positions = np.sort(np.asarray([history.position_of(int(place)) for place in positions], np.int64))
    unread = [
        entries.unread_row(index)
        for index, stretch in enumerate(events.unread)
        if _contains(events.log.raw(stretch.offset, min(stretch.length_bytes, BLOCK_BYTES)), events, text)
    ]
    return np.sort(np.concatenate([entries.rows_of(positions), np.asarray(unread, np.int64)]))


def positions_with(events: Events, text: str, report: Callable[[int, int], None] | None = None) -> Int64s:
    """(k,) positions, in log order, of the events whose bytes contain `text`, ASCII case aside.

    The log is searched block by block, not event by event: the cost is that of reading it.
    """
    found = np.zeros(len(events), bool)
    ends = events.offsets + events.lengths
    row = 0
    while row < len(events):
        begin = int(events.offsets[row])
        last = max(int(np.searchsorted(ends, begin + BLOCK_BYTES, "right")), row + 1)
        block = events.log.raw(begin, int(ends[last - 1]) - begin).lower()
        for needle in _needles(events, text):
            at = block.find(needle)
            while at >= 0:
                hit = int(np.searchsorted(events.offsets, begin + at, "right")) - 1
                end = int(ends[hit]) - begin
                if at + len(needle) <= end:
                    found[hit] = True
                    at = block.find(needle, end)
                else:  # it straddles two records
                    at = block.find(needle, at + 1)
        row = last
        if report is not None:
            report(int(ends[last - 1]), events.log.size_bytes)
    return np.flatnonzero(found) + 1


def _needles(events: Events, text: str) -> set[bytes]:
    """The bytes that `text` may stand as: itself, and as JSON escapes it."""
    escaped = (json.dumps(text)[1:-1], json.dumps(text, ensure_ascii=False)[1:-1])
    return {events.log.encode(variant).lower() for variant in (text, *escaped)} - {b""}


def _contains(raw: bytes, events: Events, text: str) -> bool:
    folded = raw.lower()
    return any(needle in folded for needle in _needles(events, text))
