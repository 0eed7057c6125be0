"""How are the bookmarks of a log kept, so that they are right in either order of time and after it has grown?

What is kept is the place of an event in the log; what a person sees is its position in the order that is shown.
"""

from collections.abc import Iterable

import msgspec

from explorer.history.history import History
from explorer.session.places.bookmarks import Bookmark

MOST = 10_000
LONGEST_NAME, LONGEST_NOTE = 200, 10_000


def written(marks: Iterable[Bookmark]) -> str:
    """Bookmarks as JSON; "" for none."""
    kept = list(marks)
    return msgspec.json.encode(kept).decode() if kept else ""


def read(text: str) -> list[Bookmark]:
    """Bookmarks from JSON, ascending. What makes no sense is left out: the text may come from an older program."""
    try:
        found = msgspec.json.decode(text.encode(), type=list[Bookmark]) if text else []
    except (msgspec.DecodeError, UnicodeEncodeError):
        return []
    sound = {mark.position: _clipped(mark) for mark in found[:MOST] if mark.position >= 0}
    return [sound[position] for position in sorted(sound)]


def in_order(marks: Iterable[Bookmark], history: History) -> tuple[list[Bookmark], list[Bookmark]]:
    """Kept bookmarks at their positions in `history`, ascending, and those that lie beyond its end, unchanged."""
    here, beyond = [], []
    for mark in marks:
        if mark.position > len(history):
            beyond.append(mark)
        else:
            position = history.position_of(mark.position) if mark.position else 0
            here.append(msgspec.structs.replace(mark, position=position))
    return sorted(here, key=lambda mark: mark.position), beyond


def in_log(marks: Iterable[Bookmark], history: History) -> list[Bookmark]:
    """The inverse of `in_order`."""
    return [
        msgspec.structs.replace(mark, position=history.log_position(mark.position) if mark.position else 0)
        for mark in marks
    ]


def _clipped(mark: Bookmark) -> Bookmark:
    return Bookmark(mark.position, mark.name[:LONGEST_NAME], mark.note[:LONGEST_NOTE])
