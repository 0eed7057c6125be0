"""How is the timeline of very many events drawn without reading them: from what the folder tells of each row group?

Where few row groups tell it exactly, they are read, so whatever is asked of one bar is exact; where it would take more
of them, as for a picture of the whole log, a straight line is drawn through the ends of each.
"""

from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from explorer.history.density import TypeCounts
from explorer.history.events import NO_TIME
from explorer.history.folder.layout import DENSITY, EVENTS
from explorer.history.folder.lazy_columns import LazyColumn
from explorer.history.folder.lines import FolderTables
from explorer.history.history import History

type Ints = npt.NDArray[Any]
type Int64s = npt.NDArray[np.int64]

MOST_READ = 16  # row groups for one picture: some ten milliseconds


class SketchedClock:
    """The clock of a folder, exact or as a line through the ends of its row groups."""

    def __init__(self, clock: LazyColumn, tables: FolderTables) -> None:
        table = tables.table(EVENTS)
        ranges = [group.ranges.get("clock_ns", (NO_TIME, NO_TIME)) for group in table.groups]
        ends = np.array(ranges, np.int64).reshape(-1, 2)
        self._clock, self._starts = clock, table.starts
        self._from, self._to = np.maximum.accumulate(ends[:, 0]), np.maximum.accumulate(ends[:, 1])

    def rows_before(self, instants: Int64s, side: Any = "left") -> Int64s:  # noqa: ANN401 - as of NumPy
        """(k,) as of `History.rows_before`."""
        groups = np.searchsorted(self._to, instants, side)
        if _few(groups):
            return np.asarray(self._clock.searchsorted(instants, side), np.int64)
        at = np.minimum(groups, len(self._to) - 1)
        spans = np.maximum(self._to[at].astype(np.float64) - self._from[at], 1)
        shares = np.clip((instants.astype(np.float64) - self._from[at]) / spans, 0, 1)
        rows = self._starts[at] + (shares * np.diff(self._starts)[at]).astype(np.int64)
        found: Int64s = np.where(groups < len(self._to), rows, self._starts[-1])
        return found

    def at(self, rows: Int64s) -> Int64s:
        """(k,) as of `History.clock_at`."""
        groups = np.searchsorted(self._starts, rows, "right") - 1
        if _few(groups):
            found: Int64s = self._clock[rows]
            return found
        shares = (rows - self._starts[groups]) / np.diff(self._starts)[groups]
        spans = self._to[groups].astype(np.float64) - self._from[groups]
        line: Int64s = self._from[groups] + (shares * spans).astype(np.int64)
        return line


class SketchedCounts(TypeCounts):
    """How many events of each type lie before a row, by the density that the folder tells."""

    def __init__(self, history: History, tables: FolderTables) -> None:
        self._tables = tables
        super().__init__(history)

    def _totals(self) -> Ints:
        return np.array(self._tables.manifest.about.type_counts, np.int64)

    def _block_counts(self, count: int) -> Ints:  # noqa: ARG002
        """(row groups + 1, groups) the counts before each row group."""
        starts, width = self._starts, max(len(self.groups), 1)
        found = np.zeros((len(starts), width), np.int64)
        table = self._tables.table(DENSITY)
        limits: dict[str, int | None] = {
            "first": int(starts[-1]) + 1, "type": len(self._group_of), "count": int(starts[-1]) + 1,
        }  # fmt: skip
        for at in range(len(table.groups)):
            told = table.together(limits, at)
            blocks = np.searchsorted(starts, told["first"] - 1, "right")
            np.add.at(found, (blocks, self._group_of[told["type"]]), told["count"])
        if not np.array_equal(found[1:].sum(1), np.diff(starts)):
            raise self._tables.groups.place.damaged(table.name, ValueError())
        return np.cumsum(found, axis=0)

    @cached_property
    def _starts(self) -> Int64s:
        return self._tables.table(EVENTS).starts

    def before(self, rows: Int64s) -> Int64s:
        """See `TypeCounts.before`."""
        starts = self._starts
        blocks = np.minimum(np.searchsorted(starts, rows, "right") - 1, max(len(starts) - 2, 0))
        inside = rows - starts[blocks]
        found: Int64s = self._before[blocks].copy()
        own, sizes = np.diff(self._before, axis=0)[blocks], np.diff(starts)[blocks]
        cut = (inside > 0) & (inside < sizes)
        found[~cut & (inside > 0)] += own[~cut & (inside > 0)]
        if _few(blocks[cut]):
            for block in np.unique(blocks[cut]).tolist():
                own_rows = np.flatnonzero(cut & (blocks == block))
                found[own_rows] += self._before_in(block, inside[own_rows])
        else:
            found[cut] += (own[cut] * (inside[cut] / sizes[cut])[:, None]).astype(np.int64)
        return found

    def _before_in(self, block: int, inside: Int64s) -> Int64s:
        """(k, groups) how many of a row group's events lie before some of its rows."""
        begin, end = (int(each) for each in self._starts[block : block + 2])
        places, width = np.unique(inside), self._before.shape[1]
        groups = self._groups_at(np.arange(begin, end))
        pieces = np.searchsorted(places, np.arange(end - begin), "right")
        counts = np.bincount(pieces * width + groups, minlength=(len(places) + 1) * width).reshape(-1, width)
        before: Int64s = np.cumsum(counts, axis=0)[np.searchsorted(places, inside)]
        return before


def _few(groups: Ints) -> bool:
    return len(np.unique(groups)) <= MOST_READ
