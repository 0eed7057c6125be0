"""What may be added up over all entities, and what do they come to together, at any position?

The answer costs the same everywhere: the total at the last whole block of changes, and the few changes since.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from explorer.history.explain import countable
from explorer.history.field_history import NONE, FieldHistory
from explorer.history.ordering import occurring
from explorer.history.sums import Sums
from explorer.projection.currencies import CODES, names_currency
from explorer.projection.exact import Exact, add, from_scaled
from explorer.projection.model import Field
from explorer.projection.order import sort_key

MOST_KINDS = 64  # values or keys of a field; with more of them, nobody reads a table of totals

type Ints = npt.NDArray[Any]


class Kinds(NamedTuple):
    """Which totals there are of a field.

    Attributes:
        of_slot: (s,) which one each slot goes into, -1 for the one without a name; None: all into that one.
        names: What they are called.
    """

    of_slot: Ints | None
    names: Sequence[str]


def kinds_of(
    field: Field,
    fields: Sequence[Field],
    field_histories: Mapping[str, FieldHistory],
    entities: Sequence[str],
) -> Kinds | None:
    """How the sums of `field` add up over entities; None if nothing says that they may be added.

    They are kept apart by the field's own keys, else by the currency that the entity's name or another field of the
    model tells. If that is not one and the same for an entity over all of history, its sum is in none.
    """
    line = field_histories[field.name]
    if field.fold != "sum" or field.of == "mixed" or field.is_version:
        return None
    if field.keyed_by is not None:
        return Kinds(line.slot_key, line.keys)
    if field.of == "numbers":
        return Kinds(None, ())
    if field.of == "amounts of the entity" or _are_codes(entities):
        return Kinds(line.slot_entity, entities)
    telling = [
        field_histories[each.name]
        for each in fields
        if not each.adds and tells_currency(field_histories[each.name])
    ]
    if not telling:
        return None if field.of == "untold" else Kinds(None, ())
    if len(telling) > 1 or telling[0].field.fold != "last":
        return None
    constants = telling[0].constants
    if constants is None:
        return None
    codes, values = constants
    return Kinds(codes[line.slot_entity], [str(value) for value in values])


def most_first(counts: dict[object, Exact]) -> dict[object, Exact]:
    """How many have each value, the most frequent value first; those of which there are as many stay as they are."""
    return dict(sorted(counts.items(), key=lambda each: -each[1]))


def tells_currency(line: FieldHistory) -> bool:
    """Whether a field's values are currencies: it is called so, or they are all codes of ISO 4217."""
    if not isinstance(line.values, tuple):
        return False
    return line.field.of == "currency" or names_currency(line.field.name) or _are_codes(line.values[1])


def _are_codes(values: Sequence[object]) -> bool:
    if len(values) > 2 * len(CODES):
        return False
    some = [value for value in values if value is not None]
    return bool(some) and all(isinstance(value, str) and value in CODES for value in some)


BLOCK_CHANGES = 1_024
_PIECE_BLOCKS = 1_024
HALF = 32  # bits: halves of very many int64 add up without an overflow
_ROOM = 2**62


class TotalsSoFar(NamedTuple):
    """The totals of a field of a log that has grown since.

    Attributes:
        blocks: (blocks + 1, parts of kinds) the totals before each block of changes.
        changes: How many changes there were.
        scale: In which units they are counted; None if they are no sums.
        kinds: Which totals there were.
    """

    blocks: npt.NDArray[np.int64]
    changes: int
    scale: int | None
    kinds: Kinds | None


class Totals:
    """The totals of one field over all entities, kept for each block of changes in the order in which they happened."""

    def __init__(self, line: FieldHistory, kinds: Kinds | None = None) -> None:
        """Take a field's history.

        Args:
            line: It.
            kinds: How the sums add up; None if they do not.
        """
        self._line = line
        self._kinds = kinds
        self._begun: TotalsSoFar | None = None

    @property
    def begun(self) -> TotalsSoFar | None:
        """What one may go on from, if somebody has asked for totals."""
        blocks, values = vars(self).get("_blocks"), self._line.values
        if blocks is None or (isinstance(values, Sums) and values.wide):
            return None
        return TotalsSoFar(blocks, len(self._line.moments), self._scale, self._kinds)

    def go_on_from(self, begun: TotalsSoFar) -> None:
        """Begin with the totals of a history of which this one has the same changes first."""
        if begun.scale != self._scale or begun.blocks.shape[1] != self._parts * self._kind_count:
            return
        before, now = begun.kinds, self._kinds
        if before is not None and now is not None:
            if list(before.names) != list(now.names) or (before.of_slot is None) != (now.of_slot is None):
                return
            if before.of_slot is not None and now.of_slot is not None:
                count = len(before.of_slot)
                if not np.array_equal(before.of_slot, now.of_slot[:count]):
                    return  # a slot has another kind now: so have all its changes
        elif before is not now:
            return
        self._begun = begun

    @property
    def _scale(self) -> int | None:
        values = self._line.values
        return values.scale if isinstance(values, Sums) else None

    @property
    def known(self) -> bool:
        """Whether the field has totals: it adds up, or has few values."""
        line = self._line
        if line.field.fold == "sum":
            return self._kinds is not None and len(self._kinds.names) <= MOST_KINDS
        return isinstance(line.values, tuple) and 0 < len(line.values[1]) <= MOST_KINDS

    @cached_property
    def lines(self) -> int:
        """How many totals there are at most, at any position, of a field that adds up."""
        if not self.known:
            return 0
        return max(len(occurring(self._of_slot)) if self._of_slot is not None else 1, 1)

    def at(self, position: int) -> dict[object, Exact]:
        """The total at `position`: of a sum by key (None without one), of another field how many have each value."""
        line = self._line
        totals = self._narrow_at(position).tolist()
        if not isinstance(line.values, Sums):
            assert isinstance(line.values, tuple)
            distinct = line.values[1]
            counts: dict[object, Exact] = {}
            for code in self._by_value:
                if totals[code]:
                    name = countable(distinct[code])
                    counts[name] = counts.get(name, 0) + totals[code]
            return most_first(counts)
        if self._parts > 1:
            high = totals[self._kind_count :]
            totals = [(more << HALF) + less for more, less in zip(high, totals, strict=False)]
        found: dict[object, Exact] = {}
        wide = self._wide_at(position)
        for kind in self._kinds_by(position):
            key = None if kind == len(self._names) else self._names[kind]
            total = from_scaled(totals[kind], line.values.scale)
            found[key] = add(total, wide[kind]) if kind in wide else total
        return found

    def _narrow_at(self, position: int) -> npt.NDArray[np.int64]:
        """(parts of kinds,) the totals, without the slots whose numbers are too wide for a column."""
        line = self._line
        done = int(np.searchsorted(line.moments, line.moments.dtype.type(position), "right"))
        block = done // BLOCK_CHANGES
        totals: npt.NDArray[np.int64] = self._blocks[block].copy()
        for kinds, steps in self._steps(block * BLOCK_CHANGES, done):
            np.add.at(totals, kinds, steps)
        return totals

    @cached_property
    def _by_value(self) -> list[int]:
        """The codes of values in the order in which they are told: codes are given in that of whoever reads first."""
        assert isinstance(self._line.values, tuple)
        distinct = self._line.values[1]
        told = [code for code, value in enumerate(distinct) if value is not None]
        return sorted(told, key=lambda code: sort_key(distinct[code]))

    @cached_property
    def _parts(self) -> int:
        """In how many columns each total is: in two halves where it may be wider than a number of one."""
        values = self._line.values
        if not isinstance(values, Sums) or not len(values.units):
            return 1
        largest = max(abs(int(values.units.max())), abs(int(values.units.min())))
        return 1 if largest * len(self._line.slot_entity) < _ROOM else 2

    @cached_property
    def _kind_count(self) -> int:
        """Keys and none, or values and none yet."""
        line = self._line
        return 1 + (len(line.values[1]) if isinstance(line.values, tuple) else len(self._names))

    @property
    def _names(self) -> Sequence[str]:
        return () if self._kinds is None else self._kinds.names

    @property
    def _of_slot(self) -> Ints | None:
        return None if self._kinds is None else self._kinds.of_slot

    @cached_property
    def _blocks(self) -> npt.NDArray[np.int64]:
        """(blocks + 1, parts of kinds) the totals before each block."""
        count = len(self._line.moments)
        blocks = count // BLOCK_CHANGES + 1
        sums = np.zeros((blocks + 1, self._parts * self._kind_count), np.int64)
        whole = 0  # blocks of which all is known
        if self._begun is not None:
            whole = self._begun.changes // BLOCK_CHANGES
            sums[: whole + 1] = self._begun.blocks[: whole + 1]
            self._begun = None
        for first in range(whole, blocks, _PIECE_BLOCKS):
            begin = first * BLOCK_CHANGES
            end = min(begin + _PIECE_BLOCKS * BLOCK_CHANGES, count)
            own = np.arange(begin, end) // BLOCK_CHANGES
            for kinds, steps in self._steps(begin, end):
                np.add.at(sums, (own + 1, kinds), steps)
        np.cumsum(sums[whole:], axis=0, out=sums[whole:])
        return sums

    def _kinds_of(self, slots: Ints) -> Ints:
        """(k,) into which total each slot goes."""
        if self._of_slot is None:
            return np.full(len(slots), self._kind_count - 1)
        keys = self._of_slot[slots]
        return np.where(keys < 0, self._kind_count - 1, keys)

    def _steps(self, begin: int, end: int) -> Iterator[tuple[Ints, Ints]]:
        """For the changes `[begin, end)` in the order in which they happened: which total moves, and by how much."""
        line = self._line
        changes = line.by_position[begin:end]
        slots = line.slots[begin:end]
        first = line.offsets[slots] == changes
        if isinstance(line.values, Sums):
            units = line.values.units
            before = np.where(first, 0, units[changes - 1])
            yield from self._in_parts(self._kinds_of(slots), self._narrow[slots], units[changes], before)
            return
        codes = line.codes
        assert codes is not None
        yield codes[changes], np.ones(len(changes), np.int64)
        yield np.where(first, self._kind_count - 1, codes[changes - 1]), np.full(len(changes), -1)

    def _in_parts(self, kinds: Ints, narrow: Ints, now: Ints, before: Ints) -> Iterator[tuple[Ints, Ints]]:
        """For the totals of some slots of a sum: where each moves, and by how much."""
        if self._parts == 1:
            yield kinds, np.where(narrow, now - before, 0)
            return
        now, low = now.astype(np.int64, copy=False), (1 << HALF) - 1
        yield kinds, np.where(narrow, (now & low) - (before & low), 0)
        yield kinds + self._kind_count, np.where(narrow, (now >> HALF) - (before >> HALF), 0)

    @cached_property
    def _narrow(self) -> npt.NDArray[np.bool_]:
        """(slots,) whether the slot's totals are all int64."""
        line = self._line
        assert isinstance(line.values, Sums)
        narrow = np.ones(len(line.slot_entity), np.bool_)
        if line.values.wide:
            wide = np.fromiter(line.values.wide, np.int64)
            narrow[np.searchsorted(line.offsets, wide, "right") - 1] = False
        return narrow

    def _wide_at(self, position: int) -> Mapping[int, Exact]:
        """The totals of the slots whose numbers are too wide for a column, by kind."""
        line = self._line
        found: dict[int, Exact] = {}
        for slot in np.flatnonzero(~self._narrow).tolist():
            change = line.change_at(slot, position)
            if change != NONE:
                key = -1 if self._of_slot is None else int(self._of_slot[slot])
                kind = self._kind_count - 1 if key < 0 else key
                value: Any = line.value(change)
                found[kind] = add(found[kind], value) if kind in found else value
        return found

    def _kinds_by(self, position: int) -> list[int]:
        """The keys that anything had been added under by `position`, as they came to be."""
        line = self._line
        return (
            [kind for kind, moment in self._first_moments if moment <= position] if len(line.moments) else []
        )

    @cached_property
    def _first_moments(self) -> list[tuple[int, int]]:
        line = self._line
        born = line.born
        kinds = np.full(len(born), -1) if self._of_slot is None else self._of_slot[born]
        places, which = np.unique(kinds, return_index=True)
        moments = line.positions[line.offsets[born[which]]]
        pairs = zip(places.tolist(), moments.tolist(), strict=True)
        return sorted(((self._kind_count - 1 if kind < 0 else kind), at) for kind, at in pairs)
