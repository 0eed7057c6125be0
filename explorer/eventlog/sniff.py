"""Which format is a log written in, or what is it that is none? Found from its content; its name is not looked at."""

import re
from collections.abc import Callable, Sequence
from itertools import islice, takewhile

import msgspec

from explorer.eventlog.csv_layout import find_layout
from explorer.eventlog.csv_preamble import stated_in
from explorer.eventlog.csv_rows import cells_of_each, last_rows, rows
from explorer.eventlog.csv_sections import sections_of
from explorer.eventlog.csv_tables import is_aside, is_sum
from explorer.eventlog.cursor import Cursor
from explorer.eventlog.dumps.printed_table import printed_table
from explorer.eventlog.dumps.sql_dump import sql_dump
from explorer.eventlog.errors import LogError
from explorer.eventlog.formats import (
    Container,
    Csv,
    Format,
    JsonElements,
    JsonLines,
    KeyedLines,
    NestedLists,
    PlacedRows,
    StoredRows,
)
from explorer.eventlog.json_array import ARRAY, SEQUENCE
from explorer.eventlog.json_nest import Search
from explorer.eventlog.json_text import FAULTS, JsonFault, decode, read_carefully
from explorer.eventlog.keyed_lines import are_keyed
from explorer.eventlog.ledgers.recognised import journal
from explorer.eventlog.read_as import AS_FOUND, ReadAs
from explorer.eventlog.scripts.lists import script
from explorer.eventlog.source import Source
from explorer.eventlog.statements.recognised import as_declared, camt, mt940, ofx, qif
from explorer.eventlog.stores import PlacedStore
from explorer.eventlog.text import Text
from explorer.eventlog.traces.ocel import ocel_json, ocel_xml
from explorer.eventlog.traces.periods import periods
from explorer.eventlog.traces.reshaped import redux_payload, reshaped
from explorer.eventlog.traces.xes import Xes
from explorer.patterns import lazy_pattern

_HEAD_UNITS = 1 << 20
_LOOKED_AT = 40  # lines, or rows
_COMMENTS = (b"#", b"//", b"/*", b"*")
_SIGNATURE_BYTES = 4_096
_GOES_ON = (b"{", b"[", b",", b":")
_PRINTABLE = 0x20
_SPACES = b"\t\n\r\f\v\x1b"
_XES = lazy_pattern(rb"(?s)\s*(?:<\?xml[^>]*>)?\s*(?:<!--.*?-->\s*)*<log\b")
_SCALARS = b'"-0123456789tfnNI'


class Head(msgspec.Struct, frozen=True):
    """What a format is recognised by.

    Attributes:
        text: The log.
        newline: What its lines end with.
        lines: The first ones, stripped, without comments and empty lines; none of an empty log.
        told: What a person said of how it is written.
        block: The first mebibyte of its text.
    """

    text: Text
    newline: bytes
    lines: Sequence[bytes]
    told: ReadAs
    block: bytes = b""

    @property
    def first(self) -> bytes:
        """The first character; empty of an empty log."""
        return self.lines[0][:1] if self.lines else b""


def recognise(source: Source, told: ReadAs = AS_FOUND) -> Format:
    """The format of `source`.

    Args:
        source: The bytes.
        told: What a person said of them.

    Raises:
        LogError: It is none of those that can be read.
    """
    if source.store is not None:
        rows = PlacedRows if isinstance(source.store, PlacedStore) else StoredRows
        return rows(Text(source, "utf-8"), source.store)  # type: ignore[arg-type]
    other = looks_like(source.read(0, _SIGNATURE_BYTES))
    text = Text(source, told.encoding)
    block = text.read(0, _HEAD_UNITS)
    newline = b"\r" if b"\r" in block and b"\n" not in block else b"\n"
    stripped = (line.strip() for line in block.split(newline))
    lines = list(islice((line for line in stripped if line and not line.startswith(_COMMENTS)), _LOOKED_AT))
    head = Head(text, newline, lines, told, block)
    for stated in STATED:
        if (found := stated(head)) is not None:
            return found
    if other is not None:
        raise LogError(source.name, f"this is not an event log: it looks like {other}")
    for recognised in FORMATS:
        if (found := recognised(head)) is not None:
            return reshaped(found, block) if head.first in {b"{", b"["} else found
    raise _unknown(source.name, block, text.base)


def _unknown(name: str, block: bytes, base: int) -> LogError:
    """What can be said of what nobody recognises."""
    some = block[:_SIGNATURE_BYTES]
    for pattern, what in _LAST_PATTERNS:
        if pattern.match(some):
            return LogError(name, f"this is not an event log: it looks like {what}")
    odd = sum(byte < _PRINTABLE and byte not in _SPACES for byte in some)
    if some.count(0) or odd * 10 > len(some):
        return LogError(
            name, "this is not an event log: its bytes are no text, and of no known format", byte=base
        )
    reason = "this is not an event log: it is neither JSON nor CSV"
    return LogError(name, reason, line=1, column=1, byte=base)


def _xes(head: Head) -> Format | None:
    head_of = head.block[:_SIGNATURE_BYTES]
    return (
        Xes(as_declared(head))
        if _XES.match(head_of) and (b"xes" in head_of or b"<trace" in head_of)
        else None
    )


def _ocel(head: Head) -> Format | None:
    if head.first == b"{":
        return ocel_json(head.text, head.block)
    return ocel_xml(as_declared(head), head.block)


def _redux(head: Head) -> Format | None:
    return redux_payload(head.text, head.block)


def _dump(head: Head) -> Format | None:
    return sql_dump(head.text, head.block)


def _printed(head: Head) -> Format | None:
    told = head.told.delimiter or head.told.columns or head.told.header is not None
    return None if told else printed_table(head.text, head.newline, head.lines)


def _empty(head: Head) -> Format | None:
    return None if head.lines else JsonLines(head.text, head.newline)


def _table_as_told(head: Head) -> Format | None:
    told = head.told
    if told.header is None and not told.columns and told.delimiter is None and told.header_row is None:
        return None
    if (found := _csv(head)) is not None:
        return found
    raise LogError(
        head.text.source.name, "it is no table: --header, --no-header and --columns are for CSV files"
    )


def _array(head: Head) -> Format | None:
    lines = head.lines
    if head.first != b"[" or (_is_json(lines[0]) and len(lines) > 1 and lines[1][:1] == b"{"):
        return None
    cursor = Cursor(head.text)
    cursor.peek()
    cursor.move_to(cursor.unit + 1)
    return JsonElements(head.text, Container("JSON array", ARRAY, cursor.unit, cursor.line, cursor.column))


def _unwritten(head: Head) -> Format | None:
    """Lines behind an unwritten block, or of which a line's beginning is lost."""
    return JsonLines(head.text, head.newline) if head.first[0] < _PRINTABLE else None


def _keyed(head: Head) -> Format | None:
    return KeyedLines(head.text, head.newline) if are_keyed(head.lines) else None


def _some_json(head: Head) -> Format | None:
    some = any(line[:1] == b"{" for line in head.lines) or head.first in _SCALARS
    return JsonLines(head.text, head.newline) if some else None


def _is_json(line: bytes) -> bool:
    try:
        decode(line)
    except FAULTS:
        return False
    return True


def _side_by_side(head: Head) -> Format | None:
    """Objects that stand on one line, one behind the other."""
    if head.first != b"{" or head.told.records is not None or any(map(_is_json, head.lines)):
        return None
    line = head.lines[0]
    try:
        read_carefully(line)
    except JsonFault as fault:
        if line[fault.index : fault.index + 1] == b"{" and _is_json(line[: fault.index]):
            return JsonElements(head.text, Container("JSON objects", SEQUENCE))
    except FAULTS:
        pass
    return None


def _objects(head: Head) -> Format | None:
    """One object a line, objects over several lines, or one object that wraps the list."""
    if head.first != b"{":
        return None
    text, lines, newline = head.text, head.lines, head.newline
    first_is_whole = _is_json(lines[0])
    if not first_is_whole and are_keyed(lines):
        return KeyedLines(text, newline)
    # a line that ends where something is still to come is no event, but begins an object over several lines
    goes_on = not first_is_whole and lines[0][-1:] in _GOES_ON
    if len(lines) > 1 and not goes_on and head.told.records is None:
        closed = sum(line[:1] == b"{" and line[-1:] == b"}" for line in lines)
        if first_is_whole and (several := _several(text, Search(text), lines)) is not None:
            return several
        if first_is_whole or closed * 2 > len(lines) or (lines[1][:1] == b"{" and len(lines[0]) > 2):
            return JsonLines(text, newline)
    if head.told.records is not None:
        return _told_list(text, head.told.records.replace("[]", ""))
    search = Search(text)
    best = search.best()
    others = search.beside(best) if best is not None else []
    if best is not None and len(best.path) == 1:
        name = f'JSON object, events in "{best.path[0]}"'
        return JsonElements(text, Container(name, best.kind, *best.place, wrapped=True), others)
    if best is not None and best.kind == ARRAY:
        return NestedLists(text, best, others)
    if (several := _several(text, search)) is not None:
        return several
    if len(lines) == 1 or (goes_on and _mostly_lines(lines)):
        return JsonLines(text, newline)
    return JsonElements(text, Container("JSON objects", SEQUENCE))


def _told_list(text: Text, path: str) -> Format:
    """The list that somebody has named."""
    search = Search(text, path)
    found = next((each for each in search.found if each.shown.replace("[]", "") == path), None)
    if found is None:
        there = ", ".join(each.shown for each in search.found[:_LOOKED_AT]) or "none"
        raise LogError(text.source.name, f"it has no list of records at {path}; those that it has: {there}")
    if len(found.path) == 1 and search.whole:
        name = f'JSON object, events in "{found.path[0]}"'
        return JsonElements(text, Container(name, found.kind, *found.place, wrapped=True))
    return NestedLists(text, found)


def _several(text: Text, search: Search, lines: Sequence[bytes] = ()) -> Format | None:
    """Objects one after another, each of which wraps a list of events; of `lines`, if they are whole, most."""
    each = search.of_each()
    if each is None:
        return None
    name = msgspec.json.encode(each.path[0])
    if sum(name in line for line in lines) * 2 < len(lines):
        return None  # the first one alone has such a list: it is a member of an event
    return NestedLists(text, each, search.beside(each))


def _mostly_lines(lines: Sequence[bytes]) -> bool:
    """Are most lines objects by themselves, whatever became of the first?"""
    return sum(map(_is_json, lines[1:])) * 2 > len(lines) - 1


def _csv(head: Head) -> Format | None:
    """CSV, if the first rows are laid out as a table."""
    text = head.text
    some: list[str] = []
    looked_at = 0
    try:
        for place in rows(text, head.newline):
            some.append(text.utf8(place.unit, place.skeleton).decode(errors="replace").removesuffix("\r"))
            looked_at += len(place.skeleton)
            if len(some) >= _LOOKED_AT or looked_at > _HEAD_UNITS:
                break
    except UnicodeDecodeError:
        return None
    layout = find_layout(some, head.told, text.source.name) if some else None
    if layout is None:
        return None
    if layout.table is None:
        return periods(Csv(text, layout, head.newline), layout.delimiter)
    table = layout.table
    above = cells_of_each(some[layout.separator : layout.titles], layout)
    last = reversed(last_rows(text, head.newline, layout))
    below = list(takewhile(lambda row: is_aside(row, table), last))
    if not above and not any(map(is_sum, below)):  # rows may be damaged at the end of any table
        below = []
    layout = msgspec.structs.replace(layout, asides=bool(above or below))
    if above:
        layout = msgspec.structs.replace(layout, sections=sections_of(text, head.newline, layout))
    found = Csv(text, layout, head.newline, stated_in([*above, *below]))
    return periods(found, layout.delimiter)


# Those that say themselves what they are; what one of them takes is not looked at otherwise. A new one is one more.
STATED: list[Callable[[Head], Format | None]] = [camt, mt940, ofx, qif, _xes, _ocel, _dump, journal, _redux]

# Each says whether a log is written so; they are asked in this order. A new format is one more.
FORMATS: list[Callable[[Head], Format | None]] = [
    _empty,
    _table_as_told,
    _printed,
    script,
    _array,
    _side_by_side,
    _objects,
    _unwritten,
    _keyed,
    _csv,
    _some_json,
]


_STARTS = (
    (b"\x89PNG\r\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"BM", "a BMP picture"),
    (b"II*\0", "a TIFF picture"),
    (b"MM\0*", "a TIFF picture"),
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a zip archive (an Excel or OpenDocument file is one too)"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Excel or Word file"),
    (b"PAR1", "a Parquet file"),
    (b"Obj\x01", "an Avro file"),
    (b"ARROW1", "an Arrow file"),
    (b"ORC", "an ORC file"),
    (b"\x89HDF\r\n", "an HDF5 file"),
    (b"\x93NUMPY", "a NumPy array"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"BZh", "a file packed with bzip2: unpack it first"),
    (b"\xfd7zXZ\0", "a file packed with xz: unpack it first"),
    (b"\x04\x22\x4d\x18", "a file packed with lz4: unpack it first"),
    (b"\xff\x06\0\0sNaPpY", "a file packed with snappy: unpack it first"),
    (b"LZIP", "a file packed with lzip: unpack it first"),
    (b"Rar!", "a rar archive"),
    (b"PGDMP", "a PostgreSQL dump in its own format"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"\xca\xfe\xba\xbe", "a compiled Java class"),
    (b"\xac\xed\x00\x05", "objects that Java has serialised"),
    (b"ElfFile\0", "a Windows event log (.evtx)"),
    (b"\xd4\xc3\xb2\xa1", "a capture of network packets"),
    (b"RIFF", "a sound, film or picture"),
    (b"OggS", "a sound or film"),
    (b"ID3", "a sound (MP3)"),
    (b"fLaC", "a sound"),
    (b"\x1a\x45\xdf\xa3", "a film"),
    (b"SIMPLE  =", "a FITS file"),
    (b"{\\rtf", "a text document (RTF)"),
    (b"\0asm", "a program (WebAssembly)"),
    (b"\0\1\0\0\0", "a font"),
    (b"OTTO\0", "a font"),
    (b"wOFF", "a font"),
    (b"wOF2", "a font"),
    (b"BEGIN:VCALENDAR", "a calendar (iCalendar)"),
    (b"BEGIN:VCARD", "an address book (vCard)"),
)
_TEXTS = (
    (rb"\s*(?:\{1:F\d\d[A-Z0-9]|:20:[^\n]*\s+:2[15]:|:940:|\{4:\s*:20:)", "SWIFT MT940 (bank statements)"),
    (rb"(?s).{0,800}?^:60[FM]:[CD]\d{6}", "SWIFT MT940 (bank statements)"),
    (rb"(?is)\s*<\?xml.{0,2000}urn:iso:std:iso:20022:tech:xsd:camt", "CAMT (bank statements in XML)"),
    (rb"(?is)\s*(?:OFXHEADER:|<\?xml.{0,400}<\?OFX|<OFX>)", "OFX (bank statements)"),
    (rb"(?i)\s*!(?:type|account|option):", "QIF (bank statements)"),
    (rb"(?is)\s*(?:<!doctype html|<html)", "a web page"),
    (rb"(?i)\s*<\?xml", "XML"),
    (rb"\s*<[A-Za-z][\w:.-]*(?:\s[^<>]*)?/?>", "XML"),
    (rb"(?:--[^\n]*\s*)*--\s*\n-- PostgreSQL database dump", "a PostgreSQL dump"),
    (rb"-- MySQL dump", "a MySQL dump"),
    (rb"-- MariaDB dump", "a MariaDB dump"),
    (rb"(?is)\s*(?:(?:--|#)[^\n]*\n\s*)*(?:select\b.{1,2000}\bfrom\b|with\s+\w+\s+as\s*\()", "a query in SQL"),
    (rb"(?is)\s*(?:(?:--|#)[^\n]*\n\s*)*(?:insert\s+into|create\s+table|begin\s*;|pragma\s)", "a script in SQL"),
    (rb"#!", "a script"),
    (rb"%YAML|---\s*\n", "YAML"),
    (rb"\s*\[[\w.\"-]+\]\s*\n\s*[\w.-]+\s*=", "a file of settings (INI or TOML)"),
    (rb"\S+ \S+ \S+ \[\d{2}/[A-Z][a-z]{2}/\d{4}:[\d:]+ [+-]\d{4}\] \"[A-Z]+ ", "the log of a web server (text)"),
    (rb"(?:<\d+>)?[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \S+ [^\s:]+:? ", "a log of a system (text)"),
    (rb"-----BEGIN ", "a key or certificate"),
    (rb"(?s)\s*digraph\b", "a drawing (DOT)"),
)  # fmt: skip
# The same of what may also be the title lines of a table: asked only of what nothing else takes.
_LAST_TEXTS = (
    (rb"(?:[A-Za-z_][\w-]*: [^\n]*\r?\n)*[A-Za-z_][\w-]*:[ \t]*\r?\n(?:[ ]+|- )\S", "YAML"),
    (rb"(?:[A-Z][\w-]*: [^\n]*\n(?:[ \t]+[^\n]*\n)*)*?(?:Subject|Received|Message-ID|MIME-Version): ", "an e-mail"),
    (rb"(?s)(?:.{0,2000}?\n)?#{1,6} \S[^\n]*\n\s*\n", "a text (Markdown)"),
)  # fmt: skip
_LAST_PATTERNS = [(lazy_pattern(pattern, re.MULTILINE), what) for pattern, what in _LAST_TEXTS]
_PATTERNS = [(lazy_pattern(pattern, re.MULTILINE), what) for pattern, what in _TEXTS]
_RECORD = lazy_pattern(rb'\s*(?:\[\s*)?\{\s*"')
_SHORT = 3  # bytes: a text may begin so too
_DUCKDB_AT, _TAR_AT = 8, 257
_LOOKED_AT_BYTES = 4_096


def looks_like(head: bytes) -> str | None:
    """What the first bytes of a file that is no event log are, if that is known."""
    for start, what in _STARTS:
        if head.startswith(start) and (len(start) > _SHORT or not start.isascii() or b"\0" in head[:64]):
            return what
    if head[_DUCKDB_AT : _DUCKDB_AT + 4] == b"DUCK":
        return "a DuckDB database"
    if head[_TAR_AT : _TAR_AT + 5] == b"ustar":
        return "a tar archive: unpack it first"
    if head[4:8] == b"ftyp":
        return "a film or picture"
    text = head[:_LOOKED_AT_BYTES].removeprefix(b"\xef\xbb\xbf")
    if _RECORD.match(text) and b"\n:60" not in text:
        return None  # none of the patterns below begins so
    for pattern, what in _PATTERNS:
        if pattern.match(text):
            return what
    return None
