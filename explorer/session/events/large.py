"""What is told of an event that is too large to be read while somebody waits?"""

from collections.abc import Callable

from explorer.eventlog.event import Event
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
    events, row = history.events, history.log_position(position) - 1
    entity = int(events.entities[row])
    at_ns = int(events.at_ns[row])
    known = at_ns if at_ns > -(2**63) else None
    return Event(
        row + 1,
        events.type_names[int(events.types[row])],
        events.entity_names[entity] if entity >= 0 else None,
        {},
        iso_text(known),
        known,
    )


def size_text(history: History, position: int) -> str:
    """What stands in place of a large event's data; empty for others."""
    if not is_large(history, position):
        return ""
    length = int(history.events.lengths[history.log_position(position) - 1])
    return tr("{count} bytes: see the event itself").format(count=grouped(length))
