"""How do the parts of a chunk, read in any order, come together as columns in log order?"""

from collections import Counter
from typing import Any, cast

import numpy as np

from explorer.eventlog.byte_words import Block, Flags, Int64s
from explorer.eventlog.event import Batch, Event, Varying
from explorer.eventlog.matching import Lines, Match
from explorer.history.blank_values import BlankValues
from explorer.history.chunks import Chunk
from explorer.history.events import NO_TIME
from explorer.history.operands import Coders, Effects
from explorer.history.ordering import inverse, stable_order
from explorer.history.plan import Plan
from explorer.projection.exact import Exact, scaled
from explorer.projection.model import Field, ReadModel
from explorer.projection.upcasting import UpcastingModel


class Gathering:
    """The columns of one chunk while it is made: parts from shapes and from the exact reader, in any order."""

    def __init__(self, model: ReadModel, coders: Coders, block: Block | None = None, base: int = 0) -> None:
        self.block = block if block is not None else Block(b"")
        self.line_shifts: list[tuple[int, int]] = []
        self._base = base  # where the place 0 of the block stands in the log
        self._coders = coders
        self._effects = Effects(model, coders)
        self._parts: list[tuple[Int64s, ...]] = []  # offsets, lengths, lines, at_ns, types, entities
        self._shaped_parts = 0
        self._count = 0
        self._upcasting = model if isinstance(model, UpcastingModel) else None
        self._schemas: Counter[str] = Counter()

    def take(self, match: Match, lines: Lines, planned: Plan) -> Int64s:
        """Take the lines of a shape whose blanks hold what they should; returns which those are."""
        read = BlankValues(self.block, match)
        at_ns = read.times()
        places = [each.entity for each in planned.effects]
        entities = [read.texts(place, self._coders.entities) for place in places]
        for index, codes in enumerate(entities):
            for other in entities[:index]:
                read.fine &= codes != other  # two effects on one entity are one version
        own = read.texts(match.shape.event.entity, self._coders.entities)
        operands = []
        for which, effect in enumerate(planned.effects):
            for update in effect.updates:
                keys = (
                    -1 if update.key is None else read.texts(update.key, self._coders.of_keys(update.field))
                )
                key: object = update.key
                if isinstance(key, Varying):  # an empty text names no key
                    read.fine &= match.ends[key.blank] > match.starts[key.blank]
                field = self._effects.field(update.field)
                operands.append(
                    (
                        field,
                        which,
                        keys,
                        *self._operand(read, field.field, update.operand),
                    )
                )
        read.check_rest()
        fine = None if read.fine.all() else read.fine
        rows = match.rows if fine is None else match.rows[fine]
        if not len(rows):
            return rows
        own_rows = np.arange(self._count, self._count + len(rows))
        self._count += len(rows)
        entities = [_of(codes, fine) for codes in entities]
        self._effects.touches += [(own_rows, codes) for codes in entities]
        for place, (field, which, *columns) in enumerate(operands):
            field.many(own_rows, place, entities[which], *(_of(column, fine) for column in columns))
        event = match.shape.event
        self._count_schema(event, len(rows))
        if not planned.known:
            unknown = self._effects.unknown
            unknown[event.type] = unknown.get(event.type, 0) + len(rows)
        kind = self._coders.types.code(event.type)
        starts = lines.starts[rows]
        self._parts.append((
            self._base + starts, lines.ends[rows] - starts, rows + 1, _of(at_ns, fine),
            np.broadcast_to(kind, len(rows)), _of(own, fine),
        ))  # fmt: skip
        self._shaped_parts = len(self._parts)
        return rows

    def _operand(self, read: BlankValues, field: Field, operand: object) -> tuple[Int64s | int, Int64s | int]:
        if field.adds:
            if not isinstance(operand, Varying):
                return scaled(cast("Exact", operand))
            units, decimals = read.numbers(operand)
            return units * operand.sign, decimals
        values = self._coders.of_values(field.name)
        if isinstance(operand, Varying) and operand.kind == "text":
            return 2 * read.texts(operand, values.texts).astype(np.int64), 0
        if isinstance(operand, Varying):
            return read.number_codes(operand, values.code), 0
        return values.code(operand), 0

    def take_batch(self, batch: Batch, before: int) -> None:
        """Take what the exact reader has read, before which stand `before` more events than its positions say."""
        types, entities = self._coders.types, self._coders.entities
        first = self._count
        at_ns, kinds, own = [], [], []
        for row, event in enumerate(batch.events, first):
            at_ns.append(NO_TIME if event.at_ns is None else event.at_ns)
            kinds.append(types.code(event.type))
            self._count_schema(event, 1)
            self.note(event)
            own.append(-1 if event.entity is None else entities.code(event.entity))
            self._effects.take(event, row, before)
        columns = (batch.offsets, batch.lengths, batch.lines, at_ns, kinds, own)
        self._parts.append(tuple(np.array(column, np.int64) for column in columns))
        self._count += len(batch.events)

    def note(self, event: Event) -> None:
        """Take notice of the members that an event has."""
        self._coders.members.note(event, None if self._upcasting is None else self._upcasting.lifted(event))

    def _count_schema(self, event: Event, events: int) -> None:
        if self._upcasting is not None:
            self._schemas[self._upcasting.schema(event)] += events

    def finish(self, chunk: Chunk) -> None:
        """Sort everything by its place in the log."""
        chunk.count = self._count
        effects = self._effects
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
            fast = np.arange(len(order)) < sum(len(part[0]) for part in self._parts[: self._shaped_parts])
            for line, more in self.line_shifts:
                shift += np.where(fast & (lines > line), more, 0)
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


def _of(column: Any, fine: Flags | None) -> Any:  # noqa: ANN401 - a column stays one, a number too
    return column[fine] if isinstance(column, np.ndarray) and fine is not None else column
