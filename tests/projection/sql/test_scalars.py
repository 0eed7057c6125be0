"""Does an expression of a query give of one event what SQL gives, with NULL and to the last digit?"""

from decimal import Decimal

import pytest

from explorer.eventlog.event import Event
from explorer.projection.sql import SqlError, SqlModel
from explorer.projection.sql.functions import rounded

DATA = {"k": "a", "n": 7, "d": Decimal("2.50"), "t": "Ada L", "none": None, "deep": {"x": [1, {"y": "z"}]}}


def value(expression: str) -> object:
    model = SqlModel("q.sql", f"SELECT data.k AS k, last({expression}) AS v FROM events GROUP BY k")
    at = "2026-01-06T10:15:30Z"
    record = {"type": "A", "at": at, "data": DATA}
    found = model.effects(Event(1, "A", None, DATA, at, 1767694530 * 10**9, record=record))
    assert found is not None
    return next((update.operand for update in found[0].updates if update.field == "v"), None)


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("data.d * 2", Decimal("5.00")),
        ("data.n + data.none", None),
        ("-data.d", Decimal("-2.50")),
        ("CASE WHEN data.n > 5 THEN 'many' ELSE 'few' END", "many"),
        ("CASE WHEN data.none > 5 THEN 'many' ELSE 'few' END", "few"),
        ("CASE data.t WHEN 'Ada L' THEN 1 END", 1),
        ("coalesce(data.none, data.t)", "Ada L"),
        ("nullif(data.n, 7)", None),
        ("data.n IN (1, 7)", True),
        ("data.n IN (1, NULL)", None),
        ("data.n NOT IN (1, 2)", True),
        ("data.n BETWEEN 7 AND 8", True),
        ("data.none IS NULL", True),
        ("data.t LIKE 'A_a%'", True),
        ("data.t ILIKE 'ada%'", True),
        ("NOT (data.none = 1)", None),
        ("data.none = 1 AND data.n = 0", False),
        ("data.none = 1 OR data.n = 7", True),
        ("data.deep.x[2].y", "z"),
        ("CAST(data.n AS VARCHAR)", "7"),
        ("TRY_CAST(data.t AS INTEGER)", None),
        ("CAST('2.345' AS DECIMAL(10, 2))", Decimal("2.35")),
    ],
)
def test_an_expression_has_the_value_that_sql_gives_it(expression, expected):
    found = value(expression)
    assert found == expected
    assert str(found) == str(expected)


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("upper(data.t)", "ADA L"),
        ("length(data.t)", 5),
        ("substring(data.t, 2, 2)", "da"),
        ("concat(data.t, data.none, '!')", "Ada L!"),
        ("data.t || data.none", None),
        ("abs(-data.d)", Decimal("2.50")),
        ("round(data.d, 0)", 3),
        ("greatest(1, data.n, data.none)", 7),
        ("least(data.n, data.d)", Decimal("2.50")),
        ('year("at")', 2026),
        ("date_trunc('day', \"at\") IS NOT NULL", True),
    ],
)
def test_a_function_has_the_value_that_sql_gives_it(expression, expected):
    assert value(expression) == expected


def test_halves_are_rounded_away_from_zero_exactly():
    assert [str(rounded(Decimal(text), 1)) for text in ("0.25", "-0.25")] == ["0.3", "-0.3"]
    assert rounded(15, -1) == 20
    assert rounded(None) is None


@pytest.mark.parametrize(
    ("expression", "reason"),
    [("nosuch(data.n)", "nosuch"), ("(SELECT 1)", ""), ("data.n[", ""), ("CAST(data.n AS BLOB)", "")],
)
def test_what_cannot_be_computed_is_refused_where_it_stands(expression, reason):
    with pytest.raises(SqlError) as caught:
        value(expression)
    assert reason.lower() in str(caught.value).lower()
    assert str(caught.value).startswith("line 1, column ")
