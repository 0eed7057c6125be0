"""How does text from a log reach a label, a tool tip or a message box without being read as HTML?

Qt guesses: a label whose text looks like HTML is drawn by an HTML engine, which loads files. This
module is the only one that makes such widgets, and it never lets Qt guess.
"""

import html

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QLabel, QMenu, QMessageBox, QSizePolicy, QWidget

from explorer.language import tr

MAX_BOX_CHARS = 2_000


def label(text: str = "", *, role: str = "", wrap: bool = False, name: str = "") -> QLabel:
    """Return a label that shows `text` as it is; `role` names its look in the style sheet."""
    made = QLabel()
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setText(text)
    made.setWordWrap(wrap)
    made.setProperty("role", role)
    if name:
        made.setAccessibleName(name)
    return made


class Elided(QLabel):
    """One line that is shortened with "…" where the room ends, and never asks for more room."""

    def __init__(self, text: str = "", *, role: str = "", name: str = "") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._whole = ""
        self._name = name
        self.show_text(text)

    def show_text(self, text: str) -> None:
        """Show `text`, and have it read out whole."""
        self._whole = text
        self.setAccessibleName(f"{self._name}: {text}" if self._name else text)
        self._elide()

    def whole_text(self) -> str:
        """Return the text before it was shortened."""
        return self._whole

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._elide()

    def _elide(self) -> None:
        room = max(self.contentsRect().width(), 1)
        shown = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, room)
        self.setText(shown)
        set_tip(self, self._whole if shown != self._whole else "")


def tip(text: str) -> str:
    """Return `text` in the one form that a tool tip shows literally."""
    if not text:
        return ""
    # Qt takes what begins with a tag for HTML, always; escaped inside it, the text stays text.
    return f"<p>{html.escape(text)}</p>".replace("\n", "<br>")


def set_tip(owner: QWidget | QAction, text: str) -> None:
    """Give `owner` a tool tip that is never read as HTML."""
    owner.setToolTip(tip(text))


def action(owner: QMenu, text: str) -> QAction:
    """Return an action for a menu, not yet in it; it goes with the menu."""
    made = QAction(owner)
    made.setText(text)
    return made


def box(parent: QWidget | None, title: str, text: str, details: str = "") -> QMessageBox:
    """Return a message box, not yet shown; `details` get a Copy button."""
    made = QMessageBox(parent)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    made.setWindowTitle(title.replace("[*]", "[*][*]"))
    made.setText(text[:MAX_BOX_CHARS])
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    made.addButton(QMessageBox.StandardButton.Close)
    if details:
        made.setDetailedText(details)
        copy = made.addButton(tr("Copy"), QMessageBox.ButtonRole.ActionRole)
        copy.clicked.disconnect()  # a message box closes at any of its buttons; this one must not
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(f"{text}\n\n{details}"))
    return made
