"""What is the state after these events, by the plain definition: a fold, one event at a time?

Nothing here is fast. It is the oracle that every fast path is held against.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import cast

from explorer.eventlog.event import Event
from explorer.projection.currencies import Amounts
from explorer.projection.exact import Exact, add, divided
from explorer.projection.model import Effect, FoldKind, NotApplicable, ReadModel
from explorer.projection.order import order_key

type Value = object
type EntityState = Mapping[str, Value]
type FoldedState = Mapping[str, EntityState]


def evolve(model: ReadModel, state: FoldedState, event: Event) -> FoldedState:
    """`(state, event) -> state`, pure: `state` is left as it was.

    An event that the model does not know, or cannot apply, changes nothing.
    """
    effects: Sequence[Effect] | None
    try:
        effects = model.effects(event)
    except NotApplicable as finding:
        effects = finding.effects
    for effect in effects or ():
        state = {**state, effect.entity: applied(model, state.get(effect.entity, {}), effect)}
    return state


def fold(
    model: ReadModel, events: Iterable[Event], ends: Callable[[Event], bool] = lambda _: False
) -> FoldedState:
    """The state once all of `events` have happened, from nothing.

    An event of which `ends` is true is the last of its entity: what was known of it is nothing, and it is no part of
    the state until something happens to it anew. Only its versions are counted on.
    """
    state: FoldedState = {}
    graves: dict[str, EntityState] = {}
    for event in events:
        state = evolve(model, {**graves, **state}, event)
        if event.entity is not None and event.entity in state and ends(event):
            kept = [each.name for each in model.fields if each.is_version or each.name in _keys(model)]
            grave = state[event.entity]
            graves[event.entity] = {name: grave[name] for name in kept if name in grave}
            state = {entity: each for entity, each in state.items() if entity != event.entity}
        state = {entity: each for entity, each in state.items() if each is not graves.get(entity)}
    return state


def _keys(model: ReadModel) -> set[str]:
    return {field.keyed_by for field in model.fields if field.keyed_by is not None}


def applied(model: ReadModel, before: EntityState, effect: Effect) -> EntityState:
    """What becomes of one entity, of which `before` was so, by what an event does to it."""
    fields = {field.name: field for field in model.fields}
    after: dict[str, Value] = dict(before)
    for field in fields.values():
        if field.fold == "count":
            after[field.name] = int(str(before.get(field.name, 0))) + 1
    for name, operand, key in effect.updates:
        field = fields[name]
        if field.fold == "avg":
            total, count = cast("tuple[Exact, int]", after.get(name, (0, 0)))
            after[name] = _sum(total, operand), count + 1
        elif field.fold not in {"sum", "count"} and field.keyed_by is None:
            after[name] = _chosen(field.fold, after[name], operand) if name in after else operand
        elif field.keyed_by is None:
            after[name] = _sum(after.get(name, 0), operand)
        else:
            named = key if key is not None else after.get(field.keyed_by)
            sums = after.get(name, {})
            assert isinstance(sums, Mapping)
            last = _sum(sums.get(named, 0), operand) if field.fold == "sum" else operand
            after[name] = {**sums, named: last}
    return after


def _chosen(fold: FoldKind, before: object, operand: object) -> object:
    """Which of two values a field keeps; of equal ones the first."""
    if fold == "last":
        return operand
    if fold == "first":
        return before
    old, new = order_key(before), order_key(operand)
    return operand if (new < old if fold == "min" else new > old) else before


def _sum(total: object, operand: object) -> Exact:
    assert isinstance(total, (int, Decimal))
    assert isinstance(operand, (int, Decimal))
    return add(total, operand)


def without_hidden(model: ReadModel, state: EntityState) -> dict[str, Value]:
    """One entity's state as people see it: every field, in order, a keyed sum as one number or by key.

    A keyed field is one number as long as the entity's events have named no key.
    """
    shown: dict[str, Value] = {}
    for field in model.fields:
        if field.hidden:
            continue
        value = state.get(field.name)
        if field.since is not None and field.since not in state:
            shown[field.name] = None
            continue
        if field.keyed_by is not None:
            sums = value if isinstance(value, Mapping) else {}
            unknown = field.nullable and not sums
            value = None if unknown else by_key(dict(sums), state.get(field.keyed_by))
        elif field.fold == "avg" and value is not None:
            value = divided(*cast("tuple[Exact, int]", value))
        elif value is None:
            value = field.nothing
        shown[field.name] = value
    return shown


def by_key(sums: dict[str | None, Exact], default_key: object = None) -> object:
    """A keyed sum as people see it: `{None: 20}` is 20, `{"EUR": 20}` stays by key, nothing is 0."""
    if not sums:
        return 0 if default_key is None else Amounts({default_key: 0})
    if list(sums) == [None]:
        return sums[None]
    return Amounts({key if key is not None else "": amount for key, amount in sums.items()})
