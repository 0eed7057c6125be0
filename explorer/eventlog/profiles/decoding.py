"""What does a payload hold that stands in a log as bytes: as hexadecimal digits, base64, packed, as XML or YAML?

Nothing is guessed at: what is returned was decoded as a whole, digit for digit, within limits. What is not, stays as it
is, and `nature` says what it seems to be.
"""

import base64
import binascii
import re
import zlib
from collections.abc import Callable, Mapping
from typing import Any

from explorer.eventlog.json_text import FAULTS, decode, needs_care, read_carefully
from explorer.patterns import lazy_pattern

MOST_BYTES = 16 << 20  # of one payload, unpacked
_NOTHING = object()
_HEX_STARTS = ("7b", "5b", "3c", "2d", "1f", "78")  # of {, [, <, -, gzip and zlib
_SHORTEST_BASE64 = 4
_HEX = lazy_pattern(r"(?:\\\\?x|0x|[xX]')?((?:[0-9a-fA-F]{2})+)'?", re.ASCII)
_MARKED = ("\\x", "\\\\x", "0x", "x'", "X'")
_BASE64 = lazy_pattern(r"[A-Za-z0-9+/_-]{2,}={0,2}", re.ASCII)
_BYTES_LITERAL = lazy_pattern(r"""b(['"])(.*)\1""", re.DOTALL)
_CONTROL = lazy_pattern("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_GZIP, _ZSTD = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"
_ZLIB = (b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda")
_KINDS = (
    (b"\xac\xed\x00\x05", "objects that Java has serialised"),
    (b"Obj\x01", "Avro"),
    (b"\x80\x02", "a pickle of Python"),
    (b"\x80\x03", "a pickle of Python"),
    (b"\x80\x04", "a pickle of Python"),
    (b"\x80\x05", "a pickle of Python"),
    (b"\x83h", "a term of Erlang"),
    (b"\x83t", "a term of Erlang"),
    (b"gAAAAA", "encrypted (Fernet)"),
)


def decoded(value: object) -> Any:  # noqa: ANN401 - JSON
    """The object, list or other value that a payload holds, if it can be told; else the payload itself."""
    found = _NOTHING
    if type(value) is str:
        found = _of_text(value)
    elif (raw := raw_bytes(value)) is not None:
        found = _of_bytes(raw)
    return value if found is _NOTHING else found


def raw_bytes(value: object) -> bytes | None:
    r"""The bytes that a value stands for that is made of bytes and nothing else; None for any other.

    `\x7b7d`, `0x7b7d`, `x'7b7d'`, `[123, 125]`, `{"type": "Buffer", "data": […]}` and `{"$binary": …}`.
    """
    if type(value) is str:
        if value.startswith(_MARKED) and (found := _HEX.fullmatch(value)):
            return bytes.fromhex(found[1])
        return None
    if isinstance(value, Mapping):
        inner = value.get("$binary")
        if isinstance(inner, Mapping):
            inner = inner.get("base64")
        if isinstance(inner, str):
            return _base64(inner)
        return _listed(value.get("data")) if value.get("type") == "Buffer" else None
    return _listed(value)


def as_json(text: str | bytes) -> object:
    """The JSON value of a text, exactly; the text itself if it is none."""
    raw = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    try:
        return read_carefully(raw) if needs_care(raw) else decode(raw)
    except FAULTS:
        try:
            return read_carefully(raw)
        except FAULTS:
            return text


def from_hex(value: object) -> object:
    """The bytes of hexadecimal digits, with or without a mark before them."""
    found = _HEX.fullmatch(value) if type(value) is str else None
    return value if found is None else bytes.fromhex(found[1])


def from_base64(value: object) -> object:
    """The bytes of base64."""
    raw = _base64(value) if type(value) is str else None
    return value if raw is None else raw


def nature(value: object) -> str | None:
    """What bytes are that could not be decoded, as far as their beginning tells; None of what is no bytes."""
    raw = value if isinstance(value, bytes) else raw_bytes(value)
    if raw is None and type(value) is str:
        found = _HEX.fullmatch(value) if len(value) >= 16 else None
        raw = bytes.fromhex(found[1]) if found and not value.isdigit() else None
        if raw is None and len(value) >= 16 and _BASE64.fullmatch(value):
            raw = _base64(value)
    if raw is None:
        return None
    for start, what in _KINDS:
        if raw.startswith(start):
            return what
    if raw[:1] == b"\0" and len(raw) > 5:
        return "a message with the id of a schema (Avro or Protobuf?)"
    return "Protobuf?" if _may_be_protobuf(raw) else None


def unpacked(raw: bytes) -> bytes | None:
    """The bytes that gzip, zlib or zstd have packed; None if they have not, or if there are too many."""
    if raw.startswith(_GZIP) or raw[:2] in _ZLIB:
        unpacking = zlib.decompressobj(wbits=47)
        try:
            found = unpacking.decompress(raw, MOST_BYTES)
        except zlib.error:
            return None
        return found if unpacking.eof else None
    if raw.startswith(_ZSTD):
        import zstandard

        try:
            return zstandard.ZstdDecompressor().decompress(raw, max_output_size=MOST_BYTES)
        except (zstandard.ZstdError, MemoryError):
            return None
    return None


def _of_text(text: str) -> object:
    start = text.lstrip()[:1]
    if start in {"{", "["}:
        found = as_json(text)
        return _NOTHING if found is text else found
    if start == "<" or text.startswith("---"):
        return _structured(text)
    if start == '"':
        return _of_json_text(text)
    if (raw := raw_bytes(text)) is not None:
        return _of_bytes(raw)
    if found := _BYTES_LITERAL.fullmatch(text):  # as Python prints bytes
        return _NOTHING if "\\" in found[2] else _of_text(found[2])
    return _of_unmarked(text)


def _of_json_text(text: str) -> object:
    """JSON in a text of JSON."""
    inner = as_json(text)
    nested = type(inner) is str and inner is not text and inner.lstrip()[:1] in {"{", "["}
    return _of_text(inner) if nested and isinstance(inner, str) else _NOTHING


def _of_unmarked(text: str) -> object:
    """Hexadecimal digits or base64 that nothing marks as such: what they hold tells."""
    if text[:2].lower() in _HEX_STARTS and not text.isdigit() and (found := _HEX.fullmatch(text)):
        inner = _of_bytes(bytes.fromhex(found[1]))
        if inner is not _NOTHING:
            return inner
    if len(text) >= _SHORTEST_BASE64 and (raw := _base64(text)) is not None:
        return _of_bytes(raw)
    return _NOTHING


def _of_bytes(raw: bytes) -> object:
    if not raw:
        return _NOTHING
    packed = unpacked(raw)
    if packed is not None:
        raw = packed
    if raw[:1] in b"{[" or raw.lstrip()[:1] in {b"{", b"["}:
        found = as_json(raw)
        return _NOTHING if found is raw else found
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        return _NOTHING
    if text.startswith(("<", "---", "\ufeff", '"')):
        return _of_text(text.removeprefix("\ufeff"))
    return _NOTHING


def _structured(text: str) -> object:
    """The object that XML or YAML says."""
    from explorer.eventlog.profiles.xml_payload import MarkupFault, from_xml
    from explorer.eventlog.profiles.yaml_payload import from_yaml

    reader: Callable[[str], object] = from_xml if text.lstrip()[:1] == "<" else from_yaml
    try:
        return reader(text)
    except MarkupFault:
        return _NOTHING


def _base64(text: str) -> bytes | None:
    plain = text.strip()
    padded = plain + "=" * (-len(plain) % 4)
    if not _BASE64.fullmatch(plain):
        return None
    try:
        return base64.b64decode(padded, altchars=b"-_" if {"-", "_"} & set(plain) else None, validate=True)
    except (binascii.Error, ValueError):
        return None


def _listed(value: object) -> bytes | None:
    if type(value) is not list or not value or len(value) > MOST_BYTES:
        return None
    if not all(type(each) is int and -128 <= each <= 255 for each in value):
        return None
    return bytes(each & 0xFF for each in value)


def _may_be_protobuf(raw: bytes) -> bool:
    """Do the bytes go on as a row of fields, each with its number and its length?"""
    at, fields = 0, 0
    while at < len(raw):
        tag = raw[at]
        wire, number = tag & 7, tag >> 3
        if not number:
            return False
        at += 1
        if wire == 0:
            while at < len(raw) and raw[at] & 0x80:
                at += 1
            at += 1
        elif wire == 1:
            at += 8
        elif wire == 2:
            if at >= len(raw) or raw[at] & 0x80:
                return fields > 0
            at += 1 + raw[at]
        elif wire == 5:
            at += 4
        else:
            return False
        fields += 1
    return at == len(raw) and fields > 0
