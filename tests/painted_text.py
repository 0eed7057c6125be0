"""Which texts does Python paint while a test looks, and which of them are shortened or reach out of their place?

Labels and buttons of Qt draw their text themselves and can be measured; what the program's own widgets paint is seen
by nobody but the painter. Here every such call is written down.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QFontMetricsF, QImage, QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from explorer.desktop import plain

SLACK_PX = 1.5  # letters reach a little over their own width
SHORTENED = "…"


class PaintedTexts:
    """What was painted since `clear`, and what of it is not whole."""

    def __init__(self) -> None:
        self.seen: list[str] = []
        self.cut: list[str] = []
        self._shortened: dict[str, str] = {}

    def clear(self) -> None:
        """Look anew."""
        self.seen.clear()
        self.cut.clear()

    def painted(self, painter: QPainter, given: tuple[Any, ...]) -> None:
        """Judge one call of `drawText`."""
        text = next(each for each in given if isinstance(each, str))
        if text and text in self._shortened:
            self.cut.append(f"{self._shortened[text]!r} is shortened to {text!r}")
        where = given[0]
        metrics = QFontMetricsF(painter.font())
        self.seen.append(text)
        if isinstance(where, QRect | QRectF):
            room = QRectF(where)
            flags = next((each for each in given[1:] if not isinstance(each, str)), 0)
            number = int(getattr(flags, "value", flags))
            wide = room if number & int(Qt.TextFlag.TextWordWrap) else QRectF(room).adjusted(0, 0, 1e6, 0)
            needed = metrics.boundingRect(
                QRectF(wide.left(), wide.top(), wide.width(), 1e6), number & ~0xFF, text
            )
            if needed.width() > room.width() + SLACK_PX or needed.height() > room.height() + SLACK_PX:
                self.cut.append(f"{text!r} needs {needed.size()} and has {room.size()}")
        else:
            at = QPointF(where) if isinstance(where, QPoint | QPointF) else QPointF(given[0], given[1])
            wide_px = metrics.horizontalAdvance(text)
            room = QRectF(at.x(), at.y() - metrics.ascent(), wide_px, metrics.ascent() + metrics.descent())
        reaches = painter.combinedTransform().mapRect(room)
        device = painter.device()
        if isinstance(device, QWidget | QPixmap | QImage):
            ratio = 1 if isinstance(device, QWidget) else device.devicePixelRatio()
            paper = QRectF(0, 0, device.width() / ratio, device.height() / ratio)
            if not paper.adjusted(-SLACK_PX, -SLACK_PX, SLACK_PX, SLACK_PX).contains(reaches):
                self.cut.append(f"{text!r} reaches out of {type(device).__name__}: {reaches} of {paper}")
        if painter.hasClipping() and not painter.clipBoundingRect().adjusted(
            -SLACK_PX, -SLACK_PX, SLACK_PX, SLACK_PX
        ).contains(room):
            self.cut.append(f"{text!r} is clipped")
        if text.strip() == SHORTENED:
            self.cut.append("only “…” where there was more to say")

    def elided(self, text: str, shown: str) -> None:
        """Keep what was left of a text: whoever sees that does not see all of it."""
        if shown != text:
            self._shortened[shown] = text


@contextmanager
def painted_texts() -> Iterator[PaintedTexts]:
    """Write down what is painted."""
    found, patch = PaintedTexts(), pytest.MonkeyPatch()
    draw = QPainter.drawText

    def draw_text(painter: QPainter, *given: Any) -> Any:
        found.painted(painter, given)
        return draw(painter, *given)

    patch.setattr(QPainter, "drawText", draw_text)
    for kind in (QFontMetrics, QFontMetricsF):
        elide = kind.elidedText

        def elided_text(metrics: Any, text: str, *given: Any, elide: Any = elide) -> str:
            shown: str = elide(metrics, text, *given)
            found.elided(text, shown)
            return shown

        patch.setattr(kind, "elidedText", elided_text)
    try:
        yield found
    finally:
        patch.undo()


def shortened_labels(root: QWidget) -> list[str]:
    """The lines that shorten themselves, as far as they can be seen."""
    return [
        f"{each.whole_text()!r} is shortened"
        for each in root.findChildren(plain.Elided)
        if each.isVisible() and each.text() != each.whole_text()
    ]
