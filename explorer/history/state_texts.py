"""How are the values of many changes, or of many entities at one position, written a whole column at a time?

What is written is what `State.value` says, value by value: here it is asked of whole columns, where they tell it.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from explorer.eventlog import compiled
from explorer.eventlog.text_columns import TextColumn, glued, numbers
from explorer.history.field_history import NONE, FieldHistory
from explorer.history.ordering import occurring
from explorer.history.state import State
from explorer.history.sums import Sums
from explorer.projection.currencies import Amounts
from explorer.projection.exact import from_scaled, plain
from explorer.projection.model import Field

type Ints = npt.NDArray[Any]
_MOST_DECIMALS = 18  # a greater power of ten is no int64
MANY = 1_000  # values: fewer are written before a kernel is fetched
_FEW = 16  # entities of many: their values are found one by one before the changes in force of all are
type Write = Callable[[object], str]


def amounts(units: Ints, decimals: Ints, scale: int) -> list[str]:
    """Sums in plain notation, each with its own number of decimals, as `exact.plain` writes them.

    Args:
        units: (k,) int64, the sums times `10**scale`.
        decimals: (k,) how many decimals each is written with; at most `scale`.
        scale: Decimals of `units`.
    """
    if len(units) >= MANY and scale <= _MOST_DECIMALS and compiled.ready():
        return glued(len(units), [numbers(units, decimals, scale), b"\n"]).whole.split("\n")[:-1]
    kinds = occurring(decimals).tolist()
    if len(kinds) == 1:
        return _written(units, kinds[0], scale)
    found = np.empty(len(units), object)
    for each in kinds:
        own = decimals == each
        found[own] = _written(units[own], each, scale)
    told: list[str] = found.tolist()
    return told


def _written(units: Ints, decimals: int, scale: int) -> list[str]:
    if decimals > _MOST_DECIMALS or scale - decimals > _MOST_DECIMALS:
        return [plain(from_scaled(each // 10 ** (scale - decimals), decimals)) for each in units.tolist()]
    if scale > decimals:
        units = units // 10 ** (scale - decimals)
    if decimals == 0:
        return list(map(str, units.tolist()))
    lowest = int(units.min(initial=0))
    sizes = np.abs(units) if lowest > np.iinfo(np.int64).min else units.astype(object).__abs__()
    whole, part = sizes // 10**decimals, sizes % 10**decimals
    pairs = zip(whole.tolist(), part.tolist(), strict=True)
    texts = [f"{first}.{rest:0{decimals}d}" for first, rest in pairs] if decimals != 2 else [
        f"{first}.{rest:02d}" for first, rest in pairs
    ]  # fmt: skip
    if lowest < 0:
        for at in np.flatnonzero(units < 0).tolist():
            texts[at] = f"-{texts[at]}"
    return texts


def value_texts(line: FieldHistory, changes: Ints, write: Write) -> list[str]:
    """The value after each of some changes.

    Args:
        line: Whose.
        changes: (k,) which; `NONE` for a slot to which nothing has happened: the value that the field begins with.
        write: How a value is written that is no sum of numbers that fit their column.
    """
    missing = np.flatnonzero(changes == NONE)
    if len(missing) == len(changes):
        return [write(line.field.nothing)] * len(changes)
    places = changes if not len(missing) else np.where(changes == NONE, changes.max(), changes)
    match line.values:
        case Sums() as sums if line.field.fold == "sum" and not sums.wide:
            texts = amounts(sums.units[places], sums.decimals[places], sums.scale)
        case Sums():
            texts = [write(line.value(change)) for change in places.tolist()]
        case (codes, distinct):
            texts = coded_texts(codes[places], distinct, write)
        case _:
            slots = np.searchsorted(line.offsets, places, "right") - 1
            texts = list(map(str, (places - line.offsets[slots] + 1).tolist()))
    if len(missing):
        nothing = write(line.field.nothing)
        for at in missing.tolist():
            texts[at] = nothing
    return texts


def coded_texts(codes: Ints, values: Sequence[object], write: Write) -> list[str]:
    """(k,) the texts of values, each value written once."""
    kinds, which = np.unique(codes, return_inverse=True)
    if len(kinds) == 1:
        return [write(values[int(kinds[0])])] * len(codes)
    texts = [write(values[code]) for code in kinds.tolist()]
    return [texts[at] for at in which.tolist()]


class ValueColumns:
    """The values of a field after some of its changes as columns of text, as `value_texts` says them."""

    def __init__(self, line: FieldHistory, write: Write) -> None:
        self._line, self._write = line, write
        self._whole: TextColumn | None = None
        self._place: Ints = np.zeros(0, np.int32)

    def column(self, changes: Ints, slots: Ints) -> TextColumn:
        """(k,) the value after each of some changes, each of its slot; `NONE` for what the field begins with."""
        line = self._line
        missing = changes == NONE
        some = bool(missing.any())
        if some and bool(missing.all()):
            return TextColumn.same(self._write(line.field.nothing), len(changes))
        places = np.where(missing, changes.max(), changes) if some else changes
        match line.values:
            case Sums() as sums if (
                line.field.fold == "sum" and not sums.wide and sums.scale <= _MOST_DECIMALS
            ):
                found = numbers(sums.units[places], sums.decimals[places], sums.scale)
            case (codes, distinct):
                found = self._coded(codes[places], distinct)
            case None:
                begins = line.offsets[slots]
                counts = np.where(missing, 0, changes - begins + 1) if some else changes - begins + 1
                found = numbers(counts, np.zeros(len(counts), np.uint8), 0)
            case _:
                return TextColumn.of(value_texts(line, changes, self._write))
        if some:
            found = found.patched(np.flatnonzero(missing), TextColumn.of([self._write(line.field.nothing)]))
        return found

    def _coded(self, codes: Ints, distinct: Sequence[object]) -> TextColumn:
        """Each value is written once: all of them if they are few beside those that are asked for."""
        if self._whole is None and len(distinct) <= 2 * len(codes):
            self._whole = TextColumn.of([self._write(each) for each in distinct])
        if self._whole is not None:
            return self._whole.chosen(codes)
        if len(self._place) != len(distinct):
            self._place = np.full(len(distinct), -1, np.int32)
        self._place[codes] = 0
        kinds = np.flatnonzero(self._place == 0)
        self._place[kinds] = np.arange(len(kinds))
        which = self._place[codes]
        self._place[kinds] = -1
        return TextColumn.of([self._write(distinct[code]) for code in kinds.tolist()]).chosen(which)


_MARK = 7_777_777  # an amount that stands where another will


class StateTexts:
    """The values of one state as text."""

    def __init__(self, state: State, write: Write) -> None:
        """Begin with nothing written.

        Args:
            state: The state.
            write: How a single value is written; of a number, all its digits in plain notation.
        """
        self._state, self._write = state, write
        self._only: dict[str, Ints] = {}
        self._columns: dict[str, ValueColumns] = {}

    def column(self, field: Field, codes: Ints) -> Sequence[str]:
        """(k,) the values of one of its fields, of some entities."""
        state = self._state
        line = state.field_history(field)
        if len(codes) <= _FEW and len(codes) < state.entity_count:
            return [self._write(state.value(code, field)) for code in codes.tolist()]
        many = len(codes) >= MANY and compiled.ready()
        if field.since is not None and not state.has(field)[codes].all():
            return [self._write(state.value(code, field)) for code in codes.tolist()]
        if field.keyed_by is None:
            changes = state.head(field.name)[codes]
            return self._many(line, changes, codes) if many else value_texts(line, changes, self._write)
        if many:
            return self._keyed(field, codes)
        slots = self._only_slots(line)[codes]
        single = np.flatnonzero(slots >= 0)
        found: list[str] = [""] * len(codes)
        if len(single):
            own = slots[single]
            texts = value_texts(line, state.head(field.name)[own], self._write)
            keys = np.full(len(own), -1) if line.slot_key is None else line.slot_key[own]
            around = {key: self._around(line, key) for key in occurring(keys).tolist()}
            for at, key, text in zip(single.tolist(), keys.tolist(), texts, strict=True):
                first, last = around[key]
                found[at] = f"{first}{text}{last}"
        for at in np.flatnonzero(slots < 0).tolist():
            found[at] = self._write(state.value(int(codes[at]), field))
        return found

    def _many(self, line: FieldHistory, changes: Ints, slots: Ints) -> TextColumn:
        columns = self._columns.setdefault(line.field.name, ValueColumns(line, self._write))
        return columns.column(changes, slots)

    def _keyed(self, field: Field, codes: Ints) -> TextColumn:
        """The same of a field that is kept by key."""
        state = self._state
        line = state.field_history(field)
        slots = self._only_slots(line)[codes]
        others = np.flatnonzero(slots < 0)
        if len(others) == len(codes):
            return TextColumn.of([self._write(state.value(code, field)) for code in codes.tolist()])
        own = np.where(slots < 0, slots.max(), slots)
        found = self._many(line, state.head(field.name)[own], own)
        keys = None if line.slot_key is None else line.slot_key[own]
        if keys is not None and bool((keys >= 0).any()):
            kinds, which = np.unique(keys, return_inverse=True)
            around = zip(*(self._around(line, key) for key in kinds.tolist()), strict=True)
            before, behind = (TextColumn.of(texts).chosen(which) for texts in around)
            found = glued(len(codes), [before, found, behind])
        if not len(others):
            return found
        texts = [self._write(state.value(code, field)) for code in codes[others].tolist()]
        return found.patched(others, TextColumn.of(texts))

    def _only_slots(self, line: FieldHistory) -> Ints:
        """(entity_count,) the slot of each entity that has one in a field kept by key; -1: it has none, or several."""
        found = self._only.get(line.field.name)
        if found is None:
            state = self._state
            slots = np.flatnonzero(state.head(line.field.name) != NONE)
            owners = line.slot_entity[slots]
            found = np.full(state.entity_count, -1)
            found[owners] = slots
            found[owners[1:][owners[1:] == owners[:-1]]] = -1  # an entity's slots stand side by side
            self._only[line.field.name] = found
        return found

    def _around(self, line: FieldHistory, key: int) -> tuple[str, str]:
        """What stands before and behind the only sum of an entity, if it stands under a key."""
        if key < 0:
            return "", ""
        before, _, behind = self._write(Amounts({line.keys[key]: _MARK})).rpartition(str(_MARK))
        return before, behind
