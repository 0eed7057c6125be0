"""What is in force between two keyframes of a field, slot by slot as in memory, or in all slots at once?

A stretch is what happened from one keyframe up to the next, put in order by slot once it is decoded. From then on a
jump into it is a search among the few changes of a slot, as in a history that is in memory as a whole.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from explorer.history.counting import sorted_by_slot
from explorer.history.field_history import NONE
from explorer.history.ordering import narrow

type Ints = npt.NDArray[Any]


class FieldStretch:
    """One stretch of a field: s slots, r changes.

    Attributes:
        at: Behind which keyframe it begins; -1: at the beginning.
        moments, slots: (r,) position and slot of what happened, in the order in which it happened.
        places: (r,) where each stands by slot.
        known: The slots that have a change in force at its beginning.
        nbytes: How much memory it takes.
    """

    def __init__(self, at: int, frame: tuple[Ints, Ints], moments: Ints, slots: Ints, firsts: Ints) -> None:
        """Put it in order.

        Args:
            at: Behind which keyframe.
            frame: The slots that have a change in force at its beginning, and that change.
            moments: (r,) when something happened; …
            slots: (r,) … and to which slot.
            firsts: (s + 1,) int64, where the changes of each slot begin in the whole history.

        Raises:
            ValueError: They do not fit together.
        """
        self.at, self.moments, self.slots = at, moments, slots
        count = len(firsts) - 1
        self._before: Ints = (firsts[:-1] - 1).astype(narrow(int(firsts[-1])))
        self._there = np.zeros(count, np.bool_)
        self.known, changes = frame
        known = self.known
        self._before[known], self._there[known] = changes, True
        counts = np.bincount(slots, minlength=count)
        offsets = np.zeros(count + 1, np.int64)
        np.cumsum(counts, out=offsets[1:])
        if (
            bool((self._before < firsts[:-1] - 1).any())
            or bool((self._before + counts >= firsts[1:]).any())
            or bool((self._before[known] < firsts[:-1][known]).any())
        ):
            raise ValueError(at)
        self.places, self._positions, _ = sorted_by_slot(slots, moments, offsets)
        self._offsets = offsets.astype(narrow(len(slots)))
        parts = (
            self.moments,
            self.slots,
            self.places,
            self._positions,
            self._offsets,
            self._before,
            self._there,
        )
        self.nbytes = sum(part.nbytes for part in parts)

    def change_at(self, slot: int, position: int) -> tuple[int, int]:
        """The change in force in a slot, and where its value stands among `values`; `NONE` twice before its first."""
        begin = int(self._offsets[slot])
        own = self._positions[begin : int(self._offsets[slot + 1])]
        done = int(own.searchsorted(position, "right"))
        if done:
            return int(self._before[slot]) + done, len(self._there) + begin + done - 1
        return (int(self._before[slot]), slot) if self._there[slot] else (NONE, NONE)

    def head(self, position: int) -> tuple[Ints, Ints]:
        """(s,) the same of all slots: the change in force in each, and how many it had in this stretch."""
        rows = int(self.moments.searchsorted(position, "right"))
        counts = np.bincount(self.slots[:rows], minlength=len(self._there)).astype(self._before.dtype)
        head = self._before + counts
        head[(counts == 0) & ~self._there] = NONE
        return head, counts

    def steps(self, begin: int, end: int) -> tuple[Ints, Ints, Ints]:
        """For the changes `[begin, end)` in the order in which they happened: whose, and where values stand.

        Where among `values` what it set stands, and what was there before; negative: nothing was.
        """
        count, slots, places = len(self._there), self.slots[begin:end], self.places[begin:end]
        first = places == self._offsets[slots]
        before = np.where(first, np.where(self._there[slots], slots, NONE), count + places - 1)
        return slots, count + places, before

    def value_places(self, counts: Ints, slots: Ints) -> Ints:
        """(k,) where the values of some slots stand among `values`, by how many changes each had."""
        own = counts[slots]
        found: Ints = np.where(own > 0, len(self._there) - 1 + self._offsets[slots] + own, slots)
        return found

    def values(self, frame: Ints, known: Ints, happened: Ints) -> Ints:
        """(s + r,) a column of values: what each slot has at the beginning, then what its changes set, by slot.

        Args:
            frame: What some slots have at the beginning, and …
            known: … which those are.
            happened: (r,) what the changes set, in the order in which they happened.
        """
        count = len(self._there)
        found = np.zeros(count + len(self.slots), happened.dtype)
        found[known] = frame
        found[count + self.places] = happened
        return found


class InForce:
    """The changes in force at a position, and what they set.

    Attributes:
        position: It.
        head: (s,) the change of each slot; negative before its first.
    """

    def __init__(self, position: int, stretch: FieldStretch, values: Callable[[int, str], Ints]) -> None:
        """Find them.

        Args:
            position: Where.
            stretch: In which it lies.
            values: Gives the values of a stretch by column.
        """
        self.position = position
        self.head, self._counts = stretch.head(position)
        self._stretch, self._values = stretch, values
        there = self.head >= 0
        self._there = None if bool(there.all()) else np.flatnonzero(there)

    @property
    def changes(self) -> Ints:
        """(k,) they, ascending."""
        found: Ints = self.head if self._there is None else self.head[self._there]
        return found

    def values(self, name: str, at: Ints) -> Ints:
        """What some of them set in a column."""
        slots = at if self._there is None else self._there[at]
        places = self._stretch.value_places(self._counts, slots)
        found: Ints = self._values(self._stretch.at, name)[places]
        return found
