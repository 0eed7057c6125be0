"""How does the window come to speak the person's language?"""

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, Qt, QTranslator
from PySide6.QtWidgets import QApplication

from explorer.language import speak
from explorer.resources import resource

KNOWN = ("de",)  # besides English, in which everything is written
OURS = "of the chosen language"


def language_of(choice: str) -> str:
    """Return the language for a setting: the first of the system's that is known, or the one that was chosen."""
    wanted = [name[:2] for name in QLocale.system().uiLanguages()] if choice == "system" else [choice]
    return next((name for name in wanted if name in KNOWN or name == "en"), "en")


def speak_in(choice: str) -> str:
    """Speak the language of a setting from now on, Qt's own dialogs included; returns which."""
    language = language_of(choice)
    app = QApplication.instance()
    if app is not None:
        _forget(app)
    if language == "en" or app is None:
        speak()
        return "en"
    own, qt = QTranslator(app), QTranslator(app)
    own.setObjectName(OURS)
    qt.setObjectName(OURS)
    if not own.load(str(resource("translations", f"{language}.qm"))):
        speak()
        return "en"
    speak(lambda text: own.translate("", text) or text, language)
    if qt.load(f"qtbase_{language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(qt)
    QLocale.setDefault(QLocale(language))
    return language


def _forget(app: QCoreApplication) -> None:
    """Speak the language that was spoken so far no longer."""
    spoken = app.findChildren(QTranslator, OURS, Qt.FindChildOption.FindDirectChildrenOnly)
    for translator in spoken:
        app.removeTranslator(translator)
        translator.deleteLater()
    if spoken:
        QLocale.setDefault(QLocale(QLocale.Language.English))
