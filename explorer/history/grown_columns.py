"""How does a column by slot take what was appended to its log, without all that stands behind it being moved?

What is new belongs behind what its slot had, so it is all over the column. The old column stays where it is, in memory
or in a file; beside it stands what is new, and where. Who looks at some places is told by both; who wants all of them
has them put together, once.
"""

import threading
from collections.abc import Iterator
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from explorer.eventlog.memory import empty_column
from explorer.history.array_like import ArrayLike, as_array
from explorer.history.column_files import wanted_whole

type Ints = npt.NDArray[Any]

_LEAST = 1 << 16  # a shorter column is soon copied
_MOST_SHARE = 64  # of the old column: with one new change in so many, all are put together
_MOST_PIECES = 4_096  # copied one by one; more of them are set by a mask
_BLOCK = 1 << 17  # places that are moved in the processor's own memory
_STEP = 8  # bits: the table that tells how many stand before a place has one row for 256 places
_FEW = 512  # places that are looked up without a table


class _Ascending:
    """How many of some ascending numbers are less than others, of which there may be very many?"""

    def __init__(self, numbers: Ints, limit: int) -> None:
        self._numbers, self._limit = numbers, limit

    @cached_property
    def _table(self) -> Ints:
        """How many are less than each multiple of a step."""
        steps = np.arange(0, self._limit + (2 << _STEP), 1 << _STEP)
        return np.searchsorted(self._numbers, steps)

    def counted(self, places: Ints, side: Any) -> tuple[Ints, Ints]:  # noqa: ANN401 - of `searchsorted`
        """(k,) how many are less (`right`: or the same); for which of the places the table alone could not tell it."""
        if len(places) <= _FEW:
            return np.searchsorted(self._numbers, places, side), np.arange(len(places))
        steps = places >> _STEP
        found: Ints = self._table[steps]
        unsure = np.flatnonzero(self._table[1:][steps] != found)
        found[unsure] = np.searchsorted(self._numbers, places[unsure], side)
        return found, unsure


class Insertion:
    """Where new items stand among old ones.

    Attributes:
        places: (k,) int64, the place of each new one among all, ascending.
        count: How many old ones there are.
    """

    def __init__(self, places: Ints, count: int) -> None:
        self.places, self.count = places, count

    def __len__(self) -> int:
        return self.count + len(self.places)

    @cached_property
    def begins(self) -> Ints:
        """(k,) before which of the old ones each stands."""
        return self.places - np.arange(len(self.places))

    @cached_property
    def _by_place(self) -> _Ascending:
        return _Ascending(self.places, len(self))

    @cached_property
    def _by_begin(self) -> _Ascending:
        return _Ascending(self.begins, self.count)

    def moved(self, old: Ints) -> Ints:
        """Where old ones stand among all."""
        return (old + self._by_begin.counted(old, "right")[0]).astype(old.dtype, copy=False)

    def told_apart(self, places: Ints) -> tuple[Ints, Ints, Ints]:
        """Which old one stands at each place (any, where a new one does); at which new ones do; which these are."""
        before, unsure = self._by_place.counted(places, "left")
        at = np.minimum(before[unsure], len(self.places) - 1)
        new = self.places[at] == places[unsure]
        old, hits = places - before, unsure[new]
        old[hits] = 0
        return old, hits, at[new]

    def then(self, later: "Insertion") -> tuple["Insertion", Ints]:
        """Both as one; in which order the new ones of this and the later one come in it."""
        both = np.concatenate([later.moved(self.places), later.places])
        order = np.argsort(both, kind="stable")
        return Insertion(both[order], self.count), order

    def part(self, begin: int, end: int) -> tuple["Insertion", slice, slice]:
        """That of a stretch of all; which old and which new ones it has."""
        first, last = np.searchsorted(self.places, [begin, end]).tolist()
        old = slice(begin - first, end - last)
        return Insertion(self.places[first:last] - begin, old.stop - old.start), old, slice(first, last)

    def inserted(self, old: Ints, new: Ints) -> Ints:
        """All of them in a column of its own."""
        found = empty_column(len(self), np.promote_types(old.dtype, new.dtype))
        if len(self.places) > _MOST_PIECES:
            stays = np.ones(len(found), np.bool_)
            stays[self.places] = False
            found[stays] = old
        else:
            begin = 0  # in the old column
            for count, at in enumerate(self.places.tolist()):
                end = at - count
                found[begin + count : at] = old[begin:end]
                begin = end
            found[begin + len(self.places) :] = old[begin:]
        found[self.places] = new
        return found


class GrownColumn(ArrayLike):
    """A column of which something new is kept beside what was there.

    Args:
        old: (n,) what was there, an array.
        new: (k,) what is new.
        at: Where it stands.
    """

    def __init__(self, old: Ints, new: Ints, at: Insertion) -> None:
        self.dtype = np.promote_types(old.dtype, new.dtype)
        self._count = len(at)
        self._held: tuple[Ints, Ints, Insertion] | Ints = (old, new, at)
        self._lock = threading.Lock()

    @classmethod
    def of(cls, old: Ints, new: Ints, at: Insertion) -> Ints:
        """`old` with what is new; put together if it is short, or if too much is new."""
        if not len(new):
            return old
        held: Any = getattr(old, "_held", old)
        if isinstance(held, tuple):
            old, earlier, before = held
            at, order = before.then(at)
            new = cls._joined(earlier, new, before, at, order)
        else:
            old = held
        found = cls(old, new, at)
        few = len(new) * _MOST_SHARE <= len(old) and len(old) >= _LEAST
        return as_array(found) if few else found.made()

    @classmethod
    def _joined(cls, earlier: Ints, new: Ints, before: Insertion, at: Insertion, order: Ints) -> Ints:  # noqa: ARG003
        """What is new, where some was before."""
        both: Ints = np.concatenate([earlier, new])[order]
        return both

    def __len__(self) -> int:
        return self._count

    @property
    def beneath(self) -> list[Ints]:
        """The arrays in which it is."""
        held = self._held
        return [held[0], held[1]] if isinstance(held, tuple) else [held]

    def made(self) -> Ints:
        """All numbers, which nobody else keeps unless they were put together already."""
        held = self._held
        if not isinstance(held, tuple):
            return held
        wanted_whole(held[0])
        return self._together(*held)

    def whole(self) -> Ints:
        """All numbers; from then on they are in one array, and what was there before is let go."""
        with self._lock:
            found = self._held = self.made()
        return found

    def max(self, *given: Any, **options: Any) -> Any:  # noqa: ANN401 - as of an array
        """The greatest; asked without more of it, nothing is put together."""
        if given or options:
            return self.whole().max(*given, **options)
        return max(each.max() for each in self.beneath)

    def min(self, *given: Any, **options: Any) -> Any:  # noqa: ANN401
        """The least; likewise."""
        if given or options:
            return self.whole().min(*given, **options)
        return min(each.min() for each in self.beneath)

    def __iter__(self) -> Iterator[Any]:
        return iter(self.whole())

    def __getitem__(self, index: Any) -> Any:  # noqa: ANN401 - a number, or an array
        held = self._held
        if not isinstance(held, tuple):
            return held[index]
        if isinstance(index, (int, np.integer)):
            place = int(index) + (self._count if index < 0 else 0)
            if not 0 <= place < self._count:
                raise IndexError(f"{index} is outside of {self._count} rows")
            return self._stretch(place, place + 1, *held)[0]
        if isinstance(index, slice):
            begin, end, step = index.indices(self._count)
            if step != 1 or 4 * (end - begin) >= 3 * self._count:
                return self.whole()[index]
            return self._stretch(begin, max(begin, end), *held)
        if not isinstance(index, np.ndarray) or index.ndim != 1 or index.dtype.kind not in "bui":
            return self.whole()[index]
        if index.dtype == np.bool_:
            if len(index) != self._count:
                raise IndexError(f"{len(index)} flags for {self._count} rows")
            index = np.flatnonzero(index)
        return self._some(self._inside(index), *held)

    def _inside(self, places: Ints) -> Ints:
        """Places from the beginning on."""
        if not len(places):
            return places.astype(np.int64)
        least, most = int(places.min()), int(places.max())
        if least < -self._count or most >= self._count:
            raise IndexError(f"{most if most >= self._count else least} is outside of {self._count} rows")
        places = places.astype(np.int64, copy=False)
        return places if least >= 0 else np.where(places < 0, places + self._count, places)

    def _together(self, old: Ints, new: Ints, at: Insertion) -> Ints:
        return at.inserted(old, new)

    def _stretch(self, begin: int, end: int, old: Ints, new: Ints, at: Insertion) -> Ints:
        part, stays, comes = at.part(begin, end)
        if not len(part.places):
            return old[stays].astype(self.dtype, copy=False)
        return part.inserted(old[stays], new[comes]).astype(self.dtype, copy=False)

    def _some(self, places: Ints, old: Ints, new: Ints, at: Insertion) -> Ints:
        there, hits, which = at.told_apart(places)
        found: Ints = old[there].astype(self.dtype, copy=False)
        found[hits] = new[which]
        return found


class GrownPlaces(GrownColumn):
    """Where changes stand by slot, in the order in which they happened: the new ones come last, the old ones move.

    Args:
        old: (n,) where each stood before.
        new: (k,) where the new ones stand now.
        at: The same, ascending.
    """

    @classmethod
    def _joined(cls, earlier: Ints, new: Ints, before: Insertion, at: Insertion, order: Ints) -> Ints:
        """What was new before stands elsewhere now."""
        sorted_by = np.argsort(earlier, kind="stable")
        now = np.empty_like(earlier)
        now[sorted_by] = at.places[np.argsort(order, kind="stable")[: len(before.places)]]
        return np.concatenate([now, new])

    def max(self, *given: Any, **options: Any) -> Any:  # noqa: ANN401
        """As of an array."""
        return self.whole().max(*given, **options)

    def min(self, *given: Any, **options: Any) -> Any:  # noqa: ANN401
        """As of an array."""
        return self.whole().min(*given, **options)

    def _together(self, old: Ints, new: Ints, at: Insertion) -> Ints:
        found = empty_column(len(at), self.dtype)
        for begin in range(0, len(old), _BLOCK):
            block = old[begin : begin + _BLOCK]
            found[begin : begin + len(block)] = at.moved(block)
        found[len(old) :] = new
        return found

    def _stretch(self, begin: int, end: int, old: Ints, new: Ints, at: Insertion) -> Ints:
        moved = at.moved(old[begin:end])
        if end <= len(old):
            return moved
        return np.concatenate([moved, new[max(begin - len(old), 0) : end - len(old)]])

    def _some(self, places: Ints, old: Ints, new: Ints, at: Insertion) -> Ints:
        later = places >= len(old)
        if not later.any():
            return at.moved(old[places])
        found = at.moved(old[np.where(later, 0, places)])
        found[later] = new[places[later] - len(old)]
        return found


def beneath(column: Any) -> list[Ints]:  # noqa: ANN401 - to mypy it is an array either way
    """The arrays in which a column is: itself, unless something new is kept beside it."""
    return column.beneath if isinstance(column, GrownColumn) else [column]


def apart(column: Any) -> Ints:  # noqa: ANN401
    """A column as an array, for somebody who goes through all of it once."""
    return column.made() if isinstance(column, GrownColumn) else column
