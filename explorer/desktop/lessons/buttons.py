"""How does a button answer to Space and Enter in a window where Space plays the log?"""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QPushButton, QRadioButton

_OWN = {Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter}


def _keeps(event: QEvent) -> bool:
    """Whether a key that is also a shortcut of the window belongs to the button that has the focus."""
    return (
        event.type() == QEvent.Type.ShortcutOverride
        and isinstance(event, QKeyEvent)
        and event.key() in _OWN
        and not event.modifiers()
    )


def _presses(button: QAbstractButton, event: QKeyEvent) -> bool:
    """Press the button for Enter, as Space does."""
    if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
        button.click()
        return True
    return False


class Button(QPushButton):
    """A push button that the keyboard can press."""

    def event(self, event: QEvent) -> bool:
        if _keeps(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not _presses(self, event):
            super().keyPressEvent(event)


class Choice(QRadioButton):
    """One of several answers that the keyboard can choose."""

    def event(self, event: QEvent) -> bool:
        if _keeps(event):
            event.accept()
            return True
        return super().event(event)
