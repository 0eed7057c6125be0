"""Can one ask by mouse and keys what would have been, and is the log left alone?"""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QInputDialog, QMenu
from pytestqt.qtbot import QtBot

from explorer.cli.main import main
from explorer.desktop.events.events_model import MARK, TYPE
from explorer.desktop.panels.per_log import PerLog
from explorer.desktop.projections.query_dialog import QueryDialog
from explorer.desktop.tables.table_model import TextRows
from explorer.desktop.what_if.what_if_panel import EventDialog
from explorer.desktop.window.main_window import MainWindow
from explorer.history.edits import Edit
from explorer.projection.model import Recipe
from explorer.resources import resource
from tests.desktop.conftest import OpenWindow

# the platform without a display cannot hold the keyboard for a menu; a real one can
pytestmark = pytest.mark.qt_log_ignore("grabbing the keyboard", extend=True)

Key, Mod = Qt.Key, Qt.KeyboardModifier


def rows(model: TextRows) -> list[list[str]]:
    return [[model.text(row, at) for at in range(model.columnCount())] for row in range(model.rowCount())]


def difference(window: MainWindow) -> list[list[str]]:
    return rows(window.page.branching.panel.rows)


def right_click(qtbot: QtBot, window: MainWindow, row: int, word: str) -> None:
    """Choose what has `word` in it from the menu of an event, by mouse and keys."""
    table = window.page.events_table
    at = table.visualRect(window.page.events_model.index(row, TYPE)).center()
    table.customContextMenuRequested.emit(at)
    menu = table.findChildren(QMenu)[-1]
    qtbot.waitUntil(menu.isVisible)
    action = next(each for each in menu.actions() if word in each.text())
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())


def test_a_skipped_event_is_struck_out_and_what_follows_is_told(qtbot: QtBot, lesson: MainWindow) -> None:
    before = Path(lesson.page.document.path).read_bytes()  # type: ignore[union-attr, arg-type]
    right_click(qtbot, lesson, 1, "skipped")
    panel = lesson.page.branching.panel
    assert lesson.page.panels.in_front("what-if")
    qtbot.waitUntil(lambda: difference(lesson) == [["acc-1", "balance", "20", "−30"]])
    assert rows(panel.rejected)[0][0] == "3"
    assert rows(panel.rejected)[0][3] == "acc-1 has 0, which is less than 30"
    assert "would have rejected 1 event" in panel.said.whole_text()
    cells = [lesson.page.events_model.cells(row) for row in range(3)]
    struck = [cell[TYPE].font is not None and cell[TYPE].font.strikeOut() for cell in cells]
    assert struck == [False, True, False]
    assert cells[1][MARK].text == "−"
    # stepping shows it at each point; the row of the change takes it back
    lesson.activateWindow()
    qtbot.waitUntil(lesson.isActiveWindow)
    qtbot.keyClick(lesson.page.events_table, Key.Key_Home)
    qtbot.waitUntil(lambda: lesson.page.playhead.position == 0)
    qtbot.waitUntil(lambda: difference(lesson) == [])
    panel.edits_table.setFocus()
    panel.edits_table.selectRow(0)
    qtbot.keyClick(panel.edits_table, Key.Key_Delete)
    assert rows(panel.edits) == []
    assert lesson.page.events_model.cells(1)[MARK].text == ""
    assert Path(lesson.page.document.path).read_bytes() == before  # type: ignore[union-attr, arg-type]


def test_an_event_is_edited_by_keys_and_nonsense_is_not_taken(qtbot: QtBot, lesson: MainWindow) -> None:
    qtbot.keyClick(lesson.page.events_table, Key.Key_E, Mod.ShiftModifier)
    dialog = lesson.findChildren(EventDialog)[-1]
    qtbot.waitExposed(dialog)
    assert '"MoneyWithdrawn"' in dialog.text()
    ok = dialog.buttons.button(dialog.buttons.StandardButton.Ok)
    dialog.editor.selectAll()
    QTest.keyClicks(dialog.editor, "{nonsense")
    assert not ok.isEnabled()
    assert "the edit of event 3" in dialog.said.text()
    dialog.editor.selectAll()
    QTest.keyClicks(dialog.editor, '{"amount": 49.99}')
    assert ok.isEnabled()
    qtbot.keyClick(dialog.editor, Key.Key_Tab)
    ok.setFocus()
    qtbot.keyClick(ok, Key.Key_Space)
    qtbot.waitUntil(lambda: difference(lesson) == [["acc-1", "balance", "20", "0.01"]])
    assert "no rule is broken" in lesson.page.branching.panel.said.whole_text()


def test_branches_are_kept_side_by_side(qtbot: QtBot, lesson: MainWindow) -> None:
    panel = lesson.page.branching.panel
    lesson.page.playhead.move_to(3)
    qtbot.keyClick(lesson.page.events_table, Key.Key_X, Mod.ShiftModifier)
    qtbot.waitUntil(lambda: difference(lesson) == [["acc-1", "balance", "20", "50"]])
    QTest.mouseClick(panel.begin, Qt.MouseButton.LeftButton)
    assert panel.names.count() == 2
    assert lesson.page.events_model.cells(2)[MARK].text == "▶"
    right_click(qtbot, lesson, 1, "inserted")
    dialog = lesson.findChildren(EventDialog)[-1]
    dialog.editor.setPlainText('{"type": "MoneyDeposited", "data": {"accountId": "acc-1", "amount": 5}}')
    dialog.accept()
    qtbot.waitUntil(lambda: difference(lesson) == [["acc-1", "balance", "20", "50", "25"]])
    panel.offers["rename"].trigger()
    asked = lesson.findChildren(QInputDialog)[-1]
    qtbot.waitExposed(asked)
    asked.setTextValue("a gift")
    qtbot.keyClick(asked, Key.Key_Return)
    assert panel.names.currentText() == "a gift"
    across, shown = Qt.Orientation.Horizontal, Qt.ItemDataRole.DisplayRole
    qtbot.waitUntil(lambda: panel.rows.headerData(4, across, shown) == "a gift")
    panel.offers["remove"].trigger()
    qtbot.waitUntil(lambda: difference(lesson) == [["acc-1", "balance", "20", "50"]])
    assert lesson.page.events_model.cells(2)[TYPE].font.strikeOut()  # type: ignore[union-attr]


def test_branches_stay_when_the_order_changes_and_go_with_the_log(
    qtbot: QtBot, lesson: MainWindow, tmp_path: Path
) -> None:
    right_click(qtbot, lesson, 1, "skipped")
    lesson.page.header.order_chosen.emit("time")
    qtbot.waitUntil(lambda: lesson.page.document is not None and lesson.page.document.order == "time")
    qtbot.waitUntil(lambda: len(difference(lesson)) == 1)
    other = tmp_path / "other.jsonl"
    other.write_text('{"type":"MoneyDeposited","data":{"accountId":"b","amount":1},"at":"2026-01-01"}\n')
    lesson.open_path(str(other))
    qtbot.waitUntil(lambda: lesson.page.branching.panel.names.count() == 0)
    assert difference(lesson) == []
    assert "never written" in lesson.page.branching.panel.said.whole_text()


def test_the_menu_key_offers_the_current_event(qtbot: QtBot, lesson: MainWindow) -> None:
    table = lesson.page.events_table
    table.setFocus()
    table.customContextMenuRequested.emit(QPoint(-1, -1))
    menu = table.findChildren(QMenu)[-1]
    qtbot.waitUntil(menu.isVisible)
    assert menu.actions()[0].text().replace("&", "") == "What if it were skipped?"
    qtbot.keyClick(menu, Key.Key_Escape)
    assert QApplication.activePopupWidget() is None


def test_where_no_rule_is_known_it_is_not_said_that_none_is_broken(
    qtbot: QtBot, open_window: OpenWindow
) -> None:
    window = open_window(resource("samples", "orders.jsonl"))
    window.page.playhead.move_to(2)
    right_click(qtbot, window, 1, "skipped")
    panel = window.page.branching.panel
    qtbot.waitUntil(lambda: "No rule was tried: none is known" in panel.said.whole_text())
    assert "broken" not in panel.said.whole_text()
    assert "No rule was tried" in rows(panel.rejected)[0][3]
    panel.rejected_asked.emit(0)  # a click there leads nowhere
    assert window.page.playhead.position == 2
    checks = window.page.checking.panel
    qtbot.waitUntil(lambda: "No rule is looked at" in checks.said.whole_text())


def marks(window: MainWindow) -> list[str]:
    cells = [window.page.events_model.cells(row) for row in range(3)]
    return [
        "struck" if cell[TYPE].font is not None and cell[TYPE].font.strikeOut() else cell[MARK].text
        for cell in cells
    ]


def read_by(qtbot: QtBot, window: MainWindow, recipe: Recipe) -> None:
    before = window.page.document
    window.parts.read_models.chosen.emit(recipe)
    qtbot.waitUntil(lambda: window.page.document is not before and not window.opening)


def test_of_a_branch_only_what_it_is_now_is_kept(qtbot: QtBot, lesson: MainWindow) -> None:
    branching = lesson.page.branching
    for place in (1, 2, 3):
        branching.change("skip", place)
        qtbot.waitUntil(lambda: branching.branches.front in branching._worked)
    assert list(branching._worked) == branching.branches.kept


def test_what_is_skipped_is_struck_out_by_whatever_read_model(qtbot: QtBot, lesson: MainWindow) -> None:
    right_click(qtbot, lesson, 1, "skipped")
    qtbot.waitUntil(lambda: difference(lesson) == [["acc-1", "balance", "20", "−30"]])
    read_by(qtbot, lesson, Recipe("latest"))
    assert marks(lesson)[1] == "struck"
    qtbot.waitUntil(lambda: not lesson.page.branching._working.running)
    assert lesson.page.branching.panel.edits.rowCount() == 1
    lesson.parts.rereading.reload()
    qtbot.waitUntil(lambda: not lesson.opening)
    assert marks(lesson)[1] == "struck"


def test_branches_come_back_with_their_log_and_with_the_program(
    qtbot: QtBot, open_window, tmp_path: Path
) -> None:  # type: ignore[no-untyped-def]
    log, other = tmp_path / "log.jsonl", tmp_path / "other.jsonl"
    log.write_bytes(resource("samples", "three-events.jsonl").read_bytes())
    other.write_bytes(resource("samples", "two-accounts.jsonl").read_bytes())
    window = open_window(log)
    right_click(qtbot, window, 1, "skipped")
    window.open_path(str(other))
    qtbot.waitUntil(lambda: window.page.branching.panel.names.count() == 0)
    window.open_path(str(log))
    qtbot.waitUntil(lambda: window.page.branching.panel.names.count() == 1)
    assert marks(window)[1] == "struck"
    window.close()
    again = open_window(log)  # with the settings of the one before, as at the next start
    assert again.page.branching.panel.names.currentText() == "What if 1"
    assert marks(again)[1] == "struck"
    qtbot.waitUntil(lambda: difference(again) == [["acc-1", "balance", "20", "−30"]])
    again.close()
    log.write_bytes(other.read_bytes())
    changed = open_window(log)
    assert "the log has changed" in changed.page.branching.panel.said.whole_text().lower()


def test_branches_and_a_query_travel_in_a_workspace(qtbot: QtBot, open_window, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    log, file = tmp_path / "log.jsonl", tmp_path / "there.hxw"
    log.write_bytes(resource("samples", "three-events.jsonl").read_bytes())
    window = open_window(log)
    right_click(qtbot, window, 1, "skipped")
    window.parts.read_models.query_written.emit(Recipe("query.sql", "sql", "SELECT half"))
    window.parts.workspaces.save_to(str(file))
    window.close()
    window.settings.store.remove("logs")  # as on another machine, where nothing is known of the log
    there = open_window(None)
    assert PerLog(there.settings).of_path(str(log), "branches") == ""
    there.open_path(str(file))
    qtbot.waitUntil(lambda: there.page.document is not None and not there.opening)
    assert marks(there)[1] == "struck"
    there.parts.rereading._choose_projection("sql")
    editor = there.findChildren(QueryDialog)[-1]
    assert editor.editor.toPlainText() == "SELECT half"
    editor.reject()


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ('{"type": "Strange"}', "unknown-type"),
        ('{"amount": "much"}', "not-applied"),
        ('{"at": "soon"}', "no-time"),
    ],
)
def test_what_is_odd_about_an_event_of_the_branch_is_said_as_the_command_says_it(
    qtbot: QtBot, lesson: MainWindow, capsys: pytest.CaptureFixture[str], written: str, kind: str
) -> None:
    document, branching = lesson.page.document, lesson.page.branching
    assert document is not None
    assert document.path is not None
    branching._add(Edit("edit", 2, written))
    panel = branching.panel
    qtbot.waitUntil(lambda: panel.warned.rowCount() == 1)
    assert panel.tabs.tabText(2) == "Warnings (1)"
    main(["what-if", document.path, "--edit", f"2={written}", "--format", "json", "--no-cache"])
    (told,) = json.loads(capsys.readouterr().out)["warnings"]
    assert told["kind"] == kind
    assert rows(panel.warned) == [["2", told["text"]]]
    assert told["text"] in panel.said.whole_text()
    assert panel.said.property("role") == "warning"
    lesson.page.playhead.move_to(0)
    panel.warned_table.activated.emit(panel.warned.index(0, 0))
    assert lesson.page.playhead.position == 1  # nothing of the log stands in its place
    branching.take_back(0)
    qtbot.waitUntil(lambda: panel.warned.rowCount() == 0)
    assert panel.tabs.tabText(2) == "Warnings"
