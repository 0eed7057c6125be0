"""How does a stretch of a log become a chunk: by shapes where lines are written alike, else one by one?"""

import numpy as np

from explorer.eventlog.byte_words import PAD, Block, Flags
from explorer.eventlog.deletion import teller
from explorer.eventlog.event import Batch, Notice
from explorer.eventlog.lines import Stretch
from explorer.eventlog.log import EventLog
from explorer.eventlog.matching import Lines, Match, Shapes
from explorer.eventlog.opaque import looker
from explorer.eventlog.shapes import Shape, learn
from explorer.history.chunks import Chunk
from explorer.history.gathering import Gathering
from explorer.history.operands import Coders
from explorer.history.plan import Plan, plan
from explorer.projection.model import ReadModel

_MOST_SHAPES = 256
_TRIES_A_BLOCK = 40
_FEW_LINES = 8  # fewer lines of a shape in a block are not worth learning it


class ChunkReader:
    """Reads stretches of one log for one read model; it keeps what it has learnt from one to the next."""

    def __init__(self, log: EventLog, model: ReadModel) -> None:
        self._log = log
        self._model = model
        looks = {"opaque-payload": looker(log.fields), "delete": teller(log.fields)}
        self._looks = {kind: look for kind, look in looks.items() if look is not None}
        self.coders = Coders()
        self._block = Block()
        self._shapes = Shapes()
        self._plans: dict[tuple[bytes, ...], Plan] = {}
        self._hopeless: set[tuple[bytes, ...]] = set()

    def batch(self, batch: Batch, before: int, *, follows: bool) -> Chunk:
        """Make a chunk of what the exact reader has read.

        Args:
            batch: It; its positions and lines may count from anywhere.
            before: How many events stand before that place, if the read model asks for positions.
            follows: Whether the batch before it counts from there too.
        """
        gathering = Gathering(self._model, self.coders)
        chunk = self._chunk(gathering, [batch], batch.done_lines, batch.done_bytes, before)
        chunk.follows = follows
        return chunk

    def lines(self, stretch: Stretch, before: int = 0) -> Chunk:
        """Read whole lines of UTF-8 JSON, before which stand so many events, if the read model asks for positions."""
        block = self._block
        block.fill(stretch.block)
        lines = Lines(block, stretch.block)
        lines_left = np.flatnonzero(lines.plain)
        base = self._log.byte_of(stretch.unit)
        gathering = Gathering(self._model, self.coders, block, base - PAD)
        done = np.zeros(len(lines), np.bool_)
        if self._model.ordered:
            lines_left = lines_left[:0]  # each event by itself, in its order
        for match in self._shapes.matches(block, lines, lines_left):
            self._take(gathering, lines, match, done)
        for _ in range(_TRIES_A_BLOCK):
            lines_left = lines_left[~done[lines_left]]
            if len(lines_left) < _FEW_LINES or len(self._plans) >= _MOST_SHAPES:
                break
            first = lines_left[0]
            shape = learn(block.text(int(lines.starts[first]), int(lines.ends[first])), self._log.fields)
            if shape is not None and self._add(shape, gathering):
                for match in Shapes(shape).matches(block, lines, lines_left):
                    self._take(gathering, lines, match, done)
            lines_left = lines_left[1:]
        batches, extra = self._one_by_one(stretch, lines, done, gathering)
        end = stretch.unit + len(stretch.block)
        return self._chunk(gathering, batches, len(lines) + extra, self._log.byte_of(end), before)

    def _add(self, shape: Shape, gathering: Gathering) -> bool:
        """Know one more shape; false if it is known, or each of its lines must be read by itself."""
        if shape.texts in self._plans or shape.texts in self._hopeless:
            return False
        planned = plan(self._model, shape)
        if planned is None:
            self._hopeless.add(shape.texts)
            return False
        gathering.note(shape.event)
        self._shapes.add(shape)
        self._plans[shape.texts] = planned
        return True

    def _take(self, gathering: Gathering, lines: Lines, match: Match, done: Flags) -> None:
        done[gathering.take(match, lines, self._plans[match.shape.texts])] = True

    def _one_by_one(
        self, stretch: Stretch, lines: Lines, done: Flags, gathering: Gathering
    ) -> tuple[list[Batch], int]:
        """Read the lines that fit no shape; also return by how many lines the text has more than newlines."""
        rest = np.flatnonzero(~done)
        batches: list[Batch] = []
        extra = 0
        if not len(rest):
            return batches, extra
        events_before = np.cumsum(done)
        slow = 0
        for run in np.split(rest, np.flatnonzero(np.diff(rest) > 1) + 1):
            first, last = int(run[0]), int(run[-1])
            begin, end = int(lines.starts[first]) - PAD, int(lines.nexts[last]) - PAD
            batch = Batch()
            position = int(events_before[first]) + slow
            line = 1 + first + extra
            piece = Stretch(stretch.unit + begin, stretch.block[begin:end])
            after = self._log.read_stretch(batch, piece, position, line)
            more = after - line - len(run)
            if more:
                gathering.line_shifts.append((last + 1, more))
                extra += more
            slow += len(batch.events)
            batches.append(batch)
        return batches, extra

    def _chunk(
        self, gathering: Gathering, batches: list[Batch], lines: int, done_bytes: int, before: int
    ) -> Chunk:
        for batch in batches:
            gathering.take_batch(batch, before)
        chunk = Chunk(lines=lines, done_bytes=done_bytes)
        for batch in batches:
            chunk.unread += batch.unread
            chunk.notices += batch.notices
            for kind, look in self._looks.items():
                chunk.notices += [
                    Notice(event.position, line, 1, offset, why, kind)
                    for event, line, offset in zip(batch.events, batch.lines, batch.offsets, strict=True)
                    if (why := look(event.record)) is not None
                ]
        gathering.finish(chunk)
        chunk.names, chunk.others = self.coders.news()
        chunk.members, self.coders.members.news = self.coders.members.news, []
        return chunk
