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
