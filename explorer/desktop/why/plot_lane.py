"""How is a value that is no number drawn over time: as stretches that carry their words?"""

from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen

from explorer.desktop.look.theme import Theme
from explorer.session.plaintext import visible
from explorer.session.reasons.steps import Floats, Lane, blocks

LANE_PX = 44
TEXT_PX = 8  # kept free on both sides of the words


def lane_inks(theme: Theme) -> list[tuple[str, str]]:
    """Return (ground, ink) of one value after another; the ink is readable on its ground."""
    return [
        (theme.now, theme.accent),
        (theme.changed_soft, theme.changed),
        (theme.added_soft, theme.added),
        (theme.warning_soft, theme.warning),
        (theme.raised, theme.text),
    ]


def paint_lane(
    painter: QPainter,
    theme: Theme,
    area: QRectF,
    lane: Lane,
    places: Floats,
    shown: tuple[float, float, float],
    x_of: Callable[[float], float],
) -> None:
    """Draw what can be seen of a lane; `shown` is the first and last place on screen, and the axis' end."""
    left, right, end = shown
    inks = lane_inks(theme)
    tall = min(float(LANE_PX), area.height() - 8)
    top = area.center().y() - tall / 2
    metrics = painter.fontMetrics()
    for block in blocks(places, lane.codes, left, right, int(area.width()), end):
        begin, stop = max(x_of(block.left), area.left()), min(x_of(block.right), area.right())
        rect = QRectF(begin, top, max(stop - begin, 1.0), tall)
        if block.code is None:
            painter.fillRect(rect, QBrush(QColor(theme.muted), Qt.BrushStyle.Dense4Pattern))
            continue
        ground, ink = inks[block.code % len(inks)]
        painter.fillRect(rect, QColor(ground))
        painter.setPen(QPen(QColor(ink), 1))
        painter.drawLine(rect.topLeft(), rect.bottomLeft())
        room = rect.adjusted(TEXT_PX, 0, -TEXT_PX, 0)
        if room.width() > metrics.averageCharWidth() * 2:
            text = metrics.elidedText(
                visible(lane.texts[block.code], 80), Qt.TextElideMode.ElideRight, int(room.width())
            )
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
