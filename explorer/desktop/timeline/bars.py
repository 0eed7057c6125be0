"""How are the bars of the timeline drawn, and which colour is which type of event?

The Okabe–Ito palette, which people tell apart with any kind of colour vision. On a light ground the light ones are
darkened, on a dark ground the darkest is lightened, until each stands out 3:1 from the ground.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap

from explorer.desktop.look.theme import Theme
from explorer.desktop.timeline.measure import REACH_PX, Canvas, TimelineLayout
from explorer.session.timeline.axis import EVENT, View
from explorer.session.timeline.density_bars import Bars

LIGHT = ("#3892c9", "#be7d00", "#009e73", "#c0699a", "#9c8e00", "#d55e00", "#0072b2")
DARK = ("#56b4e9", "#e69f00", "#009e73", "#cc79a7", "#f0e442", "#e06a12", "#1a80c0")
OTHERS_LIGHT, OTHERS_DARK = "#7d8794", "#8a95a3"
FADE, FADE_CONTRAST = 0.6, 0.35  # how much of the ground shines through what has not happened yet


# Which colour (by its number) these have in every log: a class sees one after another.
USUAL = {
    "MoneyDeposited": 2, "MoneyWithdrawn": 5, "AccountOpened": 0, "MoneyTransferred": 1, "OwnerChanged": 3,
    "AccountClosed": 4, "AccountFrozen": 6, "AccountUnfrozen": 7,
}  # fmt: skip


def type_colours(theme: Theme, names: Sequence[str | None]) -> list[QColor]:
    """The colours of types that are told apart, at most eight; None stands for all others together.

    The types of accounts have the same colour in every log; all others take what is left, in their order.
    """
    dark = QColor(theme.base).lightness() < 128
    inks = [QColor(name) for name in (DARK if dark else LIGHT)]
    inks.append(QColor(OTHERS_DARK if dark else OTHERS_LIGHT))
    last = len(inks) - 1
    numbers = [last if name is None else USUAL.get(name) for name in names[: len(inks)]]
    if numbers.count(last) > 1:  # what is one type only gives way to all others together
        numbers = [None if number == last and name is not None else number
                   for number, name in zip(numbers, names, strict=False)]  # fmt: skip
    left = iter([number for number in range(len(inks)) if number not in numbers])
    return [inks[next(left) if number is None else number] for number in numbers]


def faded(colour: QColor, theme: Theme) -> QColor:
    """The same colour for what is still to come."""
    ground, fade = QColor(theme.base), FADE_CONTRAST if theme.name.startswith("contrast") else FADE
    kept = 1 - fade
    return QColor.fromRgbF(
        colour.redF() * kept + ground.redF() * fade,
        colour.greenF() * kept + ground.greenF() * fade,
        colour.blueF() * kept + ground.blueF() * fade,
    )


BAR_PX = 4  # one bar and the gap after it
DOT_ROOM_PX = 10  # events this far apart are drawn one by one
WIDE_ROOM_PX = 24  # … and larger
HEADROOM_PX = 10  # above the highest bar: room for marks


@dataclass
class BarsPicture:
    """The bars twice: as they look once they have happened, and as they look before."""

    past: QPixmap
    future: QPixmap


def picture(
    bars: Bars,
    layout: TimelineLayout,
    view: View,
    theme: Theme,
    ratio: float,
    names: Sequence[str | None] = (),
) -> BarsPicture:
    """Draw the bars; the caller keeps the result while nothing of this changes. `names` are those of its groups."""
    groups = 0 if bars.stacks is None else bars.stacks.shape[1]
    colours = type_colours(theme, names[:groups]) or [QColor(theme.played)]
    coming = [faded(colour, theme) for colour in colours] if groups else [QColor(theme.bars)]
    dots = bars.single and layout.room * EVENT >= view.span * DOT_ROOM_PX
    pictures = []
    for inks in (colours, coming):
        pixmap = QPixmap(layout.ground.size().toSize() * ratio)
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        with QPainter(pixmap) as painter:
            painter.setPen(Qt.PenStyle.NoPen)
            if dots:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                _paint_dots(painter, bars, layout, view, inks)
            else:
                _paint_stacks(painter, bars, layout, view, inks, ratio)
        pictures.append(pixmap)
    return BarsPicture(*pictures)


def paint_bars(canvas: Canvas, drawn: BarsPicture, now_x: float) -> None:
    """Put the bars on the strip: left of `now_x` they have happened."""
    painter, ground = canvas.painter, canvas.layout.ground
    before = QRectF(
        ground.left(), ground.top(), min(max(now_x - ground.left(), 0), ground.width()), ground.height()
    )
    painter.save()
    painter.setClipRect(before)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(canvas.theme.now))
    painter.drawRoundedRect(ground, 6, 6)
    painter.drawPixmap(ground.topLeft(), drawn.past)
    painter.setClipRect(
        QRectF(before.right(), ground.top(), ground.right() - before.right(), ground.height())
    )
    painter.drawPixmap(ground.topLeft(), drawn.future)
    painter.restore()


def _paint_stacks(
    painter: QPainter, bars: Bars, layout: TimelineLayout, view: View, inks: list[QColor], ratio: float
) -> None:
    xs = [REACH_PX + view.fraction(edge) * layout.room for edge in bars.edges]
    lefts = np.round(np.array(xs) * ratio) / ratio
    widths = np.maximum(np.diff(lefts) - 1, 1.0)
    floor = layout.strip.height() - 2
    tall = np.where(bars.heights > 0, np.maximum(bars.heights * (floor - HEADROOM_PX), 2.0), 0.0)
    stacks = np.ones((len(bars), 1)) if bars.stacks is None else bars.stacks.astype(np.float64)
    totals = np.maximum(stacks.sum(1), 1.0)
    tops = floor - np.cumsum(stacks / totals[:, None], axis=1) * tall[:, None]
    bottoms = np.column_stack([np.full(len(bars), floor), tops[:, :-1]])
    for group, ink in enumerate(inks[: stacks.shape[1]]):
        painter.setBrush(ink)
        here = np.flatnonzero((stacks[:, group] > 0) & (tall > 0)).tolist()
        painter.drawRects(
            [
                QRectF(lefts[bar], tops[bar, group], widths[bar], bottoms[bar, group] - tops[bar, group])
                for bar in here
            ]
        )


def _paint_dots(
    painter: QPainter, bars: Bars, layout: TimelineLayout, view: View, inks: list[QColor]
) -> None:
    middle = layout.strip.height() / 2
    radius = 5.0 if layout.room * EVENT >= view.span * WIDE_ROOM_PX else 3.5
    for number, row in enumerate(bars.rows[:-1].tolist()):
        x = REACH_PX + view.fraction((row + 1) * EVENT) * layout.room
        group = 0 if bars.stacks is None else int(np.argmax(bars.stacks[number]))
        painter.setBrush(inks[min(group, len(inks) - 1)])
        if bars.rows[number + 1] > row:
            painter.drawEllipse(QPointF(x, middle), radius, radius)
    if view.start == 0:
        painter.setBrush(inks[-1] if bars.stacks is None else QColor(inks[0]).darker(110))
        painter.drawEllipse(QPointF(float(REACH_PX), middle), 2.0, 2.0)  # nothing has happened yet
