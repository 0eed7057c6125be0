"""What does a screen reader say of the timeline, besides its value?"""

from explorer.desktop.timeline.marks import Marks, near
from explorer.language import tr
from explorer.session.plaintext import visible

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
    if marks.selection is not None:
        low, high = marks.selection
        parts.append(tr("selected {low:,} to {high:,}").format(low=low, high=high))
    return ", ".join(parts)
