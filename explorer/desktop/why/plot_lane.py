"""What is one lane of the plot made of: its scale, its line, its marks?"""

import math
from collections.abc import Callable, Sequence

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen

from explorer.desktop.look.theme import Theme
from explorer.language import grouped
from explorer.session.moments import day_text, iso_text
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


DAY_S = 86_400
MINUS = "\N{MINUS SIGN}"
MOST_PLAIN = 1e15  # beyond it a float does not hold every whole number


class NumberAxis(pg.AxisItem):  # type: ignore[misc]  # pyqtgraph has no types
    """Numbers with all their digits and a true minus; no prefixes that somebody would have to know."""

    def __init__(self, orientation: str, *, whole: bool = False) -> None:
        super().__init__(orientation)
        self.enableAutoSIPrefix(False)
        self._whole = whole

    def tickValues(self, low: float, high: float, size: float) -> list[tuple[float, list[float]]]:
        """Where the ticks are; positions have none between two of them."""
        levels: list[tuple[float, list[float]]] = super().tickValues(low, high, size)
        return [level for level in levels if level[0] >= 1] if self._whole else levels

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        """What stands at them."""
        return [number_text(value * scale, spacing * scale) for value in values]


def number_text(value: float, spacing: float) -> str:
    """A number with as many decimals as tell it from its neighbour at `spacing`."""
    if abs(value) >= MOST_PLAIN:
        return f"{value:.4g}".replace("-", MINUS)
    decimals = max(0, -math.floor(math.log10(spacing) + 1e-9)) if spacing > 0 else 0
    decimals = min(decimals, 12)
    text = grouped(value, decimals)
    return text.replace("-", MINUS) if round(value, decimals) else text.replace("-", "")


class DateAxis(pg.DateAxisItem):  # type: ignore[misc]
    """Days and hours, UTC as everywhere in the window."""

    def __init__(self) -> None:
        super().__init__("bottom", utcOffset=0)

    def tickStrings(self, values: Sequence[float], _scale: float, spacing: float) -> list[str]:
        """What stands at them: no finer than needed to tell them apart."""
        return [moment_tick(value, spacing) for value in values]


def moment_tick(second: float, spacing: float) -> str:
    """`2026`, `Jan 2026`, `6 Jan`, `10:15` or `10:15:30`: an instant, as finely as ticks at `spacing` seconds need."""
    at_ns = round(second * 1e9)
    _, day, month, year = day_text(at_ns).split()
    if spacing >= 360 * DAY_S:
        return year
    if spacing >= 27 * DAY_S:
        return f"{month} {year}"
    if spacing >= DAY_S:
        return f"{day} {month}"
    clock = (iso_text(at_ns) or "")[11:19]
    return clock[:5] if spacing >= 60 else clock


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
