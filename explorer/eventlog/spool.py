"""Where does a log go that is no file as it stands: packed, in an archive, from a pipe or a source?"""

import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from explorer.eventlog.errors import LogError

MOST_SPOOLED_BYTES = 64 << 30


def spooled(name: str, blocks: Iterable[bytes], spool_dir: Path | None) -> BinaryIO:
    """Copy `blocks` to a private file that no other program can see, and return it.

    Raises:
        LogError: There is no room for it.
    """
    file = spool_file(name, spool_dir)
    try:
        for _ in filled(name, file, blocks):
            pass
    except BaseException:
        file.close()
        raise
    return file


def spool_file(name: str, spool_dir: Path | None) -> BinaryIO:
    """A private file; errors as of `spooled`."""
    try:
        return tempfile.TemporaryFile(dir=spool_dir, buffering=0)
    except OSError as error:
        raise LogError(name, f"there is no place to unpack it: {plain_reason(error)}") from error


def filled(name: str, file: BinaryIO, blocks: Iterable[bytes]) -> Iterator[int]:
    """Write `blocks` to a file, and yield how many bytes are there; errors as of `spooled`."""
    total = 0
    try:
        for block in blocks:
            total += len(block)
            if total > MOST_SPOOLED_BYTES:
                raise LogError(name, f"it is larger than {MOST_SPOOLED_BYTES >> 30} GiB when unpacked")
            rest = memoryview(block)
            while rest:
                rest = rest[file.write(rest) :]
            yield total
    except OSError as error:
        raise LogError(name, f"it cannot be unpacked: {plain_reason(error)}") from error


def plain_reason(error: BaseException) -> str:
    """What the system says of an error, as a part of a sentence."""
    text = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return text[:1].lower() + text[1:]
