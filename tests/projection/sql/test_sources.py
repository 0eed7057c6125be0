"""Which rows does one event give a query: by its FROM, by what it unnests, and by both sides of a UNION?"""

import pytest

from explorer.eventlog.event import Event
from explorer.projection.sql import SqlError, SqlModel
from explorer.projection.sql.references import types_of


def given(query: str, **data: object) -> list[tuple[str, object]]:
    model = SqlModel("q.sql", query)
    record = {"type": "Moved", "data": data}
    found = model.effects(Event(1, "Moved", None, data, record=record)) or []
    return [
        (each.entity, *(update.operand for update in each.updates if update.field == "v")) for each in found
    ]


def test_both_sides_of_a_union_have_a_row():
    query = """
    SELECT account, sum(amount) AS v FROM (
      SELECT data.source AS account, -data.amount AS amount FROM events
      UNION ALL SELECT data.target, data.amount FROM events
    ) GROUP BY account
    """
    assert given(query, source="a", target="b", amount=5) == [("a", -5), ("b", 5)]


def test_each_item_of_a_list_has_a_row_and_an_empty_list_none():
    query = """
    SELECT line.sku AS sku, sum(line.n) AS v FROM events, UNNEST(data.lines) AS t(line) GROUP BY sku
    """
    lines = [{"sku": "x", "n": 1}, {"sku": "y", "n": 2}, {"sku": "x", "n": 3}]
    assert given(query, lines=lines) == [("x", 1, 3), ("y", 2)]
    assert given(query, lines=[]) == []


def test_a_condition_keeps_events_out():
    query = "SELECT data.k AS k, count(*) AS v FROM events WHERE data.n > 1 GROUP BY k"
    assert given(query, k="a", n=1) == []
    assert [entity for entity, *_ in given(query, k="a", n=2)] == ["a"]


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("SELECT data.k AS k, count(*) AS v FROM nowhere GROUP BY k", "nowhere"),
        ("SELECT data.k AS k, count(*) AS v FROM events GROUP BY k HAVING count(*) > 1", "HAVING"),
        ("SELECT data.k AS k, count(*) AS v FROM events GROUP BY k LIMIT 1", "LIMIT"),
    ],
)
def test_what_has_no_history_is_refused_and_named(query, reason):
    with pytest.raises(SqlError, match=reason):
        SqlModel("q.sql", query)


def test_a_condition_on_types_is_known_by_its_types():
    import sqlglot

    def types(text):
        return types_of(sqlglot.parse_one(text, read="duckdb"), lambda node: node.name == "type")

    assert types("type = 'A'") == {"A"}
    assert types("type IN ('A', 'B') AND x > 1") == {"A", "B"}
    assert types("x > 1") is None
