"""How do the chunks of one log, from several readers, become columns of the whole log?"""

from collections import Counter
from typing import Any

import numpy as np
import numpy.typing as npt

from explorer.eventlog import EventLog
from explorer.eventlog.event import Notice, Unread
from explorer.eventlog.names import Names
from explorer.history.build import Operands
from explorer.history.chunks import Chunk, Problem, exact_value
from explorer.history.events import Events
from explorer.history.ordering import narrow
from explorer.projection.model import Field, ReadModel

type Ints = npt.NDArray[Any]

_EMPTY = {
    "offsets": np.int64, "lengths": np.int32, "at_ns": np.int64, "types": np.int32, "entities": np.int32,
    "line_rows": np.int64, "line_steps": np.int64, "touch.rows": np.int32, "touch.entities": np.int32,
}  # fmt: skip


class Gathered:
    """The columns so far; chunks are taken in log order."""

    def __init__(self, model: ReadModel) -> None:
        self.model = model
        self.count = self.lines = self.done_bytes = 0
        self.unread: list[Unread] = []
        self.notices: list[Notice] = []
        self.problems: list[Problem] = []
        self.unknown: Counter[str] = Counter()
        self.names: dict[str, Names[str]] = {name: Names() for name in ("types", "entities", "touch")}
        self.values: dict[str, Names[tuple[str, object]]] = {}
        self._wide: dict[str, dict[int, tuple[int, int]]] = {}
        self._parts: dict[str, list[Ints]] = {name: [] for name in _EMPTY}
        self._sizes: Counter[str] = Counter()
        self._maps: dict[tuple[int, str], Ints] = {}  # (reader, coder) → code here of each code there
        self._base = 0, 0  # events and lines before the chunk, or before the run of chunks it belongs to

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
        row = self.count
        for name, column in chunk.columns.items():
            kind, _, field = name.partition(".")
            if name == "line_steps":
                column = column + (lines - row)
            elif name == "line_rows" or name == "touch.rows" or kind == "rows":
                column = (column + row).astype(narrow(row + chunk.count), copy=False) if name != "line_rows" else column + row
            elif name in {"types", "entities"}:
                column = self._translated(column, reader, name)
            elif name == "touch.entities" or kind == "entities":
                column = self._translated(column, reader, "touch")
            elif kind == "keys":
                column = self._translated(column, reader, name)
            elif kind == "codes":
                column = self._values(column, reader, field)
            if kind == "rows" and field in chunk.wide:
                base = self._sizes[name]
                for index, (units, scale) in chunk.wide[field].items():
                    self._wide.setdefault(field, {})[base + int(index)] = int(units), int(scale)
            self._parts.setdefault(name, []).append(column)
            self._sizes[name] += len(column)
        self.unread += [_shifted(each, events, lines) for each in chunk.unread]
        self.notices += [Notice(n.position + events, n.line + lines, n.column, n.byte, n.text) for n in chunk.notices]
        self.problems += [Problem(each.position + events, each.type, each.reason) for each in chunk.problems]
        self.unknown.update(chunk.unknown)
        self.count += chunk.count
        self.lines += chunk.lines
        self.done_bytes = chunk.done_bytes

    def _learn(self, chunk: Chunk, reader: int) -> None:
        known = {field.name for field in self.model.fields}
        new = [name for name in chunk.fields if name not in known]
        self.model.learn(sorted(new, key=lambda name: int(chunk.columns[f"rows.{name}"][0])))
        for name, texts in chunk.names.items():
            if name.startswith("values."):
                codes = [self._value(name[7:], "", text) for text in texts]
            else:
                names = self.names.setdefault(name, Names())
                codes = [names.code(text) for text in texts]
            self._extend(reader, name, codes)
        for name, texts in chunk.others.items():
            codes = [self._value(name, "json", text) for text in texts]
            self._extend(reader, f"others.{name}", codes)

    def _value(self, field: str, kind: str, text: str) -> int:
        return self.values.setdefault(field, Names()).code((kind, text))

    def _extend(self, reader: int, name: str, codes: list[int]) -> None:
        before = self._maps.get((reader, name), np.zeros(0, np.int32))
        self._maps[reader, name] = np.concatenate([before, np.array(codes, np.int32)])

    def _translated(self, column: Ints, reader: int, name: str) -> Ints:
        """The column with our codes; -1 stays."""
        codes = self._maps.get((reader, name))
        if codes is None or not len(codes):
            return column
        return np.where(column < 0, np.int32(-1), codes[column]) if int(column.min(initial=0)) < 0 else codes[column]

    def _values(self, column: Ints, reader: int, field: str) -> Ints:
        """Even codes are texts, odd ones other values."""
        places, odd = column >> 1, (column & 1).astype(np.bool_)
        texts = self._maps.get((reader, f"values.{field}"))
        others = self._maps.get((reader, f"others.{field}"))
        if others is None or not odd.any():
            assert texts is not None
            return texts[places]
        found = np.empty(len(column), np.int32)
        found[odd] = others[places[odd]]
        if texts is not None:
            found[~odd] = texts[places[~odd]]
        return found

    def column(self, name: str, kind: type = np.int32) -> Ints:
        """One column of everything so far."""
        parts = self._parts.get(name, [])
        if not parts:
            return np.zeros(0, _EMPTY.get(name, kind))
        if len(parts) > 1:
            parts[:] = [np.concatenate(parts)]
        return parts[0]

    def events(self, log: EventLog) -> Events:
        """The log as columns, as far as it has been read."""
        columns = {name: self.column(name) for name in _EMPTY}
        return Events(log, columns, (self.names["types"], self.names["entities"]), list(self.unread), list(self.notices))

    def operands(self, field: Field) -> Operands:
        """What went to one field; for a count, every touch."""
        if field.fold == "count":
            return Operands(field, self.column("touch.rows"), self.column("touch.entities"))
        name = field.name
        operands = Operands(field, self.column(f"rows.{name}"), self.column(f"entities.{name}"))
        if field.keyed_by is not None:
            operands.keys = self.column(f"keys.{name}")
            operands.key_names = self.names.get(f"keys.{name}", Names()).values
        if field.fold == "sum":
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
