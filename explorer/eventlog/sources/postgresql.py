"""How is a table of a PostgreSQL database read as a log, and followed without losing or repeating a row?

A row may become visible long after one with a higher number: its transaction took longer. So it is not the highest
number that tells what is new. The numbers of all rows that were read are kept (as ranges), and each question asks for
rows of transactions that were still under way when the last one was asked, or began since (`txid_snapshot_xmin`). Rows
below a number under which nothing was under way are asked for seldom, since no index finds them.
"""

import time
from collections.abc import Iterator, Sequence

import msgspec

from explorer.eventlog.errors import LogError
from explorer.eventlog.sources import postgresql_questions as questions
from explorer.eventlog.sources.address import Address
from explorer.eventlog.sources.copied_rows import CopiedRows
from explorer.eventlog.sources.database_tables import DatabaseTable, TableQuery, chosen
from explorer.eventlog.sources.known_numbers import KnownNumbers
from explorer.eventlog.sources.postgresql_session import PostgresSession
from explorer.eventlog.sources.postgresql_tables import tables

DRIVER, EXTRA = "psycopg", "postgres"

_SLACK = 10_000  # numbers that a program may have taken in advance, below the highest that is known
_FULL_SHARE = 50  # all rows are looked through at most so seldom: 2 % of the time
_FULL_EVERY_S = 10.0
_MOST_AGE = 1 << 31


class _Moment(msgspec.Struct, frozen=True):
    """What the server says of one snapshot.

    Attributes:
        oldest: Every transaction below it has ended.
        next: No transaction from it on has begun.
        file: Where the table's rows are kept; another one once it was emptied or written anew.
        changed: How often rows were changed or deleted.
    """

    oldest: int
    next: int
    file: int | None
    changed: int
    clock: str


def reach(address: Address, password: str | None) -> "PostgresFeed":
    """Connect, and find the table; see `SourceModule.reach`."""
    session = PostgresSession(address, password)
    try:
        with session.transaction():
            ((role, master),) = session.rows(questions.RIGHTS)
            table = chosen(address.place, address.table, tables(session), role)
            ((writes,),) = session.rows(questions.WRITES, table.oid)
        return PostgresFeed(session, address, table, role if writes or master else "")
    except BaseException:
        session.close()
        raise


def candidates(address: Address, password: str | None) -> Sequence[DatabaseTable]:
    """All tables, the likeliest first; see `SourceModule.candidates`."""
    session = PostgresSession(address, password)
    try:
        with session.transaction():
            return tables(session)
    finally:
        session.close()


class PostgresFeed:
    """The rows of one table; see `feed.Feed`."""

    def __init__(self, session: PostgresSession, address: Address, table: DatabaseTable, writer: str) -> None:
        self._session, self._table, self._writer = session, table, writer
        self._query: TableQuery = table.query
        self.name = f"{address.database or address.user or 'postgresql'}, {table.table}"
        session.name = self.name
        self.payload = self._query.payload
        self.live = self._query.place is not None
        self._known = KnownNumbers()
        self._ends: dict[int, bytes] = {}  # the first and the last line, by their numbers
        self._moment: _Moment | None = None
        self._connections = 0
        self._below: list[tuple[int, int]] = []  # highest number known, and `next` of that moment
        self._floor = 0
        self._full_base = 0
        self._full_at_s, self._full_took_s = 0.0, 0.0

    @property
    def shown(self) -> str:
        """For display; that the role could write is said."""
        shown = f"PostgreSQL, table {self._table.table}"
        if self._writer:
            shown = f"PostgreSQL, table {self._table.table}, only read, although the role {self._writer} may write"
        return shown

    def lines(self) -> Iterator[bytes | str]:
        """All rows as they stand now; see `Feed.lines`."""
        self._known, self._ends, self._below, self._floor = KnownNumbers(), {}, [], 0
        copied = CopiedRows(self._query.columns, self.payload, self._query.place)
        with self._session.transaction():
            moment = self._look() if self.live else None
            for block in self._session.copied(self._query.text()):
                yield self._taken(copied, block, known=True)
        self._settle(moment, full=True)

    def more(self) -> Iterator[bytes]:
        """What has come since; see `Feed.more`."""
        before = self._moment
        if before is None:
            return
        copied = CopiedRows(self._query.columns, self.payload, self._query.place)
        began_s = time.monotonic()
        wait_s = max(_FULL_EVERY_S, _FULL_SHARE * self._full_took_s)
        full = began_s - self._full_at_s > wait_s
        with self._session.transaction():
            moment = self._look()
            again = self._connections != self._session.connections
            if full or again or moment.file != before.file or moment.changed > before.changed:
                self._check_same(copied, before, moment)
            if full or moment.oldest != before.oldest or moment.next != before.next or again:
                for block in self._session.copied(
                    self._query.text(self._condition(before, moment, full=full))
                ):
                    if lines := self._taken(copied, block, known=False):
                        yield lines
        if full:
            self._full_at_s = time.monotonic()
            self._full_took_s = self._full_at_s - began_s
        self._settle(moment, full=full)

    def close(self) -> None:
        """Let go of the connection."""
        self._session.close()

    def _look(self) -> _Moment:
        oid = self._query.oid
        (found,) = self._session.rows(questions.MOMENT, oid, oid, oid)
        return _Moment(*found)

    def _condition(self, before: _Moment, moment: _Moment, *, full: bool) -> str:
        base = self._full_base if full else before.oldest
        recent = moment.next - base < _MOST_AGE
        floor = None if full else self._floor
        return questions.beyond(self._query.place_asked, floor, base if recent else None)

    def _taken(self, copied: CopiedRows, block: bytes, *, known: bool) -> bytes:
        """The rows of a block as lines, those that are new; they are known from now on."""
        lines, numbers = copied.lines(block)
        if not self.live:
            return lines
        if not known:
            there = self._known.has(numbers)
            if there.any():
                pairs = zip(lines.splitlines(keepends=True), there.tolist(), strict=True)
                lines = b"".join(line for line, is_there in pairs if not is_there)
                numbers = numbers[~there]
        if len(numbers):
            self._known.add(numbers)
            if not self._ends:
                self._ends[int(numbers[0])] = lines[: lines.index(b"\n") + 1]
            if int(numbers[-1]) not in self._ends:
                first = next(iter(self._ends.items()))
                self._ends = dict([first, (int(numbers[-1]), lines[lines.rstrip(b"\n").rfind(b"\n") + 1 :])])
        return lines

    def _settle(self, moment: _Moment | None, *, full: bool) -> None:
        """What was read up to a moment need not be asked for again."""
        self._moment, self._connections = moment, self._session.connections
        if moment is None:
            return
        if full:
            self._full_base = moment.oldest
            self._full_at_s = self._full_at_s or time.monotonic()
        self._below.append((self._known.last, moment.next))
        ended = [number for number, following in self._below if following <= moment.oldest]
        if ended:
            self._floor = max(ended) - _SLACK
            self._below = [each for each in self._below if each[1] > moment.oldest]
        else:
            self._floor = min(self._floor, self._known.last - _SLACK)

    def _check_same(self, copied: CopiedRows, before: _Moment, moment: _Moment) -> None:
        """Say so if what was read is not there any more."""
        for number, line in self._ends.items():
            query = self._query.text(f"{self._query.place_asked} = {number}")
            there = b"".join(copied.lines(block)[0] for block in self._session.copied(query))
            if there != line:
                self._moment = None  # nothing may follow what is not there any more
                raise LogError(
                    self.name,
                    f"the row with the number {number} is not there any more, or another one: what was read at "
                    f"{before.clock} stays readable; read it anew to see what is there now",
                )
        if moment.changed > before.changed:
            self._moment = msgspec.structs.replace(before, changed=moment.changed)  # it is said once
            raise LogError(
                self.name,
                f"rows of the table were changed or deleted: what was read at {before.clock} stays readable; "
                "read it anew to see what is there now",
            )
