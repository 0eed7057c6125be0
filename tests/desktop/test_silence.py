"""Does every action do something that can be seen, or say why it does nothing?"""

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QThreadPool
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QMenu
from pytestqt.qtbot import QtBot

from explorer.desktop.menus.action_table import ACTIONS
from explorer.desktop.window.main_window import MainWindow
from explorer.resources import resource
from tests.desktop.conftest import OpenWindow

# They leave the log or the window, which is seen in another way, or ask the system for the screen.
LEAVING = {"quit", "close_log", "toggle_full_screen", "presenter.toggle", "new_window"}
UNTOUCHED = "nothing has been said"


def settle(window: MainWindow) -> None:
    for _ in range(3):
        QThreadPool.globalInstance().waitForDone(1_000)
        QApplication.processEvents()  # what a task tells, before the task goes
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    if window.is_furnished:
        window.page.playhead.flush()


def seen(window: MainWindow) -> tuple[object, ...]:
    """All that a person could notice."""
    image = window.grab().toImage()
    return (
        bytes(image.constBits()),
        {id(each) for each in QApplication.topLevelWidgets() if each.isVisible()},
        window.focusWidget(),
        QGuiApplication.clipboard().text(),
        [action.isChecked() for action in window.actions_by_name.values()],
    )


def silent(qtbot: QtBot, window: MainWindow, action: QAction) -> bool:
    """Whether nothing at all comes of an action."""
    QGuiApplication.clipboard().setText(UNTOUCHED)
    window.status.show_text(UNTOUCHED)
    settle(window)
    before = seen(window)
    action.trigger()
    for _ in range(30):
        settle(window)
        if seen(window) != before:
            break
        qtbot.wait(10)
    else:
        return True
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, (QDialog, QMenu)) and widget.isVisible():
            widget.close()
    window.page.player.pause()
    settle(window)
    return False


@pytest.fixture(params=["empty", "start", "chosen"])
def window(
    request: pytest.FixtureRequest, qtbot: QtBot, open_window: OpenWindow, tmp_path: Path
) -> MainWindow:
    path = tmp_path / "log.jsonl"
    path.write_bytes(
        b"" if request.param == "empty" else resource("samples", "three-events.jsonl").read_bytes()
    )
    opened = open_window(None)
    opened.open_path(str(path))
    qtbot.waitUntil(lambda: opened.page.document is not None and not opened.opening)
    if request.param == "chosen":
        opened.page.playhead.move_to(3)
        opened.page.state_table.choose("acc-1", "balance")
    settle(opened)
    return opened


def test_no_action_does_nothing_in_silence(qtbot: QtBot, window: MainWindow) -> None:
    found = [
        spec.name
        for spec in ACTIONS
        if spec.name not in LEAVING
        and not spec.slot.startswith("lessons.")
        and not (spec.group and window.actions_by_name[spec.name].isChecked())  # the menu shows that it is so
        and window.actions_by_name[spec.name].isEnabled()
        and silent(qtbot, window, window.actions_by_name[spec.name])
    ]
    assert found == []
