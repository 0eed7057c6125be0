"""Which rows does the table of raw events have: the events, and between them what could not be read?"""

from bisect import bisect_left
from collections.abc import Collection

import msgspec
import numpy as np
import numpy.typing as npt

from explorer.eventlog.event import SEAL, Event, Unread
from explorer.history.history import History
from explorer.session.exact_json import dumps
from explorer.session.plaintext import visible
from explorer.session.state.state_view import value_text

type Int64s = npt.NDArray[np.int64]

SUMMARY_CHARS = 300


class Entry(msgspec.Struct, frozen=True):
    """One row of the raw events table.

    Attributes:
        row: 0-based place in the table.
        position: The event's position in the current order; None for what could not be read.
        applied: Where the playhead goes when the person chooses this row.
        at_text, type, entity, summary: What the event says, each as it stands in the log.
        unread_reason: Why it is no event; None for events.
        aside: Whether it is none because it stands around a table, and nothing is wrong with it.
        notice: A warning about an event that was read.
    """

    row: int
    position: int | None
    applied: int
    at_text: str
    type: str
    entity: str
    summary: str
    unread_reason: str | None = None
    aside: bool = False
    notice: str | None = None


class Entries:
    """Rows and positions of one history. In time order, what has no time stands at the end."""

    def __init__(self, history: History, *, by_time: bool) -> None:
        self._history = history
        self._unread = history.events.unread
        count = len(history)
        after = [count if by_time else unread.after for unread in self._unread]
        self._after = np.asarray(after, np.int64)
        self._rows = self._after + np.arange(len(after))

    def __len__(self) -> int:
        return len(self._history) + len(self._unread)

    def row_of(self, position: int) -> int:
        """The row that shows the event at `position`."""
        return position - 1 + int(np.searchsorted(self._after, position, "left"))

    def rows_of(self, positions: Int64s) -> Int64s:
        """(k,) the rows of many positions at once."""
        if not len(self._after):  # then they are the same, however many
            return positions - 1
        return positions - 1 + np.searchsorted(self._after, positions, "left")

    def unread_places(self, which: Int64s) -> tuple[Int64s, Int64s]:
        """(k,) the rows of some of what could not be read, and where the playhead goes for each."""
        return self._rows[which], self._after[which]

    def split(self, rows: Int64s) -> tuple[Int64s, Int64s]:
        """The positions of those of some rows (ascending) that are events, and which of the unread the others are."""
        before = np.searchsorted(self._rows, rows, "right")
        unread = (
            (before > 0) & (self._rows[np.maximum(before - 1, 0)] == rows) if len(self._rows) else rows < 0
        )
        return rows[~unread] + 1 - before[~unread], before[unread] - 1

    def unread_row(self, index: int) -> int:
        """The row of the `index`-th thing that could not be read."""
        return int(self._rows[index])

    def at(self, row: int) -> tuple[int | None, Unread | None]:
        """What stands in `row`: (position, None) or (None, unread).

        Raises:
            IndexError: There is no such row.
        """
        if not 0 <= row < len(self):
            raise IndexError(f"row {row} is outside 0…{len(self) - 1}")
        index = bisect_left(self._rows, row)
        if index < len(self._rows) and self._rows[index] == row:
            return None, self._unread[index]
        return row + 1 - index, None

    def applied(self, row: int) -> int:
        """Where the playhead goes when the person chooses this row."""
        position, _ = self.at(row)
        if position is not None:
            return position
        return int(self._after[bisect_left(self._rows, row)])


def unwrapped(value: object) -> object:
    """The text inside a wrapper that tells the type, such as `{"_type_": "decimal_str", "_data_": "12.50"}`."""
    if isinstance(value, dict) and value.keys() == {"_type_", "_data_"} and isinstance(value["_data_"], str):
        return value["_data_"]
    return value


def _is_of(value: object, at: str | None) -> bool:
    """Whether a value is the day or the clock of a time that is made of the two."""
    return isinstance(value, str) and at is not None and len(at) > len(value) and value in at.split(" ", 1)


def summary(event: Event, told: Collection[str] = ()) -> str:
    """The payload on one line, without the entity and without those members that are `told` elsewhere."""
    parts = []
    length = 0
    for name, value in event.data.items():
        if name == SEAL or name in told:
            continue  # it says nothing of the fact
        value = unwrapped(value)  # noqa: PLW2901 - what is meant, not how it is packed
        if value is not None and (value in (event.entity, event.at, event.type) or _is_of(value, event.at)):
            continue  # the entity, the time and the type have columns of their own
        nested = isinstance(value, (dict, list))
        text = visible(dumps(value, indent=-1), 80) if nested else value_text(value)
        parts.append(f"{visible(name, 60)} {text}")
        length += len(parts[-1])
        if length > SUMMARY_CHARS:
            break
    return visible(" · ".join(parts), SUMMARY_CHARS)
