"""Are the postings of journals read to the last digit, with the amounts that they leave out?"""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from explorer.cli.main import main
from tests.eventlog.test_statements import read, state, written

JOURNAL = """; a journal
decimal-mark .
account Assets:Bank   ; type: C
P 2025-01-01 CHF 1.05 EUR
alias bank = Assets:Bank

comment
2025-01-01 not a transaction
    Assets:Bank   1 EUR
end comment

2025-01-02 * (c1) Opening ; a note
    bank           1,000.10 EUR
    Equity:Opening

2025/1/3=2025-01-04 ! Two at once
    Assets:Bank   $-5
    Assets:Bank   -2.5 "a b"
    Expenses:Food  ; both

2025.01.05 Shares
    Assets:Shares   3 ABC @ 10.5 EUR
    Assets:Bank

2025.01.06 Virtual
    (Budget:Food)      -40 EUR
    [Assets:Goal]       10 EUR
    [Assets:Bank:Sub]
    Assets:Bank         1 EUR = 969.60 EUR
    Income:Gift

2025-01-07 Brought to
    Assets:Bank        = 1000 EUR
    Equity:Adjust
"""


def balances(found: dict[str, Any]) -> dict[str, Any]:
    return {account: each["balance"] for account, each in found["state"].items()}


def test_postings_are_events_and_amounts_that_are_left_out_are_what_the_others_come_to(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, "a.journal", JOURNAL)
    records, batch = read(path)
    assert batch.unread == []
    assert batch.notices == []
    assert records[0] == {
        "type": "Posting", "at": "2025-01-02", "account": "Assets:Bank", "amount": Decimal("1000.10"),
        "currency": "EUR", "description": "Opening", "code": "c1", "status": "cleared", "note": "a note",
    }  # fmt: skip
    assert [batch.lines[at] for at in (0, 1, 2)] == [13, 14, 17]
    assert balances(state(path, capsys)) == {
        "Assets:Bank": {"EUR": 1000, "$": -5, "a b": Decimal("-2.5")},
        "Equity:Opening": {"EUR": Decimal("-1000.10")},
        "Expenses:Food": {"$": 5, "a b": Decimal("2.5")},
        "Assets:Shares": {"ABC": 3},
        "Budget:Food": {"EUR": -40},
        "Assets:Goal": {"EUR": 10},
        "Assets:Bank:Sub": {"EUR": -10},
        "Income:Gift": {"EUR": -1},
        "Equity:Adjust": {"EUR": Decimal("-30.40")},
    }


def test_a_stated_balance_that_does_not_hold_is_said_where_it_stands(tmp_path: Path) -> None:
    path = written(tmp_path, "b.journal", JOURNAL.replace("= 969.60", "= 969.61"))
    _, batch = read(path)
    assert [(each.line, each.text) for each in batch.notices] == [
        (29, "Assets:Bank has to be 969.61 EUR, its postings give 969.60: 0.01 apart")
    ]


@pytest.mark.parametrize(
    ("text", "reasons"),
    [
        ("= /Income/\n    (Tithe)  0.1\n\n", ["a rule that adds postings, which is not carried out"]),
        ("include other.journal\n\n", ["another journal, which is not read: open it by itself"]),
        (
            "2025-02-30 no day\n    a  1 EUR\n    b\n\n",
            ["it is no transaction and no directive that is known"],
        ),
        (
            "2025-02-01 two\n    a  1 EUR\n    b\n    c\n\n",
            ["more than one posting of a transaction without an amount"] * 2,
        ),
        (
            "2025-02-01 unclear\n    a  1,000 XX\n    b\n\n",
            [
                "“1,000 XX” may be thousands or decimals",
                "its amount follows from others, which cannot be read",
            ],
        ),
        (
            "2025-02-01 sum\n    a  (1 / 3) XX\n    b  1 XX\n\n",
            ["“(1 / 3) XX” cannot be worked out exactly"],
        ),
        ("~ monthly\n    a  1 EUR\n    b\n\n", []),
    ],
)
def test_what_states_no_posting_is_said(tmp_path: Path, text: str, reasons: list[str]) -> None:
    tail = "2025-03-01 fine\n    x  1 EUR\n    y\n"
    records, batch = read(written(tmp_path, "c.journal", text + tail))
    assert [each.reason for each in batch.unread] == reasons
    assert [each["account"] for each in records][-2:] == ["x", "y"]


@pytest.mark.parametrize(
    ("amounts", "total"),
    [
        (["1.000,50 EUR", "2.000 EUR"], Decimal("3000.50")),
        (["1,000.50 EUR", "2,000 EUR"], Decimal("3000.50")),
        (["EUR 1 000,50", "EUR 0,5"], Decimal("1001.00")),
        (["-€1.5", "€-2,000.25"], Decimal("-2001.75")),
    ],
)
def test_the_marks_of_a_journal_are_found_from_all_its_amounts(
    tmp_path: Path, amounts: list[str], total: Decimal, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "".join(f"2025-01-0{at} x\n    a  {each}\n    b\n\n" for at, each in enumerate(amounts, 1))
    (found,) = balances(state(written(tmp_path, "d.journal", text), capsys))["a"].values()
    assert found == total


BEANCOUNT = """option "title" "x"
plugin "beancount.plugins.auto"
* Heading
2025-01-01 open Assets:Bank EUR
2025-01-01 open Equity:Start
2025-01-01 pad Assets:Bank Equity:Start
2025-01-05 * "Payee \\"Q\\"" "Bread" #food ^l1
  id: "7"
  Expenses:Food   1,002.50 EUR ; comment
  Assets:Bank
2025-01-03 balance Assets:Bank  1500.00 EUR
2025-01-06 txn "Shares"
  Assets:Shares   2 ABC {10.25 EUR, 2025-01-06} @ 11 EUR
  Assets:Bank
2025-01-07 balance Assets:Bank  477.01 EUR
2025-01-08 price ABC 12 EUR
2025-01-09 close Assets:Bank
"""


def test_beancount_is_read_with_its_pads_and_its_balances_in_the_order_of_days(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, "e.beancount", BEANCOUNT)
    records, batch = read(path)
    assert [each.reason for each in batch.unread] == ["a plugin, which is not carried out"]
    assert [(each.line, each.text) for each in batch.notices] == [
        (15, "Assets:Bank has to be 477.01 EUR, its postings give 477.00: 0.01 apart")
    ]
    assert [each["type"] for each in records] == ["Open", "Open", *["Posting"] * 6, "Close"]
    assert (
        records[4] | {"payee": 'Payee "Q"', "description": "Bread", "tags": ["food"], "links": ["l1"]}
        == records[4]
    )
    assert balances(state(path, capsys)) == {
        "Assets:Bank": {"EUR": Decimal("477.00")},
        "Equity:Start": {"EUR": Decimal("-1500.00")},
        "Expenses:Food": {"EUR": Decimal("1002.50")},
        "Assets:Shares": {"ABC": 2},
    }


def test_csv_whose_rows_begin_with_dates_is_no_journal(tmp_path: Path) -> None:
    text = (
        "2025-01-01,AccountOpened,a,\n2025-01-02,MoneyDeposited,a,1.00\n  2025-01-03,MoneyDeposited,a,1.00\n"
    )
    records, _ = read(written(tmp_path, "f.csv", text))
    assert len(records) == 3


@pytest.mark.parametrize(
    ("source", "oracle"),
    [
        ("hledger-1ktxns-100accts.source.journal", "hledger-1ktxns-100accts"),
        ("hledger-quickstart.source.journal", "hledger-quickstart"),
        ("fava-example.source.beancount", "fava-example"),
    ],
)
def test_journals_of_others_come_to_what_their_own_programs_say(
    shared_data: Path, source: str, oracle: str, capsys: pytest.CaptureFixture[str]
) -> None:
    import csv

    with (shared_data / "ledgers" / f"{oracle}.expected.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    end = max(row["month_end"] for row in rows)
    found = state(shared_data / "ledgers" / source, capsys, "--order", "time", "--at", end)
    got = {
        (account, currency): Decimal(value)
        for account, each in balances(found).items()
        for currency, value in (each.items() if isinstance(each, dict) else ())
        if value
    }
    assert got == {
        (row["accountId"], row["currency"]): Decimal(row["balance"])
        for row in rows
        if row["month_end"] == end
    }


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.ledger", "    a  (3 * $5.00)\n    b  $-15\n", {"a": {"$": "15.00"}, "b": {"$": "-15"}}),
        ("b.ledger", "    a  (10 EUR / 4)\n    b\n", {"a": {"EUR": "2.5"}, "b": {"EUR": "-2.5"}}),
        ("c.ledger", "    a  (1 + 2 * (3 - 1)) H\n    b\n", {"a": {"H": "5"}, "b": {"H": "-5"}}),
        ("d.ledger", "    a  (1 EUR / 3)\n    b  1 EUR\n    b  -1 EUR\n", "cannot be worked out exactly"),
        (
            "e.ledger",
            "    a  (1 EUR + 1 USD)\n    b  1 EUR\n    b  -1 EUR\n",
            "is no amount that can be read",
        ),
        ("f.ledger", "    a  1 EUR\n    b  -2 EUR\n", "come to -1 EUR, not to nothing"),
        ("g.ledger", "    a  3 EUR\n\nbucket b\n", "a default account"),
    ],
)
def test_amounts_are_worked_out_exactly_or_it_is_said_why_not(
    name: str,
    text: str,
    said: dict[str, dict[str, str]] | str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = tmp_path / name
    path.write_text(f"2024-01-05 * payee | note  ; tag: y\n{text}\n2024-01-06 z\n    z  0 X\n    y  0 X\n")
    assert main(["verify", str(path)]) == (0 if isinstance(said, dict) else 1)
    out = capsys.readouterr().out
    if isinstance(said, str):
        assert said in out
        return
    assert main(["state", str(path), "--format", "json", "--no-cache"]) == 0
    state = json.loads(capsys.readouterr().out, parse_float=str, parse_int=str)["state"]
    assert {account: row["balance"] for account, row in state.items() if account in {"a", "b"}} == said


def test_beancount_works_out_amounts_without_brackets(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.beancount"
    path.write_text(
        '2024-01-02 * "x"\n  Assets:A  -10.00 * 2 EUR\n  Assets:B  (15 + 2 + 3.00) EUR\n'
        '2024-01-04 * "z"\n  Assets:C-D  5.00 USD-X\n  Assets:B\n'
    )
    assert main(["state", str(path), "--format", "json", "--no-cache"]) == 0
    state = json.loads(capsys.readouterr().out, parse_float=str, parse_int=str)["state"]
    assert {account: row["balance"] for account, row in state.items()} == {
        "Assets:A": {"EUR": "-20.00"}, "Assets:B": {"EUR": "20.00", "USD-X": "-5.00"}, "Assets:C-D": {"USD-X": "5.00"},
    }  # fmt: skip
