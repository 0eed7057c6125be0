"""How does a person write the event that is to be in a branch?"""

from collections.abc import Callable

from PySide6.QtCore import QSize
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QVBoxLayout, QWidget

from explorer.desktop import plain
from explorer.history.edits import EditError
from explorer.language import tr
from explorer.sentences import in_words
from explorer.session.plaintext import visible


class EventDialog(QDialog):
    """The event as JSON; it cannot be taken before it makes sense, and what is wrong is said at once."""

    def __init__(
        self, title: str, text: str, check: Callable[[str], object], parent: QWidget | None = None
    ) -> None:
        """Ask for an event.

        Args:
            title: What for.
            text: What stands there at first.
            check: Raises `EditError` for a text that is no event.
            parent: The window.
        """
        super().__init__(parent)
        self.setWindowTitle(title)
        self._check = check
        self.editor = QPlainTextEdit()
        self.editor.setAccessibleName(tr("The event as JSON"))
        self.editor.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.editor.setTabChangesFocus(True)
        self.editor.setPlainText(text)
        self.said = plain.label(role="warning", wrap=True, name=tr("What is wrong with it"))
        hint = tr("Nothing is written to the log. null takes a member away; other members stay as they are.")
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setText(tr("Use it"))
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        box = QVBoxLayout(self)
        box.addWidget(self.editor, 1)
        box.addWidget(self.said)
        box.addWidget(plain.label(hint, role="muted", wrap=True))
        box.addWidget(self.buttons)
        plain.resize_within_screen(self, QSize(560, 420))
        self.editor.textChanged.connect(self._look)
        self._look()

    def text(self) -> str:
        """What the person wrote."""
        return self.editor.toPlainText()

    def _look(self) -> None:
        wrong = ""
        try:
            self._check(self.text())
        except EditError as error:
            wrong = visible(in_words(error), 200)
        self.said.setText(wrong)
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(not wrong)
