"""Can a payload be looked into, or is it bytes, hexadecimal digits or base64, of which nothing can be told?"""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal

from explorer.eventlog.event import FieldMap, Record
from explorer.eventlog.extract import getter
from explorer.eventlog.profiles.decoding import nature, raw_bytes
from explorer.patterns import lazy_pattern

_LOOKED_AT = 4_096  # characters
_HEX = lazy_pattern(r"(?:\\x|0x|x')?(?:[0-9a-fA-F]{2}){8,}'?", re.ASCII)
_BASE64 = lazy_pattern(r"(?:[A-Za-z0-9+/]{4}){4,}(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?", re.ASCII)
_BYTES = lazy_pattern(r"""b(?:'|").*""", re.ASCII | re.DOTALL)
_UNREADABLE = lazy_pattern("[\x00-\x08\x0e-\x1f\x7f-\x9f�]")
_FEWEST_BYTES = 8

type Look = Callable[[Record], str | None]


def looker(fields: FieldMap, *, declared: bool = False) -> Look | None:
    """What says of a record why its payload cannot be looked into, or None; None if no record has one that could be.

    Where the payload is `declared` to be, a number is none: it stands for something that is kept elsewhere.
    """
    find = getter(fields.data if fields.data is not None else fields.opaque)
    if find is None:
        return None

    def look(record: Record) -> str | None:
        value = find(record)
        what = opaque(value)
        if what is not None:
            told = nature(value)
            what = what if told is None else f"{what} ({told})"
        elif declared and type(value) in {int, Decimal}:
            what = f"the number {str(value)[:40]}, a large object that is kept elsewhere"
        return None if what is None else f"its payload is {what}, which cannot be looked into"

    return look


def opaque(value: object) -> str | None:
    """What a value is that cannot be looked into; None if it can be."""
    if type(value) is str:
        return _opaque_text(value)
    if isinstance(value, Mapping):
        if "$binary" in value or (value.get("type") == "Buffer" and isinstance(value.get("data"), list)):
            return "bytes"
    elif (
        type(value) is list
        and len(value) >= _FEWEST_BYTES
        and all(type(each) is int and -128 <= each <= 255 for each in value[:_LOOKED_AT])
    ):
        return "a list of bytes"
    return None


def may_be_opaque(data: object) -> bool:
    """Whether an object with these members may stand for bytes."""
    return isinstance(data, Mapping) and ("$binary" in data or ("type" in data and "data" in data))


def _opaque_text(text: str) -> str | None:
    start = text[:_LOOKED_AT]
    if not start or start.lstrip()[:1] in {"{", "["}:
        return None
    if _UNREADABLE.search(start):
        return "binary"
    whole = start if len(text) <= _LOOKED_AT else start[: _LOOKED_AT // 4 * 4]
    if raw_bytes(text) is not None:  # however few, where they are marked as such
        return "hexadecimal digits"
    if _HEX.fullmatch(whole) and not (whole.isdigit() and len(whole) < 20):
        return "hexadecimal digits"
    mixed = re.search(r"[0-9+/=]", whole) and re.search(r"[a-z]", whole) and re.search(r"[A-Z]", whole)
    if mixed and _BASE64.fullmatch(whole):
        return "base64"
    return "bytes" if _BYTES.fullmatch(start) else None
