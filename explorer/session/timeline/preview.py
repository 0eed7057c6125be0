"""What happened at a position or in a selected stretch, in a few short words, without reading the file?"""

from decimal import Decimal

import msgspec

from explorer.eventlog.timestamps import exact_ns
from explorer.history.changes import Change
from explorer.history.explain import number, shown
from explorer.language import tr
from explorer.patterns import lazy_pattern
from explorer.session.document import Document
from explorer.session.events.filters import FilterError, parse_filter
from explorer.session.plaintext import visible
from explorer.session.timeline.axis import duration_text

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


# --- what does a selected stretch of the log hold, and how is it written as a filter? ----------------

_TERM = lazy_pattern(r"(?:^|\s)position(?:>|<=)\d+(?=\s|$)")
_WORD = lazy_pattern(r"[\w.$@-]+")

type PositionRange = tuple[
    int, int
]  # two positions, ascending: the events after the first, up to and with the second


def stretch_of(one: int, other: int, last: int) -> PositionRange | None:
    """The stretch between two positions of a log that ends at `last`; None if there is no event between them."""
    low, high = (min(max(position, 0), last) for position in sorted((one, other)))
    return (low, high) if low < high else None


def stretch_text(document: Document, stretch: PositionRange) -> str:
    """`90 events, 6 d 23 h`: how many events, and in how much time."""
    low, high = stretch
    count = high - low
    told = tr("1 event") if count == 1 else tr("{count:,} events").format(count=count)
    first, last = document.moment_ns(low + 1), document.moment_ns(high)
    if first is not None and last is not None and last > first:
        told += f", {duration_text(exact_ns(last) - exact_ns(first))}"
    return told


def filter_of(text: str, stretch: PositionRange) -> str:
    """The filter `text` with the terms that let only the stretch through, in place of those of an earlier one."""
    low, high = stretch
    rest = _TERM.sub(" ", text).strip()
    return f"{rest} position>{low} position<={high}".strip()


def with_type(text: str, name: str) -> str:
    """The filter `text` with a term for one type of events, in place of an earlier one; without it if that is it."""
    quoted = name.replace("\\", "\\\\").replace('"', '\\"')
    term = f"type:{name}" if _WORD.fullmatch(name) else f'type:"{quoted}"'
    try:
        terms = parse_filter(text)
    except FilterError:
        return term
    for old in terms:
        if old.field == "type" and old.operator == ":" and not old.negated:
            before, after = text[: old.start].rstrip(), text[old.stop :].lstrip()
            kept = "" if old.values == (name,) else term
            return " ".join(part for part in (before, kept, after) if part)
    return f"{text} {term}".strip()
