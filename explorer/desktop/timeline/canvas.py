"""What does every part of the timeline need to draw itself?"""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from explorer.desktop.look.theme import Theme
from explorer.desktop.timeline.measure import TimelineLayout
from explorer.session.timeline.axis import Axis, View

NOW_PX = 40  # room for the playhead's own bubble, on either side


@dataclass(frozen=True)
class Canvas:
    """One paint of the timeline."""

    painter: QPainter
    theme: Theme
    layout: TimelineLayout
    axis: Axis
    view: View
    x_of: Callable[[int], float]  # position to pixels
    font: QFont

    def x_of_place(self, place: int) -> float:
        """Where a place of the axis is drawn."""
        return self.layout.left + self.view.fraction(place) * self.layout.room

    def in_sight(self, x: float, reach: float = 0.0) -> bool:
        """Whether `x` lies on the strip."""
        ground = self.layout.ground
        return ground.left() - reach <= x <= ground.right() + reach

    def bubble_px(self, text: str) -> float:
        """How wide a bubble is."""
        return QFontMetricsF(self.font).horizontalAdvance(text) + 14.0

    def bubble(self, x: float, text: str, paper: str, ink: str) -> QRectF:
        """Draw `text` above the strip at `x`, and return where it stands."""
        painter = self.painter
        painter.setFont(self.font)
        width = self.bubble_px(text)
        left = min(max(x - width / 2, 1.0), max(self.layout.width - width - 1.0, 1.0))
        bubble = QRectF(left, 1, width, self.layout.labels_px - 4)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(paper))
        painter.drawRoundedRect(bubble, 5, 5)
        painter.setPen(QColor(ink))
        painter.drawText(bubble, Qt.AlignmentFlag.AlignCenter, text)
        return bubble

    def bubble_beside(self, x: float, text: str, paper: str, ink: str, now_x: float) -> None:
        """The same, but beside the place where the playhead's own bubble stands."""
        half = self.bubble_px(text) / 2
        x = min(max(x, half + 1), self.layout.width - half - 1)
        if abs(x - now_x) < half + NOW_PX and self.in_sight(now_x):
            right, left = now_x + NOW_PX + half, now_x - NOW_PX - half
            fits = right + half < self.layout.width
            x = right if fits and (x >= now_x or left - half < 0) else left
        self.bubble(x, text, paper, ink)
