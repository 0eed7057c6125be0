"""Between which events did nothing happen for so long that a picture by time would be empty there?"""

import msgspec
import numpy as np
import numpy.typing as npt

from explorer.eventlog.timestamps import exact_ns

type Int64s = npt.NDArray[np.int64]

SHARE = 40  # a gap is long if it takes more than this part of the time that is left without all such gaps …
TIMES = 8  # … and more than so many times the distance between two events that is usual there
MOST = 1_000
_AT_ONCE = 1_000_000  # distances looked at together: what more would cost is memory


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


def long_gaps(clock: Int64s, most: int = MOST) -> list[Gap]:
    """The long gaps of a log, at most `most` of them, as they happened.

    Long is measured by what is left when all that are at least as long are out: a night is long in a day's log,
    though not beside a gap of ten years, and all nights are long in a log of working days. O(n).

    Args:
        clock: (n,) ns since 1970, ascending; only known times.
        most: How many to look for, the longest.
    """
    if len(clock) < 3:
        return []
    rows = _longest(clock, most)
    found = [Gap(int(clock[row]), int(clock[row + 1])) for row in rows.tolist()]
    left, usual, long = int(clock[-1]) - int(clock[0]), len(clock) - 1, 0
    for count, gap in enumerate(found, 1):
        left -= gap.length_ns
        usual -= 1
        if gap.length_ns * SHARE > left and gap.length_ns * usual > TIMES * left:
            long = count
    return sorted(found[:long], key=lambda gap: gap.start_ns)


def _longest(clock: Int64s, most: int) -> Int64s:
    """(k,) after which rows the `most` longest distances to the next one begin, the longest first."""
    rows, lengths = np.zeros(0, np.int64), np.zeros(0, np.int64)
    for start in range(0, len(clock) - 1, _AT_ONCE):
        here = np.diff(clock[start : start + _AT_ONCE + 1])
        here[here < 0] = np.iinfo(np.int64).max  # longer than an int64 holds
        least = lengths[-1] if len(lengths) == most else 0
        longer = np.flatnonzero(here > least)
        if len(longer) > most:
            longer = longer[np.argpartition(here[longer], -most)[-most:]]
        rows, lengths = np.concatenate([rows, longer + start]), np.concatenate([lengths, here[longer]])
        order = np.argsort(-lengths, kind="stable")[:most]
        rows, lengths = rows[order], lengths[order]
    return rows
