"""How is a table of a MySQL or MariaDB database read as a log, and followed without losing or repeating a row?

These servers do not tell which transactions are under way to who may only read. So the numbers of all rows that were
read are kept (as ranges): each question asks again for some numbers below the highest, and now and then for the numbers
of all rows, so that what is committed late is found, however late.
"""

import time
from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np

from explorer.eventlog.errors import LogError
from explorer.eventlog.sources import mysql_questions as questions
from explorer.eventlog.sources.address import Address
from explorer.eventlog.sources.copied_rows import CopiedColumn
from explorer.eventlog.sources.database_tables import DatabaseTable, chosen, likeliest_first
from explorer.eventlog.sources.known_numbers import KnownNumbers
from explorer.eventlog.sources.mysql_session import MysqlSession, Row
from explorer.eventlog.sqlite.rows import RowWriter, StoredText, WrittenJson

DRIVER, EXTRA = "pymysql", "mysql"

_SLACK = 10_000  # numbers below the highest that are asked for each time
_FULL_SHARE = 50  # the numbers of all rows are looked through at most so seldom: 2 % of the time
_FULL_EVERY_S = 10.0
_AT_ONCE = 1_000
_NUMBERS = frozenset("tinyint smallint mediumint int bigint decimal float double year".split())
_DIGITS = frozenset("0123456789+-.e")
_BREAKS = bytes.maketrans(b"\r\n", b"  ")
_WRITING = ("ALL PRIVILEGES", "INSERT", "UPDATE", "DELETE", "SUPER", "DROP")


def reach(address: Address, password: str | None) -> "MysqlFeed":
    """Connect, and find the table; see `SourceModule.reach`."""
    session = MysqlSession(address, password)
    try:
        with session.transaction():
            ((role, version, _),) = session.rows(questions.NOW)
            table = chosen(address.place, address.table, _tables(session), str(role))
            grants = " ".join(str(cell) for row in session.rows(questions.GRANTS) for cell in row)
        writer = str(role) if any(word in grants.upper() for word in _WRITING) else ""
        return MysqlFeed(session, address, table, "MariaDB" if "MariaDB" in str(version) else "MySQL", writer)
    except BaseException:
        session.close()
        raise


def candidates(address: Address, password: str | None) -> Sequence[DatabaseTable]:
    """All tables, the likeliest first; see `SourceModule.candidates`."""
    session = MysqlSession(address, password)
    try:
        with session.transaction():
            return _tables(session)
    finally:
        session.close()


def _tables(session: MysqlSession) -> list[DatabaseTable]:
    columns: defaultdict[tuple[object, object], list[CopiedColumn]] = defaultdict(list)
    for schema, table, name, kind in session.rows(questions.COLUMNS):
        columns[schema, table].append(CopiedColumn(str(name), str(kind).lower()))
    keys: defaultdict[tuple[object, object], dict[object, list[str]]] = defaultdict(dict)
    for schema, table, index, column in session.rows(questions.KEYS):
        if column is not None:  # else it is one over an expression
            keys[schema, table].setdefault(index, []).append(str(column))
    found: defaultdict[str, list[DatabaseTable]] = defaultdict(list)
    for schema, name, kind, rows in session.rows(questions.TABLES):
        made = DatabaseTable(
            0,
            str(schema),
            str(name),
            "view" if "VIEW" in str(kind) else "table",
            int(str(rows)),
            tuple(columns[schema, name]),
            tuple(map(tuple, keys[schema, name].values())),
            True,
            quote="`",
        )
        found[str(schema)].append(made)
    return likeliest_first(found)


class MysqlFeed:
    """The rows of one table; see `feed.Feed`."""

    def __init__(
        self, session: MysqlSession, address: Address, table: DatabaseTable, server: str, writer: str
    ) -> None:
        self._session, self._table, self._server, self._writer = session, table, server, writer
        self._query = table.query
        self.name = f"{address.database or server}, {table.table}"
        session.name = self.name
        self.payload = self._query.payload
        self.live = self._query.place is not None
        names = tuple(column.name for column in self._query.columns)
        self._rows = RowWriter(names, self.payload, rowid=False)
        self._types = [column.type for column in self._query.columns]
        self._place = -1 if self._query.place is None else names.index(self._query.place)
        self._known = KnownNumbers()
        self._ends: dict[int, bytes] = {}
        self._clock = ""
        self._full_at_s = self._full_took_s = 0.0

    @property
    def shown(self) -> str:
        """For display; that the role could write is said."""
        if self._writer:
            return f"{self._server}, table {self._table.table}, only read, although the role {self._writer} may write"
        return f"{self._server}, table {self._table.table}"

    def lines(self) -> Iterator[bytes | str]:
        """All rows as they stand now; see `Feed.lines`."""
        self._known, self._ends = KnownNumbers(), {}
        with self._session.transaction():
            ((_, _, clock),) = self._session.rows(questions.NOW)
            for rows in self._session.stream(self._query.text()):
                yield self._taken(rows)
        self._clock, self._full_at_s = str(clock), time.monotonic()

    def more(self) -> Iterator[bytes]:
        """What has come since; see `Feed.more`."""
        if not self.live:
            return
        place = self._query.place_asked
        began_s = time.monotonic()
        full = began_s - self._full_at_s > max(_FULL_EVERY_S, _FULL_SHARE * self._full_took_s)
        with self._session.transaction():
            self._check_same()
            floor = max(self._known.last - _SLACK, self._known.first - 1) if len(self._known) else -(1 << 63)
            for rows in self._session.stream(self._query.text(questions.beyond(place, floor))):
                if lines := self._taken(rows):
                    yield lines
            if full:
                missing = self._unknown()
                for begin in range(0, len(missing), _AT_ONCE):
                    some = questions.one_of(place, missing[begin : begin + _AT_ONCE])
                    for rows in self._session.stream(self._query.text(some)):
                        yield self._taken(rows)
        if full:
            self._full_at_s = time.monotonic()
            self._full_took_s = self._full_at_s - began_s

    def close(self) -> None:
        """Let go of the connection."""
        self._session.close()

    def _unknown(self) -> list[int]:
        """The numbers of rows that have not been read.

        Raises:
            LogError: Rows that were read are not there any more.
        """
        unknown: list[int] = []
        count = 0
        for rows in self._session.stream(questions.numbers(self._query.place_asked, self._query.source)):
            numbers = np.array([int(str(row[0])) for row in rows], np.int64)
            known = self._known.has(numbers)
            count += int(known.sum())
            unknown += numbers[~known].tolist()
        if count < len(self._known):
            self.live = False
            raise LogError(
                self.name,
                f"rows of the table were changed or deleted: what was read at {self._clock} stays readable; "
                "read it anew to see what is there now",
            )
        return unknown

    def _check_same(self) -> None:
        for number, line in self._ends.items():
            query = self._query.text(questions.one_of(self._query.place_asked, [number]))
            there = b"".join(self._line(row) for rows in self._session.stream(query) for row in rows)
            if there != line:
                self.live = False  # nothing may follow what is not there any more
                raise LogError(
                    self.name,
                    f"the row with the number {number} is not there any more, or another one: what was read at "
                    f"{self._clock} stays readable; read it anew to see what is there now",
                )

    def _taken(self, rows: Sequence[Row]) -> bytes:
        """Rows as lines, those that are new; they are known from now on."""
        if self._place >= 0:
            numbers = np.array([int(str(row[self._place])) for row in rows], np.int64)
            new = ~self._known.has(numbers)
            if not new.all():
                rows = [row for row, is_new in zip(rows, new.tolist(), strict=True) if is_new]
                numbers = numbers[new]
            self._known.add(numbers)
        lines = [self._line(row) for row in rows]
        if self._place >= 0 and lines:
            self._ends.setdefault(int(numbers[0]), lines[0])
            if len(self._ends) > 1:
                first = next(iter(self._ends.items()))
                self._ends = dict([first, (int(numbers[-1]), lines[-1])])
            else:
                self._ends[int(numbers[-1])] = lines[-1]
        return b"".join(lines)

    def _line(self, row: Row) -> bytes:
        return self._rows.line(
            tuple(
                _value(cell, kind, is_payload=self.payload is not None and at == len(row) - 1)
                for at, (cell, kind) in enumerate(zip(row, self._types, strict=True))
            )
        )


def _value(cell: str | bytes | None, kind: str, *, is_payload: bool) -> object:
    """What a cell holds, as `RowWriter` takes it."""
    if cell is None or isinstance(cell, bytes):
        return cell
    if kind in _NUMBERS and _DIGITS.issuperset(cell):
        return WrittenJson(cell.encode())
    raw = cell.encode("utf-8", "surrogatepass")
    return WrittenJson(raw.translate(_BREAKS)) if kind == "json" and not is_payload else StoredText(raw)
