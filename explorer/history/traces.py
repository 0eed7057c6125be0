"""What does a program do with one event, line by line? A child runs it again for the events of that entity alone."""

import threading
from collections.abc import Mapping
from decimal import Decimal

import msgspec
import numpy as np
import numpy.typing as npt

from explorer.eventlog.errors import LogError
from explorer.history.child import TRACED
from explorer.history.chunks import Chunk
from explorer.history.history import History
from explorer.history.reading import Children
from explorer.projection.model import ReadModel
from explorer.projection.program_rules import Decided
from explorer.projection.tracing import Trace

_encode = msgspec.json.Encoder(decimal_format="number").encode
_decode = msgspec.json.Decoder(Decided, float_hook=Decimal).decode
MOST_BEFORE = 5_000  # events of the entity that are folded again, before the one that is traced


class TooMany(ValueError):  # noqa: N818 - a finding about a log
    """The entity has had so many events that its program is not run again for all of them."""

    def __init__(self, count: int) -> None:
        self.count = count
        super().__init__(
            f"{count:,} events of this entity stand before; at most {MOST_BEFORE:,} are run again"
        )


class Tracing:
    """Traces single events of one history for one program; its child waits for the next question."""

    def __init__(self, history: History, model: ReadModel) -> None:
        self._history = history
        self._model = model
        self._guard = threading.Lock()
        self._closed = False
        self._child: Children | None = None

    def trace(self, entity: str, position: int) -> Trace:
        """What the program does with the event at a position, as one of `entity`. Slow: ask beside the window.

        Raises:
            TooMany: Too many events stand before it.
            LogError: The program fails as a whole, or took too long.
        """
        before = self._touching(entity)
        before = before[before < position]
        if len(before) > MOST_BEFORE:
            raise TooMany(len(before))
        answer = self._asked(np.append(before, position), entity)
        return msgspec.json.decode(answer.others["trace"][0], type=Trace)

    def decide(self, entity: str, command: Mapping[str, object]) -> Decided:
        """What the program's rules say of a command to an entity, as things stand at the end.

        Raises:
            TooMany: Too many events stand before it.
            LogError: They fail.
        """
        before = self._touching(entity)
        if len(before) > MOST_BEFORE:
            raise TooMany(len(before))
        answer = self._asked(before, entity, command)
        return _decode(answer.others["decided"][0])

    def keys(self, position: int) -> list[str]:
        """Whose the event at a position is, as the program says: it may have failed there, and nobody knows.

        Raises:
            LogError: The program fails.
        """
        return list(self._asked(np.array([position], np.int64), None).others["keys"])

    def _touching(self, entity: str) -> npt.NDArray[np.int64]:
        """The positions of the events that the read model takes for the entity's; others may name it."""
        code = self._history.entities.find(entity)
        touches = self._history.touches
        begin, end = (0, 0) if code is None else touches.offsets[[code, code + 1]].tolist()
        return np.asarray(touches.positions[begin:end], np.int64)

    def _asked(
        self,
        positions: npt.NDArray[np.int64],
        entity: str | None,
        command: Mapping[str, object] | None = None,
    ) -> Chunk:
        history = self._history
        rows = history.in_log(positions) - 1
        events = history.events
        places = np.stack([events.offsets[rows], events.lengths[rows], rows + 1], axis=1)
        told = (
            np.ascontiguousarray(places, np.int64).tobytes()
            + _encode({"entity": entity, "command": command})
            + b"\n"
        )
        child = self._running()
        try:
            child.ask(0, f"{len(rows)} {TRACED}", told)
            return child.chunk(0)
        except (OSError, EOFError, ValueError) as error:
            self._drop(child)
            raise LogError(
                self._model.name, "its process was ended: it took too long, or more memory than it is allowed"
            ) from error
        except LogError:
            self._drop(child)
            raise

    def _running(self) -> Children:
        with self._guard:
            if self._closed:
                raise LogError(self._model.name, "its process was ended, as nobody waits for it any more")
            if self._child is None:
                self._child = Children(self._history.log, self._model)
                self._child.start()
            return self._child

    def _drop(self, child: Children) -> None:
        with self._guard:
            ours, self._child = self._child is child, None if self._child is child else self._child
        if ours:
            child.stop()

    def close(self) -> None:
        """End the child, if there is one, whoever waits for it on another thread; none is begun any more."""
        with self._guard:
            child, self._child, self._closed = self._child, None, True
        if child is not None:
            child.stop()
