"""How does the program start, and what happens when something in it fails?"""

import sys
import traceback
from dataclasses import replace
from types import TracebackType

from PySide6.QtCore import QThreadPool
from PySide6.QtWidgets import QApplication

from explorer.desktop import plain
from explorer.desktop.main_window import MainWindow
from explorer.desktop.opening_window import TITLE
from explorer.desktop.settings import open_settings
from explorer.desktop.theme import apply_theme
from explorer.language import tr
from explorer.session.options import OpenOptions, Recipe


class Failures:
    """Shows an error of ours once, however often it happens; the program goes on."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._counts: dict[str, int] = {}

    def take(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Be `sys.excepthook`."""
        details = "".join(traceback.format_exception(kind, error, trace))
        sys.stderr.write(details)
        seen = self._counts[details] = self._counts.get(details, 0) + 1
        if seen == 1:
            text = tr("Something went wrong in the program. The log has not been touched; you can go on.")
            plain.box(self._window, TITLE, text, details).open()
        else:
            self._window.status.show_text(tr("The same error has happened {seen:,} times.").format(seen=seen))


def run(path: str | None, options: OpenOptions, position: str | None = None) -> int:
    """Show a window until it is closed; returns the exit status."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationName("history-explorer")
    app.setApplicationDisplayName(TITLE)
    app.setDesktopFileName("history-explorer")
    app.setStyle("Fusion")
    settings = open_settings()
    apply_theme(settings.theme)
    window = MainWindow(settings, replace(options, fields=None, projection=Recipe()))
    sys.excepthook = Failures(window).take
    app.styleHints().colorSchemeChanged.connect(lambda _scheme: window.choose_theme(settings.theme))
    window.show()
    if path is not None:
        window.open_path(path, options, position)
    status = app.exec()
    QThreadPool.globalInstance().waitForDone()
    return int(status)
