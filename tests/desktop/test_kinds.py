"""Does the state of a log with several kinds of entities have a tab for each, with columns of its own?"""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from pytestqt.qtbot import QtBot

from explorer.desktop.window.main_window import MainWindow
from tests.history.test_kinds import SHOP


def written(folder: Path, records: list[dict[str, object]]) -> Path:
    path = folder / "shop.jsonl"
    path.write_text("".join(json.dumps(each) + "\n" for each in records), "utf-8")
    return path


@pytest.fixture
def window(qtbot: QtBot, open_window, tmp_path: Path) -> MainWindow:
    window = open_window(written(tmp_path, SHOP))
    qtbot.waitUntil(lambda: window.page.arranging.kinds.kinds is not None)
    return window


def table(window: MainWindow) -> tuple[list[str], list[str]]:
    """The columns and the entities that are shown."""
    view = window.page.state_model.view
    assert view is not None
    return view.columns, [view.entity(row) for row in range(view.row_count)]


def tabs(window: MainWindow) -> list[str]:
    bar = window.page.arranging.kinds.tabs
    return [bar.tabText(at) for at in range(bar.count())]


def test_each_kind_has_a_tab_and_its_own_columns(window: MainWindow) -> None:
    assert tabs(window) == ["All", "Order", "Wallet"]
    assert table(window)[1] == ["o-1", "w-1", "o-2", "w-2"]
    bar = window.page.arranging.kinds.tabs
    bar.setCurrentIndex(2)
    assert table(window) == (["entity", "coins"], ["w-1", "w-2"])
    bar.setCurrentIndex(1)
    assert table(window) == (["entity", "total", "customer"], ["o-1", "o-2"])
    assert window.page.state_panel.count.text() == "2 of 4 entities"
    bar.setCurrentIndex(0)
    assert table(window)[0] == ["entity", "total", "customer", "coins"]


def test_the_tabs_are_walked_by_keys(qtbot: QtBot, window: MainWindow) -> None:
    bar = window.page.arranging.kinds.tabs
    bar.setFocus()
    for _ in range(2):
        qtbot.keyClick(bar, Qt.Key.Key_Right)
    assert table(window)[1] == ["w-1", "w-2"]
    assert window.page.playhead.position == 5
    press = QKeyEvent(QKeyEvent.Type.ShortcutOverride, Qt.Key.Key_Left, Qt.KeyboardModifier.NoModifier)
    assert bar.event(press)
    assert press.isAccepted()


def test_a_filter_and_the_playhead_count_within_the_kind(qtbot: QtBot, window: MainWindow) -> None:
    page = window.page
    page.arranging.kinds.tabs.setCurrentIndex(2)
    page.state_panel.line.setText("coins > 5")
    qtbot.waitUntil(lambda: table(window)[1] == ["w-2"])
    page.state_panel.line.setText("")
    qtbot.waitUntil(lambda: len(table(window)[1]) == 2)
    page.playhead.move_to(2)
    page.playhead.flush()
    assert table(window)[1] == ["w-1"]
    page.playhead.move_to(1)
    page.playhead.flush()
    assert table(window)[1] == []


def test_a_value_that_is_asked_for_is_shown_whatever_kind_it_is_of(window: MainWindow) -> None:
    page = window.page
    page.arranging.kinds.tabs.setCurrentIndex(2)
    page.signals.value_asked.emit("o-2", "total")
    assert page.arranging.kinds.tabs.currentIndex() == 1
    assert page.state_table.entity == "o-2"
    assert page.state_table.currentIndex().row() == 1


def test_what_a_person_arranges_of_a_kind_is_kept_for_that_kind(window: MainWindow) -> None:
    page = window.page
    bar = page.arranging.kinds.tabs
    bar.setCurrentIndex(1)
    page.arranging.change_column("hide", "customer")
    bar.setCurrentIndex(2)
    assert table(window)[0] == ["entity", "coins"]
    bar.setCurrentIndex(1)
    assert table(window)[0] == ["entity", "total"]
    bar.setCurrentIndex(0)
    assert table(window)[0] == ["entity", "total", "customer", "coins"]


def test_a_reload_stays_with_the_kind_and_another_log_begins_with_all(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    kinds = window.page.arranging.kinds
    kinds.tabs.setCurrentIndex(2)
    before = window.page.document
    window.parts.rereading.reload()
    qtbot.waitUntil(lambda: window.page.document is not before and window.page.document is not None)
    qtbot.waitUntil(lambda: kinds.chosen == "Shop::Wallet")
    assert table(window) == (["entity", "coins"], ["w-1", "w-2"])


def test_where_there_is_no_room_for_tabs_there_is_a_list(qtbot: QtBot, window: MainWindow) -> None:
    kinds = window.page.arranging.kinds
    window.resize(1_400, 1_100)
    qtbot.waitUntil(kinds.tabs.isVisible)
    assert not kinds.list.isVisible()
    window.resize(1_024, 600)
    qtbot.waitUntil(kinds.list.isVisible)
    assert not kinds.tabs.isVisible()
    kinds.list.setFocus()
    qtbot.keyClick(kinds.list, Qt.Key.Key_Down)
    assert kinds.list.currentText() == "Order"
    assert table(window)[1] == ["o-1", "o-2"]
    assert kinds.tabs.currentIndex() == 1


def test_a_log_of_one_kind_has_no_tabs(lesson: MainWindow) -> None:
    assert tabs(lesson) == []
