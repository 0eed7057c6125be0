"""How do rows that PostgreSQL has copied out become lines, each value exactly as the database itself writes it?

The exact writer takes a row by itself; whole blocks go through compiled loops where those are ready. Both come to the
same bytes: those that `sqlite.rows` writes for a row of a SQLite store.
"""

import json
from collections.abc import Sequence

import msgspec
import numpy as np
import numpy.typing as npt

from explorer.eventlog import compiled
from explorer.eventlog.dumps.sql_text import copied
from explorer.eventlog.sources.copied_kernels import (
    BY_ITSELF,
    JSON,
    NUMBER,
    PAYLOAD,
    TEXT,
    TRUTH,
    rows_as_lines,
)
from explorer.eventlog.sqlite.rows import RowWriter, StoredText, WrittenJson, is_metadata, payload_key

type Numbers = npt.NDArray[np.int64]

_NUMBERS = frozenset({"int2", "int4", "int8", "oid", "numeric", "float4", "float8"})
_JSON = frozenset({"json", "jsonb"})
_BREAKS = bytes.maketrans(b"\r\n", b"  ")
_DIGITS = frozenset(b"0123456789+-.e")


class CopiedColumn(msgspec.Struct, frozen=True):
    """A column of what is copied: its name, and its type as the database calls it."""

    name: str
    type: str


class CopiedRows:
    """Makes lines of the rows of one query.

    Args:
        columns: In the order in which they are copied, the payload last.
        payload: The column with the payload, if there is one.
        place: The column whose numbers tell the rows apart, if there is one.
    """

    def __init__(self, columns: Sequence[CopiedColumn], payload: str | None, place: str | None) -> None:
        self.columns, self.payload = tuple(columns), payload
        names = tuple(column.name for column in columns)
        self._types = [column.type for column in columns]
        self._place = names.index(place) if place is not None else -1
        self._writer = RowWriter(names, payload, rowid=False)
        self._kinds = np.array([self._kind(column) for column in columns], np.uint8)
        before = [
            (b"," if at else b"{") + json.dumps(name, ensure_ascii=False).encode() + b":"
            for at, name in enumerate(names)
        ]
        if payload is not None:
            before[-1] = (b"" if len(names) > 1 else b'{"":null') + payload_key(payload)
        self._names = np.frombuffer(bytearray(b"".join(before)), np.uint8)
        self._ends = np.cumsum([len(each) for each in before], dtype=np.int64)

    def lines(self, block: bytes) -> tuple[bytes, Numbers]:
        """Whole rows as lines, and the numbers that tell them apart; none if no column does."""
        if not block or BY_ITSELF in self._kinds or not compiled.ready():
            compiled.begin()
            return self._by_themselves(block)
        count = block.count(b"\n")
        data = np.frombuffer(bytearray(block), np.uint8)
        # a false is four bytes longer than its cell, a text by its quotes; each quote in it by a backslash
        room = 2 * len(block) + count * (len(self._names) + 6 * len(self._ends) + 2)
        out, found = np.empty(room, np.uint8), np.zeros(3, np.int64)
        numbers = np.empty(count, np.int64)
        parts: list[bytes] = []
        told: list[Numbers] = []
        begin = 0
        while begin < len(block):
            rows_as_lines(
                data,
                begin,
                len(block),
                self._kinds,
                self._names,
                self._ends,
                self._place,
                out,
                numbers,
                found,
            )
            begin, size, rows = found.tolist()
            parts.append(out[:size].tobytes())
            told.append(numbers[:rows].copy())
            if begin < len(block):
                end = block.index(b"\n", begin) + 1
                line, number = self._by_themselves(block[begin:end])
                parts.append(line)
                told.append(number)
                begin = end
        return b"".join(parts), np.concatenate(told)

    def _by_themselves(self, block: bytes) -> tuple[bytes, Numbers]:
        """The same, each row by the exact writer."""
        lines, numbers = [], []
        for row in block.split(b"\n")[:-1]:
            cells = [copied(cell) for cell in row.split(b"\t")]
            lines.append(self._writer.line(tuple(map(self._value, cells, self._types, self._kinds.tolist()))))
            if self._place >= 0:
                numbers.append(int(cells[self._place] or b"-1"))
        return b"".join(lines), np.array(numbers, np.int64)

    def _kind(self, column: CopiedColumn) -> int:
        if column.name == self.payload:
            return PAYLOAD if column.type in _JSON else BY_ITSELF
        if column.type in _JSON:
            return JSON
        if column.type in _NUMBERS:
            return NUMBER
        if column.type == "bool":
            return TRUTH
        return BY_ITSELF if is_metadata(column.name) else TEXT

    @staticmethod
    def _value(cell: bytes | None, kind: str, how: int) -> object:
        """What a cell holds, as `RowWriter` takes it."""
        if cell is None:
            return None
        if kind == "bytea" and how == BY_ITSELF:
            return bytes.fromhex(cell[2:].decode()) if cell[:2] == b"\\x" else cell
        if how == JSON:
            return WrittenJson(cell.translate(_BREAKS))
        if how == TRUTH:
            return WrittenJson(b"true" if cell == b"t" else b"false")
        if how == NUMBER and _DIGITS.issuperset(cell):
            return WrittenJson(cell)
        return StoredText(cell)
