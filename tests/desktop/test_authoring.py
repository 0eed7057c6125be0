"""Has a teacher what a lecture needs: reload on save, notes and a timer, a handout, links, and the next lesson?"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from explorer.desktop.lessons.authoring import LessonWatch, handout_text
from explorer.desktop.lessons.lesson_files import HANDOUT
from explorer.desktop.lessons.recent_lessons import RecentLessons
from explorer.desktop.menus.action_table import SAMPLE_DOMAINS
from explorer.desktop.why.board_view import COMMAND, EVENT, POLICY
from explorer.desktop.window.main_window import MainWindow
from explorer.desktop.window.palette import besides
from explorer.resources import resource
from explorer.session.lessons.handout import printed
from explorer.session.lessons.reading import following, lesson_link, lessons
from explorer.session.lessons.staging import lesson_recipe
from tests.desktop.hands import name_file, seen, to_front
from tests.session.lessons.test_reading import guide_lesson

OWN = """---
title: T
log: three-events.jsonl
---

## A

First.

```notes
Ask who has an account.
```

```do
go: 1
show: row acc-1
```

## B

Second.

```do
go: 2
predict: What will it be?
choices: 20 | 50
answer: value acc-1 balance at 3
```
"""


@pytest.fixture
def window(open_window) -> MainWindow:  # type: ignore[no-untyped-def]
    opened: MainWindow = open_window(None)
    return opened


def begin(qtbot: QtBot, window: MainWindow, path: str) -> None:
    with qtbot.waitSignal(window.parts.lessons.step_shown):
        window.open_path(path)


def own(folder: Path, text: str = OWN) -> Path:
    path = folder / "own.md"
    path.write_text(text)
    return path


def test_a_lesson_goes_on_where_one_is_when_its_file_is_saved(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    path, teaching = own(tmp_path), window.parts.lessons
    begin(qtbot, window, f"{path}#2")
    assert teaching.number == 1
    with qtbot.waitSignal(teaching.step_shown):
        own(tmp_path, OWN.replace("## B", "## Better"))
    assert (teaching.number, teaching.panel.title.text()) == (1, "Better")
    other = tmp_path / "new"
    other.write_text(OWN.replace("## B", "## Best"))
    with qtbot.waitSignal(teaching.step_shown):
        other.replace(path)  # as many editors save
    assert teaching.panel.title.text() == "Best"
    own(tmp_path, OWN.replace("go: 1", "goo: 1").replace("go: 2", "go: 99"))
    qtbot.waitUntil(lambda: bool(window.findChildren(QMessageBox)))
    (box,) = window.findChildren(QMessageBox)
    assert box.text().startswith("own.md, line 15: there is no “goo:”")
    box.close()
    assert teaching.panel.title.text() == "Best"  # what was right is still given


def test_the_lesson_of_the_guide_works_at_first_run(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    """Somebody copies it from the page into a file, opens that by the menu, and gives it by keys."""
    own(tmp_path, guide_lesson())
    window.actions_by_name["lessons.ask_lesson"].trigger()
    teaching = window.parts.lessons
    with qtbot.waitSignal(teaching.step_shown):
        name_file(qtbot, tmp_path / "own.md")
    panel, box = teaching.panel, teaching.panel.question
    to_front(qtbot, window)
    assert panel.title.text() == "The account is opened"
    assert [grid.rows for grid in panel.exhibit.shown.grids]
    qtbot.keyClick(window, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert panel.title.text() == "Predict"
    qtbot.keyClicks(box.line, "20")
    for _ in "locked", "revealed":
        qtbot.keyClick(box.line, Qt.Key.Key_Return)
    assert "✓ Right" in box.verdict.text()
    qtbot.keyClick(window, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert panel.title.text() == "Look it up"
    qtbot.mouseClick(box.reveal, Qt.MouseButton.LeftButton)
    assert "✗" in box.verdict.text()  # it is still to be done
    window.page.events_table.setFocus()
    qtbot.keyClick(window.page.events_table, Qt.Key.Key_Left)
    qtbot.mouseClick(box.reveal, Qt.MouseButton.LeftButton)
    assert "✓ Done." in box.verdict.text()
    assert teaching.is_last


def test_a_watch_that_is_over_says_nothing(qtbot: QtBot, tmp_path: Path, window: MainWindow) -> None:
    watch = LessonWatch(window)
    watch.watch(own(tmp_path))
    watch.watch(None)
    with qtbot.assertNotEmitted(watch.saved, wait=400):
        own(tmp_path, OWN + "\n")


def test_notes_are_seen_by_the_teacher_alone(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    teaching = window.parts.lessons
    begin(qtbot, window, str(own(tmp_path)))
    assert "Ask who" not in teaching.panel.narrative.toPlainText()
    window.actions_by_name["lessons.show_notes"].trigger()
    notes = teaching.notes
    assert notes is not None
    assert notes.isVisible()
    assert notes.notes.toPlainText() == "Ask who has an account."
    assert (notes.here.text(), notes.next.text()) == ("1 of 2  A", "Next: B")
    assert notes.clock.text().startswith("0:")
    with qtbot.waitSignal(teaching.step_shown):
        teaching.next_step()
    assert (notes.notes.toPlainText(), notes.next.text()) == ("", "Next: the end")
    teaching.end()
    assert not notes.isVisible()


def test_the_clock_of_the_notes_counts_from_the_beginning_of_the_lesson(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    teaching = window.parts.lessons
    begin(qtbot, window, str(own(tmp_path)))
    window.actions_by_name["lessons.show_notes"].trigger()
    notes, lesson = teaching.notes, teaching.lesson
    assert notes is not None
    assert lesson is not None
    notes.show_step(lesson, 0, time.monotonic() - 125)
    notes.open_beside()
    assert notes.clock.text() in {"2:05", "2:06"}
    assert notes.clock.accessibleName().startswith("Time since the lesson began: 2:0")
    notes.hide()
    assert not notes._tick.isActive()


TWO_SCREENS = """
import sys
from PySide6.QtWidgets import QApplication, QWidget
app = QApplication([])
from explorer.desktop.lessons.authoring import NotesWindow
beside = QWidget()
beside.show()
notes = NotesWindow(beside)
notes.open_beside()
app.processEvents()
print(len(app.screens()), beside.screen().name(), notes.screen().name())
"""


def test_the_notes_stand_on_the_second_screen_if_there_is_one(tmp_path: Path) -> None:
    size = {"width": 1280, "height": 720, "y": 0, "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}
    screens = [{"name": name, "x": at * 1280, **size} for at, name in enumerate(("projector", "desk"))]
    (tmp_path / "screens.json").write_text(json.dumps({"screens": screens}))
    told = subprocess.run(
        [sys.executable, "-c", TWO_SCREENS],
        env={**os.environ, "QT_QPA_PLATFORM": f"offscreen:configfile={tmp_path / 'screens.json'}"},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert told.stdout.split() == ["2", "projector", "desk"]


@pytest.mark.parametrize("which", [None, 0, 2, 3])
def test_a_lesson_is_saved_as_a_handout(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, which: int | None
) -> None:
    teaching = window.parts.lessons
    begin(qtbot, window, str(own(tmp_path) if which is None else lessons()[which]))
    window.actions_by_name["lessons.handouts.ask_where"].trigger()
    with qtbot.waitSignal(teaching.handouts.saved):
        name_file(qtbot, tmp_path / HANDOUT.name)
    made = (tmp_path / HANDOUT.name).read_bytes()
    assert made.startswith(b"%PDF-")
    assert made.rstrip().endswith(b"%%EOF")
    assert len(made) > 5_000


@pytest.mark.parametrize("which", range(4))
def test_a_handout_has_what_each_step_shows_and_no_answer_that_is_asked_for(
    qtbot: QtBot, window: MainWindow, which: int
) -> None:
    teaching = window.parts.lessons
    begin(qtbot, window, str(lessons()[which]))
    lesson, scenes, document = teaching.lesson, teaching._scenes, window.page.document
    assert lesson is not None
    assert document is not None
    recipe = lesson_recipe(lesson)
    for number, scene in enumerate(scenes):
        shown = printed(lesson, scene, document, recipe, None)
        text = " ".join(
            handout_text(lesson, [scene], lambda _scene, shown=shown: shown, window.font())
            .toPlainText()
            .split()
        )
        wanted = [scene.step.title, *(block.text for block in scene.step.blocks), shown.title, shown.raw]
        wanted += [cell for grid in (*shown.frame.grids, *shown.grids) for row in grid.rows for cell in row]
        wanted += [*shown.frame.code, *shown.frame.notes, *(strip.caption for strip in shown.frame.strips)]
        notes = [] if shown.frame.board is None else shown.frame.board.lines
        wanted += [word for line in notes for word in (line.source, *(each.type for each in line.follows))]
        assert [each for each in wanted if " ".join(each.split()) not in text] == [], number
        alone = scene.step.exhibit is not None and scene.step.exhibit.kind == "questions"
        captions = [grid.caption.split()[0] for grid in shown.grids]
        assert captions == [] if alone else captions[-2:] == ["State", "Events"]
        if which == 0 and number == 12:  # the log went back to event 5, the row did not
            assert "20.00" in shown.frame.grids[0].rows[0]
            assert "580.00" in shown.grids[0].rows[0]
        assert bool(shown.raw) == (scene.position > 0 and not alone)
        if scene.step.question is not None and not scene.step.question.choices:
            assert "______________" in text


def test_a_board_stands_in_a_handout_as_notes_in_their_colours(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    path = tmp_path / "board.md"
    path.write_text(
        "---\ntitle: T\nlog: three-events.jsonl\n---\n\n## A\n\nText.\n\n```board\nOpen -> AccountOpened\n"
        "whenever AccountOpened -> CardSent\n```\n\n```do\ngo: 1\n```\n",
        encoding="utf-8",
    )
    teaching = window.parts.lessons
    begin(qtbot, window, str(path))
    lesson, scenes, document = teaching.lesson, teaching._scenes, window.page.document
    assert lesson is not None
    assert document is not None
    shown = printed(lesson, scenes[0], document, lesson_recipe(lesson), None)
    text = handout_text(lesson, scenes, lambda _scene: shown, window.font())
    found = {}
    block = text.begin()
    while block.isValid():
        for piece in block:
            if (piece.fragment().charFormat().background().style()) != Qt.BrushStyle.NoBrush:
                found[piece.fragment().text().strip()] = (
                    piece.fragment().charFormat().background().color().name()
                )
        block = block.next()
    assert found == {
        "Open": COMMAND,
        "AccountOpened\u00a01\u00a0×": EVENT,
        "whenever\u00a0AccountOpened": POLICY,
        "CardSent\u00a0–": EVENT,
    }


def test_a_link_opens_a_lesson_at_its_step(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    path = own(tmp_path)
    begin(qtbot, window, f"{path}#2")
    window.actions_by_name["lessons.copy_link"].trigger()
    assert QApplication.clipboard().text() == f"history-explorer '{path}#2'"
    assert lesson_link("a.md#7") == ("a.md", 6)
    assert lesson_link("a#7.md") == ("a#7.md", 0)
    assert lesson_link("a.jsonl#7") == ("a.jsonl#7", 0)
    begin(qtbot, window, f"{path}#200")  # further than its end: the last one
    assert window.parts.lessons.number == 1


def test_the_next_lesson_is_one_key_away_at_the_end_of_one(qtbot: QtBot, window: MainWindow) -> None:
    teaching = window.parts.lessons
    begin(qtbot, window, f"{lessons()[0]}#14")
    assert teaching.is_last
    button = teaching.panel.following
    assert button.hasFocus()
    assert button.text() == "Next lesson"
    assert "Aggregates, commands and events" in button.toolTip()
    with qtbot.waitSignal(teaching.step_shown):
        qtbot.keyClick(button, Qt.Key.Key_Return)
    assert teaching.lesson is not None
    assert teaching.lesson.path == lessons()[1]
    assert not button.isVisible()
    assert following(lessons()[-1]) is None
    assert following(lessons("de")[0]) == lessons("de")[1]


def test_another_log_ends_a_lesson_with_a_word_and_a_way_back(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    teaching = window.parts.lessons
    begin(qtbot, window, f"{own(tmp_path)}#2")
    window.open_path(str(resource("samples", "small-bank.jsonl")))
    qtbot.waitUntil(lambda: bool(window.findChildren(QMessageBox)))
    (box,) = window.findChildren(QMessageBox)
    assert box.text() == "The lesson “T” has ended, for another log was opened."
    (back,) = (each for each in box.findChildren(QPushButton) if each.text() == "Back to the lesson")
    with qtbot.waitSignal(teaching.step_shown):
        back.click()
    assert teaching.number == 1


def test_lessons_of_ones_own_are_listed_again_in_the_menu_the_palette_and_on_the_welcome_page(
    qtbot: QtBot,
    window: MainWindow,
    open_window,  # type: ignore[no-untyped-def]
    tmp_path: Path,
) -> None:
    teaching = window.parts.lessons
    assert isinstance(teaching.recent, RecentLessons)
    assert not teaching.recent.menu.menuAction().isEnabled()
    begin(qtbot, window, str(lessons()[0]))  # which comes with the program, and is listed always
    assert window.settings.recent_lessons == []
    path = own(tmp_path)
    other = tmp_path / "b & c.md"
    other.write_text(OWN)
    for each in (path, other, path):
        begin(qtbot, window, str(each))
    assert window.settings.recent_lessons == [str(path), str(other)]
    assert str(path) not in window.settings.recent
    first, second = teaching.recent.menu.actions()
    assert (first.text(), second.text()) == ("&1 own.md", "&2 b && c.md")
    with qtbot.waitSignal(teaching.step_shown):
        second.trigger()
    assert teaching.lesson is not None
    assert teaching.lesson.path == other
    path.unlink()
    again = open_window(None)
    qtbot.waitUntil(again.welcome.isVisible)
    links = {each.text(): each for each in again.welcome.findChildren(QPushButton) if each.isVisible()}
    assert not links["own.md"].isEnabled()  # it is gone
    with qtbot.waitSignal(again.parts.lessons.step_shown):
        qtbot.mouseClick(links["b && c.md"], Qt.MouseButton.LeftButton)
    assert "Recent lesson: b & c.md" in [said for said, _ in besides(again)]
    again.settings.forget_recent()
    assert again.settings.recent_lessons == []


def test_the_gallery_is_opened_from_the_welcome_page_by_keys(qtbot: QtBot, window: MainWindow) -> None:
    to_front(qtbot, window)
    (link,) = [each for each in window.welcome.findChildren(QPushButton) if each.text() == "Gallery…"]
    link.setFocus()
    qtbot.keyClick(link, Qt.Key.Key_Return)
    (menu,) = [each for each in seen(QMenu) if each.accessibleName() == "Gallery…"]
    assert len(menu.actions()) == len(SAMPLE_DOMAINS)
    qtbot.keyClick(menu, Qt.Key.Key_Down)
    with qtbot.waitSignal(window.parts.lessons.step_shown):
        qtbot.keyClick(menu, Qt.Key.Key_Return)
    assert window.parts.lessons.lesson is not None
    assert window.parts.lessons.lesson.name == "bank.md"
