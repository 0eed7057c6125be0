"""How does a field of a history folder answer as in memory, from a keyframe and the row groups behind it?"""

from collections import deque
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from explorer.history.field_history import NONE, FieldHistory, Ints
from explorer.history.folder.layout import field_table, in_order
from explorer.history.folder.lazy_columns import InForce, LazyColumn, LazyValues, ValueColumn, as_array
from explorer.history.folder.manifest import FieldAbout, Manifest
from explorer.history.folder.row_groups import FolderTable, RowGroups
from explorer.history.revisions import values_of
from explorer.history.sums import Sums

_KEPT = 4  # per field: where one stands, the position before, and two that are compared
_FEW = 2  # slots looked up one by one at one position; for more the changes in force of all are found
_LIST = 4_096  # values: so many are a list

type Int64s = npt.NDArray[np.int64]


class _Moment:
    """All slots of a field at a position.

    Attributes:
        done: How many changes had been made.
        head: (s,) the change in force in each slot; `NONE` before its first.
        values: By column, (s,) what it set.
    """

    def __init__(self, done: int, head: Ints, values: dict[str, Ints]) -> None:
        self.done, self.head, self.values = done, head, values


class FolderTables:
    """The tables of one folder by their names, in one order of time.

    Args:
        groups: The decoded row groups.
        manifest: What the folder says of itself.
        order: Which order.
    """

    def __init__(self, groups: RowGroups, manifest: Manifest, order: str) -> None:
        self.groups, self.manifest, self.order = groups, manifest, order

    def table(self, name: str, *, ordered: bool = True) -> FolderTable:
        """A table; of names, and of the log's own columns, there is one for all orders."""
        name = in_order(self.order, name) if ordered else name
        return FolderTable(self.groups, name, self.manifest.tables.get(name, ()))

    def of_field(self, room: str, number: int) -> FolderTable:
        """The table of a field in a room."""
        return self.table(field_table(room, number))


class FolderLine(FieldHistory):
    """One field's history, of which only what somebody looks at is in memory, beside what there is of each slot."""

    few = 0  # whoever asks for the state of some is told of all: a keyframe is less than a row group for each

    def __init__(self, tables: FolderTables, number: int, about: FieldAbout) -> None:
        self._tables, self._number, self.about = tables, number, about
        self.field = about.field
        count, slots = about.changes, about.slots
        moved, by_entity = tables.of_field("by-position", number), tables.of_field("by-entity", number)
        self._happened = moved
        events = tables.manifest.events
        self.moments = as_array(LazyColumn(moved, "position", limit=events + 1))
        self.slots = as_array(LazyColumn(moved, "slot", np.int32, limit=max(slots, 1)))
        self.by_position = as_array(LazyColumn(moved, "change", limit=max(count, 1)))
        self.positions = as_array(LazyColumn(by_entity, "position", limit=events + 1))
        self._frames = tables.of_field("keyframes", number)
        if len(moved) != count or len(by_entity) != count or len(self._frames.groups) != len(about.keyframes):
            raise tables.groups.place.damaged("manifest.json", ValueError())
        self._by_entity = by_entity
        self._known: deque[InForce] = deque(maxlen=_KEPT)
        self._moments: dict[int, _Moment] = {}
        self._asked: dict[int, int] = {}
        self._stops = np.array([stop for _, stop in about.keyframes], np.int64)
        self._made: Sums | tuple[Ints, Sequence[object]] | None = None
        self._load_slots(tables.of_field("slots", number))
        self._begin()
        self.changes_twice = about.twice

    def _load_slots(self, table: FolderTable) -> None:
        """What there is of each slot: whose it is, how many changes it has, when the first was."""
        about, place, manifest = self.about, self._tables.groups.place, self._tables.manifest
        limits = {
            "entity": max(manifest.entities, 1), "key": max(about.keys, 1), "changes": about.changes + 1,
            "born": max(len(table), 1), "first_position": manifest.events + 1,
        }  # fmt: skip
        if not about.field.keyed_by:
            del limits["key"]
        parts = [table.together(limits, group, NONE) for group in range(len(table.groups))]
        empty = np.zeros(0, np.int64)
        found = {name: np.concatenate([empty, *(part[name] for part in parts)]) for name in limits}
        self.slot_entity = found["entity"].astype(np.int32)
        self.slot_key: Ints | None = found["key"].astype(np.int32) if about.field.keyed_by else None
        self.keys: Sequence[str] = ()
        if self.slot_key is not None:
            self.keys = list(self._tables.of_field("names/keys", self._number).names())
        self.offsets = np.zeros(len(table) + 1, np.int64)
        np.cumsum(found["changes"], out=self.offsets[1:])
        there = np.flatnonzero(found["born"] >= 0)
        self.born = there[np.argsort(found["born"][there], kind="stable")]
        self.__dict__["_births"] = found["first_position"][self.born]
        if (
            len(table) != about.slots
            or int(self.offsets[-1]) != about.changes
            or len(self.keys) != about.keys
        ):
            raise place.damaged(table.name, ValueError())

    # -- values, which are decoded where they are looked at ---------------------------------------------------

    @property
    def values(self) -> Sums | tuple[Ints, Sequence[object]] | None:
        """As of `FieldHistory`."""
        if self._made is None and self.about.kind == "sums":
            units = as_array(ValueColumn(self._by_entity, "units", np.int64, self._known))
            decimals = as_array(ValueColumn(self._by_entity, "decimals", np.uint8, self._known))
            self._made = Sums(units, self.about.scale, decimals, self._wide())
        elif self._made is None and self.about.kind == "codes":
            codes = ValueColumn(
                self._by_entity, "code", np.int32, self._known, limit=max(self.about.values, 1)
            )
            self._made = as_array(codes), self._distinct()
        return self._made

    @values.setter
    def values(self, made: Sums | tuple[Ints, Sequence[object]] | None) -> None:
        self._made = made

    def _distinct(self) -> Sequence[object]:
        table = self._tables.of_field("names/values", self._number)
        if len(table) != self.about.values:
            raise self._tables.groups.place.damaged(table.name, ValueError())
        values = LazyValues(table)
        if self.about.told == "entries":
            return values_of([str(each) for each in values])
        return list(values) if len(values) <= _LIST else values

    def _wide(self) -> dict[int, tuple[int, int]]:
        """The totals that need more digits than a column has."""
        found: dict[int, tuple[int, int]] = {}
        table = self._by_entity
        for at, group in enumerate(table.groups):
            if not group.nulls.get("units"):
                continue
            decimals = table.ints("decimals", at)
            wide, digits = table.arrow("wide", at).to_pylist(), table.arrow("digits", at).to_pylist()
            missing = np.flatnonzero(table.arrow("units", at).is_null().to_numpy(zero_copy_only=False))
            for row in missing.tolist():
                told = digits[row] if wide[row] is None else wide[row]
                try:
                    found[int(table.starts[at]) + row] = int(told), int(decimals[row])
                except (TypeError, ValueError) as error:
                    raise self._tables.groups.place.damaged(table.name, error) from error
        return found

    # -- the changes in force ---------------------------------------------------------------------------------

    def head(self, position: int) -> Ints:
        """See `FieldHistory.head`: the nearest keyframe, and the row groups behind it."""
        return self._at(position).head.copy()

    def _at(self, position: int) -> "_Moment":
        """All slots at a position; the last ones are kept."""
        found = self._moments.get(position)
        if found is None:
            found = self._moments[position] = self._found(position)
            while len(self._moments) > _KEPT:
                del self._moments[next(iter(self._moments))]
            if found.values:
                self._known.append(InForce(found.head, found.values))
        return found

    def _found(self, position: int) -> "_Moment":
        frames = self.about.keyframes
        at = int(np.searchsorted(self._stops, position, "right")) - 1
        done = frames[at][0] if at >= 0 else 0
        near = [each for where, each in self._moments.items() if where <= position and each.done >= done]
        if near:  # one was here a moment ago
            last = max(near, key=lambda each: each.done)
            moment = _Moment(
                last.done, last.head.copy(), {name: each.copy() for name, each in last.values.items()}
            )
        else:
            kinds: dict[str, dict[str, Any]] = {
                "sums": {"units": np.int64, "decimals": np.uint8}, "codes": {"code": np.int32}, "counts": {},
            }  # fmt: skip
            slots = self.about.slots
            values = {name: np.zeros(slots, kind) for name, kind in kinds[self.about.kind].items()}
            moment = _Moment(done, np.full(slots, NONE, np.int64), values)
            if at >= 0:
                self._take(self._frames, at, slice(None), moment)
        starts, groups, done = self._happened.starts, self._happened.groups, moment.done
        for group in range(int(np.searchsorted(starts, done, "right")) - 1, len(groups)):
            least, most = groups[group].ranges.get("position", (0, 0))
            if least > position:
                break
            rows = groups[group].rows
            if most > position:
                rows = int(np.searchsorted(self._happened.ints("position", group), position, "right"))
            begin = max(done - int(starts[group]), 0)
            if begin < rows:
                self._take(self._happened, group, slice(begin, rows), moment)
            moment.done = int(starts[group]) + rows
        return moment

    def _take(self, table: FolderTable, group: int, own: slice, moment: "_Moment") -> None:
        """Let some rows of a row group be in force; NumPy assigns in order: the last change of a slot stays."""
        about, values = self.about, moment.values
        limits = dict.fromkeys(values, about.values if about.kind == "codes" else None)
        found = table.together({"slot": about.slots, "change": about.changes, **limits}, group)
        slots = found["slot"][own]
        moment.head[slots] = found["change"][own]
        for name, column in values.items():
            column[slots] = found[name][own]

    def change_at(self, slot: int, position: int) -> int:
        """See `FieldHistory.change_at`: one slot's changes, or those of all where several are asked for."""
        if position not in self._moments:
            asked = self._asked.get(position, 0)
            if asked < _FEW:
                self._asked = {position: asked + 1}
                return self._one(slot, position)
            self._at(position)
        return int(self._moments[position].head[slot])

    def _one(self, slot: int, position: int) -> int:
        """The same for one slot, of which at most two row groups are read, however many changes it has."""
        begin, end = int(self.offsets[slot]), int(self.offsets[slot + 1])
        if begin == end or position < 1:
            return NONE
        starts, groups = self._by_entity.starts, self._by_entity.groups
        first, last = (int(np.searchsorted(starts, row, "right")) - 1 for row in (begin, end - 1))
        while last > first:  # a row group that begins in the midst of the slot: by its first row
            middle = (first + last + 1) // 2
            ranges = groups[middle].ranges
            own = ranges.get("slot", (0, 0)) == (slot, slot)
            least = ranges["position"][0] if own else int(self._by_entity.ints("position", middle)[0])
            if least <= position:
                first = middle
            else:
                last = middle - 1
        low, high = max(begin, int(starts[first])), min(end, int(starts[first + 1]))
        own_rows = self._by_entity.ints("position", first)[
            low - int(starts[first]) : high - int(starts[first])
        ]
        change = low + int(np.searchsorted(own_rows, position, "right")) - 1
        return change if change >= begin else NONE

    def make_keyframes(self) -> None:
        """They are in the folder."""

    def slot_column(self) -> Ints:
        """See `FieldHistory.slot_column`; it is made where somebody needs it."""
        found: Ints = np.repeat(np.arange(len(self.offsets) - 1, dtype=np.int32), np.diff(self.offsets))
        return found
