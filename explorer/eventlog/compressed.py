"""How is a packed log unpacked without being fooled by one that never ends?"""

import importlib
import os
import zlib
from collections.abc import Callable, Iterator
from typing import IO, Any, cast

from explorer.eventlog.errors import LogError

UNCHECKED_BYTES = 64 << 20  # below this the ratio does not matter
MOST_RATIO = 250  # real logs reach about 30:1; the most repetitive ones hardly 100:1
_BLOCK_BYTES = 1 << 18
_OUT_BYTES = 1 << 20
_MOST_WINDOW_BYTES = 1 << 27
_FRAME, _SKIPPED_FRAME = 0xFD2FB528, 0x184D2A50  # how frames of zstd begin
_REPEATED_BYTE = 1  # a block that says one byte, many times


def packing_of(head: bytes) -> str:
    """Return "gzip", "zstd" or "" from the first bytes of a file."""
    if head.startswith(b"\x1f\x8b\x08"):
        return "gzip"
    return "zstd" if head.startswith(b"\x28\xb5\x2f\xfd") else ""


def unpacked(
    packing: str, name: str, fd: int, taken: Callable[[int], None] | None = None
) -> Iterator[bytes | str]:
    """Yield the unpacked bytes of the file `fd`, block by block; `taken` is told of how many packed ones they are.

    A file that is damaged or ends early gives what can be unpacked and then, last, a `str`: the reason.

    Raises:
        LogError: It swells beyond all reason.
    """
    blocks = _gzip(fd) if packing == "gzip" else _zstd(fd)
    total = 0
    for block, consumed in blocks:
        if isinstance(block, str):
            yield block
            return
        total += len(block)
        if total > UNCHECKED_BYTES and total > MOST_RATIO * max(consumed, 1):
            ratio = total // max(consumed, 1)
            raise LogError(
                name,
                f"it unpacks to more than {ratio:,} times its size ({packing}), "
                f"past the limit of {MOST_RATIO}:1, so it was not opened",
            )
        if taken is not None:
            taken(consumed)
        if block:
            yield block


def _gzip(fd: int) -> Iterator[tuple[bytes | str, int]]:
    """What zlib makes of the file; of a sound one, the same is made by ISA-L in less than half the time."""
    told = 0
    try:
        worker: Any = importlib.import_module("isal.isal_zlib")
    except ImportError:
        worker = None
    if worker is not None:
        whole = False
        for part, consumed in _soundly(worker, fd):
            whole = part is None
            if part:
                told += len(part)
                yield part, consumed
        if whole:
            return
    for block, consumed in _by_zlib(fd):
        if isinstance(block, str):
            yield block, consumed
            continue
        new = block[told:]
        told -= len(block) - len(new)
        yield new, consumed


def _soundly(isal: Any, fd: int) -> Iterator[tuple[bytes | None, int]]:  # noqa: ANN401 - it tells no types
    """The content of one whole member with nothing behind it, and then None; of another file, only its beginning."""
    worker, offset = isal.decompressobj(wbits=31), 0
    try:
        while not worker.eof:
            data = worker.unconsumed_tail
            if not data:
                data = os.pread(fd, _BLOCK_BYTES, offset)
                offset += len(data)
            out = worker.decompress(data, _OUT_BYTES)
            if not data and not out:
                return
            yield out, offset - len(worker.unconsumed_tail)
    except isal.error:
        return
    if not worker.unused_data and not os.pread(fd, 1, offset):
        yield None, offset


def _by_zlib(fd: int) -> Iterator[tuple[bytes | str, int]]:
    offset, tail, members = 0, b"", 0
    worker = zlib.decompressobj(wbits=31)
    while True:
        data = tail or os.pread(fd, _BLOCK_BYTES, offset)
        if not tail:
            offset += len(data)
        if not data:
            if members == 0 or not worker.eof:
                yield "the gzip data end early", offset
            return
        if worker.eof:  # several members may follow each other; padding after the last is legal
            data = data.lstrip(b"\0")
            if not data:
                tail = b""
                continue
            if not (data + os.pread(fd, 2, offset)).startswith(b"\x1f\x8b"):
                yield "there are other bytes after the end of the gzip data", offset
                return
            worker = zlib.decompressobj(wbits=31)
        try:
            out = worker.decompress(data, _OUT_BYTES)
        except zlib.error:
            yield "the gzip data are damaged", offset
            return
        tail = worker.unused_data if worker.eof else worker.unconsumed_tail
        members += worker.eof
        yield out, offset - len(tail)


def _zstd(fd: int) -> Iterator[tuple[bytes | str, int]]:
    import zstandard

    packed = _Place(fd)
    worker = zstandard.ZstdDecompressor(max_window_size=_MOST_WINDOW_BYTES)
    with worker.stream_reader(
        cast("IO[bytes]", packed),  # it reads; the decompressor asks no more
        read_size=_BLOCK_BYTES,
        read_across_frames=True,
        closefd=False,
    ) as reader:
        while True:
            try:
                out = reader.read(_OUT_BYTES)
            except zstandard.ZstdError:
                yield "the zstd data are damaged", packed.offset
                return
            if not out:
                break
            yield out, packed.offset
    # the library does not say whether the last frame was whole, so it is asked once more
    if not _zstd_is_whole(fd):
        yield "the zstd data end early", packed.offset


def _zstd_is_whole(fd: int) -> bool:
    """Whether the last frame has all its blocks: their sizes are read one after the other, not what is in them."""
    file, at, size = _Bytes(fd), 0, os.fstat(fd).st_size
    while at < size:
        at = _end_of_frame(file, at)
        if not 0 < at <= size:
            return False
    return True


def _end_of_frame(file: "_Bytes", at: int) -> int:
    """Where the frame that begins at `at` ends, or would if it were whole; -1 if that is not told (RFC 8878, 3.1)."""
    kind = file.number(at, 4)
    if kind & ~0xF == _SKIPPED_FRAME:
        return at + 8 + file.number(at + 4, 4)
    if kind != _FRAME:
        return -1
    told = file.number(at + 4, 1)
    alone = told >> 5 & 1  # one segment: no byte of a window, but always one of the size
    at += 5 + (not alone) + (0, 1, 2, 4)[told & 3] + (alone, 2, 4, 8)[told >> 6]
    block = 0
    while block >= 0 and not block & 1:  # the last one says that it is
        block = file.number(at, 3)
        at += 3 + (1 if block >> 1 & 3 == _REPEATED_BYTE else block >> 3)
    return at + 4 * (told >> 2 & 1) if block >= 0 else -1


class _Bytes:
    """Numbers of a file, read a piece at a time."""

    def __init__(self, fd: int) -> None:
        self._fd, self._begin, self._piece = fd, 0, b""

    def number(self, at: int, count: int) -> int:
        """The number that `count` bytes at `at` are, the lowest first; -1 where the file ends before."""
        begin = at - self._begin
        if not 0 <= begin <= len(self._piece) - count:
            self._begin, self._piece = at, os.pread(self._fd, _BLOCK_BYTES, at)
            begin = 0
        found = self._piece[begin : begin + count]
        return int.from_bytes(found, "little") if len(found) == count else -1


class _Place:
    """A readable object over `os.pread`, so that no shared file position is moved."""

    def __init__(self, fd: int) -> None:
        self.fd = fd
        self.offset = 0

    def read(self, size: int = -1) -> bytes:
        data = os.pread(self.fd, size if size >= 0 else _BLOCK_BYTES, self.offset)
        self.offset += len(data)
        return data
