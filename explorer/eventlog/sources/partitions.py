"""How do the partitions of a topic, which come in any order, become one log by time, with little memory?"""

import errno
import heapq
import os
import struct
import tempfile
from collections.abc import Iterator
from types import TracebackType
from typing import Self

BLOCK_BYTES = 1 << 19
_MOST_BYTES = 32 << 20  # of all partitions, before anything is put into a file
_PIECE_BYTES = 1 << 16
_HEAD = struct.Struct("<qI")  # when a line was, and how long it is

type Keyed = tuple[int, int, int, bytes]  # when, the partition, the place there, the line


class Partitions:
    """Keeps the lines of each partition in its own order, and gives all of them by time.

    What is earlier than what stands before it in its partition counts as of then: none is put into another order.
    """

    def __init__(self) -> None:
        self._waiting: dict[int, list[tuple[int, bytes]]] = {}
        self._last: dict[int, int] = {}
        self._blocks: dict[int, list[tuple[int, int]]] = {}  # from where to where in the file
        self._bytes = self._end = 0
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - `__exit__` closes it

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def add(self, partition: int, at_ms: int | None, line: bytes) -> None:
        """The next line of a partition, and when it was; one without a time is as late as the one before it."""
        last = self._last.get(partition, -1)
        if at_ms is not None and at_ms > last:
            last = self._last[partition] = at_ms
        self._waiting.setdefault(partition, []).append((last, line))
        self._bytes += len(line)
        if self._bytes > _MOST_BYTES:
            self._put_away()

    def merged(self) -> Iterator[bytes]:
        """Blocks of whole lines, by time; of one time, by partition."""
        if self._blocks:
            self._put_away()
            self._file.flush()
        parts: list[bytes] = []
        size = 0
        for *_, line in heapq.merge(*(self._of(each) for each in sorted({*self._waiting, *self._blocks}))):
            parts.append(line)
            size += len(line)
            if size >= BLOCK_BYTES:
                yield b"".join(parts)
                parts, size = [], 0
        if parts:
            yield b"".join(parts)

    def _put_away(self) -> None:
        for partition, lines in self._waiting.items():
            begin = self._end
            for at_ms, line in lines:
                self._file.write(_HEAD.pack(at_ms, len(line)))
                self._file.write(line)
                self._end += _HEAD.size + len(line)
            self._blocks.setdefault(partition, []).append((begin, self._end))
        self._waiting, self._bytes = {}, 0

    def _of(self, partition: int) -> Iterator[Keyed]:
        number = 0
        for begin, end in self._blocks.get(partition, ()):
            for at_ms, line in self._read(begin, end):
                yield at_ms, partition, number, line
                number += 1
        for at_ms, line in self._waiting.get(partition, ()):
            yield at_ms, partition, number, line
            number += 1

    def _read(self, begin: int, end: int) -> Iterator[tuple[int, bytes]]:
        """What was put away in one go, a piece at a time."""
        file, rest = self._file.fileno(), b""
        while begin < end or rest:
            wanted = _PIECE_BYTES
            if len(rest) >= _HEAD.size:
                wanted = max(wanted, _HEAD.size + _HEAD.unpack_from(rest)[1] - len(rest))
            piece = os.pread(file, min(wanted, end - begin), begin)
            if begin < end and not piece:
                raise OSError(errno.EIO, "it ends too early")
            begin += len(piece)
            rest += piece
            at = 0
            while at + _HEAD.size <= len(rest):
                at_ms, length = _HEAD.unpack_from(rest, at)
                if at + _HEAD.size + length > len(rest):
                    break
                at += _HEAD.size
                yield at_ms, rest[at : at + length]
                at += length
            rest = rest[at:]
