"""How is a packed log unpacked without being fooled by one that never ends?"""

import os
import zlib
from collections.abc import Iterator
from typing import IO, cast

from explorer.eventlog.errors import LogError

UNCHECKED_BYTES = 64 << 20  # below this the ratio does not matter
MOST_RATIO = 250  # real logs reach about 30:1; the most repetitive ones hardly 100:1
_BLOCK_BYTES = 1 << 18
_OUT_BYTES = 1 << 20
_MOST_WINDOW_BYTES = 1 << 27


def packing_of(head: bytes) -> str:
    """Return "gzip", "zstd" or "" from the first bytes of a file."""
    if head.startswith(b"\x1f\x8b\x08"):
        return "gzip"
    return "zstd" if head.startswith(b"\x28\xb5\x2f\xfd") else ""


def unpacked(packing: str, name: str, fd: int) -> Iterator[bytes | str]:
    """Yield the unpacked bytes of the file `fd`, block by block.

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
        if block:
            yield block


def _gzip(fd: int) -> Iterator[tuple[bytes | str, int]]:
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
    import zstandard

    worker = zstandard.ZstdDecompressor(max_window_size=_MOST_WINDOW_BYTES)
    size = os.fstat(fd).st_size
    if size > _BLOCK_BYTES:  # too costly to prove; a torn last line shows it anyway
        return True
    data = os.pread(fd, size, 0)
    while data:
        frame = worker.decompressobj()
        try:
            for start in range(0, len(data), 64):
                frame.decompress(data[start : start + 64])
                if frame.eof:
                    data = frame.unused_data + data[start + 64 :]
                    break
            else:
                return False
        except zstandard.ZstdError:
            return False
    return True


class _Place:
    """A readable object over `os.pread`, so that no shared file position is moved."""

    def __init__(self, fd: int) -> None:
        self.fd = fd
        self.offset = 0

    def read(self, size: int = -1) -> bytes:
        data = os.pread(self.fd, size if size >= 0 else _BLOCK_BYTES, self.offset)
        self.offset += len(data)
        return data
