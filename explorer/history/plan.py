"""What does a read model do to all events of one group at once: what at which path is an operand of which field?"""

from collections.abc import Callable

import msgspec

from explorer.eventlog.event import Event, Joined, Nested, StandIn, Varying
from explorer.history.decisions import Decisions
from explorer.history.operands import MOST_NARROW_DECIMALS, NARROW
from explorer.projection.asking import Computed, Deferred
from explorer.projection.exact import scaled
from explorer.projection.model import Effect, Field, FieldUpdate, ReadModel

NOTHING = object()  # instead of an operand: the field is given none


class Plan(msgspec.Struct, frozen=True):
    """What the read model answered for a group.

    Attributes:
        effects: With a stand-in wherever the value differs from event to event; an operand may be `Decisions`, by
            which events it is which, or `NOTHING`.
        known: False if the read model does not know the events' type.
    """

    effects: tuple[Effect, ...]
    known: bool


def plan(model: ReadModel, event: Event) -> Plan | None:
    """Ask the read model once for all that an event of stand-ins tells of; None if each must be asked for by itself.

    Raises:
        NotApplicable: The reason may lie in a value.
        TypeError, ValueError, AttributeError: It looked into a value.
    """
    effects = model.effects(event)
    if effects is None:
        return Plan((), known=False)
    planned: list[Effect] = []
    for effect in effects:
        entity: object = effect.entity
        if not isinstance(entity, (str, Varying, Joined, Computed)):
            return None
        updates = []
        for update in effect.updates:
            operand: object = update.operand
            field = next(field for field in model.fields if field.name == update.field)
            if isinstance(operand, Deferred):
                decisions = Decisions(_asked_for(operand.ask, field))
                updates.append(FieldUpdate(update.field, decisions, update.key))  # type: ignore[arg-type]
            elif _usable(field, operand):
                updates.append(update)
            else:
                return None
        planned.append(Effect(effect.entity, tuple(updates)))
    return Plan(tuple(planned), known=True)


def _asked_for(ask: Callable[[], object], field: Field) -> Callable[[], object]:
    def operand() -> object:
        found = ask()
        return NOTHING if found is None else found if _usable(field, found) else None

    return operand


def _usable(field: Field, operand: object) -> bool:
    if isinstance(operand, Computed):
        return True
    if field.adds:
        return operand.kind == "number" if isinstance(operand, Varying) else _narrow(operand)
    if isinstance(operand, Varying):
        return operand.sign == 1
    if isinstance(operand, Nested):
        return field.fold in {"last", "first"}
    return not isinstance(operand, (StandIn, dict, list))  # of an object only what counts is known


def _narrow(operand: object) -> bool:
    """Whether the same operand of many events can stand in a column."""
    units, decimals = scaled(operand)  # type: ignore[arg-type]
    return abs(units) < NARROW and decimals <= MOST_NARROW_DECIMALS
