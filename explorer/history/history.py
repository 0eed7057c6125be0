"""What was the state at this position, and what changed it?"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import cached_property
from typing import Literal

import numpy as np
import numpy.typing as npt

from explorer.eventlog.entity_forms import has_id, spellings
from explorer.eventlog.event import Event, Joined
from explorer.eventlog.extract import JOINED
from explorer.eventlog.log import EventLog
from explorer.eventlog.names import Names
from explorer.history.build import Operands
from explorer.history.changes import Change, Changes, changes_in
from explorer.history.chunks import Problem
from explorer.history.column_files import GrowableColumn
from explorer.history.counting import MANY
from explorer.history.endings import Endings, can_begin_anew, ends_in
from explorer.history.events import NO_TIME, Events, forward_filled, reached, running
from explorer.history.field_history import NONE, FieldHistory
from explorer.history.ordering import inverse
from explorer.history.state import State
from explorer.history.totals import Totals, TotalsSoFar, kinds_of
from explorer.projection.exact import Exact
from explorer.projection.model import Field

_FEW_MOMENTS = 8  # moments that are asked for before the running maximum of all times is made

type Order = Literal["log", "time", "reversed", "sequence"]
type Int64s = npt.NDArray[np.int64]


class History:
    """One log, one read model, one order of time: every version of every field.

    Attributes:
        events: The log as columns (always in log order).
        fields: All fields, hidden ones included, in the order in which they are shown.
        problems: Events that could not be applied, by their place in the log, as they were met in this order.
        unlisted: How many more there are of each kind.
        operands: What the events gave to each field, in log order, of which all this was made.
        totals_by: What adds up over entities.
        order: `log` (as recorded), `time` (as happened: stable by time), `reversed` (from the log's end to its
            beginning, for one that has the newest events first), or `sequence` (by the numbers that the log gives).
    """

    totals_by: type[Totals] = Totals

    def __init__(  # noqa: PLR0913 - by name
        self,
        events: Events,
        *,
        fields: Sequence[Field],
        entities: Names[str],
        field_histories: Mapping[str, FieldHistory],
        touches: FieldHistory,
        order: Order,
        rows: Int64s | None,
        problems: Sequence[Problem],
        unlisted: Mapping[str, int],
        operands: Mapping[str, Operands],
        before: "History | None" = None,
        ranks: Int64s | None = None,
    ) -> None:
        # `before`: the history in this order of a log that has only grown since
        # `ranks`: the inverse of `rows`, where somebody knows it
        self.events = events
        self.operands = operands
        self.fields = tuple(fields)
        self.entities = entities
        self.field_histories = field_histories
        self.touches = touches
        self.problems = problems
        self.unlisted = unlisted
        self.order = order
        self._rows = rows
        self._totals_begun: Mapping[str, TotalsSoFar] = {}
        self._ranks: Int64s | None = None
        if rows is not None:
            self._ranks = inverse(rows) if ranks is None else ranks
        self._clock_before: Int64s | None = None if before is None else before.__dict__.get("clock")
        self._clock_room: GrowableColumn | None = None if before is None else before._clock_room  # noqa: SLF001
        self._moments_asked = 0

    @cached_property
    def clock(self) -> Int64s:
        """(n,) the running maximum of the events' times: what the clock says at each position, less one."""
        rows, events, before = self._rows, self.events, self._clock_before
        self._clock_before = None
        times = events.known_at_ns if rows is None else forward_filled(events.at_ns[rows])
        found, self._clock_room = running(times, before, self._clock_room)
        return found

    def called(self, order: Order) -> "History":
        """The same where another order of time is that of this history."""
        return History(
            self.events, fields=self.fields, entities=self.entities, field_histories=self.field_histories,
            touches=self.touches, order=order, rows=self._rows, problems=self.problems, unlisted=self.unlisted,
            operands=self.operands,
        )  # fmt: skip

    @cached_property
    def reached(self) -> Int64s:
        """(n,) from which time on each event is known to have happened, as `events.reached` has it."""
        at_ns = self.events.at_ns
        return reached(self.clock, at_ns if self._rows is None else at_ns[self._rows])

    @cached_property
    def timed(self) -> int:
        """How many events have a time that can be read."""
        return int(np.count_nonzero(self.events.at_ns != NO_TIME))

    def __len__(self) -> int:
        return len(self.events)

    state_of = State
    keeps_operands = True
    """Whether it is known what each event gives to each field; else whoever needs it asks the events themselves."""

    @property
    def at_hand(self) -> bool:
        """Whether an answer about all entities costs a part of a second; else it is asked for beside the window."""
        return True

    def hold(self, size: int) -> Callable[[], None]:  # noqa: ARG002
        """Count so many bytes to what may be in memory of the history; what ends that. Here all of it is."""
        return _nothing

    def room(self, size: int) -> AbstractContextManager[None]:  # noqa: ARG002
        """The same while an answer about all entities is worked out, beside the window."""
        return nullcontext()

    def refuse_branches(self) -> None:
        """Return if what each event would do elsewhere is known, or can be asked of the events.

        Raises:
            OutOfReach: It is not.
        """

    @property
    def log(self) -> EventLog:
        """The log itself."""
        return self.events.log

    # -- places ------------------------------------------------------------------------------------------

    @cached_property
    def endings(self) -> Endings | None:
        """Between which positions entities are gone; None if none ever is."""
        moments, codes = ends_in(self.events, self.entities)
        if not len(moments):
            return None
        anew = can_begin_anew(self.fields)
        found = Endings(codes, self.in_order(moments), self.touches, anew=anew)
        return found if len(found) else None

    @property
    def followed(self) -> Int64s:
        """(k,) the places in the log of the deletions at which an entity ends."""
        ended = self.endings
        return np.zeros(0, np.int64) if ended is None else self.in_log(ended.starts)

    def make_keyframes(self) -> None:
        """Make all keyframes of all fields, so that no jump is the first one. NumPy gives way to another thread."""
        lines = self.field_histories.values()
        if len(self) < MANY:
            for line in lines:
                line.make_keyframes()
            return
        from concurrent.futures import ThreadPoolExecutor

        with ThreadPoolExecutor(2) as pool:
            list(pool.map(FieldHistory.make_keyframes, lines))

    def rows_with(self, sorting_ns: Int64s) -> Int64s | None:
        """The rows of a log that has grown, by time; None if what is new did not happen last, and as it was recorded.

        Args:
            sorting_ns: (n,) the times of all its events, as in `Events`.
        """
        count = len(self)
        times = np.concatenate([self.reached[-1:], sorting_ns[count:]])
        if self._rows is None or bool((times[1:] < times[:-1]).any()):
            return None
        return np.concatenate([self._rows, np.arange(count, len(sorting_ns))])

    def goes_on_in(self, rows: Int64s) -> bool:
        """Whether a log that has grown begins, in an order of its `rows`, with all that is here."""
        return self._rows is not None and np.array_equal(rows[: len(self)], self._rows)

    def log_position(self, position: int) -> int:
        """The place in the log of the event at `position` of this order."""
        return position if self._rows is None else int(self._rows[position - 1]) + 1

    def position_of(self, log_position: int) -> int:
        """The inverse of `log_position`."""
        return log_position if self._ranks is None else int(self._ranks[log_position - 1]) + 1

    @property
    def backwards(self) -> bool:
        """Whether of two events of one time the later one of the log comes first."""
        return self.order == "reversed" or (self.order == "time" and self.events.newest_first)

    def insertion_place(self, position: int) -> int:
        """Before which event of the log one is inserted that is to come before `position` of this order.

        One past the last, in either: at its end.
        """
        end = position > len(self)
        if self.backwards:
            return 1 if end else self.log_position(position) + 1
        return position if end else self.log_position(position)

    def inserted_before(self, log_position: int) -> int:
        """The inverse of `insertion_place`."""
        if self.backwards:
            return len(self) + 1 if log_position == 1 else self.position_of(log_position - 1)
        return log_position if log_position > len(self) else self.position_of(log_position)

    def in_log(self, positions: Int64s) -> Int64s:
        """(k,) the places in the log of many positions of this order."""
        return positions if self._rows is None else self._rows[positions - 1].astype(np.int64) + 1

    def in_order(self, log_positions: Int64s) -> Int64s:
        """(k,) the inverse of `in_log`."""
        return log_positions if self._ranks is None else self._ranks[log_positions - 1].astype(np.int64) + 1

    def event(self, position: int) -> Event:
        """The event at `position` of this order (1-based)."""
        return self.events.event(self.log_position(position))

    def rows_before(self, instants: Int64s, side: Literal["left", "right"] = "left") -> Int64s:
        """(k,) how many events the clock has passed before each instant (`right`: by then), for a picture.

        Exact where few are asked for; of a history that lies in a folder many may be near it.
        """
        return np.searchsorted(self.clock, instants, side)

    def clock_at(self, rows: Int64s) -> Int64s:
        """(k,) what the clock says at some rows, for a picture: exact as `rows_before` is."""
        return self.clock[rows]

    def position_at(self, at_ns: int, *, inclusive: bool = True) -> int:
        """The position "as of" a time: how many leading events the clock has passed.

        Counts those whose running maximum of time is ≤ `at_ns`; < `at_ns` if not inclusive. An event without a time
        is counted with the next one that has one.
        """
        return int(np.searchsorted(self.reached, at_ns, "right" if inclusive else "left"))

    def moment_ns(self, position: int) -> int | None:
        """What the clock says at `position`, UTC nanoseconds; None before the first known time."""
        if not 1 <= position <= len(self):  # of a log without events, too
            return None
        if "clock" not in vars(self) and self._rows is None and self._moments_asked < _FEW_MOMENTS:
            self._moments_asked += 1  # who asks for few is spared the memory for all
            moment = int(self.events.at_ns[:position].max())
        else:
            moment = int(self.clock[position - 1])
        return None if moment == NO_TIME else moment

    # -- state -------------------------------------------------------------------------------------------

    def state(self, position: int) -> State:
        """The state of all entities once the first `position` events have happened.

        Raises:
            IndexError: There is no such position.
        """
        if not 0 <= position <= len(self):
            raise IndexError(f"position {position} is outside 0…{len(self)}")
        return self.state_of(
            self.fields, self.entities, self.field_histories, self.touches, position, self.endings
        )

    def totals(self, position: int) -> dict[str, dict[object, Exact]]:
        """For each visible field that has totals: its sums over all entities by key, or how many have each value."""
        return {
            name: totals.at(position) for name, totals in self._totals.items() if totals.known and position
        }

    def total_lines(self, field: str) -> int:
        """How many totals a field that adds up has at most: one for each currency; 0 if none."""
        return self._totals[field].lines

    def take_over(self, old: "History | None", fields: Collection[str], same: "History | None") -> None:
        """Take over what others have found already, as far as somebody has asked them for it.

        Args:
            old: The history of the log before it grew, in this order, …
            fields: … and the fields that go on from it.
            same: The history of the same log in another order.
        """
        if old is None:
            if same is not None:
                self.touches.take_ranks(same.touches)
                for name, line in self.field_histories.items():
                    line.take_ranks(same.field_histories[name])
            return
        known: dict[str, Totals] = vars(old).get("_totals", {})
        begun = {name: known[name].begun for name in fields if name in known}
        self._totals_begun = {name: each for name, each in begun.items() if each is not None}

    @cached_property
    def _totals(self) -> dict[str, Totals]:
        lines = self.field_histories
        found = {
            field.name: self.totals_by(
                lines[field.name], kinds_of(field, self.fields, lines, self.entities.values)
            )
            for field in self.fields
            if not field.hidden
        }
        for name, begun in self._totals_begun.items():
            found[name].go_on_from(begun)
        self._totals_begun = {}
        return found

    def changes_by(self, position: int) -> list[Change]:
        """What the event at `position` changed, over all entities and visible fields."""
        return [
            self._change(line, int(change))
            for line in self._visible()
            for change in line.changes_by(position)
        ]

    def changes_of(self, entity: str, field: str, until: int | None = None) -> list[Change]:
        """Each event that set `field` of `entity`, as they happened: why the value is what it is.

        Raises:
            KeyError: There is no such field.
        """
        changes = self.all_changes(entity, [field])
        count = len(changes) if until is None else int(np.searchsorted(changes.positions, until, "right"))
        return changes[:count]

    def all_changes(self, entity: str, fields: Sequence[str]) -> Changes:
        """The same of several fields together, each change made when it is looked at: there may be a million.

        Raises:
            KeyError: There is no such field.
        """
        lines = [self.field_histories[field] for field in fields]
        code = self.entities.find(entity)
        if code is None:
            return Changes([], [], self._change)
        return Changes(lines, [changes_in(line, code) for line in lines], self._change)

    def positions_of(self, entity: str) -> Int64s:
        """The positions of the events about `entity`, ascending.

        Those that did something to it, and those that name it without meaning anything to the read model.
        """
        code = self.entities.find(entity)
        begin, end = (0, 0) if code is None else self.touches.offsets[[code, code + 1]]
        named = self.events.entity_names.find(entity)
        naming = np.zeros(0, np.int64) if named is None else self._naming(named)
        ranks = naming if self._ranks is None else self._ranks[naming]
        return np.union1d(self.touches.positions[begin:end], ranks + 1).astype(np.int64, copy=False)

    def knows(self, entity: str) -> bool:
        """Whether any event is about `entity`: a name that was met may be that of events which could not be applied."""
        code = self.entities.find(entity)
        if code is None:
            return False
        begin, end = self.touches.offsets[[code, code + 1]].tolist()
        return bool(end > begin) or len(self.positions_of(entity)) > 0

    def _naming(self, named: int) -> Int64s:
        """(k,) the rows of the events that name an entity, at least of those that did nothing to it."""
        return np.flatnonzero(self.events.entities == named)

    def entities_meant(self, name: str) -> list[str]:
        """The entities that a person means by a name: `acc-1` is `Account|acc-1`, too.

        The one called so; else a UUID that is spelt otherwise, else those of which it is the id, or the last part.
        """
        known = self.entities
        if known.find(name) is not None:
            return [name]
        if spelt := [each for each in spellings(name) if known.find(each) is not None]:
            return spelt[:1]
        form = self.log.fields.form
        ending = Joined.text(["", name])
        return [
            each
            for each in known
            if (each.endswith(name) and form is not None and has_id(each, name, form))
            or (
                len(each) > len(ending) and each.endswith(ending) and JOINED in (self.log.fields.entity or "")
            )
        ]

    def entities_of(self, position: int) -> list[str]:
        """The entities to which the event at `position` did something."""
        return [
            self.entities[self.touches.slot_of(int(change))] for change in self.touches.changes_by(position)
        ]

    def _visible(self) -> Iterator[FieldHistory]:
        return (self.field_histories[field.name] for field in self.fields if not field.hidden)

    def _change(self, line: FieldHistory, change: int) -> Change:
        slot = line.slot_of(change)
        key = None if line.slot_key is None or line.slot_key[slot] < 0 else line.keys[line.slot_key[slot]]
        earlier = line.before(change)
        return Change(
            position=int(line.positions[change]),
            entity=self.entities[int(line.slot_entity[slot])],
            field=line.field,
            key=key,
            before=line.field.nothing if earlier == NONE else line.value(earlier),
            after=line.value(change),
        )


def _nothing() -> None:
    """Nothing was counted."""
