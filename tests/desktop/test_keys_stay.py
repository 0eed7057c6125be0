"""May a person go on writing, and do single letters do something only where they are meant?"""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QTabBar
from pytestqt.qtbot import QtBot

from explorer.desktop.typing_guard import guard_typing
from explorer.desktop.window.main_window import MainWindow
from explorer.desktop.window.palette import Palette
from explorer.resources import resource
from tests.desktop.hands import dialog_in_front, gone, rested, to_front

Key = Qt.Key
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton
CLOSED = "type:AccountClosed"


@pytest.fixture
def bank(qtbot: QtBot, open_window) -> MainWindow:  # type: ignore[no-untyped-def]
    window: MainWindow = open_window(resource("samples", "small-bank.jsonl"))
    to_front(qtbot, window)
    return window


@pytest.fixture
def long_moment(qapp: QApplication) -> Iterator[None]:
    """On a busy machine a test may be slower than a person."""
    guard = guard_typing()
    usual, guard.quiet_s = guard.quiet_s, 10.0
    yield
    guard.quiet_s = usual
    guard.rest()


def places_of(bank: MainWindow) -> list[int]:
    hits = bank.page.filtering.hits
    assert hits is not None
    return [int(hit) + 1 for hit in hits]


def at(qtbot: QtBot, bank: MainWindow, position: int) -> None:
    qtbot.waitUntil(lambda: bank.page.playhead.position == position)


def test_enter_in_the_filter_goes_from_hit_to_hit_and_the_keys_stay(qtbot: QtBot, bank: MainWindow) -> None:
    line = bank.page.filter
    qtbot.keyClick(bank, Key.Key_Slash)
    qtbot.keyClicks(line, CLOSED)
    qtbot.keyClick(line, Key.Key_Return)  # while it is still searched
    qtbot.waitUntil(lambda: bank.page.filtering.hits is not None)
    first, second = places_of(bank)
    at(qtbot, bank, first)  # one stood at the end: it goes on at the beginning
    qtbot.keyClick(line, Key.Key_Return)
    at(qtbot, bank, second)
    qtbot.keyClick(line, Key.Key_Return, SHIFT)
    at(qtbot, bank, first)
    assert line.hasFocus()
    qtbot.keyClicks(line, " mnjk")
    assert line.text() == CLOSED + " mnjk"
    assert bank.page.playhead.position == first
    assert not list(bank.page.markers.bookmarks)


def test_enter_in_find_and_in_the_filter_of_the_state_does_the_same(qtbot: QtBot, bank: MainWindow) -> None:
    bank.page.finding.ask()
    line = bank.page.finding.panel.line
    qtbot.keyClicks(line, "balance > 500")
    qtbot.keyClick(line, Key.Key_Return)
    hits = bank.page.finding.panel.hits
    qtbot.waitUntil(lambda: bank.page.playhead.position < 406)
    first = bank.page.playhead.position
    qtbot.keyClick(line, Key.Key_Return)
    qtbot.waitUntil(lambda: bank.page.playhead.position > first)
    qtbot.keyClick(line, Key.Key_Return, SHIFT)
    at(qtbot, bank, first)
    assert line.hasFocus()
    assert hits.model.rowCount() > 2
    line = bank.page.state_panel.line
    line.setFocus()
    qtbot.keyClicks(line, "status = 'open'")
    qtbot.keyClick(line, Key.Key_Return)
    before = bank.page.state_table.entity
    qtbot.waitUntil(lambda: bank.page.state_table.entity != before)
    chosen = bank.page.state_table.entity
    qtbot.keyClick(line, Key.Key_Return)
    assert bank.page.state_table.entity != chosen
    qtbot.keyClick(line, Key.Key_Return, SHIFT)
    assert bank.page.state_table.entity == chosen
    assert line.hasFocus()


@pytest.mark.usefixtures("long_moment")
@pytest.mark.parametrize("leave", ["go to", "tab"])
def test_a_word_written_on_after_the_line_has_lost_the_keys_is_no_command(
    qtbot: QtBot, bank: MainWindow, leave: str
) -> None:
    if leave == "go to":
        qtbot.keyClick(bank, Key.Key_G, CONTROL)
        qtbot.keyClicks(bank.page.transport.jump, "100")
        qtbot.keyClick(bank.page.transport.jump, Key.Key_Return)
        at(qtbot, bank, 100)
    else:
        bank.page.filter.setFocus()
        qtbot.keyClick(bank.page.filter, Key.Key_Tab)
    here = bank.page.playhead.position
    focus = QApplication.focusWidget()
    assert not isinstance(focus, QLineEdit)
    assert focus is not None
    for letter in (Key.Key_J, Key.Key_K, Key.Key_M, Key.Key_Space, Key.Key_BracketLeft):
        qtbot.keyClick(focus, letter)
    assert bank.page.playhead.position == here
    assert not list(bank.page.markers.bookmarks)
    assert not bank.page.player.running
    qtbot.keyClick(focus, Key.Key_Home)  # no letter: it is meant
    at(qtbot, bank, 0)
    rested()
    qtbot.keyClick(bank, Key.Key_J)
    at(qtbot, bank, 1)


def test_after_a_click_letters_are_commands_at_once(qtbot: QtBot, bank: MainWindow) -> None:
    qtbot.keyClick(bank, Key.Key_G, CONTROL)
    qtbot.keyClicks(bank.page.transport.jump, "100")
    qtbot.keyClick(bank.page.transport.jump, Key.Key_Return)
    at(qtbot, bank, 100)
    table = bank.page.events_table
    qtbot.mouseClick(table.viewport(), LEFT, pos=table.visualRect(table.model().index(99, 2)).center())
    here = bank.page.playhead.position
    qtbot.keyClick(bank, Key.Key_K)
    at(qtbot, bank, here - 1)


def test_f6_comes_to_the_timeline_and_goes_on_from_it(qtbot: QtBot, bank: MainWindow) -> None:
    timeline = bank.page.timeline
    seen = []
    for _ in range(12):
        qtbot.keyClick(bank, Key.Key_F6)
        seen.append(QApplication.focusWidget())
        if timeline.hasFocus():
            break
    assert timeline.hasFocus()
    qtbot.keyClick(bank, Key.Key_F6)
    assert not timeline.hasFocus()
    qtbot.keyClick(bank, Key.Key_F6, SHIFT)
    assert timeline.hasFocus()
    here = bank.page.playhead.position
    qtbot.keyClick(timeline, Key.Key_Left)
    at(qtbot, bank, here - 1)


def palette(qtbot: QtBot, bank: MainWindow, words: str) -> Palette:
    to_front(qtbot, bank)
    qtbot.keyClick(bank, Key.Key_K, CONTROL)
    found = dialog_in_front(qtbot, Palette)
    qtbot.keyClicks(found.words, words)
    return found


def test_the_palette_finds_an_action_by_its_menu(qtbot: QtBot, bank: MainWindow) -> None:
    found = palette(qtbot, bank, "comp")
    assert "Compare" in found.list.currentItem().text()
    listed = [
        found.list.item(row).text() for row in range(found.list.count()) if not found.list.isRowHidden(row)
    ]
    assert any(text.startswith("Show the difference") for text in listed)
    found.reject()


def test_the_palette_has_read_models_and_recent_logs(qtbot: QtBot, bank: MainWindow, open_window) -> None:  # type: ignore[no-untyped-def]
    found = palette(qtbot, bank, "read model latest")
    qtbot.keyClick(found.words, Key.Key_Return)
    gone(qtbot, Palette)
    qtbot.waitUntil(lambda: bank.page.document is not None and bank.page.document.projection_name == "latest")
    qtbot.waitUntil(lambda: not bank.opening)
    bank.open_path(str(resource("samples", "three-events.jsonl")))
    qtbot.waitUntil(lambda: bank.page.document is not None and bank.page.document.event_count == 3)
    found = palette(qtbot, bank, "recent small")
    qtbot.keyClick(found.words, Key.Key_Return)
    qtbot.waitUntil(lambda: bank.page.document is not None and bank.page.document.event_count == 406)


def test_a_tab_drawn_out_at_an_angle_floats_itself_and_not_its_neighbour(
    qtbot: QtBot, bank: MainWindow
) -> None:
    panels = bank.page.panels
    direct = Qt.FindChildOption.FindDirectChildrenOnly
    bar = next(
        bar for bar in panels.findChildren(QTabBar, options=direct) if bar.isVisible() and bar.count() > 2
    )
    title = bar.tabText(0)
    start = bar.tabRect(0).center()
    beside = QPoint(bar.tabRect(1).right() - 4, start.y())
    qtbot.mousePress(bar, LEFT, pos=start)
    for step in range(1, 11):  # over its neighbours, which Qt moves out of the way, and then out of the bar
        qtbot.mouseMove(bar, start + (beside - start) * (step / 10))
    qtbot.mouseMove(bar, beside + QPoint(0, 120))
    qtbot.mouseRelease(bar, LEFT, pos=beside + QPoint(0, 120))
    floating = [dock.windowTitle() for dock in panels.docks.values() if dock.isFloating()]
    assert floating == [title]
