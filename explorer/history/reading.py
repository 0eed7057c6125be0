"""Who reads a log, or lifts an event: this process, its threads, or children that share the work and can do no harm?

Threads read what compiled loops can scan, see `Threads`. A child is handed the open file and told what to read, and
answers with chunks: a header in JSON and raw columns over a pipe, nothing that is executed. It may use a bounded amount
of memory, so a hostile log can end a child and nothing else.
"""

import contextlib
import json
import os
import queue
import sys
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, BinaryIO

import msgspec
import numpy as np
import numpy.typing as npt

from explorer.eventlog.errors import LogError
from explorer.eventlog.log import EventLog
from explorer.history.child import HEAD, IN_ORDER, LIFTED, STRETCH_BYTES, Piece, exactly, read, told
from explorer.history.chunks import Chunk, exact_value, from_header
from explorer.history.reader import ChunkReader
from explorer.history.threads import Threads
from explorer.projection.model import NotApplicable, ReadModel
from explorer.projection.upcasting import Lifted, UpcastingModel

if TYPE_CHECKING:
    import subprocess

FIRST_BYTES = 1 << 20
OWN_BYTES = 12 << 20  # of a large log: about 100,000 events, before a child has started
_HERE = -1  # this process as a reader, but for its threads
_BEYOND = 1_000  # (added) a child as a reader: threads have the numbers below
SMALL_BYTES = 6 << 20  # a log up to this size is read sooner than a child starts


def pieces(
    log: EventLog, model: ReadModel, *, small_bytes: int = SMALL_BYTES, begin: int = 0, before: int = 0
) -> Iterator[Piece]:
    """Everything in the log from the unit `begin` on, chunk by chunk, in log order.

    Args:
        log: An open log.
        model: For which read model; one that asks for positions is given one reader, which counts.
        small_bytes: What is not larger is read by this thread.
        begin: Where to begin.
        before: How many events stand before that.

    Raises:
        LogError: The medium failed, or the log cannot be read within the memory allowed.
    """
    if model.ordered:
        yield from Children(log, model).pieces()  # a program never runs in this process
    elif not log.goes_beyond(begin + small_bytes):
        yield from read(log, ChunkReader(log, model), begin, before)
    else:
        here = ChunkReader(log, model)
        if not model.positioned and here.scans():
            if log.by_lines:
                begin, before = yield from Threads(log, model).pieces(begin, before)
            elif (scan := here.scan()) is not None:
                yield from told(log, Threads(log, model).shares(scan))
                return
        if begin < log.size_bytes:
            yield from Children(log, model).pieces(begin, before)


class Children:
    """The processes that read one log."""

    def __init__(self, log: EventLog, model: ReadModel, most_events: int = 0) -> None:
        """Take a log; a program's codes begin anew after so many events (0: never), see `Chunk.anew`."""
        self._log = log
        self._model = model
        self._most_events = most_events
        self._children: list[subprocess.Popen[bytes]] = []
        self._answers: list[queue.Queue[Chunk | None]] = []
        self._pumps: list[threading.Thread] = []

    def pieces(self, begin: int = 0, before: int = 0) -> Iterator[Piece]:
        """Hand out the log stretch by stretch, and take the chunks in order."""
        try:
            if self._log.by_lines and not self._model.ordered:
                yield from self._by_lines(begin, before)
            else:
                self.start()
                yield from self._rest(0, 0, 0)
        except (BrokenPipeError, EOFError) as error:
            raise self._gone() from error
        finally:
            self.stop()

    def replayed(self, places: npt.NDArray[np.int64]) -> Iterator[Chunk]:
        """The events at `places`, in that order, by one child."""
        try:
            self.start()
            self.ask(0, f"{len(places)} {IN_ORDER}", np.ascontiguousarray(places, np.int64).tobytes())
            while (chunk := self.chunk(0)).done_bytes >= 0:
                yield chunk
        except (BrokenPipeError, EOFError) as error:
            raise self._gone() from error
        finally:
            self.stop()

    def _gone(self) -> LogError:
        if self._model.ordered:
            return LogError(
                self._model.name, "its process was ended: it took too long, or more memory than it is allowed"
            )
        return LogError(self._log.name, "it cannot be read within the memory allowed")

    def start(self) -> None:
        """Start one more child."""
        job = {
            "file": self._log.file,
            "name": self._log.name,
            "damage": self._log.damage_reason,
            "size_bytes": self._log.size_bytes,
            "fields": msgspec.structs.asdict(self._log.fields),
            "read_as": msgspec.structs.asdict(self._log.read_as),
            "guessed": self._log.form.text.guessed,
            "profile": msgspec.to_builtins(self._log.profile),
            "model": self._model.recipe.plain,
            "most_events": self._most_events,
        }
        import subprocess  # only large logs need it

        child = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-P", "-m", "explorer.history.child", json.dumps(job)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            pipesize=1 << 20,  # so that a child need not wait with what it has read
            pass_fds=(self._log.file,),
            env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
        )
        answers: queue.Queue[Chunk | None] = queue.Queue()
        # takes what a child says as soon as it says it, so that no child waits for another
        pump = threading.Thread(target=_pump, args=(child.stdout, answers), name="log reader", daemon=True)
        self._children.append(child)
        self._answers.append(answers)
        self._pumps.append(pump)
        pump.start()

    def _by_lines(self, unit: int, before: int) -> Iterator[Piece]:
        """The beginning is read here while the children start; they share what lies beyond it.

        Only who has read all that lies before an event knows its position: then one child reads what lies beyond.
        """
        waiting: deque[int] = deque()  # children that owe a chunk, in log order
        own = ChunkReader(self._log, self._model)
        beginning = self._beginning(unit)
        unit = beginning[-1][1] if beginning else unit
        rest = self._model.positioned
        self.start()  # the others when this process needs no processor for itself any more
        for begin, end in beginning:
            unit, rest = self._hand_out(waiting, unit, rest=rest)
            chunk = own.lines(begin, end - begin, before)
            yield Piece(chunk, _HERE)
            before += chunk.count
        while not rest and len(self._children) < min(max(os.cpu_count() or 1, 1), 8):
            self.start()
        while True:
            unit, rest = self._hand_out(waiting, unit, rest=rest)
            if not waiting:
                break
            child = waiting.popleft()
            yield Piece(self.chunk(child), _BEYOND + child)
        if rest:
            yield from self._rest(0, unit, before)

    def _beginning(self, unit: int) -> list[tuple[int, int]]:
        """The first stretches: small ones, so that something can be shown and reading can be ended at once."""
        found: list[tuple[int, int]] = []
        last = min(unit + OWN_BYTES, self._log.size_bytes)
        while unit < last:
            end = self._log.cut(unit, FIRST_BYTES)
            if end is None or end == unit:
                break
            found.append((unit, end))
            unit = end
        return found

    def _hand_out(self, waiting: deque[int], unit: int, *, rest: bool) -> tuple[int, bool]:
        """Keep every child busy; return how far the log is handed out, and whether one must read all the rest."""
        while not rest and unit < self._log.size_bytes and len(waiting) < 3 * len(self._children):
            end = self._log.cut(unit, STRETCH_BYTES)
            if end is None or end == unit:
                return unit, True
            # whoever owes least
            child = min(range(len(self._children)), key=lambda index: (waiting.count(index), index))
            self.ask(child, f"{unit} {end - unit}")
            waiting.append(child)
            unit = end
        return unit, rest

    def _rest(self, child: int, unit: int, before: int) -> Iterator[Piece]:
        self.ask(child, f"{unit} -1 {before}")
        while (chunk := self.chunk(child)).done_bytes >= 0:
            yield Piece(chunk, _BEYOND + child)

    def ask(self, child: int, what: str, more: bytes = b"") -> None:
        """Tell a child what to do next."""
        stream = self._children[child].stdin
        assert stream is not None
        stream.write(f"{what}\n".encode() + more)
        stream.flush()

    def chunk(self, child: int) -> Chunk:
        """Wait for the next answer of a child.

        Raises:
            EOFError: It has ended.
            LogError: The read model's program fails.
        """
        chunk = self._answers[child].get()
        if chunk is None:
            raise EOFError
        if chunk.failed:
            raise LogError(self._model.name, chunk.failed)
        return chunk

    def stop(self) -> None:
        """End all of them."""
        for child in self._children:
            child.kill()
        for pump in self._pumps:
            pump.join()
        for child in self._children:
            for stream in (child.stdin, child.stdout):
                if stream is not None:
                    with contextlib.suppress(BrokenPipeError):
                        stream.close()
            child.wait()


def replayed(log: EventLog, model: ReadModel, places: npt.NDArray[np.int64]) -> Iterator[Chunk]:
    """The events at `places`, one after the other, for a read model to which their order matters.

    Args:
        log: An open log.
        model: The read model.
        places: (n, 3) offset, length and position of each event, in the order in which they are to be taken.

    Raises:
        LogError: The program fails.
    """
    yield from Children(log, model).replayed(places)


def _pump(stream: BinaryIO, answers: "queue.Queue[Chunk | None]") -> None:
    """Queue every chunk that a child sends, then None."""
    try:
        while True:
            chunk, columns = from_header(exactly(stream, HEAD.unpack(exactly(stream, HEAD.size))[0]))
            for names, kind, count in columns:
                column = np.empty(count, kind)
                if stream.readinto(memoryview(column).cast("B")) != column.nbytes:  # type: ignore[attr-defined]
                    raise EOFError  # noqa: TRY301
                chunk.columns |= dict.fromkeys(names, column)
            answers.put(chunk)
    except (EOFError, OSError, ValueError):
        answers.put(None)


class Lifting:
    """Lifts single events. Upcasters that are a program run in a child, which waits for the next question."""

    def __init__(self, log: EventLog, model: UpcastingModel) -> None:
        self._log = log
        self._model = model
        self._child: Children | None = None

    def steps(self, offset: int, length: int, position: int) -> Sequence[Lifted]:
        """The event at a place of the log, at each version from the one in which it was written on.

        Raises:
            NotApplicable: A step fails.
            LogError: The upcasters fail as a whole.
        """
        if not self._model.ordered:
            return self._model.steps(self._log.decode(offset, length, position))
        try:
            if self._child is None:
                self._child = Children(self._log, self._model)
                self._child.start()
            place = np.array([offset, length, position], np.int64).tobytes()
            self._child.ask(0, f"1 {LIFTED}", place)
            answer = self._child.chunk(0)
        except (BrokenPipeError, EOFError) as error:
            self.close()
            raise LogError(self._model.name, "the upcasters ended their process") from error
        if answer.problems:
            raise NotApplicable(answer.problems[0].reason, answer.problems[0].details)
        told = exact_value(answer.others["steps"][0])
        assert isinstance(told, list)
        return [Lifted(*each) for each in told]

    def close(self) -> None:
        """End the child, if there is one."""
        if self._child is not None:
            self._child.stop()
            self._child = None
