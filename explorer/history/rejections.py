"""Which events of a branch would the rules have rejected, that they did not have to reject in the log itself?

An event was recorded because somebody decided so when things stood otherwise. In the branch the decision is made
anew: what is rejected is then not taken in, so that later events are judged by what would really have been there. An
event that breaks a rule in the log already happened all the same; it is taken in, and not listed.
"""

import heapq
from collections.abc import Callable, Iterator, Sequence
from typing import cast

import msgspec
import numpy as np
import numpy.typing as npt

from explorer.domain.account import Account, Status, evolve, overdraft_in
from explorer.domain.rules import Rejection, judge
from explorer.eventlog.event import Event
from explorer.history.changes import OnDemand
from explorer.history.field_history import NONE
from explorer.history.history import History
from explorer.history.money_runs import MoneyRuns
from explorer.history.what_if import Branch
from explorer.projection import account_names as names
from explorer.projection.accounts import Accounts
from explorer.projection.exact import Exact, from_scaled, scaled
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
        owed = [limit for place, limit in self.limits(entity) if place <= position]
        return Account(status, None if currency is None else str(currency), balances, owed[-1] if owed else 0)

    def _value(self, code: int, field: str, position: int) -> object:
        line = self._history.field_histories[field]
        change = line.change_at(code, position)
        return None if change == NONE else line.value(change)

    def limits(self, entity: str) -> list[tuple[int, Exact]]:
        """How far below zero an account might go, from which positions on."""
        known = self._overdrafts.get(entity)
        if known is None:
            history = self._history
            code = history.entities.find(entity)
            begin, end = (
                (0, 0) if code is None else (int(at) for at in history.touches.offsets[[code, code + 1]])
            )
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
type Int64s = npt.NDArray[np.int64]

FEW_AT_ONCE = 64  # events; fewer are tried one by one, and more from there on as long as all are alike
_ROOM = 2**62


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


class Rejections(OnDemand[Rejected]):
    """All that would have been rejected, as it would have come; each is made when it is asked for."""

    def __init__(self, branch: Branch, found: Sequence[tuple[Int64s, str, Rejection]]) -> None:
        """Take stretches of positions of the branch, each with the account and the reason."""
        self._branch, self._found = branch, found
        places = [part for part, _, _ in found]
        together: Int64s = np.concatenate(places) if places else np.zeros(0, np.int64)
        which = np.repeat(np.arange(len(places)), [len(part) for part in places])
        order = np.argsort(together, kind="stable")
        self._places, self._which = together[order], which[order]

    def __len__(self) -> int:
        return len(self._places)

    def made(self, index: int) -> Rejected:
        """One of them."""
        return self._with(index, self._branch.event(int(self._places[index])))

    def __iter__(self) -> Iterator[Rejected]:
        return (self._with(index, event) for index, event in enumerate(self._branch.events(self._places)))

    def _with(self, index: int, event: Event) -> Rejected:
        position = int(self._places[index])
        _, account, refused = self._found[int(self._which[index])]
        return Rejected(position, self._branch.log_position(position), event, account, refused)


def rejected(branch: Branch, report: Report | None = None) -> Rejections | None:
    """The events that the rules would have rejected, as they would have come.

    None if no rule was tried: the read model has none, or what differs does nothing to anything that it knows.
    """
    upcasting = branch.model if isinstance(branch.model, UpcastingModel) else None
    model = inner_model(branch.model)
    if not isinstance(model, Accounts) or not branch.touched:
        return None
    trial = _Trial(branch, model, None if upcasting is None else upcasting.lifted)
    trial.run(report)
    return Rejections(branch, trial.found)


def _as_it_is(event: Event) -> Event:
    return event


class _Followed(msgspec.Struct):
    """An account that is another one than in the log, and how far its events were tried.

    Attributes:
        name: What it is called.
        account: What the rules know of it by now.
        places: (k,) the positions of the branch of its events.
        money: Which of them are tried many at once, if any.
        at: The next one.
        step: How many are tried at once.
    """

    name: str
    account: Account | None
    places: Int64s
    money: MoneyRuns | None
    at: int = 0
    step: int = FEW_AT_ONCE


class _Trial:
    """The branch, event by event, with the rules in force. Accounts that nothing has touched are not followed.

    Attributes:
        found: What was rejected: positions, the account and the reason, in no special order.
    """

    def __init__(self, branch: Branch, model: Accounts, lifted: Callable[[Event], Event] | None) -> None:
        self.found: list[tuple[Int64s, str, Rejection]] = []
        self._branch = branch
        self._lifted = lifted or _as_it_is  # an old event as one of today's
        self._by_columns = lifted is None
        self._model = model
        self._past = PastAccounts(branch.history, model)
        self._followed: dict[str, _Followed] = {}
        self._waiting: list[tuple[int, str]] = []  # the next event of each account, as a heap
        self._tried: set[int] = set()  # those of several accounts

    def run(self, report: Report | None) -> None:
        """Try all events that matter."""
        branch = self._branch
        for account in branch.touched:
            self._follow(account, branch.first_change, 0)
        while self._waiting:
            position, name = heapq.heappop(self._waiting)
            who = self._followed[name]
            if report is not None:
                report(position, len(branch))
            many = self._many(who)
            if not many:
                self._one(position)
            who.at += many or 1
            self._wait(who)

    def _wait(self, who: _Followed) -> None:
        if who.at < len(who.places):
            heapq.heappush(self._waiting, (int(who.places[who.at]), who.name))

    def _one(self, position: int) -> None:
        """Try one event, unless it was tried as one of another account."""
        if position in self._tried:
            return
        event = self._branch.event(position)
        effects = self._branch.effects(event)
        if len(effects) > 1:
            self._tried.add(position)
        refused = self._refused(position, event)
        if refused is None:
            self._take_in(position, event)
            return
        self.found.append((np.array([position], np.int64), effects[0].entity, refused))
        for effect in effects:  # what it does not do there is missed there from now on
            if effect.entity not in self._followed:
                self._follow(effect.entity, self._branch.unchanged_until(position - 1), position)

    def _many(self, who: _Followed) -> int:
        """Try as many events at once as only move money, and all come to the same; returns how many."""
        money, begin = who.money, who.at
        if money is None or money.ends[begin] == begin:
            return 0
        end = min(int(money.ends[begin]), begin + who.step)
        account = who.account
        if account is None or account.status in {"closed", "frozen"}:
            done = _until_false(money.lawful[begin:end] & (money.others[begin:end] < 0))
            if done:
                place = int(who.places[begin])
                refused = self._refused(place, self._branch.event(place))
                if refused is None or refused.rule not in {"missing", "closed", "frozen"}:
                    return 0
                self.found.append((who.places[begin : begin + done], who.name, refused))
        else:
            held, decimals = scaled(account.holds(money.key))
            room = decimals <= money.scale and abs(held * 10 ** (money.scale - decimals)) < _ROOM
            if (
                account.currency != money.key
                or set(account.balances) - {money.key}
                or account.overdraft
                or not room
            ):
                return 0
            others = money.others[begin:end]
            if (
                others >= 0
            ).any() and self._waiting:  # who else is followed from then on is told by what comes before
                end = begin + int(np.searchsorted(who.places[begin:end], self._waiting[0][0]))
                others = others[: end - begin]
            units = money.units[begin:end]
            after = np.cumsum(units) + held * 10 ** (money.scale - decimals)
            known = [self._branch.history.entities.find(name) for name in self._followed]
            apart = ~np.isin(others, [code for code in known if code is not None])
            done = _until_false(((units > 0) | (after >= 0)) & apart)
            if done:
                decimals = max(decimals, int(money.decimals[begin : begin + done].max()))
                total = from_scaled(int(after[done - 1]) // 10 ** (money.scale - decimals), decimals)
                balances = {**account.balances, money.key: total}
                who.account = msgspec.structs.replace(account, balances=balances)
        who.step = 4 * who.step if done == who.step else FEW_AT_ONCE
        return done

    def _follow(self, name: str, since: int, after: int) -> None:
        """Follow an account that is another one than in the log.

        Args:
            name: Which.
            since: The position of the log until which it is as it was.
            after: The position of the branch until which it is.
        """
        history = self._branch.history
        places = self._branch.places_of(name, since)
        places = places[places > after]
        code = history.entities.find(name)
        money = None
        if (
            self._by_columns
            and code is not None
            and len(places) >= FEW_AT_ONCE
            and not self._past.limits(name)
        ):
            money = MoneyRuns.of(history, self._model, code, self._branch.log_positions(places))
        who = self._followed[name] = _Followed(name, self._past.account(name, since), places, money)
        self._wait(who)

    def _refused(self, position: int, event: Event) -> Rejection | None:
        refused = judge(self._around(position, event), self._lifted(event), self._model)
        return None if refused is None or self._broke_a_rule(position, event) else refused

    def _around(self, position: int, event: Event) -> dict[str, Account]:
        """The accounts that an event is about, as they are in this trial."""
        found: dict[str, Account] = {}
        for effect in self._branch.effects(event):
            if effect.entity in self._followed:
                known = self._followed[effect.entity].account
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
                self._followed[effect.entity].account = after.get(effect.entity)


def _until_false(flags: npt.NDArray[np.bool_]) -> int:
    """How many stand before the first that does not hold."""
    wrong = np.flatnonzero(~flags)
    return int(wrong[0]) if len(wrong) else len(flags)
