"""How does a machine write the tables of one field, for another one that puts the history folder together?"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

import msgspec
import numpy.typing as npt

from explorer.history.engines.assembly import FieldInFolder
from explorer.history.engines.folder_rows import FieldTable
from explorer.history.engines.folding import FoldedSegment
from explorer.history.engines.naming import NamesFile
from explorer.history.engines.spilled import ColumnsFile
from explorer.history.engines.whole_log import WholeLog
from explorer.history.folder.manifest import FieldAbout
from explorer.history.folder.parts import FolderPart
from explorer.history.folder.writer import FolderWriter
from explorer.projection.model import Field

type Ints = npt.NDArray[Any]

_BIRTHS = "births.columns"


class LogOfTables:
    """What of a `WholeLog` who writes a field looks at; names and values lie in files that all machines see.

    Attributes:
        count, scales, keys, touches, values: As of that.
    """

    def __init__(self, whole: WholeLog) -> None:
        self.count, self.touches = whole.count, whole.touches
        self.scales, self.keys = dict(whole.scales), whole.keys
        self.values: dict[str, NamesFile] = whole.values


class FieldMade(msgspec.Struct, frozen=True):
    """The tables of one field.

    Attributes:
        folder: Where they are.
        about: What the manifest says of the field, …
        tables: … and of its tables.
    """

    folder: str
    about: FieldAbout
    tables: dict[str, tuple[FolderPart, ...]]

    @property
    def births(self) -> Ints:
        """(s,) the how manieth each slot came to be, of the field that counts what happens; -1: it never did."""
        found: Ints = ColumnsFile(Path(self.folder) / _BIRTHS).read("rank")
        return found


def write_field(
    log: LogOfTables,
    field: tuple[int, Field],
    segments: Sequence[FoldedSegment],
    place: Path,
    group_rows: int,
) -> FieldMade:
    """Write the tables of a field into a folder of their own.

    Args:
        log: What is known of the log.
        field: Which, and its number.
        segments: All its changes.
        place: In which folder that is to be.
        group_rows: How many rows a row group has.
    """
    number, own = field
    writer = FolderWriter(place / f"field-{number}", group_rows=group_rows)  # another name each time
    tables = FieldInFolder(cast("WholeLog", log), writer, number, own, FieldTable(segments))
    for task in (tables.moved, tables.sorted):
        for _ in task():
            pass
    if number == log.touches:
        ColumnsFile.written(writer.folder / _BIRTHS, {"rank": tables.births.ranks})
    return FieldMade(str(writer.folder), tables.about, writer.tables)
