"""Does a class answer by keys alone: typed, chosen or by a show of hands, locked in, then revealed, and saved?"""

import csv
import socket
import string
from contextlib import suppress
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QMenu
from pytestqt.qtbot import QtBot

from explorer.desktop.lessons.histogram import Tallied
from explorer.desktop.lessons.lesson_controller import LessonController
from explorer.desktop.look.buttons import Button, Choice
from explorer.desktop.typing_guard import guard_typing
from explorer.desktop.window.main_window import MainWindow
from explorer.session.lessons.reading import lessons
from tests.desktop.hands import name_file

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
TYPED, CHOSEN = (0, 3), (1, 3)  # a lesson and its step, whose answer is written, or chosen
PRINTED = [getattr(Key, f"Key_{char}") for char in string.ascii_uppercase + string.digits] + [
    *(
        Key.Key_Comma,
        Key.Key_Period,
        Key.Key_Slash,
        Key.Key_BracketLeft,
        Key.Key_BracketRight,
        Key.Key_Question,
    ),
    *(Key.Key_Delete, Key.Key_Backspace, Key.Key_Insert),
    *(Key(Key.Key_F1.value + at) for at in range(10)),
]


@pytest.fixture
def window(open_window) -> MainWindow:  # type: ignore[no-untyped-def]
    opened: MainWindow = open_window(None)
    opened.resize(1280, 720)
    yield opened
    opened.parts.presenter.end()


def stand(
    qtbot: QtBot, window: MainWindow, place: tuple[int, int], *, presenting: bool = True
) -> LessonController:
    """Give a lesson, and go to one of its steps."""
    teaching = window.parts.lessons
    with qtbot.waitSignal(teaching.step_shown):
        window.open_path(str(lessons()[place[0]]))
    if presenting:
        window.actions_by_name["presenter.toggle"].trigger()
    with qtbot.waitSignal(teaching.step_shown):
        teaching.go_to_step(place[1])
    return teaching


def press(qtbot: QtBot, window: MainWindow, *keys: Qt.Key) -> None:
    for key in keys:
        qtbot.keyClick(QApplication.focusWidget() or window, key)


def opened_beside(window: MainWindow) -> list[object]:
    return [
        each
        for each in QApplication.topLevelWidgets()
        if each.isVisible() and isinstance(each, QDialog | QMenu)
    ]


@pytest.mark.parametrize("place", [TYPED, CHOSEN, (0, 1), (0, 8)])
def test_no_key_that_is_typed_before_a_class_is_a_command(
    qtbot: QtBot, window: MainWindow, place: tuple[int, int]
) -> None:
    teaching = stand(qtbot, window, place)
    for focus in (None, window.page.events_table, teaching.panel.next):
        for key in PRINTED:
            if focus is not None:
                focus.setFocus()
            for modifier in (Qt.KeyboardModifier.NoModifier, SHIFT):
                qtbot.keyClick(QApplication.focusWidget() or window, key, modifier)
                assert opened_beside(window) == []
                if window.parts.presenter.curtain.isVisible():
                    assert not teaching.panel.question.waiting
                    window.parts.presenter.black()
    assert teaching.number == place[1]
    assert window.parts.presenter.presenting
    assert window.page.playhead.position == teaching.scene.position  # type: ignore[union-attr]


def test_an_answer_is_typed_locked_and_revealed_without_looking_for_the_box(
    qtbot: QtBot, window: MainWindow
) -> None:
    teaching = stand(qtbot, window, TYPED)
    box = teaching.panel.question
    assert box.line.hasFocus()
    window.page.events_table.setFocus()  # somebody has gone there, and some time ago
    guard_typing().rest()
    press(qtbot, window, Key.Key_8, Key.Key_0, Key.Key_Return)
    assert [guess.text for guess in box.guesses] == ["80"]
    assert (box.locked_text.text(), box.verdict.isVisible()) == ("Locked in: 80", False)
    press(qtbot, window, Key.Key_2, Key.Key_0, Key.Key_Return, Key.Key_Return)
    assert box.verdict.text() == "It is 20.00: 1 of 2 said so.  50.00 − 30.00 = 20.00"
    assert box.histogram.rows == (Tallied("80", 1, right=False), Tallied("20", 1, right=True))
    assert box.histogram.accessibleName() == "✗ 80: 1, ✓ 20: 1"
    assert not box.waiting


@pytest.mark.parametrize("presenting", [True, False])
def test_arrows_choose_and_enter_locks_what_is_chosen(
    qtbot: QtBot, window: MainWindow, presenting: bool
) -> None:
    teaching = stand(qtbot, window, CHOSEN, presenting=presenting)
    box, here = teaching.panel.question, window.page.playhead.position
    assert isinstance(QApplication.focusWidget(), Choice)
    press(qtbot, window, Key.Key_Down)
    assert box.prediction == "accepted"
    press(qtbot, window, Key.Key_Down)
    assert box.prediction == "rejected"
    press(qtbot, window, Key.Key_Up, Key.Key_Right)
    assert (box.prediction, window.page.playhead.position) == ("rejected", here)
    press(qtbot, window, Key.Key_Return)
    assert (len(box.guesses), box.verdict.isVisible()) == (1, False)
    press(qtbot, window, Key.Key_Return)
    assert box.verdict.text().startswith("✓ Right: rejected.")


@pytest.mark.parametrize("presenting", [True, False])
def test_hands_are_counted_by_number_keys_and_saved(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, presenting: bool
) -> None:
    teaching = stand(qtbot, window, CHOSEN, presenting=presenting)
    box = teaching.panel.question
    press(qtbot, window, Key.Key_1, Key.Key_2, Key.Key_2, Key.Key_2, Key.Key_1, Key.Key_Backspace, Key.Key_3)
    assert box.histogram.rows == (Tallied("accepted", 1), Tallied("rejected", 3))
    assert not box.verdict.isVisible()
    press(qtbot, window, Key.Key_Return)
    assert box.verdict.text().startswith("It is rejected: 3 of 4 said so.")
    assert box.histogram.rows == (Tallied("accepted", 1, right=False), Tallied("rejected", 3, right=True))
    press(qtbot, window, Key.Key_1)  # too late: it is known
    assert box.histogram.rows[0].times == 1
    window.parts.presenter.end()
    window.actions_by_name["lessons.predictions.ask_where"].trigger()
    name_file(qtbot, tmp_path / "p.csv")
    with (tmp_path / "p.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [
            (row["prediction"], row["times"], row["given by"], row["correct"]) for row in csv.DictReader(file)
        ]
    assert rows == [("accepted", "1", "show of hands", "no"), ("rejected", "3", "show of hands", "yes")]


def test_enter_opens_what_the_welcome_page_offers(qtbot: QtBot, window: MainWindow) -> None:
    links = [each for each in window.welcome.findChildren(Button) if each.text().startswith("1 ")]
    links[0].setFocus()
    with qtbot.waitSignal(window.parts.lessons.step_shown):
        press(qtbot, window, Key.Key_Return)
    assert window.parts.lessons.panel.next.hasFocus()


def test_no_hints_are_given_before_a_class(qtbot: QtBot, window: MainWindow) -> None:
    window.settings.hints_seen = False
    teaching = stand(qtbot, window, TYPED)
    assert not window.parts.looks.hints.isVisible()
    window.settings.hints_seen = False  # a second lesson in the same hour
    with qtbot.waitSignal(teaching.step_shown):
        window.open_path(str(lessons()[1]))
    assert not window.parts.looks.hints.isVisible()


def sockets() -> set[str]:
    """The sockets of this process that wait for others, of TCP and UDP."""
    mine = set()
    for each in Path("/proc/self/fd").iterdir():
        with suppress(OSError):
            mine.add(str(each.readlink()))
    found = set()
    for kind in ("tcp", "tcp6", "udp", "udp6"):
        listening = {"0A"} if kind.startswith("tcp") else {"07"}
        table = Path("/proc/self/net", kind)
        for line in table.read_text().splitlines()[1:] if table.is_file() else []:
            words = line.split()
            if words[3] in listening and f"socket:[{words[9]}]" in mine:
                found.add(f"{kind} {words[1]}")
    return found


@pytest.mark.skipif(not Path("/proc/self/net/tcp").is_file(), reason="needs /proc of Linux")
def test_nothing_listens_on_a_network_while_a_class_answers(qtbot: QtBot, window: MainWindow) -> None:
    before = sockets()
    with socket.create_server(("127.0.0.1", 0)):
        assert len(sockets() - before) == 1  # such a one would be seen
    teaching = stand(qtbot, window, CHOSEN)
    press(qtbot, window, Key.Key_1, Key.Key_2, Key.Key_Return)
    assert teaching.revealed
    window.actions_by_name["lessons.show_notes"].trigger()
    assert sockets() == before
