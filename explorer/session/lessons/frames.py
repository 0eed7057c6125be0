"""What does an exhibit look like at one position, as plain data that a window and a page can both draw?"""

from dataclasses import dataclass
from typing import Protocol

from explorer.session.reasons.type_board import TypeBoard


@dataclass(frozen=True)
class Grid:
    """A small table of text.

    Attributes:
        caption: What it shows.
        marked: The cells (row, column) that the event at this position changed.
        numbers: The columns that stand right-aligned.
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    marked: frozenset[tuple[int, int]] = frozenset()
    numbers: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Strip:
    """A stretch of the log that was replayed, drawn to scale: from `start` to `stop` of `total` events.

    Attributes:
        marks: Where snapshots stand.
    """

    caption: str
    start: int
    stop: int
    total: int
    marks: tuple[int, ...] = ()


@dataclass(frozen=True)
class Frame:
    """One exhibit at one position, from top to bottom."""

    code: tuple[str, ...] = ()
    grids: tuple[Grid, ...] = ()
    strips: tuple[Strip, ...] = ()
    board: TypeBoard | None = None
    notes: tuple[str, ...] = ()
    good: bool | None = None  # of a verdict: a command was accepted, or not


class Exhibit(Protocol):
    """Something shown beside the log that follows the playhead.

    Attributes:
        forward_only: Whether it cannot go back in time, as a mutable row cannot.
    """

    title: str
    forward_only: bool

    def frame(self, position: int) -> Frame:
        """What it shows once the first `position` events have happened."""

    def begin(self, position: int) -> None:
        """Begin anew at `position`, if it keeps anything."""

    def close(self) -> None:
        """Let go of what it holds open."""
