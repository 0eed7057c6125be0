"""Do the numbers that a log itself gives its events, or the events of one entity, miss one, repeat one, or go back?

A log may carry several: a sequence of its own, and beside it the version of the entity or stream. Which member counts
what is not known before it is read: a member is taken for a count if most of its steps are by one, over the whole log
or within whatever names an entity, and for the reading that fits best.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from explorer.eventlog.event import Event
from explorer.eventlog.extract import getter, scalar_text
from explorer.eventlog.field_names import NUMBERED, plain
from explorer.eventlog.log import EventLog

MOST_MEMBERS = 8  # that may count something
MOST_STREAMS = 4  # by what a count may be kept
HOLDERS = ("metadata", "metaData", "meta", "headers")
KEPT = 100_000  # more of one kind are counted, not listed

type Found = tuple[str, int, int, int, str]  # kind, position, line, byte, text


@dataclass
class Reading:
    """One member, read as a count over the whole log or by stream."""

    name: str
    by: str
    latest: dict[str, int] = field(default_factory=dict)
    firsts: dict[str, tuple[int, int, int, int]] = field(default_factory=dict)
    least: dict[str, int] = field(default_factory=dict)
    steps: int = 0
    even: int = 0  # steps by one
    odd: int = 0
    repeats: int = 0
    findings: list[Found] = field(default_factory=list)

    def take(self, number: int, stream: str, position: int, line: int, byte: int) -> None:
        """Look at the number of one event."""
        latest = self.latest.get(stream)
        if latest is None or number > latest:
            self.latest[stream] = number
        if latest is None:
            self.firsts[stream] = number, position, line, byte
            self.least[stream] = number
            return
        self.least[stream] = min(self.least[stream], number)
        self.steps += 1
        if number == latest + 1:
            self.even += 1
            return
        whose = f" of {stream}" if self.by else ""
        if number == latest:
            self.repeats += 1
            kind, text = "repeated-sequence", f"{self.name:s} {number:d}{whose} is there twice"
        elif number < latest:
            kind, text = "backwards-sequence", f"{self.name:s} {number:d}{whose} comes after {latest:d}"
        else:
            kind, text = (
                "gap",
                f"{self.name:s} {number:d}{whose} follows {latest:d}: {_missing(latest, number)} missing",
            )
        self._add((kind, position, line, byte, text))

    @property
    def counts(self) -> bool:
        """Does it count: are most steps by one, or are the numbers, in whatever order, nearly all of a row?"""
        if self.even >= 2 and self.even * 2 > self.steps:
            return True
        numbers = self.steps + len(self.latest)
        span = sum(latest - self.least[stream] + 1 for stream, latest in self.latest.items())
        return self.steps > 1 and not self.repeats and numbers <= span and span * 2 <= numbers * 3

    def beginnings(self) -> None:
        """If most streams begin with 0 or with 1, those that begin later miss their beginning."""
        begins = [first[0] for first in self.firsts.values()]
        if not self.by or len(begins) < 2:
            return
        usual = max((0, 1), key=begins.count)
        if begins.count(usual) * 2 <= len(begins):
            return
        for stream, (number, position, line, byte) in self.firsts.items():
            if number > usual:
                text = f"{self.name:s} {number:d} of {stream} is its first: {_missing(usual - 1, number)} missing"
                self._add(("gap", position, line, byte, text))

    def _add(self, found: Found) -> None:
        self.odd += 1
        if self.odd <= KEPT:
            self.findings.append(found)


class Numbering:
    """All readings of all members of one log that may be counts."""

    def __init__(self, log: EventLog) -> None:
        self._own = log.fields.sequence
        streams = [log.fields.entity, *log.candidates.get("entity", [])]
        self._streams = dict.fromkeys(path for path in streams if path is not None)
        self._getters: Mapping[str, Callable[[object], object]] = {
            path: found for path in list(self._streams)[:MOST_STREAMS] if (found := getter(path)) is not None
        }
        self._entity = log.fields.entity
        self._readings: dict[str, list[Reading]] = {}

    def take(self, event: Event, line: int, byte: int) -> None:
        """Look at one event."""
        numbers = dict(numbers_of(event))
        if self._own is not None and event.sequence is not None:
            numbers[self._own] = event.sequence
        if not numbers:
            return
        streams = {path: self._stream(event, path) for path in self._getters}
        for path, number in numbers.items():
            for reading in self._of(path):
                stream = streams[reading.by] if reading.by else ""
                if stream is not None:
                    reading.take(number, stream, event.position, line, byte)

    def findings(self) -> Iterator[Found]:
        """What is odd about the counts; of each member by the reading that fits best."""
        for path, readings in self._readings.items():
            for reading in readings:
                if reading.even * 2 >= reading.steps:
                    reading.beginnings()
            best = min(readings, key=lambda each: (each.odd, -each.even))
            # the log's own sequence is one, however bad; any other member must mostly count
            if path == self._own or best.counts:
                yield from best.findings

    def _stream(self, event: Event, path: str) -> str | None:
        if path == self._entity:
            return event.entity
        return scalar_text(self._getters[path](event.record))

    def _of(self, path: str) -> Sequence[Reading]:
        found = self._readings.get(path)
        if found is None:
            if len(self._readings) >= MOST_MEMBERS and path != self._own:
                return ()
            name = "sequence" if path == self._own else path.rpartition(".")[2]
            found = [Reading(name, ""), *(Reading(name, by) for by in self._getters)]
            self._readings[path] = found
        return found


def numbers_of(event: Event, names: frozenset[str] = NUMBERED) -> Iterator[tuple[str, int]]:
    """The members of the envelope that may be counts, by their paths."""
    for name, value in event.record.items():
        if type(value) is dict:
            if name in HOLDERS:
                for inner, number in value.items():
                    if plain(inner) in names and (whole := _whole(number)) is not None:
                        yield f"{name}.{inner}", whole
        elif plain(name) in names and (whole := _whole(value)) is not None:
            yield name, whole


def _whole(value: object) -> int | None:
    if type(value) is int:
        return value
    if type(value) is str and len(value) < 20 and value.isascii() and value.isdigit():
        return int(value)
    return None


def _missing(latest: int, number: int) -> str:
    return f"{latest + 1}" if number == latest + 2 else f"{latest + 1:d} to {number - 1:d}"
