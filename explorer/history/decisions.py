"""Which events of a group get which answer from a read model that has to know some of their values?"""

from collections.abc import Callable, Iterator

import numpy as np

from explorer.history.computing import NO_ANSWER, Computing, Ints
from explorer.projection.asking import Computed, Key, Undecided, asked
from explorer.projection.model import NotApplicable

_MOST_CASES = 512  # of one group; whatever is beyond them is read one by one
_ANSWERS = (False, True, None)  # by their number, see `Computing.answers`


class _Case:
    """What is known of some events, and what follows: one answer for all of them, or one more question."""

    def __init__(self, answers: dict[Key, bool | None]) -> None:
        self.answers = answers
        self.question: Computed | None = None
        self.cases: dict[int, _Case] = {}
        self.answer: object = None
        self.made: tuple[object, ...] = ()


class Decisions[T]:
    """What was asked of one group so far. A case is met when the first event comes to which it applies."""

    def __init__(self, ask: Callable[[], T | None]) -> None:
        """Begin.

        Args:
            ask: Gives the answer to what is asked, from an event of stand-ins; None if each event must be asked for
                by itself.
        """
        self._ask = ask
        self._first: _Case | None = None
        self._count = 0

    def divided(self, rows: Computing) -> Iterator[tuple[T, Ints | None]]:
        """The answers, each with the places among `rows` of the events that get it; None for all of them.

        Events that are nowhere must be read one by one.
        """
        if self._first is None:
            self._first = self._case({})
        yield from self._divided(self._first, rows, None)

    def _divided(self, case: _Case, rows: Computing, places: Ints | None) -> Iterator[tuple[T, Ints | None]]:
        if case.question is None:
            if case.answer is not None:
                places = _within(places, rows.fine(case.made))
                if places is None or len(places):
                    yield case.answer, places  # type: ignore[misc]
            return
        answers = rows.answers(case.question)
        if places is not None:
            answers = answers[places]
        counts = np.bincount(answers, minlength=NO_ANSWER + 1).tolist()
        for number, answer in enumerate(_ANSWERS):
            if not counts[number]:
                continue
            inner = case.cases.get(number)
            if inner is None:
                if self._count >= _MOST_CASES:
                    continue
                inner = case.cases[number] = self._case({**case.answers, case.question.key: answer})
            chosen = answers == number
            yield from self._divided(
                inner, rows, places if counts[number] == len(answers) else _within(places, chosen, taken=True)
            )

    def _case(self, answers: dict[Key, bool | None]) -> _Case:
        self._count += 1
        case = _Case(answers)
        with asked(answers) as asking:
            try:
                case.answer = self._ask()
            except Undecided as undecided:
                case.question = undecided.question
            except (NotApplicable, ArithmeticError, TypeError, ValueError, AttributeError):
                case.answer = None  # the reason lies in a value, or it looked into one
        case.made = tuple(asking.made.values())
        return case


def _within(places: Ints | None, chosen: Ints | None, *, taken: bool = False) -> Ints | None:
    """Those of the places that are chosen; `taken`: `chosen` says it of the places only, not of all rows."""
    if chosen is None:
        return places
    if places is None:
        return np.flatnonzero(chosen)
    found: Ints = places[chosen if taken else chosen[places]]
    return found
