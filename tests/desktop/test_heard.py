"""Can somebody who does not see the window work the timeline, and hear where they stand?"""

import gc
import json
import weakref
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QAccessible, QAccessibleActionInterface, QAccessibleInterface
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from explorer.desktop.timeline.accessible import AccessibleTimeline
from explorer.desktop.timeline.widget import QT_MOST, Timeline
from explorer.desktop.window.main_window import MainWindow
from explorer.resources import resource

Value, Description = QAccessible.Text.Value, QAccessible.Text.Description


@pytest.fixture
def bank(open_window) -> MainWindow:
    return open_window(resource("samples", "small-bank.jsonl"))


def heard(timeline: Timeline) -> QAccessibleInterface:
    face = QAccessible.queryAccessibleInterface(timeline)
    assert face is not None
    return face


def actions(timeline: Timeline) -> QAccessibleActionInterface:
    return heard(timeline).actionInterface()


def go(window: MainWindow, position: int) -> None:
    window.page.playhead.move_to(position)
    window.page.playhead.flush()


def test_the_timeline_is_a_slider_that_says_position_time_and_event(lesson: MainWindow) -> None:
    face = heard(lesson.page.timeline)
    go(lesson, 3)
    assert face.role() == QAccessible.Role.Slider
    assert face.text(QAccessible.Text.Name) == "Timeline"
    assert face.text(Value) == (
        "3 of 3, Sat 3 Jan 2026 11:30:00 UTC, MoneyWithdrawn · acc-1, acc-1 balance 50 → 20"
    )
    go(lesson, 0)
    assert face.text(Value) == "0 of 3, before the first event, Nothing has happened yet"
    lesson.page.comparing.pin_a()
    assert face.text(Description) == f"{face.text(Value)}, point A"


def test_its_value_is_the_position_and_setting_it_moves_the_playhead(lesson: MainWindow) -> None:
    value = heard(lesson.page.timeline).valueInterface()
    go(lesson, 2)
    read = (value.minimumValue(), value.currentValue(), value.maximumValue(), value.minimumStepSize())
    assert read == (0, 2, 3, 1)
    value.setCurrentValue(1)
    assert lesson.page.playhead.position == 1
    value.setCurrentValue(99)  # whoever asks for more gets the end
    assert lesson.page.playhead.position == 3
    value.setCurrentValue("nonsense")
    assert lesson.page.playhead.position == 3


def test_it_counts_further_than_a_slider_of_qt(qtbot: QtBot) -> None:
    class Long:
        event_count = 3 * QT_MOST

    timeline = Timeline()
    qtbot.addWidget(timeline)
    timeline.document = Long()  # type: ignore[assignment] - no such log fits into a test
    asked: list[int] = []
    timeline.asked.connect(asked.append)
    value = heard(timeline).valueInterface()
    assert value.maximumValue() == 3 * QT_MOST
    value.setCurrentValue(3 * QT_MOST - 1)
    assert asked == [3 * QT_MOST - 1]
    timeline.document = None


def test_steps_marks_and_the_line_to_go_to_are_actions_of_it(qtbot: QtBot, bank: MainWindow) -> None:
    page = bank.page
    there = actions(page.timeline)
    go(bank, 40)
    there.doAction(there.increaseAction())
    assert page.playhead.position == 41
    there.doAction(there.decreaseAction())
    there.doAction(there.decreaseAction())
    assert page.playhead.position == 39
    page.playhead.flush()
    there.doAction("Pin A here")
    go(bank, 60)
    there.doAction("Put B here")
    assert (page.timeline.marks.a, page.timeline.marks.b) == (39, 60)
    there.doAction("Put or take a bookmark")
    assert [mark.position for mark in page.timeline.marks.bookmarks] == [60]
    there.doAction("Go to")
    qtbot.waitUntil(lambda: isinstance(bank.focusWidget(), QLineEdit))
    there.doAction(there.setFocusAction())
    qtbot.waitUntil(page.timeline.hasFocus)


def test_each_action_has_words_and_its_keys(bank: MainWindow) -> None:
    there = actions(bank.page.timeline)
    names = there.actionNames()
    assert {there.increaseAction(), there.decreaseAction(), there.setFocusAction(), "Go to"} <= set(names)
    assert all(there.localizedActionName(name) for name in names)
    assert there.localizedActionName("Pin A here") == "Pin A here"
    assert there.localizedActionDescription("Pin A here").startswith("Compare this position")
    assert there.keyBindingsForAction("Pin A here") == ["Shift+A"]
    assert there.localizedActionName(there.increaseAction()) == "One event further"
    assert there.keyBindingsForAction(there.increaseAction()) == []


def test_what_a_slider_has_not_is_not_there(lesson: MainWindow) -> None:
    face = heard(lesson.page.timeline)  # each of these is asked for by a real screen reader
    assert face.textInterface() is None
    assert face.editableTextInterface() is None
    assert face.selectionInterface() is None
    assert face.tableCellInterface() is None
    assert face.attributesInterface() is None


def test_what_cannot_be_done_is_not_offered(bank: MainWindow) -> None:
    timeline, there = bank.page.timeline, actions(bank.page.timeline)
    bank.close_log()
    assert there.actionNames() == []
    there.doAction(there.increaseAction())
    assert heard(timeline).valueInterface().maximumValue() == 0


def test_hidden_characters_of_a_log_are_not_read_out_as_they_are(open_window, tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    path.write_text(
        json.dumps({"type": "A\u202eB", "data": {"accountId": "x\ny"}, "at": "2026-01-01T00:00:00Z"})
    )
    window = open_window(path)
    assert not {"\u202e", "\n"} & set(heard(window.page.timeline).text(Value))


def test_a_timeline_that_is_gone_is_not_kept_by_who_listened_to_it(qtbot: QtBot) -> None:
    timeline = Timeline()
    face = heard(timeline)
    assert isinstance(face, AccessibleTimeline)
    gone = weakref.ref(timeline)
    timeline.deleteLater()
    QCoreApplication.sendPostedEvents(timeline, QEvent.Type.DeferredDelete)
    del timeline
    gc.collect()
    assert gone() is None
    assert not shiboken6.isValid(face)
