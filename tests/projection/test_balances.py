"""Are amounts with a sign added up, whatever they are amounts of, and whoever wrote them?"""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from explorer.cli.main import main
from explorer.projection.currencies import money
from explorer.projection.fold import fold, without_hidden
from explorer.projection.model import Recipe
from explorer.projection.number_style import NumberStyle, OtherStyle
from explorer.session.document import Document
from explorer.session.options import OpenOptions

PLAIN, COMMA, MIXED = NumberStyle.PLAIN, NumberStyle.COMMA, NumberStyle.MIXED


@pytest.mark.parametrize(
    ("text", "style", "amount", "currency"),
    [
        ("- $1,350.00", PLAIN, "-1350.00", "$"),
        ("$-5.00", PLAIN, "-5.00", "$"),
        ("(300.00)", PLAIN, "-300.00", None),
        ("($300.00)", PLAIN, "-300.00", "$"),
        ("12,50-", COMMA, "-12.50", None),
        ("1'234.56 CHF", PLAIN, "1234.56", "CHF"),
        ("CHF 1’234.56", PLAIN, "1234.56", "CHF"),
        ("1 234,56 €", COMMA, "1234.56", "EUR"),
        ("1\u202f234,56 €", COMMA, "1234.56", "EUR"),
        ("\u22121.234,56 EUR", COMMA, "-1234.56", "EUR"),
        ("12.50 DR", PLAIN, "-12.50", None),
        ("12.50 CR", PLAIN, "12.50", None),
        ("100,--", PLAIN, "100", None),
        ("100.-", PLAIN, "100", None),
        ("+7", PLAIN, "7", None),
    ],
)  # fmt: skip
def test_an_amount_is_read_as_people_write_it(
    text: str, style: NumberStyle, amount: str, currency: str | None
) -> None:
    found, named = money(text, style)
    assert (str(found), named) == (amount, currency)


@pytest.mark.parametrize(
    "text",
    ["", "abc", "2024-01-02", "12-13", "1,2,3", "--1", "(1", "-(1)", "1 USD 2", "EUR 1 USD", "1 XYZ", "1 2"],
)
def test_what_says_no_amount_says_none(text: str) -> None:
    assert money(text, PLAIN)[0] is None


def test_a_style_that_is_not_the_logs_is_refused_whatever_stands_around_it() -> None:
    with pytest.raises(OtherStyle) as refused:
        money("EUR 1.234,56-", PLAIN)
    assert refused.value.style is COMMA


def opened(folder: Path, text: str, name: str = "log.csv", projection: str = "auto") -> Document:
    path = folder / name
    path.write_text(text, "utf-8")
    return Document.open(str(path), OpenOptions(projection=Recipe(projection)))


def closing(document: Document, position: int | None = None) -> dict[str, dict[str, Any]]:
    """The state, which is that of the plain fold."""
    at = document.event_count if position is None else position
    state = dict(document.history.state(at).items())
    model = document.read_model
    plain = fold(model, [document.event(each) for each in range(1, at + 1)])
    assert state == {entity: without_hidden(model, each) for entity, each in plain.items()}
    return state


def test_signed_amounts_without_types_are_a_running_balance(tmp_path: Path) -> None:
    document = opened(
        tmp_path, "date,account,amount\n2025-01-01,a,10.50\n2025-01-02,a,-0.25\n2025-01-03,b,3\n"
    )
    try:
        assert document.projection_name == "balances"
        assert closing(document) == {
            "a": {"balance": Decimal("10.25"), "version": 2}, "b": {"balance": 3, "version": 1},
        }  # fmt: skip
        assert closing(document, 1) == {"a": {"balance": Decimal("10.50"), "version": 1}}
    finally:
        document.close()


def test_points_of_a_game_are_one_too(tmp_path: Path) -> None:
    moves = [("ann", 5), ("bob", 7), ("ann", -2), ("ann", 1)] * 50
    lines = [
        json.dumps(
            {
                "type": "PointsMoved",
                "at": f"2025-01-01T00:00:{at % 60:02}Z",
                "data": {"userId": who, "points": n},
            }
        )
        for at, (who, n) in enumerate(moves)
    ]
    document = opened(tmp_path, "\n".join(lines) + "\n", "points.jsonl")
    try:
        assert document.projection_name == "balances"
        assert closing(document) == {
            "ann": {"balance": 200, "version": 150},
            "bob": {"balance": 350, "version": 50},
        }
    finally:
        document.close()


@pytest.mark.parametrize(
    ("header", "rows", "balance"),
    [
        ("Buchungstag;Verwendungszweck;Betrag", ["2025-01-01;x;1.234,50", "2025-01-02;y;-34,5"], Decimal("1200.0")),
        ("Date;Paid out;Paid in", ["2025-01-01;;1,234.50", "2025-01-02;34.50;"], Decimal("1200.00")),
        ("Datum;Soll;Haben", ["2025-01-01;;1.234,50", "2025-01-02;-34,50;"], Decimal("1200.00")),
        ("Datum;Umsatz;Soll/Haben", ["2025-01-01;1.234,50;H", "2025-01-02;34,50;S"], Decimal("1200.00")),
        ("Date;Amount;Debit/Credit", ["2025-01-01;(0.50);credit", "2025-01-02;34.50;debit"], Decimal("-35.00")),
        ("Date;Amount", ["2025-01-01;$1,234.50", "2025-01-02;- $34.50"], {"$": Decimal("1200.00")}),
        ("Date;Betrag in EUR", ["2025-01-01;1.234,50", "2025-01-02;-34,50"], {"EUR": Decimal("1200.00")}),
        ("Date;Amount;Currency", ["2025-01-01;5;CHF", "2025-01-02;-2;SEK"], {"CHF": 5, "SEK": -2}),
    ],
)  # fmt: skip
def test_the_columns_of_banks_are_known(
    tmp_path: Path, header: str, rows: list[str], balance: object
) -> None:
    document = opened(tmp_path, "\n".join([header, *rows]) + "\n")
    try:
        assert [each["balance"] for each in closing(document).values()] == [balance]
    finally:
        document.close()


BANK = [("2025-01-02", "rent", "-500.00", "612.34"), ("2025-01-03", "pay", "1000.00", "1612.34"),
        ("2025-01-03", "tea", "-2.34", "1610.00")]  # fmt: skip


@pytest.mark.parametrize("upwards", [False, True])
def test_a_column_of_balances_tells_what_was_there_before_the_first_entry(
    tmp_path: Path, upwards: bool
) -> None:
    rows = [",".join(each) for each in (reversed(BANK) if upwards else BANK)]
    document = opened(tmp_path, "Date,Description,Amount,Balance\n" + "\n".join(rows) + "\n")
    try:
        ((state),) = closing(document).values()
        assert state["balance"] == Decimal("1610.00")
    finally:
        document.close()


def test_who_else_is_named_is_not_whose_balance_it_is(tmp_path: Path) -> None:
    rows = [f"2025-01-{day:02},{-day}.00,{1000 - day * (day + 1) // 2}.00,DE{day}" for day in range(1, 9)]
    document = opened(tmp_path, "Date,Amount,Balance,IBAN\n" + "\n".join(rows) + "\n")
    try:
        ((state),) = closing(document).values()
        assert (state["balance"], state["recorded"]) == (964, Decimal("964.00"))
    finally:
        document.close()


@pytest.mark.parametrize(
    "text",
    [
        "date,item,price\n2025-01-01,a,10\n2025-01-02,b,11\n",  # nothing goes in or out
        "date,amount,note\n2025-01-01,10,x\n2025-01-02,11,y\n",
        "date,temperature\n2025-01-01,-4.5\n2025-01-02,3\n",
    ],
)
def test_other_numbers_are_no_balance(tmp_path: Path, text: str) -> None:
    document = opened(tmp_path, text)
    try:
        assert document.projection_name == "latest"
    finally:
        document.close()


def test_an_entry_without_an_amount_is_said(tmp_path: Path) -> None:
    rows = ["2025-01-01,5"] * 20 + ["2025-01-02,", "2025-01-03,-1"]
    document = opened(tmp_path, "date,amount\n" + "\n".join(rows) + "\n")
    try:
        assert [(each.kind, each.count) for each in document.warnings] == [("not-applied", 1)]
        assert closing(document)["(whole log)"]["balance"] == 99
    finally:
        document.close()


def test_a_statement_that_is_newest_first_is_read_from_its_end_and_never_seems_overdrawn(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [",".join(each) for each in reversed(BANK)]
    path = tmp_path / "bank.csv"
    path.write_text("Date,Description,Amount,Balance\n" + "\n".join(rows) + "\n", "utf-8")
    assert main(["find", str(path), "balance < 600", "--format", "json", "--no-cache"]) == 0
    assert json.loads(capsys.readouterr().out)["intervals"] == []
    assert main(["state", str(path), "--at", "2025-01-02", "--format", "json", "--no-cache"]) == 0
    found = json.loads(capsys.readouterr().out, parse_float=Decimal)
    assert found["state"]["(whole log)"]["balance"] == Decimal("612.34")
    assert [each["kind"] for each in found["warnings"]] == ["newest-first", "out-of-order"]
    assert (
        main(["state", str(path), "--order", "log", "--position", "1", "--format", "json", "--no-cache"]) == 0
    )
    found = json.loads(capsys.readouterr().out, parse_float=Decimal)
    assert found["state"]["(whole log)"]["recorded"] == Decimal("1610.00")


@pytest.mark.parametrize("upwards", [False, True])
def test_the_first_entry_where_stated_balances_part_from_the_sum_is_said(
    tmp_path: Path, upwards: bool
) -> None:
    rows = [("2025-01-01", "10.00", "110.00"), ("2025-01-02", "5.00", "115.00"), ("2025-01-03", "1.00", "116.50"),
            *((f"2025-01-{day:02}", "1.00", f"{113 + day}.50") for day in range(4, 20))]  # fmt: skip
    lines = [",".join(each) for each in (reversed(rows) if upwards else rows)]
    document = opened(tmp_path, "Date,Amount,Balance\n" + "\n".join(lines) + "\n")
    try:
        (said,) = [each for each in document.warnings if each.kind == "balance-differs"]
        assert (said.count, document.event(said.first).at) == (1, "2025-01-03")
        assert "stated as 116.50, its entries give 116.00" in said.text
    finally:
        document.close()


def test_what_a_mark_says_at_its_beginning_counts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "log.csv"
    path.write_text(
        "account,date,type,amount,balance\n1,2026-01-01,credit,10.00,10.00\n1,2026-01-02,withdrawal in cash,4.00,6.00\n"
    )
    assert main(["state", str(path), "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)["state"]["1"]
    assert (found["balance"], found["recorded"]) == (6, 6)
