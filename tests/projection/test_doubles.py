"""Is it known which digits doubles lose, and what the number were exactly?"""

from decimal import Decimal

import pytest

from explorer.projection.doubles import DoubleDigits, as_double, numbers, plain


@pytest.mark.parametrize(
    ("states", "given", "said"),
    [
        ([0.1, 0.1 + 0.2], ["0.1", "0.2"], "exactly it is 0.3"),
        ([0.3, 0.3 - 0.1], ["0.3", "0.1"], "exactly it is 0.2"),
        ([3, 3 * 0.1], ["3", "0.1"], "exactly it is 0.3"),
        ([3, 1 / 3], ["3", "7"], "as far as a double can hold it"),
        ([3, 3.5], ["3", "0.5"], ""),
        ([1, 2, 3], ["1", "1", "1"], ""),
    ],
)
def test_a_value_that_follows_from_the_one_before_is_known_exactly(
    states: list[float], given: list[str], said: str
) -> None:
    digits, lost = DoubleDigits(), ""
    for value, number in zip(states, given, strict=True):
        lost = digits.lost_by("a", {"v": Decimal(repr(value))}, {"amount": Decimal(number)})
    assert said in lost if said else lost == ""


def test_what_was_lost_once_is_followed_until_the_value_is_right_again() -> None:
    digits = DoubleDigits()
    value, exact = 0.0, Decimal(0)
    for number in ["0.1"] * 10:
        value, exact = value + float(number), exact + Decimal(number)
        lost = digits.lost_by("a", {"v": Decimal(repr(value))}, {"amount": Decimal(number)})
        assert (f"exactly it is {plain(exact)}" in lost) == (Decimal(repr(value)) != exact)
    assert value != 1.0  # by then it has lost something, and that was said


def test_numbers_are_named_by_where_they_stand() -> None:
    told = {"a": 1, "b": {"c": [Decimal("2.5"), True, "9"]}}
    assert list(numbers(told)) == [("a", Decimal(1)), ("b.c[0]", Decimal("2.5"))]


def test_a_number_that_is_too_large_for_any_double_has_none() -> None:
    assert as_double(Decimal("1e400")) is None
    assert as_double(Decimal("0.1")) == Decimal("0.1")
    assert "infinite" in DoubleDigits().lost_in({"amount": Decimal("1e400")})
