"""How dense is a log: how many events of each type lie in any stretch of it, and where are its long gaps?"""

from itertools import pairwise
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

from explorer.eventlog.timestamps import exact_ns
from explorer.history.history import History

type Int64s = npt.NDArray[np.int64]
type Ints = npt.NDArray[Any]

MOST = 7  # types that are told apart; what is rarer counts together
MOST_RARE = 100  # of these are named, if somebody asks
BLOCK = 128  # events between two kept counts: an answer looks at fewer than that beside its edge
_AT_ONCE = BLOCK * 8192


class TypeGroup(msgspec.Struct, frozen=True):
    """The events of one type, or of all the rarer types together.

    Attributes:
        name: The type as the log writes it; None for the rarer ones together.
        count: How many there are in the whole log.
        types: How many types these are.
        rare: Of the rarer ones together: the most frequent of them, each with its count.
    """

    name: str | None
    count: int
    types: int = 1
    rare: tuple[tuple[str, int], ...] = ()


class TypeCounts:
    """Counts by type before every `BLOCK`-th event, in one order of time.

    Making it reads every event's type once: about 0.1 s for 10 million. Afterwards any k stretches cost
    O(k * BLOCK), whatever their length.
    """

    def __init__(self, history: History) -> None:
        self._history = history
        events, count = history.events, len(history)
        totals = self._totals()
        by_count = np.argsort(-totals, kind="stable")[: np.count_nonzero(totals)]
        kept = by_count[:MOST] if len(by_count) > MOST + 1 else by_count  # one rare type alone keeps its name
        self._group_of = np.full(max(len(totals), 1), len(kept), np.uint8)
        self._group_of[kept] = np.arange(len(kept), dtype=np.uint8)
        self.groups = [TypeGroup(events.type_names[int(code)], int(totals[code])) for code in kept]
        if len(by_count) > len(kept):
            rare = by_count[len(kept) :]
            first = tuple((events.type_names[int(code)], int(totals[code])) for code in rare[:MOST_RARE])
            self.groups.append(TypeGroup(None, int(totals[rare].sum()), len(rare), first))
        self._before = self._block_counts(count)

    def _totals(self) -> Ints:
        """(types,) how many events have each type."""
        events = self._history.events
        if not len(events):
            return np.zeros(0, np.int64)
        return np.bincount(events.types, minlength=len(events.type_names))

    def __len__(self) -> int:
        return len(self._history)

    def before(self, rows: Int64s) -> Int64s:
        """(k, groups) how many events of each group the first `rows` events have, for each of k ascending `rows`."""
        count = len(self)
        blocks = rows // BLOCK
        found = self._before[blocks].astype(np.int64)
        places = blocks[:, None] * BLOCK + np.arange(BLOCK)
        beside = places < rows[:, None]
        groups = self._groups_at(np.minimum(places, max(count - 1, 0)))
        for group in range(len(self.groups)):
            found[:, group] += ((groups == group) & beside).sum(1)
        return found

    def between(self, rows: Int64s) -> Int64s:
        """(k - 1, groups) how many of each lie from one of k ascending `rows` up to the next."""
        if not len(self) or not self.groups:
            return np.zeros((max(len(rows) - 1, 0), len(self.groups)), np.int64)
        return np.diff(self.before(rows), axis=0)

    def group_of(self, row: int) -> int:
        """The group of one event."""
        return int(self._groups_at(np.array([row]))[0])

    def _groups_at(self, rows: Int64s) -> npt.NDArray[np.uint8]:
        history = self._history
        if history.order != "log":
            rows = history.in_log(rows + 1) - 1
        return self._group_of[history.events.types[rows]]

    def _block_counts(self, count: int) -> Ints:
        """(blocks + 1, groups) the counts before each block."""
        width = max(len(self.groups), 1)
        blocks = -(-count // BLOCK)
        counts = np.zeros((blocks + 1, width), np.int32 if count < 2**31 else np.int64)
        for start, stop in pairwise([*range(0, count, _AT_ONCE), count] if count else []):
            groups = self._groups_at(np.arange(start, stop))
            block = np.arange(stop - start) // BLOCK
            binned = np.bincount(block * width + groups, minlength=(int(block[-1]) + 1) * width)
            first = start // BLOCK
            counts[first + 1 : first + 1 + len(binned) // width] = binned.reshape(-1, width)
        np.cumsum(counts, axis=0, out=counts)
        return counts


# --- between which events nothing happened for so long that a picture by time would be empty there --------

SHARE = 40  # a gap is long if it takes more than this part of the time that is left without all such gaps …
TIMES = 8  # … and more than so many times the distance between two events that is usual there
MOST_GAPS = 1_000
_GAPS_AT_ONCE = 1_000_000  # distances looked at together: what more would cost is memory


class Gap(msgspec.Struct, frozen=True):
    """A long time without an event.

    Attributes:
        start_ns: When the last event before it happened.
        stop_ns: When the first event after it happened.
    """

    start_ns: int
    stop_ns: int

    @property
    def length_ns(self) -> int:
        """How long nothing happened."""
        return self.stop_ns - self.start_ns

    @property
    def lasted_ns(self) -> int:
        """The same in true nanoseconds, however far away it is."""
        return exact_ns(self.stop_ns) - exact_ns(self.start_ns)


def long_gaps(clock: Int64s, most: int = MOST_GAPS, first: int = 0) -> list[Gap]:
    """The long gaps of a log, at most `most` of them, as they happened.

    Long is measured by what is left when all that are at least as long are out: a night is long in a day's log,
    though not beside a gap of ten years, and all nights are long in a log of working days. O(n).

    Args:
        clock: (n,) ns since 1970, ascending; from `first` on only known times.
        most: How many to look for, the longest.
        first: The row from which on to look.
    """
    if len(clock) - first < 3:
        return []
    rows = _longest(clock, most, first)
    found = [Gap(int(clock[row]), int(clock[row + 1])) for row in rows.tolist()]
    left, usual, long = int(clock[-1]) - int(clock[first]), len(clock) - first - 1, 0
    for count, gap in enumerate(found, 1):
        left -= gap.length_ns
        usual -= 1
        if gap.length_ns * SHARE > left and gap.length_ns * usual > TIMES * left:
            long = count
    return sorted(found[:long], key=lambda gap: gap.start_ns)


def _longest(clock: Int64s, most: int, first: int) -> Int64s:
    """(k,) after which rows the `most` longest distances to the next one begin, the longest first."""
    rows, lengths = np.zeros(0, np.int64), np.zeros(0, np.int64)
    for start in range(first, len(clock) - 1, _GAPS_AT_ONCE):
        here = np.diff(clock[start : start + _GAPS_AT_ONCE + 1])
        here[here < 0] = np.iinfo(np.int64).max  # longer than an int64 holds
        least = lengths[-1] if len(lengths) == most else 0
        longer = np.flatnonzero(here > least)
        if len(longer) > most:
            longer = longer[np.argpartition(here[longer], -most)[-most:]]
        rows, lengths = np.concatenate([rows, longer + start]), np.concatenate([lengths, here[longer]])
        order = np.argsort(-lengths, kind="stable")[:most]
        rows, lengths = rows[order], lengths[order]
    return rows
