"""What is a read model: which fields it has, and what one event does to them?

A read model never folds. It says, event by event, which operands go to which fields of which entities
(its *effects*); how operands become values is the field's fold, and is the same for every read model.
So the plain fold (`fold.py`) and the history index can both be derived from the one description.
"""

from collections.abc import Sequence
from typing import Literal, NamedTuple, Protocol

import msgspec

from explorer.eventlog.event import Event
from explorer.projection.exact import Exact

type FoldKind = Literal["sum", "last", "count"]
type Operand = Exact | str | bool | list[object] | dict[str, object] | None


class Field(msgspec.Struct, frozen=True):
    """One field of an entity's state.

    Attributes:
        name: Its name in tables, JSON and expressions.
        fold: How operands become a value: added up, the last one wins, or just counted.
        keyed_by: Name of the hidden `last` field that gives the key of an operand without one (a balance is
            kept per currency); None for fields with one value an entity.
        hidden: True if it serves other fields only.
    """

    name: str
    fold: FoldKind
    keyed_by: str | None = None
    hidden: bool = False


class Setting(NamedTuple):
    """One operand for one field; `key` is None where the event names none."""

    field: str
    operand: Operand
    key: str | None = None


class Effect(NamedTuple):
    """What one event does to one entity. An effect without settings still counts as a version."""

    entity: str
    settings: tuple[Setting, ...]


class NotApplicable(Exception):  # noqa: N818 - a finding about the log, not a failure of the program
    """A known event type whose payload lacks what the read model needs; says what."""


class ReadModel(Protocol):
    """How state is derived from events."""

    @property
    def name(self) -> str:
        """Its name on the command line and in the window."""

    @property
    def fields(self) -> tuple[Field, ...]:
        """The fields known so far, in the order in which they are shown."""

    @property
    def noun(self) -> str:
        """What one entity is called, such as `account`."""

    def effects(self, event: Event) -> Sequence[Effect] | None:
        """What `event` does; None if the read model does not know its type.

        Raises:
            NotApplicable: The type is known, the payload is not usable.
        """

    def learn(self, names: Sequence[str]) -> None:
        """Take notice of fields that another process met in the log, in the order of their appearance."""
