"""Is what several targets fold, each by its own rows and what it is told of those before, what one machine folds?"""

import json
from collections import Counter
from pathlib import Path

import pytest

from explorer.eventlog.log import open_log
from explorer.history.engines import byte_ranges, range_rows, shuffled
from explorer.history.engines.folding import fold_segment, segments_of
from explorer.history.engines.shared_entities import edge_of, entries_in, start_of, starts_of
from explorer.history.engines.shuffled import FoldPlan, GoChanges, HeldLog
from explorer.history.engines.spilled import ColumnsFile, SpilledGo, save_go
from explorer.history.engines.targets import targets_of
from explorer.history.engines.whole_log import NULL, WholeLog
from explorer.projection.choose import choose
from explorer.projection.model import AUTO, Recipe
from tests.history.engines.test_local import LOGS, QUERY, written


class Shuffle:
    """A log in several ranges: all of it as one machine has it, and the blobs that a cluster moves."""

    def __init__(self, path: Path, folder: Path, recipe: Recipe, units: int) -> None:
        folder.mkdir()
        with open_log(str(path)) as log:
            events = [event for batch in log.batches() for event in batch.events]
            self.recipe = choose(recipe, events, log.fields).recipe
            ranges = byte_ranges.ranges_of(0, log, units)
            self.blobs, self.read = [], []
            for number, wanted in enumerate(ranges):
                (gathered,) = byte_ranges.RangeReader(log, self.recipe).read(wanted)
                rows = range_rows.rows_of(gathered, log.fields.type)
                self.blobs.append(GoChanges.of(rows).dumps())
                told = bytearray(shuffled.go_to_bytes(rows, 0))
                own, kept = (
                    shuffled.keep_bytes(folder, "told", told),
                    shuffled.keep_go(folder, "kept", rows, 0),
                )
                assert own.changes == kept.changes
                one, other = (SpilledGo(folder / each.folder) for each in (own, kept))
                assert one.account.count == other.account.count == rows.account.count
                assert one.column("counts", "count").sum() == sum(own.changes.values())
                assert one.column("counts", "count").tolist() == other.column("counts", "count").tolist()
                assert not one.changes | other.changes
                self.read.append(own)
                save_go(folder / f"{number}", 0, rows, shuffled.counts_of(rows))
            goes = [SpilledGo(folder / f"{number}") for number in range(len(ranges))]
            self.whole = WholeLog(goes, choose(self.recipe, [], log.fields), folder, log.fields.type)
        self.folder = folder

    def plan(self, most: int) -> FoldPlan:
        """What a cluster knows of it."""
        whole, before, told = self.whole, Counter[str](), []
        for own in self.read:
            told.append({name: before[name] for name in own.changes})
            before.update(own.changes)
        return FoldPlan(
            whole.fields, dict(whole.scales), whole.keys, tuple(whole.end_fields), whole.count, whole.before.tolist(),
            told, targets_of(whole, most, 3),
        )  # fmt: skip

    def by_one(self) -> dict[str, list[tuple]]:
        """All changes by field, folded at once."""
        (stretches,) = segments_of(self.whole, 10**9)
        made = fold_segment(self.whole, stretches, self.folder, 0)
        found = {}
        for name, own in made.fields.items():
            values = None if name not in self.whole.values else self.whole.values[name].names().to_pylist()
            found[name] = sorted(told(own.paths[0], values), key=str)
        return found | {"named": sorted(zip(*(own.tolist() for own in made.named), strict=True))}

    def by_targets(self, plan: FoldPlan) -> dict[str, list[tuple]]:
        """The same by targets."""
        goes: dict[int, dict[int, GoChanges]] = {target: {} for target in range(plan.targets.count)}
        for go, blob in enumerate(self.blobs):
            for target, own in shuffled.slices(GoChanges.loads(bytearray(blob)), go, plan.targets):
                goes[target][go] = GoChanges.loads(bytearray(own))
        starts = {}
        for targets in plan.targets.shared():
            edges = [edge_of(HeldLog(plan, each, goes[each]), plan) for each in targets]
            starts |= dict(zip(targets, starts_of(edges, plan), strict=True))
        found: dict[str, list[tuple]] = {field.name: [] for field in plan.fields} | {"named": []}
        for target, own in goes.items():
            start = starts.get(target)
            log = HeldLog(plan, target, own, None if start is None else entries_in(start))
            begun = None if start is None else start_of(start, log, plan)
            made = fold_segment(log, [log.share], self.folder, 1 + target, begun)
            for name, each in made.fields.items():
                values = None if name not in self.whole.values else log.entries(name).to_pylist()
                found[name] += told(each.paths[0], values)
            found["named"] += zip(*(column.tolist() for column in made.named), strict=True)
        return {name: sorted(own, key=str if name != "named" else None) for name, own in found.items()}


def told(path: Path, values: list[bytes] | None):
    """Entity, key, position, value and place of each change."""
    slots, file = ColumnsFile(path.with_suffix(".slots")), ColumnsFile(path.with_suffix(".moved"))
    entities, keys = slots.read("entity").tolist(), slots.read("key").tolist()
    columns = {
        name: own.to_pylist() if hasattr(own := file.read(name), "to_pylist") else own.tolist()
        for name in file.names
    }
    for at, slot in enumerate(columns["slot"]):
        value = None if values is None else values[columns["code"][at]]
        if "units" in columns:
            wide = columns["wide"][at] if "wide" in columns else None
            value = (columns["units"][at], columns["decimals"][at]) if wide is None else wide
        yield entities[slot], keys[slot], columns["position"][at], value, columns["place"][at]


@pytest.mark.parametrize("size", [40, 400])
@pytest.mark.parametrize(
    ("name", "recipe"),
    [("one entity with half of all events", AUTO), ("one entity with half of all events", QUERY),
     ("captured changes", AUTO), ("captured changes", Recipe("latest"))],
)  # fmt: skip
def test_targets_of_any_size_come_to_the_same(name, recipe, size, tmp_path):
    log = Shuffle(written(tmp_path, LOGS[name]()), tmp_path / "spill", recipe, 2_500)
    one, plan = log.by_one(), log.plan(size)
    assert plan.targets.count > 2
    assert bool(plan.targets.shared()) == (size == 40 or name != "captured changes")
    assert sum(map(len, one.values()))
    assert log.by_targets(plan) == one


def test_rows_that_end_before_they_have_a_value_come_to_the_same_in_shares(tmp_path):
    lines = []
    for at in range(60):
        row = json.dumps({"id": f"r{at % 2}"} | ({"n": at} if at > 30 else {}))
        op = "d" if at % 10 < 2 else "u" if at > 3 else "c"
        before, after = (row, "null") if op == "d" else ("null", row)
        lines.append(f'{{"op": "{op}", "ts_ms": {10**12 + at}, "before": {before}, "after": {after}}}')
    log = Shuffle(written(tmp_path, lines), tmp_path / "spill", AUTO, 600)
    one, plan = log.by_one(), log.plan(12)
    assert len(plan.targets.shared()[0]) > 2
    (first, *_) = sorted(one["n"], key=lambda row: row[2])
    assert first[3] == NULL
    assert log.by_targets(plan) == one
