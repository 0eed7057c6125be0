"""How do the lines of a plot look: their pens, their names, and the point that holds now?"""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from explorer.desktop.look.theme import Theme
from explorer.session.plaintext import visible

DASHES = (Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine, Qt.PenStyle.DotLine, Qt.PenStyle.DashDotLine)
SAMPLE_PX = 18  # of a line, beside its name


def line_pen(theme: Theme, number: int, *, wide: bool) -> QPen:
    """Return the pen of one line after another; those that share a colour differ in their dashes."""
    inks = (theme.played, theme.changed, theme.added, theme.warning)
    pen = QPen(QColor(inks[number % len(inks)]), 2.0 if wide else 1.0)
    pen.setCosmetic(True)
    pen.setStyle(DASHES[number // len(inks) % len(DASHES)])
    return pen


def paint_now(painter: QPainter, theme: Theme, number: int, point: QPointF) -> None:
    """Draw the point that holds at the playhead."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(theme.base), 1.5))
    painter.setBrush(line_pen(theme, number, wide=True).color())
    painter.drawEllipse(point, 4.5, 4.5)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def paint_name(painter: QPainter, theme: Theme, number: int, key: str | None, area: QRectF) -> None:
    """Write what a line is called, in the upper left corner."""
    metrics = painter.fontMetrics()
    left, top = area.left() + 8, area.top() + 4 + number * (metrics.height() + 2)
    middle = top + metrics.height() / 2
    painter.setPen(line_pen(theme, number, wide=True))
    painter.drawLine(QPointF(left, middle), QPointF(left + SAMPLE_PX, middle))
    painter.setPen(QColor(theme.text))
    painter.drawText(QPointF(left + SAMPLE_PX + 6, top + metrics.ascent()), visible(key or "–", 40))
