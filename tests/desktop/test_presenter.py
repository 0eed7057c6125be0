"""Does a lecture go well: large, few panels, a remote's keys, a laser, a black screen, and everything back after it?"""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit
from pytestqt.qtbot import QtBot

from explorer.desktop.look.theme import apply_theme, theme_of
from explorer.desktop.window.main_window import MainWindow
from explorer.resources import resource
from explorer.session.lessons.reading import lessons

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def lecture(qtbot: QtBot, open_window) -> MainWindow:  # type: ignore[no-untyped-def]
    window: MainWindow = open_window(None)
    window.resize(1280, 720)
    with qtbot.waitSignal(window.parts.lessons.step_shown):
        window.open_path(str(lessons()[0]))
    yield window
    window.parts.presenter.end()


def present(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.keyClick(window, Key.Key_F11, SHIFT)
    assert window.parts.presenter.presenting


def press(qtbot: QtBot, window: MainWindow, key: Qt.Key) -> None:
    """Press a key where the focus is, as a remote does."""
    qtbot.keyClick(QApplication.focusWidget() or window, key)


def test_presenting_puts_aside_what_the_last_row_does_not_need_and_ends_as_it_was(
    qtbot: QtBot, lecture: MainWindow
) -> None:
    page, before = lecture.page, QApplication.font().pointSizeF()
    row_px = page.events_table.verticalHeader().defaultSectionSize()
    widths = [page.events_table.columnWidth(column) for column in range(5)]
    present(qtbot, lecture)
    for bar in (lecture.menuBar(), lecture.statusBar(), page.header, page.transport, page.filter_bar):
        assert not bar.isVisible()
    slide = lecture.parts.presenter.slide
    assert slide is not None
    assert slide.events.isVisible()
    assert page.timeline.isVisible()
    assert not lecture.parts.lessons.panel.isVisible()
    assert QApplication.font().pointSizeF() > 1.3 * before
    assert page.events_table.font().pointSizeF() > 1.3 * before
    for view in page.event_panel.findChildren(QPlainTextEdit):
        assert view.font().pointSizeF() > 1.3 * before
    assert not page.state_panel.line.isVisible()
    assert page.events_table.verticalHeader().defaultSectionSize() > row_px
    assert lecture.isFullScreen()
    press(qtbot, lecture, Key.Key_Escape)
    assert not lecture.parts.presenter.presenting
    for bar in (lecture.menuBar(), lecture.statusBar(), page.header, page.transport, page.filter_bar):
        assert bar.isVisible()
    assert QApplication.font().pointSizeF() == before
    for view in page.event_panel.findChildren(QPlainTextEdit):
        assert view.font().pointSizeF() == pytest.approx(before)
    assert page.state_panel.line.isVisible()
    assert page.events_table.verticalHeader().defaultSectionSize() == row_px
    assert [page.events_table.columnWidth(column) for column in range(5)] == widths
    assert not lecture.isFullScreen()
    assert lecture.parts.lessons.lesson is not None
    assert lecture.parts.lessons.panel.isVisible()
    assert page.state_table.isVisible()
    assert not slide.isVisible()


def test_a_dark_window_is_light_for_the_projector_and_dark_again(qtbot: QtBot, lecture: MainWindow) -> None:
    lecture.choose_theme("dark")
    present(qtbot, lecture)
    assert theme_of(QApplication.palette()).name == "light"
    press(qtbot, lecture, Key.Key_Escape)
    assert theme_of(QApplication.palette()).name == "dark"
    apply_theme("light")


def test_a_remote_leads_through_the_lesson_and_reveals_before_it_goes_on(
    qtbot: QtBot, lecture: MainWindow
) -> None:
    present(qtbot, lecture)
    teaching = lecture.parts.lessons
    for number in (1, 2, 3):
        with qtbot.waitSignal(teaching.step_shown):
            press(qtbot, lecture, Key.Key_PageDown)
        assert teaching.number == number
    press(qtbot, lecture, Key.Key_PageDown)  # the question first
    assert teaching.number == 3
    assert teaching.panel.question.verdict.text().startswith("It is 20.00.")
    assert lecture.page.playhead.position == 3
    with qtbot.waitSignal(teaching.step_shown):
        press(qtbot, lecture, Key.Key_PageDown)
    assert teaching.number == 4
    with qtbot.waitSignal(teaching.step_shown):
        press(qtbot, lecture, Key.Key_PageUp)
    assert teaching.number == 3
    teaching.go_to_step(len(read_steps(teaching)) - 1)
    press(qtbot, lecture, Key.Key_PageDown)  # nobody falls out of a lecture at its end
    assert teaching.lesson is not None


def read_steps(teaching) -> tuple:  # type: ignore[no-untyped-def, type-arg]
    return teaching.lesson.steps


def test_every_step_is_said_in_a_sentence(qtbot: QtBot, lecture: MainWindow) -> None:
    present(qtbot, lecture)
    assert lecture.parts.presenter.caption.isVisible()
    assert lecture.parts.presenter.caption.text() == "Nothing has happened yet."
    for _ in range(3):
        press(qtbot, lecture, Key.Key_Right)
    qtbot.waitUntil(
        lambda: (
            lecture.parts.presenter.caption.text()
            == "MoneyWithdrawn 30.00 on 3 January: 50.00 − 30.00 = 20.00"
        )
    )
    press(qtbot, lecture, Key.Key_Escape)
    assert not lecture.parts.presenter.caption.isVisible()


def test_the_screen_goes_black_and_comes_back(qtbot: QtBot, lecture: MainWindow) -> None:
    present(qtbot, lecture)
    curtain = lecture.parts.presenter.curtain
    for key, back in (
        (Key.Key_B, Key.Key_B),
        (Key.Key_Period, Key.Key_Period),
        (Key.Key_B, Key.Key_Escape),
        (Key.Key_B, Key.Key_PageDown),
    ):
        press(qtbot, lecture, key)
        assert curtain.isVisible()
        assert curtain.size() == lecture.size()
        assert curtain.grab().toImage().pixelColor(100, 100) == Qt.GlobalColor.black
        press(qtbot, lecture, back)
        assert not curtain.isVisible()
        assert lecture.parts.presenter.presenting
    assert lecture.parts.lessons.number == 0


def test_letters_are_written_where_somebody_writes(qtbot: QtBot, lecture: MainWindow) -> None:
    present(qtbot, lecture)
    lecture.parts.lessons.go_to_step(3)
    line = lecture.parts.lessons.panel.question.line
    line.setFocus()
    qtbot.keyClicks(line, "b.l")
    assert line.text() == "b.l"
    assert not lecture.parts.presenter.curtain.isVisible()
    qtbot.keyClick(line, Key.Key_PageDown)  # … but a remote's keys go on
    assert lecture.parts.lessons.revealed


def test_the_laser_follows_the_mouse_then_the_chosen_value_then_rests(
    qtbot: QtBot, lecture: MainWindow
) -> None:
    present(qtbot, lecture)
    spotlight = lecture.parts.lessons.spotlight
    lecture.parts.lessons.go_to_step(2)
    press(qtbot, lecture, Key.Key_L)
    assert spotlight.laser == "mouse"
    place = QPoint(400, 300)
    QCursor.setPos(lecture.mapToGlobal(place))
    qtbot.waitUntil(lambda: spotlight.spot() is not None and spotlight.spot().toPoint() == place)
    press(qtbot, lecture, Key.Key_L)
    assert spotlight.laser == "value"
    table = lecture.parts.presenter.slide.state
    cell = table.cell_rect(0, table.grid.columns.index("balance"))
    middle = table.mapTo(lecture, cell.center())
    spot = spotlight.spot()
    assert spot is not None
    assert (spot.toPoint() - middle).manhattanLength() <= 4
    press(qtbot, lecture, Key.Key_L)
    assert spotlight.laser == "off"
    assert spotlight.spot() is None


def test_the_rings_let_every_click_through(qtbot: QtBot, lecture: MainWindow) -> None:
    lecture.parts.lessons.go_to_step(2)
    qtbot.waitUntil(lambda: bool(lecture.parts.lessons.spotlight.rings()))
    ring = lecture.parts.lessons.spotlight.rings()[0]
    assert lecture.childAt(ring.center()) is lecture.page.state_table.viewport()


def test_a_log_without_a_lesson_is_presented_too(qtbot: QtBot, open_window) -> None:  # type: ignore[no-untyped-def]
    window: MainWindow = open_window(resource("samples", "three-events.jsonl"))
    present(qtbot, window)
    press(qtbot, window, Key.Key_PageUp)
    assert window.page.playhead.position == 2
    press(qtbot, window, Key.Key_PageDown)
    assert window.page.playhead.position == 3
    assert window.page.panels.in_front("state")
    assert not window.page.panels.is_open("why")
    press(qtbot, window, Key.Key_F5)  # a remote's "start" does not read the log anew
    assert window.parts.presenter.presenting
    press(qtbot, window, Key.Key_Escape)
    assert window.page.panels.is_open("why")


def test_a_full_screen_window_stays_one(qtbot: QtBot, lecture: MainWindow) -> None:
    lecture.showFullScreen()
    QTest.qWaitForWindowExposed(lecture)
    present(qtbot, lecture)
    press(qtbot, lecture, Key.Key_Escape)
    assert lecture.isFullScreen()
    lecture.showNormal()


def test_large_type_takes_no_column_out_of_sight_and_is_not_taken_for_widths_that_somebody_drew(
    qtbot: QtBot, lecture: MainWindow
) -> None:
    page = lecture.page
    before = [page.state_table.columnWidth(column) for column in range(1, 6)]
    present(qtbot, lecture)
    lecture.showNormal()
    lecture.resize(1280, 720)
    for table in (page.state_table, page.events_table):
        qtbot.waitUntil(lambda view=table: view.horizontalScrollBar().maximum() == 0)
    press(qtbot, lecture, Key.Key_Escape)
    lecture.resize(1280, 720)
    qtbot.waitUntil(lambda: [page.state_table.columnWidth(column) for column in range(1, 6)] == before)
