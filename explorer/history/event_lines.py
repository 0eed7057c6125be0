"""What do some events of a log say as JSON, each on a line of its own, however they are written there?"""

import threading
from collections.abc import Mapping
from functools import cached_property
from typing import Any, Self, cast

import msgspec
import numpy as np
import numpy.typing as npt

from explorer.eventlog.compiled import words_of
from explorer.eventlog.log import EventLog
from explorer.eventlog.scanner.blocks import PAD, Block, LineScanner, Scanned
from explorer.eventlog.scanner.rows import RowScan, RowScanner
from explorer.eventlog.scanner.transcoding import Transcoding
from explorer.eventlog.scanner.unwrap_kernels import write_lines
from explorer.eventlog.scanner.unwrapped import UnwrappedScanner, fits_rows
from explorer.history.events import Events
from explorer.history.passes import Flags, Int64s, WholeEvents

_NOTHING: Mapping[Any, int] = {}  # that is unwrapped
_NEWLINE = 10


class Lines(msgspec.Struct, eq=False):
    """Some events as JSON objects in UTF-8.

    Attributes:
        block: The lines.
        starts, ends: (k,) int64, where in it the line of each event stands, its end left out.
        known: (k,) of which events that is what they say; the others are to be read by themselves.
    """

    block: Block
    starts: Int64s
    ends: Int64s
    known: Flags

    @property
    def bytes(self) -> npt.NDArray[np.uint8]:
        """The bytes, zeros behind them."""
        return self.block.bytes

    @property
    def words(self) -> npt.NDArray[Any]:
        """The same as words."""
        found: npt.NDArray[Any] = words_of(self.block.bytes)
        return found

    @property
    def size(self) -> int:
        """How many bytes there are."""
        return self.block.end


class EventLines:
    """Writes the events of one log as lines, block by block. May be asked from several threads at once."""

    def __init__(self, log: EventLog) -> None:
        """Begin; see `of`."""
        self._log = log
        self._here = threading.local()

    @classmethod
    def of(cls, log: EventLog) -> Self | None:
        """Such lines; None if the events of this log can only be read one by one."""
        if log.profile.unwrap and log.unwraps is None:
            return None
        if log.columns:
            return cls(log) if fits_rows(_NOTHING, log.columns) and isinstance(log.scan(), RowScan) else None
        return cls(log) if log.form.written == "object" else None

    def written(self, block: WholeEvents) -> Lines:
        """The events of a block; what this thread wrote before is no more."""
        own = cast("_Writer | None", getattr(self._here, "own", None))
        if own is None:
            own = self._here.own = _Writer(self._log)
        return own.written(block)


class ProbedRecords:
    """The records of events that a kernel may look at, of a log whose payload is one member.

    Attributes:
        by_bytes: Whether the bytes of an event are its record; if not, `lines` says what it is.
        lines: None too if the events can only be read one by one.
    """

    def __init__(self, events: Events, *, alone: bool) -> None:
        """Begin; without `alone` there are none."""
        self.by_bytes = alone and events.log.written is not None
        self.lines = EventLines.of(events.log) if alone and not self.by_bytes else None
        # the last value of a key that stands twice counts: a kernel takes the first
        twice = [each.position - 1 for each in events.notices if each.kind == "duplicate-key"]
        self._twice: Int64s = np.unique(np.array(twice, np.int64))

    def of(self, block: WholeEvents) -> tuple[WholeEvents | Lines, Flags] | None:
        """The records of a block, and (k,) which of them are to be read by themselves; None: all of them."""
        if not block.compiled or not (self.by_bytes or self.lines is not None):
            return None
        doubtful = np.zeros(block.stop - block.first, np.bool_)
        begin, end = np.searchsorted(self._twice, [block.first, block.stop]).tolist()
        doubtful[self._twice[begin:end] - block.first] = True
        if self.lines is None:
            return block, doubtful
        lines = self.lines.written(block)
        return lines, doubtful | ~lines.known


class _Writer:
    """The same for one thread: it writes in the same memory again and again."""

    def __init__(self, log: EventLog) -> None:
        self._log = log
        scan = log.scan() if log.columns else None
        self._scan = scan if isinstance(scan, RowScan) else None
        self._room, self._bytes = Block(), Block()
        self._scanner, self._inner = LineScanner(), LineScanner()
        hows = log.unwraps or (_NOTHING if self._scan is not None else None)
        self._unwrapped = None if hows is None else UnwrappedScanner(hows)

    @cached_property
    def _rows(self) -> RowScanner:
        assert self._scan is not None
        return self._scan.of_events()

    def written(self, block: WholeEvents) -> Lines:
        """The events of a block."""
        if self._scan is not None:
            return self._of_rows(block)
        room = self._bytes.room(block.size + len(block.starts))
        ends = np.empty(len(block.starts), np.int64)
        used = write_lines(block.bytes, block.starts, np.minimum(block.ends, block.size), room, ends)
        assert used >= 0
        self._bytes.close(used)
        if self._unwrapped is None:
            return _lines(self._bytes, ends + PAD, np.ones(len(ends), np.bool_))
        return self._unwrapped_lines(self._unwrapped, self._scanner.scan(self._bytes))

    def _unwrapped_lines(self, unwrapped: UnwrappedScanner, outer: Scanned) -> Lines:
        """Records unwrapped; what stood in them was not looked at before."""
        lines, sure = unwrapped.lines(outer)
        if self._log.unwraps is not None:
            sure &= self._inner.scan(lines).good
        return _lines(lines, np.flatnonzero(lines.bytes[: lines.end] == _NEWLINE), sure)

    def _of_rows(self, block: WholeEvents) -> Lines:
        """The same of a table of text."""
        text = self._log.form.text
        assert self._unwrapped is not None
        if text.is_utf8:
            self._room.fill(block.content)
            transcoding = None
        else:
            transcoding = Transcoding(text)
            begin = (block.offset - text.base) // text.width
            self._room.fill(transcoding.read(begin, block.size // text.width))
        scanned = self._rows.scan(self._room, 0, last=True)
        scanned.as_scanned = scanned.kinds
        found = self._unwrapped_lines(self._unwrapped, scanned)
        if transcoding is None:
            rows = _places(scanned.starts, scanned.ends, block.starts + PAD, block.ends + PAD)
        else:
            starts, ends = (
                text.width * transcoding.units(self._room, each) for each in (scanned.starts, scanned.ends)
            )
            rows = _places(starts, ends, block.starts, block.ends)
        known = rows >= 0
        known[known] = found.known[rows[known]]
        if not scanned.count:
            return Lines(found.block, np.full(len(rows), PAD), np.full(len(rows), PAD), known)
        return Lines(found.block, found.starts[rows], found.ends[rows], known)


def _places(starts: Any, ends: Any, wanted: Int64s, wanted_ends: Int64s) -> Int64s:  # noqa: ANN401 - whole numbers
    """(k,) which of some stretches each wanted one is; -1 for none."""
    found = np.full(len(wanted), -1, np.int64)
    if len(starts):
        at = np.minimum(np.searchsorted(starts, wanted), len(starts) - 1)
        same = (starts[at] == wanted) & (ends[at] == wanted_ends)
        found[same] = at[same]
    return found


def _lines(block: Block, ends: Int64s, known: Flags) -> Lines:
    starts = np.empty(len(ends), np.int64)
    starts[:1] = PAD
    starts[1:] = ends[:-1] + 1
    return Lines(block, starts, ends, known)
