"""Is a comparison with a whole column what a comparison with each of its values is?"""

from decimal import Decimal

import numpy as np
import pytest

from explorer.history.comparison import Truth, compared, within
from explorer.history.conditions import Comparison, parse_condition
from explorer.projection.model import Recipe
from explorer.session.options import OpenOptions
from tests.small_logs import event, opened

QUERY = """
SELECT data.accountId AS account, sum(CAST(data.amount AS DECIMAL(38, 3))) AS balance FROM events GROUP BY account
"""
AMOUNTS = [0, 5, Decimal("5.00"), Decimal("5.001"), -5, 10**30, Decimal("-0.1")]


@pytest.fixture(scope="module")
def history(tmp_path_factory):
    records = [event(1, "Moved", "a", amount=str(amount)) for amount in AMOUNTS]
    recipe = Recipe("sums.sql", "sql", QUERY)
    document = opened(tmp_path_factory.mktemp("log"), *records, options=OpenOptions(projection=recipe))
    yield document.history
    document.close()


@pytest.mark.parametrize("operator", ["<", "<=", ">", ">=", "=", "<>"])
@pytest.mark.parametrize(
    "limit", ["0", "5", "5.001", "10.0010", "-1", "1000000000000000000000000000010", "1e40"]
)
def test_a_column_of_sums_is_compared_exactly_whatever_its_width(history, operator, limit):
    condition = parse_condition(f"balance {operator} {limit}", history.fields, noun="account")
    assert isinstance(condition, Comparison)
    line = history.field_histories["balance"]
    assert len(line.positions) == len(AMOUNTS)
    truth = Truth(line, condition).at(slice(0, len(AMOUNTS)))
    values = [line.value(change) for change in range(len(AMOUNTS))]
    assert truth.tolist() == [compared(value, condition.operator, condition.value) for value in values]
    assert Truth(line, condition).at(np.array([2, 0])).tolist() == [truth[2], truth[0]]


def test_what_has_no_value_is_compared_with_nothing():
    assert [compared(None, operator, 1) for operator in ("=", "<>", "<")] == [False] * 3
    assert compared(None, "=", None)
    assert not compared("a", "=", None)
    assert compared("a", "<>", 1)


def test_a_part_of_a_nested_value_is_found_or_is_none():
    value = {"a": [{"b": 1}], "c": None}
    assert within(value, ["c"]) is None
    assert within(value, ["x", "y"]) is None
    assert within({"a": {"b": 2}}, ["a", "b"]) == 2
