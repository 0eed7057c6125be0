"""How is a CSV file read, row by row, so that one damaged row costs no other?"""

import csv
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from explorer.eventlog.csv_tables import DatedTable, is_aside
from explorer.eventlog.dumps.sql_text import copied
from explorer.eventlog.event import Batch, Notice, Unread
from explorer.eventlog.extract import EventMaker
from explorer.eventlog.json_text import JsonFault
from explorer.eventlog.lines import LONGEST_RECORD_BYTES
from explorer.eventlog.record import RecordPlace, notice_of_time
from explorer.eventlog.source import BLOCK_BYTES
from explorer.eventlog.text import Text

BEFORE_NAMES = "it stands before the names of the columns"
NO_ROW = "it is no row of the table: it has no day"
AGAIN = "the names of the columns once more"
ASIDES = frozenset({BEFORE_NAMES, NO_ROW, AGAIN})  # what a table has besides its rows: nothing is lost
MEMBER = "account"  # of a record, what its table is called where a file has several
MOST_COLUMNS = 4_096
FIRST_ROWS, ROWS_IN_BATCH = 250, 4_000  # many callers want a few, so the first batches are small
_END_UNITS, _LAST_ROWS = 1 << 14, 40
MOST_LINES = 1_000  # of one quoted field; an unclosed quote must not swallow the rest of the file

csv.field_size_limit(LONGEST_RECORD_BYTES)


class Layout(msgspec.Struct, frozen=True):
    """How the rows of a file become records.

    Attributes:
        delimiter: What stands between cells.
        names: The columns' names.
        titles: Rows before the names, or before the data where there are no names.
        header: Whether a row of names follows them.
        separator: Whether the first of those rows only says which delimiter is used.
        note: What should be said of the first row, if anything.
        escapes: Whether it is text as PostgreSQL's `COPY` writes it: no quotes, but backslashes.
        table: What is known of a table of dated figures.
        asides: Whether other rows stand between or behind its rows: sums, or what is told of the account.
        sections: Of several tables where each begins, and what it is called; None: its columns are other ones.
    """

    delimiter: str
    names: tuple[str, ...]
    titles: int = 0
    header: bool = True
    separator: bool = False
    note: str = ""
    escapes: bool = False
    table: DatedTable | None = None
    asides: bool = False
    sections: tuple[tuple[int, str | None], ...] = ()

    @property
    def begin(self) -> int:
        """The index of the first row that is an event."""
        return self.titles + self.header


def read_row(text: str, delimiter: str) -> list[str]:
    """The fields of one row.

    Raises:
        JsonFault: The quotes in it do not match.
    """
    try:
        return next(csv.reader([text], delimiter=delimiter, strict=True), [])
    except csv.Error as error:
        raise JsonFault("the quotes in this row do not match", max(text.find('"'), 0)) from error


def cells_of(text: str, layout: Layout) -> list[str]:
    """The same of a row that is laid out so."""
    return copied_row(text) if layout.escapes else read_row(text, layout.delimiter)


def section_at(sections: Sequence[tuple[int, str | None]], unit: int) -> str | None:
    """What the table is called in which a row begins at `unit`; None if its columns are other ones."""
    at = bisect_right(sections, unit, key=lambda each: each[0])
    return sections[at - 1][1] if at else sections[0][1]


def cells_of_each(texts: Iterable[str], layout: Layout) -> list[list[str]]:
    """The same of several rows; of one whose quotes do not match, nothing."""
    found = []
    for text in texts:
        try:
            found.append(cells_of(text, layout))
        except JsonFault:
            continue
    return found


def last_rows(text: Text, newline: bytes, layout: Layout) -> list[list[str]]:
    """The cells of the last rows of a file below its names; some of the first may be parts of longer rows."""
    if text.units <= _END_UNITS:
        found = [
            place for at, place in enumerate(rows(text, newline, layout.delimiter)) if at >= layout.begin
        ]
        places = found[-_LAST_ROWS:]
    else:
        unit = text.units - _END_UNITS
        places = []
        for each in text.read(unit, _END_UNITS).split(newline):
            places.append(RecordPlace(unit, each, 0))
            unit += len(each) + 1
        places = [place for place in _of_one_line(places[1:], layout) if place.skeleton.strip()][-_LAST_ROWS:]
    decoded = []
    for place in places:
        try:
            decoded.append(decoded_row(text, place))
        except JsonFault:
            continue
    return cells_of_each(decoded, layout)


def _of_one_line(places: Sequence[RecordPlace], layout: Layout) -> list[RecordPlace]:
    """The last lines of a file that are rows by themselves: the end of the file stands in no quotes."""
    if layout.escapes:
        return list(places)
    found, inside = list[RecordPlace](), False
    for place in reversed(places):
        odd = place.skeleton.count(b'"') % 2 > 0
        if not (odd or inside):
            found.append(place)
        inside ^= odd
    return found[::-1]


def copied_row(text: str) -> list[str]:
    r"""The cells of a row of `COPY`; what is nothing there (`\N`) is an empty one."""
    return [_copied(cell) if "\\" in cell else cell for cell in text.split("\t")]


def _copied(cell: str) -> str:
    found = copied(cell.encode("utf-8", "surrogatepass"))
    return "" if found is None else found.decode("utf-8", "surrogateescape")


def names_of(header: list[str]) -> list[str]:
    """The columns' names: empty ones are numbered, and a repeated one gets a number, so that none is lost."""
    names: list[str] = []
    taken: set[str] = set()
    counts: dict[str, int] = {}
    for number, cell in enumerate(header, 1):
        wanted = name = cell.strip() or f"column_{number}"
        while name in taken:
            counts[wanted] = counts.get(wanted, 1) + 1
            name = f"{wanted}_{counts[wanted]}"
        names.append(name)
        taken.add(name)
    return names


def rows(text: Text, newline: bytes, delimiter: str = "", begin: int = 0) -> Iterator[RecordPlace]:
    """Every row as a stretch of the text, without its line break; blank lines are passed over.

    A row goes on behind a line break inside quotes. One whose quotes are never closed ends with its line, and so does
    one of several lines that turns out to be none: the lines behind it are looked at again.

    Args:
        text: The file.
        newline: What ends a line.
        delimiter: What stands between cells; if it is not known yet, only quotes are counted.
        begin: The first row, from 0, for which it is known.
    """
    lines, again = lines_of(text, newline), list[tuple[int, int, bytes]]()
    held: list[tuple[int, int, bytes]] = []  # the lines of a row whose quotes are still open
    quotes = size = count = 0
    while True:
        line = again.pop() if again else next(lines, None)
        if line is not None:
            held.append(line)
            quotes += line[2].count(b'"')
            size += len(line[2]) + 1
            if quotes % 2 and len(held) < MOST_LINES and size <= LONGEST_RECORD_BYTES:
                continue
        elif not held:
            return
        whole = newline.join(part for _, _, part in held)
        sure = len(held) == 1 or count < begin or not delimiter
        if quotes % 2 or not (sure or _is_row(whole, delimiter)):
            whole = held[0][2]
            again += held[:0:-1]
        if whole.strip():
            yield RecordPlace(held[0][0], whole, held[0][1])
            count += 1
        held.clear()
        quotes = size = 0


def _is_row(skeleton: bytes, delimiter: str) -> bool:
    try:
        read_row(skeleton.decode("latin-1"), delimiter)
    except JsonFault:
        return False
    return True


def lines_of(text: Text, newline: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Every line as unit, 1-based number and skeleton, without its line break."""
    unit, line, rest = 0, 1, b""
    while block := text.read(unit + len(rest), BLOCK_BYTES):
        *whole, rest = (rest + block).split(newline)
        for each in whole:
            yield unit, line, each
            unit += len(each) + 1
            line += 1
        if len(rest) > LONGEST_RECORD_BYTES:
            yield unit, line, rest
            unit += len(rest)
            rest = b""
    if rest:
        yield unit, line, rest


class RowReader:
    """Makes events of the rows of one file; empty cells are left out, cells beyond the names kept with a notice."""

    def __init__(self, text: Text, make: EventMaker, layout: Layout) -> None:
        self.text = text
        self.layout = layout
        self.header: list[str | None] = []
        self._make = make
        self._names = list(layout.names)

    def record(self, cells: list[str], unit: int) -> dict[str, object]:
        """The cells of the row that begins at `unit` as a record."""
        record = record_of(self._names, cells)
        if self.layout.sections:
            record[MEMBER] = section_at(self.layout.sections, unit)
        return record

    def _no_event(self, cells: list[str], unit: int, number: int) -> str | None:
        """Why a row, before which stand `number` rows, is no event; None if it is one, or holds the names."""
        layout = self.layout
        if len(cells) > MOST_COLUMNS:
            return f"{len(cells):,} fields; the limit is {MOST_COLUMNS:,}"
        if number <= layout.titles:
            return None
        if layout.header and _heads(cells) == self.header:
            return AGAIN
        if layout.asides and layout.table and is_aside(cells, layout.table):
            return NO_ROW
        if layout.sections and section_at(layout.sections, unit) is None:
            return "it is a row of another table, with other columns"
        return None

    def take(self, batch: Batch, place: RecordPlace, number: int, position: int) -> int:
        """Read a row into a batch, before which stand `number` rows and `position` events; the position after it."""
        text, layout = self.text, self.layout
        if number < layout.titles and layout.separator and not number:
            return position
        offset = text.byte(place.unit)
        size = text.byte(place.unit + len(place.skeleton)) - offset
        size -= text.width if place.skeleton.endswith(b"\r") else 0
        try:
            if number < layout.titles:
                raise JsonFault(BEFORE_NAMES, 0)  # noqa: TRY301 - told alike
            cells = cells_of(decoded_row(text, place), layout)
            if (reason := self._no_event(cells, place.unit, number)) is not None:
                raise JsonFault(reason, 0)  # noqa: TRY301
        except JsonFault as fault:
            at, column = offset + fault.index * text.width, 1 + fault.index
            aside = fault.reason in ASIDES
            batch.unread.append(
                Unread(position, place.line, column, at, fault.reason, offset, size, aside=aside)
            )
            return position
        if number < layout.begin:
            self.header = _heads(cells)
            return position
        position += 1
        event = self._make(position, self.record(cells, place.unit))
        batch.events.append(event)
        batch.offsets.append(offset)
        batch.lengths.append(size)
        batch.lines.append(place.line)
        if layout.note and number == layout.begin:
            batch.notices.append(Notice(position, place.line, 1, offset, layout.note, "no-header"))
        surplus = cells[len(self._names) :]
        if surplus and not any(surplus):  # a comma behind each row
            cells = cells[: len(self._names)]
        if len(cells) != len(self._names) and (note := _of_width(len(cells), layout)):
            kind = "missing-fields" if len(cells) < len(self._names) else "extra-fields"
            batch.notices.append(Notice(position, place.line, 1, offset, note, kind))
        if event.at_ns is None and event.at is not None:
            batch.notices.append(notice_of_time(event, place.line, offset, 1))
        return position


def _heads(cells: list[str]) -> list[str | None]:
    return [cell.strip() or None for cell in cells]


def read_csv(text: Text, make: EventMaker, layout: Layout, newline: bytes) -> Iterator[Batch]:
    """Yield the events."""
    reader, batch, position, most = RowReader(text, make, layout), Batch(), 0, FIRST_ROWS
    for number, place in enumerate(rows(text, newline, layout.delimiter, layout.begin)):
        position = reader.take(batch, place, number, position)
        if len(batch.events) >= most:
            batch.done_bytes = text.byte(place.unit + len(place.skeleton))
            yield batch
            batch, most = Batch(), min(2 * most, ROWS_IN_BATCH)
    batch.done_bytes = text.byte(text.units)
    yield batch


def _of_width(cells: int, layout: Layout) -> str:
    """What there is to say of a row that is shorter or longer than the names."""
    names = len(layout.names)
    if cells < names:
        who = "the header names" if layout.header else "other rows have"
        return f"{cells} of the {names} fields that {who}: the last are missing"
    extra = [f"column_{number}" for number in range(names + 1, cells + 1)]
    shown = extra[0] if len(extra) == 1 else f"{extra[0]} to {extra[-1]}"
    who = "the header names" if layout.header else "other rows have"
    return f"{cells} fields, but {who} {names}: what is more is called {shown}"


def record_of(names: Sequence[str], cells: list[str]) -> dict[str, object]:
    """One row as a record; empty cells are left out, cells beyond the names are numbered."""
    record: dict[str, object] = {name: cell for name, cell in zip(names, cells, strict=False) if cell}
    if len(cells) > len(names):
        for number, cell in enumerate(cells[len(names) :], len(names) + 1):
            if cell:
                name = f"column_{number}"
                while name in record:
                    name += "_2"
                record[name] = cell
    return record


def decoded_row(text: Text, place: RecordPlace) -> str:
    """The text of a row.

    Raises:
        JsonFault: Its bytes are none.
    """
    try:
        return text.utf8(place.unit, place.skeleton).decode().removesuffix("\r")
    except UnicodeDecodeError as error:
        reason = "invalid UTF-8: say --encoding if it is written in another one"
        raise JsonFault(reason if text.width == 1 else "invalid UTF-16", error.start) from error
