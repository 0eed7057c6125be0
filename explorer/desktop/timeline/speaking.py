"""What does a screen reader say of the timeline, besides its value?"""

from explorer.desktop.timeline.marks import Marks, near
from explorer.language import tr
from explorer.session.document import Document
from explorer.session.plaintext import visible
from explorer.session.timeline.preview import preview

NAME_CHARS = 60


def spoken(there: str, position: int, marks: Marks) -> str:
    """What is said `there`, and what is marked at `position`: `…, bookmark salary, selected 30 to 120`."""
    parts = [there] if there else []
    for mark in marks.bookmarks:
        if mark.position == position:
            name = visible(mark.name, NAME_CHARS)
            parts.append(tr("bookmark {name}").format(name=name) if name else tr("bookmark"))
    for letter, point in (("A", marks.a), ("B", marks.b)):
        if point == position:
            parts.append(tr("point {letter}").format(letter=letter))
    if near(marks.violations, position, position):
        parts.append(tr("a check fails here"))
    if near(marks.warned, position, position):
        parts.append(tr("a warning here"))
    if marks.selection is not None:
        low, high = marks.selection
        parts.append(tr("selected {low:,} to {high:,}").format(low=low, high=high))
    return ", ".join(parts)


def happened(document: Document | None, position: int) -> str:
    """What the event there did: `MoneyWithdrawn · acc-1, acc-1 balance 50 → 20`; "" without a log."""
    if document is None:
        return ""
    told = preview(document, min(position, document.event_count))  # the log may be another one since
    more = [tr("and {count:,} more changes").format(count=told.more)] if told.more else []
    return ", ".join((told.title, *told.changes, *more))
