"""Which members of a log's entries say how much goes in or out, of what, and what is there then?

Found from what they are called and from what they hold: an amount has to read as one in nearly all entries, and a
balance counts only if it is what the amounts come to.
"""

import itertools
import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

import msgspec

from explorer.eventlog.event import Event
from explorer.patterns import lazy_pattern
from explorer.projection.currencies import CODES, money, names_currency
from explorer.projection.entry_words import (
    is_neither,
    is_one,
    is_status,
    never_happened,
    plain_words,
    sign_of,
    words,
)
from explorer.projection.exact import Exact, add, exact, negative
from explorer.projection.number_style import NumberStyle, OtherStyle

PENDING = "Pending"  # announced, and not booked yet
NEUTRAL = frozenset({"Open", "Close"})  # of an account in a journal: nothing goes in or out
_OF_STATEMENTS = frozenset(
    {"Credit", "Debit", "OpeningBalance", "Posting", PENDING}
)  # as our own readers say
_FEW = 3
_LONGEST_CODE = 60  # of what an amount is in
_NO_UNIT = lazy_pattern(r"\d+[.,/:-][\d.,/: -]*", re.ASCII)  # a day or a figure: nothing has that name
_MOST_COLUMNS = 1_000  # of a statement; events with more members are no entries
_MOST_ROWS = 2_000  # are looked at
_ENOUGH, _MOSTLY, _OFTEN = 0.9, 0.8, 0.6


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
        owner: Whose each is, where the log keeps several balances for one entity (`Current`, `Savings`).
        fee: What is taken away beside the amount, as the balances prove.
        status: What became of an entry: one that was declined moves nothing.
    """

    amount: str = ""
    into: str = ""
    out: str = ""
    mark: str = ""
    currency: str = ""
    fixed: str = ""
    recorded: str = ""
    whole: bool = False
    owner: str = ""
    fee: str = ""
    status: str = ""

    def owner_of(self, event: Event, nobody: str | None) -> str | None:
        """Whose an entry is; `nobody` if it names nobody, or all are of one account."""
        if self.owner:
            said = event.data.get(self.owner)
            return str(said) if said not in {None, ""} else nobody
        return nobody if self.whole or event.entity is None else event.entity

    def is_void(self, data: Mapping[str, Any]) -> bool:
        """Whether an entry says itself that nothing was moved, or not yet."""
        return bool(self.status) and never_happened(str(data.get(self.status) or ""))


class Agreement(msgspec.Struct, frozen=True):
    """How well a column of balances goes with the amounts.

    Attributes:
        share: How many of the entries that could tell go with it, from 0 to 1.
        upwards: Whether what stands last happened first.
        fell: Whether some of these took something away.
    """

    share: float = 0.0
    upwards: bool = False
    fell: bool = False


def moves(name: str) -> bool:
    """Whether a member of this name would be taken for what goes in or out."""
    return any(is_one(name, kind) for kind in ("amounts", "quantities", "into", "out"))


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
    tried: list[EntryColumns] = []
    into = _named(found, "into", lambda cells: _numbers(cells) >= _MOSTLY * len(cells))
    out = _named(found, "out", lambda cells: _numbers(cells) >= _MOSTLY * len(cells))
    if into and out and into[0] != out[0] and len(found[into[0]]) + len(found[out[0]]) >= _ENOUGH * count:
        tried.append(EntryColumns(into=into[0], out=out[0]))
    enough = _ENOUGH * count
    if all(any(_is_balance(name) for name in event.data) for event in events):
        enough = min(
            enough, max(_OFTEN * count, count - 2)
        )  # a row may tell the balance alone, as the first one does
    for names in ("amounts", "quantities"):
        amounts = _named(found, names, lambda cells: _numbers(cells) >= enough)
        mark = _mark(found, count, quantity=names == "quantities") if amounts else ""
        tried += [EntryColumns(amount=each, mark=mark) for each in amounts]
    if not tried:
        return None
    ours = all(event.type in _OF_STATEMENTS for event in events)  # what is pending in a journal has moved
    tried = [
        msgspec.structs.replace(
            each,
            fixed=_fixed(each.amount or each.into),
            currency=_currency(found, each),
            status="" if ours else _status(found),
        )
        for each in tried
    ]
    return _with_balance(tried, found, events)


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
            mark = sign_of(str(data.get(columns.mark, "")), quantity=_is_quantity(columns.amount))
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
        fee = _money(data.get(columns.fee), style)[0] or 0
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
    for name in (columns.amount, columns.into, columns.out, columns.recorded, columns.fee):
        for event in events if name else ():
            try:
                _money(event.data.get(name), style)
            except OtherStyle as other:
                style = max(style, other.style)
    return style


def agreement(columns: EntryColumns, events: Sequence[Event], style: NumberStyle) -> Agreement:
    """How well the balances of some entries go with their amounts."""
    before: dict[object, tuple[Exact, Exact]] = {}
    down = up = told = 0
    fell = False
    for event in events:
        if columns.is_void(event.data):
            continue
        try:
            moved, named = amount_of(columns, event.data, style)
        except OtherStyle:
            continue
        there = recorded_of(columns, event.data, style)
        key = (columns.owner_of(event, ""), named)
        if moved is None or there is None:
            before.pop(key, None)
            continue
        if key in before:
            last, last_moved = before[key]
            told += 1
            fell = fell or moved < 0 or last_moved < 0
            down += add(last, moved) == there
            up += add(there, last_moved) == last
        before[key] = there, moved
    return Agreement(max(down, up) / told if told else 0.0, upwards=up > down, fell=fell)


def _with_balance(
    some: Sequence[EntryColumns], found: Mapping[str, list[Any]], events: Sequence[Event]
) -> EntryColumns:
    """That of some ways to read entries whose balances go with its amounts, with whose they are; else the first."""
    if all(event.type in _OF_STATEMENTS for event in events):
        return some[0]
    recorded = [
        name for name, cells in found.items() if _is_balance(name) and _numbers(cells) >= _ENOUGH * len(cells)
    ]
    fees = ["", *_named(found, "fees", lambda cells: _numbers(cells) >= _MOSTLY * len(cells))]
    whose: list[tuple[bool, str]] = [(False, ""), (True, "")]
    whose += [(True, name) for name in found if is_one(name, "owners")]
    best, share = some[0], 0.0
    for columns, name, (whole, owner), fee in itertools.product(some, recorded, whose, fees):
        taken = {columns.amount, columns.into, columns.out}
        if name in {*taken, fee} or (fee and fee in taken):
            continue
        tried = msgspec.structs.replace(columns, recorded=name, whole=whole, owner=owner, fee=fee)
        goes = agreement(tried, events, style_of(events, tried)).share
        if goes > max(share, 0.5):
            best, share = tried, goes
    if not best.recorded:
        best = next((each for each in some if _is_net(best, each, fees, events)), best)
        best = msgspec.structs.replace(best, whole=_is_whole(found, events))
    return best


def _is_net(columns: EntryColumns, other: EntryColumns, fees: Sequence[str], events: Sequence[Event]) -> bool:
    """Whether other amounts are those of some entries once the fees that stand beside them are taken away."""
    if not columns.amount or not other.amount or columns.amount == other.amount:
        return False
    style = max(style_of(events, columns), style_of(events, other))
    for fee in fees:
        agree = disagree = less = 0
        for event in events:
            try:
                gross, net, taken = (
                    _money(event.data.get(each), style)[0] for each in (columns.amount, other.amount, fee)
                )
            except OtherStyle:
                continue
            if gross is None or net is None or not taken:
                continue
            agrees = net in {add(gross, negative(taken)), add(gross, taken)}
            agree, disagree = agree + agrees, disagree + (not agrees)
            less += 1 if net < gross else -1
        if agree and not disagree and less > 0:
            return True
    return False


def _is_whole(found: Mapping[str, list[Any]], events: Sequence[Event]) -> bool:
    """Whether entries that name somebody are all of one account, and name who is on the other side."""
    entities = [event.entity for event in events if event.entity is not None]
    if not entities:
        return True
    different = set(entities)
    others = [name for name in found if plain_words(name).startswith(words("others"))]
    many = len(entities) > _FEW and len(different) * 2 > len(entities)
    if many and (others or len(entities) < len(events)):
        return True
    if not others or (len(different) == 1 and len(entities) == len(events)):
        return False
    names: dict[str, set[str]] = {}
    for event in events:
        if event.entity is not None:
            names.setdefault(event.entity, set()).add(str(event.data.get(others[0]) or ""))
    one_each = all(len(each) == 1 for each in names.values())
    behind = [name for name, cells in found.items() if set(map(str, cells)) == different]
    order = list(found)
    stands_behind = bool(behind) and order.index(behind[0]) > order.index(others[0])
    return one_each and stands_behind and (len(entities) < len(events) or len(different) > 1)


def _named(found: Mapping[str, list[Any]], kind: str, holds: Callable[[list[Any]], bool]) -> list[str]:
    """The columns that are called so and hold such values, best first."""
    by_words = {plain_words(name): name for name in reversed(list(found))}
    return [by_words[each] for each in words(kind) if each in by_words and holds(found[by_words[each]])]


def _mark(found: Mapping[str, list[Any]], count: int, *, quantity: bool) -> str:
    for name, cells in found.items():
        if not is_one(name, "marks") or len(cells) < _ENOUGH * count:
            continue
        said = {str(each) for each in cells}
        signs = {sign_of(each, quantity=quantity) for each in said if not is_neither(each)}
        if signs and 0 not in signs:
            return name
    return ""


def _currency(found: Mapping[str, list[Any]], columns: EntryColumns) -> str:
    """The column that tells in what an amount is."""

    def holds(name: str) -> bool:
        return all(
            isinstance(each, str) and len(each) <= _LONGEST_CODE and not _NO_UNIT.fullmatch(each.strip())
            for each in found[name]
        )

    if _is_quantity(columns.amount or columns.into):
        kinds: list[Callable[[str], bool]] = [
            lambda name: is_one(name, "assets"),
            lambda name: is_one(name, "goods"),
        ]
    else:
        others = any(is_one(name, "quantities") for name in found)
        kinds = [
            lambda name: is_one(name, "currencies"),
            lambda name: not others and is_one(name, "assets"),
            lambda name: (
                names_currency(name)
                and not any(each in plain_words(name) for each in words("not_of_amounts"))
            ),
        ]
        if _fixed(columns.amount or columns.into):
            kinds = kinds[:1]
    named = (name for kind in kinds for name in found if kind(name) and holds(name))
    return next(named, "")


def _status(found: Mapping[str, list[Any]]) -> str:
    """The column that tells what became of an entry."""
    for name, cells in found.items():
        said = {str(each) for each in cells}
        if is_one(name, "statuses") and any(map(never_happened, said)):
            return name
        if is_one(name, "remarks") and any(map(never_happened, said)) and all(map(is_status, said)):
            return name
    return ""


def _is_quantity(name: str) -> bool:
    plain = plain_words(name)
    return is_one(name, "quantities") or plain.startswith(("qty", "quantity", "stock"))


def _is_balance(name: str) -> bool:
    plain = plain_words(name)
    return is_one(name, "balances") or plain.startswith(("balanceafter", "saldo", "kontostand", "balance"))


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
