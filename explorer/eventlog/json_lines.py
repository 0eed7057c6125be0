"""How is a log with one JSON object on each line read?"""

from collections.abc import Iterator

from explorer.eventlog.event import Batch, Unread
from explorer.eventlog.extract import EventMaker
from explorer.eventlog.json_text import (
    FAULTS,
    SPACED_COLON,
    decode,
    key_count,
    needs_care,
)
from explorer.eventlog.lines import LONGEST_RECORD_BYTES, Stretch, whole_lines
from explorer.eventlog.record import RecordPlace, add_record, notice_of_time
from explorer.eventlog.text import Text

_SHORT_BYTES = 1_024  # too short to be nested too deeply, or to hold a number that is too long


def read_json_lines(text: Text, make: EventMaker, unit: int, line: int, newline: bytes) -> Iterator[Batch]:
    """Yield the events of the lines from `unit` (on the 1-based `line`) to the end of the text."""
    position = 0
    for stretch in whole_lines(text, unit, newline):
        batch = Batch(done_bytes=text.byte(max(stretch.unit + len(stretch.block), stretch.skipped_to)))
        if stretch.too_long:
            batch.unread.append(_too_long(text, stretch, position, line))
            batch.done_bytes = text.byte(stretch.unit + stretch.too_long)
            line += 1
        elif stretch.block:
            line = read_stretch(text, make, batch, stretch, position, line, newline)
            position += len(batch.events)
        batch.done_lines = line - 1
        yield batch


def read_stretch(
    text: Text, make: EventMaker, batch: Batch, stretch: Stretch, position: int, line: int, newline: bytes
) -> int:
    """Read whole lines into `batch`, of which `position` events and `line` - 1 lines stand before; the line after."""
    block, unit = stretch.block, stretch.unit
    plain = text.is_utf8
    spaced = SPACED_COLON.search(block) is not None
    returns = newline == b"\n" and b"\r" in block
    at_end = text.ends_by(unit + len(block))
    pieces = block.split(newline)
    if block.endswith(newline):
        pieces.pop()
        at_end = False
    last = len(pieces) - 1 if at_end else -1
    events, offsets, lengths, lines = batch.events, batch.offsets, batch.lengths, batch.lines
    base, width = text.base, text.width
    for index, piece in enumerate(pieces):
        try:
            raw = piece if plain else text.utf8(unit, piece)
            record = decode(raw)
            fine = (
                type(record) is dict
                and raw.count(b'":') == key_count(record)
                and not (spaced and SPACED_COLON.search(raw))
                and not (len(raw) > _SHORT_BYTES and needs_care(raw))
            )
        except FAULTS:
            fine = False
        if fine:
            position += 1
            event = make(position, record)
            events.append(event)
            offsets.append(base + unit * width)
            lengths.append((len(piece) - 1 if returns and piece[-1:] == b"\r" else len(piece)) * width)
            lines.append(line)
            if event.at_ns is None and event.at is not None:
                batch.notices.append(notice_of_time(event, line, text.byte(unit)))
        else:
            position, line = _read_slowly(
                batch, text, make, RecordPlace(unit, piece, line, 1, index == last), position
            )
        unit += len(piece) + 1
        line += 1
    return line


def _read_slowly(
    batch: Batch, text: Text, make: EventMaker, place: RecordPlace, position: int
) -> tuple[int, int]:
    """Read a line that is no plain good record; return the position and the line after it."""
    piece = place.skeleton.rstrip(b"\r")
    if not piece.strip():
        return position, place.line
    if piece.startswith(b"\x1e"):  # RFC 7464 puts this mark before each record
        piece = piece[1:]
        place.unit, place.column = place.unit + 1, 2
    place.skeleton = piece
    before = len(batch.unread)
    if len(piece) > LONGEST_RECORD_BYTES // text.width:
        batch.unread.append(_too_long(text, Stretch(place.unit, piece[:1], len(piece)), position, place.line))
        return position, place.line
    torn, place.torn = place.torn, place.torn and b"\r" not in piece
    position = add_record(batch, text, make, place, position)
    if b"\r" in piece and len(batch.unread) > before:
        # perhaps some lines of this log end with a lone carriage return
        batch.unread.pop()
        parts = piece.split(b"\r")
        unit, line = place.unit, place.line
        for index, part in enumerate(parts):
            if part.strip():
                there = RecordPlace(unit, part, line, 1, torn and index == len(parts) - 1)
                position = add_record(batch, text, make, there, position)
            unit += len(part) + 1
            line += 1
        return position, line - 1
    return position, place.line


def _too_long(text: Text, stretch: Stretch, after: int, line: int) -> Unread:
    size = stretch.too_long * text.width
    empty = not stretch.block.strip(b"\0")
    limit = LONGEST_RECORD_BYTES >> 20
    reason = (
        "an unwritten block of NUL bytes" if empty else f"a line of {size:,} bytes; the limit is {limit} MiB"
    )
    return Unread(after, line, 1, text.byte(stretch.unit), reason, text.byte(stretch.unit), size)
