"""How does slow work run beside the window, with progress and a way to stop it?"""

import contextlib
import threading
from collections.abc import Callable

import shiboken6
from PySide6.QtCore import QObject, QThreadPool, Signal

from explorer.eventlog.errors import Cancelled

type Report = Callable[[int, int], None]


class BackgroundTask(QObject):
    """One call of a Qt-free `work(report)` on a pool thread.

    The work knows only `report(done, total)`, which ends it by raising `Cancelled` once asked to. A result that
    comes too late is handed to `drop`, on the pool thread.
    """

    progressed = Signal(object, object)  # done, total: bytes, so possibly beyond 2^31
    succeeded = Signal(object)
    failed = Signal(object)  # the exception
    ended = Signal()  # always last

    def __init__(
        self,
        work: Callable[[Report], object],
        parent: QObject | None = None,
        drop: Callable[[object], None] | None = None,
    ) -> None:
        super().__init__(parent)
        self._work = work
        self._drop = drop
        self._cancel = threading.Event()

    def start(self) -> None:
        """Begin on a thread of the global pool; whoever waits for `ended` has connected by now."""
        QThreadPool.globalInstance().start(self._run)

    def cancel(self) -> None:
        """Ask the work to stop at its next report; its result is dropped in any case."""
        self._cancel.set()

    @property
    def cancelled(self) -> bool:
        """Whether somebody asked this work to stop."""
        return self._cancel.is_set()

    def _report(self, done: int, total: int) -> None:
        if self._cancel.is_set() or not self._tell("progressed", done, total):
            raise Cancelled

    def _run(self) -> None:  # a pool thread: emit only, touch no widget
        try:
            result = self._work(self._report)
            wanted = not self._cancel.is_set() and self._tell("succeeded", result)
            if not wanted and self._drop is not None:
                self._drop(result)
        except Cancelled:
            pass
        except Exception as error:  # noqa: BLE001 - nothing may escape into the pool
            self._tell("failed", error)
        finally:
            self._tell("ended")
            # not before that thread is done with telling: what sends must not be deleted while it sends
            with contextlib.suppress(RuntimeError):  # it has gone with whoever asked
                self.deleteLater()

    def _tell(self, signal: str, *values: object) -> bool:
        """Emit; False if whoever asked has gone meanwhile, and this object with them."""
        try:
            getattr(self, signal).emit(*values)
        except RuntimeError:
            if shiboken6.isValid(self):
                raise
            return False
        return True
