"""How is a log to be read, and where is its index kept?"""

from dataclasses import dataclass
from pathlib import Path

from explorer.eventlog import EventLog
from explorer.eventlog.event import FieldMap
from explorer.history.cache import IndexCache
from explorer.history.reading import SMALL_BYTES


@dataclass(frozen=True)
class OpenOptions:
    """How to read a log: fields that override the guess, and the read model."""

    fields: FieldMap | None = None
    projection: str = "auto"
    spool_dir: Path | None = None  # where a packed log is unpacked to; None = the system's temporary folder
    cache_dir: Path | None = None  # where finished indexes are kept; None = nowhere


DEFAULTS = OpenOptions()


def cache_of(log: EventLog, options: OpenOptions) -> IndexCache | None:
    """Where this log's index is kept; a small log is read sooner than its index would be found."""
    if options.cache_dir is None or log.size_bytes <= SMALL_BYTES:
        return None
    return IndexCache(options.cache_dir)
