"""How is the history of one value told, line by line?"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from explorer.eventlog.event import Event, FieldMap
from explorer.eventlog.extract import getter, scalar_text
from explorer.history.changes import Change, Changes, OnDemand
from explorer.history.explain import difference, explanation, number, shown
from explorer.language import grouped, tr
from explorer.session.events.envelope import reason_of
from explorer.session.moments import day_text
from explorer.session.plaintext import type_text, visible
from explorer.session.state.state_view import value_text

KEPT_LINES = 2_000
_VALUE_CHARS = 120  # of a value in a sentence


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
    reason: str = ""


class WhyLines(OnDemand[WhyLine]):
    """The lines of some changes, oldest first; each is told when it is asked for, since there may be a million.

    Attributes:
        changes: What is told.
        positions: (m,) the position of each, ascending.
    """

    def __init__(
        self, changes: Sequence[Change], event: Callable[[int], Event], fields: FieldMap | None = None
    ) -> None:
        """Begin.

        Args:
            changes: What is told.
            event: Reads the event at a position.
            fields: What the profile of the log says of causes.
        """
        self.changes = changes
        self._causes = cause_teller(fields or FieldMap())
        self.positions: npt.NDArray[np.int64] = (
            changes.positions
            if isinstance(changes, Changes)
            else np.array([change.position for change in changes], np.int64)
        )
        self._event = event
        self._line = lru_cache(KEPT_LINES)(self._told)

    def __len__(self) -> int:
        return len(self.changes)

    def made(self, index: int) -> WhyLine:
        """One line; the latest are kept."""
        return self._line(index)

    def last_by(self, position: int) -> int | None:
        """The number of the change that the value at `position` comes from; None before the first."""
        index = int(np.searchsorted(self.positions, position, "right")) - 1
        return index if index >= 0 else None

    def sentence(self, index: int) -> str:
        """The change in one sentence, with its event, day and reason, and the arithmetic."""
        change = self.changes[index]
        event = self._event(change.position)
        said, causes = sentence(change, event), visible(self._causes(event), 200)
        return f"{said} ({causes})" if causes else said

    def _told(self, index: int) -> WhyLine:
        change = self.changes[index]
        event = self._event(change.position)
        return WhyLine(
            position=change.position,
            at_text=visible(event.at or ""),
            type=type_text(event.type),
            field=change.field.name,
            before_text=value_text(change.before),
            after_text=value_text(change.after),
            explanation=visible(explanation(change)),
            reason=visible("; ".join(filter(None, (reason_of(event), self._causes(event))))),
        )


def cause_teller(fields: FieldMap) -> Callable[[Event], str]:
    """Tells what an event says of its cause and of what it belongs to, where a profile names the members."""
    find_cause, find_whole = getter(fields.causation), getter(fields.correlation)

    def told(event: Event) -> str:
        cause = None if find_cause is None else scalar_text(find_cause(event.record))
        whole = None if find_whole is None else scalar_text(find_whole(event.record))
        parts = [
            tr("caused by {cause}").format(cause=cause) if cause else "",
            tr("part of {whole}").format(whole=whole) if whole else "",
        ]
        return ", ".join(filter(None, parts))

    return told


def sentence(change: Change, event: Event) -> str:
    """One change as `Withdrawn 30.00 by MoneyWithdrawn #3 on Sat 3 Jan 2026: 50.00 − 30.00 = 20.00`, and the reason.

    Numbers stand with the decimals that the value had by then: as many as the log had written so far, so that
    the terms of one line can be checked against each other digit by digit, and no decimal is made up.
    """
    said = tr("{what} by {type} #{position}").format(
        what=_what(change, event),
        type=type_text(event.type, 80) or tr("an event without a type"),
        position=grouped(change.position),
    )
    if event.at_ns is not None:
        said = tr("{said} on {day}").format(said=said, day=day_text(event.at_ns))
    if change.before is not None and change.before != change.after:  # else there is nothing to compare
        said = f"{said}: {visible(explanation(change))}"
    reason = reason_of(event)
    return tr("{said}. Reason: {reason}").format(said=said, reason=visible(reason, 200)) if reason else said


def _what(change: Change, event: Event) -> str:
    """What was done, with the amount: by the type's own verb where it is one of an account, else up or down."""
    step = difference(change.before, change.after) if change.field.adds else None
    if step is None:
        return tr("Set to {value}").format(value=visible(shown(change.after), _VALUE_CHARS))
    amount = visible(number(abs(step) if isinstance(step, int) else step.copy_abs()), _VALUE_CHARS)
    if change.key:
        amount = f"{amount} {visible(change.key, 40)}"
    kind = event.type.casefold()
    if step == 0:
        return tr("Left as it was")
    if "deposit" in kind and step > 0:
        return tr("Deposited {amount}").format(amount=amount)
    if "withdr" in kind and step < 0:
        return tr("Withdrawn {amount}").format(amount=amount)
    if "transfer" in kind:
        return (tr("Received {amount}") if step > 0 else tr("Sent {amount}")).format(amount=amount)
    if "opened" in kind and step > 0:
        return tr("Opened with {amount}").format(amount=amount)
    return (tr("Raised by {amount}") if step > 0 else tr("Lowered by {amount}")).format(amount=amount)
