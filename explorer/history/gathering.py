"""How do the parts of a chunk, read in any order, come together as columns in log order?"""

from collections import Counter
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

from explorer.eventlog.event import Batch, Event
from explorer.eventlog.scanner.blocks import Flags, Int64s, Scanned
from explorer.history.chunks import Chunk
from explorer.history.events import NO_TIME
from explorer.history.operands import Coders, Effects
from explorer.history.ordering import inverse, stable_order
from explorer.history.records_in_order import KnownBatch
from explorer.projection.model import ReadModel
from explorer.projection.upcasting import UpcastingModel

type Ints = npt.NDArray[Any]


class _Block(msgspec.Struct, eq=False):
    """What is known of the records of one block.

    Attributes:
        places: (records,) the offset, length and line of each.
        first: The number of the first of them, among all records of blocks and then events of batches.
        taken: (records,) which of them are events so far.
        at_ns, types, entities: (records,) of those.
    """

    places: tuple[Ints, Ints, Ints]
    first: int
    taken: Flags
    at_ns: Int64s
    types: Ints
    entities: Ints

    def columns(self) -> tuple[tuple[Ints, ...], Ints | None]:
        """Offsets, lengths, lines, times, types and entities of the events; and which records they are, if not all."""
        columns = *self.places, self.at_ns, self.types, self.entities
        if self.taken.all():
            return columns, None
        records = np.flatnonzero(self.taken)
        return tuple(column[records] for column in columns), records


class Gathering:
    """The columns of one chunk while it is made: parts from columns and from the exact reader, in any order.

    Events have numbers: those of blocks the numbers of their records, those of batches the next ones.

    Attributes:
        effects: What its events do.
        line_shifts: Of lines that are several (carriage returns alone): behind which line, and by how many more.
    """

    def __init__(self, model: ReadModel, coders: Coders) -> None:
        self.line_shifts: list[tuple[int, int]] = []
        self.coders = coders
        self.effects = Effects(model, coders)
        self._blocks: list[_Block] = []
        self._batches: list[tuple[Ints, ...]] = []
        self._numbers = 0  # given so far
        self._upcasting = model if isinstance(model, UpcastingModel) else None
        self._schemas: Counter[str] = Counter()

    def open(self, scanned: Scanned) -> None:
        """Take the next block, of which events come; before any batch."""
        count = scanned.count
        kinds: tuple[type, ...] = (np.int64, np.int32, np.int32)
        columns: list[Ints] = [np.empty(count, kind) for kind in kinds]
        lines = np.array(scanned.lines, np.int64)  # whoever scans the next block writes its lines there
        places = scanned.offsets, scanned.lengths, lines
        self._blocks.append(_Block(places, self._numbers, np.zeros(count, np.bool_), *columns))
        self._numbers += count

    def take(self, records: Ints, at_ns: Int64s, entities: Ints, event: Event) -> Int64s:
        """Take events of the last block, of which one tells; returns their numbers."""
        self._count_schema(event, len(records))
        return self.put(records, at_ns, entities, self.coders.types.code(event.type))

    def put(self, records: Ints, at_ns: Int64s, entities: Ints, types: Ints | int) -> Int64s:
        """The same, with the codes of their types."""
        from explorer.history.gather_kernels import put_events  # compiled code is there: they were scanned

        block = self._blocks[-1]
        columns = block.taken, block.at_ns, block.types, block.entities
        codes = (np.ascontiguousarray(each, np.int32).reshape(-1) for each in (types, entities))
        if put_events(records, at_ns, *codes, columns) != len(records):
            raise IndexError("an event is of no record")
        return records + block.first if block.first else records

    def take_batch(self, batch: Batch, before: int) -> None:
        """Take what the exact reader has read, before which stand `before` more events than its positions say."""
        types, entities = self.coders.types, self.coders.entities
        first, known = self._numbers, isinstance(batch, KnownBatch)
        take, own = self.effects.take, []
        for row, event in enumerate(batch.events, first):
            if self._upcasting is not None:
                self._count_schema(event, 1)
            if not known:
                self.note(event)
            own.append(-1 if event.entity is None else entities.code(event.entity))
            take(event, row, before)
        at_ns = [NO_TIME if event.at_ns is None else event.at_ns for event in batch.events]
        kinds = types.codes_of([event.type for event in batch.events])
        columns = (batch.offsets, batch.lengths, batch.lines, at_ns, kinds, own)
        if batch.events:
            self._batches.append(tuple(np.array(column, np.int64) for column in columns))
        self._numbers += len(batch.events)

    def note(self, event: Event) -> None:
        """Take notice of the members that an event has."""
        self.coders.members.note(event, None if self._upcasting is None else self._upcasting.lifted(event))

    def _count_schema(self, event: Event, events: int) -> None:
        if self._upcasting is not None and events:
            self._schemas[self._upcasting.schema(event)] += events

    def finish(self, chunk: Chunk) -> None:
        """Sort everything by its place in the log."""
        effects = self.effects
        chunk.problems = effects.problems
        chunk.unknown.update(effects.unknown)
        chunk.schemas = dict(self._schemas)
        parts, numbers = self._parts()
        columns = parts[0] if len(parts) == 1 else [np.concatenate(each) for each in zip(*parts, strict=True)]
        offsets, lengths, lines, at_ns, types, entities = columns
        chunk.count = count = len(offsets)
        if not count:
            return
        lines = self._shifted(lines, sum(len(part[0]) for part in parts[: len(self._blocks)]))
        columns = [offsets, lengths, lines, at_ns, types, entities]
        rank = None if numbers is None else _placed_at(np.arange(count), numbers, self._numbers)
        if not bool((offsets[1:] > offsets[:-1]).all()):
            base = int(offsets.min())
            order = stable_order(offsets - base, int(offsets.max()) - base + 1)
            columns = [column[order] for column in columns]
            now_at = inverse(order).astype(np.int64)
            rank = now_at if numbers is None else _placed_at(now_at, numbers, self._numbers)
        offsets, lengths, lines, at_ns, types, entities = columns
        steps = lines - np.arange(count)
        rows = np.append(0, np.flatnonzero(steps[1:] != steps[:-1]) + 1)
        chunk.columns = {
            "offsets": offsets,
            "lengths": lengths.astype(np.int32),
            "at_ns": at_ns,
            "types": types.astype(np.int32, copy=False),
            "entities": entities.astype(np.int32, copy=False),
            "line_rows": rows,
            "line_steps": steps[rows],
        }
        told, chunk.wide = effects.columns(rank, count)
        chunk.columns |= told
        chunk.fields = effects.met(rank)

    def _parts(self) -> tuple[list[tuple[Ints, ...]], Ints | None]:
        """The columns of each block and batch; and the numbers of their events, if these are not `0…`."""
        told = [block.columns() for block in self._blocks]
        found = [*(columns for columns, _ in told), *self._batches]
        if not found or all(records is None for _, records in told):
            nothing = tuple(np.zeros(0, np.int64) for _ in range(6))
            return found or [nothing], None
        numbers = [
            block.first + (np.arange(len(block.taken)) if records is None else records)
            for block, (_, records) in zip(self._blocks, told, strict=True)
        ]
        batched = self._numbers - sum(len(part[0]) for part in self._batches)
        return found, np.concatenate([*numbers, np.arange(batched, self._numbers)])

    def _shifted(self, lines: Ints, scanned: int) -> Ints:
        """The lines of all events, of which the first were scanned, where the lines before them are counted, too."""
        if not self.line_shifts:
            return lines
        shift = np.zeros(len(lines), np.int64)
        first: Flags = np.arange(len(lines)) < scanned
        for line, more in self.line_shifts:
            shift += np.where(first & (lines > line), more, 0)
        return lines + shift


def _placed_at(rows: Ints, numbers: Ints, count: int) -> Int64s:
    """(count,) the row of each of some numbers; -1 for the others."""
    found = np.full(count, -1, np.int64)
    found[numbers] = rows
    return found
