"""How is a log to be read, and where is its index kept?"""

from dataclasses import dataclass
from pathlib import Path

from explorer.eventlog.event import FieldMap
from explorer.eventlog.profiles.profile import Profile
from explorer.eventlog.read_as import AS_FOUND, ReadAs
from explorer.projection.model import AUTO, Recipe

__all__ = ["AUTO", "DEFAULTS", "OpenOptions", "Recipe"]


@dataclass(frozen=True)
class OpenOptions:
    """How to read a log: fields that override the guess, and the read model."""

    fields: FieldMap | None = None
    projection: Recipe = AUTO
    spool_dir: Path | None = None  # where a packed log is unpacked to; None = the system's temporary folder
    cache_dir: Path | None = None  # where finished indexes are kept; None = nowhere
    read_as: ReadAs = AS_FOUND  # what was said of how it is written
    profile: Profile | None = None  # how its records become events; None = one that fits, or what is guessed
    profiles_dir: Path | None = None  # where profiles are kept by the shape of a log; None = nowhere
    folder_bytes: int | None = None  # of memory, for what is decoded of a history folder; None = as usual
    jumps: bool = True  # whether many places are looked at, so that what makes jumps quick is made at once

    @property
    def says_nothing(self) -> bool:
        """Whether all of the log is to be found by itself, or as is usual for it."""
        no_fields = self.fields is None or self.fields == FieldMap()
        said = self.projection, self.read_as, self.profile
        return no_fields and said == (AUTO, AS_FOUND, None)


DEFAULTS = OpenOptions()
