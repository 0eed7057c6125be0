"""How is a CSV file read, row by row, so that one damaged row costs no other?"""

import csv
from collections.abc import Iterator

from explorer.eventlog.batch import Batch
from explorer.eventlog.event import Notice, Unread
from explorer.eventlog.extract import EventMaker
from explorer.eventlog.json_text import JsonFault
from explorer.eventlog.lines import LONGEST_RECORD_BYTES
from explorer.eventlog.record import Place, notice_of_time
from explorer.eventlog.source import BLOCK_BYTES
from explorer.eventlog.text import Text

DELIMITERS = ",;\t|"
ROWS_IN_BATCH = 5_000
MOST_LINES = 1_000  # of one quoted field; an unclosed quote must not swallow the rest of the file

csv.field_size_limit(LONGEST_RECORD_BYTES)


def read_row(text: str, delimiter: str) -> list[str]:
    """The fields of one row.

    Raises:
        JsonFault: The quotes in it do not match.
    """
    try:
        return next(csv.reader([text], delimiter=delimiter, strict=True), [])
    except csv.Error as error:
        raise JsonFault("the quotes in this row do not match", max(text.find('"'), 0)) from error


def names_of(header: list[str]) -> list[str]:
    """The columns' names: empty ones are numbered, and a repeated one gets a number, so that none is lost."""
    names: list[str] = []
    for number, cell in enumerate(header, 1):
        wanted = cell.strip() or f"column_{number}"
        name, count = wanted, 1
        while name in names:
            count += 1
            name = f"{wanted}_{count}"
        names.append(name)
    return names


def rows(text: Text, newline: bytes) -> Iterator[Place]:
    """Every row as a stretch of the text, without its line break; blank lines are passed over.

    A row goes on behind a line break inside quotes. One whose quotes are never closed ends with its line.
    """
    held: list[tuple[int, int, bytes]] = []  # the lines of a row whose quotes are still open
    for unit, line, skeleton in _lines(text, newline):
        held.append((unit, line, skeleton))
        while held:
            whole = newline.join(part for _, _, part in held)
            if whole.count(b'"') % 2 and len(held) < MOST_LINES and len(whole) < LONGEST_RECORD_BYTES:
                break
            if whole.count(b'"') % 2:
                yield Place(held[0][0], held[0][2], held[0][1])
                del held[0]
            else:
                if whole.strip():
                    yield Place(held[0][0], whole, held[0][1])
                held.clear()
    for unit, line, skeleton in held:
        yield Place(unit, skeleton, line)


def _lines(text: Text, newline: bytes) -> Iterator[tuple[int, int, bytes]]:
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


def read_csv(text: Text, make: EventMaker, delimiter: str, newline: bytes) -> Iterator[Batch]:
    """Yield the events; the first row names the columns, and empty cells are left out of a record."""
    batch, names, position = Batch(), [""], 0
    for number, place in enumerate(rows(text, newline)):
        offset = text.byte(place.unit)
        size = text.byte(place.unit + len(place.skeleton)) - offset
        size -= text.width if place.skeleton.endswith(b"\r") else 0
        try:
            cells = read_row(_decoded(text, place), delimiter)
            if number and len(cells) > len(names):
                reason = f"{len(cells)} fields, but the header names {len(names)}"
                raise JsonFault(reason, 0)  # noqa: TRY301 - the fault is told like the others
        except JsonFault as fault:
            at, column = offset + fault.index * text.width, 1 + fault.index
            batch.unread.append(Unread(position, place.line, column, at, fault.reason, offset, size))
            continue
        if not number:
            names = names_of(cells)
            continue
        position += 1
        event = make(position, record_of(names, cells))
        batch.events.append(event)
        batch.offsets.append(offset)
        batch.lengths.append(size)
        batch.lines.append(place.line)
        if len(cells) < len(names):
            note = f"{len(cells)} fields where the header names {len(names)}: the last are missing"
            batch.notices.append(Notice(position, place.line, 1, offset, note, "missing-fields"))
        if event.at_ns is None and event.at is not None:
            batch.notices.append(notice_of_time(event, place.line, offset, 1))
        if len(batch.events) >= ROWS_IN_BATCH:
            batch.done_bytes = offset + size
            yield batch
            batch = Batch()
    batch.done_bytes = text.byte(text.units)
    yield batch


def record_of(names: list[str], cells: list[str]) -> dict[str, object]:
    """One row as a record; empty cells are left out."""
    return {name: cell for name, cell in zip(names, cells, strict=False) if cell}


def _decoded(text: Text, place: Place) -> str:
    try:
        return text.utf8(place.unit, place.skeleton).decode().removesuffix("\r")
    except UnicodeDecodeError as error:
        raise JsonFault("invalid UTF-8" if text.width == 1 else "invalid UTF-16", error.start) from error
