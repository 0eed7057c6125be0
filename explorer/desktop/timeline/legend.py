"""Which colour on the timeline is which type of event, and how many are there of it?"""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF

from explorer.desktop.timeline.bars import type_colours
from explorer.desktop.timeline.canvas import Canvas
from explorer.desktop.timeline.measure import TimelineLayout
from explorer.history.density import TypeGroup
from explorer.language import grouped, tr
from explorer.session.plaintext import type_text

SQUARE_PX = 8
BESIDE_PX, COUNT_PX = 5, 6  # between square, name and count
APART_PX = 18
NAME_CHARS = 28


def group_name(group: TypeGroup) -> str:
    """What a group of events is called."""
    if group.name is None:
        return tr("{count:,} other types").format(count=group.types)
    return type_text(group.name, NAME_CHARS) or tr("(no type)")


def spots(layout: TimelineLayout, font: QFont, groups: Sequence[TypeGroup]) -> list[QRectF]:
    """Where each group stands from left to right, as many as there is room for."""
    measure, row = QFontMetricsF(font), layout.legend
    found: list[QRectF] = []
    x = row.left()
    for group in groups:
        text_px = measure.horizontalAdvance(group_name(group)) + measure.horizontalAdvance(
            grouped(group.count)
        )
        width = SQUARE_PX + BESIDE_PX + COUNT_PX + text_px
        if x + width > row.right():
            break
        found.append(QRectF(x, row.top(), width, row.height()))
        x += width + APART_PX
    return found


def group_at(
    layout: TimelineLayout, font: QFont, groups: Sequence[TypeGroup], at: QPointF
) -> TypeGroup | None:
    """The group that is named at a point."""
    for group, spot in zip(groups, spots(layout, font, groups), strict=False):
        if spot.contains(at):
            return group
    return None


def paint_legend(canvas: Canvas, groups: Sequence[TypeGroup]) -> None:
    """Draw squares, names and counts."""
    painter, row = canvas.painter, canvas.layout.legend
    painter.setFont(canvas.font)
    measure = QFontMetricsF(canvas.font)
    base = row.center().y() + measure.ascent() / 2 - 1
    places = spots(canvas.layout, canvas.font, groups)
    for group, colour, spot in zip(groups, type_colours(canvas.theme, len(groups)), places, strict=False):
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawRoundedRect(
            QRectF(spot.left(), row.center().y() - SQUARE_PX / 2, SQUARE_PX, SQUARE_PX), 2, 2
        )
        name, x = group_name(group), spot.left() + SQUARE_PX + BESIDE_PX
        painter.setPen(QColor(canvas.theme.text))
        painter.drawText(QPointF(x, base), name)
        painter.setPen(QColor(canvas.theme.muted))
        painter.drawText(QPointF(x + measure.horizontalAdvance(name) + COUNT_PX, base), grouped(group.count))
    if len(places) < len(groups):
        painter.setPen(QColor(canvas.theme.muted))
        painter.drawText(QPointF(places[-1].right() + APART_PX if places else row.left(), base), "…")
