"""Which entities does the filter over the state let through: a condition, or text in any cell?"""

import re
from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from explorer.history.conditions import ConditionError
from explorer.history.field_history import NONE, FieldHistory
from explorer.history.find import ConditionInState
from explorer.history.history import History
from explorer.history.state import State
from explorer.patterns import lazy_pattern
from explorer.projection.model import Field
from explorer.session.find.finding import condition_of
from explorer.session.state.state_view import whole_text

type Ints = npt.NDArray[Any]
type Flags = npt.NDArray[np.bool_]

_TOLD_EVERY = 1 << 16  # ids
AT_ONCE = 2_000  # entities whose text is looked at within a frame; for more there is another thread
_COMPARES = lazy_pattern(r"[<>=]|\b(?:is|in|between)\b", re.IGNORECASE)
_BEGINS = lazy_pattern(
    r"\s*(?:\(|not\b)*\s*\"?([^\W\d]\w*)\"?(?:\.\w+)*\s*(?:[<>=!]|(?:is|in|between)\b)", re.IGNORECASE
)
_OF_NUMBERS = frozenset("0123456789.,- ")


class StateFilter:
    """What lets some entities through. It hides rows; it never changes what the state is.

    Making one reads the whole history of the fields with few values: slow for a large log.
    """

    def __init__(
        self, history: History, noun: str, text: str, report: Callable[[int, int], None] = lambda *_: None
    ) -> None:
        """Read `text`: a condition such as `balance < 0`, or else text that must stand in any cell.

        `report` is told how many ids were looked at, of how many, and ends it by what it raises.

        Raises:
            ConditionError: It begins like a condition and is none; says where.
        """
        self.text = text.strip()
        self._at_hand = history.at_hand
        self._answer: tuple[FieldHistory, int, Flags] | None = None  # the last one, of very many
        self._condition: ConditionInState | None = None
        self._words: _Words | None = None
        if not self.text:
            return
        if _COMPARES.search(self.text) and not self.text.startswith('"'):
            try:
                self._condition = ConditionInState(history, condition_of(history, noun, self.text))
                return
            except ConditionError:
                begins = _BEGINS.match(self.text)
                names = {noun.casefold(), *(field.name.casefold() for field in history.fields)}
                if begins is not None and begins[1].casefold() in names:
                    raise
        words = (
            self.text[1:-1] if self.text[:1] == self.text[-1:] == '"' and len(self.text) > 1 else self.text
        )
        self._words = _Words(history, _folded(words), report)

    @property
    def is_empty(self) -> bool:
        """Whether it lets everything through."""
        return not self.text

    @property
    def is_condition(self) -> bool:
        """Whether it is a condition, and no text to look for."""
        return self._condition is not None

    def work(self, state: State) -> int:
        """How many entities must be looked at one by one to answer for `state`; all others are answered at once."""
        if not self._at_hand:
            return 0 if self.is_empty or self._answered(state) is not None else state.entity_count
        return 0 if self._words is None else self._words.work(state)

    def flags(self, state: State) -> Flags:
        """(entity_count,) which entities pass; only those that exist in `state` mean anything."""
        found = self._answered(state)
        if found is None:
            found = self._flags(state)
            if not self._at_hand:
                self._answer = state.touches, state.position, found
        return found

    def _answered(self, state: State) -> Flags | None:
        known = self._answer
        same = known is not None and known[0] is state.touches and known[1] == state.position
        return known[2] if known is not None and same else None

    def _flags(self, state: State) -> Flags:
        if self._condition is not None:
            return self._condition.of(state)
        if self._words is not None:
            return self._words.flags(state)
        return np.ones(state.entity_count, np.bool_)


class _Words:
    """Text in any cell. What is known of a number is kept until that number changes."""

    def __init__(self, history: History, needle: str, report: Callable[[int, int], None]) -> None:
        self._needle = needle
        count = len(history.entities)
        self._named = np.zeros(count, np.bool_)
        for at, name in enumerate(history.entities):
            if not at % _TOLD_EVERY:
                report(at, count)
            if needle in _folded(name):
                self._named[at] = True
        self._of_values: dict[str, Flags] = {}
        self._numbers: list[_Numbers] = []
        for field in history.fields:
            if field.hidden:
                continue
            line = history.field_histories[field.name]
            if isinstance(line.values, tuple):
                told = (needle in _folded(whole_text(value)) for value in line.values[1])
                self._of_values[field.name] = np.fromiter(told, np.bool_, len(line.values[1]))
            elif set(needle) <= _OF_NUMBERS | set(_folded("".join(line.keys))):
                self._numbers.append(_Numbers(field, needle))

    def work(self, state: State) -> int:
        return sum(len(numbers.stale(state)) for numbers in self._numbers)

    def flags(self, state: State) -> Flags:
        found = self._named.copy()
        for name, of_value in self._of_values.items():
            line, head = state.field_history(state.field(name)), state.head(name)
            assert isinstance(line.values, tuple)
            slots = np.flatnonzero(head != NONE)
            if len(of_value):
                found[line.slot_entity[slots[of_value[line.values[0][head[slots]]]]]] = True
        for numbers in self._numbers:
            found |= numbers.flags(state)
        return found


class _Numbers:
    """Whether the text of each entity's number has the needle in it."""

    def __init__(self, field: Field, needle: str) -> None:
        self._field = field
        self._needle = needle
        self._known: tuple[list[Ints], Flags] | None = None  # what `_flags` was made of

    def stale(self, state: State) -> Ints:
        """The entities whose number is another one than was looked at, or came to be since."""
        if self._known is None:
            return np.arange(state.entity_count)
        other = np.zeros(state.entity_count, np.bool_)
        for name, old, new in zip(self._names(), self._known[0], self._heads(state), strict=True):
            other[state.field_history(state.field(name)).slot_entity[np.flatnonzero(old != new)]] = True
        return np.flatnonzero(other)

    def flags(self, state: State) -> Flags:
        stale = self.stale(state)
        flags = np.zeros(state.entity_count, np.bool_) if self._known is None else self._known[1].copy()
        for code in stale.tolist():
            flags[code] = self._needle in _folded(whole_text(state.value(code, self._field)))
        self._known = self._heads(state), flags
        return flags

    def _names(self) -> list[str]:
        """The field, and those that say under which key nameless amounts are shown, and who has it at all."""
        field = self._field
        return [field.name, *filter(None, (field.keyed_by, field.since))]

    def _heads(self, state: State) -> list[Ints]:
        return [state.head(name) for name in self._names()]


def _folded(text: str) -> str:
    return text.casefold().replace("\N{MINUS SIGN}", "-")
