"""Does a person come back to exactly where they were: by a workspace file, a link, or at the next start?"""

import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QEvent, QMimeData, QPoint, QPointF, QRect, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from explorer.cli.parsers import window_parser
from explorer.desktop.look.theme import apply_theme
from explorer.desktop.panels.layouts import NameDialog
from explorer.desktop.projections.read_models import TrustDialog
from explorer.desktop.settings import VERSION, open_settings
from explorer.desktop.window.main_window import MainWindow
from explorer.desktop.window.palette import Palette
from explorer.desktop.window.windows import Windows
from explorer.resources import resource
from explorer.session.files.workspace import KeptView, encoded, workspace
from explorer.session.options import OpenOptions, Recipe
from tests.desktop.hands import gone, name_file

Key = Qt.Key
NO_MODIFIER = Qt.KeyboardModifier.NoModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
PROGRAM = """
def key(event):
    return event.get("data", {}).get("accountId")


def evolve(state, event):
    return {"seen": (state or {}).get("seen", 0) + 1}
"""


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return Path(shutil.copy(resource("samples", "small-bank.jsonl"), tmp_path / "a & b.jsonl"))


@pytest.fixture
def windows(tmp_path: Path) -> Iterator[Windows]:
    """All windows of the program; they are closed after the test."""
    apply_theme("light")
    made = Windows(open_settings(tmp_path / "settings.ini"), OpenOptions)
    yield made
    made.quit()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # not in the time of the next test


def opened(qtbot: QtBot, window: MainWindow, events: int = 406) -> None:
    qtbot.waitUntil(lambda: window.is_furnished)
    qtbot.waitUntil(lambda: window.page.playhead.last == events and window.pending_view is None)
    qtbot.waitUntil(
        lambda: window.page.header.where.text().startswith(f"{window.page.playhead.position:,} of")
    )


def press(
    qtbot: QtBot, window: MainWindow, key: Qt.Key, modifiers: Qt.KeyboardModifier = NO_MODIFIER
) -> None:
    """A key, once the window is the one that keys go to."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, key, modifiers)


def arrange(qtbot: QtBot, window: MainWindow) -> None:
    """Stand somewhere, with everything that can be different being different."""
    page = window.page
    for position in (100, 7):
        page.playhead.move_to(position)
        qtbot.waitUntil(lambda position=position: page.header.where.text() == f"{position} of 406")
        press(qtbot, window, Key.Key_M)
    press(qtbot, window, Key.Key_A, SHIFT)
    page.playhead.move_to(200)
    qtbot.waitUntil(lambda: page.header.where.text() == "200 of 406")
    page.filter.setText("type:AccountClosed")
    qtbot.waitUntil(lambda: page.events_model.rowCount() == 2)
    page.state_table.choose("acc-3", "balance")
    page.explaining.explain("acc-3", "balance")
    page.panels.toggle("event")
    page.panels.bring_up("diff")
    qtbot.waitUntil(lambda: page.panels.in_front("diff"))


def is_arranged(qtbot: QtBot, window: MainWindow) -> None:
    page = window.page
    qtbot.waitUntil(lambda: page.header.where.text() == "200 of 406")
    qtbot.waitUntil(lambda: page.events_model.rowCount() == 2)
    assert page.filter.text() == "type:AccountClosed"
    assert page.why.value == ("acc-3", "balance")
    assert page.markers.a == 7
    press(qtbot, window, Key.Key_BracketLeft)
    qtbot.waitUntil(lambda: page.header.where.text() == "100 of 406")
    assert not page.panels.is_open("event")
    qtbot.waitUntil(lambda: page.panels.in_front("diff"))


def said(window: MainWindow) -> str:
    boxes = [box.text() for box in window.findChildren(QMessageBox) if box.isVisible()]
    return boxes[0] if boxes else ""


def save(qtbot: QtBot, window: MainWindow, target: Path) -> None:
    press(qtbot, window, Key.Key_S, CONTROL)
    name_file(qtbot, target)
    gone(qtbot, QFileDialog)


# --- workspace files -------------------------------------------------------------------------------------------


def test_a_workspace_file_reopens_exactly_there(qtbot: QtBot, open_window, log: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    window, file, before = open_window(log), tmp_path / "there.hxw", log.read_bytes()
    arrange(qtbot, window)
    save(qtbot, window, file)
    assert "there.hxw" in window.status.whole_text()
    window.page.panels.reset()
    other = open_window(None)
    other.open_path(str(file))
    opened(qtbot, other)
    is_arranged(qtbot, other)
    assert said(other) == ""
    assert log.read_bytes() == before


def test_saving_again_needs_no_name(qtbot: QtBot, open_window, log: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    window, file = open_window(log), tmp_path / "w.hxw"
    save(qtbot, window, file)
    first = file.read_bytes()
    press(qtbot, window, Key.Key_Home)
    qtbot.waitUntil(lambda: window.page.header.where.text() == "0 of 406")
    press(qtbot, window, Key.Key_S, CONTROL)
    assert file.read_bytes() != first
    window.open_path(str(resource("samples", "three-events.jsonl")))
    qtbot.waitUntil(lambda: window.page.playhead.last == 3)
    assert window.parts.workspaces.file is None


@pytest.mark.filterwarnings("ignore:.*QDragEnterEvent.*:DeprecationWarning")  # there is no other constructor
def test_a_workspace_can_be_dropped_on_the_window(
    qtbot: QtBot, open_window, log: Path, tmp_path: Path
) -> None:  # type: ignore[no-untyped-def]
    file = tmp_path / "w.hxw"
    file.write_bytes(encoded(workspace(log, KeptView(position=9, order="time")), file))
    window = open_window(None)
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(file))])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(9, 9), Qt.DropAction.CopyAction, dropped, buttons, keys)
    QApplication.sendEvent(window, enter)
    event = QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, dropped, buttons, keys)
    QApplication.sendEvent(window, event)
    opened(qtbot, window)
    qtbot.waitUntil(lambda: window.page.header.where.text() == "9 of 406")
    assert window.page.document is not None
    assert window.page.document.order == window.page.header.order.currentData() == "time"


def test_a_workspace_is_never_saved_over_its_log(qtbot: QtBot, open_window, log: Path) -> None:  # type: ignore[no-untyped-def]
    window, before = open_window(log), log.read_bytes()
    save(qtbot, window, log)
    assert "never written over" in said(window)
    assert log.read_bytes() == before


def test_a_log_that_is_gone_or_has_changed_is_said_in_one_sentence(
    qtbot: QtBot,
    open_window,  # type: ignore[no-untyped-def]
    log: Path,
    tmp_path: Path,
) -> None:
    file = tmp_path / "w.hxw"
    file.write_bytes(encoded(workspace(log, KeptView(position=300)), file))
    log.write_bytes(b"".join(log.read_bytes().splitlines(keepends=True)[:10]))
    window = open_window(None)
    window.open_path(str(file))
    opened(qtbot, window, 10)
    assert "has changed since the workspace was saved" in said(window)
    assert window.page.playhead.position == 10
    log.unlink()
    other = open_window(None)
    other.open_path(str(file))
    assert "is not there" in said(other)
    file.write_bytes(b"<b>")
    third = open_window(None)
    third.open_path(str(file))
    assert "it is no workspace" in said(third)


def test_a_program_in_a_workspace_is_asked_about_before_it_runs(
    qtbot: QtBot,
    open_window,  # type: ignore[no-untyped-def]
    log: Path,
    tmp_path: Path,
) -> None:
    file, program = tmp_path / "w.hxw", Recipe("mine.py", "python", PROGRAM)
    file.write_bytes(encoded(workspace(log, KeptView(position=5, projection=program)), file))
    window = open_window(None)
    window.open_path(str(file))
    opened(qtbot, window)
    assert window.options.projection == Recipe()
    dialog = window.findChild(TrustDialog)
    assert dialog is not None
    assert "def evolve" in dialog.text.toPlainText()
    qtbot.mouseClick(dialog.run, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.options.projection == program)
    opened(qtbot, window)
    qtbot.waitUntil(lambda: window.page.header.where.text() == "5 of 406")


def test_a_read_model_and_reloading_keep_place_filter_and_marks(qtbot: QtBot, open_window, log: Path) -> None:  # type: ignore[no-untyped-def]
    window = open_window(log)
    arrange(qtbot, window)
    old = window.page.document
    press(qtbot, window, Key.Key_F5)
    qtbot.waitUntil(lambda: window.page.document is not old)
    opened(qtbot, window)
    is_arranged(qtbot, window)


def test_a_link_opens_the_same_log_at_the_same_place(qtbot: QtBot, windows: Windows, log: Path) -> None:
    window = windows.open(str(log))
    opened(qtbot, window)
    window.page.playhead.move_to(12)
    press(qtbot, window, Key.Key_L, CONTROL)
    words = shlex.split(QGuiApplication.clipboard().text())
    assert words == ["history-explorer", str(log), "--position", "12"]
    said = window_parser().parse_args([*words[1:], "--order", "time"])
    (path,) = said.log
    other = windows.open(path, said.position, said.order)
    opened(qtbot, other)
    qtbot.waitUntil(lambda: other.page.header.where.text() == "12 of 406")
    assert other.page.document is not None
    assert other.page.document.order == "time"


# --- several windows, and the next start -------------------------------------------------------------------------


def test_windows_have_their_own_logs_and_playheads(qtbot: QtBot, windows: Windows, log: Path) -> None:
    first = windows.open(str(log))
    opened(qtbot, first)
    press(qtbot, first, Key.Key_N, CONTROL)
    assert len(windows.all) == 2
    second = windows.all[1]
    assert second.pages.currentWidget() is second.welcome
    second.open_path(str(resource("samples", "three-events.jsonl")))
    opened(qtbot, second, 3)
    press(qtbot, second, Key.Key_Home)
    qtbot.waitUntil(lambda: second.page.header.where.text() == "0 of 3")
    assert first.page.playhead.position == 406
    second.close()
    assert windows.all == [first]


@pytest.mark.parametrize("how", ["maximised", "full screen", "at the edge"])
def test_a_window_from_one_that_fills_the_screen_stands_on_the_screen(
    qtbot: QtBot, windows: Windows, how: str
) -> None:
    first = windows.new()
    room = first.screen().availableGeometry()
    if how == "at the edge":
        first.resize(room.size() * 0.9)
        first.move(room.right() - 60, room.bottom() - 40)
    else:
        (first.showMaximized if how == "maximised" else first.showFullScreen)()
        qtbot.waitUntil(lambda: first.isMaximized() or first.isFullScreen())
    press(qtbot, first, Key.Key_N, CONTROL)
    second = windows.all[1]
    qtbot.waitExposed(second)
    assert not second.isMaximized()
    assert not second.isFullScreen()
    assert room.contains(second.frameGeometry())


def test_a_file_can_be_opened_in_a_window_of_its_own(qtbot: QtBot, windows: Windows, log: Path) -> None:
    first = windows.new()
    press(qtbot, first, Key.Key_O, CONTROL | SHIFT)
    name_file(qtbot, log)
    opened(qtbot, windows.all[1])
    assert first.furnish().page.document is None


def test_a_theme_is_that_of_all_windows(qtbot: QtBot, windows: Windows) -> None:
    first, second = windows.new(), windows.new()
    first.choose_theme("dark")
    assert second.actions_by_name["choose_theme:dark"].isChecked()
    first.choose_theme("light")


def test_all_windows_are_there_again_at_the_next_start(
    qtbot: QtBot, windows: Windows, log: Path, tmp_path: Path
) -> None:
    first, second = windows.open(str(log)), windows.open(str(resource("samples", "three-events.jsonl")))
    opened(qtbot, first)
    opened(qtbot, second, 3)
    arrange(qtbot, first)
    second.page.playhead.move_to(1)
    press(qtbot, first, Key.Key_Q, CONTROL)
    assert windows.all == []
    again = Windows(open_settings(tmp_path / "settings.ini"), OpenOptions)
    again.begin()
    opened(qtbot, again.all[0])
    qtbot.waitUntil(lambda: len(again.all) == 2)
    is_arranged(qtbot, again.all[0])
    opened(qtbot, again.all[1], 3)
    qtbot.waitUntil(lambda: again.all[1].page.header.where.text() == "1 of 3")
    again.quit()


def test_a_window_that_was_closed_is_not_there_again_but_the_last_one_is(
    qtbot: QtBot, windows: Windows, log: Path, tmp_path: Path
) -> None:
    first, second = windows.open(str(log)), windows.new()
    opened(qtbot, first)
    second.close()
    first.page.playhead.move_to(5)
    first.close()
    log.rename(log.with_name("moved.jsonl"))
    again = Windows(open_settings(tmp_path / "settings.ini"), OpenOptions)
    again.begin().furnish()
    assert len(again.all) == 1
    assert "is not there any more" in again.all[0].status.whole_text()
    assert again.all[0].page.document is None
    again.quit()


def test_windows_closed_one_after_the_other_to_leave_are_all_there_again(
    qtbot: QtBot, windows: Windows, log: Path, tmp_path: Path
) -> None:
    first, second = windows.open(str(log)), windows.open(str(resource("samples", "three-events.jsonl")))
    opened(qtbot, first)
    opened(qtbot, second, 3)
    gone = windows.open(str(resource("samples", "two-accounts.jsonl")))
    qtbot.waitUntil(
        lambda: gone.is_furnished and gone.page.document is not None and gone.pending_view is None
    )
    gone.close()
    second.page.playhead.move_to(1)  # the person works on: that window was closed to be gone
    qtbot.waitUntil(lambda: second.page.header.where.text() == "1 of 3")
    first.close()
    second.close()
    again = Windows(open_settings(tmp_path / "settings.ini"), OpenOptions)
    again.begin()
    qtbot.waitUntil(lambda: len(again.all) == 2)
    qtbot.waitUntil(
        lambda: all(window.is_furnished and window.page.document is not None for window in again.all)
    )
    names = {Path(window.path or "").name for window in again.all}
    assert names == {log.name, "three-events.jsonl"}
    again.quit()


def test_reopening_can_be_turned_off(qtbot: QtBot, windows: Windows, log: Path, tmp_path: Path) -> None:
    windows.open(str(log))
    opened(qtbot, windows.all[0])
    open_settings(tmp_path / "settings.ini").reopen = False
    windows.quit()
    again = Windows(open_settings(tmp_path / "settings.ini"), OpenOptions)
    window = again.begin()
    window.furnish()
    assert again.all == [window]
    assert window.page.document is None
    assert not window.opening
    again.quit()


def test_a_window_never_comes_back_off_the_screen(qtbot: QtBot, windows: Windows, tmp_path: Path) -> None:
    window = windows.new()
    window.move(90_000, 90_000)
    window.close()
    again = Windows(open_settings(tmp_path / "settings.ini"), OpenOptions)
    again.begin().furnish()
    screen = QGuiApplication.primaryScreen().availableGeometry()
    assert screen.intersects(again.all[0].frameGeometry())
    again.quit()


def test_a_floating_panel_never_comes_back_off_the_screen(qtbot: QtBot, lesson: MainWindow) -> None:
    panels = lesson.page.panels
    dock = panels.docks["why"]
    dock.setFloating(True)
    dock.setGeometry(QRect(-5_000, -5_000, 300, 200))
    kept = panels.saved()
    panels.reset()
    panels.restore(kept)
    assert dock.isFloating()
    assert QGuiApplication.primaryScreen().availableGeometry().contains(dock.geometry().center())


# --- layouts with a name -------------------------------------------------------------------------------------------


def test_a_layout_can_be_named_chosen_and_deleted(qtbot: QtBot, lesson: MainWindow) -> None:
    panels = lesson.page.panels
    panels.toggle("event")
    lesson.actions_by_name["layouts.ask_name"].trigger()
    dialog = lesson.findChild(NameDialog)
    assert dialog is not None
    assert not dialog.save.isEnabled()
    qtbot.keyClicks(dialog.name, "A & B")
    qtbot.keyClick(dialog.name, Key.Key_Return)
    panels.reset()
    assert panels.is_open("event")
    press(qtbot, lesson, Key.Key_K, CONTROL)
    palette = lesson.findChild(Palette)
    assert palette is not None
    qtbot.keyClicks(palette.words, "layout: a")
    qtbot.keyClick(palette.words, Key.Key_Return)
    assert not panels.is_open("event")
    lesson.parts.layouts.delete("A & B")
    assert lesson.parts.layouts.names() == []
    assert "layout:A & B" not in lesson.actions_by_name


def test_the_arrangement_of_the_panels_stays_from_start_to_start(open_window) -> None:  # type: ignore[no-untyped-def]
    first = open_window()
    first.page.panels.toggle("event")
    first.close()
    assert not open_window().page.panels.is_open("event")


# --- settings ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("content", [b"\0\1\2garbage\n[[[", f"[General]\nversion={VERSION + 1}\n".encode()])
def test_corrupt_or_newer_settings_begin_anew_and_are_kept(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "settings.ini"
    path.write_bytes(content)
    settings = open_settings(path)
    assert settings.theme == "system"
    assert path.with_suffix(".bak").read_bytes() == content
    settings.theme = "dark"
    settings.store.sync()
    assert open_settings(path).theme == "dark"


def test_nonsense_in_the_settings_is_a_default(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "settings.ini"
    text = (
        "[window]\ngeometry_v1=@ByteArray(x)\nlayout_v1=7\nlayouts_v1={\nreopen=perhaps\n[files]\nrecent=\n"
    )
    path.write_text(text)
    window = MainWindow(open_settings(path))
    window.furnish()
    qtbot.addWidget(window)
    assert window.settings.recent == []
    assert window.parts.layouts.names() == []
    assert window.page.panels.is_open("why")
    assert not window.page.panels.restore(QByteArray())


def test_the_first_window_is_no_larger_than_its_screen(qtbot: QtBot, windows: Windows) -> None:
    window = windows.new()
    assert window.size().boundedTo(window.screen().availableGeometry().size()) == window.size()
