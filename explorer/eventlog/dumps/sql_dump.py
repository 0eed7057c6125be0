"""Which table of a dump in SQL holds the events, and what are its rows?

Read are `COPY … FROM stdin` and `INSERT INTO … VALUES` as pg_dump, mysqldump, mariadb-dump and `sqlite3 .dump` write
them. Nothing in it is run.
"""

import re
from collections.abc import Iterator, Sequence

import msgspec

from explorer.eventlog.dumps.sql_text import (
    BACKSLASHES,
    STANDARD,
    TABLE,
    NoLiteral,
    columns_of,
    copied,
    name_of,
    said,
    shown,
)
from explorer.eventlog.entries import WrittenEntries, WrittenEntry
from explorer.eventlog.errors import LogError
from explorer.eventlog.event_tables import ENOUGH, score
from explorer.eventlog.text import Text
from explorer.patterns import lazy_pattern

_MOST_BYTES = 512 << 20
_MOST_SHOWN = 12
_FLAGS = re.MULTILINE | re.IGNORECASE
_COPY = lazy_pattern(rf"^COPY\s+{TABLE}\s*\(([^)\n]*)\)\s+FROM\s+stdin[^\n]*;[ \t]*\r?$".encode(), _FLAGS)
_INSERT = lazy_pattern(
    rf"^\s*(?:INSERT|REPLACE)\s+(?:IGNORE\s+)?INTO\s+{TABLE}\s*(?:\(([^)]*)\)\s*)?(?:OVERRIDING\s+\w+\s+VALUE\s+)?VALUES\s*".encode(),
    _FLAGS,
)
_CREATE = lazy_pattern(
    rf"^\s*CREATE\s+(?:UNLOGGED\s+)?TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?{TABLE}\s*\(((?:[^;']|'(?:[^']|'')*+')*?)\)[^);]*;".encode(),
    _FLAGS,
)
_ANY = lazy_pattern(rb"^\s*(?:COPY|INSERT|REPLACE)\s", _FLAGS)
_BEGINS = lazy_pattern(
    rb"(?i)\s*(?:--|/\*|SET\s|PRAGMA\s|BEGIN\b|START\s|CREATE\s|DROP\s|INSERT\s|REPLACE\s|COPY\s|LOCK\s|USE\s)"
)
_MYSQL = lazy_pattern(
    rb"(?i)-- (?:MySQL|MariaDB) dump|/\*!\d{5}|^\s*(?:INSERT\s+INTO|CREATE\s+TABLE)\s+`", re.MULTILINE
)
_PROGRAMS = (
    ("PostgreSQL", rb"PostgreSQL database dump|^COPY "),
    ("MariaDB", rb"MariaDB dump"),
    ("MySQL", rb"MySQL dump"),
    ("SQLite", rb"^PRAGMA "),
)
_END_OF_COPY = lazy_pattern(rb"^\\\.\r?$", re.MULTILINE)


class _Rows(msgspec.Struct):
    """Where rows of a table stand.

    Attributes:
        begin: The first byte behind the words that lead to them.
        copied: Whether they are those of `COPY`.
    """

    table: str
    columns: tuple[str, ...]
    begin: int
    copied: bool


class SqlDump(WrittenEntries):
    """The rows of the table that holds the events."""

    fields = None  # its columns tell, as those of any table do

    def __init__(self, text: Text, table: str, program: str, *, backslashes: bool) -> None:
        super().__init__()
        self.text = text
        self.name = f"SQL dump ({program}), table {table}" if program else f"SQL dump, table {table}"
        self._table = table
        self._backslashes = backslashes

    def entries(self) -> Iterator[WrittenEntry]:
        """Its rows, in the order of the dump."""
        raw = self.text.source.read(0, self.text.source.size_bytes)
        line, counted = 1, 0
        for rows in stretches(raw):
            if rows.table != self._table:
                continue
            for entry in self._copied(raw, rows) if rows.copied else self._inserted(raw, rows):
                line += raw.count(b"\n", counted, entry.offset)
                counted = entry.offset
                entry.line = line
                yield entry

    def _copied(self, raw: bytes, rows: _Rows) -> Iterator[WrittenEntry]:
        at = rows.begin
        while at < len(raw):
            end = raw.find(b"\n", at)
            end = len(raw) if end < 0 else end
            row = raw[at:end].removesuffix(b"\r")
            if row == b"\\.":
                return
            cells = row.split(b"\t")
            if len(cells) != len(rows.columns):
                reason = f"{len(cells):,} cells; the table has {len(rows.columns):,} columns"
                yield WrittenEntry(at, len(row), 1, reason=reason)
            else:
                yield WrittenEntry(
                    at, len(row), 1, self._record(rows.columns, [copied(cell) for cell in cells])
                )
            at = end + 1

    def _inserted(self, raw: bytes, rows: _Rows) -> Iterator[WrittenEntry]:
        literal = BACKSLASHES if self._backslashes else STANDARD
        at = rows.begin
        while raw[at : at + 1] == b"(":
            begin, values, fault = at, [], ""
            at += 1
            while True:
                found = literal.match(raw, at)
                if found is None or raw[found.end() : found.end() + 1] not in {b",", b")"}:
                    end = raw.find(b"\n", at)
                    end = len(raw) if end < 0 else end
                    yield WrittenEntry(
                        begin, end - begin, 1, reason="the values of this row cannot be read", at=at
                    )
                    return
                try:
                    values.append(said(found, backslashes=self._backslashes))
                except NoLiteral as error:
                    fault = str(error)
                    values.append(None)
                at = found.end() + 1
                if raw[found.end() : at] == b")":
                    break
            if not fault and len(values) != len(rows.columns):
                fault = f"{len(values):,} cells; the table has {len(rows.columns):,} columns"
            if fault:
                yield WrittenEntry(begin, at - begin, 1, reason=fault)
            else:
                yield WrittenEntry(begin, at - begin, 1, self._record(rows.columns, values))
            behind = re.compile(rb"\s*,\s*").match(raw, at)
            if behind is None:
                return
            at = behind.end()

    def _record(self, columns: tuple[str, ...], values: Sequence[object]) -> dict[str, object]:
        return {
            name: shown(value, self.text.encoding) if isinstance(value, bytes) else value
            for name, value in zip(columns, values, strict=True)
            if value is not None
        }


def stretches(raw: bytes) -> Iterator[_Rows]:
    """Where the rows of each table stand, in the order of a dump."""
    made: dict[str, tuple[str, ...]] = {}
    for found in _CREATE.finditer(raw):
        made.setdefault(_text(found[1]), columns_of(found[2].decode(errors="replace")))
    at = 0
    while (start := _ANY.search(raw, at)) is not None:
        if (copy := _COPY.match(raw, start.start() + len(start[0]) - len(start[0].lstrip()))) is not None:
            begin = copy.end() + 1
            yield _Rows(_text(copy[1]), columns_of(copy[2].decode(errors="replace")), begin, copied=True)
            end = _END_OF_COPY.search(raw, begin)
            at = len(raw) if end is None else end.end()
        elif (insert := _INSERT.match(raw, start.start())) is not None:
            table = _text(insert[1])
            named = columns_of(insert[2].decode(errors="replace")) if insert[2] else made.get(table, ())
            yield _Rows(table, named, insert.end(), copied=False)
            at = insert.end()
        else:
            at = start.end()


def sql_dump(text: Text, block: bytes) -> SqlDump | None:
    """The dump that a text is, None if it is none.

    Raises:
        LogError: It holds no table of events, or is too large.
    """
    if not _BEGINS.match(block) or text.width != 1:
        return None
    size = text.source.size_bytes
    dumped = (
        re.match(rb"(?s).{0,2000}?(?:PostgreSQL database dump|(?:MySQL|MariaDB) dump)", block) is not None
    )
    if not dumped and _ANY.search(block) is None:
        return None
    name = text.source.name
    if size > _MOST_BYTES:
        raise LogError(name, f"an SQL dump of more than {_MOST_BYTES >> 20} MiB is not read")
    raw = text.source.read(0, size)
    tables: dict[str, tuple[str, ...]] = {}
    for rows in stretches(raw):
        tables.setdefault(rows.table, rows.columns)
    if not tables:
        if not dumped:
            return None
        raise LogError(name, "this SQL dump holds no rows")
    best = max(tables, key=lambda table: score(table, tables[table]))
    if score(best, tables[best]) < ENOUGH:
        holds = ", ".join([*tables][:_MOST_SHOWN]) + (" …" if len(tables) > _MOST_SHOWN else "")
        raise LogError(name, f"this SQL dump holds no table of events: its tables are {holds}")
    program = next((each for each, mark in _PROGRAMS if re.search(mark, block, re.MULTILINE)), "")
    return SqlDump(text, best, program, backslashes=_MYSQL.search(block) is not None)


def _text(identifier: bytes) -> str:
    return name_of(identifier.decode(errors="replace"))
