"""Of which changes of a field is a comparison such as `balance < 0` true?"""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from explorer.history.conditions import Comparison, Operator
from explorer.history.field_history import FieldHistory
from explorer.history.sums import Sums
from explorer.projection.exact import MAX_DIGITS, from_scaled
from explorer.projection.order import compared as in_order
from explorer.projection.order import number_in

type Ints = npt.NDArray[Any]
type Flags = npt.NDArray[np.bool_]


class Truth:
    """One comparison with one field's history, ready to be made of any of its changes at once."""

    def __init__(self, line: FieldHistory, comparison: Comparison) -> None:
        self._line = line
        self._comparison = comparison
        self._operator, self._value = comparison.operator, comparison.value
        if line.field.is_number and (number := number_in(self._value)) is not None:
            self._value = Decimal(number)

    @cached_property
    def of_nothing(self) -> bool:
        """Whether a field that has not changed yet makes the comparison true."""
        nothing = None if self._line.field.nothing is None or self._comparison.path else Decimal(0)
        return compared(nothing, self._operator, self._value)

    def at(self, changes: Ints | slice) -> Flags:
        """(k,) whether the value that each of these changes set stands so to the comparison's value."""
        line = self._line
        if line.field.fold == "avg":
            places = range(len(line.positions))[changes] if isinstance(changes, slice) else changes.tolist()
            averages = (line.value(change) for change in places)
            return np.fromiter((compared(each, self._operator, self._value) for each in averages), np.bool_)
        if isinstance(line.values, Sums):
            return self._of_sums(line.values, changes)
        if line.values is None:
            places = np.arange(len(line.positions))[changes] if isinstance(changes, slice) else changes
            counts = places - line.offsets[np.searchsorted(line.offsets, places, "right") - 1] + 1
            return _of_numbers(counts, 0, self._operator, self._value)
        of_value = self._of_values
        codes = line.values[0][changes]
        return of_value[codes] if len(of_value) else np.zeros(len(codes), np.bool_)

    @cached_property
    def _of_values(self) -> Flags:
        """(values,) of a field with few values: of which of them it is true."""
        assert isinstance(self._line.values, tuple)
        path = self._comparison.path
        values = (within(each, path) if path else each for each in self._line.values[1])
        return np.array([compared(each, self._operator, self._value) for each in values], np.bool_)

    @cached_property
    def _wide(self) -> Ints:
        """The changes whose totals are too wide for a column, ascending."""
        assert isinstance(self._line.values, Sums)
        return np.sort(np.fromiter(self._line.values.wide, np.int64, len(self._line.values.wide)))

    def _of_sums(self, sums: Sums, changes: Ints | slice) -> Flags:
        flags = _of_numbers(sums.units[changes], sums.scale, self._operator, self._value)
        if not len(self._wide):
            return flags
        if isinstance(changes, slice):
            begin, end, _ = changes.indices(len(sums.units))
            low, high = np.searchsorted(self._wide, (begin, end))
            places = [(change - begin, change) for change in self._wide[low:high].tolist()]
        else:
            odd = np.flatnonzero(np.isin(changes, self._wide))
            places = list(zip(odd.tolist(), changes[odd].tolist(), strict=True))
        for place, change in places:
            flags[place] = compared(from_scaled(*sums.wide[change]), self._operator, self._value)
        return flags


def within(value: object, path: Sequence[str]) -> object:
    """What stands in a nested value under these names; a list's items are named by number. None if nothing does."""
    for name in path:
        if isinstance(value, Mapping):
            value = value.get(name)
        elif isinstance(value, list) and name.isdecimal() and int(name) < len(value):
            value = value[int(name)]
        else:
            return None
    return value


def _of_numbers(units: Ints, scale: int, operator: Operator, value: object) -> Flags:
    """Compare `units / 10**scale` exactly: the other side is rounded to whole units as the operator allows."""
    if not isinstance(value, Decimal):
        return np.full(len(units), compared(Decimal(0), operator, value), np.bool_)
    if abs(value.adjusted()) > MAX_DIGITS:  # it is never written out: beyond every total, or next to 0
        value = (
            Decimal(0)
            if not value
            else Decimal(f"1e{MAX_DIGITS if value.adjusted() > 0 else -MAX_DIGITS}").copy_sign(value)
        )
    numerator, denominator = value.as_integer_ratio()
    low = numerator * 10**scale // denominator
    whole = numerator * 10**scale % denominator == 0
    limits = np.iinfo(np.int64)
    if not limits.min < low < limits.max - 1:  # beyond every total that is kept as int64
        above = low > 0
        return np.full(
            len(units), operator == "<>" or ((operator in {"<", "<="}) == above and operator != "=")
        )
    found: Flags
    match operator:
        case "<":
            found = units < (low if whole else low + 1)
        case "<=":
            found = units <= low
        case ">":
            found = units > low
        case ">=":
            found = units >= (low if whole else low + 1)
        case "=":
            found = (units == low) if whole else np.zeros(len(units), np.bool_)
        case _:
            found = (units != low) if whole else np.ones(len(units), np.bool_)
    return found


_COMPARE: dict[str, Callable[[int], bool]] = {
    "<": lambda order: order < 0,
    "<=": lambda order: order <= 0,
    ">": lambda order: order > 0,
    ">=": lambda order: order >= 0,
    "=": lambda order: order == 0,
    "<>": lambda order: order != 0,
}


def compared(left: object, operator: Operator, right: object) -> bool:
    """One value against another; of different kinds they are different, and in no order."""
    if right is None:
        return (left is None) == (operator == "=")
    if left is None:
        return False
    order = in_order(left, right)
    return operator == "<>" if order is None else _COMPARE[operator](order)
