"""Do sorting, grouping and folding put every entity into one row, and find it there again?"""

import numpy as np
import pytest

from explorer.history.columns import columns_of
from explorer.session.state.arrangement import Arrangement
from explorer.session.state.state_view import StateRows
from tests.small_logs import event, opened

OWNERS = {"a": "Ada", "b": "Kofi", "c": "Ada", "d": "Kofi", "e": "Ada"}
AMOUNTS = {"a": 5, "b": 1, "c": 10**20, "d": 3, "e": 2}


@pytest.fixture
def rows_of(tmp_path):
    records = [event(1, "AccountOpened", name, owner=owner) for name, owner in OWNERS.items()]
    records += [event(2, "MoneyDeposited", name, amount=amount) for name, amount in AMOUNTS.items()]
    document = opened(tmp_path, *records)
    state = document.history.state(len(records))
    columns = columns_of(document.history.fields, "account")

    def rows(arrangement, keep=None):
        made = StateRows(state, columns, arrangement, keep)
        names = [
            None if made.group_at(row) is not None else state.entity(made.code_at(row))
            for row in range(len(made))
        ]
        for row, name in enumerate(names):
            if name is not None:
                assert made.row_of(state.find(name)) == row
        return made, names

    yield rows
    document.close()


def test_unsorted_they_stand_as_they_came_to_be(rows_of):
    assert rows_of(Arrangement())[1] == list("abcde")


def test_they_are_sorted_by_exact_values_either_way(rows_of):
    assert rows_of(Arrangement(sort=("balance", False)))[1] == list("bedac")
    assert rows_of(Arrangement(sort=("balance", True)))[1] == list("cadeb")


def test_only_those_that_pass_have_rows(rows_of):
    made, names = rows_of(Arrangement(), np.array([True, False, True, False, False]))
    assert names == ["a", "c"]
    assert made.row_of(1) is None


def test_a_group_is_headed_and_the_greatest_sum_stands_first(rows_of):
    made, names = rows_of(Arrangement(group="owner", sort=("balance", True)))
    assert names == [None, "c", "a", "e", None, "d", "b"]
    assert [made.groups.value(group) for group in (0, 1)] == ["Ada", "Kofi"]
    assert [made.head_row(group) for group in (0, 1)] == [0, 4]
    _, names = rows_of(Arrangement(group="owner", sort=("owner", True)))
    assert names[:3] == [None, "b", "d"]


def test_the_rows_of_a_folded_group_are_gone_but_for_its_heading(rows_of):
    made, _ = rows_of(Arrangement(group="owner"))
    kofi = int(made.groups.kinds[1])
    made, names = rows_of(Arrangement(group="owner", except_groups=frozenset({kofi})))
    assert names == [None, "a", "c", "e", None]
    assert made.row_of(1) is None
    assert rows_of(Arrangement(group="owner", folded=True))[1] == [None, None]
