"""Are numbers put in order as a plain stable sort does it, whatever their size?"""

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.history import ordering
from explorer.history.ordering import (
    alike,
    dense_ranks,
    inverse,
    kept,
    narrow,
    narrowed,
    order_of,
    order_of_times,
    placed,
    spans,
    stable_order,
    taken,
)

NUMBERS = st.lists(st.integers(0, 2**34), max_size=60)


@given(NUMBERS)
def test_the_order_is_that_of_a_stable_sort(keys):
    array = np.array(keys, np.int64)
    order = stable_order(array, 2**34 + 1)
    assert order.tolist() == sorted(range(len(keys)), key=keys.__getitem__)
    assert inverse(order)[order].tolist() == list(range(len(keys)))
    assert placed(array[order], order).tolist() == keys


@given(st.lists(st.integers(-(2**40), 2**40), max_size=20))
def test_a_column_takes_as_few_bytes_as_hold_it_and_says_the_same(numbers):
    column = np.array(numbers, np.int64)
    small = narrowed(column)
    assert small.tolist() == numbers
    assert small.itemsize <= column.itemsize
    if numbers and min(numbers) >= -128 and max(numbers) < 128:
        assert small.itemsize == 1
    assert (narrow(2**31 - 2), narrow(2**31 - 1)) == (np.int32, np.int64)


@pytest.mark.parametrize(("fold", "choose"), [("first", lambda seen: seen[0]), ("min", min), ("max", max)])
@given(st.data())
def test_the_value_in_force_is_the_first_least_or_greatest_so_far_within_its_slot(fold, choose, data):
    slots = data.draw(st.lists(st.lists(st.integers(0, 4), max_size=6), min_size=1, max_size=4))
    values = [5, 3, 9, Decimal("3.0"), 1]
    codes = np.array([code for slot in slots for code in slot], np.int64)
    offsets = np.cumsum([0, *(len(slot) for slot in slots)])
    found = kept(fold, codes, offsets, values).tolist()
    expected = [
        choose([values[each] for each in slot[: at + 1]]) for slot in slots for at in range(len(slot))
    ]
    assert [values[code] for code in found] == expected


def test_equal_values_share_a_rank():
    assert dense_ranks([3, 1, 3, 2]).tolist() == [2, 0, 2, 1]
    assert dense_ranks([]).tolist() == []


WIDE = st.one_of(st.integers(-(2**63), 2**63 - 1), st.integers(-3, 70_000), st.just(2**63 - 1))


@given(numbers=st.lists(WIDE, max_size=40), few=st.sampled_from([0, 10_000]))
def test_any_numbers_stand_in_their_stable_order_and_those_that_are_alike_together(numbers, few):
    column = np.array(numbers, np.int64)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ordering, "_FEW", few)
        order, found = order_of(column), alike(column)
    wanted = np.argsort(column, kind="stable").tolist()
    assert order.tolist() == found.order.tolist() == wanted
    distinct, first, which = np.unique(column, return_index=True, return_inverse=True)
    assert found.distinct.tolist() == distinct.tolist()
    assert found.first.tolist() == first.tolist()
    assert found.which.tolist() == which.tolist()


@given(
    times=st.lists(st.integers(0, 9), max_size=40),
    late=st.lists(st.tuples(st.integers(0, 39), st.integers(-20, 20)), max_size=6),
    upwards=st.booleans(),
)
def test_times_that_two_threads_put_in_order_stand_in_their_stable_order(times, late, upwards):
    array = np.cumsum(np.array(times, np.int64)) if upwards else np.array(times, np.int64)
    for at, by in late:
        if at < len(array):
            array[at] += by
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ordering, "_MANY", 1)
        patch.setattr(ordering, "_PIECE", 4)
        assert order_of_times(array).tolist() == np.argsort(array, kind="stable").tolist()
        assert order_of_times(array[::-1]).tolist() == np.argsort(array[::-1], kind="stable").tolist()


@given(numbers=st.lists(st.integers(-128, 127), min_size=1, max_size=20), data=st.data())
def test_what_is_taken_in_an_order_comes_in_it(numbers, data):
    order = data.draw(st.permutations(range(len(numbers))))
    found = taken(np.array(numbers, np.int8), np.array(order, np.int64))
    assert (found.tolist(), found.dtype) == ([numbers[at] for at in order], np.int8)


@pytest.mark.parametrize("count", [0, 1, 20_000])
@pytest.mark.parametrize(("low", "high"), [(0, 15_000), (7, 8), (-3, 40_000), (0, 10**12)])
@pytest.mark.parametrize("kind", [np.int32, np.int64])
def test_where_numbers_stand_among_others_is_what_a_search_says(
    count: int, low: int, high: int, kind: type[np.signedinteger]
) -> None:
    draw = np.random.default_rng(count + high)
    ascending = np.sort(draw.integers(low, min(high, 2**31 - 1), count)).astype(kind)
    wanted = draw.integers(low - 10, min(high + 10, 2**31 - 1), 15_000)
    for those in (wanted, np.sort(wanted), wanted[:3], wanted[:0]):
        begins, ends = spans(ascending, those)
        assert begins.tolist() == np.searchsorted(ascending, those, "left").tolist()
        assert ends.tolist() == np.searchsorted(ascending, those, "right").tolist()
