"""Is what differs inside a value what a plain recursive comparison says, and can both values be read off it again?"""

import random
import time
from collections.abc import Mapping
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from explorer.history.inside import ABSENT, Fragment, same

SCALARS = some.one_of(
    some.none(), some.booleans(), some.integers(-3, 3), some.sampled_from(["", "a", "b", "1", "é\ud800"]),
    some.sampled_from([Decimal(1), Decimal("1.0"), Decimal("0.10"), Decimal(-3)]),
)  # fmt: skip
NAMES = some.sampled_from(["id", "x", "y.z", "items", ""])
VALUES = some.recursive(
    SCALARS, lambda inner: some.lists(inner, max_size=5) | some.dictionaries(NAMES, inner, max_size=4), max_leaves=20
)  # fmt: skip
ITEMS = some.lists(
    some.builds(lambda number, x: {"id": number, "x": x}, some.integers(0, 9), SCALARS),
    unique_by=lambda item: item["id"],
    max_size=8,
)


def plainly_same(one, other):
    """The definition."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return set(one) == set(other) and all(plainly_same(one[name], other[name]) for name in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(plainly_same, one, other))
    number = (int, Decimal)
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, number) and isinstance(other, number):
        return one == other
    return type(one) is type(other) and one == other


def told(part):
    """What the parts of two objects say, path by path, into lists not looking."""
    found = {}
    for each in part.fragments:
        if each.kind:
            found[each.step,] = each.kind
        if isinstance(each.before, Mapping) and isinstance(each.after, Mapping):
            found |= {(each.step, *path): kind for path, kind in told(each).items()}
    return found


def plainly_told(before, after):
    """The same by going through both."""
    found = {}
    for name in {**before, **after}:
        if name not in before or name not in after:
            found[name,] = "added" if name in after else "removed"
        elif not plainly_same(before[name], after[name]):
            found[name,] = "changed"
        if isinstance(before.get(name), Mapping) and isinstance(after.get(name), Mapping):
            inner = plainly_told(before[name], after[name])
            found |= {(name, *path): kind for path, kind in inner.items()}
    return found


@given(VALUES, VALUES)
def test_two_values_are_the_same_as_a_plain_recursive_comparison_says(one, other):
    assert same(one, other) == plainly_same(one, other)
    assert same(one, one)


def test_digits_that_say_the_same_are_the_same_and_true_is_no_number():
    assert same([Decimal("20.0"), {"a": 1}], [Decimal("20.00"), {"a": Decimal("1.0")}])
    for one, other in ((1, True), ([0], [False]), ({"a": 1}, {"a": True}), ("1", 1), (None, False), ([], {})):
        assert not same(one, other)
        assert not same(other, one)


@given(some.dictionaries(NAMES, VALUES, max_size=4), some.dictionaries(NAMES, VALUES, max_size=4))
def test_what_objects_say_of_their_members_is_what_a_plain_comparison_says(before, after):
    part = Fragment("", before, after)
    assert told(part) == plainly_told(before, after)
    assert [part.fragments[at].step for at in part.fragments.differing()] == [
        each.step for each in part.fragments if each.kind
    ]


@given(VALUES, VALUES)
def test_every_part_of_both_values_is_told_once(before, after):
    def check(part):
        parts = list(part.fragments)
        if isinstance(part.before, list) and isinstance(part.after, list):
            now = [each for each in parts if each.after is not ABSENT]
            assert [each.step for each in now] == list(range(len(part.after)))
            assert all(plainly_same(each.after, part.after[each.step]) for each in now)
            left = list(part.before)
            for each in parts:
                if each.before is not ABSENT:
                    at = next(at for at, item in enumerate(left) if plainly_same(item, each.before))
                    del left[at]
            assert not left
        elif isinstance(part.after, (list, Mapping)) and part.kind in {"", "moved"}:
            assert not any(each.kind for each in parts)
        for each in parts:
            assert (each.kind == "") == (each.moved_from is None and plainly_same(each.before, each.after))
            check(each)

    check(Fragment("", before, after))


@given(ITEMS, ITEMS)
def test_items_with_ids_are_known_again_wherever_they_stand(before, after):
    old, new = {item["id"]: item for item in before}, {item["id"]: item for item in after}
    for part in Fragment("", before, after).fragments:
        if part.before is not ABSENT and part.after is not ABSENT:
            assert part.before["id"] == part.after["id"]
        elif part.after is ABSENT:
            assert part.before["id"] not in new
        else:
            assert part.after["id"] not in old


@given(some.permutations(range(8)))
def test_as_few_items_as_can_be_have_moved_and_each_says_from_where(order):
    before, after = list(range(8)), list(order)
    parts = Fragment("", before, after).fragments
    moved = [part for part in parts if part.kind]
    assert {part.kind for part in moved} <= {"moved"}
    assert all(before[part.moved_from] == part.after == after[part.step] for part in moved)
    steady = [part.after for part in parts if not part.kind]
    assert steady == sorted(steady)


def kinds(before, after):
    return [
        (part.step, part.kind, part.moved_from) for part in Fragment("", before, after).fragments if part.kind
    ]


def test_an_item_put_in_front_is_added_and_the_others_stay():
    assert kinds(["a", "b"], ["new", "a", "b"]) == [(0, "added", None)]
    assert kinds(["a", "b", "c"], ["a", "c"]) == [(1, "removed", None)]
    assert kinds(["a", "b", "c"], ["a", "x", "c"]) == [(1, "changed", None)]
    assert kinds(["a", "b", "c"], ["c", "a", "b"]) == [(0, "moved", 2)]


def test_a_line_of_an_order_is_changed_inside_and_not_another_line():
    before = [{"sku": "tea", "quantity": 1}, {"sku": "cup", "quantity": 1}]
    after = [{"sku": "cup", "quantity": 2}, {"sku": "tea", "quantity": 1}]
    first, second = Fragment("", before, after).fragments
    assert first.kind == "changed"
    assert first.before == before[1]
    assert [part.step for part in first.fragments if part.kind] == ["quantity"]
    assert {first.moved_from, second.moved_from} == {None, 0} or {first.moved_from, second.moved_from} == {
        None,
        1,
    }


def test_a_text_that_becomes_a_list_is_changed_and_its_items_are_new():
    part = Fragment("tags", "a", ["a"])
    assert part.kind == "changed"
    assert [(each.step, each.kind) for each in part.fragments] == [(0, "added")]
    part = Fragment("tags", ["a"], {"a": 1})
    assert [(each.step, each.kind) for each in part.fragments] == [(0, "removed"), ("a", "added")]


@pytest.mark.parametrize("levels", [3_000, 100_000])
def test_values_of_any_depth_are_compared(levels):
    def nest(inner):
        for _ in range(levels):
            inner = [inner]
        return inner

    one, other = nest(1), nest(2)
    assert same(one, nest(1))
    assert not same(one, other)
    part = Fragment("", [0, one], [other, 0, one])
    assert part.kind == "changed"
    assert len(part.fragments) == 3


def test_a_list_of_a_hundred_thousand_items_is_compared_at_once():
    items = [
        {"sku": f"s{number}", "quantity": number, "price": Decimal(number) / 100} for number in range(100_000)
    ]
    after = [dict(item) for item in items]
    after.insert(50_000, {"sku": "new", "quantity": 1, "price": Decimal(1)})
    after[70_000]["quantity"] = -1
    started = time.perf_counter()
    parts = Fragment("items", items, after).fragments
    told = [(parts[at].step, parts[at].kind) for at in parts.differing()]
    seconds = time.perf_counter() - started
    assert told == [(50_000, "added"), (70_000, "changed")]
    assert len(parts) == 100_001
    assert seconds < 3, "it is not to be quick here, only not endless"


def test_of_too_many_items_that_differ_each_is_compared_with_the_one_in_its_place(monkeypatch):
    monkeypatch.setattr("explorer.history.inside.MOST_ALIGNED", 100)
    before = list(range(102))
    after = before[:]
    random.Random(1).shuffle(after)
    parts = Fragment("", before, after).fragments
    assert len(parts) == len(after)
    assert all(part.moved_from is None for part in parts)
    assert {part.kind for part in parts} <= {"", "changed"}
