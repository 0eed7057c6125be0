"""How is a bank statement read that SWIFT's MT940 or MT942 wrote: `:60F:`, `:61:`, `:86:`, `:62F:`?"""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import msgspec

from explorer.eventlog.csv_rows import lines_of
from explorer.eventlog.entries import Remark, WrittenEntries, WrittenEntry
from explorer.eventlog.statements.checking import Checking, kind_of, number, record
from explorer.eventlog.text import Text
from explorer.patterns import lazy_pattern

_TAG = lazy_pattern(r":(\d\d[A-Z]?|NS):")
_BALANCE = lazy_pattern(
    r"(?P<mark>R?[CD])(?P<date>\d{6})(?P<currency>[A-Z]{3})(?P<amount>\d{0,15},?\d*)\s*", re.ASCII
)
_LINE = lazy_pattern(
    r"(?P<value>\d{6})(?P<entry>\d{4})?(?P<mark>[RE]?[CD])(?P<funds>[A-Z])?(?P<amount>\d{1,15},\d*)"
    r"(?P<code>[A-Z][A-Z0-9 ]{3})?(?P<reference>.*?)(?://(?P<bank>.*))?",
    re.ASCII | re.DOTALL,
)
_FRAME = lazy_pattern(r"(?::94[0-2]:|\{[1-5]:.*|-\}.*|-|\x01.*|\x03.*|\$)", re.DOTALL)
_SUBFIELD = lazy_pattern(r"\?(\d\d)")
_MOST_LINES = 200  # of one field
_CENTURY = 80  # 80 to 99 are of the last one


class _Field(msgspec.Struct):
    """One field with the lines that go on with it."""

    tag: str
    text: list[str]
    offset: int
    end: int
    line: int


class Mt940(WrittenEntries):
    """Its entries; the first statement of an account begins with its opening balance."""

    name = "bank statement (SWIFT MT940)"

    def __init__(self, text: Text, newline: bytes) -> None:
        super().__init__()
        self.text = text
        self._newline = newline

    def entries(self) -> Iterator[WrittenEntry]:
        """Read them from the beginning."""
        checking = Checking()
        account = currency = ""
        entry: WrittenEntry | None = None
        for each in self._fields():
            if isinstance(each, WrittenEntry):
                yield each
                continue
            if entry is not None and each.tag in {"86", "NS"}:
                entry.size = each.end - entry.offset
                if each.tag == "86" and entry.record is not None:
                    entry.record = {**_explained(each.text), **entry.record}
                continue
            if entry is not None:
                yield entry
                entry = None
            if each.tag in {"25", "25P"}:
                account = each.text[0].strip()
            elif each.tag in {"60F", "60M", "62F", "62M"}:
                found = _BALANCE.fullmatch(each.text[0].strip())
                if found is None or (amount := number(found["amount"] or "0")) is None:
                    reason = f"this :{each.tag}: is no balance that can be read"
                    yield WrittenEntry(each.offset, each.end - each.offset, each.line, reason=reason)
                    continue
                currency, stated = found["currency"], -amount if found["mark"].endswith("D") else amount
                yield from _balance(each, checking, account, currency, stated, _date(found["date"]))
            elif each.tag == "34F" and not currency:
                currency = each.text[0][:3]
            elif each.tag == "61":
                entry = _entry(each, account, currency, checking)
        if entry is not None:
            yield entry

    def _fields(self) -> Iterator[_Field | WrittenEntry]:
        """The fields of all messages, and the lines that belong to none."""
        field: _Field | None = None
        for unit, line, skeleton in lines_of(self.text, self._newline):
            offset, size = self.text.byte(unit), len(skeleton) * self.text.width
            text = self.text.decoded(self.text.source.read(offset, size), "replace").strip("\r\x03")
            found = _TAG.match(text) or (_TAG.search(text) if text.startswith(("{4:", "{1:")) else None)
            if found is not None:
                if field is not None:
                    yield field
                field = _Field(found[1], [text[found.end() :]], offset, offset + size, line)
            elif _FRAME.fullmatch(text.strip()) or not text.strip():
                if field is not None:
                    yield field
                field = None
            elif field is not None and len(field.text) < _MOST_LINES:
                field.text.append(text)
                field.end = offset + size
            else:
                yield WrittenEntry(offset, size, line, reason="it is no part of a statement")
        if field is not None:
            yield field


def _balance(
    field: _Field, checking: Checking, account: str, currency: str, stated: Decimal, at: str
) -> Iterator[WrittenEntry]:
    if field.tag.startswith("62"):
        told: Any = checking.closes(account, currency, stated)
    else:
        told = checking.opens(account, currency, stated, at)
    if isinstance(told, Remark):
        yield WrittenEntry(field.offset, 0, field.line, remarks=(told,))
    elif told is not None:
        yield WrittenEntry(field.offset, field.end - field.offset, field.line, told)


def _entry(field: _Field, account: str, currency: str, checking: Checking) -> WrittenEntry:
    found = _LINE.fullmatch(field.text[0].strip())
    amount = None if found is None else number(found["amount"])
    size = field.end - field.offset
    if found is None or amount is None:
        reason = "this :61: does not say when, which way and how much, as MT940 has it"
        return WrittenEntry(field.offset, size, field.line, reason=reason)
    if found["mark"] in {"D", "RC", "ED"}:  # a credit that is taken back goes out
        amount = -amount
    expected = found["mark"] in {"EC", "ED"}
    if not expected:
        checking.moves(account, currency, amount)
    value = _date(found["value"])
    reference = found["reference"].strip()
    told = record(
        "Pending" if expected else kind_of(amount), account, None if expected else amount, currency,
        _entry_date(value, found["entry"]),
        pending=amount if expected else None,
        valueDate=value, code=(found["code"] or "").strip(), reversal=True if found["mark"][0] == "R" else None,
        reference="" if reference == "NONREF" else reference, bankReference=(found["bank"] or "").strip(),
        details=" ".join(each.strip() for each in field.text[1:]),
    )  # fmt: skip
    return WrittenEntry(field.offset, size, field.line, told)


def _explained(lines: list[str]) -> dict[str, str]:
    """What `:86:` tells of an entry: as subfields (`?20…`), or as a text."""
    text = "".join(lines) if any("?" in each for each in lines) else " ".join(each.strip() for each in lines)
    code, *rest = _SUBFIELD.split(text)
    if not rest or len(code.strip()) > 3:
        return {"purpose": text.strip()} if text.strip() else {}
    parts: dict[str, str] = {}
    for number_of, value in zip(rest[::2], rest[1::2], strict=True):
        if 20 <= int(number_of) <= 29 or 60 <= int(number_of) <= 63:
            name = "purpose"
        else:
            name = {"00": "booking", "31": "counterpartyAccount", "30": "counterpartyBank",
                    "32": "counterparty", "33": "counterparty"}.get(number_of, "")  # fmt: skip
        if name and value:
            parts[name] = parts.get(name, "") + value
    return {name: value.strip() for name, value in parts.items() if value.strip()}


def _date(text: str) -> str:
    """`260102` as 2026-01-02."""
    century = "19" if int(text[:2]) >= _CENTURY else "20"
    return f"{century}{text[:2]}-{text[2:4]}-{text[4:6]}"


def _entry_date(value: str, told: str | None) -> str:
    """The day on which it was booked, of which only month and day are told: near the day that it counts from."""
    if told is None:
        return value
    year, month = int(value[:4]), int(value[5:7])
    year += (month - int(told[:2]) > 6) - (int(told[:2]) - month > 6)
    return f"{year}-{told[:2]}-{told[2:]}"
