"""Which calls of the operating system does writing to a log make?

All of them are here and nowhere else, so that a test can let any one of them fail on a real file.
"""

import os
import sys

APPEND = os.O_RDWR | os.O_APPEND
SAFE = getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


class System:
    """The real ones. Each may raise `OSError`."""

    def open(self, path: str, flags: int) -> int:
        """A new descriptor. Links are not followed, devices not waited for."""
        return os.open(path, flags | SAFE, 0o666)

    def stat(self, path: str) -> os.stat_result:
        """What stands under a name."""
        return os.lstat(path)

    def fstat(self, file: int) -> os.stat_result:
        """What a descriptor is."""
        return os.fstat(file)

    def read(self, file: int, length_bytes: int, offset: int) -> bytes:
        """Some bytes; fewer than asked for at the end."""
        return os.pread(file, length_bytes, offset)

    def write(self, file: int, data: bytes | memoryview) -> int:
        """How many bytes were written, perhaps not all."""
        return os.write(file, data)

    def cut(self, file: int, size_bytes: int) -> None:
        """Make a file shorter."""
        os.ftruncate(file, size_bytes)

    def sync(self, file: int) -> None:
        """Wait until everything is on the medium itself."""
        if sys.platform == "darwin":
            import fcntl

            fcntl.fcntl(file, fcntl.F_FULLFSYNC)  # there, fsync leaves it in the drive's own memory
        else:
            os.fsync(file)

    def sync_folder(self, path: str) -> None:
        """Wait until the names in a folder are on the medium."""
        if sys.platform == "win32":
            return  # folders cannot be opened there
        file = os.open(path or ".", os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))
        try:
            os.fsync(file)
        finally:
            os.close(file)

    def close(self, file: int) -> None:
        """Let go of a descriptor."""
        os.close(file)


SYSTEM = System()
