"""What does a test of the window get: the real one, on a real log?"""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from explorer.desktop.look.theme import apply_theme
from explorer.desktop.settings import open_settings
from explorer.desktop.window.main_window import MainWindow
from explorer.desktop.window.window_parts import read_modules
from explorer.resources import resource
from tests.watchdog import watched

LESSON = resource("samples", "three-events.jsonl")

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
RENEW = "RENEW_GOLDENS"  # set to anything, each drawing becomes the new golden picture: look at it, then commit it
BLOCK_PX = 8  # pictures are compared by the mean colour of such squares: letters may be rendered a little differently
MOST_APART = 20  # of 255; what one square may differ by
MOST_SQUARES = 0.003  # of all squares may differ by more

read_modules()  # before the first test: in the program they are read on another thread
type OpenWindow = Callable[[Path | None], MainWindow]
type Golden = Callable[[QWidget, str], None]


@pytest.fixture(autouse=True)
def no_slow_calls(qapp: QApplication) -> Iterator[None]:
    """Fail a test in which one call keeps the window's thread busy for more than 100 ms."""
    qapp.sendPostedEvents(
        None, QEvent.Type.DeferredDelete
    )  # taking the last test's windows apart is not its affair
    qapp.processEvents()
    with watched() as slow:
        yield
    # Here garbage is looked for among what all tests have left; the program never looks at what was there before.
    told = [text for text in map(str, slow) if "in look_through_all" not in text]
    if told:
        pytest.fail("\n\n".join(told), pytrace=False)


@pytest.fixture
def open_window(qtbot: QtBot, tmp_path: Path) -> Iterator[OpenWindow]:
    """Open the real window, on a log or on the welcome page; it is closed after the test."""
    windows: list[MainWindow] = []

    def opened(path: Path | None = LESSON) -> MainWindow:
        apply_theme("light")
        settings = open_settings(tmp_path / "settings.ini")
        settings.hints_seen = True  # a person who knows the program
        window = MainWindow(settings)
        windows.append(window)
        window.show()
        qtbot.waitExposed(window)
        window.furnish()
        if path is not None:
            window.open_path(str(path))
            qtbot.waitUntil(lambda: window.page.document is not None)
            qtbot.waitUntil(lambda: window.page.header.where.text() != "")
        return window

    yield opened
    for window in windows:
        window.close()
    QApplication.processEvents()  # what was read for a window, and is on its way, is let go there
    for window in windows:
        window.deleteLater()


@pytest.fixture
def lesson(open_window: OpenWindow) -> MainWindow:
    """The window on the lesson's three events."""
    return open_window(LESSON)


@pytest.fixture
def golden(tmp_path: Path) -> Golden:
    """Compare what a widget draws with `tests/golden/NAME.png`; with the variable RENEW_GOLDENS set, renew that."""

    def compared(widget: QWidget, name: str) -> None:
        drawn = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
        kept = GOLDEN / f"{name}.png"
        renew = bool(os.environ.get(RENEW))
        assert renew or kept.is_file(), f"there is no {kept.name}: run the test with {RENEW}=1 and look at it"
        actual = tmp_path / kept.name
        assert drawn.save(str(actual), "PNG")
        wrong = difference(drawn, QImage(str(kept)))
        if wrong and renew:
            GOLDEN.mkdir(exist_ok=True)
            shutil.copy(actual, kept)
        else:
            assert not wrong, f"{actual} differs from {kept}: {wrong}; if it should, run with {RENEW}=1"

    return compared


def difference(drawn: QImage, wanted: QImage) -> str:
    """In how many squares two pictures differ, and where most; "" if they are as good as the same."""
    if drawn.size() != wanted.size():
        return "it has another size"
    apart = np.abs(squares(drawn) - squares(wanted.convertToFormat(QImage.Format.Format_RGB32))).max(axis=2)
    wrong = apart > MOST_APART
    if wrong.mean() <= MOST_SQUARES:
        return ""
    row, column = np.unravel_index(int(apart.argmax()), apart.shape)
    place = f"most at {int(column) * BLOCK_PX}, {int(row) * BLOCK_PX}"
    return f"{wrong.sum()} of {wrong.size} squares, {place}"


def squares(picture: QImage) -> np.ndarray:
    """(rows, columns, 3) the mean colour of each square of a picture."""
    pixels = np.frombuffer(picture.constBits(), np.uint8).reshape(
        picture.height(), picture.bytesPerLine() // 4, 4
    )
    down, right = -(-picture.height() // BLOCK_PX), -(-picture.width() // BLOCK_PX)
    padding = ((0, down * BLOCK_PX - picture.height()), (0, right * BLOCK_PX - picture.width()), (0, 0))
    padded = np.pad(pixels[:, : picture.width(), :3].astype(float), padding, mode="edge")
    return padded.reshape(down, BLOCK_PX, right, BLOCK_PX, 3).mean(axis=(1, 3))
