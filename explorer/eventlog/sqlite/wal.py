"""Which pages of a database stand in the -wal beside it, and how many pages are there with them?

Read as https://sqlite.org/walformat.html says and as SQLite does: what counts ends with the last commit before the
first frame whose salts or checksum are not right. What is behind it was never finished, or is of a time before.
"""

import os
import struct
from array import array
from bisect import bisect_left
from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from numpy.typing import NDArray

HEAD_BYTES = 32
FRAME_HEAD_BYTES = 24
_MAGIC = 0x377F0682  # and one more, if the checksums are of words with their most significant byte first
_VERSION = 3007000
_PAGE_BYTES = frozenset(1 << bits for bits in range(9, 17))
_BATCH_BYTES = 1 << 20
_WORD = 0xFFFFFFFF


class UnknownWal(Exception):  # noqa: N818 - it is said, not a bug
    """A -wal that is whole and yet cannot be read with its database; its text says why."""


class Overlay:
    """The pages that stand in a -wal.

    Attributes:
        page_bytes: The size of a page.
        page_count: How many pages the database has with them.
    """

    def __init__(self, page_bytes: int, page_count: int, numbers: "array[int]") -> None:
        """Make one; `numbers` are those of the pages in the frames, the first frame first."""
        import numpy as np

        self.page_bytes, self.page_count = page_bytes, page_count
        # the last frame of each page counts; the first one in a list turned around
        pages, places = np.unique(np.asarray(numbers, dtype=np.uint32)[::-1], return_index=True)
        self._pages = array("I", pages.astype(np.uint32).tobytes())
        self._frames = array("Q", (len(numbers) - 1 - places).astype(np.uint64).tobytes())

    def place(self, number: int) -> int | None:
        """Where in the -wal the page with this number (the first is 1) begins; None if it is not there."""
        at = bisect_left(self._pages, number)
        if at == len(self._pages) or self._pages[at] != number:
            return None
        return HEAD_BYTES + self._frames[at] * (FRAME_HEAD_BYTES + self.page_bytes) + FRAME_HEAD_BYTES


class _Head(msgspec.Struct, frozen=True):
    page_bytes: int
    words: str  # NumPy's name for those that are summed
    salts: tuple[int, int]
    sums: tuple[int, int]


def committed(file: int) -> Overlay | None:
    """The pages in the -wal with the descriptor `file`; None if nothing in it counts.

    Raises:
        UnknownWal: It is of another version.
        OSError: It cannot be read.
    """
    head = _head(os.pread(file, HEAD_BYTES, 0))
    if head is None:
        return None
    numbers, count, page_count = array("I"), 0, 0
    for number, pages in _frames(file, head):
        numbers.append(number)
        if pages:
            count, page_count = len(numbers), pages
    return Overlay(head.page_bytes, page_count, numbers[:count]) if count else None


def _head(raw: bytes) -> _Head | None:
    if len(raw) < HEAD_BYTES:
        return None
    magic, version, page_bytes, _, *rest = struct.unpack(">8I", raw)
    if magic & ~1 != _MAGIC or page_bytes not in _PAGE_BYTES:
        return None
    order = ">" if magic & 1 else "<"
    words = struct.unpack(order + "6I", raw[:24])
    first = second = 0
    for left, right in zip(words[::2], words[1::2], strict=True):
        first = (first + left + second) & _WORD
        second = (second + right + first) & _WORD
    if [first, second] != rest[2:]:
        return None
    if version != _VERSION:
        raise UnknownWal(f"the -wal beside it is of a version that is not known ({version})")
    return _Head(page_bytes, order + "u4", (rest[0], rest[1]), (first, second))


def _frames(file: int, head: _Head) -> Iterator[tuple[int, int]]:
    """Of each frame that is right: the number of its page, and how many pages there are if it ends a change, else 0."""
    import numpy as np

    frame_bytes = FRAME_HEAD_BYTES + head.page_bytes
    pairs = frame_bytes // 8 - 2
    sums = _weights(pairs)
    # each sum is that of the frame before and all words, each with a weight of its own: all frames at once
    weights = [np.zeros(frame_bytes // 4, np.uint32) for _ in range(2)]
    for shift, each in enumerate(weights):
        turned = np.array(sums[shift : shift + 2 * pairs], np.uint32)[::-1]
        each[:2], each[6:] = turned[:2], turned[2:]  # salts and sums are not summed
    before, own, after = sums[2 * pairs - 1 : 2 * pairs + 2]
    first, second = head.sums
    at = HEAD_BYTES
    while raw := _whole(os.pread(file, max(_BATCH_BYTES // frame_bytes, 1) * frame_bytes, at), frame_bytes):
        at += len(raw)
        shape = -1, frame_bytes // 4
        words: NDArray[np.uint32] = np.frombuffer(raw, head.words).reshape(shape).astype(np.uint32)
        heads = np.frombuffer(raw, ">u4").reshape(shape)[:, :6].tolist()
        parts = zip((words @ weights[0]).tolist(), (words @ weights[1]).tolist(), strict=True)
        for (number, pages, *told), (one, two) in zip(heads, parts, strict=True):
            first, second = (
                (before * first + own * second + one) & _WORD,
                (own * first + after * second + two) & _WORD,
            )
            if number == 0 or told != [*head.salts, first, second]:
                return
            yield number, pages


def _weights(pairs: int) -> list[int]:
    """How often a word counts that so many words stand behind: Fibonacci's numbers."""
    found = [0, 1]
    while len(found) < 2 * pairs + 2:
        found.append((found[-2] + found[-1]) & _WORD)
    return found


def _whole(raw: bytes, frame_bytes: int) -> bytes:
    return raw[: len(raw) // frame_bytes * frame_bytes]
