"""What can stand in a column of a table of states: a field, one key of it, a part of its values, or the entity?"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

from explorer.history.comparison import within
from explorer.history.field_history import NONE, FieldHistory
from explorer.history.history import History
from explorer.history.ordering import dense_ranks, order_of
from explorer.history.state import NO_VALUE, State, changes_of, ranks
from explorer.history.sums import Sums
from explorer.projection.model import Field
from explorer.projection.order import number_in, order_key, sort_key

type Ints = npt.NDArray[Any]
type Int64s = npt.NDArray[np.int64]

_FEW_NEW = 256  # names of entities: they are set among the others, which are not sorted again
_LONGEST_NAME = 64  # of names that are sorted as a column of characters; longer ones would take too much room


class Column(msgspec.Struct, frozen=True):
    """One column.

    Attributes:
        name: What it is called: `balance`, `balance.EUR`, `address.city`.
        field: The field; None for the entity itself.
        key: Which line of a field that is kept by key.
        path: Which part of a nested value.
    """

    name: str
    field: Field | None
    key: str | None = None
    path: tuple[str, ...] = ()

    @property
    def adds(self) -> bool:
        """Whether its numbers can be added up over entities."""
        return self.field is not None and self.field.fold == "sum" and not self.field.is_version

    @property
    def drawable(self) -> bool:
        """Whether its values are always numbers, so that they can be drawn over time."""
        return self.field is not None and self.field.is_number


def columns_of(fields: Sequence[Field], noun: str) -> list[Column]:
    """The entity and every visible field."""
    return [Column(noun, None), *(Column(field.name, field) for field in fields if not field.hidden)]


def named_column(name: str, fields: Sequence[Field], noun: str) -> Column | None:
    """The column that is called so; None if there can be none."""
    known = {column.name: column for column in columns_of(fields, noun)}
    if name in known:
        return known[name]
    parts = name.split(".")
    visible = {field.name: field for field in fields if not field.hidden}
    tries = ((".".join(parts[:count]), parts[count:]) for count in range(len(parts) - 1, 0, -1))
    field, path = next(((visible[first], rest) for first, rest in tries if first in visible), (None, []))
    if field is None or not path or "" in path:
        return None
    if field.keyed_by is not None:
        return Column(name, field, ".".join(path))
    return None if field.is_number else Column(name, field, None, tuple(path))


def value_in(state: State, code: int, column: Column) -> object:
    """What one entity has in a column; None if nothing."""
    if column.field is None:
        return state.entity(code)
    if column.key is not None:
        change = int(changes_of(state, column.field, np.array([code]), column.key)[0])
        return None if change == NONE else state.field_history(column.field).value(change)
    value = state.value(code, column.field)
    return within(value, column.path) if column.path else value


def column_ranks(state: State, column: Column, codes: Int64s) -> Int64s:
    """(k,) int64 that order like the values do; `NO_VALUE` where there is none."""
    field = column.field
    if field is None:
        found: Int64s = entity_ranks(state)[codes]
        return found
    if column.key is not None:
        return _key_ranks(state, field, column.key, codes)
    if column.path:
        line = state.field_history(field)
        changes = state.head(field.name)[codes]
        assert isinstance(line.values, tuple)
        known = line.value_ranks.get(column.path)
        if known is None or len(known) != len(line.values[1]):
            parts = [within(value, column.path) for value in line.values[1]]
            known = dense_ranks([sort_key(part) for part in parts])
            known[[part is None for part in parts]] = NO_VALUE
            line.value_ranks[column.path] = known
        if not len(known):
            return np.full(len(codes), NO_VALUE)
        return np.where(changes == NONE, NO_VALUE, known[line.values[0][changes]])
    return ranks(state, field, codes)


def sorted_by(state: State, column: Column, codes: Int64s, *, descending: bool = False) -> Int64s:
    """`codes` by the values of `column`, exactly; those without one last, equal ones as they were."""
    order = column_ranks(state, column, codes)
    if descending:
        none = order == NO_VALUE
        order = -order
        order[none] = NO_VALUE
    found: Int64s = codes[order_of(order)]
    return found


def entity_ranks(state: State) -> Int64s:
    """(entity_count,) int64 that order like the entities' names do. Slow the first time."""
    ready = state.touches.value_ranks.get(())
    if ready is not None and 0 < state.entity_count - len(ready) <= _FEW_NEW < len(ready):
        ready = state.touches.value_ranks[()] = _with_new_names(state, ready)
    if ready is None or len(ready) != state.entity_count:
        ready = state.told_ranks()
        if ready is not None:
            state.touches.value_ranks[()] = ready
    if ready is None or len(ready) != state.entity_count:
        names = list(state.entities(np.arange(state.entity_count)))
        if any(number_in(name) is not None for name in names):
            keys = [(*order_key(name), name) for name in names]
            order: Ints = np.asarray(sorted(range(len(names)), key=keys.__getitem__), np.int64)
        elif max(map(len, names), default=0) <= _LONGEST_NAME and all(
            not name.endswith("\0") for name in names
        ):
            order = np.argsort(np.array(names, np.str_), kind="stable")  # lets other threads go on
        else:
            order = np.asarray(sorted(range(len(names)), key=names.__getitem__), np.int64)
        ready = np.empty(len(names), np.int64)
        ready[order] = np.arange(len(names))
        state.touches.value_ranks[()] = ready
    return ready


def _with_new_names(state: State, ranks: Int64s) -> Int64s:
    """The ranks of all entities; `ranks` are those of the first."""
    order = np.empty(len(ranks), np.int64)
    order[ranks] = np.arange(len(ranks))

    def key(code: int) -> tuple[int, object, str]:
        name = state.entity(code)
        return *order_key(name), name

    codes = sorted(range(len(ranks), state.entity_count), key=key)
    places = [bisect_left(order, key(code), key=lambda each: key(int(each))) for code in codes]
    order = np.insert(order, places, codes)
    found = np.empty(len(order), np.int64)
    found[order] = np.arange(len(order))
    return found


def _key_ranks(state: State, field: Field, key: str, codes: Int64s) -> Int64s:
    line = state.field_history(field)
    changes = changes_of(state, field, codes, key)
    there = changes != NONE
    sums = line.values
    assert isinstance(sums, Sums)
    if not len(sums.units):
        return np.full(len(codes), NO_VALUE)
    if not sums.wide:
        return np.where(there, sums.units[changes], NO_VALUE)
    exact = [line.value(int(change)) if change != NONE else 0 for change in changes]
    return np.where(there, dense_ranks(exact), NO_VALUE)


LOOKED_AT = 1_000  # values of a field; the others are of the same make, or nobody would read them as a table
MOST_PATHS = 200
DEEPEST = 6

type Path = tuple[str, ...]


def nested_fields(history: History) -> list[str]:
    """The names of the visible fields whose values have parts."""
    lines = (history.field_histories[field.name] for field in history.fields if not field.hidden)
    return [
        line.field.name
        for line in lines
        if any(isinstance(value, (Mapping, list)) for value in _some_values(line))
    ]


def paths(history: History, field: str) -> list[Path]:
    """Where in the values of `field` single values stand, in the order in which they were first met."""
    found: dict[Path, None] = {}
    for value in _some_values(history.field_histories[field]):
        if isinstance(value, Mapping):
            found.update(dict.fromkeys(islice(_leaves(value, ()), MOST_PATHS)))
        if len(found) >= MOST_PATHS:
            break
    return list(found)[:MOST_PATHS]


def keys(history: History, field: str) -> list[str]:
    """The keys by which a field is kept: the currencies of a balance."""
    return list(history.field_histories[field].keys)


def _some_values(line: FieldHistory) -> Iterator[object]:
    return iter(line.values[1][:LOOKED_AT] if isinstance(line.values, tuple) else ())


def _leaves(value: Mapping[str, object], above: Path) -> Iterator[Path]:
    for name, inner in value.items():
        path = (*above, str(name))
        if isinstance(inner, Mapping) and inner and len(path) < DEEPEST:
            yield from _leaves(inner, path)
        else:
            yield path
