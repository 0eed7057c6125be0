"""Does a person see what old events become: side by side, counted, and what no chain covers?"""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from explorer.desktop.projections.read_models import TrustDialog
from explorer.desktop.upcasting.upcast_panel import MARK

STEPS = '[[step]]\ntype = "MoneyDeposited"\nfrom = 1\nrename = { cents = "amount" }\nmultiply = { amount = "0.01" }\n'
PROGRAM = (
    "from decimal import Decimal\n"
    "def up(data):\n    return {'accountId': data['accountId'], 'amount': data['cents'] * Decimal('0.01')}\n"
    "upcasters = {('MoneyDeposited', 1): up}\n"
)


@pytest.fixture
def old_log(tmp_path: Path) -> Path:
    path = tmp_path / "old.jsonl"
    events = [
        {"type": "AccountOpened", "data": {"accountId": "a", "owner": "Ada"}},
        {"type": "MoneyDeposited", "schemaVersion": 1, "data": {"accountId": "a", "cents": 1250}},
        {"type": "MoneyDeposited", "schemaVersion": 2, "data": {"accountId": "a", "amount": 1}},
        {"type": "MoneyDeposited", "schemaVersion": 5, "data": {"accountId": "a", "amount": 2}},
    ]
    path.write_text(
        "".join(json.dumps({**e, "at": f"2026-01-0{day}"}) + "\n" for day, e in enumerate(events, 1))
    )
    return path


def shown(window):
    panel = window.page.panels.docks["upcast"].part.widget
    return [
        [panel.table.model().index(row, column).data() for column in range(panel.table.model().columnCount())]
        for row in range(panel.table.model().rowCount())
    ]


def test_old_events_are_lifted_shown_side_by_side_and_what_is_not_covered_is_gone_to(
    qtbot, open_window, old_log, tmp_path
):
    window = open_window(str(old_log))
    page = window.page
    page.panels.bring_up("upcast")
    panel = page.panels.docks["upcast"].part.widget
    qtbot.waitUntil(panel.isVisible)
    assert panel.hint.isVisible()
    (tmp_path / "steps.toml").write_text(STEPS)
    window.parts.upcasters.open_file(str(tmp_path / "steps.toml"))
    qtbot.waitUntil(lambda: page.document is not None and page.document.upcasting is not None)
    assert dict(page.document.history.state(4).items())["a"]["balance"].as_tuple() == (0, (1, 5, 5, 0), -2)
    versions = panel.versions.model()
    rows = [[versions.index(row, column).data() for column in range(5)] for row in range(versions.rowCount())]
    assert rows == [
        ["AccountOpened", "1", "1", "=", ""],
        ["MoneyDeposited", "1", "1", "2", ""],
        ["MoneyDeposited", "2", "1", "=", ""],
        ["MoneyDeposited", "5", "1", "=", "! no chain covers it"],
    ]
    page.events_table.setFocus()
    qtbot.keyClick(page.events_table, Qt.Key.Key_Home)
    qtbot.keyClick(page.events_table, Qt.Key.Key_Right)
    qtbot.keyClick(page.events_table, Qt.Key.Key_Right)
    page.playhead.flush()
    assert page.playhead.position == 2
    qtbot.waitUntil(lambda: len(shown(window)) == 4)
    assert shown(window)[1:] == [
        ["", "accountId", '"a"', '"a"'],
        ["−", "cents", "1250", "−"],
        ["+", "amount", "", "+ 12.50"],
    ]
    assert panel.said.whole_text() == "Version 1 becomes version 2"
    assert page.document.raw_text(page.document.row_of_position(2)).count("cents") == 1  # the raw event stays
    qtbot.mouseClick(panel.next, Qt.MouseButton.LeftButton)
    assert page.playhead.position == 4
    qtbot.waitUntil(lambda: "No step leads from version 5" in panel.said.whole_text())
    panel.tabs.setCurrentIndex(1)
    panel.versions.setFocus()
    panel.versions.setCurrentIndex(versions.index(2, 0))
    qtbot.keyClick(panel.versions, Qt.Key.Key_Return)
    assert page.playhead.position == 3
    assert panel.table.model().headerData(MARK, Qt.Orientation.Horizontal) is None


def test_upcasters_that_are_saved_anew_are_used_anew_and_wrong_ones_are_said(
    qtbot, open_window, old_log, tmp_path
):
    window = open_window(str(old_log))
    file = tmp_path / "steps.toml"
    file.write_text(STEPS)
    window.parts.upcasters.open_file(str(file))
    page = window.page
    qtbot.waitUntil(lambda: page.document is not None and page.document.upcasting is not None)
    file.write_text(STEPS.replace("0.01", "0.1"))
    qtbot.waitUntil(lambda: str(dict(page.document.history.state(2).items())["a"]["balance"]) == "125.0")
    file.write_text(STEPS + "[[step]]\ntype = 3\n")
    bar = window.parts.wrong_files.upcasters
    qtbot.waitUntil(lambda: bar.isVisible() and "line 6, column 1" in bar.text.whole_text())
    assert str(dict(page.document.history.state(2).items())["a"]["balance"]) == "125.0"
    window.actions_by_name["upcasters.leave"].trigger()
    qtbot.waitUntil(lambda: page.document is not None and page.document.upcasting is None)
    assert not bar.isVisible()


def test_a_program_of_upcasters_is_shown_before_it_runs(qtbot, open_window, old_log, tmp_path):
    window = open_window(str(old_log))
    file = tmp_path / "steps.py"
    file.write_text(PROGRAM)
    page = window.page
    window.parts.upcasters.open_file(str(file))
    dialog = window.findChild(TrustDialog)
    assert dialog is not None
    assert "upcasters" in dialog.text.toPlainText()
    run = next(each for each in dialog.findChildren(QPushButton) if each.text() == "Run it")
    qtbot.mouseClick(run, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.document is not None and page.document.upcasting is not None)
    page.panels.bring_up("upcast")
    page.playhead.move_to(2)
    page.playhead.flush()
    qtbot.waitUntil(lambda: ["+", "amount", "", "+ 12.50"] in shown(window))
