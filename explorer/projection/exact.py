"""What number does this text or value say, to the last digit?"""

from decimal import (
    ROUND_HALF_EVEN,
    Clamped,
    Context,
    Decimal,
    DivisionByZero,
    Inexact,
    InvalidOperation,
    Overflow,
)

from explorer.patterns import lazy_pattern

type Exact = int | Decimal

MAX_DIGITS = 4_000  # written out plainly; more is an attack or an accident, never money
MORE_DECIMALS = 10  # of a quotient that does not end
_NUMBER = lazy_pattern(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE]([+-]?[0-9]{1,9}))?")

# Wide enough for any sum of readable numbers; a digit that would be lost is an exception, never a rounding.
EXACT = Context(
    prec=3 * MAX_DIGITS,
    Emin=-20 * MAX_DIGITS,
    Emax=20 * MAX_DIGITS,
    traps=[Inexact, InvalidOperation, Overflow, Clamped, DivisionByZero],
)


def exact(value: object) -> Exact | None:
    """The number that `value` (a number, or text of one) states; None if it states none.

    Booleans are not numbers. The wrapper of the Python `eventsourcing` library,
    `{"_type_": "decimal_str", "_data_": "12.50"}`, counts as the text inside it.
    """
    if type(value) is int:
        return value
    if isinstance(value, Decimal):  # of a JSON log: no longer than its reader allows
        return value if value.is_finite() and abs(value.adjusted()) < MAX_DIGITS else None
    if isinstance(value, str):
        text = value.strip()
        found = _NUMBER.fullmatch(text) if len(text) <= MAX_DIGITS else None
        if found is None or (found[1] and abs(int(found[1])) >= MAX_DIGITS):
            return None
        return exact(Decimal(text))
    if isinstance(value, dict) and "_data_" in value:
        return exact(value["_data_"])
    return None


def add(left: Exact, right: Exact) -> Exact:
    """`left + right` without losing a digit; an int if both are."""
    if isinstance(left, int) and isinstance(right, int):
        return left + right
    return EXACT.add(Decimal(left), Decimal(right))


def negative(value: Exact) -> Exact:
    """`-value` without losing a digit."""
    return -value if isinstance(value, int) else value.copy_negate()


def divided(first: Exact, second: Exact) -> Exact:
    """`first / second`: exact if it ends soon, else with `MORE_DECIMALS` more decimals than its parts have."""
    decimals = MORE_DECIMALS + max(-int(Decimal(each).as_tuple().exponent) for each in (first, second, 0))
    wide = Context(prec=EXACT.prec, rounding=ROUND_HALF_EVEN, Emin=EXACT.Emin, Emax=EXACT.Emax)
    found = wide.quantize(wide.divide(Decimal(first), Decimal(second)), Decimal(1).scaleb(-decimals))
    found = found.normalize(wide)
    return int(found) if int(found.as_tuple().exponent) >= 0 else found


def plain(value: Exact) -> str:
    """Every digit in plain notation, never an exponent: `1250`, `0.10`."""
    return str(value) if isinstance(value, int) else format(value, "f")


def scaled(value: Exact) -> tuple[int, int]:
    """`(units, scale)` with `value == units / 10**scale` and `scale` the number of decimals written."""
    if isinstance(value, int):
        return value, 0
    scale = max(0, -int(value.as_tuple().exponent))
    return int(EXACT.scaleb(value, scale)), scale


def from_scaled(units: int, scale: int) -> Exact:
    """The inverse of `scaled`: an int when there are no decimals, else a Decimal showing all of them."""
    return units if scale == 0 else EXACT.scaleb(Decimal(units), -scale)


def multiplied(value: object, factor: Exact) -> Exact:
    """`value * factor` with every digit, where `value` is a number or the text of one.

    Raises:
        TypeError: It is neither.
    """
    number = exact(value)
    if number is None:
        raise TypeError(f"{value!r} is no number"[:200])
    return EXACT.multiply(Decimal(number), Decimal(factor))
