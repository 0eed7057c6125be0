"""Which event caused which, and which belong together: an index of the whole log, made once when asked for."""

from collections.abc import Callable, Iterator

import msgspec
import numpy as np
import numpy.typing as npt

from explorer.eventlog.event import Event
from explorer.history.events import Events
from explorer.session.events.passes import blocks
from explorer.session.reasons.cause_names import (
    CauseNames,
    Said,
    names_in,
    quick_decoder,
    quick_said,
    said_in,
)

type Int64s = npt.NDArray[np.int64]
type Report = Callable[[int, int], None]

UNASKED_EVENTS = 1_000_000  # a longer log is searched for causes only when the person asks: it takes a while
BYTES_AN_EVENT = 40  # of the index, in memory
_SAMPLE = 400
_SPREAD = 200


class Causes:
    """The index. Positions are those of the log's own order; names are kept as 64-bit hashes only.

    Attributes:
        names: Where the log says what.
    """

    def __init__(self, names: CauseNames, hashes: tuple[Int64s, Int64s, Int64s]) -> None:
        """Sort the hashes (correlation, causation, own id; (n,) each, 0 = none). Slow for a large log."""
        self.names = names
        self._correlation, self._causation, self._own = hashes
        self._sorted = tuple(_order(each) for each in hashes)

    def __len__(self) -> int:
        return len(self._own)

    def cause_of(self, position: int) -> int | None:
        """The event that caused the one at `position`; None if it names none, itself, or one outside the log."""
        wanted = int(self._causation[position - 1])
        if not wanted or wanted == int(self._own[position - 1]):
            return None
        found = _equal(self._own, self._sorted[2], wanted) + 1
        before = found[found < position]  # an id that is used twice: the last one before its effect
        if len(before):
            return int(before[-1])
        return int(found[0]) if len(found) else None

    def names_a_cause(self, position: int) -> bool:
        """Whether the event says that something else caused it, in the log or not."""
        wanted = int(self._causation[position - 1])
        return bool(wanted) and wanted != int(self._own[position - 1])

    def effects_of(self, position: int) -> Int64s:
        """(k,) the events that name the one at `position` as their cause, ascending."""
        own = int(self._own[position - 1])
        if not own:
            return np.zeros(0, np.int64)
        found = _equal(self._causation, self._sorted[1], own) + 1
        others: Int64s = found[found != position]
        return others

    def together_with(self, position: int) -> Int64s:
        """(k,) the events of the same correlation, ascending, the one at `position` included; empty if it has none."""
        wanted = int(self._correlation[position - 1])
        return _equal(self._correlation, self._sorted[0], wanted) + 1 if wanted else np.zeros(0, np.int64)


def names_of(events: Events) -> CauseNames:
    """Look for the names in the beginning of a log, and here and there in the rest of it."""
    count = len(events)
    places = {
        *range(1, min(_SAMPLE, count) + 1),
        *np.linspace(1, max(count, 1), _SPREAD).astype(int).tolist(),
    }
    sample = [events.event(place) for place in sorted(places) if 1 <= place <= count]
    return names_in(sample, events.log.fields.id)


def index_causes(events: Events, names: CauseNames, report: Report | None = None) -> Causes:
    """Read the whole log for what it says of causes. Some seconds for a million events."""
    hashes = tuple(np.zeros(len(events), np.int64) for _ in range(3))
    for row, said in _said(events, names, report):
        for column, text in zip(hashes, said, strict=True):
            if text:
                column[row] = hash(text) or 1
    return Causes(names, (hashes[0], hashes[1], hashes[2]))


def _said(events: Events, names: CauseNames, report: Report | None) -> Iterator[tuple[int, Said]]:
    quick = quick_decoder(names) if events.log.by_lines else None
    for block in blocks(events, report):
        for row in range(block.first, block.stop):
            raw = block.raw(row - block.first)
            if quick is not None:
                try:
                    yield row, quick_said(names, quick.decode(raw))
                    continue
                except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, ValueError):
                    pass  # something else stands there: read it as the log does
            yield row, said_in(names, events.log.decode_raw(raw, row + 1, int(events.offsets[row])).record)


def said_by(names: CauseNames, event: Event) -> Said:
    """What one event says of itself."""
    return said_in(names, event.record)


def _order(values: Int64s) -> npt.NDArray[np.int32] | Int64s:
    """(k,) the rows that say something, sorted by what; equal ones in the order of the log."""
    rows = np.flatnonzero(values)
    order = rows[np.argsort(values[rows], kind="stable")]
    return order.astype(np.int32) if len(values) < 2**31 else order


def _equal(values: Int64s, order: npt.NDArray[np.int32] | Int64s, wanted: int) -> Int64s:
    """(k,) the rows of a value, ascending: two binary searches that read some dozen places."""
    low = _first(values, order, wanted)
    if low == len(order) or int(values[order[low]]) != wanted:
        return np.zeros(0, np.int64)
    high = len(order) if wanted == np.iinfo(np.int64).max else _first(values, order, wanted + 1)
    return order[low:high].astype(np.int64)


def _first(values: Int64s, order: npt.NDArray[np.int32] | Int64s, wanted: int) -> int:
    low, high = 0, len(order)
    while low < high:
        middle = (low + high) // 2
        if int(values[order[middle]]) < wanted:
            low = middle + 1
        else:
            high = middle
    return low
