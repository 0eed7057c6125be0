"""Would the rules have let this event happen: which command asks for it, and what do they say of that?"""

from collections.abc import Sequence
from decimal import Decimal

from explorer.domain.account import Bank
from explorer.domain.rules import (
    CloseAccount,
    Command,
    Deposit,
    Freeze,
    OpenAccount,
    Rejection,
    Transfer,
    Unfreeze,
    Withdraw,
    decide,
)
from explorer.eventlog.event import Event
from explorer.projection import account_names as names
from explorer.projection.accounts import Accounts
from explorer.projection.exact import Exact, negative
from explorer.projection.model import Effect, NotApplicable


def judge(bank: Bank, event: Event, model: Accounts) -> Rejection | None:
    """Why the rules would have rejected `event` when things stand as in `bank`; None if they would not."""
    command = command_of(event, model)
    if command is None:
        return None
    decision = decide(bank, command)
    return decision if isinstance(decision, Rejection) else None


def command_of(event: Event, model: Accounts) -> Command | None:
    """The command whose fact this event is; None if no rule is about it."""
    try:
        effects = model.effects(event)
    except NotApplicable:
        return None
    variant = model.variant(event.type)
    if not effects or variant is None:
        return None
    return _command(variant, effects)


def _command(variant: str, effects: Sequence[Effect]) -> Command | None:
    account = effects[0].entity
    amount, currency = _moved(effects[0])
    command: Command | None = None
    match variant:
        case names.OPENED:
            owner = next((str(each.operand) for each in effects[0].updates if each.field == "owner"), "")
            command = OpenAccount(account, owner, _currency(effects[0]))
        case names.DEPOSITED:
            command = Deposit(account, amount, currency)
        case names.WITHDRAWN:
            command = Withdraw(account, negative(amount), currency)
        case names.ADJUSTED:
            command = (
                Deposit(account, amount, currency)
                if amount > 0
                else Withdraw(account, negative(amount), currency)
            )
        case names.TRANSFERRED:
            target = effects[-1]
            command = Transfer(account, target.entity, _moved(target)[0], currency)
        case names.CLOSED:
            command = CloseAccount(account)
        case names.FROZEN:
            command = Freeze(account)
        case names.UNFROZEN:
            command = Unfreeze(account)
    return command


def _moved(effect: Effect) -> tuple[Exact, str | None]:
    """The last amount in an effect and its currency; 0 if there is none."""
    for name, operand, key in reversed(effect.updates):
        if name == "balance" and isinstance(operand, (int, Decimal)):
            return operand, key
    return 0, None


def _currency(effect: Effect) -> str | None:
    return next((str(each.operand) for each in effect.updates if each.field == "currency"), None)
