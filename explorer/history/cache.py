"""Was this log read before, so that its index need not be built again?

The cache is private to one person, can be deleted at any time, and is never needed. A log that has changed,
another read model or other fields: each is another entry or replaces the one there was.
"""

import contextlib
import hashlib
import os
import shutil
import tempfile
from pathlib import Path

import msgspec

from explorer.eventlog.log import EventLog
from explorer.history.collect import Collected
from explorer.history.history import History
from explorer.history.reading import SMALL_BYTES
from explorer.history.resume import Resumption
from explorer.history.saved import FORMAT, Damaged, SavedColumns, Unsteady, load, save
from explorer.history.steady import note
from explorer.patterns import lazy_pattern
from explorer.projection.model import Recipe

MOST_BYTES = 20 << 30
_ENTRY = lazy_pattern(r"[0-9a-f]{32}|unfinished-[A-Za-z0-9_]+")
_FILE = lazy_pattern(r"manifest(\.new)?|[0-9]+\.npy")


class IndexCache:
    """The indexes in one folder, the least recently used ones going first when they take too much room."""

    def __init__(self, folder: Path, most_bytes: int = MOST_BYTES) -> None:
        self._folder = folder / "index"
        self._most_bytes = most_bytes

    def load(self, log: EventLog, projection: Recipe) -> tuple[Collected, History] | Resumption | None:
        """The index of an unchanged log, or what was read of one that has only grown.

        None if there is none that can be trusted; what belongs to other bytes is thrown away.
        """
        entry = self._entry(log, projection)
        if entry is None or not self._is_ours() or not _is_entry(entry):
            note(log)
            return None
        try:
            found = load(entry, log)
        except Damaged:
            shutil.rmtree(entry, ignore_errors=True)
            if log.noted is None:
                note(log)
            return None
        with contextlib.suppress(OSError):
            os.utime(entry)
        return found

    def save(
        self, log: EventLog, projection: Recipe, collected: Collected, history: History
    ) -> SavedColumns | None:
        """Keep an index; returns what was written, which may take its place. None if that was not possible."""
        entry = self._entry(log, projection)
        if entry is None or not collected.complete:
            return None
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not self._is_ours():
                return None
            unfinished = Path(tempfile.mkdtemp(prefix="unfinished-", dir=self._folder))
        except OSError:
            return None
        try:
            saved = save(unfinished, entry.name, collected, history)
            shutil.rmtree(entry, ignore_errors=True)
            unfinished.rename(entry)
        except (OSError, Unsteady):
            shutil.rmtree(unfinished, ignore_errors=True)
            return None
        self._make_room(entry)
        return saved

    @property
    def size_bytes(self) -> int:
        """How much room all indexes take."""
        return sum(_size(entry) for entry in self._entries()) if self._is_ours() else 0

    def clear(self) -> int:
        """Delete every index; returns how many bytes they took."""
        freed = self.size_bytes
        for entry in self._entries() if self._is_ours() else ():
            shutil.rmtree(entry, ignore_errors=True)
        with contextlib.suppress(OSError):  # the person may keep something else in it
            self._folder.rmdir()
        return freed

    def _entry(self, log: EventLog, projection: Recipe) -> Path | None:
        """Where the index of a log is, or would be: by the file's name and how it is read."""
        if log.path is None:
            return None
        told = repr(
            (
                FORMAT,
                str(log.path.absolute()),
                projection,
                msgspec.structs.astuple(log.fields),
                msgspec.structs.astuple(log.read_as),
                msgspec.to_builtins(log.profile),
            )
        )
        return (
            self._folder
            / hashlib.blake2b(told.encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()
        )

    def _is_ours(self) -> bool:
        """Another person's folder, or a link to somewhere else, is never used."""
        try:
            status = self._folder.lstat()
        except OSError:
            return False
        return not self._folder.is_symlink() and (not hasattr(os, "getuid") or status.st_uid == os.getuid())

    def _entries(self) -> list[Path]:
        with contextlib.suppress(OSError):
            return [entry for entry in self._folder.iterdir() if _is_entry(entry)]
        return []

    def _make_room(self, keep: Path) -> None:
        with contextlib.suppress(OSError):
            entries = sorted(self._entries(), key=lambda entry: entry.stat().st_mtime_ns, reverse=True)
            room = self._most_bytes - _size(keep)
            for entry in entries:
                if entry != keep:
                    room -= _size(entry)
                    if room < 0:
                        shutil.rmtree(entry, ignore_errors=True)


def cache_in(folder: Path | None, log: EventLog) -> IndexCache | None:
    """Where this log's index is kept, if in a folder; a small log is read sooner than its index would be found."""
    return None if folder is None or not log.goes_beyond(SMALL_BYTES) else IndexCache(folder)


def _is_entry(path: Path) -> bool:
    """Whether this is an index that was kept: a person may have named any folder for the cache."""
    if not _ENTRY.fullmatch(path.name) or path.is_symlink() or not path.is_dir():
        return False
    return all(_FILE.fullmatch(file.name) and not file.is_dir() for file in path.iterdir())


def _size(folder: Path) -> int:
    with contextlib.suppress(OSError):
        return sum(file.stat().st_size for file in folder.iterdir())
    return 0
