"""Can one say, by keys and mouse, what the fields and types of a log mean, and is it remembered?"""

import shlex
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QComboBox
from pytestqt.qtbot import QtBot

from explorer.cli.parsers import window_parser
from explorer.desktop import plain
from explorer.desktop.files.fields_dialog import FieldsDialog
from explorer.desktop.files.meanings_table import MEANS
from explorer.desktop.window.main_window import MainWindow
from explorer.eventlog.read_as import ReadAs
from explorer.projection import account_names as names
from explorer.session.document import Document
from explorer.session.files.workspace import load
from explorer.session.options import DEFAULTS
from tests.desktop.conftest import OpenWindow

Key = Qt.Key


@pytest.fixture
def odd(tmp_path: Path) -> Path:
    log = tmp_path / "odd.jsonl"
    lines = [
        '{"type":"AccountOpened","data":{"accountId":"a","owner":"Ada"},"at":"2026-01-01"}',
        '{"type":"Bonus<b>","data":{"accountId":"a","amount":7},"at":"2026-01-02"}',
        '{"type":"MoneyDeposited","data":{"accountId":"a","amount":5},"at":"2026-01-03"}',
    ]
    log.write_text("\n".join(lines) + "\n")
    return log


def balance(window: MainWindow) -> str:
    view = window.page.state_model.view
    return "" if view is None or not view.row_count else view.text(0, view.columns.index("balance"))


def dialog_of(qtbot: QtBot, window: MainWindow) -> FieldsDialog:
    window.parts.rereading.choose_fields()
    dialog = window.findChildren(FieldsDialog)[-1]
    qtbot.waitExposed(dialog)
    return dialog


def test_a_type_gets_a_meaning_by_keys_and_the_log_is_read_so_again_next_time(
    qtbot: QtBot, open_window: OpenWindow, odd: Path
) -> None:
    window = open_window(odd)
    assert balance(window) == "5"
    dialog = dialog_of(qtbot, window)
    told = [dialog.meanings.index(row, column).data() for row in range(3) for column in (0, MEANS)]
    assert told[2:4] == ["Bonus<b>", "by its name: means nothing to accounts"]
    assert told[5].startswith("by its name: MoneyDeposited")
    dialog.table.setFocus()
    dialog.table.setCurrentIndex(dialog.meanings.index(1, MEANS))
    qtbot.keyClick(dialog.table, Key.Key_F2)
    box = dialog.table.findChild(QComboBox)
    assert box is not None
    qtbot.keyClick(box, Key.Key_Down)
    qtbot.keyClick(box, Key.Key_Down)
    qtbot.keyClick(box, Key.Key_Tab)
    assert dialog.meanings.chosen() == {"Bonus<b>": names.DEPOSITED}
    qtbot.keyClick(dialog, Key.Key_Return)
    qtbot.waitUntil(lambda: balance(window) == "12")
    window.close_log()
    window.open_path(str(odd))
    qtbot.waitUntil(lambda: balance(window) == "12")
    window.page.header.projection_chosen.emit("accounts")
    qtbot.waitUntil(lambda: window.page.header.projection.currentData() == "accounts")
    assert balance(window) == "12"


def test_a_meaning_is_taken_back_with_the_mouse(qtbot: QtBot, open_window: OpenWindow, odd: Path) -> None:
    window = open_window(odd)
    dialog = dialog_of(qtbot, window)
    dialog.meanings.choose(2, names.IGNORED)
    dialog.accept()
    qtbot.waitUntil(lambda: balance(window) == "0")
    dialog = dialog_of(qtbot, window)
    place = dialog.table.visualRect(dialog.meanings.index(2, MEANS)).center()
    QTest.mouseClick(dialog.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(dialog.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    box = dialog.table.findChild(QComboBox)
    assert box is not None
    assert box.currentText() == "means nothing to accounts"
    qtbot.keyClick(box, Key.Key_Home)
    assert dialog.meanings.chosen() == {}
    dialog.accept()
    qtbot.waitUntil(lambda: balance(window) == "5")


def test_a_store_opens_in_the_window_like_any_log(
    qtbot: QtBot, open_window: OpenWindow, shared_data: Path
) -> None:
    folder = shared_data / "eventsourcing"
    before = [(each.name, each.stat().st_size, each.stat().st_mtime_ns) for each in sorted(folder.iterdir())]
    window = open_window(folder / "bank.sqlite")
    document = window.page.document
    assert document is not None
    assert document.event_count == 2_000
    assert "SQLite, table stored_events" in window.status.whole_text()
    raw = document.raw_text(1_999)
    assert raw.startswith('{"timestamp":{"_type_":"datetime_iso"')
    assert document.place_text(1_999) == "row 2,000"
    dialog = dialog_of(qtbot, window)
    found = {
        dialog.meanings.index(row, 0).data(): dialog.meanings.index(row, MEANS).data() for row in range(9)
    }
    assert "MoneyWithdrawn" in found["__main__:BankAccount.TransferredOut"]
    assert dialog.table.editTriggers() != QAbstractItemView.EditTrigger.NoEditTriggers
    dialog.reject()
    assert before == [
        (each.name, each.stat().st_size, each.stat().st_mtime_ns) for each in sorted(folder.iterdir())
    ]


def test_a_field_that_no_record_has_is_said_in_the_dialog_and_nothing_is_read_anew(
    qtbot: QtBot, open_window: OpenWindow, odd: Path
) -> None:
    window = open_window(odd)
    document = window.page.document
    dialog = dialog_of(qtbot, window)
    dialog.choices["time"].setEditText("att")
    qtbot.keyClick(dialog.choices["time"], Key.Key_Return)
    assert dialog.isVisible()
    assert "no record has a field att; there are at, type, data" in dialog.problem.text()
    assert window.page.document is document
    dialog.choices["time"].setEditText("at")
    dialog.accept()
    assert not dialog.isVisible()
    qtbot.waitUntil(lambda: window.page.document is not document)


def test_the_record_itself_can_be_chosen_as_the_payload(
    qtbot: QtBot, open_window: OpenWindow, tmp_path: Path
) -> None:
    log = tmp_path / "ledger.jsonl"
    log.write_text('{"type":"T","who":"ann","sum":5,"data":{"calls":1}}\n' * 3)
    window = open_window(log)
    dialog = dialog_of(qtbot, window)
    assert dialog.choices["data"].currentText() == "data"
    dialog.choices["data"].setCurrentText("(the record itself)")
    dialog.accept()
    qtbot.waitUntil(lambda: window.page.document is not None and window.page.document.fields.data is None)
    dialog = dialog_of(qtbot, window)
    assert dialog.choices["data"].currentText() == "(the record itself)"
    dialog.reject()


# --- how it is written ---------------------------------------------------------------------------


def test_the_encoding_is_chosen_remembered_and_goes_with_workspace_and_link(
    qtbot: QtBot, open_window: OpenWindow, tmp_path: Path
) -> None:
    log = tmp_path / "old.csv"
    rows = [f"AccountOpened,2024-01-0{day},a{day},Jürgen" for day in range(1, 8)]
    rows.append("AccountOpened,2024-01-09,b,Ada")
    log.write_bytes("\n".join(["type,at,account,owner", *rows, ""]).encode("mac-roman"))
    window = open_window(log)
    assert "Jürgen" not in text_of(window)
    dialog = dialog_of(qtbot, window)
    line = dialog.read_as.encoding.lineEdit()
    assert line is not None
    line.selectAll()
    qtbot.keyClicks(line, "cp438")
    qtbot.keyClick(line, Key.Key_Return)
    assert "no encoding of this name" in dialog.problem.text()
    line.selectAll()
    qtbot.keyClicks(line, "mac-roman")
    qtbot.keyClick(line, Key.Key_Return)
    qtbot.waitUntil(lambda: "Jürgen" in text_of(window))
    window.parts.workspaces.copy_link()
    said = window_parser().parse_args(shlex.split(QGuiApplication.clipboard().text())[1:])
    assert said.encoding == "mac-roman"
    file = tmp_path / "w.hxw"
    window.parts.workspaces.save_to(str(file))
    assert load(file).view.read_as == ReadAs("mac-roman")
    window.close_log()
    window.open_path(str(log))  # as it was said
    qtbot.waitUntil(lambda: "Jürgen" in text_of(window))
    other = open_window(None)
    other.open_path(str(log), DEFAULTS)  # as it is found
    qtbot.waitUntil(lambda: other.page.document is not None)
    assert "Jürgen" not in text_of(other)
    other.open_path(str(file))
    qtbot.waitUntil(lambda: "Jürgen" in text_of(other))
    dialog = dialog_of(qtbot, other)
    assert dialog.read_as.encoding.currentText() == "mac-roman"
    dialog.reject()


def test_header_and_names_of_columns_are_chosen_and_the_fields_are_found_anew(
    qtbot: QtBot, open_window: OpenWindow, tmp_path: Path
) -> None:
    log = tmp_path / "bare.csv"
    rows = [f"2024-01-0{day},MoneyDeposited,a,{day}" for day in (1, 2, 3)]
    log.write_text("when,what,who,much\n" + "\n".join(rows) + "\n")
    window = open_window(log)
    dialog = dialog_of(qtbot, window)
    assert dialog.read_as.columns is not None
    assert dialog.read_as.header is not None
    assert dialog.read_as.columns.placeholderText() == "when,what,who,much"
    dialog.read_as.header.setFocus()
    qtbot.keyClick(dialog.read_as.header, Key.Key_End)  # the first row is an event
    qtbot.keyClicks(dialog.read_as.columns, 'at,type,at,"a, b"')
    qtbot.keyClick(dialog.read_as.columns, Key.Key_Return)
    assert "named twice" in dialog.problem.text()
    dialog.read_as.columns.clear()
    qtbot.keyClicks(dialog.read_as.columns, 'at,type,accountId,"amount, in EUR"')
    qtbot.keyClick(dialog.read_as.columns, Key.Key_Return)
    qtbot.waitUntil(lambda: window.page.document is not None and window.page.document.event_count == 4)
    document = window.page.document
    assert document is not None
    names = ("at", "type", "accountId", "amount, in EUR")
    assert tuple(document.event(1).record) == names
    assert (document.fields.type, document.fields.time, document.fields.entity) == ("type", "at", "accountId")
    assert window.options.read_as == ReadAs(None, False, names)
    window.parts.workspaces.copy_link()
    said = window_parser().parse_args(shlex.split(QGuiApplication.clipboard().text())[1:])
    assert (said.header, said.columns) == (False, names)
    window.close_log()
    window.open_path(str(log))
    qtbot.waitUntil(lambda: window.page.document is not None and window.page.document.event_count == 4)


def test_a_log_of_json_has_no_columns_to_name(qtbot: QtBot, open_window: OpenWindow, odd: Path) -> None:
    dialog = dialog_of(qtbot, open_window(odd))
    assert dialog.read_as.encoding.isVisible()
    assert dialog.read_as.columns is None
    dialog.reject()


def text_of(window: MainWindow) -> str:
    document = window.page.document
    return "" if document is None else document.raw_text(document.row_of_position(1))


def test_all_of_it_fits_a_small_screen_where_text_is_twice_as_large(qtbot: QtBot, odd: Path) -> None:
    before = QApplication.font()
    large = QApplication.font()
    large.setPointSizeF(before.pointSizeF() * 2)
    QApplication.setFont(large)
    try:
        with closing(Document.open(str(odd))) as document:
            dialog = FieldsDialog(document)
            qtbot.addWidget(dialog)
            dialog.show()
            room = dialog.screen().availableGeometry().size()  # 800 × 800 where it is drawn offscreen
            assert dialog.minimumSizeHint().width() <= room.width() - plain.FRAME.width()
            assert dialog.height() <= room.height() - plain.FRAME.height()
            qtbot.waitUntil(lambda: dialog.preview.events.rowCount() > 0)
            dialog.reject()
    finally:
        QApplication.setFont(before)
