"""In which other orders of time is a log looked at whose rows lie on the disk, and how is it put into them?

They are those of a log in memory, for the same reasons: see `Events` and `Collected.history`.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from explorer.eventlog.errors import LogError
from explorer.eventlog.event import Event
from explorer.eventlog.log import EventLog
from explorer.eventlog.names import Names
from explorer.history.engines.folder_rows import EventTable
from explorer.history.engines.reordered import ReorderedLog
from explorer.history.engines.reordering import PIECE_EVENTS, Reordering
from explorer.history.engines.spilled import ColumnsFile, SpilledGo
from explorer.history.engines.whole_log import WholeLog
from explorer.history.events import NEVER, NO_TIME, Events, counts_down, here_and_there, places_in
from explorer.history.history import Order
from explorer.history.sequences import Sequences
from explorer.projection.upcasting.model import inner_model

type Ints = npt.NDArray[Any]

_FEWEST = 3  # events between which there is an order


class NumbersTooLarge(LogError):  # noqa: N818 - said of the log
    """A log's own numbers are too large to put it in order by them."""

    def __init__(self, name: str) -> None:
        super().__init__(
            name,
            "its own numbers do not fit into 64 bits: in their order it can be put in memory alone (--engine memory)",
        )


class OtherOrders:
    """What a log whose rows lie on the disk has of other orders of time.

    Attributes:
        newest_first: Whether the log begins with what happened last.
        out_of_sequence: Whether it does not stand in the order of its own numbers, though that is how it happened.
        unnumbered: The positions of the events without a number, if it has that order.
        orders: Which there are beside that of the log.
    """

    def __init__(
        self,
        whole: WholeLog,
        rows: EventTable,
        parts: Sequence[EventLog],
        folder: Path,
        piece_events: int = PIECE_EVENTS,
    ) -> None:
        """Look which orders there are.

        Args:
            whole: The log, settled.
            rows: What is known of its events.
            parts: Its parts, open.
            folder: Where what is sorted is kept.
            piece_events: As of `Reordering`.

        Raises:
            NumbersTooLarge: It would have to be put in the order of its own numbers.
        """
        self._whole, self._rows, self._parts = whole, rows, parts
        self._folder, self._piece_events = folder, piece_events
        self._by_number: Reordering | None = None
        self._known = 0
        log, up, down = parts[0], rows.up, rows.down
        self.unnumbered: tuple[int, ...] = ()
        self.newest_first = not log.by_time and (
            down > 0 and up * 10 <= down
            if up or down
            else counts_down(whole.count, self._event, log.fields.entity)
        )
        self.out_of_sequence = self._is_out_of_sequence()
        usual = self._usual()
        self.orders: list[Order] = []
        if self.newest_first or not rows.ascending:
            self.orders.append("time")
        if self.newest_first or usual == "reversed":
            self.orders.append("reversed")
        if self.out_of_sequence or usual == "sequence":
            self._sorted_by_number()
            if self._known:
                self.orders.append("sequence")
                self.unnumbered = tuple(self._without_number())

    def into(self, order: Order) -> ReorderedLog:
        """The log in one of its orders; its rows are there until they are removed."""
        return ReorderedLog.of(self._whole, self._reordering(order), self._folder / f"rows-{order}")

    def _reordering(self, order: Order) -> Reordering:
        if order == "sequence":
            return self._sorted_by_number()
        by = self._times if order == "time" else self._alike
        backwards = order == "reversed" or self.newest_first
        return Reordering(
            self._whole, by, self._folder / order, backwards=backwards, piece_events=self._piece_events
        )

    def _times(self, go: int) -> Ints:
        at = self._whole.goes[go].column("events", "at")
        return np.where(at == NO_TIME, NEVER, at)

    def _alike(self, go: int) -> Ints:
        return np.zeros(self._whole.goes[go].table("events").count, np.int64)

    def _usual(self) -> Order:
        """As of `Document.usual_order`."""
        log = self._parts[0]
        if log.by_time:
            return "time"
        if log.profile.order == "by sequence":
            return "sequence"
        told = log.profile.order == "newest first" and self.newest_first
        proven = getattr(inner_model(self._whole.model), "upwards", False)
        return "reversed" if told or proven else "log"

    # -- the log's own numbers ---------------------------------------------------------------------------------

    def _is_out_of_sequence(self) -> bool:
        """As of `Events.out_of_sequence`."""
        rows, log, count = self._rows, self._parts[0], self._whole.count
        if count < _FEWEST or log.fields.sequence is None or log.by_time or self.newest_first:
            return False
        timed = rows.untimed < count
        if timed and not rows.out_of_order:
            return False
        try:
            if self._numbers_at(here_and_there(count, self._late())).ascending:
                return False
            found = self._sorted_by_number()
        except NumbersTooLarge:
            raise
        except LogError:
            return False  # it has been taken away: whoever reads an event of it is told
        orders = self._known * 100 >= count * 99 and found.repeats * 100 <= count
        if found.ascending or not orders:
            return False
        return not timed or (found.down * 10 <= found.up and found.down < rows.down)

    def _late(self) -> Ints:
        """Those of the events before which a later one stands that `here_and_there` looks at."""
        wanted = places_in(self._rows.out_of_order)
        found, done, clock = [np.zeros(0, np.int64)], 0, np.int64(NO_TIME)
        for go, before in zip(self._whole.goes, self._whole.before.tolist(), strict=True):
            at = go.column("events", "at")
            clocks = np.maximum.accumulate(np.append(clock, at))
            late = np.flatnonzero((at != NO_TIME) & (at < clocks[1:])) + before + 1
            own = wanted[(wanted >= done) & (wanted < done + len(late))]
            found.append(late[own - done])
            done, clock = done + len(late), clocks[-1]
        return np.concatenate(found)

    def _sorted_by_number(self) -> Reordering:
        """All events by their numbers; those without one come last."""
        if self._by_number is None:
            self._by_number = Reordering(
                self._whole, self._numbers, self._folder / "sequence", piece_events=self._piece_events
            )
        return self._by_number

    def _numbers(self, go: int) -> Ints:
        """(m,) of all events of a go, `NEVER` where there is none; kept, for the log's text is read for them."""
        found = self._of_go(self._whole.goes[go]).sequences
        if found.numbers.dtype == object or bool((found.numbers[found.known] == NEVER).any()):
            raise NumbersTooLarge(self._parts[0].name)
        self._known += int(np.count_nonzero(found.known))
        numbers = np.where(found.known, found.numbers, NEVER)
        ColumnsFile.written(self._numbers_file(go), {"number": numbers})
        return numbers

    def _without_number(self) -> Iterator[int]:
        for go, before in enumerate(self._whole.before.tolist()):
            numbers = ColumnsFile(self._numbers_file(go)).read("number")
            yield from (np.flatnonzero(numbers == NEVER) + before + 1).tolist()

    def _numbers_file(self, go: int) -> Path:
        return self._folder / f"own-numbers-{go:06}.columns"

    def _numbers_at(self, positions: Ints) -> Sequences:
        """The numbers of a few events."""
        before = self._whole.before
        owners = np.searchsorted(before, positions - 1, "right") - 1
        return Sequences.joined([
            self._of_go(self._whole.goes[go]).sequences_at(positions[owners == go] - before[go])
            for go in range(len(before)) if bool((owners == go).any())
        ])  # fmt: skip

    # -- events that are looked at in the log ------------------------------------------------------------------

    def _event(self, position: int) -> Event:
        go = int(np.searchsorted(self._whole.before, position - 1, "right")) - 1
        return self._of_go(self._whole.goes[go]).event(position - int(self._whole.before[go]))

    def _of_go(self, go: SpilledGo) -> Events:
        """The events of a go, as if there were no others."""
        own = go.columns("events")
        columns = {
            "offsets": own["offset"], "lengths": own["length"], "at_ns": own["at"], "types": own["type"],
            "entities": own["entity"], "line_rows": np.zeros(1, np.int64), "line_steps": own["line"][:1],
        }  # fmt: skip
        return Events(self._parts[go.part], columns, (Names(), Names()))
