"""What do SQL's operators make of the exact values of events, with NULL as the third truth?

Numbers are `int` or `Decimal` and stay exact; text that states a number counts as one where a number is needed,
since many logs write money as text. `None` is NULL.
"""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from explorer.eventlog.event import Joined, Nested, StandIn, Varies, Varying
from explorer.projection.asking import Computed, as_number, decided, operation
from explorer.projection.exact import EXACT, Exact, add, divided, exact, plain
from explorer.projection.model import NotApplicable
from explorer.projection.order import compared as in_order
from explorer.projection.order import number_in

type Scalar = Any  # JSON or a stand-in


def known(value: Scalar) -> Scalar:
    """`value`, if it is one; a place that stands for many values is refused."""
    if isinstance(value, StandIn) or (isinstance(value, (dict, list)) and _varies(value)):
        raise Varies
    return value


def _varies(value: Scalar) -> bool:
    """Whether a stand-in is somewhere in an object or a list."""
    if isinstance(value, (dict, list)):
        return any(map(_varies, value.values() if isinstance(value, dict) else value))
    return isinstance(value, StandIn)


@operation("number")
def number(value: Scalar) -> Exact | None:
    """The number that a value states.

    Raises:
        NotApplicable: It states none.
    """
    if known(value) is None:
        return None
    if isinstance(value, bool):
        return int(value)
    found = exact(value)
    if found is None:
        raise NotApplicable(f"{shown(value)} is not a number")
    return found


def shown(value: Scalar) -> str:
    """A value in a message, short."""
    text = f"“{value}”" if isinstance(value, str) else text_of(value) or "nothing"
    return text if len(text) <= 40 else text[:39] + "…"


def text_of(value: Scalar) -> str | None:
    """A value as text: numbers with all digits, `true` and `false`."""
    if known(value) is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, Decimal)):
        return plain(value)
    return str(value)


@operation("negative")
def negative(value: Scalar) -> Scalar:
    """`-value`."""
    if isinstance(value, Varying):
        return as_number(value, -1)
    found = number(value)
    return None if found is None else -found if isinstance(found, int) else found.copy_negate()


@operation("minus")
def minus(left: Scalar, right: Scalar) -> Scalar:
    """`left - right`."""
    return plus(left, negative(known(right)))


@operation("plus")
def plus(left: Scalar, right: Scalar) -> Scalar:
    """`left + right`."""
    first, second = number(left), number(right)
    return None if first is None or second is None else add(first, second)


@operation("times")
def times(left: Scalar, right: Scalar) -> Scalar:
    """`left * right`; by 1 and -1 also of a place."""
    for one, other in ((left, right), (right, left)):
        if isinstance(one, Varying) and isinstance(other, int) and other in (1, -1):
            return as_number(one, other)
    first, second = number(left), number(right)
    if first is None or second is None:
        return None
    if isinstance(first, int) and isinstance(second, int):
        return first * second
    return EXACT.multiply(Decimal(first), Decimal(second))


@operation("quotient")
def quotient(left: Scalar, right: Scalar) -> Scalar:
    """`left / right`, see `divided`; by 0 it is NULL."""
    first, second = number(left), number(right)
    if first is None or second is None or second == 0:
        return None
    return divided(first, second)


@operation("remainder")
def remainder(left: Scalar, right: Scalar) -> Scalar:
    """`left % right`, with the sign of `left`; by 0 it is NULL."""
    first, second = number(left), number(right)
    if first is None or second is None or second == 0:
        return None
    found = EXACT.remainder(Decimal(first), Decimal(second))
    return int(found) if isinstance(first, int) and isinstance(second, int) else found


def compared(left: Scalar, right: Scalar) -> int | None:
    """Whether both are the same (0) or not (-1, 1); None if one is NULL. What is in no order compares as texts."""
    if known(left) is None or known(right) is None:
        return None
    order = in_order(_counted(left), _counted(right))
    if order is not None:
        return order
    one, other = str(text_of(left)), str(text_of(right))
    return (one > other) - (one < other)


def ordered(left: Scalar, right: Scalar) -> int | None:
    """-1, 0 or 1; None if one is NULL, or an empty text beside a number.

    Raises:
        NotApplicable: One is a number, and the other a text that states none.
    """
    for one, other in ((left, right), (right, left)):
        text = isinstance(known(one), str) and number_in(one) is None
        if text and number_in(other) is not None and not isinstance(known(other), str):
            if not one.strip():
                return None
            raise NotApplicable(f"{shown(one)} is not a number")
    return compared(left, right)


def _counted(value: Scalar) -> Scalar:
    return int(value) if isinstance(value, bool) else value


@operation("truth")
def truth(value: Scalar) -> bool | None:
    """A value as a condition."""
    if isinstance(value, StandIn):
        return decided(truth, value)
    if known(value) is None or isinstance(value, bool):
        return value  # type: ignore[no-any-return]
    if isinstance(value, str):
        return {"true": True, "false": False}.get(value.lower())
    return bool(number(value))


def both(left: Callable[[], Scalar], right: Callable[[], Scalar]) -> bool | None:
    """`left AND right`; the right one is not asked if the left one is false."""
    first = truth(left())
    if first is False:
        return False
    second = truth(right())
    return second if first else False if second is False else None


def either(left: Callable[[], Scalar], right: Callable[[], Scalar]) -> bool | None:
    """`left OR right`."""
    first = truth(left())
    if first is True:
        return True
    second = truth(right())
    return second if first is False else True if second else None


def opposite(value: Scalar) -> bool | None:
    """`NOT value`."""
    found = truth(value)
    return None if found is None else not found


def walk(value: Scalar, path: Sequence[str | int]) -> Scalar:
    """What stands at `path` inside a value; NULL where there is nothing. Positions count from 1, as SQL's do."""
    for step in path:
        if isinstance(value, dict) and isinstance(step, str):
            value = value[step] if step in value else _in_any_case(value, step)
        elif isinstance(value, list) and isinstance(step, int):
            value = value[step - 1] if 0 < step <= len(value) else None
        else:
            if isinstance(value, (Joined, Nested, Computed)):
                raise Varies
            return None
    return value


def _in_any_case(value: dict[str, Scalar], name: str) -> Scalar:
    folded = name.lower()
    return next((inner for key, inner in value.items() if key.lower() == folded), None)
