"""What do the amounts come to that a transaction leaves out, and do the balances hold that a journal states?"""

from collections.abc import Iterator, Sequence
from decimal import Decimal

import msgspec

from explorer.eventlog.entries import Remark, WrittenEntry
from explorer.eventlog.ledgers.amounts import EXACT, Amount

PARTED, UNBALANCED = "balance-differs", "unbalanced"


class Posting(msgspec.Struct):
    """One posting of a transaction.

    Attributes:
        amount: What it moves; None if the others tell.
        weight: What that is worth where a transaction comes to nothing: its cost or price, else the amount.
        assigned: A balance that the account is brought to, in place of an amount.
        stated: What there has to be after it.
        virtual: Whether it need not balance (`(account)`).
        apart: Whether it balances apart from the others (`[account]`).
        fault: Why what it moves is not known.
    """

    account: str
    offset: int
    size: int
    line: int
    amount: Amount | None = None
    weight: Amount | None = None
    assigned: Amount | None = None
    stated: Amount | None = None
    virtual: bool = False
    apart: bool = False
    fault: str = ""
    more: dict[str, object] = {}
    remarks: list[Remark] = []


class Transaction(msgspec.Struct):
    """Postings that come to nothing together; or one thing else that a journal states at a day.

    Attributes:
        first: What is looked at before the others of its day (0), or after (1).
        said: What its postings say beside their own.
        event: The type of its one event, of what is no transaction (`Open`).
    """

    at: str
    postings: list[Posting] = []
    said: dict[str, object] = {}
    first: int = 1
    event: str = ""


def settled(transactions: Sequence[Transaction], *, below: bool = False) -> None:
    """Find the amounts that are left out, and check the balances that are stated, in the order of days.

    Args:
        transactions: All of a journal, as they stand.
        below: Whether a stated balance is that of an account with all below it.
    """
    balances: dict[tuple[str, str], Decimal] = {}
    ordered = sorted(transactions, key=lambda each: (each.at, each.first))
    pads: dict[str, Transaction] = {}
    for transaction in ordered:
        if transaction.event == "Pad":
            pads[transaction.postings[0].account] = transaction
            continue
        for posting in transaction.postings:
            if posting.assigned is not None:
                there = _there(balances, posting.account, posting.assigned.commodity, below=False)
                number = EXACT.subtract(posting.assigned.number, there)
                posting.amount = Amount(number, posting.assigned.commodity)
        if not transaction.event:
            _balance(transaction)
        for posting in transaction.postings:
            if posting.amount is not None and not transaction.event:
                key = posting.account, posting.amount.commodity
                balances[key] = EXACT.add(balances.get(key, Decimal(0)), posting.amount.number)
            if posting.stated is not None:
                _check(posting, balances, pads, below=below)


def _there(balances: dict[tuple[str, str], Decimal], account: str, commodity: str, *, below: bool) -> Decimal:
    if not below:
        return balances.get((account, commodity), Decimal(0))
    total = Decimal(0)
    for (name, what), number in balances.items():
        if what == commodity and (name == account or name.startswith(account + ":")):
            total = EXACT.add(total, number)
    return total


def _check(
    posting: Posting, balances: dict[tuple[str, str], Decimal], pads: dict[str, Transaction],
    *, below: bool,
) -> None:  # fmt: skip
    stated = posting.stated
    assert stated is not None
    there = _there(balances, posting.account, stated.commodity, below=below)
    apart = EXACT.subtract(stated.number, there)
    if not apart:
        return
    pad = pads.get(posting.account)
    if pad is not None and not any(
        each.amount is not None and each.amount.commodity == stated.commodity for each in pad.postings
    ):
        into, out = pad.postings[:2]
        for template, number in ((into, apart), (out, -apart)):
            made = msgspec.structs.replace(template, remarks=[], amount=Amount(number, stated.commodity))
            pad.postings.append(made)
            key = template.account, stated.commodity
            balances[key] = EXACT.add(balances.get(key, Decimal(0)), number)
        return
    what = f"{stated.number:f} {stated.commodity}"
    text = f"{posting.account} has to be {what}, its postings give {there:f}: {apart:f} apart"
    posting.remarks.append(Remark(PARTED, text))


def _balance(transaction: Transaction) -> None:
    """Find the one amount that is left out among the postings that balance together."""
    for apart in (False, True):
        group = [each for each in transaction.postings if not each.virtual and each.apart is apart]
        without = [each for each in group if each.amount is None and not each.fault]
        if not without:
            _doubt(group)
            continue
        if len(without) > 1:
            for each in without:
                each.fault = "more than one posting of a transaction without an amount"
            continue
        (left_out,) = without
        if any(each.fault for each in group):
            left_out.fault = "its amount follows from others, which cannot be read"
            continue
        sums: dict[str, Decimal] = {}
        for each in group:
            weight = each.weight or each.amount
            if weight is not None:
                sums[weight.commodity] = EXACT.subtract(sums.get(weight.commodity, Decimal(0)), weight.number)
        found = [Amount(number, commodity) for commodity, number in sums.items() if number]
        left_out.amount = found[0] if found else Amount(Decimal(0), next(iter(sums), ""))
        at = transaction.postings.index(left_out)
        for step, amount in enumerate(found[1:], 1):  # of several commodities, each is a posting of its own
            more = msgspec.structs.replace(
                left_out,
                remarks=[],
                amount=amount,
                offset=left_out.offset + step,
                size=max(left_out.size - step, 1),
            )
            transaction.postings.insert(at + step, more)


def _doubt(group: Sequence[Posting]) -> None:
    """Say that postings which state all they move, in one commodity and at no price, do not come to nothing."""
    amounts = [each.amount for each in group if each.amount is not None]
    known = not any(each.fault or each.weight is not None or each.assigned is not None for each in group)
    if not amounts or not known or len({each.commodity for each in amounts}) > 1:
        return
    total, decimals = Decimal(0), 0
    for amount in amounts:
        total = EXACT.add(total, amount.number)
        decimals = max(decimals, -int(amount.number.as_tuple().exponent))
    if abs(total) * 2 > Decimal(1).scaleb(-decimals):
        text = f"the postings of its transaction come to {total:f} {amounts[0].commodity}, not to nothing"
        group[-1].remarks.append(Remark(UNBALANCED, text))


def entries_of(transaction: Transaction) -> Iterator[WrittenEntry]:
    """The postings of a transaction as entries, in the order in which they stand."""
    postings = transaction.postings
    if transaction.event == "Pad":
        postings = postings[2:]
        for step, each in enumerate(postings):
            each.offset += step
            each.size = max(each.size - step, 1)
    for posting in postings:
        if posting.fault:
            yield WrittenEntry(
                posting.offset, posting.size, posting.line, reason=posting.fault, remarks=posting.remarks
            )
            continue
        if posting.stated is not None and transaction.event == "Balance":
            yield WrittenEntry(posting.offset, 0, posting.line, remarks=posting.remarks)
            continue
        record: dict[str, object] = {
            "type": transaction.event if transaction.event not in {"", "Pad"} else "Posting",
            "at": transaction.at, "account": posting.account,
        }  # fmt: skip
        if posting.amount is not None:
            record |= {"amount": posting.amount.number, "currency": posting.amount.commodity}
        record |= {
            name: value
            for name, value in (transaction.said | posting.more).items()
            if value is not None and value != ""
        }
        yield WrittenEntry(posting.offset, posting.size, posting.line, record, remarks=posting.remarks)
