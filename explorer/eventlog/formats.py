"""Which format is a log written in? Found from its content; its name is not looked at."""

from collections.abc import Iterator
from typing import Protocol

from explorer.eventlog.batch import Batch
from explorer.eventlog.event import Event, Record
from explorer.eventlog.extract import EventMaker
from explorer.eventlog.json_lines import read_json_lines
from explorer.eventlog.record import read_record
from explorer.eventlog.source import Source
from explorer.eventlog.text import Text


class Format(Protocol):
    """How one log is read from end to end, and one record of it again."""

    name: str
    text: Text

    def batches(self, make: EventMaker) -> Iterator[Batch]: ...

    def record(self, raw: bytes) -> Record: ...

    def named(self, event: Event, raw: bytes) -> Event: ...


class JsonLines:
    """One JSON object on each line."""

    name = "JSON Lines"

    def __init__(self, text: Text, unit: int = 0, line: int = 1, newline: bytes = b"\n") -> None:
        self.text = text
        self._start = (unit, line, newline)

    def batches(self, make: EventMaker) -> Iterator[Batch]:
        return read_json_lines(self.text, make, *self._start)

    def record(self, raw: bytes) -> Record:
        return read_record(self.text.to_utf8(raw))[0]

    def named(self, event: Event, raw: bytes) -> Event:
        return event


def recognise(source: Source) -> Format:
    return JsonLines(Text(source))
