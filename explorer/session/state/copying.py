"""What goes onto the clipboard: a value, a row or the whole table, with every digit?"""

import csv
import io
from collections.abc import Mapping
from decimal import Decimal

from explorer.projection.exact import plain
from explorer.session.exact_json import dumps
from explorer.session.state.stateview import StateView


def value_copied(value: object) -> str:
    """One value for programs: numbers in plain notation, text as it stands in the log, the rest as JSON."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, (int, Decimal)) and not isinstance(value, bool):
        return plain(value)
    if isinstance(value, (bool, Mapping, list)):
        return dumps(value, indent=-1)
    return str(value)


def row_as_json(view: StateView, row: int) -> str:
    """`{"account": "acc-1", "owner": "Ada", "balance": 20.00}`: the columns that are shown."""
    return dumps(_told(view, row))


def row_as_tsv(view: StateView, row: int) -> str:
    """The row as a line for a spreadsheet."""
    return _tsv([_texts(view, row)])


def table_as_tsv(view: StateView) -> str:
    """The whole table, headed by the columns' names. Slow for many rows."""
    return _tsv([[column.name for column in view.shown], *(_texts(view, row) for row in _entities(view))])


def table_as_json(view: StateView) -> str:
    """The whole table as a list of objects. Slow for many rows."""
    return dumps([_told(view, row) for row in _entities(view)])


def path_of(view: StateView, row: int, column: int) -> str:
    """`acc-1.address.city`: where the value stands."""
    wanted = view.shown[column]
    return view.entity(row) if wanted.field is None else f"{view.entity(row)}.{wanted.name}"


def _entities(view: StateView) -> list[int]:
    return [row for row in range(view.row_count) if not view.is_group(row)]


def _told(view: StateView, row: int) -> dict[str, object]:
    return {column.name: _value(view, row, at) for at, column in enumerate(view.shown)}


def _texts(view: StateView, row: int) -> list[str]:
    return [value_copied(_value(view, row, column)) for column in range(len(view.shown))]


def _value(view: StateView, row: int, column: int) -> object:
    return view.entity(row) if view.shown[column].field is None else view.value(row, column)


def _tsv(rows: list[list[str]]) -> str:
    text = io.StringIO()
    csv.writer(text, delimiter="\t", lineterminator="\n").writerows(rows)
    return text.getvalue()
