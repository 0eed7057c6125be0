"""What do the literals of SQL and the cells of `COPY` say? Parsed, and never given to a database."""

import re
from collections.abc import Iterator
from decimal import Decimal

from explorer.patterns import lazy_pattern

_IDENTIFIER = r'"(?:[^"]|"")+"|`(?:[^`]|``)+`|\[[^\]]+\]|[^\W\d][\w$]*'
TABLE = rf"(?:(?:{_IDENTIFIER})\s*\.\s*)*({_IDENTIFIER})"
_COLUMN = lazy_pattern(rf"\s*({_IDENTIFIER})")
_NO_COLUMN = lazy_pattern(
    r"\s*(?:PRIMARY\s+KEY|UNIQUE|KEY|INDEX|FULLTEXT|SPATIAL|CONSTRAINT|CHECK|FOREIGN\s+KEY|EXCLUDE|LIKE)\b",
    re.IGNORECASE,
)
_PIECES = lazy_pattern(r"'(?:[^']|'')*+'|\"[^\"]*+\"|`[^`]*+`|[(),]|[^'\"`(),]++")
_COPY_ESCAPE = lazy_pattern(rb"\\(x[0-9A-Fa-f]{1,2}|[0-7]{1,3}|.)", re.DOTALL)
_COPY_LETTERS = {b"b": b"\b", b"f": b"\f", b"n": b"\n", b"r": b"\r", b"t": b"\t", b"v": b"\v"}
_MYSQL_LETTERS = {b"0": b"\0", b"b": b"\b", b"n": b"\n", b"r": b"\r", b"t": b"\t", b"Z": b"\x1a"}
_MYSQL_ESCAPE = lazy_pattern(rb"\\(.)|''", re.DOTALL)
_LONGEST_NUMBER = 4_000

_REST = rb"""
    | (?P<null>NULL\b) | (?P<true>TRUE\b) | (?P<false>FALSE\b)
    | 0x(?P<hex>[0-9A-Fa-f]*)
    | (?P<number>[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)
    | (?P<call>[A-Za-z_]\w*(?:\((?:[^()']|'[^']*')*\))?)
    )(?:::[\w ."\[\]]+?)?\s*
"""
STANDARD = lazy_pattern(
    rb"\s*(?:(?P<prefix>[EeNnXxBb]|_binary\s)?'(?P<text>(?:[^']|'')*+)'" + _REST, re.VERBOSE | re.IGNORECASE
)
BACKSLASHES = lazy_pattern(
    rb"\s*(?:(?P<prefix>[NnXxBb]|_binary\s|_[a-z0-9]+\s)?'(?P<text>(?:[^'\\]|\\.|'')*+)'" + _REST,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)


class NoLiteral(ValueError):  # noqa: N818 - a finding about a dump
    """A value that is none; `str()` is one plain clause."""


def name_of(identifier: str) -> str:
    """A name as it is without its quotes."""
    if identifier[:1] in {'"', "`"}:
        return identifier[1:-1].replace(identifier[0] * 2, identifier[0])
    return identifier[1:-1] if identifier[:1] == "[" else identifier


def columns_of(inside: str) -> tuple[str, ...]:
    """The names of the columns that stand between the brackets of `CREATE TABLE`, `INSERT` or `COPY`."""
    found = []
    for part in _parts(inside):
        column = _COLUMN.match(part)
        if column is not None and not _NO_COLUMN.match(part):
            found.append(name_of(column[1]))
    return tuple(found)


def _parts(inside: str) -> Iterator[str]:
    depth, part = 0, ""
    for piece in _PIECES.findall(inside):
        depth += (piece == "(") - (piece == ")")
        if piece == "," and depth == 0:
            yield part
            part = ""
        else:
            part += piece
    if part.strip():
        yield part


def copied(cell: bytes) -> bytes | None:
    r"""What a cell of `COPY` says: `\N` is nothing, and backslashes stand for what they do."""
    if cell == b"\\N":
        return None
    return _COPY_ESCAPE.sub(_unescaped, cell) if b"\\" in cell else cell


def _unescaped(found: re.Match[bytes]) -> bytes:
    told = found[1]
    if told[:1] == b"x" and len(told) > 1:
        return bytes([int(told[1:], 16)])
    if told.isdigit():
        return bytes([int(told, 8) & 0xFF])
    return _COPY_LETTERS.get(told, told)


def said(found: re.Match[bytes], *, backslashes: bool) -> bytes | int | Decimal | bool | None:
    """What a literal says; texts as their bytes.

    Raises:
        NoLiteral: It is a call, or a number that is too long.
    """
    kind = found.lastgroup if found["text"] is None else "text"
    if kind == "text":
        return _text(found, backslashes=backslashes)
    if kind == "hex":
        return _bytes_of(found["hex"])
    if kind == "number":
        if len(found["number"]) > _LONGEST_NUMBER:
            raise NoLiteral("a number of too many digits")
        number = Decimal(found["number"].decode())
        return int(number) if number == number.to_integral_value() and b"." not in found["number"] else number
    if kind == "call":
        raise NoLiteral("a value that a database would have to work out")
    return {"true": True, "false": False}.get(kind or "")


def _text(found: re.Match[bytes], *, backslashes: bool) -> bytes:
    raw, prefix = found["text"], (found["prefix"] or b"").lower()
    if prefix == b"x":
        return _bytes_of(raw)
    if backslashes or prefix == b"e":
        return _MYSQL_ESCAPE.sub(
            lambda each: b"'" if each[1] is None else _MYSQL_LETTERS.get(each[1], each[1]), raw
        )
    return raw.replace(b"''", b"'")


def _bytes_of(digits: bytes) -> bytes:
    try:
        return bytes.fromhex(digits.decode())
    except ValueError as error:
        raise NoLiteral("bytes in hexadecimal digits that are none") from error


def shown(value: bytes, encoding: str) -> str:
    r"""Bytes as text; such as are none as `\x00ff`, as PostgreSQL has them."""
    try:
        return value.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return "\\x" + value.hex()
