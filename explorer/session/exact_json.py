"""How is state written as JSON without losing a digit, whatever can be read from a log?"""

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal

import msgspec

from explorer.eventlog.text_columns import TextColumn
from explorer.projection.exact import plain

_encode = msgspec.json.encode
_OTHERWISE = bytes(range(32)) + b'"\\\xed'  # in such a text some character may be an escape


def dumps(value: object, *, indent: int = 2, depth: int = 0) -> str:
    r"""`value` as JSON text. Decimals become plain numbers with all their digits: `20.00`, never `2E+1`.

    Text that UTF-8 cannot hold (lone surrogates) is written as `\ud800` escapes. Any depth that can be read can be
    written.

    Args:
        value: Mappings, lists, text, numbers, true, false or None.
        indent: Spaces for each level; 0 = one line; less = one line without spaces.
        depth: In how many others the value will stand: its lines but the first begin farther to the right.
    """
    parts: list[str] = []
    _write(parts, value, indent, "\n" + " " * (indent * (depth + 1)) if indent > 0 else "")
    return "".join(parts)


def _write(parts: list[str], value: object, indent: int, line: str) -> None:
    """Add the pieces of `value`; `line` begins a line inside it."""
    if isinstance(value, Mapping):
        closing = "}"
        items = [(quoted(str(key)) + (":" if indent < 0 else ": "), inner) for key, inner in value.items()]
    elif isinstance(value, (list, tuple)):
        closing = "]"
        items = [("", inner) for inner in value]
    else:
        parts.append(_scalar(value))
        return
    opening = "{" if closing == "}" else "["
    if not items:
        parts.append(opening + closing)
        return
    comma = "," if indent else ", "
    deeper = line + " " * indent if line else ""
    for at, (key, inner) in enumerate(items):
        parts.append(f"{comma if at else opening}{line}{key}")
        _write(parts, inner, indent, deeper)
    parts.append((line[:-indent] if line else "") + closing)


def _scalar(value: object) -> str:
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, Decimal):
        return plain(value)
    if value is None or isinstance(value, bool):
        return "null" if value is None else "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    return _encode(value).decode()


def all_quoted(texts: Sequence[str]) -> list[str | Sequence[str]]:
    """Texts as JSON, as parts that stand side by side."""
    if isinstance(texts, TextColumn) and not texts.have(_OTHERWISE):
        return ['"', texts, '"']
    return [[quoted(text) for text in texts]]


def quoted(text: str) -> str:
    """A text as JSON."""
    try:
        return _encode(text).decode()
    except UnicodeEncodeError:
        return json.dumps(text)
