"""How are millions of small whole numbers put in order, equal ones staying as they were?"""

from typing import Any

import numpy as np
import numpy.typing as npt

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


def equal_before(keys: Ints, limit: int) -> Ints:
    """(m,) how many equal keys stand before each; keys from 0 up to, not including, `limit`."""
    order = stable_order(keys, limit)
    ordered = keys[order]
    begins = np.flatnonzero(np.diff(ordered, prepend=-1))
    lengths = np.diff(begins, append=len(keys))
    return placed(np.arange(len(keys)) - np.repeat(begins, lengths), order)


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


def inverse(order: Ints) -> Ints:
    """(m,) at which place each index stands in `order`."""
    return placed(np.arange(len(order), dtype=narrow(len(order))), order)
