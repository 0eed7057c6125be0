"""What does a JSON text say, to the last digit; and if it says nothing, what is wrong and where?"""

import json
import re
import sys
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any, NoReturn

import msgspec

from explorer.patterns import lazy_pattern

MOST_DIGITS = 4_000
DEEPEST = 512
MOST_VALUES = 500_000  # in one record
# Whoever walks through a value takes a few frames for each level. In memory that is nothing; only Python's own limit,
# which is there to catch calls without end, would be reached before that depth.
if sys.getrecursionlimit() < 16 * DEEPEST:
    sys.setrecursionlimit(16 * DEEPEST)

# What the fast parser raises for a text that it does not accept.
FAULTS = (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, ValueError)

_PIECE = lazy_pattern(rb'"(?:[^"\\]++|\\.)*+"?|[\[\]{}]|-?[0-9][0-9.eE+-]*+|NaN|-?Infinity', re.DOTALL)
_TEXTS = lazy_pattern(rb'"(?:[^"\\]++|\\.)*+"?', re.DOTALL)
_NO_BRACKETS = bytes(byte for byte in range(256) if byte not in b"[]{}")
_STEPS = bytes.maketrans(b"[{]}", b"\x01\x01\xff\xff")
_NUMBER = lazy_pattern(rb"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_MANY_DIGITS = lazy_pattern(rb"[0-9]{%d}" % (MOST_DIGITS + 1))
SPACED_COLON = lazy_pattern(rb'"[ \t\r\n]+:')

_REASONS = {
    "Expecting value": "expected a value",
    "Expecting property name enclosed in double quotes": "expected a key in double quotes",
    "Expecting ':' delimiter": "expected a colon after the key",
    "Unterminated string starting at": "a text has no closing quote",
    "Invalid control character at": "a control character inside a text",
    "Invalid \\escape": "an escape that JSON does not have",
    "Invalid \\escape: ": "an escape that JSON does not have",
    "Invalid \\uXXXX escape": "\\u without four hexadecimal digits",
    "Extra data": "more text after the end of the record",
    "Illegal trailing comma before end of object": "a comma before the closing brace",
    "Illegal trailing comma before end of array": "a comma before the closing bracket",
}


class JsonFault(ValueError):  # noqa: N818 - a finding about a text
    """Why a text is not JSON that can be kept exactly: `reason`, at the byte `index` of the text."""

    def __init__(self, reason: str, index: int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.index = index


def exact(text: str) -> Decimal:
    """The number that `text` writes, digit for digit.

    Raises:
        ValueError: Written out plainly it would have more than `MOST_DIGITS` digits.
    """
    if len(text) <= MOST_DIGITS and "e" not in text and "E" not in text:
        return Decimal(text)
    try:
        number = Decimal(text)
    except InvalidOperation as error:
        raise ValueError(text[:20]) from error
    _, digits, exponent = number.as_tuple()
    if not isinstance(exponent, int) or abs(exponent) + len(digits) > MOST_DIGITS:
        raise ValueError(text[:20])
    return number


# The fast path: exact and strict, but silent about duplicate keys. Raises one of FAULTS.
decode: Callable[[bytes], Any] = msgspec.json.Decoder(float_hook=exact).decode


def needs_care(raw: bytes) -> bool:
    """Might a text that the fast parser accepts still break one of our limits? Cheap for short texts."""
    if len(raw) <= 2 * DEEPEST:
        return False
    if raw.count(b"{") + raw.count(b"[") > DEEPEST and depth(raw) > DEEPEST:
        return True
    if len(raw) > MOST_VALUES and raw.count(b",") > MOST_VALUES:
        return True
    return len(raw) > MOST_DIGITS and _MANY_DIGITS.search(raw) is not None


def key_count(value: object) -> int:
    """How many keys all objects in `value` have, together."""
    if type(value) is dict:
        count = len(value)
        for inner in value.values():
            kind = type(inner)
            if kind is dict or kind is list:
                count += key_count(inner)
        return count
    if type(value) is list:
        return sum([key_count(inner) for inner in value])
    return 0


def duplicate_key(raw: bytes) -> str | None:
    """The first key that appears twice in one object of `raw`, a valid JSON text, or None."""
    found: list[str] = []

    def pairs(members: list[tuple[str, object]]) -> dict[str, object]:
        kept = dict(members)
        if len(kept) != len(members) and not found:
            names = [name for name, _ in members]
            found.append(next(name for index, name in enumerate(names) if name in names[:index]))
        return kept

    json.loads(raw.decode("utf-8"), object_pairs_hook=pairs, parse_float=str, parse_int=str)
    return found[0] if found else None


def read_carefully(raw: bytes) -> object:
    """Read a text that the fast parser refused or might have read too leniently.

    Raises:
        JsonFault: It is not JSON, or not JSON that we keep exactly; says where.
    """
    if b"\0" in raw:
        zeros = raw.find(b"\0")
        count = raw.count(b"\0")
        raise JsonFault(f"an unwritten block of {count:,} NUL byte{'s' if count > 1 else ''}", zeros)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise JsonFault("invalid UTF-8", error.start) from error
    levels = depth(raw)
    if levels > DEEPEST:
        raise JsonFault(f"nested {levels:,} levels deep; the limit is {DEEPEST}", _at_depth(raw, DEEPEST + 1))
    if raw.count(b",") > MOST_VALUES and (values := _TEXTS.sub(b"", raw).count(b",")) > MOST_VALUES:
        raise JsonFault(f"more than {values:,} values; the limit is {MOST_VALUES:,}", 0)
    long_number = _long_number(raw)
    try:
        if long_number is not None:
            # faults that stand before the number come first, so the number is read as text here
            json.loads(text, parse_float=str, parse_int=str, parse_constant=_refuse)
            raise JsonFault(f"a number of more than {MOST_DIGITS:,} digits", long_number)
        return json.loads(text, parse_float=exact, parse_constant=_refuse)
    except json.JSONDecodeError as error:
        index = len(text[: error.pos].encode("utf-8"))
        raise JsonFault(_reason(raw, error, index), index) from error
    except _Constant as error:
        raise JsonFault(f"{error} is not a JSON number", _constant_at(raw)) from error


class _Constant(Exception):  # noqa: N818 - caught where it is raised
    pass


def _refuse(name: str) -> NoReturn:
    raise _Constant(name)


def _constant_at(raw: bytes) -> int:
    for piece in _PIECE.finditer(raw):
        if piece[0].endswith((b"NaN", b"Infinity")):
            return piece.start()
    return 0


def _reason(raw: bytes, error: json.JSONDecodeError, index: int) -> str:
    if error.msg == "Expecting value" and index >= len(raw.rstrip()):
        return "the record ends in the middle"
    if raw[index : index + 2] in {b"//", b"/*"}:
        return "a comment, not JSON"
    if error.msg == "Expecting ',' delimiter":
        return f"expected a comma or a closing {'bracket' if _open_at(raw, index) == b'[' else 'brace'}"
    return _REASONS.get(error.msg, error.msg[:1].lower() + error.msg[1:])


def _open_at(raw: bytes, index: int) -> bytes:
    stack: list[bytes] = []
    for piece in _PIECE.finditer(raw, 0, index):
        if piece[0] in b"[{":
            stack.append(piece[0])
        elif piece[0] in b"]}" and stack:
            stack.pop()
    return stack[-1] if stack else b""


def depth(raw: bytes) -> int:
    """How many levels deep the brackets of `raw` are nested at most; 0 where that is certainly within the limit."""
    if raw.count(b"{") + raw.count(b"[") <= DEEPEST:
        return 0  # not worth counting
    import numpy as np

    steps = np.frombuffer(_TEXTS.sub(b"", raw).translate(_STEPS, _NO_BRACKETS), np.int8)
    return int(np.cumsum(steps, dtype=np.int32).max(initial=0))


def _at_depth(raw: bytes, wanted: int) -> int:
    level = 0
    for piece in _PIECE.finditer(raw):
        if piece[0] in b"[{":
            level += 1
            if level == wanted:
                return piece.start()
        elif piece[0] in b"]}":
            level -= 1
    return 0


def _long_number(raw: bytes) -> int | None:
    """Where a number stands that has too many digits, or None."""
    for piece in _PIECE.finditer(raw):
        # what follows a number at once, as in `1e9999.5`, is a fault of its own: the parser meets the number first
        number = _NUMBER.match(piece[0])
        if number is None or (len(number[0]) <= MOST_DIGITS and b"e" not in number[0].lower()):
            continue
        try:
            if len(number[0]) > MOST_DIGITS + 2:
                return piece.start()
            exact(number[0].decode("ascii"))
        except ValueError:
            return piece.start()
    return None
