"""Are totals of read models in SQL kept apart by currency, and only made of what may be added?"""

import json
import re
from decimal import Decimal
from pathlib import Path

import pytest

from explorer.history.explain import number
from explorer.history.groups import counts
from explorer.projection.currencies import Amounts, amounts
from explorer.projection.model import Recipe
from explorer.session.document import Document
from explorer.session.files.growth import read_on
from explorer.session.find.state_filter import StateFilter
from explorer.session.options import DEFAULTS, OpenOptions
from explorer.session.state.arrangement import Arrangement
from explorer.session.state.differences import difference_text
from explorer.session.state.state_totals import line_count, totals_of_all, totals_of_kept
from explorer.session.state.state_view import value_text
from tests.small_logs import event, opened, written

ROWS = [
    ("A", "100.50", "EUR", 1),
    ("B", "5000", "JPY", 2),
    ("A", "7", "USD", 3),
    ("C", "0.25", "EUR", 4),
    ("B", "-1000", "JPY", 5),
    ("C", "10", None, 6),
]


def document(tmp_path: Path, query: str, rows: list[tuple[str, str, str | None, int]] = ROWS) -> Document:
    log = tmp_path / "log.jsonl"
    names = ("account", "amount", "currency", "version")
    lines = [{"type": "Paid", "data": dict(zip(names, row, strict=True))} for row in rows]
    log.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return Document.open(str(log), OpenOptions(projection=Recipe("q", "sql", query)))


def short(total: str) -> str:
    """`4000.00 JPY` as `4000 JPY`: all totals of a column show as many decimals."""
    return re.sub(r"\.00\b", "", total)


def told(
    tmp_path: Path, query: str, rows: list[tuple[str, str, str | None, int]] = ROWS
) -> dict[str, list[str]]:
    """The totals of each column that has some; the window and the command line say the same ones."""
    found = document(tmp_path, query, rows)
    try:
        view = found.state(found.event_count)
        parts = totals_of_all(view, found.history)
        everyone = StateFilter(found.history, found.noun, "").flags(view.state)
        kept = totals_of_kept(view.arranged(Arrangement(), everyone))
        for all_of, kept_of, column in zip(parts, kept, view.shown, strict=True):
            assert not column.adds or sorted(map(short, kept_of)) == sorted(map(short, all_of))
        assert line_count(view, found.history) >= max(map(len, parts), default=0)
        names = [column.name for column in view.shown]
        said = found.totals_text(found.event_count)
        for name, some in zip(names, parts, strict=True):
            assert not some or f"{name} {' + '.join(some)}" in said or some == ("0",), name
            assert some or not re.search(rf"\b{name} ", said), name
        return {name: list(map(short, some)) for name, some in zip(names, parts, strict=True) if some}
    finally:
        found.close()


@pytest.mark.parametrize(
    ("query", "totals"),
    [
        (
            """SELECT data.account AS account, data.currency AS currency, sum(data.amount) AS balance,
            count(*) FILTER (WHERE data.amount > 0) AS paid FROM events GROUP BY account, currency""",
            {"balance": ["100.75 EUR", "4000 JPY", "7 USD"], "paid": ["4"]},
        ),
        (
            """SELECT data.account AS account, data.currency AS what, sum(data.amount) AS balance
            FROM events GROUP BY account, what""",
            {"balance": ["100.75 EUR", "4000 JPY", "7 USD"]},
        ),
        (  # one column whose values are all codes is a currency whatever it is called
            """SELECT a AS account, b AS unit, sum(c) AS balance FROM (SELECT data.account AS a, data.currency AS b,
            data.amount AS c FROM events) GROUP BY account, unit""",
            {"balance": ["100.75 EUR", "4000 JPY", "7 USD"]},
        ),
        (
            "SELECT data.currency AS currency, sum(data.amount) AS balance FROM events GROUP BY currency",
            {"balance": ["100.75 EUR", "4000 JPY", "7 USD"]},
        ),
        (
            """SELECT data.currency AS k, sum(data.amount) AS balance, count(*) - count(data.currency) AS none
            FROM events GROUP BY k""",
            {"balance": ["100.75 EUR", "4000 JPY", "7 USD"], "none": ["0"]},
        ),
        (  # account A had two: its sum is in none, so there is no total
            """SELECT data.account AS account, last(data.currency) AS currency, sum(data.amount) AS balance
            FROM events GROUP BY account""",
            {"currency": ["1 USD, 1 JPY, 1 EUR"]},
        ),
        (
            """SELECT data.account AS account, first(data.currency) AS ccy, sum(data.amount) AS balance
            FROM events GROUP BY account""",
            {},
        ),
        (
            "SELECT data.account || data.currency AS account, sum(data.amount) AS balance FROM events GROUP BY account",
            {},
        ),
        (  # chosen by currency: each is in one
            """SELECT data.account AS account, sum(CASE data.currency WHEN 'EUR' THEN data.amount END) AS eur,
            sum(data.amount) FILTER (WHERE data.currency = 'JPY') AS jpy, last(data.currency) AS currency
            FROM events GROUP BY account""",
            {"eur": ["100.75"], "jpy": ["4000"]},
        ),
        (  # nothing says that these may be added
            """SELECT data.account AS account, max(data.version) AS version, min(data.amount) AS price,
            last(data.version) AS latest, avg(data.version) AS mean, first(data.amount) AS first
            FROM events GROUP BY account""",
            {},
        ),
        (  # the events name currencies, the query does not: 4107.75 would be nothing
            """SELECT data.account AS account, sum(data.amount) AS balance, sum(data.amount * 2) AS twice,
            sum(CASE type WHEN 'MoneyDeposited' THEN 1 ELSE 1 END) AS n FROM events GROUP BY account""",
            {"n": ["6"]},
        ),
        (
            "SELECT data.account AS account, sum(data.version) AS points FROM events GROUP BY account",
            {"points": ["21"]},
        ),
    ],
)
def test_totals_are_made_by_currency_and_only_of_what_adds_up(
    tmp_path: Path, query: str, totals: dict[str, list[str]]
) -> None:
    found = told(tmp_path, query)
    found = {
        name: some
        for name, some in found.items()
        if name not in {"account", "currency", "what", "unit", "ccy"}
    }
    totals = {name: some for name, some in totals.items() if name != "currency"}
    assert found == totals


def test_an_entity_of_one_currency_is_in_that_one_also_where_an_event_names_none(tmp_path: Path) -> None:
    query = (
        "SELECT data.account AS account, last(data.currency) AS currency, sum(data.amount) AS balance "
        "FROM events GROUP BY account"
    )
    rows = [row for row in ROWS if row[2] != "USD"]
    assert told(tmp_path, query, rows)["balance"] == ["110.75 EUR", "4000 JPY"]
    none = [*rows, ("D", "1", None, 7)]
    assert told(tmp_path, query, none)["balance"] == ["110.75 EUR", "4000 JPY", "1"]


def test_the_totals_at_every_position_are_the_sums_of_the_rows(tmp_path: Path) -> None:
    query = (
        "SELECT data.account AS account, data.currency AS currency, sum(data.amount) AS balance "
        "FROM events GROUP BY account, currency"
    )
    wide = [(f"w{n % 7}", "9" * (10 + n % 15) + ".5", ("EUR", "XAU", "CHF")[n % 3], n) for n in range(3_000)]
    found = document(tmp_path, query, [*ROWS, *wide])
    try:
        for position in (1, 2, 6, 7, 1_500, 3_006):
            expected: dict[object, Decimal] = {}
            for values in dict(found.history.state(position).items()).values():
                expected[values["currency"]] = expected.get(values["currency"], Decimal(0)) + Decimal(
                    str(values["balance"])
                )
            assert found.history.totals(position)["balance"] == expected
    finally:
        found.close()


def test_totals_may_be_wider_than_the_sum_of_any_account(tmp_path: Path) -> None:
    wei = 9 * 10**17  # each fits a column; what all come to does not
    lines = [event(1, "MoneyDeposited", f"acc-{at % 20}", amount=wei) for at in range(60)]
    lines += [event(2, "MoneyWithdrawn", f"acc-{at % 20}", amount=wei + 7) for at in range(3)]
    with_less = written(tmp_path, *lines[:5])
    small = Document.open(str(with_less))
    assert small.totals_text(5) == f"balance {number(5 * wei)}"
    with with_less.open("a", encoding="utf-8") as file:
        file.writelines(json.dumps(line) + "\n" for line in lines[5:])
    grown = read_on(small, DEFAULTS)
    assert grown is not None
    anew = Document.open(str(with_less))
    try:
        for found in (anew, grown):
            for at in range(64):
                total = {None: wei * min(at, 60) - (wei + 7) * max(at - 60, 0)}
                assert found.history.totals(at) == ({"balance": total} if at else {})
    finally:
        for found in (small, grown, anew):
            found.close()


def test_true_is_not_counted_as_one_and_the_most_frequent_value_stands_first(tmp_path: Path) -> None:
    values = (True, 1, "x", False, True, "x", "x", "y")
    found = opened(tmp_path, *(event(1, "Set", f"e{at}", paid=each) for at, each in enumerate(values)))
    try:
        totals = found.history.totals(len(values))["paid"]
        assert list(totals.items()) == [("x", 3), ("true", 2), (1, 1), ("y", 1), ("false", 1)]
        view = found.state(len(values))
        paid = next(column for column in view.shown if column.name == "paid")
        assert counts(view.state, paid, view.state.codes, 9) == totals
    finally:
        found.close()


def test_group_sums_are_kept_apart_by_currency_too(tmp_path: Path) -> None:
    query = (
        "SELECT data.account AS account, data.currency AS currency, sum(data.amount) AS balance "
        "FROM events GROUP BY account, currency"
    )
    found = document(tmp_path, query)
    try:
        view = found.state(6).arranged(Arrangement(group="account", sort=("balance", True)))
        heads = [row for row in range(view.row_count) if view.is_group(row)]
        column = [each.name for each in view.shown].index("balance")
        assert {view.text(row, 0): view.text(row, column) for row in heads} == {
            "A  (2)": "100.50 EUR, 7 USD",
            "B  (1)": "4000 JPY",
            "C  (1)": "0.25 EUR",
        }
    finally:
        found.close()
    mixed = """SELECT data.account || data.currency AS k, last(data.account) AS a, sum(data.amount) AS b
        FROM events GROUP BY k"""
    found = document(tmp_path, mixed)
    try:
        view = found.state(6).arranged(Arrangement(group="a", sort=("b", True)))
        heads = [row for row in range(view.row_count) if view.is_group(row)]
        assert [view.text(row, 2) for row in heads] == [""] * len(heads)
    finally:
        found.close()


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"lines": 7}, '{"lines":7}'),
        ({"EUR": 5, "lines": 7}, '{"EUR":5,"lines":7}'),
        ({"eur": 5}, '{"eur":5}'),
        ({"EUR": "5"}, '{"EUR":"5"}'),
        ({}, "{}"),
        ({"EUR": Decimal("5.50"), "BTC": 1}, "5.50 EUR, 1 BTC"),
        ({"amount": 5, "currency": "EUR"}, "5 EUR"),
        ({"currency_code": "points", "value": -2}, "−2 points"),
        ({"amount": 5, "currency": "EUR", "lines": 7}, '{"amount":5,"currency":"EUR","lines":7}'),
        ({"amount": 5, "value": 7}, '{"amount":5,"value":7}'),
        (Amounts({"points": 3, "": 2}), "3 points, 2"),
    ],
)
def test_an_object_is_money_only_if_its_keys_are_currencies_or_it_is_an_amount_and_its_currency(
    value: object, text: str
) -> None:
    assert value_text(value) == text
    assert (amounts(value) is None) == text.startswith("{")


def test_differences_of_what_is_no_money_are_not_told_as_amounts() -> None:
    assert difference_text({"lines": 7}, {"lines": 9}) == ""
    assert difference_text({"EUR": 7}, {"EUR": 9, "USD": 1}) == "+2 EUR, +1 USD"
    assert difference_text(Amounts({"points": 7}), Amounts({"points": 9})) == "+2 points"
