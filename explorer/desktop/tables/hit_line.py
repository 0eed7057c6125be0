"""What does Enter do in a line that finds something, so that a person can go on writing?"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class HitLine(QLineEdit):
    """A line for a filter or a condition: Enter goes to the next hit, Shift+Enter back, and the keys stay here."""

    stepped = Signal(int)  # 1 or -1

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER:
            self.stepped.emit(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        else:
            super().keyPressEvent(event)
