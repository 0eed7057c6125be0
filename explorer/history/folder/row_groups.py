"""Which row groups of a history folder are decoded, and which of them go when they take too much memory?"""

import contextlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from typing import Any

import numpy.typing as npt

from explorer.eventlog.errors import LogError, OutOfReach
from explorer.history.column_files import trim
from explorer.history.folder.layout import arrow
from explorer.history.folder.place import FolderPlace

type Ints = npt.NDArray[Any]

MOST_BYTES = 512 << 20
_MOST_FILES = 64  # that are open at once …
_TIMES_OPEN = 3  # … and one of them: who goes through all of it lets nobody else come by
_GIVEN_BACK = 32 << 20  # bytes: more of them are given back to the system at once


class NeedsMemory(OutOfReach):
    """What is asked needs a whole column of a history folder in memory, and that is more than may be used for it."""


class RowGroups:
    """The decoded row groups of one folder; the ones that were looked at least recently go first.

    Attributes:
        place: Where the folder stands.
        most_bytes: How much memory they may take.
        decoded: Which row groups were decoded so far: (table, group), each time that one was.
    """

    def __init__(self, place: FolderPlace, most_bytes: int = MOST_BYTES) -> None:
        self.place = place
        self.most_bytes = most_bytes
        self.decoded: list[tuple[str, int]] = []
        self._kept: OrderedDict[tuple[object, ...], tuple[Any, int]] = OrderedDict()
        self._bytes = self._held = 0
        self._files: OrderedDict[tuple[str, tuple[str, ...], int], _OpenFile] = OrderedDict()
        self._ends: dict[str, Any] = {}  # what the end of each part tells of its row groups: it is read once
        self._lock = threading.RLock()
        self._closed = False

    @property
    def bytes_kept(self) -> int:
        """How much memory they take."""
        return self._bytes

    def get(self, key: tuple[object, ...], make: Callable[[], tuple[Any, int]]) -> Any:  # noqa: ANN401
        """What is kept under `key`; else what `make` makes of it, with its bytes."""
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
                return found[0]
        made, size = make()  # nobody else waits for it, as one on the window's thread would
        with self._lock:
            if key not in self._kept and not self._closed:
                self._kept[key] = made, size
                self._bytes += size
                self._shrink()
            return made

    def at_hand(self, key: tuple[object, ...]) -> Any:  # noqa: ANN401
        """What is kept under `key`; None if nothing is."""
        with self._lock:
            found = self._kept.get(key)
            if found is None:
                return None
            self._kept.move_to_end(key)
            return found[0]

    def has(self, key: tuple[object, ...]) -> bool:
        """Whether something is kept under `key`."""
        with self._lock:
            return key in self._kept

    @contextlib.contextmanager
    def file(self, file: str, texts: tuple[str, ...]) -> Iterator[Any]:
        """A part, open, for this thread alone; see `FolderPlace.parquet`."""
        while True:
            found = self._free(file, texts)
            try:
                if found.gone:  # while this thread waited for it: nobody would close it once more
                    continue
                if found.file is None:
                    found.file = self.place.parquet(file, texts, self._ends.get(file))
                    self._ends[file] = found.file.metadata
                yield found.file
                return
            finally:
                found.lock.release()

    def _free(self, file: str, texts: tuple[str, ...]) -> "_OpenFile":
        """A part that no other thread reads, locked: it is opened once more before somebody waits for another."""
        for number in range(_TIMES_OPEN):
            key, gone = (file, texts, number), None
            with self._lock:
                if self._closed:
                    raise LogError(self.place.name, "it has been closed")
                found = self._files.get(key)
                if found is None:
                    found = self._files[key] = _OpenFile()
                    if len(self._files) > _MOST_FILES:
                        gone = self._files.popitem(last=False)[1]
                self._files.move_to_end(key)
            if gone is not None:  # whoever reads it may need what the lock guards
                gone.close()
            if found.lock.acquire(blocking=number + 1 == _TIMES_OPEN):
                return found
        raise AssertionError  # the last one is waited for

    def allow(self, most_bytes: int) -> None:
        """Let them take so much memory from now on."""
        with self._lock:
            self.most_bytes = most_bytes
            self._shrink()

    def hold(self, size: int) -> Callable[[], None]:
        """Let something else take so much of the memory that they may take; what ends that. Safe to call twice."""
        left = [size]

        def change(by: int) -> None:
            with self._lock:
                self._held += by
                self._shrink()

        def end() -> None:
            if left:
                change(-left.pop())

        change(size)
        return end

    @contextlib.contextmanager
    def room(self, size: int) -> Iterator[None]:
        """While very many rows are worked with, they take that much less; whoever comes is no thread that shows it.

        What a page shows has room in any case.
        """
        end = self.hold(min(size, self.most_bytes // 4 * 3))
        try:
            yield
        finally:
            end()
            if size >= _GIVEN_BACK:
                give_back()

    def _shrink(self) -> None:
        while self._bytes + self._held > self.most_bytes and len(self._kept) > 1:
            _, (_, gone) = self._kept.popitem(last=False)
            self._bytes -= gone

    def refuse(self, size: int) -> None:
        """Return if so many bytes may be in memory at once.

        Raises:
            NeedsMemory: That is more than may be used.
        """
        if size > self.most_bytes:
            raise NeedsMemory(
                self.place.name,
                f"this needs {size >> 20:,} MiB of the history in memory at once, and {self.most_bytes >> 20:,} MiB "
                "are allowed (see “A billion events” in the guide)",
            )

    def forget(self) -> list[Any]:
        """Keep nothing; what is looked at again is decoded again.

        Returns:
            What was kept. To give its memory back takes a while: whoever shows something has another thread empty it.
        """
        with self._lock:
            gone = [each for each, _ in self._kept.values()]
            self._kept.clear()
            self._bytes = 0
            return gone

    def close(self) -> None:
        """Let go of all files and memory. Safe to call twice."""
        with self._lock:
            self._closed = True
            files = list(self._files.values())
            self._files.clear()
            self._kept.clear()
            self._bytes = 0
        for file in files:
            file.close()


def give_back() -> None:
    """Give the system the memory that was let go of: Arrow keeps it for a while, and some of it for ever."""
    arrow()[0].default_memory_pool().release_unused()
    trim()


class _OpenFile:
    """A file of Parquet, and who reads it."""

    def __init__(self) -> None:
        self.file: Any = None
        self.gone = False
        self.lock = threading.RLock()

    def close(self) -> None:
        """Close it once nobody reads it."""
        with self.lock:
            self.gone = True
            if self.file is not None:
                self.file.close(force=True)
            self.file = None
