"""How does the program start, and what happens when something in it fails?"""

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QThreadPool
from PySide6.QtWidgets import QApplication

from explorer.desktop import garbage, translation
from explorer.desktop.help.failures import CrashTrace, Failures, offer
from explorer.desktop.look.theme import apply_text_size, apply_theme
from explorer.desktop.settings import Settings, open_settings
from explorer.desktop.tasks import run_beside
from explorer.desktop.window.opening_window import TITLE
from explorer.desktop.window.windows import Windows

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from explorer.history.history import Order
    from explorer.session.options import OpenOptions


def dressed(theme: str) -> QApplication:
    """Return the one application, with its name and its looks."""
    if QApplication.instance() is None:
        garbage.begin()
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
    options: "Callable[[], OpenOptions]",
    position: str | None = None,
    order: "Order | None" = None,
    sources: "Mapping[str, str] | None" = None,
) -> int:
    """Show windows until the last one is closed; returns the exit status.

    Args:
        path: A log or a workspace; None: the windows that were open last time, or the welcome page.
        options: How the log is to be read.
        position: Where to stand in it.
        order: As recorded, as happened, or from the end; None: as is usual for it.
        sources: The files that the read models came from, by the kinds of entities that they are for; see `by_kinds`.
    """
    settings = open_settings()
    app = dressed(settings.theme)
    apply_text_size(settings.text_percent)
    translation.speak_in(settings.language)
    windows = Windows(settings, options)
    failures = Failures(lambda: windows.front, TITLE)
    failures.listen()
    trace = CrashTrace()
    trace.begin()
    hints = app.styleHints()
    for changed in (hints.colorSchemeChanged, hints.accessibility().contrastPreferenceChanged):
        changed.connect(lambda _how: _follow_system(windows, settings))
    first = windows.begin() if path is None else windows.open(path, position, order, sources)
    first.when_furnished(garbage.go_on)
    first.when_furnished(_sweep)
    first.when_furnished(lambda: _tell_of_crash(windows, trace.earlier()))
    status = app.exec()
    QThreadPool.globalInstance().waitForDone()
    _drop_copies()
    trace.end()
    failures.ignore()
    return int(status)


def _sweep() -> None:
    """Delete copies that a program left behind which was killed."""
    from explorer.session.files.scratch import sweep

    run_beside(None, lambda _report: sweep())


def _drop_copies() -> None:
    from explorer.session.files.scratch import drop_copies

    drop_copies()


def _tell_of_crash(windows: Windows, told: str) -> None:
    if told and windows.front is not None:
        offer(windows.front, told)


def _follow_system(windows: Windows, settings: Settings) -> None:
    if windows.front is not None:
        windows.front.choose_theme(settings.theme)
