"""What does an event say about itself, and what is known of one whose bytes are not read?"""

from collections.abc import Callable, Iterator, Mapping

from explorer.eventlog.errors import LogError
from explorer.eventlog.event import Event
from explorer.eventlog.extract import scalar_text
from explorer.eventlog.field_names import plain
from explorer.history.events import Events
from explorer.history.history import History
from explorer.language import grouped, tr

type Path = tuple[str, ...]

# Names are compared in lower case and without `_-. :$`, best first.
REASON = ("reason", "comment", "note", "remark")
USER = (
    "user",
    "userid",
    "username",
    "actor",
    "actorid",
    "performedby",
    "createdby",
    "initiator",
    "principal",
)
CORRELATION = (
    "correlationid",
    "correlation",
    "conversationid",
    "traceid",
    "sagaid",
    "processid",
    "requestid",
)
CAUSATION = (
    "causationid",
    "causation",
    "causedby",
    "causeid",
    "causalid",
    "parenteventid",
    "parentmessageid",
)
CAUSATION_OUTSIDE = ("parentid", "parentspanid", "triggeredby")  # a payload means something else by these
OWN_ID = ("eventid", "messageid", "id", "uuid", "eid", "spanid")
_ENVELOPES = (
    "metadata",
    "meta",
    "headers",
    "header",
    "context",
    "extensions",
    "envelope",
    "trace",
    "tracing",
)
_MOST_MEMBERS = 1_000  # of one object; no envelope has more, and a log of such events must not cost more


def folded(name: str) -> str:
    """A name as it is compared: `$correlationId`, `correlation_id` and `Correlation-Id` are one."""
    return plain(name).replace("$", "")


def envelopes(event: Event) -> Iterator[tuple[Path, Mapping[str, object]]]:
    """The objects of a record that hold what is said about the event: metadata, then the record's own level."""
    record = event.record
    for at, (name, value) in enumerate(record.items()):
        if at == _MOST_MEMBERS:
            break
        if isinstance(value, Mapping) and folded(name) in _ENVELOPES:
            yield (name,), value
    if record is not event.data:
        yield (), record


def found_in(holder: Mapping[str, object], names: tuple[str, ...]) -> str | None:
    """The member of `holder` whose name is the best of `names` and whose value is a text or a number."""
    best: tuple[int, str] | None = None
    for at, (name, value) in enumerate(holder.items()):
        if at == _MOST_MEMBERS:
            break
        short = folded(name)
        if short in names and scalar_text(value):
            rank = names.index(short)
            if best is None or rank < best[0]:
                best = rank, name
    return None if best is None else best[1]


def reason_of(event: Event) -> str:
    """Why the event happened, in the words of its metadata or its payload; empty if it does not say."""
    for _, holder in envelopes(event):
        name = found_in(holder, REASON)
        if name is not None:
            return scalar_text(holder[name]) or ""
    name = found_in(event.data, REASON[:1])
    return "" if name is None else scalar_text(event.data[name]) or ""


def facts_of(event: Event) -> list[tuple[str, str]]:
    """(name, value) of all that the event's metadata says, as it stands there: texts and numbers only."""
    facts = []
    for path, holder in envelopes(event):
        if not path:
            continue
        for at, (name, value) in enumerate(holder.items()):
            if at == _MOST_MEMBERS:
                break
            text = scalar_text(value)
            if text is None and isinstance(value, bool):
                text = str(value).lower()
            if text is not None:
                facts.append((name, text))
    return facts


LARGE_BYTES = 1 << 18  # a record of a quarter of a mebibyte may take 25 ms to be read, one of 10 MiB a second


def is_large(history: History, position: int) -> bool:
    """Whether the event at a position should be read beside the window, not in it."""
    return int(history.events.lengths[history.log_position(position) - 1]) > LARGE_BYTES


def glance(history: History, position: int, read: Callable[[int], Event]) -> Event:
    """The event at a position; of a large one only what the index knows: type, entity and time."""
    if not is_large(history, position):
        return read(position)
    return history.events.known(history.log_position(position), "")


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
            found = events.event(position)
        except LogError:
            return events.known(position, tr("the bytes of this event are no longer in the file"))
        if events.log.missing:
            return events.known(position, tr("the log with the bytes of this event is not at hand"))
        return found

    return event
