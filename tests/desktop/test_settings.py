"""Can a person settle the looks and habits of the program by keyboard, see them hold at once, and take them back?"""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer.desktop.help.dialogs import HINTS, AboutDialog
from explorer.desktop.look.theme import CONTRAST_LIGHT, DARK, LIGHT, apply_text_size, apply_theme, theme_of
from explorer.desktop.window.looks import SettingsDialog
from explorer.session.options import Recipe
from explorer.session.trust import Trust, fingerprint


@pytest.fixture(autouse=True)
def usual_looks():
    yield
    apply_text_size(100)
    apply_theme("light")


def dialog(qtbot: QtBot, window, kind: type):
    found = [child for child in window.findChildren(kind) if child.isVisible()]
    assert len(found) == 1
    return found[0]


@pytest.fixture
def settings(qtbot: QtBot, lesson):
    qtbot.keyClick(lesson, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    return dialog(qtbot, lesson, SettingsDialog)


def choose(qtbot: QtBot, box, data) -> None:
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Home)
    while box.currentData() != data:
        qtbot.keyClick(box, Qt.Key.Key_Down)


def test_colours_change_at_once_and_are_remembered(qtbot, lesson, settings):
    choose(qtbot, settings.theme, "contrast")
    assert theme_of(QGuiApplication.palette()) is CONTRAST_LIGHT
    assert lesson.settings.theme == "contrast"
    assert lesson.actions_by_name["choose_theme:contrast"].isChecked()
    choose(qtbot, settings.theme, "dark")
    assert theme_of(lesson.palette()) is DARK


def test_larger_text_makes_rows_higher_and_columns_wider_and_back(qtbot, lesson):
    table = lesson.page.events_table
    row, column = table.rowHeight(0), table.columnWidth(2)
    raw = lesson.page.event_panel.raw if hasattr(lesson.page.event_panel, "raw") else table
    points = raw.font().pointSizeF()
    for _ in range(4):
        qtbot.keyClick(lesson, Qt.Key.Key_Equal, Qt.KeyboardModifier.ControlModifier)
    assert lesson.settings.text_percent == 175
    qtbot.waitUntil(lambda: table.rowHeight(0) > 1.2 * row)
    assert table.columnWidth(2) > 1.5 * column
    assert raw.font().pointSizeF() == pytest.approx(points * 1.75, abs=0.2)
    qtbot.keyClick(lesson, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    assert lesson.settings.text_percent == 150
    qtbot.keyClick(lesson, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: table.rowHeight(0) == row)
    assert abs(table.columnWidth(2) - column) < 4


def test_pictures_grow_with_the_text_and_stay_sharp(qtbot, lesson):
    button = lesson.page.transport.buttons["next_event"]
    usual = button.iconSize().width()
    for _ in range(4):
        qtbot.keyClick(lesson, Qt.Key.Key_Equal, Qt.KeyboardModifier.ControlModifier)
    assert button.iconSize().width() == round(1.75 * usual)
    large = button.icon().pixmap(button.iconSize()).toImage()
    stretched = button.icon().pixmap(usual, usual).toImage().scaled(large.size())
    assert large.width() == button.iconSize().width()
    assert large != stretched
    qtbot.keyClick(lesson, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert button.iconSize().width() == usual


def test_every_setting_is_reached_by_tab_and_holds(qtbot, lesson, settings):
    reached = []
    widget = settings.theme
    while widget not in reached:
        reached.append(widget)
        qtbot.keyClick(widget, Qt.Key.Key_Tab)
        widget = QApplication.focusWidget()
    for wanted in (settings.text_size, settings.language, settings.order, settings.scale, settings.speed):
        assert wanted in reached or wanted.focusProxy() in reached or wanted.lineEdit() in reached
    assert settings.reopen in reached
    assert settings.reset in reached
    choose(qtbot, settings.order, "time")
    choose(qtbot, settings.speed, 8.0)
    choose(qtbot, settings.language, "de")
    settings.reopen.setFocus()
    qtbot.keyClick(settings.reopen, Qt.Key.Key_Space)
    kept = lesson.settings
    assert (kept.order, kept.speed, kept.language, kept.reopen) == ("time", 8.0, "de", False)
    assert lesson.page.transport.speed.currentData() == 8.0


def test_the_order_that_was_settled_is_that_of_the_next_log(qtbot, lesson, settings):
    choose(qtbot, settings.order, "time")
    settings.close()
    lesson.open_path(lesson._path)
    qtbot.waitUntil(lambda: lesson._opening is None)
    assert lesson.page.document.order == "time"


def test_reset_takes_everything_back(qtbot, lesson, settings):
    choose(qtbot, settings.theme, "dark")
    choose(qtbot, settings.order, "time")
    settings.text_size.setValue(150)
    settings.reset.setFocus()
    qtbot.keyClick(settings.reset, Qt.Key.Key_Space)
    kept = lesson.settings
    assert (kept.theme, kept.order, kept.text_percent) == ("system", "log", 100)
    assert theme_of(QGuiApplication.palette()) is LIGHT
    assert (settings.theme.currentData(), settings.order.currentData()) == ("system", "log")


def test_a_program_that_is_trusted_can_be_forgotten(qtbot, lesson):
    program = Recipe("mine.py", "python", "def evolve(state, event): return state\n")
    Trust().give(program)
    assert Trust().covers(program)
    lesson.parts.looks.show_settings()
    shown = dialog(qtbot, lesson, SettingsDialog)
    assert fingerprint(program)[:16] in shown.trusted.item(0).text()
    assert "mine.py" in shown.trusted.item(0).text()
    shown.forget.setFocus()
    qtbot.keyClick(shown.forget, Qt.Key.Key_Space)
    assert shown.trusted.count() == 0
    assert not Trust().covers(program)


def test_a_program_named_like_the_mark_of_another_gains_it_no_trust():
    evil = Recipe("evil.py", "python", "import os\n")
    Trust().give(Recipe(fingerprint(evil), "python", "pass\n"))
    Trust().give(Recipe(f"x\n{fingerprint(evil)}", "python", "pass \n"))
    assert not Trust().covers(evil)


def test_about_names_versions_licences_and_folders_and_copies_them(qtbot, lesson):
    lesson.parts.looks.show_about()
    about = dialog(qtbot, lesson, AboutDialog)
    qtbot.mouseClick(about.copy, Qt.MouseButton.LeftButton)
    copied = QGuiApplication.clipboard().text()
    assert copied == about.text.toPlainText()
    for part in ("Python 3.", "numpy", "LGPL-3.0", "settings.ini", "MIT"):
        assert part in copied


@pytest.fixture
def newcomer(lesson):
    lesson.settings.hints_seen = False
    lesson.parts.looks.offer_hints()
    return lesson


def test_a_newcomer_is_given_a_few_hints_once(qtbot, newcomer):
    lesson, hints = newcomer, newcomer.parts.looks.hints
    assert hints.isVisible()
    assert hints.text.text() == HINTS[0]
    hints.next.setFocus()
    for _ in HINTS:
        assert hints.isVisible()
        qtbot.keyClick(hints.next, Qt.Key.Key_Space)
    assert not hints.isVisible()
    assert lesson.settings.hints_seen
    lesson.close_log()
    lesson.open_path(lesson.settings.recent[0])
    qtbot.waitUntil(lambda: lesson._opening is None)
    assert not hints.isVisible()


def test_escape_ends_the_hints_and_the_menu_brings_them_back(qtbot, newcomer):
    lesson, hints = newcomer, newcomer.parts.looks.hints
    hints.next.setFocus()
    qtbot.keyClick(hints.next, Qt.Key.Key_Escape)
    assert not hints.isVisible()
    lesson.actions_by_name["looks.show_hints"].trigger()
    assert hints.isVisible()
    assert hints.next.hasFocus()
