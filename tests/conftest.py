"""What does every test get: a home of its own, and traps for whatever it leaves behind?"""

import contextlib
import gc
import itertools
import multiprocessing
import os
import re
import sys
import threading
import time
import traceback
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path

# Without a display Qt would abort the whole run. Must stand before anything imports Qt.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import hypothesis
import pytest
from _pytest.runner import runtestprotocol

from explorer.eventlog import compiled
from tests.shop_log import write_shop_log
from tests.watchdog import AGAIN

SHARED_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
PATIENCE_S = 2.0  # how long a thread or process that is about to end may take

hypothesis.settings.register_profile("house", deadline=None, max_examples=50)
hypothesis.settings.register_profile("ci", parent=hypothesis.settings.get_profile("house"), derandomize=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "house")


# --- shared test material ------------------------------------------------------------------------


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Return the folder of third-party logs beside the checkout, which not everybody has."""
    if not SHARED_DATA.is_dir():
        pytest.skip("needs the shared test logs in ../shared/data, which are not part of the project")
    return SHARED_DATA


@pytest.fixture(scope="session")
def shop_log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a shop's log of 60,000 events, larger than what one process reads; copy it before you change it."""
    return write_shop_log(tmp_path_factory.mktemp("shop") / "shop.jsonl")


def _fingerprints() -> dict[str, tuple[int, int]]:
    """Size and time of change of each shared file: no test may touch one."""
    found = {}
    for folder, _, names in os.walk(SHARED_DATA):
        for name in names:
            status = (Path(folder) / name).lstat()
            found[str(Path(folder, name).relative_to(SHARED_DATA))] = status.st_size, status.st_mtime_ns
    return found


_fingerprints_before = pytest.StashKey[dict[str, tuple[int, int]]]()


# what is compiled is kept for all tests, although each has a home of its own
os.environ[compiled.FOLDER_VARIABLE] = str(compiled.base_folder())


def pytest_sessionstart(session: pytest.Session) -> None:
    """Make the compiled loops ready, and remember what the shared files look like (once, not in each worker)."""
    compiled.make_ready()
    if not hasattr(session.config, "workerinput"):
        session.config.stash[_fingerprints_before] = _fingerprints()


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail the run if a shared file was changed, added or removed."""
    before = session.config.stash.get(_fingerprints_before, None)
    if before is None:
        return
    after = _fingerprints()
    changed = sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))
    if changed:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
        print(f"\nERROR: the tests changed shared logs, which are read-only: {', '.join(changed)}")


# --- a second look -------------------------------------------------------------------------------


def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool:
    """Run a test once more in which a call took a little too long: on a busy machine that may happen once.

    pytest-rerunfailures does it, too, and takes a tenth of a second for each test, whether it fails or not.
    """
    item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
    reports = runtestprotocol(item, log=False, nextitem=nextitem)
    if any(each.failed and AGAIN in each.longreprtext for each in reports):
        reports = runtestprotocol(item, log=False, nextitem=nextitem)
    for report in reports:
        item.ihook.pytest_runtest_logreport(report=report)
    item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
    return True


# --- a home of its own ---------------------------------------------------------------------------

_numbers = itertools.count()


def _numbered_folder(factory: pytest.TempPathFactory, kind: str, name: str = "") -> Path:
    """Make a new folder; pytest's own way looks at all folders before, which took half a minute of a whole run."""
    folder = factory.getbasetemp() / kind / f"{next(_numbers)}{name}"
    folder.mkdir(mode=0o700, parents=True)
    return folder


@pytest.fixture
def tmp_path(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a test a folder whose name tells the test."""
    return _numbered_folder(tmp_path_factory, "tests", "-" + re.sub(r"\W", "_", request.node.name)[:30])


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give each test an empty home: no settings, no cache, and nothing of the real user's."""
    home = _numbered_folder(tmp_path_factory, "homes")
    for variable, folder in (
        ("HOME", "."),
        ("XDG_CONFIG_HOME", "config"),
        ("XDG_CACHE_HOME", "cache"),
        ("XDG_DATA_HOME", "data"),
        ("XDG_STATE_HOME", "state"),
    ):
        monkeypatch.setenv(variable, str(home / folder))
    if "PySide6.QtCore" in sys.modules:
        from PySide6.QtCore import QSettings

        # QSettings reads the environment once per process, so it must be told.
        for kind in (QSettings.Format.NativeFormat, QSettings.Format.IniFormat):
            QSettings.setPath(kind, QSettings.Scope.UserScope, str(home / "config"))
    return home


# --- leak traps ----------------------------------------------------------------------------------


def _wait_for(is_over: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE_S
    while not is_over() and time.monotonic() < end:
        time.sleep(0.01)


@pytest.fixture(autouse=True)
def no_stray_threads() -> Iterator[None]:
    """Fail a test that leaves a thread or a child process running."""
    before = set(threading.enumerate())
    yield

    def stray() -> list[str]:
        # A "dummy" stands for a thread that Python did not start, and outlives it.
        return [
            thread.name
            for thread in threading.enumerate()
            if thread not in before and not isinstance(thread, threading._DummyThread)
        ]

    _wait_for(lambda: not stray())
    if left := stray():
        pytest.fail(f"the test left threads running: {', '.join(left)}", pytrace=False)
    _wait_for(lambda: not multiprocessing.active_children())
    if children := multiprocessing.active_children():
        for child in children:
            child.kill()
            child.join()
        names = ", ".join(child.name for child in children)
        pytest.fail(f"the test left child processes running: {names}", pytrace=False)


type Started = dict[int, tuple[weakref.ref, str]]


@contextlib.contextmanager
def _watched(kind: type, monkeypatch: pytest.MonkeyPatch) -> Iterator[Started]:
    """Collect every object of a Qt class on which `start` is called, and from where."""
    started: Started = {}
    start = kind.start

    def watched_start(self: object, *args: object) -> None:
        place = traceback.extract_stack(limit=2)[0]
        started[id(self)] = weakref.ref(self), f"started at {place.filename}:{place.lineno}"
        start(self, *args)

    with monkeypatch.context() as patch:
        patch.setattr(kind, "start", watched_start)
        yield started


def _alive(started: Started, asked: str) -> list[tuple[object, str]]:
    """Return the objects whose question `asked` (isActive, isRunning) is still answered with yes."""
    import shiboken6

    found = []
    for reference, place in started.values():
        thing = reference()
        if thing is not None and shiboken6.isValid(thing) and getattr(thing, asked)():
            found.append((thing, f"{type(thing).__name__} {thing.objectName()!r} {place}"))
    return found


@pytest.fixture(autouse=True)
def no_stray_qt(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fail a test that leaves Qt timers, threads, pool work or top-level windows behind.

    What it finds it also stops, so that one leak does not fail the tests that follow.
    """
    if "PySide6.QtCore" not in sys.modules:
        yield
        return
    from PySide6.QtCore import QCoreApplication, QThread, QThreadPool, QTimer

    windows_before = set(map(id, _windows()))
    with _watched(QTimer, monkeypatch) as timers, _watched(QThread, monkeypatch) as threads:
        yield
        if QCoreApplication.instance() is None:
            return
        leaks = []
        for window in _windows(settle=True):
            if id(window) not in windows_before:
                leaks.append(
                    f"window {type(window).__name__} {window.objectName()!r} {window.windowTitle()!r}"
                )
                window.hide()
                window.deleteLater()
        for timer, text in _alive(timers, "isActive"):
            leaks.append(f"timer {text}")
            timer.stop()
        _wait_for(lambda: not _alive(threads, "isRunning"))
        for thread, text in _alive(threads, "isRunning"):
            leaks.append(f"thread {text}")
            thread.quit()
            thread.wait(int(PATIENCE_S * 1000))
        if not QThreadPool.globalInstance().waitForDone(int(PATIENCE_S * 1000)):
            leaks.append("work on the global thread pool")
        _windows(settle=bool(leaks))
    if leaks:
        pytest.fail("the test left behind:\n  " + "\n  ".join(leaks), pytrace=False)


def _windows(*, settle: bool = False) -> list:
    """Return the top-level widgets; `settle` first lets those go that are about to."""
    if "PySide6.QtWidgets" not in sys.modules:
        return []
    from PySide6.QtCore import QEvent
    from PySide6.QtWidgets import QApplication

    if not isinstance(QApplication.instance(), QApplication):
        return []

    def now() -> list:
        # Qt keeps its tool tip for the next time, and deletes it by itself.
        return [
            widget
            for widget in QApplication.topLevelWidgets()
            if widget.metaObject().className() != "QTipLabel"
        ]

    if settle:
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        if now():
            gc.collect()  # a window in a reference cycle is no leak
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return now()
