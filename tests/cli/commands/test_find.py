"""Does `find` give every interval, and say no with its status?"""

import pytest

from tests.cli.asked import LESSON, answer, run


def test_find_gives_every_interval_as_a_half_open_range(capsys: pytest.CaptureFixture[str]) -> None:
    below = [{"account": "acc-1", "from": 1, "to": 2}, {"account": "acc-1", "from": 3, "to": None}]
    assert answer(capsys, "find", LESSON, "balance < 50")["intervals"] == below
    first = answer(capsys, "find", LESSON, "balance < 50", "--first")
    assert first == {"intervals": below[:1], "unread": 0, "warnings": []}


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["balance > 1000"], 0, "It never held."),
        (["balance > 1000", "--first"], 1, "It never held."),
        (["balance > 10", "--account", "nobody"], 1, "there is no account “nobody”"),
        (["blance > 10"], 2, "there is no field “blance”"),
        (["balance >"], 2, "is not a condition such as balance < 0"),
    ],
)
def test_find_says_no_with_its_status_and_a_sentence(
    capsys: pytest.CaptureFixture[str], words: list[str], status: int, said: str
) -> None:
    found, out, err = run(capsys, "find", LESSON, *words)
    assert found == status
    assert said in out + err
    assert "Traceback" not in err
