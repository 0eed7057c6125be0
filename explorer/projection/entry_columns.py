"""Which members of a log's entries say how much goes in or out, of what, and what is there then?

Found from what they are called and from what they hold: an amount has to read as one in nearly all entries, and a
balance counts only if it is what the amounts come to.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any

import msgspec

from explorer.eventlog.event import Event
from explorer.projection.currencies import CODES, money, names_currency
from explorer.projection.exact import Exact, add, exact, negative
from explorer.projection.number_style import NumberStyle, OtherStyle

_WORDS = re.compile(r"[^\w]+|_")
_AMOUNTS = (
    "amount", "transactionamount", "amt", "delta", "change", "betrag", "umsatz", "umsatzbetrag", "buchungsbetrag",
    "montant", "importe", "importo", "bedrag", "kwota", "kwotatransakcji", "valor", "belopp", "beløp", "bedragen",
    "points", "punkte", "quantity", "qty", "credits", "units", "trnamt", "sum", "value", "netamount", "net", "netto",
    "brutto", "gross",
)  # fmt: skip
_IN = (
    "credit", "creditamount", "paidin", "moneyin", "deposit", "deposits", "haben", "gutschrift", "gutschriften",
    "eingang", "credito", "abono", "avere", "entrate", "received", "inflow", "in", "crédit", "accrediti", "zugang",
)  # fmt: skip
_OUT = (
    "debit", "debitamount", "paidout", "moneyout", "withdrawal", "withdrawals", "soll", "lastschrift", "belastung",
    "belastungen", "ausgang", "debito", "cargo", "dare", "uscite", "spent", "outflow", "out", "débit", "addebiti",
    "abgang",
)  # fmt: skip
_MARKS = (
    "sollhaben", "sh", "debitcredit", "creditdebit", "drcr", "crdr", "dc", "cd", "cdtdbtind", "afbij", "direction",
    "sign", "vorzeichen", "creditdebitindicator", "umsatzart", "type", "transactiontype",
)  # fmt: skip
_PLUS = frozenset("c cr crdt credit h haben + in bij incoming deposit cred".split())
_MINUS = frozenset("d dr dbit debit s soll - out af outgoing withdrawal deb".split())
_BALANCES = (
    "balance", "balanceafter", "runningbalance", "saldo", "kontostand", "solde", "saldonachbuchung", "endsaldo", "nr",
    "runningbal", "guthaben",
    "accountbalance", "newbalance", "saldoapos", "saldopo", "availablebalance", "ledgerbalance", "afterbalance",
    "saldonabuchung",
)  # fmt: skip
_CURRENCIES = frozenset(
    "currency currencycode ccy commodity währung waehrung devise moneda valuta divisa curr cur waluta".split()
)
PENDING = "Pending"  # announced, and not booked yet
NEUTRAL = frozenset({"Open", "Close"})  # of an account in a journal: nothing goes in or out
_OF_STATEMENTS = frozenset(
    {"Credit", "Debit", "OpeningBalance", "Posting", PENDING}
)  # as our own readers say
_OTHERS = (  # who is on the other side of an entry
    "payee", "counterparty", "empfänger", "empfaenger", "begünstigt", "beguenstigt", "zahlungsempf", "zahlungspflicht",
    "auftraggeber", "tegenpartij", "naamtegenpartij", "beneficiary", "beneficiario", "bénéficiaire", "merchant",
)  # fmt: skip
_OF_ANOTHER = re.compile(r"original|local|foreign|exchange|instructed|fremd|from|to\b", re.IGNORECASE)
_DATED = re.compile(r"\d{1,4}[-./]\d{1,2}[-./]\d|^\d{6,8}$")
_FEES = frozenset(
    "fee fees commission charge charges gebühr gebühren entgelt frais comisión comision".split()
)
_FEW = 3
_LONG_WORD = 5  # letters: `in` may begin anything
_LONGEST_CODE = 60  # of what an amount is in
_CODES = frozenset(code.lower() for code in CODES)
_MOST_COLUMNS = 1_000  # of a statement; events with more members are no entries
_MOST_ROWS = 2_000  # are looked at
_ENOUGH, _MOSTLY = 0.9, 0.8


class EntryColumns(msgspec.Struct, frozen=True, omit_defaults=True):
    """What entries call what they say; paths are members of the payload.

    Attributes:
        amount: How much, with its sign; empty if it stands in two columns.
        into, out: What goes in and what goes out, where those are two columns.
        mark: What tells whether an amount goes in or out.
        currency: In what the amount is.
        fixed: The currency that a column's name tells (`Betrag in EUR`).
        recorded: What is there then, as the log says itself.
        whole: Whether all entries are of one account, whoever else they name.
        fee: What goes out besides, where the balances say that it does.
    """

    amount: str = ""
    into: str = ""
    out: str = ""
    mark: str = ""
    currency: str = ""
    fixed: str = ""
    recorded: str = ""
    whole: bool = False
    fee: str = ""


class Agreement(msgspec.Struct, frozen=True):
    """How well a column of balances goes with the amounts.

    Attributes:
        share: How many of the entries that could tell go with it, from 0 to 1.
        upwards: Whether what stands last happened first.
    """

    share: float = 0.0
    upwards: bool = False


@lru_cache(4_096)  # the same names are asked for one thing after the other
def words(name: str) -> str:
    """A column's name as it is compared: in lower case, without what stands in brackets and without separators."""
    bare = re.sub(r"[(\[].*?[)\]]", " ", name).lower()
    parts = [part for part in _WORDS.split(bare) if part]
    if len(parts) > 1 and parts[-1] in _CODES:  # `Betrag in EUR`
        parts.pop()
        if parts[-1] == "in" and len(parts) > 1:
            parts.pop()
    return "".join(parts)


def moves(name: str) -> bool:
    """Whether a member of this name would be taken for what goes in or out."""
    own = words(name)
    return own in _AMOUNTS or own in _IN or own in _OUT


def find_columns(events: Sequence[Event]) -> EntryColumns | None:
    """The columns of entries that say how much goes in or out; None of a log that has none."""
    events = [event for event in events[:_MOST_ROWS] if event.type != PENDING and event.type not in NEUTRAL]
    whole = [event for event in events if len(event.data) > 1]  # a table may end with a line of text
    events = whole if len(whole) * 2 >= len(events) else events
    found: dict[str, list[Any]] = {}
    for event in events:
        for name, value in event.data.items():
            found.setdefault(name, []).append(value)
        if len(found) > _MOST_COLUMNS:
            return None
    count = len(events)
    stated = [event for event in events if any(_is_balance(name) and event.data[name] for name in event.data)]
    amount = _first(found, _AMOUNTS, lambda cells: _numbers(cells) >= _ENOUGH * count)
    if not amount and len(stated) == count:  # a row may tell the balance alone, as the first one does
        amount = _first(found, _AMOUNTS, lambda cells: _numbers(cells) >= max(count * 0.6, count - 2))
    into = _first(found, _IN, lambda cells: _numbers(cells) >= _MOSTLY * len(cells))
    out = _first(found, _OUT, lambda cells: _numbers(cells) >= _MOSTLY * len(cells))
    fixed = _fixed(amount or into)
    currency = next(
        (
            name
            for name, cells in found.items()
            if not fixed
            and (words(name) in _CURRENCIES or (names_currency(name) and not _OF_ANOTHER.search(name)))
            and all(isinstance(each, str) and len(each) <= _LONGEST_CODE for each in cells)
            and not all(_DATED.search(each) for each in cells)  # `Valuta` may be a day
        ),
        "",
    )
    recorded = [
        name for name, cells in found.items() if _is_balance(name) and _numbers(cells) >= _ENOUGH * len(cells)
    ]
    columns: EntryColumns | None = None
    if into and out and into != out and len(found[into]) + len(found[out]) >= _ENOUGH * count:
        columns = EntryColumns(into=into, out=out, currency=currency, fixed=_fixed(into))
    elif amount:
        mark = _mark(found, count)
        columns = EntryColumns(amount=amount, mark=mark, currency=currency, fixed=_fixed(amount))
    if columns is None:
        return None
    fee = next(
        (name for name, cells in found.items() if words(name) in _FEES and _numbers(cells) == len(cells)), ""
    )
    return _with_balance(columns, recorded, events, fee)


def amount_of(
    columns: EntryColumns, data: Mapping[str, Any], style: NumberStyle
) -> tuple[Exact | None, str | None]:
    """How much an entry moves, None if that is not said; and in what, if it names that.

    Raises:
        OtherStyle: It is a text in another style than the log's others.
    """
    named: str | None = None
    if columns.amount:
        found, named = _money(data.get(columns.amount), style)
        if found is not None and columns.mark:
            mark = _sign(str(data.get(columns.mark, "")))
            if mark < 0:
                found = negative(found) if found > 0 else found
            elif not mark:
                found = None
    else:
        into, one = _money(data.get(columns.into), style)
        out, two = _money(data.get(columns.out), style)
        named = one or two
        if into is None and out is None:
            found = None
        else:  # some write what goes out with a minus, too
            found = add(into or 0, negative(out) if out is not None and out > 0 else out or 0)
    if columns.fee and found is not None:
        fee, _ = _money(data.get(columns.fee), style)
        if fee is not None:
            found = add(found, negative(fee) if fee > 0 else fee)
    said = data.get(columns.currency) if columns.currency else None
    return found, (str(said).strip() or None if said is not None else None) or named or columns.fixed or None


def recorded_of(columns: EntryColumns, data: Mapping[str, Any], style: NumberStyle) -> Exact | None:
    """What is there after an entry, as the log says itself."""
    try:
        return _money(data.get(columns.recorded), style)[0] if columns.recorded else None
    except OtherStyle:
        return None


def is_signed(columns: EntryColumns, events: Sequence[Event], style: NumberStyle) -> bool:
    """Whether the amounts say by themselves what goes in and what goes out."""
    if columns.into or columns.mark or columns.recorded or {event.type for event in events} <= _OF_STATEMENTS:
        return True
    for event in events:
        try:
            found, _ = amount_of(columns, event.data, style)
        except OtherStyle:
            continue
        if found is not None and found < 0:
            return True
    return False


def style_of(events: Sequence[Event], columns: EntryColumns) -> NumberStyle:
    """How the numbers of some entries are written."""
    style = NumberStyle.PLAIN
    for name in (columns.amount, columns.into, columns.out, columns.recorded):
        for event in events if name else ():
            try:
                _money(event.data.get(name), style)
            except OtherStyle as other:
                style = max(style, other.style)
    return style


def agreement(
    columns: EntryColumns, events: Sequence[Event], style: NumberStyle, entity: Callable[[Event], object]
) -> Agreement:
    """How well the balances of some entries go with their amounts."""
    before: dict[object, tuple[Exact, Exact]] = {}
    down = up = told = 0
    for event in events:
        try:
            moved, named = amount_of(columns, event.data, style)
        except OtherStyle:
            continue
        there = recorded_of(columns, event.data, style)
        key = (entity(event), named)
        if moved is None or there is None:
            before.pop(key, None)
            continue
        if key in before:
            last, last_moved = before[key]
            told += 1
            down += add(last, moved) == there
            up += add(there, last_moved) == last
        before[key] = there, moved
    return Agreement(max(down, up) / told if told else 0.0, upwards=up > down)


def _with_balance(
    columns: EntryColumns, recorded: Sequence[str], events: Sequence[Event], fee: str
) -> EntryColumns:
    """The same with the column of balances that goes with the amounts, and with whose they are."""
    if all(event.type in _OF_STATEMENTS for event in events):
        return columns
    best, share = columns, 0.0
    for name in recorded:
        for whole, besides in ((False, ""), (True, ""), *(((False, fee), (True, fee)) if fee else ())):
            tried = msgspec.structs.replace(columns, recorded=name, whole=whole, fee=besides)
            style = style_of(events, tried)
            found = agreement(tried, events, style, (lambda _: "") if whole else (lambda event: event.entity))
            if found.share > max(share, 0.5):
                best, share = tried, found.share
    if best is columns:
        entities = [event.entity for event in events if event.entity is not None]
        others = any(words(name).startswith(_OTHERS) for name in events[0].data) if events else False
        many = len(entities) > _FEW and len(set(entities)) * 2 > len(entities)
        many = many or (others and 1 < len(set(entities)) == len(entities))  # each entry names somebody else
        best = msgspec.structs.replace(
            columns, whole=not entities or (many and (others or len(entities) < len(events)))
        )
    return best


def _first(found: Mapping[str, list[Any]], names: Sequence[str], holds: Callable[[list[Any]], bool]) -> str:
    by_words = {words(name): name for name in reversed(list(found))}
    return next((by_words[each] for each in names if each in by_words and holds(found[by_words[each]])), "")


def _mark(found: Mapping[str, list[Any]], count: int) -> str:
    for name, cells in found.items():
        if words(name) not in _MARKS or len(cells) < _ENOUGH * count:
            continue
        if all(map(_sign, {str(each) for each in cells})):
            return name
    return ""


@lru_cache(1_024)
def _sign(mark: str) -> int:
    """Whether a mark says that something goes in (1) or out (-1), as `withdrawal in cash` does; 0: neither."""
    whole = mark.strip().lower()
    first = whole.partition(" ")[0]
    for each in (whole, first) if len(first) >= _LONG_WORD else (whole,):
        if each in _PLUS or each in _MINUS:
            return 1 if each in _PLUS else -1
    return 0


def _is_balance(name: str) -> bool:
    return words(name) in _BALANCES or words(name).startswith(
        ("balanceafter", "saldo", "kontostand", "balance")
    )


def _numbers(cells: Sequence[Any]) -> int:
    return sum(_is_number(each) for each in cells)


def _is_number(value: object) -> bool:
    if isinstance(value, str):
        try:
            return money(value, NumberStyle.PLAIN)[0] is not None
        except OtherStyle:
            return True
    return isinstance(value, (int, Decimal)) and not isinstance(value, bool)


def _money(value: object, style: NumberStyle) -> tuple[Exact | None, str | None]:
    return money(value, style) if isinstance(value, str) else (exact(value), None)


def _fixed(name: str) -> str:
    """The currency that a column's name tells."""
    return next(
        (part for part in re.findall(r"[A-Z]{3}", name) if part in CODES), "EUR" if "€" in name else ""
    )
