"""Do the traps of conftest.py catch what they are set for, and nothing else?"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent

LEAKS = """
import multiprocessing, threading, time
import hypothesis, hypothesis.strategies as st
from PySide6.QtCore import QSettings, QStandardPaths, QThread, QTimer
from PySide6.QtWidgets import QDialog, QWidget

kept = []


def test_a_thread(): threading.Thread(target=time.sleep, args=[4], daemon=True, name="straggler").start()


def test_a_process():
    multiprocessing.get_context("spawn").Process(target=time.sleep, args=[60], name="orphan").start()


def test_a_timer(qtbot):
    timer = QTimer(objectName="ticker")
    timer.start(1000)
    kept.append(timer)


def test_a_qt_thread(qtbot):
    thread = QThread(objectName="worker")
    thread.start()
    kept.append(thread)


def test_a_window(qtbot):
    window = QWidget(windowTitle="Left open")
    window.show()
    kept.append(window)


def test_a_hidden_dialog(qtbot): kept.append(QDialog(objectName="hidden"))


def test_fine_windows(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.child = QDialog(window)
    window.show()
    other = QWidget()
    other.loop = other
    other.deleteLater()
    QWidget().me = 1


def test_fine_timers_and_threads(qtbot):
    timer = QTimer()
    timer.start(0)
    timer.stop()
    thread = QThread()
    thread.start()
    thread.quit()
    thread.wait()
    worker = threading.Thread(target=time.sleep, args=[0.2])
    worker.start()


@hypothesis.given(st.integers())
def test_fine_properties(number): assert number == number


def test_fine_home_is_its_own(home):
    store = QSettings("History Explorer", "test")
    assert store.value("seen") is None
    store.setValue("seen", True)
    store.sync()
    assert store.fileName().startswith(str(home))
    cache = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericCacheLocation)
    assert cache.startswith(str(home))


test_fine_home_is_empty_again = test_fine_home_is_its_own
"""


@pytest.fixture(scope="module")
def outcome(tmp_path_factory):
    """Run the leaking tests above in a process of their own, and return what pytest said."""
    folder = tmp_path_factory.mktemp("leaks")
    shutil.copy(HERE / "conftest.py", folder)
    shutil.copy(HERE.parent / "pyproject.toml", folder)
    (folder / "test_leaks.py").write_text(LEAKS, encoding="utf-8")
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST")}
    command = [sys.executable, "-m", "pytest", "-p", "no:xdist", "-p", "no:cacheprovider", "-rA", "."]
    run = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    return run.stdout + run.stderr


@pytest.mark.parametrize(
    ("test", "said"),
    [
        ("test_a_thread", "left threads running: straggler"),
        ("test_a_process", "left child processes running: orphan"),
        ("test_a_timer", "timer QTimer 'ticker' started at"),
        ("test_a_qt_thread", "thread QThread 'worker' started at"),
        ("test_a_window", "window QWidget '' 'Left open'"),
        ("test_a_hidden_dialog", "window QDialog 'hidden' ''"),
    ],
)
def test_a_leak_is_caught_and_named(outcome, test, said):
    assert f"ERROR test_leaks.py::{test} " in outcome, outcome
    assert said in outcome


def test_what_is_tidy_passes(outcome):
    assert outcome.count("PASSED test_leaks.py::test_fine_") == 5, outcome
    assert "test_leaks.py::test_fine_" not in outcome.replace("PASSED test_leaks.py::test_fine_", ""), outcome
    assert "6 errors" in outcome, outcome
