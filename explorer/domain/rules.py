"""What can be asked of an account, and is it accepted: which facts follow, or why is it rejected?

The rules, in the order in which they are asked:

- An account is opened once. What was closed stays closed, and its name is not used again.
- An amount is exact and more than 0.
- Money moves only on an account that is there, open and not frozen; of a transfer both accounts must be, and differ.
- Money moves in the account's currency: the one it was opened in, or else any that it holds. An amount that names
  none is in the one it was opened in.
- Nobody takes out more than there is, or more than an overdraft that a log grants.
- An account is closed when nothing is left on it: as with a real bank, it is paid out first.
- Only an open account is frozen, only a frozen one is unfrozen.
"""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Literal

import msgspec

from explorer.domain.account import Account, Bank
from explorer.eventlog.event import Event
from explorer.language import later, tr
from explorer.projection import account_names as names
from explorer.projection.accounts import Accounts
from explorer.projection.exact import MAX_DIGITS, Exact, add, negative, plain
from explorer.projection.model import Effect, NotApplicable


class OpenAccount(msgspec.Struct, frozen=True):
    """Open an account that has never existed."""

    account: str
    owner: str = ""
    currency: str | None = None


class Deposit(msgspec.Struct, frozen=True):
    """Pay money in."""

    account: str
    amount: Exact
    currency: str | None = None


class Withdraw(msgspec.Struct, frozen=True):
    """Take money out."""

    account: str
    amount: Exact
    currency: str | None = None


class Transfer(msgspec.Struct, frozen=True):
    """Move money from one account to another."""

    account: str
    target: str
    amount: Exact
    currency: str | None = None


class CloseAccount(msgspec.Struct, frozen=True):
    """Close an account for good."""

    account: str


class Freeze(msgspec.Struct, frozen=True):
    """Let nothing move on an account for now."""

    account: str


class Unfreeze(msgspec.Struct, frozen=True):
    """Let money move on a frozen account again."""

    account: str


# All there are. What a person can be asked for is what each carries; what has a default may be left out.
COMMANDS = (OpenAccount, Deposit, Withdraw, Transfer, CloseAccount, Freeze, Unfreeze)
type Command = OpenAccount | Deposit | Withdraw | Transfer | CloseAccount | Freeze | Unfreeze


def command_with(kind: type[Command], values: Mapping[str, object]) -> Command:
    """The command with those of the values that it carries."""
    make: Callable[..., Command] = kind
    return make(**{name: values[name] for name in kind.__struct_fields__ if name in values})


type Rule = Literal["name", "amount", "exists", "missing", "closed", "frozen", "currency", "funds", "balance"]


class Fact(msgspec.Struct, frozen=True):
    """A new event: its type in the past tense, and its payload. When it happened is said by whoever records it."""

    type: str
    data: Mapping[str, object]


class Rejection(msgspec.Struct, frozen=True):
    """A command that the rules do not accept; nothing happens.

    Attributes:
        rule: Which rule.
        text: Why, in English, as `later("…")`, with the names of values in braces.
        values: The values.
    """

    rule: Rule
    text: str
    values: Mapping[str, str] = {}

    @property
    def reason(self) -> str:
        """Why, as a clause in the person's language: `acc-1 has 20.00, which is less than 30.00`."""
        return tr(self.text).format(**self.values)


type Decision = tuple[Fact, ...] | Rejection


def decide(bank: Bank, command: Command) -> Decision:
    """What follows from `command` when things stand as in `bank`. Pure: nothing is changed, nothing is written."""
    match command:
        case OpenAccount():
            return _open(bank, command)
        case Deposit(account, amount, currency):
            refused = _amount(amount) or _movable(bank, account) or _currency(bank, account, currency)
            return refused or (_fact(names.DEPOSITED, amount, currency, accountId=account),)
        case Withdraw(account, amount, currency):
            refused = _amount(amount) or _takable(bank, account, amount, currency)
            return refused or (_fact(names.WITHDRAWN, amount, currency, accountId=account),)
        case Transfer():
            return _transfer(bank, command)
        case CloseAccount(account):
            return _close(bank, account)
        case Freeze(account):
            return _movable(bank, account) or (Fact(names.FROZEN, {"accountId": account}),)
        case Unfreeze(account):
            return _unfreeze(bank, account)


def _open(bank: Bank, command: OpenAccount) -> Decision:
    known = bank.get(command.account)
    if not command.account.strip():
        return _no("name", later("an account needs a name"))
    if known is not None:
        text = later("{account} exists already")
        if known.status == "closed":
            text = later("{account} has been closed, and its name is not used again")
        return _no("exists", text, account=command.account)
    data: dict[str, object] = {"accountId": command.account}
    if command.owner:
        data["owner"] = command.owner
    if command.currency:
        data["currency"] = command.currency
    return (Fact(names.OPENED, data),)


def _transfer(bank: Bank, command: Transfer) -> Decision:
    if command.account == command.target:
        return _no("name", later("{account} cannot give money to itself"), account=command.account)
    refused = (
        _amount(command.amount)
        or _takable(bank, command.account, command.amount, command.currency)
        or _movable(bank, command.target)
        or _currency(bank, command.target, command.currency or bank[command.account].currency)
    )
    if refused is not None:
        return refused
    currency = command.currency or bank[command.account].currency
    ends = {"fromAccountId": command.account, "toAccountId": command.target}
    return (_fact(names.TRANSFERRED, command.amount, currency, **ends),)


def _close(bank: Bank, account: str) -> Decision:
    if (refused := _movable(bank, account)) is not None:
        return refused
    left = [f"{plain(held)} {name or ''}".strip() for name, held in bank[account].balances.items() if held]
    if left:
        text = later("{account} still holds {amounts}; it is closed at 0")
        return _no("balance", text, account=account, amounts=" + ".join(left))
    return (Fact(names.CLOSED, {"accountId": account}),)


def _unfreeze(bank: Bank, account: str) -> Decision:
    known = bank.get(account)
    if known is not None and known.status == "frozen":
        return (Fact(names.UNFROZEN, {"accountId": account}),)
    refused = _movable(bank, account)
    return refused or _no("frozen", later("{account} is not frozen"), account=account)


def _amount(amount: Exact) -> Rejection | None:
    if isinstance(amount, Decimal) and (not amount.is_finite() or abs(amount.adjusted()) >= MAX_DIGITS):
        return _no("amount", later("an amount is a number with all its digits"))
    if amount <= 0:
        return _no("amount", later("an amount is more than 0, and {amount} is not"), amount=plain(amount))
    return None


def _movable(bank: Bank, account: str) -> Rejection | None:
    """Whether money may move on an account at all."""
    known = bank.get(account)
    if known is None:
        return _no("missing", later("there is no account {account}"), account=account)
    if known.status == "closed":
        return _no("closed", later("{account} is closed"), account=account)
    if known.status == "frozen":
        return _no("frozen", later("{account} is frozen"), account=account)
    return None


def _currency(bank: Bank, account: str, currency: str | None) -> Rejection | None:
    known = bank[account]
    own = {known.currency} if known.currency is not None else set(known.balances)
    if not own or (currency or known.currency) in own:
        return None
    kept = " + ".join(sorted(each for each in own if each is not None))
    if not kept:
        text = later("{account} is kept without a currency, and this is in {currency}")
    elif currency is None:
        text = later("{account} is kept in {kept}, and this names none")
    else:
        text = later("{account} is kept in {kept}, and this is in {currency}")
    return _no("currency", text, account=account, kept=kept, currency=currency or "")


def _takable(bank: Bank, account: str, amount: Exact, currency: str | None) -> Rejection | None:
    """Whether so much can be taken out."""
    refused = _movable(bank, account) or _currency(bank, account, currency)
    if refused is not None:
        return refused
    known: Account = bank[account]
    held = known.holds(currency or known.currency)
    if amount <= add(held, known.overdraft):
        return None
    text = later("{account} has {held}, which is less than {amount}")
    if known.overdraft:
        text = later("{account} has {held} and an overdraft of {overdraft}, which is less than {amount}")
    shown = f"{plain(held)} {currency or known.currency or ''}".strip()
    values = {"account": account, "held": shown, "overdraft": plain(known.overdraft), "amount": plain(amount)}
    return Rejection("funds", text, values)


def _no(rule: Rule, text: str, **values: str) -> Rejection:
    return Rejection(rule, text, values)


def _fact(kind: str, amount: Exact, currency: str | None, **ends: str) -> Fact:
    data: dict[str, object] = {**ends, "amount": amount}
    if currency is not None:
        data["currency"] = currency
    return Fact(kind, data)


# --- would the rules have let an event happen that did? ---------------------------------------------------


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
            command = OpenAccount(account, owner, _told_currency(effects[0]))
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


def _told_currency(effect: Effect) -> str | None:
    return next((str(each.operand) for each in effect.updates if each.field == "currency"), None)
