"""What is known of an event whose bytes are not read: too large to be waited for, or no longer in the file?"""

from collections.abc import Callable

import msgspec

from explorer.eventlog.errors import LogError
from explorer.eventlog.event import Event
from explorer.history.events import NO_TIME, Events
from explorer.history.history import History
from explorer.language import grouped, tr
from explorer.session.moments import iso_text

LARGE_BYTES = 1 << 18  # a record of a quarter of a mebibyte may take 25 ms to be read, one of 10 MiB a second


def is_large(history: History, position: int) -> bool:
    """Whether the event at a position should be read beside the window, not in it."""
    return int(history.events.lengths[history.log_position(position) - 1]) > LARGE_BYTES


def glance(history: History, position: int, read: Callable[[int], Event]) -> Event:
    """The event at a position; of a large one only what the index knows: type, entity and time."""
    if not is_large(history, position):
        return read(position)
    known = _indexed(history.events, history.log_position(position), {})
    return msgspec.structs.replace(known, at=iso_text(known.at_ns))


def size_text(history: History, position: int) -> str:
    """What stands in place of a large event's data; empty for others."""
    if not is_large(history, position):
        return ""
    length = int(history.events.lengths[history.log_position(position) - 1])
    return tr("{count} bytes: see the event itself").format(count=grouped(length))


def readable(events: Events) -> Callable[[int], Event]:
    """A function that reads the event at a position, or says what the index knows of it if the file was cut."""

    def event(position: int) -> Event:
        try:
            return events.event(position)
        except LogError:
            return _indexed(events, position, {"…": tr("the bytes of this event are no longer in the file")})

    return event


def _indexed(events: Events, position: int, data: dict[str, object]) -> Event:
    """What the index knows of an event, by its place in the log: type, entity and time."""
    row = position - 1
    entity, at_ns = int(events.entities[row]), int(events.at_ns[row])
    return Event(
        position,
        events.type_names[int(events.types[row])],
        events.entity_names[entity] if entity >= 0 else None,
        data,
        at_ns=at_ns if at_ns != NO_TIME else None,
    )
