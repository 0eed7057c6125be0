"""Do all commands end as scripts expect: figures, exit statuses, one sentence, whatever the log is called?"""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.asked import DAMAGED, LESSON, answer, run
from tests.small_logs import event, written


def test_unread_lines_matter_only_when_strict(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "state", DAMAGED)[0] == 0
    assert run(capsys, "state", DAMAGED, "--strict")[0] == 1
    assert run(capsys, "state", LESSON, "--strict")[0] == 0


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("state", "nowhere.jsonl"), "nowhere.jsonl: there is no such file"),
        (("state", LESSON, "--position", "4"), "there is no position 4"),
        (("state", LESSON, "--position", "-1"), "is not a position"),
        (("state", LESSON, "--at", "whenever"), "is not a time"),
        (("state", LESSON, "--at", "2026-01-01", "--position", "1"), "only one of"),
        (("why", LESSON, "acc-1", "colour"), "there is no field"),
        (("diff", LESSON, "--from", "1"), "--to"),
        (("state", LESSON, "--projection", "magic"), "magic"),
        (("verify", "/dev/null"), "/dev/null"),
    ],
)
def test_what_cannot_be_done_ends_with_2_and_one_sentence(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...], sentence: str
) -> None:
    status, out, err = run(capsys, *words)
    assert status == 2
    assert sentence.rsplit("/", 1)[-1] in err
    assert "Traceback" not in err
    assert not out


def test_an_unknown_account_is_the_answer_no(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = run(capsys, "state", LESSON, "--account", "nobody", "--format", "json")
    assert (status, json.loads(out)["state"]) == (1, {})
    assert "nobody" in err
    assert run(capsys, "why", LESSON, "nobody", "balance")[0] == 1


def test_fields_can_be_named(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    log = tmp_path / "own.jsonl"
    log.write_text('{"what":"MoneyDeposited","who":"x","sum":{"amount":5},"when":"2026-01-01"}\n')
    options = ("--type-field", "what", "--entity-field", "who", "--data-field", "sum", "--time-field", "when")
    found = answer(capsys, "state", str(log), *options)
    assert found["state"]["x"]["balance"] == 5
    assert found["at"] == "2026-01-01"


def test_a_log_can_come_from_standard_input(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with Path(LESSON).open("rb") as raw:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw.read())))
        assert answer(capsys, "state", "-")["state"]["acc-1"]["balance"] == 20


def test_a_log_of_three_events_is_answered_without_what_only_large_logs_need(tmp_path: Path) -> None:
    records = [event(day, "MoneyDeposited", "acc-1", amount=day) for day in (1, 2, 3)]
    path = written(tmp_path, *records)
    program = (
        "import gc, sys\ngc.disable()\nfrom explorer.cli.main import main\nmain()\ngc.unfreeze()\n"
        "from explorer.patterns import Uncompiled\n"
        "patterns = [vars(each) for each in gc.get_objects() if type(each) is Uncompiled]\n"
        "print(sum('match' in each for each in patterns), len(patterns), gc.isenabled(), *sys.modules)"
    )
    command = [sys.executable, "-c", program, "state", str(path), "--no-cache"]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    asked, patterns, collects, *modules = told[-1].split()
    assert collects == "True"
    assert int(asked) < 35  # those of the readers before the one that takes it, and of its own text
    assert int(patterns) > 200
    heavy = {
        "numba", "llvmlite", "pyarrow", "duckdb", "PySide6", "numpy.ma", "concurrent.futures", "subprocess",
        "multiprocessing", "sqlglot", "filelock", "difflib", "html", "calendar", "traceback", "email.utils",
        "zoneinfo", "urllib.parse", "getpass", "ipaddress", "explorer.session.state.entity_tree",
        "explorer.history.folder.opened",
    }  # fmt: skip
    assert heavy.isdisjoint(modules)
