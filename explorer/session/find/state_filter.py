"""Which entities does the filter over the state let through: a condition, or text in any cell?"""

import re
from collections.abc import Callable, Sequence
from itertools import islice
from typing import Any

import numpy as np
import numpy.typing as npt

from explorer.eventlog.text_columns import TextColumn
from explorer.history.conditions import ConditionError
from explorer.history.field_history import NONE, FieldHistory
from explorer.history.find import ConditionInState
from explorer.history.history import History
from explorer.history.state import State
from explorer.history.state_texts import StateTexts
from explorer.patterns import lazy_pattern
from explorer.projection.model import Field
from explorer.session.find.finding import condition_of
from explorer.session.state.state_view import whole_text

type Ints = npt.NDArray[Any]
type Flags = npt.NDArray[np.bool_]
type Report = Callable[[int, int], None]

_VALUES = 1 << 16  # distinct ones that are looked at before it is said how far that is …
_TEXTS = 1 << 19  # … and texts of numbers; of fewer than `_ONE_BY_ONE` each is made by itself
_ONE_BY_ONE = 1_000
_BYTES = 40  # of memory for each entity while all are looked at
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

    def __init__(self, history: History, noun: str, text: str, report: Report = lambda *_: None) -> None:
        """Read `text`: a condition such as `balance < 0`, or else text that must stand in any cell.

        `report` is told how many ids were looked at, of how many, and ends it by what it raises.

        Raises:
            ConditionError: It begins like a condition and is none; says where.
        """
        self.text = text.strip()
        self._at_hand, self._history = history.at_hand, history
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

    def flags(self, state: State, report: Report = lambda *_: None) -> Flags:
        """(entity_count,) which entities pass; only those that exist in `state` mean anything.

        `report` as when it is made.
        """
        found = self._answered(state)
        if found is None:
            with self._history.room(_BYTES * state.entity_count):
                found = self._flags(state, report)
            if not self._at_hand:
                self._answer = state.touches, state.position, found
        return found

    def _answered(self, state: State) -> Flags | None:
        known = self._answer
        same = known is not None and known[0] is state.touches and known[1] == state.position
        return known[2] if known is not None and same else None

    def _flags(self, state: State, report: Report) -> Flags:
        if self._condition is not None:
            return self._condition.of(state)
        if self._words is not None:
            return self._words.flags(state, report)
        return np.ones(state.entity_count, np.bool_)


class _Words:
    """Text in any cell. What is known of a number is kept until that number changes."""

    def __init__(self, history: History, needle: str, report: Report) -> None:
        self._needle = needle
        count = len(history.entities)
        self._named = np.zeros(count, np.bool_)
        done = 0
        for part in history.entities.parts():
            report(done, count)
            self._named[done : done + len(part)] = _holding(part, needle)
            done += len(part)
        self._of_values: dict[str, Flags] = {}
        self._numbers: list[_Numbers] = []
        for field in history.fields:
            if field.hidden:
                continue
            line = history.field_histories[field.name]
            if isinstance(line.values, tuple):
                self._of_values[field.name] = _of_values(line.values[1], needle, report)
            elif set(needle) <= _OF_NUMBERS | set(_folded("".join(line.keys))):
                self._numbers.append(_Numbers(field, needle))

    def work(self, state: State) -> int:
        return sum(len(numbers.stale(state)) for numbers in self._numbers)

    def flags(self, state: State, report: Report) -> Flags:
        found = self._named.copy()
        for name, of_value in self._of_values.items():
            line, head = state.field_history(state.field(name)), state.head(name)
            assert isinstance(line.values, tuple)
            told = line.told_in_force(state.position, "code") if len(head) > _TEXTS else None
            for begin in range(0, len(head) if of_value.any() else 0, _TEXTS):
                slots = np.flatnonzero(head[begin : begin + _TEXTS] != NONE) + begin
                codes = line.values[0][head[slots]] if told is None else told[slots]
                found[line.slot_entity[slots[of_value[codes]]]] = True
        for numbers in self._numbers:
            found |= numbers.flags(state, report)
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

    def flags(self, state: State, report: Report) -> Flags:
        stale = self.stale(state)
        flags = np.zeros(state.entity_count, np.bool_) if self._known is None else self._known[1].copy()
        texts = StateTexts(state, whole_text)
        for begin in range(0, len(stale), _TEXTS):
            own = stale[begin : begin + _TEXTS]
            if len(stale) > _TEXTS:
                report(begin, len(stale))
            if len(stale) < _ONE_BY_ONE:
                told: Sequence[str] = [whole_text(state.value(code, self._field)) for code in own.tolist()]
            else:
                told = texts.column(self._field, own)
            flags[own] = _holding(told, self._needle)
        self._known = self._heads(state), flags
        return flags

    def _names(self) -> list[str]:
        """The field, and those that say under which key nameless amounts are shown, and who has it at all."""
        field = self._field
        return [field.name, *filter(None, (field.keyed_by, field.since))]

    def _heads(self, state: State) -> list[Ints]:
        return [state.head(name) for name in self._names()]


def _of_values(values: Sequence[object], needle: str, report: Report) -> Flags:
    """(v,) in the text of which values something stands."""
    found = np.zeros(len(values), np.bool_)
    every = iter(values)
    for begin in range(0, len(values), _VALUES):
        if len(values) > _VALUES:
            report(begin, len(values))
        told = [whole_text(value) for value in islice(every, _VALUES)]
        found[begin : begin + len(told)] = _holding(told, needle)
    return found


def _holding(texts: Sequence[str], needle: str) -> list[bool]:
    """(k,) in which texts something stands: they are folded, and looked through, as one text."""
    data, _ = TextColumn.of(texts).spaced()
    together = _folded(data.tobytes().decode("utf-8", "surrogatepass"))
    if needle not in together:
        return [False] * len(texts)
    lines = together.split("\n")
    if len(lines) == len(texts) + 1:
        return [needle in line for line in lines[:-1]]
    return [needle in _folded(text) for text in texts]  # some of them have several lines


def _folded(text: str) -> str:
    return text.casefold().replace("\N{MINUS SIGN}", "-")
