"""What is one entity of a branch at any position: its operands of the log but some, with those of new events between?

Nothing is read again: the operands that the index was built of say what each event of the log did. What comes of them
is what the plain fold of the branch's events says.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any, cast

import numpy as np
import numpy.typing as npt

from explorer.history.build import Operands
from explorer.history.endings import can_begin_anew
from explorer.history.ordering import inverse, kept, spans
from explorer.projection.exact import from_scaled, scaled
from explorer.projection.fold import EntityState, without_hidden
from explorer.projection.model import Effect, Field, FieldUpdate, ReadModel

type Ints = npt.NDArray[Any]
type After = Callable[[int], object]  # the value once so many operands have been taken
type Placing = Callable[[Ints], Ints]

_ROOM = float(2**62)
_OF_ALL = 8  # times as many operands: each is asked whose it is


class EntityFold:
    """One entity's states, each made when it is asked for."""

    def __init__(
        self,
        model: ReadModel,
        operands: Mapping[str, Operands],
        code: int | None,
        moments: Ints,
        place_of: Placing,
        new: Sequence[tuple[int, Effect]],
        ends: Ints,
    ) -> None:
        """Put its events in the order of the branch.

        Args:
            model: The read model.
            operands: By field, of the whole log in log order.
            code: The entity's; None for one that the log does not know.
            moments: (k,) the places in the log of its events, one for each thing that happened to it.
            place_of: Gives the places in the branch for places in the log, 0 for what is not in it.
            new: What new events do to it, each with its place in the branch, in the order of the branch.
            ends: (j,) the places in the branch at which it ends, ascending.
        """
        self._model, self._operands, self._code = model, operands, code
        self._moments = distinct(moments)
        self._place_of, self._new = place_of, new
        places = place_of(moments)
        fresh = np.array([place for place, _ in new], np.int64)
        self._touches: Ints = np.sort(np.concatenate([places[places > 0], fresh]))
        self._lines: dict[tuple[str, int], _Line] = {}
        if not can_begin_anew(model.fields) and len(self._touches):  # it ends only if it never comes back
            ends = ends[ends >= self._touches[-1]]
        self._ends = ends

    def state(self, position: int) -> EntityState | None:
        """What the fold of its events by `position` of the branch says; None if nothing has happened to it."""
        happened = int(np.searchsorted(self._touches, position, "right"))
        ended = int(np.searchsorted(self._ends, position, "right"))
        end = int(self._ends[ended - 1]) if ended else 0
        if not happened or int(self._touches[happened - 1]) <= end:
            return None
        found: dict[str, object] = {}
        for field in self._model.fields:
            if field.fold == "count":
                found[field.name] = happened
                continue
            line = self._line(field, end)
            done = int(np.searchsorted(line.places, position, "right"))
            if done:
                found[field.name] = line.value(done)
        return found

    def row(self, position: int) -> dict[str, object] | None:
        """The same as people see it."""
        state = self.state(position)
        return None if state is None else without_hidden(self._model, state)

    def _line(self, field: Field, end: int) -> "_Line":
        """The values of a field once it has ended at a place."""
        if any(each.keyed_by == field.name for each in self._model.fields):
            end = 0  # in which currency something is stays known
        known = self._lines.get((field.name, end))
        if known is None:
            fresh = [
                (place, update)
                for place, effect in self._new
                for update in effect.updates
                if update.field == field.name and place > end
            ]
            operands = self._operands.get(field.name)
            own = np.zeros(0, np.int64) if operands is None else self._own(operands)
            places = self._place_of(operands.moments[own]) if operands is not None else own
            own, places = own[places > end], places[places > end]
            places = np.concatenate([places, np.array([place for place, _ in fresh], np.int64)])
            order = np.argsort(places, kind="stable")
            line = _Line(places[order])
            updates = [update for _, update in fresh]
            if field.adds:
                keys = None if field.keyed_by is None else self._keys(field, operands, own, updates, places)
                line.value = _sums(field, operands, own, updates, order, keys)
            else:
                line.value = _choices(field, operands, own, updates, order)
            known = self._lines[field.name, end] = line
        return known

    def _own(self, operands: Operands) -> Ints:
        """(k,) which of a field's operands are the entity's, in log order."""
        if len(operands.moments) <= _OF_ALL * len(self._moments):
            return np.flatnonzero(operands.entities == self._code)
        begins, ends = spans(operands.moments, self._moments)
        counts = ends - begins
        shifts = np.repeat(begins - (np.cumsum(counts) - counts), counts)
        near = np.arange(int(counts.sum())) + shifts
        found: Ints = near[operands.entities[near] == self._code]
        return found

    def _keys(
        self,
        field: Field,
        operands: Operands | None,
        own: Ints,
        updates: Sequence[FieldUpdate],
        places: Ints,
    ) -> tuple[Ints, list[object]]:
        """(k,) under which key each operand goes, and what the keys are; those without go under the one in force."""
        names: list[object] = []
        codes: dict[object, int] = {}

        def code_of(key: object) -> int:
            known = key if isinstance(key, Hashable) else repr(key)
            if known not in codes:
                codes[known] = len(names)
                names.append(known)
            return codes[known]

        told = np.full(len(own), -1, np.int64)
        if operands is not None and operands.key_names and operands.keys is not None:
            of_log = np.array([*map(code_of, operands.key_names), -1], np.int64)
            told = of_log[operands.keys[own]]
        fresh = [-1 if update.key is None else code_of(update.key) for update in updates]
        found = np.concatenate([told, np.array(fresh, np.int64)])
        missing = np.flatnonzero(found < 0)
        if len(missing):
            naming = self._line(next(each for each in self._model.fields if each.name == field.keyed_by), 0)
            _, done = spans(naming.places, places[missing])
            known = np.zeros(len(naming.places) + 1, np.int64)
            for count in np.flatnonzero(np.bincount(done)).tolist():
                known[count] = code_of(naming.value(count) if count else None)
            found[missing] = known[done]
        return found, names


def distinct(numbers: Ints) -> Ints:
    """The distinct ones, ascending; quickly if they ascend already."""
    if len(numbers) and bool((numbers[1:] < numbers[:-1]).any()):
        numbers = np.sort(numbers)
    found: Ints = numbers[np.append(np.ones(min(len(numbers), 1), np.bool_), numbers[1:] != numbers[:-1])]
    return found


class _Line:
    """One field's values: `value(done)` is that after the first `done` operands, `places` where each stands."""

    value: After

    def __init__(self, places: Ints) -> None:
        self.places = places


def _choices(
    field: Field, operands: Operands | None, own: Ints, updates: Sequence[FieldUpdate], order: Ints
) -> After:
    """The values of a field that keeps one of its operands."""
    values: Sequence[object] = () if operands is None else operands.values
    old = own if operands is None or operands.codes is None else operands.codes[own]
    codes = np.concatenate([old, np.arange(len(values), len(values) + len(updates))]).astype(np.int64)[order]
    if updates:
        values = [*values, *(update.operand for update in updates)]
    if field.fold != "last":
        codes = kept(field.fold, codes, np.array([0, len(codes)]), values)
    return lambda done: values[int(codes[done - 1])]


def _sums(
    field: Field,
    operands: Operands | None,
    own: Ints,
    updates: Sequence[FieldUpdate],
    order: Ints,
    keys: tuple[Ints, list[object]] | None,
) -> After:
    """The values of a field that adds up: a sum, a sum and how many it is of, or sums by key."""
    new = [scaled(cast("Any", update.operand)) for update in updates]
    wide: dict[int, tuple[int, int]] = {len(own) + at: each for at, each in enumerate(new)}
    if operands is not None and operands.units is not None and operands.decimals is not None:
        units, decimals = operands.units[own].astype(np.int64), operands.decimals[own].astype(np.int64)
        if operands.wide:
            wide |= {
                at: operands.wide[place] for at, place in enumerate(own.tolist()) if place in operands.wide
            }
    else:
        units = decimals = np.zeros(0, np.int64)
    nothing = np.zeros(len(new), np.int64)
    units, decimals = np.concatenate([units, nothing]), np.concatenate([decimals, nothing])
    rank = inverse(order)
    wide = {int(rank[at]): each for at, each in wide.items()}
    units, decimals = units[order], decimals[order]
    if keys is None:
        total = _totals(units, decimals, wide)
        if field.fold == "avg":
            return lambda done: (total(done), done)
        return total
    of_key, names = keys[0][order], keys[1]
    parts: list[tuple[object, Ints, After]] = []
    for code in range(len(names)):
        places = np.flatnonzero(of_key == code)
        if not len(places):
            continue
        among = {at: wide[place] for at, place in enumerate(places.tolist()) if place in wide} if wide else {}
        parts.append((names[code], places, _totals(units[places], decimals[places], among)))
    parts.sort(key=lambda part: int(part[1][0]))

    def by_key(done: int) -> object:
        counts = ((key, int(np.searchsorted(places, done)), total) for key, places, total in parts)
        return {key: total(count) for key, count, total in counts if count}

    return by_key


def _totals(units: Ints, decimals: Ints, wide: Mapping[int, tuple[int, int]]) -> After:
    """Sums of operands in their order; as Python's integers if they may be wider than a column's."""
    scale = int(decimals.max(initial=0))
    sizes = np.abs(units.astype(np.float64)) * 10.0 ** (scale - decimals.astype(np.float64))
    if not wide and float(sizes.sum()) < _ROOM:
        tens = np.array([10**step for step in range(scale + 1)], np.int64)
        running = np.cumsum(units * tens[scale - decimals])
        written = np.maximum.accumulate(decimals)

        def narrow(done: int) -> object:
            own = int(written[done - 1])
            return from_scaled(int(running[done - 1]) // 10 ** (scale - own), own)

        return narrow
    totals: list[tuple[int, int]] = []
    total = widest = 0
    for at, each in enumerate(zip(units.tolist(), decimals.tolist(), strict=True)):
        more, own = wide.get(at, each)
        if own > widest:
            total, widest = total * 10 ** (own - widest), own
        total += more * 10 ** (widest - own)
        totals.append((total, widest))
    return lambda done: from_scaled(*totals[done - 1])
