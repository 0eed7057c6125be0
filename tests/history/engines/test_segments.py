"""What do some entities look like after each of their events, by their own rows alone, stretch behind stretch?"""

import numpy as np
import pytest

from explorer.eventlog.log import open_log
from explorer.history.build import Operands
from explorer.history.collect import VERSION
from explorer.history.engines import (
    assembly,
    byte_ranges,
    folder_rows,
    folding,
    range_rows,
    segments,
    whole_log,
)
from explorer.history.engines.range_rows import CHANGES, EVENTS, binary, texts_of
from explorer.history.engines.segments import Segment, carried, folded, joined
from explorer.history.engines.spilled import Job, Spill
from explorer.projection.choose import choose
from explorer.projection.model import Field, Recipe
from tests.history.engines.test_local import amounts, written

FOLDS = {
    "sum": ([5, 10**17, 3, 7], [1, 0, 2, 0]),
    "avg": ([5, 2, 3, 7], [1, 0, 2, 0]),
    "last": (["a", "b", None, "a"], None),
    "first": (["a", "b", "c", "a"], None),
    "min": ([4, 2, 3, 2], None),
    "max": ([4, 2, 9, 9], None),
}


def operands(field: Field, first: int, end: int) -> Operands:
    """What an entity is given at positions from one to another."""
    moments, entities = np.arange(first, end) + 1, np.zeros(end - first, np.int32)
    told, decimals = FOLDS[field.fold]
    if decimals is None:
        return Operands(field, moments, entities, codes=np.arange(end - first), values=told[first:end])
    units = np.array(told[first:end], np.int64)
    return Operands(field, moments, entities, units=units, decimals=np.array(decimals[first:end], np.uint8))


def segment(field: Field, own: Operands) -> Segment:
    """One entity."""
    places, nobody = np.arange(len(own.moments)), np.zeros(0, np.int64)
    touch = Operands(VERSION, own.moments, own.entities)
    return Segment(
        1,
        {field.name: own, VERSION.name: touch},
        {field.name: places, VERSION.name: places},
        (nobody, nobody),
    )


@pytest.mark.parametrize("fold", FOLDS)
@pytest.mark.parametrize("cut", [1, 2, 3])
def test_a_stretch_that_goes_on_from_another_comes_to_what_both_come_to_in_one(fold, cut):
    field = Field("f", fold)
    fields, scales = (field, VERSION), {"f": 2}
    whole = folded(fields, segment(field, operands(field, 0, 4)), scales)["f"]
    first = segment(field, operands(field, 0, cut))
    before = carried(field, folded(fields, first, scales)["f"].line, 1, first.operands["f"].values)
    second = folded(fields, segment(field, joined([before, operands(field, cut, 4)])), scales)["f"]
    assert second.positions.tolist() == list(range(cut + 1, 5))
    one, other = whole.line, second.line
    here = int(np.searchsorted(other.positions, 1))  # what was carried stands before
    if fold == "avg":  # which change of its slot it is, a folder knows of its slot
        assert [other.values.value(at) for at in range(here, here + 4 - cut)] == [
            one.values.value(at) for at in range(cut, 4)
        ]
    else:
        assert [other.value(at) for at in range(here, here + 4 - cut)] == [
            one.value(at) for at in range(cut, 4)
        ]


def test_an_entity_that_has_ended_is_nothing_and_begins_anew():
    field = Field("f", "sum")
    own = segment(field, operands(field, 0, 4))
    ended = Segment(1, own.operands, own.places, (np.array([2]), np.array([0])))
    found = folded((field, VERSION), ended, {"f": 2})["f"]
    assert found.positions.tolist() == [1, 2, 2, 3, 4]
    assert found.values.units.tolist()[2:] == [0, 3, 703]
    assert found.places.tolist() == [0, 1, segments.LAST, 2, 3]


def test_a_go_of_a_range_says_its_names_sorted_and_its_changes_by_entity(tmp_path):
    with open_log(str(written(tmp_path, amounts(200)))) as log:
        reader = byte_ranges.RangeReader(log, Recipe("accounts"))
        (gathered,) = reader.read(byte_ranges.ByteRange(0))
        rows = range_rows.rows_of(gathered, log.fields.type)
    names = list(texts_of(rows.names["entities"]))
    assert names == sorted(names)
    assert rows.events.keys() == EVENTS.keys()
    for changes in rows.changes:
        assert changes.keys() <= CHANGES.keys()
        assert (np.diff(changes["entity"]) >= 0).all()
    together = rows.together()
    assert together.keys() == CHANGES.keys()
    assert len(together["row"]) == sum(len(changes["row"]) for changes in rows.changes)
    assert rows.account.unread
    assert rows.account.count == len(rows.events["at"])


def test_texts_come_back_from_their_bytes_lone_surrogates_too():
    texts = ["", "a", "\ud800", "ü", "long" * 50]
    assert list(texts_of(binary(texts))) == texts
    assert list(texts_of(binary([]))) == []


def test_segments_have_all_rows_once_and_one_hot_entity_comes_in_stretches(tmp_path):
    spill = Spill(tmp_path / "spill", Job(("x",), None, None, None, None, 4_000))
    with open_log(str(written(tmp_path, amounts(300)))) as log:
        reader = byte_ranges.RangeReader(log, Recipe("accounts"))
        ranges = byte_ranges.ranges_of(0, log, 4_000)
        for number, each in enumerate(ranges):
            (gathered,) = reader.read(each)
            spill.save(number, 0, 0, range_rows.rows_of(gathered, log.fields.type))
            spill.finish(number, 1)
        model = choose(Recipe("accounts"), [], log.fields)
        whole = whole_log.WholeLog(spill.goes(len(ranges)), model, spill.folder, log.fields.type)
        found = list(folding.segments_of(whole, 100))
    rows = sum(
        high - low
        for shares in found for share in shares for _, of_fields in share.rows for low, high in of_fields.values()
    )  # fmt: skip
    assert rows == sum(changes.count for go in whole.goes for changes in go.changes.values())
    hot = [shares for shares in found if len(shares) > 1]
    assert len(hot) == 1
    assert hot[0][0].end - hot[0][0].first == 1
    table = folder_rows.EventTable(whole)
    assert sum(len(batch["at_ns"]) for batch in table.batches()) == whole.count
    assert table.type_counts.sum() == whole.count


def test_a_number_beyond_all_columns_is_told_in_digits():
    batch = {"units": np.zeros(2, np.int64), "decimals": np.zeros(2, np.uint8), "wide": [None, f"{10**40} 3"]}
    told, count = assembly.told_values("f", batch, "sums")
    assert count == 1
    assert told["digits"].tolist() == [None, str(10**40)]
    assert told["units"].tolist() == [0, None]
