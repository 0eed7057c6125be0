"""How does the difference of two states look as a table of text?"""

from decimal import Decimal

import numpy as np

from explorer.history.difference import ADDED, CHANGED, KINDS, REMOVED, StateDifference, compare
from explorer.history.explain import difference, signed
from explorer.history.state import State
from explorer.language import grouped, later, tr
from explorer.projection.currencies import amounts
from explorer.projection.model import Field
from explorer.session.plaintext import visible
from explorer.session.state.state_view import value_text

SAID = {"added": later("added"), "removed": later("removed"), "changed": later("changed")}
SIGNS = {"added": "+", "removed": "−", "changed": "~"}
FIELD, BEFORE, AFTER, DIFFERENCE = range(1, 5)


class Differences:
    """One row for each field of each entity that differs, in the order in which the entities came to be.

    Columns: the entity, the field, before, after, and the exact difference of numbers. Text is made for the cells
    that are asked for. An entity's version is shown only where nothing else differs; with `whole` it always is,
    as `diff` tells it.
    """

    def __init__(self, before: State, after: State, noun: str, *, whole: bool = False) -> None:
        self._found = found = compare(before, after)
        self.columns = [noun, "field", "before", "after", "difference"]
        self.start, self.stop = before.position, after.position
        shown = found.differs if whole else found.telling()
        named = np.zeros((len(shown), 1), np.bool_)
        named[:, 0] = ~shown.any(axis=1)  # it came or went, and never had a value
        self._entities, self._fields = np.nonzero(np.hstack([shown, named]))

    def __len__(self) -> int:
        return len(self._entities)

    @property
    def comparison(self) -> StateDifference:
        """What is shown."""
        return self._found

    def entity(self, row: int) -> str:
        """The id of the row's entity, as it stands in the log."""
        return self._found.after.entity(self._code(row))

    def field(self, row: int) -> Field | None:
        """The row's field; None for an entity without any value."""
        fields, at = self._found.after.fields, int(self._fields[row])
        return fields[at] if at < len(fields) else None

    def kind(self, row: int) -> str:
        """`added`, `removed` or `changed`: what happened to the row's entity."""
        return KINDS[int(self._found.kinds[self._entities[row]])]

    def first_of_entity(self, row: int) -> bool:
        """Whether the row above is about another entity."""
        return row == 0 or bool(self._entities[row] != self._entities[row - 1])

    def values(self, row: int) -> tuple[object, object]:
        """The exact values before and after; None where there was none."""
        field, code = self.field(row), self._code(row)
        kind = int(self._found.kinds[self._entities[row]])
        if field is None:
            return None, None
        return (
            None if kind == ADDED else self._found.before.value(code, field),
            None if kind == REMOVED else self._found.after.value(code, field),
        )

    def text(self, row: int, column: int) -> str:
        """What a cell shows."""
        if column == 0:
            return visible(self.entity(row))
        field = self.field(row)
        if field is None:
            return ""
        if column == FIELD:
            return visible(field.name)
        before, after = self.values(row)
        if column == DIFFERENCE:
            return difference_text(before, after) if self.kind(row) == "changed" else ""
        return value_text(before if column == BEFORE else after)

    def summary(self) -> str:
        """`12 added, 1 removed, 30 changed; 248 events between`."""
        counts = [
            f"{grouped(self._found.count(kind))} {tr(SAID[KINDS[kind]])}"
            for kind in (ADDED, REMOVED, CHANGED)
            if self._found.count(kind)
        ]
        between = abs(self.stop - self.start)
        events = tr("1 event") if between == 1 else tr("{count:,} events").format(count=between)
        return tr("{what}; {events} between").format(
            what=", ".join(counts) or tr("nothing differs"), events=events
        )

    def _code(self, row: int) -> int:
        return int(self._found.codes[self._entities[row]])


def difference_text(before: object, after: object) -> str:
    """`−30.00`, `+12 EUR, −3 USD`: exact, and empty for what is no number."""
    if amounts(before) is not None or amounts(after) is not None:
        old, new = _by_key(before), _by_key(after)
        parts = []
        for key in {**old, **new}:
            step = difference(old.get(key, 0), new.get(key, 0))
            if step:
                parts.append(f"{signed(step)} {key}".rstrip())
        return visible(", ".join(parts))
    step = difference(before, after)
    return "" if step is None else visible(signed(step))


def _by_key(value: object) -> dict[str, object]:
    money = amounts(value)
    if money is not None:
        return dict(money)
    number = isinstance(value, (int, Decimal)) and not isinstance(value, bool)
    return {"": value} if number else {}
