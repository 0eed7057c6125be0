"""Where is each event in the file, when did it happen, and to whom: the log as columns?"""

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, cast

import numpy as np
import numpy.typing as npt

from explorer.eventlog.deletion import CRUD, OPERATIONS
from explorer.eventlog.errors import LogError
from explorer.eventlog.event import Event, Notice, Unread
from explorer.eventlog.field_names import NUMBERED, SEQUENCE, plain
from explorer.eventlog.log import EventLog
from explorer.eventlog.memory import empty_column
from explorer.eventlog.names import Names
from explorer.eventlog.timestamps import iso_text, outside
from explorer.history.column_files import GrowableColumn
from explorer.history.numbering import numbers_of
from explorer.history.ordering import ascending, inverse, narrow, occurring
from explorer.history.sequences import Sequences

type Int64s = npt.NDArray[np.int64]
type Ints = npt.NDArray[Any]

COUNTS = NUMBERED | frozenset(SEQUENCE) | {"transactionid", "number", "no", "nr"}
_AT_ONCE = 16_384  # events that are read again together
_TESTED_AT_ONCE = 1 << 20
_GAP_BYTES = 1 << 16  # less between two events costs less than another look at the file
_READ_BYTES = 8 << 20
_LOOKED_AT, _FEWEST = 64, 3  # events by whose numbers one sees where a log begins
_ROOM_SHARE = 16  # behind a column there is room for one more in so many
_BESIDE = 8  # events at each place by whose numbers one sees whether they follow one another

# what is found among the first events of a log stays so when it grows
_GONE_ON_FROM = ("untimed", "beyond", "nobodys", "out_of_order", "latest_ns", "time_steps")

NO_TIME = np.iinfo(np.int64).min  # earlier than any time: an event without one never moves the clock
NEVER = np.iinfo(np.int64).max  # later than any time


class Events:
    """Every readable event as columns, in log order; row = position - 1.

    Attributes:
        offsets: (n,) int64, bytes in the unpacked log; `lengths`: (n,) int32.
        at_ns: (n,) int64, `NO_TIME` where there is none.
        types, entities: (n,) codes into `type_names`, `entity_names`; entity -1 = none.
        unread: What could not be read, in log order.
        notices: Warnings about events that were read, in log order.
        earlier: The numbers of the first of the events, if somebody has read them before the log grew.
        begun: How many events the log had before it grew, and what was found among them then.
    """

    def __init__(
        self,
        log: EventLog,
        columns: Mapping[str, Ints],
        names: tuple[Names[str], Names[str]],
        unread: Sequence[Unread] = (),
        notices: Sequence[Notice] = (),
    ) -> None:
        self.log = log
        self.offsets: Int64s = columns["offsets"]
        self.lengths, self.at_ns = columns["lengths"], columns["at_ns"]
        self.types, self.entities = columns["types"], columns["entities"]
        self.line_rows, self.line_steps = columns["line_rows"], columns["line_steps"]
        self.type_names, self.entity_names = names
        self.unread, self.notices = unread, notices
        self.earlier: Sequences | None = None
        self.begun: tuple[int, Mapping[str, Any]] = (0, {})

    def go_on_from(self, old: "Events") -> None:
        """Take over what is known of the first events: they are those of a log that has only grown since."""
        known = vars(old)
        self.earlier = known.get("sequences") or old.earlier
        if "out_of_order" in known:
            old.latest_ns  # noqa: B018 - made from what is known, too
        self.begun = len(old), {name: known[name] for name in _GONE_ON_FROM if name in known}

    def __len__(self) -> int:
        return len(self.offsets)

    def event(self, position: int) -> Event:
        """The event at `position` (1-based, log order), read again from the file."""
        row = position - 1
        return self.log.decode(int(self.offsets[row]), int(self.lengths[row]), position)

    def spread(self, most: int) -> Int64s:
        """(k,) positions from all over the log, ascending, that are soon looked at; at most so many."""
        return (
            occurring(np.linspace(1, len(self), most).astype(np.int64))
            if len(self)
            else np.zeros(0, np.int64)
        )

    def need_bytes(self) -> None:
        """Return if the bytes of events can be read again, so that what is not found in them is not there.

        Raises:
            OutOfReach: They cannot.
        """

    def known(self, position: int, said: str) -> Event:
        """What the columns tell of the event at `position`: type, entity and time. `said` stands for its payload."""
        row = position - 1
        entity, at_ns = int(self.entities[row]), int(self.at_ns[row])
        time = None if at_ns == NO_TIME else at_ns
        data: dict[str, object] = {"…": said} if said else {}
        return Event(
            position,
            self.type_names[int(self.types[row])],
            self.entity_names[entity] if entity >= 0 else None,
            data,
            at=None if time is None else iso_text(time),
            at_ns=time,
            record=data,
        )

    def raws(self, rows: Int64s) -> list[bytes]:
        """The bytes of some events, read from the file in as few stretches as there are far gaps between them."""
        begins = self.offsets[rows]
        ends = begins + self.lengths[rows]
        order = None if bool((begins[1:] >= begins[:-1]).all()) else np.argsort(begins, kind="stable")
        if order is not None:
            begins, ends = begins[order], ends[order]
        apart = (begins[1:] > ends[:-1] + _GAP_BYTES) | (
            begins[1:] // _READ_BYTES != begins[:-1] // _READ_BYTES
        )
        found: list[bytes] = []
        for first, stop in itertools.pairwise([0, *(np.flatnonzero(apart) + 1).tolist(), len(rows)]):
            if first == stop:
                continue
            base = int(begins[first])
            content = self.log.raw(base, int(ends[stop - 1]) - base)
            places = zip(
                (begins[first:stop] - base).tolist(), (ends[first:stop] - base).tolist(), strict=True
            )
            found += [content[begin:end] for begin, end in places]
        return found if order is None else [found[at] for at in inverse(order).tolist()]

    def _together(self, positions: Int64s) -> Iterator[tuple[Int64s, list[bytes]]]:
        """The rows of some events and their bytes, as many at a time as take little memory."""
        first = 0
        while first < len(positions):
            rows = positions[first : first + _AT_ONCE] - 1
            sizes = np.cumsum(self.lengths[rows], dtype=np.int64)
            rows = rows[: max(int(np.searchsorted(sizes, _READ_BYTES)), 1)]
            yield rows, self.raws(rows)
            first += len(rows)

    def some(self, positions: Int64s) -> Iterator[Event]:
        """The events at some positions in log order, in the order given: read together, not one by one."""
        decode = self.log.decode_raw
        for rows, raws in self._together(positions):
            places = zip(raws, rows.tolist(), self.offsets[rows].tolist(), strict=True)
            yield from (decode(raw, row + 1, offset) for raw, row, offset in places)

    def time_texts(self, positions: Int64s) -> Iterator[str]:
        """What the events at some positions say of their time, in the log's own words; empty if nothing."""
        for rows, raws in self._together(positions):
            texts = self.log.time_texts(raws)
            for at, text in enumerate(texts):
                if text is None:
                    row = int(rows[at])
                    texts[at] = self.log.decode_raw(raws[at], row + 1, int(self.offsets[row])).at or ""
            yield from cast("list[str]", texts)

    def kind_texts(self, positions: Int64s) -> Iterator[str]:
        """What the events at some positions say of the kind of their entity; empty if nothing."""
        for rows, raws in self._together(positions):
            texts = self.log.kind_texts(raws)
            for at, text in enumerate(texts):
                if text is None:
                    row = int(rows[at])
                    texts[at] = self.log.decode_raw(raws[at], row + 1, int(self.offsets[row])).kind or ""
            yield from cast("list[str]", texts)

    @cached_property
    def deletions(self) -> Int64s:
        """(k,) the positions of the events that say that something was deleted, ascending."""
        found = np.array([each.position for each in self.notices if each.kind == "delete"], np.int64)
        kinds = {name.lower(): code for code, name in enumerate(self.type_names.values)}
        role = plain((self.log.fields.type or "").rpartition(".")[2])
        if role in OPERATIONS and "d" in kinds and kinds.keys() & {"u", "i"} and kinds.keys() <= CRUD:
            found = np.concatenate([found, np.flatnonzero(self.types == kinds["d"]) + 1])
        return occurring(found)

    def raw(self, position: int) -> bytes:
        """Its bytes as they stand in the file; of a database, the payload as it is stored there."""
        row = position - 1
        return self.log.stored(int(self.offsets[row]), int(self.lengths[row]))

    def line(self, position: int) -> int:
        """The 1-based line on which it begins."""
        row = position - 1
        return row + int(self.line_steps[np.searchsorted(self.line_rows, row, "right") - 1])

    @cached_property
    def known_at_ns(self) -> Int64s:
        """(n,) each event's time; where it has none, that of the event before it."""
        return forward_filled(self.at_ns)

    @property
    def sorting_ns(self) -> Int64s:
        """(n,) each event's time; those without one come last: nobody knows when they happened."""
        unknown = self.at_ns == NO_TIME
        return np.where(unknown, NEVER, self.at_ns) if unknown.any() else self.at_ns

    def _where(self, name: str, test: Callable[[slice], npt.NDArray[np.bool_]]) -> Int64s:
        """(k,) the positions of the events for which a test holds; where the log has grown, new ones are looked at.

        The test is asked of one stretch after the other: what it computes takes several times as much memory.
        """
        before = self.begun[1].get(name)
        begin, count = (0 if before is None else self.begun[0]), len(self)
        # most of very many events may be meant: room is taken for all of them, and memory for those that are found
        room, done = empty_column(count - begin, narrow(count), filled=False), 0
        for first in range(begin, count, _TESTED_AT_ONCE):
            hits = np.flatnonzero(test(slice(first, min(first + _TESTED_AT_ONCE, count)))) + (first + 1)
            room[done : done + len(hits)] = hits
            done += len(hits)
        found = room[:done] if 2 * done > len(room) else room[:done].copy()
        return found if before is None else np.concatenate([before, found])

    @cached_property
    def latest_ns(self) -> int:
        """The latest of all times; `NO_TIME` if there is none."""
        count, known = self.begun
        begin, latest = (count, known["latest_ns"]) if "latest_ns" in known else (0, NO_TIME)
        return max(int(self.at_ns[begin:].max(initial=NO_TIME)), latest)

    @cached_property
    def out_of_order(self) -> Int64s:
        """Positions of the events that happened before an event recorded earlier; none of a set, which has no order."""
        times, known = self.at_ns, self.begun[1]
        if len(times) < 2 or self.log.by_time:
            return np.zeros(0, np.int64)
        begun = "out_of_order" in known and "latest_ns" in known
        if not begun and ascending(self.known_at_ns):
            return np.zeros(0, np.int64)

        before = known["latest_ns"] if begun else NO_TIME

        def late(rows: slice) -> npt.NDArray[np.bool_]:
            nonlocal before
            own = times[rows]
            latest = np.maximum.accumulate(own)
            np.maximum(latest, before, out=latest)
            before = latest[-1]
            found: npt.NDArray[np.bool_] = (own != NO_TIME) & (own < latest)
            return found

        return self._where("out_of_order", late)

    @cached_property
    def untimed(self) -> Int64s:
        """(k,) the positions of the events without a time that can be read."""
        return self._where("untimed", lambda rows: self.at_ns[rows] == NO_TIME)

    @cached_property
    def beyond(self) -> Int64s:
        """(k,) the positions of the events whose time is outside the years that nanoseconds can tell."""
        return self._where("beyond", lambda rows: outside(self.at_ns[rows]))

    @cached_property
    def nobodys(self) -> Int64s:
        """(k,) the positions of the events that name no entity."""
        return self._where("nobodys", lambda rows: self.entities[rows] == -1)

    def latest_before(self, position: int) -> int:
        """The position of the event that is the first with the latest time of all before one."""
        return int(np.argmax(self.at_ns[: position - 1])) + 1

    @cached_property
    def time_steps(self) -> tuple[int, int, int]:
        """How often the next known time is later, and how often it is earlier; the last known time, or `NO_TIME`."""
        count, known = self.begun
        begin, (up, down, last) = (
            (count, known["time_steps"]) if "time_steps" in known else (0, (0, 0, NO_TIME))
        )
        times = self.at_ns[begin:]
        if bool((times == NO_TIME).any()):
            times = times[times != NO_TIME]
        if not len(times):
            return up, down, last
        more = _steps(times)
        first = int(times[0])
        joint = (0, 0) if last == NO_TIME else (int(first > last), int(first < last))
        return up + more[0] + joint[0], down + more[1] + joint[1], int(times[-1])

    @cached_property
    def newest_first(self) -> bool:
        """Does the log, as most statements of banks do, begin with what happened last?

        Its times say so, or, where they are all the same or there are none, the numbers that it gives its events.
        """
        if self.log.by_time:
            return False
        up, down, _ = self.time_steps
        return down > 0 and up * 10 <= down if up or down else self._counts_down()

    def _counts_down(self) -> bool:
        """Does a number in nearly all events fall from one to the next, as far as a few of them tell?"""
        return counts_down(len(self), self.event, self.log.fields.entity)

    @cached_property
    def sequences(self) -> Sequences:
        """The number that the log itself gives each event. Slow the first time: each is looked at once."""
        earlier = self.earlier
        if earlier is None or len(earlier) > len(self):
            return self.sequences_at(np.arange(1, len(self) + 1))
        if len(earlier) == len(self):
            return earlier
        return Sequences.joined([earlier, self.sequences_at(np.arange(len(earlier) + 1, len(self) + 1))])

    def sequences_at(self, positions: Int64s) -> Sequences:
        """The numbers of the events at some positions."""
        if self.log.fields.sequence is None:
            return Sequences.of([None] * len(positions))
        parts: list[Sequences] = []
        for rows, raws in self._together(positions):
            numbers = self.log.sequences(raws)
            for at, number in enumerate(numbers):
                if number is None:
                    row = int(rows[at])
                    numbers[at] = self.log.decode_raw(raws[at], row + 1, int(self.offsets[row])).sequence
            parts.append(Sequences.of(numbers))
        return Sequences.joined(parts)

    @cached_property
    def out_of_sequence(self) -> bool:
        """Does the log give each event a number, and does not stand in their order, while its times go with it?

        Where a few places tell that it does stand so, the rest is not looked at.
        """
        count = len(self)
        if count < _FEWEST or self.log.fields.sequence is None or self.log.by_time or self.newest_first:
            return False
        timed = bool((self.at_ns != NO_TIME).any())
        late = self.out_of_order
        if timed and not len(late):
            return False  # as recorded is as happened: a number that says otherwise is of something else
        try:
            if self.sequences_at(here_and_there(len(self), late)).ascending:
                return False
            numbers = self.sequences
        except LogError:
            return False  # it has been closed, or taken away: whoever reads an event of it is told
        if numbers.ascending or not numbers.orders:
            return False
        if not timed:
            return True
        up, down = _steps(forward_filled(self.at_ns[numbers.rows]))
        return down * 10 <= up and down < _steps(self.known_at_ns)[1]

    def numbered(self) -> Iterator[tuple[int, Unread | None]]:
        """The log's entries from top to bottom: (position, None) for events, (after, unread) between them."""
        unread = iter(self.unread)
        pending = next(unread, None)
        for position in range(1, len(self) + 1):
            while pending is not None and pending.after < position:
                yield pending.after, pending
                pending = next(unread, None)
            yield position, None
        while pending is not None:
            yield pending.after, pending
            pending = next(unread, None)


def here_and_there(count: int, late: Int64s) -> Int64s:
    """(k,) events here and there, and some that came late, each with those beside it; ascending.

    Args:
        count: How many events there are.
        late: The positions of those that came late, or the few that `places_in` names.
    """
    few = np.linspace(1, count, _LOOKED_AT).astype(np.int64)
    beside = (
        np.concatenate([few, late[places_in(len(late))]])[:, None] + np.arange(-_BESIDE // 2, _BESIDE // 2)
    ).ravel()
    return occurring(beside[(beside >= 1) & (beside <= count)])


def places_in(count: int) -> Int64s:
    """(k,) a few places from all over so many things."""
    return np.linspace(0, count - 1, _LOOKED_AT).astype(np.int64) if count else np.zeros(0, np.int64)


def counts_down(count: int, event_at: Callable[[int], Event], entity: str | None) -> bool:
    """Whether a number falls from one event to the next in nearly all of the few that are looked at.

    Args:
        count: How many events there are.
        event_at: The event at a position.
        entity: The path of the entity, whose numbers tell nothing.
    """
    if count < _FEWEST:
        return False
    found: dict[str, list[int]] = {}
    looked_at = occurring(np.linspace(1, count, _LOOKED_AT).astype(np.int64)).tolist()
    try:
        for position in looked_at:
            for path, number in numbers_of(event_at(position), COUNTS):
                found.setdefault(path, []).append(number)
    except LogError:
        return False  # it has been closed, or taken away: whoever reads an event of it is told
    found.pop(entity or "", None)
    steps = [
        _steps(np.array(each, object)) for each in found.values() if len(each) * 10 >= len(looked_at) * 9
    ]
    return any(up * 10 <= down and (up + down) * 10 >= (len(looked_at) - 1) * 8 for up, down in steps)


def _steps(numbers: Ints) -> tuple[int, int]:
    """How often the next one is greater, and how often it is less."""
    earlier, later = numbers[:-1], numbers[1:]
    return int(np.count_nonzero(later > earlier)), int(np.count_nonzero(later < earlier))


def reached(clock: Int64s, at_ns: Int64s) -> Int64s:
    """(n,) from which time on each event is known to have happened, ascending.

    An event without a time is known to have happened when the next one that has a time did; never before, and those
    behind the last such event are reached by no time at all.

    Args:
        clock: (n,) the running maximum of the times.
        at_ns: (n,) the times, in the same order, `NO_TIME` where there is none.
    """
    if at_ns.min(initial=NEVER) != NO_TIME:
        return clock
    unknown, count = at_ns == NO_TIME, len(at_ns)
    following = np.minimum.accumulate(np.where(unknown, count, np.arange(count))[::-1])[::-1]
    found: Int64s = np.append(clock, NEVER)[following]
    return found


def running(
    times: Int64s, before: Int64s | None = None, room: GrowableColumn | None = None
) -> tuple[Int64s, GrowableColumn | None]:
    """(n,) the running maximum of times, and the column it stands in; they themselves and None, if they ascend.

    Args:
        times: (n,) of events, in order.
        before: That of the first of them, if it is known …
        room: … and the column it stands in: what is new goes behind it, unless something does already.
    """
    count = 0 if before is None else len(before)
    new = times[max(count - 1, 0) :]
    rising = ascending(new)
    if before is None or not count:
        found = times if rising else np.maximum.accumulate(times, out=empty_column(len(times), np.int64))
        return found, None
    latest, own = before[-1], times[:count]
    as_before = before.__array_interface__["data"] == own.__array_interface__["data"]  # as mostly
    if rising and new[0] == latest and (as_before or bool((before == own).all())):
        return times, None
    later = np.maximum.accumulate(times[count:])
    if room is None or room.size != count:
        room = GrowableColumn(np.dtype(np.int64))
        room.append(before, len(times) + len(times) // _ROOM_SHARE)
    room.append(np.maximum(later, latest, out=later), 0)
    return room.view(), room


def forward_filled(at_ns: Int64s) -> Int64s:
    """(n,) each time; where there is none, the one before it."""
    if at_ns.min(initial=NEVER) != NO_TIME:  # which is the least of all
        return at_ns
    unknown = at_ns == NO_TIME
    latest = np.maximum.accumulate(np.where(unknown, -1, np.arange(len(at_ns))))
    return np.where(latest < 0, NO_TIME, at_ns[latest]).astype(np.int64)
