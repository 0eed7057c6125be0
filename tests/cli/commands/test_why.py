"""Does `why` list each change with its arithmetic, up to where it is asked?"""

import pytest

from tests.cli.asked import LESSON, answer


def test_why_lists_both_changes_with_the_arithmetic(capsys: pytest.CaptureFixture[str]) -> None:
    changes = answer(capsys, "why", LESSON, "acc-1", "balance")["changes"]
    assert [(each["position"], each["before"], each["after"]) for each in changes] == [
        (2, 0, 50),
        (3, 50, 20),
    ]
    assert [each["explanation"] for each in changes] == ["0 + 50 = 50", "50 − 30 = 20"]


def test_why_as_of_a_time_lists_no_later_change(capsys: pytest.CaptureFixture[str]) -> None:
    assert len(answer(capsys, "why", LESSON, "acc-1", "balance", "--at", "2026-01-02")["changes"]) == 1
