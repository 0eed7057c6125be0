"""Is a person told that their log is newest first, and does it stay as they then read it?"""

import shlex
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from explorer.cli.parsers import window_parser
from explorer.desktop.files.fields_dialog import FieldsDialog
from explorer.desktop.window.main_window import MainWindow
from explorer.eventlog.timestamps import parse_time
from explorer.session.files.workspace import load
from tests.cli.test_newest_first import ROWS
from tests.desktop.conftest import OpenWindow
from tests.desktop.test_left_out import bank_with_clients
from tests.eventlog.test_dates import DOUBTFUL
from tests.history.test_sequences import lines, shuffled

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    path = tmp_path / "bank.csv"
    path.write_text(ROWS)
    return path


def balance_at(window: MainWindow, position: int) -> object:
    assert window.page.document is not None
    return dict(window.page.document.history.state(position).items())["A"]["balance"]


def is_reversed(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: window.page.document is not None and window.page.document.order == "reversed")
    assert window.page.header.order.currentData() == "reversed"
    assert not window.parts.other_order.bar.isVisible()
    assert balance_at(window, 1) == Decimal("815.81")


def test_the_line_leads_to_the_other_end_which_is_remembered_with_the_log(
    qtbot: QtBot, bank: Path, open_window: OpenWindow
) -> None:
    window = open_window(bank)
    bar = window.parts.other_order.bar
    assert bar.isVisible()
    assert "newest first" in bar.text.whole_text()
    QTest.mouseClick(bar.reverse, LEFT)
    is_reversed(qtbot, window)
    window.parts.workspaces.copy_link()
    link = QGuiApplication.clipboard().text()
    said = window_parser().parse_args(shlex.split(link)[1:])
    assert said.order == "reversed"
    file = bank.with_name("bank.hxw")
    window.parts.workspaces.save_to(str(file))
    assert load(file).view.order == "reversed"
    window.close_log()
    window.open_path(str(bank))
    is_reversed(qtbot, window)
    other = open_window(None)
    other.open_path(str(bank), order="log")  # as somebody says on the command line
    qtbot.waitUntil(other.parts.other_order.bar.isVisible)
    other.open_path(str(file))
    is_reversed(qtbot, other)


def test_the_box_offers_it_too_and_fields_keep_it(qtbot: QtBot, bank: Path, open_window: OpenWindow) -> None:
    window = open_window(bank)
    choice = window.page.header.order
    choice.showPopup()
    at = choice.view().visualRect(choice.model().index(choice.findData("reversed"), 0)).center()
    QTest.mouseClick(choice.view().viewport(), LEFT, pos=at)
    is_reversed(qtbot, window)
    before = window.page.document
    window.parts.rereading.choose_fields()
    dialog = window.findChildren(FieldsDialog)[-1]
    qtbot.waitExposed(dialog)
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.page.document is not before)
    is_reversed(qtbot, window)


def test_what_a_person_leaves_as_it_is_is_not_said_again(
    qtbot: QtBot, bank: Path, open_window: OpenWindow
) -> None:
    window = open_window(bank)
    QTest.mouseClick(window.parts.other_order.bar.dismiss, LEFT)
    assert not window.parts.other_order.bar.isVisible()
    before = window.page.document
    window.parts.rereading.reload()
    qtbot.waitUntil(lambda: window.page.document is not before)
    assert not window.parts.other_order.bar.isVisible()


def test_one_thing_is_said_at_a_time(qtbot: QtBot, tmp_path: Path, open_window: OpenWindow) -> None:
    path = bank_with_clients(tmp_path / "log.jsonl", 10)
    lines = path.read_text("utf-8").splitlines()
    path.write_text(
        "".join(line.replace("-01T", f"-{28 - row // 4:02}T") + "\n" for row, line in enumerate(lines))
    )
    window = open_window(path)
    qtbot.waitUntil(window.parts.other_order.bar.isVisible)
    assert not window.parts.left_out.bar.isVisible()
    QTest.mouseClick(window.parts.other_order.bar.reverse, LEFT)
    qtbot.waitUntil(window.parts.left_out.bar.isVisible)
    assert not window.parts.other_order.bar.isVisible()


def test_a_log_that_does_not_stand_by_its_numbers_is_read_by_them_and_stays_so(
    qtbot: QtBot, tmp_path: Path, open_window: OpenWindow
) -> None:
    path = tmp_path / "shuffled.jsonl"
    path.write_text(lines(shuffled(400)))
    window = open_window(path)
    bar = window.parts.other_order.bar
    qtbot.waitUntil(bar.isVisible)
    assert "its own numbers" in bar.text.whole_text()
    assert not bar.reverse.isVisible()
    window.parts.rereading.choose_fields()
    dialog = window.findChildren(FieldsDialog)[-1]
    qtbot.waitUntil(dialog.export.isEnabled)
    assert dialog.order.itemText(0) == "(now: as written); offered: by the sequence numbers"
    dialog.reject()
    bar.sequence.setFocus()
    QTest.keyClick(bar.sequence, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: window.page.document is not None and window.page.document.order == "sequence")
    assert window.page.header.order.currentData() == "sequence"
    assert not bar.isVisible()
    document = window.page.document
    assert document is not None
    assert [document.event(n).sequence for n in (1, 2, 400)] == [1, 4, 1_198]
    window.parts.workspaces.copy_link()
    link = QGuiApplication.clipboard().text()
    assert window_parser().parse_args(shlex.split(link)[1:]).order == "sequence"
    file = path.with_name("log.hxw")
    window.parts.workspaces.save_to(str(file))
    assert load(file).view.order == "sequence"
    window.close_log()
    window.open_path(str(path))
    qtbot.waitUntil(lambda: window.page.document is not None and window.page.document.order == "sequence")


def test_an_order_for_which_a_log_has_no_numbers_is_refused_with_the_reason(
    qtbot: QtBot, bank: Path, open_window: OpenWindow
) -> None:
    window = open_window(bank)
    window.page.header.order_chosen.emit("sequence")
    qtbot.waitUntil(lambda: "no numbers to go by" in window.status.text())
    assert window.page.header.order.currentData() == "log"


@pytest.mark.parametrize(("name", "day"), [("short.csv", True), ("bank.qif", False)])
def test_dates_that_may_be_read_in_two_ways_are_asked_for_and_the_answer_stays(
    qtbot: QtBot, tmp_path: Path, open_window: OpenWindow, name: str, *, day: bool
) -> None:
    path = tmp_path / name
    path.write_text(DOUBTFUL[name])
    window = open_window(path)
    bar = window.parts.doubtful_dates.bar
    qtbot.waitUntil(bar.isVisible)
    assert "01/02/2025 is 2025-01-02" in bar.text.whole_text()
    button = bar.day if day else bar.month
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    first = "2025-02-01" if day else "2025-01-02"

    def is_read() -> bool:
        document = window.page.document
        return document is not None and document.moment_ns(1) == parse_time(first) and bar.isHidden()

    qtbot.waitUntil(is_read)
    window.parts.workspaces.copy_link()
    link = QGuiApplication.clipboard().text()
    said = window_parser().parse_args(shlex.split(link)[1:])
    assert said.dates == ("day-first" if day else "month-first")
    file = path.with_name("log.hxw")
    window.parts.workspaces.save_to(str(file))
    read_as = load(file).view.read_as
    assert read_as is not None
    assert read_as.dates == ("day" if day else "month")
    window.close_log()
    window.open_path(str(path))
    qtbot.waitUntil(is_read)
    window.parts.rereading.choose_fields()
    dialog = window.findChildren(FieldsDialog)[-1]
    assert dialog.dates.currentData() == read_as.dates
    dialog.reject()


def test_whoever_does_not_know_how_dates_are_meant_goes_on(
    qtbot: QtBot, tmp_path: Path, open_window: OpenWindow
) -> None:
    path = tmp_path / "short.csv"
    path.write_text("date,type,account,amount\n03/02/2025,a,x,1\n01/02/2025,a,x,2\n01/01/2025,a,x,2\n")
    window = open_window(path)
    qtbot.waitUntil(window.parts.doubtful_dates.bar.isVisible)
    assert not window.parts.other_order.bar.isVisible()
    QTest.mouseClick(window.parts.doubtful_dates.bar.dismiss, LEFT)
    assert not window.parts.doubtful_dates.bar.isVisible()
    qtbot.waitUntil(window.parts.other_order.bar.isVisible)
