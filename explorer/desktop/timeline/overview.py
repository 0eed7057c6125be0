"""How is the whole log drawn below the part of it that is in view?"""

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor

from explorer.desktop.timeline.canvas import Canvas
from explorer.session.density_bars import Bars

BAR_PX = 3
LEAST_WINDOW_PX = 8.0  # a window of view narrower than this could not be taken hold of


def window_px(canvas_left: float, room: float, start: float, stop: float) -> tuple[float, float]:
    """From where to where the window of view is drawn, for the fractions `start` to `stop` of the whole."""
    left, right = canvas_left + start * room, canvas_left + stop * room
    spare = max(LEAST_WINDOW_PX - (right - left), 0.0) / 2
    return left - spare, right + spare


def paint_overview(canvas: Canvas, bars: Bars) -> None:
    """Draw the whole log."""
    painter, theme, row = canvas.painter, canvas.theme, canvas.layout.overview
    inner = row.adjusted(0, 1, 0, -1)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.base))
    painter.drawRoundedRect(inner.adjusted(-3, 0, 3, 0), 3, 3)
    painter.setBrush(QColor(theme.bars))
    length, room = canvas.axis.length or 1, inner.width()
    edges = [row.left() + edge / length * room for edge in bars.edges]
    for at, height in enumerate(bars.heights.tolist()):
        if height > 0:
            tall = max(height * inner.height(), 1.0)
            wide = max(edges[at + 1] - edges[at] - 0.5, 0.5)
            painter.drawRect(QRectF(edges[at], inner.bottom() - tall, wide, tall))


def paint_window(canvas: Canvas, now: float) -> None:
    """Draw over it which part is in view, and the playhead; `now` is the playhead's fraction of the whole."""
    painter, theme, row = canvas.painter, canvas.theme, canvas.layout.overview
    inner = row.adjusted(0, 1, 0, -1)
    length, room = canvas.axis.length or 1, inner.width()
    view = canvas.view
    if not view.is_whole:
        left, right = window_px(row.left(), room, view.start / length, view.stop / length)
        painter.setPen(QColor(theme.accent))
        ground = QColor(theme.accent)
        ground.setAlphaF(0.18)
        painter.setBrush(ground)
        painter.drawRoundedRect(QRectF(left, inner.top() - 0.5, right - left, inner.height() + 1), 2, 2)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.accent))
    x = row.left() + float(np.clip(now, 0, 1)) * room
    painter.drawRect(QRectF(x - 0.75, inner.top() - 1, 1.5, inner.height() + 2))
