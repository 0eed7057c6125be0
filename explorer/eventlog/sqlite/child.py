"""What does the process do that alone touches a database that may be hostile: read it, and write its rows as lines?

It is given the descriptors of the database and its -wal and opens no file itself. To its standard output it writes one
line about the table, then a line for each row; the reason why it stops early, if it does, goes to its standard error.
It can use a bounded amount of memory and time, runs nothing that the database brings along, and changes nothing.
"""

import json
import os
import signal
import sys
import time
from collections.abc import Iterator
from typing import BinaryIO

import apsw

from explorer.eventlog.sqlite import pages
from explorer.eventlog.sqlite.cells import Cells, Row
from explorer.eventlog.sqlite.object_tables import (
    COLUMNS,
    PAYLOAD,
    SHOWN,
    is_object_centric,
    object_rows,
)
from explorer.eventlog.sqlite.rows import RowWriter
from explorer.eventlog.sqlite.tables import Table, find_table
from explorer.eventlog.sqlite.wal import UnknownWal

_MEMORY_BYTES = 2 << 30
_LONGEST_CELL_BYTES = 64 << 20
_ROWS = 500
_STEPS = 20_000  # of SQLite's machine between two looks at the clock
_PATIENCE_S = 60.0  # with a table: it may have to be sorted
_PATIENCE_WITH_VIEW_S = 3.0
_MOST_SKIPPED = 1 << 40
_MOST_DAMAGED = 1_000  # places
_REFUSED = (
    (apsw.SQLITE_LIMIT_SQL_LENGTH, 1_000_000),
    (apsw.SQLITE_LIMIT_LENGTH, _LONGEST_CELL_BYTES),
    (apsw.SQLITE_LIMIT_ATTACHED, 0),
    (apsw.SQLITE_LIMIT_COLUMN, 500),
    (apsw.SQLITE_LIMIT_EXPR_DEPTH, 100),
    (apsw.SQLITE_LIMIT_VDBE_OP, 1_000_000),
    (apsw.SQLITE_LIMIT_WORKER_THREADS, 0),
)


class _Clock:
    """Ends a query that gives no row for too long."""

    def __init__(self) -> None:
        self.patience_s = _PATIENCE_WITH_VIEW_S
        self.expired = False
        self.start()

    def start(self) -> None:
        self._since = time.monotonic()

    def __call__(self) -> bool:
        self.expired = time.monotonic() - self._since > self.patience_s
        return self.expired


def connect(file: int, changes: int | None = None) -> tuple[apsw.Connection, bool]:
    """Open a database by its descriptor and that of its -wal; and say whether something of the -wal counts.

    Raises:
        apsw.Error: It is no database.
        UnknownWal: The -wal is not one that can be read with it.
        OSError: A file cannot be read.
    """
    database, with_changes = pages.opened(file, changes)
    for limit, value in _REFUSED:
        database.limit(limit, value)
    for pragma in (
        "trusted_schema = OFF",
        "cell_size_check = ON",
        "mmap_size = 0",
        "temp_store = MEMORY",
        "query_only = ON",
        "cache_size = -32768",
    ):
        database.execute(f"PRAGMA {pragma}")
    return database, with_changes


def read_out(database: apsw.Connection, output: BinaryIO, *, with_changes: bool = False) -> str | None:
    """Write the table and its rows; return why not all of it could be read, if that is so."""
    clock = _Clock()
    database.set_progress_handler(clock, _STEPS)
    try:
        if is_object_centric(database):
            clock.patience_s = _PATIENCE_S
            told = {"table": SHOWN, "payload": PAYLOAD, "wal": with_changes, "fields": "objects"}
            output.write(json.dumps(told).encode() + b"\n")
            output.writelines(map(RowWriter(COLUMNS, PAYLOAD, rowid=False).line, object_rows(database)))
            return None
        table, names = find_table(database)
    except (apsw.Error, UnicodeDecodeError, OSError, MemoryError) as error:
        return _reason(error, clock)
    if table is None:
        shown = ", ".join(names[:12]) + (" …" if len(names) > 12 else "")
        holds = f"its tables are {shown}" if names else "it has no tables"
        return f"this SQLite database holds no table of events: {holds}"
    clock.patience_s = _PATIENCE_WITH_VIEW_S if table.view else _PATIENCE_S
    told = {"table": table.name, "payload": table.payload, "wal": with_changes}
    output.write(json.dumps(told).encode() + b"\n")
    writer = RowWriter(table.columns, table.payload, rowid=table.rowid)
    count = 0
    try:
        clock.start()
        for rows in _batches(database, table):
            output.write(b"".join(map(writer.line, rows)))
            count += len(rows)
            clock.start()
    except (apsw.Error, UnicodeDecodeError, OSError, MemoryError) as error:
        rows_of = f"{count:,} rows of the {'view' if table.view else 'table'} “{table.name}” could be read"
        return f"{_reason(error, clock)}; {rows_of}"
    return None


def _batches(database: apsw.Connection, table: Table) -> Iterator[list[Row]]:
    """The rows in order; few at a time, so that those before a damaged place are not lost with it.

    Those behind one are read too, where the rows have numbers; what was wrong is raised at the end.
    """
    damage: apsw.CorruptError | None = None
    beyond: int | None = None
    cells = Cells(database, len(table.columns), rowid=table.rowid)
    for _ in range(_MOST_DAMAGED):
        if beyond is not None:
            found = cells.rows(_beyond(database, table, beyond))
        else:
            found = cells.rows(database.execute(table.query, (1,) if table.view else ()))
        rows: list[Row] = []
        last = beyond
        try:
            for row in found:
                rows.append(row)
                if len(rows) >= _ROWS:
                    yield rows
                    last, rows = _number(table, rows), []
        except apsw.Error as error:
            yield rows
            if not isinstance(error, apsw.CorruptError):
                raise
            damage = error
            beyond = _behind(database, table, _number(table, rows) or last or 0)
            if beyond is None:
                break
            continue
        yield rows
        break
    if damage is not None:
        raise damage


def _beyond(database: apsw.Connection, table: Table, number: int) -> apsw.Cursor:
    return database.execute(table.query_beyond, (number,))


def _number(table: Table, rows: list[Row]) -> int | None:
    """The number of the last of some rows."""
    if not rows or table.number is None:
        return None
    at = 0 if table.rowid else table.columns.index(table.number)
    number = rows[-1][at]
    return number if isinstance(number, int) else None


def _behind(database: apsw.Connection, table: Table, number: int) -> int | None:
    """The least number beyond which rows can be read again, if there is one."""
    if table.number is None:
        return None

    def readable(start: int) -> bool:
        try:
            next(_beyond(database, table, start), None)
        except apsw.Error:
            return False
        return True

    step = 1
    while not readable(number + step):
        step *= 2
        if step > _MOST_SKIPPED:
            return None
    low, high = number + step // 2, number + step
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if readable(middle) else (middle, high)
    return high


def _reason(error: Exception, clock: _Clock) -> str:
    if clock.expired:
        return f"it gives nothing for {clock.patience_s:g} seconds and may never end"
    text = str(error)
    if isinstance(error, UnknownWal):
        return text
    if isinstance(error, (MemoryError, apsw.NoMemError)):
        return "it cannot be read within the memory allowed"
    if isinstance(error, (apsw.CorruptError, apsw.NotADBError, apsw.IOError)):
        return "the database is damaged or no SQLite database at all"
    if isinstance(error, OSError):
        return f"it cannot be read: {error.strerror}"
    if isinstance(error, apsw.TooBigError):
        return f"it holds a value of more than {_LONGEST_CELL_BYTES >> 20} MiB"
    return f"SQLite says: {text[:200]}"


def main(job: str) -> int:
    """The process: 0 if everything was read."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (ImportError, ValueError, OSError):
        pass  # a system without limits
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # nobody listens any more: end quietly
    clock = _Clock()
    try:
        database, with_changes = connect(*json.loads(job))
    except (apsw.Error, UnknownWal, OSError, MemoryError) as error:
        reason: str | None = _reason(error, clock)
    else:
        with os.fdopen(os.dup(1), "wb") as output:
            reason = read_out(database, output, with_changes=with_changes)
    if reason is not None:
        sys.stderr.write(reason)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
