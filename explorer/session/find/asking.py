"""How is a question about one value written as a condition?"""

import re
from decimal import Decimal

from explorer.history.columns import Column
from explorer.projection.exact import plain

_PLAIN_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def condition_on(column: Column, value: object) -> str | None:
    """`balance = 20.00`, `owner = 'O''Hara'`; None for a value that no condition can name."""
    name = ".".join(_quoted(part) for part in _parts(column))
    if value is None:
        return f"{name} is null"
    if isinstance(value, bool):
        return f"{name} = {str(value).lower()}"
    if isinstance(value, (int, Decimal)):
        return f"{name} = {plain(value)}"
    if isinstance(value, str):
        return f"{name} = {text_literal(value)}"
    return None


def of_entity(noun: str, entity: str) -> str:
    """`account = 'acc-1'`."""
    return f"{_quoted(noun)} = {text_literal(entity)}"


def text_literal(text: str) -> str:
    """Text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"


def _parts(column: Column) -> tuple[str, ...]:
    if column.field is None:
        return (column.name,)
    key = () if column.key is None else (column.key,)
    return (column.field.name, *key, *column.path)


def _quoted(name: str) -> str:
    return name if _PLAIN_NAME.fullmatch(name) else '"' + name.replace('"', '""') + '"'
