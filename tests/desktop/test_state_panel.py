"""Can a person narrow, order, group, watch and copy the state with the mouse and with keys?"""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt, QThreadPool
from PySide6.QtGui import QAction, QContextMenuEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from explorer.desktop.state.columns_dialog import ColumnsDialog
from explorer.desktop.state.value_menu import column_menu
from explorer.desktop.window.main_window import MainWindow
from explorer.resources import resource

Key = Qt.Key
Ctrl, Shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton


@pytest.fixture
def bank(open_window):
    return open_window(resource("samples", "small-bank.jsonl"))


def column_of(window: MainWindow, name: str) -> int:
    view = window.page.state_model.view
    return [column.name for column in view.shown].index(name) + 1


def texts(window: MainWindow, name: str) -> list[str]:
    model, column = window.page.state_model, column_of(window, name)
    return [str(model.index(row, column).data()) for row in range(model.rowCount())]


def names(window: MainWindow) -> list[str]:
    return [column.name for column in window.page.state_model.view.shown]


def cell(window: MainWindow, row: int, name: str) -> QPoint:
    table = window.page.state_table
    return table.visualRect(window.page.state_model.index(row, column_of(window, name))).center()


def click(qtbot: QtBot, window: MainWindow, row: int, name: str) -> None:
    qtbot.mouseClick(window.page.state_table.viewport(), LEFT, pos=cell(window, row, name))


def offered(window: MainWindow, row: int, name: str) -> QMenu:
    menu = window.page.offering.menu_for(window.page.state_model.index(row, column_of(window, name)))
    assert menu is not None
    return menu


def choose(menu: QMenu, words: str) -> None:
    action: QAction = next(action for action in menu.actions() if words in action.text())
    action.trigger()
    menu.deleteLater()


def stand(qtbot: QtBot, window: MainWindow, position: int) -> None:
    window.page.playhead.move_to(position)
    qtbot.waitUntil(lambda: window.page.header.where.text().startswith(f"{position:,} of "))


def narrow(qtbot: QtBot, window: MainWindow, text: str) -> None:
    qtbot.keyClick(window, Key.Key_E, Ctrl | Shift)
    qtbot.waitUntil(window.page.state_panel.line.hasFocus)
    qtbot.keyClicks(window.page.state_panel.line, text)


def test_a_filter_hides_rows_counts_them_and_follows_the_playhead(qtbot: QtBot, bank: MainWindow) -> None:
    panel = bank.page.state_panel
    assert panel.count.text() == "24 accounts"
    narrow(qtbot, bank, "status <> 'open'")
    qtbot.waitUntil(lambda: panel.count.text() == "3 of 24 accounts")
    assert set(texts(bank, "status")) == {"closed", "frozen"}
    assert "24 accounts" in bank.status.whole_text()
    assert panel.totals.whole_text().startswith("balance 880.77")
    stand(qtbot, bank, 200)
    assert panel.count.text() == "1 of 20 accounts"
    panel.line.clear()
    qtbot.waitUntil(lambda: panel.count.text() == "20 accounts")


def test_text_in_any_cell_is_found_and_numbers_too(qtbot: QtBot, bank: MainWindow) -> None:
    narrow(qtbot, bank, "grace")
    qtbot.waitUntil(lambda: texts(bank, "owner") == ["Grace Nakamura"])
    bank.page.state_panel.line.selectAll()
    qtbot.keyClicks(bank.page.state_panel.line, "2383.84")
    qtbot.waitUntil(lambda: texts(bank, "account") == ["acc-1"])
    qtbot.keyClick(bank.page.state_panel.line, Key.Key_Return)
    assert bank.page.state_table.entity == "acc-1"
    assert bank.page.state_panel.line.hasFocus()


def test_a_wrong_condition_is_pointed_at_and_the_rows_stay(qtbot: QtBot, bank: MainWindow) -> None:
    narrow(qtbot, bank, "balance > 3000 and sttus = 1")
    qtbot.waitUntil(lambda: "there is no field “sttus”" in bank.page.state_panel.wrong.whole_text())
    assert bank.page.state_panel.line.property("wrong") == "true"
    qtbot.keyClick(bank.page.state_panel.line, Key.Key_A, Ctrl)
    qtbot.keyClicks(bank.page.state_panel.line, "balance > 3000")
    qtbot.waitUntil(lambda: bank.page.state_panel.line.property("wrong") == "false")
    qtbot.waitUntil(lambda: bank.page.state_model.rowCount() < 24)


def test_a_filter_too_slow_for_a_frame_catches_up(
    qtbot: QtBot, bank: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("explorer.desktop.state.state_model.AT_ONCE", 0)
    narrow(qtbot, bank, "15")
    qtbot.waitUntil(lambda: 0 < bank.page.state_model.rowCount() < 24)
    for position in (100, 300, 7):
        stand(qtbot, bank, position)
        view = bank.page.document.state(position)
        rows = ([view.text(row, at) for at in range(len(view.columns))] for row in range(view.row_count))
        expected = [row[0] for row in rows if any("15" in text for text in row)]
        qtbot.waitUntil(lambda expected=expected: texts(bank, "account") == expected)


def test_a_click_on_a_head_sorts_and_again_the_other_way(qtbot: QtBot, bank: MainWindow) -> None:
    table = bank.page.state_table
    header = table.horizontalHeader()
    at = QPoint(header.sectionViewportPosition(column_of(bank, "balance")) + 12, header.height() // 2)
    qtbot.mouseClick(header.viewport(), LEFT, pos=at)
    rising = [float(text.replace("−", "-")) for text in texts(bank, "balance")]
    assert rising == sorted(rising)
    qtbot.mouseClick(header.viewport(), LEFT, pos=at)
    assert [float(text) for text in texts(bank, "balance")] == rising[::-1]
    stand(qtbot, bank, 100)
    assert bank.page.state_model.arrangement.sort == ("balance", True)


def test_columns_are_hidden_moved_pinned_and_kept_for_the_log(
    qtbot: QtBot, bank: MainWindow, open_window
) -> None:
    arranging = bank.page.arranging
    for what, name in (("hide", "opened"), ("left", "status"), ("pin", "owner"), ("down", "balance")):
        arranging.change_column(what, name)
    assert names(bank) == ["account", "owner", "status", "balance", "version"]
    assert bank.page.state_model.arrangement.pinned == 2
    header = bank.page.state_table.horizontalHeader()
    assert header.sortIndicatorSection() == column_of(bank, "balance")
    other = open_window(resource("samples", "small-bank.jsonl"))
    assert names(other) == names(bank)
    assert other.page.state_model.arrangement.sort == ("balance", True)


def test_pinned_columns_stay_in_view_when_the_table_is_scrolled(qtbot: QtBot, bank: MainWindow) -> None:
    table = bank.page.state_table
    assert not table.pinned.isVisible()
    table.setColumnWidth(column_of(bank, "owner"), 900)
    qtbot.waitUntil(lambda: table.horizontalScrollBar().maximum() > 0)
    table.horizontalScrollBar().setValue(table.horizontalScrollBar().maximum())
    assert table.pinned.isVisible()
    assert not table.pinned.isColumnHidden(1)
    assert table.pinned.isColumnHidden(2)
    row = bank.page.state_model.index(3, 1)
    qtbot.mouseClick(table.pinned.viewport(), LEFT, pos=table.pinned.visualRect(row).center())
    assert table.entity == "acc-4"
    table.horizontalScrollBar().setValue(0)
    assert not table.pinned.isVisible()


def test_columns_are_chosen_by_keys(qtbot: QtBot, bank: MainWindow) -> None:
    qtbot.keyClick(bank, Key.Key_M, Ctrl)
    dialog = bank.findChild(ColumnsDialog)
    assert dialog is not None
    dialog.list.setFocus()
    for key in (Key.Key_Down, Key.Key_Space):  # no owner
        qtbot.keyClick(dialog.list, key)
    qtbot.keyClick(dialog.list, Key.Key_Down)
    qtbot.mouseClick(dialog.up, LEFT)
    qtbot.mouseClick(dialog.up, LEFT)
    dialog.group.setCurrentText("status")
    qtbot.keyClick(dialog, Key.Key_Return)
    assert names(bank) == ["balance", "account", "status", "opened", "version"]
    assert bank.page.state_model.arrangement.group == "status"


def test_accounts_are_grouped_with_subtotals_and_folded(qtbot: QtBot, bank: MainWindow) -> None:
    click(qtbot, bank, 0, "status")
    qtbot.keyClick(bank, Key.Key_U, Shift)
    assert texts(bank, "account")[:3] == ["closed  (2)", "acc-10", "acc-21"]
    assert texts(bank, "balance")[0] == "0.00"
    qtbot.mouseClick(bank.page.state_table.viewport(), LEFT, pos=QPoint(12, 12))
    assert texts(bank, "account")[:2] == ["closed  (2)", "frozen  (1)"]
    bank.page.state_table.setCurrentIndex(bank.page.state_model.index(0, 1))
    qtbot.keyClick(bank.page.state_table, Key.Key_Return)
    assert texts(bank, "account")[1] == "acc-10"
    qtbot.keyClick(bank, Key.Key_G, Ctrl | Shift)
    assert texts(bank, "account") == ["closed  (2)", "frozen  (1)", "open  (21)"]
    stand(qtbot, bank, 100)
    assert len(texts(bank, "account")) <= 3
    bank.page.arranging.change_column("group", "status")
    assert len(texts(bank, "account")) == bank.page.state_model.view.entity_count


def test_the_rows_that_an_event_changed_are_counted_and_a_key_goes_to_them(
    qtbot: QtBot, bank: MainWindow
) -> None:
    stand(qtbot, bank, 200)  # a transfer
    panel = bank.page.state_panel
    assert panel.changed.text() == "~ 2 changed"
    seen = set()
    for _ in range(2):
        qtbot.keyClick(bank, Key.Key_J, Ctrl)
        seen.add(bank.page.state_table.entity)
    assert seen == {"acc-2", "acc-5"}
    narrow(qtbot, bank, "account = 'acc-2'")
    qtbot.waitUntil(lambda: panel.changed.text() == "~ 2 changed, 1 hidden")
    narrow(qtbot, bank, "account = 'acc-1'")
    qtbot.waitUntil(lambda: not panel.changed.isEnabled())


def test_the_menu_of_a_value_asks_why_finds_filters_and_copies(qtbot: QtBot, bank: MainWindow) -> None:
    clipboard = QGuiApplication.clipboard()
    choose(offered(bank, 0, "balance"), "Copy the value")
    assert clipboard.text() == "2383.84"
    choose(offered(bank, 0, "balance"), "Copy the path")
    assert clipboard.text() == "acc-1.balance"
    choose(offered(bank, 0, "balance"), "Copy the row as JSON")
    assert json.loads(clipboard.text())["owner"] == "Ada Okafor"
    choose(offered(bank, 0, "balance"), "Why is balance of acc-1 so?")
    assert bank.page.why.value == ("acc-1", "balance")
    choose(offered(bank, 0, "status"), "Find when it was so here")
    assert bank.page.finding.panel.line.text() == "account = 'acc-1' and status = 'open'"
    qtbot.waitUntil(lambda: bank.page.finding.panel.hits.model.rowCount() == 1)
    choose(offered(bank, 0, "status"), "Filter by this")
    qtbot.waitUntil(lambda: set(texts(bank, "status")) == {"open"})
    choose(offered(bank, 0, "balance"), "Copy the table for a spreadsheet")
    qtbot.waitUntil(lambda: clipboard.text().count("\n") == 22)


def test_the_menu_comes_by_mouse_and_key_and_ctrl_c_copies_exactly(qtbot: QtBot, bank: MainWindow) -> None:
    click(qtbot, bank, 0, "opened")
    qtbot.keyClick(bank.page.state_table, Key.Key_C, Ctrl)
    assert QGuiApplication.clipboard().text() == "2026-01-02T09:08:00Z"
    table = bank.page.state_table
    table.menu_asked.disconnect()  # a menu that pops up needs a screen
    for reason, pos in (
        (QContextMenuEvent.Reason.Mouse, cell(bank, 1, "owner")),
        (QContextMenuEvent.Reason.Keyboard, QPoint()),
    ):
        with qtbot.waitSignal(table.menu_asked) as asked:
            event = QContextMenuEvent(reason, pos, table.viewport().mapToGlobal(pos))
            QApplication.sendEvent(table.viewport(), event)
        row = 1 if reason == QContextMenuEvent.Reason.Mouse else 0
        assert asked.args[0].row() == row


def test_the_menu_of_a_head_says_what_can_be_done_with_its_column(bank: MainWindow) -> None:
    view = bank.page.state_model.view
    done: list[tuple[str, str]] = []
    menu = column_menu(bank, view.shown[2], view.arrangement, 2, lambda *what: done.append(what))
    choose(menu, "Keep in view")
    assert done == [("pin", "balance")]


def test_watched_values_stay_in_sight_and_are_kept_for_the_log(
    qtbot: QtBot, bank: MainWindow, open_window
) -> None:
    click(qtbot, bank, 0, "balance")
    qtbot.keyClick(bank, Key.Key_W, Shift)
    watching = bank.page.watching
    qtbot.waitUntil(lambda: bank.page.panels.in_front("watch"))
    told = [watching.model.index(0, column).data() for column in range(6)]
    assert told == ["~", "acc-1", "balance", "2358.04 →", "2383.84", "+25.80"]
    stand(qtbot, bank, 0)
    assert watching.model.index(0, 4).data() == "not there yet"
    choose(offered_at(qtbot, bank, 100), "Watch it")
    assert watching.model.rowCount() == 2
    other = open_window(resource("samples", "small-bank.jsonl"))
    assert len(other.page.watching.watches) == 2
    watching.table.selectRow(0)
    qtbot.keyClick(watching.table, Key.Key_Delete)
    assert [watch.column for watch in watching.watches] == ["status"]


def offered_at(qtbot: QtBot, window: MainWindow, position: int) -> QMenu:
    stand(qtbot, window, position)
    return offered(window, 1, "status")


def test_each_number_can_be_drawn_over_all_of_history(qtbot: QtBot, bank: MainWindow) -> None:
    table, model = bank.page.state_table, bank.page.state_model
    before = table.columnWidth(column_of(bank, "balance"))
    click(qtbot, bank, 0, "balance")
    qtbot.keyClick(bank, Key.Key_C, Shift)
    assert table.columnWidth(column_of(bank, "balance")) > before
    drawn = model.cells(0)[column_of(bank, "balance")].drawn
    assert drawn.points[-1] == 2383.84
    assert drawn.points[0] is None
    assert drawn.here == 1.0
    tips = [
        model.headerData(column, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
        for column in range(model.columnCount())
    ]
    assert [at for at, tip in enumerate(tips) if tip] == [column_of(bank, "balance")]
    assert "all of history" in tips[column_of(bank, "balance")]
    bank.page.arranging.change_column("curve", "owner")  # is no number
    assert model.arrangement.curves == {"balance"}


def test_times_are_shown_as_people_read_them(bank: MainWindow) -> None:
    row = bank.page.state_model.cells(0)
    assert row[column_of(bank, "opened")].text == "2026-01-02 09:08"


def test_a_log_without_accounts_can_be_narrowed_too(qtbot: QtBot, open_window, tmp_path: Path) -> None:
    path = tmp_path / "customers.jsonl"
    path.write_text('{"type":"Moved","data":{"id":"c1","address":{"city":"Bern"}}}\n' * 2)
    window = open_window(path)
    narrow(qtbot, window, "address.city = 'Bern'")
    qtbot.waitUntil(lambda: window.page.state_panel.count.text().startswith("1 "))
    empty = tmp_path / "empty.jsonl"
    empty.write_text("")
    window.open_path(str(empty))
    qtbot.waitUntil(lambda: window.page.state_model.rowCount() == 0)


def test_a_hundred_thousand_accounts_keep_nobody_waiting(qtbot: QtBot, open_window, tmp_path: Path) -> None:
    """The watchdog of these tests fails it for a single call of more than 100 ms."""
    path = tmp_path / "many.jsonl"
    with path.open("w") as log:
        for number in range(100_000):
            log.write(
                f'{{"type":"AccountOpened","data":{{"accountId":"acc-{number}","owner":"owner {number % 5_000}",'
                f'"openingBalance":{number * 7919 % 100_003}}},"at":"2026-01-01T00:00:00Z"}}\n'
            )
    window = open_window(path)
    page, panel = window.page, window.page.state_panel
    qtbot.waitUntil(lambda: panel.count.text() == "100,000 accounts", timeout=20_000)
    qtbot.waitUntil(lambda: panel.totals.whole_text() != "", timeout=20_000)
    for what, name in (("down", "balance"), ("up", "account"), ("group", "owner"), ("down", "balance")):
        page.arranging.change_column(what, name)
        for position in (99_000, 50_000, 99_999):
            stand(qtbot, window, position)
    page.arranging.fold_all()
    assert page.state_model.rowCount() == 5_000
    page.arranging.change_column("group", "owner")
    page.arranging.narrow("balance > 50000")
    qtbot.waitUntil(lambda: panel.count.text().startswith("49,9"), timeout=10_000)
    for position in (10, 60_000, 100_000):
        stand(qtbot, window, position)
    page.arranging.narrow("777")
    qtbot.waitUntil(lambda: panel.count.text().endswith(" of 100,000 accounts"), timeout=10_000)
    QThreadPool.globalInstance().waitForDone(20_000)  # its index is being kept


def test_after_a_jump_what_changed_comes_into_sight_and_while_one_drags_nothing_moves(
    qtbot: QtBot, open_window, tmp_path: Path
) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "many.jsonl"
    opened = [
        {"type": "AccountOpened", "data": {"accountId": f"acc-{at:03}", "owner": "Ada"}} for at in range(300)
    ]
    paid = [
        {"type": "MoneyDeposited", "data": {"accountId": f"acc-{at:03}", "amount": 1}} for at in (290, 5, 150)
    ]
    path.write_text("".join(json.dumps(each) + "\n" for each in opened + paid))
    window = open_window(path)
    page = window.page
    for position, row in ((301, 290), (302, 5), (303, 150), (10, 9)):
        page.playhead.move_to(position)
        qtbot.waitUntil(lambda row=row: row in page.state_table.visible_rows())
    page.state_table.scrollToTop()
    page.timeline.setSliderDown(True)
    page.playhead.move_to(301)
    page.playhead.flush()
    page.arranging._settle()
    assert 290 not in page.state_table.visible_rows()
    page.timeline.setSliderDown(False)
    qtbot.waitUntil(lambda: 290 in page.state_table.visible_rows())


def test_a_jump_to_the_last_row_gets_there_also_when_a_cell_was_clicked_before(
    qtbot: QtBot, open_window, tmp_path: Path
) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "many.jsonl"
    path.write_text(
        "".join(
            json.dumps({"type": "AccountOpened", "data": {"accountId": f"acc-{at:03}", "owner": "Ada"}})
            + "\n"
            for at in range(300)
        )
    )
    window = open_window(path)
    page, table = window.page, window.page.state_table
    page.playhead.move_to(100)
    qtbot.waitUntil(lambda: 99 in table.visible_rows())
    where = table.visualRect(page.state_model.index(98, 1)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=where)
    qtbot.waitUntil(lambda: table.entity == "acc-098")
    for position in (120, 250, 300):
        page.playhead.move_to(position)
        qtbot.waitUntil(lambda position=position: position - 1 in table.visible_rows())
    page.playhead.move_to(90)
    qtbot.waitUntil(lambda: page.state_model.rowCount() == 90)
    page.playhead.move_to(295)
    qtbot.waitUntil(lambda: 294 in table.visible_rows())


def test_the_menu_of_a_row_with_many_columns_is_no_taller_than_a_screen(
    qtbot: QtBot, open_window, tmp_path: Path
) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "wide.jsonl"
    members = {f"member{at}": at for at in range(120)}
    path.write_text(json.dumps({"type": "Placed", "orderId": "ord-1", **members}) + "\n")
    page = open_window(path).page
    menu = page.offering.menu_for(page.state_model.index(0, 1))
    assert menu.sizeHint().height() < 500
    assert any(action.menu() is not None for action in menu.actions())
    menu.close()
