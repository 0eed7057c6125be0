"""How is the memory of a large column had?"""

import mmap
from typing import Any

import numpy as np
import numpy.typing as npt

type Ints = npt.NDArray[Any]

_LARGE_BYTES = 4 << 20


def empty_column(count: int, kind: npt.DTypeLike, *, filled: bool = True) -> Ints:
    """(count,) room for a column, whatever stands there; `filled`: all of it is about to be written.

    NumPy asks for huge pages where it is large. Those must be put together first where memory has been in use, or a
    virtual machine has not had it yet: at a sixth of the pace at which small ones are had, all at once.
    """
    size_bytes = count * np.dtype(kind).itemsize
    if size_bytes < _LARGE_BYTES or not hasattr(mmap, "MAP_ANONYMOUS"):
        return np.empty(count, kind)
    at_once = getattr(mmap, "MAP_POPULATE", 0) if filled else 0
    own = mmap.mmap(-1, size_bytes, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | at_once)
    return np.frombuffer(memoryview(own), kind)  # not of the map itself: see `given_back`


def zero_column(count: int, kind: npt.DTypeLike, *, filled: bool = True) -> Ints:
    """(count,) zeros; the same where all of it is about to be written to, or `filled` says that it is not."""
    found = empty_column(count, kind, filled=filled)
    if not isinstance(found.base, memoryview):  # what the system maps are zeros
        found[:] = 0
    return found
