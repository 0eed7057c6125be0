"""How do the events of a log become the tables of a history folder of no field, and what is known of them then?"""

from collections.abc import Iterator
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

from explorer.eventlog.timestamps import outside
from explorer.history.engines.folder_rows import EventTable, nullable
from explorer.history.events import NO_TIME
from explorer.history.folder.layout import DENSITY, EVENTS
from explorer.history.folder.writer import FolderWriter

type Ints = npt.NDArray[Any]
type Columns = dict[str, Any]


class EventsTold(msgspec.Struct, frozen=True):
    """What the manifest says of all events.

    Attributes:
        untimed, out_of_order, nobodys, ascending, up, down, type_counts: As of `EventTable`.
        outside: How many have a time that no calendar has.
    """

    untimed: int
    out_of_order: int
    nobodys: int
    ascending: bool
    up: int
    down: int
    type_counts: tuple[int, ...]
    outside: int

    @property
    def falls(self) -> bool:
        """Whether times tell that the log begins with what happened last."""
        return self.down > 0 and self.up * 10 <= self.down


class EventsInFolder:
    """The table of all events, and how dense they are.

    Attributes:
        told: What is known of them, once they are written.
    """

    told: EventsTold

    def __init__(self, writer: FolderWriter, rows: EventTable) -> None:
        self._writer, self._rows = writer, rows

    def write(self) -> Iterator[int]:
        """Write them; how many each time."""
        writer, rows, beyond = self._writer, self._rows, 0
        with writer.part(EVENTS) as part, writer.part(DENSITY) as density:
            dense = DensityRows(writer.group_rows)
            position = 1
            for batch in rows.batches():
                count = len(batch["at_ns"])
                beyond += int(np.count_nonzero(outside(batch["at_ns"])))
                for each in dense.take(batch["type"], batch["at_ns"]):
                    density.add(each)
                columns = {**batch, "position": np.arange(position, position + count)}
                for name, nothing in (("at_ns", NO_TIME), ("clock_ns", NO_TIME), ("entity", -1)):
                    columns[name] = nullable(columns[name], nothing)
                part.add(columns)
                position += count
                yield count
            for each in dense.rest():
                density.add(each)
            writer.add(EVENTS, part.finish())
            writer.add(DENSITY, density.finish())
        self.told = EventsTold(
            rows.untimed, rows.out_of_order, rows.nobodys, rows.ascending, rows.up, rows.down,
            tuple(rows.type_counts.tolist()), beyond,
        )  # fmt: skip


class DensityRows:
    """For each row group of the events, how many of each type, and from when to when."""

    def __init__(self, group_rows: int) -> None:
        self._group_rows = group_rows
        self._types: list[Ints] = []
        self._times: list[Ints] = []
        self._first = 0

    def take(self, types: Ints, times: Ints) -> Iterator[Columns]:
        """Take events; the row groups that are full."""
        self._types.append(types)
        self._times.append(times)
        if sum(map(len, self._types)) < self._group_rows:
            return
        types, times = np.concatenate(self._types), np.concatenate(self._times)
        whole = len(types) // self._group_rows * self._group_rows
        for begin in range(0, whole, self._group_rows):
            own = slice(begin, begin + self._group_rows)
            yield self._told(types[own], times[own])
        self._types, self._times = [types[whole:]], [times[whole:]]

    def rest(self) -> Iterator[Columns]:
        """The last row group, if there is one."""
        types, times = (
            np.concatenate(each) if each else np.zeros(0, np.int64) for each in (self._types, self._times)
        )
        if len(types):
            yield self._told(types, times)

    def _told(self, types: Ints, times: Ints) -> Columns:
        found = []
        for kind in np.unique(types).tolist():
            known = times[(types == kind) & (times != NO_TIME)]
            ends = (int(known.min()), int(known.max())) if len(known) else (None, None)
            found.append((self._first + 1, kind, int(np.count_nonzero(types == kind)), *ends))
        self._first += len(types)
        columns: list[Any] = [list(each) for each in zip(*found, strict=True)]
        return dict(zip(("first", "type", "count", "from_ns", "to_ns"), columns, strict=True))
