"""When did a condition hold: which intervals are there, how are they told, and how is one asked for?"""

import weakref
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import numpy as np
import numpy.typing as npt

from explorer.eventlog.timestamps import exact_ns, iso_text
from explorer.history.columns import Column, nested_fields
from explorer.history.conditions import Condition, parse_condition
from explorer.history.find import OPEN, Intervals, find_each, joined
from explorer.history.history import History
from explorer.history.kinds import entity_kinds
from explorer.language import grouped, tr
from explorer.patterns import lazy_pattern
from explorer.projection.exact import plain
from explorer.session.document import Document
from explorer.session.plaintext import visible
from explorer.session.status import what_they_are

type Ints = npt.NDArray[Any]

_SEARCH_BYTES = 384 << 20  # of memory while all of history is gone through

ENTITY, FROM, TO, EVENTS, DURATION = range(5)
MINUTES = len("2026-01-31T23:59")


def condition_of(history: History, noun: str, text: str) -> Condition:
    """Read a condition over the state: its fields, their nested parts, the entity's own name and its kind.

    Raises:
        ConditionError: It is none; says where.
    """
    kinds = (
        "kind" in text.casefold() and entity_kinds(history) is not None
    )  # they are learnt when they are asked for
    return parse_condition(text, history.fields, nested=nested_fields(history), noun=noun, kinds=kinds)


def hit_titles() -> list[str]:
    """What is told of an interval, but for whose it is."""
    return [tr("from"), tr("to before"), tr("events"), tr("for")]


class Hits:
    """Intervals in which something held, earliest first; text is made for those that are asked for."""

    def __init__(self, document: Document, found: Intervals) -> None:
        self._document = document
        self._history = document.history
        narrow = found.by_start(document.history)
        starts = narrow.starts.astype(np.int64, copy=False)  # others draw them, as they draw all positions
        self._found = Intervals(narrow.owners, starts, narrow.stops)
        ended = self._found.stops != OPEN
        self._ends = np.sort(self._found.stops[ended])
        columns = (self._found.owners, self._found.starts, self._found.stops, self._ends)
        owners = np.zeros(int(self._found.owners.max(initial=-1)) + 1, np.bool_)
        owners[self._found.owners] = True
        self._owners = int(np.count_nonzero(owners))
        weakref.finalize(self, document.history.hold(sum(column.nbytes for column in columns)))
        self.columns = [document.noun, *hit_titles()]

    def __len__(self) -> int:
        return len(self._found)

    @property
    def positions(self) -> "np.typing.NDArray[np.int64]":
        """(k,) where they begin, ascending; others reckon on with them, times pixels and the like."""
        return self._found.starts.astype(np.int64, copy=False)

    def entity(self, row: int) -> str:
        """The entity, as it stands in the log."""
        return self._history.entities[int(self._found.owners[row])]

    def start(self, row: int) -> int:
        """The first position at which it held."""
        return int(self._found.starts[row])

    def stop(self, row: int) -> int | None:
        """The position at which it no longer held; None: it holds to the end."""
        stop = int(self._found.stops[row])
        return None if stop == OPEN else stop

    def text(self, row: int, column: int) -> str:
        """What a cell of the list says."""
        start, stop = self.start(row), self.stop(row)
        match column:
            case 0:
                return visible(self.entity(row))
            case 1:
                return f"{grouped(start)} · {self._moment(start)}" if self._moment(start) else grouped(start)
            case 2:
                if stop is None:
                    return tr("the end")
                return f"{grouped(stop)} · {self._moment(stop)}" if self._moment(stop) else grouped(stop)
            case 3:
                return grouped((len(self._history) + 1 if stop is None else stop) - start)
            case _:
                return self._lasted(start, len(self._history) if stop is None else stop)

    def holding_at(self, position: int) -> int:
        """How many of them hold at `position`."""
        return _up_to(self._found.starts, position) - _up_to(self._ends, position)

    def row_at(self, position: int) -> int | None:
        """The last that has begun by `position`."""
        row = _up_to(self._found.starts, position) - 1
        return row if row >= 0 else None

    def summary(self) -> str:
        """`12 intervals, of 5 accounts`."""
        if not len(self):
            return tr("It never held.")
        owners = self._owners
        noun = visible(what_they_are(self._document.noun, owners), 40)
        once = tr("1 interval, of {entities} {noun}")
        often = tr("{times} intervals, of {entities} {noun}")
        said = once if len(self) == 1 else often
        return said.format(times=grouped(len(self)), entities=grouped(owners), noun=noun)

    def _moment(self, position: int) -> str:
        iso = iso_text(self._history.moment_ns(position))
        return "" if iso is None else iso[:MINUTES].replace("T", " ")  # as on a clock; the position is exact

    def _lasted(self, start: int, stop: int) -> str:
        first, last = self._history.moment_ns(start), self._history.moment_ns(stop)
        return "" if first is None or last is None else duration_text(exact_ns(last) - exact_ns(first))


def _up_to(positions: Ints, position: int) -> int:
    """How many of ascending positions are no greater; asked with a number of another kind, NumPy copies all first."""
    return int(np.searchsorted(positions, positions.dtype.type(position), "right"))


def search(
    document: Document,
    condition: Condition,
    report: Callable[[int, int], None],
    show: Callable[[Hits], None] | None = None,
) -> Hits:
    """Every interval in which `condition` holds. Slow for a large log; `show` is given the first before the end."""
    blocks: list[Intervals] = []
    shown = show is None
    with document.history.room(_SEARCH_BYTES):  # what is gone through is looked at once
        for found in find_each(document.history, condition, report):
            blocks.append(found.narrowed(len(document.history)))
            if not shown and show is not None and len(found):
                shown = True
                show(Hits(document, joined(blocks)))
        whole = joined(blocks)
        blocks.clear()
        return Hits(document, whole)


def duration_text(ns: int) -> str:
    """`3 d 4 h`, `12 min 30 s`, `0.25 s`: the two largest units."""
    seconds, rest_ns = divmod(ns, 1_000_000_000)
    if seconds < 10:
        return f"{seconds + rest_ns / 1e9:.3g} s"
    parts: list[tuple[int, str]] = []
    for size, unit in ((86_400, tr("d")), (3_600, tr("h")), (60, tr("min")), (1, tr("s"))):
        count, seconds = divmod(seconds, size)
        if count or parts:
            parts.append((count, unit))
    return " ".join(f"{grouped(count)} {unit}" for count, unit in parts[:2] if count)


# --- how is a question about one value written as a condition? ---------------------------------------

_PLAIN_NAME = lazy_pattern(r"[A-Za-z_][A-Za-z0-9_]*")


def condition_on(column: Column, value: object) -> str | None:
    """`balance = 20.00`, `owner = 'O''Hara'`; None for a value that no condition can name."""
    name = ".".join(_quoted(part) for part in _parts_of(column))
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


def _parts_of(column: Column) -> tuple[str, ...]:
    if column.field is None:
        return (column.name,)
    key = () if column.key is None else (column.key,)
    return (column.field.name, *key, *column.path)


def _quoted(name: str) -> str:
    return name if _PLAIN_NAME.fullmatch(name) else '"' + name.replace('"', '""') + '"'
