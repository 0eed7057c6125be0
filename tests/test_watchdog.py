"""Does the watchdog bark at a call that blocks the window, name it, and let everything else pass?"""

import gc
import os
import re
import subprocess
import sys
import time
import weakref
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QPlainTextEdit
from pytestqt.qtbot import QtBot

from tests.watchdog import AGAIN, OURS, Watchdog, watched

ROOT = Path(__file__).resolve().parents[1]
CODE = """
import time
from PySide6.QtWidgets import QWidget

def work(seconds):
    end = time.thread_time() + seconds
    while time.thread_time() < end:
        pass

def slot(): work(0.3)
def call(what): what()
def short(): work(0.04)
def asleep(): time.sleep(0.3)

class Widget(QWidget):
    def paintEvent(self, event): work(0.3)
"""


@pytest.fixture(scope="module")
def ours():
    """Code that stands, as far as anybody can tell, in the desktop's room."""
    made = {}
    exec(compile(CODE, f"{OURS}/made_up.py", "exec"), made)  # noqa: S102 - our own text, four lines above
    return made


def seen(qtbot: QtBot, action) -> list[str]:
    with watched() as slow:
        QTimer.singleShot(0, action)
        done = []
        QTimer.singleShot(1, lambda: done.append(True))
        qtbot.waitUntil(lambda: bool(done))
    return [str(each) for each in slow]


def test_a_slot_that_blocks_is_named(qtbot, ours):
    said, *_ = seen(qtbot, ours["slot"])
    assert "in slot" in said
    assert "in work" in said
    assert "ms of processor time in one call" in said


@pytest.mark.parametrize(("times", "again"), [(1.5, True), (2.5, False)])
def test_a_test_is_run_again_for_a_call_a_little_too_long_alone(ours, times, again):
    dog = Watchdog()
    dog.start()
    ours["work"](times * dog.most_s)
    (slow,) = dog.stop()
    assert (AGAIN in str(slow)) is again


SLOW_NOW_AND_THEN = """
import pytest
from tests.watchdog import Slow

runs = []

@pytest.fixture(autouse=True)
def dog():
    yield
    runs.append(1)
    if len(runs) in {1, 4, 5}:
        pytest.fail(str(Slow(0.16, "", doubtful=True)), pytrace=False)
    if len(runs) == 3:
        pytest.fail(str(Slow(0.9, "", doubtful=False)), pytrace=False)

def test_once(): pass
def test_far_too_long(): pass
def test_twice(): pass
"""


def test_a_test_with_a_doubtful_call_fails_only_if_it_is_found_twice(tmp_path):
    (tmp_path / "conftest.py").write_text("from tests.conftest import pytest_runtest_protocol")
    (tmp_path / "test_slow.py").write_text(SLOW_NOW_AND_THEN)
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-c",
        os.devnull,
        "--rootdir",
        str(tmp_path),
        str(tmp_path),
    ]
    told = subprocess.run(
        [*command, "-p", "no:cacheprovider"], capture_output=True, text=True, check=False, cwd=ROOT
    ).stdout
    assert "3 passed, 2 errors" in told
    assert re.findall(r"ERROR .*::(test_\w+)", told) == ["test_far_too_long", "test_twice"]


def test_a_paint_that_blocks_is_named(qtbot, ours):
    widget = ours["Widget"]()
    qtbot.addWidget(widget)
    said = seen(qtbot, widget.show)
    assert any("in Widget.paintEvent" in each for each in said)


def test_a_method_that_a_test_calls_by_itself_is_named(qtbot, ours):
    with watched() as slow:
        ours["slot"]()
    assert "in slot" in str(slow[0])


def test_work_of_qt_itself_in_one_turn_of_the_loop_is_seen(qtbot):
    editor = QPlainTextEdit()
    qtbot.addWidget(editor)
    editor.resize(600, 400)
    assert seen(qtbot, lambda: (editor.setPlainText("wide words " * 150_000), editor.show()))


def test_many_short_calls_one_after_the_other_pass(qtbot, ours):
    with watched() as slow:
        count = []
        timer = QTimer()
        timer.timeout.connect(lambda: (ours["short"](), count.append(1)))
        timer.start(0)
        qtbot.waitUntil(lambda: len(count) >= 8)
        timer.stop()
    assert not slow


def test_waiting_is_no_work(qtbot, ours):
    assert not seen(qtbot, ours["asleep"])


def test_what_a_test_does_by_itself_passes(qtbot):
    with watched() as slow:
        end = time.thread_time() + 0.3
        while time.thread_time() < end:
            pass
    assert not slow


class Cycle:
    """Garbage that only the collector finds."""

    def __init__(self) -> None:
        self.me = self


def test_a_long_collection_of_garbage_is_nobodys_call_even_when_looked_at_in_its_middle(ours):
    def busy(_gone: object) -> None:  # the watchdog gets its turn here
        end = time.thread_time() + 0.3
        while time.thread_time() < end:
            pass

    gone = weakref.ref(Cycle(), busy)
    with watched() as slow:
        ours["call"](gc.collect)
    assert gone() is None
    assert not slow
