"""Can a person have their log checked in the window, and its torn end taken off when they say so?"""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from explorer.cli.commands.generate import account_log
from explorer.desktop.window.main_window import MainWindow
from explorer.eventlog.log_style import Draft
from explorer.eventlog.writer import Writer

type OpenWindow = Callable[[Path | None], MainWindow]


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """A log of which the last three events form a chain."""
    path = tmp_path / "log.jsonl"
    path.write_text("".join(account_log(20, 3, 1)))
    with Writer.open(path, seals="chain") as writer:
        for number in range(3):
            writer.append(
                [Draft("MoneyDeposited", {"accountId": "acc-1", "amount": number}, f"2030-01-0{number + 1}")]
            )
    return path


def the_box(window: MainWindow, qtbot: QtBot) -> QMessageBox:
    qtbot.waitUntil(lambda: bool(window.findChildren(QMessageBox)))
    (box,) = window.findChildren(QMessageBox)
    return box


def button(box: QMessageBox, text: str) -> QPushButton:
    return next(each for each in box.findChildren(QPushButton) if each.text().replace("&", "") == text)


def closed(box: QMessageBox, window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not window.findChildren(QMessageBox))


def test_a_sound_log_is_said_to_be_sound_with_its_head(
    open_window: OpenWindow, qtbot: QtBot, log: Path
) -> None:
    window = open_window(log)
    window.actions_by_name["proving.verify"].trigger()
    box = the_box(window, qtbot)
    assert "23 events. Nothing odd was found." in box.text()
    assert "3 records form a chain" in box.text()
    assert "Head, to be kept elsewhere: " in box.text()
    closed(box, window, qtbot)
    assert window.status.whole_text().startswith("event 23 of 23"), "what is over is no longer said"


def test_a_changed_record_is_named(open_window: OpenWindow, qtbot: QtBot, log: Path) -> None:
    log.write_bytes(log.read_bytes().replace(b"2030-01-02", b"2030-01-03"))
    window = open_window(log)
    window.actions_by_name["proving.verify"].trigger()
    box = the_box(window, qtbot)
    assert "1 × changed" in box.text()
    assert "line 22, byte" in box.detailedText()
    closed(box, window, qtbot)


def test_a_torn_end_is_shown_and_moved_away_only_on_request(
    open_window: OpenWindow, qtbot: QtBot, log: Path
) -> None:
    whole = log.read_bytes()
    log.write_bytes(whole + b'{"type": "Mon')
    window = open_window(log)
    window.actions_by_name["proving.mend"].trigger()
    box = the_box(window, qtbot)
    assert "The last 13 bytes" in box.text()
    assert '{"type": "Mon' in box.text()
    closed(box, window, qtbot)
    assert log.read_bytes() == whole + b'{"type": "Mon'
    window.actions_by_name["proving.mend"].trigger()
    box = the_box(window, qtbot)
    qtbot.mouseClick(button(box, "Save and cut"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: log.read_bytes() == whole)
    (saved,) = log.parent.glob("log.jsonl.torn-*")
    assert saved.read_bytes() == b'{"type": "Mon'
    qtbot.waitUntil(lambda: window.page.document is not None and window.page.document.unread_count == 0)


def test_a_whole_end_needs_no_mending(open_window: OpenWindow, qtbot: QtBot, log: Path) -> None:
    window = open_window(log)
    window.actions_by_name["proving.mend"].trigger()
    box = the_box(window, qtbot)
    assert box.text() == "The end of the log is whole. There is nothing to mend."
    closed(box, window, qtbot)
