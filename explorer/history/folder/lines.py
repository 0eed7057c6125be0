"""How does a field of a history folder answer as in memory, from a keyframe and the row groups behind it?"""

import contextlib
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from explorer.history.array_like import as_array
from explorer.history.field_history import NONE, FieldHistory, Ints
from explorer.history.folder.folder_table import FolderTable
from explorer.history.folder.layout import BORN, MANY_SLOTS, field_table, in_order
from explorer.history.folder.lazy_columns import LazyColumn, LazyValues, ValueColumn
from explorer.history.folder.manifest import FieldAbout, Manifest
from explorer.history.folder.row_groups import NeedsMemory, RowGroups
from explorer.history.folder.slot_columns import OwnNumbers, SlotOffsets, births_of
from explorer.history.folder.stretches import FieldStretch, InForce
from explorer.history.folder.very_many import FEW, FieldTables, ForceOfMany, OwnChanges
from explorer.history.ordering import narrow
from explorer.history.revisions import values_of
from explorer.history.sums import Sums

_KEPT = 4  # per field: where one stands, the position before, and two that are compared
_LIST = 4_096  # values: so many are a list
_MOST_SEEN = 4_096  # changes of which it is known where their values are
_KINDS: dict[str, Any] = {"units": np.int64, "decimals": np.uint8, "code": np.int32}
_OF_KINDS = {
    "sums": ("units", "decimals"),
    "codes": ("code",),
    "counts": (),
}  # the values of each kind of fields

type Int64s = npt.NDArray[np.int64]


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

    def __init__(
        self, tables: FolderTables, number: int, about: FieldAbout, *, touches: bool = False
    ) -> None:
        """Open it.

        Args:
            tables: Of the folder, in one order of time.
            number: Its place among the fields of that order.
            about: What the manifest says of it.
            touches: Whether it is the one that tells what happened to each entity.
        """
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
        self._totals = tables.of_field("totals", number)
        if len(moved) != count or len(by_entity) != count or len(self._frames.groups) != len(about.keyframes):
            raise tables.groups.place.damaged("manifest.json", ValueError())
        self._by_entity = by_entity
        self._known: deque[InForce | ForceOfMany] = deque(maxlen=_KEPT)
        self._seen: dict[
            int, tuple[int, int]
        ] = {}  # changes that were asked for: the stretch, and where in it
        self._stops = np.array([stop for _, stop in about.keyframes], np.int64)
        self._here = 0, int(self._stops.searchsorted(0, "right")) - 1
        self._made: Sums | tuple[Ints, Sequence[object]] | None = None
        self.very_many = slots > MANY_SLOTS
        self._open_slots(tables.of_field("slots", number), tables.table(BORN) if touches else None)
        self._begin()
        self._own: dict[int, OwnChanges] = {}
        self._own_of: dict[int, OwnChanges] = {}  # by change
        if self.very_many:
            self.few = FEW
            values = max(about.values, 1) if about.kind == "codes" else None
            self.all_slots = FieldTables(moved, self._frames, about.keyframes, slots, count, events, values)
        self.changes_twice = about.twice

    def _open_slots(self, table: FolderTable, born: FolderTable | None) -> None:
        """What there is of each slot: whose it is, where its changes begin, which came to be when.

        Of very many nothing is read.
        """
        about, entities = self.about, self._tables.manifest.entities
        keyed = about.field.keyed_by is not None
        alone = self._alone = OwnNumbers.fits(table, entities, keyed=keyed)
        of_entity = OwnNumbers if alone else LazyColumn
        self.slot_entity = self._column(of_entity(table, "entity", np.int32, limit=max(entities, 1)))
        self.slot_key: Ints | None = None
        self.keys: Sequence[str] = ()
        if keyed:
            self.keys = list(self._tables.of_field("names/keys", self._number).names())
            if not alone or self.keys:  # else no slot has one
                limit = max(about.keys, 1)
                self.slot_key = self._column(LazyColumn(table, "key", np.int32, nothing=NONE, limit=limit))
        self.offsets = self._column(SlotOffsets(table, self._by_entity))
        if born is not None and born.groups:
            self.born = self._column(LazyColumn(born, "slot", np.int32, limit=max(about.slots, 1)))
            came = LazyColumn(born, "position", limit=self._tables.manifest.events + 1)
            self._came = self._column(came)
        else:
            self.born, self._came = (self._column(each) for each in births_of(table))
        self.__dict__["_births"] = self._came
        if self.very_many:
            ranks = LazyColumn(table, "born", nothing=NONE, limit=max(about.slots, 1))
            self.__dict__["birth_ranks"] = as_array(ranks)
        if len(table) != about.slots or len(self.keys) != about.keys:
            raise table.damaged()

    def _column(self, column: LazyColumn) -> Ints:
        """A column as it lies in the folder where slots are very many, else all of it."""
        return as_array(column) if self.very_many else column.loaded()

    def born_by(self, position: int) -> Ints:
        """See `FieldHistory.born_by`; of very many none is read."""
        count = int(np.searchsorted(self._came, position, "right"))
        born: Any = self.born
        return as_array(born.first(count)) if self.very_many else self.born[:count]

    def birth_rank(self, slot: int) -> int:
        """As of `FieldHistory`, without reading where the slot's first change stands."""
        return int(self.birth_ranks[slot])

    # -- values, which are decoded where they are looked at ---------------------------------------------------

    @property
    def values(self) -> Sums | tuple[Ints, Sequence[object]] | None:
        """As of `FieldHistory`."""
        if self._made is None and self.about.kind == "sums":
            units = as_array(ValueColumn(self._by_entity, "units", np.int64, self._known, self.value_of))
            decimals = as_array(
                ValueColumn(self._by_entity, "decimals", np.uint8, self._known, self.value_of)
            )
            self._made = Sums(units, self.about.scale, decimals, self._wide())
        elif self._made is None and self.about.kind == "codes":
            codes = ValueColumn(
                self._by_entity, "code", np.int32, self._known, self.value_of, max(self.about.values, 1)
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
        head = self.in_force(position).head
        return head if self.very_many else head.copy()

    @cached_property
    def one_each(self) -> bool:
        """As of `FieldHistory`; where the manifest tells it, nothing is read."""
        return self._alone or bool(super().one_each)

    def told_in_force(self, position: int, name: str) -> Ints | None:
        """See `FieldHistory.told_in_force`."""
        if not self.very_many or name not in _OF_KINDS[self.about.kind] or self.about.wide:
            return None
        return self.all_slots.values(position, name, _KINDS[name])

    def in_force(self, position: int) -> InForce | ForceOfMany:
        """All slots at a position; the last ones are kept."""
        for known in self._known:
            if known.position == position:
                return known
        found: InForce | ForceOfMany
        if self.very_many:
            found = ForceOfMany(position, self.all_slots, _KINDS)
        else:
            found = InForce(position, self.stretch(self._frame_of(position)), self.values_in)
        self._known.append(found)
        return found

    def _frame_of(self, position: int) -> int:
        """The last keyframe at or before a position; -1 before the first."""
        asked, found = self._here
        if asked != position:
            found = int(self._stops.searchsorted(position, "right")) - 1
            self._here = position, found
        return found

    def stretch(self, at: int) -> FieldStretch:
        """What happened behind a keyframe, up to the next one."""

        def make() -> tuple[FieldStretch, int]:
            about = self.about
            events = self._tables.manifest.events
            limits: dict[str, int | None] = {"position": events + 1, "slot": about.slots}
            found = self._rows_behind(at, limits, {"position": narrow(events), "slot": np.int32})
            frame = np.zeros(0, np.int64), np.zeros(0, np.int64)
            if at >= 0:
                own = self._frames.together({"slot": about.slots, "change": about.changes}, at, keep=False)
                frame = own["slot"], own["change"]
            try:
                made = FieldStretch(at, frame, found["position"], found["slot"], np.asarray(self.offsets))
            except ValueError as error:
                raise self._tables.groups.place.damaged(self._happened.name, error) from error
            return made, made.nbytes

        stretch: FieldStretch = self._tables.groups.get((self._happened.name, "stretch", at), make)
        return stretch

    def values_in(self, at: int, name: str) -> Ints:
        """A column of the values of a stretch, as of `FieldStretch.values`."""

        def make() -> tuple[Ints, int]:
            limit = {name: self.about.values if self.about.kind == "codes" else None}
            happened = self._rows_behind(at, limit, {name: _KINDS[name]})[name]
            frame = known = np.zeros(0, np.int64)
            if at >= 0:
                own = self._frames.together({"slot": self.about.slots, **limit}, at, keep=False)
                frame, known = own[name], own["slot"]
            found = self.stretch(at).values(frame, known, happened)
            return found, found.nbytes

        column: Ints = self._tables.groups.get((self._happened.name, "values", at, name), make)
        return column

    def kept(self, name: tuple[object, ...], make: Callable[[], tuple[Any, int]]) -> Any:  # noqa: ANN401
        """What is made of this field's columns and kept beside them; `make` gives it and its bytes."""
        return self._tables.groups.get((self._happened.name, *name), make)

    def room(self, size: int) -> AbstractContextManager[None]:
        """See `History.room`."""
        return self._tables.groups.room(size)

    def place_in_stretch(self, position: int) -> tuple[int, int]:
        """In which stretch a position lies, and how many changes had been made of it by then."""
        at = self._frame_of(position)
        return at, int(self.stretch(at).moments.searchsorted(position, "right"))

    def totals_told_at(self, position: int) -> list[tuple[int | None, int, int]] | None:
        """The sums of all slots by key, where a segment ends at a position: key, units and decimals of each."""
        groups, table = self._happened.groups, self._totals
        ends = [group.ranges.get("position", (0, 0))[1] for group in groups]
        segment = int(np.searchsorted(np.array(ends, np.int64), position, "right")) - 1
        last = segment + 1 == len(groups)
        if (
            segment < 0
            or not len(table)
            or (not last and groups[segment + 1].ranges["position"][0] <= position)
        ):
            return None
        found = [
            (row["key"], int(row["units"] if row["units"] is not None else told), row["decimals"])
            for row in table.rows("segment", segment, ("key", "units", "decimals", "wide", "digits"))
            for told in [row["wide"] if row["digits"] is None else row["digits"]]
        ]
        return found or None

    def _rows_behind(self, at: int, columns: dict[str, int | None], kinds: dict[str, Any]) -> dict[str, Ints]:
        """Columns of the changes behind a keyframe, up to the next one, in the order in which they happened."""
        frames, table = self.about.keyframes, self._happened
        begin = frames[at][0] if at >= 0 else 0
        end = frames[at + 1][0] if at + 1 < len(frames) else self.about.changes
        found: dict[str, list[Ints]] = {name: [np.zeros(0, kinds[name])] for name in columns}
        first = int(np.searchsorted(table.starts, begin, "right")) - 1
        for group in range(first, len(table.groups)):
            start = int(table.starts[group])
            if start >= end:
                break
            read = table.together(columns, group, keep=False)
            for name, column in read.items():
                own = column[max(begin - start, 0) : end - start]
                found[name].append(own.astype(kinds[name], copy=False))
        return {name: np.concatenate(parts) for name, parts in found.items()}

    def change_at(self, slot: int, position: int) -> int:
        """See `FieldHistory.change_at`: it is looked up in its stretch, or among all changes of its slot."""
        if self.very_many:
            own = self._own_changes(slot)
            change = own.change_at(position)
            if change != NONE:
                self._own_of[change] = own
            return change
        at = self._frame_of(position)
        stretch = self._tables.groups.at_hand((self._happened.name, "stretch", at)) or self.stretch(at)
        change, place = stretch.change_at(slot, position)
        if len(self._seen) >= _MOST_SEEN:
            self._seen.clear()
        self._seen[change] = at, place
        return int(change)

    def _nth(self, change: int) -> int:
        """As of `FieldHistory`."""
        own = self._own_of.get(change)
        return super()._nth(change) if own is None else change - own.begin + 1

    def value_of(self, name: str, change: int) -> Any:  # noqa: ANN401 - a number
        """What a change set in a column, if that is known without reading more; else None."""
        if self.very_many:
            own = self._own_of.get(change)
            return None if own is None else own.value(name, change)
        seen = self._seen.get(change)
        return None if seen is None else self.values_in(seen[0], name)[seen[1]]

    def missing(self, entities: Ints) -> Ints:
        """The slots of some entities whose changes must still be read; only where slots are very many."""
        if not self.very_many:
            return np.zeros(0, np.int64)
        slots = (
            entities.tolist()
            if self._alone
            else [at for each in entities.tolist() for at in self.slots_of(each)]
        )
        return np.array([slot for slot in slots if slot not in self._own], np.int64)

    def read(self, missing: Ints) -> None:
        """Read all changes of some slots, of which none is known: the row groups in which they stand together."""
        self._make_room()
        names, table = _OF_KINDS[self.about.kind], self._by_entity
        of = np.searchsorted(self._greatest, missing)
        inside = of < len(table.groups)
        limits = {name: self._limits[name] for name in (*names, "slot", "position")}
        for group, read in table.several(limits, np.unique(of[inside]).tolist()):
            start, in_order = int(table.starts[group]), read["slot"]
            for slot in missing[of == group].tolist():
                begin, end = (int(at) for at in np.searchsorted(in_order, (slot, slot + 1)))
                if end == len(in_order) and group + 1 < len(table.groups):
                    continue  # it may go on in the next one
                values = {name: read[name][begin:end].copy() for name in names}
                positions = read["position"][begin:end].copy()
                self._own[slot] = OwnChanges(start + begin, positions, self._by_entity_column, values)
        for slot in missing.tolist():  # without any, or in several row groups
            with contextlib.suppress(NeedsMemory):
                self._own_changes(slot)

    @cached_property
    def _greatest(self) -> Ints:
        """The greatest slot of each row group by entity."""
        ends = [group.ranges.get("slot", (0, 0))[1] for group in self._by_entity.groups]
        return np.array(ends, np.int64)

    @cached_property
    def _limits(self) -> dict[str, int | None]:
        about, events = self.about, self._tables.manifest.events
        return {
            "slot": max(about.slots, 1), "position": events + 1, "code": max(about.values, 1),
            "units": None, "decimals": None,
        }  # fmt: skip

    def _own_changes(self, slot: int) -> OwnChanges:
        own = self._own.get(slot)
        if own is None:
            self._make_room()
            begin, end = self.offsets[slot : slot + 2].tolist()
            own = OwnChanges(begin, self.positions[begin:end].copy(), self._by_entity_column)
            self._own[slot] = own
        return own

    def forget(self) -> None:
        """Forget what is known of single slots and positions."""
        self._own, self._own_of = {}, {}
        self._known.clear()
        self._seen.clear()

    def _make_room(self) -> None:
        if len(self._own) >= _MOST_SEEN or len(self._own_of) >= 16 * _MOST_SEEN:
            self._own, self._own_of = {}, {}

    def _by_entity_column(self, name: str) -> LazyColumn:
        limit = max(self.about.values, 1) if name == "code" else None
        return LazyColumn(self._by_entity, name, _KINDS[name], limit=limit)

    def make_keyframes(self) -> None:
        """They are in the folder."""

    def slot_column(self) -> Ints:
        """See `FieldHistory.slot_column`; it is made where somebody needs it."""
        found: Ints = np.repeat(np.arange(len(self.offsets) - 1, dtype=np.int32), np.diff(self.offsets))
        return found
