"""Do the tables that banks give their customers open by themselves, and come to the balance that they tell?

Written after the habits of some two dozen banks; the entries are our own.
"""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from explorer.cli.main import main

TABLES: dict[str, tuple[str, str, dict[str, str] | str]] = {
    "sparkasse": (
        "cp1252",
        ('"Auftragskonto";"Buchungstag";"Valutadatum";"Buchungstext";"Verwendungszweck";"Beguenstigt'
        'er/Zahlungspflichtiger";"Kontonummer";"BLZ";"Betrag";"Waehrung";"Info"\r\n'
        '"12345";"31.01.24";"31.01.24";"LASTSCHRIFT";"Miete";"Hausverwaltung Müller";"DE1";"GENO";"'
        '-1.234,56";"EUR";"Umsatz gebucht"\r\n'
        '"12345";"30.01.24";"30.01.24";"GUTSCHRIFT";"Lohn";"ACME";"DE2";"GENO";"2.000,00";"EUR";"Um'
        'satz gebucht"\r\n'
        '"12345";"02.01.24";"02.01.24";"KARTE";"x";"Edeka";"";"";"-15,10";"EUR";"Umsatz vorgemerkt"'
        '\r\n')
        , "765.44",  # what is only noted beforehand is not booked
    ),
    "dkb": (
        "utf-8",
        ('"Girokonto";"DE12345"\n'
        '""\n'
        '"Kontostand vom 31.01.2024:";"1.000,00 €"\n'
        '""\n'
        '"Buchungsdatum";"Wertstellung";"Status";"Zahlungspflichtige*r";"Zahlungsempfänger*in";"Ver'
        'wendungszweck";"Umsatztyp";"IBAN";"Betrag (€)";"Gläubiger-ID";"Mandatsreferenz";"Kundenref'
        'erenz"\n'
        '"31.01.24";"31.01.24";"Gebucht";"Ich";"REWE";"x";"Ausgang";"DE1";"-12,5";"";"";""\n'
        '"30.01.24";"30.01.24";"Gebucht";"ACME";"Ich";"Lohn";"Eingang";"DE2";"1.012,50";"";"";""\n')
        , "1000.00",
    ),
    "ing": (
        "latin-1",
        ("Umsatzanzeige;Datei erstellt am: 31.01.2024 10:00\n"
        "\n"
        "IBAN;DE12 3456\n"
        "Kontoname;Girokonto\n"
        "Bank;ING\n"
        "Kunde;Max\n"
        "Zeitraum;01.01.2024 - 31.01.2024\n"
        "Saldo;985,00;EUR\n"
        "\n"
        "Sortierung;Datum absteigend\n"
        "\n"
        "In der CSV-Datei finden Sie alle bereits gebuchten Umsätze.\n"
        "\n"
        "Buchung;Valuta;Auftraggeber/Empfänger;Buchungstext;Verwendungszweck;Saldo;Währung;Betrag;W"
        "ährung\n"
        "31.01.2024;31.01.2024;REWE;Lastschrift;x;985,00;EUR;-15,00;EUR\n"
        "30.01.2024;30.01.2024;ACME;Gehalt;y;1.000,00;EUR;1.000,00;EUR\n")
        , "985.00",
    ),
    "n26": (
        "utf-8",
        ('"Booking Date","Value Date","Partner Name","Partner Iban",Type,"Payment Reference","Accoun'
        't Name","Amount (EUR)","Original Amount","Original Currency","Exchange Rate"\n'
        '2024-01-05,2024-01-05,ACME,DE1,"Credit Transfer",Salary,"Main Account",1000.00,,,\n'
        '2024-01-06,2024-01-06,REWE,,Presentment,,"Main Account",-12.34,-12.34,EUR,1\n'
        '2024-01-07,2024-01-07,Shop,,Presentment,,"Main Account",-9.10,-10.00,USD,1.1\n')
        , "978.56",
    ),
    "revolut": (
        "utf-8",
        ("Type,Product,Started Date,Completed Date,Description,Amount,Fee,Currency,State,Balance\n"
        "TOPUP,Current,2024-01-01 10:00:00,2024-01-01 10:00:05,Top-Up,100.00,0.00,EUR,COMPLETED,100"
        ".00\n"
        "CARD_PAYMENT,Current,2024-01-02 10:00:00,2024-01-03 10:00:00,Shop,-20.00,0.50,EUR,COMPLETE"
        "D,79.50\n"
        "EXCHANGE,Current,2024-01-04 10:00:00,2024-01-04 10:00:00,Exchanged,10.00,0.00,USD,COMPLETE"
        "D,10.00\n")
        , {"EUR": "79.50", "USD": "10.00"},
    ),
    "chase": (
        "utf-8",
        ('Details,Posting Date,Description,Amount,Type,Balance,Check or Slip #\n'
        'DEBIT,01/31/2024,"RENT, INC",-1200.00,ACH_DEBIT,800.00,,\n'
        'CREDIT,01/15/2024,PAYROLL,2000.00,ACH_CREDIT,2000.00,,\n')
        , "800.00",
    ),
    "bofa": (
        "utf-8",
        ('Description,,Summary Amt.\n'
        'Beginning balance as of 01/01/2024,,"1,000.00"\n'
        'Total credits,,"500.00"\n'
        'Total debits,,"-250.00"\n'
        'Ending balance as of 01/31/2024,,"1,250.00"\n'
        '\n'
        'Date,Description,Amount,Running Bal.\n'
        '01/01/2024,Beginning balance as of 01/01/2024,,"1,000.00"\n'
        '01/05/2024,"PAY",500.00,"1,500.00"\n'
        '01/16/2024,"SHOP","-250.00","1,250.00"\n')
        , "1250.00",
    ),
    "capitalone": (
        "utf-8",
        ("Transaction Date,Posted Date,Card No.,Description,Category,Debit,Credit\n"
        "2024-01-05,2024-01-06,1234,SHOP,Food,12.50,\n"
        "2024-01-07,2024-01-08,1234,PAYMENT,Payment,,100.00\n")
        , "87.50",
    ),
    "ingnl": (
        "utf-8",
        ('"Date","Name / Description","Account","Counterparty","Code","Debit/credit","Amount (EUR)",'
        '"Transaction type","Notifications"\n'
        '"20240105","ACME","NL01","NL02","OV","Credit","1000,00","Transfer","x"\n'
        '"20240106","AH","NL01","NL03","BA","Debit","12,34","Payment terminal","y"\n')
        , "987.66",
    ),
    "rabo": (
        "latin-1",
        ('"IBAN/BBAN","Munt","BIC","Volgnr","Datum","Rentedatum","Bedrag","Saldo na trn","Tegenreken'
        'ing IBAN/BBAN","Naam tegenpartij"\n'
        '"NL01RABO","EUR","RABO","000000000000001","2024-01-05","2024-01-05","+100,00","+150,00","N'
        'L02","A"\n'
        '"NL01RABO","EUR","RABO","000000000000002","2024-01-06","2024-01-06","-30,50","+119,50","NL'
        '03","B"\n')
        , "119.50",
    ),
    "ubs": (
        "utf-8",
        ("Kontonummer:;0234 00103914.40;\n"
        "IBAN:;CH29;\n"
        "Von:;2024-01-01;\n"
        "Bis:;2024-01-31;\n"
        "Anfangssaldo:;1000.00;\n"
        "Schlusssaldo:;1090.00;\n"
        "Bewertet in:;CHF;\n"
        "Anzahl Transaktionen in diesem Zeitraum:;2;\n"
        "\n"
        "Abschlussdatum;Abschlusszeit;Buchungsdatum;Valutadatum;Währung;Belastung;Gutschrift;Einzel"
        "betrag;Saldo;Transaktions-Nr.;Beschreibung1\n"
        "2024-01-06;;2024-01-06;2024-01-06;CHF;-10.00;;;1090.00;1;Coop\n"
        "2024-01-05;;2024-01-05;2024-01-05;CHF;;100.00;;1100.00;2;Lohn\n")
        , "1090.00",
    ),
    "postfinance": (
        "utf-8",
        ('Datum von:;="2024-01-01"\n'
        'Buchungsart:;="Alle"\n'
        'Konto:;="CH44"\n'
        'Währung:;="CHF"\n'
        '\n'
        'Datum;Bewegungstyp;Avisierungstext;Gutschrift in CHF;Lastschrift in CHF;Label;Kategorie\n'
        "31.01.2024;X;abc;;-1'234.50;;\n"
        "30.01.2024;Y;def;2'000;;;\n"
        '\n'
        'Disclaimer:\n'
        'Der Dokumentinhalt wurde durch Filtereinstellungen generiert.\n')
        , "765.50",
    ),
    "hsbc": (
        "utf-8",
        ('05 Jan 2024,PAYMENT,-20.00\n'
        '06 Jan 2024,SALARY,"1,500.00"\n'
        '07 Jan 2024,SHOP,-3.50\n')
        , "1476.50",
    ),
    "barclays": (
        "utf-8",
        ("Number,Date,Account,Amount,Subcategory,Memo\n"
        ",05/01/2024,20-00-00 12345678,-20.00,PAYMENT,x\n"
        ",16/01/2024,20-00-00 12345678,100.00,DIRECTDEP,y\n")
        , "80.00",
    ),
    "monzo": (
        "utf-8",
        ("Transaction ID,Date,Time,Type,Name,Emoji,Category,Amount,Currency,Local amount,Local curre"
        "ncy,Notes and #tags,Address,Receipt,Description,Category split,Money Out,Money In\n"
        "tx_1,05/01/2024,10:00:00,Faster payment,A,,Income,100.00,GBP,100.00,GBP,,,,x,,,100.00\n"
        "tx_2,16/01/2024,11:00:00,Card payment,B,,Food,-12.30,GBP,-15.00,EUR,,,,y,,-12.30,\n")
        , "87.70",
    ),
    "paypal": (
        "utf-8",
        ('"Datum","Uhrzeit","Zeitzone","Beschreibung","Währung","Brutto","Entgelt","Netto","Guthaben'
        '","Transaktionscode"\n'
        '"05.01.2024","10:00:00","Europe/Berlin","Zahlung","EUR","100,00","-3,00","97,00","97,00","'
        'A1"\n'
        '"06.01.2024","10:00:00","Europe/Berlin","Kauf","EUR","-20,00","0,00","-20,00","77,00","A2"'
        '\n')
        , "77.00",
    ),
    "bnp": (
        "latin-1",
        ('Compte chèques;Compte chèque;****1234;31/01/2024;;885,5\n'
        '31/01/2024;Carte;;FACTURE CARTE;;"-114,50"\n'
        '05/01/2024;Virement;;SALAIRE;;"1 000,00"\n')
        , "885.50",
    ),
    "ca": (
        "latin-1",
        ('"Date opération";"Date valeur";"Libellé";"Débit";"Crédit"\n'
        '"05/01/2024";"05/01/2024";"SALAIRE";"";"1 500,00"\n'
        '"16/01/2024";"16/01/2024";"LOYER";"-700,00";""\n')
        , "800.00",
    ),
    "santander_es": (
        "latin-1",
        ("FECHA OPERACIÓN;FECHA VALOR;CONCEPTO;IMPORTE EUR;SALDO\n"
        "31/01/2024;31/01/2024;Compra;-10,00;90,00\n"
        "05/01/2024;05/01/2024;Nomina;100,00;100,00\n")
        , "90.00",
    ),
    "nubank": (
        "utf-8",
        ("Data,Valor,Identificador,Descrição\n"
        "05/01/2024,1000.00,a-1,Transferência recebida\n"
        "16/01/2024,-25.90,a-2,Compra\n")
        , "974.10",
    ),
    "wise": (
        "utf-8",
        ('"TransferWise ID",Date,Amount,Currency,Description,"Payment Reference","Running Balance","'
        'Exchange From","Exchange To"\n'
        'TRANSFER-2,06-01-2024,-30.00,EUR,"Sent","",70.00,,\n'
        'TRANSFER-1,05-01-2024,100.00,EUR,"Received","",100.00,,\n')
        , "70.00",
    ),
    "amex": (
        "utf-8",
        ("Date,Description,Amount\n"
        "01/16/2024,RESTAURANT,42.10\n"
        "01/20/2024,PAYMENT RECEIVED - THANK YOU,-100.00\n")
        , "-57.90",
    ),
    "commerzbank": (
        "utf-8",
        ("\ufeffBuchungstag;Wertstellung;Umsatzart;Buchungstext;Betrag;Währung;Auftraggeberkonto;Bankleit"
        "zahl Auftraggeberkonto;IBAN Auftraggeberkonto;Kategorie\n"
        "05.01.2024;05.01.2024;Gutschrift;Lohn;1000,00;EUR;123;100;DE1;x\n"
        "16.01.2024;16.01.2024;Lastschrift;Miete;-700,00;EUR;123;100;DE1;y\n")
        , "300.00",
    ),
    "tabs": (
        "utf-8",
        ("Date\tDescription\tPaid out\tPaid in\tBalance\n"
        "05 Jan 2024\tA\t£20.00\t\t£80.00\n"
        "06 Jan 2024\tB\t\t£5.50\t£85.50\n")
        , "85.50",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", TABLES)
def test_a_table_of_a_bank_comes_to_the_balance_that_it_tells(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    encoding, text, told = TABLES[name]
    path = tmp_path / f"{name}.csv"
    path.write_bytes(text.encode(encoding))
    assert main(["state", str(path), "--format", "json", "--no-cache"]) == 0
    [row] = json.loads(capsys.readouterr().out, parse_float=str, parse_int=str)["state"].values()
    found = row["balance"]
    if isinstance(told, str):
        [found] = found.values() if isinstance(found, dict) else [found]
        assert Decimal(found) == Decimal(told)
    else:
        assert {code: Decimal(each) for code, each in found.items()} == {
            code: Decimal(each) for code, each in told.items()
        }


def test_a_table_that_is_written_otherwise_says_so_and_not_what_stands_above_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "pl.csv"
    text = "mBank S.A.;\n\n#Data operacji;#Opis operacji;#Kwota;\n2024-01-05;ŻYWNOŚĆ;1 000,00 PLN;\n"
    path.write_bytes(text.encode("cp1250"))
    assert main(["state", str(path), "--no-cache"]) == 2
    assert "--encoding" in capsys.readouterr().err
    assert main(["state", str(path), "--no-cache", "--encoding", "cp1250"]) == 0
    assert "ŻYWNOŚĆ" in capsys.readouterr().out
