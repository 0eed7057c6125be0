"""What value did a field have, in each slot, after each event: the complete multi-version history?

A *slot* is one line of values through time: an entity, or an entity and a key (its balance in euros). A
*change* is a slot's new value after one event. Changes stand sorted by (slot, position), so one slot's value at
a position is a binary search, and its whole history is a slice. The state of all slots is `head`: for each slot
the change in force, kept up to date by the changes between two positions, from the nearest keyframe.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from copy import copy
from functools import cached_property
from typing import Any, NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt

from explorer.history.counting import offsets_by_slot, sorted_by_slot
from explorer.history.sums import Sums
from explorer.projection.exact import divided
from explorer.projection.model import Field

type Int64s = npt.NDArray[np.int64]
type Ints = npt.NDArray[Any]  # int32, or int64 for logs beyond 2**31 events

NONE = -1  # in `head`: nothing has happened to this slot yet
KEYFRAME_CHANGES = 65_536  # more: fewer keyframes in memory; fewer: less work for a jump


class Slots(msgspec.Struct, frozen=True):
    """Which lines of values a field has.

    Attributes:
        entity: (s,) int32, the entity of each slot, ascending.
        key: (s,) int32 code into `keys`, -1 for the slot without a key; None for fields without keys.
        keys: The keys.
    """

    entity: Ints
    key: Ints | None = None
    keys: Sequence[str] = ()


class _Keyframe(NamedTuple):
    """The changes in force after some of all changes.

    Attributes:
        done: How many changes had been made.
        head: (s,) the change in force in each slot; `NONE` before its first.
        offsets: (s + 1,) where each slot's changes began when `head` was made. What is appended to a log goes behind
            the changes of its slot, so it moves all later ones by as much as their slot's beginning.
    """

    done: int
    head: Ints
    offsets: Ints

    def moved(self, offsets: Ints) -> "_Keyframe":
        """The same when the slots' changes begin at `offsets`; new slots come behind the old ones."""
        count = len(self.head)
        head = np.full(len(offsets) - 1, NONE, self.head.dtype)
        old = head[:count]
        np.add(self.head, offsets[:count] - self.offsets[:count], out=old, casting="same_kind")
        old[self.head == NONE] = NONE
        return _Keyframe(self.done, head, offsets)

    def renumbered(self, was: Ints, count: int) -> "_Keyframe":
        """The same among `count` slots, where `was` says the new number of each old one."""
        head, offsets = np.full(count, NONE, self.head.dtype), np.zeros(count + 1, np.int64)
        known = was[: len(self.head)]
        head[known], offsets[known] = self.head, self.offsets[: len(self.head)]
        return _Keyframe(self.done, head, offsets)


class FieldHistory:
    """One field's history over all slots.

    Attributes:
        field: Which field.
        slot_entity, slot_key, keys: As in `Slots`.
        offsets: (s + 1,) int64, where each slot's changes begin.
        positions: (m,) the position from which on each change holds.
        values: The values of the changes; None for a count, which needs only places.
        moments, slots: (m,) position and slot of what happened, in the order in which it happened.
        by_position: (m,) the changes in that order.
        born: The slots to which anything happens, in the order in which it first did.
        few: How many slots, as on a screen, are asked for one by one in less time than all changes in force are found.
    """

    few = 256

    def __init__(self, field: Field, slots_of: Slots, moments: Ints, slots: Ints) -> None:
        """Sort what happened by slot.

        Args:
            field: Which field.
            slots_of: Its slots.
            moments: (m,) positions, ascending.
            slots: (m,) the slot of each.
        """
        count = len(slots_of.entity)
        self.field = field
        self.slot_entity, self.slot_key, self.keys = slots_of.entity, slots_of.key, slots_of.keys
        self.offsets = offsets_by_slot(slots, count)
        self.moments, self.slots = moments, slots
        self.by_position, self.positions, self.born = sorted_by_slot(slots, moments, self.offsets)
        self.values: Sums | tuple[Ints, Sequence[object]] | None = None
        self._begin()

    def _begin(self) -> None:
        """No keyframe but the first, and nothing put in order yet."""
        self.value_ranks: dict[
            tuple[str, ...], Int64s
        ] = {}  # by part of the values: those who sort keep them here
        count = len(self.slot_entity)
        self._interval = max(KEYFRAME_CHANGES, count)
        nothing = np.broadcast_to(self.by_position.dtype.type(NONE), count)  # takes no memory
        self._keyframes: list[_Keyframe] = [_Keyframe(0, nothing, self.offsets)]

    def _same(self, position: int) -> np.generic:
        """A position as a number of the columns' own type: else NumPy would convert a whole column to search it."""
        same: np.generic = self.moments.dtype.type(position)
        return same

    @cached_property
    def changes_twice(self) -> bool:
        """Whether an event changed a slot more than once, so that not every change was ever the state."""
        same = self.positions[1:] == self.positions[:-1]
        begins = self.offsets[(self.offsets > 0) & (self.offsets < len(self.positions))]
        same[begins - 1] = False  # those are of two slots
        return bool(same.any())

    @cached_property
    def one_each(self) -> bool:
        """Whether every entity has one slot, and its own number is that of the slot."""
        owners = self.slot_entity
        return bool((owners == np.arange(len(owners), dtype=owners.dtype)).all())

    @classmethod
    def restored(cls, field: Field, slots_of: Slots, columns: Mapping[str, Ints]) -> "FieldHistory":
        """A history that was sorted before: `columns` are the attributes of the same names."""
        line = cls.__new__(cls)
        line.field = field
        line.slot_entity, line.slot_key, line.keys = slots_of.entity, slots_of.key, slots_of.keys
        for name, column in columns.items():
            setattr(line, name, column)
        line.values = None
        line._begin()  # noqa: SLF001 - one of us
        return line

    @classmethod
    def alike(cls, field: Field, line: "FieldHistory") -> "FieldHistory":
        """The history of another field, whose values changed by the same events, without its values."""
        columns = ("offsets", "positions", "moments", "slots", "by_position", "born")
        slots_of = Slots(line.slot_entity, line.slot_key, line.keys)
        return cls.restored(field, slots_of, {name: getattr(line, name) for name in columns})

    def take_keyframes(self, old: "FieldHistory", was: Ints | None) -> None:
        """Begin with the keyframes of a history that this one goes on from, and with what it has put in order.

        They are not copied: each knows where its slots began when it was made, and is moved when it is needed.

        Args:
            old: The history so far.
            was: (old slots,) the number that each of its slots has now; None if it is the same.
        """
        self._interval = old._interval  # noqa: SLF001 - one of us
        frames = list(old._keyframes)  # noqa: SLF001
        if was is not None:
            count = len(self.slot_entity)
            frames = [frame.renumbered(was, count) for frame in frames]
        self._keyframes = frames
        self.take_ranks(old)

    def again(self) -> "FieldHistory":
        """The same for another history: all that is known, and the columns themselves, of which none is copied."""
        same = copy(self)
        same._keyframes = list(self._keyframes)  # noqa: SLF001 - one of us
        same.take_ranks(self)
        return same

    def take_ranks(self, other: "FieldHistory") -> None:
        """Take over how its values stand to one another: they have the same codes here; whoever sorts sees new ones."""
        self.value_ranks = dict(other.value_ranks)

    @property
    def codes(self) -> Ints | None:
        """(m,) of values that are no sums: which one each change set."""
        return self.values[0] if isinstance(self.values, tuple) else None

    @codes.setter
    def codes(self, codes: Ints) -> None:
        assert isinstance(self.values, tuple)
        self.values = codes, self.values[1]

    @cached_property
    def birth_ranks(self) -> Int64s:
        """(s,) for each slot how many came to be before it; -1 where nothing ever happens."""
        ranks = np.full(len(self.slot_entity), -1)
        ranks[self.born] = np.arange(len(self.born))
        return ranks

    def birth_rank(self, slot: int) -> int:
        """How many slots came to be before this one; -1 where nothing ever happens. Looks at no other slot's column."""
        begin = int(self.offsets[slot])
        if begin == int(self.offsets[slot + 1]):
            return NONE
        rank = int(np.searchsorted(self._births, self.positions[begin]))
        while self.born[rank] != slot:  # of those that came to be by one event
            rank += 1
        return rank

    @cached_property
    def _births(self) -> Ints:
        """The position at which each of `born` came to be, ascending."""
        return self.positions[self.offsets[self.born]]

    def born_by(self, position: int) -> Ints:
        """The slots to which something has happened by `position`, in the order in which it first did."""
        return self.born[: int(np.searchsorted(self._births, self._same(position), "right"))]

    @cached_property
    def constants(self) -> tuple[Ints, Sequence[object]] | None:
        """(s,) of values that are no sums: the code of the only value that each slot ever has, -1 if none; the values.

        None if a slot has several.
        """
        assert isinstance(self.values, tuple)
        codes, values = self.values
        found = np.full(len(self.offsets) - 1, -1)
        absent = [code for code, value in enumerate(values) if value is None]
        there = np.flatnonzero(~np.isin(codes, absent)) if absent else np.arange(len(codes))
        slots = self.slot_column()[there]
        found[slots] = codes[there]
        return (found, values) if bool((found[slots] == codes[there]).all()) else None

    def slot_column(self) -> Ints:
        """(m,) the slot of each change."""
        return np.repeat(np.arange(len(self.offsets) - 1), np.diff(self.offsets))

    def slot_of(self, change: int) -> int:
        """The slot of a change."""
        return int(np.searchsorted(self.offsets, change, "right")) - 1

    def value(self, change: int) -> object:
        """The slot's value after `change`."""
        match self.values:
            case Sums() if self.field.fold == "avg":
                return divided(self.values.value(change), self._nth(change))
            case Sums():
                return self.values.value(change)
            case (codes, distinct):
                return distinct[codes[change]]
            case _:  # a count: the number of changes so far
                return self._nth(change)

    def _nth(self, change: int) -> int:
        """Of its slot's changes, which one it is, from 1."""
        return change - int(self.offsets[self.slot_of(change)]) + 1

    def slots_of(self, entity: int) -> range:
        """The slots of one entity."""
        first, last = np.searchsorted(
            self.slot_entity, np.array([entity, entity + 1], self.slot_entity.dtype)
        )
        return range(int(first), int(last))

    def change_at(self, slot: int, position: int) -> int:
        """The change in force in `slot` at `position`; `NONE` before its first."""
        begin, end = int(self.offsets[slot]), int(self.offsets[slot + 1])
        change = begin + int(np.searchsorted(self.positions[begin:end], self._same(position), "right")) - 1
        return change if change >= begin else NONE

    def changes_of(self, entity: int) -> list[int]:
        """All changes of one entity's slots, as they happened."""
        slots = self.slots_of(entity)
        if not slots:
            return []
        changes = np.arange(self.offsets[slots.start], self.offsets[slots.stop])
        return [int(change) for change in changes[np.argsort(self.positions[changes], kind="stable")]]

    def changes_by(self, position: int) -> Ints:
        """The changes that the event at `position` made."""
        begin, end = np.searchsorted(self.moments, np.array([position, position + 1], self.moments.dtype))
        return self.by_position[begin:end]

    def before(self, change: int) -> int:
        """The change that `change` replaced in its slot; `NONE` if it is the first."""
        return change - 1 if change > self.offsets[self.slot_of(change)] else NONE

    def head(self, position: int) -> Ints:
        """(s,) for each slot the change in force at `position`, `NONE` before its first. A fresh array."""
        done = int(np.searchsorted(self.moments, self._same(position), "right"))
        if done == len(self.moments):  # the last one of each, for which no keyframe is needed
            last: Ints = (self.offsets[1:] - 1).astype(self.by_position.dtype)
            last[self.offsets[1:] == self.offsets[:-1]] = NONE
            return last
        start, head = self._keyframe(done)
        head = head.copy()
        self._apply(head, start, done)
        return head

    def told_in_force(self, position: int, name: str) -> Ints | None:  # noqa: ARG002
        """(s,) a column of the values of all slots at a position; None: it is fetched change by change.

        `name`: `units` or `decimals` of sums (0 before a slot's first change), or `code`.
        """
        return None

    def make_keyframes(self) -> None:
        """Make all keyframes that are not there yet, so that no jump is the first one."""
        if self._keyframes[-1].done + self._interval <= len(self.moments):
            self._keyframe(len(self.moments))

    def _keyframe(self, done: int) -> tuple[int, Ints]:
        """The last keyframe at or before the `done`-th change; made on the way there when first needed."""
        while self._keyframes[-1].done + self._interval <= done:
            start, head, _ = self._moved(len(self._keyframes) - 1)
            head = head.copy()
            self._apply(head, start, start + self._interval)
            self._keyframes.append(_Keyframe(start + self._interval, head, self.offsets))
        at = bisect_right(self._keyframes, done, key=lambda frame: frame.done) - 1
        return self._moved(at)[:2]

    def _moved(self, at: int) -> "_Keyframe":
        """A keyframe whose changes stand where they are now."""
        frame = self._keyframes[at]
        if frame.offsets is not self.offsets:
            frame = self._keyframes[at] = frame.moved(self.offsets)
        return frame

    def _apply(self, head: Ints, start: int, stop: int) -> None:
        # NumPy assigns in order: the last change of a slot stays
        head[self.slots[start:stop]] = self.by_position[start:stop]


# --- how one number went over all of history, as a few points to draw ---------------------------------------
#
# They are for drawing only, so they are floats; every number that is read stands elsewhere, exact.

type Points = tuple[float | None, ...]


def curve(line: FieldHistory, entity: int, key: str | None, stops: npt.NDArray[np.int64]) -> Points:
    """The value at each of these positions (ascending); None before there was one.

    Of a field that is kept by key, the first line of values is drawn unless `key` names another.
    """
    slot = _slot(line, entity, key)
    if slot is None:
        return (None,) * len(stops)
    begin, end = int(line.offsets[slot]), int(line.offsets[slot + 1])
    own = line.positions[begin:end]
    nth = np.searchsorted(own, stops.astype(own.dtype), "right")
    changes = np.maximum(begin + nth - 1, begin)
    values = _floats(line, changes, nth)
    found = zip(values, (nth > 0).tolist(), strict=True)
    return tuple(value if there else None for value, there in found)


def _floats(line: FieldHistory, changes: npt.NDArray[np.int64], nth: npt.NDArray[np.int64]) -> list[float]:
    sums = line.values
    if isinstance(sums, Sums):
        values = sums.units[changes] / 10.0**sums.scale
        if line.field.fold == "avg":
            values /= np.maximum(nth, 1)
        for at, change in enumerate(changes.tolist()):
            if change in sums.wide:
                units, scale = sums.wide[change]
                values[at] = units / 10**scale
        drawn: list[float] = values.tolist()
        return drawn
    counts: list[float] = nth.astype(np.float64).tolist()
    return counts


def _slot(line: FieldHistory, entity: int, key: str | None) -> int | None:
    slots = line.slots_of(entity)
    if key is None or line.slot_key is None:
        return slots.start if len(slots) else None
    return next(
        (slot for slot in slots if line.slot_key[slot] >= 0 and line.keys[line.slot_key[slot]] == key), None
    )
