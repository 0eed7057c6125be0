"""Is this command accepted: which facts follow from it, or why is it rejected?

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

from decimal import Decimal

from explorer.domain.account import Account, Bank
from explorer.domain.commands import (
    CloseAccount,
    Command,
    Deposit,
    Fact,
    Freeze,
    OpenAccount,
    Rejection,
    Transfer,
    Unfreeze,
    Withdraw,
)
from explorer.projection import account_names as names
from explorer.projection.exact import MAX_DIGITS, Exact, add, plain

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
        return Rejection("name", "an account needs a name")
    if known is not None:
        was = (
            "has been closed, and its name is not used again"
            if known.status == "closed"
            else "exists already"
        )
        return Rejection("exists", f"{command.account} {was}")
    data: dict[str, object] = {"accountId": command.account}
    if command.owner:
        data["owner"] = command.owner
    if command.currency:
        data["currency"] = command.currency
    return (Fact(names.OPENED, data),)


def _transfer(bank: Bank, command: Transfer) -> Decision:
    if command.source == command.target:
        return Rejection("name", f"{command.source} cannot give money to itself")
    refused = (
        _amount(command.amount)
        or _takable(bank, command.source, command.amount, command.currency)
        or _movable(bank, command.target)
        or _currency(bank, command.target, command.currency or bank[command.source].currency)
    )
    if refused is not None:
        return refused
    currency = command.currency or bank[command.source].currency
    ends = {"fromAccountId": command.source, "toAccountId": command.target}
    return (_fact(names.TRANSFERRED, command.amount, currency, **ends),)


def _close(bank: Bank, account: str) -> Decision:
    if (refused := _movable(bank, account)) is not None:
        return refused
    left = [f"{plain(held)} {name or ''}".strip() for name, held in bank[account].balances.items() if held]
    if left:
        return Rejection("balance", f"{account} still holds {' and '.join(left)}; it is closed at 0")
    return (Fact(names.CLOSED, {"accountId": account}),)


def _unfreeze(bank: Bank, account: str) -> Decision:
    known = bank.get(account)
    if known is not None and known.status == "frozen":
        return (Fact(names.UNFROZEN, {"accountId": account}),)
    refused = _movable(bank, account)
    return refused or Rejection("frozen", f"{account} is not frozen")


def _amount(amount: Exact) -> Rejection | None:
    if isinstance(amount, Decimal) and (not amount.is_finite() or abs(amount.adjusted()) >= MAX_DIGITS):
        return Rejection("amount", "an amount is a number with all its digits")
    if amount <= 0:
        return Rejection("amount", f"an amount is more than 0, and {plain(amount)} is not")
    return None


def _movable(bank: Bank, account: str) -> Rejection | None:
    """Whether money may move on an account at all."""
    known = bank.get(account)
    if known is None:
        return Rejection("missing", f"there is no account {account}")
    if known.status == "closed":
        return Rejection("closed", f"{account} is closed")
    if known.status == "frozen":
        return Rejection("frozen", f"{account} is frozen")
    return None


def _currency(bank: Bank, account: str, currency: str | None) -> Rejection | None:
    known = bank[account]
    own = {known.currency} if known.currency is not None else set(known.balances)
    if not own or (currency or known.currency) in own:
        return None
    if own == {None}:
        return Rejection("currency", f"{account} is kept without a currency, and this is in {currency}")
    kept = " and ".join(sorted(each for each in own if each is not None))
    said = f"this is in {currency}" if currency is not None else "this names none"
    return Rejection("currency", f"{account} is kept in {kept}, and {said}")


def _takable(bank: Bank, account: str, amount: Exact, currency: str | None) -> Rejection | None:
    """Whether so much can be taken out."""
    refused = _movable(bank, account) or _currency(bank, account, currency)
    if refused is not None:
        return refused
    known: Account = bank[account]
    held = known.holds(currency or known.currency)
    if amount <= add(held, known.overdraft):
        return None
    unit = f" {currency or known.currency}" if currency or known.currency else ""
    beside = f" and an overdraft of {plain(known.overdraft)}" if known.overdraft else ""
    return Rejection(
        "funds", f"{account} has {plain(held)}{unit}{beside}, which is less than {plain(amount)}"
    )


def _fact(kind: str, amount: Exact, currency: str | None, **ends: str) -> Fact:
    data: dict[str, object] = {**ends, "amount": amount}
    if currency is not None:
        data["currency"] = currency
    return Fact(kind, data)
