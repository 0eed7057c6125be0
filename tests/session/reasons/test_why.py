"""Is each change told with its event, its arithmetic and its reason, and only when somebody looks?"""

import pytest

from explorer.session.reasons.why import WhyLines, sentence
from tests.small_logs import event, opened


@pytest.fixture
def document(tmp_path):
    found = opened(
        tmp_path,
        event(1, "AccountOpened", "a", owner="Ada"),
        event(2, "MoneyDeposited", "a", amount=50) | {"metadata": {"reason": "salary"}},
        event(3, "MoneyWithdrawn", "a", amount=30),
        event(4, "OwnerChanged", "a", newOwner="Grace"),
    )
    yield found
    found.close()


def test_lines_are_made_one_by_one_and_only_those_that_are_looked_at(document):
    read = []
    changes = document.history.all_changes("a", ["balance"])
    lines = WhyLines(changes, lambda position: read.append(position) or document.event(position))
    assert (len(lines), read) == (2, [])
    assert (lines[-1].before_text, lines[-1].after_text, lines[-1].explanation) == (
        "50",
        "20",
        "50 − 30 = 20",
    )
    assert read == [3]
    assert [each.reason for each in lines[:2]] == ["salary", ""]
    assert read == [3, 2]
    with pytest.raises(IndexError):
        lines[2]


def test_the_change_that_a_value_comes_from_is_the_last_one_so_far(document):
    lines = document.why("a", "balance")
    assert [lines.last_by(position) for position in range(5)] == [None, None, 0, 1, 1]


def test_a_change_is_said_in_one_sentence(document):
    lines = document.why("a", "balance")
    assert (
        lines.sentence(0)
        == "Deposited 50 by MoneyDeposited #2 on Fri 2 Jan 2026: 0 + 50 = 50. Reason: salary"
    )
    assert lines.sentence(1) == "Withdrawn 30 by MoneyWithdrawn #3 on Sat 3 Jan 2026: 50 − 30 = 20"
    owner = document.history.all_changes("a", ["owner"])
    assert sentence(owner[1], document.event(4)).startswith(
        'Set to "Grace" by OwnerChanged #4 on Sun 4 Jan 2026: "Ada" → "Grace"'
    )
