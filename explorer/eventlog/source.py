"""Where do the bytes of a log come from, and is it safe to open it?

Nothing here ever opens a log for writing, maps it into memory, or waits for a device.
"""

import errno
import hashlib
import io
import itertools
import os
import stat
import sys
import threading
import time
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from explorer.eventlog import compiled
from explorer.eventlog.archives.archive import HEAD_BYTES, Archive, archive_of, content, may_be_archive
from explorer.eventlog.compressed import packing_of, unpacked
from explorer.eventlog.errors import LogError, Moved
from explorer.eventlog.kept_open import Hold, KeptOpen
from explorer.eventlog.sources.address import Address, address_of, is_address
from explorer.eventlog.sources.feed import ConnectionLost, Feed
from explorer.eventlog.spool import plain_reason, spooled
from explorer.eventlog.stamp import Stamp
from explorer.eventlog.stores import PlacedStore, Store, StoreReader, head_bytes, store_reader
from explorer.eventlog.unpacking import BESIDE_BYTES, LEAST_BYTES, Unpacking

BLOCK_BYTES = 1 << 19
KEPT_BYTES = 16 << 20
MOST_UNSIZED_BYTES = 256 << 20  # files such as those in /proc say 0 and may never end
_ENDS_BYTES = 1 << 16
_ARCHIVES = 2  # one in the other, as a spreadsheet in a zip archive
_TRIED_S = 2.0  # to read a database between two writes of another program, …
_TRIES = 3  # … and so often, however long that takes
_PAUSES_S = (0.2, 0.8, 3.0)  # before a source is tried again whose connection was lost

type Told = Callable[[int], bool]  # how many rows are there; False: no more are wanted

_KINDS = (
    (stat.S_ISDIR, "it is a folder, not a file"),
    (stat.S_ISFIFO, "it is a named pipe; give its content through standard input instead"),
    (stat.S_ISCHR, "it is a device, not a file"),
    (stat.S_ISBLK, "it is a device, not a file"),
    (stat.S_ISSOCK, "it is a socket, not a file"),
)


_OPEN: "weakref.WeakSet[Source]" = weakref.WeakSet()


def is_open(file: os.stat_result) -> bool:
    """Whether a file is open as a log in this process, whatever it is called."""
    return any(source.node == (file.st_dev, file.st_ino) for source in tuple(_OPEN))


class Source:
    """The unpacked bytes of one log, read by place; several threads may read at once.

    Attributes:
        name: What to call the log in a sentence.
        path: Where the log is, or None for standard input.
        packing: "gzip", "zstd" or "" for the file as it stands.
        size_bytes: Size of the unpacked bytes; who asks for it waits until all are unpacked.
        fingerprint: Changes when the file is another one or has other bytes at its ends.
        damage: Why the unpacked bytes end early, if they do; who asks for it waits as for the size.
        stamp: What the file was like; None for standard input.
        store: What was found in a database, whose rows the bytes then are; None for all else.
        address: Where its source is, if it comes from one; without a password.
        feed: What tells of more in that source; None for all else.
    """

    store: Store | None = None
    address: str | None = None
    feed: Feed | None = None
    node: tuple[int, int] | None = None  # device and inode of the file itself
    stamp: Stamp | None = None
    _feed_open: KeptOpen
    _fetching: threading.Lock  # one at a time asks the source
    _hold: Hold | None = None  # of the source, as long as this reads of it
    _kept: bytes | None = None  # all bytes of a small log: they stay readable whatever becomes of its file
    _unpacking: Unpacking | None = None  # as long as nobody knows how many bytes there are
    _ending: threading.Lock  # one at a time asks for that
    _size_bytes: int
    _damage: str | None = None

    def __init__(
        self,
        path: str | os.PathLike[str],
        spool_dir: Path | None = None,
        told: Told | None = None,
        reach: Callable[[Address], Feed] | None = None,
    ) -> None:
        self.damage: str | None = None
        if isinstance(path, str) and is_address(path):
            self._fetch(path, spool_dir, told, reach)
            return
        if os.fspath(path) == "-":
            self.name, self.path = "standard input", None
            file = spooled(self.name, _input_blocks(), spool_dir)
            identity: tuple[int, ...] = ()
        else:
            self.path = Path(path)
            self.name = self.path.name or str(self.path)
            file, identity = self._open_file(self.path, spool_dir)
        try:
            packed_bytes = os.fstat(file.fileno()).st_size
            self.fingerprint = _fingerprint(file.fileno(), packed_bytes, identity)
            stamp = Stamp.of(file.fileno()) if identity else None
            self.packing = packing_of(os.pread(file.fileno(), 8, 0))
            if self.packing:
                file = self._unpacked(file, spool_dir)
            for _ in range(_ARCHIVES):
                if (archive := archive_of(self.name, file.fileno())) is None:
                    break
                with file:
                    file = spooled(self.name, self._taken_out(archive, file.fileno()), spool_dir)
                if inner := packing_of(os.pread(file.fileno(), 8, 0)):
                    self.packing = f"{self.packing}, {inner}"
                    with file:
                        file = spooled(self.name, self._unpack(inner, file.fileno()), spool_dir)
            reader = store_reader(os.pread(file.fileno(), head_bytes(), 0))
            if reader is not None:
                named = None if self.packing else self.path
                if named is not None:
                    self.fingerprint = _fingerprint(
                        file.fileno(), packed_bytes, (*identity, *reader.identity(named))
                    )
                with file:
                    file = self._table(reader, named, file.fileno(), spool_dir)
            self._file: BinaryIO = file
            self._settle(stamp)
        except BaseException:
            if self._unpacking is not None:
                self._unpacking.stop()
            file.close()
            raise

    def _settle(self, stamp: Stamp | None) -> None:
        """Note what its file was like, and how large it is."""
        if stamp is not None:
            self.node = stamp.device, stamp.inode
            _OPEN.add(self)
            self.stamp = stamp.read_as(bool(self.packing) or self.store is not None)
        if self._unpacking is not None:
            return
        self.size_bytes = os.fstat(self._file.fileno()).st_size
        if self._size_bytes <= KEPT_BYTES:
            self._kept = b"".join(_blocks(self._file.fileno(), self._size_bytes))
            self.size_bytes = len(self._kept)

    def _unpacked(self, file: BinaryIO, spool_dir: Path | None) -> BinaryIO:
        """What is in a packed file; the end of a large log may still be unpacked while its beginning is read."""
        if os.fstat(file.fileno()).st_size < BESIDE_BYTES:
            with file:
                return spooled(self.name, self._unpack(self.packing, file.fileno()), spool_dir)
        unpacking = Unpacking(self.name, self.packing, file, spool_dir)
        found = unpacking.file
        try:
            compiled.ready()  # to find that out takes as long as to unpack the beginning
            large = unpacking.reaches(LEAST_BYTES)
            head = os.pread(found.fileno(), max(head_bytes(), HEAD_BYTES), 0)
            if large and not (packing_of(head) or may_be_archive(head) or store_reader(head)):
                self._unpacking, self._ending = unpacking, threading.Lock()
            else:
                unpacking.size_bytes()
                self.damage = unpacking.damage
        except BaseException:
            unpacking.stop()
            found.close()
            raise
        return found

    def _end(self) -> None:
        """Wait until all is unpacked."""
        if self._unpacking is None:
            return
        with self._ending:
            if self._unpacking is not None:
                self._size_bytes, self._damage = self._unpacking.size_bytes(), self._unpacking.damage
                self._unpacking = None

    @property
    def size_bytes(self) -> int:
        """See above."""
        self._end()
        return self._size_bytes

    @size_bytes.setter
    def size_bytes(self, size_bytes: int) -> None:
        self._size_bytes = size_bytes

    @property
    def damage(self) -> str | None:
        """See above."""
        self._end()
        return self._damage

    @damage.setter
    def damage(self, damage: str | None) -> None:
        self._damage = damage

    @property
    def grows(self) -> bool:
        """Whether it is still being unpacked, as far as anybody knows."""
        return self._unpacking is not None

    def reaches(self, size_bytes: int) -> bool:
        """Whether it has so many bytes; waits only until that is known."""
        unpacking = self._unpacking
        return self._size_bytes >= size_bytes if unpacking is None else unpacking.reaches(size_bytes)

    @property
    def about_bytes(self) -> int:
        """How many bytes it has, or may have in the end."""
        unpacking = self._unpacking
        return self._size_bytes if unpacking is None else unpacking.about_bytes

    def _fetch(
        self, text: str, spool_dir: Path | None, told: Told | None, reach: Callable[[Address], Feed] | None
    ) -> None:
        """Reach a source, and spool all that is in it now; begun anew a few times where the connection is lost."""
        address = address_of(text)
        self.path, self.packing, self.fingerprint, self.address = None, "", "", address.text
        assert reach is not None, "whoever opens an address says how it is reached"
        feed = reach(address)
        try:
            for pause_s in (*_PAUSES_S, None):
                try:
                    file = spooled(feed.name, self._fed(feed, told), spool_dir)
                    break
                except ConnectionLost:
                    if pause_s is None:
                        raise
                    time.sleep(pause_s)
        except BaseException:
            feed.close()
            raise
        self.name, self.store, self._file = feed.name, feed, file
        if self.damage is None and feed.live:  # behind a gap nothing may follow
            self.feed = feed
        elif not isinstance(feed, PlacedStore):  # whose files are asked for an event's own bytes
            feed.close()
        self._fetching = threading.Lock()
        self._feed_open = KeptOpen(feed.close)
        self._hold = self._feed_open.hold()
        self._feed_open.close()  # once the last of those who hold it has let go
        self.size_bytes = os.fstat(file.fileno()).st_size

    def _fed(self, feed: Feed, told: Told | None) -> Iterator[bytes]:
        self.damage, rows = None, 0
        for block in feed.lines():
            if isinstance(block, str):
                self.damage = block
                return
            yield block
            rows += block.count(b"\n")
            if told is not None and not told(rows):
                self.damage = "the reading was stopped here: what comes behind it in the source was not read"
                return

    def again(self) -> "Source":
        """The same bytes, as many as are there by now, for who reads them anew or reads on; what is open stays so."""
        source = Source.adopt(os.dup(self.file), self.name, self.damage)
        source.store, source.address, source.feed = self.store, self.address, self.feed
        if self._hold is not None:
            source._feed_open, source._fetching = self._feed_open, self._fetching  # noqa: SLF001 - our own
            source._hold = self._feed_open.hold()  # noqa: SLF001
        return source

    def fetch_more(self) -> int:
        """Take what has come in its source since; returns how many bytes that is. They are there for `again`.

        Raises:
            ConnectionLost: The connection was lost: it is tried anew the next time.
            LogError: What was read is not there any more, or there is no room.
        """
        if self.feed is None:
            return 0
        try:
            with self._fetching:
                had = os.fstat(self.file).st_size
                for block in self.feed.more():
                    rest, end = memoryview(block), os.fstat(self.file).st_size
                    while rest:
                        written = os.pwrite(self.file, rest, end)
                        rest, end = rest[written:], end + written
                return os.fstat(self.file).st_size - had
        except ValueError as error:
            raise LogError(self.name, "it has been closed") from error
        except OSError as error:
            raise LogError(self.name, f"there is no room for what has come: {plain_reason(error)}") from error

    @classmethod
    def adopt(cls, file: int, name: str, damage: str | None) -> "Source":
        """The unpacked bytes that another process has opened as the descriptor `file`."""
        source = cls.__new__(cls)
        source.name, source.path, source.packing, source.damage = name, None, "", damage
        source._file = os.fdopen(file, "rb", buffering=0)  # noqa: SLF001 - it is our own
        source.size_bytes = os.fstat(file).st_size
        source.fingerprint = ""
        return source

    @property
    def file(self) -> int:
        """The descriptor of the unpacked bytes, all of which are there."""
        self._end()
        return self._file.fileno()

    @property
    def in_file(self) -> bool:
        """Whether its bytes are read from the file each time."""
        return self._kept is None

    def _open_file(self, path: Path, spool_dir: Path | None) -> tuple[BinaryIO, tuple[int, ...]]:
        try:
            # O_NONBLOCK: opening a named pipe must not wait for a writer
            fd = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0))
        except (OSError, ValueError) as error:
            raise LogError(self.name, _why_not_opened(path, error)) from error
        status = os.fstat(fd)
        for is_kind, reason in _KINDS:
            if is_kind(status.st_mode):
                os.close(fd)
                raise LogError(self.name, reason)
        file: BinaryIO = os.fdopen(fd, "rb", buffering=0)
        try:
            identity = (status.st_mtime_ns, status.st_ctime_ns, status.st_ino, status.st_dev)
            if status.st_size == 0 and os.pread(fd, 1, 0):
                with file:
                    return spooled(self.name, _bounded(self.name, fd), spool_dir), identity
        except OSError as error:
            file.close()
            raise LogError(self.name, f"it cannot be read: {plain_reason(error)}") from error
        except BaseException:
            file.close()
            raise
        return file, identity

    def _unpack(self, packing: str, fd: int) -> Iterator[bytes]:
        for block in unpacked(packing, self.name, fd):
            if isinstance(block, str):
                self.damage = block
            else:
                yield block

    def _taken_out(self, archive: Archive, fd: int) -> Iterator[bytes]:
        shown = {"sheet": "spreadsheet", "parquet": "Parquet"}.get(archive.kind, archive.kind)
        self.packing = f"{self.packing}, {shown}" if self.packing else shown
        for block in content(archive, self.name, fd):
            if isinstance(block, str):
                self.damage = block
            else:
                yield block

    def _table(self, reader: StoreReader, path: Path | None, fd: int, spool_dir: Path | None) -> BinaryIO:
        """The rows of a database as lines; read again if another program wrote to it meanwhile."""
        began = time.monotonic()
        for tries in itertools.count(1):
            try:
                rows = self._rows(reader, path, fd, spool_dir, again=tries > 1)
                return spooled(self.name, rows, spool_dir)
            except Moved:
                if tries >= _TRIES and time.monotonic() - began > _TRIED_S:
                    raise
        raise AssertionError

    def _rows(
        self, reader: StoreReader, path: Path | None, fd: int, spool_dir: Path | None, *, again: bool
    ) -> Iterator[bytes]:
        self.store = self.damage = None
        for block in reader.lines(self.name, path, fd, spool_dir, again=again):
            if isinstance(block, bytes):
                yield block
            elif isinstance(block, str):
                self.damage = block
            else:
                self.store = block

    def read(self, offset: int, length_bytes: int) -> bytes:
        """Return up to `length_bytes` bytes at `offset`; fewer only at the end of the log.

        Raises:
            LogError: The medium failed, or the log was closed.
        """
        try:
            if self._kept is not None and self._file.fileno() >= 0:
                return self._kept[offset : offset + length_bytes]
            if self._unpacking is not None:
                self.reaches(offset + length_bytes)
            data = os.pread(self._file.fileno(), length_bytes, offset)
            if len(data) < length_bytes and data:
                parts, have = [data], len(data)
                while have < length_bytes and (
                    more := os.pread(self._file.fileno(), length_bytes - have, offset + have)
                ):
                    parts.append(more)
                    have += len(more)
                data = b"".join(parts)
        except OSError as error:
            raise LogError(self.name, f"it cannot be read: {plain_reason(error)}", byte=offset) from error
        except ValueError as error:
            raise LogError(self.name, "it has been closed") from error
        return data

    def read_into(self, offset: int, room: memoryview) -> int:
        """Fill `room` with the bytes at `offset`; return how many there are, fewer only at the end of the log.

        Raises:
            LogError: The medium failed, or the log was closed.
        """
        if self._kept is not None or not hasattr(os, "preadv"):
            data = self.read(offset, len(room))
            room[: len(data)] = data
            return len(data)
        have = 0
        try:
            if self._unpacking is not None:
                self.reaches(offset + len(room))
            while have < len(room) and (more := os.preadv(self._file.fileno(), [room[have:]], offset + have)):
                have += more
        except OSError as error:
            raise LogError(self.name, f"it cannot be read: {plain_reason(error)}", byte=offset) from error
        except ValueError as error:
            raise LogError(self.name, "it has been closed") from error
        return have

    def next_data(self, offset: int) -> int:
        """Return where the next written bytes at or after `offset` begin (the size if none do)."""
        self._end()
        try:
            whence = os.SEEK_DATA
            return min(os.lseek(self._file.fileno(), offset, whence), self.size_bytes)
        except AttributeError:
            return offset
        except OSError as error:
            return self.size_bytes if error.errno == errno.ENXIO else offset

    def close(self) -> None:
        """Let go of the file, and of the source that it came from unless others read on there."""
        _OPEN.discard(self)
        if (unpacking := self._unpacking) is not None:
            unpacking.stop()
        self._file.close()
        if self._hold is not None:
            self._hold.release()


def _blocks(fd: int, size_bytes: int) -> Iterator[bytes]:
    offset = 0
    while offset < size_bytes and (block := os.pread(fd, min(BLOCK_BYTES, size_bytes - offset), offset)):
        yield block
        offset += len(block)


def _input_blocks() -> Iterator[bytes]:
    try:
        stream = sys.stdin.buffer if hasattr(sys.stdin, "buffer") else io.BytesIO(sys.stdin.read().encode())
        while block := stream.read(BLOCK_BYTES):
            yield block
    except (OSError, ValueError, AttributeError) as error:  # AttributeError: there is none at all
        closed = not isinstance(error, OSError) or error.errno == errno.EBADF
        reason = "it is closed" if closed else f"it cannot be read: {plain_reason(error)}"
        raise LogError("standard input", reason) from error


def _bounded(name: str, fd: int) -> Iterator[bytes]:
    offset = 0
    while block := os.pread(fd, BLOCK_BYTES, offset):
        offset += len(block)
        if offset > MOST_UNSIZED_BYTES:
            raise LogError(name, f"it has no size of its own and goes on past {MOST_UNSIZED_BYTES >> 20} MiB")
        yield block


def _fingerprint(fd: int, size_bytes: int, identity: tuple[object, ...]) -> str:
    digest = hashlib.blake2b(repr((size_bytes, *identity)).encode(), digest_size=16)
    digest.update(os.pread(fd, _ENDS_BYTES, 0))
    digest.update(os.pread(fd, _ENDS_BYTES, max(0, size_bytes - _ENDS_BYTES)))
    return digest.hexdigest()


def _why_not_opened(path: Path, error: Exception) -> str:
    if isinstance(error, ValueError):
        return "its name holds a character that no file name can hold"
    if isinstance(error, FileNotFoundError):
        if path.is_symlink():
            return f"it is a link to {path.readlink()}, which does not exist"
        return "there is no such file"
    if isinstance(error, PermissionError):
        return "you do not have permission to read it"
    if isinstance(error, OSError) and error.errno == errno.ENXIO:
        return "it is a socket or a device, not a file"
    return f"it cannot be opened: {plain_reason(error)}"
