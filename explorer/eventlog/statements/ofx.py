"""How is an OFX statement read, as SGML (1.x, where values have no closing tags) and as XML (2.x) alike?

No parser of either is asked, so nothing in a file can make one read something else or grow: tags and the text behind
them are all that counts. OFX states what there is at its end, and never what there was before its entries.
"""

from collections.abc import Iterator
from decimal import Decimal

import msgspec

from explorer.eventlog.entries import Remark, WrittenEntries, WrittenEntry
from explorer.eventlog.errors import LogError
from explorer.eventlog.statements.checking import Checking, added, kind_of, number, record, remark_on
from explorer.eventlog.text import Text
from explorer.patterns import lazy_pattern

_MOST_BYTES = 256 << 20
_TAG = lazy_pattern(rb"<(/?)([A-Za-z0-9._]{1,60})>([^<]{0,100000})")
_STATEMENTS = frozenset({"STMTRS", "CCSTMTRS", "INVSTMTRS", "LOANSTMTRS"})
_ACCOUNTS = frozenset({"BANKACCTFROM", "CCACCTFROM", "INVACCTFROM", "LOANACCTFROM"})
_OWN = frozenset({"CURRENCY", "ORIGCURRENCY", "BANKACCTTO", "CCACCTTO", "PAYEE"})
_AGGREGATES = _OWN | _ACCOUNTS | {"LEDGERBAL", "AVAILBAL"}
_DEEPEST = 50
_TRADE = lazy_pattern(r"(?:BUY|SELL)(?:DEBT|MF|OPT|OTHER|STOCK)|REINVEST|INCOME|INVEXPENSE|JRNLSEC|RETOFCAP|SPLIT|"
                    r"TRANSFER|MARGININTEREST|JRNLFUND|CLOSUREOPT")  # fmt: skip


class _Found(msgspec.Struct):
    """One transaction."""

    offset: int
    end: int
    values: dict[str, str] = {}
    what: str = ""


class _Statement(msgspec.Struct):
    """One statement.

    Attributes:
        offset: Where its entries begin.
    """

    account: str = ""
    currency: str = ""
    offset: int = 0
    found: list[_Found] = []
    ledger: Decimal | None = None
    as_of: str = ""
    until: str = ""


class Ofx(WrittenEntries):
    """Its entries, statement by statement."""

    name = "bank statement (OFX)"

    def __init__(self, text: Text) -> None:
        super().__init__()
        self.text = text
        if text.source.size_bytes > _MOST_BYTES:
            raise LogError(text.source.name, f"an OFX file of more than {_MOST_BYTES >> 20} MiB is not read")

    def entries(self) -> Iterator[WrittenEntry]:
        """Read them from the beginning."""
        checking = Checking()
        raw = self.text.source.read(0, self.text.source.size_bytes)
        lines = _Lines(raw)
        for statement in self._statements(raw):
            yield from _opening(statement, checking, lines)
            for each in statement.found:
                yield self._entry(each, statement, checking, lines)
            if statement.ledger is not None and not _later(statement):
                remark = checking.closes(statement.account, statement.currency, statement.ledger)
                if remark is not None:
                    end = statement.found[-1].end if statement.found else statement.offset
                    yield WrittenEntry(end, 0, lines.at(end), remarks=(remark,))

    def _statements(self, raw: bytes) -> Iterator[_Statement]:  # noqa: C901, PLR0912 - one pass over the tags
        statement: _Statement | None = None
        trade: _Found | None = None
        transaction: _Found | None = None
        within: list[str] = []
        for found in _TAG.finditer(raw):
            closes, name, value = found[1] == b"/", found[2].decode().upper(), self._said(found[3])
            if name in _STATEMENTS:
                if statement is not None:
                    yield statement
                statement = None if closes else _Statement(offset=found.start(), found=[])
                trade = transaction = None
                within = []
            elif statement is None:
                continue
            elif name == "STMTTRN":
                if closes and transaction is not None:
                    transaction.end = found.start(3)
                transaction = None if closes else _Found(found.start(), found.end(), {})
                if transaction is not None:
                    statement.found.append(transaction)
            elif _TRADE.fullmatch(name) and transaction is None:
                if closes and trade is not None:
                    trade.end = found.start(3)
                trade = None if closes else _Found(found.start(), found.end(), {}, name)
                if trade is not None:
                    statement.found.append(trade)
            elif closes:
                if name in {"BANKTRANLIST", "INVTRANLIST"}:
                    transaction = trade = None
                if name in within:  # what is left open in it was empty
                    del within[within.index(name) :]
            elif not value:
                if len(within) < _DEEPEST:
                    within.append(name)
                if name in {"BANKTRANLIST", "INVTRANLIST"}:
                    statement.offset = found.start()
            else:
                inside = next((each for each in reversed(within) if each in _AGGREGATES), "")
                if (own := transaction or trade) is not None:
                    own.values.setdefault(f"{inside}.{name}" if inside in _OWN else name, value)
                    own.end = found.end()
                else:
                    _takes(statement, inside, name, value)
        if statement is not None:
            yield statement

    def _entry(
        self, found: _Found, statement: _Statement, checking: Checking, lines: "_Lines"
    ) -> WrittenEntry:
        values, line = found.values, lines.at(found.offset)
        size = found.end - found.offset
        if found.what:
            reason = f"a trade in securities ({found.what}), which is not read"
            return WrittenEntry(found.offset, size, line, reason=reason)
        amount = number(values.get("TRNAMT"))
        if amount is None:
            reason = "this transaction has no amount (TRNAMT) that can be read"
            return WrittenEntry(found.offset, size, line, reason=reason)
        currency = values.get("CURRENCY.CURSYM") or statement.currency
        checking.moves(statement.account, currency, amount)
        told = record(
            kind_of(amount), statement.account, amount, currency,
            values.get("DTPOSTED") or values.get("DTUSER"),
            valueDate=values.get("DTAVAIL"), code=values.get("TRNTYPE"), reference=values.get("FITID"),
            counterparty=values.get("NAME") or values.get("PAYEE.NAME"), purpose=values.get("MEMO"),
            counterpartyAccount=values.get("BANKACCTTO.ACCTID") or values.get("CCACCTTO.ACCTID"),
            cheque=values.get("CHECKNUM"), corrects=values.get("CORRECTFITID"),
            correction=values.get("CORRECTACTION"),
        )  # fmt: skip
        entry = WrittenEntry(found.offset, size, line, told)
        if "CORRECTFITID" in values:
            text = f"it corrects the transaction {values['CORRECTFITID']}, which stays as it is"
            remark_on(entry, Remark("correction", text))
        return entry

    def _said(self, raw: bytes) -> str:
        try:
            text = self.text.decoded(raw, "strict")
        except UnicodeDecodeError:
            text = raw.decode("windows-1252", "replace")
        import html  # its table of names is long, and only old files need it

        return html.unescape(text).strip()


def _takes(statement: _Statement, inside: str, name: str, value: str) -> None:
    """Something that a statement says of itself."""
    if name == "CURDEF":
        statement.currency = value
    elif inside in _ACCOUNTS and name == "ACCTID":
        statement.account = value
    elif inside == "LEDGERBAL" and name == "BALAMT":
        statement.ledger = number(value)
    elif inside == "LEDGERBAL" and name == "DTASOF":
        statement.as_of = value
    elif name == "DTEND":
        statement.until = value


def _later(statement: _Statement) -> list[_Found]:
    """The entries that were made after its balance was."""
    day = statement.as_of[:8]
    return [each for each in statement.found if day and each.values.get("DTPOSTED", "")[:8] > day]


def _opening(statement: _Statement, checking: Checking, lines: "_Lines") -> Iterator[WrittenEntry]:
    """What there was before the entries: nobody states it, so it is what makes the balance at the end right."""
    if statement.ledger is None or checking.knows(statement.account, statement.currency):
        return
    later = {id(each) for each in _later(statement)}
    before = statement.ledger
    for each in statement.found:
        amount = number(each.values.get("TRNAMT"))
        own = each.values.get("CURRENCY.CURSYM", statement.currency) == statement.currency
        if amount is not None and own and not each.what and id(each) not in later:
            before = added(before, -amount)
    if before == 0:
        return
    first = min((each.values.get("DTPOSTED", "") for each in statement.found), default=statement.as_of)
    told = checking.opens(statement.account, statement.currency, before, first[:8] or None)
    if told is None or isinstance(told, Remark):
        return
    text = (
        f"no opening balance is stated: {before:f} is what its balance of {statement.ledger:f} "
        f"{statement.currency} at the end needs"
    )
    entry = WrittenEntry(statement.offset, 0, lines.at(statement.offset), told)
    entry.size = len("<BANKTRANLIST>")
    yield remark_on(entry, Remark("opening-concluded", text))


class _Lines:
    """On which line a byte stands; asked from the top to the bottom."""

    def __init__(self, raw: bytes) -> None:
        self._raw = raw
        self._byte, self._line = 0, 1

    def at(self, byte: int) -> int:
        if byte < self._byte:
            self._byte, self._line = 0, 1
        self._line += self._raw.count(b"\n", self._byte, byte)
        self._byte = byte
        return self._line
