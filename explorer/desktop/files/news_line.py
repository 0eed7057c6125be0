"""How is a person told one thing about the open log at once, in a line below the header, with what can be done?"""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton

from explorer.desktop import plain


class NewsLine(QFrame):
    """One sentence, in a line that is no higher than its text, and buttons behind it; its tip tells the rest."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setProperty("role", "news")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(12, 0, 12, 0)  # a small window has little room
        self._row.setSpacing(8)
        self.text = plain.Elided(role="warning", name=name)
        self._row.addWidget(self.text, 1)
        self.hide()

    def button(self, text: str, tip: str) -> QPushButton:
        """Add a button behind all others."""
        button = QPushButton(text)
        button.setProperty("role", "line")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        plain.set_tip(button, tip)
        self._row.addWidget(button)
        return button

    def say(self, text: str, details: str = "") -> None:
        """Show a sentence; nothing: the line is not there. The tip has all of it, and the details."""
        self.text.show_text("! " + text if text else "")
        plain.set_tip(self, "\n\n".join(filter(None, (text, details))))
        self.setVisible(bool(text))
