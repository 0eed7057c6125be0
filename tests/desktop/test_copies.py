"""Does recording into a sample or a lesson leave the original alone, and is the copy told of, kept, and tidied away?"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLineEdit, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from explorer.desktop.saving import open_logs
from explorer.desktop.window.main_window import MainWindow
from explorer.desktop.window.windows import _state
from explorer.resources import resource
from explorer.session.files.scratch import is_copy, origin
from explorer.session.files.workspace import load
from explorer.session.lessons.reading import lessons
from tests.desktop.conftest import OpenWindow
from tests.desktop.test_commands import give, panel, switch_on

Left, Key = Qt.MouseButton.LeftButton, Qt.Key
SAMPLE = resource("samples", "three-events.jsonl")


@pytest.fixture(autouse=True)
def samples_stay() -> Iterator[None]:
    """Nothing that comes with the program may be changed; what is, is put back."""
    before = {path: path.read_bytes() for path in resource().rglob("*") if path.is_file()}
    yield
    now = {path for path in resource().rglob("*") if path.is_file()}
    changed = [path for path, raw in before.items() if path not in now or path.read_bytes() != raw]
    for path in changed:
        path.write_bytes(before[path])
    for path in now - set(before):
        path.unlink()
    assert not changed
    assert now == set(before)


def path_of(window: MainWindow) -> Path:
    document = window.page.document
    assert document is not None
    assert document.path is not None
    return Path(document.path)


def record(qtbot: QtBot, window: MainWindow) -> None:
    """Pay 5 in, as a person would."""
    document = window.page.document
    assert document is not None
    count = document.event_count
    switch_on(qtbot, window)
    give(qtbot, window, "deposit", account="acc-1", amount="5")
    qtbot.waitUntil(lambda: window.page.document.event_count == count + 1)  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: panel(window).written.rowCount() == 1)


def test_a_sample_from_the_welcome_page_is_a_copy_that_says_so_and_can_be_kept(
    qtbot: QtBot, open_window: OpenWindow, tmp_path: Path
) -> None:
    window = open_window(None)
    link = next(
        each for each in window.welcome.findChildren(QPushButton) if each.text() == "The lesson: three events"
    )
    QTest.mouseClick(link, Left)
    qtbot.waitUntil(window.parts.copies.told.isVisible)
    copy = path_of(window)
    assert copy.name == SAMPLE.name
    assert is_copy(str(copy))
    assert window.settings.recent[0] == str(SAMPLE)
    window.page.commanding.show()
    QTest.mouseClick(panel(window).switch, Left)
    box = window.findChildren(QMessageBox)[-1]
    assert "This is a copy. It is deleted when another log is opened" in box.text()
    qtbot.keyClick(box, Key.Key_Escape)
    record(qtbot, window)
    assert copy.read_bytes().count(b"\n") == 4
    assert set(open_logs()) == {copy, SAMPLE}
    QTest.mouseClick(window.parts.copies.told, Left)
    dialog = window.findChild(QFileDialog)
    dialog.findChild(QLineEdit).setText(str(tmp_path / "kept.jsonl"))
    dialog.accept()
    qtbot.waitUntil(lambda: "Saved kept.jsonl" in window.status.whole_text())
    assert (tmp_path / "kept.jsonl").read_bytes() == copy.read_bytes()
    window.open_path(str(tmp_path / "kept.jsonl"))
    qtbot.waitUntil(lambda: path_of(window) == tmp_path / "kept.jsonl")
    assert not window.parts.copies.told.isVisible()
    assert not copy.exists()
    window.parts.copies.save_as()
    assert window.status.whole_text() == ("This log is no copy: what is recorded is in its own file already.")


def test_a_copy_is_read_anew_as_itself_and_remembered_as_what_it_is_a_copy_of(
    qtbot: QtBot, open_window: OpenWindow, tmp_path: Path
) -> None:
    window = open_window(SAMPLE)
    copy = path_of(window)
    record(qtbot, window)
    with qtbot.waitSignal(window.shown):
        window.parts.rereading.reload()
    assert path_of(window) == copy
    window.parts.workspaces.save_to(str(tmp_path / "w.hxw"))
    assert load(tmp_path / "w.hxw").log.path == str(SAMPLE)
    assert window.status.whole_text() == (
        "Saved w.hxw; what was recorded into the copy of the log is no part of it"
    )
    state = _state(window)
    assert state.log is not None
    assert state.log.path == str(SAMPLE)
    window.close_log()
    assert not copy.exists()
    assert window.page.document is None


def test_what_is_recorded_in_a_lesson_stays_out_of_the_sample_and_of_the_next_lesson(
    qtbot: QtBot, open_window: OpenWindow
) -> None:
    window = open_window(None)
    with qtbot.waitSignal(window.parts.lessons.step_shown):
        window.parts.lessons.open_own(lessons()[0].name)
    first = path_of(window)
    assert window.parts.copies.told.isVisible()
    with qtbot.waitSignal(window.parts.lessons.step_shown):
        window.parts.lessons.go_to_step(9)
    record(qtbot, window)
    assert window.parts.lessons.lesson is not None
    qtbot.waitUntil(lambda: window.page.state_model.view.text(0, 2) == "25.00")  # type: ignore[union-attr]
    with qtbot.waitSignal(window.parts.lessons.step_shown):
        window.parts.lessons.open_own(lessons()[0].name)
    assert path_of(window) != first
    assert not first.exists()
    assert window.page.document.event_count == 11  # type: ignore[union-attr]


LESSON = "---\ntitle: T\nlog: own.jsonl\n---\n\n## A\n\n```do\ngo: end\nselect: acc-1 balance\n```\n"


def test_a_teachers_own_log_is_not_written_to_in_a_lesson(
    qtbot: QtBot, open_window: OpenWindow, tmp_path: Path
) -> None:
    own = tmp_path / "own.jsonl"
    own.write_bytes(SAMPLE.read_bytes())
    (tmp_path / "own.md").write_text(LESSON)
    window = open_window(None)
    with qtbot.waitSignal(window.parts.lessons.step_shown):
        window.open_path(str(tmp_path / "own.md"))
    assert origin(str(path_of(window))) == str(own)
    record(qtbot, window)
    assert own.read_bytes() == SAMPLE.read_bytes()
    assert own in open_logs()


def refused(kind: str, folder: Path) -> Path:
    """A lesson that cannot be given, for one reason or another."""
    (folder / "own.jsonl").write_bytes(SAMPLE.read_bytes())
    text = {
        "a field that is none": LESSON.replace("balance", "balence"),
        "a place that is none": LESSON.replace("go: end", "go: 99"),
        "no log": LESSON.replace("own.jsonl", "nobody.jsonl"),
        "a log that is none": LESSON.replace("own.jsonl", "own.md"),
        "no lesson": "---\ntitle: T\nlog: own.jsonl\n---\n\nprose\n",
        "nobody could do it": LESSON.replace("go: end", "go: end\ntask: T\ncheck: acc-1 balance < 0"),
    }[kind]
    (folder / "own.md").write_text(text)
    return folder / "own.md"


@pytest.mark.parametrize(
    "kind",
    [
        "a field that is none",
        "a place that is none",
        "no log",
        "a log that is none",
        "no lesson",
        "nobody could do it",
    ],
)
def test_a_lesson_that_is_refused_leaves_the_running_one_and_its_log_alone(
    qtbot: QtBot, open_window: OpenWindow, tmp_path: Path, kind: str
) -> None:
    window = open_window(None)
    with qtbot.waitSignal(window.parts.lessons.step_shown):
        window.parts.lessons.open_own(lessons()[0].name)
    with qtbot.waitSignal(window.parts.lessons.step_shown):
        window.parts.lessons.go_to_step(5)
    document, copy, exhibit = (
        window.page.document,
        path_of(window),
        window.parts.lessons.panel.exhibit.exhibit,
    )
    copies = sorted(copy.parent.parent.iterdir())  # of this process: other tests may have made some
    window.open_path(str(refused(kind, tmp_path)))
    qtbot.waitUntil(lambda: bool(window.findChildren(QMessageBox)))
    (box,) = window.findChildren(QMessageBox)
    assert box.windowTitle() == "The lesson cannot be given"
    box.close()
    assert window.page.document is document
    assert path_of(window) == copy
    assert copy.exists()
    assert window.parts.lessons.lesson is not None
    assert window.parts.lessons.lesson.name == lessons()[0].name
    assert window.parts.lessons.number == 5
    assert window.parts.lessons.panel.isVisible()
    assert window.parts.lessons.panel.exhibit.exhibit is exhibit
    assert sorted(copy.parent.parent.iterdir()) == copies
    with qtbot.waitSignal(window.parts.lessons.step_shown):
        window.actions_by_name["lessons.next_step"].trigger()
    assert window.parts.lessons.number == 6


def test_a_lesson_that_is_refused_leaves_a_log_that_is_open_alone(
    qtbot: QtBot, open_window: OpenWindow, tmp_path: Path
) -> None:
    (tmp_path / "bank.jsonl").write_bytes(resource("samples", "small-bank.jsonl").read_bytes())
    window = open_window(tmp_path / "bank.jsonl")
    window.page.playhead.move_to(17)
    window.parts.workspaces.save_to(str(tmp_path / "w.hxw"))
    window.open_path(str(refused("a field that is none", tmp_path)))
    qtbot.waitUntil(lambda: bool(window.findChildren(QMessageBox)))
    window.findChildren(QMessageBox)[0].close()
    assert path_of(window) == tmp_path / "bank.jsonl"
    assert window.page.playhead.position == 17
    assert window.parts.workspaces.file == tmp_path / "w.hxw"
