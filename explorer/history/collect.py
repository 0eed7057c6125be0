"""What did all events do, before it is sorted by entity: one pass over the log?"""

import weakref
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from explorer.eventlog.errors import LogError
from explorer.eventlog.log import EventLog
from explorer.eventlog.names import Names
from explorer.history import reading
from explorer.history.append_to_history import Grown, with_appended
from explorer.history.build import Known, Operands, field_history, same_places
from explorer.history.chunks import Problem
from explorer.history.column_files import GrowableColumn, trim, wanted_whole
from explorer.history.counting import MANY
from explorer.history.endings import can_begin_anew, ends_in, with_ends
from explorer.history.events import Events
from explorer.history.field_history import FieldHistory
from explorer.history.gathered import Gathered
from explorer.history.history import History, Order
from explorer.history.ordering import Ranking, ascending, inverse, order_of_times
from explorer.history.settling import beginning_of, counted, refuse_unread, settled
from explorer.projection.choose import choose
from explorer.projection.members import Members
from explorer.projection.model import Field, ReadModel, Recipe
from explorer.projection.sample import Counted, Sample

type Ints = npt.NDArray[Any]

EARLY_EVENTS = 100_000  # so many are shown while the rest is read

VERSION = Field(
    "\0events", "count"
)  # of an entity; a member of a payload may be called anything that is written


class Kept(Protocol):
    """What was read of a log before it grew."""

    @property
    def unit(self) -> int:
        """Where what is new begins."""

    @property
    def recipe(self) -> Recipe:
        """For which read model it was read."""

    @property
    def histories(self) -> Sequence[History]:
        """Its index, in one order of time or in both; none if it is not known."""

    def gathered(self, size_bytes: int) -> Gathered:
        """The columns so far; more can be added."""


class Watcher(Protocol):
    """Follows the reading of one log; called on the thread that reads."""

    def progress(self, done_bytes: int, total_bytes: int, events: int) -> bool:
        """Take note of how much was read. False ends the reading; what was read is kept.

        Raises:
            Cancelled: Nothing is to be kept.
        """

    def early(self, collected: "Collected") -> None:
        """Take the log's beginning, to be looked at while the rest is read. Called once, or not at all."""


class Begun:
    """Passes everything on to a watcher, and remembers whether it was given the beginning."""

    def __init__(self, watcher: Watcher) -> None:
        self._watcher = watcher
        self.shown = False

    def progress(self, done_bytes: int, total_bytes: int, events: int) -> bool:
        """Pass it on."""
        return self._watcher.progress(done_bytes, total_bytes, events)

    def early(self, collected: "Collected") -> None:
        """Pass it on."""
        self.shown = True
        self._watcher.early(collected)


class Collected:
    """Everything that one pass over a log yields, for one read model; any order of time is sorted from it.

    Attributes:
        complete: False if only the log's beginning is in it.
        lines: How many lines have been read.
        unlisted: How many problems there are of each kind beside those in `problems`, which would be too many.
        members: What the events have.
        schemas: How many events of each schema version, as in `Chunk`; empty without upcasters.
        before: The index of the first of the events, by order of time: what is new is added to it.
        room: The columns with the room behind them; empty if they are in a file.
        in_folder: Whether all of it lies in a history folder.
    """

    in_folder = False

    def __init__(
        self,
        model: ReadModel,
        events: Events,
        operands: dict[str, Operands],
        problems: Sequence[Problem],
        unknown: Counter[str],
        entities: Names[str],
        *,
        complete: bool = True,
        lines: int = 0,
    ) -> None:
        self.lines = lines
        self.members = Members()
        self.schemas: Mapping[str, int] = {}
        self.unlisted: Mapping[str, int] = {}
        self.before: dict[Order, History] = {}
        self.room: Mapping[str, GrowableColumn] = {}
        self.model = model
        self.events = events
        self.fields = tuple(model.fields)
        self.operands = operands
        self.problems = problems
        self.unknown = unknown
        self.complete = complete
        self._entities = entities
        self._as_recorded: Callable[[], History | None] = lambda: (
            None
        )  # the index in log order, if it is in use

    @classmethod
    def of(cls, log: EventLog, gathered: Gathered, *, complete: bool = True) -> "Collected":
        """What has been gathered so far; it stays as it is when more is."""
        events = gathered.events(log)
        found = cls(
            gathered.model,
            events,
            {field.name: gathered.operands(field) for field in (*gathered.model.fields, VERSION)},
            list(gathered.problems.listed),
            Counter(gathered.unknown),
            events.entity_names,
            complete=complete,
            lines=gathered.lines,
        )
        found.members = gathered.members
        found.schemas = dict(gathered.schemas)
        found.unlisted = dict(gathered.problems.unlisted)
        found.room = gathered.room
        return found

    def refuse_unread(self) -> None:
        """An empty state is no answer about a log that has something in it.

        Raises:
            LogError: The whole log was read, and nothing of it as an event.
        """
        if self.complete:
            refuse_unread(self.events.log.name, self.events.unread, len(self.events))

    @property
    def entities(self) -> Names[str]:
        """Every entity, by its code."""
        return self._entities

    def can_be(self, order: Order) -> bool:
        """Whether there is such an order: a log that has no numbers has none by them."""
        return order != "sequence" or bool(self.events.sequences.known.any())

    @property
    def moved(self) -> Ints:
        """(k,) the positions in the log of the events that did something to an entity, ascending."""
        return self.operands[VERSION.name].moments

    def history(self, order: Order = "log") -> History:
        """The change index in one order of time.

        Raises:
            LogError: The read model is a program, has to run anew for this order, and fails; or the log has no numbers
                by which it could be put in order.
        """
        before = self.before.get(order)
        if order == "log":
            found = self._sorted(order, None, before=before)
            self.know(found)
            return found
        if order == "sequence":
            return self._by_sequence(before)
        newest_first = self.events.newest_first
        if (
            order == "time"
            and not newest_first
            and before is not None
            and (later := before.rows_with(self.events.sorting_ns)) is not None
        ):
            return self._sorted(order, later, before=before)
        times = self.events.sorting_ns
        if order == "time" and not newest_first and ascending(times):
            same = self._as_recorded()
            return self._sorted(order, None, before=before) if same is None else same.called(order)
        if order == "reversed":
            rows = np.arange(len(self.events))[::-1].copy()
        elif newest_first:  # what happened at one time stands upside down, too
            rows = len(self.events) - 1 - order_of_times(times[::-1])
        else:
            rows = order_of_times(times)
        if self.model.ordered:
            return self._replayed(rows, order)
        return self._sorted(order, rows)

    def _by_sequence(self, before: History | None) -> History:
        log, sequences = self.events.log, self.events.sequences
        if not sequences.known.any():
            path = log.fields.sequence
            reason = (
                "it gives its events no numbers to go by; a profile says which member is one (sequence = …)"
                if path is None
                else f"no event has a whole number at {path}, so there is nothing to go by"
            )
            raise LogError(log.name, reason)
        if sequences.ascending:
            same = self._as_recorded()
            return self._sorted("sequence", None, before=before) if same is None else same.called("sequence")
        rows = sequences.rows
        if self.model.ordered:
            return self._replayed(rows, "sequence")
        goes_on = before is not None and before.goes_on_in(rows)
        return self._sorted("sequence", rows, before=before if goes_on else None)

    def counted(self) -> Counted:
        """All events, counted."""
        return counted(self.events)

    def know(self, history: History) -> None:
        """Remember the index in log order, as long as it is in use: another order may be the same."""
        self._as_recorded = weakref.ref(history)

    def _replayed(self, rows: npt.NDArray[np.int64], order: Order) -> History:
        """The index in another order of a read model to which the order matters: its program runs once more."""
        events = self.events
        places = np.stack([events.offsets[rows], events.lengths[rows], rows + 1], axis=1)
        gathered = Gathered(choose(self.model.recipe, [], events.log.fields))
        for chunk in reading.replayed(events.log, self.model, places):
            gathered.take(chunk)
        return Collected.of(events.log, gathered)._sorted(order, None, events, rows)  # noqa: SLF001 - one of us

    def _read_ahead(self) -> None:
        """All operands are about to be gone through: those of a kept index lie in files."""
        for operands in self.operands.values():
            for column in operands.columns:
                wanted_whole(column)

    def _sorted(
        self,
        order: Order,
        rows: npt.NDArray[np.int64] | None,
        events: Events | None = None,
        taken: npt.NDArray[np.int64] | None = None,
        before: History | None = None,
    ) -> History:
        """Sort the operands by slot.

        Args:
            order: What the order is called.
            rows: The events in it; None if it is that of the log.
            events: All events, if the operands were numbered anew.
            taken: `rows`, if the operands are in that order already.
            before: What only has to be gone on from.
        """
        in_log_order = rows is None
        if not in_log_order:
            self._read_ahead()
        arranged = None if rows is None else Ranking(rows, inverse(rows))
        ends = ends_in(self.events, self._entities)
        if not can_begin_anew(self.fields):
            ends = ends[0][:0], ends[1][:0]
        older = {} if before is None or len(ends[0]) else before.field_histories
        gone_on: set[str] = set()  # fields

        def line_of(
            old: FieldHistory | None, operands: Operands, defaults: FieldHistory | None = None
        ) -> FieldHistory:
            if old is not None:
                more = with_appended(
                    old, operands, everybody, defaults, in_log_order=in_log_order, grown=grown
                )
                if more is not None:
                    gone_on.add(operands.field.name)
                    return more
            return field_history(operands, arranged, len(entities), defaults, everybody, known)

        def ended(
            operands: Operands, alone: Callable[[Operands], FieldHistory]
        ) -> Operands:  # a sum is nothing again by what takes away all of it
            line = None if operands.units is None else alone(operands)
            moments = ends[0] if taken is None else inverse(taken)[ends[0] - 1] + 1
            places = moments if arranged is None else arranged.ranks[moments - 1] + 1
            return with_ends(operands, (moments, ends[1]), line, places)

        entities = self._entities
        everybody = np.arange(len(entities), dtype=np.int32)
        field_histories: dict[str, FieldHistory] = {}
        known: Known = {}
        grown: Grown = {}
        keyed = [field for field in self.fields if field.keyed_by is not None]
        keys = {field.keyed_by for field in keyed}

        def build(field: Field) -> None:
            defaults = field_histories.get(field.keyed_by) if field.keyed_by else None
            operands = self.operands[field.name]
            if (
                len(ends[0])
                and len(operands.moments)
                and field.fold in {"last", "sum"}
                and not field.is_version
                and field.name not in keys
            ):
                operands = ended(operands, lambda alone: line_of(None, alone, defaults))
            field_histories[field.name] = line_of(older.get(field.name), operands, defaults)

        first = [field for field in self.fields if field.name in keys]
        rest = [field for field in self.fields if field.name not in keys and field.keyed_by is None]
        for field in first:
            build(field)
        leading = {same_places(self.operands[field.name]): field for field in reversed(rest)}
        alone = [field for field in rest if field in leading.values()]
        alike = [field for field in rest if field not in alone]  # sorted as one of these
        for fields in ([*keyed, *alone], alike):
            _by_two(build, fields, few=len(self.events) < MANY)
        field_histories = {field.name: field_histories[field.name] for field in self.fields}
        touches = next((line for line in field_histories.values() if line.field.fold == "count"), None)
        if touches is None:
            touches = line_of(None if before is None else before.touches, self.operands[VERSION.name])
        found = History(
            events or self.events,
            fields=self.fields,
            entities=entities,
            field_histories=field_histories,
            touches=touches,
            order=order,
            rows=rows if taken is None else taken,
            problems=self.problems,
            unlisted=self.unlisted,
            operands=self.operands,
            before=before,
            ranks=None if arranged is None else arranged.ranks,
        )
        found.take_over(before, gone_on, self._as_recorded())
        return found


def _by_two(build: Callable[[Field], None], fields: Sequence[Field], *, few: bool) -> None:
    if few:
        for field in fields:
            build(field)
        return
    from concurrent.futures import ThreadPoolExecutor  # only large logs need it

    with ThreadPoolExecutor(2) as pool:  # NumPy sorts without holding the interpreter
        list(pool.map(build, fields))


def collect(
    log: EventLog,
    choose_model: Callable[[Sample], ReadModel],
    watcher: Watcher | None = None,
    *,
    small_bytes: int = reading.SMALL_BYTES,
    kept: Kept | None = None,
) -> Collected:
    """Read the whole log once, or only what it has grown by.

    Once more if it was about something else than it seemed, or its numbers are written otherwise.

    Args:
        log: An open log.
        choose_model: Picks the read model from a sample, and again once all events are counted.
        watcher: Who is told how far it has come, and may end it.
        small_bytes: What is not larger is read by this thread, the rest by others and by children.
        kept: What was read of it before.
    """
    read = partial(_read, log, watcher=watcher, small_bytes=small_bytes)
    before = None if kept is None else kept.recipe
    sample = beginning_of(log, before)
    wholly = not log.grows
    found = read(choose_model(sample), kept=kept)
    telling = _telling(found, kept)
    return settled(log, choose_model, read, found, telling=telling, looked_at=sample if wholly else None)


def _read(
    log: EventLog, model: ReadModel, watcher: Watcher | None, small_bytes: int, kept: Kept | None = None
) -> Collected:
    """One pass."""
    if kept is not None and kept.recipe == model.recipe:
        gathered, begin = kept.gathered(log.size_bytes), kept.unit
    else:  # a log with few events may look otherwise when it has more
        gathered, begin = Gathered(model, log.about_bytes), 0
    shown = begin > 0
    places = {"begin": begin, "before": gathered.count}
    done_bytes = 0
    for piece in reading.pieces(log, gathered.model, small_bytes=small_bytes, **places):
        gathered.take(piece.chunk, piece.reader)
        done_bytes = piece.chunk.done_bytes
        if watcher is None:
            continue
        if not watcher.progress(done_bytes, log.about_bytes, gathered.count) and log.goes_beyond(done_bytes):
            return Collected.of(log, gathered, complete=False)
        if not shown and gathered.count >= EARLY_EVENTS and 2 * done_bytes < log.about_bytes:
            shown = True
            watcher.early(Collected.of(log, gathered, complete=False))
    if done_bytes > log.size_bytes:  # only now it is known that what was read last was never finished
        return _read(log, model, watcher, small_bytes, kept)
    if log.by_lines:
        lines, unread = gathered.lines, gathered.unread
        unread += log.odd_end(gathered.count, max(lines, 1), unread[-1].byte if unread else -1, lines)
    found = Collected.of(log, gathered)
    del gathered  # with all that only who gathers needs; what read the log is gone, too
    if log.size_bytes - begin > small_bytes:
        trim()  # before it is sorted: then most memory is in use
    if kept is not None and begin:
        found.before = {each.order: each for each in kept.histories}
        earlier = next((each.events for each in kept.histories), None)
        if earlier is not None:
            found.events.go_on_from(earlier)
    return found


def _telling(found: Collected, kept: Kept | None) -> bool:
    """Whether the log may be about something else than it seemed; of one that grows bit by bit, not at each bit."""
    count = len(found.events)
    if kept is None or not kept.histories or count < EARLY_EVENTS:
        return True
    return len(kept.histories[0]).bit_length() != count.bit_length()
