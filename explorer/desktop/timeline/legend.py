"""Which types does the timeline name below itself, and who says the names for which there is no room?

A name stands there whole or not at all: what has no room is counted, and named in the tip and to a screen reader.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from explorer.desktop.timeline.bars import type_colours
from explorer.desktop.timeline.measure import Canvas, TimelineLayout
from explorer.history.density import TypeGroup
from explorer.language import grouped, tr
from explorer.session.plaintext import LIMIT, type_text

SQUARE_PX = 8
BESIDE_PX, COUNT_PX = 5, 6  # between square, name and count
APART_PX = 18
MOST_NAMES = 40  # in a tip


@dataclass(frozen=True)
class Legend:
    """What is named, and what is only counted.

    Attributes:
        named: The place of each group (by its number) that is named, from left to right; its name is whole.
        left_out: The numbers of the others.
        rest: Where these are counted, and what is said there; None if all are named, or there is no room at all.
    """

    named: tuple[tuple[int, QRectF], ...]
    left_out: tuple[int, ...] = ()
    rest: tuple[str, QRectF] | None = None


def group_name(group: TypeGroup, most_chars: int = LIMIT) -> str:
    """What a group of events is called."""
    if group.name is None:
        return tr("{count:,} other types").format(count=group.types)
    return type_text(group.name, most_chars) or tr("(no type)")


def legend(layout: TimelineLayout, font: QFont, groups: Sequence[TypeGroup]) -> Legend:
    """Find room for as many whole names as there is, and for the count of the others."""
    measure, row = QFontMetricsF(font), layout.legend

    def wide(text: str) -> float:
        return measure.horizontalAdvance(text)

    widths = [
        SQUARE_PX + BESIDE_PX + COUNT_PX + wide(group_name(group)) + wide(grouped(group.count))
        for group in groups
    ]
    if sum(widths) + APART_PX * (len(widths) - 1) <= row.width():
        return Legend(_in_a_row(row, list(enumerate(widths))))
    reserved = max(wide(text) for text in _rest_texts(sum(group.types for group in groups)))
    named, room = [], row.width() - reserved
    for number, width in enumerate(widths):
        if groups[number].name is not None and width + APART_PX <= room:
            named.append((number, width))
            room -= width + APART_PX
    there = {number for number, _ in named}
    left_out = tuple(number for number in range(len(groups)) if number not in there)
    places = _in_a_row(row, named)
    begin = places[-1][1].right() + APART_PX if places else row.left()
    for text in _rest_texts(sum(groups[number].types for number in left_out)):
        if begin + wide(text) <= row.right():
            return Legend(places, left_out, (text, QRectF(begin, row.top(), wide(text), row.height())))
    return Legend(places, left_out)


def _in_a_row(row: QRectF, widths: Sequence[tuple[int, float]]) -> tuple[tuple[int, QRectF], ...]:
    found, x = [], row.left()
    for number, width in widths:
        found.append((number, QRectF(x, row.top(), width, row.height())))
        x += width + APART_PX
    return tuple(found)


def _rest_texts(types: int) -> tuple[str, str]:
    """How those that are not named are counted, and the same where there is next to no room."""
    one, many = tr("and 1 more type"), tr("and {count:,} more types")
    return one if types == 1 else many.format(count=types), f"+{grouped(types)}"


def group_at(
    layout: TimelineLayout, font: QFont, groups: Sequence[TypeGroup], at: QPointF
) -> TypeGroup | None:
    """The group that is named at a point."""
    for number, spot in legend(layout, font, groups).named:
        if spot.contains(at):
            return groups[number]
    return None


def tip_at(layout: TimelineLayout, font: QFont, groups: Sequence[TypeGroup], at: QPointF) -> str:
    """The names of the types that are only counted at a point; empty where each has its name."""
    found = legend(layout, font, groups)
    if found.rest is not None and found.rest[1].contains(at):
        return "\n".join(names([groups[number] for number in found.left_out]))
    group = group_at(layout, font, groups, at)
    return "" if group is None or group.name is not None else "\n".join(names([group]))


def names(groups: Sequence[TypeGroup], most: int = MOST_NAMES) -> list[str]:
    """`MoneyDeposited 166` for each type; of very many the first, and how many more there are."""
    told = [
        f"{type_text(name) or tr('(no type)')} {grouped(count)}"
        for group in groups
        for name, count in (group.rare if group.name is None else ((group.name, group.count),))
    ]
    more = sum(group.types for group in groups) - min(len(told), most)
    return [*told[:most], *([_rest_texts(more)[0]] if more else [])]


def paint_legend(canvas: Canvas, groups: Sequence[TypeGroup]) -> None:
    """Draw squares, names and counts."""
    painter, row = canvas.painter, canvas.layout.legend
    painter.setFont(canvas.font)
    measure = QFontMetricsF(canvas.font)
    base = row.center().y() + measure.ascent() / 2 - 1
    found = legend(canvas.layout, canvas.font, groups)
    colours = type_colours(canvas.theme, [group.name for group in groups])
    for number, spot in found.named:
        _paint_square(painter, colours[number], spot.left(), row)
        name, x = group_name(groups[number]), spot.left() + SQUARE_PX + BESIDE_PX
        painter.setPen(QColor(canvas.theme.text))
        painter.drawText(QPointF(x, base), name)
        painter.setPen(QColor(canvas.theme.muted))
        count = grouped(groups[number].count)
        painter.drawText(QPointF(x + measure.horizontalAdvance(name) + COUNT_PX, base), count)
    if found.rest is not None:
        text, place = found.rest
        painter.setPen(QColor(canvas.theme.muted))
        painter.drawText(QPointF(place.left(), base), text)


def _paint_square(painter: QPainter, colour: QColor, left: float, row: QRectF) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRoundedRect(QRectF(left, row.center().y() - SQUARE_PX / 2, SQUARE_PX, SQUARE_PX), 2, 2)
