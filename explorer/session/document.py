"""What can a window or a command ask of one open log?"""

from collections.abc import Callable, Collection, Sequence
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, cast

import numpy as np
import numpy.typing as npt

from explorer.eventlog.errors import LogError, OutOfReach
from explorer.eventlog.event import Event, Unread
from explorer.eventlog.log import open_log
from explorer.eventlog.profiles.kept import kept_in
from explorer.history.cache import cache_in
from explorer.history.collect import Begun, Collected, Watcher, collect
from explorer.history.folder.place import place_of
from explorer.history.history import History, Order
from explorer.history.kinds import EntityKinds, entity_kinds
from explorer.history.naming import check_names, unknown_names
from explorer.history.passes import positions_with
from explorer.history.saved import SavedColumns, let_go
from explorer.language import tr
from explorer.projection.choose import choose, with_meanings
from explorer.projection.members import UnknownName
from explorer.projection.model import ReadModel, Recipe
from explorer.projection.sample import Sample
from explorer.projection.upcasting import inner_model
from explorer.sentences import translated
from explorer.session.events.entries import Entries, Entry, summary
from explorer.session.events.envelope import glance, readable, size_text
from explorer.session.events.matching import Filter
from explorer.session.moments import moment_text
from explorer.session.options import DEFAULTS, OpenOptions
from explorer.session.places.points import point
from explorer.session.plaintext import type_text, visible, visible_block
from explorer.session.reasons.why import WhyLines
from explorer.session.state.state_text import state_text, totals_text
from explorer.session.state.state_view import StateView
from explorer.session.warnings import WarnedLog

if TYPE_CHECKING:
    from explorer.history.folder.opened import FolderCollected

_MOST_LOOKED_AT = 10_000  # events that hold a text; if more do, it is no id that was typed wrongly

type Int64s = npt.NDArray[np.int64]


class Document(WarnedLog):
    """One open log: its history in two orders of time, and everything about it as text. It holds no playhead."""

    def __init__(self, collected: Collected, history: History | None = None, *, jumps: bool = True) -> None:
        super().__init__(collected)
        self._jumps = jumps
        self.lineage = object()  # handed on to what the same log has grown to
        self._histories: dict[Order, History] = {}
        self._built = history
        self.order: Order = "log"
        self.set_order("log")
        self.set_order(self.usual_order)
        self._event = lru_cache(2_000)(readable(self._collected.events))
        self._notices = {notice.position: notice.text for notice in collected.events.notices}

    @classmethod
    def open(cls, path: str, options: OpenOptions = DEFAULTS, watcher: Watcher | None = None) -> "Document":
        """Read the whole log. Slow for a large one: a window calls it on a worker thread.

        Args:
            path: A file, `-` for standard input, the address of a source, or a history folder.
            options: How to read it.
            watcher: Who is told how far it has come. What it was given early goes on living if this fails.

        Raises:
            LogError: It cannot be opened, or the read model is a query that names what it does not have; `str()` is the
                sentence for the person.
            ValueError: There is no such projection.
        """
        place = place_of(path)
        if place is not None:
            from explorer.history.folder.opened import open_folder  # no log needs it
            from explorer.history.folder.row_groups import MOST_BYTES

            return cls(open_folder(place, options.folder_bytes or MOST_BYTES, options.projection))
        log = open_log(
            path,
            options.fields,
            read_as=options.read_as,
            profile=options.profile or kept_in(options.profiles_dir),
            spool_dir=options.spool_dir,
            told=None if watcher is None else lambda rows: watcher.progress(0, 0, rows),
        )
        begun = Begun(watcher) if watcher is not None else None
        cache = cache_in(options.cache_dir, log)
        try:
            found = cache.load(log, options.projection) if cache is not None else None
            if isinstance(found, tuple):
                check_names(found[0].model, found[0])
                return cls(*found, jumps=options.jumps)
            try:
                recipe = with_meanings(options.projection, log.profile.meanings)
            except ValueError as error:
                raise LogError(log.name, str(error)) from error
            read = collect(log, lambda sample: choose(recipe, sample, log.fields), begun, kept=found)
            read.refuse_unread()
            if read.complete:
                check_names(read.model, read)
            return cls(read, jumps=options.jumps)
        except BaseException:
            if begun is None or not begun.shown:
                log.close()
            raise

    def keep(self, options: OpenOptions) -> SavedColumns | None:
        """Keep the index for the next time the log is opened so. Slow for a large log; changes nothing here.

        What it returns takes less memory once it has taken the index's place. None if nothing was kept.
        """
        cache = cache_in(options.cache_dir, self._log)
        kept = self._built is not None or self._in_folder is not None
        if cache is None or kept or "log" not in self._histories:
            return None
        return cache.save(self._log, options.projection, self._collected, self._histories["log"])

    def rest(self) -> Callable[[], None] | None:
        """Let go of the memory that a kept index takes and that nobody is looking at.

        Returns:
            What gives it back to the system, if there is still something to do. That takes a while: it is for a thread
            that shows nothing.
        """
        if self._in_folder is None:
            let_go(self._collected, self.history)
            return None
        from explorer.history.folder.row_groups import give_back

        gone = self._in_folder.forget()

        def give() -> None:
            gone.clear()
            give_back()

        return give if gone else None

    def use_memory(self, most_bytes: int) -> None:
        """Let what is decoded of a history folder take so much memory from now on; of a log all is in memory."""
        if self._in_folder is not None:
            self._in_folder.groups.allow(most_bytes)

    @property
    def _in_folder(self) -> "FolderCollected | None":
        """What was collected, if it lies in a history folder."""
        return cast("FolderCollected", self._collected) if self._collected.in_folder else None

    def same_log(self, other: "Document") -> bool:
        """Whether both read the same open file, so that only one of them may be closed."""
        return self._log is other._log  # noqa: SLF001 - one of us

    def close(self) -> None:
        """Let go of the file."""
        self._log.close()

    # -- order and places ------------------------------------------------------------------------------------

    @property
    def history(self) -> History:
        """The history in the current order of time."""
        return self._histories[self.order]

    @property
    def recorded(self) -> History:
        """The history in the order of the log, whichever is current."""
        return self._histories["log"]

    @property
    def usual_order(self) -> Order:
        """In which order it is read unless somebody says another: mostly its own, as its profile has it.

        A statement that is newest first is read from its end where its own balances prove that it is; entries that are
        a set, such as those of an object-centric log, by their times.
        """
        collected = self._collected
        if collected.complete and self._log.by_time:
            return "time"
        if collected.complete and self._log.profile.order == "by sequence":
            return "sequence"
        told = self._log.profile.order == "newest first" and collected.events.newest_first
        proven = getattr(inner_model(collected.model), "upwards", False)
        return "reversed" if collected.complete and (told or proven) else "log"

    def can_be(self, order: Order) -> bool:
        """Whether there is such an order: a log that has lost its numbers has none by them."""
        return self._collected.can_be(order)

    def prepare_order(self, order: Order) -> None:
        """Build the history in one order of time. Slow for a large log the first time; changes nothing shown."""
        if order not in self._histories:
            built = self._built if order == "log" else None
            history = self._collected.history(order) if built is None else built
            if self._jumps:
                if order not in self._collected.before:  # else it goes on from one that may have them already
                    history.make_keyframes()  # here, not at the first jump
                _ = history.clock  # (same) not at the first look at it
            self._entries[order] = Entries(history, by_time=order != "log")
            self._histories[order] = history

    def prepare(self, order: Order) -> None:
        """Do all that is slow for a large log before it is shown in an order; a window calls it on a worker thread."""
        self.prepare_order(order)
        self._histories[order].make_keyframes()  # one that goes on from a kept index has none yet
        self._histories[order].entities.get_ready()
        self.look_for_warnings(order, self._histories[order])

    def set_order(self, order: Order) -> None:
        """As recorded (`log`), as happened (`time`), from the end (`reversed`), or by its numbers (`sequence`).

        Raises:
            LogError: It cannot be put in this order: it has no numbers, or a program fails.
        """
        self.prepare_order(order)
        self.order = order
        self._problems_of = self.history
        self._reasons = {problem.position: problem.reason for problem in self.problems}

    def jump(self, text: str, here: int) -> int:
        """The position that `text` means (`#1204`, `50%`, `end`, `+100`, a date or time), seen from `here`.

        Raises:
            PointError: It means none; `str()` is the sentence for the person.
        """
        return point(self.history, text, here)

    def moment_ns(self, position: int) -> int | None:
        """What the clock says at `position`."""
        return self.history.moment_ns(position)

    def moment_text(self, position: int) -> str:
        """What the clock says at `position`, for people."""
        if position == 0:
            return tr("before the first event")
        told = moment_text(self.moment_ns(position))
        return told or (tr("no times") if self.moment_ns(self.event_count) is None else tr("no time yet"))

    @property
    def first_ns(self) -> int | None:
        """The first known time."""
        known = np.searchsorted(self.history.clock, np.iinfo(np.int64).min, "right")
        return self.moment_ns(int(known) + 1) if known < self.event_count else None

    @property
    def last_ns(self) -> int | None:
        """The last known time."""
        return self.moment_ns(self.event_count)

    def position_at_ns(self, at_ns: int) -> int:
        """The position as of an instant."""
        return self.history.position_at(at_ns)

    def next_of_same(self, position: int, entity: str, step: int = 1) -> int | None:
        """The position of the next (`step` 1) or previous (-1) event of `entity`."""
        positions = self.history.positions_of(entity)
        if step > 0:
            index = int(np.searchsorted(positions, position, "right"))
        else:
            index = int(np.searchsorted(positions, position, "left")) - 1
        return int(positions[index]) if 0 <= index < len(positions) else None

    def entity_at(self, position: int) -> str | None:
        """The (first) entity to which the event at `position` did something."""
        return next(iter(self.history.entities_of(position)), None) if position else None

    @cached_property
    def entity_kinds(self) -> EntityKinds | None:
        """Of which kind each entity is; None if the log tells none. Slow the first time where entities are many."""
        return entity_kinds(self.recorded)

    def check_kinds(self) -> None:
        """Be sure that there are entities of each kind that has a read model of its own.

        Raises:
            LogError: There are none; says which kinds there are.
        """
        for name, _ in self.read_model.recipe.by_kind:
            kinds = self.entity_kinds
            if kinds is None:
                reason = f"it tells no kinds of entities, so none can have a read model of its own: “{name}”"
                raise LogError(self._log.name, reason)
            if kinds.meant(name) is None and not kinds.mixed:
                known = ", ".join(kinds.names)
                raise LogError(self._log.name, f"it has no entities of a kind “{name}”, but of {known}")

    # -- the raw events --------------------------------------------------------------------------------------

    @property
    def entry_count(self) -> int:
        """Rows of the raw events table: events and what could not be read."""
        return len(self._entries[self.order])

    def entry(self, row: int, told: Collection[str] = ()) -> Entry:
        """One row of the raw events table; what is `told` of its payload elsewhere is no part of its summary."""
        entries = self._entries[self.order]
        position, unread = entries.at(row)
        if unread is not None:
            start = self._raw(lambda: self._log.raw(unread.offset, min(unread.length_bytes, 400)))
            return Entry(
                row=row,
                position=None,
                applied=entries.applied(row),
                at_text="",
                type=_unread_type(unread),
                entity=self.place_of(unread),
                summary=visible(start.decode(errors="replace").strip()),
                unread_reason=translated(unread.reason),
                aside=unread.aside,
            )
        assert position is not None
        event = glance(self.history, position, self.event)
        log_position = self.history.log_position(position)
        notice = self._notices.get(log_position) or self._reasons.get(log_position)
        return Entry(
            row=row,
            position=position,
            applied=position,
            at_text=visible(event.at or ""),
            type=type_text(event.type or tr("(no type)")),
            entity=visible(event.entity or ", ".join(self.history.entities_of(position))),
            summary=size_text(self.history, position) or summary(event, told),
            notice=None if notice is None else translated(notice),
        )

    def event(self, position: int) -> Event:
        """The event at `position` in the current order, read from the file."""
        return self._event(self.history.log_position(position))

    def recorded_event(self, log_position: int) -> Event:
        """The event at a place in the log."""
        return self._event(log_position)

    def row_of_position(self, position: int) -> int:
        """The row that shows the event at `position`."""
        return self._entries[self.order].row_of(position)

    def rows_of_positions(self, positions: Int64s) -> Int64s:
        """(k,) the rows that show the events at some positions."""
        return self._entries[self.order].rows_of(positions)

    def applied(self, row: int) -> int:
        """Where the playhead goes for a row of the table."""
        return self._entries[self.order].applied(row)

    def troubled_positions(self) -> list[int]:
        """Where something could not be read, or was read with a warning, ascending."""
        odd = {self.history.position_of(place) for place in (*self._notices, *self._reasons)}
        unread = range(len(self.events.unread))
        entries = self._entries[self.order]
        return sorted(odd | {entries.applied(entries.unread_row(index)) for index in unread})

    def filter(self, text: str) -> Filter:
        """What `text` lets through; nothing is searched before its rows are asked for.

        Raises:
            FilterError: It is no filter, or speaks of a field that no event has; says where.
        """
        members = self._collected.members if self.complete else None
        return Filter(text, self.history, self._entries[self.order], self.noun, members)

    def raw_bytes(self, row: int) -> bytes:
        """The bytes of a row as they stand in the file; a sentence if that is not at hand."""
        position, unread = self._entries[self.order].at(row)
        if unread is not None:
            return self._raw(lambda: self._log.stored(unread.offset, unread.length_bytes))
        assert position is not None
        return self._raw(lambda: self._collected.events.raw(self.history.log_position(position)))

    def _raw(self, read: Callable[[], bytes]) -> bytes:
        """Bytes of the log; where it is not at hand, the sentence that says so stands in their place."""
        try:
            return read()
        except OutOfReach as error:
            return translated(error.reason).encode()

    def raw_text(self, row: int, most_chars: int | None = None) -> str:
        r"""The same as text, or its beginning: bytes that are none are shown as `\xNN`, what hides as `⟦U+NNNN⟧`."""
        raw = self.raw_bytes(row)
        text = self._log.text(raw if most_chars is None else raw[: 4 * most_chars])
        return visible_block(text[:most_chars])

    def tree(self, row: int) -> object:
        """The decoded record; None for what could not be read."""
        position, _ = self._entries[self.order].at(row)
        return None if position is None else self.event(position).record

    def place_text(self, row: int) -> str:
        """`line 12, bytes 1,204–1,310`."""
        position, unread = self._entries[self.order].at(row)
        if unread is not None:
            return self.place_of(unread)
        assert position is not None
        events, at = self._collected.events, self.history.log_position(position) - 1
        start = int(events.offsets[at])
        if place := self._log.place(start, int(events.lengths[at])):
            return visible(translated(place))
        if self._log.by_rows:
            return tr("row {line:,}").format(line=events.line(at + 1))
        stop = start + int(events.lengths[at])
        return tr("line {line:,}, bytes {start:,}–{stop:,}").format(
            line=events.line(at + 1), start=start, stop=stop
        )

    # -- state -----------------------------------------------------------------------------------------------

    def state(self, position: int) -> StateView:
        """The state once the first `position` events have happened."""
        return StateView(self.history, self.noun, self.history.state(position))

    def why(self, entity: str, field: str | None = None) -> WhyLines:
        """Each event that set `field` of `entity` (None: any field), as they happened, with the arithmetic."""
        names = [each.name for each in self.history.fields if not each.hidden and not each.is_version]
        changes = self.history.all_changes(entity, names if field is None else [field])
        return WhyLines(changes, lambda position: glance(self.history, position, self.event), self.fields)

    def totals_text(self, position: int) -> str:
        """What all entities come to together. The first answer for a large log is slow, all others are not."""
        return totals_text(self.history, position)

    def plain_text(self, position: int) -> str:
        """The state as a few lines of text, for screen readers and the clipboard."""
        heading = tr("State at {position:,} of {count:,}, {moment}.").format(
            position=position, count=self.event_count, moment=self.moment_text(position)
        )
        return state_text(self.state(position), heading)

    # -- a query that is written for this log -------------------------------------------------------------

    def named_wrongly(self, query: ReadModel, *, ids: bool = True) -> Sequence[UnknownName]:
        """What a query names that this log does not have: members and types, and `ids` and entities.

        To look for an id is slow in a large log. Nothing is known of one that has not been read to its end.
        """
        if not self.complete:
            return []
        return unknown_names(query, self._collected, self._has if ids else None)

    def bound(self, recipe: Recipe) -> ReadModel:
        """The read model of a recipe, as it would be for this log.

        Raises:
            ValueError: It cannot be one.
        """
        known = Sample(list, members=self._collected.members)
        return choose(recipe, known, self._log.fields)

    def _has(self, what: str, value: str) -> bool:
        """Whether an event has this id, or is about this entity."""
        events = self._collected.events
        if what == "entity":
            return events.entity_names.find(value) is not None
        if events.log.by_rows:
            return True  # an id need not stand in a row's bytes: nobody can tell
        positions = positions_with(events, value)
        some = (events.event(int(position)).id for position in positions[:_MOST_LOOKED_AT])
        return len(positions) > _MOST_LOOKED_AT or value in some


def _unread_type(unread: Unread) -> str:
    if unread.incomplete:
        return tr("incomplete")
    return tr("no entry") if unread.aside else tr("not read")
