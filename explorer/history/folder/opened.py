"""How does a history folder become a history that answers as one in memory does, reading what somebody looks at?"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, NoReturn

import numpy as np
import numpy.typing as npt

from explorer.eventlog.errors import LogError, OutOfReach
from explorer.eventlog.event import Event
from explorer.eventlog.names import Names
from explorer.eventlog.text_names import TextNames
from explorer.eventlog.timestamps import outside
from explorer.history.array_like import as_array
from explorer.history.build import Operands
from explorer.history.collect import VERSION, Collected
from explorer.history.density import Gap, TypeCounts, long_gaps
from explorer.history.events import NEVER, NO_TIME, Events, Int64s
from explorer.history.field_history import FieldHistory
from explorer.history.folder import manifest as manifests
from explorer.history.folder.folder_log import FolderLog, NotAtHand
from explorer.history.folder.folder_names import names_of
from explorer.history.folder.folder_state import StateInFolder
from explorer.history.folder.layout import ENTITIES, EVENTS, KIND_NAMES, KINDS, NAMED, STATE_ENTITIES, TYPES
from explorer.history.folder.lazy_columns import LazyColumn
from explorer.history.folder.lazy_places import LazyPlaces, Test
from explorer.history.folder.lines import FolderLine, FolderTables
from explorer.history.folder.manifest import Manifest
from explorer.history.folder.parts import FolderPart
from explorer.history.folder.place import FolderPlace, LocalPlace
from explorer.history.folder.row_groups import MOST_BYTES, RowGroups
from explorer.history.folder.sketched_timeline import SketchedClock, SketchedCounts
from explorer.history.folder.totals_of_stretches import TotalsOfStretches
from explorer.history.history import History, Order
from explorer.history.kinds import UNKNOWN, EntityKinds, know_kinds
from explorer.history.sequences import Sequences
from explorer.projection.choose import choose
from explorer.projection.members import Members
from explorer.projection.model import AUTO, Field, Recipe

type Ints = npt.NDArray[Any]

_SPREAD_GROUPS = 4  # row groups in which one looks for what is all over the log
_NO_FIELDS = VERSION, Field("(events)", "count")  # here, and in folders that were made before
_BRANCH_BYTES = 64  # of memory that a branch takes for each event of the log
_NARROW = ((1 << 8, np.uint8), (1 << 16, np.uint16))


def open_folder(place: FolderPlace, most_bytes: int = MOST_BYTES, asked: Recipe = AUTO) -> "FolderCollected":
    """Open a history folder; little more than its manifest and names is read.

    Args:
        place: Where it stands.
        most_bytes: How much memory decoded row groups may take.
        asked: The read model that is wanted.

    Raises:
        LogError: It is none, damaged, not whole, or of a newer make; `str()` is the sentence for the person.
    """
    manifest = manifests.loads(place.manifest(), place.name)
    for table, parts in manifest.tables.items():
        for part in parts:
            _check(place, table, part)
    if asked not in {AUTO, manifest.model} and (asked.name, asked.text) != (manifest.model.name, ""):
        raise LogError(
            place.name,
            f"this history folder was made for the read model {manifest.projection}: "
            "for another one open the log itself",
        )
    return FolderCollected(manifest, RowGroups(place, most_bytes))


def _check(place: FolderPlace, table: str, part: FolderPart) -> None:
    """The names of files stand in the manifest, and must not lead out of the folder."""
    inside = part.file.startswith(f"{table}/") and ".." not in part.file and "\\" not in part.file
    if not inside or part.file.startswith("/") or ":" in part.file or any(g.rows < 0 for g in part.groups):
        raise place.damaged("manifest.json", ValueError())


class FolderEvents(Events):
    """The columns of the events in a history folder.

    Attributes:
        groups: Its decoded row groups.
    """

    def __init__(self, log: FolderLog, manifest: Manifest, groups: RowGroups) -> None:
        tables = FolderTables(groups, manifest, "log")
        table = tables.table(EVENTS)
        if len(table) != manifest.events:
            raise groups.place.damaged("manifest.json", ValueError())
        self.groups, self._about, self._table = groups, manifest.about, table
        types = TextNames(tables.table(TYPES, ordered=False).names())
        entities = names_of(tables, ENTITIES)
        narrow: Any = next((kind for most, kind in _NARROW if len(types) < most), np.int32)
        bases = np.cumsum([0, *(part.bytes for part in manifest.log.parts)])
        offsets = LazyColumn(table, "offset") if len(bases) <= 2 else _Placed(table, bases)
        columns = {
            "offsets": offsets,
            "lengths": LazyColumn(table, "length"),
            "at_ns": LazyColumn(table, "at_ns", nothing=NO_TIME),
            "types": LazyColumn(table, "type", narrow, limit=max(len(types), 1)),
            "entities": LazyColumn(table, "entity", np.int32, nothing=-1, limit=max(len(entities), 1)),
            "line_rows": np.zeros(1, np.int64),
            "line_steps": np.ones(1, np.int64),
        }
        super().__init__(
            log, columns, (types, entities), manifest.unread, manifest.notices  # type: ignore[arg-type]
        )  # fmt: skip
        self._lines = LazyColumn(table, "line")
        self._clock = LazyColumn(table, "clock_ns", nothing=NO_TIME)
        self._by_number = FolderTables(groups, manifest, "sequence").table(EVENTS)

    def spread(self, most: int) -> Int64s:
        """See `Events.spread`: from a few row groups, of which each must be decoded."""
        starts = self._table.starts
        if len(starts) - 1 <= _SPREAD_GROUPS:
            return super().spread(most)
        groups = np.linspace(0, len(starts) - 2, _SPREAD_GROUPS).astype(np.int64)
        own = [np.linspace(starts[at] + 1, starts[at + 1], most // _SPREAD_GROUPS) for at in groups]
        return np.unique(np.concatenate(own).astype(np.int64))

    def need_bytes(self) -> None:
        """See `Events.need_bytes`."""
        assert isinstance(self.log, FolderLog)
        self.log.at_hand  # noqa: B018 - says so if it is not there

    def event(self, position: int) -> Event:
        """See `Events.event`; where the log is not at hand, what is known of it, and that in place of its payload."""
        try:
            return super().event(position)
        except NotAtHand as error:
            return self.known(position, error.reason)

    def some(self, positions: Int64s) -> Iterator[Event]:
        """See `Events.some`; likewise."""
        try:
            yield from super().some(positions)
        except NotAtHand as error:
            yield from (self.known(int(position), error.reason) for position in positions)

    def time_texts(self, positions: Int64s) -> Iterator[str]:
        """See `Events.time_texts`; likewise."""
        try:
            yield from super().time_texts(positions)
        except NotAtHand as error:
            yield from (self.known(int(position), error.reason).at or "" for position in positions)

    def line(self, position: int) -> int:
        """See `Events.line`."""
        return int(self._lines[position - 1])

    @cached_property
    def deletions(self) -> Int64s:
        """See `Events.deletions`."""
        return np.array(self._about.deletions, np.int64)

    @cached_property
    def out_of_order(self) -> Int64s:
        """See `Events.out_of_order`."""

        def late(at: int) -> Ints:
            read = self._table.together({"at_ns": None, "clock_ns": None}, at, NO_TIME, keep=False)
            return np.flatnonzero((read["at_ns"] != NO_TIME) & (read["at_ns"] < read["clock_ns"]))

        return self._positions("late", self._about.out_of_order, late)

    def _positions(self, name: str, count: int, test: Test, **known: Sequence[int]) -> Int64s:
        """The positions at which something is so; of many row groups none is read before it must be."""
        found = LazyPlaces(self._table, name, count, test, **known)
        return as_array(found) if len(self._table.groups) > _SPREAD_GROUPS else found.whole()

    def _nulls(self, name: str) -> list[int]:
        return [group.nulls.get(name, 0) for group in self._table.groups]

    def latest_before(self, position: int) -> int:
        """See `Events.latest_before`: it is where the clock came to stand as it stood then."""
        return int(np.searchsorted(self._clock, self._clock[position - 2])) + 1

    @property
    def newest_first(self) -> bool:
        """See `Events.newest_first`."""
        return self._about.newest_first

    @property
    def out_of_sequence(self) -> bool:
        """See `Events.out_of_sequence`."""
        return self._about.out_of_sequence

    @cached_property
    def sequences(self) -> Sequences:
        """See `Events.sequences`; where the folder has that order, the numbers are the places in it."""
        table = self._by_number
        if not len(table):
            return Sequences.of([None] * len(self))
        known = np.ones(len(self), np.bool_)
        known[np.array(self._about.unnumbered, np.int64) - 1] = False
        return Sequences(LazyColumn(table, "this_position").whole(), known)

    @cached_property
    def untimed(self) -> Int64s:
        """See `Events.untimed`."""

        def test(at: int) -> Ints:
            return np.flatnonzero(self._table.ints("at_ns", at, NO_TIME, keep=False) == NO_TIME)

        return self._positions("untimed", self._about.untimed, test, counts=self._nulls("at_ns"))

    @cached_property
    def beyond(self) -> Int64s:
        """See `Events.beyond`."""
        ends = (group.ranges.get("at_ns") for group in self._table.groups)
        some = [at for at, own in enumerate(ends) if own and outside(np.array(own, np.int64)).any()]

        def test(at: int) -> Ints:
            return np.flatnonzero(outside(self._table.ints("at_ns", at, NO_TIME, keep=False)))

        return self._positions("beyond", self._about.outside, test, some=some)

    @cached_property
    def nobodys(self) -> Int64s:
        """See `Events.nobodys`."""

        def test(at: int) -> Ints:
            return np.flatnonzero(self._table.ints("entity", at, -1, keep=False) == -1)

        return self._positions("nobody's", self._about.nobodys, test, counts=self._nulls("entity"))


class _Placed(LazyColumn):
    """Where events begin in all parts of a log, one behind the other."""

    def __init__(self, table: Any, bases: Int64s) -> None:  # noqa: ANN401 - a table
        super().__init__(table, "offset")
        self._bases = bases

    def group(self, at: int, *, keep: bool = True) -> Int64s:
        """See `LazyColumn.group`."""
        parts = self._table.ints("part", at, limit=len(self._bases), keep=keep)
        found: Int64s = self._table.ints("offset", at, keep=keep) + self._bases[parts]
        return found


class FolderHistory(History):
    """A history in a folder, in one order of time."""

    totals_by = TotalsOfStretches
    state_of = StateInFolder
    keeps_operands = False

    def __init__(self, events: FolderEvents, entities: Names[str], tables: FolderTables) -> None:
        manifest, order = tables.manifest, tables.order
        about = manifest.orders[order]
        lines = [
            FolderLine(tables, number, each, touches=number == about.touches)
            for number, each in enumerate(about.fields)
        ]
        if not 0 <= about.touches < len(lines):
            raise events.groups.place.damaged("manifest.json", ValueError())
        own = [line for line in lines if line.field not in _NO_FIELDS]
        self.events = events
        self.operands = _NoOperands(events.log.name)
        self.fields = tuple(line.field for line in own)
        self.entities = entities
        self.field_histories: dict[str, FieldHistory] = {line.field.name: line for line in own}
        self.touches: FolderLine = lines[about.touches]
        self.problems, self.unlisted = about.problems, about.unlisted
        self.order: Order = order  # type: ignore[assignment]
        self._rows = self._ranks = None
        self._totals_begun = {}
        table = tables.table(EVENTS)
        if len(table) != manifest.events:
            raise events.groups.place.damaged("manifest.json", ValueError())
        if order != "log":
            most = manifest.events + 1
            self._rows = as_array(LazyColumn(table, "log_position", limit=most, plus=-1))
            self._ranks = as_array(LazyColumn(table, "this_position", limit=most, plus=-1))
        clock = LazyColumn(table, "clock_ns", nothing=NO_TIME)
        self.clock, self._tables = as_array(clock), tables
        self._sketched = SketchedClock(clock, tables)
        self.__dict__["reached"] = as_array(LazyColumn(table, "reached_ns", nothing=NEVER))
        self.__dict__["timed"] = manifest.events - manifest.about.untimed
        self._named = tables.table(NAMED, ordered=False)

    @property
    def at_hand(self) -> bool:
        """See `History.at_hand`: of very many entities it is read again for each position."""
        return not self.touches.very_many

    def called(self, order: Order) -> "FolderHistory":
        """See `History.called`."""
        found = FolderHistory.__new__(FolderHistory)
        found.__dict__.update(self.__dict__)
        found.order = order
        return found

    def make_keyframes(self) -> None:
        """They are in the folder."""

    def rows_before(self, instants: Int64s, side: Literal["left", "right"] = "left") -> Int64s:
        """See `History.rows_before`."""
        return self._sketched.rows_before(instants, side)

    def clock_at(self, rows: Int64s) -> Int64s:
        """See `History.clock_at`."""
        return self._sketched.at(rows)

    def counts_by_type(self) -> TypeCounts:
        """How many events of each type lie before any row; by the density that the folder tells of its own order."""
        of_log = self.order == "log" or self._rows is None
        return SketchedCounts(self, self._tables) if of_log and len(self) else TypeCounts(self)

    def long_gaps(self) -> list[Gap]:
        """The long gaps, for which all times are read once, some at a time; far away nobody looks for any."""
        if self._tables.groups.place.far:
            return []
        return long_gaps(self.clock, first=int(np.searchsorted(self.clock, NO_TIME + 1)))

    def hold(self, size: int) -> Callable[[], None]:
        """See `History.hold`."""
        return self._tables.groups.hold(size)

    def room(self, size: int) -> AbstractContextManager[None]:
        """See `History.room`."""
        return self._tables.groups.room(size)

    def refuse_branches(self) -> None:
        """See `History.refuse_branches`: the events themselves are read, of the entities that a branch touches.

        Raises:
            NotAtHand: The log is not there.
            NeedsMemory: A branch lines up all events, and that takes more memory than there may be.
        """
        self._tables.groups.refuse(len(self) * _BRANCH_BYTES)
        self.events.need_bytes()

    def _naming(self, named: int) -> Int64s:
        """The folder has those apart that do nothing to the entity that they name; the others are in `touches`."""
        table = self._named
        if not len(table):
            return np.zeros(0, np.int64)
        entity = LazyColumn(table, "entity")
        low, high = (int(each) for each in entity.searchsorted(np.array([named, named + 1])))
        found: Int64s = LazyColumn(table, "position")[low:high] - 1
        return found


class _NoOperands(dict[str, Operands]):
    """A folder has what came of operands, and not the operands themselves: whoever asks for them is told."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name

    def __missing__(self, field: str) -> NoReturn:
        raise OutOfReach(
            self._name,
            "a history folder holds what became of its log, not what each event would do: open the log itself for that",
        )

    def get(self, field: str, default: object = None) -> NoReturn:  # noqa: ARG002
        self.__missing__(field)

    def __iter__(self) -> NoReturn:
        self.__missing__("")

    items = values = keys = __iter__


class FolderCollected(Collected):
    """All that a history folder tells.

    Attributes:
        manifest: What it says of itself.
        groups: Its decoded row groups.
    """

    in_folder = True

    def __init__(self, manifest: Manifest, groups: RowGroups) -> None:
        place = groups.place
        if "log" not in manifest.orders:
            raise place.damaged("manifest.json", ValueError())
        beside = Path(place.text).absolute().parent if isinstance(place, LocalPlace) else None
        log = FolderLog(manifest.log, groups, manifest.seal, beside)
        events = FolderEvents(log, manifest, groups)
        names: Names[str] = events.entity_names
        if not manifest.same_entities:
            names = names_of(FolderTables(groups, manifest, "log"), STATE_ENTITIES)
        if len(names) != manifest.entities:
            raise place.damaged("manifest.json", ValueError())
        try:
            model = choose(manifest.model, [], log.fields)
        except ValueError as error:
            raise LogError(place.name, f"its read model cannot be one: {error}") from error
        fields = _fields(manifest)
        model.learn([field.name for field in fields if field not in model.fields])
        super().__init__(
            model, events, _NoOperands(place.name), manifest.orders["log"].problems, Counter(manifest.unknown), names,
            lines=manifest.log.lines,
        )  # fmt: skip
        self.fields = fields
        self.manifest, self.groups = manifest, groups
        self.members = Members(manifest.members)
        self.schemas = manifest.schemas
        self.unlisted = manifest.orders["log"].unlisted
        self._histories: dict[Order, FolderHistory] = {}
        know_kinds(events, self._kinds())

    def forget(self) -> list[Any]:
        """Keep nothing of what was decoded; what is looked at again is decoded again. Returns as of `RowGroups`."""
        gone = self.groups.forget()
        for history in self._histories.values():
            for line in {
                id(each): each for each in (*history.field_histories.values(), history.touches)
            }.values():
                assert isinstance(line, FolderLine)
                line.forget()
        return gone

    def _kinds(self) -> EntityKinds | None:
        tables = FolderTables(self.groups, self.manifest, "log")
        names = tables.table(KIND_NAMES).names()
        if not names:
            return None
        of = LazyColumn(tables.table(KINDS), "kind", np.int64, nothing=UNKNOWN, limit=len(names)).whole()
        return EntityKinds(names, of, self.manifest.mixed_kinds)

    @property
    def moved(self) -> Int64s:
        """See `Collected.moved`."""
        return self.history("log").touches.moments

    def can_be(self, order: Order) -> bool:
        """See `Collected.can_be`."""
        about = self.manifest.about
        same = order == "time" and about.ascending and not about.newest_first
        return same or order in self.manifest.orders

    def history(self, order: Order = "log") -> History:
        """See `Collected.history`.

        Raises:
            LogError: The folder does not have it in that order.
        """
        if order not in self._histories:
            tables = FolderTables(self.groups, self.manifest, order)
            if order not in self.manifest.orders and self.can_be(order):
                found = self.history("log").called(order)
                assert isinstance(found, FolderHistory)
            elif order in self.manifest.orders:
                events = self.events
                assert isinstance(events, FolderEvents)
                found = FolderHistory(events, self.entities, tables)
            else:
                raise LogError(
                    self.groups.place.name,
                    f"the folder does not have the history in this order ({order}): open the log itself for that",
                )
            self._histories[order] = found
        return self._histories[order]


def _fields(manifest: Manifest) -> tuple[Field, ...]:
    return tuple(each.field for each in manifest.orders["log"].fields if each.field not in _NO_FIELDS)
