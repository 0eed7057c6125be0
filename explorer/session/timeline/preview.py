"""What happened at a position, in a few short lines, without going there and without reading the file?"""

from decimal import Decimal

import msgspec

from explorer.history.changes import Change
from explorer.history.explain import number, shown
from explorer.language import tr
from explorer.session.document import Document
from explorer.session.plaintext import visible

MOST_CHANGES = 4
NAME_CHARS, VALUE_CHARS = 40, 60


class Preview(msgspec.Struct, frozen=True):
    """A few lines about one position.

    Attributes:
        position: Which.
        title: `MoneyWithdrawn · acc-1`.
        moment: When.
        changes: `acc-1 balance 50 → 20`, at most `MOST_CHANGES`.
        more: How many changes are not told.
    """

    position: int
    title: str
    moment: str
    changes: tuple[str, ...] = ()
    more: int = 0


def preview(document: Document, position: int) -> Preview:
    """Tell what the event at `position` did. Costs what that event changed, and no access to the file."""
    if position < 1:
        return Preview(0, tr("Nothing has happened yet"), "")
    history = document.history
    events, row = history.events, history.log_position(position) - 1
    kind = events.type_names[int(events.types[row])]
    entities = history.entities_of(position)
    if not entities and events.entities[row] >= 0:
        entities = [events.entity_names[int(events.entities[row])]]
    parts = [
        visible(kind or tr("(no type)"), NAME_CHARS),
        *(visible(name, NAME_CHARS) for name in entities[:2]),
    ]
    if len(entities) > 2:
        parts.append(tr("and {count:,} more").format(count=len(entities) - 2))
    told = [change for change in history.changes_by(position) if not change.field.is_version]
    told = [change for change in told if change.before != change.after]
    return Preview(
        position,
        " · ".join(parts),
        document.moment_text(position),
        tuple(_told(change) for change in told[:MOST_CHANGES]),
        max(len(told) - MOST_CHANGES, 0),
    )


def _told(change: Change) -> str:
    key = f" {visible(change.key, NAME_CHARS)}" if change.key else ""
    name = f"{visible(change.entity, NAME_CHARS)} {visible(change.field.name, NAME_CHARS)}{key}"
    before = "" if change.before is None else f"{_value(change.before)} "
    return f"{name} {before}→ {_value(change.after)}"


def _value(value: object) -> str:
    if isinstance(value, (int, Decimal)) and not isinstance(value, bool):
        return visible(number(value), VALUE_CHARS)
    return visible(value if isinstance(value, str) else shown(value), VALUE_CHARS)
