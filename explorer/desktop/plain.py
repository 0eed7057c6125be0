"""How does text from a log reach a label, a tool tip or a message box without being read as HTML?

Qt guesses: a label whose text looks like HTML is drawn by an HTML engine, which loads files. This
module is the only one that makes such widgets, and it never lets Qt guess.
"""

import re
import unicodedata

from PySide6.QtCore import QEvent, QPoint, QSize, Qt
from PySide6.QtGui import QAction, QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QMenu,
    QMessageBox,
    QPlainTextEdit,
    QSizePolicy,
    QToolButton,
    QToolTip,
    QVBoxLayout,
    QWidget,
)

from explorer.eventlog.errors import LogError
from explorer.language import tr
from explorer.sentences import in_words
from explorer.session.plaintext import visible

MAX_BOX_CHARS = 2_000
REFUSAL_CHARS = 1_000
_WIDEST_WORD_PX = 240
FRAME = QSize(20, 60)  # that a window manager draws around a dialog, pixels
# The same as `html.escape`, whose module reads the names of two thousand characters first.
_ESCAPED = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;"})


def label(text: str = "", *, role: str = "", wrap: bool = False, name: str = "") -> QLabel:
    """Return a label that shows `text` as it is; `role` names its look in the style sheet."""
    made = _Named(name) if name else _Yielding()
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setText(text)
    made.setWordWrap(wrap)
    made.setProperty("role", role)
    return made


class _Yielding(QLabel):
    """A label that takes no room from its neighbours for one long word, where its text may stand on several lines."""

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        return QSize(min(hint.width(), _WIDEST_WORD_PX), hint.height()) if self.wordWrap() else hint


class _Named(_Yielding):
    """A label that is called something and says something: both are read out, as a name alone would hide the text."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name

    def setText(self, text: str) -> None:
        super().setText(text)
        self.setAccessibleName(f"{self._name}: {text}" if text else self._name)


class Steady(QLabel):
    """One line that may say something else in each frame. Its room only grows, so that nothing is laid out anew."""

    def __init__(self, *, role: str = "", name: str = "") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self._name = name
        self.setAccessibleName(name)
        self._longest = ""

    def show_text(self, text: str, longest: str = "") -> None:
        """Show `text`; there is room for `longest`."""
        if text != self.text():
            self._longest = _grown(self, text, longest or text, self._longest)
            self.setAccessibleName(f"{self._name}: {text}" if self._name else text)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in _OTHER_LETTERS and self._longest:
            _grown(self, self.text(), self._longest, "")


class SteadyButton(QToolButton):
    """A button with such a text."""

    def __init__(self) -> None:
        super().__init__()
        self._longest = ""

    def show_text(self, text: str) -> None:
        """Show `text`."""
        if text != self.text():
            self._longest = _grown(self, text, text, self._longest)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in _OTHER_LETTERS and self._longest:
            _grown(self, self.text(), self._longest, "")


_OTHER_LETTERS = {QEvent.Type.FontChange, QEvent.Type.StyleChange}


def _grown(widget: QLabel | QToolButton, text: str, longest: str, before: str) -> str:
    """Give `widget` a text, and room for the longest that it has had; returns that."""
    longest = re.sub(r"\d", "0", longest)  # no figure is wider
    if len(longest) > len(before):
        widget.setText(longest)
        widget.setFixedSize(widget.sizeHint())
        before = longest
    widget.setText(text)
    return before


class Elided(QLabel):
    """One line that is shortened with "…" where the room ends, and never asks for more room.

    It draws its text itself: a label of Qt that is given another text has the whole window laid out anew, and
    some of these say something else in each frame.
    """

    def __init__(self, text: str = "", *, role: str = "", name: str = "") -> None:
        super().__init__(" ")  # as high as one line
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._whole = self._shown = self._tip = ""
        self._flags = 0
        self._placed: dict[bool, int] = {}  # flags, by whether a text is written from right to left
        self._name = name
        self.setAccessibleName(name)
        self.show_text(text)

    def show_text(self, text: str) -> None:
        """Show `text`, and have it read out whole."""
        if text != self._whole:
            self._whole = text
            self.setAccessibleName(f"{self._name}: {text}" if self._name else text)
        self._elide()

    def whole_text(self) -> str:
        """Return the text before it was shortened."""
        return self._whole

    def text(self) -> str:
        """Return the text that is seen."""
        return self._shown

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._elide()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._shown:
            with QPainter(self) as painter:
                painter.drawText(self.contentsRect(), self._flags, self._shown)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._elide()

    def _elide(self) -> None:
        room = max(self.contentsRect().width(), 1)
        shown = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, room)
        if shown != self._shown:
            self._shown = shown
            self._flags = self._placing(shown)
            self.update()
        cut = self._whole if shown != self._whole else ""
        if cut != self._tip:
            self._tip = cut
            set_tip(self, cut)

    def _placing(self, text: str) -> int:
        """As a label of Qt places a text."""
        leftwards = _runs_left(text)
        found = self._placed.get(leftwards)
        if found is None:
            left, right = Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft
            way = self.style().visualAlignment(right if leftwards else left, self.alignment())
            force = Qt.TextFlag.TextForceRightToLeft if leftwards else Qt.TextFlag.TextForceLeftToRight
            found = self._placed[leftwards] = int(way.value | force.value)
        return found

    def setAlignment(self, alignment: Qt.AlignmentFlag) -> None:
        self._placed.clear()
        super().setAlignment(alignment)


def _runs_left(text: str) -> bool:
    """Whether a text begins in a script that is written from right to left."""
    if text.isascii():
        return False
    strong = (way for way in map(unicodedata.bidirectional, text) if way in {"L", "R", "AL"})
    return next(strong, "L") != "L"


def tip(text: str) -> str:
    """Return `text` in the one form that a tool tip shows literally."""
    if not text:
        return ""
    # Qt takes what begins with a tag for HTML, always; escaped inside it, the text stays text.
    return f"<p>{text.translate(_ESCAPED)}</p>".replace("\n", "<br>")


def show_tip(at: QPoint, made: str, owner: QWidget) -> None:
    """Show a tip that `tip` has made at a place of the screen; an empty one takes away what is there."""
    QToolTip.showText(at, made if made.startswith("<p>") else tip(made), owner)


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
    made.setDefaultButton(made.addButton(QMessageBox.StandardButton.Close))  # a hasty Enter does no harm
    if details:
        made.setDetailedText(details)
        copy = made.addButton(tr("Copy"), QMessageBox.ButtonRole.ActionRole)
        copy.clicked.disconnect()  # a message box closes at any of its buttons; this one must not
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(f"{text}\n\n{details}"))
    return made


def refuse(
    parent: QWidget | None,
    title: str,
    error: Exception,
    expected: type[Exception] | tuple[type[Exception], ...] = LogError,
) -> None:
    """Say in a box what could not be done, and why.

    Raises:
        Exception: `error`, if it is none of those that are `expected`: then it is one of ours.
    """
    if not isinstance(error, expected):
        raise error
    box(parent, title, visible(in_words(error), REFUSAL_CHARS)).open()


def resize_within_screen(dialog: QWidget, wanted: QSize) -> None:
    """Make a dialog as large as it would be, or as its screen has room for: its buttons can be reached.

    Its height is what its texts take at that width, if that is more.
    """
    room = dialog.screen().availableGeometry().size() - FRAME
    size = wanted.boundedTo(room)
    box = dialog.layout()
    if box is not None and box.hasHeightForWidth():
        size = size.expandedTo(QSize(0, box.totalHeightForWidth(size.width()))).boundedTo(room)
    dialog.resize(size)


def sheet(parent: QWidget | None, title: str, text: str) -> QDialog:
    """Return a dialog with a text of any length, not yet shown: it is scrolled, read by keys, and can be copied."""
    made = QDialog(parent)
    made.setWindowTitle(title.replace("[*]", "[*][*]"))
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    page = QPlainTextEdit(text)
    page.setReadOnly(True)
    page.setTabChangesFocus(True)
    page.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    page.setAccessibleName(title)
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    copy = buttons.addButton(tr("Copy"), QDialogButtonBox.ButtonRole.ActionRole)
    copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(page.toPlainText()))
    buttons.rejected.connect(made.reject)
    box = QVBoxLayout(made)
    box.addWidget(page, 1)
    box.addWidget(buttons)
    line_px, figure_px = made.fontMetrics().lineSpacing(), made.fontMetrics().horizontalAdvance("0")
    resize_within_screen(made, QSize(80 * figure_px, 30 * line_px))
    page.setFocus()
    return made
