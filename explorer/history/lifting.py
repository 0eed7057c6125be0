"""What does one event look like at each schema version on its way to the newest, when somebody wants to see it?"""

from collections.abc import Sequence

import numpy as np

from explorer.eventlog.errors import LogError
from explorer.eventlog.log import EventLog
from explorer.history.child import LIFTED
from explorer.history.chunks import exact_value
from explorer.history.reading import Children
from explorer.projection.model import NotApplicable
from explorer.projection.upcasting import Lifted, UpcastingModel


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
