"""What of a log does the read model of accounts not show, and is that so much that a person must be told at once?"""

import numpy as np

from explorer.language import grouped, tr
from explorer.projection.accounts import Accounts
from explorer.projection.upcasting import inner_model
from explorer.session.document import Document
from explorer.session.plaintext import visible

NAMED = 3  # event types; the rest is "…"
LISTED = 12  # … where there is room
MUCH = 0.2  # such a part of the events


def left_out_text(document: Document) -> str:
    """Which events change nothing, and how many entities are not shown; empty if that is little, or somebody's wish.

    A read model of one's own leaves out what it was written to leave out.
    """
    model = document.read_model
    inner = inner_model(model)
    unknown, events = document.unknown_types, document.event_count
    count = sum(unknown.values())
    if not isinstance(inner, Accounts) or not count:
        return ""
    history = document.recorded
    entities = len(history.entities)  # those of any event
    hidden = entities - int(np.count_nonzero(np.diff(history.touches.offsets)))
    if not hidden and count < MUCH * events:
        return ""
    commonest = sorted(unknown, key=lambda name: -unknown[name])
    names = ", ".join(visible(name or tr("(no type)"), 40) for name in commonest[:NAMED])
    names += ", …" if len(commonest) > NAMED else ""
    if hidden:
        text = tr(
            "Shown as accounts: {count:,} of {events:,} events change nothing here ({names}), and {hidden:,} of"
            " {entities:,} entities are not shown."
        )
    else:
        text = tr("Shown as accounts: {count:,} of {events:,} events change nothing here ({names}).")
    return text.format(count=count, events=events, names=names, hidden=hidden, entities=entities)


def left_out_details(document: Document) -> str:
    """Each type that changes nothing, and how often it is there."""
    unknown = document.unknown_types
    commonest = sorted(unknown, key=lambda name: -unknown[name])
    lines = [
        f"{visible(name or tr('(no type)'), 60)}: {grouped(unknown[name])}" for name in commonest[:LISTED]
    ]
    return "\n".join(lines + ["…"] * (len(commonest) > LISTED))
