"""Do texts, patterns and fields of a filter let through what they say, as if each event were read?"""

import pytest

from explorer.session.events.filters import FilterError
from explorer.session.events.matching import Filter
from tests.small_logs import event, opened


@pytest.fixture
def document(tmp_path):
    found = opened(
        tmp_path,
        event(1, "AccountOpened", "acc-1", owner="Ada"),
        event(2, "MoneyDeposited", "acc-1", amount=20),
        "{not read at all",
        event(3, "MoneyDeposited", "acc-10", amount=5, note="ada's gift"),
        event(4, "MoneyWithdrawn", "acc-1", amount=7),
    )
    yield found
    found.close()


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("", [0, 1, 2, 3, 4]),
        ("ada", [0, 3]),
        ("-ada", [1, 2, 4]),
        ("read", [2]),
        ("amount>=7", [1, 4]),
        ("-amount>=7", [0, 3]),
        ("account:acc-1", [0, 1, 4]),
        ("type:MoneyDeposited account:acc-1", [1]),
        ("/acc-1[^0]/ type:MoneyDeposited", [1]),
        ("position>2", [3, 4]),
        ("at>2026-01-03", [4]),
    ],
)
def test_a_filter_lets_through_what_it_says(document, text, rows):
    found = document.filter(text)
    assert isinstance(found, Filter)
    assert found.rows().tolist() == rows
    assert found.is_empty == (not text)


def test_a_field_that_no_event_has_is_refused_where_it_stands(document):
    with pytest.raises(FilterError, match="no event has “amuont”; near it is “amount”") as caught:
        document.filter("ada amuont>3")
    assert (caught.value.start, caught.value.stop) == (4, 12)


def test_how_far_the_search_has_come_is_told_up_to_its_end(document):
    told = []
    document.filter("ada amount>1").rows(lambda done, total: told.append((done, total)))
    assert told == sorted(told)
    assert all(done <= total for done, total in told)
