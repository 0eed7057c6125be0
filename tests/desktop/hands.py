"""How does a test answer the dialogs of the program as a person does: with keys, in Qt's own dialogs?"""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLineEdit, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from explorer.desktop.typing_guard import guard_typing

Key = Qt.Key
ACCEPTS = QMessageBox.ButtonRole.AcceptRole


def seen[Kind: QWidget](kind: type[Kind]) -> list[Kind]:
    """The windows of this kind that can be seen, wherever they hang."""
    shown = QApplication.topLevelWidgets()
    return [widget for widget in shown if isinstance(widget, kind) and widget.isVisible()]


def dialog_in_front[Kind: QDialog](qtbot: QtBot, kind: type[Kind]) -> Kind:
    """The one dialog of this kind that can be seen; it takes the keys."""
    qtbot.waitUntil(lambda: bool(seen(kind)))
    assert len(seen(kind)) == 1, [(type(each).__name__, each.windowTitle()) for each in seen(kind)]
    (found,) = seen(kind)
    to_front(qtbot, found)
    return found


def to_front(qtbot: QtBot, window: QWidget) -> None:
    """Have a window take the keys, as a window manager does."""

    def in_front() -> bool:
        window.activateWindow()  # again, if a window that was just closing has come before it
        return window.isActiveWindow()

    qtbot.waitUntil(in_front)


def name_file(qtbot: QtBot, path: Path | str, *, replace: bool = False) -> None:
    """Type a file's name into the file dialog and press Enter; `replace`: say that what is there may go."""
    files = dialog_in_front(qtbot, QFileDialog)
    line = files.findChild(QLineEdit, "fileNameEdit")
    assert line is not None, "it is not Qt's own file dialog"
    line.selectAll()
    qtbot.keyClicks(line, str(path))
    qtbot.keyClick(line, Key.Key_Return)
    if replace:
        asked = dialog_in_front(qtbot, QMessageBox)
        (yes,) = [each for each in asked.buttons() if asked.buttonRole(each) == ACCEPTS]
        qtbot.mouseClick(yes, Qt.MouseButton.LeftButton)


def gone(qtbot: QtBot, kind: type[QWidget]) -> None:
    """Wait until no widget of this kind is left: closed, and deleted."""
    qtbot.waitUntil(lambda: not [each for each in QApplication.topLevelWidgets() if isinstance(each, kind)])


def rested() -> None:
    """As if the person had paused for a moment."""
    guard_typing().rest()
