"""What is there of anything that goes in and out: money on a statement, points, stock, credits?"""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Self, cast

import msgspec

from explorer.eventlog.event import Event, FieldMap, Varying
from explorer.language import later
from explorer.projection.currencies import money
from explorer.projection.entry_columns import (
    NEUTRAL,
    PENDING,
    EntryColumns,
    agreement,
    amount_of,
    find_columns,
    is_signed,
    recorded_of,
    style_of,
)
from explorer.projection.entry_words import never_happened
from explorer.projection.exact import Exact, add, negative
from explorer.projection.latest import WHOLE_LOG
from explorer.projection.model import Effect, Field, FieldUpdate, NotApplicable, Recipe, Wording
from explorer.projection.named_roles import NamedRoles
from explorer.projection.number_style import NumberStyle, OtherStyle
from explorer.projection.sample import Sample

_MOST_OPENINGS = 1_000
_SURE = 0.9  # of the entries go with the balances beside them
_SELDOM = 10


class Told(msgspec.Struct, frozen=True, omit_defaults=True):
    """What makes this read model that of one log.

    Attributes:
        columns: Where its entries say what.
        numbers: How amounts are written that are texts.
        openings: What was there before the event at a position, where the log tells by its balances alone.
        upwards: Whether the log begins with what happened last.
        account: Whose its entries are that name nobody, where it says that beside them.
        currency: In what amounts are that name nothing, where it says that beside them.
        closing: What it says is there after all of them.
        concluded: Whether what was there at first follows from that, and is stated nowhere.
    """

    columns: EntryColumns = EntryColumns()
    numbers: NumberStyle = NumberStyle.PLAIN
    openings: dict[str, str] = {}
    upwards: bool = False
    account: str = ""
    currency: str = ""
    closing: str = ""
    concluded: bool = False


class Balances:
    """The built-in read model of running balances: the sum of all signed amounts, entity by entity.

    Two currencies are never added. Where the log says itself what was there after an entry, that is `recorded`, and
    what the first entry of an account began from counts as there.
    """

    name = "balances"
    title = later("running balances")
    ordered = False
    noun = "account"
    wording = Wording(
        (later("account"), later("accounts")), ((later("No balance below zero"), "balance >= 0"),)
    )

    def __init__(self, told: Told, nobody: str | None, roles: NamedRoles | None = None) -> None:
        """Make one.

        Args:
            told: What makes it that of one log.
            nobody: Who entries are of that name nobody, None if those are nobody's.
            roles: Where amounts are, and the others, if a profile says so.
        """
        self._roles = roles
        self.told = told
        self.columns = told.columns
        self.numbers = told.numbers
        self.upwards = told.upwards
        self.positioned = bool(told.openings)
        self._openings = {int(at): int(said) if said.lstrip("-").isdigit() else _decimal(said)
                          for at, said in told.openings.items()}  # fmt: skip
        self.nobody = (told.account or WHOLE_LOG) if told.columns.whole or nobody else None
        self.recipe = Recipe("balances", "", msgspec.json.encode(told).decode() if told != Told() else "")
        keyed_by = "currency" if told.columns.currency else None
        recorded = (Field("recorded", "last", keyed_by, nullable=True),) if told.columns.recorded else ()
        self.fields = (
            Field("balance", "sum", keyed_by="currency"),
            *recorded,
            Field("version", "count", is_version=True),
            Field("currency", "last", hidden=True),
        )

    @classmethod
    def fits(cls, recipe: Recipe, known: Sample) -> bool:  # noqa: ARG003
        """Whether nearly all entries say how much goes in or out, and what goes which way."""
        events = known.events
        columns = find_columns(events) if len(events) > 0 else None
        if columns is None:
            return False
        stated = known.stated.account or known.stated.opening or known.stated.closing
        return bool(stated) or is_signed(columns, events, style_of(events, columns))

    @classmethod
    def of(cls, recipe: Recipe, known: Sample, fields: FieldMap) -> Self:
        """Make it, with what the log calls its amounts and how it writes them."""
        nobody, roles = WHOLE_LOG if fields.entity is None else None, NamedRoles.of(fields)
        if recipe.text:
            return cls(msgspec.json.decode(recipe.text, type=Told), nobody, roles)
        before = known.chosen
        if before is not None and before.name == cls.name and before.text:
            return cls(msgspec.json.decode(before.text, type=Told), nobody, roles)
        events = known.events
        columns = find_columns(events) if len(events) else None
        if columns is None:
            return cls(Told(), nobody, roles)
        style = NumberStyle(known.numbers) if known.numbers else style_of(events, columns)
        return cls(_told(Told(columns, style), known, nobody), nobody, roles)

    @classmethod
    def is_sure(cls, known: Sample) -> bool:
        """Whether balances that the log states prove that amounts are added up, whatever they are called."""
        events = known.events
        columns = find_columns(events) if len(events) > 1 else None
        if columns is None or not columns.recorded:
            return False
        style = style_of(events, columns)
        goes = agreement(columns, events, style)
        return goes.share >= _SURE and goes.fell

    def learn(self, names: Sequence[str]) -> None:
        """Nothing: the fields are always the same."""

    def effects(self, event: Event) -> Sequence[Effect] | None:
        """What `event` adds to its account or takes from it."""
        columns = self.columns
        if not (columns.amount or columns.into) or event.type == PENDING:
            return None
        entity = columns.owner_of(event, self.nobody)
        if entity is None:
            raise NotApplicable("it names no account")
        if columns.is_void(event.data):
            said = event.data[columns.status]
            raise NotApplicable(f"its {columns.status} is {said}: nothing was moved", kind="not-booked")
        if (
            event.at_ns is None and event.at is not None and never_happened(event.at)
        ):  # `offen` where the day stands
            raise NotApplicable(f"its time is {event.at}: nothing was moved", kind="not-booked")
        if event.type in NEUTRAL:
            return [Effect(entity, ())]
        amount, currency = self._amount(event if self._roles is None else self._roles.seen(event))
        updates = [FieldUpdate("balance", amount, currency)]
        if self._openings and event.position in self._openings:
            updates.insert(0, FieldUpdate("balance", self._openings[event.position], currency))
        if columns.recorded and (there := recorded_of(columns, event.data, self.numbers)) is not None:
            updates.append(FieldUpdate("recorded", there, currency if columns.currency else None))
        return [Effect(entity, tuple(updates))]

    def _amount(self, event: Event) -> tuple[Exact, str | None]:
        value = event.data.get(self.columns.amount) if self.columns.amount else None
        if isinstance(value, Varying):
            columns = self.columns
            if (
                columns.mark
                or columns.recorded
                or columns.fixed
                or columns.fee
                or columns.status
                or self.numbers
            ):
                raise TypeError("what an entry moves, only its values tell")
            currency = event.data.get(self.columns.currency) if self.columns.currency else None
            if isinstance(currency, Varying):
                return cast("Exact", value.taken_as("number")), cast("str", currency.taken_as("text"))
            return cast("Exact", value.taken_as("number")), cast("str | None", currency)
        try:
            amount, currency = amount_of(self.columns, event.data, self.numbers)
        except OtherStyle as error:
            what = "amount"
            raise NotApplicable(f"its {what} {error}", str(error.style), kind="number-style") from error
        if amount is None:
            mark = event.data.get(self.columns.mark) if self.columns.mark else None
            if mark is not None:
                raise NotApplicable(f"its {self.columns.mark} is {mark}: neither in nor out")
            raise NotApplicable("it names no amount that is a number")
        return amount, currency or self.told.currency or None


def _told(told: Told, known: Sample, nobody: str | None) -> Told:
    """The same with what the log says beside its entries, and with what was there before them."""
    stated, columns, style = known.stated, told.columns, told.numbers
    currency = "" if columns.currency or columns.fixed else stated.currency
    told = msgspec.structs.replace(told, account=stated.account, currency=currency)
    if columns.recorded:
        upwards = agreement(columns, known.events, style).upwards
        events = known.events if known.every is None else known.every()
        return msgspec.structs.replace(
            told, openings=_openings(columns, events, style, upwards), upwards=upwards
        )
    times = [
        event.at_ns for event in known.events if event.at_ns is not None and not columns.is_void(event.data)
    ]
    up, down = (sum(b > a for a, b in pairs) for pairs in (pairwise(times), pairwise(reversed(times))))
    told = msgspec.structs.replace(told, upwards=down > 0 and up * _SELDOM <= down)
    if not (columns.whole or nobody) or not (stated.opening or stated.closing):
        return told
    return _with_stated(told, known)


def _with_stated(told: Told, known: Sample) -> Told:
    """The same with what the log states was there before its entries, or what follows from what is there behind."""
    opening, closing = (_stated(text, told.numbers) for text in (known.stated.opening, known.stated.closing))
    moved: Exact = 0
    first = last = 0
    keys = set()
    for event in known.events if known.every is None else known.every():
        first, last = first or event.position, event.position
        if told.columns.is_void(event.data):
            continue
        try:
            amount, currency = amount_of(told.columns, event.data, told.numbers)
        except OtherStyle:
            continue
        moved = add(moved, amount or 0)
        keys.add(currency)
    if len(keys) > 1 or not last:  # of which of them is meant, nobody says
        return told
    concluded = opening is None
    if opening is None:
        opening = add(closing, negative(moved)) if closing is not None else 0
    place = str(last if told.upwards else first)
    return msgspec.structs.replace(
        told,
        openings={place: str(opening)} if opening != 0 else {},
        closing="" if closing is None else str(closing),
        concluded=concluded and opening != 0,
    )


def _stated(text: str, style: NumberStyle) -> Exact | None:
    try:
        return money(text, style)[0] if text else None
    except OtherStyle as other:
        return _stated(text, other.style) if other.style != style else None


def _openings(
    columns: EntryColumns, events: Iterable[Event], style: NumberStyle, upwards: bool
) -> dict[str, str]:
    """What was there before the first entry of each account, as its balance tells."""
    found: dict[object, tuple[int, Exact]] = {}
    for event in events:
        if columns.is_void(event.data):
            continue
        try:
            amount, currency = amount_of(columns, event.data, style)
        except OtherStyle:
            continue
        there = recorded_of(columns, event.data, style)
        key = (columns.owner_of(event, ""), currency)
        if (
            amount is None
            or (key in found and not upwards)
            or (key not in found and len(found) >= _MOST_OPENINGS)
        ):
            continue
        found[key] = event.position, 0 if there is None else add(there, negative(amount))
    return {str(position): str(before) for position, before in found.values() if before != 0}


def _decimal(text: str) -> Exact:
    from decimal import Decimal

    return Decimal(text)
