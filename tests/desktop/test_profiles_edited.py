"""Can one change, by keys and mouse, how records become events, see before what that comes to, and keep it?"""

import json
import shlex
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from explorer.cli.parsers import window_parser
from explorer.desktop.files.fields_dialog import FieldsDialog
from explorer.desktop.files.steps_table import ENTER, PATH, READ
from explorer.desktop.window.main_window import MainWindow
from explorer.eventlog.profiles.profile import Unwrapping, load
from explorer.session.options import OpenOptions
from tests.desktop.conftest import OpenWindow
from tests.desktop.hands import name_file

Key, LEFT = Qt.Key, Qt.MouseButton.LeftButton


@pytest.fixture
def wrapped(tmp_path: Path) -> Path:
    """Deposits whose payload is JSON in hexadecimal digits, in a member that nobody would guess."""
    log = tmp_path / "wrapped.jsonl"
    log.write_text("".join(line(n) for n in range(1, 31)))
    return log


def line(number: int, member: str = "stuff") -> str:
    inner = json.dumps({"amount": number, "note": "x"})
    row = {"type": "MoneyDeposited", "at": f"2026-01-{number:02}", "account": f"a{number % 2}"}
    return json.dumps(row | {member: {"deep": {"er": {"still": inner.encode().hex()}}}}) + "\n"


def opened(qtbot: QtBot, window: MainWindow, path: Path, folder: Path) -> FieldsDialog:
    window.open_path(str(path), OpenOptions(profiles_dir=folder))
    qtbot.waitUntil(lambda: window.page.document is not None and not window.opening)
    return dialog_of(qtbot, window)


def dialog_of(qtbot: QtBot, window: MainWindow) -> FieldsDialog:
    window.parts.rereading.choose_fields()
    dialog = window.findChildren(FieldsDialog)[-1]
    qtbot.waitExposed(dialog)
    known(qtbot, dialog)
    return dialog


def known(qtbot: QtBot, dialog: FieldsDialog) -> None:
    qtbot.waitUntil(dialog.export.isEnabled)


def balances(dialog: FieldsDialog) -> list[str]:
    state = dialog.preview.state
    heads = [state.head(column).text for column in range(state.column_total())]
    return (
        [state.text(row, heads.index("balance")) for row in range(state.rows)] if "balance" in heads else []
    )


def edit(qtbot: QtBot, dialog: FieldsDialog, row: int, column: int, text: str) -> None:
    table = dialog.steps_table
    table.setFocus()
    table.setCurrentIndex(dialog.steps.index(row, column))
    qtbot.keyClick(table, Key.Key_F2)
    box = table.findChildren(QComboBox)[-1]  # one that was used before may not be gone yet
    line_edit = box.lineEdit()
    assert line_edit is not None
    line_edit.selectAll()
    qtbot.keyClicks(line_edit, text)
    qtbot.keyClick(box, Key.Key_Tab)


def test_a_step_by_keys_is_seen_before_read_and_kept_for_the_next_log_of_the_shape(
    qtbot: QtBot, open_window: OpenWindow, wrapped: Path, tmp_path: Path
) -> None:
    window, folder = open_window(None), tmp_path / "profiles"
    dialog = opened(qtbot, window, wrapped, folder)
    assert dialog.preview.events.rows == 10
    assert set(balances(dialog)) <= {"", "0"}
    edit(qtbot, dialog, 0, PATH, "stuff.deep.er.still")
    edit(qtbot, dialog, 0, READ, "rot13")
    assert "“rot13” is no way to read a value" in dialog.problem.text()
    edit(qtbot, dialog, 0, READ, "hex json")
    assert dialog.steps.steps == (Unwrapping("stuff.deep.er.still", ("hex", "json")),)
    line_edit = dialog.choices["data"].lineEdit()
    assert line_edit is not None
    line_edit.selectAll()
    qtbot.keyClicks(line_edit, "stuff.deep.er.still")
    qtbot.waitUntil(lambda: balances(dialog) == ["25", "30"])
    QTest.mouseClick(dialog.save, LEFT)
    qtbot.waitUntil(lambda: any(folder.glob("*.toml")))
    known(qtbot, dialog)
    qtbot.waitUntil(dialog.forget.isEnabled)
    qtbot.keyClick(dialog, Key.Key_Return)
    qtbot.waitUntil(lambda: not dialog.isVisible())
    qtbot.waitUntil(lambda: totals(window) == ["225", "240"])
    window.parts.workspaces.copy_link()
    said = window_parser().parse_args(shlex.split(QGuiApplication.clipboard().text())[1:])
    assert 'read = ["hex", "json"]' in said.profile
    other = wrapped.with_name("other.jsonl")
    other.write_text("".join(line(n) for n in range(1, 11)))
    dialog = opened(qtbot, window, other, folder)
    assert balances(dialog) == ["25", "30"]
    assert "saved for logs of this shape" in dialog.source.text()
    QTest.mouseClick(dialog.forget, LEFT)
    qtbot.waitUntil(lambda: not any(folder.glob("*.toml")))
    known(qtbot, dialog)
    dialog.reject()


def totals(window: MainWindow) -> list[str]:
    view = window.page.state_model.view
    if view is None or "balance" not in view.columns:
        return []
    return sorted(view.text(row, view.columns.index("balance")) for row in range(view.row_count))


def test_cancel_leaves_all_as_it_was(
    qtbot: QtBot, open_window: OpenWindow, wrapped: Path, tmp_path: Path
) -> None:
    window, folder = open_window(None), tmp_path / "profiles"
    dialog = opened(qtbot, window, wrapped, folder)
    document, options = window.page.document, window.options
    edit(qtbot, dialog, 0, PATH, "stuff")
    dialog.order.setFocus()
    qtbot.keyClick(dialog.order, Key.Key_End)
    known(qtbot, dialog)
    qtbot.keyClick(dialog, Key.Key_Escape)
    assert not dialog.isVisible()
    assert window.page.document is document
    assert window.options == options
    assert not folder.exists()
    dialog = dialog_of(qtbot, window)
    assert dialog.steps.steps == ()
    assert dialog.order.currentData() is None
    dialog.reject()


def test_a_profile_is_exported_and_loaded_elsewhere(
    qtbot: QtBot, open_window: OpenWindow, wrapped: Path, tmp_path: Path
) -> None:
    window, folder = open_window(None), tmp_path / "profiles"
    dialog = opened(qtbot, window, wrapped, folder)
    edit(qtbot, dialog, 0, PATH, "stuff.deep.er.still")
    assert dialog.steps.value(0, READ) == "auto"
    line_edit = dialog.choices["data"].lineEdit()
    assert line_edit is not None
    line_edit.selectAll()
    qtbot.keyClicks(line_edit, "stuff.deep.er.still")
    qtbot.waitUntil(lambda: balances(dialog) == ["25", "30"])
    file = tmp_path / "mine.toml"
    QTest.mouseClick(dialog.export, LEFT)
    name_file(qtbot, file)
    qtbot.waitUntil(file.exists)
    qtbot.waitUntil(lambda: "The profile is saved" in dialog.problem.text())
    dialog.reject()
    assert load(file).fields.data == "stuff.deep.er.still"
    dialog = dialog_of(qtbot, window)
    assert set(balances(dialog)) <= {"", "0"}
    QTest.mouseClick(dialog.load, LEFT)
    name_file(qtbot, file)
    qtbot.waitUntil(lambda: balances(dialog) == ["25", "30"])
    assert dialog.profile.currentText() == "made for wrapped.jsonl"
    broken = tmp_path / "broken.toml"
    broken.write_text("name = 3")
    dialog.load_from(str(broken))
    assert "it is no profile" in dialog.problem.text()
    dialog.reject()


def test_a_profile_that_comes_with_the_program_is_chosen_by_keys_and_a_step_removed(
    qtbot: QtBot, open_window: OpenWindow, tmp_path: Path
) -> None:
    log = tmp_path / "axon.jsonl"
    row = {"payload_type": "MoneyDeposited", "aggregate_identifier": "a", "sequence_number": 1,
           "payload": '{"amount":5}'}  # fmt: skip
    log.write_text(f"{json.dumps(row)}\n" * 3)
    window = open_window(None)
    dialog = opened(qtbot, window, log, tmp_path / "none")
    assert dialog.source.text().startswith("Axon Framework 4, domain_event_entry")
    assert [step.path for step in dialog.steps.steps] == ["payload"]
    dialog.steps_table.setFocus()
    dialog.steps_table.setCurrentIndex(dialog.steps.index(0, ENTER))
    qtbot.keyClick(dialog.steps_table, Key.Key_Delete)
    assert dialog.steps.steps == ()
    dialog.profile.setFocus()
    qtbot.keyClicks(dialog.profile, "Stripe")
    assert dialog.profile.currentText().startswith("Stripe")
    known(qtbot, dialog)
    assert dialog.source.text().startswith("Stripe")
    dialog.reject()


def test_what_cannot_be_read_so_is_said_and_the_dialog_stays(
    qtbot: QtBot, open_window: OpenWindow, wrapped: Path, tmp_path: Path
) -> None:
    window = open_window(None)
    dialog = opened(qtbot, window, wrapped, tmp_path / "none")
    document = window.page.document
    line_edit = dialog.choices["kind"].lineEdit()
    assert line_edit is not None
    line_edit.selectAll()
    qtbot.keyClicks(line_edit, "nowhere")
    qtbot.keyClick(line_edit, Key.Key_Return)
    qtbot.waitUntil(lambda: "no record has a field nowhere" in dialog.problem.text())
    assert dialog.isVisible()
    assert dialog.preview.events.rows == 0
    assert not dialog.save.isEnabled()
    assert window.page.document is document
    dialog.reject()
