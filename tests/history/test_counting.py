"""Do the kernels sort and add up as NumPy does, digit for digit, and refuse what their columns do not hold?"""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from explorer.eventlog import compiled
from explorer.eventlog.log import open_log
from explorer.history import build as building
from explorer.history import counting, index_kernels
from explorer.history.collect import collect
from explorer.history.counting import offsets_by_slot, reordered, sorted_by_slot, totals
from explorer.history.history import Order
from explorer.history.ordering import Ranking, inverse
from explorer.projection.choose import choose
from explorer.projection.model import Recipe
from tests.history.test_history import ACCOUNTS_MODEL, SQL, account_records, build

MODELS = [ACCOUNTS_MODEL, Recipe("latest"), *SQL]
SLOTS = st.lists(st.integers(0, 6), max_size=40)


def both[T](asked: Callable[[], T]) -> tuple[T, T]:
    """By kernels, however few there are; and by NumPy."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(counting, "MANY", 0)
        patch.setattr(compiled, "ready", lambda: True)
        one = asked()
        patch.setattr(compiled, "ready", lambda: False)
        return one, asked()


def offsets_of(slots: np.ndarray) -> np.ndarray:
    return np.concatenate([[0], np.cumsum(np.bincount(slots, minlength=7))]).astype(np.int64)


@given(slots=SLOTS)
def test_changes_are_sorted_alike(slots: list[int]) -> None:
    columns = np.array(slots, np.int32), np.arange(1, len(slots) + 1, dtype=np.int32)
    one, other = both(lambda: sorted_by_slot(*columns, offsets_of(columns[0])))
    for mine, wanted in zip(one, other, strict=True):
        assert mine.tolist() == wanted.tolist()


@given(slots=SLOTS)
def test_changes_are_counted_alike(slots: list[int]) -> None:
    column = np.array(slots, np.int32)
    for found in both(lambda: offsets_by_slot(column, 7)):
        assert found.tolist() == offsets_of(column).tolist()


OPERAND = st.one_of(
    st.tuples(st.integers(-1000, 1000), st.just(2)),
    st.tuples(st.integers(-(10**18) + 1, 10**18 - 1), st.integers(0, 18)),
    st.tuples(st.sampled_from([0, -(10**17), 10**17, 9 * 10**17]), st.sampled_from([0, 1, 18])),
)


@given(operands=st.lists(st.tuples(st.integers(0, 6), OPERAND), max_size=40), wide=st.booleans())
@example(operands=[(0, (9 * 10**17, 0))] * 12, wide=False)  # their total is no int64
@example(operands=[(0, (-(9 * 10**17), 1)), (1, (1, 18))] * 12, wide=False)
def test_totals_are_alike_to_the_last_digit(operands: list[tuple[int, tuple[int, int]]], wide: bool) -> None:
    slots = np.array([slot for slot, _ in operands], np.int32)
    units = np.array([each for _, (each, _) in operands], np.int64)
    decimals = np.array([own for _, (_, own) in operands], np.uint8)
    exceptions = {0: (10**30, 3)} if wide and operands else {}
    offsets = offsets_of(slots)
    places, _, _ = sorted_by_slot(slots, np.arange(1, len(slots) + 1, dtype=np.int32), offsets)
    narrow = units.astype(np.int16) if len(units) and int(np.abs(units).max()) < 2**15 else units
    one, other = both(lambda: totals(narrow, decimals, exceptions, slots, places, offsets))
    values = [[str(sums.value(at)) for at in range(len(units))] for sums in (one, other)]
    assert values[0] == values[1]


@given(data=st.data(), count=st.integers(1, 20))
def test_operands_come_in_the_same_order(data: st.DataObject, count: int) -> None:
    rows = np.array(data.draw(st.permutations(range(count))), np.int64)
    moments = np.array(sorted(data.draw(st.lists(st.integers(1, count), max_size=30))), np.int32)
    one, other = both(lambda: reordered(moments, Ranking(rows, inverse(rows))))
    for mine, wanted in zip(one, other, strict=True):
        assert mine.tolist() == wanted.tolist()


@pytest.mark.parametrize("order", ["log", "time", "reversed"])
@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.name)
@settings(max_examples=20)
@given(records=st.lists(account_records(), max_size=25))
def test_an_index_made_by_kernels_says_what_one_made_by_numpy_says(
    model: Recipe, order: Order, records: list[dict[str, object]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    collected, events = build(tmp_path_factory.mktemp("logs"), records, model)
    one, other = both(lambda: collected.history(order))
    for position in range(len(events) + 1):
        assert list(one.state(position).items()) == list(other.state(position).items())


@settings(max_examples=30)
@given(records=st.lists(account_records(), max_size=40))
def test_keys_are_told_stretch_by_stretch_as_all_at_once(
    records: list[dict[str, object]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    collected, events = build(tmp_path_factory.mktemp("logs"), records, ACCOUNTS_MODEL)
    whole = collected.history()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(building, "_AT_ONCE", 3)
        by_stretches = collected.history()
    for position in range(len(events) + 1):
        assert list(by_stretches.state(position).items()) == list(whole.state(position).items())


def test_a_kernel_refuses_every_index_that_is_none() -> None:
    for none in (-1, 2):
        assert index_kernels.count_slots(np.array([0, none], np.int32), np.zeros(2, np.int64)) < 0
    room = [np.zeros(3, np.int32) for _ in range(3)]
    moments = np.arange(1, 4, dtype=np.int32)
    for slots in ([0, 0, 2], [0, -1, 1], [0, 0, 0], [1, 1, 0]):
        found = index_kernels.places_by_slot(
            np.array(slots, np.int32), moments, np.array([-1, 2, -3, 3], np.int64), *room
        )
        assert found == index_kernels.OUTSIDE
    for wrong, rows in (
        ([0, 1, 1], [2, 0, 1]), ([1, 4, 4], [2, 0, 1]), ([1, 3, 2], [2, 0, 1]), ([1, 2, 3], [2, 0, 3]),
        ([1, 2, 3], [-1, 0, 1]), ([1, 1, 2], [0, 0, 2]), ([1, 1, 2], [1, 2, 1]),
    ):  # fmt: skip
        wanted, order = np.array(wrong, np.int32), np.zeros(3, np.int32)
        found = index_kernels.order_of_moments(
            wanted, np.array(rows, np.int64), np.zeros(4, np.int32), np.zeros(3, np.int64), order
        )
        assert found == index_kernels.OUTSIDE
    wanted, order = np.arange(1, 4, dtype=np.int32), np.zeros(3, np.int32)
    for room in (np.zeros(3, np.int32), np.zeros(5, np.int32)):
        found = index_kernels.order_of_moments(wanted, np.arange(3), room, np.zeros(3, np.int64), order)
        assert found == index_kernels.OUTSIDE


def test_a_log_in_the_order_of_its_times_is_sorted_once(tmp_path: Path) -> None:
    line = '{"type":"MoneyDeposited","data":{"accountId":"a","amount":1},"at":"2026-01-0%dT00:00:00Z"}\n'
    (tmp_path / "log.jsonl").write_text("".join(line % day for day in (1, 2, 2, 3)))
    with open_log(tmp_path / "log.jsonl") as log:
        collected = collect(log, lambda sample: choose(ACCOUNTS_MODEL, sample, log.fields))
        recorded, happened = collected.history(), collected.history("time")
        assert (recorded.order, happened.order) == ("log", "time")
        assert happened.field_histories is recorded.field_histories
        assert [happened.log_position(position) for position in range(1, 5)] == [1, 2, 3, 4]
