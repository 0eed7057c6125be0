"""How is one number's way through all of history drawn in a cell?"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from PySide6.QtCore import QPointF, QRect
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPen, QPolygonF

from explorer.desktop.look.theme import theme_of
from explorer.history.field_history import Points, curve
from explorer.session.state.state_view import StateView

CURVE_PX = 72
_MARGIN_PX = 5
_STEP_PX = 2  # one point; a position that lies between two is not drawn
_KEPT = 4_096


@dataclass(frozen=True)
class Curve:
    """The points, and how far through history one stands (0 … 1)."""

    points: Points
    here: float

    def paint(self, painter: QPainter, rect: QRect) -> None:
        """Draw it at the left of `rect`: what has happened in the accent, what has not paler, zero as a line."""
        known = [point for point in self.points if point is not None]
        if not known:
            return
        theme = theme_of(QGuiApplication.palette())
        low, high = min(known), max(known)
        top, tall = rect.top() + _MARGIN_PX, max(rect.height() - 2 * _MARGIN_PX, 1)
        left = float(rect.left() + _MARGIN_PX)
        wide = CURVE_PX - 2 * _MARGIN_PX
        step = wide / max(len(self.points) - 1, 1)

        def y(value: float) -> float:
            return top + tall * (0.5 if high == low else (high - value) / (high - low))

        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if low < 0 < high:
            painter.setPen(QPen(QColor(theme.border), 1))
            painter.drawLine(QPointF(left, y(0)), QPointF(left + wide, y(0)))
        at = self.here * (len(self.points) - 1)
        past: list[QPointF] = []
        future: list[QPointF] = []
        for number, value in enumerate(self.points):
            if value is None:
                continue
            point = QPointF(left + number * step, y(value))
            (past if number <= at else future).append(point)
            if number <= at < number + 1:
                future.append(point)
        for line, colour in ((future, theme.bars), (past, theme.accent)):
            painter.setPen(QPen(QColor(colour), 1.3))
            if len(line) > 1:
                painter.drawPolyline(QPolygonF(line))
        if past:
            painter.setBrush(QColor(theme.accent))
            painter.drawEllipse(past[-1], 2.0, 2.0)
        painter.restore()


class Curves:
    """The curves of one log's numbers, each made when its cell is drawn for the first time."""

    def __init__(self, last: int) -> None:
        self._last = last
        self._stops = (
            np.linspace(0, last, (CURVE_PX - 2 * _MARGIN_PX) // _STEP_PX + 1).round().astype(np.int64)
        )
        self._points = lru_cache(_KEPT)(self._made)
        self._view: StateView | None = None

    def of(self, view: StateView, row: int, column: int) -> Curve:
        """The curve of a cell."""
        self._view = view
        name = view.shown[column].name
        return Curve(self._points(view.rows.code_at(row), name), view.position / max(self._last, 1))

    def _made(self, code: int, name: str) -> Points:
        view = self._view
        assert view is not None
        column = next(column for column in view.shown if column.name == name)
        assert column.field is not None
        return curve(view.state.field_history(column.field), code, column.key, self._stops)
