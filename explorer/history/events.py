"""Where is each event in the file, when did it happen, and to whom: the log as columns?"""

from array import array
from collections.abc import Iterator
from functools import cached_property

import numpy as np
import numpy.typing as npt

from explorer.eventlog import Batch, EventLog
from explorer.eventlog.event import Event, Notice, Unread
from explorer.history.names import Names

type Int64s = npt.NDArray[np.int64]
type Int32s = npt.NDArray[np.int32]

NO_TIME = np.iinfo(np.int64).min  # earlier than any clamped time: an event without one never moves the clock


class Events:
    """Every readable event as columns, in log order; row = position - 1.

    Attributes:
        offsets, lengths: (n,) int64, bytes in the unpacked log.
        at_ns: (n,) int64, `NO_TIME` where there is none.
        types, entities: (n,) int32 codes into `type_names`, `entity_names`; entity -1 = none.
        unread: What could not be read, in log order.
        notices: Warnings about events that were read, in log order.
    """

    def __init__(self, log: EventLog) -> None:
        self.log = log
        self.type_names: Names[str] = Names()
        self.entity_names: Names[str] = Names()
        self.unread: list[Unread] = []
        self.notices: list[Notice] = []
        self._offsets, self._lengths, self._lines = array("q"), array("q"), array("q")
        self._at_ns, self._types, self._entities = array("q"), array("i"), array("i")

    def append(self, batch: Batch) -> None:
        """Take one batch; call `freeze` after the last."""
        self._offsets.extend(batch.offsets)
        self._lengths.extend(batch.lengths)
        self._lines.extend(batch.lines)
        type_code, entity_code = self.type_names.code, self.entity_names.code
        for event in batch.events:
            self._at_ns.append(NO_TIME if event.at_ns is None else event.at_ns)
            self._types.append(type_code(event.type))
            self._entities.append(-1 if event.entity is None else entity_code(event.entity))
        self.unread.extend(batch.unread)
        self.notices.extend(batch.notices)

    def freeze(self) -> None:
        """Turn what was appended into read-only NumPy columns (no copy)."""
        self.offsets: Int64s = np.frombuffer(self._offsets, np.int64)
        self.lengths: Int64s = np.frombuffer(self._lengths, np.int64)
        self.lines: Int64s = np.frombuffer(self._lines, np.int64)
        self.at_ns: Int64s = np.frombuffer(self._at_ns, np.int64)
        self.types: Int32s = np.frombuffer(self._types, np.int32)
        self.entities: Int32s = np.frombuffer(self._entities, np.int32)

    def __len__(self) -> int:
        return len(self._offsets)

    def event(self, position: int) -> Event:
        """The event at `position` (1-based, log order), read again from the file."""
        row = position - 1
        return self.log.decode(int(self.offsets[row]), int(self.lengths[row]), position)

    def raw(self, position: int) -> bytes:
        """Its bytes as they stand in the file."""
        row = position - 1
        return self.log.raw(int(self.offsets[row]), int(self.lengths[row]))

    @cached_property
    def known_at_ns(self) -> Int64s:
        """(n,) each event's time; where it has none, that of the event before it."""
        rows = np.where(self.at_ns == NO_TIME, -1, np.arange(len(self)))
        latest = np.maximum.accumulate(rows) if len(rows) else rows
        return np.where(latest < 0, NO_TIME, self.at_ns[latest]).astype(np.int64)

    @cached_property
    def out_of_order(self) -> Int64s:
        """Positions of the events that happened before an event recorded earlier."""
        times = self.known_at_ns
        if len(times) == 0:
            return np.zeros(0, np.int64)
        return np.flatnonzero((self.at_ns != NO_TIME) & (times < np.maximum.accumulate(times))) + 1

    def numbered(self) -> Iterator[tuple[int, Unread | None]]:
        """The log's entries from top to bottom: (position, None) for events, (after, unread) between them."""
        unread = iter(self.unread)
        pending = next(unread, None)
        for position in range(1, len(self) + 1):
            while pending is not None and pending.after < position:
                yield pending.after, pending
                pending = next(unread, None)
            yield position, None
        while pending is not None:
            yield pending.after, pending
            pending = next(unread, None)
