"""Which command led to which types of events, and which type was followed by which: a board of a whole log's types?

As EventStorming draws it: commands are blue, events orange, policies lilac. All of it is told by causation ids: an
event that names another one as its cause follows from a policy ("whenever this, that"); one whose cause is no event of
the log follows from a command.
"""

from collections.abc import Mapping, Sequence

import msgspec
import numpy as np

from explorer.eventlog.event import Event
from explorer.eventlog.extract import scalar_text
from explorer.history.events import Events
from explorer.language import grouped, tr
from explorer.session.events.envelope import envelopes
from explorer.session.plaintext import visible
from explorer.session.reasons.causes import Causes

MOST_READ = 5_000  # events that are read for the name of their command
MOST_LINES = 200
MOST_CHARS = 60  # of a note
_COMMANDS = (
    "commandType",
    "commandName",
    "command_type",
    "command_name",
    "command",
    "causationType",
    "causation_type",
)


class Followed(msgspec.Struct, frozen=True):
    """A type of event that follows.

    Attributes:
        count: How often it has; -1 where a board that somebody wrote names what the log does not have.
        first: Where in the log it did first; 0 if that is not asked.
        now: Whether it has just happened.
    """

    type: str
    count: int
    first: int = 0
    now: bool = False

    @property
    def times(self) -> str:
        """How often, as it stands on a note."""
        return "–" if self.count < 0 else f"{grouped(self.count)} ×"


class BoardLine(msgspec.Struct, frozen=True):
    """What follows from one thing.

    Attributes:
        kind: A command or a type of event.
        name: Its name; empty for a command of which the log has no name.
        follows: What follows from it, the most frequent first.
    """

    kind: str
    name: str
    follows: Sequence[Followed]

    @property
    def source(self) -> str:
        """What stands on the note of a command, or on that of the policy that follows from an event."""
        if self.kind == "command":
            return visible(self.name or tr("a command"), MOST_CHARS)
        return visible(tr("whenever {type}").format(type=self.name), MOST_CHARS)

    @property
    def told(self) -> str:
        """The line as a text."""
        follows = ", ".join(f"{visible(each.type, MOST_CHARS)} {each.times}" for each in self.follows)
        return f"{self.source} → {follows}"


class TypeBoard(msgspec.Struct, frozen=True):
    """All of it.

    Attributes:
        lines: Commands first, then events, each by how much follows from it.
        untold: Types of which events name no cause: nobody says what led to them.
        unread: How many events with a command were not read for its name.
    """

    lines: Sequence[BoardLine]
    untold: Sequence[Followed]
    unread: int = 0


def board_of(events: Events, causes: Causes) -> TypeBoard:
    """Make it of a log whose causes were read. A second for a million events."""
    rows = causes.cause_rows()
    types = np.asarray(events.types, np.int64)
    names = events.type_names
    found: dict[tuple[str, str], list[Followed]] = {}
    inside = np.flatnonzero(rows >= 0)
    pairs = types[rows[inside]] * (len(names) + 1) + types[inside]
    for pair, at, count in zip(*np.unique(pairs, return_index=True, return_counts=True), strict=True):
        cause, effect = divmod(int(pair), len(names) + 1)
        followed = Followed(names[effect], int(count), int(inside[at]) + 1)
        found.setdefault(("event", names[cause]), []).append(followed)
    outside = np.flatnonzero(rows == OUTSIDE)
    told: dict[tuple[str, str], tuple[int, int]] = {}
    for row in outside[:MOST_READ].tolist():
        event = events.event(row + 1)
        key = _command_of(event), event.type
        count, first = told.get(key, (0, row + 1))
        told[key] = count + 1, first
    for (command, kind), (count, first) in told.items():
        found.setdefault(("command", command), []).append(Followed(kind, count, first))
    lines = [
        BoardLine(kind, name, sorted(follows, key=lambda each: (-each.count, each.type)))
        for (kind, name), follows in found.items()
    ]
    lines.sort(
        key=lambda line: (line.kind != "command", -sum(each.count for each in line.follows), line.name)
    )
    nobody = np.flatnonzero(rows == UNTOLD)
    untold = [
        Followed(names[int(kind)], int(count), int(nobody[at]) + 1)
        for kind, at, count in zip(
            *np.unique(types[nobody], return_index=True, return_counts=True), strict=True
        )
    ]
    untold.sort(key=lambda each: (-each.count, each.type))
    return TypeBoard(lines[:MOST_LINES], untold, max(0, len(outside) - MOST_READ))


OUTSIDE, UNTOLD = -1, -2  # in place of the row of a cause


def _command_of(event: Event) -> str:
    """What an event calls the command that led to it; empty if it does not say."""
    for _, holder in envelopes(event):
        for name in _COMMANDS:
            value = holder.get(name) if isinstance(holder, Mapping) else None
            if isinstance(value, Mapping):
                value = value.get("type") or value.get("name")
            text = scalar_text(value)
            if text:
                return text
    return ""
