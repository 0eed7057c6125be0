"""Is an amount understood as people write it, and nothing taken for one that is none?"""

from decimal import Decimal

import pytest

from explorer.language import speak
from explorer.session.lessons.answers import readings, written

EUR = frozenset({"EUR"})


@pytest.mark.parametrize(
    ("text", "amounts", "units"),
    [
        ("20", (20,), None),
        ("20,00", (Decimal("20.00"),), None),
        ("\N{MINUS SIGN}20", (-20,), None),
        ("-€20", (-20,), EUR),
        ("€-20", (-20,), EUR),
        ("€20", (20,), EUR),
        ("20 euros", (20,), EUR),
        ("1.220,50 EUR", (Decimal("1220.50"),), EUR),
        ("1'220 Fr.", (1220,), frozenset({"CHF"})),
        ("1 220,5", (Decimal("1220.5"),), None),
        ("1,220", (1220,), None),
        ("1.220", (Decimal("1.220"),), None),
        ("0,500", (Decimal("0.500"),), None),
    ],
)
def test_what_a_person_writes_is_one_exact_number_and_a_currency(text, amounts, units):
    found = written(text)
    assert found is not None
    assert found.amounts == amounts
    assert found.units == units


def test_a_sign_may_be_that_of_several_currencies():
    found = written("$5")
    assert found is not None
    assert found.units is not None
    assert {"USD", "CAD", "AUD"} <= found.units


@pytest.mark.parametrize(
    "text", ["", "twenty", "20 apples", "€20 EUR", "20-", "+€-20", "1 22", "1.2,3,4", "..", "1,22,000.5"]
)
def test_what_is_no_amount_is_none(text):
    assert written(text) is None


def test_a_unit_of_the_log_counts_as_the_log_spells_it():
    found = written("5 points", known=["Points"])
    assert found is not None
    assert found.units == frozenset({"Points"})


def test_a_point_before_three_figures_may_be_either_in_german():
    assert readings("1.220") == ["1.220"]
    speak(str, "de")
    try:
        assert readings("1.220") == ["1.220", "1220"]
        assert readings("1.220.000") == ["1220000"]
    finally:
        speak()
