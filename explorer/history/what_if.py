"""What would have been, had some events not happened, been others, or been more: the state of a branch of a log?

A branch is never written. It is the log's own sequence with a few differences, and only the entities to which those
matter are folded again; what all the others were is asked of the history.
"""

from collections.abc import Iterator, Sequence
from functools import cached_property

import numpy as np
import numpy.typing as npt

from explorer.eventlog.deletion import teller
from explorer.eventlog.event import Event
from explorer.eventlog.log import EventLog
from explorer.history.branch_fold import EntityFold, distinct
from explorer.history.difference import EntityDiff, FieldDiff, diff
from explorer.history.edits import Edit, EditError, new_event
from explorer.history.events import NEVER, NO_TIME, forward_filled, reached
from explorer.history.history import History
from explorer.history.sequences import Sequences
from explorer.language import tr
from explorer.projection.choose import choose
from explorer.projection.model import Effect, NotApplicable, ReadModel

type Int64s = npt.NDArray[np.int64]


class Branch:
    """A log as it would be with some edits, in one order of time. Positions count the events of the branch.

    Attributes:
        history: That of the log.
        edits: What differs, in the order of the log; of two for one event the later one counts.
    """

    def __init__(self, history: History, model: ReadModel, edits: Sequence[Edit]) -> None:
        """Put the branch together; nothing is folded yet.

        Raises:
            EditError: An edit is about an event that is not there, or is none itself; or the read model is a program.
        """
        if model.ordered:
            raise EditError(
                tr("what-if does not work with a read model that is a program: it keeps no single steps")
            )
        self.history = history
        self.edits = tuple(sorted(edits, key=lambda edit: edit.position))
        self.model = choose(model.recipe, [], history.events.log.fields)
        self.model.learn([field.name for field in history.fields])
        self._new: list[Event] = []
        self._arrange()
        self._folded: dict[str, EntityFold] = {}

    def _arrange(self) -> None:
        """Line up all events: those of the log by their row, new ones by -1, -2 and so on."""
        self.history.refuse_branches()
        events, count = self.history.events, len(self.history)
        replaced: dict[int, Event | None] = {}
        added: list[tuple[int, Event]] = []
        for edit in self.edits:
            last = count + 1 if edit.kind == "insert" else count
            if not 1 <= edit.position <= last:
                said = tr("there is no event {position:,}: the log has {count:,}")
                raise EditError(said.format(position=edit.position, count=count))
            if edit.kind == "skip":
                replaced[edit.position - 1] = None
            elif edit.kind == "edit":
                old = events.event(edit.position)
                replaced[edit.position - 1] = new_event(events.log, edit, old, None)
            else:
                near = events.event(self._near(edit.position)) if count else None
                added.append((edit.position - 1, new_event(events.log, edit, None, near)))
        rows = np.arange(count, dtype=np.int64)
        keys = 2 * rows + 1  # where each stands in the log; what is inserted stands between two rows
        for row, event in replaced.items():
            if event is not None:
                rows[row] = self._take(event)
        codes = [self._take(event) for _, event in added]
        keep = np.ones(count, np.bool_)
        keep[[row for row, event in replaced.items() if event is None]] = False
        before = [row for row, _ in added]
        rows = np.insert(rows, before, codes)
        keys = np.insert(keys, before, [2 * row for row in before])
        keep = np.insert(keep, before, True)
        rows, keys = rows[keep], keys[keep]
        new_ns = np.array([NO_TIME if each.at_ns is None else each.at_ns for each in self._new] or [0])
        of_log = events.at_ns[np.maximum(rows, 0)] if count else np.zeros(len(rows), np.int64)
        times = np.where(rows >= 0, of_log, new_ns[np.maximum(-1 - rows, 0)])
        order = self._ordered(rows, keys, times)
        rows, keys, times = rows[order], keys[order], times[order]
        self._rows, self._keys = rows, keys
        self.clock: Int64s = np.maximum.accumulate(forward_filled(times)) if len(times) else times
        """(k,) what the clock says at each position of the branch, less one."""
        self._reached = reached(self.clock, times)
        self.timed = int(np.count_nonzero(times != NO_TIME))
        same = rows >= 0
        places = np.zeros(len(rows), np.int64)
        places[same] = self.history.in_order(rows[same] + 1)
        self._since: Int64s = np.maximum.accumulate(places) if len(places) else places
        self._place = np.zeros(count + 1, np.int64)  # of each row, its position in the branch; 0: it is gone
        self._place[rows[rows >= 0]] = np.flatnonzero(rows >= 0) + 1
        self._new_place = {int(-1 - rows[at]): int(at) + 1 for at in np.flatnonzero(rows < 0)}
        self._changed_rows = set(replaced)

    def _ordered(self, rows: Int64s, keys: Int64s, times: Int64s) -> Int64s:
        """Which of the events, given as they would stand in the log, comes first, and so on."""
        if self.history.order == "sequence":
            return self._numbers_of(rows, keys).rows
        order = np.arange(len(rows))
        if self.history.backwards:
            order = order[::-1]
        if self.history.order == "time":
            timed = np.where(times == NO_TIME, NEVER, times)[order]
            order = order[np.argsort(timed, kind="stable")]
        return order

    def _numbers_of(self, rows: Int64s, keys: Int64s) -> Sequences:
        """The numbers of all events: one that is new and has none has that of the event before which it stands."""
        of_log, count = self.history.events.sequences, len(self.history)
        numbers, known = of_log.numbers[np.maximum(rows, 0)].copy(), of_log.known[np.maximum(rows, 0)].copy()
        for at in np.flatnonzero(rows < 0).tolist():
            row, own = int(keys[at]) // 2, self._new[-1 - int(rows[at])].sequence
            inserted = not keys[at] % 2
            known[at] = own is not None or (inserted and row < count and bool(of_log.known[row]))
            number = own if own is not None else of_log.numbers[row] if known[at] else 0
            if numbers.dtype != object and abs(int(number)) >= 1 << 63:
                numbers = numbers.astype(object)
            numbers[at] = number
        return Sequences(numbers, known)

    def _near(self, position: int) -> int:
        """The event of the log that comes just before one that is inserted before `position` of the log."""
        if self.history.order == "sequence" and position <= len(self.history):
            return self.history.log_position(max(self.history.position_of(position) - 1, 1))
        return min(position, len(self.history)) if self.history.backwards else max(position - 1, 1)

    def _take(self, event: Event) -> int:
        self._new.append(event)
        return -len(self._new)

    def __len__(self) -> int:
        return len(self._rows)

    @property
    def log(self) -> EventLog:
        """The log that it differs from."""
        return self.history.log

    # -- places ------------------------------------------------------------------------------------------

    def event(self, position: int) -> Event:
        """The event at `position` of the branch."""
        row = int(self._rows[position - 1])
        return self._new[-1 - row] if row < 0 else self.history.events.event(row + 1)

    def events(self, positions: Int64s) -> Iterator[Event]:
        """The events at some positions of the branch, those of the log read together."""
        rows = self._rows[positions - 1]
        of_log = self.history.events.some(rows[rows >= 0] + 1)
        for row in rows.tolist():
            yield self._new[-1 - row] if row < 0 else next(of_log)

    def log_position(self, position: int) -> int | None:
        """The place in the log of the event at `position`; None for one that is inserted."""
        key = int(self._keys[position - 1])
        return (key + 1) // 2 if key % 2 else None

    def log_positions(self, positions: Int64s) -> Int64s:
        """(k,) where events of the branch stand in the log; 0 for those that are new or other ones."""
        return np.maximum(self._rows[positions - 1] + 1, 0)

    def is_new(self, position: int) -> bool:
        """Whether the event at `position` is not one of the log as it stands there."""
        return int(self._rows[position - 1]) < 0

    def position_at(self, at_ns: int, *, inclusive: bool = True) -> int:
        """The position "as of" a time, as in a history."""
        return int(np.searchsorted(self._reached, at_ns, "right" if inclusive else "left"))

    def moment_ns(self, position: int) -> int | None:
        """What the clock says at `position`, UTC nanoseconds; None before the first known time."""
        return _moment(self.clock, position)

    def position_beside(self, position: int) -> int:
        """The position of the branch that shows the same point as a position of the log."""
        history = self.history
        if position >= len(history):
            return len(self)
        if position == 0:
            return 0
        last = 2 * history.log_position(position) - 1  # the key of its row
        if history.order == "log":
            return int(np.searchsorted(self._keys, last, "right"))
        if history.order == "reversed":
            return int(np.searchsorted(-self._keys, -last, "right"))
        if history.order == "sequence":
            return self._beside(position, last)
        now = int(history.reached[position - 1])
        begin, end = (int(np.searchsorted(self._reached, now, side)) for side in ("left", "right"))
        keys = self._keys[begin:end]
        return begin + int(np.count_nonzero(keys >= last if self.history.backwards else keys <= last))

    def _beside(self, position: int, last: int) -> int:
        """The same where no column ascends: behind the event itself; if it is gone, behind those before it."""
        at = np.flatnonzero(self._keys == last)
        return int(at[0]) + 1 if len(at) else int(np.searchsorted(self._since, position, "left"))

    def unchanged_until(self, position: int) -> int:
        """The last position of the log whose event has happened by `position` of the branch."""
        return int(self._since[position - 1]) if position else 0

    def oddities(self) -> list[tuple[str, int, str]]:
        """What is odd about the events that are new in the branch: the kind, the position, and why."""
        found: list[tuple[str, int, str]] = []
        tell = teller(self.log.fields)
        for place in sorted(self._new_place.values()):
            event = self.event(place)
            try:
                effects = self.model.effects(event)
                if (
                    effects is not None
                    and not effects
                    and event.entity is None
                    and self.model.name == "latest"
                ):
                    found.append(("no-entity", place, "it names no entity, so it is no part of the state"))
                if effects is None:
                    found.append(("unknown-type", place, f"events of the type {event.type} change nothing"))
            except NotApplicable as finding:
                found.append(("not-applied", place, str(finding)))
            if event.entity is None and (deleted := tell(event.record)) is not None:
                found.append(("delete", place, deleted))
            if event.at_ns is None:
                found.append(("no-time", place, "it has no time that can be read"))
        return found

    # -- who is touched ----------------------------------------------------------------------------------

    def effects(self, event: Event) -> Sequence[Effect]:
        """What an event does, however little of it can be done."""
        try:
            return self.model.effects(event) or ()
        except NotApplicable as finding:
            return finding.effects

    @cached_property
    def first_change(self) -> int:
        """The position of the log behind which the branch differs."""
        places = [self.history.position_of(row + 1) for row in self._changed_rows]
        places += [self.unchanged_until(at - 1) + 1 for at in self._new_place.values()]
        return min(places, default=len(self.history) + 1) - 1

    @cached_property
    def touched(self) -> list[str]:
        """The entities to which the edits matter, in no special order."""
        found: dict[str, None] = {}
        for row in self._changed_rows:
            found |= dict.fromkeys(self.history.entities_of(self.history.position_of(row + 1)))
        for event in self._new:
            found |= dict.fromkeys(effect.entity for effect in self.effects(event))
        deleted = set(self.history.events.deletions.tolist())
        for row in self._changed_rows & {position - 1 for position in deleted}:
            found |= _named(self.history.events.event(row + 1))
        for event in self._new:
            found |= _named(event) if self._ends(event) else {}
        return list(found)

    def _ends(self, event: Event) -> bool:
        """Whether a new event says that something was deleted."""
        return teller(self.log.fields)(event.record) is not None

    def _ends_of(self, entity: str) -> Int64s:
        """(k,) the places in the branch at which an entity ends, ascending."""
        events = self.history.events
        named = events.entity_names.find(entity)
        deleted = events.deletions
        own = deleted[events.entities[deleted - 1] == named] if named is not None else deleted[:0]
        places = self._place[own - 1]
        new = [
            place for place in self._new_place.values()
            if self.event(place).entity == entity and self._ends(self.event(place))
        ]  # fmt: skip
        return distinct(np.concatenate([places[places > 0], np.array(new, np.int64)]))

    def events_of(self, entity: str, after: int = 0) -> Iterator[tuple[int, Event]]:
        """The events of the branch that do something to an entity, each with its position.

        Args:
            entity: Whose.
            after: Those of the log only beyond this position of the log.
        """
        places = self.places_of(entity, after)
        yield from zip(places.tolist(), self.events(places), strict=True)

    def places_of(self, entity: str, after: int = 0) -> Int64s:
        """(k,) the positions of the branch of those events, ascending."""
        history = self.history
        positions = self._touches(history.entities.find(entity))
        places = self._place[history.in_log(distinct(positions[positions > after])) - 1]
        again = [place for place in self._new_place.values() if self._does(place, entity)]
        return distinct(np.concatenate([places[places > 0], np.array(again, np.int64)]))

    def _does(self, place: int, entity: str) -> bool:
        return any(effect.entity == entity for effect in self.effects(self.event(place)))

    # -- state -------------------------------------------------------------------------------------------

    def row(self, entity: str, position: int) -> dict[str, object] | None:
        """One entity as people see it at a position of the branch; None if it does not exist yet."""
        if entity not in self.touched:
            state = self.history.state(self.unchanged_until(position))
            code = state.find(entity)
            return None if code is None else state.row(code)
        return self._fold(entity).row(position)

    def items(self, position: int) -> Iterator[tuple[str, dict[str, object]]]:
        """Every entity that exists at a position of the branch, with its fields."""
        state = self.history.state(self.unchanged_until(position))
        touched = set(self.touched)
        again = {entity: row for entity in self.touched if (row := self.row(entity, position)) is not None}
        nothing = {field.name: field.nothing for field in self.model.fields if not field.hidden}
        for code in state.codes.tolist():
            entity = state.entity(code)
            if entity not in touched:
                yield entity, nothing | state.row(code)
            elif entity in again:
                yield entity, again.pop(entity)
        yield from again.items()

    def _fold(self, entity: str) -> EntityFold:
        """All states of one entity."""
        known = self._folded.get(entity)
        if known is None:
            history = self.history
            code = history.entities.find(entity)
            moments = history.in_log(self._touches(code))
            own: Iterator[tuple[int, Event]]
            if history.keeps_operands:
                own = ((place, self.event(place)) for place in sorted(self._new_place.values()))
            else:  # its events are read again, and nothing of them is known
                own, moments = self.events_of(entity), moments[:0]
            new = [
                (place, effect)
                for place, event in own
                for effect in self.effects(event)
                if effect.entity == entity
            ]
            known = EntityFold(
                self.model,
                history.operands if history.keeps_operands else {},
                code,
                moments,
                lambda of_log: self._place[of_log - 1],
                new,
                self._ends_of(entity),
            )
            self._folded[entity] = known
        return known

    def _touches(self, code: int | None) -> Int64s:
        """The positions in the history of all that happened to an entity."""
        if code is None:
            return np.zeros(0, np.int64)
        touches = self.history.touches
        begin, end = (int(each) for each in touches.offsets[[code, code + 1]])
        return np.asarray(touches.positions[begin:end], np.int64)

    def differences(self, log_position: int, position: int) -> list[EntityDiff]:
        """Every entity that is another at `position` of the branch than at `log_position` of the log."""
        until = self.unchanged_until(position)
        before, touched = self.history.state(log_position), self.touched
        found = [
            each for each in (diff(self.history, log_position, until) if until != log_position else ())
            if each.entity not in touched
        ]  # fmt: skip
        fields = [field for field in self.model.fields if not field.hidden]
        for entity in touched:
            code = before.find(entity)
            old = None if code is None else before.row(code)
            new = self.row(entity, position)
            if old == new or (old is None and new is None):
                continue
            kind = "added" if old is None else "removed" if new is None else "changed"
            differing = tuple(
                FieldDiff(field, _of(old, field.name), _of(new, field.name))
                for field in fields
                if kind != "changed" or _of(old, field.name) != _of(new, field.name)
            )
            found.append(EntityDiff(entity, kind, differing))
        return found


def _named(event: Event) -> dict[str, None]:
    return {} if event.entity is None else {event.entity: None}


def _of(row: dict[str, object] | None, name: str) -> object:
    return None if row is None else row.get(name)


def _moment(clock: Int64s, position: int) -> int | None:
    moment = NO_TIME if position < 1 else int(clock[position - 1])
    return None if moment == NO_TIME else moment
