"""What happens when something in the program fails: who hears of it, how often, and can the person copy it?"""

import sys
import threading
import traceback
from collections.abc import Callable
from types import TracebackType
from typing import Any

from PySide6.QtCore import QMessageLogContext, QObject, Qt, QTimer, QtMsgType, Signal, qInstallMessageHandler
from PySide6.QtWidgets import QMainWindow, QMessageBox

from explorer.desktop import plain
from explorer.desktop.help.quiet import says_something
from explorer.language import tr

COUNT_AFTER_MS = 100
MOST_DETAILS = 20_000  # characters


class Failures(QObject):
    """Shows an error of ours in one dialog, however often and on whichever thread it happens; the program goes on."""

    _happened = Signal(str)  # the details; from any thread

    def __init__(self, front: Callable[[], QMainWindow | None], title: str) -> None:
        super().__init__()
        self._front = front
        self._title = title
        self._counts: dict[str, int] = {}
        self._box: QMessageBox | None = None
        self._counting = QTimer(self)
        self._counting.setSingleShot(True)
        self._counting.setInterval(COUNT_AFTER_MS)
        self._counting.timeout.connect(self._count)
        self._happened.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def listen(self) -> None:
        """Hear of every error that nobody else has dealt with."""
        sys.excepthook = self.take
        threading.excepthook = self._take_of_thread
        sys.unraisablehook = self._take_unraisable
        qInstallMessageHandler(self._take_message)

    def ignore(self) -> None:
        """Hear of nothing any more: Python and Qt do as they always do."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__
        sys.unraisablehook = sys.__unraisablehook__
        qInstallMessageHandler(None)

    def take(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Be `sys.excepthook`."""
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        self._tell("".join(traceback.format_exception(kind, error, trace)))

    def _take_of_thread(self, told: threading.ExceptHookArgs) -> None:
        if told.exc_type is not SystemExit and told.exc_value is not None:
            name = told.thread.name if told.thread is not None else "?"
            lines = traceback.format_exception(told.exc_type, told.exc_value, told.exc_traceback)
            self._tell(f"in thread {name}\n" + "".join(lines))

    def _take_unraisable(self, told: Any) -> None:  # noqa: ANN401 - sys.UnraisableHookArgs exists for checkers only
        if told.exc_value is not None:
            lines = traceback.format_exception(told.exc_type, told.exc_value, told.exc_traceback)
            self._tell(f"{told.err_msg or 'ignored'}: {told.object!r}\n" + "".join(lines))

    def _take_message(self, kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
        if kind in {QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg}:
            self._tell(f"Qt: {text}")
        elif says_something(text):  # Qt has said something that no person can do anything about
            sys.stderr.write(f"{text}\n")

    def _tell(self, details: str) -> None:
        sys.stderr.write(details if details.endswith("\n") else f"{details}\n")
        self._happened.emit(details)

    def _show(self, details: str) -> None:
        self._counts[details] = self._counts.get(details, 0) + 1
        window = self._front()
        if window is None:
            return  # all are closed; it stands on standard error
        text = tr("Something went wrong in the program. The log has not been touched; you can go on.")
        if self._box is None:
            self._box = plain.box(window, self._title, text, details[-MOST_DETAILS:])
            self._box.finished.connect(self._forget_box)
            self._box.destroyed.connect(self._forget_box)  # with its window, which may go unasked
            self._box.open()
        elif not self._counting.isActive():
            self._counting.start()

    def _count(self) -> None:
        """Say how many there have been: not for each, they may be many."""
        seen = next(iter(self._counts.values()), 0)
        if self._box is None or seen + len(self._counts) < 3:
            return
        total = sum(self._counts.values())
        if len(self._counts) == 1:
            more = tr("The same error has happened {seen:,} times.").format(seen=seen)
        else:
            more = tr("{total:,} errors have happened, of {kinds:,} kinds.").format(
                total=total, kinds=len(self._counts)
            )
        text = self._box.text().split("\n\n")[0]
        self._box.setText(f"{text}\n\n{more}")

    def _forget_box(self) -> None:
        self._box = None
        self._counting.stop()
        self._counts.clear()
