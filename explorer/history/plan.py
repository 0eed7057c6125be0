"""What does a read model do to all events of one group at once: what at which path is an operand of which field?"""

import msgspec

from explorer.eventlog.event import Event, Joined, Nested, StandIn, Varying
from explorer.history.operands import MOST_NARROW_DECIMALS, NARROW
from explorer.projection.exact import scaled
from explorer.projection.model import Effect, FieldUpdate, NotApplicable, ReadModel


class Plan(msgspec.Struct, frozen=True):
    """What the read model answered for a group.

    Attributes:
        effects: With a `Varying` wherever the value differs from event to event.
        known: False if the read model does not know the events' type.
    """

    effects: tuple[Effect, ...]
    known: bool


def plan(model: ReadModel, event: Event) -> Plan | None:
    """Ask the read model once for all that an event of stand-ins tells of; None if each must be asked for by itself."""
    try:
        effects = model.effects(event)
    except NotApplicable:
        return None  # the reason may lie in a value
    except (TypeError, ValueError, AttributeError):
        return None  # it looked into a value
    if effects is None:
        return Plan((), known=False)
    usable = all(
        isinstance(effect.entity, (str, Varying, Joined))
        and all(_usable(model, update) for update in effect.updates)
        for effect in effects
    )
    return Plan(tuple(effects), known=True) if usable else None


def _usable(model: ReadModel, update: FieldUpdate) -> bool:
    field = next(field for field in model.fields if field.name == update.field)
    operand: object = update.operand
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
