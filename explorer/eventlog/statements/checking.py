"""Do the balances that a statement states, before and after its entries, go with them; and where do they part?

All statement readers make their records here, so that those of all banks look alike.
"""

import re
from decimal import Context, Decimal, Inexact, InvalidOperation

from explorer.eventlog.entries import Remark, WrittenEntry
from explorer.eventlog.event import Record
from explorer.patterns import lazy_pattern

CREDIT, DEBIT, OPENING = "Credit", "Debit", "OpeningBalance"
PARTED = "balance-differs"
_MOST_DIGITS = 100
_NUMBER = lazy_pattern(r"[+-]?(?:\d+\.?\d*|\.\d+)", re.ASCII)
_EXACT = Context(prec=4 * _MOST_DIGITS, traps=[Inexact, InvalidOperation])


class StatementAccount:
    """One account in one currency, from statement to statement.

    Attributes:
        balance: What is there, as its entries tell; None before it is known what was there at first.
    """

    def __init__(self) -> None:
        self.balance: Decimal | None = None


class Checking:
    """All accounts of a file."""

    def __init__(self) -> None:
        self._accounts: dict[tuple[str, str], StatementAccount] = {}

    def opens(self, account: str, currency: str, stated: Decimal, at: str | None) -> Record | Remark | None:
        """A statement says what was there before its entries: of the first one that is an event, of others checked."""
        known = self._accounts.setdefault((account, currency), StatementAccount())
        if known.balance is None:
            known.balance = stated
            return record(OPENING, account, stated, currency, at)
        if stated == known.balance:
            return None
        text = f"the next statement begins with {stated:f} {currency}, the entries before it give {known.balance:f}"
        return Remark(PARTED, text)

    def knows(self, account: str, currency: str) -> bool:
        """Whether something of an account was there before."""
        return (account, currency) in self._accounts

    def moves(self, account: str, currency: str, amount: Decimal) -> None:
        """An entry moves an amount."""
        known = self._accounts.setdefault((account, currency), StatementAccount())
        known.balance = amount if known.balance is None else added(known.balance, amount)

    def closes(self, account: str, currency: str, stated: Decimal) -> Remark | None:
        """A statement says what is there after its entries."""
        known = self._accounts.setdefault((account, currency), StatementAccount())
        there = Decimal(0) if known.balance is None else known.balance
        if stated == there:
            return None
        apart = added(stated, -there)
        text = f"the statement ends with {stated:f} {currency}, its entries give {there:f}: {apart:f} apart"
        return Remark(PARTED, text)


def record(
    kind: str, account: str, amount: Decimal | str | None, currency: str, at: str | None, **more: object
) -> dict[str, object]:
    """An entry of a statement as a record; what is None or empty is left out."""
    told = {"type": kind, "at": at, "account": account, "amount": amount, "currency": currency, **more}
    return {name: value for name, value in told.items() if value is not None and value != ""}


def kind_of(amount: Decimal) -> str:
    """What an entry is called that moves so much."""
    return DEBIT if amount < 0 else CREDIT


def remark_on(entry: WrittenEntry, remark: Remark | None) -> WrittenEntry:
    """An entry with one more remark."""
    if remark is not None:
        entry.remarks = (*entry.remarks, remark)
    return entry


def number(text: str | None) -> Decimal | None:
    """The amount that a text states, whether with a decimal point or comma; None if it is none."""
    plain = "" if text is None else text.strip().replace(",", ".")
    return Decimal(plain) if len(plain) <= _MOST_DIGITS and _NUMBER.fullmatch(plain) else None


def added(one: Decimal, two: Decimal) -> Decimal:
    """The sum, to the last digit."""
    return _EXACT.add(one, two)
