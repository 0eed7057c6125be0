"""Which number does a log itself give each of its events, and in which order do the events stand by these numbers?"""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from explorer.history.ordering import order_of

type Int64s = npt.NDArray[np.int64]
type Flags = npt.NDArray[np.bool_]


class Sequences:
    """The numbers of some events, in log order.

    Attributes:
        numbers: (n,) int64; Python's whole numbers if one is greater than that. 0 where there is none.
        known: (n,) which events have one.
    """

    def __init__(self, numbers: npt.NDArray[Any], known: Flags) -> None:
        self.numbers, self.known = numbers, known

    @classmethod
    def of(cls, numbers: Sequence[int | None]) -> "Sequences":
        """Those of a list; None where an event has none."""
        known = np.array([each is not None for each in numbers], np.bool_)
        whole = [each or 0 for each in numbers]
        try:
            return cls(np.array(whole, np.int64), known)
        except OverflowError:
            return cls(np.array(whole, object), known)

    @classmethod
    def joined(cls, parts: Sequence["Sequences"]) -> "Sequences":
        """Several, one behind the other."""
        if not parts:
            return cls.of([])
        numbers = np.concatenate([each.numbers for each in parts])
        return cls(numbers, np.concatenate([each.known for each in parts]))

    def __len__(self) -> int:
        return len(self.numbers)

    @cached_property
    def rows(self) -> Int64s:
        """(n,) the events by their numbers, equal ones as they stand in the log; those without a number come last."""
        there = np.flatnonzero(self.known)
        numbers = self.numbers[there]
        order = np.argsort(numbers, kind="stable") if numbers.dtype == object else order_of(numbers)
        return np.concatenate([there[order], np.flatnonzero(~self.known)]).astype(np.int64, copy=False)

    @cached_property
    def ascending(self) -> bool:
        """Whether the events stand in this order already."""
        return bool((self.rows[1:] > self.rows[:-1]).all())

    @property
    def unnumbered(self) -> Int64s:
        """(k,) the positions of the events without a number."""
        return np.flatnonzero(~self.known) + 1

    @property
    def orders(self) -> bool:
        """Whether nearly every event has a number of its own, so that there is one order of all."""
        there = self.numbers[self.rows[: int(np.count_nonzero(self.known))]]
        repeats = int(np.count_nonzero(there[1:] == there[:-1]))
        return len(there) * 100 >= len(self) * 99 and repeats * 100 <= len(self)
