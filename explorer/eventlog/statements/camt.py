"""How is a bank statement read in ISO 20022 XML: CAMT.053 (statement), .052 (report of a day), .054 (notification)?"""

from collections.abc import Iterator
from decimal import Decimal

from explorer.eventlog.entries import Remark, WrittenEntries, WrittenEntry
from explorer.eventlog.statements.checking import Checking, added, kind_of, number, record, remark_on
from explorer.eventlog.statements.xml_elements import Element, XmlFault, elements
from explorer.eventlog.text import Text

_STATEMENTS = frozenset({"Stmt", "Rpt", "Ntfctn"})
_FIRST, _LAST = ("OPBD", "PRCD"), ("CLBD",)
_PENDING = frozenset({"PDNG", "INFO", "FUTR"})


class Camt(WrittenEntries):
    """Its entries; the first statement of an account begins with its opening balance."""

    def __init__(self, text: Text, kind: str) -> None:
        super().__init__()
        self.text = text
        self.name = f"bank statement ({kind})"

    def entries(self) -> Iterator[WrittenEntry]:
        """Read them from the beginning."""
        checking, statement = Checking(), _Statement()
        source = self.text.source
        try:
            for found in elements(source, {"Acct", "Bal", "Ntry"}, _STATEMENTS):
                if found.ends:
                    for remark in statement.closed(checking):
                        yield WrittenEntry(found.offset, 0, found.line, remarks=(remark,))
                    statement = _Statement()
                elif found.name == "Acct":
                    statement.account, statement.currency = _account(found), found.said("Ccy") or ""
                elif found.name == "Bal":
                    yield from statement.takes_balance(found, checking)
                else:
                    yield _entry(found, statement, checking)
        except XmlFault as fault:
            rest = max(source.size_bytes - fault.byte, 0)
            yield WrittenEntry(fault.byte, rest, fault.line, reason=fault.reason, column=fault.column)


class _Statement:
    """What a statement says above its entries."""

    def __init__(self) -> None:
        self.account, self.currency = "", ""
        self.closing: list[tuple[str, Decimal]] = []
        self._opened: dict[str, str] = {}  # currency → by which kind of balance

    def takes_balance(self, found: Element, checking: Checking) -> Iterator[WrittenEntry]:
        """A balance that the statement states."""
        code = found.said("Tp", "CdOrPrtry", "Cd") or ""
        sub = found.said("Tp", "SubTp", "Cd") or ""
        amount, currency = _amount(found, self.currency)
        if amount is None or sub == "INTM":  # a page of it
            return
        if code in _LAST:
            self.closing.append((currency, amount))
        elif code in _FIRST and currency not in self._opened:
            self._opened[currency] = code
            told = checking.opens(self.account, currency, amount, _date(found, "Dt"))
            if isinstance(told, Remark):
                yield WrittenEntry(found.offset, 0, found.line, remarks=(told,))
            elif told is not None:
                yield WrittenEntry(found.offset, found.size, found.line, told)

    def closed(self, checking: Checking) -> Iterator[Remark]:
        """What is odd about the balances that it ends with."""
        for currency, amount in self.closing:
            remark = checking.closes(self.account, currency, amount)
            if remark is not None:
                yield remark


def _entry(found: Element, statement: _Statement, checking: Checking) -> WrittenEntry:
    amount, currency = _amount(found, statement.currency)
    if amount is None:
        reason = (
            "this entry has no amount that can be read, or does not say whether it is a credit or a debit"
        )
        return WrittenEntry(found.offset, found.size, found.line, reason=reason, column=found.column)
    status = found.said("Sts", "Cd") or found.said("Sts") or "BOOK"
    pending = status in _PENDING
    if not pending:
        checking.moves(statement.account, currency, amount)
    other = "Dbtr" if amount > 0 else "Cdtr"
    details = list(found.all("NtryDtls", "TxDtls"))
    texts = [each.text for part in details for each in part.all("RmtInf", "Ustrd") if each.text]
    names = [
        name
        for part in details
        for name in (part.said("RltdPties", other, "Nm") or part.said("RltdPties", other, "Pty", "Nm"),)
        if name
    ]
    ibans = [iban for part in details if (iban := part.said("RltdPties", f"{other}Acct", "Id", "IBAN"))]
    ends = [each for part in details if (each := part.said("Refs", "EndToEndId")) and each != "NOTPROVIDED"]
    told = record(
        "Pending" if pending else kind_of(amount), statement.account, None if pending else amount, currency,
        _date(found, "BookgDt") or _date(found, "ValDt"),
        pending=amount if pending else None,
        valueDate=_date(found, "ValDt"),
        counterparty="; ".join(dict.fromkeys(names)), counterpartyAccount="; ".join(dict.fromkeys(ibans)),
        purpose=" ".join(texts) or found.said("AddtlNtryInf"),
        code=_code(found), reversal=True if found.said("RvslInd") in {"true", "1"} else None,
        reference=found.said("AcctSvcrRef") or found.said("NtryRef"), endToEndId="; ".join(dict.fromkeys(ends)),
        batch=len(details) if len(details) > 1 else None,
    )  # fmt: skip
    entry = WrittenEntry(found.offset, found.size, found.line, told)
    return remark_on(entry, _parts_differ(details, amount, currency))


def _parts_differ(details: list[Element], amount: Decimal, currency: str) -> Remark | None:
    """Where an entry is of several transactions, do they come to it?"""
    parts = [_part(each, currency) for each in details]
    known = [each for each in parts if each is not None]
    if len(parts) < 2 or len(known) < len(parts):
        return None
    total = Decimal(0)
    for each in known:
        total = added(total, each)
    if total == abs(amount):
        return None
    text = f"the entry is of {abs(amount):f} {currency}, its {len(known):,} transactions come to {total:f}"
    return Remark("balance-differs", text)


def _part(found: Element, currency: str) -> Decimal | None:
    for path in (("Amt",), ("AmtDtls", "TxAmt", "Amt")):
        amount = found.first(*path)
        if amount is not None and amount.attributes.get("Ccy", currency) == currency:
            return number(amount.text)
    return None


def _amount(found: Element, currency: str) -> tuple[Decimal | None, str]:
    """What an entry moves or a balance is, with its sign; and in what."""
    told = found.first("Amt")
    value = None if told is None else number(told.text)
    sign = {"CRDT": 1, "DBIT": -1}.get(found.said("CdtDbtInd") or "")
    named = currency if told is None else told.attributes.get("Ccy") or currency
    return (None if value is None or sign is None else value if sign > 0 else -value), named


def _account(found: Element) -> str:
    for path in (("Id", "IBAN"), ("Id", "Othr", "Id"), ("Nm",)):
        if (said := found.said(*path)) is not None:
            return said
    return ""


def _date(found: Element, name: str) -> str | None:
    return found.said(name, "DtTm") or found.said(name, "Dt") or None


def _code(found: Element) -> str | None:
    codes = [
        found.said("BkTxCd", "Domn", "Cd"),
        found.said("BkTxCd", "Domn", "Fmly", "Cd"),
        found.said("BkTxCd", "Domn", "Fmly", "SubFmlyCd"),
    ]
    return "-".join(each for each in codes if each) or found.said("BkTxCd", "Prtry", "Cd")
