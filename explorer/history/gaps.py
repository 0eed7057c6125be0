"""Between which events did nothing happen for so long that a picture by time would be empty there?"""

import msgspec
import numpy as np
import numpy.typing as npt

type Int64s = npt.NDArray[np.int64]

SHARE = 40  # a gap is long if it takes more than this part of the time in which something happens …
TIMES = 8  # … and more than so many times the usual distance between two events
MOST = 200


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


def long_gaps(clock: Int64s, most: int = MOST) -> list[Gap]:
    """The long gaps of a log, at most `most` of them, as they happened.

    Long is measured by what is left when the longer ones are out: a night is long in a day's log, though not
    beside a gap of ten years. O(n).

    Args:
        clock: (n,) ns since 1970, ascending; only known times.
        most: How many to look for; the longest are found first.
    """
    if len(clock) < 3:
        return []
    lengths = clock[1:] - clock[:-1]
    lengths = np.where(lengths < 0, np.iinfo(np.int64).max, lengths)  # longer than an int64 holds
    rows = np.argpartition(lengths, -most)[-most:] if len(lengths) > most else np.arange(len(lengths))
    rows = rows[np.argsort(-lengths[rows], kind="stable")]
    left = int(clock[-1]) - int(clock[0])
    usual = len(clock) - 1
    found: list[Gap] = []
    for row in rows.tolist():
        gap = Gap(int(clock[row]), int(clock[row + 1]))
        if gap.length_ns * SHARE <= left or gap.length_ns * usual <= TIMES * left:
            break
        found.append(gap)
        left -= gap.length_ns
        usual -= 1
        if usual < 1:
            break
    return sorted(found, key=lambda gap: gap.start_ns)
