"""Who folds which entities, where several machines fold a log?

Entities are shared out by their names, about so many changes each. One to which more happened is shared by several,
each of which has some goes of the log.
"""

from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt
import pyarrow as pa  # type: ignore[import-untyped]

from explorer.history.engines.naming import place_of
from explorer.history.engines.whole_log import WholeLog

type Ints = npt.NDArray[Any]

ENTITIES, COUNTS = (
    "entities",
    "counts",
)  # a kind of names, and a table of a go: how many changes each of them has
AT_ONCE = 1 << 20


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


def targets_of(whole: WholeLog, most: int, at_once: int = AT_ONCE) -> Targets:
    """Share out all entities.

    Args:
        whole: The log; each go has a table of counts, see `COUNTS`.
        most: About how many changes one takes.
        at_once: How many entities are looked at together.
    """
    firsts, begins, shares = [0], [0], dict[int, list[int]]()
    names, taken = whole.entities.names(), 0  # changes of the group that is not ended

    def end(before: int, starts: list[int]) -> None:
        if len(starts) > 1:
            shares[len(firsts) - 1] = starts
        firsts.append(before)
        begins.append(begins[-1] + len(starts))

    for begin, total in _totals(whole, at_once):
        after, at = np.cumsum(total), 0
        while at < len(total):
            before = int(after[at - 1]) if at else 0
            until = int(np.searchsorted(after, before + most - taken, "right"))
            if until == at and firsts[-1] == begin + at:  # one that is too large for one target
                end(begin + at + 1, _shares(whole, names[begin + at].as_py(), most))
                at += 1
            elif until < len(total):
                end(begin + until, [0])
                at, taken = until, 0
            else:
                taken, at = taken + int(after[-1]) - before, until
    if firsts[-1] < len(whole.entities):
        end(len(whole.entities), [0])
    bounds = [names[first].as_py() for first in firsts[1:-1]]
    return Targets(firsts, bounds, begins, shares)


def _totals(whole: WholeLog, at_once: int) -> Iterator[tuple[int, Ints]]:
    """How many changes entities have, so many at once, from which one on."""
    done = [0] * len(whole.goes)
    for begin in range(0, len(whole.entities), at_once):
        total = np.zeros(min(at_once, len(whole.entities) - begin), np.int64)
        for at, go in enumerate(whole.goes):
            counts = go.table(COUNTS)
            numbers = whole.numbers(go, ENTITIES, done[at], min(done[at] + at_once, counts.count))
            here = int(np.searchsorted(numbers, begin + len(total)))
            total[numbers[:here] - begin] += counts.read("count", done[at], done[at] + here)
            done[at] += here
        yield begin, total


def _shares(whole: WholeLog, entity: bytes, most: int) -> list[int]:
    """At which goes another share of one entity begins."""
    starts, done = [0], 0
    for at, go in enumerate(whole.goes):
        names = go.names(ENTITIES)
        place = place_of(names, entity)
        there = place < len(names) and names[place].as_py() == entity
        here = int(go.table(COUNTS).read("count", place, place + 1)[0]) if there else 0
        if here and done and done + here > most:
            starts.append(at)
            done = 0
        done += here
    return starts
