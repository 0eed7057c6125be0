"""How is the history of one value told, line by line?"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import overload

from explorer.eventlog.event import Event
from explorer.history.explain import explanation
from explorer.history.history import Change
from explorer.session.plaintext import visible
from explorer.session.stateview import value_text

KEPT_LINES = 2_000


@dataclass(frozen=True)
class WhyLine:
    """One event that set a value, and the arithmetic."""

    position: int
    at_text: str
    type: str
    field: str
    before_text: str
    after_text: str
    explanation: str


class WhyLines(Sequence[WhyLine]):
    """The lines of some changes, oldest first; each is told when it is asked for, since there may be thousands.

    Attributes:
        changes: What is told.
        positions: The position of each, ascending.
    """

    def __init__(self, changes: Sequence[Change], event: Callable[[int], Event]) -> None:
        self.changes = changes
        self.positions = [change.position for change in changes]
        self._event = event
        self._line = lru_cache(KEPT_LINES)(self._told)

    def __len__(self) -> int:
        return len(self.changes)

    @overload
    def __getitem__(self, index: int) -> WhyLine: ...
    @overload
    def __getitem__(self, index: slice) -> list[WhyLine]: ...
    def __getitem__(self, index: int | slice) -> WhyLine | list[WhyLine]:
        if isinstance(index, slice):
            return [self._line(at) for at in range(*index.indices(len(self)))]
        return self._line(range(len(self))[index])

    def _told(self, index: int) -> WhyLine:
        change = self.changes[index]
        event = self._event(change.position)
        return WhyLine(
            position=change.position,
            at_text=visible(event.at or ""),
            type=visible(event.type),
            field=change.field.name,
            before_text=value_text(change.before),
            after_text=value_text(change.after),
            explanation=visible(explanation(change)),
        )
