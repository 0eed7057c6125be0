"""Which format is a log written in? Found from its content; its name is not looked at."""

from explorer.eventlog import field_names
from explorer.eventlog.csv_rows import DELIMITERS, read_row, rows
from explorer.eventlog.cursor import Broken, Cursor
from explorer.eventlog.errors import LogError
from explorer.eventlog.formats import Container, Csv, Format, JsonElements, JsonLines, StoredRows
from explorer.eventlog.json_array import ARRAY, MAP, SEQUENCE
from explorer.eventlog.json_text import FAULTS, JsonFault, decode
from explorer.eventlog.source import Source
from explorer.eventlog.text import Text

_HEAD_UNITS = 1 << 20
_LOOKED_AT = 40  # lines, or rows
_COMMENTS = (b"#", b"//", b"/*", b"*")
_LIST_NAMES = ("events", "entries", "records", "items", "actions", "messages", "history", "log", "data",
               "rows", "results", "value", "values", "payload")  # fmt: skip
_MAP_NAMES = ("events", "ocelevents", "actionsbyid", "eventsbyid", "entries", "records", "items")
_PRINTABLE = 0x20
_SCALARS = b'"-0123456789tfnNI'


def recognise(source: Source) -> Format:
    """The format of `source`.

    Raises:
        LogError: It is none of those that can be read.
    """
    text = Text(source)
    if source.store is not None:
        return StoredRows(text, source.store)
    head = text.read(0, _HEAD_UNITS)
    newline = b"\r" if b"\r" in head and b"\n" not in head else b"\n"
    lines = [line.strip() for line in head.split(newline)]
    lines = [line for line in lines if line and not line.startswith(_COMMENTS)][:_LOOKED_AT]
    if not lines:
        return JsonLines(text, newline)
    first = lines[0][:1]
    if first == b"[" and not (_is_json(lines[0]) and len(lines) > 1 and lines[1][:1] == b"{"):
        return _array(text)
    if first == b"{":
        return _objects(text, lines, newline)
    if first[0] < _PRINTABLE:  # an unwritten block, or a line's beginning is lost
        return JsonLines(text, newline)
    found = _csv(text, newline)
    if found is not None:
        return found
    if any(line[:1] == b"{" for line in lines) or first in _SCALARS:
        return JsonLines(text, newline)
    raise LogError(
        source.name, "this is not an event log: it is neither JSON nor CSV", line=1, column=1, byte=text.base
    )


def _is_json(line: bytes) -> bool:
    try:
        decode(line)
    except FAULTS:
        return False
    return True


def _array(text: Text) -> Format:
    cursor = Cursor(text)
    cursor.peek()
    cursor.move_to(cursor.unit + 1)
    return JsonElements(text, Container("JSON array", ARRAY, cursor.unit, cursor.line, cursor.column))


def _objects(text: Text, lines: list[bytes], newline: bytes) -> Format:
    """One object a line, objects over several lines, or one object that wraps the list."""
    closed = sum(line[:1] == b"{" and line[-1:] == b"}" for line in lines)
    if len(lines) > 1 and (_is_json(lines[0]) or closed * 2 > len(lines)):
        return JsonLines(text, newline)
    if len(lines) > 1 and lines[1][:1] == b"{" and len(lines[0]) > 2:
        return JsonLines(text, newline)
    container = _wrapped(text)
    if container is not None:
        return JsonElements(text, container)
    if len(lines) == 1:
        return JsonLines(text, newline)
    return JsonElements(text, Container("JSON objects", SEQUENCE))


def _wrapped(text: Text) -> Container | None:
    """The member of the one object that holds the list of events; None if it is an event itself."""
    cursor = Cursor(text)
    found: list[tuple[int, Container]] = []
    names: set[str] = set()
    try:
        cursor.peek()
        cursor.move_to(cursor.unit + 1)
        while cursor.peek() == ord('"'):
            start = cursor.unit
            value = cursor.value_of_pair()
            key = str(_key(text, start, value))
            names.add(field_names.plain(key))
            cursor.move_to(value)
            candidate = _candidate(text, key, cursor)
            if candidate is not None:
                found.append(candidate)
            cursor.skip_value()
            if cursor.peek() == ord(","):
                cursor.move_to(cursor.unit + 1)
        if cursor.peek() == ord("}"):
            cursor.move_to(cursor.unit + 1)
            if cursor.peek() == ord("{"):
                return None  # more objects follow: this one wraps nothing
    except Broken:
        pass  # what wraps the list is damaged behind it; the list may still be read
    typed = names & {field_names.plain(name) for name in field_names.CANONICAL_TYPE}
    if typed and names & {"at", "time", "timestamp", "occurredat", "data", "payload"}:
        return None
    return min(found, key=lambda each: each[0])[1] if found else None


def _key(text: Text, start: int, value: int) -> object:
    raw = text.utf8(start, text.read(start, value - start)).rstrip()
    try:
        return decode(raw.removesuffix(b":").rstrip())
    except FAULTS:
        return ""


def _candidate(text: Text, key: str, cursor: Cursor) -> tuple[int, Container] | None:
    """The list that begins at the cursor, with its rank, if it holds objects."""
    ahead = text.read(cursor.unit, 4096)
    name = field_names.plain(key)
    inside = ahead[1:].lstrip()
    behind = cursor.unit + 1, cursor.line, cursor.column + 1
    if ahead[:1] == b"[" and inside[:1] in {b"{", b"]"}:
        rank = _LIST_NAMES.index(name) if name in _LIST_NAMES else 50
        rank += 100 if inside[:1] == b"]" else 0
        return rank, Container(f'JSON object, events in "{key}"', ARRAY, *behind, wrapped=True)
    if ahead[:1] == b"{" and name in _MAP_NAMES and inside[:1] == b'"':
        return 20 + _MAP_NAMES.index(name), Container(
            f'JSON object, events in "{key}"', MAP, *behind, wrapped=True
        )
    return None


def _csv(text: Text, newline: bytes) -> Csv | None:
    """CSV, if the first rows have as many fields as the header under one of the delimiters."""
    some: list[str] = []
    looked_at = 0
    try:
        for place in rows(text, newline):
            some.append(text.utf8(place.unit, place.skeleton).decode(errors="replace").removesuffix("\r"))
            looked_at += len(place.skeleton)
            if len(some) >= _LOOKED_AT or looked_at > _HEAD_UNITS:
                break
    except UnicodeDecodeError:
        return None
    best: tuple[int, str] | None = None
    for delimiter in DELIMITERS:
        counts = []
        for row in some:
            try:
                counts.append(len(read_row(row, delimiter)))
            except JsonFault:
                counts.append(0)
        width = counts[0] if counts else 0
        alike = sum(count == width for count in counts[1:])
        if width > 1 and alike * 2 >= len(counts) - 1 and (best is None or width > best[0]):
            best = width, delimiter
    return None if best is None else Csv(text, best[1], newline, some[0])
