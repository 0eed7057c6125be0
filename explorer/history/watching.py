"""Who wants to know how far the reading of a log has come, and may end it?"""

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from explorer.history.collect import Collected


class Watcher(Protocol):
    """Follows the reading of one log; called on the thread that reads."""

    def progress(self, done_bytes: int, total_bytes: int, events: int) -> bool:
        """Take note of how much was read. False ends the reading; what was read is kept.

        Raises:
            Cancelled: Nothing is to be kept.
        """

    def early(self, collected: "Collected") -> None:
        """Take the log's beginning, to be looked at while the rest is read. Called once, or not at all."""


class Begun:
    """Passes everything on to a watcher, and remembers whether it was given the beginning."""

    def __init__(self, watcher: Watcher) -> None:
        self._watcher = watcher
        self.shown = False

    def progress(self, done_bytes: int, total_bytes: int, events: int) -> bool:
        """Pass it on."""
        return self._watcher.progress(done_bytes, total_bytes, events)

    def early(self, collected: "Collected") -> None:
        """Pass it on."""
        self.shown = True
        self._watcher.early(collected)
