"""Are terms about type, account, time and position answered by columns, and refused where they have no order?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.eventlog.text_columns import TextColumn
from explorer.eventlog.text_names import TextNames
from explorer.session.events.column_tests import _fitting, column_test
from explorer.session.events.field_tests import name_needles, text_test
from explorer.session.events.filters import FilterError, Term, parse_filter
from tests.small_logs import event, opened


@pytest.fixture
def history(tmp_path):
    records = [
        event(day, "MoneyDeposited" if day % 2 else "MoneyWithdrawn", f"a{day % 3}", amount=1)
        for day in range(1, 7)
    ]
    document = opened(tmp_path, *records, {"type": "Noted", "data": {"accountId": "a0"}})
    yield document.history
    document.close()


def passing(history, text):
    (term,) = parse_filter(text)
    test = column_test(term, history, "account")
    return None if test is None else [at + 1 for at, passes in enumerate(test()) if passes]


@pytest.mark.parametrize(
    ("text", "positions"),
    [
        ("type:MoneyWithdrawn", [2, 4, 6]),
        ("-type:MoneyWithdrawn", [1, 3, 5, 7]),
        ("type!=MoneyWithdrawn", [1, 3, 5, 7]),
        ("account:a1", [1, 4]),
        ("position>=6", [6, 7]),
        ("#:2,3", [2, 3]),
        ("at:2026-01-03", [3]),
        ("at>2026-01-03", [4, 5, 6]),
        ("at<=2026-01-03", [1, 2, 3]),
        ("time<2026-01-02", [1]),
    ],
)
def test_a_column_answers_and_what_has_no_time_is_at_none(history, text, positions):
    assert passing(history, text) == positions


def test_what_only_the_payload_knows_is_no_matter_of_a_column(history):
    assert passing(history, "amount>1") is None


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("type>A", "“type” has no order: write type:value"),
        ("position>1.5", "a position is a whole number"),
        ("at>soon", "“at” is compared with a time such as 2026-01-31"),
        ("at:03/04/2026", "this can be two days: write it as 2026-01-31"),
    ],
)
def test_a_term_that_cannot_be_compared_so_is_refused(history, text, reason):
    with pytest.raises(FilterError, match=reason):
        passing(history, text)


LETTERS = st.text(st.sampled_from("aAb\n-ßs\u017f\u212ak\u0130"), max_size=6)


@given(names=st.lists(LETTERS, min_size=1, max_size=12, unique=True), value=LETTERS, glob=st.booleans())
def test_of_very_many_names_those_that_are_near_are_asked_and_no_other_fits(names, value, glob):
    value += "*" * glob
    term = Term("account", ":", (value, "b*a"), negated=False, start=0, stop=1)
    fits, needles = text_test(term), name_needles(term)
    many = TextNames(few=0)
    many.add_new(TextColumn.of(names))
    assert many.many is not None
    assert _fitting(fits, many, needles).tolist() == [fits(name) for name in names]
