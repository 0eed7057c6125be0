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

GAP, AGAIN, BACK = "gap", "repeated-sequence", "backwards-sequence"

type Found = tuple[str, int, int, int, str]  # kind, position, line, byte, text


@dataclass
class Count:
    """One member, as a count over the whole log or by stream."""

    name: str
    by: str
    steps: int = 0
    even: int = 0  # steps by one
    odd: int = 0
    repeats: int = 0
    findings: list[Found] = field(default_factory=list)

    @property
    def streams(self) -> int:
        """How many streams have such numbers."""
        raise NotImplementedError

    @property
    def span(self) -> int:
        """How many numbers there are from the least to the greatest, of all streams together."""
        raise NotImplementedError

    def beginnings(self) -> None:
        """If most streams begin with 0 or with 1, those that begin later miss their beginning."""
        raise NotImplementedError

    @property
    def counts(self) -> bool:
        """Does it count: are most steps by one, or are the numbers, in whatever order, nearly all of a row?"""
        if self.even >= 2 and self.even * 2 > self.steps:
            return True
        numbers, span = self.steps + self.streams, self.span
        return self.steps > 1 and not self.repeats and numbers <= span and span * 2 <= numbers * 3

    def add(self, kind: str, place: tuple[int, int, int], text: str) -> None:
        """Take what is odd at a position, line and byte."""
        self.odd += 1
        if self.odd <= KEPT:
            self.findings.append((kind, *place, text))

    def late(self, number: int, stream: str, usual: int) -> str:
        """That a stream begins with a number, though others begin with another, in words."""
        return f"{self.name:s} {number:d} of {stream} is its first: {_missing(usual - 1, number)} missing"

    def told(self, kind: str, number: int, latest: int, stream: str) -> str:
        """What is odd about a number of a stream, in words."""
        whose = f" of {stream}" if self.by else ""
        if kind == AGAIN:
            return f"{self.name:s} {number:d}{whose} is there twice"
        if kind == BACK:
            return f"{self.name:s} {number:d}{whose} comes after {latest:d}"
        return f"{self.name:s} {number:d}{whose} follows {latest:d}: {_missing(latest, number)} missing"


def usual_beginning(firsts: list[int]) -> int | None:
    """0 or 1, if most of several streams begin with it."""
    usual = max((0, 1), key=firsts.count)
    return usual if len(firsts) > 1 and firsts.count(usual) * 2 > len(firsts) else None


def found_by(counts: "Mapping[str, Sequence[Count]]", own: str | None) -> Iterator[Found]:
    """What is odd about the counts of some members by their paths; of each by the reading that fits best."""
    for path, readings in counts.items():
        for reading in readings:
            if reading.even * 2 >= reading.steps:
                reading.beginnings()
        best = min(readings, key=lambda each: (each.odd, -each.even))
        # the log's own sequence is one, however bad; any other member must mostly count
        if path == own or best.counts:
            yield from best.findings


@dataclass
class Reading(Count):
    """The same, one number after the other."""

    latest: dict[str, int] = field(default_factory=dict)
    firsts: dict[str, tuple[int, int, int, int]] = field(default_factory=dict)
    least: dict[str, int] = field(default_factory=dict)

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
        self.repeats += number == latest
        kind = GAP if number > latest else AGAIN if number == latest else BACK
        self.add(kind, (position, line, byte), self.told(kind, number, latest, stream))

    @property
    def streams(self) -> int:
        """How many streams have such numbers."""
        return len(self.latest)

    @property
    def span(self) -> int:
        """How many numbers there are from the least to the greatest, of all streams together."""
        return sum(latest - self.least[stream] + 1 for stream, latest in self.latest.items())

    def beginnings(self) -> None:
        """If most streams begin with 0 or with 1, those that begin later miss their beginning."""
        usual = usual_beginning([number for number, *_ in self.firsts.values()]) if self.by else None
        for stream, (number, *place) in self.firsts.items():
            if usual is not None and number > usual:
                self.add(GAP, (place[0], place[1], place[2]), self.late(number, stream, usual))


def stream_getters(log: EventLog) -> Mapping[str, Callable[[object], object]]:
    """What finds that by which a count may be kept, by its path."""
    streams = [log.fields.entity, *log.candidates.get("entity", [])]
    known = dict.fromkeys(path for path in streams if path is not None)
    return {path: found for path in list(known)[:MOST_STREAMS] if (found := getter(path)) is not None}


class Numbering:
    """All readings of all members of one log that may be counts."""

    def __init__(self, log: EventLog) -> None:
        self._own = log.fields.sequence
        self._getters = stream_getters(log)
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
        """What is odd about the counts."""
        return found_by(self._readings, self._own)

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
