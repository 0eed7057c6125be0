"""Which places in a log has a person marked, what did they write there, and how is that kept?

What is kept is the place of an event in the log, so that it is right in either order of time and after the log has
grown; what a person sees is its position in the order that is shown.
"""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator
from operator import attrgetter

import msgspec

from explorer.history.history import History
from explorer.language import grouped

_POSITION = attrgetter("position")


class Bookmark(msgspec.Struct, frozen=True):
    """One marked place.

    Attributes:
        position: How many events have happened there.
        name: A few words; may be empty.
        note: As much text as the person likes; may be empty.
    """

    position: int
    name: str = ""
    note: str = ""

    @property
    def title(self) -> str:
        """What it is called: its name, or else its position."""
        return self.name or f"#{grouped(self.position)}"


class Bookmarks:
    """The bookmarks of one log, ascending by position; a position has one at most."""

    def __init__(self) -> None:
        self._marks: list[Bookmark] = []

    def __len__(self) -> int:
        return len(self._marks)

    def __iter__(self) -> Iterator[Bookmark]:
        return iter(self._marks)

    def __contains__(self, position: int) -> bool:
        return self.at(position) is not None

    @property
    def positions(self) -> list[int]:
        """Where they are, ascending."""
        return [mark.position for mark in self._marks]

    def at(self, position: int) -> Bookmark | None:
        """The bookmark at `position`, if there is one."""
        place = bisect_left(self._marks, position, key=_POSITION)
        if place < len(self._marks) and self._marks[place].position == position:
            return self._marks[place]
        return None

    def put(self, bookmark: Bookmark) -> None:
        """Add `bookmark`; it takes the place of the one at its position.

        Raises:
            ValueError: Its position is below 0.
        """
        if bookmark.position < 0:
            raise ValueError(f"there is no position {bookmark.position}")
        self.remove(bookmark.position)
        insort(self._marks, bookmark, key=_POSITION)

    def remove(self, position: int) -> bool:
        """Take the bookmark at `position` away; False if there is none."""
        found = self.at(position)
        if found is not None:
            self._marks.remove(found)
        return found is not None

    def toggle(self, position: int) -> bool:
        """Mark `position`, or take its bookmark away; returns whether it is marked now."""
        if self.remove(position):
            return False
        self.put(Bookmark(position))
        return True

    def following(self, position: int, step: int = 1) -> Bookmark | None:
        """The next (`step` 1) or previous (-1) bookmark, seen from `position`."""
        if step > 0:
            place = bisect_right(self._marks, position, key=_POSITION)
        else:
            place = bisect_left(self._marks, position, key=_POSITION) - 1
        return self._marks[place] if 0 <= place < len(self._marks) else None

    def nearest(self, position: int, reach: int) -> Bookmark | None:
        """The bookmark nearest to `position`, at most `reach` events away."""
        places = (self.at(position), self.following(position, -1), self.following(position, 1))
        near = [mark for mark in places if mark is not None and abs(mark.position - position) <= reach]
        return min(near, key=lambda mark: abs(mark.position - position), default=None)

    def clear(self) -> None:
        """Take all away."""
        self._marks.clear()


# --- how they are kept ---------------------------------------------------------------------------------


MOST = 10_000
LONGEST_NAME, LONGEST_NOTE = 200, 10_000


def dumps(marks: Iterable[Bookmark]) -> str:
    """Bookmarks as JSON; "" for none."""
    kept = list(marks)
    return msgspec.json.encode(kept).decode() if kept else ""


def loads(text: str) -> list[Bookmark]:
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
