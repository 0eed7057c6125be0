"""How does a log whose entries are understood only from what stands before them become events, and one of them again?

A statement names its account once, above its entries; a journal leaves amounts out. So such a log is read from its
beginning, and what an entry says is kept beside it, in a file that nobody sees, so that one can be looked at again.
"""

import tempfile
import threading
import weakref
from abc import abstractmethod
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence

import msgspec

from explorer.eventlog.event import Batch, FieldMap, Notice, Record, Unread
from explorer.eventlog.extract import EventMaker
from explorer.eventlog.formats import Format
from explorer.eventlog.json_text import JsonFault
from explorer.eventlog.record import notice_of_time, read_record

_IN_BATCH = 2_000
_MOST_UNREAD = 10_000
_IN_MEMORY_BYTES = 4 << 20

FLAT = FieldMap(type="type", time="at", entity="account")


class Remark(msgspec.Struct, frozen=True):
    """What is odd about an entry: which kind of warning that is, and in words."""

    kind: str
    text: str


class WrittenEntry(msgspec.Struct):
    """One entry of such a log.

    Attributes:
        offset: Where it begins in the unpacked log, in bytes.
        size: How many bytes it is long.
        line: 1-based line on which it begins.
        record: What it says; None if it is no event.
        reason: Why it is none; empty if there is nothing to say of it but remarks on the event before.
        remarks: What is odd about it.
        column: 1-based column of the fault.
        at: Byte of the fault, where that is not its beginning.
    """

    offset: int
    size: int
    line: int
    record: Record | None = None
    reason: str = ""
    remarks: Sequence[Remark] = ()
    column: int = 1
    at: int | None = None


class WrittenEntries(Format):
    """A log of such entries."""

    fields: FieldMap | None = FLAT

    def __init__(self) -> None:
        self._kept = _Kept()

    @abstractmethod
    def entries(self) -> Iterator[WrittenEntry]:
        """Read them from the beginning, in the order in which they happened to be written down."""

    def batches(self, make: EventMaker) -> Iterator[Batch]:
        """Read it from its beginning."""
        batch, position, unread = Batch(), 0, 0
        last = (1, 0)
        for entry in self.entries():
            if entry.record is not None:
                position += 1
                last = entry.line, entry.offset
                self._kept.keep(entry)
                event = make(position, entry.record)
                batch.events.append(event)
                batch.offsets.append(entry.offset)
                batch.lengths.append(entry.size)
                batch.lines.append(entry.line)
                if event.at_ns is None and event.at is not None:
                    batch.notices.append(notice_of_time(event, entry.line, entry.offset))
            elif entry.reason and unread < _MOST_UNREAD:
                unread += 1
                at = entry.offset if entry.at is None else entry.at
                batch.unread.append(
                    Unread(position, entry.line, entry.column, at, entry.reason, entry.offset, entry.size)
                )
            if position:
                batch.notices += [
                    Notice(position, last[0], 1, last[1], each.text, each.kind) for each in entry.remarks
                ]
            if len(batch.events) >= _IN_BATCH:
                batch.done_bytes = entry.offset + entry.size
                yield batch
                batch = Batch()
        batch.done_bytes = self.text.byte(self.text.units)
        yield batch

    def record(self, raw: bytes) -> Record:
        """An entry alone does not tell."""
        raise NotImplementedError

    def record_at(self, raw: bytes, offset: int) -> Record:  # noqa: ARG002 - the place tells
        """What the entry says that begins at `offset`."""
        found = self._kept.find(offset)
        if found is None:  # its log was not read by us: its index was kept from another day
            for entry in self.entries():
                if entry.record is not None:
                    self._kept.keep(entry)
            found = self._kept.find(offset)
        if found is None:
            raise JsonFault("no entry begins here", 0)
        return found


class _Kept:
    """What entries say, by their places. Several threads may ask."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._file = tempfile.SpooledTemporaryFile(_IN_MEMORY_BYTES)  # noqa: SIM115 - closed with us
        weakref.finalize(self, self._file.close)
        self._offsets = array("q")
        self._ends = array("q")

    def keep(self, entry: WrittenEntry) -> None:
        """Keep one, unless it is there; they come in the order of their places."""
        with self._lock:
            if self._offsets and entry.offset <= self._offsets[-1]:
                return
            raw = _encode(entry.record)
            end = self._ends[-1] if self._ends else 0
            self._file.seek(end)
            self._file.write(raw)
            self._offsets.append(entry.offset)
            self._ends.append(end + len(raw))

    def find(self, offset: int) -> Record | None:
        """What the one at `offset` says."""
        with self._lock:
            at = bisect_left(self._offsets, offset)
            if at == len(self._offsets) or self._offsets[at] != offset:
                return None
            begin = self._ends[at - 1] if at else 0
            self._file.seek(begin)
            raw = self._file.read(self._ends[at] - begin)
        found, _ = read_record(raw)
        return found


_encode = msgspec.json.Encoder(decimal_format="number").encode
