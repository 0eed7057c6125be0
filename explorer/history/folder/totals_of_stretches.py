"""What do all entities of a history folder come to together at a position, at the same cost everywhere?"""

from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from explorer.history.field_history import FieldHistory
from explorer.history.folder.lines import FolderLine
from explorer.history.sums import Sums
from explorer.history.totals import BLOCK_CHANGES, Kinds, Totals
from explorer.projection.exact import Exact, from_scaled

type Ints = npt.NDArray[Any]

_AT_ONCE = 1 << 20  # slots that are added up together
_SLOT_BYTES = 12  # of memory for each while all are


class TotalsOfStretches(Totals):
    """Totals before each block of a stretch's changes; at the ends of segments those that the folder has."""

    def __init__(self, line: FieldHistory, kinds: Kinds | None = None) -> None:
        super().__init__(line, kinds)
        assert isinstance(line, FolderLine)
        self._in_folder = line

    def at(self, position: int) -> dict[object, Exact]:
        """See `Totals.at`."""
        told = self._told_at(position) if self._by_key else None
        return super().at(position) if told is None else told

    @cached_property
    def _parts(self) -> int:
        """See `Totals._parts`; nobody reads a whole column here to know better."""
        return 2 if isinstance(self._in_folder.values, Sums) else 1

    @property
    def _by_key(self) -> bool:
        """Whether sums are kept apart by the field's own keys, as the folder has them."""
        line = self._in_folder
        return isinstance(line.values, Sums) and self._of_slot is line.slot_key

    def _told_at(self, position: int) -> dict[object, Exact] | None:
        rows = self._in_folder.totals_told_at(position)
        if rows is None:
            return None
        totals = {
            self._kind_count - 1 if key is None else key: from_scaled(units, decimals)
            for key, units, decimals in rows
        }
        order = [kind for kind in self._kinds_by(position) if kind in totals]
        return {None if kind == len(self._names) else self._names[kind]: totals[kind] for kind in order}

    def _narrow_at(self, position: int) -> npt.NDArray[np.int64]:
        if self._in_folder.very_many:
            return self._of_all(position)
        at, done = self._in_folder.place_in_stretch(position)
        block = done // BLOCK_CHANGES
        totals: npt.NDArray[np.int64] = self._blocks_in(at)[block].copy()
        for kinds, steps in self._moves(at, block * BLOCK_CHANGES, done):
            np.add.at(totals, kinds, steps)
        return totals

    def _of_all(self, position: int) -> npt.NDArray[np.int64]:
        """The same of very many slots: what is in force in each is added up; nothing but that stays in memory."""

        def make() -> tuple[Ints, int]:
            with self._in_folder.room(_SLOT_BYTES * self._in_folder.about.slots):
                found = self._added_up(position)
            return found, found.nbytes

        totals: npt.NDArray[np.int64] = self._in_folder.kept(("totals-of-all", position), make)
        return totals

    def _added_up(self, position: int) -> npt.NDArray[np.int64]:
        line, tables = self._in_folder, self._in_folder.all_slots
        none = self._kind_count - 1
        if not isinstance(line.values, Sums):
            codes = tables.values(position, "code", np.int32, nothing=none, keep=False)
            return np.bincount(codes, minlength=self._kind_count).astype(np.int64)
        totals = np.zeros(self._parts * self._kind_count, np.int64)
        units = tables.values(position, "units", np.int64, keep=False)  # 0 where nothing has happened yet
        for begin in range(0, len(units), _AT_ONCE):
            own = units[begin : begin + _AT_ONCE]
            slots = np.arange(begin, begin + len(own))
            nothing = np.zeros(len(own), np.int64)
            for kinds, steps in self._in_parts(self._kinds_of(slots), self._narrow[slots], own, nothing):
                np.add.at(totals, kinds, steps)
        return totals

    @cached_property
    def _first_moments(self) -> list[tuple[int, int]]:
        """See `Totals`; where all is added up into one, its first change is the first of all."""
        moments = self._in_folder.moments
        if self._of_slot is None and len(moments):
            return [(self._kind_count - 1, int(moments[0]))]
        return super()._first_moments

    def _blocks_in(self, at: int) -> npt.NDArray[np.int64]:
        """(blocks + 1, kinds) the totals at the beginning of a stretch, and before each block of it."""

        def make() -> tuple[Ints, int]:
            line = self._in_folder
            count = len(line.stretch(at).slots)
            found = np.zeros((count // BLOCK_CHANGES + 2, self._parts * self._kind_count), np.int64)
            slots = line.stretch(at).known
            if isinstance(line.values, Sums):
                units = line.values_in(at, "units")[slots]
                nothing = np.zeros(len(slots), np.int64)
                for kinds, steps in self._in_parts(
                    self._kinds_of(slots), self._narrow[slots], units, nothing
                ):
                    np.add.at(found[0], kinds, steps)
            else:
                np.add.at(found[0], line.values_in(at, "code")[slots], 1)
            own = np.arange(count) // BLOCK_CHANGES + 1
            for kinds, steps in self._moves(at, 0, count):
                np.add.at(found, (own, kinds), steps)
            np.cumsum(found, axis=0, out=found)
            return found, found.nbytes

        found: npt.NDArray[np.int64] = self._in_folder.kept(("totals", at), make)
        return found

    def _moves(self, at: int, begin: int, end: int) -> list[tuple[Ints, Ints]]:
        """For the changes `[begin, end)` of a stretch, as they happened: which total moves, and by how much."""
        line = self._in_folder
        slots, now, before = line.stretch(at).steps(begin, end)
        new = before < 0
        if isinstance(line.values, Sums):
            units = line.values_in(at, "units")
            earlier = np.where(new, 0, units[before])
            return list(self._in_parts(self._kinds_of(slots), self._narrow[slots], units[now], earlier))
        codes = line.values_in(at, "code")
        none = self._kind_count - 1
        return [
            (codes[now], np.ones(len(now), np.int64)),
            (np.where(new, none, codes[before]), np.full(len(now), -1)),
        ]
