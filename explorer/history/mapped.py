"""How is a column in a file used as if it were in memory, and is the file what was written?"""

import mmap
import zlib
from pathlib import Path
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

type Ints = npt.NDArray[Any]

_BLOCK_BYTES = 1 << 20
_HEADER_BYTES = 128  # of an .npy file with a short description


def mapped(path: Path) -> Ints:
    """A column in a file as an array; nothing is read before it is looked at. Objects are refused."""
    # an empty file cannot be mapped
    mode: Literal["r"] | None = "r" if path.stat().st_size > _HEADER_BYTES else None
    column: Ints = np.load(path, mmap_mode=mode, allow_pickle=False)
    if isinstance(column, np.memmap) and hasattr(mmap, "MADV_RANDOM"):
        # of a column, memory is used for the places that are looked at, not for their neighbours
        column._mmap.madvise(mmap.MADV_RANDOM)  # type: ignore[attr-defined]  # noqa: SLF001 - NumPy offers no other way
    return np.asarray(column)


def seen(path: Path) -> tuple[int, list[int]]:
    """A file's size, and a checksum (CRC-32) of each of its blocks, one after the other."""
    size, sums = 0, []
    block = memoryview(bytearray(_BLOCK_BYTES))
    with path.open("rb", buffering=0) as file:
        while count := file.readinto(block):
            size += count
            sums.append(zlib.crc32(block[:count]))
    return size, sums
