"""How do folded segments and the events of all goes become the rows of a history folder, in its order?"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
import pyarrow as pa  # type: ignore[import-untyped]

from explorer.history.engines.folding import FoldedSegment
from explorer.history.engines.naming import NamesFile
from explorer.history.engines.spilled import ColumnsFile, SpilledGo
from explorer.history.events import NEVER, NO_TIME
from explorer.history.ordering import inverse

type Ints = npt.NDArray[Any]
type Columns = dict[str, Any]

AT_ONCE = 1 << 18  # rows that are made together, …
_OF_EACH, _MOST_AT_ONCE = 1 << 12, 1 << 20  # … and more where they are those of very many files


class FieldTable:
    """All changes of one field, of whose segments each is in files.

    Attributes:
        slots, changes: How many.
    """

    def __init__(self, segments: Sequence[FoldedSegment], codes: Mapping[Path, Ints] | None = None) -> None:
        """Take its segments; of files that have numbers of their own for values, `codes` has those of the whole log."""
        self._segments = segments
        self._own = codes or {}
        self._slots = _begins([each.slots for each in segments])
        self._changes = _begins([each.changes for each in segments])
        self.slots, self.changes = int(self._slots[-1]), int(self._changes[-1])

    def of_slots(self, name: str) -> Ints:
        """(s,) of each slot its `entity`, its `key` (-1: none) or its `count` of changes; read each time."""
        parts = [each.of_slots(name) for each in self._segments]
        return np.concatenate(parts) if parts else np.zeros(0, np.int32)

    def sorted(self) -> Iterator[Columns]:
        """By slot, then by position: `slot`, `position`, and the values."""
        for segment, first in zip(self._segments, self._slots.tolist(), strict=False):
            files: dict[Path, ColumnsFile | _Sorted] = {
                path: ColumnsFile(path.with_suffix(".sorted")) if len(segment.paths) > 1 else _Sorted(path)
                for path in segment.paths
            }
            for path, begin, end in _stretches(segment):
                for at in range(begin, end, AT_ONCE):
                    file = files[path]
                    columns = {name: file.read(name, at, min(at + AT_ONCE, end)) for name in file.names}
                    self._renumber(path, columns)
                    columns["slot"] = columns["slot"].astype(np.int64) + first
                    yield columns

    def moved(self, count: int) -> Iterator[Columns]:
        """As they happened: `slot`, `position`, `change`, and the values; of a log of so many events."""
        files = [
            (path, ColumnsFile(path.with_suffix(".moved")), int(first), shift)
            for segment, first, begin in zip(self._segments, self._slots, self._changes, strict=False)
            for path, shift in zip(segment.paths, _shifts(segment, int(begin)), strict=True)
        ]
        at_once = min(max(AT_ONCE, len(files) * _OF_EACH), _MOST_AT_ONCE)
        windows = max(-(-self.changes // at_once), 1)
        done = [0] * len(files)
        for window in range(windows):
            last = count if window == windows - 1 else (window + 1) * count // windows
            parts: list[Columns] = []
            for at, (path, file, first, shift) in enumerate(files):
                end = file.place_of("position", last, done[at])
                if end > done[at]:
                    parts.append(_moved(file, done[at], end, first, shift))
                    self._renumber(path, parts[-1])
                    done[at] = end
            if parts:
                yield _in_order(parts)

    def _renumber(self, path: Path, columns: Columns) -> None:
        if path in self._own:
            columns["code"] = self._own[path][columns["code"]]


class _Sorted:
    """The changes of a segment by slot, of which there is a file as they happened; looked at as that is."""

    def __init__(self, path: Path) -> None:
        moved = ColumnsFile(path.with_suffix(".moved"))
        self._moved, self._columns = moved, dict[str, Any]()
        self.names = [name for name in moved.names if name not in {"change", "place"}]

    def read(self, name: str, begin: int, end: int) -> Any:  # noqa: ANN401 - as of `ColumnsFile`
        """The rows of a column from one to another, half-open."""
        if name not in self._columns:
            own, order = self._moved.read(name), self._order
            self._columns[name] = own.take(pa.array(order)) if isinstance(own, pa.Array) else own[order]
        return self._columns[name][begin:end]

    @cached_property
    def _order(self) -> Ints:
        return inverse(self._moved.read("change"))


def _moved(file: ColumnsFile, begin: int, end: int, first: int, shift: Ints | int) -> Columns:
    """Rows of one file with the numbers of the whole log: slots from `first` on, and changes by slot."""
    found: Columns = {name: file.read(name, begin, end) for name in file.names}
    found["change"] = found["change"].astype(np.int64) + (
        shift if isinstance(shift, int) else shift[found["slot"]]
    )
    found["slot"] = found["slot"].astype(np.int64) + first
    return found


def _begins(sizes: Sequence[int]) -> Ints:
    return np.concatenate([[0], np.cumsum(np.array(sizes, np.int64))]).astype(np.int64)


def _stretches(segment: FoldedSegment) -> Iterator[tuple[Any, int, int]]:
    """Which rows of which file come one after the other: each slot's of all stretches."""
    if len(segment.paths) == 1:
        yield segment.paths[0], 0, segment.changes
        return
    counts = _counts(segment)
    begins = np.zeros_like(counts)
    begins[:, 1:] = np.cumsum(counts, axis=1)[:, :-1]
    for slot in range(segment.slots):
        for path, begin, rows in zip(segment.paths, begins[:, slot], counts[:, slot], strict=True):
            if rows:
                yield path, int(begin), int(begin + rows)


def _shifts(segment: FoldedSegment, begin: int) -> Iterator[Ints | int]:
    """For each stretch, what is to be added to the number that a change has in its file; (s,) or for all slots."""
    if len(segment.paths) == 1:
        yield begin
        return
    every = _counts(segment)
    starts = _begins(every.sum(0).tolist())[:-1] + begin
    for at, counts in enumerate(every):
        yield starts + every[:at].sum(0) - _begins(counts.tolist())[:-1]


def _counts(segment: FoldedSegment) -> Ints:
    """(stretches, s) how many changes each slot has in each."""
    return np.array([segment.of_slots(f"count-{at}") for at in range(len(segment.paths))])


def _in_order(parts: Sequence[Columns]) -> Columns:
    """SegmentRows of several files by position, those of one event as they came."""
    columns: Columns = {}
    names = list(dict.fromkeys(name for part in parts for name in part))
    for name in names:
        if name == "wide":
            columns[name] = np.array([text for part in parts for text in _texts(part)], object)
        else:
            columns[name] = np.concatenate([np.asarray(part[name]) for part in parts])
    order = _order(columns["position"], columns.pop("place"))
    return {name: column[order] for name, column in columns.items()}


def _order(positions: Ints, places: Ints) -> Ints:
    """The order by position, those of one event by place: mostly places tell all of it, and none is left out."""
    count, first = len(places), int(places.min())
    if int(places.max()) - first == count - 1:
        order = np.full(count, -1)
        order[places - first] = np.arange(count)
        if int(order.min()) >= 0 and bool((np.diff(positions[order]) >= 0).all()):
            return order
    return np.lexsort((places, positions))


def _texts(part: Columns) -> list[str | None]:
    found: list[str | None] = part["wide"].to_pylist() if "wide" in part else [None] * len(part["slot"])
    return found


def nullable(column: Ints, nothing: int) -> pa.Array:
    """A column in which one number stands for nothing."""
    return pa.array(column, mask=column == nothing)


class Clocks:
    """What the clock says at each event, of goes that follow one another."""

    def __init__(self) -> None:
        self._clock = NO_TIME
        self._clocks: list[int] = []  # before each go
        self._firsts: list[int | None] = []  # the first time in each
        self._later: list[int] = []

    def take(self, at: Ints) -> None:
        """The times of the next go."""
        known = at[at != NO_TIME]
        self._clocks.append(self._clock)
        self._firsts.append(int(known[0]) if len(known) else None)
        self._clock = max(self._clock, int(known.max(initial=NO_TIME)))

    def end(self) -> None:
        """All goes were taken."""
        later = int(NEVER)  # what the clock says at the first event with a time behind a go
        for clock, first in zip(reversed(self._clocks), reversed(self._firsts), strict=True):
            self._later.append(later)
            if first is not None:
                later = max(clock, first)
        self._later.reverse()

    def of(self, go: int, at: Ints) -> tuple[Ints, Ints]:
        """(m,) the clock at each event of a go, and when it is known to have happened, as of `events.reached`."""
        clock = np.maximum.accumulate(np.maximum(at, np.int64(self._clocks[go])))
        if not bool((at == NO_TIME).any()):
            return clock, clock
        count = len(at)
        following = np.where(at == NO_TIME, count, np.arange(count))
        following = np.minimum.accumulate(following[::-1])[::-1]
        return clock, np.append(clock, np.int64(self._later[go]))[following]


class LogOfEvents(Protocol):
    """What of a `WholeLog` its events need."""

    @property
    def goes(self) -> Sequence[SpilledGo]: ...
    @property
    def types(self) -> NamesFile: ...
    @property
    def lines(self) -> Ints: ...
    def numbers(self, go: SpilledGo, kind: str, begin: int = 0, end: int | None = None) -> Ints: ...


class EventTable:
    """All events, with what is known of them once all are read.

    Attributes:
        untimed, out_of_order, nobodys: How many have no time, one before an earlier one's, no entity.
        ascending: Whether none happened before one that stands before it, and those without a time stand last.
        up, down: How often the next time is greater, and how often it is less.
        type_counts: (types,)
    """

    def __init__(self, whole: LogOfEvents) -> None:
        """Look at all times once."""
        self._whole = whole
        self.untimed = self.out_of_order = self.nobodys = self.up = self.down = 0
        self.ascending = True
        self.type_counts = np.zeros(len(whole.types), np.int64)
        self._clocks = Clocks()
        clock, previous, untimed = NO_TIME, NO_TIME, False
        for go in whole.goes:
            at = go.column("events", "at")
            known = at[at != NO_TIME]
            self._clocks.take(at)
            self.untimed += len(at) - len(known)
            self.nobodys += int(np.count_nonzero(go.column("events", "entity") < 0))
            numbers = whole.numbers(go, "types")
            counts = np.bincount(go.column("events", "type"), minlength=len(numbers))
            self.type_counts[numbers] += counts
            if len(known):
                # compared: what lies between two times may be more than an int64 holds
                earlier = np.append(known[:1] if previous == NO_TIME else np.int64(previous), known[:-1])
                self.up += int(np.count_nonzero(known > earlier))
                self.down += int(np.count_nonzero(known < earlier))
                before = np.maximum.accumulate(np.append(np.int64(clock), known))
                self.out_of_order += int(np.count_nonzero(known < before[:-1]))
                clock, previous = int(before[-1]), int(known[-1])
                first_untimed = int(np.argmax(at == NO_TIME)) if len(known) < len(at) else len(at)
                self.ascending &= not untimed and bool((at[first_untimed:] == NO_TIME).all())
            untimed |= len(known) < len(at)
        self.ascending &= not self.down
        self._clocks.end()

    def batches(self) -> Iterator[Columns]:
        """The events in log order, as `layout` has them but for `position`; -1: no entity."""
        whole = self._whole
        for index, go in enumerate(whole.goes):
            own = go.columns("events")
            at = own["at"]
            clock, reached = self._clocks.of(index, at)
            yield {
                "at_ns": at,
                "clock_ns": clock,
                "reached_ns": reached,
                "type": whole.numbers(go, "types")[own["type"]],
                "entity": np.append(whole.numbers(go, "entities"), -1)[own["entity"]],
                "part": np.full(len(at), go.part, np.int32),
                "offset": own["offset"],
                "length": own["length"].astype(np.int64),
                "line": own["line"] + whole.lines[index],
            }
