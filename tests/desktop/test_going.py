"""Does a person who writes a place in time see where it leads, and come back from there?"""

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from explorer.desktop.window.main_window import MainWindow
from explorer.resources import resource

Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def bank(open_window) -> MainWindow:  # type: ignore[no-untyped-def]
    return open_window(resource("samples", "small-bank.jsonl"))


def settled(qtbot: QtBot, window: MainWindow, position: int) -> None:
    qtbot.waitUntil(
        lambda: window.page.header.where.text() == f"{position:,} of {window.page.playhead.last:,}"
    )


def write(qtbot: QtBot, window: MainWindow, words: str) -> list[str]:
    """Press Ctrl+G and write; returns what the list beneath says."""
    jump = window.page.transport.jump
    qtbot.keyClick(window, Key.Key_G, CONTROL)
    jump.clear()
    qtbot.keyClicks(jump, words)
    assert jump.preview.isVisible()
    return [jump.preview.item(row).text() for row in range(jump.preview.count())]


def go(qtbot: QtBot, window: MainWindow, words: str, position: int) -> None:
    write(qtbot, window, words)
    qtbot.keyClick(window.page.transport.jump, Key.Key_Return)
    settled(qtbot, window, position)


def test_where_words_lead_is_shown_before_one_goes_there(qtbot: QtBot, bank: MainWindow) -> None:
    assert write(qtbot, bank, "last tuesday") == [
        "#348   Tue 27 Jan 2026 17:22:42 UTC   (end of Tue 27 Jan 2026, counted from the log's last event)"
    ]
    assert bank.page.playhead.position == 406
    qtbot.keyClick(bank.page.transport.jump, Key.Key_Return)
    settled(qtbot, bank, 348)
    assert not bank.page.transport.jump.preview.isVisible()
    assert bank.page.events_table.hasFocus()


def test_words_without_a_meaning_say_so_and_lead_nowhere(qtbot: QtBot, bank: MainWindow) -> None:
    (said,) = write(qtbot, bank, "sometime")
    assert "“sometime” is not a time" in said
    qtbot.keyClick(bank.page.transport.jump, Key.Key_Return)
    assert "sometime" in bank.page.transport.problem.whole_text()
    assert bank.page.playhead.position == 406


def test_a_date_that_can_be_two_days_asks_and_the_arrows_answer(qtbot: QtBot, bank: MainWindow) -> None:
    jump = bank.page.transport.jump
    shown = write(qtbot, bank, "05/01/2026")
    assert ["5 Jan" in text for text in shown] == [True, False]
    qtbot.keyClick(jump, Key.Key_Return)
    assert "Which one" in bank.page.transport.problem.whole_text()
    assert bank.page.playhead.position == 406
    qtbot.keyClick(jump, Key.Key_Down)
    qtbot.keyClick(jump, Key.Key_Up)
    qtbot.keyClick(jump, Key.Key_Return)
    settled(qtbot, bank, 59)
    assert bank.page.transport.problem.whole_text() == ""


def test_a_reading_can_be_clicked(qtbot: QtBot, bank: MainWindow) -> None:
    write(qtbot, bank, "05/01/2026")
    preview = bank.page.transport.jump.preview
    place = preview.visualItemRect(preview.item(0)).center()
    qtbot.mouseClick(preview.viewport(), Qt.MouseButton.LeftButton, pos=place)
    settled(qtbot, bank, 59)


def test_escape_closes_the_list_and_so_does_leaving_the_line(qtbot: QtBot, bank: MainWindow) -> None:
    write(qtbot, bank, "50%")
    qtbot.keyClick(bank.page.transport.jump, Key.Key_Escape)
    assert not bank.page.transport.jump.preview.isVisible()
    write(qtbot, bank, "50%")
    bank.page.events_table.setFocus()
    assert not bank.page.transport.jump.preview.isVisible()


def test_alt_left_goes_back_over_jumps_and_not_over_steps(qtbot: QtBot, bank: MainWindow) -> None:
    go(qtbot, bank, "#100", 100)
    qtbot.keyClick(bank, Key.Key_Right)
    settled(qtbot, bank, 101)
    go(qtbot, bank, "3 days earlier", 35)
    for key, position in (
        (Key.Key_Left, 101),
        (Key.Key_Left, 406),
        (Key.Key_Right, 101),
        (Key.Key_Right, 35),
    ):
        qtbot.keyClick(bank, key, ALT)
        settled(qtbot, bank, position)


def test_a_drag_is_one_jump(qtbot: QtBot, bank: MainWindow) -> None:
    timeline = bank.page.timeline
    middle = timeline.height() // 2
    places = [QPoint(int(timeline.x_of(position)), middle) for position in (300, 200, 100)]
    qtbot.mousePress(timeline, Qt.MouseButton.LeftButton, pos=places[0])
    for place in places[1:]:
        qtbot.mouseMove(timeline, place)
        bank.page.playhead.flush()
    qtbot.mouseRelease(timeline, Qt.MouseButton.LeftButton, pos=places[2])
    assert abs(bank.page.playhead.position - 100) < 3
    qtbot.keyClick(bank, Key.Key_Left, ALT)
    settled(qtbot, bank, 406)
