"""What did the rules have to know of an account at any position of a log? Asked of its history, never folded."""

from typing import cast

import numpy as np

from explorer.domain.account import Account, Status, overdraft_in
from explorer.history.field_history import NONE
from explorer.history.history import History
from explorer.projection import account_names as names
from explorer.projection.accounts import Accounts
from explorer.projection.exact import Exact


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
