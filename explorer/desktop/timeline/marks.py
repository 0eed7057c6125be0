"""How are marked places drawn on the timeline: bookmarks, A and B, violations, an account's own events?"""

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPolygonF

from explorer.desktop.timeline.measure import Canvas
from explorer.session.places.bookmarks import Bookmark
from explorer.session.timeline.density_bars import marks_in_view

type Int64s = npt.NDArray[np.int64]

REACH_PX = 6  # the pointer finds a mark so far away


def no_positions() -> Int64s:
    """No marks."""
    return np.zeros(0, np.int64)


@dataclass(frozen=True, eq=False)  # another one for each change: what was drawn of it is known by it
class Marks:
    """What is marked.

    Attributes:
        bookmarks: As the person set them.
        a, b: The points that are compared; None where there is none.
        violations: (k,) positions at which a check failed, ascending.
        warned: (k,) positions of what is odd about the log, ascending.
        own: (k,) positions of the chosen account's events, ascending.
        own_of: Whose they are.
        selection: Two positions, ascending; None if nothing is selected.
    """

    bookmarks: tuple[Bookmark, ...] = ()
    a: int | None = None
    b: int | None = None
    violations: Int64s = field(default_factory=no_positions)
    warned: Int64s = field(default_factory=no_positions)
    own: Int64s = field(default_factory=no_positions)
    own_of: str = ""
    selection: tuple[int, int] | None = None


def near(positions: Int64s, low: int, high: int) -> int:
    """How many of some ascending positions lie from `low` up to and with `high`."""
    return int(np.searchsorted(positions, high, "right") - np.searchsorted(positions, low, "left"))


def paint_selection(canvas: Canvas, selection: tuple[int, int] | None) -> None:
    """Tint what is selected, with an edge at either side."""
    if selection is None:
        return
    painter, strip, ground = canvas.painter, canvas.layout.strip, canvas.layout.ground
    left, right = (min(max(canvas.x_of(at), ground.left()), ground.right()) for at in selection)
    tint = QColor(canvas.theme.accent)
    tint.setAlphaF(0.22)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tint)
    painter.drawRect(QRectF(left, strip.top(), max(right - left, 1.0), strip.height()))
    painter.setBrush(QColor(canvas.theme.accent))
    for x, position in zip((left, right), selection, strict=True):
        if canvas.in_sight(canvas.x_of(position)):
            painter.drawRect(QRectF(x - 0.75, strip.top(), 1.5, strip.height()))


def paint_selection_label(canvas: Canvas, selection: tuple[int, int], text: str, now_x: float) -> None:
    """Say how much is selected, above it."""
    left, right = (canvas.x_of(at) for at in selection)
    if canvas.in_sight(left) or canvas.in_sight(right) or left < canvas.layout.left < right:
        middle = (max(left, canvas.layout.left) + min(right, canvas.layout.ground.right())) / 2
        canvas.bubble_beside(middle, text, canvas.theme.now, canvas.theme.text, now_x)


def paint_track(canvas: Canvas, marks: Marks) -> None:
    """Draw the chosen account's own events, what is warned of as small diamonds, violations as triangles."""
    painter, track, theme = canvas.painter, canvas.layout.track, canvas.theme
    width = int(track.width())
    painter.setPen(Qt.PenStyle.NoPen)
    fractions, counts = marks_in_view(marks.own, canvas.axis, canvas.view, width)
    most = max(counts, default=1)
    ink = QColor(theme.text)
    for fraction, count in zip(fractions, counts, strict=True):
        ink.setAlphaF(0.45 + 0.55 * count / most)
        painter.setBrush(ink)
        painter.drawRect(QRectF(track.left() + fraction * track.width() - 0.75, track.top() + 1.5, 1.5, 5.5))
    fractions, _counts = marks_in_view(marks.warned, canvas.axis, canvas.view, max(width // 3, 1))
    painter.setBrush(QColor(theme.warning))
    for fraction in fractions:
        x, middle = track.left() + fraction * track.width(), track.top() + 4.5
        corners = (
            QPointF(x, middle - 3),
            QPointF(x + 3, middle),
            QPointF(x, middle + 3),
            QPointF(x - 3, middle),
        )
        painter.drawPolygon(QPolygonF(corners))
    fractions, _counts = marks_in_view(marks.violations, canvas.axis, canvas.view, max(width // 4, 1))
    for fraction in fractions:
        x, top = track.left() + fraction * track.width(), track.top() - 3
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.warning))
        painter.drawPolygon(
            QPolygonF([QPointF(x - 5.5, top + 11), QPointF(x + 5.5, top + 11), QPointF(x, top)])
        )
        painter.setBrush(QColor(theme.base))
        painter.drawRect(QRectF(x - 0.75, top + 3.5, 1.5, 4))
        painter.drawRect(QRectF(x - 0.75, top + 8.5, 1.5, 1.5))


def paint_flags(canvas: Canvas, marks: Marks) -> None:
    """Draw bookmarks as flags that hang from the top, and A and B as tabs with their letters."""
    painter, theme, strip = canvas.painter, canvas.theme, canvas.layout.strip
    painter.setPen(Qt.PenStyle.NoPen)
    for x in _in_sight(canvas, (mark.position for mark in marks.bookmarks)):
        painter.setBrush(QColor(theme.changed))
        painter.drawPolygon(
            QPolygonF(
                [
                    QPointF(x - 4, strip.top()), QPointF(x + 4, strip.top()), QPointF(x + 4, strip.top() + 10),
                    QPointF(x, strip.top() + 6.5), QPointF(x - 4, strip.top() + 10),
                ]
            )
        )  # fmt: skip
    turned = marks.a is not None and marks.b is not None and marks.b < marks.a
    left = "B" if turned else "A"  # outside of what is compared, so that neither covers the other
    for letter, position in (("A", marks.a), ("B", marks.b)):
        if position is None:
            continue
        for x in _in_sight(canvas, [position]):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.added))
            painter.drawRect(QRectF(x - 0.75, strip.top(), 1.5, strip.height()))
            wide, tall = tab_px(canvas.font)
            beside = x - wide if letter == left else x
            beside = min(
                max(beside, 0.0), canvas.layout.width - wide
            )  # large letters have no room at the ends
            tab = QRectF(beside, strip.bottom() - tall, wide, tall)
            painter.drawRoundedRect(tab, 3, 3)
            painter.setFont(canvas.font)
            painter.setPen(QColor(theme.base))
            painter.drawText(tab, Qt.AlignmentFlag.AlignCenter, letter)


def tab_px(font: QFont) -> tuple[float, float]:
    """How wide and high the tab of A or B is: as large as its letter needs."""
    measure = QFontMetricsF(font)
    return max(13.0, measure.horizontalAdvance("A") + 4), max(14.0, measure.capHeight() + 5)


def _in_sight(canvas: Canvas, positions: Iterable[int]) -> list[float]:
    return [x for x in map(canvas.x_of, positions) if canvas.in_sight(x)]
