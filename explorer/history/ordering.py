"""How are millions of small whole numbers put in order, equal ones staying as they were, and which value is first?"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from explorer.projection.model import FoldKind
from explorer.projection.order import order_key

type Ints = npt.NDArray[Any]


def stable_order(keys: Ints, limit: int) -> Ints:
    """(m,) the stable order of keys from 0 up to, not including, `limit`.

    NumPy sorts 16-bit numbers in linear time, so keys are sorted digit by digit in base 65,536, the last first
    (LSD radix sort): several times as fast as a comparison sort of the whole.
    """
    order: Ints = np.argsort(keys.astype(np.uint16), kind="stable").astype(narrow(len(keys)), copy=False)
    shift = 16
    while limit >> shift:
        digit = (keys >> shift).astype(np.uint16)
        order = order[np.argsort(digit[order], kind="stable")]
        shift += 16
    return order


def placed(column: Ints, places: Ints) -> Ints:
    """(m,) the items of `column`, each at its place: the inverse of fetching them from there."""
    found: Ints = np.empty(len(column), column.dtype)
    found[places] = column
    return found


def narrow(limit: int) -> type[np.int32] | type[np.int64]:
    """The integers to use for numbers from -1 to `limit`."""
    return np.int32 if limit < 2**31 - 1 else np.int64


def narrowed(column: Ints) -> Ints:
    """The same whole numbers in as few bytes as will hold them."""
    if not len(column) or column.itemsize == 1:
        return column
    least, most = int(column.min()), int(column.max())
    for kind in (np.uint8, np.int8, np.uint16, np.int16, np.int32):
        if np.iinfo(kind).min <= least and most <= np.iinfo(kind).max:
            return column.astype(kind, copy=False)
    return column


def occurring(column: Ints) -> Ints:
    """The values that occur, ascending, each once."""
    # if not asked for indices, NumPy loads all that it knows of masked arrays
    return np.unique(column, return_index=True)[0]


def inverse(order: Ints) -> Ints:
    """(m,) at which place each index stands in `order`."""
    return placed(np.arange(len(order), dtype=narrow(len(order))), order)


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
