"""What is there of anything that goes in and out: money on a statement, points, stock, credits?"""

from collections.abc import Sequence
from typing import Self, cast

import msgspec

from explorer.eventlog.event import Event, FieldMap, Varying
from explorer.language import later
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
from explorer.projection.exact import Exact, add, negative
from explorer.projection.latest import WHOLE_LOG
from explorer.projection.model import Effect, Field, FieldUpdate, NotApplicable, Recipe, Wording
from explorer.projection.named_roles import NamedRoles
from explorer.projection.number_style import NumberStyle, OtherStyle
from explorer.projection.sample import Sample

_MOST_OPENINGS = 1_000


class Told(msgspec.Struct, frozen=True, omit_defaults=True):
    """What makes this read model that of one log.

    Attributes:
        columns: Where its entries say what.
        numbers: How amounts are written that are texts.
        openings: What was there before the event at a position, where the log tells by its balances alone.
        upwards: Whether the log begins with what happened last.
    """

    columns: EntryColumns = EntryColumns()
    numbers: NumberStyle = NumberStyle.PLAIN
    openings: dict[str, str] = {}
    upwards: bool = False


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
        self.columns = told.columns
        self.numbers = told.numbers
        self.upwards = told.upwards
        self.positioned = bool(told.openings)
        self._openings = {int(at): int(said) if said.lstrip("-").isdigit() else _decimal(said)
                          for at, said in told.openings.items()}  # fmt: skip
        self._nobody = WHOLE_LOG if told.columns.whole else nobody
        self.recipe = Recipe("balances", "", msgspec.json.encode(told).decode() if told != Told() else "")
        recorded = (Field("recorded", "last"),) if told.columns.recorded else ()
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
        return columns is not None and is_signed(columns, events, style_of(events, columns))

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
        openings, upwards = _openings(columns, events, style)
        return cls(Told(columns, style, openings, upwards), nobody, roles)

    def learn(self, names: Sequence[str]) -> None:
        """Nothing: the fields are always the same."""

    def effects(self, event: Event) -> Sequence[Effect] | None:
        """What `event` adds to its account or takes from it."""
        columns = self.columns
        if not (columns.amount or columns.into) or event.type == PENDING:
            return None
        entity = self._nobody if columns.whole or event.entity is None else event.entity
        if entity is None:
            raise NotApplicable("it names no account")
        if event.type in NEUTRAL:
            return [Effect(entity, ())]
        amount, currency = self._amount(event if self._roles is None else self._roles.seen(event))
        updates = [FieldUpdate("balance", amount, currency)]
        if self._openings and event.position in self._openings:
            updates.insert(0, FieldUpdate("balance", self._openings[event.position], currency))
        if columns.recorded and (there := recorded_of(columns, event.data, self.numbers)) is not None:
            updates.append(FieldUpdate("recorded", there))
        return [Effect(entity, tuple(updates))]

    def _amount(self, event: Event) -> tuple[Exact, str | None]:
        value = event.data.get(self.columns.amount) if self.columns.amount else None
        if isinstance(value, Varying):
            if (
                self.columns.mark
                or self.columns.recorded
                or self.columns.fixed
                or self.columns.fee
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
            raise NotApplicable("it names no amount that is a number")
        return amount, currency


def _openings(
    columns: EntryColumns, events: Sequence[Event], style: NumberStyle
) -> tuple[dict[str, str], bool]:
    """What was there before the first entry of each account, as its balance tells; and whether that stands last."""
    if not columns.recorded:
        return {}, False
    upwards = agreement(columns, events, style, lambda event: "" if columns.whole else event.entity).upwards
    found: dict[str, str] = {}
    seen: set[object] = set()
    for event in reversed(events) if upwards else events:
        try:
            amount, currency = amount_of(columns, event.data, style)
        except OtherStyle:
            continue
        there = recorded_of(columns, event.data, style)
        key = ("" if columns.whole else event.entity, currency)
        if key in seen or amount is None or len(found) >= _MOST_OPENINGS:
            continue
        seen.add(key)
        if there is not None and (before := add(there, negative(amount))) != 0:
            found[str(event.position)] = str(before)
    return found, upwards


def _decimal(text: str) -> Exact:
    from decimal import Decimal

    return Decimal(text)
