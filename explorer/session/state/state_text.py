"""What does the state say as text: line by line, all entities together, and on the clipboard with every digit?"""

import csv
import io
from collections.abc import Mapping
from decimal import Decimal

from explorer.history.explain import number
from explorer.history.history import History
from explorer.language import grouped, tr
from explorer.projection.exact import plain
from explorer.projection.order import number_in
from explorer.session.exact_json import dumps
from explorer.session.plaintext import visible
from explorer.session.state.state_view import StateView, whole_text

_MOST_LINES = 1_000
_MOST_KINDS = 6  # more values than these are no summary


def state_text(view: StateView, heading: str) -> str:
    """`heading`, and a line for each entity."""
    lines = [heading]
    for row in range(min(view.row_count, _MOST_LINES)):
        cells = (f"{name} {view.text(row, at)}" for at, name in enumerate(view.columns) if view.text(row, at))
        lines.append(", ".join(cells) + ".")
    if view.row_count > _MOST_LINES:
        lines.append(tr("… and {count:,} more.").format(count=view.row_count - _MOST_LINES))
    return "\n".join(lines)


def totals_text(history: History, position: int) -> str:
    """`balance 41,230.12 EUR + 310.00 USD · status 21 open, 2 closed`; empty if nothing adds up."""
    parts = []
    for name, totals in history.totals(position).items():
        kinds = [(key, total) for key, total in totals.items() if total]
        adds = history.field_histories[name].field.adds
        if not kinds or (not adds and len(kinds) > _MOST_KINDS):
            continue
        if adds:
            said = " + ".join(f"{number(total)} {key or ''}".rstrip() for key, total in kinds)
        elif all(total == 1 for _, total in kinds) or any(number_in(key) is not None for key, _ in kinds):
            continue  # each entity has its own, or they are numbers that nobody adds up: that is no summary
        else:
            said = ", ".join(f"{grouped(total)} {whole_text(key)}" for key, total in kinds)
        parts.append(visible(f"{name} {said}", 200))
    return " · ".join(parts)


# --- what goes onto the clipboard: a value, a row or the whole table, with every digit? --------------


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
    return dumps(_members(view, row))


def row_as_tsv(view: StateView, row: int) -> str:
    """The row as a line for a spreadsheet."""
    return _tsv([_texts(view, row)])


def table_as_tsv(view: StateView) -> str:
    """The whole table, headed by the columns' names. Slow for many rows."""
    return _tsv([[column.name for column in view.shown], *(_texts(view, row) for row in _entities(view))])


def table_as_json(view: StateView) -> str:
    """The whole table as a list of objects. Slow for many rows."""
    return dumps([_members(view, row) for row in _entities(view)])


def path_of(view: StateView, row: int, column: int) -> str:
    """`acc-1.address.city`: where the value stands."""
    wanted = view.shown[column]
    return view.entity(row) if wanted.field is None else f"{view.entity(row)}.{wanted.name}"


def _entities(view: StateView) -> list[int]:
    return [row for row in range(view.row_count) if not view.is_group(row)]


def _members(view: StateView, row: int) -> dict[str, object]:
    return {column.name: _value(view, row, at) for at, column in enumerate(view.shown)}


def _texts(view: StateView, row: int) -> list[str]:
    return [value_copied(_value(view, row, column)) for column in range(len(view.shown))]


def _value(view: StateView, row: int, column: int) -> object:
    return view.entity(row) if view.shown[column].field is None else view.value(row, column)


def _tsv(rows: list[list[str]]) -> str:
    text = io.StringIO()
    csv.writer(text, delimiter="\t", lineterminator="\n").writerows(rows)
    return text.getvalue()
