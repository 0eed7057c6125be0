"""What does a test of the window get: the real one, on a real log?"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer.desktop.main_window import MainWindow
from explorer.desktop.settings import open_settings
from explorer.desktop.theme import apply_theme
from explorer.resources import resource
from tests.watchdog import watched

LESSON = resource("samples", "three-events.jsonl")

type OpenWindow = Callable[[Path | None], MainWindow]


@pytest.fixture(autouse=True)
def no_slow_calls(qapp: QApplication) -> Iterator[None]:
    """Fail a test in which one call keeps the window's thread busy for more than 100 ms."""
    with watched() as slow:
        yield
    if slow:
        pytest.fail("\n\n".join(map(str, slow)), pytrace=False)


@pytest.fixture
def open_window(qtbot: QtBot, tmp_path: Path) -> Iterator[OpenWindow]:
    """Open the real window, on a log or on the welcome page; it is closed after the test."""
    windows: list[MainWindow] = []

    def opened(path: Path | None = LESSON) -> MainWindow:
        apply_theme("light")
        window = MainWindow(open_settings(tmp_path / "settings.ini"))
        windows.append(window)
        window.show()
        qtbot.waitExposed(window)
        if path is not None:
            window.open_path(str(path))
            qtbot.waitUntil(lambda: window.page.document is not None)
            qtbot.waitUntil(lambda: window.page.header.where.text() != "")
        return window

    yield opened
    for window in windows:
        window.close()
        window.deleteLater()


@pytest.fixture
def lesson(open_window: OpenWindow) -> MainWindow:
    """The window on the lesson's three events."""
    return open_window(LESSON)
