"""Can a person ask when something held, and say what must always hold?"""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from explorer.desktop.find.checks_panel import CheckDialog
from explorer.desktop.window.main_window import MainWindow
from explorer.resources import resource

Key = Qt.Key
Ctrl, Shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def bank(open_window):
    return open_window(resource("samples", "small-bank.jsonl"))


@pytest.fixture
def overdrawn(open_window, tmp_path: Path):
    steps = [("Opened", None), ("Withdrawn", 5), ("Deposited", 5), ("Withdrawn", 7)]
    lines = (
        f'{{"type":"{"Account" if amount is None else "Money"}{kind}","data":{{"accountId":"a"'
        + ("" if amount is None else f',"amount":{amount}')
        + f'}},"at":"2026-01-0{day}T00:00:00Z"}}\n'
        for day, (kind, amount) in enumerate(steps, 1)
    )
    path = tmp_path / "overdrawn.jsonl"
    path.write_text("".join(lines))
    return open_window(path)


def settled(qtbot: QtBot, window: MainWindow, position: int) -> None:
    qtbot.waitUntil(lambda: window.page.header.where.text().startswith(f"{position:,} of "))


def ask(qtbot: QtBot, window: MainWindow, condition: str) -> None:
    qtbot.keyClick(window, Key.Key_F, Ctrl | Shift)
    line = window.page.finding.panel.line
    qtbot.waitUntil(line.hasFocus)
    qtbot.keyClicks(line, condition)


def rows(window: MainWindow) -> list[list[str]]:
    model = window.page.finding.panel.hits.model
    return [[str(model.index(row, column).data()) for column in (1, 2, 3)] for row in range(model.rowCount())]


def test_every_interval_in_which_a_condition_held_is_listed(qtbot: QtBot, overdrawn: MainWindow) -> None:
    ask(qtbot, overdrawn, "balance < 0")
    qtbot.waitUntil(
        lambda: overdrawn.page.finding.panel.said.whole_text().startswith("2 intervals, of 1 account")
    )
    assert rows(overdrawn) == [
        ["a", "2 · 2026-01-02 00:00", "3 · 2026-01-03 00:00"],
        ["a", "4 · 2026-01-04 00:00", "the end"],
    ]


def test_a_click_or_a_key_goes_to_where_it_held(qtbot: QtBot, overdrawn: MainWindow) -> None:
    ask(qtbot, overdrawn, "balance < 0")
    qtbot.waitUntil(lambda: len(rows(overdrawn)) == 2)
    hits = overdrawn.page.finding.panel.hits
    place = hits.table.visualRect(hits.model.index(0, 1)).center()
    qtbot.mouseClick(hits.table.viewport(), LEFT, pos=place)
    settled(qtbot, overdrawn, 2)
    assert overdrawn.page.state_table.entity == "a"
    assert hits.model.index(0, 0).data() == "▶"
    qtbot.keyClick(hits.table, Key.Key_Down)
    settled(qtbot, overdrawn, 4)
    qtbot.keyClick(overdrawn, Key.Key_F3, Shift)
    settled(qtbot, overdrawn, 2)
    qtbot.keyClick(overdrawn, Key.Key_F3)
    settled(qtbot, overdrawn, 4)
    qtbot.mouseClick(hits.strip, LEFT, pos=QPoint(5, 2))
    settled(qtbot, overdrawn, 2)


def test_an_error_points_into_the_condition_and_what_was_found_stays(
    qtbot: QtBot, overdrawn: MainWindow
) -> None:
    ask(qtbot, overdrawn, "balance < 0")
    qtbot.waitUntil(lambda: len(rows(overdrawn)) == 2)
    panel = overdrawn.page.finding.panel
    qtbot.keyClicks(panel.line, " and sttus = 1")
    qtbot.waitUntil(lambda: "there is no field “sttus”" in panel.said.whole_text())
    assert panel.line.property("wrong") == "true"
    assert not panel.check.isEnabled()
    assert len(rows(overdrawn)) == 2


def test_a_condition_is_made_a_check(qtbot: QtBot, overdrawn: MainWindow) -> None:
    ask(qtbot, overdrawn, "balance < 100")
    panel = overdrawn.page.finding.panel
    qtbot.waitUntil(lambda: panel.said.whole_text().startswith("1 interval,"))
    qtbot.mouseClick(panel.check, LEFT)
    checking = overdrawn.page.checking
    qtbot.waitUntil(lambda: len(checking.violations.checked) == 3)
    assert overdrawn.page.panels.in_front("checks")
    assert checking.checks[-1].condition == "balance < 100"
    assert overdrawn.page.checking.panel.model.index(2, 3).data() == "✓ never"


def test_an_account_log_is_checked_by_itself_and_the_keys_go_to_violations(
    qtbot: QtBot, overdrawn: MainWindow
) -> None:
    qtbot.waitUntil(lambda: overdrawn.page.checking.violations.positions.tolist() == [2, 4])
    assert "broken here: No balance below zero (1)" in overdrawn.status.whole_text()
    for key, position in ((Key.Key_F7, 2), (Key.Key_Home, 0), (Key.Key_F8, 2), (Key.Key_F8, 4)):
        qtbot.keyClick(overdrawn, key)
        settled(qtbot, overdrawn, position)
    qtbot.keyClick(overdrawn, Key.Key_Left)
    settled(qtbot, overdrawn, 3)
    assert "broken" not in overdrawn.status.whole_text()


def test_the_violations_of_a_check_are_listed_and_lead_there(qtbot: QtBot, overdrawn: MainWindow) -> None:
    qtbot.waitUntil(lambda: len(overdrawn.page.checking.violations.positions) == 2)
    qtbot.keyClick(overdrawn, Key.Key_I, Ctrl | Shift)
    panel = overdrawn.page.checking.panel
    qtbot.waitUntil(panel.table.hasFocus)
    told = [panel.model.index(0, column).data() for column in (1, 2, 3, 4)]
    assert told == ["No balance below zero", "balance >= 0", "✗ 2 times", "✗ 1 broken"]
    place = panel.hits.table.visualRect(panel.hits.model.index(0, 1)).center()
    qtbot.mouseClick(panel.hits.table.viewport(), LEFT, pos=place)
    settled(qtbot, overdrawn, 2)


def test_a_check_is_switched_off_and_on_with_the_space_bar(qtbot: QtBot, overdrawn: MainWindow) -> None:
    checking = overdrawn.page.checking
    qtbot.waitUntil(lambda: len(checking.violations.positions) == 2)
    qtbot.keyClick(overdrawn, Key.Key_I, Ctrl | Shift)
    table = checking.panel.table
    qtbot.waitUntil(table.hasFocus)
    qtbot.keyClick(table, Key.Key_Space)
    qtbot.waitUntil(lambda: not len(checking.violations.positions))
    assert checking.panel.model.index(0, 3).data() == "off"
    assert overdrawn.page.header.where.text().startswith("4 of")  # and nothing is played
    tick = table.visualRect(checking.panel.model.index(0, 0)).center()
    assert checking.panel.model.index(0, 0).data() == "☐"
    qtbot.mouseClick(table.viewport(), LEFT, pos=tick)
    qtbot.waitUntil(lambda: len(checking.violations.positions) == 2)
    assert checking.panel.model.index(0, 0).data() == "☑"


def test_checks_are_added_changed_removed_and_kept_for_the_log(
    qtbot: QtBot, overdrawn: MainWindow, open_window, tmp_path: Path
) -> None:
    checking = overdrawn.page.checking
    qtbot.waitUntil(lambda: len(checking.violations.checked) == 2)
    overdrawn.page.panels.bring_up("checks")
    qtbot.waitUntil(checking.panel.add.isVisible)
    qtbot.mouseClick(checking.panel.add, LEFT)
    dialog = overdrawn.findChild(CheckDialog)
    assert dialog is not None
    ok = dialog.buttons.button(dialog.buttons.StandardButton.Ok)
    qtbot.keyClicks(dialog.condition, "balance <= ")
    assert not ok.isEnabled()
    qtbot.keyClicks(dialog.condition, "1")
    qtbot.keyClicks(dialog.name, "little")
    qtbot.mouseClick(ok, LEFT)
    qtbot.waitUntil(lambda: len(checking.violations.checked) == 3)
    assert [check.name for check in checking.checks][-1] == "little"
    checking.panel.table.selectRow(0)
    qtbot.mouseClick(checking.panel.remove, LEFT)
    qtbot.waitUntil(lambda: len(checking.violations.checked) == 2)
    other = open_window(tmp_path / "overdrawn.jsonl")
    assert [check.name for check in other.page.checking.checks] == ["A closed account is empty", "little"]
    qtbot.waitUntil(lambda: len(other.page.checking.violations.checked) == 2)


def test_the_condition_is_asked_of_the_next_log_too(qtbot: QtBot, overdrawn: MainWindow) -> None:
    ask(qtbot, overdrawn, "status = 'frozen'")
    qtbot.waitUntil(lambda: overdrawn.page.finding.panel.said.whole_text() == "It never held.")
    overdrawn.open_path(str(resource("samples", "small-bank.jsonl")))
    qtbot.waitUntil(lambda: len(rows(overdrawn)) > 0)


def test_a_duration_is_told_in_one_unit_rather_than_cut(qtbot: QtBot, open_window) -> None:  # type: ignore[no-untyped-def]
    window = open_window(resource("samples", "small-bank.jsonl"))
    window.resize(1280, 800)
    ask(qtbot, window, "balance < 500")
    qtbot.waitUntil(lambda: len(rows(window)) > 2)
    hits = window.page.finding.panel.hits
    duration = hits.model.index(0, hits.model.columnCount() - 1)
    qtbot.waitUntil(lambda: duration.data() == "27 d")
    assert "27 d 22 h" in duration.data(Qt.ItemDataRole.ToolTipRole)
    assert duration.data(Qt.ItemDataRole.AccessibleTextRole) == "27 d 22 h"
    assert hits.table.horizontalScrollBar().maximum() == 0
    window.page.panels.docks["find"].setFloating(True)
    window.page.panels.docks["find"].resize(900, 300)
    qtbot.waitUntil(lambda: duration.data() == "27 d 22 h")


def test_places_and_durations_are_whole_where_counts_have_no_room(
    qtbot: QtBot, open_window, shared_data: Path
) -> None:  # type: ignore[no-untyped-def]
    window = open_window(shared_data / "bank" / "berka_events.jsonl")
    window.resize(1280, 800)
    ask(qtbot, window, "balance < 500")
    qtbot.waitUntil(lambda: len(rows(window)) > 100)
    table = window.page.finding.panel.hits.table
    last = table.model().columnCount() - 1
    qtbot.waitUntil(lambda: table.isColumnHidden(last - 1))
    assert table.horizontalScrollBar().maximum() == 0
    assert table.columnViewportPosition(last) + table.columnWidth(last) <= table.viewport().width()
