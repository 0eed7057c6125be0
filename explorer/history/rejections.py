"""Which events of a branch would the rules have rejected, that they did not have to reject in the log itself?

An event was recorded because somebody decided so when things stood otherwise. In the branch the decision is made
anew: what is rejected is then not taken in, so that later events are judged by what would really have been there. An
event that breaks a rule in the log already happened all the same; it is taken in, and not listed.
"""

import heapq
from collections.abc import Callable, Iterator
from typing import cast

import msgspec
import numpy as np

from explorer.domain.account import Account, Status, evolve, overdraft_in
from explorer.domain.rules import Rejection, judge
from explorer.eventlog.event import Event
from explorer.history.field_history import NONE
from explorer.history.history import History
from explorer.history.what_if import Branch
from explorer.projection import account_names as names
from explorer.projection.accounts import Accounts
from explorer.projection.exact import Exact
from explorer.projection.model import ReadModel
from explorer.projection.upcasting import UpcastingModel, inner_model


class PastAccounts:
    """What the rules knew of each account at any position of the log, out of its history."""

    def __init__(self, history: History, model: Accounts) -> None:
        """Ask a history that was read by the accounts read model."""
        self._history = history
        self._overdrafts: dict[str, list[tuple[int, Exact]]] = {}
        self._model = model

    def account(self, entity: str, position: int) -> Account | None:
        """One account; None if nothing has happened to it by then."""
        history = self._history
        code = history.entities.find(entity)
        if code is None or history.touches.change_at(code, position) == NONE:
            return None
        currency = self._value(code, "currency", position)
        balances: dict[str | None, Exact] = {}
        line = history.field_histories["balance"]
        for slot in line.slots_of(code):
            change = line.change_at(slot, position)
            if change != NONE:
                key = int(line.slot_key[slot]) if line.slot_key is not None else -1
                balances[None if key < 0 else line.keys[key]] = cast("Exact", line.value(change))
        status = cast("Status", self._value(code, "status", position) or "")
        owed = [limit for place, limit in self._limits(entity, code) if place <= position]
        return Account(status, None if currency is None else str(currency), balances, owed[-1] if owed else 0)

    def _value(self, code: int, field: str, position: int) -> object:
        line = self._history.field_histories[field]
        change = line.change_at(code, position)
        return None if change == NONE else line.value(change)

    def _limits(self, entity: str, code: int) -> list[tuple[int, Exact]]:
        """How far below zero an account might go, from which positions on."""
        known = self._overdrafts.get(entity)
        if known is None:
            history = self._history
            begin, end = (int(each) for each in history.touches.offsets[[code, code + 1]])
            positions = np.asarray(history.touches.positions[begin:end], np.int64)
            types = history.events.types[history.in_log(positions) - 1]
            noted = [
                number
                for number, name in enumerate(history.events.type_names)
                if self._model.variant(name) == names.NOTED
            ]
            known = []
            for position in positions[np.isin(types, noted)].tolist():
                limit = overdraft_in(history.event(position))
                if limit is not None:
                    known.append((position, limit))
            self._overdrafts[entity] = known
        return known


type Report = Callable[[int, int], None]


class Rejected(msgspec.Struct, frozen=True):
    """One event that would not have been recorded.

    Attributes:
        position: Where it stands in the branch.
        log_position: Where it stands in the log; None for an event that is inserted.
        event: The event.
        account: The first account that it is about.
        refused: Which rule, and why.
    """

    position: int
    log_position: int | None
    event: Event
    account: str
    refused: Rejection


def has_rules(model: ReadModel) -> bool:
    """Whether any rules are known for what this read model knows."""
    return isinstance(inner_model(model), Accounts)


def rejected(branch: Branch, report: Report | None = None) -> list[Rejected] | None:
    """The events that the rules would have rejected, as they would have come.

    None if no rule was tried: the read model has none, or what differs does nothing to anything that it knows.
    """
    upcasting = branch.model if isinstance(branch.model, UpcastingModel) else None
    model = inner_model(branch.model)
    if not isinstance(model, Accounts) or not branch.touched:
        return None
    return list(_Trial(branch, model, _as_it_is if upcasting is None else upcasting.lifted).run(report))


def _as_it_is(event: Event) -> Event:
    return event


class _Trial:
    """The branch, event by event, with the rules in force. Accounts that nothing has touched are not followed."""

    def __init__(self, branch: Branch, model: Accounts, lifted: Callable[[Event], Event]) -> None:
        self._branch = branch
        self._lifted = lifted  # an old event as one of today's
        self._model = model
        self._past = PastAccounts(branch.history, model)
        self._followed: dict[str, Account | None] = {}
        self._waiting: list[int] = []  # positions of the branch, as a heap
        self._known: set[int] = set()

    def run(self, report: Report | None) -> Iterator[Rejected]:
        branch = self._branch
        for account in branch.touched:
            self._follow(account, branch.first_change, 0)
        while self._waiting:
            position = heapq.heappop(self._waiting)
            if report is not None:
                report(position, len(branch))
            event = branch.event(position)
            found = self._judged(position, event)
            if found is None:
                self._take_in(position, event)
                continue
            yield found
            for effect in branch.effects(event):  # what it does not do there is missed there from now on
                if effect.entity not in self._followed:
                    self._follow(effect.entity, branch.unchanged_until(position - 1), position)

    def _follow(self, account: str, since: int, after: int) -> None:
        """Follow an account that is another one than in the log.

        Args:
            account: Which.
            since: The position of the log until which it is as it was.
            after: The position of the branch until which it is.
        """
        self._followed[account] = self._past.account(account, since)
        for position, _ in self._branch.events_of(account, since):
            if position > after and position not in self._known:
                self._known.add(position)
                heapq.heappush(self._waiting, position)

    def _judged(self, position: int, event: Event) -> Rejected | None:
        refused = judge(self._around(position, event), self._lifted(event), self._model)
        if refused is None or self._broke_a_rule(position, event):
            return None
        place = self._branch.log_position(position)
        effects = self._branch.effects(event)
        return Rejected(position, place, event, effects[0].entity, refused)

    def _around(self, position: int, event: Event) -> dict[str, Account]:
        """The accounts that an event is about, as they are in this trial."""
        found: dict[str, Account] = {}
        for effect in self._branch.effects(event):
            if effect.entity in self._followed:
                known = self._followed[effect.entity]
            else:
                known = self._past.account(effect.entity, self._branch.unchanged_until(position - 1))
            if known is not None:
                found[effect.entity] = known
        return found

    def _broke_a_rule(self, position: int, event: Event) -> bool:
        """Whether the event, if it is one of the log, broke a rule there too."""
        place = self._branch.log_position(position)
        if place is None or self._branch.is_new(position):
            return False
        before = self._branch.history.position_of(place) - 1
        accounts = {effect.entity for effect in self._branch.effects(event)}
        bank = {each: known for each in accounts if (known := self._past.account(each, before)) is not None}
        return judge(bank, self._lifted(event), self._model) is not None

    def _take_in(self, position: int, event: Event) -> None:
        after = evolve(self._around(position, event), self._lifted(event), self._model)
        for effect in self._branch.effects(event):
            if effect.entity in self._followed:
                self._followed[effect.entity] = after.get(effect.entity)
