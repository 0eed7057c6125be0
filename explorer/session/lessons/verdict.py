"""What do an account's rules say to a command, wherever in the log it is given?"""

from explorer.domain.account import Bank, evolve
from explorer.domain.rules import Fact, Rejection, decide
from explorer.history.explain import shown
from explorer.language import tr
from explorer.projection.exact import plain
from explorer.session.document import Document
from explorer.session.lessons.directives import command_of
from explorer.session.lessons.frames import Frame, Grid
from explorer.session.lessons.lesson import Show
from explorer.session.plaintext import visible


def bank_at(document: Document, position: int) -> Bank:
    """What the rules know once the first `position` events have happened."""
    bank: Bank = {}
    for at in range(1, position + 1):
        bank = evolve(bank, document.event(at))
    return bank


class CommandExhibit:
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

    def accepted(self) -> list[int]:
        """Every position at which the rules accept it, ascending; each event is folded once."""
        bank: Bank = {}
        found = []
        for at in range(self._document.event_count + 1):
            bank = evolve(bank, self._document.event(at)) if at else bank
            if not isinstance(decide(bank, self._command), Rejection):
                found.append(at)
        return found

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
