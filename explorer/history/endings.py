"""Where does an entity end, because a record says that it was deleted, and what becomes of its values there?

At an end everything that was known of an entity is nothing again, and it is no part of the state until something
happens to it anew. Of a read model with other folds than the last value and the sum nobody can say what an entity is
that ends and comes back: it goes on, and that is said.
"""

from collections.abc import Sequence

import msgspec
import numpy as np
import numpy.typing as npt

from explorer.eventlog.names import Names
from explorer.history.build import Operands
from explorer.history.events import NEVER, Events
from explorer.history.field_history import NONE, FieldHistory
from explorer.history.operands import MOST_NARROW_DECIMALS, NARROW
from explorer.projection.exact import add, negative, scaled
from explorer.projection.model import Field

type Int64s = npt.NDArray[np.int64]


def ends_in(events: Events, entities: Names[str]) -> tuple[Int64s, Int64s]:
    """(k,) where in the log something is deleted that has a name, ascending, and (k,) the codes of what."""
    positions = events.deletions
    named = events.entities[positions - 1] if len(positions) else positions
    codes = np.array([_code(int(each), events, entities) for each in named], np.int64)
    return positions[codes >= 0], codes[codes >= 0]


def _code(named: int, events: Events, entities: Names[str]) -> int:
    code = None if named < 0 else entities.find(events.entity_names[named])
    return -1 if code is None else code


def can_begin_anew(fields: Sequence[Field]) -> bool:
    """Whether all values of a read model can be nothing again."""
    return all(field.fold in {"last", "sum"} or field.is_version for field in fields)


def with_ends(
    operands: Operands, ends: tuple[Int64s, Int64s], line: FieldHistory | None, places: Int64s
) -> Operands:
    """The operands of a field, and behind those of each end one that makes nothing of it.

    Args:
        operands: Of a field whose fold is the last value or a sum.
        ends: Where in the log they are, and whose.
        line: The history of a sum without them.
        places: (k,) where the ends are in the order of that history.
    """
    moments, codes = ends
    some = np.isin(codes, operands.entities)
    moments, codes, places = moments[some], codes[some], places[some]
    if not len(moments):
        return operands
    if operands.codes is not None:
        values = list(operands.values)
        nothing = next((at for at, value in enumerate(values) if value is None), len(values))
        values += [None] * (nothing == len(values))
        more: dict[str, Int64s] = {"codes": np.full(len(moments), nothing)}
        return _joined(operands, moments, codes, more, values=values)
    assert line is not None
    units: list[int] = []
    decimals: list[int] = []
    keys: list[int] = []
    rows: list[int] = []
    wide: dict[int, tuple[int, int]] = {}
    names = list(operands.key_names)
    taken: dict[int, int | object] = {}
    for at in np.argsort(places, kind="stable").tolist():
        for slot in line.slots_of(int(codes[at])):
            change = line.change_at(int(slot), int(places[at]))
            if change == NONE:
                continue
            whole = line.value(change)
            rest = negative(add(whole, negative(taken.get(slot, 0))))  # type: ignore[arg-type]
            taken[slot] = whole
            own, scale = scaled(rest)
            key = -1 if line.slot_key is None or line.slot_key[slot] < 0 else _key(names, line, int(slot))
            if abs(own) >= NARROW or scale > MOST_NARROW_DECIMALS:
                wide[len(rows)] = own, scale
                own = scale = 0
            rows.append(at)
            units.append(own)
            decimals.append(scale)
            keys.append(key)
    order = np.argsort(moments[rows], kind="stable") if rows else np.zeros(0, np.int64)
    columns: dict[str, Int64s] = {"units": np.array(units, np.int64)[order]}
    columns["decimals"] = np.array(decimals, np.int64)[order]
    if operands.keys is not None:
        columns["keys"] = np.array(keys, np.int64)[order]
    wide = {int(place): wide[int(index)] for place, index in enumerate(order) if int(index) in wide}
    chosen = np.array(rows, np.int64)[order]
    return _joined(operands, moments[chosen], codes[chosen], columns, wide=wide, names=names)


def _key(names: list[str], line: FieldHistory, slot: int) -> int:
    assert line.slot_key is not None
    name = line.keys[int(line.slot_key[slot])]
    if name not in names:
        names.append(name)
    return names.index(name)


def _joined(
    operands: Operands,
    moments: Int64s,
    entities: Int64s,
    columns: dict[str, npt.NDArray[np.int64]],
    *,
    values: Sequence[object] | None = None,
    wide: dict[int, tuple[int, int]] | None = None,
    names: Sequence[str] = (),
) -> Operands:
    """The operands with more, which come behind the others of their events."""
    every = np.concatenate([operands.moments, moments])
    order = np.argsort(every, kind="stable")
    now_at = np.empty(len(order), np.int64)
    now_at[order] = np.arange(len(order))
    found = {
        name: np.concatenate([getattr(operands, name), more.astype(_kind(operands, name, more))])[order]
        for name, more in columns.items()
    }
    count = len(operands.moments)
    placed = {int(now_at[at]): each for at, each in operands.wide.items()}
    placed |= {int(now_at[count + at]): each for at, each in (wide or {}).items()}
    return msgspec.structs.replace(
        operands,
        moments=every[order],
        entities=np.concatenate([operands.entities, entities])[order],
        values=operands.values if values is None else values,
        wide=placed,
        key_names=names or operands.key_names,
        **found,
    )


def _kind(operands: Operands, name: str, more: Int64s) -> npt.DTypeLike:
    """As narrow as the column is, unless that is too narrow."""
    kind = getattr(operands, name).dtype
    low, high = int(more.min(initial=0)), int(more.max(initial=0))
    return kind if np.iinfo(kind).min <= low and high <= np.iinfo(kind).max else np.int64


class Endings:
    """Between which positions of one order of time each entity is gone."""

    def __init__(self, codes: Int64s, places: Int64s, touches: FieldHistory, *, anew: bool) -> None:
        """Look when each comes back.

        Args:
            codes: (k,) who ends.
            places: (k,) where.
            touches: All that happened, by entity.
            anew: Whether one that comes back can begin anew; else it never ended.
        """
        order = np.lexsort((places, codes))
        codes, places = codes[order], places[order]
        stops = np.full(len(codes), NEVER)
        for at, (code, place) in enumerate(zip(codes.tolist(), places.tolist(), strict=True)):
            begin, end = (int(each) for each in touches.offsets[[code, code + 1]])
            after = begin + int(np.searchsorted(touches.positions[begin:end], place, "right"))
            if after < end:
                stops[at] = int(touches.positions[after])
        keep = stops == NEVER if not anew else np.ones(len(codes), np.bool_)
        self.codes, self.starts, self.stops = codes[keep], places[keep], stops[keep]

    def __len__(self) -> int:
        return len(self.codes)

    def gone(self, position: int) -> Int64s:
        """The entities that have ended by a position and not begun anew, each once, as they ended."""
        now = (self.starts <= position) & (position < self.stops)
        codes = self.codes[now]
        first = np.ones(len(codes), np.bool_)
        first[1:] = codes[1:] != codes[:-1]  # one may be deleted twice and more
        found: Int64s = codes[first][np.argsort(self.starts[now][first], kind="stable")]
        return found

    def is_gone(self, code: int, position: int) -> bool:
        """Whether an entity is one of them."""
        return bool((self.gone(position) == code).any())

    def spans(self, code: int) -> list[tuple[int, int]]:
        """From and up to which positions an entity is gone; `NEVER` if it does not come back."""
        own = self.codes == code
        return list(zip(self.starts[own].tolist(), self.stops[own].tolist(), strict=True))
