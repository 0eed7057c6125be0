"""Is what several partitions fold, each by its own rows and what it is told of the one before, what one would fold?"""

from itertools import pairwise

import pyarrow as pa
import pytest

from explorer.eventlog.log import open_log
from explorer.history.collect import VERSION
from explorer.history.engines import byte_ranges, range_rows, shuffled
from explorer.history.engines.shuffled import (
    FoldPlan,
    edge_behind,
    edge_of,
    fold_piece,
    folded_from_bytes,
    pieces_of,
)
from explorer.history.engines.spilled import Job, Spill
from explorer.history.engines.whole_log import WholeLog
from explorer.projection.choose import choose
from explorer.projection.model import AUTO, Recipe
from tests.history.engines.test_local import LOGS, QUERY, written


def rows_and_plan(path, folder, recipe):
    """All changes of a log, sorted as a cluster sorts them, and what everybody must know."""
    spill = Spill(folder, Job(("x",), None, None, None, None, 1))
    with open_log(str(path)) as log:
        recipe = choose(
            recipe, [event for batch in log.batches() for event in batch.events], log.fields
        ).recipe
        (gathered,) = byte_ranges.RangeReader(log, recipe).read(byte_ranges.ByteRange(0))
        rows = range_rows.rows_of(gathered, log.fields.type)
        part, changes, again = shuffled.go_from_bytes(shuffled.go_to_bytes(rows, 3))
        assert (part, changes) == (3, len(rows.together()["entity"]))
        assert again.account.count == rows.account.count
        spill.save(0, 0, 0, again)
        spill.finish(0, 1)
        whole = WholeLog(spill.goes(1), choose(recipe, [], log.fields), folder, log.fields.type)
        plan = FoldPlan(whole.fields, dict(whole.scales), whole.keys, tuple(whole.end_fields), whole.count)
    order = [("entity", "ascending"), ("position", "ascending"), ("place", "ascending")]
    return shuffled.changes_of(rows).sort_by(order), plan


def folded(rows: pa.Table, plan: FoldPlan, size: int) -> dict[str, list[tuple]]:
    """All changes by field, folded in partitions of so many rows, which know of each other what a cluster tells."""
    events = list(zip(rows.column("entity").to_pylist(), rows.column("position").to_pylist(), strict=True))
    cuts, at = [0], 0
    while (at := at + size) < len(rows):
        while (
            at < len(rows) and events[at] == events[at - 1]
        ):  # a range has all rows of an entity and a position
            at += 1
        cuts.append(at)
    parts = [rows.slice(low, high - low) for low, high in pairwise([*cuts, len(rows)]) if low < high]
    ends = [(part.column("entity")[0].as_py(), part.column("entity")[-1].as_py()) for part in parts]
    several = frozenset(one[1] for one, other in pairwise(ends) if one[1] == other[0])
    found: dict[str, list[tuple]] = {}
    start = None
    for at, part in enumerate(parts):
        last = ends[at - 1][1] if at else None
        first = ends[at + 1][0] if at + 1 < len(parts) else None
        following = None
        for piece in pieces_of(part, several, last, first):
            before = start if piece.begun else None
            if piece.goes_on:
                following = edge_behind(before, edge_of(piece, plan), plan)
            for field, blob in fold_piece(piece, plan, before):
                if field != range_rows.NAMED_ALONE:
                    found.setdefault(field, []).extend(told(blob))
        start = following
    return {field: sorted(own, key=str) for field, own in found.items()}


def told(blob: bytes):
    """Entity, key, position and value of each change."""
    entities, slots, changes, _, values = (table.to_pydict() for table in folded_from_bytes(blob))
    for at, slot in enumerate(changes["slot"]):
        value = None
        if "code" in changes:
            value = values["name"][changes["code"][at]]
        elif "units" in changes:
            wide = changes["wide"][at] if "wide" in changes else None
            value = (changes["units"][at], changes["decimals"][at]) if wide is None else wide
        yield entities["name"][slots["entity"][slot]], slots["key"][slot], changes["position"][at], value


@pytest.mark.parametrize("size", [40, 111, 333])
@pytest.mark.parametrize(
    ("name", "recipe"),
    [("one entity with half of all events", AUTO), ("one entity with half of all events", QUERY),
     ("captured changes", AUTO), ("captured changes", Recipe("latest"))],
)  # fmt: skip
def test_partitions_of_any_size_come_to_the_same(name, recipe, size, tmp_path):
    rows, plan = rows_and_plan(written(tmp_path, LOGS[name]()), tmp_path / "spill", recipe)
    whole = folded(rows, plan, len(rows))
    assert sum(map(len, whole.values()))
    assert VERSION.name in whole or any(field.fold == "count" for field in plan.fields)
    assert folded(rows, plan, size) == whole
