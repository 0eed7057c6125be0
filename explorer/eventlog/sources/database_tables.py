"""Which table of a database looks like events, and what is asked for to read it?"""

from collections.abc import Mapping, Sequence

import msgspec

from explorer.eventlog import field_names
from explorer.eventlog.errors import LogError
from explorer.eventlog.event_tables import ENOUGH, MAYBE_PLACES, PAYLOADS, PLACES, VERSIONS, score
from explorer.eventlog.profiles.shipped import store_of
from explorer.eventlog.sources import postgresql_questions as questions
from explorer.eventlog.sources.copied_rows import CopiedColumn
from explorer.eventlog.sources.joined_stores import JoinedStore, joined_store

_SHOWN = 12
_WHOLE = frozenset("int2 int4 int8 tinyint smallint mediumint int bigint".split())


class DatabaseTable(msgspec.Struct, frozen=True):
    """A table or a view of a database.

    Attributes:
        oid: By which the database knows it.
        schema, name: What it is called.
        kind: `table` or `view`.
        rows: How many the database thinks that there are; -1 if it never counted.
        columns: In its own order.
        keys: Columns, or several together, of which no values are there twice; the primary key first.
        readable: Whether the role may read it.
        store: The tables that belong to it, if it is one of a store that needs them.
        quote: What stands around names.
    """

    oid: int
    schema: str
    name: str
    kind: str
    rows: int
    columns: tuple[CopiedColumn, ...]
    keys: tuple[tuple[str, ...], ...]
    readable: bool
    store: JoinedStore | None = None
    quote: str = '"'

    @property
    def table(self) -> str:
        """What `?table=` of an address calls it."""
        return f"{self.schema}.{self.name}"

    @property
    def likeness(self) -> int:
        """How much it looks like one of events."""
        found = score(self.name, [column.name for column in self.columns])
        found += 4 if self.store is not None else 2 if self._profile else 0
        return found - (3 if self.kind == "view" and found else 0)

    @property
    def likely(self) -> bool:
        """Whether it looks like one of events."""
        return self.likeness >= ENOUGH

    @property
    def about(self) -> str:
        """`Marten, about 12,000 rows`."""
        known = self.store.name if self.store is not None else self._profile
        told = [
            known,
            f"about {self.rows:,} rows" if self.rows > 0 else "",
            "" if self.readable else "may not be read",
        ]
        return ", ".join(part for part in told if part)

    @property
    def _profile(self) -> str:
        return store_of([column.name for column in self.columns])

    @property
    def query(self) -> "TableQuery":
        """What asks for its rows in their order."""
        payload = self._first(PAYLOADS)
        own = {column.name: column for column in self.columns}
        columns: dict[str, CopiedColumn] = {}
        asked: dict[str, str] = {}
        for name, expression in (self.store.columns if self.store is not None else {}).items():
            columns[name] = CopiedColumn(
                name, "int8" if name in {"event_number", "position"} or "version" in name else "text"
            )
            asked[name] = expression.format(schema=self._quoted(self.schema))
        for column in self.columns:
            columns.setdefault(column.name, column)
            asked.setdefault(column.name, f"e.{self._quoted(column.name)}")
        names = [name for name in columns if name != payload] + ([payload] if payload is not None else [])
        place, order = self._order(own)
        joins = "" if self.store is None else self.store.joins.format(schema=self._quoted(self.schema))
        return TableQuery(
            oid=self.oid,
            columns=tuple(columns[name] for name in names),
            payload=payload,
            asked=", ".join(questions.named(asked[name], self._quoted(name)) for name in names),
            source=f"{self._quoted(self.schema)}.{self._quoted(self.name)} e{joins}",
            order=order,
            place=place,
            place_asked=asked[place] if place is not None else "",
        )

    def _order(self, own: dict[str, CopiedColumn]) -> tuple[str | None, str]:
        """The column whose numbers tell rows apart, if there is one, and by what the rows are in order."""
        if self.store is not None:
            return self.store.place_name, self.store.place
        unique = {key[0] for key in self.keys if len(key) == 1}
        primary = self.keys[0] if self.keys else ()
        place = self._first(PLACES)
        if place is None or own[place].type not in _WHOLE:
            maybe = self._first(MAYBE_PLACES, among=unique)
            alone = primary[0] if len(primary) == 1 else None
            place = next(
                (name for name in (maybe, alone) if name is not None and own[name].type in _WHOLE), None
            )
        times = [self._first(field_names.TIME), self._first(VERSIONS)]
        first = [place] if place is not None else [name for name in times if name is not None]
        names = list(dict.fromkeys([*first, *([] if place in unique else primary)]))
        order = ", ".join(f"e.{self._quoted(name)}" for name in names)
        followed = place in unique and self.kind == "table"
        return place if followed else None, order

    def _quoted(self, name: str) -> str:
        return quoted(name, self.quote)

    def _first(self, wanted: Sequence[str], among: set[str] | None = None) -> str | None:
        known = {
            field_names.plain(column.name): column.name
            for column in reversed(self.columns)
            if among is None or column.name in among
        }
        return next((known[name] for name in wanted if name in known), None)


class TableQuery(msgspec.Struct, frozen=True):
    """What asks for the rows of a table.

    Attributes:
        oid: Of the table.
        columns: What is asked for, the payload last.
        payload: The column with the payload, if there is one.
        asked, source, order: Parts of the query.
        place: The column whose numbers tell rows apart; None if none does, then it cannot be followed.
        place_asked: The same as an expression.
    """

    oid: int
    columns: tuple[CopiedColumn, ...]
    payload: str | None
    asked: str
    source: str
    order: str
    place: str | None
    place_asked: str

    def text(self, condition: str = "") -> str:
        """The query for all rows, or for those for which a condition holds."""
        return questions.select(self.asked, self.source, condition, self.order)


def quoted(name: str, quote: str = '"') -> str:
    """A name as SQL wants it."""
    return quote + name.replace(quote, 2 * quote) + quote


def likeliest_first(found: Mapping[str, Sequence[DatabaseTable]]) -> list[DatabaseTable]:
    """The tables of all schemas, each with the store that it is a part of."""
    every: list[DatabaseTable] = []
    for schema_tables in found.values():
        there = {
            table.name: frozenset(each.name for each in table.columns)
            for table in schema_tables
            if table.readable
        }
        every += [
            msgspec.structs.replace(table, store=joined_store(table.name, there)) for table in schema_tables
        ]
    return sorted(every, key=lambda table: (-table.likeness, -table.rows, table.table))


def chosen(name: str, wanted: str, every: Sequence[DatabaseTable], role: str) -> DatabaseTable:
    """The table that is wanted, or the likeliest.

    Raises:
        LogError: There is none, several may be meant, or it may not be read.
    """
    if wanted:
        meant = [table for table in every if wanted in {table.table, table.name}]
        if len(meant) > 1:
            raise LogError(name, f"“{wanted}” may be {_listed(meant)}: name one of them")
    else:
        meant = [table for table in every if table.likely and table.readable] or [
            table for table in every if table.likely
        ]
    if not meant:
        there = [table for table in every if table.likely] or every
        if wanted:
            raise LogError(name, f"there is no table “{wanted}”; there are {_listed(there) or 'none'}")
        if not every:
            raise LogError(name, "it holds no tables, or none that may be seen")
        raise LogError(
            name, f"none of its tables looks like one of events; --table names one: {_listed(there)}"
        )
    if not meant[0].readable:
        raise LogError(
            name,
            f"the role {role} may not read the table {meant[0].table}; whoever owns it can allow that: "
            f"GRANT SELECT ON {quoted(meant[0].schema)}.{quoted(meant[0].name)} TO {quoted(role)}",
        )
    return meant[0]


def _listed(some: Sequence[DatabaseTable]) -> str:
    return ", ".join(table.table for table in some[:_SHOWN]) + (" …" if len(some) > _SHOWN else "")
