"""How does a column take more at its end without being copied, how does it lie in a file, and is it whole there?"""

import ctypes
import mmap
import os
import sys
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from explorer.eventlog.content_sum import stretch_sums
from explorer.eventlog.memory import empty_column

type Ints = npt.NDArray[Any]

_KEY = b"columns of a kept index"  # no secret: who can write the files can write their sums
_HEADER_BYTES = 128  # of an .npy file with a short description
_ROOM_SHARE = 16  # behind a column there is room for one more in so many; nothing is written there
_LEAST_BYTES = 1 << 20  # a shorter column is copied before it grows
_MOST_HEAPS = -8  # what glibc calls M_ARENA_MAX


class GrowableColumn:
    """A column that grows. Room is taken ahead; memory is used as it is filled."""

    def __init__(self, kind: "np.typing.DTypeLike") -> None:
        self._data: Ints = np.empty(0, kind)
        self.size = 0

    @classmethod
    def of(cls, data: Ints, size: int) -> "GrowableColumn":
        """A column of the first `size` items of `data`; the others are its room, and it writes to them."""
        found = cls(data.dtype)
        found._data, found.size = data, size
        return found

    def copy(self) -> "GrowableColumn":
        """Another column of the same items."""
        found = GrowableColumn(self._data.dtype)
        found._move(len(self._data), self._data.dtype)
        found._data[: self.size], found.size = self.view(), self.size
        return found

    def append(self, part: Ints, room: int) -> None:
        """Add `part`; make room for `room` items if there is too little."""
        end = self.size + len(part)
        if end > len(self._data):
            self._move(max(room, end + end // 2), part.dtype)
        elif not np.can_cast(part.dtype, self._data.dtype):
            self._move(len(self._data), part.dtype)
        self._data[self.size : end] = part
        self.size = end

    def _move(self, room: int, kind: np.dtype[Any]) -> None:
        grown = empty_column(room, np.promote_types(self._data.dtype, kind), filled=False)
        grown[: self.size] = self._data[: self.size]
        self._data = grown

    def view(self) -> Ints:
        """What there is so far; it stays as it is when more is added."""
        return self._data[: self.size]


def written(path: Path, column: Ints) -> list[object]:
    """Write a column into a new file; returns what `is_whole` asks for."""
    np.save(path, column)
    size, sums = seen(path)
    room = size // _ROOM_SHARE if size >= _LEAST_BYTES else 0
    if room:
        os.truncate(path, size + room)
    return [size, room, sums]


def is_whole(path: Path, told: list[Any]) -> bool:
    """Whether a file is still as it was written; what may stand in the room behind its column is never looked at."""
    size, room, sums = told
    whole: bool = path.stat().st_size == size + room and seen(path, size)[1] == sums
    return whole


def mapped(path: Path) -> Ints:
    """A column in a file as an array; nothing is read before it is looked at. Objects are refused."""
    # an empty file cannot be mapped
    mode: Literal["r"] | None = "r" if path.stat().st_size > _HEADER_BYTES else None
    column: Ints = np.load(path, mmap_mode=mode, allow_pickle=False)
    if isinstance(column, np.memmap) and hasattr(mmap, "MADV_RANDOM"):
        # of a column, memory is used for the places that are looked at, not for their neighbours
        column._mmap.madvise(mmap.MADV_RANDOM)  # type: ignore[attr-defined]  # noqa: SLF001 - NumPy offers no other way
    return np.asarray(column)


def growable(path: Path) -> GrowableColumn | None:
    """A column in a file, to which more can be added in memory: the file stays as it is. None if it has no room."""
    if path.stat().st_size < _LEAST_BYTES:
        return None
    column = np.load(path, mmap_mode="c", allow_pickle=False)
    places = (path.stat().st_size - column.offset) // column.itemsize
    whole = np.memmap(path, column.dtype, "c", column.offset, (places,))
    return GrowableColumn.of(np.asarray(whole), len(column))


def given_back(column: Ints) -> None:
    """Give the memory back that a mapped column takes; what is looked at again comes back from the file."""
    # what was added in memory alone would be lost
    whole = None if column.flags.writeable else _map_of(column)
    if whole is not None and hasattr(mmap, "MADV_DONTNEED"):
        whole.madvise(mmap.MADV_DONTNEED)


def wanted_whole(column: Ints) -> None:
    """Have a mapped column read ahead that is about to be gone through: page by page, a disk takes seconds for it."""
    whole = _map_of(column)
    if whole is not None and hasattr(mmap, "MADV_WILLNEED"):
        whole.madvise(mmap.MADV_WILLNEED)


def _map_of(column: Ints) -> mmap.mmap | None:
    base: Any = column.base
    while base is not None and not isinstance(base, mmap.mmap):
        base = getattr(base, "base", None)
    return base


def trim() -> None:
    """Give the system back what was freed: glibc keeps it, and after a large log was opened that is most of all."""
    found = getattr(_c_library(), "malloc_trim", None)
    if found is not None:
        found(0)


def take_from_one_heap() -> None:
    """Let threads that begin later take memory where all others do: what glibc keeps in heaps of their own adds up."""
    found = getattr(_c_library(), "mallopt", None)
    if found is not None:
        found(_MOST_HEAPS, 1)


@lru_cache
def _c_library() -> ctypes.CDLL | None:
    return ctypes.CDLL(None) if sys.platform == "linux" else None


def seen(path: Path, size_bytes: int | None = None) -> tuple[int, list[str]]:
    """A file's size, and the sum of each of its stretches, one after the other; as far as `size_bytes`."""
    with path.open("rb", buffering=0) as file:
        size = os.fstat(file.fileno()).st_size if size_bytes is None else size_bytes

        def fill(_at: int, room: memoryview) -> int:
            have = 0
            while have < len(room) and (more := file.readinto(room[have:])):
                have += more
            return have

        return size, [each.hex() for each in stretch_sums(fill, 0, size, _KEY, alone=True)]
