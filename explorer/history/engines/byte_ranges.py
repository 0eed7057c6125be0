"""Into which ranges of bytes is one part of a log cut, and how is each read by itself?"""

import os
from collections.abc import Iterator

import msgspec

from explorer.eventlog.event import Batch, FieldMap
from explorer.eventlog.formats import JsonLines
from explorer.eventlog.log import EventLog
from explorer.eventlog.profiles.profile import Profile
from explorer.eventlog.read_as import ReadAs
from explorer.eventlog.scanner.blocks import Scanned
from explorer.eventlog.source import Source
from explorer.eventlog.text import Text
from explorer.eventlog.text_names import SharedTexts
from explorer.history.child import STRETCH_BYTES, Piece, told
from explorer.history.chunks import Chunk
from explorer.history.gathered import Gathered
from explorer.history.reader import ChunkReader
from explorer.history.reading import Children
from explorer.projection.choose import choose
from explorer.projection.model import ReadModel, Recipe

_LOOK_UNITS = 1 << 16
MOST_IN_ORDER = 1 << 17  # the same of a program, whose states may be large
MOST_EVENTS = 1 << 20  # of a range that are told together: one that holds more is told in several goes


class ByteRange(msgspec.Struct, frozen=True):
    """A stretch of one part of a log.

    Attributes:
        part: The number of the part.
        begin, end: In units of its text, half-open. A line counts to the range in which it begins; None: to the end.
    """

    part: int
    begin: int = 0
    end: int | None = None


def ranges_of(part: int, log: EventLog, units: int, *, in_order: bool = False) -> list[ByteRange]:
    """All of one part, in ranges of so many units; one that is not read by lines, or `in_order`, is one range."""
    if not log.by_lines or in_order:
        return [ByteRange(part)]
    begins = range(0, max(log.form.text.units, 1), units)
    ends = [*begins[1:], None]
    return [ByteRange(part, begin, end) for begin, end in zip(begins, ends, strict=True)]


def adopt_lines(
    file: int, name: str, fields: FieldMap, read_as: ReadAs, profile: Profile, *, first: bool = True
) -> EventLog:
    """Some lines of JSON in UTF-8 that stand by themselves in the file of a descriptor: what they are is known.

    Args:
        file: The descriptor, which is closed with the log.
        name: What the log is called.
        fields: Which member is what.
        read_as: What a person said.
        profile: How records become events.
        first: Whether they are the first of it: only there a mark of UTF-8 is no part of a line.
    """
    source = Source.adopt(file, name, None)
    text = Text(source, "utf-8")
    if not first:
        text.base, text.units = 0, source.size_bytes
    return EventLog(source, JsonLines(text), fields, read_as=read_as, profile=profile, adopted=True)


def border(log: EventLog, unit: int) -> int:
    """Where the first line begins that begins at `unit` or behind it; the end if none does."""
    text = log.form.text
    if unit <= 0:
        return 0
    for at in range(unit - 1, text.units, _LOOK_UNITS):
        found = text.read(at, _LOOK_UNITS).find(b"\n")
        if found >= 0:
            return at + found + 1
    return text.units


class RangeReader:
    """Reads the ranges of one part, each as if nothing else were known of the log; for a program, all of it."""

    def __init__(self, log: EventLog, recipe: Recipe) -> None:
        """Take a part, open, and how to make a read model."""
        self._log = log
        self._recipe = recipe

    def read(self, wanted: ByteRange, before: int = 0) -> Iterator[Gathered]:
        """What is in a range, in goes of about `MOST_EVENTS` events; positions and lines count from its beginning.

        Args:
            wanted: Which range.
            before: How many events stand before it, for a read model that asks for positions.
        """
        log, goes = self._log, _Goes(self._log, self._recipe)
        if goes.model.ordered:
            pieces = _in_order(log, goes.model)
        elif log.by_lines:
            pieces = goes.pieces(self._of_lines(wanted), before)
        else:
            parts = goes.reader.parts()
            if parts is None:
                parts = log.batches()
                pieces = goes.pieces((_Step(part, follows=True) for part in parts), before)
            else:
                pieces = told(log, goes.pieces((_Step(part, follows=True) for part in parts), before))
        go, gathered, run = 0, Gathered(goes.model), (0, 0)
        for piece in pieces:
            chunk = piece.chunk
            run = (
                run if chunk.follows else (0, 0)
            )  # events and lines of the chunks from which positions count
            if piece.reader != go and chunk.count:
                yield gathered
                go, gathered = piece.reader, Gathered(goes.model, behind=run)
            gathered.take(chunk)
            run = run[0] + chunk.count, chunk.lines
            goes.taken = gathered.count
        if log.by_lines and wanted.end is None:
            unread, lines = gathered.unread, gathered.lines
            line = lines if wanted.begin else max(lines, 1)
            unread += log.odd_end(gathered.count, line, unread[-1].byte if unread else -1, lines)
        yield gathered

    def _of_lines(self, wanted: ByteRange) -> Iterator["_Step"]:
        log = self._log
        unit = border(log, wanted.begin)
        end = log.form.text.units if wanted.end is None else border(log, wanted.end)
        while unit < end:
            stop = log.cut(unit, STRETCH_BYTES) if unit + STRETCH_BYTES < end else end
            if stop is None or stop - unit > 2 * STRETCH_BYTES:  # a line that is very long
                stop = border(log, unit + STRETCH_BYTES)
                with _shorter(log, stop) as shorter:
                    for number, batch in enumerate(shorter.batches_from(unit)):
                        yield _Step(batch, follows=number > 0)
            else:
                stop = min(stop, end)
                yield _Step((unit, stop - unit))
            unit = stop


def _in_order(log: EventLog, model: ReadModel) -> Iterator[Piece]:
    """All chunks of a log for a program, which runs in a process of its own; another go where codes begin anew."""
    go = -1
    for piece in Children(log, model, MOST_IN_ORDER).pieces():
        go += piece.chunk.anew
        yield Piece(piece.chunk, go)


def _shorter(log: EventLog, stop: int) -> EventLog:
    """The same log up to a line."""
    found = adopt_lines(os.dup(log.file), log.name, log.fields, log.read_as, log.profile)
    text = found.form.text
    text.base, text.units = log.byte_of(0), stop
    found.source.size_bytes = found.size_bytes = log.byte_of(stop)
    return found


class _Step(msgspec.Struct, frozen=True):
    """What one chunk is made of.

    Attributes:
        what: A stretch of lines, or what was read or scanned already.
        follows: Whether its positions and lines count from where those of the step before do.
    """

    what: tuple[int, int] | Batch | Scanned
    follows: bool = False

    def chunk(self, reader: ChunkReader, before: int) -> Chunk:
        """It, before which stand so many events."""
        if isinstance(self.what, tuple):
            return reader.lines(self.what[0], self.what[1], before)
        if isinstance(self.what, Batch):
            return reader.batch(self.what, before, follows=self.follows)
        return next(reader.scanned([self.what], before, follows=self.follows))


class _Goes:
    """Takes one step after the other, and a new reader once the last has read enough."""

    def __init__(self, log: EventLog, recipe: Recipe) -> None:
        self._log, self._recipe = log, recipe
        self.taken = 0
        self._begin()

    def _begin(self) -> None:
        self.model = choose(self._recipe, [], self._log.fields)
        self.reader = ChunkReader(self._log, self.model, SharedTexts())

    def pieces(self, steps: Iterator[_Step], before: int) -> Iterator[Piece]:
        """Their chunks; another reader begins a go of its own."""
        go = 0
        for step in steps:
            if self.taken >= MOST_EVENTS and not (self._log.by_lines and step.follows):
                self.taken, go = 0, go + 1
                self._begin()
            chunk = step.chunk(self.reader, before)
            before += chunk.count
            yield Piece(chunk, go)
