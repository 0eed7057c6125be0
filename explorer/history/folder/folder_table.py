"""How is a table of a history folder read, a row group or several at a time, as numbers or as texts?"""

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt

from explorer.eventlog.errors import LogError
from explorer.eventlog.text_columns import TextColumn
from explorer.history.chunks import exact_value
from explorer.history.folder.layout import arrow
from explorer.history.folder.parts import FolderPart, RowGroup
from explorer.history.folder.row_groups import RowGroups

type Ints = npt.NDArray[Any]

_BATCH_ROWS = 1 << 18
_AT_ONCE = 8  # row groups: the next ones are decoded to where these were, which is in the processor's memory
_TEXTS = {"name", "json"}  # columns
_MOST_TEXT_BYTES = 1 << 30  # of the texts of a row group; few bytes in a file could stand for very many


class FolderTable:
    """One table of a folder, in as many row groups as its parts have together.

    Attributes:
        name: As in the manifest.
        groups: What the manifest says of each row group.
        starts: (groups + 1,) int64, the row with which each begins.
    """

    def __init__(self, groups: RowGroups, name: str, parts: Sequence[FolderPart]) -> None:
        self.name, self._parts, self._kept = name, parts, groups
        self.groups: list[RowGroup] = [group for part in parts for group in part.groups]
        self._places = [(part, at) for part in parts for at in range(len(part.groups))]
        self.starts = np.zeros(len(self.groups) + 1, np.int64)
        np.cumsum([group.rows for group in self.groups], out=self.starts[1:])

    def __len__(self) -> int:
        return int(self.starts[-1])

    @property
    def most_bytes(self) -> int:
        """How much memory may be used."""
        return self._kept.most_bytes

    @property
    def folder(self) -> str:
        """What the folder is called."""
        return self._kept.place.name

    def ints(
        self, column: str, group: int, nothing: int = 0, limit: int | None = None, *, keep: bool = True
    ) -> Ints:
        """A column of integers of one row group; `nothing` where it is null.

        Args:
            column: Which.
            group: Which row group.
            nothing: What stands for null.
            limit: Below which all of them must be, and none negative but `nothing`; None: whatever they are.
            keep: Whether it stays, for whoever comes next.

        Raises:
            LogError: The folder is damaged there.
        """
        return self.together({column: limit}, group, nothing, keep=keep)[column]

    def together(
        self, columns: Mapping[str, int | None], group: int, nothing: int = 0, *, keep: bool = True
    ) -> dict[str, Ints]:
        """Several columns of one row group, read in one go; for each its limit. Arguments and errors as of `ints`.

        `keep`: whether what is decoded for it stays, for whoever comes next.
        """
        missing = [name for name in columns if not self._kept.has((self.name, name, group))]
        read = dict(zip(missing, self._arrow(missing, group), strict=True)) if missing else {}

        def make(name: str) -> tuple[Ints, int]:
            found = read[name] if name in read else self.arrow(name, group)
            array = self._checked(found, nothing, columns[name], group)
            if (
                keep and array.base is not None
            ):  # a small part that stays would keep large ones of Arrow's memory
                array = array.copy()
                array.flags.writeable = False
            return array, array.nbytes

        return {
            name: self._kept.get((self.name, name, group), partial(make, name))
            if keep or name not in read
            else make(name)[0]
            for name in columns
        }

    def several(
        self, columns: Mapping[str, int | None], groups: Sequence[int]
    ) -> Iterator[tuple[int, dict[str, Ints]]]:
        """Several columns of several row groups, read together; of each column its limit. Nobody keeps them.

        Raises:
            LogError: The folder is damaged there.
        """
        by_file: dict[str, list[int]] = {}
        for group in groups:
            by_file.setdefault(self._places[group][0].file, []).append(group)
        some = (each[at : at + _AT_ONCE] for each in by_file.values() for at in range(0, len(each), _AT_ONCE))
        for own in some:
            self._kept.decoded += [(self.name, group) for group in own[1:]]
            with self._reading(own[0], ()) as (file, _):
                wanted = [self._places[group][1] for group in own]
                read = file.read_row_groups(wanted, columns=list(columns), use_threads=False)
            if len(read) != sum(self.groups[group].rows for group in own):
                raise self.damaged()
            begin = 0
            for group in own:
                rows = read.slice(begin, self.groups[group].rows)
                begin += len(rows)
                parts = {name: rows.column(name).combine_chunks() for name in columns}
                yield group, {name: self._checked(parts[name], 0, columns[name], group) for name in columns}

    def rows(self, column: str, number: int, columns: Sequence[str]) -> list[dict[str, Any]]:
        """The rows in which an ascending column holds a number, as Python's own values."""
        found: list[dict[str, Any]] = []
        for group in range(len(self.groups)):
            ends = np.array([number, number + 1])
            begin, end = np.searchsorted(self.ints(column, group), ends).tolist()
            if begin < end:

                def make(group: int = group) -> tuple[Any, int]:
                    read = self._arrow(columns, group)
                    return read, sum(each.nbytes for each in read)

                parts = self._kept.get((self.name, "rows", group), make)
                values = [part.slice(begin, end - begin).to_pylist() for part in parts]
                found += [dict(zip(columns, row, strict=True)) for row in zip(*values, strict=True)]
        return found

    def strings(self, column: str, group: int, *, keep: bool = True) -> Any:  # noqa: ANN401 - an array of Arrow
        """A column of texts of one row group, as Arrow keeps them; `keep`: for whoever comes next.

        Raises:
            LogError: The folder is damaged there, or few bytes of it stand for very many.
        """

        def make() -> tuple[Any, int]:
            found = self.arrow(column, group)
            if hasattr(found, "dictionary"):  # equal texts were read once: how long are all of them?
                ends = np.frombuffer(found.dictionary.buffers()[1] or b"\0" * 4, np.int32)
                sizes = np.diff(ends[found.dictionary.offset :][: len(found.dictionary) + 1])
                codes = found.indices.drop_null().to_numpy(zero_copy_only=False)
                if len(codes) and int(sizes[codes].sum(dtype=np.int64)) > _MOST_TEXT_BYTES:
                    raise self._kept.place.damaged(self._places[group][0].file, ValueError())
                found = found.dictionary_decode()
            return found, found.nbytes

        return self._kept.get((self.name, column, group), make) if keep else make()[0]

    def is_kept(self, column: str, group: int) -> bool:
        """Whether a column of a row group is at hand."""
        return self._kept.has((self.name, column, group))

    def arrow(self, column: str, group: int) -> Any:  # noqa: ANN401 - an array of Arrow
        """A column of one row group as Arrow has it; nobody keeps it."""
        return self._arrow([column], group)[0]

    def _arrow(self, columns: Sequence[str], group: int) -> list[Any]:
        with self._reading(group, columns) as (file, at):
            read = file.read_row_group(at, columns=list(columns), use_threads=False)
            found = [read.column(column) for column in columns]
        return [each.combine_chunks() if each.num_chunks != 1 else each.chunk(0) for each in found]

    def in_batches(self, columns: Mapping[str, int | None], group: int) -> Iterator[dict[str, Ints]]:
        """Columns of a large row group, some rows at a time; of each its limit. Nobody keeps them.

        Raises:
            LogError: The folder is damaged there.
        """
        with self._reading(group, ()) as (file, at):
            every = file.iter_batches(_BATCH_ROWS, row_groups=[at], columns=list(columns), use_threads=False)
            for batch in every:
                yield {name: self._checked(batch.column(name), 0, columns[name], group) for name in columns}

    @contextlib.contextmanager
    def _reading(self, group: int, columns: Sequence[str]) -> Iterator[tuple[Any, int]]:
        """The file in which a row group stands, for some columns, and which one of that file it is."""
        pa, _ = arrow()
        part, at = self._places[group]
        self._kept.decoded.append((self.name, group))
        try:
            with self._kept.file(part.file, ()) as file:
                groups = file.metadata.num_row_groups
                about = file.metadata.row_group(at) if at < groups else None
                if about is None or about.num_rows != part.groups[at].rows:
                    raise ValueError(part.file)  # noqa: TRY301 - as what Arrow finds
                if not (texts := _repeated(about, columns)):
                    yield file, at
                    return
            with self._kept.file(part.file, texts) as file:
                yield file, at
        except (OSError, pa.ArrowException, ValueError, KeyError) as error:
            raise self._kept.place.damaged(part.file, error) from error

    def _checked(self, found: Any, nothing: int, limit: int | None, group: int) -> Ints:  # noqa: ANN401
        """A column of Arrow as one of integers, all of which are below a limit."""
        if found.null_count:
            found = found.fill_null(nothing)
        array: Ints = found.to_numpy(zero_copy_only=False)
        if limit is not None and len(array):
            least, most = int(array.min()), int(array.max())
            if most >= limit or (least < 0 and least != nothing):
                raise self._kept.place.damaged(self._places[group][0].file, ValueError())
        return array

    def whole(self, column: str, make: Callable[[], Ints], size: int) -> Ints:
        """A whole column, kept like a row group.

        Raises:
            NeedsMemory: It takes more memory than there may be.
        """
        self._kept.refuse(size)

        def made() -> tuple[Ints, int]:
            found = make()
            found.flags.writeable = False
            return found, found.nbytes

        array: Ints = self._kept.get((self.name, column, "whole"), made)
        return array

    def made(self, name: tuple[object, ...], make: Callable[[], tuple[Any, int]]) -> Any:  # noqa: ANN401
        """What is made of the table and kept like a row group; `make` gives it and its bytes."""
        return self._kept.get((self.name, *name), make)

    def refuse(self, size: int) -> None:
        """See `RowGroups.refuse`."""
        self._kept.refuse(size)

    def damaged(self) -> LogError:
        """What is said of the table where it is not what the manifest tells of it."""
        return self._kept.place.damaged(self.name, ValueError())

    def names(self) -> TextColumn:
        """All texts of a table of names, in the order of their codes."""
        parts = [self.names_of(group, keep=False) for group in range(len(self.groups))]
        if len(parts) == 1:
            return parts[0]
        bases = np.cumsum([0, *(len(part.data) for part in parts)])
        empty = np.zeros(0, np.int64)
        return TextColumn(
            np.concatenate([np.zeros(0, np.uint8), *(part.data for part in parts)]),
            np.concatenate([empty, *(part.starts + base for part, base in zip(parts, bases, strict=False))]),
            np.concatenate([empty, *(part.ends + base for part, base in zip(parts, bases, strict=False))]),
        )

    def name_at(self, row: int) -> str:
        """The text in a row of a table of names."""
        group = int(np.searchsorted(self.starts, row, "right")) - 1
        place = row - int(self.starts[group])
        found: str | None = self.strings("name", group)[place].as_py()
        return str(self.value(row)) if found is None else found

    def place_of_name(self, group: int, name: str) -> int | None:
        """In which row of a row group of names one stands; None: in none."""
        import pyarrow.compute as pc  # type: ignore[import-untyped]

        pa, _ = arrow()
        try:
            wanted = pa.scalar(name, pa.string())
        except UnicodeEncodeError:  # such ones are told as JSON
            if not self.groups[group].nulls.get("name"):
                return None
            names = list(self.names_of(group, keep=False))
            return names.index(name) if name in names else None
        found = pc.index(self.strings("name", group, keep=False), wanted).as_py()
        return None if found < 0 else int(found)

    def names_of(self, group: int, *, keep: bool = True) -> TextColumn:
        """The texts in one row group of a table of names; `keep`: for whoever comes next."""
        found = self.strings("name", group, keep=keep)
        if found.null_count:  # some are no UTF-8, and told as JSON
            told, names = self.strings("json", group, keep=keep).to_pylist(), found.to_pylist()
            return TextColumn.of(
                [str(self._value(told[at])) if name is None else name for at, name in enumerate(names)]
            )
        _, ends, data = found.buffers()
        at = np.frombuffer(ends, np.int32)[found.offset :][: len(found) + 1].astype(np.int64)
        raw = np.frombuffer(data, np.uint8) if data is not None else np.zeros(0, np.uint8)
        return TextColumn(raw[at[0] : at[-1]], at[:-1] - at[0], at[1:] - at[0])

    def value(self, row: int) -> object:
        """The value of a table of values that stands in a row."""
        group = int(np.searchsorted(self.starts, row, "right")) - 1
        return self._value(self.strings("json", group)[row - int(self.starts[group])].as_py())

    def values(self, group: int) -> list[object]:
        """The values of one row group of a table of values; nobody keeps them."""
        told = self.strings("json", group).to_pylist()
        found = self._value("[" + ",".join([each or "null" for each in told]) + "]")
        if not isinstance(found, list) or len(found) != len(told):
            raise self._kept.place.damaged(self._places[group][0].file, ValueError())
        return found

    def _value(self, text: str | None) -> object:
        try:
            return exact_value(text or "null")
        except (ValueError, RecursionError) as error:
            raise self._kept.place.damaged(self.name, error) from error


def _repeated(about: Any, columns: Sequence[str]) -> tuple[str, ...]:  # noqa: ANN401 - what Parquet says
    """Which of the columns of texts of a row group tell equal ones once: few bytes may stand for very many."""
    if not set(columns) & _TEXTS:
        return ()
    own = (about.column(at) for at in range(about.num_columns))
    return tuple(
        each.path_in_schema
        for each in own
        if each.path_in_schema in _TEXTS and any("DICT" in coded for coded in each.encodings)
    )
