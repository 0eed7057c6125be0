"""Are tables as banks and exchanges write them read as what they say, and checked against it?"""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from explorer.projection.entry_words import never_happened, plain_words, sign_of
from explorer.projection.fold import fold, without_hidden
from explorer.session.document import Document
from explorer.session.options import OpenOptions

type State = dict[str, dict[str, Any]]


def seen(folder: Path, text: str, encoding: str = "utf-8") -> tuple[State, dict[str, str]]:
    """The closing state, which is that of the plain fold, and what is said of the log."""
    path = folder / "statement.csv"
    path.write_text(text, encoding)
    document = Document.open(str(path), OpenOptions())
    try:
        document.set_order(document.usual_order)
        state = dict(document.history.state(document.event_count).items())
        events = [document.event(at) for at in range(1, document.event_count + 1)]
        model = document.read_model
        assert state == {name: without_hidden(model, each) for name, each in fold(model, events).items()}
        return state, {each.kind: each.text for each in document.warnings}
    finally:
        document.close()


def money(state: State) -> dict[str, dict[str, str]]:
    """The balances of each account, by currency."""
    found = {}
    for name, each in state.items():
        balance = each["balance"]
        sums = balance if isinstance(balance, dict) else {"": balance}
        found[name] = {currency: f"{Decimal(str(amount)):f}" for currency, amount in sums.items()}
    return found


DKB = """"Kontonummer:";"DE12500105170648489890 / Girokonto";

"Von:";"01.03.2024";
"Kontostand vom 31.03.2024:";"1.045,50 EUR";

"Buchungstag";"Wertstellung";"Auftraggeber / Begünstigter";"Kontonummer";"Betrag (EUR)";
"05.03.2024";"05.03.2024";"Stadtwerke";"DE02";"-54,50";
"01.03.2024";"01.03.2024";"Arbeitgeber";"DE03";"1.100,00";
"""


def test_what_stands_above_a_table_tells_whose_it_is_and_what_is_there(tmp_path: Path) -> None:
    state, said = seen(tmp_path, DKB, "cp1252")
    assert money(state) == {"DE12500105170648489890": {"EUR": "1045.50"}}
    assert "1.100,00 means 1100.00" in said["decimal-comma"]
    assert {"balance-differs", "opening-concluded", "date-order", "extra-fields"}.isdisjoint(said)


def test_what_was_there_at_first_follows_from_what_is_there_at_the_end_and_is_said(tmp_path: Path) -> None:
    state, said = seen(tmp_path, DKB.replace("1.045,50", "1.245,50"))
    assert money(state) == {"DE12500105170648489890": {"EUR": "1245.50"}}
    assert "200.00" in said["opening-concluded"]


def test_a_balance_at_the_end_that_does_not_come_out_is_said(tmp_path: Path) -> None:
    text = (
        'Beginning balance as of 03/01/2024,,"1,000.00"\nEnding balance as of 03/31/2024,,"2,046.50"\n\n'
        'Date,Description,Amount\n03/14/2024,Pay,"1,100.00"\n03/15/2024,Power,-54.50\n'
    )
    state, said = seen(tmp_path, text)
    assert money(state) == {"(whole log)": {"": "2045.50"}}
    assert "2046.50 beside its entries, they give 2045.50" in said["balance-differs"]


REVOLUT = """Type,Product,Started Date,Completed Date,Description,Amount,Fee,Currency,State,Balance
TOPUP,Current,2024-03-01 09:00:00,2024-03-01 09:00:05,Ada,100.00,0.00,EUR,COMPLETED,100.00
CARD_PAYMENT,Current,2024-03-02 12:13:14,2024-03-03 08:00:00,Cafe,-4.50,0.00,EUR,COMPLETED,95.50
CARD_PAYMENT,Current,2024-03-04 12:13:14,,Hotel,-200.00,0.00,EUR,REVERTED,
EXCHANGE,Current,2024-03-05 10:00:00,2024-03-05 10:00:00,To USD,-50.00,0.25,EUR,COMPLETED,45.25
EXCHANGE,Current,2024-03-05 10:00:00,2024-03-05 10:00:00,To USD,54.10,0.00,USD,COMPLETED,54.10
"""


def test_what_was_reverted_moves_nothing_and_fees_count_where_the_balances_prove_it(tmp_path: Path) -> None:
    state, said = seen(tmp_path, REVOLUT)
    assert money(state) == {"(whole log)": {"EUR": "45.25", "USD": "54.10"}}
    assert state["(whole log)"]["recorded"] == {"EUR": Decimal("45.25"), "USD": Decimal("54.10")}
    assert "its State is REVERTED" in said["not-booked"]
    assert "Fee is taken away" in said["fee"]
    assert "balance-differs" not in said


def test_balances_are_checked_currency_by_currency(tmp_path: Path) -> None:
    _, said = seen(
        tmp_path, REVOLUT + "CARD_PAYMENT,Current,2024-03-06,2024-03-06,Cafe,-1.00,0.00,USD,COMPLETED,53.00\n"
    )
    assert "stated as 53.00 USD, its entries give 53.10" in said["balance-differs"]


def test_products_of_one_file_are_accounts_where_their_balances_prove_it(tmp_path: Path) -> None:
    rows = "".join(
        f"TRANSFER,Savings,2024-03-{day:02},2024-03-{day:02},x,10.00,0.00,EUR,COMPLETED,{10 * (day - 5)}.00\n"
        f"TRANSFER,Current,2024-03-{day:02},2024-03-{day:02},x,-10.00,0.00,EUR,COMPLETED,{45.25 - 10 * (day - 5)}\n"
        for day in range(6, 9)
    )
    state, _ = seen(tmp_path, REVOLUT + rows)
    assert money(state) == {"Current": {"EUR": "15.25", "USD": "54.10"}, "Savings": {"EUR": "30.00"}}


KRAKEN = """"txid","refid","time","type","asset","amount","fee","balance"
"L1","R1","2024-03-01 10:00:00","deposit","ZEUR",1000.0000,0.0000,1000.0000
"L2","T1","2024-03-01 11:00:00","trade","ZEUR",-500.0000,0.8000,499.2000
"L3","T1","2024-03-01 11:00:00","trade","XXBT",0.0100000000,0.0000000000,0.0100000000
"L4","R2","2024-03-02 11:00:00","withdrawal","XXBT",-0.0050000000,0.0001000000,0.0049000000
"""


def test_a_balance_for_each_asset_whatever_the_entries_are_called(tmp_path: Path) -> None:
    state, said = seen(tmp_path, KRAKEN)
    assert money(state) == {"(whole log)": {"ZEUR": "499.2000", "XXBT": "0.0049000000"}}
    assert set(said) == {"fee"}


def test_quantities_of_an_exchange_go_in_and_out_by_what_was_done(tmp_path: Path) -> None:
    text = (
        "\nTransactions\nUser,Ada Lovelace,b1\n"
        "ID,Timestamp,Transaction Type,Asset,Quantity Transacted,Price Currency,Subtotal\n"
        "1,2024-03-01 10:00:00 UTC,Buy,BTC,0.01,EUR,€500.00\n2,2024-03-02 10:00:00 UTC,Send,BTC,0.005,EUR,€255.00\n"
        "3,2024-03-03 10:00:00 UTC,Staking Income,ETH,1.5,EUR,€100.00\n4,2024-03-04 10:00:00 UTC,Sell,ETH,0.5,EUR,€40\n"
    )
    state, said = seen(tmp_path, text)
    assert money(state) == {"(whole log)": {"BTC": "0.005", "ETH": "1.0"}}
    assert set(said) == {"beside-table"}


def test_a_stock_is_counted_item_by_item(tmp_path: Path) -> None:
    text = "date,sku,movement,quantity\n2024-03-01,A1,IN,10\n2024-03-02,B2,IN,4\n2024-03-03,A1,OUT,3\n"
    state, _ = seen(tmp_path, text)
    assert money(state) == {"(whole log)": {"A1": "7", "B2": "4"}}


def test_the_number_beside_a_payee_is_the_payees(tmp_path: Path) -> None:
    text = (
        '"Date","Payee","Account number","Transaction type","Amount (EUR)","Amount (Foreign Currency)",'
        '"Type Foreign Currency"\n"2024-03-01","Ada","DE12","Income","1100.0","",""\n'
        '"2024-03-05","Cafe","","MasterCard Payment","-4.5","-4.9","USD"\n'
    )
    state, said = seen(tmp_path, text)
    assert (money(state), said) == ({"(whole log)": {"EUR": "1095.5"}}, {})
    register = "Account,Date,Payee,Outflow,Inflow\nGiro,2024-03-01,Ada,$0.00,$10.00\nCash,2024-03-02,Cafe,$4.50,$0.00\n"
    state, _ = seen(tmp_path, register)
    assert money(state) == {"Giro": {"$": "10.00"}, "Cash": {"$": "-4.50"}}


def test_what_is_noted_beforehand_is_not_booked(tmp_path: Path) -> None:
    text = (
        '"Auftragskonto";"Buchungstag";"Beguenstigter/Zahlungspflichtiger";"Betrag";"Waehrung";"Info"\n'
        '"DE1";"05.03.24";"Stadtwerke";"-54,50";"EUR";"Umsatz gebucht"\n'
        '"DE1";"06.03.24";"Cafe";"-4,50";"EUR";"Umsatz vorgemerkt"\n'
        '"DE1";"01.03.24";"Arbeitgeber";"1100,00";"EUR";"Umsatz gebucht"\n'
    )
    state, said = seen(tmp_path, text)
    assert money(state) == {"DE1": {"EUR": "1045.50"}}
    assert set(said) == {"decimal-comma", "not-booked", "out-of-order"}  # points never stand behind a month


def test_events_of_accounts_that_state_a_balance_stay_those_of_accounts(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    path.write_text(
        '{"type":"AccountOpened","account":"a","owner":"Ada","at":"2024-01-01"}\n'
        + "".join(
            f'{{"type":"MoneyDeposited","account":"a","amount":1,"balance":{n},"at":"2024-01-02"}}\n'
            for n in range(1, 30)
        )
    )
    document = Document.open(str(path), OpenOptions())
    try:
        assert document.projection_name == "accounts"
    finally:
        document.close()


@pytest.mark.parametrize("upwards", [False, True])
def test_what_was_there_at_first_is_found_beyond_every_sample(tmp_path: Path, upwards: bool) -> None:
    there, rows = 500, []
    for number in range(40_000):
        moved = 3 if number % 2 else -1
        there += moved
        day = f"2024-{1 + number // 3_400:02}-{1 + number // 130 % 26:02}"
        rows.append(f"{day},some text for a longer row,{moved}.00,{there}.00")
    text = "Date,Description,Amount,Balance\n" + "\n".join(reversed(rows) if upwards else rows) + "\n"
    path = tmp_path / "long.csv"
    path.write_text(text)
    document = Document.open(str(path), OpenOptions())
    try:
        document.set_order(document.usual_order)
        (state,) = dict(document.history.state(document.event_count).items()).values()
        assert (state["balance"], state["recorded"]) == (there, there)
        assert "balance-differs" not in {each.kind for each in document.warnings}
    finally:
        document.close()


@pytest.mark.parametrize(
    ("said", "never"),
    [("REVERTED", True), ("Pending", True), ("Umsatz vorgemerkt", True), ("Declined", True), ("Cancelled", True),
     ("交易关闭", True), ("COMPLETED", False), ("Umsatz gebucht", False), ("Refunded", False), ("Household", False)],
)  # fmt: skip
def test_a_status_says_whether_something_happened(said: str, never: bool) -> None:
    assert never_happened(said) is never


@pytest.mark.parametrize(
    ("mark", "quantity", "sign"),
    [("DR", False, -1), ("Credit", False, 1), ("支出", False, -1), ("Buy", True, 1), ("Buy", False, 0),
     ("Send", True, -1), ("Rewards Income", True, 1), ("Sell for deposit", True, 0), ("不计收支", False, 0)],
)  # fmt: skip
def test_a_mark_says_which_way(mark: str, quantity: bool, sign: int) -> None:
    assert sign_of(mark, quantity=quantity) == sign


def test_columns_are_compared_without_accents_brackets_and_units() -> None:
    assert plain_words("Débit Euros") == "debit"
    assert plain_words("Withdrawal Amount (INR )") == "withdrawalamount"
    assert plain_words("Gutschrift in CHF") == "gutschrift"
    assert plain_words("金额(元)") == "金额"


def test_rows_around_a_table_are_not_said_to_be_damaged(tmp_path: Path) -> None:
    _, said = seen(tmp_path, DKB, "cp1252")
    assert "unread" not in said
    assert said["beside-table"].startswith("3 rows stand above or below the table")
    _, said = seen(tmp_path, DKB + '"06.03.2024;"x;\n', "cp1252")
    assert said["beside-table"].startswith("3 rows")
    assert said["unread"].startswith("1 of 6 entries could not be read")


def test_what_a_conversion_brings_in_is_not_guessed(tmp_path: Path) -> None:
    text = (
        "ID,Timestamp,Transaction Type,Asset,Quantity Transacted,Price Currency,Subtotal,Notes\n"
        "1,2024-03-01 10:00:00 UTC,Buy,BTC,0.01,EUR,€500.00,Bought\n"
        "2,2024-03-02 10:00:00 UTC,Convert,BTC,0.005,EUR,€255.00,Converted 0.005 BTC to 0.1 ETH\n"
        "3,2024-03-03 10:00:00 UTC,Buy,ETH,1,EUR,€100.00,x\n"
    )
    state, said = seen(tmp_path, text)
    assert money(state) == {"(whole log)": {"BTC": "0.01", "ETH": "1"}}
    assert "its Transaction Type is Convert: neither in nor out" in said["not-applied"]


@pytest.mark.parametrize(
    "names",
    [
        "Datum;Konto;Text;Betrag", "Buchungstag;Kontonummer;Text;Betrag", "Date;N° compte;Libellé;Montant",
        "Fecha;Cuenta;Concepto;Importe", "Datum;Rekening;Tegenrekening;Bedrag", "Dato;Konto;Tekst;Beløb",
        "Data operacji;Numer rachunku;Opis;Kwota",
    ],
)  # fmt: skip
def test_several_accounts_of_one_table_are_told_apart_in_every_language(tmp_path: Path, names: str) -> None:
    rows = "2026-01-02;K1;a;2500,00\n2026-01-03;K2;b;-850,00\n2026-01-05;K1;c;-99,90\n"
    state, _ = seen(tmp_path, f"{names}\n{rows}")
    assert money(state) == {"K1": {"": "2400.10"}, "K2": {"": "-850.00"}}
    state, _ = seen(tmp_path, f"{names.replace('Tegenrekening', 'Naam')};BIC\n" + rows.replace("\n", ";X\n"))
    assert money(state) == {"(whole log)": {"": "1550.10"}}  # accounts of who is on the other side


def test_what_moves_is_what_is_left_once_fees_are_taken_away(tmp_path: Path) -> None:
    text = "id,Type,Amount,Fee,Net,Created (UTC)\n1,charge,100.00,3.20,96.80,2026-01-02 10:00\n"
    state, said = seen(tmp_path, text + "2,payout,-96.80,0.00,-96.80,2026-01-05 10:00\n")
    assert money(state) == {"(whole log)": {"": "0.00"}}
    assert "no-time" not in said


def test_a_sign_of_several_currencies_is_none_of_them_and_an_example_stands_in_the_log(
    tmp_path: Path,
) -> None:
    text = "Date;Text;Amount\n2026-01-02;a;¥12 500,00\n2026-01-03;b;-\uffe5850,50\n"
    state, said = seen(tmp_path, text)
    assert money(state) == {"(whole log)": {"¥": "11649.50"}}
    assert "¥12 500,00 means 12500.00" in said["decimal-comma"]
