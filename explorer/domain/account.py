"""What must the rules know of an account, and what does each event change in that?"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Literal, cast

import msgspec

from explorer.eventlog.event import Event
from explorer.projection import account_names as names
from explorer.projection.accounts import Accounts
from explorer.projection.exact import Exact, add, exact, negative
from explorer.projection.model import Effect, NotApplicable

type Status = Literal["", "open", "frozen", "closed"]

_LIMITS = ("overdraftlimit", "creditlimit", "overdraft")


class Account(msgspec.Struct, frozen=True):
    """One account as far as the rules care.

    Attributes:
        status: Empty for one that money was moved on before anybody opened it.
        currency: The one it was opened in, if any.
        balances: What it holds by currency; under None what names no currency.
        overdraft: How far below zero it may go.
    """

    status: Status = ""
    currency: str | None = None
    balances: Mapping[str | None, Exact] = {}
    overdraft: Exact = 0

    def holds(self, currency: str | None) -> Exact:
        """The balance in one currency."""
        return self.balances.get(currency, 0)


type Bank = Mapping[str, Account]

NOTHING: Bank = {}
_MODEL = Accounts()


def evolve(bank: Bank, event: Event, model: Accounts = _MODEL) -> Bank:
    """`(state, event) -> state`, pure; an event that says nothing of accounts changes nothing."""
    try:
        effects: Sequence[Effect] = model.effects(event) or ()
    except NotApplicable:
        return bank
    if not effects:
        return bank
    after = dict(bank)
    for effect in effects:
        after[effect.entity] = _applied(after.get(effect.entity, Account()), effect)
    if model.variant(event.type) == names.NOTED and (limit := overdraft_in(event)) is not None:
        account = effects[0].entity
        after[account] = msgspec.structs.replace(after[account], overdraft=limit)
    return after


def fold(events: Iterable[Event], model: Accounts = _MODEL) -> Bank:
    """What the rules know once all of `events` have happened."""
    bank = NOTHING
    for event in events:
        bank = evolve(bank, event, model)
    return bank


def _applied(account: Account, effect: Effect) -> Account:
    status, currency, balances = account.status, account.currency, dict(account.balances)
    for name, operand, key in effect.updates:
        if name == "status":
            status = cast("Status", operand)
        elif name == "currency":
            currency = str(operand)
        elif name == "balance":
            assert isinstance(operand, (int, Decimal))
            key = currency if key is None else key  # noqa: PLW2901 - an unnamed amount is in the account's own
            balances[key] = add(balances.get(key, 0), operand)
    return Account(status, currency, balances, account.overdraft)


def overdraft_in(event: Event) -> Exact | None:
    """How far below zero the account may go from now on, if the event says that."""
    for key, value in event.data.items():
        if names.folded(key) in _LIMITS:
            limit = exact(value)
            return limit if limit is None or limit >= 0 else negative(limit)
    return None
