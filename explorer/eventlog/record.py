"""What becomes of one stretch of JSON text: an event, or a record of why it could not be read?"""

import msgspec

from explorer.eventlog.event import Batch, Event, Notice, Unread
from explorer.eventlog.extract import EventMaker
from explorer.eventlog.json_text import (
    FAULTS,
    SPACED_COLON,
    JsonFault,
    decode,
    duplicate_key,
    key_count,
    needs_care,
    read_carefully,
)
from explorer.eventlog.text import Text

_KINDS = {str: "a text", bool: "true or false", type(None): "null", list: "a list"}


class RecordPlace(msgspec.Struct):
    """A stretch of the text that should hold one record, and where it begins.

    Attributes:
        unit: Its first unit.
        skeleton: Its skeleton.
        line: 1-based line of its first unit.
        column: 1-based column of its first unit, in characters.
        torn: The log ends right after it, without a newline: its writer may not be done.
        in_map: It is a member of an object, `"key": {…}`; the record is the value.
    """

    unit: int
    skeleton: bytes
    line: int
    column: int = 1
    torn: bool = False
    in_map: bool = False


def read_record(raw: bytes, *, in_map: bool = False) -> tuple[dict[str, object], str | None]:
    """Read one UTF-8 JSON text; return the record and the first key that appears twice in an object.

    Raises:
        JsonFault: It cannot be read as a record; says why and where.
    """
    if in_map:
        return _read_member(raw)
    try:
        if needs_care(raw):
            value = read_carefully(raw)
        else:
            try:
                value = decode(raw)
            except FAULTS:
                value = read_carefully(raw)
        if type(value) is not dict:
            kind = _KINDS.get(type(value), "a number")
            start = len(raw) - len(raw.lstrip())
            raise JsonFault(f"{kind}, not an event (a JSON object)", start)
        # Every key is a quote and a colon: as many of them as keys means that no key was lost.
        doubtful = raw.count(b'":') != key_count(value) or SPACED_COLON.search(raw) is not None
        twice = duplicate_key(raw) if doubtful else None
    except RecursionError as error:
        raise JsonFault("nested too deeply", 0) from error
    return value, twice


def _read_member(raw: bytes) -> tuple[dict[str, object], str | None]:
    """Read `"key": {…}`, which is no JSON text by itself; the record is the value."""
    try:
        outer, twice = read_record(b"{" + raw + b"}")
    except JsonFault as fault:
        raise JsonFault(fault.reason, min(max(0, fault.index - 1), len(raw))) from fault
    value = next(iter(outer.values()), None)
    if type(value) is not dict or len(outer) != 1:
        raise JsonFault(f"{_KINDS.get(type(value), 'a number')}, not an event (a JSON object)", 0)
    return value, twice


def member_key(raw: bytes) -> str:
    """The key of `"key": {…}`."""
    return str(next(iter(read_record(b"{" + raw + b"}")[0]), ""))


def add_record(batch: Batch, text: Text, make: EventMaker, place: RecordPlace, position: int) -> int:
    """Read the record at `place` carefully into `batch`; return the position after it."""
    size = text.byte(place.unit + len(place.skeleton)) - text.byte(place.unit)
    try:
        raw = text.utf8(place.unit, place.skeleton)
    except UnicodeDecodeError as error:
        at = text.byte(place.unit) + error.start
        column = place.column + error.start // text.width
        offset = text.byte(place.unit)
        batch.unread.append(Unread(position, place.line, column, at, "invalid UTF-16", offset, size))
        return position
    try:
        record, twice = read_record(raw, in_map=place.in_map)
    except JsonFault as fault:
        batch.unread.append(unread(text, place, position, raw, fault.index, fault.reason))
        return position
    event = make(position + 1, record)
    if place.in_map and event.id is None:
        event = msgspec.structs.replace(event, id=member_key(raw))
    offset = text.byte(place.unit)
    batch.events.append(event)
    batch.offsets.append(offset)
    batch.lengths.append(size)
    batch.lines.append(place.line)
    if twice is not None:
        note = f'the key "{twice}" appears twice; the last value counts'
        batch.notices.append(Notice(event.position, place.line, place.column, offset, note, "duplicate-key"))
    if event.at_ns is None and event.at is not None:
        batch.notices.append(notice_of_time(event, place.line, offset, place.column))
    return position + 1


def unread(text: Text, place: RecordPlace, after: int, raw: bytes, index: int, reason: str) -> Unread:
    """Say that the record at `place`, whose UTF-8 text is `raw`, has a fault at the byte `index` of `raw`."""
    before = raw[:index].decode("utf-8", "replace")
    offset = text.byte(place.unit)
    size = text.byte(place.unit + len(place.skeleton)) - offset
    whole = reason.endswith("not an event (a JSON object)")
    if place.torn and not whole and not reason.startswith(("an unwritten block", "a comment")):
        reason = "incomplete last line"
    byte = text.byte_after(place.unit, raw, index)
    incomplete = reason == "incomplete last line"
    line, column = line_and_column(before, place.line, place.column)
    return Unread(after, line, column, byte, reason, offset, size, incomplete)


def line_and_column(before: str, line: int, column: int) -> tuple[int, int]:
    """Where one stands after `before`, which began at `line` and `column`."""
    rows = before.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if len(rows) == 1:
        return line, column + len(before)
    return line + len(rows) - 1, len(rows[-1]) + 1


def notice_of_time(event: Event, line: int, byte: int, column: int = 1) -> Notice:
    """Say that the time of an event is none."""
    shown = event.at if event.at is not None and len(event.at) <= 60 else f"{(event.at or '')[:60]}…"
    text = f'the time "{shown}" is not a time that can be read'
    return Notice(event.position, line, column, byte, text, "no-time")
