"""How is state written as JSON without losing a digit?"""

import json
from collections.abc import Mapping
from decimal import Decimal

import msgspec

from explorer.projection.exact import plain


def dumps(value: object, *, indent: int = 2) -> str:
    r"""`value` as JSON text. Decimals become plain numbers with all their digits: `20.00`, never `2E+1`.

    Text that UTF-8 cannot hold (lone surrogates) is written as `\ud800` escapes.
    """
    return msgspec.json.format(msgspec.json.encode(_prepared(value)), indent=indent).decode()


def _prepared(value: object) -> object:
    if isinstance(value, Decimal):
        return msgspec.Raw(plain(value).encode())
    if isinstance(value, int) and not isinstance(value, bool):
        return msgspec.Raw(str(value).encode())  # msgspec refuses integers of more than 64 bits
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, Mapping):
        if all(_encodable(str(key)) for key in value):
            return {str(key): _prepared(inner) for key, inner in value.items()}
        members = (json.dumps(str(key)) + ":" + dumps(inner, indent=-1) for key, inner in value.items())
        return msgspec.Raw(("{" + ",".join(members) + "}").encode())
    if isinstance(value, (list, tuple)):
        return [_prepared(inner) for inner in value]
    return value


def _text(value: str) -> object:
    return value if _encodable(value) else msgspec.Raw(json.dumps(value).encode())


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
