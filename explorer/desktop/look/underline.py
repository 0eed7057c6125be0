"""How does a text show which part of it is wrong?"""

from PySide6.QtGui import QColor, QInputMethodEvent, QPalette, QTextCharFormat
from PySide6.QtWidgets import QApplication, QLineEdit

from explorer.desktop.look.theme import theme_of


def wrong_look(palette: QPalette) -> QTextCharFormat:
    """A wavy line in the colour of warnings."""
    look = QTextCharFormat()
    look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
    look.setUnderlineColor(QColor(theme_of(palette).warning))
    return look


def show_wrong(line: QLineEdit, part: tuple[int, int] | None) -> None:
    """Colour the line, and draw a wavy line under the characters at fault; None: nothing is wrong."""
    line.setProperty("wrong", "false" if part is None else "true")
    line.style().polish(line)
    looks = []
    if part is not None:  # a line edit has no other way to give its text a look
        look = wrong_look(line.palette())
        look.setForeground(QColor(theme_of(line.palette()).warning))
        kind = QInputMethodEvent.AttributeType.TextFormat
        looks = [QInputMethodEvent.Attribute(kind, part[0] - line.cursorPosition(), part[1] - part[0], look)]
    QApplication.sendEvent(line, QInputMethodEvent("", looks))
