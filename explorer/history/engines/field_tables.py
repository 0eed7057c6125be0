"""How does a machine write some tables of a folder, for another one that puts the history folder together?"""

from collections.abc import Callable, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import Any, cast

import msgspec
import numpy.typing as npt
import pyarrow as pa  # type: ignore[import-untyped]

from explorer.history.engines.assembly import FieldInFolder
from explorer.history.engines.event_tables import EventsInFolder, EventsTold
from explorer.history.engines.folder_rows import EventTable, FieldTable
from explorer.history.engines.folding import FoldedSegment
from explorer.history.engines.naming import NamesFile, numbered
from explorer.history.engines.spilled import ColumnsFile, NumbersFile, SpilledGo, names_in
from explorer.history.engines.whole_log import WholeLog
from explorer.history.folder.layout import ENTITIES, NAMED
from explorer.history.folder.manifest import FieldAbout
from explorer.history.folder.parts import FolderPart
from explorer.history.folder.writer import FolderWriter
from explorer.projection.model import Field

type Ints = npt.NDArray[Any]

_BIRTHS, _CODES = "births.columns", "codes.numbers"
_NUMBERED = ("types", "entities")


class LogOfTables:
    """What of a `WholeLog` who writes tables looks at; all else lies in files that all machines see.

    Attributes:
        count, scales, keys, touches, values, types, entities, lines: As of that.
    """

    def __init__(self, whole: WholeLog) -> None:
        self.count, self.touches = whole.count, whole.touches
        self.scales, self.keys = dict(whole.scales), whole.keys
        self.values: dict[str, NamesFile] = whole.values
        self.types, self.entities, self.lines = whole.types, whole.entities, whole.lines
        self._places = {go.path: at for at, go in enumerate(whole.goes)}
        self._numbers = {kind: whole.numbers_file(kind) for kind in _NUMBERED}

    @cached_property
    def goes(self) -> list[SpilledGo]:
        """All goes, in log order."""
        return [SpilledGo(path) for path in self._places]

    def numbers(self, go: SpilledGo, kind: str, begin: int = 0, end: int | None = None) -> Ints:
        """(names of that go,) the number of each in the whole log."""
        return self._numbers[kind].read(self._places[go.path], begin, end)


class TablesMade(msgspec.Struct, frozen=True):
    """Some tables.

    Attributes:
        folder: Where they are.
        tables: What the manifest says of them.
        events: And of all events, if they are among them.
    """

    folder: str
    tables: dict[str, tuple[FolderPart, ...]]
    events: EventsTold | None = None


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
    rows = FieldTable(segments, codes_of(log.values.get(own.name), segments, writer.folder / _CODES))
    tables = FieldInFolder(cast("WholeLog", log), writer, number, own, rows)
    for task in (tables.moved, tables.sorted):
        for _ in task():
            pass
    if number == log.touches:
        ColumnsFile.written(writer.folder / _BIRTHS, {"rank": tables.births.ranks})
    return FieldMade(str(writer.folder), tables.about, writer.tables)


def codes_of(values: NamesFile | None, segments: Sequence[FoldedSegment], file: Path) -> dict[Path, Ints]:
    """For segments whose values have numbers of their own, those of the whole log, by the paths of their rows.

    Args:
        values: All values of the field; None: it has no such.
        segments: They.
        file: Where the numbers are to lie: in memory is what was looked at last.
    """
    paths = [path for each in segments if each.own_values for path in each.paths]
    if values is None or not paths:
        return {}
    lists: list[Callable[[], pa.Array]] = [partial(names_in, path.with_suffix(".values")) for path in paths]
    numbers = NumbersFile(file, [len(names()) for names in lists])
    done = [0] * len(lists)
    for _, each in numbered([*lists, values.names]):
        numbers.put(done, each[: len(lists)])
    return {path: numbers.looked_at(at) for at, path in enumerate(paths)}


def write_events(log: LogOfTables, place: Path, group_rows: int) -> TablesMade:
    """Write the events, and how dense they are."""
    writer = FolderWriter(place / "events", group_rows=group_rows)
    tables = EventsInFolder(writer, EventTable(log))
    for _ in tables.write():
        pass
    return TablesMade(str(writer.folder), writer.tables, tables.told)


def write_entities(log: LogOfTables, place: Path, group_rows: int) -> TablesMade:
    """Write the names of all entities."""
    writer = FolderWriter(place / "entities", group_rows=group_rows)
    writer.write_entities(ENTITIES, log.entities.texts())
    return TablesMade(str(writer.folder), writer.tables)


def write_named(paths: Sequence[Path], place: Path, group_rows: int) -> TablesMade:
    """Write who is named alone, of files one after the other."""
    writer = FolderWriter(place / "named", group_rows=group_rows)
    files = (ColumnsFile(path) for path in paths)
    writer.write(NAMED, ({name: own.read(name) for name in ("entity", "position")} for own in files))
    return TablesMade(str(writer.folder), writer.tables)
