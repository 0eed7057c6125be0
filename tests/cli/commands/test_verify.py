"""Does `verify` name every kind of damage with its place, and nothing in a sound log?"""

from pathlib import Path

import pytest

from tests.cli.asked import DAMAGED, LESSON, answer, run


def test_verify_names_every_kind_of_damage_with_its_place(capsys: pytest.CaptureFixture[str]) -> None:
    status, _, _ = run(capsys, "verify", DAMAGED)
    assert status == 1
    found = answer(capsys, "verify", DAMAGED)
    assert found["unread"] == 5
    kinds = {each["kind"] for each in found["findings"]}
    assert kinds == {
        "unread",
        "incomplete",
        "duplicate-key",
        "unknown-type",
        "out-of-order",
        "repeated-id",
        "gap",
    }
    nan = next(each for each in found["findings"] if "NaN" in each["text"])
    assert (nan["line"], nan["column"]) == (4, 87)
    assert Path(DAMAGED).read_bytes()[nan["byte"] :].startswith(b"NaN")


def test_a_sound_log_verifies(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "verify", LESSON)
    assert status == 0
    assert "Nothing odd was found." in out
