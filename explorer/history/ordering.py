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


def narrow(limit: int) -> type[np.int32] | type[np.int64]:
    """The integers to use for numbers from -1 to `limit`."""
    return np.int32 if limit < 2**31 - 1 else np.int64


def inverse(order: Ints) -> Ints:
    """(m,) at which place each index stands in `order`."""
    places = np.empty(len(order), narrow(len(order)))
    places[order] = np.arange(len(order), dtype=places.dtype)
    return places
