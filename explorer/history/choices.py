"""Which of its values so far does a slot keep: the first, the least or the greatest?"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from explorer.projection.model import FoldKind
from explorer.projection.order import order_key

type Ints = npt.NDArray[Any]


def kept(fold: FoldKind, codes: Ints, offsets: Ints, values: Sequence[object]) -> Ints:
    """(m,) the code of the value in force after each change.

    Args:
        fold: `first`, `min` or `max`; of values that are equal the first stays.
        codes: (m,) into `values`, sorted by slot, then by position.
        offsets: (slots + 1,) where each slot begins.
        values: What the codes stand for.
    """
    if not len(codes):
        return codes
    counts = np.diff(offsets)
    begins = np.zeros(len(codes), np.bool_)
    begins[offsets[:-1][counts > 0]] = True
    better = begins
    if fold != "first":
        ranks = dense_ranks([order_key(value) for value in values])
        if fold == "min":
            ranks = ranks.max(initial=0) - ranks
        # slots rise, so the highest so far never reaches from one slot into the next
        stride = int(ranks.max(initial=0)) + 1
        highest = np.repeat(np.arange(len(counts)) * stride, counts) + ranks[codes]
        np.maximum.accumulate(highest, out=highest)
        better = begins | (np.diff(highest, prepend=highest[0]) > 0)
    since = np.where(better, np.arange(len(codes)), 0)
    np.maximum.accumulate(since, out=since)
    found: Ints = codes[since]
    return found


def dense_ranks(values: Sequence[Any]) -> npt.NDArray[np.int64]:
    """(len(values),) int64 that order like the values do; equal values share a rank. NaN does not occur."""
    order = sorted(range(len(values)), key=lambda index: values[index])
    ranks = np.zeros(len(values), np.int64)
    rank = 0
    for before, index in zip([None, *order], order, strict=False):
        rank += before is not None and values[before] != values[index]
        ranks[index] = rank
    return ranks
