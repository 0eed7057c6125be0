"""Are the changes of several fields one sequence in the order of the log, each made only when it is looked at?"""

import pytest

from explorer.history.changes import Changes, OnDemand, changes_in
from tests.small_logs import event, opened


class Squares(OnDemand[int]):
    """0, 1, 4, 9; remembers what was asked for."""

    def __init__(self):
        self.looked_at = []

    def __len__(self):
        return 4

    def made(self, index):
        self.looked_at.append(index)
        return index * index


def test_what_is_made_on_demand_is_a_sequence_like_any_other():
    squares = Squares()
    assert (squares[-1], squares.looked_at) == (9, [3])
    assert squares[1:3] == [1, 4]
    assert squares[::-2] == [9, 1]
    assert squares[7:] == []
    assert list(squares) == [0, 1, 4, 9]
    with pytest.raises(IndexError):
        squares[4]


@pytest.fixture
def history(tmp_path):
    document = opened(
        tmp_path,
        event(1, "AccountOpened", "a", owner="Ada"),
        event(2, "MoneyDeposited", "a", amount=5),
        event(3, "OwnerChanged", "a", newOwner="Grace"),
        event(4, "MoneyDeposited", "b", amount=1),
        event(5, "MoneyWithdrawn", "a", amount=2),
    )
    yield document.history
    document.close()


def test_fields_are_told_in_the_order_in_which_they_changed(history):
    changes = history.all_changes("a", ["balance", "owner"])
    assert isinstance(changes, Changes)
    assert changes.positions.tolist() == [1, 2, 3, 5]
    assert [(each.field.name, each.after) for each in changes] == [
        ("owner", "Ada"), ("balance", 5), ("owner", "Grace"), ("balance", 3),
    ]  # fmt: skip
    assert [each.before for each in changes[1:]] == [0, "Ada", 5]


def test_a_stretch_of_them_comes_field_by_field(history):
    changes = history.all_changes("a", ["balance", "owner"])
    found = {line.field.name: (None if which is None else which.tolist(), len(numbers))
             for line, which, numbers in changes.parts(1, 4)}  # fmt: skip
    assert found == {"balance": ([0, 2], 2), "owner": ([1], 1)}


def test_whom_nothing_happened_to_has_no_changes(history):
    assert len(changes_in(history.field_histories["owner"], history.entities.find("b"))) == 0
