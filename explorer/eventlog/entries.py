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
from collections import deque
from collections.abc import Iterator, Sequence

import msgspec

from explorer.eventlog.event import Batch, FieldMap, Notice, Record, Unread
from explorer.eventlog.extract import EventMaker
from explorer.eventlog.formats import Format
from explorer.eventlog.json_text import JsonFault
from explorer.eventlog.record import notice_of_time, read_record

_IN_BATCH = 2_000
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
    """A log of such entries. It is read once; whoever reads it again is given what was kept."""

    fields: FieldMap | None = FLAT

    def __init__(self) -> None:
        self._kept = _Kept()
        self._reading = threading.Lock()
        self._done = False

    @abstractmethod
    def entries(self) -> Iterator[WrittenEntry]:
        """Read them from the beginning, in the order of their places."""

    def batches(self, make: EventMaker) -> Iterator[Batch]:
        """Read it from its beginning."""
        self._read()
        batch, position = Batch(), 0
        odd = deque(self._kept.odd)
        for offset, size, line, record in self._kept.all():
            _take_odd(batch, odd, position)
            position += 1
            event = make(position, record)
            batch.events.append(event)
            batch.offsets.append(offset)
            batch.lengths.append(size)
            batch.lines.append(line)
            if event.at_ns is None and event.at is not None:
                batch.notices.append(notice_of_time(event, line, offset))
            while odd and odd[0][0] == position and odd[0][1].record is not None:
                _remark(batch, odd.popleft()[1], position, line, offset)
            if len(batch.events) >= _IN_BATCH:
                batch.done_bytes = offset + size
                yield batch
                batch = Batch()
        _take_odd(batch, odd, position)
        batch.done_bytes = self.text.byte(self.text.units)
        yield batch

    def _read(self) -> None:
        with self._reading:
            if not self._done:
                for entry in self.entries():
                    self._kept.keep(entry)
                self._done = True

    def record(self, raw: bytes) -> Record:
        """An entry alone does not tell."""
        raise NotImplementedError

    def record_at(self, raw: bytes, offset: int) -> Record:  # noqa: ARG002 - the place tells
        """What the entry says that begins at `offset`."""
        self._read()
        found = self._kept.find(offset)
        if found is None:
            raise JsonFault("no entry begins here", 0)
        return found


def _take_odd(batch: Batch, odd: deque[tuple[int, WrittenEntry]], position: int) -> None:
    """Tell what stands between the event at `position` and the next one."""
    while odd and odd[0][0] == position:
        entry = odd.popleft()[1]
        if entry.reason:
            at = entry.offset if entry.at is None else entry.at
            batch.unread.append(
                Unread(position, entry.line, entry.column, at, entry.reason, entry.offset, entry.size)
            )
        if position:
            _remark(batch, entry, position, entry.line, entry.offset)


def _remark(batch: Batch, entry: WrittenEntry, position: int, line: int, offset: int) -> None:
    batch.notices += [Notice(position, line, 1, offset, each.text, each.kind) for each in entry.remarks]


class _Kept:
    """What entries say, by their places. Several threads may ask.

    Attributes:
        odd: What is worth a word: after how many events it stands (an event itself counts), and the entry.
    """

    def __init__(self) -> None:
        self.odd: list[tuple[int, WrittenEntry]] = []
        self._lock = threading.Lock()
        self._file = tempfile.SpooledTemporaryFile(_IN_MEMORY_BYTES)  # noqa: SIM115 - closed with us
        weakref.finalize(self, self._file.close)
        self._offsets, self._sizes, self._lines, self._ends = (array("q") for _ in range(4))

    def keep(self, entry: WrittenEntry) -> None:
        """Keep one; they come in the order of their places."""
        if entry.record is not None:
            raw = _encode(entry.record)
            with self._lock:
                self._file.write(raw)
            self._offsets.append(entry.offset)
            self._sizes.append(entry.size)
            self._lines.append(entry.line)
            self._ends.append((self._ends[-1] if self._ends else 0) + len(raw))
        if entry.record is None or entry.remarks:
            if entry.record is not None:
                entry.record = {}
            self.odd.append((len(self._ends), entry))

    def all(self) -> Iterator[tuple[int, int, int, Record]]:
        """Each as offset, size, line and record."""
        for first in range(0, len(self._ends), _IN_BATCH):
            stop = min(first + _IN_BATCH, len(self._ends))
            begin = self._ends[first - 1] if first else 0
            raw = self._bytes(begin, self._ends[stop - 1])
            at = begin
            for index in range(first, stop):
                end = self._ends[index]
                record, _ = read_record(raw[at - begin : end - begin])
                yield self._offsets[index], self._sizes[index], self._lines[index], record
                at = end

    def find(self, offset: int) -> Record | None:
        """What the one at `offset` says."""
        at = bisect_left(self._offsets, offset)
        if at == len(self._offsets) or self._offsets[at] != offset:
            return None
        found, _ = read_record(self._bytes(self._ends[at - 1] if at else 0, self._ends[at]))
        return found

    def _bytes(self, begin: int, end: int) -> bytes:
        with self._lock:
            self._file.seek(begin)
            return self._file.read(end - begin)


_encode = msgspec.json.Encoder(decimal_format="number").encode
