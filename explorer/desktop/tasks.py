"""How does slow work run beside the window, with progress and a way to stop it?"""

import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, QThreadPool, Signal

from explorer.session import Cancelled

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
        # the last one to be told: the thread that tells must not lose its sender before it has told the others
        self.ended.connect(self.deleteLater)
        QThreadPool.globalInstance().start(self._run)

    def cancel(self) -> None:
        """Ask the work to stop at its next report; its result is dropped in any case."""
        self._cancel.set()

    @property
    def cancelled(self) -> bool:
        """Whether somebody asked this work to stop."""
        return self._cancel.is_set()

    def _report(self, done: int, total: int) -> None:
        if self._cancel.is_set():
            raise Cancelled
        self.progressed.emit(done, total)

    def _run(self) -> None:  # a pool thread: emit only, touch no widget
        try:
            result = self._work(self._report)
            if not self._cancel.is_set():
                self.succeeded.emit(result)
            elif self._drop is not None:
                self._drop(result)
        except Cancelled:
            pass
        except Exception as error:  # noqa: BLE001 - nothing may escape into the pool
            self.failed.emit(error)
        finally:
            self.ended.emit()
