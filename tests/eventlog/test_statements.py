"""Do the statements of banks open as what they say, to the last digit, and are their balances checked?"""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from explorer.cli.main import main
from explorer.eventlog.errors import LogError
from explorer.eventlog.event import Batch
from explorer.eventlog.log import open_log
from explorer.session.document import Document
from explorer.session.options import OpenOptions

NS = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"


def camt(*statements: str, head: str = "") -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{head}\n<Document xmlns="{NS}"><BkToCstmrStmt>\n'
        + "\n".join(statements)
        + "\n</BkToCstmrStmt></Document>\n"
    )


def balance(code: str, amount: str, sign: str = "CRDT", day: str = "2025-03-01") -> str:
    return (
        f'<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp><Amt Ccy="CHF">{amount}</Amt>'
        f"<CdtDbtInd>{sign}</CdtDbtInd><Dt><Dt>{day}</Dt></Dt></Bal>"
    )


def entry(amount: str, sign: str, day: str = "2025-03-04", more: str = "") -> str:
    return (
        f'<Ntry><Amt Ccy="CHF">{amount}</Amt><CdtDbtInd>{sign}</CdtDbtInd><Sts>BOOK</Sts>'
        f"<BookgDt><Dt>{day}</Dt></BookgDt>{more}</Ntry>"
    )


def statement(*parts: str, account: str = "CH9300762011623852957") -> str:
    return f"<Stmt><Id>7</Id><Acct><Id><IBAN>{account}</IBAN></Id><Ccy>CHF</Ccy></Acct>\n{'\n'.join(parts)}\n</Stmt>"


def read(path: Path) -> tuple[list[dict[str, Any]], Batch]:
    """The records, and all batches as one; each record read again from its place."""
    whole = Batch()
    with open_log(path) as log:
        for batch in log.batches():
            for name in ("events", "offsets", "lengths", "lines", "unread", "notices"):
                getattr(whole, name).extend(getattr(batch, name))
        for event, offset, size in zip(whole.events, whole.offsets, whole.lengths, strict=True):
            assert log.decode(offset, size, event.position) == event
        assert whole.offsets == sorted(whole.offsets)
    with open_log(path) as log:  # an index that was kept from another day: nothing has been read yet
        if whole.events:
            last = whole.events[-1]
            assert log.decode(whole.offsets[-1], whole.lengths[-1], last.position) == last
    return [dict(event.record) for event in whole.events], whole


def state(path: Path, capsys: pytest.CaptureFixture[str], *more: str) -> dict[str, Any]:
    assert main(["state", str(path), "--format", "json", "--no-cache", *more]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out, parse_float=Decimal)
    return found


def written(folder: Path, name: str, text: str, encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


# --- CAMT ---------------------------------------------------------------------------------------------------


def test_camt_entries_are_events_after_an_opening_balance_and_come_to_the_closing_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    details = (
        "<NtryDtls><TxDtls><RltdPties><Cdtr><Pty><Nm>Muster &amp; Co</Nm></Pty></Cdtr>"
        "<CdtrAcct><Id><IBAN>X1</IBAN></Id></CdtrAcct></RltdPties><RmtInf><Ustrd>Rent</Ustrd><Ustrd>March</Ustrd></RmtInf></TxDtls></NtryDtls>"
    )
    text = camt(
        statement(
            balance("OPBD", "1000.10"), balance("CLBD", "849.65"),
            entry("200.50", "DBIT", more=details), entry("50.05", "CRDT", "2025-03-05"),
        )
    )  # fmt: skip
    path = written(tmp_path, "march.xml", text)
    records, batch = read(path)
    assert [each["type"] for each in records] == ["OpeningBalance", "Debit", "Credit"]
    assert records[1] == {
        "type": "Debit", "at": "2025-03-04", "account": "CH9300762011623852957", "amount": Decimal("-200.50"),
        "currency": "CHF", "counterparty": "Muster & Co", "counterpartyAccount": "X1", "purpose": "Rent March",
    }  # fmt: skip
    raw = text.encode()
    assert [raw[at : at + size][:5] for at, size in zip(batch.offsets, batch.lengths, strict=True)] == [
        b"<Bal>", b"<Ntry", b"<Ntry",
    ]  # fmt: skip
    assert raw[batch.offsets[1] : batch.offsets[1] + batch.lengths[1]].endswith(b"</Ntry>")
    assert (batch.unread, batch.notices) == ([], [])
    found = state(path, capsys)
    assert found["state"] == {"CH9300762011623852957": {"balance": {"CHF": Decimal("849.65")}, "version": 3}}
    assert found["warnings"] == []


def test_a_closing_balance_that_the_entries_do_not_come_to_is_said_at_the_entry_before_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = statement(balance("OPBD", "10"), entry("5.00", "CRDT"), balance("CLBD", "15.00"))
    second = statement(balance("OPBD", "15"), entry("1.25", "DBIT"), balance("CLBD", "13.70"))
    third = statement(balance("OPBD", "20.00", "DBIT"), entry("1", "CRDT"))
    path = written(tmp_path, "two.xml", camt(first, second, third))
    assert main(["verify", str(path)]) == 1
    said = capsys.readouterr().out
    assert "2 × balance-differs" in said
    _, batch = read(path)
    assert [(each.position, each.text) for each in batch.notices] == [
        (3, "the statement ends with 13.70 CHF, its entries give 13.75: -0.05 apart"),
        (3, "the next statement begins with -20.00 CHF, the entries before it give 13.75"),
    ]
    assert len(batch.events) == 4  # only the first opening is an event


def test_pending_entries_do_not_count(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pending = entry("99.00", "DBIT").replace("<Sts>BOOK</Sts>", "<Sts><Cd>PDNG</Cd></Sts>")
    path = written(
        tmp_path, "day.xml", camt(statement(entry("5", "CRDT"), pending)).replace("camt.053", "camt.052")
    )
    found = state(path, capsys)
    assert found["state"]["CH9300762011623852957"]["balance"] == {"CHF": 5}
    assert [each["kind"] for each in found["warnings"]] == ["unknown-type"]


def test_an_entry_that_is_damaged_is_said_with_its_place_and_those_around_it_are_read(tmp_path: Path) -> None:
    bad = entry("12,x", "CRDT")
    path = written(tmp_path, "bad.xml", camt(statement(entry("5", "CRDT"), bad, entry("6", "CRDT"))))
    records, batch = read(path)
    assert [each["amount"] for each in records] == [5, 6]
    (unread,) = batch.unread
    assert (unread.after, unread.line, unread.column) == (1, 5, 1)
    assert path.read_bytes()[unread.offset : unread.offset + unread.length_bytes] == bad.encode()


@pytest.mark.parametrize(
    ("head", "reason"),
    [
        ('<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]>', "the XML holds a DTD, which is not read"),
        ('<!DOCTYPE x SYSTEM "file:///etc/passwd">', "the XML holds a DTD, which is not read"),
    ],
)
def test_a_file_with_a_dtd_is_not_read(tmp_path: Path, head: str, reason: str) -> None:
    path = written(tmp_path, "evil.xml", camt(statement(entry("5", "CRDT")), head=head))
    _, batch = read(path)
    assert [each.reason for each in batch.unread] == [reason]


def test_what_stands_before_a_cut_is_read_and_the_cut_is_said(tmp_path: Path) -> None:
    whole = camt(statement(balance("OPBD", "1"), entry("5", "CRDT"), entry("7", "CRDT")))
    path = written(tmp_path, "cut.xml", whole[: whole.rindex("</Ntry>") - 10])
    records, batch = read(path)
    assert [each["amount"] for each in records] == [1, 5]
    assert [each.reason for each in batch.unread] == ["the XML ends early"]


def test_elements_that_are_nested_without_end_are_refused(tmp_path: Path) -> None:
    deep = entry("5", "CRDT", more="<a>" * 5_000 + "</a>" * 5_000)
    path = written(tmp_path, "deep.xml", camt(statement(entry("1", "CRDT"), deep)))
    records, batch = read(path)
    assert len(records) == 1
    assert "nested" in batch.unread[0].reason


def test_a_statement_larger_than_every_block_is_read_in_any_encoding_that_it_declares(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names = "<NtryDtls><TxDtls><RmtInf><Ustrd>Müller, Zürich</Ustrd></RmtInf></TxDtls></NtryDtls>"
    text = camt(statement(balance("OPBD", "0.01"), *[entry("0.10", "CRDT", more=names)] * 6_000))
    path = written(tmp_path, "long.xml", text.replace("UTF-8", "ISO-8859-1"), "iso-8859-1")
    records, _ = read(path)
    assert records[-1]["purpose"] == "Müller, Zürich"
    found = state(path, capsys)
    assert found["state"]["CH9300762011623852957"]["balance"] == {"CHF": Decimal("600.01")}
    assert found["warnings"] == []


# --- MT940 --------------------------------------------------------------------------------------------------

MT940 = """{1:F01ABNANL2AXXXX0000000000}{2:I940ABNANL2AXXXXN}{4:
:20:ABN AMRO BANK NV
:25:517852257
:28C:19321/1
:60F:C250101EUR3236,28
:61:2501021231DR24,00N192NONREF//B7
SALES 12
:86:835?00LASTSCHRIFT?20Rechnung 17?21 vom Dezember?31DE02?32Müller?33 GmbH
:61:250103RC1,28NTRFABC123
:86:reversed credit
second line
:61:250103RD0,5NMSC
:62F:C250103EUR3211,50
:64:C250103EUR3211,50
:86:about the whole
-}
"""


def test_mt940_entries_are_events_with_the_day_of_their_booking(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, "jan.sta", MT940.replace("\n", "\r\n"), "windows-1252")
    records, batch = read(path)
    assert [(each["type"], each["at"], each["amount"]) for each in records] == [
        ("OpeningBalance", "2025-01-01", Decimal("3236.28")),
        ("Debit", "2024-12-31", Decimal("-24.00")),
        ("Debit", "2025-01-03", Decimal("-1.28")),
        ("Credit", "2025-01-03", Decimal("0.5")),
    ]
    assert records[1] | {"purpose": "Rechnung 17 vom Dezember", "counterparty": "Müller GmbH"} == records[1]
    assert (records[1]["bankReference"], records[1]["details"]) == ("B7", "SALES 12")
    assert (records[2]["purpose"], records[2]["reversal"]) == ("reversed credit second line", True)
    assert [each.kind for each in batch.notices] == ["encoding"]
    assert state(path, capsys)["state"] == {
        "517852257": {"balance": {"EUR": Decimal("3211.50")}, "version": 4}
    }


def test_mt940_lines_that_cannot_be_read_are_said_and_their_balance_parts(tmp_path: Path) -> None:
    path = written(tmp_path, "odd.sta", "what\n" + MT940.replace("RC1,28", "RC1.28"))
    _, batch = read(path)
    assert [(each.line, each.reason) for each in batch.unread] == [
        (1, "it is no part of a statement"),
        (10, "this :61: does not say when, which way and how much, as MT940 has it"),
    ]
    assert [(each.position, each.kind) for each in batch.notices] == [(3, "balance-differs")]


# --- OFX ----------------------------------------------------------------------------------------------------

OFX = """OFXHEADER:100
DATA:OFXSGML
VERSION:102
ENCODING:USASCII
CHARSET:1252

<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>CAD
<BANKACCTFROM><BANKID>1<ACCTID>77-3<ACCTTYPE>CHECKING</BANKACCTFROM>
<BANKTRANLIST><DTSTART>20250101<DTEND>20250131
<STMTTRN><TRNTYPE>POS<DTPOSTED>20250104120000.000[-5:EST]<TRNAMT>-6.60<FITID>a1<NAME>A &amp; B<MEMO></STMTTRN>
<STMTTRN><TRNTYPE>DEP<DTPOSTED>20250105<TRNAMT>+1000,45<FITID>a2
<STMTTRN><TRNTYPE>DEP<DTPOSTED>20250106<TRNAMT>lots<FITID>a3
</BANKTRANLIST>
<LEDGERBAL><BALAMT>1093.85<DTASOF>20250131</LEDGERBAL><AVAILBAL><BALAMT>1<DTASOF>20250131</AVAILBAL>
</STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>
"""


def test_ofx_that_states_only_its_end_has_its_beginning_concluded_and_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, "jan.ofx", OFX)
    records, batch = read(path)
    assert [(each["type"], each["amount"]) for each in records] == [
        ("OpeningBalance", Decimal("100.00")), ("Debit", Decimal("-6.60")), ("Credit", Decimal("1000.45")),
    ]  # fmt: skip
    assert (records[1]["counterparty"], records[1]["reference"]) == ("A & B", "a1")
    assert [each.kind for each in batch.notices] == ["opening-concluded"]
    assert [each.line for each in batch.unread] == [12]
    assert state(path, capsys)["state"] == {"77-3": {"balance": {"CAD": Decimal("1093.85")}, "version": 3}}


def test_ofx_in_xml_is_read_alike(tmp_path: Path) -> None:
    import re

    closed = re.sub(r"<([A-Z0-9]+)>([^<\n]+)(?=[<\n])", r"<\1>\2</\1>", OFX[OFX.index("<OFX>") :])
    closed = re.sub(r"(<FITID>a[23]</FITID>)", r"\1</STMTTRN>", closed)
    path = written(
        tmp_path, "two.ofx", '<?xml version="1.0"?>\n<?OFX OFXHEADER="200" VERSION="211"?>\n' + closed
    )
    other = written(tmp_path, "one.ofx", OFX)
    assert read(path)[0] == read(other)[0]


def test_the_second_statement_of_an_account_is_checked(tmp_path: Path) -> None:
    body = OFX[OFX.index("<STMTRS>") : OFX.index("</STMTTRNRS>")]
    again = body.replace("1093.85", "2000.00").replace("lots", "1")
    path = written(tmp_path, "both.ofx", OFX.replace(body, body + again))
    _, batch = read(path)
    assert [each.text for each in batch.notices if each.kind == "balance-differs"] == [
        "the statement ends with 2000.00 CAD, its entries give 2088.70: -88.70 apart"
    ]


# --- QIF ----------------------------------------------------------------------------------------------------


def qif(*entries: str, head: str = "!Type:Bank") -> str:
    return head + "\n" + "".join(each + "\n^\n" for each in entries)


def test_qif_days_and_months_are_told_apart_by_all_dates(tmp_path: Path) -> None:
    path = written(tmp_path, "a.qif", qif("D02/03/2026\nT1", "D13/03/2026\nT2"))
    records, batch = read(path)
    assert [each["at"] for each in records] == ["2026-03-02", "2026-03-13"]
    assert batch.notices == []
    path = written(tmp_path, "b.qif", qif("D3/ 2'26\nT1", "D3/13'26\nT2"))
    assert [each["at"] for each in read(path)[0]] == ["2026-03-02", "2026-03-13"]


def test_qif_of_which_no_date_tells_is_said(tmp_path: Path) -> None:
    path = written(
        tmp_path, "c.qif", qif("D01/02/2026\nT1", "D02/02/2026\nT2", "D03/02/2026\nT2", "D04/02/2026\nT2")
    )
    records, batch = read(path)
    assert [each["at"] for each in records] == ["2026-02-01", "2026-02-02", "2026-02-03", "2026-02-04"]
    assert [each.kind for each in batch.notices] == ["date-order"]


def test_qif_accounts_amounts_splits_and_lists(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = (
        "!Option:AutoSwitch\n!Account\nNSavings\nTBank\n^\n"
        + qif(
            "D13.01.26\nT1,234.50\nPOpening Balance",
            "D14.01.26\nT-34.50\nSFood\n$-30.00\nSFun\n$-4.50\nLFood",
        )
        + qif("NFood", head="!Type:Cat")
        + qif("D15.01.26\nPnothing")
    )
    path = written(tmp_path, "d.qif", text)
    records, batch = read(path)
    assert [each["type"] for each in records] == ["OpeningBalance", "Debit"]
    assert records[1]["splits"] == ["S Food", "$ -30.00", "S Fun", "$ -4.50"]
    assert [each.reason for each in batch.unread] == ["an entry without an amount (T)"]
    assert state(path, capsys)["state"] == {"Savings": {"balance": Decimal("1200.00"), "version": 2}}


@pytest.mark.parametrize(
    "text", ["", "!Type:Bank\n", "OFXHEADER:100\n<OFX></OFX>", ":20:X\n:25:Y\n:60F:C1\n", camt()]
)
def test_a_statement_without_entries_opens_or_says_why_not(tmp_path: Path, text: str) -> None:
    path = written(tmp_path, "none", text)
    if text.startswith(":"):
        with pytest.raises(LogError, match="nothing in it could be read"):
            Document.open(str(path), OpenOptions())
        return
    with open_log(path) as log:
        assert [event for batch in log.batches() for event in batch.events] == []
