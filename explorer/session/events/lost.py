"""What is still known of an event whose bytes are no longer in the file?"""

from collections.abc import Callable

from explorer.eventlog.errors import LogError
from explorer.eventlog.event import Event
from explorer.history.events import NO_TIME, Events
from explorer.language import tr


def readable(events: Events) -> Callable[[int], Event]:
    """A function that reads the event at a position, or says what the index knows of it if the file was cut."""

    def event(position: int) -> Event:
        try:
            return events.event(position)
        except LogError:
            row = position - 1
            entity, at_ns = int(events.entities[row]), int(events.at_ns[row])
            return Event(
                position,
                events.type_names[int(events.types[row])],
                events.entity_names[entity] if entity >= 0 else None,
                {"…": tr("the bytes of this event are no longer in the file")},
                at_ns=at_ns if at_ns != NO_TIME else None,
            )

    return event
