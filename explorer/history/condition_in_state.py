"""For which entities does a condition hold in one state?

Only the changes in force are compared, all at once: a hundred thousand accounts cost about a millisecond.
"""

from typing import Any

import numpy as np
import numpy.typing as npt

from explorer.history.comparison import Truth
from explorer.history.conditions import Both, Comparison, Condition, Either, Not
from explorer.history.field_history import NONE
from explorer.history.find import of_entities
from explorer.history.history import History
from explorer.history.state import State

type Ints = npt.NDArray[Any]
type Flags = npt.NDArray[np.bool_]


class ConditionInState:
    """One condition, ready to be asked of one state after another of the same history."""

    def __init__(self, history: History, condition: Condition) -> None:
        self._history = history
        self._condition = condition
        self._truths: dict[Comparison, Truth] = {}
        self._of_entities: dict[Comparison, Flags] = {}

    def of(self, state: State) -> Flags:
        """(entity_count,) where the condition holds; only those that exist in `state` mean anything."""
        return self._of(self._condition, state)

    def _of(self, condition: Condition, state: State) -> Flags:
        found: Flags
        match condition:
            case Both():
                found = np.logical_and.reduce([self._of(part, state) for part in condition.parts])
            case Either():
                found = np.logical_or.reduce([self._of(part, state) for part in condition.parts])
            case Not():
                found = ~self._of(condition.part, state)
            case _ if condition.is_entity:
                found = self._named(condition, state.entity_count)
            case _:
                found = self._compare(condition, state)
        return found

    def _named(self, comparison: Comparison, count: int) -> Flags:
        known = self._of_entities.get(comparison)
        if known is None:
            known = self._of_entities[comparison] = of_entities(self._history, comparison, 0, count)
        return known

    def _compare(self, comparison: Comparison, state: State) -> Flags:
        line = self._history.field_histories[comparison.field.name]
        truth = self._truths.get(comparison)
        if truth is None:
            truth = self._truths[comparison] = Truth(line, comparison)
        head = state.head(comparison.field.name)
        there = head != NONE
        if comparison.key is not None and line.slot_key is not None:
            wanted = line.keys.index(comparison.key) if comparison.key in line.keys else -2
            there &= line.slot_key == wanted
        elif comparison.key is not None:
            there[:] = False
        slots = np.flatnonzero(there)
        owners = line.slot_entity[slots]
        found = np.full(state.entity_count, truth.of_nothing)
        found[owners] = False
        found[owners[truth.at(head[slots])]] = True
        return found
