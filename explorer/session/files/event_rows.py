"""How do the events of a large log become rows of CSV, from bytes to bytes?

A kernel writes what is plain, block by block; what it leaves is written of the event as the exact reader reads it.
"""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from explorer.eventlog.compiled import words_of
from explorer.eventlog.event import Event
from explorer.eventlog.extract import is_one_path
from explorer.history.event_lines import Lines, ProbedRecords
from explorer.history.events import Events
from explorer.history.passes import Flags, WholeEvents, looked_at

type Int64s = npt.NDArray[np.int64]
type Written = list[tuple[int, bytes]]  # the place of an event, and its row and more behind it

_LEAVE, _READ = 3, 2


class EventRows:
    """The rows of events as CSV."""

    def __init__(
        self, events: Events, line: Callable[[Event], bytes], cell: Callable[[str], bytes], *, guarded: bool
    ) -> None:
        """Begin with nothing written.

        Args:
            events: Of which log.
            line: Writes the row of one event.
            cell: Writes a text as a cell.
            guarded: Whether formulas are to be guarded.
        """
        self._events, self._line = events, line
        cells = [cell(name) for name in events.type_names.values]
        self._nobody = len(cells)
        cells += [b"", *(cell(name) for name in events.entity_names.values)]
        self._table = _joined(b"".join(cells))
        lengths = np.array([len(each) for each in cells], np.int64)
        self._table_at = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
        fields, log = events.log.fields, events.log
        alone = not log.by_rows and is_one_path(fields.time) and is_one_path(fields.data)
        self._records = ProbedRecords(events, alone=alone)
        time, data = ([] if path is None else path.split(".") for path in (fields.time, fields.data))
        names = [
            name.encode("utf-8", "surrogatepass") for name in (*time, ".".join(time), *data, ".".join(data))
        ]
        sizes = np.array([len(name) for name in names], np.int64)
        joined = _joined(b"".join(names))
        plan = np.array([len(time), len(data), events.log.written == "member", guarded], np.int64)
        starts = np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.int64)
        self._told = plan, joined, words_of(joined), starts, sizes

    def pieces(self, among: Flags, breaks: Int64s) -> Iterator[tuple[int, int, Written]]:
        """The rows of the events that are `among` them, stretch by stretch: first event, stop, and what is written.

        Args:
            among: (n,) which events.
            breaks: (k,) places of events, ascending, before which something else stands: a piece begins there.
        """

        def look(block: WholeEvents) -> Written:
            begin, end = np.searchsorted(breaks, [block.first, block.stop]).tolist()
            return self.written(block, among[block.first : block.stop], breaks[begin:end] - block.first)

        return looked_at(self._events, look, None, among)

    def written(self, block: WholeEvents, among: Flags, breaks: Int64s) -> Written:
        """The same of one block; places of breaks count from its first event."""
        events, log = self._events, self._events.log
        said = np.where(among, 0, _LEAVE).astype(np.uint8)
        if (probed := self._records.of(block)) is not None:
            records, doubtful = probed
            said[doubtful] = _LEAVE
            out, ends = self._compiled(block, records, said)
            said[doubtful & among] = _READ
        else:
            said[among] = _READ
            out, ends = b"", np.zeros(len(said), np.int64)
        found: Written = []
        begin = done = 0
        for at in np.union1d(np.flatnonzero(said == _READ), breaks).tolist():
            before = int(ends[at - 1]) if at else 0
            if before > done:
                found.append((block.first + begin, out[done:before]))
            begin, done = at, before
            if said[at] == _READ:
                row = block.first + at
                event = log.decode_raw(block.raw(at), row + 1, int(events.offsets[row]))
                found.append((row, self._line(event)))
                begin += 1
        if len(out) > done:
            found.append((block.first + begin, out[done:]))
        return found

    def _compiled(
        self, block: WholeEvents, records: WholeEvents | Lines, said: npt.NDArray[np.uint8]
    ) -> tuple[bytes, Int64s]:
        """What the kernel writes of the records of a block, and where in it each row ends."""
        from explorer.eventlog.row_kernels import write_rows

        events, own = self._events, slice(block.first, block.stop)
        kinds = events.types[own].astype(np.int64)
        entities = events.entities[own].astype(np.int64) + self._nobody + 1
        ends = np.zeros(len(said), np.int64)
        texts = (
            self._table_at[kinds + 1]
            - self._table_at[kinds]
            + self._table_at[entities + 1]
            - self._table_at[entities]
        )
        room = np.empty(3 * records.size + int(texts.sum()) + 64 * len(said) + 64, np.uint8)
        plan, *names = self._told
        done = write_rows(
            records.bytes, records.words, records.starts, records.ends, said, block.first + 1, self._table,
            self._table_at, kinds, entities, plan, *names, room, ends,
        )  # fmt: skip
        assert done == len(said)
        return room[: int(ends[-1])].tobytes(), ends


def _joined(content: bytes) -> npt.NDArray[Any]:
    return np.frombuffer(bytearray(content + bytes(16)), np.uint8)
