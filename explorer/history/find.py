"""When did a condition over the state hold, for which entities, over all of history?

A field's column of values is compared at once; the answer to `balance < 0` costs about as much as comparing an
array. Conditions over several fields are evaluated at every position where one of them changes. Entities are
independent of one another, so a long search goes through them block by block, and its first hits are there soon.
"""

from collections.abc import Callable, Iterator
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

from explorer.history.comparison import Truth, compared
from explorer.history.conditions import KIND, Both, Comparison, Condition, Either, Not, comparisons
from explorer.history.events import NEVER
from explorer.history.field_history import NONE, FieldHistory
from explorer.history.history import History
from explorer.history.kinds import UNKNOWN, EntityKinds, entity_kinds
from explorer.history.ordering import narrow, occurring, order_of
from explorer.history.state import State

type Ints = npt.NDArray[Any]
type Int64s = npt.NDArray[np.int64]
type Flags = npt.NDArray[np.bool_]

OPEN = -1  # where an interval ends that has no end
BLOCK_EVENTS = 500_000  # more: less to do for each block; fewer: the first hits are there sooner


class Interval(msgspec.Struct, frozen=True):
    """A stretch in which a condition held: after each event from `start` up to before `stop` (None: to the end)."""

    entity: str
    start: int
    stop: int | None


class Intervals(msgspec.Struct, frozen=True):
    """Intervals as columns.

    Attributes:
        owners: (k,) the entities' codes.
        starts, stops: (k,) positions, half-open; `OPEN` for an interval without an end.
    """

    owners: Ints
    starts: Ints
    stops: Ints

    def __len__(self) -> int:
        return len(self.owners)

    def narrowed(self, events: int) -> "Intervals":
        """The same in as few bytes as positions among so many events need: there may be as many as events."""
        kind = narrow(events + 1)
        return Intervals(
            *(column.astype(kind, copy=False) for column in (self.owners, self.starts, self.stops))
        )

    def by_start(self, history: History) -> "Intervals":
        """The same, earliest first; of one position in the order in which their entities came to be."""
        order = order_of(self.starts)
        starts = self.starts[order]
        same = np.zeros(len(order), np.bool_)
        same[1:] = starts[1:] == starts[:-1]
        same[:-1] |= same[1:]
        if same.any():  # codes are given in the order of whoever reads first
            ranks = np.zeros(len(order), np.int64)
            ranks[same] = history.touches.birth_ranks[self.owners[order[same]]]
            order = order[np.lexsort((ranks, starts))]
        return Intervals(self.owners[order], self.starts[order], self.stops[order])

    def told(self, history: History) -> "list[Interval]":
        """The same in words."""
        columns = zip(self.owners.tolist(), self.starts.tolist(), self.stops.tolist(), strict=True)
        return [
            Interval(history.entities[owner], start, None if stop == OPEN else stop)
            for owner, start, stop in columns
        ]


def find(history: History, condition: Condition, entity: str | None = None) -> list[Interval]:
    """Every interval in which `condition` holds, by entity in the order of their codes, then by position."""
    return intervals(history, condition, entity).told(history)


def intervals(history: History, condition: Condition, entity: str | None = None) -> Intervals:
    """The same as columns."""
    first, last = 0, len(history.entities)
    if entity is not None:
        code = history.entities.find(entity)
        first, last = (0, 0) if code is None else (code, code + 1)
    return joined(list(_Search(history, condition).blocks(first, last)))


def find_each(
    history: History, condition: Condition, report: Callable[[int, int], None]
) -> Iterator[Intervals]:
    """The same as columns, block of entities by block; `report` is told how many entities are done, of how many."""
    total = len(history.entities)
    search = _Search(history, condition)
    for done, found in search.steps(0, total):
        report(done, total)
        yield found


def joined(blocks: list[Intervals]) -> Intervals:
    """All blocks as one."""
    if not blocks:
        return Intervals(*(np.zeros(0, np.int64) for _ in range(3)))
    columns = ((block.owners, block.starts, block.stops) for block in blocks)
    return Intervals(*(np.concatenate(parts) for parts in zip(*columns, strict=True)))


class _Search:
    """One condition, to be evaluated over the histories of some entities."""

    def __init__(self, history: History, condition: Condition) -> None:
        self._history = history
        self._condition = condition
        self._truths: dict[Comparison, Truth] = {}

    def blocks(self, first: int, last: int) -> Iterator[Intervals]:
        return (found for _, found in self.steps(first, last))

    def steps(self, first: int, last: int) -> Iterator[tuple[int, Intervals]]:
        """Block by block: which entity comes next, and what was found of those before it."""
        offsets = self._history.touches.offsets
        while first < last:
            limit = int(offsets[first]) + BLOCK_EVENTS
            stop = min(max(int(np.searchsorted(offsets, limit, "right")) - 1, first + 1), last)
            yield stop, self._alive(self._among(first, stop))
            first = stop

    def _alive(self, found: Intervals) -> Intervals:
        """The same without what lies between the end of an entity and its new beginning."""
        endings = self._history.endings
        if endings is None:
            return found
        ends = np.isin(found.owners, endings.codes)
        if not ends.any():
            return found
        parts = [Intervals(found.owners[~ends], found.starts[~ends], found.stops[~ends])]
        for at in np.flatnonzero(ends).tolist():
            owner, start = int(found.owners[at]), int(found.starts[at])
            last = NEVER if found.stops[at] == OPEN else int(found.stops[at])
            pieces = []
            for gone, back in endings.spans(owner):
                if gone >= last or back <= start:
                    continue
                if gone > start:
                    pieces.append((start, gone))
                start = max(start, back)
            if start < last:
                pieces.append((start, last))
            starts = np.array([piece[0] for piece in pieces], np.int64)
            stops = np.array([OPEN if piece[1] == NEVER else piece[1] for piece in pieces], np.int64)
            parts.append(Intervals(np.full(len(pieces), owner), starts, stops))
        whole = joined(parts)
        order = np.lexsort((whole.starts, whole.owners))
        return Intervals(whole.owners[order], whole.starts[order], whole.stops[order])

    def _among(self, first: int, last: int) -> Intervals:
        """What is found of the entities `[first, last)`."""
        condition = self._condition
        if isinstance(condition, Comparison) and condition.key is None and not condition.is_entity:
            line = self._history.field_histories[condition.field.name]
            alone = len(line.slot_entity) == len(self._history.touches.slot_entity) and not line.keys
            if alone and not line.changes_twice and not self._truth(line, condition).of_nothing:
                return self._in_line(line, condition, first, last)
        owners, positions = self._places(first, last)
        holds = self._holds(condition, owners, positions, first, last)
        if not len(holds):
            return joined([])
        new = np.ones(len(owners), np.bool_)
        new[1:] = owners[1:] != owners[:-1]
        before = np.zeros(len(holds), np.bool_)
        before[1:] = holds[:-1]
        before &= ~new
        starts = np.flatnonzero(holds & ~before)
        ends = np.flatnonzero(~holds & before)  # the change that ended it
        ending = np.append(ends, len(holds))[np.searchsorted(ends, starts)]
        there = np.minimum(ending, len(holds) - 1)
        ended = (ending < len(holds)) & (owners[there] == owners[starts])
        return Intervals(owners[starts], positions[starts], np.where(ended, positions[there], OPEN))

    def _in_line(self, line: FieldHistory, comparison: Comparison, first: int, last: int) -> Intervals:
        """The same for one comparison of a field with one line of values an entity: one look at the column."""
        begin, end = int(line.offsets[first]), int(line.offsets[last])
        flags = self._truth(line, comparison).at(slice(begin, end))
        if not flags.any():
            return joined([])
        own = line.offsets[first : last + 1] - begin
        before = np.zeros(len(flags), np.bool_)
        before[1:] = flags[:-1]
        before[own[:-1][own[:-1] < len(flags)]] = False  # another entity's
        starts, ends = np.flatnonzero(flags & ~before), np.flatnonzero(before & ~flags)
        slots = np.searchsorted(own, starts, "right") - 1
        following = np.append(ends, len(flags))[np.searchsorted(ends, starts)]
        ended = following < own[slots + 1]
        positions = line.positions[begin:end]  # kept in fewer bytes: others reckon on
        stops = np.full(len(starts), OPEN)
        stops[ended] = positions[following[ended]]
        return Intervals(slots + first, positions[starts].astype(np.int64), stops)

    def _truth(self, line: FieldHistory, comparison: Comparison) -> Truth:
        found = self._truths.get(comparison)
        if found is None:
            found = self._truths[comparison] = Truth(line, comparison)
        return found

    def _places(self, first: int, last: int) -> tuple[Ints, Ints]:
        """Entity and position of everything that may begin or end an interval, sorted by both."""
        history, touches = self._history, self._history.touches
        named = [each for each in comparisons(self._condition) if not each.is_entity]
        stride = len(history) + 1
        keys = []
        for name in dict.fromkeys(
            name for each in named for name in (each.field.name, each.field.since) if name
        ):
            line = history.field_histories[name]
            owners, changes = _changes(line, first, last)
            keys.append(owners * stride + line.positions[changes])
        begins = touches.offsets[first : last + 1]
        born = np.flatnonzero(np.diff(begins))
        own = touches.positions[int(begins[0]) : int(begins[-1])]
        keys.append((born + first) * stride + own[begins[born] - begins[0]])
        every = occurring(np.concatenate(keys))
        return every // stride, every % stride

    def _holds(self, condition: Condition, owners: Ints, positions: Ints, first: int, last: int) -> Flags:
        """(k,) whether the condition holds at each place."""
        found: Flags
        match condition:
            case Both():
                parts = [self._holds(part, owners, positions, first, last) for part in condition.parts]
                found = np.logical_and.reduce(parts)
            case Either():
                parts = [self._holds(part, owners, positions, first, last) for part in condition.parts]
                found = np.logical_or.reduce(parts)
            case Not():
                found = ~self._holds(condition.part, owners, positions, first, last)
            case _ if condition.is_entity:
                found = of_entities(self._history, condition, first, last)[owners - first]
            case _:
                found = self._compare(condition, owners, positions, first, last)
        return found

    def _compare(self, comparison: Comparison, owners: Ints, positions: Ints, first: int, last: int) -> Flags:
        line = self._history.field_histories[comparison.field.name]
        truth = self._truth(line, comparison)
        stride = len(self._history) + 1
        wanted = owners.astype(np.int64) * stride + positions
        own, changes = _changes(line, first, last)
        places = own * stride + line.positions[changes]
        flags = truth.at(changes)
        result, some = np.zeros(len(wanted), np.bool_), np.zeros(len(wanted), np.bool_)
        slot_keys = None if line.slot_key is None else _spread(line, line.slot_key, first, last)
        for key in [-1] if slot_keys is None else sorted(set(slot_keys.tolist())):
            if comparison.key is not None and (key < 0 or line.keys[key] != comparison.key):
                continue
            mine = np.arange(len(places)) if slot_keys is None else np.flatnonzero(slot_keys == key)
            if not len(mine):
                continue
            there = np.searchsorted(places[mine], wanted, "right") - 1
            had = (there >= 0) & (own[mine[there]] == owners)
            some |= had
            result |= had & flags[mine[there]]
        nothing = ~some & truth.of_nothing  # of what nothing is known yet has nothing: a balance of 0
        if nothing.any() and (since := comparison.field.since) is not None:
            nothing &= self._has_since(since, owners, wanted, first, last)
        return result | nothing

    def _has_since(self, marker: str, owners: Ints, wanted: Ints, first: int, last: int) -> Flags:
        """(k,) at which of the places that are wanted an entity has a field that only some ever have."""
        line = self._history.field_histories[marker]
        own, changes = _changes(line, first, last)
        places = own * (len(self._history) + 1) + line.positions[changes]
        there = np.searchsorted(places, wanted, "right") - 1
        found: Flags = (there >= 0) & (np.append(own, -1)[there] == owners)
        return found


def of_entities(history: History, comparison: Comparison, first: int, last: int) -> Flags:
    """(last - first,) of which entities a comparison with their own names, or with their kinds, is true."""
    if comparison.field == KIND:
        return _of_kinds(entity_kinds(history), comparison, first, last)
    names = (history.entities[code] for code in range(first, last))
    if comparison.operator in {"=", "<>"} and isinstance(comparison.value, str):
        meant = set(history.entities_meant(comparison.value))
        same = (name in meant for name in names)
        return np.fromiter(same, np.bool_, last - first) ^ (comparison.operator == "<>")
    told = (compared(name, comparison.operator, comparison.value) for name in names)
    return np.fromiter(told, np.bool_, last - first)


def _of_kinds(kinds: EntityKinds | None, comparison: Comparison, first: int, last: int) -> Flags:
    """The same for the kinds alone; a kind may be named by its last word, as `--kind` has it."""
    names: list[str | None] = [] if kinds is None else [*kinds.names]
    value = comparison.value
    if kinds is not None and isinstance(value, str):
        value = kinds.meant(value) or value
    fits = np.array([compared(name, comparison.operator, value) for name in [*names, None]], np.bool_)
    of = np.full(last - first, UNKNOWN) if kinds is None else kinds.of[first:last]
    found: Flags = fits[of]  # `UNKNOWN` is the last of them, which stands for none
    return found


def _changes(line: FieldHistory, first: int, last: int) -> tuple[Ints, slice]:
    """The owners of the changes of the entities `[first, last)`, and which changes those are."""
    low, high = np.searchsorted(line.slot_entity, np.array([first, last], line.slot_entity.dtype))
    owners = _spread(line, line.slot_entity, first, last).astype(np.int64)
    return owners, slice(int(line.offsets[low]), int(line.offsets[high]))


def _spread(line: FieldHistory, of_slots: Ints, first: int, last: int) -> Ints:
    """What is told of each slot, for each change of the entities `[first, last)`."""
    low, high = np.searchsorted(line.slot_entity, np.array([first, last], line.slot_entity.dtype))
    return np.repeat(of_slots[low:high], np.diff(line.offsets[low : high + 1]))


# --- for which entities it holds in one state -------------------------------------------------------------
#
# Only the changes in force are compared, all at once: a hundred thousand accounts cost about a millisecond.


class ConditionInState:
    """One condition, ready to be asked of one state after another of the same history."""

    def __init__(self, history: History, condition: Condition) -> None:
        self._history = history
        self._condition = condition
        self._truths: dict[Comparison, Truth] = {}
        self._of_entities: dict[Comparison, Flags] = {}

    def of(self, state: State) -> Flags:
        """(entity_count,) where the condition holds; only those that exist in `state` mean anything."""
        return self._of(self._condition, state)

    def _of(self, condition: Condition, state: State) -> Flags:
        found: Flags
        match condition:
            case Both():
                found = np.logical_and.reduce([self._of(part, state) for part in condition.parts])
            case Either():
                found = np.logical_or.reduce([self._of(part, state) for part in condition.parts])
            case Not():
                found = ~self._of(condition.part, state)
            case _ if condition.is_entity:
                found = self._named(condition, state.entity_count)
            case _:
                found = self._compare(condition, state)
        return found

    def _named(self, comparison: Comparison, count: int) -> Flags:
        known = self._of_entities.get(comparison)
        if known is None:
            known = self._of_entities[comparison] = of_entities(self._history, comparison, 0, count)
        return known

    def _compare(self, comparison: Comparison, state: State) -> Flags:
        line = self._history.field_histories[comparison.field.name]
        truth = self._truths.get(comparison)
        if truth is None:
            truth = self._truths[comparison] = Truth(line, comparison)
        head = state.head(comparison.field.name)
        there = head != NONE
        if comparison.key is not None and line.slot_key is not None:
            wanted = line.keys.index(comparison.key) if comparison.key in line.keys else -2
            there &= line.slot_key == wanted
        elif comparison.key is not None:
            there[:] = False
        slots = np.flatnonzero(there)
        owners = line.slot_entity[slots]
        found = np.full(state.entity_count, truth.of_nothing)
        if truth.of_nothing and (since := comparison.field.since) is not None:
            found = state.head(since) != NONE
        found[owners] = False
        found[owners[truth.at(head[slots])]] = True
        return found
