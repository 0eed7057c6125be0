"""What do an account's rules say to a command, wherever in the log it is given?"""

from collections.abc import Callable, Mapping

from explorer.domain.account import Bank, evolve
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
from explorer.domain.rules import decide
from explorer.history.explain import shown
from explorer.language import tr
from explorer.projection.exact import Exact, exact, plain
from explorer.session.document import Document
from explorer.session.lessons.frames import Frame, Grid
from explorer.session.lessons.lesson import Show
from explorer.session.plaintext import visible

type Fields = Mapping[str, str]


def _amount(fields: Fields) -> Exact:
    found = exact(fields["amount"].replace("\N{MINUS SIGN}", "-"))
    if found is None:
        raise ValueError(f"{fields['amount']} is no amount")
    return found


_COMMANDS: dict[str, tuple[tuple[str, ...], Callable[[str, Fields], Command]]] = {
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
    if show.name not in _COMMANDS:
        raise ValueError(f"there is no command “{visible(show.name, 60)}”; there are {', '.join(_COMMANDS)}")
    needed, make = _COMMANDS[show.name]
    given = dict(show.fields)
    for name in needed:
        if name not in given:
            raise ValueError(f"{show.name} needs {name}=…")
    known = {*needed, *_MORE.get(show.name, set()), *(_ALWAYS if needed else set())}
    for name in given:
        if name not in known:
            raise ValueError(f"{show.name} has no “{visible(name, 60)}”")
    return make(show.entity, given)


def bank_at(document: Document, position: int) -> Bank:
    """What the rules know once the first `position` events have happened."""
    bank: Bank = {}
    for at in range(1, position + 1):
        bank = evolve(bank, document.event(at))
    return bank


class Verdict:
    """A command, given at the playhead: accepted or rejected, and what would follow. Nothing is written."""

    forward_only = False

    def __init__(self, document: Document, show: Show) -> None:
        self.title = tr("A command, and what the rules say to it here")
        self._document = document
        self._command = command_of(show)
        self._said = " ".join([show.name, show.entity, *(f"{name}={value}" for name, value in show.fields)])
        self._accounts = [show.entity, *(value for name, value in show.fields if name == "to")]

    def begin(self, position: int) -> None:
        """It keeps nothing."""

    def close(self) -> None:
        """It holds nothing open."""

    def decision(self, position: int) -> tuple[Fact, ...] | Rejection:
        """What the rules say at `position`."""
        return decide(bank_at(self._document, position), self._command)

    def frame(self, position: int) -> Frame:
        """What the rules know of the accounts, and what they decide."""
        bank = bank_at(self._document, position)
        rows = []
        for name in self._accounts:
            account = bank.get(name)
            if account is None:
                rows.append((visible(name), tr("none"), ""))
                continue
            held = ", ".join(
                f"{plain(amount)} {unit or ''}".strip() for unit, amount in account.balances.items()
            )
            rows.append((visible(name), visible(account.status or tr("none")), held or "0"))
        grid = Grid(
            tr("What the rules know"),
            (tr("account"), tr("status"), tr("balance")),
            tuple(rows),
            numbers=frozenset({2}),
        )
        decision = decide(bank, self._command)
        if isinstance(decision, Rejection):
            notes = (
                tr("✗ Rejected: {reason}.").format(reason=visible(decision.reason)),
                tr("No event is written."),
            )
            return Frame(code=(visible(self._said),), grids=(grid,), notes=notes, good=False)
        accepted = tr("✓ Accepted. This would be appended:")
        told = (accepted, *(_fact_text(fact) for fact in decision))
        return Frame(code=(visible(self._said),), grids=(grid,), notes=told, good=True)


def _fact_text(fact: Fact) -> str:
    members = ", ".join(f"{name} {shown(value)}" for name, value in fact.data.items())
    return visible(f"{fact.type}: {members}")
