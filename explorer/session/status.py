"""What does one line say about where one stands, and how sound the log is?"""

from explorer.session.document import Document
from explorer.session.plaintext import visible

NAMED = 3  # event types that change nothing; the rest is "…"


def status_text(document: Document, position: int, entity_count: int) -> str:
    """Position, time, how many entities there are, and everything that a person should know is odd."""
    noun = document.noun if entity_count == 1 else _plural(document.noun)
    kinds = [visible(name, 40) or "no type" for name in document.unknown_types]
    names = ", ".join(kinds[:NAMED]) + (", …" if len(kinds) > NAMED else "")
    odd = (
        (document.unread_count, "not read"),
        (document.notice_count + document.problem_count, "with warnings"),
        (sum(document.unknown_types.values()), f"change nothing here ({names})"),
        (document.out_of_order_count, f"out of time order ({document.order} order is shown)"),
    )
    parts = [
        f"event {position:,} of {document.event_count:,}",
        document.moment_text(position),
        f"{entity_count:,} {noun}",
        *(f"{count:,} {what}" for count, what in odd if count),
        document.format_text,
    ]
    return "   ·   ".join(parts)


def _plural(noun: str) -> str:
    return noun[:-1] + "ies" if noun.endswith("y") else noun + "s"
