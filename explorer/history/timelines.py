"""What value did a field have, in each slot, after each event: the complete multi-version history?

A *slot* is one line of values through time: an entity, or an entity and a key (its balance in euros). A
*change* is a slot's new value after one event. Changes stand sorted by (slot, position), so one slot's value at
a position is a binary search, and its whole history is a slice. The state of all slots is `head`: for each slot
the change in force, kept up to date by the changes between two positions, from the nearest keyframe.
"""

from bisect import bisect_right
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from explorer.history.sums import Sums
from explorer.projection.model import Field

type Int64s = npt.NDArray[np.int64]
type Int32s = npt.NDArray[np.int32]

NONE = -1  # in `head`: nothing has happened to this slot yet
KEYFRAME_CHANGES = 65_536  # more: fewer keyframes in memory; fewer: less work for a jump


class Timeline:
    """One field's history over all slots.

    Attributes:
        field: Which field.
        slot_entity: (s,) int32, the entity of each slot, ascending.
        slot_key: (s,) int32 code into `keys`, -1 for the slot without a key; None for fields without keys.
        keys: The keys.
        offsets: (s + 1,) int64, where each slot's changes begin.
        positions: (m,) int64, the position from which on each change holds.
        slot_of: (m,) int32, the slot of each change.
        by_position: (m,) int64, the changes in the order in which they happened.
    """

    def __init__(
        self,
        field: Field,
        *,
        slot_entity: Int32s,
        slot_key: Int32s | None,
        keys: Sequence[str | None],
        offsets: Int64s,
        positions: Int64s,
        values: Sums | tuple[Int32s, Sequence[object]] | None,
    ) -> None:
        self.field = field
        self.slot_entity = slot_entity
        self.slot_key = slot_key
        self.keys = keys
        self.offsets = offsets
        self.positions = positions
        self.values = values
        self.slot_of = np.repeat(np.arange(len(offsets) - 1, dtype=np.int32), np.diff(offsets))
        self.by_position = np.argsort(positions, kind="stable")
        self._moments = positions[self.by_position]
        self._interval = max(KEYFRAME_CHANGES, 4 * len(slot_entity))
        self._keyframes: list[tuple[int, Int64s]] = [(0, np.full(len(slot_entity), NONE, np.int64))]

    def value(self, change: int) -> object:
        """The slot's value after `change`."""
        match self.values:
            case Sums():
                return self.values.value(change)
            case (codes, distinct):
                return distinct[codes[change]]
            case _:  # a count: the number of changes so far
                return change - int(self.offsets[self.slot_of[change]]) + 1

    def slots_of(self, entity: int) -> range:
        """The slots of one entity."""
        first, last = np.searchsorted(self.slot_entity, [entity, entity + 1])
        return range(int(first), int(last))

    def change_at(self, slot: int, position: int) -> int:
        """The change in force in `slot` at `position`; `NONE` before its first."""
        begin, end = int(self.offsets[slot]), int(self.offsets[slot + 1])
        change = begin + int(np.searchsorted(self.positions[begin:end], position, "right")) - 1
        return change if change >= begin else NONE

    def changes_of(self, entity: int) -> list[int]:
        """All changes of one entity's slots, as they happened."""
        slots = self.slots_of(entity)
        if not slots:
            return []
        changes = np.arange(self.offsets[slots.start], self.offsets[slots.stop])
        return [int(change) for change in changes[np.argsort(self.positions[changes], kind="stable")]]

    def changes_by(self, position: int) -> Int64s:
        """The changes that the event at `position` made."""
        begin, end = np.searchsorted(self._moments, [position, position + 1])
        return self.by_position[begin:end]

    def before(self, change: int) -> int:
        """The change that `change` replaced in its slot; `NONE` if it is the first."""
        return change - 1 if change > self.offsets[self.slot_of[change]] else NONE

    def head(self, position: int) -> Int64s:
        """(s,) for each slot the change in force at `position`, `NONE` before its first. A fresh array."""
        done = int(np.searchsorted(self._moments, position, "right"))
        start, head = self._keyframe(done)
        head = head.copy()
        self._apply(head, start, done)
        return head

    def _keyframe(self, done: int) -> tuple[int, Int64s]:
        """The last keyframe at or before the `done`-th change; made on the way there when first needed."""
        while self._keyframes[-1][0] + self._interval <= done:
            start, head = self._keyframes[-1]
            head = head.copy()
            self._apply(head, start, start + self._interval)
            self._keyframes.append((start + self._interval, head))
        return self._keyframes[bisect_right(self._keyframes, done, key=lambda frame: frame[0]) - 1]

    def _apply(self, head: Int64s, start: int, stop: int) -> None:
        changes = self.by_position[start:stop]
        head[self.slot_of[changes]] = changes  # NumPy assigns in order: the last change of a slot stays
