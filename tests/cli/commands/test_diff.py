"""Does `diff` name what differs between two points, and between two logs?"""

from decimal import Decimal
from pathlib import Path

import pytest

from explorer.cli.commands.generate import account_log
from explorer.cli.main import main
from explorer.eventlog.event import FieldMap
from explorer.eventlog.log import open_log
from explorer.history.collect import collect
from explorer.history.difference import same_until
from explorer.projection.choose import choose
from explorer.projection.model import Recipe
from tests.cli.asked import LESSON, answer


def test_diff_names_what_was_added_and_what_changed(capsys: pytest.CaptureFixture[str]) -> None:
    whole = answer(capsys, "diff", LESSON, "--from", "start", "--to", "end")
    assert whole["added"]["acc-1"]["balance"] == 20
    part = answer(capsys, "diff", LESSON, "--from", "2026-01-01", "--to", "3")
    assert part["changed"] == {
        "acc-1": {"balance": {"before": 0, "after": 20}, "version": {"before": 1, "after": 3}}
    }
    back = answer(capsys, "diff", LESSON, "--from", "end", "--to", "start")
    assert list(back["removed"]) == ["acc-1"]


def test_diff_compares_two_logs_and_says_up_to_where_they_are_alike(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    lines = Path(LESSON).read_text(encoding="utf-8").splitlines(keepends=True)
    other = tmp_path / "other.jsonl"
    other.write_text(
        lines[0]
        + lines[1].replace("50", "50.25")
        + lines[2]
        + lines[0].replace("acc-1", "acc-2").replace("Ada", "Bo")
    )
    told = answer(capsys, "diff", LESSON, str(other))
    assert told["from"] == {"log": "three-events.jsonl", "position": 3, "at": "2026-01-03T11:30:00Z"}
    assert told["to"] == {"log": "other.jsonl", "position": 4, "at": "2026-01-01T09:00:00Z"}
    assert told["same"] == 1
    assert told["changed"] == {"acc-1": {"balance": {"before": 20, "after": Decimal("20.25")}}}
    assert list(told["added"]) == ["acc-2"]
    back = answer(capsys, "diff", str(other), LESSON)
    assert list(back["removed"]) == ["acc-2"]
    early = answer(capsys, "diff", LESSON, str(other), "--from", "1", "--to", "1")
    assert not early["changed"]
    assert not early["added"]
    itself = answer(capsys, "diff", LESSON, LESSON)
    assert (itself["same"], itself["changed"], itself["added"], itself["removed"]) == (3, {}, {}, {})
    assert main(["diff", LESSON, str(tmp_path / "missing.jsonl")]) == 2
    assert "missing.jsonl" in capsys.readouterr().err
    assert main(["diff", LESSON, str(other)]) == 0
    assert "The first 1 events are alike." in capsys.readouterr().out


def test_two_logs_of_many_events_are_compared_block_by_block(tmp_path: Path) -> None:
    lines = list(account_log(10_000, 50, 1))
    for place in (0, 4_095, 4_096, 9_999):
        spaced = [
            line.replace('":', '": ') if index % 1_000 == 7 else line for index, line in enumerate(lines)
        ]
        spaced[place] = spaced[place].replace("Money", "Funny").replace("AccountOpened", "Opened")
        (tmp_path / "a.jsonl").write_text("".join(lines))
        (tmp_path / "b.jsonl").write_text("".join(spaced))
        with open_log(tmp_path / "a.jsonl") as first, open_log(tmp_path / "b.jsonl") as second:
            found = [
                collect(log, lambda _sample: choose(Recipe("accounts"), [], FieldMap())).events
                for log in (first, second)
            ]
            assert same_until(*found) == place
