"""Does the window speak German, from its menus to its status bar and to the buttons of Qt itself?"""

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QTranslator
from PySide6.QtWidgets import QDialogButtonBox
from pytestqt.qtbot import QtBot

from explorer.desktop.translation import language_of, speak_in
from explorer.language import speak


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
