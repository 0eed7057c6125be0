"""What are the formats of a log, each read from end to end, and one record of it again?"""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec

from explorer.eventlog.csv_rows import MEMBER, Layout, RowReader, cells_of, read_csv, record_of, section_at
from explorer.eventlog.cursor import Cursor
from explorer.eventlog.event import Batch, Event, FieldMap, Record, Stated
from explorer.eventlog.extract import EventMaker
from explorer.eventlog.json_array import MAP, Elements
from explorer.eventlog.json_lines import read_json_lines
from explorer.eventlog.json_nest import Found, Lists, with_others
from explorer.eventlog.keyed_lines import read_keyed_lines
from explorer.eventlog.keyed_lines import record_of as keyed_record
from explorer.eventlog.record import member_key, read_record
from explorer.eventlog.scanner.elements import ElementScan
from explorer.eventlog.scanner.rows import RowScan
from explorer.eventlog.scanner.shares import Scan
from explorer.eventlog.sqlite.rows import STORED, stored_bytes
from explorer.eventlog.stores import PlacedStore, Store
from explorer.eventlog.text import Text


class Format(ABC):
    """How one log is read. What most formats have in common is said here.

    Attributes:
        name: For display.
        text: What is read.
        columns: The names of the columns of a table of text; none of other logs.
        names_columns: Whether the table itself has them.
        by_lines: Whether any stretch of whole lines can be read by itself, as JSON Lines are.
        by_rows: Whether it is a table of a database: its entries are rows, no lines of the file.
        by_time: Whether its entries are those of a set, which only their times put in order.
        fields: Which member of a record is what, where the format itself says that; None: it is guessed.
        cells: How the bytes of a row have its cells, where they are UTF-8 and written as RFC 4180 has it.
        stated: What is said of all entries beside them; None: nothing is.
    """

    name: str
    text: Text
    columns: Sequence[str] = ()
    names_columns = False
    by_lines = False
    by_rows = False
    by_time = False
    fields: FieldMap | None = None
    cells: Layout | None = None
    stated: Stated | None = None

    @property
    def written(self) -> Literal["object", "member"] | None:
        """What the bytes of each record are, in UTF-8: a JSON object, or a member of one (`"key": {…}`)."""
        return None

    @abstractmethod
    def batches(self, make: EventMaker) -> Iterator[Batch]:
        """Read it from its beginning."""

    def batches_from(self, make: EventMaker, unit: int) -> Iterator[Batch]:
        """Read a log of lines from the one that begins at `unit`, as if that were the first."""
        raise NotImplementedError

    def scan(self, make: EventMaker) -> Scan | None:  # noqa: ARG002 - most have none
        """What reads the same as `batches` by compiled loops; None if there are none for it."""
        return None

    @abstractmethod
    def record(self, raw: bytes) -> Record:
        """Read one record again from its bytes."""

    def record_at(self, raw: bytes, offset: int) -> Record:  # noqa: ARG002 - mostly its bytes say all
        """Read the record again that begins at `offset`."""
        return self.record(raw)

    def named(self, event: Event, raw: bytes) -> Event:  # noqa: ARG002 - mostly its place says nothing
        """Give an event what its place in the log says of it."""
        return event

    def maker(self, make: EventMaker) -> EventMaker:
        """What makes events of records, where these hold more than was recorded."""
        return make

    def stored(self, raw: bytes) -> bytes:
        """A record as a person knows it."""
        return raw

    def place(self, raw: bytes) -> str:  # noqa: ARG002 - mostly there is one file
        """Where a record stands, if its own bytes tell."""
        return ""


class JsonLines(Format):
    """One JSON object on each line."""

    name = "JSON Lines"

    def __init__(self, text: Text, newline: bytes = b"\n") -> None:
        self.text = text
        self.by_lines = text.is_utf8 and newline == b"\n"
        self._newline = newline

    @property
    def written(self) -> Literal["object"] | None:
        """All lines are objects."""
        return "object" if self.text.is_utf8 else None

    def batches(self, make: EventMaker) -> Iterator[Batch]:
        """Read it from its beginning."""
        return self.batches_from(make, 0)

    def batches_from(self, make: EventMaker, unit: int) -> Iterator[Batch]:
        """Read it from the line that begins at `unit`, as if that were the first."""
        return read_json_lines(self.text, make, unit, 1, self._newline)

    def record(self, raw: bytes) -> Record:
        """Read one line again."""
        return read_record(self.text.to_utf8(raw))[0]


class StoredRows(JsonLines):
    """The rows of a database, written as lines by ourselves; what is stored is a part of each line."""

    by_rows = True

    def __init__(self, text: Text, store: Store) -> None:
        super().__init__(text)
        self.name = store.shown
        self.fields = getattr(store, "fields", None)  # most leave that to a guess
        self._payload = store.payload

    def maker(self, make: EventMaker) -> EventMaker:
        """The same for lines that tell how the payload is stored, which is no member of the record."""

        def made(position: int, record: Record) -> Event:
            if STORED in record:
                record = {name: value for name, value in record.items() if name != STORED}
            return make(position, record)

        return made

    def record(self, raw: bytes) -> Record:
        """Read one row again."""
        record = dict(super().record(raw))
        record.pop(STORED, None)
        return record

    def stored(self, raw: bytes) -> bytes:
        """The payload as the database stores it."""
        return stored_bytes(raw, self._payload)


class PlacedRows(StoredRows):
    """Records of several files, written as lines by ourselves; each line tells where its record stands."""

    def __init__(self, text: Text, store: PlacedStore) -> None:
        super().__init__(text, store)
        self._store = store

    def stored(self, raw: bytes) -> bytes:
        """The bytes as they stand in the file that they are from."""
        return self._store.original(raw)

    def place(self, raw: bytes) -> str:
        """In which file, and where in it: `b.jsonl, line 12, bytes 1,204-1,310`; empty if the line does not tell."""
        return self._store.place(raw)


class Container(msgspec.Struct, frozen=True):
    """Where the elements of a list of events begin, and what holds them.

    Attributes:
        name: For display.
        kind: `ARRAY`, `MAP` or `SEQUENCE`.
        unit, line, column: The place behind the opening bracket (a sequence has none).
        wrapped: Whether the list is a member of an object.
    """

    name: str
    kind: str
    unit: int = 0
    line: int = 1
    column: int = 1
    wrapped: bool = False


class JsonElements(Format):
    """The elements of one JSON array or map, or JSON objects one after another."""

    def __init__(self, text: Text, container: Container, others: Sequence[Found] = ()) -> None:
        self.name = container.name
        self.text = text
        self._container = container
        self._others = others

    @property
    def written(self) -> Literal["object", "member"] | None:
        """The members of a map have keys before them."""
        if not self.text.is_utf8:
            return None
        return "member" if self._container.kind == MAP else "object"

    def batches(self, make: EventMaker) -> Iterator[Batch]:
        """Read it from its beginning."""
        return with_others(self.text, self._elements(make).batches(), self._others)

    def scan(self, make: EventMaker) -> ElementScan | None:
        """The same by compiled loops."""
        return None if self._others else ElementScan(self._elements(make))

    def _elements(self, make: EventMaker) -> Elements:
        where = self._container
        cursor = Cursor(self.text, where.unit, where.line, where.column)
        return Elements(self.text, make, cursor, where.kind, wrapped=where.wrapped)

    def record(self, raw: bytes) -> Record:
        """Read one element again."""
        return read_record(self.text.to_utf8(raw), in_map=self._container.kind == MAP)[0]

    def record_at(self, raw: bytes, offset: int) -> Record:  # noqa: ARG002 - mostly its bytes say all
        """Read the record again that begins at `offset`."""
        return self.record(raw)

    def named(self, event: Event, raw: bytes) -> Event:
        """In a map, the key is the event's id."""
        if self._container.kind != MAP or event.id is not None:
            return event
        return msgspec.structs.replace(event, id=member_key(self.text.to_utf8(raw)))


class NestedLists(Format):
    """The elements of lists deep inside of one JSON object."""

    def __init__(self, text: Text, found: Found, others: Sequence[Found] = ()) -> None:
        self.name = f'JSON object, events in "{found.shown}"'
        self.text = text
        self._path = found.path
        self._others = others

    @property
    def written(self) -> Literal["object"] | None:
        """All elements are objects."""
        return "object" if self.text.is_utf8 else None

    def batches(self, make: EventMaker) -> Iterator[Batch]:
        """Read it from its beginning."""
        return with_others(self.text, Lists(self.text, make, self._path).batches(), self._others)

    def record(self, raw: bytes) -> Record:
        """Read one element again."""
        return read_record(self.text.to_utf8(raw))[0]


class KeyedLines(Format):
    """A key and one JSON object on each line."""

    name = "JSON Lines with keys"

    def __init__(self, text: Text, newline: bytes = b"\n") -> None:
        self.text = text
        self._newline = newline

    def batches(self, make: EventMaker) -> Iterator[Batch]:
        """Read it from its beginning."""
        return read_keyed_lines(self.text, make, self._newline)

    def record(self, raw: bytes) -> Record:
        """Read one line again."""
        return keyed_record(self.text.to_utf8(raw))[0]


class Csv(Format):
    """One row for each event, mostly under a row of names."""

    def __init__(self, text: Text, layout: Layout, newline: bytes, stated: Stated | None = None) -> None:
        self.stated = stated
        shown = {"\t": "tab", ",": "comma", ";": "semicolon", "|": "bar"}
        self.name = f"CSV ({shown.get(layout.delimiter, layout.delimiter)})"
        self.text = text
        self.columns = (*layout.names, MEMBER) if layout.sections else layout.names
        self.names_columns = layout.header
        self.cells = None if layout.escapes or layout.sections or not text.is_utf8 else layout
        self._layout = layout
        self._newline = newline

    def batches(self, make: EventMaker) -> Iterator[Batch]:
        """Read it from its beginning."""
        return read_csv(self.text, make, self._layout, self._newline)

    def scan(self, make: EventMaker) -> RowScan | None:
        """The same by compiled loops."""
        if self._layout.escapes or self._layout.sections:
            return None
        return RowScan(RowReader(self.text, make, self._layout), self._newline)

    def record(self, raw: bytes) -> Record:
        """Read one row again."""
        return self.record_at(raw, self.text.base)

    def record_at(self, raw: bytes, offset: int) -> Record:
        """The same of the row that begins there."""
        cells = cells_of(self.text.to_utf8(raw).decode(), self._layout)
        record = record_of(self._layout.names, cells)
        if sections := self._layout.sections:
            record[MEMBER] = section_at(sections, (offset - self.text.base) // self.text.width)
        return record
