"""How does one part of a table become a Parquet file, and what does the manifest say of it?

A part is written by whoever has its rows, in whatever process: it needs the name of the table and nothing else. What
it returns is plain data, for the manifest.
"""

import os
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import msgspec
import numpy as np

from explorer.history.folder.layout import GROUP_ROWS, arrow, arrow_schema, columns_of

_BLOCK_BYTES = 1 << 20
_LEVEL = 3  # of zstd
_NULLS = 65_536  # rows
LONGEST_FIRST = 200  # characters of a name that the manifest has
_RANGES = (
    "position",
    "entity",
    "slot",
    "at_ns",
    "clock_ns",
    "reached_ns",
)  # columns whose least and greatest are told
_SAME = (
    "type",
    "entity",
    "part",
    "code",
    "decimals",
    "key",
    "wide",
    "digits",
)  # often the same
_LOOKED_AT = 65_536  # rows, before a file is begun
_SELDOM = 8  # rows for each value are the least that are often the same

type Columns = Mapping[str, Any]  # arrays of NumPy or of Arrow, of one length


class RowGroup(msgspec.Struct, frozen=True):
    """One row group.

    Attributes:
        rows: How many rows.
        ranges: The least and the greatest value of some columns.
        nulls: How many values of a column are null, where some are.
        first: Of names that ascend by their bytes in all row groups of the part: the first one, or its beginning.
    """

    rows: int
    ranges: dict[str, tuple[int, int]] = {}
    nulls: dict[str, int] = {}
    first: str | None = None


class FolderPart(msgspec.Struct, frozen=True):
    """One file of a table.

    Attributes:
        file: Its place in the folder, such as `by-entity/field-00/00000.parquet`.
        bytes: Its size.
        checksum: CRC-32 of all its bytes.
        groups: Its row groups.
    """

    file: str
    bytes: int
    checksum: int
    groups: tuple[RowGroup, ...]

    @property
    def rows(self) -> int:
        """How many rows it has."""
        return sum(group.rows for group in self.groups)


class PartWriter:
    """Writes one part of a table; batches of any length come out as row groups of `group_rows`.

    Args:
        folder: The folder that is being made.
        table: Which table.
        number: Which part of it.
        kind: What the values of its field are.
        group_rows: How many rows a group has; 0: as many as come before `end_group`.
    """

    def __init__(
        self, folder: Path, table: str, number: int = 0, kind: str = "counts", group_rows: int = GROUP_ROWS
    ) -> None:
        self._schema = arrow_schema(columns_of(table, kind))
        self._file = f"{table}/{number:05}.parquet"
        self._path = folder / self._file
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._group_rows = group_rows
        self._waiting: list[Any] = []
        self._waits = 0
        self._groups: list[RowGroup] = []
        names = self._schema.names
        self._same = () if "name" in names else _SAME  # no name stands there twice
        self._firsts: list[str] | None = [] if "name" in names else None  # None: names do not ascend
        self._last = ""
        self._writer: Any = None

    def add(self, columns: Columns) -> None:
        """Rows in the order of the table, as many as one likes; a column that is None is null in all of them."""
        pa, _ = arrow()
        count = max(len(column) for column in columns.values() if column is not None)
        arrays = [
            _nulls(count, field.type)
            if columns[field.name] is None
            else pa.array(columns[field.name], field.type)
            for field in self._schema
        ]
        batch = pa.Table.from_arrays(arrays, schema=self._schema)
        self._waiting.append(batch)
        self._waits += len(batch)
        if self._group_rows and self._waits >= self._group_rows:
            self._flush(self._waits // self._group_rows * self._group_rows)

    def end_group(self) -> None:
        """What comes now stands in another row group."""
        if self._waits:
            self._write(arrow()[0].concat_tables(self._waiting))
            self._waiting, self._waits = [], 0

    def finish(self) -> FolderPart:
        """Close the file; what the manifest says of it."""
        self.end_group()
        if self._writer is None:
            self._open(self._schema.empty_table())
        self._writer.close()
        size, checksum = summed(self._path)
        groups = self._groups
        if self._firsts is not None:
            groups = [
                msgspec.structs.replace(group, first=first)
                for group, first in zip(groups, self._firsts, strict=True)
            ]
        return FolderPart(self._file, size, checksum, tuple(groups))

    def _flush(self, count: int) -> None:
        pa, _ = arrow()
        whole = pa.concat_tables(self._waiting)
        for first in range(0, count, self._group_rows):
            self._write(whole.slice(first, min(self._group_rows, count - first)))
        self._waiting = [whole.slice(count)] if len(whole) > count else []
        self._waits = len(whole) - count

    def _write(self, rows: Any) -> None:  # noqa: ANN401 - a table of Arrow
        import pyarrow.compute as pc  # type: ignore[import-untyped]

        ranges, nulls = {}, {}
        for name in self._schema.names:
            column = rows.column(name)
            if column.null_count:
                nulls[name] = column.null_count
            if name in _RANGES and len(rows) > column.null_count:
                found = pc.min_max(column)
                ranges[name] = found["min"].as_py(), found["max"].as_py()
        if self._firsts is not None:
            self._look_at_names(rows.column("name"))
        self._groups.append(RowGroup(len(rows), ranges, nulls))
        if self._writer is None:
            self._open(rows)
        self._writer.write_table(rows, row_group_size=max(len(rows), 1))

    def _open(self, rows: Any) -> None:  # noqa: ANN401 - a table of Arrow
        """Begin the file, with a dictionary for each column whose first values are often the same."""
        import pyarrow.compute as pc

        _, pq = arrow()
        rows = rows.slice(0, _LOOKED_AT)
        same = [
            name for name in self._schema.names
            if name in self._same and pc.count_distinct(rows.column(name)).as_py() * _SELDOM <= len(rows)
        ]  # fmt: skip
        self._writer = pq.ParquetWriter(
            self._path,
            self._schema,
            compression="zstd",
            compression_level=_LEVEL,
            use_dictionary=same,
            column_encoding={
                field.name: "DELTA_BINARY_PACKED"
                for field in self._schema
                if field.name not in same and "int" in str(field.type)
            },
            write_page_checksum=True,
            write_statistics=True,
            store_schema=False,
        )

    def _look_at_names(self, names: Any) -> None:  # noqa: ANN401 - a column of Arrow
        """Keep the first of them, as long as all ascend."""
        import pyarrow.compute as pc

        if self._firsts is None or not len(names):
            return
        ascend = not names.null_count and pc.all(pc.greater(names[1:], names[:-1]), min_count=0).as_py()
        first = names[0].as_py() if ascend else ""
        if not ascend or (self._groups and first.encode() <= self._last.encode()):
            self._firsts = None
            return
        self._firsts.append(first[:LONGEST_FIRST])
        self._last = names[-1].as_py()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None and self._writer is not None:
            self._writer.close()


def _nulls(count: int, kind: Any) -> Any:  # noqa: ANN401 - a type and a column of Arrow
    """A column of nothing, which takes little memory however long it is."""
    pa, _ = arrow()
    some = pa.nulls(min(count, _NULLS), kind)
    whole, rest = divmod(count, _NULLS)
    return pa.chunked_array([*(some,) * whole, some.slice(0, rest)], kind) if whole else some


def write_part(
    folder: Path, table: str, batches: Iterable[Columns], number: int = 0, kind: str = "counts",
    group_rows: int = GROUP_ROWS,
) -> FolderPart:  # fmt: skip
    """The same in one call, of batches one after the other."""
    with PartWriter(folder, table, number, kind, group_rows) as part:
        for batch in batches:
            part.add(batch)
        return part.finish()


def summed(path: Path) -> tuple[int, int]:
    """A file's size, and the CRC-32 of its bytes."""
    size = checksum = 0
    with path.open("rb", buffering=0) as file:
        while block := file.read(_BLOCK_BYTES):
            size += len(block)
            checksum = zlib.crc32(block, checksum)
    return size, checksum


def synced(path: Path) -> None:
    """Have the system write a file or a folder out, where it can."""
    flags = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) if path.is_dir() else os.O_RDONLY
    if os.name == "nt" and path.is_dir():
        return
    handle = os.open(path, flags)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def ints(column: Any, kind: Any = np.int64) -> Any:  # noqa: ANN401 - an array
    """A column as plain integers of one kind, without a copy where it is one."""
    return np.asarray(column).astype(kind, copy=False)
