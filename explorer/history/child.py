"""What does a child process do that reads a log for another: read what it is asked for, and answer with chunks?"""

import gc
import json
import os
import struct
import sys
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, BinaryIO

import msgspec
import numpy as np

from explorer.eventlog.event import Batch, FieldMap
from explorer.eventlog.log import EventLog, adopt_log
from explorer.eventlog.profiles.profile import Profile
from explorer.eventlog.read_as import ReadAs
from explorer.history.chunks import Chunk, Problem, distinct, exact_text, header
from explorer.history.ordering import narrowed
from explorer.history.reader import ChunkReader
from explorer.projection.choose import choose
from explorer.projection.model import NotApplicable, ReadModel, Recipe, Runs, TextError
from explorer.projection.program import KeyedProgram
from explorer.projection.upcasting import UpcastingModel, inner_model

STRETCH_BYTES = 2 << 20
IN_ORDER = -2  # in place of a length: so many events follow by their places
LIFTED = -3  # (same): at which schema versions they are what
TRACED = -4  # (same): which lines of the program run for the last of them, in which entity's state
HEAD = struct.Struct("<Q")
_exact = msgspec.json.Encoder(decimal_format="number").encode
_MEMORY_BYTES = 4 << 30  # address space of a child, most of which it never uses
_BATCH = 2_000
_COLLECTED = (
    50_000,
    20,
    20,
)  # events are many objects, and none of them is in a circle: they are looked at less often


class TracedQuestion(msgspec.Struct, frozen=True):
    """What is asked of a program and one of its entities; numbers of the command are `int` or `Decimal`."""

    entity: str | None
    command: dict[str, Any] | None = None


_QUESTION = msgspec.json.Decoder(TracedQuestion, float_hook=Decimal)


class Piece(msgspec.Struct, frozen=True):
    """A chunk, and which reader made it: see `Gathered.take`."""

    chunk: Chunk
    reader: int = 0


def read(log: EventLog, make: ChunkReader, unit: int, before: int) -> Iterator[Piece]:
    """Read from `unit`, before which stand `before` events, to the end in this process."""
    while log.by_lines and unit < log.size_bytes:
        end = log.cut(unit, STRETCH_BYTES)
        if end is None or end == unit:
            break
        piece = Piece(make.lines(unit, end - unit, before))
        yield piece
        unit, before = end, before + piece.chunk.count
    else:
        if log.by_lines:
            return
    parts = make.parts()
    if parts is not None:
        yield from told(log, (Piece(chunk) for chunk in make.scanned(parts)))
        return
    follows = False
    for batch in log.batches_from(unit) if log.by_lines else log.batches():
        yield Piece(make.batch(batch, before, follows=follows))
        follows = True


def told(log: EventLog, pieces: Iterator[Piece]) -> Iterator[Piece]:
    """The pieces of a log that is scanned, with what `EventLog.batches` says of its beginning and end."""
    begun, line, after = False, 1, -1
    for piece in pieces:
        chunk = piece.chunk
        if chunk.count:
            start, last = (int(chunk.columns["line_steps"][at]) for at in (0, -1))
            if not begun:
                chunk.notices[:0] = log.remarks(start, int(chunk.columns["offsets"][0]))
            begun, line = True, last + chunk.count - 1
        if chunk.unread:
            line, after = max(line, chunk.unread[-1].line), chunk.unread[-1].byte
        yield piece
    if odd := log.odd_end(0, line, after, 0):
        yield Piece(Chunk(unread=odd, done_bytes=log.size_bytes))


def exactly(stream: BinaryIO, count: int) -> bytes:
    """So many bytes of a pipe.

    Raises:
        EOFError: It ended before.
    """
    data = stream.read(count)
    if len(data) != count:
        raise EOFError
    return data


def _in_order(log: EventLog, reader: ChunkReader, count: int) -> Iterator[Chunk]:
    """The events whose places follow on standard input, as `reading.replayed` wants them."""
    places = np.frombuffer(exactly(sys.stdin.buffer, count * 24), np.int64).reshape(-1, 3)
    for begin in range(0, count, _BATCH):
        batch = Batch()
        for offset, length, position in places[begin : begin + _BATCH].tolist():
            batch.events.append(log.decode(offset, length, position))
        batch.offsets = list(range(len(batch.events)))
        batch.lengths = batch.lines = [0] * len(batch.events)
        yield reader.batch(batch, 0, follows=True)  # they have the positions of the log
    yield Chunk(done_bytes=-1)


def _lifted(log: EventLog, model: UpcastingModel) -> Chunk:
    """One event, whose place follows on standard input, at each of its schema versions."""
    offset, length, position = np.frombuffer(exactly(sys.stdin.buffer, 24), np.int64).tolist()
    event = log.decode(offset, length, position)
    try:
        steps = [[each.type, each.version, each.data] for each in model.steps(event)]
    except NotApplicable as finding:
        return Chunk(problems=[Problem(position, event.type, str(finding), finding.details)])
    return Chunk(others={"steps": [exact_text(steps)]})


def _anew(pieces: Iterator[Piece], reader: ChunkReader, most_events: int) -> Iterator[Piece]:
    """They, of which the reader forgets what it has told once it has told so many events; 0: never."""
    count = 0
    for piece in pieces:
        piece.chunk.anew = count == 0
        count += piece.chunk.count
        yield piece
        if most_events and count >= most_events:
            reader.begin_anew()
            count = 0


def _traced(log: EventLog, model: ReadModel, count: int) -> Chunk:
    """Trace the last of the events whose places follow on standard input, and then what is asked in a line of JSON.

    That has the entity; without one it is only told whose the event is. With a command it is told what the program's
    rules say of it after all of the events.
    """
    places = np.frombuffer(exactly(sys.stdin.buffer, count * 24), np.int64).reshape(-1, 3)
    asked = _QUESTION.decode(sys.stdin.buffer.readline())
    events = [log.decode(offset, length, position) for offset, length, position in places.tolist()]
    if isinstance(model, UpcastingModel):
        events = [model.lifted(each) for each in events]
    program = inner_model(model)
    assert isinstance(program, KeyedProgram)
    try:
        if asked.command is not None:
            decided = program.decided(str(asked.entity), events, asked.command)
            return Chunk(others={"decided": [_exact(decided).decode()]})
        if asked.entity is None:
            return Chunk(others={"keys": list(program.keys(program.handed(events[-1])))})
        found = program.traced(asked.entity, events[:-1], events[-1])
    except NotApplicable as finding:
        return Chunk(failed=str(finding))
    return Chunk(others={"trace": [msgspec.json.encode(found).decode()]})


def _send(stream: BinaryIO, chunk: Chunk) -> None:
    narrow = {id(column): narrowed(column) for column in distinct(chunk.columns.values())}
    chunk.columns = {name: narrow[id(column)] for name, column in chunk.columns.items()}
    head = header(chunk)
    stream.write(HEAD.pack(len(head)) + head)
    stream.writelines(
        memoryview(np.ascontiguousarray(column)).cast("B") for column in distinct(chunk.columns.values())
    )
    stream.flush()


def main(job: str) -> None:
    """The child: read what standard input asks for, answer on standard output."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))
    except (ImportError, ValueError, OSError):
        pass  # a system without limits
    told = json.loads(job)
    output = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a program prints is no answer
    fields, read_as = FieldMap(**told["fields"]), msgspec.convert(told["read_as"], ReadAs)
    profile = msgspec.convert(told["profile"], Profile)
    log = adopt_log(told["file"], told["name"], told["damage"], fields, told["size_bytes"], read_as, profile)
    log.form.text.guessed = told["guessed"]  # who opened it has told its encoding, and may have guessed it
    model = choose(Recipe.of_plain(told["model"]), [], log.fields)
    if isinstance(model, Runs):
        try:
            model.run()
        except TextError as error:
            _send(output, Chunk(failed=str(error)))
            return
    reader = ChunkReader(log, model)
    gc.freeze()  # what is there stays
    gc.set_threshold(*_COLLECTED)
    for line in sys.stdin.buffer:
        unit, length, *before = map(int, line.split())
        if length == IN_ORDER:
            for chunk in _in_order(log, reader, unit):
                _send(output, chunk)
            continue
        if length == LIFTED and isinstance(model, UpcastingModel):
            _send(output, _lifted(log, model))
            continue
        if length == TRACED:
            _send(output, _traced(log, model, unit))
            continue
        if length >= 0:
            _send(output, reader.lines(unit, length))
            continue
        for piece in _anew(read(log, reader, unit, *before), reader, told["most_events"]):
            _send(output, piece.chunk)
        _send(output, Chunk(done_bytes=-1))


if __name__ == "__main__":
    main(sys.argv[1])
