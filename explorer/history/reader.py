"""How does a stretch of a log become a chunk: by columns where it can be scanned, else one by one?"""

from collections.abc import Iterable, Iterator

import numpy as np

from explorer.eventlog import compiled
from explorer.eventlog.dates import time_reader
from explorer.eventlog.deletion import teller
from explorer.eventlog.event import Batch, Notice
from explorer.eventlog.extract import time_getter
from explorer.eventlog.lines import Stretch
from explorer.eventlog.local_times import doubt
from explorer.eventlog.log import EventLog
from explorer.eventlog.scanner.blocks import PAD, Block, Flags, LineScanner, Scanned
from explorer.eventlog.scanner.columns import ScannedColumns
from explorer.eventlog.scanner.elements import KEY
from explorer.eventlog.scanner.groups import Grouping
from explorer.eventlog.scanner.json_kernels import AT_FAULT, EMPTY
from explorer.eventlog.scanner.shares import Scan, Share
from explorer.eventlog.scanner.unwrapped import UnwrappedScanner
from explorer.eventlog.sqlite.rows import STORED
from explorer.eventlog.text_names import SharedTexts
from explorer.history.chunks import Chunk
from explorer.history.gathering import Gathering
from explorer.history.operands import Coders
from explorer.history.ordering import occurring
from explorer.history.records_in_order import KnownBatch, RecordsInOrder
from explorer.history.scanned_rows import ScannedRows
from explorer.projection.by_kind import ByKind
from explorer.projection.model import NamesMembers, ReadModel
from explorer.projection.upcasting import UpcastingModel, inner_model

SCANNED_BYTES = 1 << 20  # a log up to this size is read sooner than compiled code is loaded
IN_ORDER_BYTES = 8 << 20  # the same where every event is decoded all the same


class ChunkReader:
    """Reads stretches of one log for one read model; it keeps what it has learnt from one to the next.

    Attributes:
        records: How many lines were scanned, and how many of them were read one by one all the same.
    """

    def __init__(self, log: EventLog, model: ReadModel, shared: SharedTexts | None = None) -> None:
        """Begin; `shared` are the texts that it has in common with other readers of the log."""
        self._log = log
        self._model = model
        fields = log.fields
        doubtful = doubt(time_getter(fields.time), time_reader(fields.dates), fields.zone)
        looks = {"opaque-payload": log.opaque_payload, "delete": teller(fields), "local-time": doubtful}
        self._looks = {kind: look for kind, look in looks.items() if look is not None}
        self.coders = Coders(shared)
        self.records = 0, 0
        self._block = Block()
        self._scanner: LineScanner | None = None
        self._scan: Scan | None = None
        names = model.member_names if isinstance(model, NamesMembers) else None
        ignored = {KEY, STORED} if log.by_rows else {KEY}
        grouping = Grouping(log.fields, names, ignored, kinds=isinstance(inner_model(model), ByKind))
        self._rows = ScannedRows(model, self.coders, log.fields, grouping)
        self._in_order = RecordsInOrder(log, ignored) if model.ordered else None
        self._unwrapped = None if log.unwraps is None else UnwrappedScanner(log.unwraps)

    def begin_anew(self) -> None:
        """Forget which names and values were told; only of a model that takes one event after the other."""
        self.coders = Coders()

    def batch(self, batch: Batch, before: int, *, follows: bool) -> Chunk:
        """Make a chunk of what the exact reader has read.

        Args:
            batch: It; its positions and lines may count from anywhere.
            before: How many events stand before that place, if the read model asks for positions.
            follows: Whether the batch before it counts from there too.
        """
        gathering = Gathering(self._model, self.coders)
        chunk = self._chunk(gathering, [batch], batch.done_lines, batch.done_bytes, before)
        chunk.follows = follows
        return chunk

    def lines(self, unit: int, length: int, before: int = 0) -> Chunk:
        """Read whole lines of UTF-8 JSON.

        Args:
            unit: Where they begin.
            length: How many units they have.
            before: How many events stand before them, if the read model asks for positions.
        """
        gathering = Gathering(self._model, self.coders)
        if not self.scans():
            batch, stretch = Batch(), self._log.stretch(unit, length)
            end = self._log.byte_of(unit + len(stretch.block))
            lines = self._log.read_stretch(batch, stretch, 0, 1) - 1
            return self._chunk(gathering, [batch], lines, end, before)
        if self._scanner is None:
            self._scanner = LineScanner()
        count = self._block.read(length, lambda room: self._log.stretch_into(unit, room))
        end = self._log.byte_of(unit + count)
        scanned = self._scanner.scan(self._block, self._log.byte_of(unit))
        if self._in_order is not None:
            batches, extra = self._lines_in_order(self._in_order, unit, scanned, gathering)
            return self._chunk(gathering, batches, scanned.count + extra, end, before)
        done = self._take(scanned, gathering, before)
        self.records = self.records[0] + scanned.count, self.records[1] + int(np.count_nonzero(~done))
        batches, extra = self._one_by_one(unit, scanned, done, gathering)
        return self._chunk(gathering, batches, scanned.count + extra, end, before)

    def share(self, share: Share) -> tuple[Chunk, Iterator[Scanned | Batch] | None]:
        """A chunk of a share of a log that has a `scan`; and all that is behind it, if it does not end as it should."""
        scan = self._scan = self._scan or self._log.scan()
        assert scan is not None
        chunk = self._together(scan.read(share), 0)
        return chunk, None if scan.met else scan.rest()

    def scanned(
        self, parts: Iterable[Scanned | Batch], position: int = 0, *, follows: bool = False
    ) -> Iterator[Chunk]:
        """Make a chunk of each of some parts of a log that is not read by lines.

        Args:
            parts: They; lines are those of the log.
            position: How many events stand before them, where their positions begin.
            follows: Whether chunks that stand before them count from there too.
        """
        for part in parts:
            chunk = self._together([part], position)
            chunk.follows = follows
            yield chunk
            position += chunk.count
            follows = True

    def _together(self, parts: Iterable[Scanned | Batch], position: int) -> Chunk:
        """One chunk of some parts, before which stand so many events."""
        gathering = Gathering(self._model, self.coders)
        batches, done_bytes = [], 0
        for part in parts:
            if isinstance(part, Batch):
                batches.append(part)
                done_bytes = part.done_bytes
                position += len(part.events)
                continue
            done_bytes = part.end_byte
            if self._in_order is not None:
                found = self._part_in_order(self._in_order, part, position, gathering)
                batches += found
                position += sum(len(batch.events) for batch in found)
                continue
            done, batch = self._take(part, gathering, position), Batch()
            events_before = np.cumsum(done & part.good)
            for record in np.flatnonzero(~done).tolist():
                part.read(batch, record, position + int(events_before[record]) + len(batch.events))
            batches.append(batch)
            position += int(np.count_nonzero(done & part.good)) + len(batch.events)
        return self._chunk(gathering, batches, 0, done_bytes, 0)

    def parts(self) -> Iterator[Scanned | Batch] | None:
        """The log as it is scanned, if it is not read by lines; None if it is to be read plainly."""
        scan = self.scan()
        return None if scan is None else scan.whole()

    def scan(self) -> Scan | None:
        """What scans the log, if it is not read by lines; None if it is to be read plainly."""
        if self._log.by_lines or self._log.fields.dates or not self.scans():
            return None
        return self._log.scan()

    def _take(self, scanned: Scanned, gathering: Gathering, before: int = 0) -> Flags:
        """Take what can be told by columns, before which stand so many events; which records that are."""
        if self._unwrapped is not None:
            scanned = self._unwrapped.scan(scanned)
        columns = ScannedColumns(scanned)
        if self._model.positioned:
            if (scanned.kinds == AT_FAULT).any():  # nobody knows yet how many events those are
                return scanned.kinds == EMPTY  # type: ignore[no-any-return]
            columns.positions = before + np.cumsum(scanned.good)
        done = self._rows.take(columns, gathering)
        self._note(scanned, done, gathering)
        return done

    def _note(self, scanned: Scanned, done: Flags, gathering: Gathering) -> None:
        """Take notice of members that are new, by the records in which they were met first."""
        for record in occurring(scanned.firsts).tolist():
            if done[record]:
                gathering.note(
                    self._log.decode(int(scanned.offsets[record]), int(scanned.lengths[record]), 0)
                )

    def _lines_in_order(
        self, in_order: RecordsInOrder, unit: int, scanned: Scanned, gathering: Gathering
    ) -> tuple[list[Batch], int]:
        """All events of a block; and by how many lines the text has more than newlines."""

        def plainly(batch: Batch, first: int, end: int, position: int) -> int:
            piece = _piece(unit, scanned, first, end - 1)
            return self._log.read_stretch(batch, piece, position, 1 + first) - 1 - end

        known = in_order.known(scanned)
        self._note(scanned, known, gathering)
        return in_order.batches(scanned, known, 0, plainly)

    def _part_in_order(
        self, in_order: RecordsInOrder, part: Scanned, position: int, gathering: Gathering
    ) -> list[Batch]:
        """The same of a part of another log."""

        def plainly(batch: Batch, first: int, end: int, position: int) -> int:
            for record in range(first, end):
                part.read(batch, record, position + len(batch.events))
            return 0

        known = in_order.known(part)
        self._note(part, known, gathering)
        return in_order.batches(part, known, position, plainly)[0]

    def scans(self) -> bool:
        """Whether the log is worth it, and the compiled code is there; what is read meanwhile is read one by one."""
        lifted = self._model.ordered and (
            isinstance(self._model, UpcastingModel) or self._unwrapped is not None
        )
        least = IN_ORDER_BYTES if self._model.ordered else SCANNED_BYTES
        if lifted or not self._log.written_plainly or not self._log.goes_beyond(least - 1):
            return False
        if not compiled.ready():
            compiled.begin()
            return False
        return True

    def _one_by_one(
        self, unit: int, scanned: Scanned, done: Flags, gathering: Gathering
    ) -> tuple[list[Batch], int]:
        """Read the other records; also return by how many lines the text has more than newlines."""
        rest = np.flatnonzero(~done)
        batches: list[Batch] = []
        extra = 0
        if not len(rest):
            return batches, extra
        events_before = np.cumsum(done & scanned.good)
        slow = 0
        for run in np.split(rest, np.flatnonzero(np.diff(rest) > 1) + 1):
            first, last = int(run[0]), int(run[-1])
            batch = Batch()
            position = int(events_before[first]) + slow
            line = 1 + first + extra
            after = self._log.read_stretch(batch, _piece(unit, scanned, first, last), position, line)
            more = after - line - len(run)
            if more:
                gathering.line_shifts.append((last + 1, more))
                extra += more
            slow += len(batch.events)
            batches.append(batch)
        return batches, extra

    def _chunk(
        self, gathering: Gathering, batches: list[Batch], lines: int, done_bytes: int, before: int
    ) -> Chunk:
        for batch in batches:
            gathering.take_batch(batch, before)
        chunk = Chunk(lines=lines, done_bytes=done_bytes)
        for batch in batches:
            chunk.unread += batch.unread
            chunk.notices += batch.notices
            if isinstance(batch, KnownBatch):
                continue
            for kind, look in self._looks.items():
                chunk.notices += [
                    Notice(event.position, line, 1, offset, why, kind)
                    for event, line, offset in zip(batch.events, batch.lines, batch.offsets, strict=True)
                    if (why := look(event.record)) is not None
                ]
        gathering.finish(chunk)
        chunk.names, chunk.others = self.coders.news()
        chunk.shared = self.coders.shared
        chunk.members, self.coders.members.news = self.coders.members.news, []
        return chunk


def _piece(unit: int, scanned: Scanned, first: int, last: int) -> Stretch:
    """The lines from one to another of a block that begins at `unit`."""
    begin, end = int(scanned.starts[first]), int(scanned.nexts[last])
    return Stretch(unit + begin - PAD, scanned.block.text(begin, end))
