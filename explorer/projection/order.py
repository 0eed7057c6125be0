"""Which of two values is less, whatever they are?

One rule for every comparison in the program: two texts that are both numbers as JSON writes them compare as numbers,
and so do such a text and a number; other texts compare by their characters.
"""

from decimal import Decimal

from explorer.patterns import lazy_pattern
from explorer.projection.exact import MAX_DIGITS, Exact, exact

# as JSON writes numbers: `007` and `+1` are texts. An exponent may be large: nothing is ever written out here
_NUMBER = lazy_pattern(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,15})?")
_BEGINS = frozenset("-0123456789")


def number_in(value: object) -> Exact | None:
    """The number that a value is, or that it is as a text in JSON's notation; None for anything else."""
    if isinstance(value, str):
        if value[:1] not in _BEGINS or len(value) > MAX_DIGITS or _NUMBER.fullmatch(value) is None:
            return None
        return Decimal(value)
    if isinstance(value, bool):
        return None
    return value if isinstance(value, (int, Decimal)) else exact(value)


def compared(left: object, right: object) -> int | None:
    """-1, 0 or 1; None for two values that are in no order, such as a number and a text that is none."""
    one, other = number_in(left), number_in(right)
    if one is not None and other is not None:
        return (one > other) - (one < other)
    if isinstance(left, str) and isinstance(right, str):
        return (left > right) - (left < right)
    if isinstance(left, bool) and isinstance(right, bool):
        return left - right
    return None


def order_key(value: object) -> tuple[int, object]:
    """Numbers, and texts that are some, before other texts before the rest; texts by their characters' numbers."""
    number = number_in(value)
    if number is not None:
        return 0, number
    return (1, value) if isinstance(value, str) else (2, str(value))


def sort_key(value: object) -> tuple[int, object, str]:
    """The same for tables: texts whatever their case, and no two that are written differently are equal."""
    number = number_in(value)
    if number is not None:
        return 0, number, value if isinstance(value, str) else ""
    return (1, value.casefold(), value) if isinstance(value, str) else (2, str(value), "")
