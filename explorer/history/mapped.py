"""How is a column in a file used as if it were in memory, and is the file what was written?"""

import mmap
from pathlib import Path
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

type Ints = npt.NDArray[Any]

_PIECE_BYTES = 8 << 20
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


def seen(path: Path) -> tuple[int, int]:
    """A file's size, and the sum of its 64-bit words modulo 2**64, the last filled up with zeros."""
    total = 0
    with path.open("rb", buffering=0) as file:
        while piece := file.read(_PIECE_BYTES):
            whole = len(piece) // 8 * 8
            total += int(np.frombuffer(piece, np.uint64, whole // 8).sum(dtype=np.uint64))
            total += int.from_bytes(piece[whole:], "little")
    return path.stat().st_size, total % 2**64
