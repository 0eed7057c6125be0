"""What does one line say about where one stands, and how sound the log is?"""

from explorer.session.document import Document
from explorer.session.plaintext import visible

NAMED = 3  # event types that change nothing; the rest is "…"


def status_text(document: Document, position: int, entity_count: int) -> str:
    """Position, time, how many entities there are, and everything that a person should know is odd."""
    noun = document.noun if entity_count == 1 else plural(document.noun)
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
        *([] if document.complete else ["only the beginning of the log"]),
    ]
    return "   ·   ".join(parts)


def reading_text(done_bytes: int, total_bytes: int, events: int, passed_s: float) -> str:
    """`412 of 1,049 MB, 3,912,000 events, 6 s left`."""
    text = f"{done_bytes / 1e6:,.0f} of {total_bytes / 1e6:,.0f} MB, {events:,} events"
    if passed_s < 1 or not done_bytes:
        return text
    return f"{text}, {passed_s * (total_bytes - done_bytes) / done_bytes:,.0f} s left"


def plural(noun: str) -> str:
    """What several of them are called."""
    return noun[:-1] + "ies" if noun.endswith("y") else noun + "s"
