"""Who folds which entities, where several machines fold a log?

Entities are shared out by their names, about so many changes each. One to which more happened is shared by several,
each of which has some goes of the log.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt
import pyarrow as pa  # type: ignore[import-untyped]

from explorer.history.engines.naming import place_of
from explorer.history.engines.whole_log import WholeLog

type Ints = npt.NDArray[Any]


class Targets(msgspec.Struct, frozen=True):
    """All of them, numbered.

    Attributes:
        firsts: (groups + 1,) the number of the first entity of each group, and how many there are.
        bounds: (groups - 1,) the name of the first of each group but the first one.
        begins: (groups + 1,) the number of the first target of each group, and how many there are.
        shares: Of each group that several share, at which goes their shares begin.
    """

    firsts: list[int]
    bounds: list[bytes]
    begins: list[int]
    shares: dict[int, list[int]]

    @property
    def count(self) -> int:
        """How many targets."""
        return self.begins[-1]

    def entities(self, target: int) -> tuple[int, int]:
        """The numbers of its entities, half-open."""
        group = bisect_right(self.begins, target) - 1
        return self.firsts[group], self.firsts[group + 1]

    def shared(self) -> list[range]:
        """The targets of each entity that several share."""
        return [range(self.begins[group], self.begins[group + 1]) for group in sorted(self.shares)]

    def slices(self, go: int, names: pa.Array) -> Iterator[tuple[int, int, int]]:
        """Which of the sorted names of a go are whose: the target, and from which to which, half-open."""
        edges = [0, *(place_of(names, bound) for bound in self.bounds), len(names)]
        for group, (begin, end) in enumerate(pairwise(edges)):
            if begin < end:
                share = bisect_right(self.shares[group], go) - 1 if group in self.shares else 0
                yield self.begins[group] + share, begin, end


def targets_of(whole: WholeLog, counts: Sequence[Ints], most: int) -> Targets:
    """Share out all entities.

    Args:
        whole: The log.
        counts: Of each go, how many changes each of its entities has there, by the numbers that they have there.
        most: About how many changes one takes.
    """
    total = np.zeros(len(whole.entities), np.int64)
    for go, own in zip(whole.goes, counts, strict=True):
        total[whole.numbers(go, "entities")] += own
    after = np.cumsum(total)
    firsts, begins, shares = [0], [0], {}
    while firsts[-1] < len(after):
        first = firsts[-1]
        before = int(after[first - 1]) if first else 0
        end = max(int(np.searchsorted(after, before + most, "right")), first + 1)
        starts = _shares(whole, counts, first, most) if end == first + 1 and total[first] > most else [0]
        if len(starts) > 1:
            shares[len(firsts) - 1] = starts
        firsts.append(end)
        begins.append(begins[-1] + len(starts))
    names = whole.entities.names()
    bounds = [names[first].as_py() for first in firsts[1:-1]]
    return Targets(firsts, bounds, begins, shares)


def _shares(whole: WholeLog, counts: Sequence[Ints], entity: int, most: int) -> list[int]:
    """At which goes another share of one entity begins."""
    starts, done = [0], 0
    for at, (go, own) in enumerate(zip(whole.goes, counts, strict=True)):
        numbers = whole.numbers(go, "entities")
        place = int(np.searchsorted(numbers, entity))
        here = int(own[place]) if place < len(numbers) and numbers[place] == entity else 0
        if here and done and done + here > most:
            starts.append(at)
            done = 0
        done += here
    return starts
