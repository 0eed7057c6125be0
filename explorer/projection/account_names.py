"""Which event of an account is meant by an event type's name, however a program spells it?"""

import re
from collections.abc import Mapping
from functools import lru_cache

from explorer.patterns import lazy_pattern

OPENED = "AccountOpened"
DEPOSITED = "MoneyDeposited"
WITHDRAWN = "MoneyWithdrawn"
TRANSFERRED = "MoneyTransferred"
ADJUSTED = "BalanceAdjusted"
CLOSED = "AccountClosed"
FROZEN = "AccountFrozen"
UNFROZEN = "AccountUnfrozen"
OWNER_CHANGED = "OwnerChanged"
NOTED = "AccountNoted"
IGNORED = ""

VARIANTS = (
    OPENED, DEPOSITED, WITHDRAWN, TRANSFERRED, ADJUSTED, CLOSED, FROZEN, UNFROZEN, OWNER_CHANGED, NOTED,
)  # fmt: skip

_MONEY = ("money", "funds", "fund", "cash", "amount")


def _spelled(endings: str, nouns: tuple[str, ...] = _MONEY) -> list[str]:
    return [noun + ending for noun in nouns for ending in endings.split()]


def _table(variants: Mapping[str, list[str]]) -> dict[str, str]:
    return {name: variant for variant, names in variants.items() for name in names}


# names that mean money or an account whatever class they are of; in lower case, without separators
_ANYWHERE = _table({
    OPENED: "accountopened accountcreated accountregistered bankaccountopened bankaccountcreated walletopened "
            "walletcreated".split(),
    DEPOSITED: [*_spelled("deposited credited paidin"), *_spelled("added", _MONEY[:-1]), "depositmade",
                "accountcredited", "moneyreceived", "fundsreceived", "moneytransferredin", "fundstransferredin",
                "accountdeposited"],
    WITHDRAWN: [*_spelled("withdrawn withdrew debited paidout"), *_spelled("subtracted deducted", _MONEY[:-1]),
                "withdrawalmade", "accountdebited", "moneysent", "fundssent", "moneytransferredout",
                "fundstransferredout", "accountwithdrawn"],
    TRANSFERRED: _spelled("transferred"),
    CLOSED: "accountclosed bankaccountclosed walletclosed".split(),
    FROZEN: "accountfrozen accountblocked accountsuspended".split(),
    UNFROZEN: "accountunfrozen accountunblocked accountreactivated".split(),
    OWNER_CHANGED: "ownerchanged ownerrenamed accountownerchanged accountholderchanged".split(),
})  # fmt: skip
# names that do so only if they name no class
_BARE = _table({DEPOSITED: ["transferredin"], WITHDRAWN: ["transferredout"]})
# what an account's own class calls its events, as in `BankAccount.Deposited`
_OF_AN_ACCOUNT = _ANYWHERE | _table({
    OPENED: "opened created registered started".split(),
    DEPOSITED: "deposited deposit credited transferredin transferreceived transferin paidin toppedup received "
               "interestcredited interestadded refunded".split(),
    WITHDRAWN: "withdrawn withdrew withdrawal debited transferredout transfersent transferout paidout sent "
               "feecharged feededucted feedebited spent".split(),
    TRANSFERRED: ["transferred"],
    ADJUSTED: "transactionappended transactionadded balanceadjusted".split(),
    CLOSED: "closed deactivated".split(),
    FROZEN: "frozen blocked suspended locked".split(),
    UNFROZEN: "unfrozen unblocked reactivated unlocked thawed".split(),
    OWNER_CHANGED: "renamed ownernamechanged holderchanged holderrenamed namechanged".split(),
})  # fmt: skip

_MOST_TYPES = 4_096  # are kept; a log has few types, and asks for them often
_SEPARATORS = lazy_pattern(r"[_\- .:]+")
_PARTS = lazy_pattern(r"[.:/+$#\\]+")
_VERSION = lazy_pattern(r"v?\d+", re.IGNORECASE)
_OWNER = lazy_pattern(r"(?:account|wallet)s?(?:aggregate|aggregateroot|event|events)?")
_ENDING = lazy_pattern(r"(?:event)?(?:v\d+)?$")


def folded(name: str) -> str:
    """In lower case and without separators: `money_deposited` is `MoneyDeposited`."""
    return _SEPARATORS.sub("", name).lower()


@lru_cache(_MOST_TYPES)
def variant_of(event_type: str, *, short: bool = False) -> str | None:
    """The variant that a type means, whatever its spelling; None if it is none of an account's events.

    `MoneyDeposited`, `money_deposited`, `bank.MoneyDeposited` and `MoneyDepositedEvent.v2` are the same. A class whose
    name ends in `Account` or `Wallet` may use short names: `bank:BankAccount.Deposited`; any other event of such
    a class is a new version of it, and no more.

    Args:
        event_type: The type as the log spells it.
        short: Whether short names without a class are an account's: the log says elsewhere that it is about accounts.
    """
    words = [word for word in _PARTS.split(event_type.split(",", maxsplit=1)[0]) if word]
    while len(words) > 1 and _VERSION.fullmatch(words[-1]):
        words.pop()
    if not words:
        return None
    last, whole = _bare(words[-1]), _bare("".join(words))
    owner = folded(words[-2]) if len(words) > 1 else ""
    found = _ANYWHERE.get(last) or _ANYWHERE.get(whole) or _ANYWHERE.get(owner + last)
    if found is None and not owner:
        found = _BARE.get(last)
    if found is not None or not (_ends_like_an_account(owner) or (short and not owner)):
        return found
    return _OF_AN_ACCOUNT.get(last, NOTED if owner else None)


def means_account(event_type: str, *, short: bool = False) -> bool:
    """Whether the name says that the event does something to an account."""
    return variant_of(event_type, short=short) not in {None, NOTED}


def speaks_short(types: set[str]) -> bool:
    """Whether bare names (`Deposited`, `Withdrawn`) are those of accounts: money goes in and out."""
    found = {variant_of(each, short=True) for each in types if variant_of(each) is None}
    return len(found & {DEPOSITED, WITHDRAWN}) == 2


def _bare(name: str) -> str:
    return _ENDING.sub("", folded(name))


def _ends_like_an_account(owner: str) -> bool:
    return any(found.end() == len(owner) for found in _OWNER.finditer(owner))
