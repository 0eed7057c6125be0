"""What does a selected stretch of the log hold, and how is it written as a filter?"""

import re

from explorer.eventlog.timestamps import exact_ns
from explorer.language import tr
from explorer.session.document import Document
from explorer.session.events.filters import FilterError, parse_filter
from explorer.session.timeline.axis_ticks import duration_text

_TERM = re.compile(r"(?:^|\s)position(?:>|<=)\d+(?=\s|$)")
_WORD = re.compile(r"[\w.$@-]+")

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
