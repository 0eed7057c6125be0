"""What differs inside a nested value, part by part: what came, what went, what is another, and what has moved?

Nothing is made for a part before it is asked for: a list of a hundred thousand items is compared as a whole first, and
then where it differs. Values may be nested as deeply as they can be read, so nothing here recurses without a way out.
"""

from bisect import bisect_left
from collections.abc import Hashable, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from typing import Final, Literal, NamedTuple

import msgspec

type Step = str | int
type Kind = Literal["", "added", "removed", "changed", "moved"]

MOST_ALIGNED = (
    200_000  # items that differ on either side; of more, each is compared with the one in its place
)
_encode = msgspec.json.encode
_STRETCH = 256  # items that are compared at once
_NAMING = (
    "id",
    "uuid",
    "guid",
    "key",
    "sku",
    "code",
    "number",
    "no",
    "name",
)  # members that tell items apart


class Absent:
    """Stands where there is no value; None is one."""

    def __repr__(self) -> str:
        return "ABSENT"


ABSENT: Final = Absent()


class Fragment:
    """One part of a value before and after.

    Attributes:
        step: Its name, or its place in the list as it is now; of one that is gone, as it was.
        before, after: What stood and what stands there; `ABSENT` if nothing.
        moved_from: The place in the list from which it has moved past others; None if it has not.
    """

    def __init__(self, step: Step, before: object, after: object, moved_from: int | None = None) -> None:
        self.step, self.before, self.after, self.moved_from = step, before, after, moved_from

    @cached_property
    def kind(self) -> Kind:
        """What has happened to it."""
        if self.before is ABSENT:
            return "added"
        if self.after is ABSENT:
            return "removed"
        if not same(self.before, self.after):
            return "changed"
        return "" if self.moved_from is None else "moved"

    @property
    def value(self) -> object:
        """What it is; of one that is gone, what it was."""
        return self.before if self.after is ABSENT else self.after

    @cached_property
    def fragments(self) -> "Fragments":
        """Its own parts, as they stand now, each that is gone behind the one that it stood behind."""
        return Fragments(self.before, self.after, alike=self.kind in {"", "moved"})


class _Pair(NamedTuple):
    """Which item it was, and which it is."""

    before: int | None
    after: int | None
    moved: bool = False


class Fragments(Sequence[Fragment]):
    """The parts of a value before and after, made when they are asked for.

    First the items of a list that is none any more, then the members of objects, then the items of a list that was
    none; or, of a list that still is one, its items as they stand now.
    """

    def __init__(self, before: object, after: object, *, alike: bool = False) -> None:
        """Begin with none made.

        Args:
            before: The value as it was.
            after: The value as it is.
            alike: Whether both are known to be the same.
        """
        self._before, self._after = before, after
        self._alike = alike or before is after
        self._names: Sequence[str] = ()
        self._gone: Sequence[object] = ()
        self._new: Sequence[object] = ()
        self._pairs: Sequence[_Pair] = ()
        self._head = self._tail = 0  # so many items at either end are the same
        self._made: dict[int, Fragment] = {}
        if self._alike:
            self._names = list(after) if isinstance(after, Mapping) else ()
            self._head = len(after) if _is_list(after) else 0  # type: ignore[arg-type]
        elif _is_list(before) and _is_list(after):
            self._align(before, after)  # type: ignore[arg-type]
        else:
            self._names = _names(before, after)
            self._gone = before if _is_list(before) else ()  # type: ignore[assignment]
            self._new = after if _is_list(after) else ()  # type: ignore[assignment]

    def __len__(self) -> int:
        one = len(self._gone) + len(self._names) + len(self._new)
        return one + self._head + len(self._pairs) + self._tail

    def __getitem__(self, at: int) -> Fragment:  # type: ignore[override]
        if not 0 <= at < len(self):
            raise IndexError(at)
        made = self._made.get(at)
        if made is None:
            made = self._made[at] = self.fresh(at)
        return made

    def place_of(self, step: object) -> int | None:
        """Which of them is called so, or stands at that place of the list; `~3` is what stood at 3 and is gone."""
        if isinstance(step, str):
            return self._names.index(step) + len(self._gone) if step in self._names else None
        if not isinstance(step, int):
            return None
        if self._gone or self._new:
            at = ~step if step < 0 else step + len(self._gone) + len(self._names)
            known = range(len(self._gone)) if step < 0 else range(len(self) - len(self._new), len(self))
            return at if at in known else None
        if 0 <= step < self._head:
            return step
        for at, pair in enumerate(self._pairs, self._head):
            if (pair.after if step >= 0 else ~pair.before if pair.after is None else None) == step:  # type: ignore[operator]
                return at
        at = len(self) - (len(self._after) - step)  # type: ignore[arg-type]
        return at if step >= 0 and self._tail and len(self) - self._tail <= at < len(self) else None

    def differing(self) -> list[int]:
        """Which of them have come, gone, changed or moved, ascending."""
        if self._alike:
            return []
        aligned = range(self._head, self._head + len(self._pairs))
        looked = range(len(self) if self._gone or self._names or self._new else 0)
        return [at for at in looked or aligned if self[at].kind]

    def fresh(self, at: int) -> Fragment:
        """One of them, not kept."""
        if self._head or self._pairs or self._tail:
            return self._item(at)
        if at < len(self._gone):
            return Fragment(at, self._gone[at], ABSENT)
        at -= len(self._gone)
        if at < len(self._names):
            name = self._names[at]
            now = _member(self._after, name)
            return Fragment(name, now if self._alike else _member(self._before, name), now)
        at -= len(self._names)
        return Fragment(at, ABSENT, self._new[at])

    def _item(self, at: int) -> Fragment:
        before: Sequence[object] = self._before  # type: ignore[assignment]
        after: Sequence[object] = self._after  # type: ignore[assignment]
        if at < self._head:
            return Fragment(at, after[at], after[at])
        if at >= self._head + len(self._pairs):
            place = len(after) - (len(self) - at)
            return Fragment(place, after[place], after[place])
        was, now, moved = self._pairs[at - self._head]
        if now is None:
            assert was is not None
            return Fragment(was, before[was], ABSENT)
        return Fragment(now, ABSENT if was is None else before[was], after[now], was if moved else None)

    def _align(self, before: Sequence[object], after: Sequence[object]) -> None:
        head = self._head = _alike_at_start(before, after)
        tail = self._tail = _alike_at_end(before, after, min(len(before), len(after)) - head)
        pairs = _paired(before[head : len(before) - tail], after[head : len(after) - tail])
        self._pairs = [
            _Pair(None if was is None else was + head, None if now is None else now + head, moved)
            for was, now, moved in pairs
        ]


def same(first: object, second: object) -> bool:
    """Whether two values say the same: `20.0` and `20.00` do, `1` and `true` do not, nor `1` and `"1"`."""
    if first is second:
        return True
    try:
        if first != second:
            return False
        if _encode(first) == _encode(second):  # much sooner than step by step, and no true is a 1 there
            return True
    except (RecursionError, UnicodeEncodeError, OverflowError, TypeError, ValueError):
        pass  # too deep, too large, or no text that can be written: step by step
    left = [(first, second)]
    while left:
        one, other = left.pop()
        if one is other:
            continue
        if isinstance(one, Mapping):
            if not isinstance(other, Mapping) or one.keys() != other.keys():
                return False
            left.extend((inner, other[name]) for name, inner in one.items())
        elif _is_list(one):
            if not _is_list(other) or len(one) != len(other):  # type: ignore[arg-type]
                return False
            left.extend(zip(one, other, strict=True))  # type: ignore[call-overload]
        elif isinstance(one, bool) != isinstance(other, bool) or not _scalars_alike(one, other):
            return False
    return True


def _scalars_alike(one: object, other: object) -> bool:
    return not isinstance(other, Mapping) and not _is_list(other) and one == other


def _is_list(value: object) -> bool:
    return isinstance(value, (list, tuple))


def _member(value: object, name: str) -> object:
    return value.get(name, ABSENT) if isinstance(value, Mapping) else ABSENT


def _names(before: object, after: object) -> list[str]:
    """The names of an object's members as they stand now, each that is gone behind the one that it stood behind."""
    now: Mapping[str, object] = after if isinstance(after, Mapping) else {}
    if not isinstance(before, Mapping) or before.keys() <= now.keys():
        return list(now)
    behind: dict[str | None, list[str]] = {}
    last: str | None = None
    for name in before:
        if name in now:
            last = name
        else:
            behind.setdefault(last, []).append(name)
    found = behind.get(None, [])
    for name in now:
        found += [name, *behind.get(name, ())]
    return found


# --- which item of a list is which of another one? ------------------------------------------------------


def _alike_at_start(before: Sequence[object], after: Sequence[object]) -> int:
    most, at = min(len(before), len(after)), 0
    while at < most and same(before[at : at + _STRETCH], after[at : at + _STRETCH]):
        at += _STRETCH
    while at < most and same(before[at], after[at]):
        at += 1
    return min(at, most)


def _alike_at_end(before: Sequence[object], after: Sequence[object], most: int) -> int:
    at = 0
    size, length = len(before), len(after)
    while at + _STRETCH <= most and same(
        before[size - at - _STRETCH : size - at], after[length - at - _STRETCH : length - at]
    ):
        at += _STRETCH
    while at < most and same(before[size - at - 1], after[length - at - 1]):
        at += 1
    return at


def _paired(before: Sequence[object], after: Sequence[object]) -> list[_Pair]:
    """Which is which, in the order in which they stand now."""
    if not before or not after or max(len(before), len(after)) > MOST_ALIGNED:
        return _by_place(range(len(before)), range(len(after)))
    named = _naming_member(before, after)
    try:
        old, new = _keys(before, named), _keys(after, named)
    except RecursionError:
        return _by_place(range(len(before)), range(len(after)))
    where = {key: at for at, key in enumerate(old)}
    matched = [(where[key], at) for at, key in enumerate(new) if key in where]
    steady = _longest_ascending([first for first, _ in matched])
    kept = {at for at, (first, _) in enumerate(matched) if first in steady}
    moved = {second: first for at, (first, second) in enumerate(matched) if at not in kept}
    return _put_together(before, after, [matched[at] for at in sorted(kept)], moved, apart=named is not None)


def _put_together(
    before: Sequence[object],
    after: Sequence[object],
    steady: list[tuple[int, int]],
    moved: dict[int, int],
    *,
    apart: bool,
) -> list[_Pair]:
    """All items in order. What is neither steady nor has moved is, between two that are, another in its place.

    Args:
        before: The items as they were.
        after: The items as they are.
        steady: (before, after) of those that stand as they stood.
        moved: Which each item was that has moved.
        apart: Whether items have names: those of two names are never the same.
    """
    found: list[_Pair] = []
    gone = set(moved.values())
    first = second = 0
    for low, high in [*steady, (len(before), len(after))]:
        left = [at for at in range(first, low) if at not in gone]
        for at in range(second, high):
            if at in moved:
                found.append(_Pair(moved[at], at, moved=True))
            elif not apart and left and _alike_in_make(before[left[0]], after[at]):
                found.append(_Pair(left.pop(0), at))
            else:
                found.append(_Pair(None, at))
        found += [_Pair(at, None) for at in left]
        if low < len(before):
            found.append(_Pair(low, high))
        first, second = low + 1, high + 1
    return found


def _by_place(before: range, after: range) -> list[_Pair]:
    both = min(len(before), len(after))
    return [
        *(_Pair(at, at) for at in range(both)),
        *(_Pair(None, at) for at in range(both, len(after))),
        *(_Pair(at, None) for at in range(both, len(before))),
    ]


def _alike_in_make(first: object, second: object) -> bool:
    return isinstance(first, Mapping) == isinstance(second, Mapping) and _is_list(first) == _is_list(second)


def _naming_member(before: Sequence[object], after: Sequence[object]) -> str | None:
    """The member that tells all items of either side apart; None if there is none."""
    items = [*before, *after]
    if not all(isinstance(item, Mapping) for item in items):
        return None
    names: list[str] = sorted(items[0], key=_naming_rank)  # type: ignore[call-overload]
    for name in names:
        if _naming_rank(name) > len(_NAMING):
            return None
        sides = [[_name_of(item, name) for item in side] for side in (before, after)]
        old, new = (set(side) for side in sides)
        distinct = len(old) == len(before) and len(new) == len(after)
        if distinct and None not in old | new:
            return name
    return None


def _naming_rank(name: str) -> int:
    """The less, the sooner a member of this name tells items apart; beyond the last: it does not."""
    small = name.lower().lstrip("_")
    if small in _NAMING:
        return _NAMING.index(small)
    return len(_NAMING) if small.endswith("id") else len(_NAMING) + 1


def _name_of(item: object, name: str) -> Hashable:
    value = item.get(name) if isinstance(item, Mapping) else None
    return value if isinstance(value, (str, int, Decimal)) and not isinstance(value, bool) else None


def _keys(items: Sequence[object], named: str | None) -> list[Hashable]:
    """What tells each item from the others: its name, or all it says and the how manieth of those it is."""
    if named is not None:
        return [_name_of(item, named) for item in items]
    counted: dict[Hashable, int] = {}
    found: list[Hashable] = []
    for item in items:
        key = _frozen(item)
        counted[key] = number = counted.get(key, 0) + 1
        found.append((key, number))
    return found


def _frozen(value: object) -> Hashable:
    """Equal for values that are the `same`."""
    if isinstance(value, Mapping):
        return frozenset((name, _frozen(inner)) for name, inner in value.items())
    if isinstance(value, (list, tuple)):
        return tuple(map(_frozen, value))
    return (type(value), value) if isinstance(value, bool) else value


def _longest_ascending(places: Sequence[int]) -> set[int]:
    """The most of them that stand in ascending order; they are distinct."""
    ends: list[int] = []  # the least last place of a row of each length
    at: list[int] = []  # … and which it is
    before: list[int] = []
    for number, place in enumerate(places):
        size = bisect_left(ends, place)
        if size == len(ends):
            ends.append(place)
            at.append(number)
        else:
            ends[size], at[size] = place, number
        before.append(at[size - 1] if size else -1)
    found: set[int] = set()
    number = at[-1] if at else -1
    while number >= 0:
        found.add(places[number])
        number = before[number]
    return found
