"""When did a condition over the state hold, for which entities, over all of history?

A field's column of values is compared at once; the answer to `balance < 0` costs about as much as comparing an
array. Conditions over several fields are evaluated at every position where one of them changes.
"""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

from explorer.history.conditions import Both, Comparison, Condition, Either, Not, Operator
from explorer.history.history import History
from explorer.history.sums import Sums
from explorer.history.timelines import Timeline
from explorer.projection.exact import from_scaled

type Ints = npt.NDArray[Any]
type Flags = npt.NDArray[np.bool_]


class Interval(msgspec.Struct, frozen=True):
    """A stretch in which a condition held: after each event from `start` up to before `stop` (None: to the end)."""

    entity: str
    start: int
    stop: int | None


def find(history: History, condition: Condition, entity: str | None = None) -> list[Interval]:
    """Every interval in which `condition` holds, by entity in the order of their codes, then by position."""
    if isinstance(condition, Comparison) and condition.key is None:
        line = history.timelines[condition.field.name]
        alone = len(line.slot_entity) == len(history.touches.slot_entity) and not line.keys
        if alone and not line.changes_twice and not truth_of_nothing(line, condition):
            return _find_in(history, line, condition, entity)
    places = _places(history, condition)
    holds = _holds(history, condition, places)
    owners, positions = places
    if entity is not None:
        code = history.entities.find(entity)
        mine = owners == (-2 if code is None else code)
        owners, positions, holds = owners[mine], positions[mine], holds[mine]
    if not len(holds):
        return []
    first = np.ones(len(owners), np.bool_)
    first[1:] = owners[1:] != owners[:-1]
    before = np.zeros(len(holds), np.bool_)
    before[1:] = holds[:-1]
    before &= ~first
    starts = np.flatnonzero(holds & ~before)
    ends = np.flatnonzero(~holds & before)  # the change that ended it
    found = []
    following = np.searchsorted(ends, starts)
    for start, at in zip(starts.tolist(), following.tolist(), strict=True):
        end = int(ends[at]) if at < len(ends) else -1
        ended = end >= 0 and owners[end] == owners[start]
        stop = int(positions[end]) if ended else None
        found.append(Interval(history.entities[int(owners[start])], int(positions[start]), stop))
    return found


def _find_in(history: History, line: Timeline, comparison: Comparison, entity: str | None) -> list[Interval]:
    """The same for one comparison of a field with one line of values an entity: one look at the column."""
    flags, _ = truth(line, comparison.operator, comparison.value)
    before = np.zeros(len(flags), np.bool_)
    before[1:] = flags[:-1]
    before[line.offsets[:-1][line.offsets[:-1] < len(flags)]] = False  # another entity's
    starts, ends = np.flatnonzero(flags & ~before), np.flatnonzero(before & ~flags)
    slots = np.searchsorted(line.offsets, starts, "right") - 1
    following = np.append(ends, len(flags))[np.searchsorted(ends, starts)]
    ended = following < line.offsets[slots + 1]
    stops = line.positions[np.minimum(following, len(flags) - 1)]
    found = zip(slots.tolist(), line.positions[starts].tolist(), stops.tolist(), ended.tolist(), strict=True)
    names = ((history.entities[slot], start, stop if end else None) for slot, start, stop, end in found)
    return [Interval(*each) for each in names if entity is None or each[0] == entity]


def truth(line: Timeline, operator: Operator, value: object) -> tuple[Flags, bool]:
    """(m,) whether each change's value stands so to `value`; and whether having had no change yet does."""
    flags: Flags
    nothing = None if line.field.nothing is None else Decimal(0)
    if line.field.fold == "avg":
        averages = (line.value(change) for change in range(len(line.positions)))
        flags = np.fromiter((_compared(each, operator, value) for each in averages), np.bool_)
        return flags, _compared(nothing, operator, value)
    if isinstance(line.values, Sums):
        return _of_sums(line.values, operator, value), _compared(nothing, operator, value)
    if line.values is None:
        counts = np.arange(len(line.positions)) - np.repeat(line.offsets[:-1], np.diff(line.offsets)) + 1
        return _of_numbers(counts, 0, operator, value), _compared(nothing, operator, value)
    codes, values = line.values
    of_value = np.array([_compared(each, operator, value) for each in values], np.bool_)
    flags = of_value[codes] if len(of_value) else np.zeros(len(codes), np.bool_)
    return flags, _compared(nothing, operator, value)


def _of_sums(sums: Sums, operator: Operator, value: object) -> Flags:
    flags = _of_numbers(sums.units, sums.scale, operator, value)
    for change, total in sums.wide.items():
        flags[change] = _compared(from_scaled(*total), operator, value)
    return flags


def _of_numbers(units: Ints, scale: int, operator: Operator, value: object) -> Flags:
    """Compare `units / 10**scale` exactly: the other side is rounded to whole units as the operator allows."""
    if not isinstance(value, Decimal):
        return np.full(len(units), _compared(Decimal(0), operator, value), np.bool_)
    numerator, denominator = value.as_integer_ratio()
    low = numerator * 10**scale // denominator
    whole = numerator * 10**scale % denominator == 0
    limits = np.iinfo(np.int64)
    if not limits.min < low < limits.max - 1:  # beyond every total that is kept as int64
        above = low > 0
        return np.full(
            len(units), operator == "<>" or ((operator in {"<", "<="}) == above and operator != "=")
        )
    found: Flags
    match operator:
        case "<":
            found = units < (low if whole else low + 1)
        case "<=":
            found = units <= low
        case ">":
            found = units > low
        case ">=":
            found = units >= (low if whole else low + 1)
        case "=":
            found = (units == low) if whole else np.zeros(len(units), np.bool_)
        case _:
            found = (units != low) if whole else np.ones(len(units), np.bool_)
    return found


_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "<": lambda left, right: left < right,
    "<=": lambda left, right: left <= right,
    ">": lambda left, right: left > right,
    ">=": lambda left, right: left >= right,
    "=": lambda left, right: left == right,
    "<>": lambda left, right: left != right,
}


def _compared(left: object, operator: Operator, right: object) -> bool:
    """One value against another; values of different kinds are different, and in no order."""
    if right is None:
        return (left is None) == (operator == "=")
    if left is None:
        return False
    number = isinstance(left, (int, Decimal)) and not isinstance(left, bool)
    if number is not isinstance(right, Decimal) or (not number and type(left) is not type(right)):
        return operator == "<>"
    return _COMPARE[operator](left, right)


def _comparisons(condition: Condition) -> list[Comparison]:
    match condition:
        case Comparison():
            return [condition]
        case Not():
            return _comparisons(condition.part)
        case _:
            return [found for part in condition.parts for found in _comparisons(part)]


def _places(history: History, condition: Condition) -> tuple[Ints, Ints]:
    """Entity and position of everything that may begin or end an interval, sorted by both."""
    names = dict.fromkeys(each.field.name for each in _comparisons(condition))
    lines = [history.timelines[name] for name in names]
    touches = history.touches
    stride = len(history) + 1
    keys = [line.slot_entity.astype(np.int64)[line.slot_column()] * stride + line.positions for line in lines]
    keys.append(touches.born.astype(np.int64) * stride + touches.positions[touches.offsets[touches.born]])
    every = np.unique(np.concatenate(keys))
    return every // stride, every % stride


def truth_of_nothing(line: Timeline, comparison: Comparison) -> bool:
    """Whether a field that has not changed yet already makes the comparison true."""
    nothing = None if line.field.nothing is None else Decimal(0)
    return _compared(nothing, comparison.operator, comparison.value)


def _holds(history: History, condition: Condition, places: tuple[Ints, Ints]) -> Flags:
    """(k,) whether the condition holds at each place."""
    found: Flags
    match condition:
        case Both():
            found = np.logical_and.reduce([_holds(history, part, places) for part in condition.parts])
            return found
        case Either():
            found = np.logical_or.reduce([_holds(history, part, places) for part in condition.parts])
            return found
        case Not():
            return ~_holds(history, condition.part, places)
        case _:
            return _compare(history, condition, places)


def _compare(history: History, comparison: Comparison, places: tuple[Ints, Ints]) -> Flags:
    line = history.timelines[comparison.field.name]
    flags, default = truth(line, comparison.operator, comparison.value)
    owners, positions = places
    stride = len(history) + 1
    wanted = owners.astype(np.int64) * stride + positions
    slots = line.slot_column()
    changes = line.slot_entity.astype(np.int64)[slots] * stride + line.positions
    result, some = np.zeros(len(wanted), np.bool_), np.zeros(len(wanted), np.bool_)
    keys = [-1] if line.slot_key is None else sorted(set(line.slot_key.tolist()))
    for key in keys:
        if comparison.key is not None and (key < 0 or line.keys[key] != comparison.key):
            continue
        own = (
            np.arange(len(changes)) if line.slot_key is None else np.flatnonzero(line.slot_key[slots] == key)
        )
        if not len(own):
            continue
        there = np.searchsorted(changes[own], wanted, "right") - 1
        had = (there >= 0) & (line.slot_entity[slots[own[there]]] == owners)
        some |= had
        result |= had & flags[own[there]]
    return result | (~some & default)  # an entity of which nothing is known yet has nothing: a balance of 0
