"""What do all entities come to together, or those that the filter lets through, column by column?"""

from collections.abc import Mapping, Sequence

import numpy as np

from explorer.history.columns import Column
from explorer.history.explain import number
from explorer.history.groups import Subtotals, counts
from explorer.history.history import History
from explorer.history.totals import MOST_KINDS as MOST_TOTALS
from explorer.language import grouped
from explorer.projection.exact import Exact
from explorer.projection.order import number_in
from explorer.session.plaintext import visible
from explorer.session.state.state_view import StateView, whole_text

MOST_KINDS = 6  # more values than these are no summary

type Parts = tuple[
    str, ...
]  # of a sum one for each key: `12.50 EUR`; of other values one: `21 open, 2 closed`


def totals_of_all(view: StateView, history: History) -> list[Parts]:
    """The totals of each column over all entities; from sums that are kept, so that it costs what has changed."""
    found = history.totals(view.position)
    return [_of_all(column, found) for column in view.shown]


def totals_of_kept(view: StateView) -> list[Parts]:
    """The totals of each column over what passes the filter alone."""
    return [_of_kept(column, view) for column in view.shown]


def line_count(view: StateView, history: History) -> int:
    """How many lines the totals need at most, at any position; 0 where nothing adds up."""
    most = 0
    for column in view.shown:
        if column.adds and column.field is not None:
            lines = history.total_lines(column.field.name)
            most = max(most, min(lines, 1) if column.key is not None else lines)
        elif _is_counted(column):
            most = max(most, 1)
    return most


def last_change(view: StateView, history: History, at: int) -> int | None:
    """The position at which the total of a column was changed last; None if it never was."""
    field = view.shown[at].field
    if field is None:
        return None
    moments = history.field_histories[field.name].moments
    done = int(np.searchsorted(moments, moments.dtype.type(view.position), "right"))
    return int(moments[done - 1]) if done else None


def joined(names: Sequence[str], parts: Sequence[Parts]) -> str:
    """`balance 41,230.12 EUR + 310.00 USD · status 21 open, 2 closed`."""
    told = zip(names, parts, strict=True)
    return " · ".join(visible(f"{name} {' + '.join(some)}", 200) for name, some in told if some)


def _is_counted(column: Column) -> bool:
    field = column.field
    return field is not None and field.fold != "count" and not field.is_version and not column.path


def _of_all(column: Column, found: Mapping[str, Mapping[object, Exact]]) -> Parts:
    if column.field is None or column.field.name not in found:
        return ()
    totals = found[column.field.name]
    if column.adds:
        return _sums({key: total for key, total in totals.items() if column.key in {None, key}})
    if not _is_counted(column):
        return ()
    return (
        ()
        if any(number_in(value) is not None for value in totals)
        else _counts({whole_text(value): int(count) for value, count in totals.items() if count})
    )


def _of_kept(column: Column, view: StateView) -> Parts:
    codes = view.rows.kept
    if column.adds and column.field is not None:
        kinds = view.state.kinds(column.field)
        if kinds is None or len(kinds.names) > MOST_TOTALS:
            return ()
        sums = Subtotals(view.state, column.field, codes, np.zeros(len(codes), np.int64), 1).of(0)
        return _sums({key: total for key, total in sums.items() if column.key in {None, key}})
    if column.field is None or column.field.fold == "count" or column.field.is_version:
        return ()
    found = counts(view.state, column, codes, MOST_KINDS) or {}
    if any(number_in(value) is not None for value in found):
        return ()
    return _counts({whole_text(value): int(count) for value, count in found.items()})


def _sums(totals: Mapping[object, Exact]) -> Parts:
    return tuple(visible(f"{number(total)} {key or ''}".rstrip()) for key, total in totals.items())


def _counts(found: Mapping[str, int]) -> Parts:
    if not 0 < len(found) <= MOST_KINDS or all(count == 1 for count in found.values()):
        return ()  # each entity has its own: that is no summary
    return (visible(", ".join(f"{grouped(count)} {value}" for value, count in found.items()), 200),)
