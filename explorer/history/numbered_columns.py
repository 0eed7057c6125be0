"""Do the numbers of a log count: the same as `numbering` says, of all events at once?"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from explorer.eventlog.byte_codes import ByteCodes
from explorer.eventlog.event import Event
from explorer.eventlog.extract import scalar_text
from explorer.eventlog.field_names import NUMBERED, plain
from explorer.eventlog.scanner.leaf_kernels import LONG, LONGEST
from explorer.eventlog.scanner.paths import Path
from explorer.eventlog.text_columns import TextColumn
from explorer.history.event_members import ScannedEvents, Wholes
from explorer.history.events import Events
from explorer.history.index_kernels import AGAIN as SAME
from explorer.history.index_kernels import BACK as LESS
from explorer.history.index_kernels import FIRST, NEXT, count_steps
from explorer.history.index_kernels import GAP as MORE
from explorer.history.numbering import (
    AGAIN,
    BACK,
    GAP,
    HOLDERS,
    KEPT,
    MOST_MEMBERS,
    Count,
    Found,
    found_by,
    numbers_of,
    stream_getters,
    usual_beginning,
)

type Ints = npt.NDArray[Any]

_KINDS = {SAME: AGAIN, LESS: BACK, MORE: GAP}
_LAST = 1 << 40  # behind whatever else stands in an event
_NOBODY = -1
_WIDEST = 2**63


class TooLong(Exception):  # noqa: N818 - nothing is wrong
    """A number is beyond int64: `numbering` tells."""


class Some(NamedTuple):
    """The numbers of one member in some events.

    Attributes:
        events: (m,) which events, by row.
        order: (m,) where in its event each stands.
        numbers: (m,) the numbers.
    """

    events: Ints
    order: Ints
    numbers: Ints


class BlockNumbers(NamedTuple):
    """What the events of one block say.

    Attributes:
        members: The numbers of each member, by its path.
        streams: (k,) for each path by which a count may be kept, the code of what each event has there, -1 for
            nothing; none where there are no numbers.
        first: The row of its first event.
    """

    members: dict[str, list[Some]]
    streams: dict[str, Ints]
    first: int

    def without(self, events: Ints) -> "BlockNumbers":
        """The same without those of some events of the block."""
        if not len(events):
            return self
        rows = events + self.first
        members = {path: [_without(some, rows) for some in parts] for path, parts in self.members.items()}
        return self._replace(members=members)


@dataclass
class ColumnCount(Count):
    """The numbers of one member, in the order of the log."""

    events: Events | None = None
    names: Sequence[str] = ()
    rows: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    numbers: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    whose: Ints = field(default_factory=lambda: np.zeros(0, np.int32))  # codes of streams, dense
    begins: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    width: int = 0

    def take(self) -> None:
        """Look at all of them."""
        streams = int(self.whose.max(initial=-1)) + 1
        latest, least = np.zeros(streams, np.int64), np.zeros(streams, np.int64)
        firsts, before = np.full(streams, -1, np.int32), np.zeros(len(self.rows), np.int64)
        steps = np.zeros(len(self.rows), np.uint8)
        done = count_steps(self.whose, self.numbers, latest, least, firsts, before, steps)
        assert done == len(self.rows)
        there = firsts >= 0
        self.begins = np.sort(firsts[there])  # as they stand in the log
        self.width = sum((latest[there] - least[there] + 1).tolist())
        kinds = np.bincount(steps, minlength=5).tolist()
        self.steps, self.even, self.repeats = len(steps) - kinds[FIRST], kinds[NEXT], kinds[SAME]
        odd = np.flatnonzero(steps >= SAME)
        for at in odd[:KEPT].tolist():
            kind = _KINDS[int(steps[at])]
            said = self.told(kind, int(self.numbers[at]), int(before[at]), self._stream(at))
            self.add(kind, self._place(at), said)
        self.odd = len(odd)

    @property
    def streams(self) -> int:
        """How many streams have such numbers."""
        return len(self.begins)

    @property
    def span(self) -> int:
        """How many numbers there are from the least to the greatest, of all streams together."""
        return self.width

    def beginnings(self) -> None:
        """If most streams begin with 0 or with 1, those that begin later miss their beginning."""
        firsts = self.numbers[self.begins]
        usual = usual_beginning(firsts.tolist()) if self.by else None
        late = self.begins[firsts > usual] if usual is not None else self.begins[:0]
        room = max(KEPT - self.odd, 0)
        for at in late[:room].tolist():
            self.add(GAP, self._place(at), self.late(int(self.numbers[at]), self._stream(at), usual or 0))
        self.odd += len(late[room:])

    def _stream(self, at: int) -> str:
        return self.names[int(self.whose[at])] if self.by else ""

    def _place(self, at: int) -> tuple[int, int, int]:
        assert self.events is not None
        row = int(self.rows[at])
        return row + 1, self.events.line(row + 1), int(self.events.offsets[row])


class NumberedColumns:
    """All that may count in one log. Blocks may be looked at by several threads at once."""

    def __init__(self, events: Events) -> None:
        self._events, fields = events, events.log.fields
        self._own, self._entity = fields.sequence, fields.entity
        self._getters = stream_getters(events.log)
        self._lock, self._codes = Lock(), ByteCodes()
        self._some: dict[str, list[Some]] = {}
        self._streams: dict[str, Ints] = {
            path: np.full(len(events), _NOBODY, np.int32) for path in self._getters if path != self._entity
        }

    def looked_at(self, scanned: ScannedEvents, first: int) -> tuple[BlockNumbers, Ints]:
        """What a block says, of which the first event has a row; and (k,) which of its events must be read."""
        read, found = ~scanned.known, dict[str, list[Some]]()
        for keys in scanned.paths:
            if _may_count(keys):
                told = scanned.wholes(keys)
                self._take(found, ".".join(map(str, keys)), told, first)
                read |= told.read
        if self._own is not None:
            told = scanned.wholes_by(self._own)
            known = found.pop(self._own, None)
            if known is None:
                told.leaves += _LAST
            self._take(found, self._own, told, first)
            read |= told.read
        streams = {}
        if found:
            for path in self._streams:
                texts = scanned.texts_by(path)
                read |= texts.read
                codes = np.full(len(read), _NOBODY, np.int32)
                with self._lock:
                    starts, ends = texts.starts.astype(np.int32), texts.ends.astype(np.int32)
                    codes[texts.events] = self._codes.codes(texts.scanned.words, starts, ends, LONGEST)
                read[texts.events] |= codes[texts.events] == LONG
                streams[path] = codes
        which = np.flatnonzero(read)
        return BlockNumbers(found, streams, first).without(which), which

    def take(self, block: BlockNumbers) -> None:
        """Take the next block."""
        for path, parts in block.members.items():
            self._some.setdefault(path, []).extend(some for some in parts if len(some.events))
        for path, codes in block.streams.items():
            self._streams[path][block.first : block.first + len(codes)] = codes

    def take_event(self, event: Event) -> None:
        """Take an event that had to be read."""
        row = event.position - 1
        numbers = dict(numbers_of(event))
        if self._own is not None and event.sequence is not None:
            numbers[self._own] = event.sequence
        for at, (path, number) in enumerate(numbers.items()):
            if not -_WIDEST <= number < _WIDEST:
                raise TooLong
            one = Some(np.array([row]), np.array([at]), np.array([number], np.int64))
            self._some.setdefault(path, []).append(one)
        for path, codes in self._streams.items():
            text = scalar_text(self._getters[path](event.record)) if numbers else None
            with self._lock:
                codes[row] = _NOBODY if text is None else int(self._codes.codes_of(TextColumn.of([text]))[0])

    def findings(self) -> list[Found]:
        """What is odd about the counts."""
        members: list[tuple[int, int, str, Some]] = []
        for path, parts in self._some.items():
            if not parts:
                continue
            events, order, numbers = (np.concatenate(column) for column in zip(*parts, strict=True))
            sorted_ = np.argsort(events, kind="stable")
            some = Some(events[sorted_], order[sorted_], numbers[sorted_])
            members.append((int(some.events[0]), int(some.order[0]), path, some))
        self._some.clear()
        members.sort(key=lambda member: member[:2])  # as they were met
        counts: dict[str, Sequence[Count]] = {}
        for _, _, path, some in members:
            if len(counts) < MOST_MEMBERS or path == self._own:
                counts[path] = self._counts(path, some)
        return list(found_by(counts, self._own))

    def _counts(self, path: str, some: Some) -> list[ColumnCount]:
        name = "sequence" if path == self._own else path.rpartition(".")[2]
        whole = ColumnCount(name, "", events=self._events, rows=some.events, numbers=some.numbers)
        whole.whose = np.zeros(len(some.events), np.int32)
        found = [whole]
        for by in self._getters:
            of_events = self._events.entities if by == self._entity else self._streams[by]
            names = self._events.entity_names.values if by == self._entity else self._codes.texts()
            codes = of_events[some.events].astype(np.int32)
            there = codes >= 0
            found.append(
                ColumnCount(
                    name, by, events=self._events, names=names, rows=some.events[there],
                    numbers=some.numbers[there], whose=codes[there],
                )
            )  # fmt: skip
        for each in found:
            each.take()
        return found

    def _take(self, found: dict[str, list[Some]], path: str, told: Wholes, first: int) -> None:
        if told.long:
            raise TooLong
        if path in found:
            raise TooLong  # two members of one name, told apart by their places alone
        if len(told.events):
            found[path] = [Some(told.events + first, told.leaves, told.numbers)]


def _may_count(keys: Path) -> bool:
    """Whether a chain of keys leads to what may count something."""
    if not keys or None in keys or len(keys) > 2:
        return False
    return plain(str(keys[-1])) in NUMBERED and (len(keys) == 1 or keys[0] in HOLDERS)


def _without(some: Some, rows: Ints) -> Some:
    kept = ~np.isin(some.events, rows)
    return some if kept.all() else Some(*(column[kept] for column in some))
