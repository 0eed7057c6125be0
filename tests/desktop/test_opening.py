"""Can a person look at a log's beginning while the rest is read, stop the reading, and keep what there is?"""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from explorer.cli.commands.generate import account_log
from explorer.desktop.files import log_opening
from explorer.desktop.files.log_opening import LogOpening
from explorer.desktop.window.main_window import MainWindow
from explorer.history import collect, reading, threads
from explorer.session.document import Document
from explorer.session.options import OpenOptions

EVENTS = 120_000

type OpenWindow = Callable[[Path | None], MainWindow]


@pytest.fixture
def large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A log that takes a while, since it is read in very small steps."""
    monkeypatch.setattr(collect, "EARLY_EVENTS", 2_000)
    monkeypatch.setattr(reading, "FIRST_BYTES", 1 << 16)
    monkeypatch.setattr(reading, "STRETCH_BYTES", 1 << 16)
    monkeypatch.setattr(threads, "FIRST_BYTES", 1 << 16)
    monkeypatch.setattr(threads, "STRETCH_BYTES", 1 << 16)
    monkeypatch.setattr(threads, "LONGER", 1)
    path = tmp_path / "large.jsonl"
    path.write_text("".join(account_log(EVENTS, 500, 1)))
    return path


def test_the_beginning_is_shown_and_scrubbed_while_the_rest_is_read(
    open_window: OpenWindow, qtbot: QtBot, large: Path
) -> None:
    window = open_window(None)
    window.open_path(str(large))
    qtbot.waitUntil(lambda: window.page.document is not None)
    begun = window.page.document
    assert begun is not None
    assert not begun.complete
    assert 2_000 <= begun.event_count < EVENTS
    assert window.progress.isVisible()
    assert "only the beginning" in window.status.whole_text()
    qtbot.keyClick(window.page.events_table, Qt.Key.Key_Home)
    for _ in range(3):
        qtbot.keyClick(window.page.events_table, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: window.page.header.where.text().startswith("3 of "))
    qtbot.waitUntil(lambda: window.page.header.where.text() == f"3 of {EVENTS:,}", timeout=30_000)
    assert window.page.document is not begun
    assert window.page.document is not None
    assert window.page.document.complete
    assert not window.progress.isVisible()


def test_stop_keeps_what_was_read(open_window: OpenWindow, qtbot: QtBot, large: Path) -> None:
    window = open_window(None)
    window.open_path(str(large))
    qtbot.waitUntil(lambda: window.page.document is not None)
    begun = window.page.document
    assert begun is not None
    qtbot.mouseClick(window.cancel, Qt.MouseButton.LeftButton)
    assert not window.progress.isVisible()
    qtbot.waitUntil(lambda: window.page.document is not begun)
    stopped = window.page.document
    assert stopped is not None
    assert not stopped.complete
    assert begun.event_count <= stopped.event_count < EVENTS
    assert window.page.header.isEnabled()
    assert stopped.event(stopped.event_count).type
    assert stopped.state(stopped.event_count).row_count > 0


def test_another_log_may_be_opened_while_one_is_read(
    open_window: OpenWindow, qtbot: QtBot, large: Path, tmp_path: Path
) -> None:
    window = open_window(None)
    window.open_path(str(large))
    qtbot.waitUntil(lambda: window.page.document is not None)
    other = tmp_path / "other.jsonl"
    other.write_text("".join(account_log(10, 3, 1)))
    window.open_path(str(other))
    qtbot.waitUntil(lambda: window.page.header.where.text() == "10 of 10")
    qtbot.waitUntil(
        lambda: not log_opening._RUNNING
    )  # what is still read of the first log must not come back
    assert window.page.document is not None
    assert window.page.document.name == "other.jsonl"


class CancelledAtTheEnd(LogOpening):
    """All was read, nothing is sorted yet: it is then that nobody wants it any more."""

    def progress(self, done_bytes: int, total_bytes: int, events: int) -> bool:
        going = super().progress(done_bytes, total_bytes, events)
        if done_bytes == total_bytes:
            self.cancel()
        return going


def read_to_the_end(qtbot: QtBot, path: Path) -> tuple[list[Document], list[Document]]:
    """What an opening that is cancelled so gives: beginnings, and whole documents."""
    begun: list[Document] = []
    opened: list[Document] = []
    cancelled = CancelledAtTheEnd(str(path), OpenOptions(), None)
    cancelled.begun.connect(begun.append)
    cancelled.opened.connect(opened.append)
    cancelled.start()
    qtbot.waitUntil(lambda: not log_opening._RUNNING, timeout=30_000)
    return begun, opened


def open_files() -> list[str]:
    """What this process has open."""
    return [str(link.readlink()) for link in Path("/proc/self/fd").iterdir() if link.is_symlink()]


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="needs a list of open files")
def test_an_opening_cancelled_while_it_sorts_leaves_no_file_open(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    path.write_text("".join(account_log(500, 9, 1)))
    assert read_to_the_end(qtbot, path) == ([], [])
    assert str(path) not in open_files()


def test_a_beginning_that_is_shown_can_still_be_looked_at(qtbot: QtBot, large: Path) -> None:
    (begun,), opened = read_to_the_end(qtbot, large)
    assert opened == []
    assert begun.event(begun.event_count).type
    begun.close()
