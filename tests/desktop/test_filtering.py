"""Does a person who writes a filter see what it finds, step through it, and learn what is wrong with it?"""

import itertools
import time

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from explorer.desktop.tables.hits import HitStrip
from explorer.desktop.window.main_window import MainWindow
from explorer.resources import resource

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def bank(open_window) -> MainWindow:  # type: ignore[no-untyped-def]
    return open_window(resource("samples", "small-bank.jsonl"))


def settled(qtbot: QtBot, window: MainWindow, position: int) -> None:
    qtbot.waitUntil(
        lambda: window.page.header.where.text() == f"{position:,} of {window.page.playhead.last:,}"
    )


def write(qtbot: QtBot, window: MainWindow, text: str, found: int) -> None:
    """Write a filter with keys and wait until it has found so many."""
    qtbot.keyClick(window, Key.Key_Slash)
    window.page.filter.clear()
    qtbot.keyClicks(window.page.filter, text)
    qtbot.waitUntil(lambda: window.page.listed.whole_text().startswith(f"{found:,} of "))


def test_terms_narrow_the_list_and_the_state_stays(qtbot: QtBot, bank: MainWindow) -> None:
    write(qtbot, bank, "type:AccountOpened", 24)
    write(qtbot, bank, "type:AccountOpened account:acc-1", 1)
    assert bank.page.events_model.rowCount() == 1
    assert bank.page.listed.whole_text() == "1 of 406 events listed; the state counts all 406 so far"
    assert bank.page.state_model.rowCount() == 24
    bank.page.filter.clear()
    qtbot.waitUntil(lambda: bank.page.events_model.rowCount() == 406)
    assert not bank.page.hits.isVisible()


def test_a_wrong_filter_is_marked_where_it_is_wrong_and_the_list_stays(
    qtbot: QtBot, bank: MainWindow
) -> None:
    write(qtbot, bank, "type:AccountOpened", 24)
    qtbot.keyClicks(bank.page.filter, " amount>x")
    qtbot.waitUntil(lambda: "compares numbers" in bank.page.listed.whole_text())
    assert bank.page.listed.whole_text().startswith("column 20: ")
    assert bank.page.filter.property("wrong") == "true"
    assert bank.page.events_model.rowCount() == 24
    assert bank.page.filter.text() == "type:AccountOpened amount>x"
    for _ in range(len("amount>x")):
        qtbot.keyClick(bank.page.filter, Key.Key_Backspace)
    qtbot.waitUntil(lambda: bank.page.filter.property("wrong") == "false")


def test_n_steps_through_the_hits_and_shift_n_back(qtbot: QtBot, bank: MainWindow) -> None:
    write(qtbot, bank, "type:AccountClosed", 2)
    hits = bank.page.filtering.hits
    assert hits is not None
    first, second = (int(row) + 1 for row in hits)
    qtbot.keyClick(bank.page.filter, Key.Key_Return)  # away from the line, where N is a letter
    qtbot.keyClick(bank, Key.Key_Home)
    settled(qtbot, bank, 0)
    for key, modifier, position in (
        (Key.Key_N, Qt.KeyboardModifier.NoModifier, first),
        (Key.Key_N, Qt.KeyboardModifier.NoModifier, second),
        (Key.Key_N, Qt.KeyboardModifier.NoModifier, second),
        (Key.Key_N, SHIFT, first),
        (Key.Key_N, SHIFT, first),
    ):
        qtbot.keyClick(bank, key, modifier)
        settled(qtbot, bank, position)


def test_the_others_can_be_shown_with_the_hits_marked(qtbot: QtBot, bank: MainWindow) -> None:
    write(qtbot, bank, "type:AccountClosed", 2)
    qtbot.mouseClick(bank.page.filter_bar.alone, LEFT)
    assert bank.page.events_model.rowCount() == 406
    assert bank.page.listed.whole_text() == "2 of 406 events marked; the state counts all 406 so far"
    hits = bank.page.filtering.hits
    assert hits is not None
    marks = [bank.page.events_model.index(row, 0).data() for row in range(406)]
    assert [row for row, mark in enumerate(marks) if mark == "●"] == hits.tolist()
    qtbot.mouseClick(bank.page.filter_bar.alone, LEFT)
    assert bank.page.events_model.rowCount() == 2


def test_the_strip_shows_where_the_hits_lie_and_a_click_goes_to_the_nearest(
    qtbot: QtBot, bank: MainWindow
) -> None:
    write(qtbot, bank, "type:AccountClosed", 2)
    strip = bank.page.hits
    assert strip.isVisible()
    hits = bank.page.filtering.hits
    assert hits is not None
    picture = strip.grab().toImage()
    ratio = picture.devicePixelRatio()
    empty = picture.pixelColor(int(6 * ratio), 1)
    for row in hits.tolist():
        assert picture.pixelColor(int(6 * ratio), int(strip.y_of(row) * ratio)) != empty
    qtbot.mouseClick(strip, LEFT, pos=QPoint(5, 2))
    settled(qtbot, bank, int(hits[0]) + 1)
    qtbot.mouseClick(strip, LEFT, pos=QPoint(5, strip.height() - 2))
    settled(qtbot, bank, int(hits[1]) + 1)


def test_another_log_forgets_the_filter(qtbot: QtBot, bank: MainWindow) -> None:
    write(qtbot, bank, "type:AccountClosed", 2)
    bank.open_path(str(resource("samples", "three-events.jsonl")))
    qtbot.waitUntil(lambda: bank.page.playhead.last == 3)
    assert bank.page.filter.text() == ""
    assert bank.page.events_model.rowCount() == 3
    assert bank.page.filtering.hits is None


@pytest.mark.parametrize("kind", [np.int32, np.int64])
def test_hits_far_into_a_long_log_stand_where_they_are(qtbot: QtBot, kind: type) -> None:
    """A position times the rows of the strip is more than 32 bits hold."""
    strip, last = HitStrip(), 10_000_000
    qtbot.addWidget(strip)
    strip.resize(12, 1_000)
    strip.show_hits(np.array([1, last // 2, last - 1], kind), last)
    strip.show()
    strip.stand_at(last)
    picture = strip.grab().toImage()
    marked = [y for y in range(0, 1_000, 2) if picture.pixelColor(6, y) != picture.pixelColor(6, 250)]
    assert marked[0] == 0
    assert marked[-1] == 998
    assert 500 in marked
    assert len(marked) == 3


def test_ten_million_hits_are_drawn_at_once(qtbot: QtBot) -> None:
    strip, every = HitStrip(), 10_000_000
    qtbot.addWidget(strip)
    strip.resize(12, 1_000)
    strip.show()
    strip.show_hits(np.arange(every), every)
    begin = time.thread_time()
    picture = strip.grab().toImage()
    assert time.thread_time() - begin < 0.02  # it is looked at for each row of pixels, not for each hit
    assert all(picture.pixelColor(6, y) == picture.pixelColor(6, 500) for y in range(1_000))


def test_other_hits_are_drawn_anew(qtbot: QtBot) -> None:
    strip = HitStrip()
    qtbot.addWidget(strip)
    strip.resize(12, 200)
    strip.show()
    pictures = []
    for hit in range(6):  # each list may be made where the last one was
        strip.show_hits(np.array([hit * 15]), 100)
        pictures.append(strip.grab().toImage())
    assert all(first != second for first, second in itertools.pairwise(pictures))
