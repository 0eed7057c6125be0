"""How is a word that a person goes on writing not taken for commands, when the line has just lost the keys?

Single letters are keys of the window. Whoever presses Enter or Tab in a line, and writes the next word before they see
that the keys have gone elsewhere, means none of them.
"""

import math
import time

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLineEdit,
    QMainWindow,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

QUIET_S = 0.3  # after the last key
_NAME = "typing_guard"
_MODIFIER = Qt.KeyboardModifier
_COMMANDS = _MODIFIER.ControlModifier | _MODIFIER.AltModifier | _MODIFIER.MetaModifier
_KEYS = {QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress}


class TypingGuard(QObject):
    """Swallows letters for a moment after a text has lost the keys by a key; each that comes prolongs it."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self.setObjectName(_NAME)
        self._app = app
        self.quiet_s = QUIET_S
        self._until_s: float | None = (
            None  # listens to the events of the program while there is something to wait for
        )
        app.focusChanged.connect(self._moved)

    def rest(self) -> None:
        """The person has paused, or has seen where the keys are."""
        if self._until_s is not None:
            self._until_s = None
            self._app.removeEventFilter(self)

    def _moved(self, old: QWidget | None, new: QWidget | None) -> None:
        if writes(new):
            self.rest()
        elif writes(old) and self._app.mouseButtons() == Qt.MouseButton.NoButton:
            if self._until_s is None:
                self._app.installEventFilter(self)
            self._until_s = math.inf
            QTimer.singleShot(0, self, self._count)

    def _count(self) -> None:
        """What was written while the program was busy with the key has been dealt with: now the moment runs."""
        if self._until_s == math.inf:
            self._until_s = time.monotonic() + self.quiet_s

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.MouseButtonPress or (
            self._until_s is not None and time.monotonic() > self._until_s
        ):
            self.rest()
        elif (
            kind in _KEYS
            and isinstance(event, QKeyEvent)
            and _is_letter(event)
            and self._would_do(watched, event)
        ):
            self._until_s = time.monotonic() + self.quiet_s
            event.accept()
            return True
        return super().eventFilter(watched, event)

    def _would_do(self, watched: QObject, event: QKeyEvent) -> bool:
        """Whether a letter would be a command: it goes to a window with commands, and not to a text or a button."""
        widget = watched if isinstance(watched, QWidget) else self._app.focusWidget()
        if widget is None or writes(widget) or not isinstance(widget.window(), QMainWindow):
            return False
        return event.key() != Qt.Key.Key_Space or not isinstance(widget, QAbstractButton | QComboBox)


def writes(widget: QWidget | None) -> bool:
    """Whether letters are text there."""
    if widget is None or not shiboken6.isValid(widget):
        return False
    return isinstance(widget, QLineEdit | QPlainTextEdit | QTextEdit) and not widget.isReadOnly()


def _is_letter(event: QKeyEvent) -> bool:
    text = event.text()
    return bool(text) and text.isprintable() and not event.modifiers() & _COMMANDS


def is_walking(event: QEvent) -> bool:
    """Whether Left or Right is about to be taken for a step through time, where a widget walks by them itself."""
    return (
        event.type() == QEvent.Type.ShortcutOverride
        and isinstance(event, QKeyEvent)
        and event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Right}
        and event.modifiers() in {_MODIFIER.NoModifier, _MODIFIER.KeypadModifier}
    )


def guard_typing() -> TypingGuard:
    """The one guard of the program."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return app.findChild(TypingGuard, _NAME) or TypingGuard(app)
