"""Is the table of a statement found, whatever a bank writes above and below it, and is what it says there heard?"""

from pathlib import Path

import pytest

from explorer.eventlog.csv_cells import kind_of
from explorer.eventlog.csv_preamble import stated_in
from explorer.eventlog.csv_tables import DatedTable, find_table, is_aside
from explorer.eventlog.event import Stated
from explorer.eventlog.log import open_log

HEAD = "Buchungstag;Valuta;Auftraggeber;Betrag;Währung"
ROWS = "05.03.2024;05.03.2024;Stadtwerke;-54,50;EUR\n01.03.2024;01.03.2024;Lohn;1.100,00;EUR\n"

ABOVE = {
    "narrower": "Kontonummer:;DE12500105170648489890 / Girokonto\n\nSaldo;1.045,50;EUR\n",
    "of the same width": "Konto;12;Von;01.03.2024;\nBis;31.03.2024;;;\n",
    "wider": "a;b;c;d;e;f;g;h\nUmsatzanzeige;Datei erstellt am: 05.03.2024 10:15\n",
    "a sentence": "Alle Umsätze; die vorgemerkten nicht.\n;\n",
    "a table of its own": "Beschreibung;;Summe\nAnfang;;0,00\nHaben;;1.100,00\nSoll;;-54,50\nEnde;;1.045,50\n",
    "quoted": '"Konto:";"12 ""Giro"""\n"Zeitraum:";"01.03.2024 - 31.03.2024";\n',
    "many": "".join(f"Zeile {number};x\n" for number in range(30)),
}


def read(folder: Path, text: str) -> tuple[list[dict[str, object]], list[int], Stated | None, list[str]]:
    path = folder / "log.csv"
    path.write_text(text, "utf-8")
    records, unread, notices = list[dict[str, object]](), list[int](), list[str]()
    with open_log(path) as log:
        for batch in log.batches():
            for event, offset, length in zip(batch.events, batch.offsets, batch.lengths, strict=True):
                assert log.decode(offset, length, event.position) == event
            records += [dict(event.record) for event in batch.events]
            unread += [each.line for each in batch.unread]
            notices += [each.kind for each in batch.notices]
        return records, unread, log.form.stated, notices


@pytest.mark.parametrize("above", ABOVE.values(), ids=ABOVE)
@pytest.mark.parametrize("spare", [False, True])
def test_the_table_is_found_below_rows(tmp_path: Path, above: str, spare: bool) -> None:
    table = f"{HEAD}\n{ROWS}".replace("\n", ";\n") if spare else f"{HEAD}\n{ROWS}"
    records, unread, _, notices = read(tmp_path, above + table)
    assert [each["Betrag"] for each in records] == ["-54,50", "1.100,00"]
    assert len(unread) == len([line for line in above.splitlines() if line])
    assert notices == []


@pytest.mark.parametrize(
    "below",
    [
        "Summe;;;1.045,50;EUR\n",
        ";;;1.045,50;\nSaldo;1.045,50\n",
        "Kontostand;05.03.2024;;;1.045,50;EUR\n",
        "Stand vom 31.03.2024\nSumme;;;1.045,50\n",
    ],
)
def test_what_stands_below_is_no_entry(tmp_path: Path, below: str) -> None:
    records, unread, _, notices = read(tmp_path, f"{HEAD}\n{ROWS}{below}")
    assert (len(records), notices) == (2, [])
    assert unread == list(range(4, 4 + below.count("\n")))


def test_an_entry_without_a_day_stays_one(tmp_path: Path) -> None:
    records, unread, *_ = read(tmp_path, f"{HEAD}\noffen;offen;Café;-4,50;EUR\n{ROWS}Summe;;;1.045,50;EUR\n")
    assert ([each["Buchungstag"] for each in records], unread) == (["offen", "05.03.2024", "01.03.2024"], [5])


def test_a_comma_behind_each_row_is_no_cell(tmp_path: Path) -> None:
    text = "Date,Description,Amount\n" + "".join(f"2024-03-0{day},x,-{day}.50,\n" for day in range(1, 6))
    records, unread, _, notices = read(tmp_path, text)
    assert (len(records), unread, notices) == (5, [], [])
    records, _, _, notices = read(tmp_path, text + "2024-03-06,x,-1.00,more\n")
    assert (len(records), "column_4" in records[-1]) == (6, True)


def test_the_longest_run_of_dated_rows_is_the_table_and_two_columns_may_be_called_alike() -> None:
    rows = [["Saldo", "Währung"], ["1", "EUR"], ["Tag", "Saldo", "Währung", "Betrag", "Währung", ""],
            ["01.03.2024", "1,00", "EUR", "1,00", "EUR", ""],
            ["02.03.2024", "2,00", "EUR", "1,00", "EUR", ""]]  # fmt: skip
    assert find_table(rows) == DatedTable(2, 6, 5, 0, 2)
    assert find_table([["a", "b"], ["x", "y"], ["z", "1"]]) is None
    assert is_aside(["Total", "", "", "3,00", "", ""], DatedTable(2, 6, 5, 0, 2))
    assert not is_aside(["02.03.2024", "x"], DatedTable(2, 6, 5, 0, 2))


@pytest.mark.parametrize(
    ("cell", "kind"),
    [("(300.00)", "number"), ("- $1,350.00", "number"), ("12,50-", "number"), ("1 045,50 kr", "number"),
     ("05-Mar-24", "date"), ("5 März 2024", "date"), ("R1", ""), ("12.50 DR", "number")],
)  # fmt: skip
def test_what_a_cell_holds(cell: str, kind: str) -> None:
    assert kind_of(cell) == kind


@pytest.mark.parametrize(
    ("rows", "stated"),
    [
        ([["Kontonummer:", "DE12500105170648489890 / Girokonto"], ["Kontostand vom 31.03.2024:", "1.045,50 EUR"]],
         Stated("DE12500105170648489890", "EUR", "", "1.045,50 EUR")),
        ([["IBAN", "DE12 5001 0517 0648 4898 90"], ["Saldo", "1.045,50", "EUR"]],
         Stated("DE12 5001 0517 0648 4898 90", "EUR", "", "1.045,50")),
        ([["Beginning balance as of 03/01/2024", "", "1,000.00"], ["Total credits", "", "5"],
          ["Ending balance as of 03/31/2024", "", "2,045.50"]], Stated("", "", "1,000.00", "2,045.50")),
        ([["Account: 12-34"], ["Available balance", "3.00"]], Stated("12-34")),
        ([["Girokonto", "Filialnummer: 100", "Kontonummer: 1234567"], ["Letzter Kontostand", "", "1.000,00", "EUR"],
          ["Kontostand", "31.03.2024", "2.045,50", "EUR"]], Stated("1234567", "EUR", "1.000,00", "2.045,50")),
        ([["Konto:", '="CH44"'], ["Letzter Kontostand", "3,00"]], Stated("CH44", "", "", "3,00")),
        ([["Account", "1"], ["Account", "2"]], Stated()),  # which of them, nobody knows
        ([["Neuer Kontostand", "0,00 EUR"], ["Alter Kontostand", "1,00 EUR"]],
         Stated("", "EUR", "1,00 EUR", "0,00 EUR")),
    ],
)  # fmt: skip
def test_what_rows_say_of_an_account_is_heard(rows: list[list[str]], stated: Stated) -> None:
    assert stated_in(rows) == stated


def test_a_row_of_texts_amid_others_is_no_row_of_names(tmp_path: Path) -> None:
    head = "type,at,account,amount,owner\n"
    vague = "".join(
        f"Seen,soon,a,{number},x\nSeen,2024-01-0{number},a,,y\nSeen,,b,,\n" for number in range(1, 9)
    )
    dated = "".join(f"Paid,2024-02-0{number},a,{number}.50,x\n" for number in range(1, 9))
    records, unread, *_ = read(tmp_path, head + vague + "Closed,,a,,Ada\n" + dated)
    assert (len(records), unread, "owner" in records[0]) == (33, [], True)
    assert find_table(
        [["a", "b", "c"], ["x", "2024-01-01", "1"], ["y", "z", "w"], ["x", "2024-01-02", "1"]]
    ) == DatedTable(0, 3, 3, 1, 3)
