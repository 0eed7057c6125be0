"""Can a log begin with what somebody copied, or with nothing, and does what was pasted go away again?"""

from decimal import Decimal
from pathlib import Path

from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from explorer.desktop.files.new_logs import NewLogs
from explorer.desktop.window.main_window import MainWindow
from explorer.session.files.scratch import is_copy, is_pasted
from tests.desktop.conftest import OpenWindow
from tests.desktop.hands import name_file

SEED = """const events = [
  { type: 'AccountOpened', data: { accountId: 'acc-1', owner: 'Ada' }, at: '2026-01-01T09:00:00Z' },
  { type: 'MoneyDeposited', data: { accountId: 'acc-1', amount: 50.10, }, at: '2026-01-02T09:00:00Z' }, // pay day
];"""


def paste(window: MainWindow, text: str) -> None:
    QApplication.clipboard().setText(text)
    window.actions_by_name["new_logs.paste"].trigger()


def test_a_list_that_was_copied_out_of_a_course_is_a_log_at_once_and_goes_away_again(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = open_window(None)
    paste(window, SEED)
    qtbot.waitUntil(lambda: window.page.document is not None and window.page.document.complete)
    document = window.page.document
    assert document is not None
    assert document.path is not None
    assert dict(document.history.state(2).items())["acc-1"]["balance"] == Decimal("50.10")
    assert is_pasted(document.path)
    assert window.parts is not None
    assert window.parts.copies.told.isVisible()  # it can be saved elsewhere
    assert window.settings.recent == []  # and nobody looks for it again
    path = Path(document.path)
    paste(window, '{"type":"A","v":1}\n{"type":"B","v":2}\n')
    qtbot.waitUntil(lambda: window.page.document is not document)
    assert not path.exists()
    assert not is_copy(str(path))


def test_an_empty_clipboard_and_what_is_no_log_are_said(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(None)
    paste(window, " \n")
    assert "no text on the clipboard" in window.status.whole_text()
    paste(window, "%PDF-1.4 what is this")
    qtbot.waitUntil(lambda: len(window.findChildren(QMessageBox)) == 1)
    (box,) = window.findChildren(QMessageBox)
    assert "it looks like a PDF document" in box.text() + box.informativeText()
    box.close()
    assert window.page.document is None


def test_a_new_log_is_an_empty_file_and_the_commands_are_at_hand(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window = open_window(None)
    window.actions_by_name["new_logs.ask"].trigger()
    name_file(qtbot, tmp_path / "mine.jsonl")
    qtbot.waitUntil(lambda: window.page.document is not None)
    assert (tmp_path / "mine.jsonl").read_bytes() == b""
    assert window.page.panels.docks["commands"].isVisible()
    assert isinstance(window.parts and window.parts.new_logs, NewLogs)
