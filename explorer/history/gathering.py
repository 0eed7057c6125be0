"""How do the parts of a chunk, read in any order, come together as columns in log order?"""

from collections import Counter
from typing import Any

import numpy as np

from explorer.eventlog.event import Batch, Event
from explorer.eventlog.scanner.blocks import Flags, Int64s
from explorer.history.chunks import Chunk
from explorer.history.events import NO_TIME
from explorer.history.operands import Coders, Effects
from explorer.history.ordering import inverse, stable_order
from explorer.history.records_in_order import KnownBatch
from explorer.projection.model import ReadModel
from explorer.projection.upcasting import UpcastingModel

type Taken = tuple[Any, ...]  # offsets, lengths, lines, at_ns, types, entities: columns


class Gathering:
    """The columns of one chunk while it is made: parts from columns and from the exact reader, in any order.

    Attributes:
        effects: What its events do.
        line_shifts: Of lines that are several (carriage returns alone): behind which line, and by how many more.
    """

    def __init__(self, model: ReadModel, coders: Coders) -> None:
        self.line_shifts: list[tuple[int, int]] = []
        self.coders = coders
        self.effects = Effects(model, coders)
        self._parts: list[Taken] = []
        self._scanned_rows = 0
        self._count = 0
        self._upcasting = model if isinstance(model, UpcastingModel) else None
        self._schemas: Counter[str] = Counter()

    def take(self, taken: Taken, event: Event) -> Int64s:
        """Take the place, time, type and entity of events of which one tells; returns their rows. Before any batch."""
        count = len(taken[0])
        rows = np.arange(self._count, self._count + count)
        self._count += count
        self._scanned_rows = self._count
        self._count_schema(event, count)
        self._parts.append(taken)
        return rows

    def take_batch(self, batch: Batch, before: int) -> None:
        """Take what the exact reader has read, before which stand `before` more events than its positions say."""
        types, entities = self.coders.types, self.coders.entities
        first, known = self._count, isinstance(batch, KnownBatch)
        at_ns, kinds, own = [], [], []
        for row, event in enumerate(batch.events, first):
            at_ns.append(NO_TIME if event.at_ns is None else event.at_ns)
            kinds.append(types.code(event.type))
            self._count_schema(event, 1)
            if not known:
                self.note(event)
            own.append(-1 if event.entity is None else entities.code(event.entity))
            self.effects.take(event, row, before)
        columns = (batch.offsets, batch.lengths, batch.lines, at_ns, kinds, own)
        self._parts.append(tuple(np.array(column, np.int64) for column in columns))
        self._count += len(batch.events)

    def note(self, event: Event) -> None:
        """Take notice of the members that an event has."""
        self.coders.members.note(event, None if self._upcasting is None else self._upcasting.lifted(event))

    def _count_schema(self, event: Event, events: int) -> None:
        if self._upcasting is not None and events:
            self._schemas[self._upcasting.schema(event)] += events

    def finish(self, chunk: Chunk) -> None:
        """Sort everything by its place in the log."""
        chunk.count = self._count
        effects = self.effects
        chunk.problems = effects.problems
        chunk.unknown.update(effects.unknown)
        chunk.schemas = dict(self._schemas)
        if not self._count:
            return
        offsets, lengths, lines, at_ns, types, entities = (
            np.concatenate(column) for column in zip(*self._parts, strict=True)
        )
        base = int(offsets.min())
        order = stable_order(offsets - base, int(offsets.max()) - base + 1)
        rank = inverse(order)
        shift = np.zeros(len(order), np.int64)
        if self.line_shifts:
            scanned: Flags = np.arange(len(order)) < self._scanned_rows
            for line, more in self.line_shifts:
                shift += np.where(scanned & (lines > line), more, 0)
        steps = (lines + shift)[order] - np.arange(len(order))
        rows = np.flatnonzero(np.diff(steps, prepend=steps[0] - 1))
        chunk.columns = {
            "offsets": offsets[order],
            "lengths": lengths[order].astype(np.int32),
            "at_ns": at_ns[order],
            "types": types[order].astype(np.int32),
            "entities": entities[order].astype(np.int32),
            "line_rows": rows,
            "line_steps": steps[rows],
        }
        columns, chunk.wide = effects.columns(rank)
        chunk.columns |= columns
        chunk.fields = effects.met(rank)
