"""Does the window show what another program appends, and say what else becomes of the log's file?"""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialogButtonBox
from pytestqt.qtbot import QtBot

from explorer.cli.commands.generate import account_log
from explorer.desktop.files.exports import ExportDialog
from explorer.desktop.find import checks_panel as checking_module
from explorer.desktop.what_if.what_if_panel import EventDialog
from explorer.desktop.window.main_window import MainWindow
from explorer.eventlog import source as source_module
from explorer.session.files.exports import EventsExport
from tests.desktop.hands import dialog_in_front, gone, name_file

LINES = list(account_log(300, 9, 3))
AT_ONCE_S = 1.0
WRITER = """
import sys, time
with open(sys.argv[1], "ab", buffering=0) as log:
    for piece in sys.stdin.buffer.read().split(b"\\0"):
        log.write(piece)
        time.sleep(float(sys.argv[2]))
"""

type OpenWindow = Callable[[Path | None], MainWindow]


def other_program(path: Path, *pieces: str, every_s: float = 0.0) -> subprocess.Popen[bytes]:
    """A second process that appends `pieces`, one after the other."""
    process = subprocess.Popen(
        [sys.executable, "-I", "-S", "-c", WRITER, str(path), str(every_s)], stdin=subprocess.PIPE
    )
    assert process.stdin is not None
    process.stdin.write("\0".join(pieces).encode())
    process.stdin.close()
    return process


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """A log of 100 events, to which more will be appended."""
    path = tmp_path / "live.jsonl"
    path.write_text("".join(LINES[:100]))
    return path


def where(window: MainWindow) -> str:
    return window.page.header.where.text()


def test_what_another_program_appends_is_there_within_a_second_and_the_person_stays(
    open_window: OpenWindow, qtbot: QtBot, log: Path
) -> None:
    window = open_window(log)
    for _ in range(3):
        qtbot.keyClick(window.page.events_table, Qt.Key.Key_Left)
    qtbot.waitUntil(lambda: where(window) == "97 of 100")
    assert window.parts.following.state.text() == "● live"
    with other_program(log, *LINES[100:105]):
        pass
    begin = time.monotonic()
    qtbot.waitUntil(lambda: where(window) == "97 of 105")
    assert time.monotonic() - begin < 5 * AT_ONCE_S  # on a busy machine; `make bench` measures it
    assert not window.parts.following.bar.isVisible()
    document = window.page.document
    assert document is not None
    assert document.entry(104).type


def test_who_follows_the_end_stands_there_until_they_go_elsewhere(
    open_window: OpenWindow, qtbot: QtBot, log: Path
) -> None:
    window = open_window(log)
    qtbot.keyClick(window.page.events_table, Qt.Key.Key_Home)
    qtbot.waitUntil(lambda: where(window) == "0 of 100")
    qtbot.keyClick(window, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: where(window) == "100 of 100")
    assert window.parts.following.state.text() == "● live, at the end"
    assert window.actions_by_name["following.follow_end"].isChecked()
    with other_program(log, *LINES[100:110]):
        pass
    qtbot.waitUntil(lambda: where(window) == "110 of 110")
    qtbot.keyClick(window.page.events_table, Qt.Key.Key_Left)
    qtbot.waitUntil(lambda: where(window) == "109 of 110")
    assert window.parts.following.state.text() == "● live"
    assert not window.actions_by_name["following.follow_end"].isChecked()
    with other_program(log, *LINES[110:120]):
        pass
    qtbot.waitUntil(lambda: where(window) == "109 of 120")


def test_many_appends_are_all_there_once_each(open_window: OpenWindow, qtbot: QtBot, log: Path) -> None:
    window = open_window(log)
    window.actions_by_name["following.follow_end"].trigger()
    with other_program(log, *LINES[100:], every_s=0.003):
        qtbot.waitUntil(lambda: where(window) == "300 of 300", timeout=15_000)
    document = window.page.document
    assert document is not None
    assert [document.raw_text(row) for row in range(300)] == [line.strip() for line in LINES]


def test_half_a_line_waits_for_its_rest(open_window: OpenWindow, qtbot: QtBot, log: Path) -> None:
    window = open_window(log)
    half = len(LINES[100]) // 2
    with log.open("a") as file:
        file.write(LINES[100][:half])
    qtbot.waitUntil(lambda: window.page.document is not None and window.page.document.unread_count == 1)
    assert where(window) == "100 of 100"
    assert window.page.document is not None
    assert window.page.document.entry(100).type == "incomplete"
    with log.open("a") as file:
        file.write(LINES[100][half:])
    qtbot.waitUntil(lambda: where(window) == "100 of 101")
    assert window.page.document.unread_count == 0


def cut(log: Path) -> None:
    os.truncate(log, 500)


def rotate(log: Path) -> None:
    log.rename(log.with_suffix(".1"))
    log.write_text("".join(LINES[:3]))


def copy_and_truncate(log: Path) -> None:
    log.write_text("".join(LINES[100:290]))


def rewrite(log: Path) -> None:
    log.write_text(log.read_text().replace("MoneyDeposited", "MoneyDepozited"))


def delete(log: Path) -> None:
    log.unlink()


@pytest.mark.parametrize(
    ("happens", "said"),
    [
        (cut, "was cut from"),
        (rotate, "was replaced by another file of that name."),
        (copy_and_truncate, "was overwritten: its bytes are no longer those that were read."),
        (rewrite, "was overwritten"),
        (delete, "is not there any more"),
    ],
)
@pytest.mark.parametrize("large", [False, True])
def test_whatever_becomes_of_the_file_is_said_and_what_was_loaded_stays_readable(
    open_window: OpenWindow,
    qtbot: QtBot,
    log: Path,
    monkeypatch: pytest.MonkeyPatch,
    happens: Callable[[Path], None],
    said: str,
    large: bool,
) -> None:
    if large:
        monkeypatch.setattr(source_module, "KEPT_BYTES", 0)
    window = open_window(log)
    bar = window.parts.following.bar
    happens(log)
    qtbot.waitUntil(bar.isVisible)
    sentence = bar.text.whole_text()
    assert said in sentence
    assert sentence.startswith("! live.jsonl ")
    assert sentence.endswith("What was loaded stays readable.")
    assert window.parts.following.state.text() == "○ not live"
    for key in (Qt.Key.Key_Home, Qt.Key.Key_Right, Qt.Key.Key_End, Qt.Key.Key_Left):
        qtbot.keyClick(window.page.events_table, key)
        window.page.playhead.flush()
    assert where(window) == "99 of 100"
    window.grab()
    document = window.page.document
    assert document is not None
    assert document.state(99).row_count > 0
    qtbot.mouseClick(bar.dismiss, Qt.MouseButton.LeftButton)
    assert not bar.isVisible()


def test_the_log_is_read_anew_when_the_person_asks_for_it(
    open_window: OpenWindow, qtbot: QtBot, log: Path
) -> None:
    window = open_window(log)
    rotate(log)
    qtbot.waitUntil(window.parts.following.bar.isVisible)
    qtbot.mouseClick(window.parts.following.bar.reload, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: where(window).endswith("of 3"))
    assert not window.parts.following.bar.isVisible()
    with other_program(log, *LINES[3:6]):
        pass
    qtbot.waitUntil(lambda: where(window).endswith("of 6"))


def test_a_file_that_comes_back_takes_the_news_with_it(
    open_window: OpenWindow, qtbot: QtBot, log: Path
) -> None:
    window = open_window(log)
    log.rename(log.with_suffix(".away"))
    qtbot.waitUntil(window.parts.following.bar.isVisible)
    log.with_suffix(".away").rename(log)
    qtbot.waitUntil(lambda: not window.parts.following.bar.isVisible())


def test_the_filter_and_what_is_explained_stay(open_window: OpenWindow, qtbot: QtBot, log: Path) -> None:
    window = open_window(log)
    window.page.filter.setText("type:MoneyDeposited")
    document = window.page.document
    assert document is not None
    account = document.entity_at(50)
    assert account is not None
    window.page.state_table.choose(account, "balance")
    with other_program(log, *LINES[100:120]):
        pass
    qtbot.waitUntil(lambda: where(window) == "100 of 120")
    assert window.page.filter.text() == "type:MoneyDeposited"
    assert window.page.why.value == (account, "balance")
    assert window.page.state_table.entity == account


def test_what_takes_long_to_check_stays_as_it_was_found_while_the_log_grows_and_is_checked_again(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = (
        '{"type":"AccountOpened","data":{"accountId":"acc-1","owner":"Ada"},"at":"2026-01-01T00:00:00Z"}\n'
    )
    taken = '{"type":"MoneyWithdrawn","data":{"accountId":"acc-1","amount":5},"at":"2026-01-02T00:00:00Z"}\n'
    path = tmp_path / "overdrawn.jsonl"
    path.write_text(account + taken)
    window = open_window(path)
    checking = window.page.checking
    qtbot.waitUntil(lambda: checking.violations.positions.tolist() == [2])
    monkeypatch.setattr(checking_module, "AT_ONCE_S", -1.0)  # as if it had taken long
    monkeypatch.setattr(checking_module, "REST_SHARE", 0.5)
    found: list[list[int]] = []
    window.page.signals.violations_found.connect(lambda broken: found.append(broken.positions.tolist()))
    with other_program(path, account.replace("acc-1", "acc-2"), taken.replace("acc-1", "acc-2")):
        pass
    qtbot.waitUntil(lambda: window.page.playhead.last == 4)
    qtbot.waitUntil(lambda: checking.violations.positions.tolist() == [2, 4])
    assert [] not in found  # at no time was it said that nothing is broken


# --- what is asked in a dialog while the log grows ---------------------------------------------------


def test_an_export_that_was_asked_for_before_the_log_grew_is_of_that_moment(
    open_window: OpenWindow, qtbot: QtBot, log: Path, tmp_path: Path
) -> None:
    window = open_window(log)
    window.actions_by_name["exporting.events"].trigger()
    with other_program(log, *LINES[100:105]):
        pass
    qtbot.waitUntil(lambda: where(window) == "100 of 105")
    dialog = dialog_in_front(qtbot, ExportDialog)
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    gone(qtbot, ExportDialog)
    with other_program(log, *LINES[105:110]):
        pass
    qtbot.waitUntil(lambda: where(window) == "100 of 110")
    name_file(qtbot, tmp_path / "events.csv")
    qtbot.waitUntil((tmp_path / "events.csv").is_file)
    assert len((tmp_path / "events.csv").read_text().splitlines()) == 101


def test_two_exports_one_soon_after_the_other_are_both_written(
    open_window: OpenWindow, qtbot: QtBot, log: Path, tmp_path: Path
) -> None:
    window = open_window(log)
    names = ["first.csv", "second.csv"]
    for name in names:
        document = window.page.document
        assert document is not None
        window.parts.exporting.write(
            str(tmp_path / name), lambda: EventsExport(window.page.document, None), "csv", guarded=False
        )
    qtbot.waitUntil(lambda: all((tmp_path / name).is_file() for name in names))
    assert (tmp_path / "first.csv").read_text() == (tmp_path / "second.csv").read_text()


def test_an_event_can_be_edited_while_the_log_grows(open_window: OpenWindow, qtbot: QtBot, log: Path) -> None:
    window = open_window(log)
    window.actions_by_name["branching.edit"].trigger()
    dialog = dialog_in_front(qtbot, EventDialog)
    with other_program(log, *LINES[100:105]):
        pass
    qtbot.waitUntil(lambda: where(window) == "100 of 105")
    qtbot.keyClick(dialog.editor, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(dialog.editor, Qt.Key.Key_Space)
    ok = dialog.buttons.button(QDialogButtonBox.StandardButton.Ok)
    assert ok.isEnabled()
    qtbot.mouseClick(ok, Qt.MouseButton.LeftButton)
    gone(qtbot, EventDialog)
    assert window.page.branching.branches.front is not None
