"""How is the whole log drawn below the part of it that is in view?"""

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor

from explorer.desktop.timeline.canvas import Canvas
from explorer.desktop.timeline.marks import Marks
from explorer.session.timeline.axis import View
from explorer.session.timeline.density_bars import Bars, marks_in_view

BAR_PX = 3
LEAST_WINDOW_PX = 8.0  # a window of view narrower than this could not be taken hold of


def window_px(canvas_left: float, room: float, start: float, stop: float) -> tuple[float, float]:
    """From where to where the window of view is drawn, for the fractions `start` to `stop` of the whole."""
    left, right = canvas_left + start * room, canvas_left + stop * room
    spare = max(LEAST_WINDOW_PX - (right - left), 0.0) / 2
    return left - spare, right + spare


def paint_overview(canvas: Canvas, bars: Bars, marks: Marks) -> None:
    """Draw the whole log, with what is selected and marked in it, so that it is found again after zooming in."""
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
            left, right = max(edges[at], inner.left()), min(edges[at + 1] - 0.5, inner.right())
            painter.drawRect(QRectF(left, inner.bottom() - tall, max(right - left, 0.5), tall))
    axis = canvas.axis
    if marks.selection is not None:
        left, right = (row.left() + axis.place(at) / length * room for at in marks.selection)
        tint = QColor(theme.accent)
        tint.setAlphaF(0.3)
        painter.setBrush(tint)
        painter.drawRect(QRectF(left, inner.top(), max(right - left, 1.0), inner.height()))
    whole = View.whole(axis.length, axis.least)
    painter.setBrush(QColor(theme.warning))
    for fraction in marks_in_view(marks.violations, axis, whole, max(int(room) // 3, 1))[0]:
        painter.drawRect(QRectF(row.left() + fraction * room - 0.75, inner.bottom() - 4, 1.5, 4))
    for fraction in marks_in_view(marks.warned, axis, whole, max(int(room) // 3, 1))[0]:
        painter.drawRect(QRectF(row.left() + fraction * room - 0.75, inner.bottom() - 2, 1.5, 2))
    painter.setBrush(QColor(theme.changed))
    for mark in marks.bookmarks:
        x = row.left() + axis.place(mark.position) / length * room
        painter.drawRect(QRectF(x - 1, inner.top(), 2, 5))


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
