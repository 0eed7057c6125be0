"""What do account events do: who owns an account, what is its balance, is it open?"""

import json
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any, Self, cast

import msgspec

from explorer.eventlog.event import Event, FieldMap, Record, StandIn, Varies, Varying, name_beside
from explorer.language import later
from explorer.projection import account_names as names
from explorer.projection.account_names import folded
from explorer.projection.currencies import money
from explorer.projection.exact import EXACT, Exact, exact, negative, plain
from explorer.projection.model import Effect, Field, FieldUpdate, NotApplicable, Recipe, TypeMeanings, Wording
from explorer.projection.named_roles import NamedRoles
from explorer.projection.number_style import NumberStyle, OtherStyle
from explorer.projection.sample import Sample

_ACCOUNT = ("accountid", "account", "accountnumber", "accountno", "iban")
_FROM = (
    "fromaccountid",
    "fromaccount",
    "sourceaccountid",
    "sourceaccount",
    "debitaccountid",
    "from",
    "source",
)
_TO = ("toaccountid", "toaccount", "targetaccountid", "targetaccount", "destinationaccountid",
       "destinationaccount", "creditaccountid", "to", "target", "destination")  # fmt: skip
_OWNER = ("newowner", "newname", "owner", "ownername", "accountholder", "holder", "holdername", "customername",
          "accountname", "fullname", "name")  # fmt: skip
_AMOUNT = ("amount", "value")
_MOST_DECIMALS = 30
_DECIMALS = ("scale", "precision", "exponent", "decimals", "minorunitexponent")
_OPENING = ("initialbalance", "openingbalance", "initialdeposit", "initialamount", "startingbalance",
            "balance", "openingamount")  # fmt: skip
_MOST_TYPES = 10_000
_CURRENCY = ("currency", "currencycode", "ccy", "commodity")


ACCOUNT_KEYS = frozenset(_ACCOUNT)


def keys_meaning(name: str) -> tuple[str, ...]:
    """Which members mean the same as one, all in lower case and without separators."""
    for several in (_ACCOUNT, _FROM, _TO, _OWNER, _AMOUNT, _CURRENCY):
        if name in several:
            return several
    return (name,)


MEANINGS = {
    names.OPENED: later("opens the account"),
    names.DEPOSITED: later("adds its amount"),
    names.WITHDRAWN: later("takes its amount away"),
    names.TRANSFERRED: later("moves its amount from one account to another"),
    names.ADJUSTED: later("adds its amount, which may be below zero"),
    names.CLOSED: later("closes the account"),
    names.FROZEN: later("freezes the account"),
    names.UNFROZEN: later("opens a frozen account again"),
    names.OWNER_CHANGED: later("names another owner"),
    names.NOTED: later("is counted as a version, and changes nothing else"),
    names.IGNORED: later("means nothing to accounts"),
}
_MOST, _SOME = 0.5, 0.1  # of the events and of the entities, that a log of accounts has


class Accounts:
    """The built-in accounts read model: `owner`, `balance`, `status`, `opened`, `version`.

    History cannot be refused, so no rule is checked here: a balance may go below zero. Two currencies are
    never added. An amount that names no currency is in the one its account was opened with, if any.
    """

    name = "accounts"
    title = later("accounts")
    type_meanings = TypeMeanings(
        later("What each event type means to accounts:"),
        later("This read model does not use it; the accounts read model does."),
        MEANINGS,
    )
    wording = Wording(
        (later("account"), later("accounts")),
        (
            (later("No balance below zero"), "balance >= 0"),
            (later("A closed account is empty"), "status <> 'closed' or balance = 0"),
        ),
        (
            later("Shown as accounts: {count:,} of {events:,} events change nothing here ({names})."),
            later(
                "Shown as accounts: {count:,} of {events:,} events change nothing here ({names}), and {hidden:,} of"
                " {entities:,} entities are not shown."
            ),
        ),
    )
    ordered = positioned = False
    noun = "account"
    member_names = frozenset({
        *_ACCOUNT, *_FROM, *_TO, *_OWNER, *_AMOUNT, *_OPENING, *_CURRENCY, "to", "new",
    })  # fmt: skip

    fields: tuple[Field, ...] = (
        Field("owner", "last"),
        Field("balance", "sum", keyed_by="currency"),
        Field("status", "last"),
        Field("opened", "last"),
        Field("version", "count", is_version=True),
        Field("currency", "last", hidden=True),
    )

    def __init__(
        self,
        chosen: Mapping[str, str] | None = None,
        *,
        short: bool = False,
        numbers: NumberStyle = NumberStyle.PLAIN,
        unsure: bool = False,
        form: str | None = None,
        roles: NamedRoles | None = None,
    ) -> None:
        """Make one.

        Args:
            chosen: Event types that mean another variant than their name says, each with that variant; `IGNORED`
                for none.
            short: Whether names such as `Deposited` are an account's though they name no class.
            numbers: How amounts are written that are texts.
            unsure: Whether some payloads of the log cannot be looked into: an account without a known amount has no
                balance then, and not one of 0.
            form: How the log makes the name of an account, of which the sides of a transfer may be only the ids.
            roles: Where amounts are, and the others, if a profile says so.
        """
        self._form = form
        self._roles = roles
        if roles is not None:
            self.member_names = self.member_names | roles.member_names
        self.chosen = dict(chosen or {})
        self.short = short
        self.numbers = numbers
        self.unsure = unsure
        text = to_text(self.chosen, short=short, numbers=numbers, unsure=unsure)
        self.recipe = Recipe("accounts", "", text)
        if unsure:
            self.fields = tuple(
                msgspec.structs.replace(field, nullable=True) if field.name == "balance" else field
                for field in self.fields
            )
        self._variants: dict[str, str | None] = {}

    @classmethod
    def of(cls, recipe: Recipe, known: Sample, fields: FieldMap) -> Self:
        """Make it, with what the log says elsewhere about its names and its numbers."""
        chosen, short, numbers, unsure = from_text(recipe.text)
        roles, before = NamedRoles.of(fields), known.chosen
        if before is not None and before.name == cls.name and from_text(before.text)[0] == chosen:
            _, short, numbers, unsure = from_text(before.text)
            return cls(chosen, short=short, numbers=numbers, unsure=unsure, form=fields.form, roles=roles)
        if known.numbers is not None:
            numbers = NumberStyle(known.numbers)
        short = short or names.speaks_short(set(known.counted.types))
        unsure = unsure or known.counted.opaque > 0
        return cls(chosen, short=short, numbers=numbers, unsure=unsure, form=fields.form, roles=roles)

    @classmethod
    def fits(cls, recipe: Recipe, known: Sample) -> bool:
        """Whether it would leave little out.

        It understands most of the events or gives most of the entities a state, and some of the others at least. Else
        it would hide what the log is about.
        """
        counted, (chosen, short, *_) = known.counted, from_text(recipe.text)
        short = short or names.speaks_short(set(counted.types))
        understood = {
            kind: count
            for kind, count in counted.types.items()
            if (bool(chosen[kind]) if kind in chosen else names.means_account(kind, short=short))
        }
        if not understood:
            return False
        readable = max(sum(understood.values()) - counted.opaque, 0)
        events = readable / sum(counted.types.values())
        entities = counted.entities_with(understood) / counted.entities if counted.entities else 1
        return max(events, entities) >= _MOST and min(events, entities) >= _SOME

    @classmethod
    def choosing(cls, recipe: Recipe, chosen: Mapping[str, str]) -> Recipe:
        """The same recipe with what types mean."""
        _, short, *_ = from_text(recipe.text)
        return msgspec.structs.replace(recipe, text=to_text(chosen, short=short))

    def by_name(self, event_type: str) -> str:
        """Which of an account's events a type's name means; `IGNORED` if none."""
        return names.variant_of(event_type, short=self.short) or names.IGNORED

    def learn(self, names: Sequence[str]) -> None:
        """Nothing: the fields are always the same."""

    def effects(self, event: Event) -> Sequence[Effect] | None:
        """What `event` does to its account, or to both sides of a transfer."""
        variant = self.variant(event.type)
        if variant is None:
            return None
        data = event.data if self._roles is None else _named(self._roles, variant, event)
        effects = _HANDLERS[variant](event, data, self.numbers)
        if variant != names.TRANSFERRED or self._form is None:
            return effects
        return [Effect(name_beside(each.entity, event.entity, self._form), each.updates) for each in effects]

    def variant(self, event_type: str) -> str | None:
        """Which of an account's events this type means; None if it is none."""
        try:
            return self._variants[event_type]
        except KeyError:
            found = self.chosen.get(event_type)
            variant = names.variant_of(event_type, short=self.short) if found is None else found or None
            if len(self._variants) < _MOST_TYPES:  # a hostile log may name a new type in each event
                self._variants[event_type] = variant
            return variant


def _named(roles: NamedRoles, variant: str, event: Event) -> Record:
    """The payload with what a profile names under the names that are known here."""
    data = dict(roles.laid_over(event, lambda name: folded(name) in _AMOUNT))
    begins = variant == names.OPENED and "amount" in roles.names and "amount" in data
    if begins and _first(data, _OPENING) is None:
        data["initialBalance"] = data["amount"]
    return data


def to_text(
    chosen: Mapping[str, str],
    *,
    short: bool = False,
    numbers: NumberStyle = NumberStyle.PLAIN,
    unsure: bool = False,
) -> str:
    """What makes this read model differ from the one that goes by names alone, as the text of a recipe."""
    said: dict[str, object] = {"types": dict(sorted(chosen.items()))} if chosen else {}
    said |= ({"short": True} if short else {}) | ({"numbers": str(numbers)} if numbers else {})
    said |= {"unsure": True} if unsure else {}
    return json.dumps(said) if said else ""


def from_text(text: str) -> tuple[dict[str, str], bool, NumberStyle, bool]:
    """The inverse of `to_text`; what is no variant is left out."""
    try:
        said = json.loads(text) if text else {}
    except ValueError:
        return {}, False, NumberStyle.PLAIN, False
    if not isinstance(said, dict):
        said = {}
    types = said.get("types")
    chosen = {
        kind: variant
        for kind, variant in (types if isinstance(types, dict) else {}).items()
        if variant == names.IGNORED or variant in names.VARIANTS
    }
    numbers = said.get("numbers")
    style = NumberStyle(numbers) if numbers in set(NumberStyle) else NumberStyle.PLAIN
    return chosen, said.get("short") is True, style, said.get("unsure") is True


type Handler = Callable[[Event, Record, NumberStyle], list[Effect]]


def _opened(event: Event, data: Record, numbers: NumberStyle) -> list[Effect]:
    updates = [FieldUpdate("status", "open"), FieldUpdate("opened", event.at)]
    if (owner := _text(data, _OWNER)) is not None:
        updates.append(FieldUpdate("owner", owner))
    currency = _text(data, _CURRENCY)
    if currency is not None:
        updates.append(FieldUpdate("currency", currency))
    if (raw := _first(data, _OPENING)) is not None:
        amount, named = _money(raw, "opening balance", numbers)
        updates.append(FieldUpdate("balance", amount, _either(named, currency)))
    return [Effect(_account(event, data), tuple(updates))]


def _moved(sign: int) -> Handler:
    def moved(event: Event, data: Record, numbers: NumberStyle) -> list[Effect]:
        amount, currency = _amount(data, numbers)
        return [Effect(_account(event, data), (FieldUpdate("balance", _times(sign, amount), currency),))]

    return moved


def _transferred(_event: Event, data: Record, numbers: NumberStyle) -> list[Effect]:
    source, target = _text(data, _FROM), _text(data, _TO)
    if source is None or target is None:
        what = "take the money from" if source is None else "give the money to"
        raise NotApplicable(f"no account to {what}")
    amount, currency = _amount(data, numbers)
    apart = isinstance(source, StandIn) or isinstance(
        target, StandIn
    )  # who reads lines at once looks which are alike
    if not apart and source == target:
        updates = (
            FieldUpdate("balance", _times(-1, amount), currency),
            FieldUpdate("balance", amount, currency),
        )
        return [Effect(source, updates)]
    return [
        Effect(source, (FieldUpdate("balance", _times(-1, amount), currency),)),
        Effect(target, (FieldUpdate("balance", amount, currency),)),
    ]


def _became(status: str) -> Handler:
    def became(event: Event, data: Record, _numbers: NumberStyle) -> list[Effect]:
        return [Effect(_account(event, data), (FieldUpdate("status", status),))]

    return became


def _owner_changed(event: Event, data: Record, _numbers: NumberStyle) -> list[Effect]:
    owner = _text(data, (*_OWNER, "to", "new"))
    if owner is None:
        raise NotApplicable("no new owner")
    return [Effect(_account(event, data), (FieldUpdate("owner", owner),))]


def _noted(event: Event, data: Record, _numbers: NumberStyle) -> list[Effect]:
    """Another event of an account's own class: a new version, as its aggregate counts them."""
    return [Effect(_account(event, data), ())]


_HANDLERS: Mapping[str, Handler] = {
    names.OPENED: _opened,
    names.DEPOSITED: _moved(+1),
    names.ADJUSTED: _moved(+1),
    names.WITHDRAWN: _moved(-1),
    names.TRANSFERRED: _transferred,
    names.CLOSED: _became("closed"),
    names.FROZEN: _became("frozen"),
    names.UNFROZEN: _became("open"),
    names.OWNER_CHANGED: _owner_changed,
    names.NOTED: _noted,
}


def _account(event: Event, data: Record) -> str:
    account = event.entity if event.entity is not None else _text(data, _ACCOUNT)
    if account is None:
        raise NotApplicable("it names no account")
    return account


def _amount(data: Record, numbers: NumberStyle) -> tuple[Exact, str | None]:
    raw = _first(data, _AMOUNT)
    if raw is None:
        raise NotApplicable("it names no amount")
    amount, named = _money(raw, "amount", numbers)
    return amount, _either(_text(data, _CURRENCY), named)


def _either(first: str | None, second: str | None) -> str | None:
    """The first, unless it is nothing; a stand-in is something, and who reads its lines leaves out empty texts."""
    return first if isinstance(first, StandIn) or first else second


def _money(raw: Any, what: str, numbers: NumberStyle) -> tuple[Exact, str | None]:  # noqa: ANN401 - JSON
    """A bare number, text of one, or `{"amount": 12.50, "currency": "EUR"}`, also in cents that say so."""
    named, decimals = None, None
    if isinstance(raw, dict) and "_data_" not in raw:
        decimals = _first(raw, _DECIMALS)
        raw, named = _first(raw, _AMOUNT), _text(raw, _CURRENCY)
        if decimals is not None and (isinstance(raw, StandIn) or isinstance(decimals, StandIn)):
            raise Varies("what is asked of this value differs from event to event")
    if isinstance(raw, Varying):
        if numbers is not NumberStyle.PLAIN:
            raise TypeError("which number a text says, only the text tells")
        return cast("Exact", raw.taken_as("number")), named
    try:
        amount, own = money(raw, numbers) if isinstance(raw, str) else (exact(raw), None)
    except OtherStyle as error:
        raise NotApplicable(f"its {what} {error}", str(error.style), kind="number-style") from error
    if amount is None:
        raise NotApplicable(f"its {what} is not a number")
    return (amount if decimals is None else _of_units(amount, decimals, what)), _either(named, own)


def _of_units(amount: Exact, decimals: object, what: str) -> Exact:
    """`12.50` for 1250 with two decimals, as `{"amount": 1250, "scale": 2}` tells it; what has decimals stays."""
    places = exact(decimals)
    if not isinstance(places, int) or abs(places) > _MOST_DECIMALS:
        raise NotApplicable(f"how many of the digits of its {what} are decimals is not a number")
    if not places or (isinstance(amount, Decimal) and int(amount.as_tuple().exponent) < 0):
        return amount
    return EXACT.scaleb(Decimal(amount), -abs(places))


def _times(sign: int, amount: Exact) -> Exact:
    place: object = amount
    if isinstance(place, Varying):
        return cast("Exact", place.taken_as("number", sign))
    return amount if sign > 0 else negative(amount)


@lru_cache(maxsize=10_000)
def _keys(present: tuple[str, ...], names: tuple[str, ...]) -> tuple[str, ...]:
    """Which of the keys that are `present` are spellings of `names`, in the order of `names`.

    Case and separators do not matter: `account_id` is `accountId`. Cached, since a log has few shapes.
    """
    spelled = {folded(key): key for key in present}
    return tuple(spelled[name] for name in names if name in spelled)


def _first(data: Record, names: tuple[str, ...]) -> Any:  # noqa: ANN401 - JSON
    for key in _keys(tuple(data), names):
        if data[key] is not None:
            return data[key]
    return None


def _text(data: Record, names: tuple[str, ...]) -> str | None:
    """The first of the named fields that holds text or a number, as text."""
    for key in _keys(tuple(data), names):
        value = data[key]
        if isinstance(value, dict) and "_data_" in value:
            value = value["_data_"]
        if isinstance(value, Varying):
            return cast("str", value.taken_as("text"))
        if isinstance(value, str):
            return value
        number = exact(value)
        if number is not None:
            return plain(number)
    return None
