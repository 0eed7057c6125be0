"""Which number has each name in the whole log, where every go has sorted names of its own?

Names are numbered by their bytes, so it is no matter who has read them, or in which order. They are put together
stretch by stretch: as many as fit into memory, by their bytes, from all goes.
"""

import mmap
import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]

from explorer.eventlog.text_columns import TextColumn
from explorer.history.engines.range_rows import texts_of
from explorer.history.ordering import inverse

type Ints = npt.NDArray[Any]

AT_ONCE = 1 << 20  # names of all goes that are put together at once
_SAMPLES = 64  # of the names of each go
MOST_THREADS = 2


# sorted names, each once, looked at where they lie for as long as they are held
type Names = Callable[[], pa.Array]
type Numbering = Callable[[Sequence[Names], int], Iterator[tuple[pa.Array, list[Ints]]]]  # such as `numbered`


def numbered(lists: Sequence[Names], at_once: int = AT_ONCE) -> Iterator[tuple[pa.Array, list[Ints]]]:
    """All names in stretches, each name once and sorted; and the number of each name of each list, in stretches.

    Args:
        lists: They. No list is held longer than it is looked at: else all that was seen of files would be in memory.
        at_once: About how many names are taken together.
    """
    cuts, number = stretches(lists, at_once), 0
    with ThreadPoolExecutor(min(os.cpu_count() or 1, MOST_THREADS), "names") as pool:
        waiting: deque[Future[tuple[pa.Array, list[Ints]]]] = deque()
        for at, stretch in enumerate(cuts, 1):
            waiting.append(pool.submit(together, lists, stretch))
            while waiting and (len(waiting) > MOST_THREADS or at == len(cuts)):
                every, numbers = waiting.popleft().result()
                yield every, [own.astype(np.int64) + number for own in numbers]
                number += len(every)


def stretches(lists: Sequence[Names], at_once: int) -> list[list[tuple[int, int]]]:
    """Which names of each list are taken together, half-open: about so many, stretch by stretch."""
    bounds = _bounds(lists, at_once)
    ends = []
    for each in lists:
        names = each()
        ends.append([0, *(place_of(names, bound) for bound in bounds), len(names)])
    return [[(own[at], own[at + 1]) for own in ends] for at in range(len(bounds) + 1)]


def together(lists: Sequence[Names], stretch: Sequence[tuple[int, int]]) -> tuple[pa.Array, list[Ints]]:
    """A stretch of each list: its names, each once and sorted; and for each of the lists the place of each there."""
    slices = [each().slice(begin, end - begin) for each, (begin, end) in zip(lists, stretch, strict=True)]
    if not slices:
        return pa.array([], pa.large_binary()), []
    coded = pa.concat_arrays(slices).dictionary_encode()
    order = pc.sort_indices(coded.dictionary)
    numbers = inverse(order.to_numpy())[coded.indices.to_numpy()]
    cuts = np.cumsum([len(names) for names in slices])[:-1]
    return coded.dictionary.take(order), np.split(numbers, cuts)


def place_of(names: pa.Array, name: bytes) -> int:
    """How many of sorted names come before one."""
    low, high = 0, len(names)
    while low < high:
        middle = (low + high) // 2
        if names[middle].as_py() < name:
            low = middle + 1
        else:
            high = middle
    return low


def _bounds(lists: Sequence[Names], at_once: int) -> list[bytes]:
    """Names between which about so many lie."""
    samples: list[tuple[bytes, float]] = []
    for each in lists:
        names = each()
        some = min(_SAMPLES, len(names))
        samples += [
            (names[int(at)].as_py(), len(names) / some)
            for at in (np.linspace(0, len(names) - 1, some).astype(np.int64) if some else ())
        ]
    pieces = -(-round(sum(weight for _, weight in samples)) // at_once)
    if pieces < 2:
        return []
    samples.sort()
    weights = np.cumsum([weight for _, weight in samples])
    at = np.searchsorted(weights, np.arange(1, pieces) * (weights[-1] / pieces))
    return sorted({samples[min(int(each), len(samples) - 1)][0] for each in at})


class NamesFile:
    """Names in the order of their numbers, in two files: they are added at the end, and looked at where they lie."""

    def __init__(self, path: Path) -> None:
        self._data, self._ends = path.with_suffix(".bytes"), path.with_suffix(".ends")
        self._size = self._count = 0
        for file in (self._data, self._ends):
            file.write_bytes(b"")

    def __len__(self) -> int:
        return self._count

    def add(self, names: pa.Array) -> None:
        """Add some."""
        if not len(names):
            return
        texts = texts_of(names)
        first, last = int(texts.starts[0]), int(texts.ends[-1])
        with self._data.open("ab") as file:
            file.write(texts.data[first:last].tobytes())
        with self._ends.open("ab") as file:
            file.write((texts.ends - first + self._size).astype(np.int64).tobytes())
        self._size += last - first
        self._count += len(names)

    def texts(self) -> TextColumn:
        """All of them."""
        ends = _mapped(self._ends, np.int64)
        starts = np.zeros(len(ends), np.int64)
        starts[1:] = ends[:-1]
        return TextColumn(_mapped(self._data, np.uint8), starts, ends)

    def names(self) -> pa.Array:
        """The same as bytes."""
        ends = _mapped(self._ends, np.int64)
        if not len(ends):
            return pa.array([], pa.large_binary())
        offsets = pa.py_buffer(np.append(np.int64(0), ends))
        data = pa.py_buffer(_mapped(self._data, np.uint8))
        return pa.Array.from_buffers(pa.large_binary(), len(ends), [None, offsets, data])


def _mapped(path: Path, kind: type) -> Ints:
    if not path.stat().st_size:
        return np.zeros(0, kind)
    with path.open("rb") as file:
        return np.frombuffer(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ), kind)
