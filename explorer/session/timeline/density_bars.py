"""How high is the picture of the timeline at each pixel, of which types of events, and which marks lie there?"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from explorer.history.density import Gap, TypeCounts, long_gaps
from explorer.history.folder.opened import FolderHistory
from explorer.history.history import History
from explorer.session.timeline.axis import EVENT, Axis, View

type Int64s = npt.NDArray[np.int64]
type Floats = npt.NDArray[np.float64]

LONE = 0.35  # height of an event in a log that says nothing of how fast they came


@dataclass(frozen=True)
class Bars:
    """The bars in view, from left to right.

    Attributes:
        edges: (k + 1) places; each bar reaches from one to the next.
        rows: (k + 1,) how many events lie before each edge.
        heights: (k,) 0…1; by time how many events there are, by event how fast they came.
        stacks: (k, groups) how many events of each group; None while nobody has counted them.
        single: Whether each bar is one event.
    """

    edges: list[int]
    rows: Int64s
    heights: Floats
    stacks: Int64s | None
    single: bool = False

    def __len__(self) -> int:
        return len(self.heights)

    def at(self, place: int) -> int | None:
        """The bar over `place`; None where there is none."""
        bar = int(np.searchsorted(np.array(self.edges, dtype=object), place, "right")) - 1
        return bar if 0 <= bar < len(self) else None


def bars(history: History, axis: Axis, view: View, most: int, counts: TypeCounts | None = None) -> Bars:
    """About `most` bars for what is in view; O(most * log n), so the cost follows the widget and not the log."""
    most = max(most, 1)
    single = axis.by == "event" and view.span <= most * EVENT
    if single:
        first = axis.position(view.start)
        last = axis.position(view.stop)
        edges = [position * EVENT - EVENT // 2 for position in range(max(first, 1), last + 2)]
    else:
        width = -(-view.span // most)
        first = view.start // width  # whole multiples: bars do not shimmer while one pans
        edges = [number * width for number in range(first, -(-view.stop // width) + 1)]
        if edges[-1] == axis.length:
            edges[-1] += 1  # the last event lies on the end
    rows = axis.rows(edges)
    if single:
        rows = np.arange(max(first, 1) - 1, max(first, 1) - 1 + len(edges), dtype=np.int64)
    amounts = np.diff(rows).astype(np.float64) if axis.by == "time" else _pace(history, rows)
    highest = float(amounts.max(initial=0.0))
    heights = np.sqrt(amounts / highest) if highest else np.where(np.diff(rows) > 0, LONE, 0.0)
    stacks = counts.between(rows) if counts is not None and len(edges) > 1 else None
    return Bars(edges, rows, heights, stacks, single)


def _pace(history: History, rows: Int64s) -> Floats:
    """(k,) how many events happened around the middle of each bar, in a stretch as long as a bar on average."""
    count = len(history)
    if not count or len(rows) < 2:
        return np.zeros(max(len(rows) - 1, 0))
    first, last = (int(moment) for moment in history.clock_at(np.clip(rows[[0, -1]], 0, count - 1)))
    if last <= first or first < np.iinfo(np.int64).min // 2:
        return np.zeros(len(rows) - 1)
    window = min(max((last - first) // (len(rows) - 1), 1), 2**61)
    middles = history.clock_at(np.clip((rows[1:] + rows[:-1]) // 2, 0, count - 1))
    low = np.maximum(middles, np.iinfo(np.int64).min + window) - window
    high = np.minimum(middles, np.iinfo(np.int64).max - window) + window
    reached, before = history.rows_before(high, "right"), history.rows_before(low)
    near: Floats = (reached - before).astype(np.float64)
    near[np.diff(rows) <= 0] = 0
    return near


# --- what must be counted once before a log's timeline can be drawn in full? -------------------------

AT_ONCE = 200_000  # events up to which counting takes less than a frame


@dataclass(frozen=True)
class Groundwork:
    """The counts by type, and the long gaps, of one log in one order of time."""

    counts: TypeCounts
    gaps: Sequence[Gap]


def lay_groundwork(history: History) -> Groundwork:
    """Count. O(n): about 0.4 s for 10 million events, so a window asks for it beside the GUI thread if n is large."""
    if isinstance(history, FolderHistory):
        return Groundwork(history.counts_by_type(), history.long_gaps())
    first = int(np.searchsorted(history.clock, np.iinfo(np.int64).min + 1))
    return Groundwork(TypeCounts(history), long_gaps(history.clock, first=first))


# --- at which pixels of the timeline do many marks lie, without drawing more than there are pixels? ---


def marks_in_view(positions: Int64s, axis: Axis, view: View, width: int) -> tuple[list[float], list[int]]:
    """Where marks are drawn and how many each stands for.

    Args:
        positions: (k,) ascending.
        axis: Where positions lie.
        view: What is in view.
        width: How many pixels that has.

    Returns:
        Fractions of the view, ascending, and as many counts. One each for a few marks in view, else one for each
        pixel that has any: O(width * log k).
    """
    first, last = max(axis.position(view.start) - 1, 0), axis.position(view.stop) + 1
    near = positions[np.searchsorted(positions, first) : np.searchsorted(positions, last, "right")]
    if len(near) <= width:
        fractions = [view.fraction(axis.place(position)) for position in near.tolist()]
        inside = [fraction for fraction in fractions if 0 <= fraction <= 1]
        return inside, [1] * len(inside)
    edges = [view.start + view.span * column // width for column in range(width)] + [view.stop + 1]
    counts = np.diff(np.searchsorted(near, axis.rows(edges) + 1))
    at = np.flatnonzero(counts)
    return ((at + 0.5) / width).tolist(), counts[at].tolist()
