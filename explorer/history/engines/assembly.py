"""How does a log whose rows lie on the disk become a history folder?"""

import os
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol, Self

import msgspec
import numpy as np
import numpy.typing as npt

from explorer.eventlog.errors import LogError
from explorer.eventlog.log import EventLog
from explorer.history.column_files import trim
from explorer.history.engines.event_tables import EventsInFolder, EventsTold
from explorer.history.engines.folder_rows import EventTable, nullable
from explorer.history.engines.other_orders import OtherOrders
from explorer.history.engines.told_kinds import kinds_in
from explorer.history.engines.whole_log import WholeLog
from explorer.history.events import NO_TIME
from explorer.history.folder.from_history import log_about, own_version
from explorer.history.folder.layout import (
    ENTITIES,
    EVENTS,
    GROUP_ROWS,
    KIND_NAMES,
    KINDS,
    NAMED,
    TYPES,
    WIDE_DIGITS,
    field_table,
    in_order,
)
from explorer.history.folder.manifest import (
    EventsAbout,
    FieldAbout,
    LogAbout,
    Manifest,
    OrderAbout,
    ValueKind,
    hash_of,
)
from explorer.history.folder.parts import FolderPart
from explorer.history.folder.writer import FieldWriter, FolderWriter
from explorer.history.history import Order
from explorer.history.kinds import UNKNOWN
from explorer.history.ordering import narrow
from explorer.history.revisions import RevisionEntries
from explorer.projection.model import Field

type Ints = npt.NDArray[Any]
type Columns = dict[str, Any]

MOST_DECIMALS = 255
MOST_THREADS = 4
_AT_ONCE = 1 << 20  # slots that are told together


type Told = Callable[[str, int, int], None]  # what is done, how far it has come, and how far it is


def nobody(_what: str, _done: int, _total: int) -> None:
    """Nobody wants to know."""


class FieldChanges(Protocol):
    """All changes of one field.

    Attributes:
        slots, changes: How many.
    """

    slots: int
    changes: int

    def of_slots(self, name: str) -> Ints:
        """(s,) of each slot its `entity`, its `key` (-1: none) or its `count` of changes."""

    def sorted(self) -> Iterator[Columns]:
        """By slot, then by position: `slot`, `position`, and the values as of `plain_values`."""

    def moved(self, count: int) -> Iterator[Columns]:
        """As they happened: `slot`, `position`, `change`, and the values."""


class TablesElsewhere(Protocol):
    """Tables that somebody else has written, see `field_tables.TablesMade`."""

    @property
    def folder(self) -> str: ...
    @property
    def tables(self) -> Mapping[str, Sequence[FolderPart]]: ...


class MadeElsewhere(TablesElsewhere, Protocol):
    """Those of a field, see `field_tables.FieldMade`."""

    @property
    def about(self) -> FieldAbout: ...
    @property
    def births(self) -> Ints: ...


class Assembly:
    """Writes one folder."""

    _events: EventsTold

    def __init__(
        self, whole: WholeLog, target: Path, *, replace: bool, group_rows: int = GROUP_ROWS,
        threads: int = MOST_THREADS,
    ) -> None:  # fmt: skip
        """Begin; arguments as of `FolderWriter`. At most so many threads write."""
        self._threads = threads
        self._whole = whole
        self._writer = FolderWriter(target, replace=replace, group_rows=group_rows)
        self._orders: dict[str, OrderAbout] = {}
        self._births: Ints = np.zeros(0, np.int64)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._writer.abandon()

    def tables(
        self, rows: EventTable, every: Iterable[tuple[Field, FieldChanges]], told: Told = nobody
    ) -> None:
        """All events, how dense they are, and all fields; several tables at the same time."""
        events = EventsInFolder(self._writer, rows)
        fields = self._fields("log", self._whole, events.write, every, told)
        self._events = events.told
        self._births = fields[self._whole.touches].births.ranks

    def other_order(
        self, order: Order, whole: WholeLog, rows: Callable[[], Iterable[Columns]],
        every: Iterable[tuple[Field, FieldChanges]], told: Told = nobody,
    ) -> None:  # fmt: skip
        """The same in another order of time.

        Args:
            order: Which.
            whole: The log in that order.
            rows: All its events, as `layout` has them.
            every: The changes of all fields.
            told: Who is told how far it has come.
        """

        def events() -> Iterator[int]:
            table = in_order(order, EVENTS)
            with self._writer.part(table) as part:
                for batch in rows():
                    part.add({**batch, "clock_ns": nullable(batch["clock_ns"], NO_TIME)})
                    yield len(batch["position"])
                self._writer.add(table, part.finish())

        self._fields(order, whole, events, every, told)

    def _fields(
        self, order: Order, whole: WholeLog, events: Callable[[], Iterator[int]],
        every: Iterable[tuple[Field, FieldChanges]], told: Told,
    ) -> list["FieldInFolder"]:  # fmt: skip
        """Write all fields of an order, and its events."""
        fields = list(every)
        tables = [
            FieldInFolder(whole, self._writer, number, *each, order) for number, each in enumerate(fields)
        ]
        tasks = [events, *(task for each in tables for task in (each.moved, each.sorted))]
        total = whole.count + sum(2 * own.changes for _, own in fields)
        beside(tasks, total, told, self._threads)
        self._told(order, whole, [each.about for each in tables])
        return tables

    def tables_of_others(
        self, fields: Sequence[MadeElsewhere], others: Sequence[TablesElsewhere], events: EventsTold
    ) -> None:
        """Tables that others have written: of all fields, and others.

        Args:
            fields: Those of fields.
            others: Others; those of names may be among them.
            events: What is known of the events.
        """
        self._births = fields[self._whole.touches].births
        for each in (*fields, *others):
            self._writer.take(Path(each.folder), each.tables)
        self._told("log", self._whole, [each.about for each in fields])
        self._events = events

    def _told(self, order: Order, whole: WholeLog, fields: Sequence[FieldAbout]) -> None:
        """What the manifest says of an order."""
        problems = self._whole.gathered.problems
        self._orders[order] = OrderAbout(
            fields=tuple(fields), touches=whole.touches,
            problems=tuple(problems.listed), unlisted=dict(problems.unlisted),
        )  # fmt: skip

    def named(self, batches: Iterable[tuple[Ints, Ints]]) -> None:
        """What is named alone: entities and positions."""
        self._writer.write(
            NAMED, ({"entity": entities, "position": positions} for entities, positions in batches)
        )

    def finish(self, parts: Sequence[EventLog], others: OtherOrders | None = None) -> Path:
        """Put the folder in its place; returns where it is.

        Args:
            parts: The parts of the log, open.
            others: What is known of its other orders of time; None: nobody has looked.
        """
        whole, writer, events = self._whole, self._writer, self._events
        if ENTITIES not in writer.tables:
            writer.write_entities(ENTITIES, whole.entities.texts())
        writer.write_names(TYPES, whole.types.texts())
        kinds = kinds_in(whole, parts, self._births)
        if kinds is not None:
            writer.write_names(KIND_NAMES, kinds.names)
            entities = np.arange(len(kinds.of))
            writer.write(KINDS, [{"entity": entities, "kind": nullable(kinds.of, UNKNOWN)}])
        gathered, recipe = whole.gathered, whole.model.recipe
        log = parts_about(parts, gathered.lines)
        about = EventsAbout(
            untimed=events.untimed,
            outside=events.outside,
            out_of_order=0 if parts[0].by_time else events.out_of_order,
            nobodys=events.nobodys,
            ascending=events.ascending,
            newest_first=others.newest_first if others else events.falls and not parts[0].by_time,
            out_of_sequence=others is not None and others.out_of_sequence,
            unnumbered=others.unnumbered if others and "sequence" in self._orders else (),
            deletions=tuple(whole.deletions.tolist()),
            type_counts=events.type_counts,
        )
        return writer.finish(
            Manifest(
                events=whole.count,
                entities=len(whole.entities),
                mixed_kinds=() if kinds is None else tuple(kinds.mixed),
                group_rows=writer.group_rows,
                log=log,
                model=recipe,
                model_hash=hash_of(recipe),
                projection=whole.model.name,
                about=about,
                orders=dict(self._orders),
                unread=tuple(gathered.unread),
                notices=tuple(gathered.notices),
                unknown=dict(gathered.unknown),
                members=gathered.members.paths(),
                schemas=dict(gathered.schemas),
                program=own_version(),
            )
        )


def parts_about(parts: Sequence[EventLog], lines: int) -> LogAbout:
    """What the manifest says of a log of several parts. Reads them once more, for a sum of their bytes."""
    each = [log_about(part, lines) for part in parts]
    return msgspec.structs.replace(each[0], parts=tuple(part for about in each for part in about.parts))


def told_values(field: str, batch: Columns, kind: ValueKind) -> tuple[Columns, int]:
    """The values of a batch as the folder has them; and how many are no int64."""
    if kind == "counts":
        return {}, 0
    if kind == "codes":
        return {"code": np.asarray(batch["code"])}, 0
    units, decimals = np.asarray(batch["units"]), np.asarray(batch["decimals"])
    texts = batch.get("wide")
    if texts is None:
        return {"units": units, "decimals": decimals, "wide": None, "digits": None}, 0
    nothing: list[Any] = [None] * len(units)
    told, decimals = units.astype(object), decimals.copy()
    wide, digits = np.array(nothing, object), np.array(nothing, object)
    count = 0
    for at, text in enumerate(texts.to_pylist() if hasattr(texts, "to_pylist") else texts):
        if text is None:
            continue
        count += 1
        own, scale = map(int, text.split())
        if scale > MOST_DECIMALS:
            raise LogError(field, f"a number has {scale:,} decimals, and a folder holds {MOST_DECIMALS}")
        told[at], decimals[at] = None, scale
        if abs(own) < 10**WIDE_DIGITS:
            wide[at] = own
        else:
            digits[at] = str(own)
    return {"units": told, "decimals": decimals, "wide": wide, "digits": digits}, count


class FieldInFolder:
    """The tables of one field, which are written by two tasks; what they need in memory is there from the first on.

    Attributes:
        births: Which slot came to be when, once its changes were written as they happened.
        about: What the manifest says of them, once both are done.
    """

    about: FieldAbout
    births: "_Births"

    def __init__(
        self, whole: WholeLog, writer: FolderWriter, number: int, field: Field, rows: FieldChanges,
        order: Order = "log",
    ) -> None:  # fmt: skip
        self._whole, self._writer, self._number, self._field, self._rows = whole, writer, number, field, rows
        self._order = order
        self._kind: ValueKind = "sums" if field.adds else "counts" if field.fold == "count" else "codes"
        self._scale = whole.scales.get(field.name, 0)
        self._wide = 0
        self._lock = threading.Lock()
        self._waits_for = 2  # tasks

    @cached_property
    def _tables(self) -> FieldWriter:
        return FieldWriter(
            self._writer, self._order, self._number, self._kind, self._rows.slots, self._rows.changes,
            self._keys, self._scale,
        )  # fmt: skip

    @cached_property
    def _entities(self) -> Ints:
        return self._rows.of_slots("entity")

    @cached_property
    def _keys(self) -> Ints | None:
        return None if self._field.keyed_by is None else self._rows.of_slots("key")

    def moved(self) -> Iterator[int]:
        """Write the changes as they happened."""
        with self._lock:
            tables, births = self._tables, _Births(self._rows.slots, self._whole.count)
        for batch in self._rows.moved(self._whole.count):
            births.take(batch["slot"], batch["position"])
            plain, beyond = told_values(self._field.name, batch, self._kind)
            self._wide += beyond
            tables.moved(position=batch["position"], slot=batch["slot"], change=batch["change"], **plain)
            yield len(batch["slot"])
        self.births = births
        self._done()

    def sorted(self) -> Iterator[int]:
        """Write them by slot."""
        with self._lock:
            tables, entities, keys = self._tables, self._entities, self._keys
        for batch in self._rows.sorted():
            of = batch["slot"]
            tables.sorted(
                entity=entities[of],
                key=None if keys is None else nullable(keys[of], -1),
                slot=of,
                position=np.asarray(batch["position"]),
                **told_values(self._field.name, batch, self._kind)[0],
            )
            yield len(of)
        self._done()

    def _done(self) -> None:
        """Write what is left once both tasks are done, and forget what is large."""
        with self._lock:
            self._waits_for -= 1
            if self._waits_for:
                return
        self.about = self._finished()
        for name in ("_tables", "_entities", "_keys"):
            self.__dict__.pop(name, None)
        if self._number == self._whole.touches:
            self._writer.write_born(self._order, self.births.ranks, self.births.firsts)
        if self._order != "log" or self._number != self._whole.touches:
            del self.births
        trim()

    def _finished(self) -> FieldAbout:
        whole, writer, number, field, rows = (
            self._whole, self._writer, self._number, self._field, self._rows,
        )  # fmt: skip
        counts, keys = rows.of_slots("count"), self._keys
        for begin in range(0, rows.slots, _AT_ONCE):
            own = slice(begin, begin + _AT_ONCE)
            self._tables.slots(
                entity=self._entities[own],
                key=None if keys is None else nullable(keys[own], -1),
                changes=counts[own],
                born=nullable(self.births.ranks[own], -1),
                first_position=nullable(self.births.firsts[own], -1),
            )
        keyframes, twice = self._tables.finish()
        found = FieldAbout(
            field, self._kind, changes=rows.changes, slots=rows.slots, twice=twice, keyframes=keyframes,
            group_rows=self._tables.group_rows,
        )  # fmt: skip
        if field.keyed_by is not None:
            names = whole.keys[field.name]
            writer.write_names(in_order(self._order, field_table("names/keys", number)), names)
            found = msgspec.structs.replace(found, keys=len(names))
        if self._kind == "sums":
            found = msgspec.structs.replace(found, scale=self._scale, wide=self._wide)
        elif self._kind == "codes":
            values = whole.values[field.name].texts()
            table = in_order(self._order, field_table("names/values", number))
            writer.write_values(table, RevisionEntries(values))
            found = msgspec.structs.replace(found, values=len(values))
        return found


def beside(
    tasks: Sequence[Callable[[], Iterator[int]]], total: int, told: Told = nobody, threads: int = MOST_THREADS
) -> None:
    """Do several things at the same time, step by step; the first that fails ends all of them, and so does Ctrl+C.

    Args:
        tasks: They; each step says how many rows it has written.
        total: How many rows that will be.
        told: Who is told how far all have come.
        threads: How many things are done at the same time at most.
    """
    over, lock, done = threading.Event(), threading.Lock(), [0]

    def run(task: Callable[[], Iterator[int]]) -> None:
        for rows in task():
            if over.is_set():
                return
            with lock:
                done[0] += rows
                told("writing", done[0], total)

    with ThreadPoolExecutor(min(os.cpu_count() or 1, threads), "folder writer") as pool:
        try:
            for each in as_completed([pool.submit(run, task) for task in tasks]):
                each.result()
        finally:
            over.set()
            pool.shutdown(cancel_futures=True)


class _Births:
    """Which slot came to be when.

    Attributes:
        ranks: (s,) how many came to be before it; -1: it never did.
        firsts: (s,) at which position; likewise.
    """

    def __init__(self, slots: int, count: int) -> None:
        self.ranks = np.full(slots, -1, np.int32)
        self.firsts = np.full(slots, -1, narrow(count))
        self._count = 0

    def take(self, slots: Ints, positions: Ints) -> None:
        """Take changes as they happened."""
        unborn = np.flatnonzero(self.ranks[slots] < 0)
        _, at = np.unique(slots[unborn], return_index=True)
        new = unborn[np.sort(at)]
        born = slots[new]
        self.ranks[born] = np.arange(self._count, self._count + len(born))
        self.firsts[born] = positions[new]
        self._count += len(born)
