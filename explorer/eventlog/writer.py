"""How are events appended to a log, so that what was said to be saved is saved, and nothing else is changed?

There is no other way to write to a log, and none to change or delete an event: to correct one, append another.
The protocol: the lock on `<log>.lock` is held; the end of the log is looked at; the expected position is compared;
everything is encoded; one write; the medium is waited for; only then are the events saved.
"""

import errno
import hashlib
import os
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

import msgspec

from explorer.eventlog.encoding import NotWritable
from explorer.eventlog.errors import CannotWrite, Conflict, InDoubt, LogError, TornTail
from explorer.eventlog.event import FieldMap, Record
from explorer.eventlog.json_text import FAULTS, JsonFault, decode, needs_care
from explorer.eventlog.lines import LONGEST_RECORD_BYTES
from explorer.eventlog.locking import PATIENCE_S, Busy, LogLock
from explorer.eventlog.log import open_log
from explorer.eventlog.log_style import Draft, LogStyle
from explorer.eventlog.record import read_record
from explorer.eventlog.seal import BatchPlace, Seals, line_hash, sealed
from explorer.eventlog.syscalls import SYSTEM, System
from explorer.eventlog.tail import LONGEST_BATCH_BYTES, MARK, Line, Read, Tail, look_at_tail
from explorer.eventlog.writable import (
    open_for_writing,
    plain,
    refuse_other_kinds,
    refuse_wrapped,
    seals_of,
)


def append_durably(system: System, file: int, data: bytes, size: int, name: str) -> None:
    """Write `data` behind the first `size` bytes, which are all that there are, and wait for the medium.

    Raises:
        CannotWrite: There is no room, or the medium refused: the log is as it was.
        InDoubt: Nobody knows whether it is there; the file must not be used any more.
    """
    done = 0
    try:
        while done < len(data):
            written = system.write(file, memoryview(data)[done:] if done else data)
            if not written:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))  # noqa: TRY301 - as the system says it later
            done += written
    except BaseException as error:
        _undo(system, file, size, done, name)
        if isinstance(error, OSError):
            raise CannotWrite(name, f"{plain(error)}; nothing was written") from error
        raise
    try:
        system.sync(file)
    except OSError as error:
        # the system forgets what it could not write out: who asks again is told a lie
        raise _doubt(name, f"the medium has not confirmed it: {plain(error)}") from error


def _undo(system: System, file: int, size: int, done: int, name: str) -> None:
    """Take back the `done` bytes that were written."""
    try:
        now = system.fstat(file).st_size
        if now > size + done:
            raise _doubt(name, "another program writes to it without the lock")
        if now > size:
            system.cut(file, size)
            system.sync(file)
    except OSError as error:
        raise _doubt(name, f"what was written of it could not be taken back: {plain(error)}") from error


def _doubt(name: str, why: str) -> InDoubt:
    return InDoubt(
        name, f"whether the events were saved is not known: {why}; open the log anew, and look at its end"
    )


type Expected = int | Literal["any", "no_stream"]  # how many events the log has; "no_stream" = none yet

MOST_EVENTS = 100_000  # in one batch
_SHOWN_BYTES = 4_096
COUNTED_BYTES = 16 << 20  # so much is counted even if nobody needs to know
_HASHED_BYTES = 1 << 20


class Appended(msgspec.Struct, frozen=True):
    """What was saved.

    Attributes:
        count: How many events.
        position: The position of the first of them; None if no position was expected and the log is large.
        offset: Where they begin in the log, in bytes.
        length_bytes: How long they are.
    """

    count: int
    position: int | None
    offset: int
    length_bytes: int


class Known(msgspec.Struct, frozen=True):
    """What a reader knows of a log: its first `size_bytes` bytes, whole lines, hold `events` events."""

    size_bytes: int
    events: int


class Writer:
    """Appends to one log. The log is locked while `append` runs, and only then.

    Attributes:
        path: Where the log is.
        seals: What every new record proves: nothing, that it is whole, or also what stands before it.
    """

    def __init__(self, path: str, file: int, style: LogStyle, known: Known, system: System) -> None:
        self.path = path
        self.seals: Seals = "none"
        self._chained = False  # the chain has begun
        self._name = Path(path).name
        self._file: int | None = file
        self._style = style
        self._system = system
        self._lock = LogLock(path, system)
        self._known: Known | None = known  # None once this has become wrong
        self._seen: tuple[int, int] | None = None  # size and time of change when the tail was whole
        self._tail = Tail(0, None)
        self._next_prev: str | None = (
            None  # what the next record of the chain says of the tail, if that is known
        )
        ours = system.fstat(file)
        self._node = ours.st_dev, ours.st_ino  # they stay the same while it is open

    @classmethod
    def open(
        cls,
        path: str | os.PathLike[str],
        *,
        create: bool = False,
        fields: FieldMap | None = None,
        seals: Seals | None = None,
        known: Known | None = None,
        system: System = SYSTEM,
    ) -> "Writer":
        """Open a log for appending. Nothing is written yet, but for a new file if `create`.

        Args:
            path: JSON Lines in UTF-8, not packed.
            create: Begin a new, empty log if there is none.
            fields: Members that are not None take the place of what would be guessed.
            seals: None = as the log has it; a new one has checksums.
            known: What was read of the log before, so that it need not be read again to count its events.
            system: The calls of the operating system.

        Raises:
            CannotWrite: It cannot be written to; `str()` is the sentence for the person.
        """
        where = os.fspath(path)
        file = open_for_writing(where, system, create=create)
        try:
            with open_log(where, fields) as log:
                refuse_other_kinds(log)
                tail = look_at_tail(log.raw, log.size_bytes)
                sample = None if tail.last is None else read_record(tail.last.record)[0]
                refuse_wrapped(log, sample)
                style = LogStyle(log.fields, sample, b"" if tail.last is None else tail.last.raw)
                found = seals_of(log.raw, tail)
            writer = cls(where, file, style, known or Known(0, 0), system)
            writer.seals, writer._chained = seals or found, found == "chain"
            return writer
        except CannotWrite:
            system.close(file)
            raise
        except OSError as error:
            system.close(file)
            raise CannotWrite(Path(where).name, f"it cannot be written to: {plain(error)}") from error
        except LogError as error:
            system.close(file)
            raise CannotWrite(error.name, error.reason, line=error.line, byte=error.byte) from error
        except BaseException:
            system.close(file)
            raise

    def append(self, events: Sequence[Draft], expected: Expected = "any") -> Appended:
        """Save all of `events`, one behind the other, or none of them.

        Args:
            events: What happened.
            expected: How many events the log must have.

        Raises:
            Conflict: It has another number of events. Nothing was written.
            TornTail: Its end is not whole. Nothing was written.
            CannotWrite: Something else stood in the way. Nothing was written.
            InDoubt: The events may be in the log or not. The writer is closed.
        """
        if not events or len(events) > MOST_EVENTS:
            raise CannotWrite(
                self._name, f"a batch has between 1 and {MOST_EVENTS:,} events, not {len(events):,}"
            )
        if self._file is None:
            raise CannotWrite(self._name, "it has been closed for writing; open it anew")
        try:
            self._lock.acquire()
            try:
                return self._append(self._file, events, expected)
            finally:
                self._lock.release()
        except Busy as busy:
            holder = "another program" if busy.pid is None else f"another program (process {busy.pid})"
            reason = f"{holder} is writing to it, and did not let go within {PATIENCE_S:g} seconds"
            raise CannotWrite(self._name, reason) from busy
        except OSError as error:
            raise CannotWrite(self._name, f"it cannot be written to: {plain(error)}") from error

    # -- under the lock --------------------------------------------------------------------------------------

    def _append(self, file: int, events: Sequence[Draft], expected: Expected) -> Appended:
        size = self._look()
        count = None
        if expected == "any":
            if self._known is not None and size - self._known.size_bytes <= COUNTED_BYTES:
                count = self._count(size)
        else:
            count, wanted = self._count(size), 0 if expected == "no_stream" else expected
            if count != wanted:
                raise Conflict(self._name, wanted, count)
        lines, following = self._lines(events)
        data = b"\n".join([*lines, b""])
        last = self._tail.last
        if last is not None and not last.ended:
            data = b"\n" + data  # a whole last record without a newline gets one
        if len(data) > LONGEST_BATCH_BYTES:
            raise CannotWrite(self._name, f"the batch has {len(data):,} bytes; the limit is 256 MiB")
        self._seen = None
        try:
            append_durably(self._system, file, data, size, self._name)
        except CannotWrite:
            raise
        except BaseException:  # nobody knows how the log ends now
            self.close()
            raise
        self._chained = self._chained or self.seals == "chain"
        self._next_prev = following
        end = size + len(data)
        self._tail = Tail(end, Line(end - len(lines[-1]) - 1, lines[-1], ended=True))
        try:
            now = self._system.fstat(file)
            if now.st_size == end:  # else the end is looked at again
                self._seen = end, now.st_mtime_ns
                if count is not None:
                    self._known = Known(end, count + len(events))
        except OSError:
            pass  # they are saved all the same
        return Appended(len(events), None if count is None else count + 1, size, len(data))

    def _look(self) -> int:
        """Make sure that the log is still the same file, and that its end is whole; its size."""
        now = self._system.stat(self.path)  # of the name: if it leads to our file, this tells of both
        if (now.st_dev, now.st_ino) != self._node:
            raise CannotWrite(self._name, "another file has taken its place; open it anew")
        size = now.st_size
        if self._seen == (size, now.st_mtime_ns):
            return size
        known = self._known
        if known is not None and size < known.size_bytes:
            self._known = None
            raise CannotWrite(self._name, "it has become shorter since it was read; open it anew")
        self._next_prev = None
        self._tail = tail = look_at_tail(self._read, size)
        if tail.torn:
            raw = self._read(tail.size_bytes, _SHOWN_BYTES)
            raise TornTail(self._name, tail.torn, tail.size_bytes, raw, size - tail.size_bytes)
        self._seen = size, now.st_mtime_ns
        return size

    def _read(self, offset: int, length_bytes: int) -> bytes:
        assert self._file is not None
        parts = []
        while length_bytes and (part := self._system.read(self._file, length_bytes, offset)):
            parts.append(part)
            offset, length_bytes = offset + len(part), length_bytes - len(part)
        return b"".join(parts)

    def _count(self, size: int) -> int:
        """How many events the log has; only what is new since the last time is read."""
        known = self._known
        if known is None:
            raise CannotWrite(self._name, "it is not as it was when it was read; open it anew")
        if known.size_bytes < size:
            begin = known.size_bytes
            if begin and self._read(begin - 1, 1) != b"\n":
                known, begin = Known(0, 0), 0  # a last line was not whole when it was read
            known = Known(size, known.events + count_events(self._read, begin, size))
            self._known = known
        return known.events

    def _lines(self, events: Sequence[Draft]) -> tuple[list[bytes], str | None]:
        """One line for each event, without its newline, and what a chain says of the last one."""
        last = self._tail.last
        record = read_record(last.record)[0] if last is not None and self._style.counts else None
        prev = self._prev() if self.seals == "chain" else None
        try:
            return batch_lines(self._style, events, record, prev, seal=self.seals != "none")
        except NotWritable as error:
            raise CannotWrite(self._name, f"{error}; nothing was written") from error

    def _prev(self) -> str:
        """What the next record of the chain says of what stands before it."""
        if self._next_prev is not None:
            return self._next_prev
        last = self._tail.last
        if last is not None and (self._chained or (last.seal is not None and last.seal.prev is not None)):
            return line_hash(last.raw)
        digest = hashlib.sha256()
        offset = 0
        while block := self._read(offset, _HASHED_BYTES):
            digest.update(block)
            offset += len(block)
        if last is not None and not last.ended:
            digest.update(b"\n")
        return digest.hexdigest()

    def close(self) -> None:
        """Let go of the log. Safe to call twice."""
        file, self._file = self._file, None
        if file is not None:
            self._lock.close()
            self._system.close(file)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def batch_lines(
    style: LogStyle, events: Sequence[Draft], last: Record | None, prev: str | None, *, seal: bool
) -> tuple[list[bytes], str | None]:
    """One line for each event, without its newline, and what a record of the chain behind them has to say of them.

    Args:
        style: How the log writes its events.
        events: What is to be written together. Several events are always sealed, so that a part of them is known
            to be a part.
        last: The record before them, if there is one.
        prev: What the first seal says of what stands before it; None = there is no chain.
        seal: Whether an event alone is sealed too.

    Raises:
        NotWritable: One of them cannot be written.
    """
    if len(events) == 1:
        line = style.line(events[0], last)
        if seal:
            line = sealed(line, prev, None)
        return [line], None if prev is None else line_hash(line)
    lines: list[bytes] = []
    before = 0
    for number, event in enumerate(events, 1):
        try:
            line = style.line(event, last)
        except NotWritable as error:
            raise NotWritable(f"event {number:,} of {len(events):,}: {error}") from error
        last = read_record(line)[0] if style.counts else None
        line = sealed(line, prev, BatchPlace(number, len(events), before))
        if prev is not None:
            prev = line_hash(line)
        before += len(line) + 1
        lines.append(line)
    return lines, prev


_BLOCK_BYTES = 1 << 20
_SHORT_BYTES = 1_024  # as in `json_lines`: too short to break one of our limits


def count_events(read: Read, begin: int, end: int) -> int:
    """The events that the readers find in the lines from the byte `begin` to the byte `end`."""
    count = 0
    rest = b""
    if begin == 0 and read(0, len(MARK)) == MARK:
        begin = len(MARK)
    while begin < end:
        block = read(begin, min(_BLOCK_BYTES, end - begin))
        if not block:
            break
        begin += len(block)
        lines = (rest + block).split(b"\n")
        rest = lines.pop()
        count += sum(map(_events, lines))
        if len(rest) > LONGEST_RECORD_BYTES:
            while begin < end and b"\n" not in (block := read(begin, min(_BLOCK_BYTES, end - begin))):
                begin += len(block)
            begin += block.find(b"\n") + 1 if begin < end else 0
            rest = b""
    return count + _events(rest)


def _events(line: bytes) -> int:
    try:
        if type(decode(line)) is dict and not (len(line) > _SHORT_BYTES and needs_care(line)):
            return 1
    except FAULTS:
        pass
    line = line.rstrip(b"\r").removeprefix(b"\x1e")
    if not line.strip() or len(line) > LONGEST_RECORD_BYTES:
        return 0
    try:
        read_record(line)
    except JsonFault:
        parts = line.split(b"\r")  # perhaps some lines end with a lone carriage return
        return 0 if len(parts) == 1 else sum(map(_events, parts))
    return 1
