"""Does a person see what differs between two points, and reach that with the mouse and with keys?"""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from explorer.desktop.compare import diff_panel
from explorer.desktop.window.main_window import MainWindow
from explorer.resources import resource

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def bank(open_window) -> MainWindow:  # type: ignore[no-untyped-def]
    return open_window(resource("samples", "small-bank.jsonl"))


def settled(qtbot: QtBot, window: MainWindow, position: int) -> None:
    qtbot.waitUntil(
        lambda: window.page.header.where.text() == f"{position:,} of {window.page.playhead.last:,}"
    )


def go_to(qtbot: QtBot, window: MainWindow, position: int) -> None:
    window.page.playhead.move_to(position)
    settled(qtbot, window, position)


def shown(window: MainWindow) -> list[list[str]]:
    model = window.page.diff.model
    return [
        [str(model.index(row, column).data()) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def points(window: MainWindow) -> tuple[str, str]:
    return window.page.diff.a.text(), window.page.diff.b.text()


def click_event(qtbot: QtBot, window: MainWindow, row: int, modifier: Qt.KeyboardModifier) -> None:
    table = window.page.events_table
    index = window.page.events_model.index(row, 3)
    table.scrollTo(index)
    qtbot.mouseClick(table.viewport(), LEFT, modifier, table.visualRect(index).center())


def test_the_difference_is_at_first_what_the_last_event_changed(qtbot: QtBot, lesson: MainWindow) -> None:
    qtbot.keyClick(lesson, Key.Key_D, CONTROL)
    assert points(lesson) == ("#2", "#3")
    assert shown(lesson) == [["~", "acc-1", "balance", "50", "20", "−30"]]
    qtbot.keyClick(lesson, Key.Key_Home)
    settled(qtbot, lesson, 0)
    assert shown(lesson) == []
    assert "nothing differs" in lesson.page.diff.summary.whole_text()


def test_shift_and_a_click_compares_from_here_to_there(qtbot: QtBot, lesson: MainWindow) -> None:
    click_event(qtbot, lesson, 2, Qt.KeyboardModifier.NoModifier)
    settled(qtbot, lesson, 3)
    click_event(qtbot, lesson, 0, SHIFT)
    assert lesson.page.panels.in_front("diff")
    assert lesson.page.playhead.position == 3
    assert points(lesson) == ("#3", "#1")
    assert shown(lesson) == [["~", "acc-1", "balance", "20", "0", "−20"]]
    assert lesson.page.diff.summary.whole_text() == "1 changed; 2 events between"


def test_a_is_pinned_and_b_follows(qtbot: QtBot, lesson: MainWindow) -> None:
    go_to(qtbot, lesson, 0)
    qtbot.keyClick(lesson, Key.Key_A, SHIFT)
    assert lesson.page.diff.buttons["comparing.pin_a"].isChecked()
    for position, kinds in ((1, {"+"}), (3, {"+"}), (0, set())):
        go_to(qtbot, lesson, position)
        assert {row[0] for row in shown(lesson)} == kinds
        assert points(lesson) == ("#0", f"#{position}")
    go_to(qtbot, lesson, 3)
    button = lesson.page.diff.buttons["comparing.pin_a"]
    qtbot.mouseClick(button, LEFT)
    assert points(lesson) == ("#2", "#3")


def test_swapping_turns_added_into_removed(qtbot: QtBot, lesson: MainWindow) -> None:
    go_to(qtbot, lesson, 0)
    qtbot.keyClick(lesson, Key.Key_A, SHIFT)
    go_to(qtbot, lesson, 3)
    qtbot.mouseClick(lesson.page.diff.buttons["comparing.swap"], LEFT)
    assert points(lesson) == ("#3", "#0")
    assert {row[0] for row in shown(lesson)} == {"−"}
    qtbot.keyClick(lesson, Key.Key_S, SHIFT)
    assert {row[0] for row in shown(lesson)} == {"+"}


def test_both_points_step_together(qtbot: QtBot, lesson: MainWindow) -> None:
    go_to(qtbot, lesson, 2)
    qtbot.keyClick(lesson, Key.Key_A, SHIFT)
    go_to(qtbot, lesson, 3)
    qtbot.keyClick(lesson, Key.Key_Left, CONTROL)
    settled(qtbot, lesson, 2)
    assert points(lesson) == ("#1", "#2")
    assert shown(lesson) == [["~", "acc-1", "balance", "0", "50", "+50"]]
    qtbot.keyClick(lesson, Key.Key_Right, CONTROL)
    settled(qtbot, lesson, 3)
    assert points(lesson) == ("#2", "#3")


def test_points_are_written_like_any_place_in_time(qtbot: QtBot, bank: MainWindow) -> None:
    qtbot.keyClick(bank, Key.Key_D, CONTROL)
    for edit, words in ((bank.page.diff.a, "last tuesday"), (bank.page.diff.b, "yesterday 10:15")):
        edit.setFocus()
        edit.selectAll()
        qtbot.keyClicks(edit, words)
        qtbot.keyClick(edit, Key.Key_Return)
    assert points(bank) == ("#348", "#368")
    assert "20 events between" in bank.page.diff.summary.whole_text()
    assert bank.page.playhead.position == 406
    bank.page.diff.a.setFocus()
    bank.page.diff.a.selectAll()
    qtbot.keyClicks(bank.page.diff.a, "sometime")
    qtbot.keyClick(bank.page.diff.a, Key.Key_Return)
    assert "sometime" in bank.page.diff.problem.whole_text()
    assert bank.page.markers.a == 348
    bank.page.comparing.clear()
    assert points(bank)[1] == "#406"


def test_a_double_click_on_a_difference_says_why(qtbot: QtBot, lesson: MainWindow) -> None:
    qtbot.keyClick(lesson, Key.Key_D, CONTROL)
    table = lesson.page.diff.table
    place = table.visualRect(table.model().index(0, 2)).center()
    qtbot.mouseClick(table.viewport(), LEFT, pos=place)
    qtbot.mouseDClick(table.viewport(), LEFT, pos=place)
    assert lesson.page.panels.in_front("why")
    assert lesson.page.why.value == ("acc-1", "balance")


def test_what_came_and_went_is_told_by_a_sign_and_a_word_besides_the_colour(
    qtbot: QtBot, lesson: MainWindow
) -> None:
    go_to(qtbot, lesson, 0)
    qtbot.keyClick(lesson, Key.Key_A, SHIFT)
    go_to(qtbot, lesson, 3)
    index = lesson.page.diff.model.index(0, 0)
    added = index.data(Qt.ItemDataRole.ForegroundRole).color()
    assert (index.data(), index.data(Qt.ItemDataRole.AccessibleTextRole)) == ("+", "added")
    qtbot.keyClick(lesson, Key.Key_S, SHIFT)
    index = lesson.page.diff.model.index(0, 0)
    assert (index.data(), index.data(Qt.ItemDataRole.AccessibleTextRole)) == ("−", "removed")
    assert index.data(Qt.ItemDataRole.ForegroundRole).color() != QColor(added)


def test_another_log_forgets_the_points(qtbot: QtBot, lesson: MainWindow) -> None:
    qtbot.keyClick(lesson, Key.Key_A, SHIFT)
    assert lesson.page.markers.a == 3
    lesson.open_path(str(resource("samples", "small-bank.jsonl")))
    qtbot.waitUntil(lambda: lesson.page.playhead.last == 406)
    assert lesson.page.markers.a is None


def test_names_in_a_difference_are_text_and_never_html(qtbot: QtBot, open_window, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    log = tmp_path / "log.jsonl"
    record = {"type": "AccountOpened", "data": {"accountId": "<b>x\u202e", "owner": "<img src=x>"}}
    log.write_text(json.dumps(record) + "\n")
    window = open_window(log)
    qtbot.keyClick(window, Key.Key_D, CONTROL)
    assert shown(window)[0][1] == "<b>x⟦U+202E⟧"


def test_very_many_entities_are_compared_beside_the_window_and_the_last_question_counts(
    qtbot: QtBot, bank: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    qtbot.keyClick(bank, Key.Key_D, CONTROL)
    go_to(qtbot, bank, 200)
    expected = shown(bank)
    go_to(qtbot, bank, 100)
    monkeypatch.setattr(diff_panel, "MOST_AT_ONCE", 0)
    for position in (300, 150, 200):
        bank.page.playhead.move_to(position)
        bank.page.playhead.flush()
    assert points(bank) == ("#199", "#200")
    assert bank.page.diff.summary.whole_text() == "comparing…"
    assert shown(bank) == []  # nothing is shown that belongs to other points
    qtbot.waitUntil(lambda: shown(bank) == expected)
    assert bank.page.diff.summary.whole_text() != "comparing…"
