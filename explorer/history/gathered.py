"""How do the chunks of one log, from several readers, become columns of the whole log?"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from explorer.eventlog import EventLog
from explorer.eventlog.event import Notice, Unread
from explorer.eventlog.names import Names
from explorer.history.build import Operands
from explorer.history.chunks import Chunk, Problem, exact_text, exact_value
from explorer.history.events import Events
from explorer.history.ordering import narrow
from explorer.projection.model import Field, ReadModel

type Ints = npt.NDArray[Any]

_AHEAD = 1.3  # a log's first events may be longer than the others


class Column:
    """A column that grows. Room is taken ahead; memory is used as it is filled."""

    def __init__(self, kind: "np.typing.DTypeLike") -> None:
        self._data: Ints = np.empty(0, kind)
        self.size = 0

    def append(self, part: Ints, room: int) -> None:
        """Add `part`; make room for `room` items if there is too little."""
        end = self.size + len(part)
        if end > len(self._data):
            grown = np.empty(max(room, end + end // 2), np.promote_types(self._data.dtype, part.dtype))
            grown[: self.size] = self._data[: self.size]
            self._data = grown
        elif part.dtype.itemsize > self._data.dtype.itemsize:
            self._data = self._data.astype(part.dtype)
        self._data[self.size : end] = part
        self.size = end

    def view(self) -> Ints:
        """What there is so far; it stays as it is when more is added."""
        return self._data[: self.size]


_EMPTY = {
    "offsets": np.int64, "lengths": np.int32, "at_ns": np.int64, "types": np.int32, "entities": np.int32,
    "line_rows": np.int64, "line_steps": np.int64, "touch.rows": np.int32, "touch.entities": np.int32,
}  # fmt: skip


_KINDS: dict[str, type] = {
    "rows": np.int32, "keys": np.int32, "codes": np.int32, "units": np.int64, "decimals": np.uint8,
}  # fmt: skip


class Gathered:
    """The columns so far; chunks are taken in log order."""

    def __init__(self, model: ReadModel, size_bytes: int = 0) -> None:
        self.model = model
        self.count = self.lines = 0
        self.unread: list[Unread] = []
        self.notices: list[Notice] = []
        self.problems: list[Problem] = []
        self.unknown: Counter[str] = Counter()
        self.names: dict[str, Names[str]] = {name: Names() for name in ("types", "entities")}
        self.values: dict[str, Names[tuple[str, object]]] = {}
        self._wide: dict[str, dict[int, tuple[int, int]]] = {}
        self._columns: dict[str, Column] = {name: Column(kind) for name, kind in _EMPTY.items()}
        self._met: dict[str, None] = {}  # the fields with operands, in the order of their first appearance
        self._size_bytes = size_bytes
        self._maps: dict[tuple[int, str], Ints] = {}  # (reader, coder) → code here of each code there
        self._base = 0, 0  # events and lines before the chunk, or before the run of chunks it belongs to

    def go_on_from(
        self, columns: Mapping[str, Ints], names: Mapping[str, Sequence[str]], counts: tuple[int, int]
    ) -> None:
        """Begin with columns that were gathered before.

        Args:
            columns: As they are kept here.
            names: Texts by coder, in the order of their codes.
            counts: How many events and lines.
        """
        self.count, self.lines = counts
        for name, column in columns.items():
            self._columns[name] = Column(column.dtype)
            self._columns[name].append(column, int(len(column) * _AHEAD) + 1_000)
        self._met = {name[5:]: None for name in columns if name.startswith("rows.")}
        for name, texts in names.items():
            self.names.setdefault(name, Names()).codes_of(list(texts))

    def go_on_with(self, field: str, values: Sequence[object], wide: Mapping[int, tuple[int, int]]) -> None:
        """Begin with the values of a field, in the order of their codes, and its wide operands by their places."""
        if values:
            known = [("", each) if isinstance(each, str) else ("json", exact_text(each)) for each in values]
            self.values.setdefault(field, Names()).codes_of(known)
        if wide:
            self._wide[field] = dict(wide)

    def take(self, chunk: Chunk, reader: int = 0, *, follows: bool = False) -> None:
        """Add a chunk.

        Args:
            chunk: It.
            reader: Which reader's codes it uses.
            follows: Whether it counts events and lines from where the chunk before it did.
        """
        if not follows:
            self._base = self.count, self.lines
        events, lines = self._base
        self._learn(chunk, reader)
        keyed = [field.name for field in self.model.fields if field.keyed_by is not None]
        for field in keyed:
            if f"rows.{field}" in chunk.columns and f"keys.{field}" not in chunk.columns:
                none = np.broadcast_to(np.int32(-1), len(chunk.columns[f"rows.{field}"]))
                self._add(f"keys.{field}", none, chunk)
        for name, column in chunk.columns.items():
            field = name.partition(".")[2]
            if name.startswith("rows.") and field in chunk.wide:
                base = self._columns[name].size if name in self._columns else 0
                for index, (units, scale) in chunk.wide[field].items():
                    self._wide.setdefault(field, {})[base + int(index)] = int(units), int(scale)
            self._add(name, self._ours(name, column, reader, lines), chunk)
        self.unread += [_shifted(each, events, lines) for each in chunk.unread]
        self.notices += [
            Notice(n.position + events, n.line + lines, n.column, n.byte, n.text) for n in chunk.notices
        ]
        self.problems += [
            Problem(each.position + events, each.type, each.reason, each.details) for each in chunk.problems
        ]
        self.unknown.update(chunk.unknown)
        self.count += chunk.count
        self.lines = lines + chunk.lines

    def _ours(self, name: str, column: Ints, reader: int, lines: int) -> Ints:
        """A column of a chunk with our rows and codes; `lines` lines stand before it."""
        kind, _, field = name.partition(".")
        column = column.astype(_KINDS.get(kind) or _EMPTY.get(name, np.int32), copy=False)
        match kind:
            case "line_steps":
                return column + (lines - self.count)
            case "line_rows":
                return column + self.count
            case "rows":
                return self._rows(column)
            case "touch" if field == "rows":
                return self._rows(column)
            case "entities" | "touch":
                return self._translated(column, reader, "entities")
            case "types" | "keys":
                return self._translated(column, reader, name)
            case "codes":
                return self._values(column, reader, field)
            case _:
                return column

    def _rows(self, column: Ints) -> Ints:
        return (column.astype(np.int64) + self.count).astype(narrow(self.count + len(column)))

    def _add(self, name: str, part: Ints, chunk: Chunk) -> None:
        column = self._columns.get(name)
        if column is None:
            column = self._columns[name] = Column(part.dtype)
        done = max(chunk.done_bytes, 1)
        column.append(part, int((column.size + len(part)) * max(self._size_bytes / done, 1) * _AHEAD) + 1_000)

    def _learn(self, chunk: Chunk, reader: int) -> None:
        if any(name not in self._met for name in chunk.fields):
            self._met |= dict.fromkeys(chunk.fields)
            self.model.learn(list(self._met))
        for name, texts in chunk.names.items():
            if name.startswith("values."):
                codes = self.values.setdefault(name[7:], Names()).codes_of([("", text) for text in texts])
            else:
                names = self.names.setdefault(name, Names())
                codes = names.codes_of(texts)
            self._extend(reader, name, codes)
        for name, texts in chunk.others.items():
            codes = self.values.setdefault(name, Names()).codes_of([("json", text) for text in texts])
            self._extend(reader, f"others.{name}", codes)

    def _extend(self, reader: int, name: str, codes: list[int]) -> None:
        before = self._maps.get((reader, name), np.zeros(0, np.int32))
        self._maps[reader, name] = np.concatenate([before, np.array(codes, np.int32)])

    def _translated(self, column: Ints, reader: int, name: str) -> Ints:
        """The column with our codes; -1 stays."""
        codes = self._maps.get((reader, name))
        if codes is None or not len(codes):
            return column
        found: Ints = codes[column]
        return found if int(column.min(initial=0)) >= 0 else np.where(column < 0, np.int32(-1), found)

    def _values(self, column: Ints, reader: int, field: str) -> Ints:
        """Even codes are texts, odd ones other values."""
        places, odd = column >> 1, (column & 1).astype(np.bool_)
        texts = self._maps.get((reader, f"values.{field}"))
        others = self._maps.get((reader, f"others.{field}"))
        if others is None or not odd.any():
            assert texts is not None
            every: Ints = texts[places]
            return every
        found = np.empty(len(column), np.int32)
        found[odd] = others[places[odd]]
        if texts is not None:
            found[~odd] = texts[places[~odd]]
        return found

    def column(self, name: str, kind: type = np.int32) -> Ints:
        """One column of everything so far."""
        column = self._columns.get(name)
        return np.zeros(0, _EMPTY.get(name, kind)) if column is None else column.view()

    def events(self, log: EventLog) -> Events:
        """The log as columns, as far as it has been read."""
        columns = {name: self.column(name) for name in _EMPTY}
        return Events(
            log, columns, (self.names["types"], self.names["entities"]), list(self.unread), list(self.notices)
        )

    def operands(self, field: Field) -> Operands:
        """What went to one field; for a count, every touch."""
        if field.fold == "count":
            return Operands(field, self.column("touch.rows"), self.column("touch.entities"))
        name = field.name
        operands = Operands(field, self.column(f"rows.{name}"), self.column(f"entities.{name}"))
        if field.keyed_by is not None:
            operands.key_names = self.names.get(f"keys.{name}", Names()).values
            if operands.key_names:
                operands.keys = self.column(f"keys.{name}")
            else:
                operands.keys = np.broadcast_to(np.int32(-1), len(operands.rows))  # takes no memory
        if field.adds:
            operands.units = self.column(f"units.{name}", np.int64)
            operands.decimals = self.column(f"decimals.{name}", np.uint8)
            operands.wide = self._wide.get(name, {})
        else:
            operands.codes = self.column(f"codes.{name}")
            values = self.values.get(name, Names())
            operands.values = [text if kind == "" else exact_value(str(text)) for kind, text in values]
        return operands


def _shifted(unread: Unread, events: int, lines: int) -> Unread:
    if not events and not lines:
        return unread
    return Unread(
        unread.after + events, unread.line + lines, unread.column, unread.byte, unread.reason, unread.offset,
        unread.length_bytes, unread.incomplete,
    )  # fmt: skip
