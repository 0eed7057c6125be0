"""What happens when something fails: who hears of it, how often, and which of Qt's messages tell nobody anything?"""

import contextlib
import faulthandler
import os
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, TextIO

from PySide6.QtCore import (
    QMessageLogContext,
    QObject,
    QStandardPaths,
    Qt,
    QTimer,
    QtMsgType,
    Signal,
    qInstallMessageHandler,
)
from PySide6.QtWidgets import QMainWindow, QMessageBox, QWidget

from explorer.desktop import plain
from explorer.eventlog.errors import OutOfReach
from explorer.language import tr
from explorer.session.plaintext import visible_block

# What a platform without a screen says of each window that it is shown; nothing is missing in the picture.
SAYS_NOTHING = frozenset(
    {"This plugin does not support propagateSizeHints()", "This plugin does not support raise()"}
)


def says_something(text: str) -> bool:
    """Should a person see this message?"""
    return text.strip() not in SAYS_NOTHING


def pass_on(_kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
    """Be Qt's message handler: what says something goes to standard error, as it would without one."""
    if says_something(text) and sys.stderr is not None:
        sys.stderr.write(f"{text}\n")


@contextmanager
def quietly() -> Iterator[None]:
    """Leave out what says nothing."""
    before = qInstallMessageHandler(pass_on)
    try:
        yield
    finally:
        qInstallMessageHandler(before)


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
        if isinstance(error, OutOfReach) and (window := self._front()) is not None:
            plain.refuse(window, tr("This cannot be shown"), error)  # no fault: all else can be asked
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


PREFIX = "crash-"
MOST_CHARS = 50_000


def state_folder() -> Path:
    """Return where traces of crashes are kept."""
    kind = QStandardPaths.StandardLocation.GenericStateLocation
    return Path(QStandardPaths.writableLocation(kind)) / "history-explorer"


class CrashTrace:
    """A file of this process, into which the interpreter writes its stacks if it dies; removed at a good end."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or state_folder()
        self._path = self._folder / f"{PREFIX}{os.getpid()}.txt"
        self._file: TextIO | None = None

    def begin(self) -> None:
        """Be ready. Without a folder to write to, a crash leaves its stacks on standard error."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._file = self._path.open("w", encoding="utf-8")
        except OSError:
            faulthandler.enable()
            return
        faulthandler.enable(self._file)

    def end(self) -> None:
        """The program ends well."""
        faulthandler.disable()
        if self._file is not None:
            self._file.close()
            self._file = None
            self._path.unlink(missing_ok=True)

    def earlier(self) -> str:
        """Return what earlier programs have left when they died, and remove it; empty if all ended well."""
        found = []
        for path in sorted(self._folder.glob(f"{PREFIX}*.txt")):
            if path != self._path and not _is_running(path):
                with contextlib.suppress(OSError):
                    found.append(path.read_text(encoding="utf-8", errors="replace")[:MOST_CHARS])
                    path.unlink()
        return "\n".join(text for text in found if text.strip())


def offer(parent: QWidget, trace: str) -> None:
    """Show what the last crash has left, with a button to copy it."""
    text = tr(
        "The program ended by itself the last time. No log has been changed. Below is where it happened: it helps "
        "those who mend the program, and nothing of it is sent anywhere."
    )
    versions = f"Python {sys.version.split()[0]}, {sys.platform}\n\n"
    plain.box(parent, tr("The last time"), text, versions + visible_block(trace)).open()


def _is_running(path: Path) -> bool:
    """Whether the process that a trace belongs to still runs."""
    try:
        os.kill(int(path.stem.removeprefix(PREFIX)), 0) if sys.platform != "win32" else None
    except ProcessLookupError:
        return False
    except (ValueError, OSError, OverflowError):
        return True
    return sys.platform != "win32"  # there the name says nothing: an open file cannot be removed
