"""How does slow work run beside the window, with progress and a way to stop it, and whose answer counts?"""

import contextlib
import threading
import time
from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, QThreadPool, Signal

from explorer.eventlog.errors import Cancelled

PROGRESS_EVERY_S = 0.04


class Report:
    """What the work tells while it goes on: `report(done, total)`, or a part of what it has found.

    Both end it by raising `Cancelled` once it was asked to stop.
    """

    def __init__(self, tell: Callable[[str, *tuple[object, ...]], None]) -> None:
        self._tell = tell

    def __call__(self, done: int, total: int) -> None:
        """So much is done, of so much."""
        self._tell("progressed", done, total)

    def part(self, found: object) -> None:
        """This is found by now."""
        self._tell("partly", found)


class BackgroundTask(QObject):
    """One call of a Qt-free `work(report)` on a pool thread.

    The work knows only its `Report`. A result that comes too late is handed to `drop`, on the pool thread.
    """

    progressed = Signal(object, object)  # done, total: bytes, so possibly beyond 2^31
    partly = Signal(object)  # a part of the result
    succeeded = Signal(object)
    failed = Signal(object)  # the exception
    ended = Signal()  # always last

    def __init__(
        self,
        work: Callable[[Report], object],
        parent: QObject | None = None,
        drop: Callable[[Any], object] | None = None,
    ) -> None:
        super().__init__(parent)
        self._work = work
        self._drop = drop
        self._cancel = threading.Event()
        self._telling = threading.Lock()  # held while a signal is sent
        self._gone = False
        self._quiet_until_s = 0.0  # how much is done was said just now
        self.ended.connect(self._let_go)
        if parent is not None:
            # said before it deletes what belongs to it: what sends must not be deleted while it sends
            parent.destroyed.connect(self._go)

    def _let_go(self) -> None:
        """What the work holds goes now, and not once Python looks for what only holds each other."""
        self._work = _nothing

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

    def _report(self, signal: str, *values: object) -> None:
        if self._cancel.is_set():
            raise Cancelled
        if signal == "progressed":
            now_s, (done, total) = time.monotonic(), values
            if now_s < self._quiet_until_s and done != total:
                return  # said a hundred times a second, it would keep the window from everything else
            self._quiet_until_s = now_s + PROGRESS_EVERY_S
        if not self._tell(signal, *values):
            raise Cancelled

    def _run(self) -> None:  # a pool thread: emit only, touch no widget
        try:
            result = self._work(Report(self._report))
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

    def _go(self) -> None:
        """Whoever asked goes: nothing is sent from now on."""
        self._cancel.set()
        with self._telling:
            self._gone = True

    def _tell(self, signal: str, *values: object) -> bool:
        """Emit; False if whoever asked has gone meanwhile, and this object with them."""
        with self._telling:
            if self._gone:
                return False
            try:
                getattr(self, signal).emit(*values)
            except RuntimeError:
                if shiboken6.isValid(self):
                    raise
                return False
        return True


def _nothing(_report: Report) -> None:
    """It has been done."""


@dataclass(frozen=True)
class Handlers[T]:
    """Who hears what of a piece of work, all on the window's thread but `drop`.

    Attributes:
        done: Takes what was made.
        failed: Takes the error, unless the work was cancelled; without it the error is raised, as one of ours.
        progressed: Takes how much is done, of how much.
        partly: Takes a part of what is being made.
        ended: Called once, whatever became of the work.
        drop: Takes what was made for nobody, on either thread.
    """

    done: Callable[[T], object] | None = None
    failed: Callable[[Exception], object] | None = None
    _: KW_ONLY
    progressed: Callable[[int, int], object] | None = None
    partly: Callable[[Any], object] | None = None
    ended: Callable[[], object] | None = None
    drop: Callable[[T], object] | None = None


def run_beside[T](
    owner: QObject | None, work: Callable[[Report], T], handlers: Handlers[T] | None = None
) -> BackgroundTask:
    """Start work whose answer counts whatever is asked for after it: a file is written, say. See `LatestTask`.

    Args:
        owner: With it the work is cancelled and forgotten; None: never.
        work: Runs on another thread.
        handlers: Who hears of it.
    """
    tell = handlers or Handlers[T]()
    task = BackgroundTask(work, owner, tell.drop)
    if tell.progressed is not None:
        task.progressed.connect(tell.progressed)
    if tell.partly is not None:
        task.partly.connect(tell.partly)
    if tell.done is not None:
        task.succeeded.connect(tell.done)
    told = tell.failed or _raise
    task.failed.connect(lambda error: None if task.cancelled else told(error))
    if tell.ended is not None:
        task.ended.connect(tell.ended)
    task.start()
    return task


class LatestTask(QObject):
    """Of the requests for one thing only the latest is answered.

    Each new one cancels and forgets the one before. A request ends once: with its result, with its error, or by
    being forgotten; then nobody hears of it, and what it made goes to its `drop`. All end with the owner.
    """

    def __init__(self, owner: QObject) -> None:
        super().__init__(owner)
        self._task: BackgroundTask | None = None
        self._number = 0  # of the latest request, or of the moment at which it was forgotten
        self._at_work = 0

    @property
    def running(self) -> bool:
        """Whether an answer is awaited."""
        return self._task is not None

    @property
    def at_work(self) -> bool:
        """Whether work is being done, if only by a request that has been forgotten and has not noticed."""
        return self._at_work > 0

    def cancel(self) -> None:
        """Forget what was asked for: another log has come, or nobody wants to know any more."""
        self._number += 1
        task, self._task = self._task, None
        if task is not None:
            task.cancel()

    def start[T](self, work: Callable[[Report], T], handlers: Handlers[T] | None = None) -> None:
        """Ask for what `work` makes, in place of what was asked for before."""
        self.cancel()
        number, tell = self._number, handlers or Handlers[T]()

        def take(result: T) -> None:
            if self._answers(number):
                if tell.done is not None:
                    tell.done(result)
            elif tell.drop is not None:
                tell.drop(result)

        def fail(error: Exception) -> None:
            if self._answers(number):
                (tell.failed or _raise)(error)

        def while_latest(hear: Callable[..., object]) -> Callable[..., None]:
            def deliver(*values: object) -> None:
                if number == self._number:
                    hear(*values)

            return deliver

        def end() -> None:
            nonlocal tell
            self._at_work -= 1
            self._answers(number)  # if it has ended without an answer
            told, tell = (
                tell,
                Handlers[T](),
            )  # what is connected with a signal may outlive it: nobody is held by it
            if told.ended is not None:
                told.ended()

        self._at_work += 1
        all_heard = Handlers(
            take,
            fail,
            progressed=tell.progressed and while_latest(tell.progressed),
            partly=tell.partly and while_latest(tell.partly),
            ended=end,
            drop=tell.drop,
        )
        self._task = run_beside(self, work, all_heard)

    def _answers(self, number: int) -> bool:
        """Whether this request is the latest; it is awaited no longer then."""
        latest = number == self._number
        if latest:
            self._task = None
        return latest


def _raise(error: Exception) -> None:
    raise error
