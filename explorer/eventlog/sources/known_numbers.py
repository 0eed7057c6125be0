"""Which numbers of a log's rows have been read already?"""

import numpy as np
import numpy.typing as npt

type Numbers = npt.NDArray[np.int64]


class KnownNumbers:
    """A set of whole numbers that mostly follow each other: kept as the ranges that they make.

    Attributes:
        first, last: The smallest and the largest of them; 0 and -1 while there are none.
    """

    def __init__(self) -> None:
        self._starts = np.empty(0, np.int64)
        self._ends = np.empty(0, np.int64)  # behind the last of each range
        self._late: list[Numbers] = []

    @property
    def first(self) -> int:
        """The smallest."""
        self._settle()
        return int(self._starts[0]) if len(self._starts) else 0

    @property
    def last(self) -> int:
        """The largest."""
        self._settle()
        return int(self._ends[-1]) - 1 if len(self._ends) else -1

    def __len__(self) -> int:
        self._settle()
        return int((self._ends - self._starts).sum())

    def add(self, numbers: Numbers) -> None:
        """Add some, in any order."""
        if len(numbers):
            self._late.append(numbers)
            if len(self._late) > 256:
                self._settle()

    def has(self, numbers: Numbers) -> npt.NDArray[np.bool_]:
        """(k,) which of these are among them."""
        self._settle()
        if not len(self._starts):
            return np.zeros(len(numbers), np.bool_)
        at = np.searchsorted(self._starts, numbers, "right") - 1
        return (at >= 0) & (numbers < self._ends[at])

    def _settle(self) -> None:
        """Make ranges of what was added."""
        if not self._late:
            return
        new = np.sort(
            np.concatenate(self._late), kind="stable"
        )  # mostly sorted already; np.unique would hash them
        self._late = []
        new = new[np.concatenate([[True], np.diff(new) != 0])]
        breaks = np.flatnonzero(np.diff(new) != 1)
        starts = np.concatenate([self._starts, new[np.concatenate([[0], breaks + 1])]])
        ends = np.concatenate([self._ends, new[np.concatenate([breaks, [len(new) - 1]])] + 1])
        order = np.argsort(starts, kind="stable")
        starts, ends = starts[order], np.maximum.accumulate(ends[order])
        first = np.concatenate([[True], starts[1:] > ends[:-1]])  # begins a range of its own
        self._starts = starts[first]
        self._ends = ends[np.concatenate([np.flatnonzero(first)[1:] - 1, [len(ends) - 1]])]
