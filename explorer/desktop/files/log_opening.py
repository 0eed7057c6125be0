"""How is a log opened beside the window: its beginning shown at once, with progress, and a way to stop?"""

import threading
import time
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from explorer.desktop.tasks import BackgroundTask, Handlers, Report, run_beside
from explorer.eventlog.errors import Cancelled
from explorer.eventlog.sources.address import is_address
from explorer.eventlog.sources.several_files import as_one_log
from explorer.history.collect import Collected
from explorer.history.history import Order
from explorer.session.document import Document
from explorer.session.files.scratch import drop_copy, working_path
from explorer.session.files.workspace import KeptView
from explorer.session.options import OpenOptions
from explorer.session.status import reading_text

PROGRESS_STEPS = 1_000
_REPORTS_S = 0.1
_RUNNING: set["LogOpening"] = set()  # a window may go before the thread that reads for it has noticed


class LogOpening(QObject):
    """The opening of one log. `begun` at most once, then `opened` or `failed` or neither.

    Once it is cancelled nobody hears of it any more, and what it had read is closed.
    """

    progressed = Signal(int, str)  # thousandths, and the same in words
    begun = Signal(object)  # a Document of the log's first events, while the rest is read
    opened = Signal(object)  # the Document
    failed = Signal(object)  # the exception

    def __init__(
        self,
        path: str,
        options: OpenOptions,
        position: str | None,
        order: Order | None = None,
        view: KeptView | None = None,
        check: Callable[[Document], object] | None = None,
    ) -> None:
        super().__init__()
        self.path = path
        self.options = options
        self.position = position
        self.order = order
        self.view = view  # where to stand once all is there
        self._check = check  # raises if the log is not to be shown; nothing of it is shown before that
        self._stop = threading.Event()
        self._cancelled = threading.Event()
        self._started_s = self._told_s = 0.0
        self._unseen: Document | None = (
            None  # what was read of a log that is not to be shown before its check
        )
        self._shown = False  # `begun` was told: its document has the file too
        self._task: BackgroundTask | None = None

    def start(self) -> None:
        """Begin on a thread of its own."""
        self._started_s = time.monotonic()
        _RUNNING.add(self)
        self._task = run_beside(
            self,
            self._open,
            Handlers(self._take, self._fail, partly=self._begin, ended=self._end, drop=self._drop),
        )

    def stop(self) -> None:
        """Read no further; what was read will be `opened`."""
        self._stop.set()

    @property
    def stopped(self) -> bool:
        """Whether somebody asked to read no further."""
        return self._stop.is_set() or self._cancelled.is_set()

    def cancel(self) -> None:
        """Read no further; nothing will be opened."""
        self._cancelled.set()
        if self._task is not None:
            self._task.cancel()

    def _begin(self, document: Document) -> None:
        if self._cancelled.is_set():
            document.close()
        else:
            self.begun.emit(document)

    def _take(self, document: Document) -> None:
        if self._cancelled.is_set():
            self._drop(document)
        else:
            self.opened.emit(document)

    def _fail(self, error: Exception) -> None:
        if not self._cancelled.is_set():
            self.failed.emit(error)

    def _end(self) -> None:
        _RUNNING.discard(self)
        self.deleteLater()

    def _open(self, report: Report) -> Document:
        named, self._report = self.path, report
        self.path = working_path(as_one_log([named]) if not is_address(named) else named)
        try:
            document = Document.open(self.path, self.options, self)
            if self.order is not None and document.can_be(self.order):
                document.set_order(self.order)
            document.prepare(document.order)
            if self._check is not None:
                self._unseen = document
                self._check(document)
        except BaseException:
            if self._unseen is not None:
                self._unseen.close()
            if self.path != named and not self._shown:
                drop_copy(self.path)
            raise
        return document

    def _drop(self, document: Document) -> None:
        """Nobody waits for the document any more, which was read but not yet sorted when it was cancelled."""
        if not self._shown:
            document.close()

    # --- called on the reading thread: emit only ------------------------------------------------

    def progress(self, done_bytes: int, total_bytes: int, events: int) -> bool:
        """Tell how far the reading has come, ten times a second."""
        if self._cancelled.is_set():
            raise Cancelled
        now = time.monotonic()
        if now - self._told_s > _REPORTS_S:
            self._told_s = now
            share = PROGRESS_STEPS * done_bytes // max(total_bytes, 1)
            text = reading_text(done_bytes, total_bytes, events, now - self._started_s)
            self.progressed.emit(share, text)
        return not self._stop.is_set()

    def early(self, collected: Collected) -> None:
        """Show the beginning."""
        begun = self._unseen = Document(collected)
        if self._check is None:
            self._report.part(begun)
            self._unseen, self._shown = None, True
