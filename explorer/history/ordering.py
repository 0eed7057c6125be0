"""How are millions of small whole numbers put in order, equal ones staying as they were, and which value is first?"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from explorer.eventlog.memory import empty_column
from explorer.projection.model import FoldKind
from explorer.projection.order import order_key

type Ints = npt.NDArray[Any]

_MANY = 1 << 20
_PIECE = 1 << 17  # times: so many and their places fit into the cache of a processor


def stable_order(keys: Ints, limit: int) -> Ints:
    """(m,) the stable order of keys from 0 up to, not including, `limit`.

    NumPy sorts 16-bit numbers in linear time, so keys are sorted digit by digit in base 65,536, the last first
    (LSD radix sort): several times as fast as a comparison sort of the whole.
    """
    # by 32-bit indices, NumPy fetches at a tenth of the pace: they are for what would take much memory
    kind = np.int64 if len(keys) < _MANY else narrow(len(keys))
    order: Ints = np.argsort(keys.astype(np.uint16), kind="stable").astype(kind, copy=False)
    shift = 16
    while limit >> shift:
        digit = (keys >> shift).astype(np.uint16)
        order = order[np.argsort(digit[order], kind="stable")]
        shift += 16
    return order


def ascending(column: Ints) -> bool:
    """Whether no number is less than the one before it."""
    return all(
        bool(
            (
                column[first + 1 : first + _MANY + 1]
                >= column[first : first + _MANY][: len(column) - first - 1]
            ).all()
        )
        for first in range(0, len(column), _MANY)  # stretch by stretch: memory costs more than to compare
    )


_FEW = 10_000  # numbers: a comparison sort is as fast
_NO_NUMBER = np.iinfo(np.int64).max


def order_of(numbers: npt.NDArray[np.int64]) -> Ints:
    """(m,) the stable order of any int64; those that are the greatest there is stand for what has no number.

    Digit by digit as `stable_order` has it, where the others lie close together.
    """
    if len(numbers) < _FEW:
        return np.argsort(numbers, kind="stable")
    none = numbers == _NO_NUMBER
    some = bool(none.any())
    there = numbers[~none] if some else numbers
    low, high = (int(there.min()), int(there.max())) if len(there) else (0, 0)
    limit = high - low + 2
    if limit >> 48:
        return np.argsort(numbers, kind="stable")
    return stable_order((np.where(none, high + 1, numbers) if some else numbers) - low, limit)


def order_of_times(times: npt.NDArray[np.int64]) -> Ints:
    """(n,) int64, the stable order of times, most of which come nearly in it.

    Two threads sort pieces that fit into the processor's own memory, and then merge neighbours, twice as long each
    time. Where little is late there is little to merge.
    """
    count = len(times)
    if count < _MANY:
        return np.argsort(times, kind="stable")
    from concurrent.futures import ThreadPoolExecutor  # only large logs need it

    order = empty_column(count, np.int64)

    def sort(begin: int) -> None:
        piece = order[begin : begin + _PIECE]
        np.add(np.argsort(times[begin : begin + _PIECE], kind="stable"), begin, out=piece)

    def merge(places: tuple[int, int, int]) -> None:
        begin, middle, end = places
        latest, earliest = times[order[middle - 1]], times[order[middle]]
        if latest <= earliest:
            return
        begin += bisect_right(order[begin:middle], earliest, key=times.__getitem__)
        end = middle + bisect_left(order[middle:end], latest, key=times.__getitem__)
        both = order[begin:end]  # what each has among the other's
        both[:] = both[np.argsort(times[both], kind="stable")]

    with ThreadPoolExecutor(2) as pool:  # NumPy sorts without holding the interpreter
        list(pool.map(sort, range(0, count, _PIECE)))
        length = _PIECE
        while length < count:
            pairs = [
                (begin, begin + length, min(begin + 2 * length, count))
                for begin in range(0, count - length, 2 * length)
            ]
            list(pool.map(merge, pairs))
            length *= 2
    return order


class Alike(NamedTuple):
    """Which of some int64 numbers are the same.

    Attributes:
        distinct: (d,) each of them once, ascending.
        first: (d,) where each stands first.
        which: (m,) which of them each is.
        order: (m,) the stable order of all.
    """

    distinct: npt.NDArray[np.int64]
    first: Ints
    which: npt.NDArray[np.int64]
    order: Ints


def alike(numbers: npt.NDArray[np.int64]) -> Alike:
    """Find those that are the same."""
    order = order_of(numbers)
    ascending = numbers[order]
    new = np.ones(len(order), np.bool_)
    new[1:] = ascending[1:] != ascending[:-1]
    which = np.empty(len(order), np.int64)
    which[order] = np.cumsum(new) - 1
    return Alike(ascending[new], order[new], which, order)


def placed(column: Ints, places: Ints) -> Ints:
    """(m,) the items of `column`, each at its place: the inverse of fetching them from there."""
    found: Ints = np.empty(len(column), column.dtype)
    found[places] = column
    return found


def taken(column: Ints, order: Ints) -> Ints:
    """(m,) the items of `column` in an order of them."""
    found = empty_column(len(order), column.dtype)
    np.take(column, order, out=found, mode="clip")  # else NumPy writes into memory of its own first
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
    # NumPy's `unique` looks each number up in a table of hashes: of a million that takes forty times as long
    found: Ints = np.sort(column)
    new = np.ones(len(found), np.bool_)
    np.not_equal(found[1:], found[:-1], out=new[1:])
    return found[new]


def spans(ascending: Ints, wanted: Ints) -> tuple[Ints, Ints]:
    """(k,) from where on each number stands in a column that ascends, and up to where.

    It is what NumPy's `searchsorted` says. Very many that lie close together are counted instead: to search for each
    takes several times as long.
    """
    low = int(ascending[0]) if len(ascending) else 0
    room = int(ascending[-1]) - low + 1 if len(ascending) else 0
    if len(wanted) < _FEW or len(ascending) < _FEW or room > 2 * (len(ascending) + len(wanted)):
        same = wanted.astype(ascending.dtype)  # else NumPy would convert the whole column
        return np.searchsorted(ascending, same, "left"), np.searchsorted(ascending, same, "right")
    behind = np.zeros(room + 2, narrow(len(ascending)))
    np.cumsum(np.bincount(ascending - low, minlength=room), out=behind[1:-1])
    behind[-1] = behind[-2]
    at = np.clip(wanted - low, -1, room) if len(wanted) else wanted
    return behind[np.maximum(at, 0)], behind[at + 1]


def without(ascending: Ints, others: Ints) -> Ints:
    """Those of some different, ascending numbers that are none of others."""
    # if duplicates are not ruled out, NumPy loads all that it knows of masked arrays
    found: Ints = np.setdiff1d(ascending, others, assume_unique=True) if len(others) else ascending
    return found


def inverse(order: Ints) -> Ints:
    """(m,) at which place each index stands in `order`."""
    return placed(np.arange(len(order), dtype=narrow(len(order))), order)


class Ranking(NamedTuple):
    """The events of a log in another order.

    Attributes:
        rows: (n,) int64, which comes first, second, …
        ranks: (n,) at which place each comes.
    """

    rows: Ints
    ranks: Ints


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
