"""Which buttons does Enter press as Space does, and how do the arrow keys choose one of several?"""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QRadioButton

_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1}


def _keeps(event: QEvent, keys: set[Qt.Key]) -> bool:
    """Whether a key that is also a shortcut of the window belongs to the button that has the focus."""
    return (
        event.type() == QEvent.Type.ShortcutOverride
        and isinstance(event, QKeyEvent)
        and event.key() in keys
        and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    )


class Button(QPushButton):
    """A push button that the keyboard can press, by Enter too."""

    def event(self, event: QEvent) -> bool:
        if _keeps(event, {Qt.Key.Key_Space, *_ENTER}):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER:
            self.click()
        else:
            super().keyPressEvent(event)


class Choice(QRadioButton):
    """One of several answers: the arrow keys choose the next one or the one before, Space the one that has the keys.

    Qt's own moves the focus alone as long as none is chosen. Enter is left to whoever holds the choices.
    """

    def event(self, event: QEvent) -> bool:
        if _keeps(event, {Qt.Key.Key_Space, *_ENTER, *_STEPS}):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step, group = _STEPS.get(Qt.Key(event.key())), self.group()
        if event.key() in _ENTER:
            event.ignore()
        elif step is None or group is None:
            super().keyPressEvent(event)
        else:
            choices = group.buttons()
            at = choices.index(self)
            if group.checkedButton() is not None or step < 0:
                at = (at + step) % len(choices)
            choices[at].setChecked(True)
            choices[at].setFocus(Qt.FocusReason.OtherFocusReason)
