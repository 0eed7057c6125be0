"""Which colour on the timeline is which type of event, and how many are there of it?"""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor

from explorer.desktop.timeline.canvas import Canvas
from explorer.desktop.timeline.colours import type_colours
from explorer.history.type_counts import Group
from explorer.language import tr
from explorer.session.plaintext import visible

SQUARE_PX = 8
APART_PX = 18
NAME_CHARS = 28


def group_name(group: Group) -> str:
    """What a group of events is called."""
    if group.name is None:
        return tr("{count:,} other types").format(count=group.types)
    return visible(group.name, NAME_CHARS) or tr("(no type)")


def paint_legend(canvas: Canvas, groups: list[Group]) -> None:
    """Draw squares, names and counts from left to right, as many as there is room for."""
    painter, row = canvas.painter, canvas.layout.legend
    painter.setFont(canvas.font)
    measure = painter.fontMetrics()
    base = row.center().y() + measure.ascent() / 2 - 1
    x = row.left()
    for group, colour in zip(groups, type_colours(canvas.theme, len(groups)), strict=True):
        name, count = group_name(group), f"{group.count:,}"
        names_px, counts_px = measure.horizontalAdvance(name), measure.horizontalAdvance(count)
        if x + SQUARE_PX + 11 + names_px + counts_px > row.right():
            painter.setPen(QColor(canvas.theme.muted))
            painter.drawText(QPointF(x, base), "…")
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawRoundedRect(QRectF(x, row.center().y() - SQUARE_PX / 2, SQUARE_PX, SQUARE_PX), 2, 2)
        painter.setPen(QColor(canvas.theme.text))
        painter.drawText(QPointF(x + SQUARE_PX + 5, base), name)
        painter.setPen(QColor(canvas.theme.muted))
        painter.drawText(QPointF(x + SQUARE_PX + 11 + names_px, base), count)
        x += SQUARE_PX + 11 + names_px + counts_px + APART_PX
