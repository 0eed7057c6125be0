"""Is a log that begins with what happened last found, said, and read from its end?"""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from explorer.cli.main import main

ROWS = """date,type,account,amount,balance
2024-01-03,MoneyWithdrawn,A,126.56,70.67
2024-01-03,MoneyDeposited,A,100.00,197.23
2024-01-03,MoneyWithdrawn,A,575.00,97.23
2024-01-03,MoneyDeposited,A,300.00,672.23
2024-01-03,MoneyWithdrawn,A,443.58,372.23
2024-01-02,MoneyDeposited,A,815.81,815.81
"""
SQL = "SELECT data.account AS a, last(data.balance) AS bank FROM events GROUP BY a"


@pytest.fixture
def log(tmp_path: Path) -> str:
    (tmp_path / "bank.csv").write_text(ROWS)
    (tmp_path / "bank.sql").write_text(SQL)
    return str(tmp_path / "bank.csv")


def ask(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, object]:
    assert main([*words, "--format", "json"]) in {0, 1}
    found = json.loads(capsys.readouterr().out, parse_float=Decimal)
    assert isinstance(found, dict)
    return found


def kinds(found: dict[str, object]) -> list[str]:
    warnings = found["warnings"]
    assert isinstance(warnings, list)
    return [each["kind"] for each in warnings]


def test_every_answer_says_so_and_the_reversed_one_is_right(
    log: str, capsys: pytest.CaptureFixture[str]
) -> None:
    found = ask(capsys, "find", log, "balance < 0")
    assert "newest-first" in kinds(found)
    assert ask(capsys, "find", log, "balance < 0", "--order", "reversed")["intervals"] == []
    found = ask(capsys, "state", log, "--at", "2024-01-02", "--order", "reversed")
    assert (found["position"], found["state"]["A"]["balance"]) == (1, Decimal("815.81"))  # type: ignore[index]
    assert main(["verify", log]) == 1
    assert "newest-first" in capsys.readouterr().out


@pytest.mark.parametrize("order", ["reversed", "time"])
def test_the_last_balance_of_the_bank_is_the_running_one(
    log: str, capsys: pytest.CaptureFixture[str], order: str
) -> None:
    model = log.replace(".csv", ".sql")
    found = ask(capsys, "state", log, "--projection", model, "--order", order)
    assert str(found["state"]["A"]["bank"]) == "70.67"  # type: ignore[index]


def test_a_log_in_order_is_not_taken_for_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    head, *rows = ROWS.splitlines()
    one_late = [*rows[::-1], "2024-01-01,MoneyDeposited,A,1,1", *["2024-01-04,MoneyDeposited,A,1,1"] * 3]
    for number, lines in enumerate((rows[::-1], one_late, rows[:1], rows[:3])):
        log = tmp_path / f"{number}.csv"
        log.write_text("\n".join([head, *lines]) + "\n")
        assert "newest-first" not in kinds(ask(capsys, "state", str(log)))


SAME_DAY = '{"type":"MoneyDeposited","at":"2024-01-01","accountId":"a","amount":%d,"%s":%s}\n'


@pytest.mark.parametrize("member", ["sequence", "id", "version", "Transaction ID"])
@pytest.mark.parametrize("timed", [True, False])
@pytest.mark.parametrize("count", [3, 500])
def test_numbers_that_fall_say_so_where_times_cannot(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], member: str, timed: bool, count: int
) -> None:
    log = tmp_path / "log.jsonl"

    def write(numbers: list[int]) -> None:
        text = "".join(SAME_DAY % (number, member, number) for number in numbers)
        log.write_text(text if timed else text.replace('"at":"2024-01-01",', ""))

    write(list(range(count, 0, -1)))
    assert "newest-first" in kinds(ask(capsys, "state", str(log), "--no-cache"))
    first = ask(capsys, "events", str(log), "--order", "reversed", "--limit", "1", "--no-cache")["events"]
    assert first[0]["data"]["amount"] == 1  # type: ignore[index]
    if timed:  # what happened at one time is turned around, too
        assert ask(capsys, "events", str(log), "--order", "time", "--limit", "1")["events"] == first
    write(list(range(1, count + 1)))
    assert "newest-first" not in kinds(ask(capsys, "state", str(log), "--no-cache"))
    write([2, 9, 4, 7, 5, 5, 3, 8] * 9)
    assert "newest-first" not in kinds(ask(capsys, "state", str(log), "--no-cache"))


def test_times_that_rise_are_believed_more_than_numbers_that_fall(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log = tmp_path / "log.jsonl"
    log.write_text("".join(SAME_DAY.replace('-01"', f'-0{n}"') % (n, "id", 9 - n) for n in range(1, 8)))
    assert "newest-first" not in kinds(ask(capsys, "state", str(log)))


def test_a_branch_begins_at_the_end_of_the_log_too(log: str, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["what-if", log, "--order", "reversed"]
    found = ask(capsys, *words, "--skip", "1")
    assert str(found["state"]["A"]["balance"]) == "-745.14"  # type: ignore[index]
    assert [each["position"] for each in found["rejected"]] == [2, 3, 4, 5, 6]  # type: ignore[index,union-attr]
    new = '2={"type": "MoneyDeposited", "account": "A", "amount": "10"}'
    before = ask(capsys, *words, "--insert", new, "--position", "1")
    after = ask(capsys, *words, "--insert", new, "--position", "2")
    assert [str(each["state"]["A"]["balance"]) for each in (before, after)] == ["815.81", "382.23"]  # type: ignore[index]
    assert main([*words, "--insert", new]) == 0
    assert "What if: before event 2 comes another." in capsys.readouterr().out


def test_the_picture_is_of_the_reversed_log(
    log: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: dict[str, object] = {}
    monkeypatch.setattr("explorer.desktop.screenshot.save", lambda *_, **words: asked.update(words))
    assert main(["screenshot", log, str(tmp_path / "out.png"), "--order", "reversed"]) == 0
    assert asked["order"] == "reversed"


def test_of_one_event_that_is_out_of_order_it_is_said_in_the_singular(
    log: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["find", log, "balance < 0", "--order", "reversed"]) in {0, 1}
    assert "In the log, 1 event is out of time order." in capsys.readouterr().out
