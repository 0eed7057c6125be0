"""How does the program start, and what happens when something in it fails?"""

import sys
import traceback
from types import TracebackType

from PySide6.QtCore import QThreadPool
from PySide6.QtWidgets import QApplication

from explorer.desktop import plain
from explorer.desktop.opening_window import TITLE
from explorer.desktop.settings import Settings, open_settings
from explorer.desktop.theme import apply_theme
from explorer.desktop.windows import Windows
from explorer.history.history import Order
from explorer.language import tr
from explorer.session.options import OpenOptions


class Failures:
    """Shows an error of ours once, however often it happens; the program goes on."""

    def __init__(self, windows: Windows) -> None:
        self._windows = windows
        self._counts: dict[str, int] = {}

    def take(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Be `sys.excepthook`."""
        details = "".join(traceback.format_exception(kind, error, trace))
        sys.stderr.write(details)
        seen = self._counts[details] = self._counts.get(details, 0) + 1
        window = self._windows.front
        if window is None:
            return  # all are closed; it stands on standard error
        if seen == 1:
            text = tr("Something went wrong in the program. The log has not been touched; you can go on.")
            plain.box(window, TITLE, text, details).open()
        else:
            window.status.show_text(tr("The same error has happened {seen:,} times.").format(seen=seen))


def dressed(theme: str) -> QApplication:
    """Return the one application, with its name and its looks."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationName("history-explorer")
    app.setApplicationDisplayName(TITLE)
    app.setDesktopFileName("history-explorer")
    app.setStyle("Fusion")
    apply_theme(theme)
    return app


def run(
    path: str | None,
    options: OpenOptions,
    position: str | None = None,
    order: Order = "log",
    source: str = "",
) -> int:
    """Show windows until the last one is closed; returns the exit status.

    Args:
        path: A log or a workspace; None: the windows that were open last time, or the welcome page.
        options: How the log is to be read.
        position: Where to stand in it.
        order: As recorded, or as happened.
        source: The file that the read model came from, if it came from one.
    """
    settings = open_settings()
    app = dressed(settings.theme)
    windows = Windows(settings, options)
    sys.excepthook = Failures(windows).take
    app.styleHints().colorSchemeChanged.connect(lambda _scheme: _follow_scheme(windows, settings))
    if path is not None:
        windows.open(path, position, order, source)
    elif not windows.reopen():
        windows.new()
    status = app.exec()
    QThreadPool.globalInstance().waitForDone()
    return int(status)


def _follow_scheme(windows: Windows, settings: Settings) -> None:
    if windows.front is not None:
        windows.front.choose_theme(settings.theme)
