"""Are the lines seen that an event runs, with the values before and after, step by step?"""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from explorer.desktop.code.code_panel import CodePanel
from explorer.desktop.window.main_window import MainWindow
from explorer.projection.javascript import available
from explorer.projection.javascript_lines import can_tell
from explorer.resources import resource
from explorer.session.options import OpenOptions, Recipe
from tests.desktop.conftest import OpenWindow

pytestmark = pytest.mark.skipif(not available() or not can_tell(), reason="needs the extra `javascript`")


def panel_of(window: MainWindow) -> CodePanel:
    window.page.panels.bring_up("code")
    found = window.findChild(CodePanel)
    assert isinstance(found, CodePanel)
    return found


def rows(panel: CodePanel) -> list[list[str]]:
    model = panel.rows
    return [[model.index(row, column).data() or "" for column in range(4)] for row in range(model.rowCount())]


def lit(panel: CodePanel) -> list[str]:
    lines = panel.code.toPlainText().split("\n")
    return [lines[line - 1].strip() for line in sorted(panel.code.lit)]


def press(qtbot: QtBot, button: QToolButton) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_the_lines_of_the_event_are_lit_and_what_they_did_stands_beside_them(
    qtbot: QtBot, lesson: MainWindow
) -> None:
    panel = panel_of(lesson)
    lesson.page.playhead.move_to(3)
    qtbot.waitUntil(lambda: "case 'MoneyWithdrawn':" in lit(panel))
    assert lit(panel)[-1] == "return { ...state, balance: state.balance - data.amount };"
    assert "case 'MoneyDeposited':" not in lit(panel)
    assert rows(panel) == [
        ["", "owner", '"Ada"', '"Ada"'], ["~", "balance", "50", "20"], ["", "status", '"open"', '"open"'],
    ]  # fmt: skip
    assert panel.where.whole_text() == "acc-1: 4 lines ran, in 4 steps"
    press(qtbot, panel.on)
    press(qtbot, panel.on)
    assert panel.where.whole_text().startswith("Step 2 of 4: line ")
    names = {row[1]: row for row in rows(panel)}
    assert names["type"][2] == "'MoneyWithdrawn'"
    assert len(panel.code.here) >= 1
    press(qtbot, panel.back)
    press(qtbot, panel.back)
    assert panel.where.whole_text().startswith("acc-1: 4 lines")
    lesson.page.playhead.move_to(2)
    qtbot.waitUntil(lambda: "case 'MoneyDeposited':" in lit(panel))
    lesson.page.playhead.move_to(0)
    qtbot.waitUntil(lambda: panel.said.text() == "Nothing has happened yet: the state is the initial one.")
    assert lit(panel) == []


def test_the_same_fold_stands_beside_it_in_python(qtbot: QtBot, lesson: MainWindow) -> None:
    panel = panel_of(lesson)
    lesson.page.playhead.move_to(2)
    qtbot.waitUntil(lambda: bool(lit(panel)))
    assert [panel.tabs.tabText(at) for at in range(panel.tabs.count())] == ["JavaScript", "Python"]
    panel.tabs.setCurrentIndex(1)
    qtbot.waitUntil(lambda: bool(lit(panel)))
    assert lit(panel)[-1] == 'return {**state, "balance": state["balance"] + data["amount"]}'
    assert ["~", "balance", "0", "50"] in rows(panel)


def test_a_transfer_is_shown_in_the_state_of_either_account(qtbot: QtBot, open_window: OpenWindow) -> None:
    window = open_window(resource("samples", "small-bank.jsonl"))
    document = window.page.document
    assert document is not None
    place = next(at for at in range(1, document.event_count) if document.event(at).type == "MoneyTransferred")
    panel = panel_of(window)
    window.page.playhead.move_to(place)
    qtbot.waitUntil(lambda: panel.entities.count() == 2)
    qtbot.waitUntil(lambda: "case 'MoneyTransferred': {" in lit(panel))
    first = rows(panel)
    panel.entities.setCurrentIndex(1)
    panel.entities.activated.emit(1)
    qtbot.waitUntil(lambda: rows(panel) != first)
    assert panel.where.whole_text().startswith(str(panel.entities.itemData(1)))


def test_of_a_program_of_ones_own_the_lines_are_those_that_really_ran(
    qtbot: QtBot, open_window: OpenWindow, tmp_path: Path
) -> None:
    text = (
        "def key(event):\n    return 'all'\n\n\ndef half(n):\n    return n // 2\n\n\n"
        "def evolve(state, event):\n    n = (state or {'n': 7})['n']\n    while n > 3:\n        n = half(n)\n"
        "    if event['position'] == 3:\n        n = n.boom\n    return {'n': n + 4}\n"
    )
    window = open_window(None)
    window.open_path(
        str(resource("samples", "three-events.jsonl")),
        OpenOptions(projection=Recipe("mine.py", "python", text)),
    )
    qtbot.waitUntil(lambda: window.page.document is not None and window.page.document.complete)
    panel = panel_of(window)
    window.page.playhead.move_to(1)
    qtbot.waitUntil(lambda: "n = half(n)" in lit(panel))
    assert "n = n.boom" not in lit(panel)
    assert "return n // 2" in lit(panel)
    assert [panel.tabs.tabText(at) for at in range(panel.tabs.count())] == ["Python"]
    window.page.playhead.move_to(3)
    qtbot.waitUntil(lambda: "n = n.boom" in lit(panel))
    assert "evolve failed: AttributeError" in panel.said.text()


def test_without_code_it_says_so(qtbot: QtBot, open_window: OpenWindow) -> None:
    window = open_window(None)
    query = "SELECT data.accountId AS account, count(*) AS n FROM events GROUP BY account"
    window.open_path(
        str(resource("samples", "three-events.jsonl")),
        OpenOptions(projection=Recipe("q.sql", "sql", query)),
    )
    qtbot.waitUntil(lambda: window.page.document is not None)
    panel = panel_of(window)
    assert panel.hint.isVisible()
    assert not panel.code.isVisible()
