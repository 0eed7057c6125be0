"""How does the state at one position look as a table of text, and which rows does it have?"""

from collections.abc import Callable
from decimal import Decimal
from functools import cached_property

import numpy as np
import numpy.typing as npt

from explorer.history.changes import Change
from explorer.history.columns import Column, column_ranks, sorted_by, value_in
from explorer.history.comparison import within
from explorer.history.explain import beginning, difference, number, shown, signed
from explorer.history.groups import Groups, Subtotals
from explorer.history.history import History
from explorer.history.state import State
from explorer.language import grouped, tr
from explorer.projection.currencies import Amounts, amounts
from explorer.projection.model import Field
from explorer.session.plaintext import LIMIT, visible
from explorer.session.state.arrangement import Arrangement

type Int64s = npt.NDArray[np.int64]
type Flags = npt.NDArray[np.bool_]

AT_ONCE = 200_000  # entities that are put in order within a frame …
KEPT_AT_ONCE = 2_000_000  # … and of which those that pass a filter are taken
SAMPLES = 40  # texts by which a column is given its room
_ORDER_BYTES = 40  # of memory for each entity while rows are put in order
_AHEAD = 48  # rows: about what a screen has
_SHORT_JSON = 40  # characters
_DEEPEST = 3  # of what is nested, a cell shows so many levels as people write them


class StateRows:
    """The rows of one state. A group's heading is a row too; nothing is made for a row before it is asked for."""

    def __init__(
        self, state: State, columns: list[Column], arrangement: Arrangement, keep: Flags | None
    ) -> None:
        """Put the rows in order.

        Args:
            state: The state.
            columns: Every column that may be asked for by name, shown or not.
            arrangement: How they are to stand.
            keep: (entity_count,) which entities pass the filter; None: all.
        """
        named = {column.name: column for column in columns}
        codes = state.codes if keep is None else state.codes[keep[state.codes]]
        if arrangement.sort is not None and arrangement.sort[0] in named:
            codes = sorted_by(state, named[arrangement.sort[0]], codes, descending=arrangement.sort[1])
        plain = keep is None and arrangement.sort is None and arrangement.group is None
        self._unsorted = state.touches if plain else None  # then rows stand as the entities came to be
        self.codes: Int64s = codes  # of the entities, without those hidden in folded groups
        self.kept: Int64s = codes
        self.groups: Groups | None = None
        self.group_ids: Int64s = np.zeros(0, np.int64)
        self.column = named.get(arrangement.group or "")
        self._state, self._seen = state, range(0)
        self._count = len(codes)
        if self.column is not None and len(codes):
            self._group(state, self.column, arrangement, named)

    def __len__(self) -> int:
        return self._count

    def _group(
        self, state: State, column: Column, arrangement: Arrangement, named: dict[str, Column]
    ) -> None:
        self.groups = Groups(state, column, self.codes)
        self._order_groups(state, arrangement, named)
        order = self.groups.order
        self.kept, self.group_ids = self.codes[order], self.groups.ids[order]
        self.sizes = np.bincount(self.group_ids, minlength=len(self.groups))
        shut = np.isin(self.groups.kinds, list(arrangement.except_groups)) ^ arrangement.folded
        self.folded = shut
        self.codes = self.kept[~shut[self.group_ids]]
        shown = np.where(shut, 0, self.sizes)
        self._heads = np.zeros(len(self.groups), np.int64)  # the row of each heading
        np.cumsum(shown[:-1] + 1, out=self._heads[1:])
        self._firsts = np.zeros(len(self.groups), np.int64)  # which of `codes` is the first of each group
        np.cumsum(shown[:-1], out=self._firsts[1:])
        self._count = len(self.codes) + len(self.groups)

    def _order_groups(self, state: State, arrangement: Arrangement, named: dict[str, Column]) -> None:
        """Sorted by a column that adds up, groups stand by what they come to; else by what they have in common."""
        assert self.groups is not None
        name, descending = arrangement.sort or ("", False)
        column = named.get(name)
        if (
            column is not None
            and column.adds
            and column.field is not None
            and state.kinds(column.field) is not None
        ):
            sums = Subtotals(state, column.field, self.codes, self.groups.ids, len(self.groups))
            order = sums.ranks(column.key)
            self.groups.reorder(np.argsort(-order if descending else order, kind="stable"))
        elif name == arrangement.group and descending:
            self.groups.reorder(np.arange(len(self.groups))[::-1])

    def group_at(self, row: int) -> int | None:
        """The group of which `row` is the heading; None for an entity's row."""
        if self.groups is None:
            return None
        group = int(np.searchsorted(self._heads, row, "right")) - 1
        return group if self._heads[group] == row else None

    def code_at(self, row: int) -> int:
        """The entity in `row`."""
        if self.groups is None:
            if row not in self._seen:  # it and what stands below it are about to be shown
                self.read(row)
            return int(self.codes[row])
        group = int(np.searchsorted(self._heads, row, "right")) - 1
        return int(self.codes[self._firsts[group] + row - int(self._heads[group]) - 1])

    def must_read(self, row: int) -> bool:
        """Whether something must be read before what is in a row can be told; asked from the first to the last row."""
        if self.groups is not None or row in self._seen:
            return False
        if self._state.to_read(self.codes[row : row + _AHEAD]):
            return True
        self._seen = range(row, row + _AHEAD)
        return False

    def read(self, row: int) -> None:
        """Read what is in a row, and below it as far as a screen shows."""
        self._state.look_at(self.codes[row : row + _AHEAD])
        self._seen = range(row, row + _AHEAD)

    def row_of(self, code: int) -> int | None:
        """The row of an entity, if it is shown."""
        if self._unsorted is not None:
            row = self._unsorted.birth_rank(code)
            return row if 0 <= row < self._count else None
        found = np.flatnonzero(self.codes == code)
        if not len(found):
            return None
        at = int(found[0])
        if self.groups is None:
            return at
        group = int(np.searchsorted(self._firsts, at, "right")) - 1  # of several, the one that is not folded
        return int(self._heads[group]) + 1 + at - int(self._firsts[group])

    def head_row(self, group: int) -> int:
        """The row of a group's heading."""
        return int(self._heads[group])


MOST_CHARS_BEFORE = 24  # of what a cell held before: it stands beside what it holds now


class StateView:
    """The state at `position`, row by row and column by column; text is made for the cells that are asked for.

    Ordinarily column 0 is the entity, and the others are the read model's fields. A row may be the heading of a
    group: it has a text in each column, and no entity.
    """

    def __init__(
        self,
        history: History,
        noun: str,
        state: State,
        arrangement: Arrangement | None = None,
        keep: Flags | None = None,
    ) -> None:
        self._history = history
        self.state = state
        self._noun = noun
        self.arrangement = arrangement or Arrangement()
        self._keep = keep
        self.position = state.position
        self.shown = self.arrangement.resolved(history, noun)
        self.columns = [visible(column.name) for column in self.shown]
        self._numbers: dict[int, bool] = {}
        self._subtotals: dict[int, Subtotals | None] = {}  # None: nothing adds up

    @property
    def narrowed(self) -> bool:
        """Whether only some entities may be shown."""
        return self._keep is not None

    @property
    def at_hand(self) -> bool:
        """See `History.at_hand`."""
        return self._history.at_hand

    def first_texts(self, column: int, most: int) -> list[str]:
        """What those who came to be first have in a column at the end, once that has been read."""
        end = self._history.state(len(self._history))
        codes = end.codes[:most]
        if end.to_read(codes):
            return []
        return [value_text(value_in(end, int(code), self.shown[column])) for code in codes]

    def must_read(self, row: int) -> bool:
        """See `StateRows.must_read`."""
        return not self.at_hand and self.rows.must_read(row)

    def read(self, row: int) -> None:
        """Read what `row` and those below it show, and what `first_texts` tells. For a thread that shows nothing."""
        self.rows.read(row)
        end = self._history.state(len(self._history))
        end.look_at(end.codes[:SAMPLES])

    def arranged(self, arrangement: Arrangement, keep: Flags | None = None) -> "StateView":
        """The same state shown otherwise; `keep`: (entity_count,) which entities pass the filter."""
        return StateView(self._history, self._noun, self.state, arrangement, keep)

    @property
    def takes_long(self) -> bool:
        """Whether to put the rows in order takes longer than a frame has."""
        if "rows" in self.__dict__:
            return False
        arranged = self.arrangement.sort is not None or self.arrangement.group is not None
        most = AT_ONCE if arranged else KEPT_AT_ONCE
        return (arranged or self._keep is not None) and self.entity_count > most

    def put_in_order(self, report: Callable[[int, int], None]) -> None:
        """Make the rows; `report` is told how far that is, and ends it by what it raises."""
        with self._history.room(self.state.entity_count * _ORDER_BYTES):
            self._put_in_order(report)

    def _put_in_order(self, report: Callable[[int, int], None]) -> None:
        columns = {column.name: column for column in self.shown}
        wanted = (self.arrangement.group, self.arrangement.sort[0] if self.arrangement.sort else None)
        report(0, 3)
        for name in wanted:
            if name in columns:  # what values there are is put in order once
                column_ranks(self.state, columns[name], self.state.codes[:1])
                report(1, 3)
        for column in range(len(self.shown) if self.rows.groups is not None else 0):
            self._sums(column)
        report(2, 3)
        _ = self.changed_count, self.state.codes
        report(3, 3)

    @cached_property
    def rows(self) -> StateRows:
        """Which rows there are."""
        every = {column.name: column for column in self.shown}
        wanted = [self.arrangement.group, self.arrangement.sort[0] if self.arrangement.sort else None]
        hidden = Arrangement(tuple(name for name in wanted if name and name not in every))
        more = hidden.resolved(self._history, self._noun) if hidden.columns else []
        return StateRows(self.state, [*self.shown, *more], self.arrangement, self._keep)

    @cached_property
    def _changes(self) -> dict[str, list[Change]]:
        """What the event at this position changed, by entity."""
        found: dict[str, list[Change]] = {}
        if self.position:
            for entity in self._history.entities_of(self.position):
                found[entity] = []
            for change in self._history.changes_by(self.position):
                found.setdefault(change.entity, []).append(change)
        return found

    @cached_property
    def _touched(self) -> set[int | None]:
        return {self.state.find(entity) for entity in self._changes}

    def _sums(self, column: int) -> Subtotals | None:
        """What a column comes to in each group."""
        if column not in self._subtotals:
            rows, field = self.rows, self.shown[column].field
            adds = None if field is None or rows.groups is None else self.state.kinds(field)
            self._subtotals[column] = (
                None
                if adds is None or field is None or rows.groups is None
                else Subtotals(self.state, field, rows.kept, rows.group_ids, len(rows.groups))
            )
        return self._subtotals[column]

    @property
    def row_count(self) -> int:
        """How many rows there are: entities, and headings of groups."""
        return len(self.rows)

    @property
    def entity_count(self) -> int:
        """How many entities exist at this position."""
        return len(self.state.codes)

    @property
    def kept_count(self) -> int:
        """How many of them pass the filter."""
        return len(self.rows.kept)

    def is_group(self, row: int) -> bool:
        """Whether `row` is the heading of a group."""
        return self.rows.group_at(row) is not None

    def is_folded(self, row: int) -> bool:
        """Whether the entities of the group that `row` heads are hidden."""
        group = self.rows.group_at(row)
        return group is not None and bool(self.rows.folded[group])

    def group_kind(self, row: int) -> int | None:
        """What tells the group that `row` heads from others."""
        group = self.rows.group_at(row)
        return None if group is None or self.rows.groups is None else int(self.rows.groups.kinds[group])

    def entity(self, row: int) -> str:
        """The id of the entity in `row`, as it stands in the log; empty for the heading of a group."""
        return "" if self.is_group(row) else self.state.entity(self.rows.code_at(row))

    def value(self, row: int, column: int) -> object:
        """The exact value in a column; None for the heading of a group."""
        if self.is_group(row):
            return None
        return value_in(self.state, self.rows.code_at(row), self.shown[column])

    def text(self, row: int, column: int) -> str:
        """What the cell shows."""
        group = self.rows.group_at(row)
        if group is not None:
            return self._heading(group, column)
        value = self.value(row, column)
        return visible(str(value)) if self.shown[column].field is None else value_text(value)

    def sameness(self, row: int) -> tuple[int, int] | None:
        """What tells of an entity's row that it looks as at another position: what last happened to the entity.

        None for the heading of a group, and where the event at this position did something, which is shown.
        """
        if self.is_group(row):
            return None
        code = self.rows.code_at(row)
        return None if code in self._touched else (code, self.state.last_touch(code))

    def row_of(self, entity: str) -> int | None:
        """The row of `entity`, if it exists at this position and is shown."""
        code = self.state.find(entity)
        return None if code is None else self.rows.row_of(code)

    def change(self, row: int) -> str | None:
        """`added` or `changed` if the event at this position did something to the entity, else None."""
        if self.is_group(row) or self.entity(row) not in self._changes:
            return None
        touches = self._history.touches
        first = touches.offsets[self.rows.code_at(row)]
        return "added" if touches.positions[first] == self.position else "changed"

    def changed(self, row: int, column: int) -> bool:
        """Whether the event at this position gave this cell another value."""
        wanted = self.shown[column]
        return any(
            _part(change.before, wanted) != _part(change.after, wanted)
            for change in self._changes.get(self.entity(row), ())
            if _concerns(change, wanted)
        )

    def has_deltas(self, column: int) -> bool:
        """Whether `delta_text` ever says something in a column."""
        wanted = self.shown[column]
        return wanted.adds or (wanted.field is not None and not wanted.path and _is_moved(wanted.field))

    def delta_text(self, row: int, column: int) -> str:
        """`−30.00`, `+12 EUR`: by how much the event at this position moved a number; empty if it did not."""
        parts = []
        wanted = self.shown[column]
        for change in self._changes.get(self.entity(row), ()):
            step = difference(change.before, change.after) if _is_moved(change.field) else None
            if step is not None and _concerns(change, wanted):
                named = change.key and not wanted.key
                parts.append(signed(step) + (f" {visible(str(change.key))}" if named else ""))
        return ", ".join(parts)

    def before_text(self, row: int, column: int) -> str:
        """`open →`, `− Ada`: what the event at this position took away; empty for numbers that add up."""
        wanted = self.shown[column]
        if wanted.adds or not self.changed(row, column):
            return ""
        changes = [change for change in self._changes[self.entity(row)] if _concerns(change, wanted)]
        before, after = _part(changes[0].before, wanted), _part(changes[-1].after, wanted)
        if before is None or (wanted.field is not None and wanted.field.fold == "count"):
            return ""
        told = visible(value_text(before), MOST_CHARS_BEFORE)
        return f"− {told}" if after is None else f"{told} →"

    def changed_rows(self) -> list[int]:
        """The rows of the entities to which the event at this position did something, ascending."""
        rows = (self.row_of(entity) for entity in self._changes)
        return sorted(row for row in rows if row is not None)

    @property
    def changed_count(self) -> int:
        """To how many entities the event at this position did something, shown or not."""
        return len(self._changes)

    def is_number(self, column: int) -> bool:
        """Whether the column holds numbers, which stand right-aligned."""
        known = self._numbers.get(column)
        if known is None:
            known = self._numbers[column] = self._holds_numbers(self.shown[column])
        return known

    def _holds_numbers(self, column: Column) -> bool:
        if column.field is None:
            return False
        if column.field.is_number:
            return True
        line = self.state.field_history(column.field)
        values = line.values[1][:50] if isinstance(line.values, tuple) else ()
        some = [part for part in (within(value, column.path) for value in values) if part is not None]
        return bool(some) and all(
            isinstance(value, (int, Decimal)) and not isinstance(value, bool) for value in some
        )

    def _heading(self, group: int, column: int) -> str:
        wanted, rows = self.shown[column], self.rows
        if wanted.adds and wanted.field is not None:
            sums = self._sums(column)
            if sums is None:
                return ""
            found = sums.of(group)
            if wanted.key is not None:
                return value_text(found.get(wanted.key))
            return value_text(
                found.get(None) if list(found) == [None] else Amounts({k or "": v for k, v in found.items()})
            )
        if column != 0 or rows.groups is None or rows.column is None:
            return ""
        value = rows.groups.value(group)
        name = tr("(nothing)") if value is None else visible(value_text(value), 60) or tr("(empty)")
        return f"{name}  ({grouped(rows.sizes[group])})"


def _is_moved(field: Field) -> bool:
    """Whether a change of it is told as by how much."""
    return field.fold in {"sum", "count"} and not field.is_version


def _concerns(change: Change, column: Column) -> bool:
    return change.field == column.field and column.key in {None, change.key}


def _part(value: object, column: Column) -> object:
    return within(value, column.path) if column.path else value


def value_text(value: object) -> str:
    """One value as a cell shows it: all digits, no quotes; sums by key as `12.50 EUR, 3 USD`."""
    part = beginning(value)
    write = nested_text if isinstance(part, (dict, list)) and amounts(part) is None else whole_text
    return visible(write(part)) if part is value else visible(write(part)[:LIMIT]) + "…"


def nested_text(value: object, depth: int = 0) -> str:
    """A nested value as people write one on a line: `red, green`, `street Main St · city (name Ulm · code 7)`.

    A short object stays as JSON has it.
    """
    if isinstance(value, list) and value and depth < _DEEPEST:
        told = ", ".join(nested_text(each, depth + 1) for each in value)
        return told if not depth or len(value) == 1 else f"[{told}]"
    if isinstance(value, dict) and value and depth < _DEEPEST:
        told = " · ".join(f"{name} {nested_text(each, depth + 1)}" for name, each in value.items())
        if depth:
            return f"({told})"
        exact = shown(value)
        return exact if len(exact) <= _SHORT_JSON else told
    return "null" if value is None and depth else whole_text(value)


def whole_text(value: object) -> str:
    """The same, however long it is and whatever it hides."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, (int, Decimal)) and not isinstance(value, bool):
        return number(value)
    money = amounts(value)
    if money is not None:
        return ", ".join(f"{number(part)} {key}".rstrip() for key, part in money)  # type: ignore[arg-type]
    return shown(value)
