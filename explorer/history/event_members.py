"""What do many events say at a path, and which of them must be read one by one to know?"""

import os
import threading
from collections.abc import Sequence
from typing import Any, Self, cast

import msgspec
import numpy as np
import numpy.typing as npt

from explorer.eventlog.compiled import words_of
from explorer.eventlog.extract import FIRST_OF, JOINED
from explorer.eventlog.log import EventLog
from explorer.eventlog.scanner.blocks import Flags, Int64s, LineScanner, Scanned
from explorer.eventlog.scanner.columns import ScannedColumns
from explorer.eventlog.scanner.json_kernels import OBJECT
from explorer.eventlog.scanner.leaf_kernels import hash_places
from explorer.eventlog.scanner.number_kernels import LONG_WHOLE, WHOLE, wholes
from explorer.eventlog.scanner.paths import Path
from explorer.eventlog.scanner.token_kernels import DECIMAL, ESCAPED, EXPONENT, INTEGER
from explorer.history.event_lines import EventLines
from explorer.history.passes import WholeEvents

type Hashes = npt.NDArray[np.uint64]

_SEED = np.uint64(int.from_bytes(os.urandom(8), "little") | 1)
_ROOM = 16  # bytes behind what is hashed
_MINUS, _ZERO, _BRACE, _SLASH, _BLANK, _ASCII = 45, 48, 123, 92, 32, 127


def hashed(texts: Sequence[str]) -> Hashes:
    """(k,) numbers, never 0, that are the same for the same texts, in this process."""
    written = [text.encode("utf-8", "surrogatepass") for text in texts]
    data = np.frombuffer(bytearray(b"".join(written) + bytes(_ROOM)), np.uint8)
    ends = np.cumsum([len(each) for each in written], dtype=np.int64)
    starts = np.concatenate([np.zeros(1, np.int64), ends[:-1]]) if len(ends) else ends
    found = np.zeros(len(written), np.uint64)
    hash_places(words_of(data), starts, ends, _SEED, found)
    return found


class Texts(msgspec.Struct, eq=False):
    """What events of a block say at one path, as `scalar_text` tells it.

    Attributes:
        scanned: The block.
        events: (m,) which events say something, each at most once.
        starts, ends: (m,) where it stands.
        read: (k,) which events must be read to know.
    """

    scanned: Scanned
    events: Int64s
    starts: Int64s
    ends: Int64s
    read: Flags

    def hashes(self) -> Hashes:
        """(m,) as `hashed` gives them."""
        found = np.zeros(len(self.events), np.uint64)
        hash_places(self.scanned.words, self.starts, self.ends, _SEED, found)
        return found


class Wholes(msgspec.Struct, eq=False):
    """Which whole numbers events of a block say at one path, as numbers or as texts of digits.

    Attributes:
        events: (m,) which events, each at most once.
        leaves: (m,) by which leaf: the less, the sooner in its event.
        numbers: (m,) the numbers.
        read: (k,) which events must be read to know.
        long: Whether one is beyond int64.
    """

    events: Int64s
    leaves: Int64s
    numbers: Int64s
    read: Flags
    long: bool


class EventMembers:
    """The events of one log, scanned block by block. May be asked from several threads at once."""

    def __init__(self, log: EventLog, lines: EventLines) -> None:
        """Begin; see `of`."""
        self._lines, self._by_rows = lines, log.by_rows
        self._here = threading.local()

    @classmethod
    def of(cls, log: EventLog) -> Self | None:
        """Them; None if the events of this log can only be read one by one."""
        lines = EventLines.of(log)
        return None if lines is None else cls(log, lines)

    def scanned(self, block: WholeEvents) -> "ScannedEvents":
        """The events of a block; what this thread scanned before is no more."""
        scanner = cast("LineScanner | None", getattr(self._here, "scanner", None))
        if scanner is None:
            scanner = self._here.scanner = LineScanner()
        lines = self._lines.written(block)
        scanned = scanner.scan(lines.block)
        records = np.minimum(np.searchsorted(scanned.starts, lines.starts), max(scanned.count - 1, 0))
        if not scanned.count:
            return ScannedEvents(scanned, records, np.zeros(len(records), np.bool_))
        there = (scanned.starts[records] == lines.starts) & scanned.good[records]
        return ScannedEvents(scanned, records, lines.known & there)


class ScannedEvents:
    """Some events by path.

    Attributes:
        known: (k,) which events were scanned; the others must be read.
    """

    def __init__(self, scanned: Scanned, records: Int64s, known: Flags) -> None:
        self._scanned, self.known = scanned, known
        self._columns = ScannedColumns(scanned)
        self._event_of = np.full(scanned.count, -1, np.int64)
        which = np.flatnonzero(known)
        self._event_of[records[which]] = which

    @property
    def paths(self) -> list[Path]:
        """What leads to some value of some event."""
        return [self._scanned.paths[path] for path in self._columns.met()]

    def order_of(self, event_leaves: Int64s) -> Int64s:
        """(m,) which leaf of its record each leaf is."""
        scanned = self._scanned
        found: Int64s = event_leaves - scanned.begins[scanned.leaf_rec[event_leaves]]
        return found

    def texts(self, keys: Path) -> Texts:
        """What stands at a chain of keys, none of which lead into a text."""
        leaves, events = self._leaves(keys)
        scanned, read = self._scanned, np.zeros(len(self.known), np.bool_)
        kinds = scanned.leaf_kind[leaves]
        starts, ends = (each[leaves].astype(np.int64) for each in (scanned.leaf_start, scanned.leaf_end))
        plain = (kinds < INTEGER) & (kinds & ESCAPED == 0)
        nothing = (kinds == INTEGER) & (ends - starts == 2) & (self._bytes(starts) == _MINUS)
        nothing &= self._bytes(starts + 1) == _ZERO  # it is told otherwise than it is written
        whole = (kinds == INTEGER) & ~nothing
        odd = nothing | (kinds == DECIMAL) | (kinds == EXPONENT) | (kinds == OBJECT)
        read[events[odd | ((kinds < INTEGER) & ~plain)]] = True
        said = plain | whole
        inset = plain[said].astype(np.int64)
        return Texts(scanned, events[said], starts[said] + inset, ends[said] - inset, read)

    def texts_by(self, path: str) -> Texts:
        """What the exact reader finds at a dotted path; see `extract.getter`."""
        found = self.texts(tuple(path.split(".")))
        found.read |= self._doubtful(path)
        return found

    def wholes(self, keys: Path) -> Wholes:
        """Which whole numbers stand at a chain of keys."""
        leaves, events = self._leaves(keys)
        scanned, read = self._scanned, np.zeros(len(self.known), np.bool_)
        kinds = scanned.leaf_kind[leaves]
        read[events[(kinds < INTEGER) & (kinds & ESCAPED != 0)]] = True
        texts = kinds < INTEGER
        inset = texts.astype(np.int64)
        starts, ends = scanned.leaf_start[leaves] + inset, scanned.leaf_end[leaves] - inset
        numbers, known = wholes(scanned.block.bytes, starts, ends)
        fits = (kinds == INTEGER) | (texts & (self._bytes(starts) != _MINUS))
        said = fits & (known == WHOLE)
        long = bool((fits & (known == LONG_WHOLE)).any())
        return Wholes(events[said], self.order_of(leaves[said]), numbers[said], read, long)

    def wholes_by(self, path: str) -> Wholes:
        """The same of a dotted path."""
        found = self.wholes(tuple(path.split(".")))
        found.read |= self._doubtful(path)
        return found

    def _leaves(self, keys: Path) -> tuple[Int64s, Int64s]:
        """The leaves of a path that belong to events, and to which."""
        path = self._scanned.paths.find(keys)
        if path is None:
            return np.zeros(0, np.int64), np.zeros(0, np.int64)
        leaves = self._columns.leaves(path)
        events = self._event_of[self._scanned.leaf_rec[leaves]]
        there = events >= 0
        return (leaves, events) if there.all() else (leaves[there], events[there])

    def _doubtful(self, path: str) -> Flags:
        """(k,) which events may say something there that is found in another way than key by key."""
        names = path.split(".")
        found = np.zeros(len(self.known), np.bool_)
        if FIRST_OF in path or JOINED in path:
            found[:] = True
            return found
        for count in range(len(names) - 1):  # a name that itself has dots
            found[self._leaves((*names[:count], ".".join(names[count:])))[1]] = True
        for count in range(1, len(names)):  # JSON in a text
            leaves, events = self._leaves(tuple(names[:count]))
            texts = self._scanned.leaf_kind[leaves] < INTEGER
            first = self._bytes(self._scanned.leaf_start[leaves] + 1)
            found[
                events[texts & ((first == _BRACE) | (first == _SLASH) | (first <= _BLANK) | (first > _ASCII))]
            ] = True
        return found

    def _bytes(self, places: Any) -> npt.NDArray[np.uint8]:  # noqa: ANN401 - whole numbers
        found: npt.NDArray[np.uint8] = self._scanned.block.bytes[places]
        return found
