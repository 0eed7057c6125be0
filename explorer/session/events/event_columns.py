"""Which members of the payload or the metadata stand as columns of their own beside the events?"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from explorer.eventlog.errors import OutOfReach
from explorer.eventlog.event import Event
from explorer.session.document import Document
from explorer.session.events.entries import Entry
from explorer.session.events.envelope import glance, is_large
from explorer.session.plaintext import visible
from explorer.session.state.state_view import value_text

type Path = tuple[str, ...]

MOST_PATHS = 200  # that are offered
SAMPLE = 200  # events that are looked at to find them
DEEPEST = 4
MOST_MEMBERS = 100  # of one object
_AMOUNTS = ("amount", "value")  # a column of its own in a log of accounts, if most events have it
_ENOUGH = 0.3


class EventColumn(NamedTuple):
    """One member as a column.

    Attributes:
        path: Where it is, from the top of the payload, or of the record if the payload has no such member.
        is_number: Whether it stands right-aligned.
    """

    path: Path
    is_number: bool = False

    @property
    def title(self) -> str:
        """What stands above it."""
        return visible(path_to_text(self.path), 60)


class EventRow(NamedTuple):
    """One entry and the texts of its columns."""

    entry: Entry
    cells: tuple[str, ...]


def path_to_text(path: Path) -> str:
    r"""A path as a person reads and writes it: `metadata.reason`; a dot inside a name is written `\.`."""
    return ".".join(name.replace("\\", "\\\\").replace(".", "\\.") for name in path)


def path_from_text(text: str) -> Path:
    """The inverse of `written`."""
    names, name, escaped = [], "", False
    for char in text.strip():
        if escaped or char not in "\\.":
            name, escaped = name + char, False
        elif char == "\\":
            escaped = True
        else:
            names.append(name)
            name = ""
    return (*names, name)


def value_at(event: Event, path: Path) -> object:
    """What an event holds there; None where it has nothing."""
    found = _inside(event.data, path)
    return found if found is not None or event.data is event.record else _inside(event.record, path)


def row_of(document: Document, row: int, columns: Sequence[EventColumn]) -> EventRow:
    """One row of the events table with these columns; what has a column is not told again beside it."""
    told = [column.path[0] for column in columns if len(column.path) == 1]
    entry = document.entry(row, told)
    if not columns or entry.position is None or is_large(document.history, entry.position):
        return EventRow(entry, ("",) * len(columns))
    event = document.event(entry.position)
    return EventRow(entry, tuple(cell_text(event, column) for column in columns))


def offered(document: Document) -> list[EventColumn]:
    """The members that some events have, the commonest first; few events are read. What has a column is left out."""
    fields = document.fields
    taken = {tuple(path.split(".")) for path in (fields.type, fields.time, fields.entity) if path is not None}
    taken |= {path[1:] for path in taken if path[:1] == (fields.data,)}
    return [column for column in columns_in(sample_of(document)) if column.path not in taken]


def usual(document: Document) -> list[EventColumn]:
    """The columns of a log that nobody has chosen any for: the amount, where events are about money."""
    sample = sample_of(document)
    for column in columns_in(sample):
        if len(column.path) == 1 and column.is_number and column.path[0].casefold() in _AMOUNTS:
            count = sum(value_at(event, column.path) is not None for event in sample)
            if count >= _ENOUGH * len(sample):
                return [column]
    return []


def column_of(document: Document, path: Path) -> EventColumn:
    """A member as a column, right-aligned if it holds numbers wherever a few events were looked at."""
    found = [value for event in sample_of(document) if (value := value_at(event, path)) is not None]
    return EventColumn(path, bool(found) and all(_is_number(value) for value in found))


def columns_in(events: Iterable[Event]) -> list[EventColumn]:
    """The members of some events as columns, the commonest first."""
    counts: Counter[Path] = Counter()
    numbers: dict[Path, bool] = {}
    for event in events:
        found = dict(_members(event.data, (), DEEPEST))
        if event.data is not event.record:
            inside = {value_name for value_name, value in event.record.items() if value is event.data}
            outside = {name: value for name, value in event.record.items() if name not in inside}
            for path, value in _members(outside, (), DEEPEST):
                found.setdefault(path, value)
        for path, value in found.items():
            counts[path] += 1
            numbers[path] = numbers.get(path, True) and _is_number(value)
    return [EventColumn(path, numbers[path]) for path, _ in counts.most_common(MOST_PATHS)]


def cell_text(event: Event, column: EventColumn) -> str:
    """What an event has in a column."""
    return value_text(value_at(event, column.path))


def sample_of(document: Document) -> list[Event]:
    """A few events from all over the log, large ones without their data; none where only a folder tells of them."""
    try:
        document.events.need_bytes()
    except OutOfReach:
        return []
    places = document.events.spread(SAMPLE).tolist()
    return [glance(document.history, place, document.event) for place in places]


def _members(value: Mapping[str, object], path: Path, deep: int) -> Iterable[tuple[Path, object]]:
    for at, (name, inner) in enumerate(value.items()):
        if at == MOST_MEMBERS:
            return
        if isinstance(inner, Mapping) and deep > 1:
            yield from _members(inner, (*path, name), deep - 1)
        elif inner is not None:
            yield (*path, name), inner


def _is_number(value: object) -> bool:
    """Whether a value is a number, or a text that states one, as amounts often stand in logs: digits that are no id."""
    if isinstance(value, str):
        return "." in value and value.lstrip("+-").replace(".", "", 1).isdecimal()
    return isinstance(value, (int, Decimal)) and not isinstance(value, bool)


def _inside(value: object, path: Path) -> object:
    for name in path:
        if not isinstance(value, Mapping):
            return None
        value = value.get(name)
    return value
