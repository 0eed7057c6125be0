"""Does a name in a query mean the one column it can mean, and is one that may mean two refused?"""

import pytest
import sqlglot

from explorer.projection.sql import SqlError, SqlModel
from explorer.projection.sql.columns import path_of

TWO = "(SELECT data.k AS k, data.n AS n FROM events) a, (SELECT data.k AS k, data.m AS m FROM events) b"


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("data.a.b", ["data", "a", "b"]),
        ("data.items[2].name", ["data", "items", 2, "name"]),
        ("data['a b']", ["data", "a b"]),
        ("data -> '$.a[0]'", ["data", "a", 1]),
        ("lower(data.a)", []),
    ],
)
def test_names_from_left_to_right_are_a_path(text, path):
    inner, found = path_of(sqlglot.parse_one(text, read="duckdb"))
    assert found == path
    assert (inner is None) == bool(path)


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        (
            "SELECT x.k AS k, sum(x.nn) AS v FROM (SELECT data.k AS k, data.n AS n FROM events) x GROUP BY x.k",
            "x has no column “nn”; it has k, n",
        ),
        (
            "SELECT k, sum(z) AS v FROM (SELECT data.k AS k, data.n AS n FROM events) GROUP BY k",
            "there is no column “z”; there are k, n",
        ),
    ],
)
def test_a_column_that_is_not_there_is_refused_with_those_that_are(query, reason):
    with pytest.raises(SqlError) as caught:
        SqlModel("q.sql", query)
    assert reason in str(caught.value)
