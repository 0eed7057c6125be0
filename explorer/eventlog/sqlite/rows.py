"""How is a row of a database written as one line of JSON, and what are its stored bytes again?

A line is an object with the row's columns, the payload last and, wherever that can be, byte for byte as it is stored.
Where it cannot (line breaks in it, packed, no JSON at all), what is stored stands before it under a name of its own.
"""

import base64
import json
import zlib

import msgspec

STORED = "_stored_"
_MARK = f',"{STORED}":"'.encode()
_MOST_UNPACKED_BYTES = 16 << 20
_BREAKS = bytes.maketrans(b"\r\n", b"  ")
_METADATA = frozenset("metadata meta headers customheaders messagemetadata eventmetadata context".split())
_FAULTS = (msgspec.DecodeError, msgspec.ValidationError, RecursionError, ValueError)
_encode = msgspec.json.Encoder().encode
_decoder = msgspec.json.Decoder(dict[str, msgspec.Raw])


class StoredText(bytes):
    """What a database keeps as text, in UTF-8 or so it says; anything else of bytes is a blob."""


class WrittenJson(bytes):
    """What a database keeps as a number, a truth or JSON, in its own digits and words: JSON on one line already."""


def is_metadata(name: str) -> bool:
    """Whether a column is called like one of metadata, which may be an object."""
    return name.lower().replace("_", "") in _METADATA


class RowWriter:
    """Writes the rows of one table."""

    def __init__(self, columns: tuple[str, ...], payload: str | None, *, rowid: bool) -> None:
        """Make one; `payload`, if there is one, is the last of the `columns`."""
        plain = columns if payload is None else columns[:-1]
        names = [*(["position"] if "position" not in columns else ["rowid"] if rowid else []), *plain]
        self._names = [json.dumps(name, ensure_ascii=False).encode() for name in (names if rowid else plain)]
        self._metadata = [is_metadata(name) for name in (names if rowid else plain)]
        self._payload = None if payload is None else payload_key(payload)

    def line(self, row: tuple[object, ...]) -> bytes:
        """One row as a line, its newline included."""
        parts = [
            name + b":" + (_metadata(cell) if meta else _cell(cell))
            for name, meta, cell in zip(self._names, self._metadata, row, strict=False)
        ]
        if self._payload is None:
            return b"{" + b",".join(parts) + b"}\n"
        value, stored = _payload(row[-1])
        # `_stored_` always has a comma before it, the payload too: so they are found again
        parts = parts or [b'"":null']
        if stored is not None:
            parts.append(f'"{STORED}":"'.encode() + base64.b64encode(stored) + b'"')
        return b"{" + b",".join(parts) + self._payload + value + b"}\n"


def payload_key(payload: str) -> bytes:
    """What stands between the payload and the columns before it; it stands nowhere else outside of the payload."""
    return b"," + json.dumps(payload, ensure_ascii=False).encode() + b":"


def stored_bytes(line: bytes, payload: str | None) -> bytes:
    """The payload of a line as the database stores it; the line itself if the table has none."""
    if payload is None:
        return line
    key = payload_key(payload)
    before, found, value = line.partition(key)
    if not found:
        return line
    mark = before.rfind(_MARK)
    if mark >= 0:
        return base64.b64decode(before[mark + len(_MARK) :].removesuffix(b'"'))
    return b"" if value == b"null}" else value[:-1]


def _payload(cell: object) -> tuple[bytes, bytes | None]:
    """The payload as JSON, and what is stored if that is something else."""
    if not isinstance(cell, bytes):
        return _cell(cell), None
    raw = bytes(cell)
    if raw.lstrip(b" \t\r\n")[:1] in {b"{", b"["}:
        clean = raw.translate(_BREAKS)  # a line break in JSON is a space like any other
        stored = None if clean == raw else raw
        if _is_object(clean):
            return clean, stored
        if _is_utf8(clean) and clean[:1] == b"[" and _is_json(clean):
            return clean, stored
        return clean + b"!", stored if stored is not None else raw  # what is read of it is its first fault
    unpacked = _unpacked(raw)
    if unpacked is not None and _is_object(clean := unpacked.translate(_BREAKS)):
        return clean, raw
    if _is_utf8(raw):
        return _cell(StoredText(raw)), raw
    if isinstance(cell, StoredText):
        return _cell(cell), raw
    return b'{"bytes":"' + raw.hex().encode() + b'"}', raw


def _cell(cell: object) -> bytes:
    if type(cell) is int:
        return b"%d" % cell
    if type(cell) is WrittenJson:
        return bytes(cell)
    if cell is None:
        return b"null"
    if isinstance(cell, StoredText):
        try:
            return _encode(cell.decode())
        except UnicodeDecodeError:  # as it is: the reader of lines says where it is wrong
            return b'"' + cell.translate(_BREAKS).replace(b"\\", b"\\\\").replace(b'"', b'\\"') + b'"'
    if isinstance(cell, bytes):  # mostly the 16 bytes of a UUID
        return b'"' + cell.hex().encode() + b'"'
    if isinstance(cell, float) and cell - cell != 0:
        return b'"Infinity"' if cell > 0 else b'"-Infinity"'
    return repr(cell).encode()


def _metadata(cell: object) -> bytes:
    """Objects are written as such, everything else as any cell."""
    if type(cell) is WrittenJson:
        return bytes(cell)
    if isinstance(cell, bytes):
        clean = bytes(cell).translate(_BREAKS)
        if clean.lstrip()[:1] == b"{" and _is_object(clean):
            return clean
        if not isinstance(cell, StoredText) and _is_utf8(clean):
            return _cell(StoredText(clean))
    return _cell(cell)


def _is_object(raw: bytes) -> bool:
    try:
        _decoder.decode(raw)
    except _FAULTS:
        return False
    return _is_utf8(raw)


def _is_json(raw: bytes) -> bool:
    try:
        msgspec.json.decode(raw, type=list[msgspec.Raw])
    except _FAULTS:
        return False
    return True


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode()
    except UnicodeDecodeError:
        return False
    return True


def _unpacked(raw: bytes) -> bytes | None:
    """What zlib or gzip made of a payload, as an event store may do to save room."""
    if raw[:1] != b"\x78" and raw[:2] != b"\x1f\x8b":
        return None
    worker = zlib.decompressobj(wbits=47)
    try:
        found = worker.decompress(raw, _MOST_UNPACKED_BYTES)
    except zlib.error:
        return None
    return found if worker.eof else None
