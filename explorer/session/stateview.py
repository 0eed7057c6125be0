"""How does the state at one position look as a table of text?"""

from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property

import numpy as np
import numpy.typing as npt

from explorer.history.changes import Change
from explorer.history.explain import difference, number, shown, signed
from explorer.history.history import History
from explorer.history.state import State, sorted_codes
from explorer.projection.model import Field
from explorer.session.plaintext import visible


class StateView:
    """The state at `position`, row by row and column by column; text is made for the cells that are asked for.

    Column 0 is the entity; the others are the read model's fields.
    """

    def __init__(
        self, history: History, noun: str, state: State, sort: tuple[int, bool] | None = None
    ) -> None:
        self._history = history
        self._state = state
        self._noun = noun
        self._sort = sort
        self.position = state.position
        self.columns = [noun, *(visible(field.name) for field in state.fields)]

    @cached_property
    def _codes(self) -> npt.NDArray[np.int64]:
        if self._sort is None:
            return self._state.codes
        column, descending = self._sort
        if column == 0:
            codes = self._state.codes
            names = sorted(codes.tolist(), key=self._state.entity, reverse=descending)
            return np.asarray(names, np.int64)
        return sorted_codes(self._state, self._state.fields[column - 1], descending=descending)

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

    @property
    def row_count(self) -> int:
        """How many entities exist at this position."""
        return len(self._codes)

    def entity(self, row: int) -> str:
        """The id of the entity in `row`, as it stands in the log."""
        return self._state.entity(int(self._codes[row]))

    def value(self, row: int, column: int) -> object:
        """The exact value of a field (column ≥ 1)."""
        return self._state.value(int(self._codes[row]), self._field(column))

    def text(self, row: int, column: int) -> str:
        """What the cell shows."""
        return visible(self.entity(row)) if column == 0 else value_text(self.value(row, column))

    def row_of(self, entity: str) -> int | None:
        """The row of `entity`, if it exists at this position."""
        code = self._state.find(entity)
        if code is None:
            return None
        return int(np.flatnonzero(self._codes == code)[0])

    def change(self, row: int) -> str | None:
        """`added` or `changed` if the event at this position did something to the entity, else None."""
        changes = self._changes.get(self.entity(row))
        if changes is None:
            return None
        first = self._history.touches.offsets[self._codes[row]]
        return "added" if self._history.touches.positions[first] == self.position else "changed"

    def changed(self, row: int, column: int) -> bool:
        """Whether the event at this position gave this cell another value."""
        return any(
            change.field == self._field(column) and change.before != change.after
            for change in self._changes.get(self.entity(row), ())
        )

    def delta_text(self, row: int, column: int) -> str:
        """`−30.00`, `+12 EUR`: by how much the event at this position moved a number; empty if it did not."""
        parts = []
        for change in self._changes.get(self.entity(row), ()):
            step = difference(change.before, change.after) if change.field.fold == "sum" else None
            if step is not None and change.field == self._field(column):
                parts.append(signed(step) + (f" {visible(change.key)}" if change.key else ""))
        return ", ".join(parts)

    def is_number(self, column: int) -> bool:
        """Whether the column holds numbers, which stand right-aligned."""
        if column == 0:
            return False
        field = self._field(column)
        if field.is_number:
            return True
        line = self._state.timeline(field)
        values = line.values[1][:50] if isinstance(line.values, tuple) else ()
        some = [value for value in values if value is not None]
        return bool(some) and all(
            isinstance(value, (int, Decimal)) and not isinstance(value, bool) for value in some
        )

    def sort(self, column: int, *, descending: bool = False) -> "StateView":
        """The same state in another order of rows."""
        return StateView(self._history, self._noun, self._state, (column, descending))

    def _field(self, column: int) -> Field:
        return self._state.fields[column - 1]


def value_text(value: object) -> str:
    """One value as a cell shows it: all digits, no quotes; sums by key as `12.50 EUR, 3 USD`."""
    if value is None:
        return ""
    if isinstance(value, str):
        return visible(value)
    if isinstance(value, (int, Decimal)) and not isinstance(value, bool):
        return visible(number(value))
    if isinstance(value, Mapping) and all(
        isinstance(part, (int, Decimal)) and not isinstance(part, bool) for part in value.values()
    ):
        return visible(", ".join(f"{number(part)} {key}".rstrip() for key, part in value.items()))
    return visible(shown(value))
