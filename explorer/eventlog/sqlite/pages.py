"""How is SQLite shown one file that never changes, with nothing beside it and nothing else in the world?

A file system of our own, in which there is a single file: the pages of the database, and over them those of its -wal.
Both are descriptors that are open already. It knows no locks and no journals, and nothing else can be opened, made,
changed or deleted through it. Only the table of what stands where in the -wal is kept in memory.
"""

import os
import time

import apsw

from explorer.eventlog.sqlite import wal

_NAME = "history-explorer"
_FILE = "log"
_HEAD_BYTES = 100
_VERSIONS = 18, 19  # the bytes that say how it is written and read: 2 with a -wal, 1 without
_JULIAN_DAYS = 2440587.5  # those of 1970
_DAY_S = 86_400


def opened(file: int, changes: int | None) -> tuple[apsw.Connection, bool]:
    """The database with the descriptor `file`, and whether something of the -wal `changes` counts.

    Raises:
        wal.UnknownWal: The -wal is not one of this database, or of a version that is not known.
        apsw.Error: It is no database.
        OSError: One of the files cannot be read.
    """
    pages = Pages(file, changes)
    system = _System(pages)
    connection = apsw.Connection(_FILE, flags=apsw.SQLITE_OPEN_READONLY, vfs=system.name)
    return connection, pages.overlay is not None


class Pages:
    """The one file. Its methods, and their names, are those that SQLite asks for."""

    def __init__(self, file: int, changes: int | None) -> None:
        """Look at a database and its -wal; see `opened`."""
        self._file = file
        self._changes = -1 if changes is None else changes
        self._size_bytes = os.fstat(file).st_size
        self.overlay = None if changes is None else wal.committed(changes)
        if self.overlay is not None:
            self._size_bytes = self.overlay.page_count * self.overlay.page_bytes
            told = int.from_bytes(self._read(_HEAD_BYTES, 0)[16:18])
            if (told if told != 1 else 1 << 16) != self.overlay.page_bytes:
                raise wal.UnknownWal(
                    f"the -wal beside it has pages of {self.overlay.page_bytes:,} bytes and the database has others, "
                    "so they do not belong together"
                )

    def xRead(self, amount: int, offset: int) -> bytes:
        found = self._read(amount, offset)
        if offset <= _VERSIONS[-1]:
            found = bytes(
                1 if offset + at in _VERSIONS and byte == 2 else byte for at, byte in enumerate(found[:_HEAD_BYTES])
            ) + found[_HEAD_BYTES:]  # fmt: skip
        return found

    def _read(self, amount: int, offset: int) -> bytes:
        if self.overlay is None:
            return os.pread(self._file, amount, offset)
        parts, end = [], min(offset + amount, self._size_bytes)
        while offset < end:
            before, within = divmod(offset, self.overlay.page_bytes)
            length = min(self.overlay.page_bytes - within, end - offset)
            place = self.overlay.place(before + 1)
            if place is not None:
                part = os.pread(self._changes, length, place + within)
            else:
                part = os.pread(self._file, length, offset)
            parts.append(part.ljust(length, b"\0"))
            offset += length
        return b"".join(parts)

    def xFileSize(self) -> int:
        return self._size_bytes

    def xDeviceCharacteristics(self) -> int:
        return apsw.SQLITE_IOCAP_IMMUTABLE  # so it looks for no journal and wants no locks

    def xSectorSize(self) -> int:
        return 4096

    def xFileControl(self, op: int, pointer: int) -> bool:
        return False

    def xLock(self, level: int) -> None:
        pass

    def xUnlock(self, level: int) -> None:
        pass

    def xCheckReservedLock(self) -> bool:
        return False

    def xClose(self) -> None:
        pass

    def xWrite(self, data: bytes, offset: int) -> None:
        raise apsw.ReadOnlyError

    def xTruncate(self, size: int) -> None:
        raise apsw.ReadOnlyError

    def xSync(self, flags: int) -> None:
        pass


class _System(apsw.VFS):
    """The file system. It inherits from none, so nothing of the real one can be reached."""

    def __init__(self, pages: Pages) -> None:
        self.name = f"{_NAME}-{id(pages)}"
        self._pages: Pages | None = pages  # until it is opened: it is the only one
        super().__init__(self.name, base=None, iVersion=1)

    def xOpen(self, name: object, flags: list[int]) -> Pages:  # type: ignore[override]
        pages, self._pages = self._pages, None
        if pages is None or not flags[0] & apsw.SQLITE_OPEN_MAIN_DB:
            raise apsw.CantOpenError
        flags[1] = apsw.SQLITE_OPEN_MAIN_DB | apsw.SQLITE_OPEN_READONLY
        return pages

    def xFullPathname(self, name: str) -> str:
        return name

    def xAccess(self, pathname: str, flags: int) -> bool:
        return False

    def xDelete(self, filename: str, syncdir: bool) -> None:
        raise apsw.ReadOnlyError

    def xDlOpen(self, filename: str) -> int:
        return 0

    def xRandomness(self, numbytes: int) -> bytes:
        return os.urandom(numbytes)

    def xSleep(self, microseconds: int) -> int:
        return 0

    def xCurrentTime(self) -> float:
        return time.time() / _DAY_S + _JULIAN_DAYS

    def xGetLastError(self) -> tuple[int, str]:
        return 0, ""
