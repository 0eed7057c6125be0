"""Does the drawn line show what the steps are, however many of them share a pixel?"""

import itertools
import json
import time
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.eventlog.event import FieldMap
from explorer.resources import resource
from explorer.session.document import Document
from explorer.session.options import OpenOptions
from explorer.session.reasons.steps import Steps, blocks, drawn, steps_text


@pytest.fixture(scope="module")
def bank():
    document = Document.open(str(resource("samples", "small-bank.jsonl")))
    yield document
    document.close()


def log_of(folder: Path, *lines: str) -> Document:
    path = folder / "log.jsonl"
    path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    return Document.open(str(path))


def deposit(amount: str, more: str = "", account: str = "a") -> str:
    return f'{{"type":"MoneyDeposited","data":{{"accountId":"{account}","amount":{amount}{more}}}}}'


def value_at(places, values, x):
    at = int(np.searchsorted(places, x, "right")) - 1
    return values[at] if at >= 0 else None


@given(
    st.lists(st.tuples(st.integers(0, 40), st.integers(-50, 50)), min_size=1, max_size=400),
    st.integers(1, 30),
    st.integers(0, 38),
    st.integers(1, 42),
)
def test_every_pixel_of_the_line_reaches_as_low_and_as_high_as_its_steps(steps, width_px, left, span):
    steps.sort(key=lambda step: step[0])
    places = np.array([float(place) for place, _ in steps])
    values = np.array([float(value) for _, value in steps])
    right = float(left + span)
    path = drawn(places, values, float(left), right, width_px, 41.0)
    inside = values[(places > left) & (places <= right)]
    before = value_at(places, values, float(left))
    seen = inside if before is None else np.append(inside, before)
    if not len(seen):
        assert not len(path.x)
        return
    assert (path.y.min(), path.y.max()) == (seen.min(), seen.max())
    assert (np.diff(path.x) >= 0).all()
    assert len(path.x) <= 16 * width_px + 16
    pixel = span / width_px
    for at in range(width_px):
        low, high = left + at * pixel, left + (at + 1) * pixel
        mine = values[(places > low) & (places < high)]
        near = path.y[(path.x >= low - pixel) & (path.x <= high + pixel)]
        assert not len(mine) or (near.min() <= mine.min() and near.max() >= mine.max())


@given(
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 3)), min_size=1, max_size=300), st.integers(1, 200)
)
def test_the_blocks_of_a_lane_follow_each_other_and_say_what_it_was(steps, width_px):
    steps.sort(key=lambda step: step[0])
    places = np.array([float(place) for place, _ in steps])
    codes = np.array([code for _, code in steps], np.int64)
    found = blocks(places, codes, 0.0, 40.0, width_px, 41.0)
    assert found[0].left == places[0]
    assert all(first.right == second.left for first, second in itertools.pairwise(found))
    assert len(found) <= 2 * width_px + 2
    for block in found:
        if block.code is not None and block.right > block.left:
            assert value_at(places, codes, (block.left + block.right) / 2) == block.code


def test_values_are_read_exactly_and_drawn_nearly(tmp_path):
    document = log_of(tmp_path, deposit("12345678901234567890.01"), deposit("0.02"))
    steps = Steps(document.history, "a", "balance")
    assert steps.value_text(2) == "12345678901234567890.03"
    assert steps.extreme_texts(steps.lines[0]) == ("12345678901234567890.01", "12345678901234567890.03")
    assert steps.value_text(0) == ""
    document.close()


def test_a_value_kept_by_currency_is_a_line_for_each(tmp_path):
    document = log_of(
        tmp_path,
        deposit("5", ',"currency":"EUR"'),
        deposit("7", ',"currency":"USD"'),
        deposit("1.5", ',"currency":"EUR"'),
    )
    steps = Steps(document.history, "a", "balance")
    assert [(line.key, line.values.tolist()) for line in steps.lines] == [("EUR", [5, 6.5]), ("USD", [7])]
    assert steps.value_text(3) == "6.5 EUR, 7 USD"
    document.close()


def test_a_status_is_a_lane_of_its_words(bank):
    steps = Steps(bank.history, "acc-1", "owner")
    assert steps.lane is not None
    assert steps.lane.texts[int(steps.lane.codes[0])] == "Ada Okafor"
    assert not steps.lines


def test_steps_are_found_by_place_by_position_and_by_time(bank):
    steps = Steps(bank.history, "acc-1", "balance")
    positions = steps.changes.positions
    assert steps.neighbour(0, 1) == positions[0]
    assert steps.neighbour(int(positions[0]), 1) == positions[1]
    assert steps.neighbour(int(positions[1]), -1) == positions[0]
    assert steps.neighbour(int(positions[0]), -1) is None
    for by in ("event", "time"):
        places = steps.places(positions, by)
        assert (np.diff(places) >= 0).all()
    assert "steps from #" in steps_text(steps, bank.event_count, ("then", "now"))


def test_nobody_s_value_has_no_steps(bank):
    steps = Steps(bank.history, "nobody", "balance")
    assert not len(steps)
    assert steps.value_text(5) == ""
    assert steps_text(steps, 5, ("", "")) == "No event has set this value."


def test_a_million_steps_are_cut_to_the_pixels_at_once():
    places = np.arange(1_000_000, dtype=np.float64)
    values = np.random.default_rng(1).normal(size=1_000_000).cumsum()
    begin = time.perf_counter()
    path = drawn(places, values, 0.0, 1e6, 1_200, 1e6)
    assert time.perf_counter() - begin < 0.1
    assert len(path.x) < 5_000


def test_counts_and_averages_are_drawn_as_they_are(tmp_path):
    document = log_of(
        tmp_path, deposit("1"), deposit("5", account="b"), deposit("3"), deposit("4", account="b")
    )
    assert Steps(document.history, "b", "version").lines[0].values.tolist() == [1, 2]
    document.close()


def test_a_part_of_a_nested_value_has_steps_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    values = [
        {"n": 1, "name": {"first": "Ada"}},
        {"n": 2, "name": {"first": "Ada"}},
        {"name": {"first": "Bo"}},
    ]
    lines = [{"type": "Set", "id": "a", "data": {"what": each}} for each in values]
    path.write_text("".join(json.dumps(each) + "\n" for each in lines))
    document = Document.open(str(path), OpenOptions(fields=FieldMap(entity="id")))
    steps = Steps(document.history, "a", "what.n")
    assert steps.lane is None
    assert steps.lines[0].values.tolist()[:2] == [1.0, 2.0]
    assert np.isnan(steps.lines[0].values[2])
    assert [steps.value_text(at) for at in (0, 1, 2, 3)] == ["", "1", "2", ""]
    names = Steps(document.history, "a", "what.name.first")
    assert names.lines == []
    assert names.lane is not None
    assert names.lane.texts == ["Ada", "Bo"]
    document.close()
