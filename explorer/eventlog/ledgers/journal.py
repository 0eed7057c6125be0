"""How is a journal of hledger or Ledger read: transactions with a date, and postings indented below them?

What adds postings without stating them (rules, forecasts, other files) is not carried out, and said.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from explorer.eventlog.csv_rows import lines_of
from explorer.eventlog.entries import WrittenEntries, WrittenEntry
from explorer.eventlog.errors import LogError
from explorer.eventlog.ledgers.amounts import Amount, DecimalMarks, NotStated, amount_of, worked_out
from explorer.eventlog.ledgers.postings import Posting, Transaction, entries_of, settled
from explorer.eventlog.text import Text
from explorer.patterns import lazy_pattern

MOST_BYTES = 256 << 20
_DATE = r"(?:(\d{4})[-/.])?(\d{1,2})[-/.](\d{1,2})"
_HEAD = lazy_pattern(
    rf"{_DATE}(?:=(?:\d{{4}}[-/.])?\d{{1,2}}[-/.]\d{{1,2}})?(?:\s+([*!]))?(?:\s+\(([^)]*)\))?(?:\s+(.*))?"
)
_ACCOUNT = lazy_pattern(r"\s+(?:[*!]\s+)?([\[(]?)(\S(?:[^\t;]*?\S)??)([\])]?)(?:\s*\t\s*|\s{2,}|\s*$)(.*)")
_YEAR = lazy_pattern(r"(?:Y|year|apply year)\s*(\d{4})\b")
_RULES = {"=": "a rule that adds postings, which is not carried out"}
_SAID = {
    "include": "another journal, which is not read: open it by itself",
    "bucket": "a default account, which postings that are left out would go to: it is not applied",
    "A": "a default account, which postings that are left out would go to: it is not applied",
    "!include": "another journal, which is not read: open it by itself",
}
_LEFT_OUT = lazy_pattern(
    r"(?:account|commodity|payee|tag|P|D|N|C|Y|year|apply|end|alias|decimal-mark|define|def|assert|check|eval|"
    r"python|expr|format|note|default|capture|import|[~@!])\b|[;#%*|~]"
)
_AMOUNT_TEXT = lazy_pattern(r"(?:\s{2,}|\t)\s*([^;@={(\[]*\d[^;@={(\[]*)")


class Journal(WrittenEntries):
    """Its postings."""

    name = "journal (hledger, Ledger)"

    def __init__(self, text: Text, newline: bytes) -> None:
        super().__init__()
        self.text = text
        self._newline = newline
        if text.source.size_bytes > MOST_BYTES:
            raise LogError(text.source.name, f"a journal of more than {MOST_BYTES >> 20} MiB is not read")

    def entries(self) -> Iterator[WrittenEntry]:
        """Read them from the beginning."""
        found = list(self._transactions())
        settled([each for each in found if isinstance(each, Transaction)])
        for each in found:
            if isinstance(each, WrittenEntry):
                yield each
            else:
                yield from entries_of(each)

    def _lines(self) -> Iterator[tuple[int, int, int, str]]:
        """Each line as offset, size, number and text."""
        for unit, line, skeleton in lines_of(self.text, self._newline):
            offset, size = self.text.byte(unit), len(skeleton) * self.text.width
            yield (
                offset,
                size,
                line,
                self.text.decoded(self.text.source.read(offset, size), "replace").rstrip(),
            )

    def _transactions(self) -> Iterator[Transaction | WrittenEntry]:  # noqa: C901, PLR0912 - one line after the other
        marks, usual, year = self._marks(), "", ""
        prefix: list[str] = []
        aliases: dict[str, str] = {}
        within, skipped = "", False  # a comment of several lines; what is indented below something left out
        current: Transaction | None = None
        for offset, size, line, text in self._lines():
            if within:
                within = "" if text.strip() in {"end comment", f"end {within}", "end test"} else within
                continue
            if not text.strip():
                if current is not None:
                    yield current
                current, skipped = None, False
                continue
            if text[0] in " \t":
                if current is not None and text.strip()[:1] not in ";#|*":
                    current.postings.append(
                        self._posting(text, offset, size, line, marks, usual, prefix, aliases)
                    )
                elif current is None and not skipped and text.strip()[:1] not in ";#":
                    yield WrittenEntry(offset, size, line, reason="a posting of no transaction")
                continue
            if current is not None:
                yield current
            current, skipped = None, True
            head = _HEAD.fullmatch(text.split(";", 1)[0].rstrip()) if text[0].isdigit() else None
            if head is not None and (day := _day(head, year)):
                current = Transaction(day, [], _said(head, text))
                continue
            word = text.split(None, 1)[0]
            rest = text[len(word) :].split(";", 1)[0].strip()
            if word in {"comment", "test"} or text.startswith(("apply tag", "apply fixed")):
                within = word if word in {"comment", "test"} else ""
            elif (told := _YEAR.match(text)) is not None:
                year = told[1]
            elif word == "D":
                usual = _commodity(rest, marks)
            elif text.startswith("apply account "):
                prefix.append(text[len("apply account ") :].strip())
            elif text.startswith("end apply") or word == "end":
                if prefix and ("account" in text or text.strip() == "end apply"):
                    prefix.pop()
            elif word == "alias" and "=" in rest and not rest.startswith("/"):
                old, new = rest.split("=", 1)
                aliases[old.strip()] = new.strip()
            elif word == "alias":
                yield WrittenEntry(offset, size, line, reason="an alias by a pattern, which is not read")
            elif word in _SAID or text[0] in _RULES:
                yield WrittenEntry(offset, size, line, reason=_SAID.get(word) or _RULES[text[0]])
            elif not _LEFT_OUT.match(text):
                yield WrittenEntry(
                    offset, size, line, reason="it is no transaction and no directive that is known"
                )
        if current is not None:
            yield current

    def _marks(self) -> DecimalMarks:
        """The decimal marks: those that the journal tells, else those of all its amounts."""
        told = ""
        for _, _, _, text in self._lines():
            if text.startswith("decimal-mark "):
                told = text.split(None, 1)[1].strip()[:1]
        marks = DecimalMarks(told if told in {".", ","} else "")
        for _, _, _, text in self._lines():
            if text[:1] in {" ", "\t"} and (found := _AMOUNT_TEXT.search(text)) is not None:
                marks.learn([found[1].strip()])
            elif text.startswith(("commodity ", "D ")):
                marks.learn([text.split(None, 1)[1].split(";")[0].strip()])
        return marks

    def _posting(
        self,
        text: str,
        offset: int,
        size: int,
        line: int,
        marks: DecimalMarks,
        usual: str,
        prefix: list[str],
        aliases: dict[str, str],
    ) -> Posting:
        body, _, comment = text.partition(";")
        found = _ACCOUNT.fullmatch(body.rstrip() + " " if "\t" not in body else body)
        posting = Posting("", offset, size, line, more={})
        if comment.strip():
            posting.more["comment"] = comment.strip()
        if found is None:
            posting.fault = "this posting names no account"
            return posting
        opening, name, closing, rest = found.groups()
        if opening and not closing:  # what was taken for the end of a name is a bracket
            name, closing = name.removesuffix(")").removesuffix("]"), name[-1:]
        posting.account = _renamed(":".join([*prefix, name]), aliases)
        posting.virtual, posting.apart = opening == "(", opening == "["
        try:
            _reads_amount(posting, rest.strip(), marks, usual)
        except NotStated as error:
            posting.fault = str(error)
        return posting


def _reads_amount(posting: Posting, text: str, marks: DecimalMarks, usual: str) -> None:
    amount, mark, stated = text.partition("=")
    amount = amount.strip()
    if mark:
        stated = stated.lstrip("=").strip()
        if not stated.startswith("*"):  # with all accounts below it
            stated = re.split(r"[@{]", stated, maxsplit=1)[0]
            posting.stated = amount_of(stated, marks, usual)
            if not amount:
                posting.assigned, posting.stated = posting.stated, None
    if not amount:
        return
    if amount.startswith("("):
        amount = worked_out(amount, marks)
    units, price_mark, price = amount.partition("@")
    bare = re.sub(r"[\[(][^\])]*[\])]", "", units)
    bare, brace, lot = bare.partition("{")
    posting.amount = amount_of(bare, marks, usual)
    if price_mark:
        total = price.startswith("@")
        cost = amount_of(price.removeprefix("@"), marks, usual)
        posting.weight = _worth(posting.amount, cost, total=total)
        posting.more["price"] = f"{price_mark}{price}".strip()
    elif brace and lot.strip().rstrip("}").strip():
        total = lot.startswith("{")
        cost = amount_of(lot.strip("{} ").removeprefix("=").strip(), marks, usual)
        posting.weight = _worth(posting.amount, cost, total=total)


def _worth(amount: Amount, cost: Amount, *, total: bool) -> Amount:
    if total:
        sign = Decimal(-1) if amount.number < 0 else Decimal(1)
        return Amount(abs(cost.number) * sign, cost.commodity)
    return cost.times(amount.number)


def _renamed(account: str, aliases: dict[str, str]) -> str:
    for old, new in aliases.items():
        if account == old or account.startswith(old + ":"):
            return new + account[len(old) :]
    return account


def _commodity(text: str, marks: DecimalMarks) -> str:
    try:
        return amount_of(text, marks).commodity
    except NotStated:
        return ""


def _day(head: re.Match[str], year: str) -> str:
    """The day of a transaction as ISO 8601 has it; empty if it is none."""
    from datetime import date

    if not (head[1] or year):
        return ""
    try:
        return date(int(head[1] or year), int(head[2]), int(head[3])).isoformat()
    except ValueError:
        return ""


def _said(head: re.Match[str], text: str) -> dict[str, object]:
    status = {"*": "cleared", "!": "pending"}.get(head[4] or "")
    comment = text.partition(";")[2].strip()
    return {"description": (head[6] or "").strip(), "code": head[5], "status": status, "note": comment}
