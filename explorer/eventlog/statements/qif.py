"""How is a QIF file read, as Quicken and many banks write it: `!Type:Bank`, lines that begin with a letter, `^`?

Neither the order of day and month nor the style of numbers is said anywhere, so both are found from all of its values.
"""

import re
from collections.abc import Iterator

import msgspec

from explorer.eventlog.csv_rows import lines_of
from explorer.eventlog.dates import DateOrder, date_order, iso_date
from explorer.eventlog.entries import Remark, WrittenEntries, WrittenEntry
from explorer.eventlog.statements.checking import CREDIT, DEBIT, OPENING, record, remark_on
from explorer.eventlog.text import Text
from explorer.patterns import lazy_pattern

_MOST_LINES = 2_000  # of one entry
_LISTS = frozenset(
    {"cat", "class", "memorized", "prices", "security", "budget", "invitem", "template", "tag"}
)
_HEAD = lazy_pattern(r"!(type|account|option|clear)(?::(.*))?", re.IGNORECASE)


class _Found(msgspec.Struct):
    """The lines of one entry, by their letters."""

    offset: int
    end: int
    line: int
    section: str
    account: str
    said: dict[str, str] = {}
    parts: list[str] = []
    whole: bool = True


class Qif(WrittenEntries):
    """Its entries."""

    name = "bank statement (QIF)"

    def __init__(self, text: Text, newline: bytes, dates: str | None = None) -> None:
        super().__init__()
        self._dates = dates
        self.text = text
        self._newline = newline

    def entries(self) -> Iterator[WrittenEntry]:
        """Read them from the beginning."""
        dates = [each.said["D"] for each in self._found() if isinstance(each, _Found) and "D" in each.said]
        order = date_order(dates) if self._dates is None else DateOrder.of_text(self._dates)
        first = True
        for each in self._found():
            if isinstance(each, WrittenEntry):
                yield each
                continue
            entry = _entry(each, order)
            if first and entry.record is not None and order.guessed:
                first = False
                remark_on(entry, Remark("date-order", order.remark))
            yield entry

    def _found(self) -> Iterator[_Found | WrittenEntry]:  # noqa: C901 - one pass over the lines
        section, account, listed = "", "", False
        entry: _Found | None = None
        for unit, line, skeleton in lines_of(self.text, self._newline):
            offset, size = self.text.byte(unit), len(skeleton) * self.text.width
            text = self.text.decoded(self.text.source.read(offset, size), "replace").strip("\r\n\ufeff ")
            if not text:
                continue
            if (head := _HEAD.fullmatch(text)) is not None:
                if entry is not None:
                    yield entry
                entry = None
                kind, rest = head[1].lower(), (head[2] or "").strip()
                if kind == "account":
                    section = "account"
                elif kind == "type":
                    section, listed = rest, rest.lower().split(" ")[0] in _LISTS
                continue
            if entry is None:
                entry = _Found(offset, offset + size, line, section, account or section, {}, [])
            entry.end = offset + size
            if text.startswith("^"):
                if section == "account":
                    account = entry.said.get("N", account)
                elif not listed:
                    yield entry
                entry = None
            elif len(entry.said) + len(entry.parts) >= _MOST_LINES:
                yield WrittenEntry(offset, size, line, reason="an entry of too many lines")
            elif text[0] in "SE$%":  # a split says these several times
                entry.parts.append(text)
            else:
                entry.said.setdefault(text[0], text[1:].strip())
        if entry is not None and not listed and section != "account":
            entry.whole = False
            yield entry


def _entry(found: _Found, order: DateOrder) -> WrittenEntry:
    said, size = found.said, found.end - found.offset
    amount = said.get("T") or said.get("U")
    if "D" not in said or (amount is None and found.section.lower() != "invst"):
        reason = "an entry without an amount (T)" if "D" in said else "an entry without a date (D)"
        return WrittenEntry(found.offset, size, found.line, reason=reason)
    at = iso_date(said["D"], order) or said["D"]
    if found.section.lower() == "invst":  # which way the money goes, only the action tells
        told = record(
            said.get("N", "Trade"), found.account, None, "", at, total=amount, security=said.get("Y"),
            price=said.get("I"), number=said.get("Q"), commission=said.get("O"), purpose=said.get("M"),
        )  # fmt: skip
        return WrittenEntry(found.offset, size, found.line, told)
    opening = said.get("P", "").lower() == "opening balance"
    kind = OPENING if opening else DEBIT if (amount or "").lstrip().startswith(("-", "(")) else CREDIT
    told = record(
        kind, found.account, amount, "", at, counterparty=said.get("P"), purpose=said.get("M"),
        reference=said.get("N"), category=said.get("L"), cleared=said.get("C"),
        splits=[f"{each[0]} {each[1:]}" for each in found.parts] or None,
    )  # fmt: skip
    entry = WrittenEntry(found.offset, size, found.line, told)
    if not found.whole:
        remark_on(entry, Remark("incomplete-entry", "the end of this entry (^) is missing"))
    return entry
