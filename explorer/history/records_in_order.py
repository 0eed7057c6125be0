"""How do the records of a scanned block become events for a read model that takes one after the other?

Where a block's leaves say that there is nothing odd about a record, its bytes are decoded and nothing else is looked
at. All others are read by the plain reader, in between.
"""

from collections.abc import Callable, Collection

import msgspec
import numpy as np

from explorer.eventlog.event import Batch
from explorer.eventlog.log import EventLog
from explorer.eventlog.record import notice_of_time
from explorer.eventlog.scanner.blocks import Flags, Scanned
from explorer.eventlog.scanner.columns import ScannedColumns
from explorer.eventlog.scanner.groups import Grouping

type Plainly = Callable[[Batch, int, int, int], int]


class KnownBatch(Batch):
    """Events of which is known what members they have, and that they tell of no deletion and hide no payload."""


class RecordsInOrder:
    """Makes events of the records of one log; it keeps what it has learnt from block to block."""

    def __init__(self, log: EventLog, ignored: Collection[str]) -> None:
        """Begin; `ignored` members of a record say nothing."""
        self._log = log
        self._grouping = Grouping(log.fields, (), ignored)

    def known(self, scanned: Scanned) -> Flags:
        """(records,) which records have nothing odd about them."""
        if not scanned.are_records:
            return np.zeros(scanned.count, np.bool_)
        groups = self._grouping.of(ScannedColumns(scanned))
        told = [group.event is not None for group in self._grouping.groups]
        found: Flags = np.array([*told, False])[groups]  # the last is that of -1
        return found

    def batches(
        self, scanned: Scanned, known: Flags, position: int, plainly: Plainly
    ) -> tuple[list[Batch], int]:
        """All records in their order; and by how many lines the text has more than the scanned ones count.

        Args:
            scanned: The block.
            known: See `known`.
            position: How many events stand before it.
            plainly: Reads the records from one to another into a batch, before which stand so many events; returns
                by how many lines they have more.
        """
        borders = np.flatnonzero(np.diff(known)) + 1
        ends = [*borders.tolist(), scanned.count] if scanned.count else []
        batches: list[Batch] = []
        first = more = 0
        for end in ends:
            if known[first]:
                batch = self._decoded(scanned, first, end, position)
            else:
                batch = Batch()
                extra = plainly(batch, first, end, position)
            if more:
                _shift(batch, more)
            if not known[first]:
                more += extra
            batches.append(batch)
            position += len(batch.events)
            first = end
        return batches, more

    def _decoded(self, scanned: Scanned, first: int, end: int, position: int) -> Batch:
        make, batch = self._log.event_of, KnownBatch()
        records = enumerate(scanned.records(first, end), position + 1)
        events = batch.events = [make(number, record) for number, record in records]
        batch.offsets = scanned.offsets[first:end].tolist()
        batch.lengths = scanned.lengths[first:end].tolist()
        batch.lines = scanned.lines[first:end].tolist()
        for at, event in enumerate(events):
            if event.at_ns is None and event.at is not None:
                column = scanned.column_of(first + at)
                batch.notices.append(notice_of_time(event, batch.lines[at], batch.offsets[at], column))
        return batch


def _shift(batch: Batch, lines: int) -> None:
    """Say that a batch stands so many lines further down."""
    batch.lines = [line + lines for line in batch.lines]
    batch.unread = [msgspec.structs.replace(each, line=each.line + lines) for each in batch.unread]
    batch.notices = [msgspec.structs.replace(each, line=each.line + lines) for each in batch.notices]
