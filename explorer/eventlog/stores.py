"""Which databases can be read as a log?

This is where each is registered, and the only place. A store is read once, when the log is opened, and written as lines
of JSON into a private file, from which on it is a log like any other.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol, runtime_checkable

from explorer.eventlog.sqlite import store as sqlite_store


class Store(Protocol):
    """What was found in a database."""

    @property
    def shown(self) -> str:
        """For display: `SQLite, table stored_events`."""

    @property
    def payload(self) -> str | None:
        """The member of a line that holds the payload as it is stored, see `sqlite.rows`; None if there is none."""


@runtime_checkable
class PlacedStore(Store, Protocol):
    """Several files, whose lines tell where each record stands."""

    def original(self, line: bytes) -> bytes:
        """The bytes of a record as they stand in the file that it is from."""

    def place(self, line: bytes) -> str:
        """Where that is, in words."""


class StoreReader(Protocol):
    """What the module of a store has."""

    MAGIC: bytes  # how its files begin

    def identity(self, path: Path) -> tuple[object, ...]:
        """What tells whether there is something new beside a database of any kind that stands at `path`."""

    def lines(
        self, name: str, path: Path | None, file: int, spool_dir: Path | None, *, again: bool = False
    ) -> Iterator[bytes | str | Store]:
        """Yield what the store is, then its rows as lines; see `sqlite.store.lines`."""


STORES: list[StoreReader] = [sqlite_store]


def store_reader(head: bytes) -> StoreReader | None:
    """What reads a file that begins so, if it is a store."""
    return next((each for each in STORES if head.startswith(each.MAGIC)), None)


def head_bytes() -> int:
    """How much of a file `store_reader` looks at."""
    return max(len(each.MAGIC) for each in STORES)


def identity(path: Path) -> Sequence[object]:
    """What tells whether there is something new beside a store, whichever it is."""
    return tuple(each.identity(path) for each in STORES)
