"""Which command does a lesson name, and what does that carry?"""

from collections.abc import Callable, Mapping

from explorer.domain.rules import (
    CloseAccount,
    Command,
    Deposit,
    Freeze,
    OpenAccount,
    Transfer,
    Unfreeze,
    Withdraw,
)
from explorer.projection.exact import Exact, exact
from explorer.session.lessons.lesson import Show
from explorer.session.plaintext import visible

type Fields = Mapping[str, str]


def _amount(fields: Fields) -> Exact:
    found = exact(fields["amount"].replace("\N{MINUS SIGN}", "-"))
    if found is None:
        raise ValueError(f"{fields['amount']} is no amount")
    return found


COMMANDS: dict[str, tuple[tuple[str, ...], Callable[[str, Fields], Command]]] = {
    "OpenAccount": ((), lambda name, given: OpenAccount(name, given.get("owner", ""), given.get("currency"))),
    "Deposit": (("amount",), lambda name, given: Deposit(name, _amount(given), given.get("currency"))),
    "Withdraw": (("amount",), lambda name, given: Withdraw(name, _amount(given), given.get("currency"))),
    "Transfer": (
        ("to", "amount"),
        lambda name, given: Transfer(name, given["to"], _amount(given), given.get("currency")),
    ),
    "CloseAccount": ((), lambda name, _given: CloseAccount(name)),
    "Freeze": ((), lambda name, _given: Freeze(name)),
    "Unfreeze": ((), lambda name, _given: Unfreeze(name)),
}
_MORE = {"OpenAccount": {"owner", "currency"}}
_ALWAYS = {"currency"}


def command_of(show: Show) -> Command:
    """The command that a lesson names.

    Raises:
        ValueError: There is none of this name, or it lacks something; `str()` is the sentence for the person.
    """
    if show.name not in COMMANDS:
        raise ValueError(f"there is no command “{visible(show.name, 60)}”; there are {', '.join(COMMANDS)}")
    needed, make = COMMANDS[show.name]
    given = dict(show.fields)
    for name in needed:
        if name not in given:
            raise ValueError(f"{show.name} needs {name}=…")
    known = {*needed, *_MORE.get(show.name, set()), *(_ALWAYS if needed else set())}
    for name in given:
        if name not in known:
            raise ValueError(f"{show.name} has no “{visible(name, 60)}”")
    return make(show.entity, given)
