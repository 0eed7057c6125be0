"""Which digits does a number lose where all numbers are doubles, and what would it be exactly?

A double holds 15 decimal digits, sometimes 17: an amount of more is another one there, and 0.1 + 0.2 is not 0.3. What a
program makes of an event is seen only from outside: where the new value is, as a double, the old one plus or minus or
times a number of the event, its exact value is known too. Else it is only known that it was rounded.
"""

from collections.abc import Iterator, Mapping
from decimal import Context, Decimal
from typing import Any

BIG = "\x01big"  # the one member of what stands for a whole number that is exact there too
WHOLE = 1 << 53  # whole numbers up to here are exact
_LOOKED_AT = 2_000  # numbers of a state
_TRIED = 16  # numbers of an event
_SURE_DIGITS = 15
_EXACT = Context(prec=400, Emax=999_999, Emin=-999_999)


class DoubleDigits:
    """Follows the numbers of every entity's state, exactly where that can be done."""

    def __init__(self) -> None:
        self._shown: dict[str, dict[str, Decimal]] = {}  # by entity and path, as doubles
        self._exact: dict[tuple[str, str], Decimal] = {}  # where that is another number

    def lost_in(self, data: object) -> str:
        """What numbers of an event lose when it is handed over; empty if they lose nothing."""
        for path, number in numbers(data):
            there = as_double(number)
            if there != number:
                shown = "infinite" if there is None else plain(there)
                return f"{path} is {plain(number)}, and {shown} in JavaScript, where numbers are doubles"
        return ""

    def lost_by(self, entity: str, state: object, data: object) -> str:
        """What is rounded in the state of `entity` after an event with `data`; empty if nothing is."""
        before = self._shown.get(entity, {})
        after = dict(numbers(state))
        self._shown[entity] = after
        given: list[Decimal] | None = None
        lost = ""
        for path, value in after.items():
            if before.get(path) == value or (
                _plainly_whole(value)
                and _plainly_whole(before.get(path, Decimal(0)))
                and (entity, path) not in self._exact
            ):
                continue
            if given is None:
                given = [number for _, number in numbers(data)][:_TRIED]
            known = self._told(before.get(path), self._exact.pop((entity, path), None), value, given)
            exact = next(iter(known)) if len(known) == 1 else None
            if exact is not None and exact != value:
                self._exact[entity, path] = exact
                lost = lost or (
                    f"{path} is {plain(value)} in JavaScript, where numbers are doubles; exactly it is {plain(exact)}"
                )
            elif len(known) > 1 or (exact is None and len(value.as_tuple().digits) > _SURE_DIGITS):
                lost = lost or f"{path} is {plain(value)} in JavaScript, as far as a double can hold it"
        for path in before.keys() - after.keys():
            self._exact.pop((entity, path), None)
        return lost

    @staticmethod
    def _told(
        before: Decimal | None, exactly: Decimal | None, after: Decimal, given: list[Decimal]
    ) -> set[Decimal]:
        """The exact values of which one is what is `after` as a double; none if nobody knows how it came about."""
        shown = float(after)
        found = {number for number in given if float(number) == shown}
        if before is None:
            return found
        was, old = float(before), before if exactly is None else exactly
        for number in given:
            double = float(number)
            if was + double == shown:
                found.add(_EXACT.add(old, number))
            if was - double == shown:
                found.add(_EXACT.subtract(old, number))
        return found or {_EXACT.multiply(old, number) for number in given if was * float(number) == shown}


def numbers(value: Any, path: str = "") -> Iterator[tuple[str, Decimal]]:  # noqa: ANN401 - any JSON
    """The numbers in a value, up to so many, each with where it stands: `lines[0].price`."""
    waiting: list[tuple[str, Any]] = [(path, value)]
    left = _LOOKED_AT
    while waiting and left > 0:
        where, each = waiting.pop()
        left -= 1
        if isinstance(each, bool):
            continue
        if isinstance(each, (int, Decimal)):
            yield where or "the state", Decimal(each)
        elif isinstance(each, Mapping) and BIG not in each:
            waiting += [
                (f"{where}.{name}" if where else str(name), inner)
                for name, inner in reversed(list(each.items()))
            ]
        elif isinstance(each, list):
            waiting += [(f"{where}[{at}]", each[at]) for at in reversed(range(len(each)))]


def as_double(number: Decimal) -> Decimal | None:
    """The number that a double makes of it, by the digits that JavaScript shows; None if it is too large."""
    if _plainly_whole(number):
        return number
    try:
        there = float(number)
    except OverflowError:
        return None
    return None if there in {float("inf"), float("-inf")} else Decimal(repr(there))


def plain(number: Decimal) -> str:
    """Its digits without an exponent, unless that were very long."""
    if abs(number.adjusted()) >= 40:
        return str(number)
    return str(int(number)) if number == number.to_integral_value() else f"{number:f}"


def _plainly_whole(number: Decimal) -> bool:
    return abs(number) <= WHOLE and not (number.as_tuple().exponent and number != number.to_integral_value())
