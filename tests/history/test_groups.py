"""Are subtotals exact, by key, in any order of the groups, whatever the width of the sums?"""

from decimal import Decimal

import pytest

from explorer.history.columns import columns_of
from explorer.history.groups import Groups, Subtotals, counts
from tests.small_logs import event, opened

MONEY = {
    "a": ("Ada", 5, "EUR"), "b": ("Kofi", "0.10", "EUR"), "c": ("Ada", 10**25, "USD"), "d": ("Ada", "0.20", "EUR"),
    "e": (None, 7, None),
}  # fmt: skip


@pytest.fixture
def state(tmp_path):
    records = []
    for name, (owner, amount, currency) in MONEY.items():
        opening = {} if owner is None else {"owner": owner}
        records.append(event(1, "AccountOpened", name, **opening))
        records.append(
            event(
                2,
                "MoneyDeposited",
                name,
                amount=amount,
                **({} if currency is None else {"currency": currency}),
            )
        )
    document = opened(tmp_path, *records)
    yield document.history.state(len(records)), columns_of(document.history.fields, "account")
    document.close()


def column(columns, name):
    return next(each for each in columns if each.name == name)


def test_groups_come_to_what_their_entities_come_to(state):
    state, columns = state
    groups = Groups(state, column(columns, "owner"), state.codes)
    sums = Subtotals(state, column(columns, "balance").field, state.codes, groups.ids, len(groups))
    found = {groups.value(at): sums.of(at) for at in range(len(groups))}
    assert found == {
        "Ada": {"EUR": Decimal("5.20"), "USD": 10**25},
        "Kofi": {"EUR": Decimal("0.10")},
        None: {None: 7},
    }
    assert list(found) == ["Ada", "Kofi", None]


def test_groups_can_stand_in_another_order_and_rank_by_a_key(state):
    state, columns = state
    groups = Groups(state, column(columns, "owner"), state.codes)
    sums = Subtotals(state, column(columns, "balance").field, state.codes, groups.ids, len(groups))
    ranks = sums.ranks("EUR").tolist()
    assert ranks[0] > ranks[1]
    groups.reorder(sums.ranks("EUR").argsort(kind="stable"))
    assert [groups.value(at) for at in range(3)] == [None, "Kofi", "Ada"]


def test_how_many_have_each_value_unless_there_are_too_many(state):
    state, columns = state
    assert counts(state, column(columns, "owner"), state.codes, 9) == {"Ada": 3, "Kofi": 1}
    assert counts(state, column(columns, "owner"), state.codes, 1) is None
