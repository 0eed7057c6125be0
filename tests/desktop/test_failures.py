"""Is a fault of the program told once, with its details, and does a crash leave something to tell?"""

import subprocess
import sys
import threading

import pytest
from PySide6.QtCore import QTimer, qCritical
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMainWindow, QMessageBox
from pytestqt.qtbot import QtBot

from explorer.desktop.help.failures import CrashTrace, Failures, offer

CRASH = """
import faulthandler, sys
from pathlib import Path
from explorer.desktop.help.failures import CrashTrace
CrashTrace(Path(sys.argv[1])).begin()
def deep_inside(): faulthandler._sigsegv()
deep_inside()
"""


@pytest.fixture
def window(qtbot: QtBot):
    window = QMainWindow()
    qtbot.addWidget(window)
    window.show()
    return window


@pytest.fixture
def failures(window, capfd):
    failures = Failures(lambda: window, "History Explorer")
    failures.listen()
    yield failures
    failures.ignore()


def boxes(window) -> list[QMessageBox]:
    return [box for box in window.findChildren(QMessageBox) if box.isVisible()]


def fail() -> None:
    raise ValueError("a fault of ours")


def take(failures: Failures) -> None:
    try:
        fail()
    except ValueError as error:
        failures.take(type(error), error, error.__traceback__)


def test_an_error_is_told_with_its_details_which_can_be_copied(qtbot, window, failures):
    take(failures)
    qtbot.waitUntil(lambda: len(boxes(window)) == 1)
    (box,) = boxes(window)
    assert "you can go on" in box.text()
    assert "ValueError: a fault of ours" in box.detailedText()
    copy = next(button for button in box.buttons() if button.text().replace("&", "") == "Copy")
    copy.click()
    assert "in fail" in QGuiApplication.clipboard().text()
    assert box.isVisible()
    box.close()


def test_the_same_error_a_thousand_times_is_one_dialog_with_a_number(qtbot, window, failures):
    for _ in range(1000):
        take(failures)
    qtbot.waitUntil(lambda: bool(boxes(window)) and "1,000 times" in boxes(window)[0].text())
    assert len(boxes(window)) == 1
    boxes(window)[0].close()


def test_errors_of_threads_of_deletion_and_of_qt_are_told_too(qtbot, window, failures):
    thread = threading.Thread(target=fail, name="worker")
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: len(boxes(window)) == 1)
    assert "in thread worker" in boxes(window)[0].detailedText()
    boxes(window)[0].close()

    class Bad:
        def __del__(self):
            fail()

    Bad()
    qtbot.waitUntil(lambda: len(boxes(window)) == 1)
    assert "__del__" in boxes(window)[0].detailedText()
    boxes(window)[0].close()
    qCritical("Qt is in trouble")
    qtbot.waitUntil(lambda: len(boxes(window)) == 1)
    assert "Qt is in trouble" in boxes(window)[0].detailedText()
    boxes(window)[0].close()


def test_a_slot_that_fails_is_told_and_the_program_goes_on(qtbot, window, failures):
    with qtbot.captureExceptions() as caught:
        QTimer.singleShot(0, fail)
        qtbot.waitUntil(lambda: bool(caught))
    failures.take(*caught[0])
    qtbot.waitUntil(lambda: len(boxes(window)) == 1)
    boxes(window)[0].close()


def test_html_in_an_error_is_shown_as_text(qtbot, window, failures):
    error = ValueError("<img src='/dev/zero'><b>bold</b>")
    failures.take(ValueError, error, None)
    qtbot.waitUntil(lambda: len(boxes(window)) == 1)
    assert "<b>bold</b>" in boxes(window)[0].detailedText()
    boxes(window)[0].close()


def test_a_crash_leaves_its_stack_for_the_next_start(qtbot, tmp_path, window):
    run = subprocess.run(
        [sys.executable, "-c", CRASH, str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert run.returncode < 0, run.stderr
    told = CrashTrace(tmp_path).earlier()
    assert "Segmentation fault" in told
    assert "deep_inside" in told
    assert CrashTrace(tmp_path).earlier() == ""  # told once
    offer(window, told)
    (box,) = boxes(window)
    assert "deep_inside" in box.detailedText()
    next(button for button in box.buttons() if button.text().replace("&", "") == "Copy").click()
    assert "Segmentation fault" in QGuiApplication.clipboard().text()
    box.close()


def test_a_good_end_leaves_nothing_and_a_program_that_still_runs_is_no_crash(tmp_path):
    trace = CrashTrace(tmp_path)
    trace.begin()
    (mine,) = tmp_path.glob("crash-*.txt")
    mine.write_text("still alive")
    (tmp_path / "crash-1.txt").write_text("the first process always runs")
    other = CrashTrace(tmp_path)
    assert other.earlier() == ""
    trace.end()
    assert [path.name for path in tmp_path.iterdir()] == ["crash-1.txt"]


def test_a_folder_that_cannot_be_written_stops_nobody(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("")
    trace = CrashTrace(blocked / "state")
    trace.begin()
    assert trace.earlier() == ""
    trace.end()
