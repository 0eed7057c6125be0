"""Do values of a query behave as in SQL: NULL is unknown, numbers are exact, and a stand-in is not looked into?"""

from decimal import Decimal

import pytest

from explorer.projection.model import NotApplicable
from explorer.projection.sql.values import (
    both,
    compared,
    either,
    minus,
    negative,
    number,
    ordered,
    plus,
    quotient,
    remainder,
    shown,
    text_of,
    times,
    truth,
)


def test_what_is_done_with_nothing_is_nothing():
    for made in (
        plus(None, 1),
        minus(1, None),
        times(None, 2),
        quotient(None, 1),
        remainder(1, None),
        negative(None),
    ):
        assert made is None
    assert (text_of(None), truth(None), compared(None, None), ordered(1, None)) == (None, None, None, None)


def test_numbers_are_exact_whether_they_are_written_as_numbers_or_as_texts():
    assert str(plus("0.1", Decimal("0.20"))) == "0.30"
    assert minus(10**30, 1) == 10**30 - 1
    assert str(times(Decimal("1.10"), 3)) == "3.30"
    assert (quotient(1, 0), remainder(7, 0)) == (None, None)
    assert [remainder(left, 3) for left in (7, -7)] == [1, -1]
    assert remainder(Decimal("7.5"), 2) == Decimal("1.5")
    with pytest.raises(NotApplicable):
        number("much")


def test_what_is_unknown_is_known_all_the_same_where_the_other_side_decides():
    asked = []

    def then(value):
        return lambda: asked.append(value) or value

    assert both(then(False), then(None)) is False
    assert either(then(True), then(None)) is True
    assert asked == [False, True]
    assert both(then(None), then(False)) is False
    assert both(then(None), then(True)) is None
    assert either(then(None), then(True)) is True
    assert either(then(None), then(False)) is None
    assert [truth(value) for value in ("TRUE", "false", "x", 0, Decimal("0.1"))] == [
        True,
        False,
        None,
        False,
        True,
    ]


def test_values_of_different_kinds_are_different_and_a_number_is_not_ordered_beside_a_word():
    assert compared(1, True) == 0
    assert compared(Decimal("2.0"), 2) == 0
    assert compared("a", "b") == -1
    assert ordered(10, 9) == 1
    assert ordered("10", 9) == 1
    assert ordered("", 9) is None
    with pytest.raises(NotApplicable):
        ordered("ten", 9)


def test_a_value_in_a_message_is_short():
    assert (shown("a"), shown(None), shown(True)) == ("“a”", "nothing", "true")
    assert len(shown("x" * 100)) == 40
