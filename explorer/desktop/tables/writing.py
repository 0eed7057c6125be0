"""How is a short text written into a cell quickly: how wide is it, and what has the painter been told already?"""

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter

MOST_KEPT = 4096  # texts measured
LONGEST_NAME = 80  # characters


class Face:
    """One font, with what is needed to draw in it quickly."""

    def __init__(self, font: QFont) -> None:
        self.font = font
        self._metrics = QFontMetricsF(font)
        self.ascent = self._metrics.ascent()
        self.height = self._metrics.ascent() + self._metrics.descent()
        figure = self._metrics.horizontalAdvance("0")
        self._even = figure if self._metrics.horizontalAdvance("iiii") == 4 * figure else 0.0
        self._fitted: dict[tuple[str, float], tuple[str, float]] = {}

    def fitted(self, text: str, room: float) -> tuple[str, float]:
        """Return what of `text` fits into `room` (pixels), and how wide that is; a name is cut in its middle."""
        if self._even and text.isascii():
            width = self._even * len(text)
            if width <= room:
                return text, width
        key = text, room
        found = self._fitted.get(key)
        if found is None:
            width = self._metrics.horizontalAdvance(text)
            if width > room:
                where = Qt.TextElideMode.ElideMiddle if _is_name(text) else Qt.TextElideMode.ElideRight
                text = self._metrics.elidedText(text, where, room)
                width = self._metrics.horizontalAdvance(text)
            if len(self._fitted) > MOST_KEPT:
                self._fitted.clear()
            found = self._fitted[key] = text, width
        return found


def _is_name(text: str) -> bool:
    """Whether a text is one word, as ids are: what tells them apart is mostly their end."""
    return len(text) <= LONGEST_NAME and not any(char.isspace() or char in '{["' for char in text)


class Pen:
    """A painter that is told font and colour only when they change."""

    def __init__(self, painter: QPainter, ink: QColor) -> None:
        self.painter = painter
        self._usual = ink
        self._face: Face | None = None
        self._ink: object = self

    def lost(self) -> None:
        """Somebody else has used the painter."""
        self._face, self._ink = None, self

    def write(self, face: Face, ink: QBrush | str | None, text: str, x: float, rect: QRect) -> None:
        """Write one line of text in the middle of `rect`'s height."""
        if face is not self._face:
            self.painter.setFont(face.font)
            self._face = face
        if ink != self._ink:
            self.painter.setPen(
                self._usual if ink is None else QColor(ink) if isinstance(ink, str) else ink.color()
            )
            self._ink = ink
        self.painter.drawText(QPointF(x, rect.top() + (rect.height() - face.height) / 2 + face.ascent), text)
