"""Does a query that names few members say the same of records whatever stands beside those, and which does it name?"""

import json
import random

import pytest

from explorer.projection.sql import SqlModel
from tests.history.test_computing import both, groups_of_one  # noqa: F401 - a fixture

QUERIES = [
    "SELECT entity, sum(data.amount) AS total, count(*) AS n FROM events GROUP BY entity",
    "SELECT type, last(metadata.user) AS who, count(*) AS n FROM events GROUP BY type",
    "SELECT metadata.USER AS who, sum(amount) AS total FROM events WHERE data.Amount > 3 GROUP BY who",
    "SELECT type, last(record.more) AS more, last(record.data) AS whole FROM events GROUP BY type",
    "SELECT type, last(record.data.amount) AS amount FROM events GROUP BY type",
    "SELECT type, last(data) AS whole, last(metadata) AS other FROM events GROUP BY type",
    "WITH some AS (SELECT type AS kind, data AS d FROM events) SELECT kind, sum(d.amount) AS a FROM some GROUP BY kind",
    "WITH some AS (SELECT type AS kind, data.deep AS d FROM events) SELECT kind, last(d.x) AS a FROM some GROUP BY 1",
    "SELECT item.sku AS sku, sum(item.qty) AS qty FROM events, unnest(data.items) AS t(item) GROUP BY sku",
    "SELECT coalesce(data.owner, metadata.user) AS who, count(*) AS n FROM events GROUP BY who",
    'SELECT data."a.b" AS key, count(*) AS n, last(data.a.b) AS inner FROM events GROUP BY key',
]


def events(seed: int) -> list[bytes]:
    draw = random.Random(seed)
    found = []
    for row in range(150):
        data: dict[str, object] = {"id": f"e{row % 5}"}
        for name, values in {
            "amount": [1, 4.5, "7", None, "x"],
            "Amount": [2],
            "owner": ["Ada", ["x"], 3],
            "deep": [{"x": 1, "y": 2}, {"y": 3}, "text", [{"x": 4}]],
            "items": [[{"sku": "a", "qty": 1}], [], {"sku": "b"}],
            "a.b": ["dotted"],
            "a": [{"b": "inner"}],
            "other": [1, {"amount": 9}],
        }.items():
            if draw.random() < 0.4:
                data[name] = draw.choice(values)
        record: dict[str, object] = {"type": f"T{row % 3}", "at": "2026-01-01T00:00:00Z", "data": data}
        for name in ("metadata", "metaData", "meta"):
            if draw.random() < 0.3:
                record[name] = draw.choice([{"user": "u"}, {"USER": "v", "id": 1}, "no object", None])
        if draw.random() < 0.3:
            record["more"] = draw.choice([1, "m", {"x": {"y": 1}}])
        found.append(json.dumps(record).encode() + b"\n")
    return found


@pytest.mark.parametrize("query", QUERIES)
def test_what_a_query_does_not_name_changes_nothing(query: str) -> None:
    for seed in range(3):
        both(query, events(seed))


@pytest.mark.parametrize(
    ("query", "names"),
    [
        (QUERIES[0], {"amount"}),
        (QUERIES[1], {"user", "meta"}),
        (QUERIES[3], {"more", "data"}),
        ("SELECT record.aggregateId AS id, count(*) AS n FROM events GROUP BY id", {"aggregateId"}),
        (QUERIES[5], None),
        (QUERIES[6], None),
        (QUERIES[7], {"deep", "x"}),
        ("SELECT type, count(*) AS n FROM events GROUP BY type", set()),
    ],
)
def test_a_query_tells_which_members_it_names(query: str, names: set[str] | None) -> None:
    assert SqlModel("q", query).member_names == names
