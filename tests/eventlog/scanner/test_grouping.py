"""Do the groups of a log stay few, however many optional members its events have in whatever order?"""

import json
import random

import pytest

from explorer.eventlog.event import FieldMap
from explorer.eventlog.scanner.blocks import Block, LineScanner
from explorer.eventlog.scanner.columns import ScannedColumns
from explorer.eventlog.scanner.groups import MOST_GROUPS, Grouping
from explorer.projection.choose import choose
from explorer.projection.model import NamesMembers, Recipe

FIELDS = FieldMap(type="type", time="at", entity="aggregateId", data="data", id="id")
TYPES, EVENTS = 40, 6_000


def block(seed: int) -> Block:
    """Events of 40 types, each with its own ten members, of which three in ten are missing; keys in any order."""
    draw = random.Random(seed)
    of_type = [draw.sample(range(60), 10) for _ in range(TYPES)]
    lines = []
    for row in range(EVENTS):
        kind = draw.randrange(TYPES)
        data: dict[str, object] = {
            f"f{name}": draw.choice([1, "x", True, None, {"y": 2}, [3]])
            for name in of_type[kind]
            if draw.random() < 0.7
        }
        data["amount"] = draw.randrange(1_000) / 100
        record: dict[str, object] = {"type": f"Type{kind}", "at": "2026-01-01", "id": f"i{row}", "data": data}
        record["aggregateId"] = f"a{row % 50}"
        record["metadata"] = {"correlationId": f"c{row}"} | (
            {"causationId": "b"} if draw.random() < 0.5 else {}
        )
        for level in (record, data):
            names = list(level)
            draw.shuffle(names)
            for name in names:
                level[name] = level.pop(name)
        lines.append(json.dumps(record))
    return Block("\n".join(lines).encode() + b"\n")


@pytest.mark.parametrize(
    "model",
    [
        choose(Recipe("accounts"), [], FIELDS),
        choose(Recipe("latest"), [], FIELDS),
        choose(
            Recipe("q", "sql", "SELECT entity, sum(data.amount) AS total FROM events GROUP BY entity"),
            [],
            FIELDS,
        ),
        choose(
            Recipe(
                "q", "sql", "SELECT data.f3 AS f, count(*) AS n FROM events WHERE data.amount > 5 GROUP BY f"
            ),
            [],
            FIELDS,
        ),
    ],
    ids=["accounts", "latest", "sum", "condition"],
)
def test_what_a_read_model_does_not_look_at_makes_no_group(model: object) -> None:
    assert isinstance(model, NamesMembers)
    grouping, scanner = Grouping(FIELDS, model.member_names), LineScanner()
    for seed in range(3):
        groups = grouping.of(ScannedColumns(scanner.scan(block(seed))))
        assert (groups >= 0).all()
    assert len(grouping.groups) <= 8 * TYPES  # one member that is looked at may be of six kinds, or missing


def test_where_a_read_model_may_look_at_everything_groups_end_somewhere() -> None:
    grouping, scanner = Grouping(FIELDS, None), LineScanner()
    groups = grouping.of(ScannedColumns(scanner.scan(block(1))))
    assert len(grouping.groups) <= MOST_GROUPS
    assert int(groups.max()) < MOST_GROUPS
