"""Is the first picture there before what it does not show, and is everything there for whoever asks?"""

import subprocess
import sys
from operator import attrgetter
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from explorer.desktop.menus.action_table import ACTIONS
from explorer.desktop.settings import open_settings
from explorer.desktop.window.main_window import MainWindow
from explorer.desktop.window.windows import Windows
from explorer.session.options import OpenOptions
from tests.desktop.conftest import LESSON

ROOT = Path(__file__).resolve().parents[2]
FIRST_PICTURE = """
import linecache, sys
from PySide6.QtWidgets import QApplication, QMainWindow
def until_seen(*_):
    app = QApplication.instance()
    [window] = [widget for widget in app.topLevelWidgets() if isinstance(widget, QMainWindow)]
    while not window.windowHandle().isExposed(): app.processEvents()
    print(window.is_furnished, *sys.modules)
    print(*linecache.cache)
    window.close()
    return 0
QApplication.exec = until_seen
from explorer.cli.main import main
sys.exit(main([]))
"""


@pytest.fixture
def bare(qtbot: QtBot, tmp_path: Path) -> MainWindow:
    """A window that nobody has asked for anything yet."""
    window = MainWindow(open_settings(tmp_path / "settings.ini"))
    qtbot.addWidget(window)
    return window


def test_a_window_is_furnished_after_its_first_picture_and_nobody_has_to_ask(qtbot: QtBot, bare: MainWindow):
    assert not bare.is_furnished
    with qtbot.waitSignal(bare.furnished):
        bare.show()
    assert bare.isVisible()
    assert bare.pages.currentWidget() is bare.welcome


def test_the_first_picture_needs_neither_the_page_nor_numpy(tmp_path: Path):
    command = [sys.executable, "-c", FIRST_PICTURE]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    told, sources = run.stdout.splitlines()
    furnished, *modules = told.split()
    assert furnished == "False"
    assert "explorer.desktop.window.main_window" in modules
    assert not {
        "explorer.desktop.window.window_parts",
        "explorer.session.document",
        "numpy",
        "msgspec",
    } & set(modules)
    assert str(ROOT / "explorer/desktop/window") not in sources  # PySide would read them all, and keep them


def test_whoever_asks_for_a_part_sooner_gets_it(bare: MainWindow):
    parts = bare.furnish()
    assert bare.is_furnished
    assert bare.parts is parts
    assert bare.page is parts.page
    assert bare.page.document is None


def test_who_looks_at_an_attribute_of_a_window_makes_nothing(bare: MainWindow):
    assert bare.parts is None
    with pytest.raises(RuntimeError, match="has not been made yet"):
        attrgetter("page")(bare)
    assert bare.parts is None
    assert not bare.is_furnished


def test_a_part_that_no_window_has_is_missed_by_its_name(bare: MainWindow):
    with pytest.raises(AttributeError, match="pages_of_gold"):
        attrgetter("pages_of_gold")(bare)
    assert not bare.is_furnished


def test_every_action_finds_what_it_calls(bare: MainWindow):
    for spec in ACTIONS:
        assert callable(bare.target(spec.slot, of_page=spec.page)), spec.name


def test_a_sample_that_is_clicked_at_once_opens_when_the_window_can(qtbot: QtBot, bare: MainWindow):
    bare.show()
    link = next(each for each in bare.welcome.findChildren(QPushButton) if "three events" in each.text())
    qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
    assert not bare.is_furnished
    qtbot.waitUntil(lambda: bare.is_furnished and bare.page.document is not None)
    assert bare.pages.currentWidget() is bare.page
    bare.close()


def test_a_window_that_is_closed_before_it_is_furnished_says_nothing_of_panels(
    bare: MainWindow, tmp_path: Path
):
    bare.show()
    bare.close()
    assert not bare.is_furnished
    assert bytes(open_settings(tmp_path / "settings.ini").layout.data()) == b""
    assert bytes(open_settings(tmp_path / "settings.ini").geometry.data()) != b""


def test_a_log_that_is_named_at_the_start_is_said_to_be_read_before_the_window_can_read_it(
    qtbot: QtBot, tmp_path: Path
):
    windows = Windows(open_settings(tmp_path / "settings.ini"), OpenOptions)
    window = windows.open(str(LESSON))
    assert not window.is_furnished
    assert window.status.whole_text() == "Reading three-events.jsonl…"
    qtbot.waitUntil(lambda: window.is_furnished and window.page.document is not None)
    windows.quit()


def test_panels_that_nobody_has_seen_leave_no_layout_to_the_next_start(
    qtbot: QtBot, bare: MainWindow, tmp_path: Path
):
    with qtbot.waitSignal(bare.furnished):
        bare.show()
    bare.close()
    assert bytes(open_settings(tmp_path / "settings.ini").layout.data()) == b""
