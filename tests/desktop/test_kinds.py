"""Does the state of a log with several kinds of entities have a tab for each, with columns of its own?"""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication
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


def choose_for(qtbot: QtBot, window: MainWindow, tab: int, text: str) -> None:
    """Choose a read model in the menu of a tab, and wait until the log is read by it."""
    before = window.page.document
    menu = window.page.arranging.kinds.models_menu(tab)
    assert menu is not None
    [action] = [action for action in menu.actions() if action.text() == text]
    action.trigger()
    qtbot.waitUntil(lambda: window.page.document is not before and window.page.document is not None)
    qtbot.waitUntil(lambda: window.page.arranging.kinds.kinds is not None)
    menu.deleteLater()


def checked(window: MainWindow, tab: int) -> list[str]:
    menu = window.page.arranging.kinds.models_menu(tab)
    assert menu is not None
    found = [action.text() for action in menu.actions() if action.isChecked()]
    menu.deleteLater()
    return found


def test_a_kind_gets_a_read_model_of_its_own_by_its_tab_and_keeps_it(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    bar, page = window.page.arranging.kinds.tabs, window.page
    assert checked(window, 2) == ["The same as of the others"]
    bar.setCurrentIndex(2)
    choose_for(qtbot, window, 2, "Accounts")
    qtbot.waitUntil(lambda: page.arranging.kinds.chosen == "Shop::Wallet")
    assert checked(window, 2) == ["Accounts"]
    assert "accounts" in bar.tabToolTip(2)
    assert page.document is not None
    assert [kind for kind, _ in page.document.read_model.recipe.by_kind] == ["Shop::Wallet"]
    assert "coins" not in table(window)[0]
    bar.setCurrentIndex(1)
    assert table(window) == (["entity", "total", "customer"], ["o-1", "o-2"])

    window.parts.workspaces.copy_link()
    words = QApplication.clipboard().text()
    assert "--projection Shop::Wallet=accounts" in words
    told = window.parts.workspaces.view().projection
    assert dict(told.by_kind)["Shop::Wallet"].name == "accounts"

    path = window.path
    assert path is not None
    before = page.document
    window.open_path(path)  # as one that is named anew
    qtbot.waitUntil(lambda: page.document is not before and page.document is not None)
    assert [kind for kind, _ in page.document.read_model.recipe.by_kind] == ["Shop::Wallet"]
    qtbot.waitUntil(lambda: page.arranging.kinds.kinds is not None)
    choose_for(qtbot, window, 2, "The same as of the others")
    assert page.document.read_model.recipe.by_kind == ()


def test_the_read_model_of_a_kind_may_come_from_a_file_and_the_others_may_change(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    file = tmp_path / "orders.sql"
    file.write_text(
        "SELECT orderId AS id, count(*) AS placed FROM events GROUP BY id".replace("orderId", "entity")
    )
    page = window.page
    before = page.document
    window.parts.read_models.of_kind("Shop::Order").open_file(str(file))
    qtbot.waitUntil(lambda: page.document is not before and page.document is not None)
    page.header.choose_read_model("accounts")
    qtbot.waitUntil(lambda: page.document is not None and page.document.read_model.recipe.name == "accounts")
    assert page.document is not None
    assert [kind for kind, _ in page.document.read_model.recipe.by_kind] == ["Shop::Order"]
    window.parts.workspaces.copy_link()
    assert f"Shop::Order={file}" in QApplication.clipboard().text()
