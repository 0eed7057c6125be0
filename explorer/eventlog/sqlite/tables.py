"""Which table of a database holds the events, and in which order do they stand? Found by columns, not by names."""

from collections.abc import Iterator, Sequence
from itertools import islice

import apsw
import msgspec

from explorer.eventlog import field_names
from explorer.eventlog.event_tables import ENOUGH, MAYBE_PLACES, PAYLOADS, PLACES, VERSIONS, score
from explorer.eventlog.sqlite.cells import asked, encoding_of, quoted, utf8

MOST_TABLES = 1_000
MOST_COLUMNS = 200


class Table(msgspec.Struct, frozen=True):
    """The table, or the view, that holds the events.

    Attributes:
        name: What it is called.
        columns: Its columns, the payload last.
        payload: The column with the payload, if there is one.
        rowid: Whether its rows have a number of their own that no column shows.
        order: The columns by which the rows are in their order; empty for the order in which they stand.
        view: Whether it is a query that only looks like a table.
        number: The column by whose numbers the rows stand in the file, if that is their order too.
    """

    name: str
    columns: tuple[str, ...]
    payload: str | None
    rowid: bool
    order: tuple[str, ...]
    view: bool
    number: str | None = None

    @property
    def query(self) -> str:
        """What asks for all its rows in order, as `cells.asked` has it."""
        if not self.view:
            return self._asked(quoted(self.name))
        # so it is not flattened, and each cell is made once: the second time it may be another
        return self._asked(f"(SELECT * FROM {quoted(self.name)} LIMIT -1) WHERE ?")  # noqa: S608 - a name, quoted

    @property
    def query_beyond(self) -> str:
        """The same, only beyond a number; of a table that has such numbers."""
        assert self.number is not None
        return self._asked(f"{quoted(self.name)} WHERE {quoted(self.number)} > ?")

    def _asked(self, source: str) -> str:
        order = ", ".join(map(quoted, self.order)) or ("rowid" if self.rowid else "")
        text = f"SELECT {asked(self.columns, rowid=self.rowid)} FROM {source}"  # noqa: S608 - names, quoted
        return text + (f" ORDER BY {order}" if order else "")


class _Column(msgspec.Struct, frozen=True):
    name: str
    kind: str
    key: int  # its place in the primary key, 0 for none


def find_table(database: apsw.Connection) -> tuple[Table | None, list[str]]:
    """The table with the events, if there is one, and the names of all tables.

    Raises:
        apsw.Error: The database is damaged.
    """
    listed = _texts(
        database,
        "CAST(type AS BLOB), CAST(name AS BLOB), CAST(sql AS BLOB) FROM sqlite_master"
        " WHERE type IN ('table', 'view')",
        MOST_TABLES,
    )
    seen: list[str] = []
    best: tuple[int, Table] | None = None
    for kind, name, sql in listed:
        if name.startswith("sqlite_") or sql.lstrip().upper().startswith("CREATE VIRTUAL"):
            continue
        seen.append(name)
        try:
            columns = list(_columns(database, name))
        except apsw.Error:
            continue  # a view over what is not there
        likeness = _score(name, columns) - (3 if kind == "view" else 0)
        if likeness < ENOUGH or (best is not None and likeness < best[0]):
            continue
        table = _described(database, name, columns, view=kind == "view")
        if (
            best is None
            or likeness > best[0]
            or (_filled(database, table) and not _filled(database, best[1]))
        ):
            best = likeness, table
    return (None if best is None else best[1]), seen


def _columns(database: apsw.Connection, table: str) -> Iterator[_Column]:
    wanted = (
        "CAST(name AS BLOB), CAST(type AS BLOB), pk FROM pragma_table_xinfo(?) WHERE hidden <> 1 ORDER BY cid"
    )
    for name, kind, key in _texts(database, wanted, MOST_COLUMNS, table):
        yield _Column(name, kind.upper(), int(key))


def _texts(database: apsw.Connection, wanted: str, most: int, *values: str) -> list[list[str]]:
    """Some rows as text, in which what is no UTF-8 is replaced; text is asked for as its bytes."""
    encoding = encoding_of(database)
    found = islice(database.execute(f"SELECT {wanted}", values), most)
    return [[utf8(cell, encoding).decode("utf-8", "replace") for cell in row] for row in found]


def _score(name: str, columns: Sequence[_Column]) -> int:
    """How much a table looks like one of events."""
    return score(name, [column.name for column in columns])


def _first(columns: Sequence[_Column], wanted: Sequence[str]) -> _Column | None:
    """The column with the best of the wanted names."""
    known = {field_names.plain(column.name): column for column in reversed(columns)}
    return next((known[name] for name in wanted if name in known), None)


def _described(database: apsw.Connection, name: str, columns: Sequence[_Column], *, view: bool) -> Table:
    payload = _first(columns, PAYLOADS)
    rowid = not view and _has_rowid(database, name)
    keys = [column for column in columns if column.key]
    alias = rowid and len(keys) == 1 and keys[0].kind == "INTEGER"  # a column that is the row's number itself
    order = _order(database, name, columns, rowid=rowid, alias=keys[0].name if alias else None)
    by_number = rowid and order in {(), (keys[0].name,) if alias else ()}
    names = tuple(each.name for each in columns if each is not payload)
    return Table(
        name=name,
        columns=(*names, payload.name) if payload is not None else names,
        payload=payload.name if payload is not None else None,
        rowid=rowid and not alias,
        order=order,
        view=view,
        number=(keys[0].name if alias else "rowid") if by_number else None,
    )


def _order(
    database: apsw.Connection, table: str, columns: Sequence[_Column], *, rowid: bool, alias: str | None
) -> tuple[str, ...]:
    place = _first(columns, PLACES)
    if place is None:
        maybe = _first(columns, MAYBE_PLACES)
        numbers = maybe is not None and "INT" in maybe.kind
        if maybe is not None and (maybe.name == alias or (numbers and _unique(database, table, maybe.name))):
            place = maybe
    if place is not None:
        return (place.name,)
    if rowid:
        return (alias,) if alias is not None else ()
    time, version = _first(columns, field_names.TIME), _first(columns, VERSIONS)
    return tuple(each.name for each in (time, version) if each is not None) if time is not None else ()


def _unique(database: apsw.Connection, table: str, column: str) -> bool:
    """Whether the database itself sees to it that no number in a column is there twice."""
    indexes = _texts(
        database,
        'CAST(name AS BLOB) FROM pragma_index_list(?) WHERE "unique" ORDER BY seq',
        MOST_COLUMNS,
        table,
    )
    wanted = "CAST(name AS BLOB) FROM pragma_index_info(?) ORDER BY seqno"
    return any(_texts(database, wanted, MOST_COLUMNS, index) == [[column]] for (index,) in indexes)


def _has_rowid(database: apsw.Connection, table: str) -> bool:
    try:
        database.execute(f"SELECT rowid FROM {quoted(table)} LIMIT 0")  # noqa: S608 - a name, quoted
    except apsw.SQLError:
        return False
    return True


def _filled(database: apsw.Connection, table: Table) -> bool:
    try:
        return database.execute(f"SELECT 1 FROM {quoted(table.name)} LIMIT 1").fetchone() is not None  # noqa: S608
    except apsw.Error:
        return False
