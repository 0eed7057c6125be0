"""Which steps lead from an old schema version of an event to the newest, and what do they make of its data?

An *upcaster* is one step: it takes the data of one event type at one schema version and returns the data at the
next. The steps of a type form a chain. The version stands in the record (`schemaVersion`, `metadata.schemaVersion`,
`eventVersion`, …) or behind the type's name (`MoneyDeposited.v2`); without either it is 1. The pattern and its name
are those of the eventsourcing library (`upcast_v1_v2`) and of Young, "Versioning in an Event Sourced System".
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast

import msgspec

from explorer.eventlog.event import Event, Record
from explorer.patterns import lazy_pattern
from explorer.projection.model import TextError

FIRST = 1
_BEHIND_THE_NAME = lazy_pattern(r"^(?P<type>.+?)[.:_\- ]?[vV](?P<version>[1-9][0-9]{0,3})$")


class UpcastError(TextError):
    """Upcasters that cannot be used."""


class UpcastStep(msgspec.Struct, frozen=True):
    """One step of a chain: `version` of `type` becomes the version after it.

    Attributes:
        apply: Makes the new data of the old; it never changes what it is given.
        becomes: The type from then on, if it is called otherwise.
        line: Where it is declared, if that is known.
    """

    type: str
    version: int
    apply: Callable[[dict[str, Any]], object]
    becomes: str | None = None
    line: int | None = None


class Lifted(msgspec.Struct, frozen=True):
    """What an event is at one schema version."""

    type: str
    version: int
    data: Record


def schema_of(event: Event) -> tuple[str, int]:
    """The type and the schema version of an event: (`MoneyDeposited`, 2). Without a version it is the first."""
    if (version := event.schema_version) is not None:
        return event.type, version
    behind = _BEHIND_THE_NAME.match(event.type)
    return (behind["type"], int(behind["version"])) if behind else (event.type, FIRST)


class Chain:
    """All steps of all types, checked."""

    def __init__(self, steps: Sequence[UpcastStep]) -> None:
        """Take steps in any order.

        Raises:
            UpcastError: Two begin at the same place, one lies beyond a gap, or a type comes back to itself.
        """
        self.steps: dict[tuple[str, int], UpcastStep] = {}
        for step in steps:
            if (step.type, step.version) in self.steps:
                raise UpcastError(
                    f"there are two steps from version {step.version} of {step.type}", step.line
                )
            self.steps[step.type, step.version] = step
        for step in steps:
            self._check_that_it_ends(step)
        self.newest: dict[str, int] = {}
        for step in steps:
            goal = step.becomes or step.type
            self.newest[goal] = max(self.newest.get(goal, 0), step.version + 1)
        for step in steps:
            self._check_that_it_reaches_the_newest(step)

    def _check_that_it_ends(self, first: UpcastStep) -> None:
        met: dict[str, None] = {}
        at: UpcastStep | None = first
        while at is not None:
            if at.becomes is not None and at.becomes in {*met, at.type}:
                way = " → ".join([*met, at.type, at.becomes])
                raise UpcastError(f"the steps go round in a loop: {way}", at.line)
            met.setdefault(at.type)
            at = self.steps.get((at.becomes or at.type, at.version + 1))

    def _check_that_it_reaches_the_newest(self, step: UpcastStep) -> None:
        goal, version = step.becomes or step.type, step.version + 1
        if version < self.newest[goal] and (goal, version) not in self.steps:
            raise UpcastError(
                f"there is a gap: no step leads from version {version} of {goal} to {version + 1}, "
                f"though {self.newest[goal]} is the newest",
                step.line,
            )

    def covers(self, kind: str, version: int) -> bool:
        """Whether such an event is one of today's, or becomes one."""
        kind, version = self.reached(kind, version)
        return version == self.newest.get(kind, FIRST)

    def reached(self, kind: str, version: int) -> tuple[str, int]:
        """The type and the version that such an event comes to."""
        while (step := self.steps.get((kind, version))) is not None:
            kind, version = step.becomes or kind, version + 1
        return kind, version

    def lifted(self, event: Event) -> list[Lifted]:
        """What the event is at each version on its way, from the one in which it was written on.

        Raises:
            StepError: A step fails; says which.
        """
        kind, version = schema_of(event)
        found = [Lifted(kind, version, event.data)]
        while (step := self.steps.get((kind, version))) is not None:
            kind, version = step.becomes or kind, version + 1
            found.append(Lifted(kind, version, self._applied(step, found[-1].data, found)))
        return found

    def _applied(self, step: UpcastStep, data: Record, so_far: list[Lifted]) -> Record:
        after = step.apply(cast("dict[str, Any]", data))
        if not isinstance(after, Mapping):
            raise StepError(f"{said(step)} returned no object", so_far)
        return cast("Record", after)


class StepError(Exception):
    """A step that fails for one event."""

    def __init__(self, reason: str, so_far: Sequence[Lifted], details: str = "") -> None:
        self.so_far, self.details = so_far, details
        super().__init__(reason)


def said(step: UpcastStep) -> str:
    """`the step from version 1 of MoneyDeposited`."""
    return f"the step from version {step.version} of {step.type}"
