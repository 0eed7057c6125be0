"""Does the window speak German, from its menus to its status bar and to the buttons of Qt itself?"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QLocale, Qt, QTranslator
from PySide6.QtWidgets import QDialogButtonBox, QMessageBox
from pytestqt.qtbot import QtBot

from explorer.desktop.look.theme import apply_theme
from explorer.desktop.projections.query_dialog import QueryDialog
from explorer.desktop.settings import open_settings
from explorer.desktop.translation import language_of, speak_in
from explorer.desktop.window.looks import SettingsDialog
from explorer.desktop.window.main_window import MainWindow
from explorer.desktop.window.windows import Windows
from explorer.language import speak
from explorer.resources import resource
from explorer.session.lessons.reading import lessons
from explorer.session.options import DEFAULTS
from tests.desktop.test_read_models import choose, dialog, write


@pytest.fixture
def german(qapp):
    assert speak_in("de") == "de"
    yield
    speak()
    QLocale.setDefault(QLocale.c())
    for translator in qapp.findChildren(QTranslator):
        QCoreApplication.removeTranslator(translator)
        translator.deleteLater()


def test_menus_panels_and_the_status_bar_are_german(german, lesson):
    assert [action.text().replace("&", "") for action in lesson.menuBar().actions()][:2] == ["Datei", "Gehen"]
    assert lesson.actions_by_name["go_to_end"].text().replace("&", "") == "Ende: nach dem letzten Ereignis"
    assert lesson.page.header.where.text() == "3 von 3"
    assert "Ereignis 3 von 3" in lesson.status.whole_text()
    assert lesson.page.events_table.accessibleName() == "Ereignisse"


def test_reasons_that_the_log_a_file_and_a_query_give_are_german(
    german, open_window, qtbot: QtBot, tmp_path: Path
) -> None:
    log, query = tmp_path / "log.jsonl", tmp_path / "broken.sql"
    event = '{"type": "Noted", "at": "2024-01-01", "data": {"accountId": "a"}}'
    log.write_text(f'{event}\n{{"type": "Noted" "at": 1}}\n{event}\n')
    query.write_text("SELECT entity, count(*) AS n FROM events GROUP BY entity LIMIT 3")
    window = open_window(log)
    model = window.page.events_table.model()
    cells = [str(model.index(1, column).data()) for column in range(model.columnCount())]
    assert "ein Komma oder eine schließende geschweifte Klammer fehlt" in cells
    said = window.page.warnings.panel.kinds.model()
    sentences = [str(said.index(row, 2).data()) for row in range(said.rowCount())]
    assert any(
        text.endswith("ein Komma oder eine schließende geschweifte Klammer fehlt.") for text in sentences
    )
    for open_file, path, reason in (
        (window.open_path, tmp_path / "none.jsonl", "none.jsonl: diese Datei gibt es nicht"),
        (
            window.parts.read_models.open_file,
            query,
            "broken.sql, Zeile 1, Spalte 64: LIMIT würde Entitäten verbergen",
        ),
    ):
        open_file(str(path))
        qtbot.waitUntil(lambda: window.findChild(QMessageBox) is not None)
        box = window.findChild(QMessageBox)
        assert reason in box.text()
        box.close()
        box.deleteLater()
        QCoreApplication.sendPostedEvents(box, QEvent.Type.DeferredDelete)


def test_a_query_is_judged_in_german_while_it_is_written(german, lesson: MainWindow, qtbot: QtBot) -> None:
    choose(lesson, "sql")
    editor = dialog(qtbot, QueryDialog)
    query = "SELECT entity, sum({}) AS n FROM events GROUP BY entity"
    write(qtbot, editor, query.format("data.ammount"))
    qtbot.waitUntil(lambda: "kein Ereignis hat „data.ammount“; ähnlich ist “amount”" in editor.verdict.text())
    write(qtbot, editor, query.format("type"))
    qtbot.waitUntil(lambda: "ist keine Zahl" in editor.told.text())
    write(qtbot, editor, "SELECT entity FROM events GROUP BY entity")
    qtbot.waitUntil(
        lambda: "ein Aggregat fehlt: sum, count, min, max, first, last und avg" in editor.verdict.text()
    )
    editor.reject()


def test_buttons_of_qt_are_german_too(german, qtbot: QtBot):
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(buttons)
    assert buttons.buttons()[0].text().replace("&", "") == "Abbrechen"


def test_the_language_is_that_of_the_system_or_the_one_that_was_chosen(monkeypatch: pytest.MonkeyPatch):
    assert language_of("de") == "de"
    assert language_of("en") == "en"
    assert language_of("tlh") == "en"
    for names, wanted in (
        (["de-AT", "en"], "de"),
        (["fr-FR", "de-CH"], "de"),
        (["en-GB", "de"], "en"),
        ([], "en"),
    ):
        monkeypatch.setattr(QLocale, "uiLanguages", lambda _self, names=names: names)
        assert language_of("system") == wanted


# --- going over to it at once ---------------------------------------------------------------------


@pytest.fixture
def windows(qapp, tmp_path: Path) -> Iterator[Windows]:
    apply_theme("light")
    settings = open_settings(tmp_path / "settings.ini")
    settings.hints_seen, settings.language = True, "en"
    made = Windows(settings, lambda: DEFAULTS)
    yield made
    made.quit()
    speak_in("en")
    QLocale.setDefault(QLocale.c())
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def opened(qtbot: QtBot, window: MainWindow, events: int) -> MainWindow:
    qtbot.waitUntil(lambda: window.is_furnished)
    qtbot.waitUntil(lambda: window.page.playhead.last == events and not window.opening)
    return window


def choose_german(qtbot: QtBot, windows: Windows, window: MainWindow) -> None:
    before = list(windows.all)
    window.furnish()
    window.parts.looks.show_settings()
    dialog = window.findChild(SettingsDialog)
    assert dialog is not None
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    dialog.language.setFocus()
    qtbot.keyClick(dialog.language, Qt.Key.Key_End)
    assert dialog.language.currentData() == "de"
    qtbot.waitUntil(lambda: not set(before) & set(windows.all))
    assert len(windows.all) == len(before)


def menus(window: MainWindow) -> list[str]:
    return [action.text().replace("&", "") for action in window.menuBar().actions()]


def test_another_language_is_spoken_at_once_and_everything_stays_where_it_was(
    qtbot: QtBot, windows: Windows
) -> None:
    old = opened(qtbot, windows.open(str(resource("samples", "small-bank.jsonl"))), 406)
    page, document = old.page, old.page.document
    for position in (300, 100):
        page.playhead.move_to(position)
        page.playhead.flush()
    page.filter.setText("type:MoneyWithdrawn")
    page.marking.toggle()
    page.comparing.pin_a()
    page.state_table.choose("acc-1", "balance")
    page.explaining.explain_quietly("acc-1", "balance")
    page.timeline.show_view(page.timeline.view.zoomed(4, 0.25))
    page.branching.begin()
    page.panels.bring_up("find")
    part, branches = page.timeline.view, page.branching.branches
    choose_german(qtbot, windows, old)
    new = windows.all[0]
    assert menus(new)[:2] == ["Datei", "Gehen"]
    page = new.page
    assert page.document is document
    qtbot.waitUntil(lambda: page.header.where.text() == "100 von 406")
    assert page.filter.text() == "type:MoneyWithdrawn"
    assert [mark.position for mark in page.markers.bookmarks] == [100]
    assert page.markers.a == 100
    assert page.why.value == ("acc-1", "balance")
    qtbot.waitUntil(lambda: page.panels.in_front("find"))
    assert page.timeline.view == part
    assert page.branching.branches is branches
    page.going.back()
    page.playhead.flush()
    assert page.playhead.position == 300
    qtbot.waitUntil(lambda: new.findChild(SettingsDialog) is not None)
    settings = new.findChild(SettingsDialog)
    assert settings is not None
    assert settings.windowTitle() == "Einstellungen"
    settings.close()


def test_every_window_goes_over_and_a_lesson_goes_on_at_its_step(qtbot: QtBot, windows: Windows) -> None:
    first, second = windows.new(), windows.new()
    second.furnish()
    with qtbot.waitSignal(second.parts.lessons.step_shown):
        second.open_path(str(lessons()[0]))
    second.parts.lessons.next_step()
    first_word = menus(first)[0]
    choose_german(qtbot, windows, first)
    qtbot.waitUntil(
        lambda: windows.all[1].parts.lessons.lesson is not None and windows.all[1].parts.lessons.number == 1
    )
    assert first_word == "File"
    assert [menus(window)[0] for window in windows.all] == ["Datei", "Datei"]
    assert windows.all[0].page.document is None


def test_english_is_spoken_again_with_the_buttons_of_qt(qtbot: QtBot, windows: Windows) -> None:
    speak_in("de")
    speak_in("en")
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(buttons)
    assert buttons.buttons()[0].text().replace("&", "") == "Cancel"
    assert QLocale().language() == QLocale.Language.English
