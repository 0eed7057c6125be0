"""Can one give commands by keys and mouse, see event, fold and state, and is nothing written that is not to be?"""

import errno
import os
import shutil
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from explorer.desktop.commands.command_panel import CommandPanel
from explorer.desktop.events.events_model import TYPE
from explorer.desktop.tables.table_model import TextRows
from explorer.desktop.window.main_window import MainWindow
from explorer.eventlog import stamp
from explorer.eventlog.log_style import Draft
from explorer.eventlog.writer import Writer
from explorer.projection.javascript import available
from explorer.resources import resource
from explorer.session.options import OpenOptions, Recipe
from tests.desktop.conftest import OpenWindow

Key, Left = Qt.Key, Qt.MouseButton.LeftButton


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """A copy of the lesson that may be written to."""
    path = tmp_path / "lesson.jsonl"
    shutil.copyfile(resource("samples", "three-events.jsonl"), path)
    path.chmod(0o600)
    return path


@pytest.fixture
def window(open_window: OpenWindow, log: Path) -> MainWindow:
    return open_window(log)


def panel(window: MainWindow) -> CommandPanel:
    return window.page.commanding.panel


def rows(model: TextRows) -> list[list[str]]:
    return [[model.text(row, at) for at in range(model.columnCount())] for row in range(model.rowCount())]


def switch_on(qtbot: QtBot, window: MainWindow) -> None:
    window.page.commanding.show()
    QTest.mouseClick(panel(window).switch, Left)
    box = window.findChildren(QMessageBox)[-1]
    assert "no event can be taken back" in box.text()
    yes = next(each for each in box.findChildren(QPushButton) if "Record" in each.text())
    QTest.mouseClick(yes, Left)
    qtbot.waitUntil(lambda: window.page.commanding.recording)


def give(qtbot: QtBot, window: MainWindow, kind: str, **values: str) -> None:
    """Choose a command and write what it needs, by keys; Enter gives it."""
    there = panel(window)
    there.kind.setCurrentIndex(there.kind.findData(kind))
    for name, text in values.items():
        there.fields[name].selectAll()
        QTest.keyClicks(there.fields[name], text)
    qtbot.keyClick(there.fields["account"], Key.Key_Return)


def balance(window: MainWindow) -> str:
    view = window.page.state_model.view
    return "" if view is None or not view.row_count else view.text(0, view.columns.index("balance"))


def test_nothing_can_be_written_before_recording_is_switched_on(
    qtbot: QtBot, window: MainWindow, log: Path
) -> None:
    before = log.read_bytes()
    window.page.commanding.show()
    assert not panel(window).form.isEnabled()
    assert "nothing is written before" in panel(window).said.whole_text()
    give(qtbot, window, "deposit", account="acc-1", amount="5")
    QTest.mouseClick(panel(window).switch, Left)
    box = window.findChildren(QMessageBox)[-1]
    qtbot.keyClick(box, Key.Key_Escape)
    assert not window.page.commanding.recording
    assert not panel(window).switch.isChecked()
    assert log.read_bytes() == before
    assert sorted(path.name for path in log.parent.iterdir()) == [log.name, "settings.ini"]


def test_who_records_on_a_network_drive_is_warned_before(
    qtbot: QtBot, window: MainWindow, log: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    device = log.stat().st_dev
    mounts = tmp_path / "mountinfo"
    mounts.write_text(f"36 35 {os.major(device)}:{os.minor(device)} / / rw - nfs4 server:/logs rw\n")
    monkeypatch.setattr(stamp, "MOUNTS", mounts)
    window.page.commanding.show()
    QTest.mouseClick(panel(window).switch, Left)
    box = window.findChildren(QMessageBox)[-1]
    assert "It lies on a network drive (nfs4)" in box.text()
    qtbot.keyClick(box, Key.Key_Escape)
    assert not window.page.commanding.recording


def test_what_a_command_has_changed_flashes_in_the_table_of_the_state(
    qtbot: QtBot, window: MainWindow
) -> None:
    grounds: set[str | None] = set()
    model = window.page.state_model
    model.dataChanged.connect(lambda *_: grounds.update(cell.ground for cell in model.cells(0)))
    switch_on(qtbot, window)
    give(qtbot, window, "withdraw", account="acc-1", amount="7.50")
    qtbot.waitUntil(lambda: model.flash.on)
    qtbot.waitUntil(lambda: not model.flash.on)
    assert {"now", "changed_soft"} <= grounds


def test_a_command_becomes_an_event_that_is_folded_and_shown(
    qtbot: QtBot, window: MainWindow, log: Path
) -> None:
    before = log.read_bytes()
    switch_on(qtbot, window)
    give(qtbot, window, "withdraw", account="acc-1", amount="7.50")
    qtbot.waitUntil(lambda: window.page.state_model.flash.on)  # the state says that it has changed
    qtbot.waitUntil(lambda: balance(window) == "12.50")
    assert window.page.playhead.position == 4
    (written,) = rows(panel(window).written)
    assert written[:2] == ["4", "Withdraw 7.50 from acc-1"]
    assert written[2] == "20 − 7.50 = 12.50"
    said = panel(window).said.whole_text()
    assert said.startswith("MoneyWithdrawn 7.50 on ")
    assert said.endswith(": 20 − 7.50 = 12.50")
    model = window.page.events_model
    assert model.cells(3)[TYPE].text == "MoneyWithdrawn"
    assert model.cells(3)[TYPE].ground is not None  # the event at the playhead stands out
    after = log.read_bytes()
    assert after[: len(before)] == before
    assert after.count(b"\n") == 4
    document = window.page.document
    assert document is not None
    assert document.event(4).data == {"accountId": "acc-1", "amount": Decimal("7.50")}
    assert panel(window).fields["amount"].text() == ""
    assert panel(window).fields["account"].text() == "acc-1"
    qtbot.waitUntil(lambda: not window.page.state_model.flash.on)


def test_what_the_rules_reject_stands_in_its_own_lane_and_is_not_written(
    qtbot: QtBot, window: MainWindow, log: Path
) -> None:
    switch_on(qtbot, window)
    before = log.read_bytes()
    give(qtbot, window, "withdraw", account="acc-1", amount="30")
    give(qtbot, window, "deposit", account="acc-1", amount="much")
    give(qtbot, window, "transfer", account="acc-1", target="nobody", amount="1")
    QTest.mouseClick(panel(window).give, Left)
    assert [row[1:] for row in rows(panel(window).rejected)] == [
        ["Withdraw 30 from acc-1", "acc-1 has 20, which is less than 30"],
        ["Deposit", "the amount is not a number"],
        ["Transfer 1 from acc-1 to nobody", "there is no account nobody"],
        ["Transfer 1 from acc-1 to nobody", "there is no account nobody"],
    ]
    whole = panel(window).rejected.index(0, 2).data(Qt.ItemDataRole.ToolTipRole)
    assert "which is less than 30" in whole  # the cell may be too narrow for it
    assert "Nothing was written" in panel(window).said.whole_text()
    assert log.read_bytes() == before
    assert rows(panel(window).written) == []


def test_somebody_elses_event_is_a_conflict_that_the_person_retries(
    qtbot: QtBot, window: MainWindow, log: Path
) -> None:
    switch_on(qtbot, window)
    with Writer.open(log) as other:
        other.append([Draft("MoneyDeposited", {"accountId": "acc-1", "amount": 80})])
    between = log.read_bytes()
    give(qtbot, window, "withdraw", account="acc-1", amount="90")
    # the rules speak of what is on screen; a smaller amount gets as far as the log
    assert rows(panel(window).rejected)[-1][2] == "acc-1 has 20, which is less than 90"
    give(qtbot, window, "withdraw", account="acc-1", amount="15")
    qtbot.waitUntil(panel(window).conflict.isVisible)
    assert "the log has 4 events, not 3. Nothing was written." in panel(window).trouble.text()
    assert log.read_bytes() == between
    assert rows(panel(window).written) == []
    qtbot.keyClick(panel(window).again, Key.Key_Space)
    qtbot.waitUntil(lambda: len(rows(panel(window).written)) == 1)
    assert "100 − 15 = 85" in rows(panel(window).written)[0][2]
    assert not panel(window).conflict.isVisible()
    qtbot.waitUntil(lambda: balance(window) == "85")


def test_recording_ends_with_the_log_and_when_one_says_so(
    qtbot: QtBot, window: MainWindow, open_window: OpenWindow
) -> None:
    switch_on(qtbot, window)
    QTest.mouseClick(panel(window).switch, Left)
    assert not window.page.commanding.recording
    switch_on(qtbot, window)
    window.open_path(str(resource("samples", "small-bank.jsonl")))
    qtbot.waitUntil(lambda: not window.page.commanding.recording)
    assert not panel(window).form.isEnabled()


def test_a_chosen_account_is_the_one_that_a_command_is_about(qtbot: QtBot, window: MainWindow) -> None:
    window.page.state_table.choose("acc-1", "balance")
    assert panel(window).fields["account"].text() == "acc-1"


def test_the_form_asks_for_what_the_command_needs(window: MainWindow) -> None:
    window.page.commanding.show()
    there = panel(window)
    seen = {}
    for at in range(there.kind.count()):
        there.kind.setCurrentIndex(at)
        seen[there.kind.currentData()] = [
            name for name, field in there.fields.items() if not field.isHidden()
        ]
    assert seen["transfer"] == ["account", "target", "amount", "currency", "reason"]
    assert seen["open"] == ["account", "owner", "currency", "reason"]
    assert seen["freeze"] == ["account", "reason"]


def test_in_order_of_time_the_new_event_is_shown_where_it_stands(
    qtbot: QtBot, window: MainWindow, log: Path
) -> None:
    with log.open("a") as file:
        file.write(
            '{"type":"MoneyDeposited","data":{"accountId":"acc-1","amount":1},"at":"2100-01-01T00:00:00Z"}\n'
        )
    window.parts.rereading.reload()
    qtbot.waitUntil(lambda: window.page.document is not None and window.page.document.event_count == 4)
    window.page.header.order_chosen.emit("time")
    qtbot.waitUntil(lambda: window.page.document is not None and window.page.document.order == "time")
    switch_on(qtbot, window)
    give(qtbot, window, "deposit", account="acc-1", amount="2")
    qtbot.waitUntil(lambda: len(rows(panel(window).written)) == 1)
    assert rows(panel(window).written)[0] == ["4", "Deposit 2 to acc-1", "20 + 2 = 22"]
    qtbot.waitUntil(lambda: window.page.playhead.position == 4)


def test_all_of_it_is_done_by_keys_alone(qtbot: QtBot, window: MainWindow, log: Path) -> None:
    def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(QApplication.focusWidget() or window, key, modifier)

    def goes_to(widget: QWidget) -> None:
        for _ in range(20):
            if QApplication.focusWidget() is widget:
                return
            press(Key.Key_Tab)
        pytest.fail(f"Tab does not lead to {widget.accessibleName()}")

    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.page.events_table.setFocus()
    press(Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    there = panel(window)
    qtbot.waitUntil(there.switch.hasFocus)
    press(Key.Key_Space)
    box = window.findChildren(QMessageBox)[-1]
    qtbot.waitUntil(box.isActiveWindow)
    QTest.keyClick(box, Key.Key_R, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: window.page.commanding.recording)
    window.activateWindow()
    qtbot.waitUntil(there.fields["account"].hasFocus)
    QTest.keyClick(there.fields["account"], Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    assert there.kind.hasFocus()
    for _ in range(5):
        press(Key.Key_Down)
    assert there.form_now().name == "freeze"
    press(Key.Key_Tab)
    QTest.keyClicks(QApplication.focusWidget(), "acc-1")
    goes_to(there.give)
    press(Key.Key_Space)
    qtbot.waitUntil(lambda: len(rows(there.written)) == 1)
    press(Key.Key_Space)  # once more: the rules know by now
    assert rows(there.rejected) == [["✕", "Freeze acc-1", "acc-1 is frozen"]]
    document = window.page.document
    assert document is not None
    assert [document.event(at).type for at in (3, 4)] == ["MoneyWithdrawn", "AccountFrozen"]
    assert log.read_bytes().count(b"\n") == 4
    goes_to(there.written_table)
    window.page.playhead.move_to(1)
    press(Key.Key_Down)
    press(Key.Key_Return)  # and to the event that came of it
    qtbot.waitUntil(lambda: window.page.playhead.position == 4)


def test_a_medium_that_does_not_confirm_leaves_it_in_doubt_and_ends_recording(
    qtbot: QtBot, window: MainWindow, log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    switch_on(qtbot, window)
    asked = []

    def fails(file: int) -> None:
        asked.append(file)
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(os, "fsync", fails)
    give(qtbot, window, "withdraw", account="acc-1", amount="1")
    qtbot.waitUntil(lambda: not window.page.commanding.recording)
    there = panel(window)
    assert "whether the events were saved is not known" in there.said.whole_text()
    assert "open the log anew" in there.said.whole_text()
    assert len(asked) == 1  # who asks again is told a lie
    assert rows(there.written) == []  # nothing is claimed
    assert not there.form.isEnabled()
    before = log.read_bytes()
    qtbot.keyClick(there.fields["account"], Key.Key_Return)
    assert log.read_bytes() == before
    qtbot.waitUntil(lambda: window.page.document is not None and window.page.document.event_count == 4)


def test_behind_a_torn_end_a_command_writes_nothing_and_says_so(
    qtbot: QtBot, window: MainWindow, log: Path
) -> None:
    switch_on(qtbot, window)
    with log.open("ab") as other:
        other.write(b'{"type":"MoneyDepo')
    before = log.read_bytes()
    give(qtbot, window, "withdraw", account="acc-1", amount="1")
    qtbot.waitUntil(lambda: "incomplete last line" in panel(window).said.whole_text())
    assert log.read_bytes() == before
    assert rows(panel(window).written) == []


def test_recording_one_log_lets_nothing_be_written_to_another(
    qtbot: QtBot, window: MainWindow, open_window: OpenWindow, tmp_path: Path
) -> None:
    switch_on(qtbot, window)
    (tmp_path / "second").mkdir()
    second = tmp_path / "second" / "lesson.jsonl"  # of the same name
    shutil.copyfile(resource("samples", "three-events.jsonl"), second)
    before = second.read_bytes()
    other = open_window(second)
    other.page.commanding.show()
    assert not panel(other).form.isEnabled()
    give(qtbot, other, "withdraw", account="acc-1", amount="1")
    QTest.mouseClick(panel(other).give, Left)
    window.open_path(str(second))
    qtbot.waitUntil(lambda: not window.page.commanding.recording)
    give(qtbot, window, "withdraw", account="acc-1", amount="1")
    assert second.read_bytes() == before
    assert [path.name for path in second.parent.iterdir()] == [second.name]


def test_on_a_projector_both_lanes_show_rows_while_there_is_a_conflict(
    qtbot: QtBot, window: MainWindow, log: Path
) -> None:
    window.resize(1280, 720)
    switch_on(qtbot, window)
    there = panel(window)
    give(qtbot, window, "withdraw", account="acc-1", amount="300")
    with Writer.open(log) as other:
        other.append([Draft("MoneyDeposited", {"accountId": "acc-1", "amount": 80})])
    give(qtbot, window, "withdraw", account="acc-1", amount="1")
    qtbot.waitUntil(there.conflict.isVisible)
    assert window.size().toTuple() == (1280, 720)
    assert len(rows(there.rejected)) == 2
    for table in (there.written_table, there.rejected_table):
        qtbot.waitUntil(lambda view=table: view.viewport().height() >= 2 * view.rowHeight(0))
        for column in range(2):
            assert table.columnWidth(column) >= table.horizontalHeader().sectionSizeHint(column)


def test_why_no_command_is_given_while_upcasters_are_used_is_said(qtbot: QtBot, window: MainWindow) -> None:
    window.open_path(str(resource("samples", "old-and-new.jsonl")))
    window.parts.upcasters.open_file(str(resource("lessons", "cents-to-euros.toml")))
    qtbot.waitUntil(lambda: window.page.document is not None and window.page.document.upcasting is not None)
    window.page.commanding.show()
    assert not panel(window).switch.isEnabled()
    assert "No command can be given while upcasters read the log." in panel(window).said.whole_text()


# --- where there are no rules yet ----------------------------------------------------------------


def agree(window: MainWindow, button: str) -> str:
    """Press a button of the question before recording; what was said."""
    box = window.findChildren(QMessageBox)[-1]
    text = box.text()
    QTest.mouseClick(next(each for each in box.findChildren(QPushButton) if button in each.text()), Left)
    return text


def test_the_first_event_of_a_new_log_is_recorded_after_the_rules_of_accounts_are_chosen(
    qtbot: QtBot, open_window: OpenWindow, tmp_path: Path
) -> None:
    new = tmp_path / "new.jsonl"
    new.touch()
    window = open_window(None)
    window.open_path(str(new))
    qtbot.waitUntil(lambda: window.page.document is not None)
    qtbot.waitUntil(window.actions_by_name["commanding.record"].isEnabled)
    assert panel(window).said.whole_text() == "Commands need the accounts read model; Record… offers it."
    window.actions_by_name["commanding.record"].trigger()
    text = agree(window, "accounts")
    assert text.startswith("new.jsonl has no event yet, and nothing says what it is about.")
    assert "no event can be taken back" in text
    qtbot.waitUntil(lambda: window.page.commanding.recording)
    assert window.page.document is not None
    assert window.page.document.projection_name == "accounts"
    give(qtbot, window, "open", account="acc-1", owner="Ada")
    qtbot.waitUntil(lambda: window.page.document.event_count == 1)  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: window.page.playhead.position == 1)
    give(qtbot, window, "deposit", account="acc-1", amount="7.50")
    qtbot.waitUntil(lambda: balance(window) == "7.50")
    assert [row[:2] for row in rows(panel(window).written)] == [
        ["1", "Open acc-1"],
        ["2", "Deposit 7.50 to acc-1"],
    ]
    assert new.read_bytes().count(b"\n") == 2
    window.close_log()
    window.open_path(str(new))
    qtbot.waitUntil(lambda: window.page.document is not None)
    qtbot.waitUntil(lambda: balance(window) == "7.50")  # the log now says itself what it is about


def test_a_log_of_another_read_model_is_read_by_the_rules_of_accounts_if_one_agrees(
    qtbot: QtBot, window: MainWindow, log: Path
) -> None:
    window.parts.rereading._read_as(Recipe("latest"))
    qtbot.waitUntil(lambda: window.page.document.projection_name == "latest")  # type: ignore[union-attr]
    before = log.read_bytes()
    window.page.commanding.show()
    QTest.mouseClick(panel(window).switch, Left)
    box = window.findChildren(QMessageBox)[-1]
    qtbot.keyClick(box, Key.Key_Escape)
    assert window.page.document.projection_name == "latest"  # type: ignore[union-attr]
    QTest.mouseClick(panel(window).switch, Left)
    assert agree(window, "accounts").startswith("lesson.jsonl is read by the read model latest.")
    qtbot.waitUntil(lambda: window.page.commanding.recording)
    give(qtbot, window, "withdraw", account="acc-1", amount="7.50")
    qtbot.waitUntil(lambda: balance(window) == "12.50")
    assert log.read_bytes().startswith(before)


def test_recording_ends_in_words_when_a_read_model_without_rules_is_chosen(
    qtbot: QtBot, window: MainWindow, log: Path
) -> None:
    switch_on(qtbot, window)
    before = log.read_bytes()
    window.parts.rereading._read_as(Recipe("latest"))
    qtbot.waitUntil(lambda: not window.page.commanding.recording)
    assert "Recording has ended" in panel(window).said.whole_text()
    give(qtbot, window, "withdraw", account="acc-1", amount="1")
    assert log.read_bytes() == before


SEATS = """const key = (event) => event.data.seat;
const evolve = (state, { type, data }) => ({ by: type === 'SeatReserved' ? data.by : null });
const decide = (command, state) => {
  switch (command.type) {
    case 'ReserveSeat':
      if (state?.by) throw new Error(`the seat is ${state.by}'s`);
      return { type: 'SeatReserved', data: { seat: command.entity, by: command.data.by } };
    default:
      throw new Error('nobody knows such a command');
  }
};
"""


@pytest.mark.skipif(not available(), reason="needs the extra `javascript`")
def test_rules_of_ones_own_decide_in_any_domain_from_an_empty_log_on(
    qtbot: QtBot, open_window: OpenWindow, tmp_path: Path
) -> None:
    log = tmp_path / "seats.jsonl"
    log.write_bytes(b"")
    window = open_window(None)
    window.open_path(str(log), OpenOptions(projection=Recipe("seats.js", "javascript", SEATS)))
    qtbot.waitUntil(lambda: window.page.document is not None and window.page.document.complete)
    switch_on(qtbot, window)
    there = panel(window)
    assert [there.kind.itemText(at) for at in range(there.kind.count())] == ["ReserveSeat"]
    assert [name for name, field in there.fields.items() if field.isVisible()] == [
        "account",
        "data",
        "reason",
    ]
    for name, text in (("account", "A1"), ("data", '{"by": "Ada"}'), ("reason", "first come")):
        there.fields[name].setText(text)
    QTest.mouseClick(there.give, Left)
    qtbot.waitUntil(lambda: len(rows(there.written)) == 1)
    assert rows(there.written)[0][1] == "ReserveSeat A1"
    assert b'"reason":"first come"' in log.read_bytes().replace(b": ", b":")
    there.fields["data"].setText('{"by": "Linus"}')
    QTest.mouseClick(there.give, Left)
    qtbot.waitUntil(lambda: len(rows(there.rejected)) == 1)
    assert rows(there.rejected)[0] == ["✕", "ReserveSeat A1", "the seat is Ada's"]
    there.kind.setEditText("Burn")
    QTest.mouseClick(there.give, Left)
    qtbot.waitUntil(lambda: len(rows(there.rejected)) == 2)
    there.fields["data"].setText("{by: 1}")
    QTest.mouseClick(there.give, Left)
    assert rows(there.rejected)[2][2].startswith("its data is no JSON object")
    assert log.read_bytes().count(b"\n") == 1


def test_a_command_to_an_account_is_recorded_with_its_reason(
    qtbot: QtBot, window: MainWindow, log: Path
) -> None:
    switch_on(qtbot, window)
    give(qtbot, window, "deposit", account="acc-1", amount="5", reason="found it")
    qtbot.waitUntil(lambda: len(rows(panel(window).written)) == 1)
    assert b"found it" in log.read_bytes().split(b"\n")[-2]
