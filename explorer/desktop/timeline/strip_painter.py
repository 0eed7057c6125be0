"""In which order is the timeline painted, with names and the whole log below it, and what is kept between frames?"""

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap, QPolygonF

from explorer.desktop.look.theme import Theme
from explorer.desktop.timeline.bars import BAR_PX, BarsPicture, paint_bars, picture
from explorer.desktop.timeline.legend import paint_legend
from explorer.desktop.timeline.marks import (
    Marks,
    paint_flags,
    paint_selection,
    paint_selection_label,
    paint_track,
)
from explorer.desktop.timeline.measure import Canvas
from explorer.history.density import Gap, TypeCounts
from explorer.language import grouped
from explorer.session.timeline.axis import View, duration_text, ticks
from explorer.session.timeline.density_bars import Bars, bars, marks_in_view
from explorer.session.timeline.preview import stretch_text

TICK_PX = 92  # room for one label
APART_PX = 10
LEAST_BREAK_PX = 3.0  # no break is drawn narrower
CROWDED_PX, THIN_PX = 14, 4  # breaks closer to each other than this are thin lines, or nothing
ROOMY_PX = 220  # breaks farther from each other than this are named before the moments beside them
TWO_LINES_PX = 9.0  # narrower ones have one zigzag instead of two


def paint_axis(canvas: Canvas) -> None:
    """Draw the names: in each stretch one that says all goes first, the short ones where room is left."""
    painter, theme, row = canvas.painter, canvas.theme, canvas.layout.axis
    painter.setFont(canvas.font)
    taken: list[tuple[float, float]] = []
    found = ticks(canvas.axis, canvas.view, max(int(row.width() / TICK_PX), 1))
    painter.setPen(QColor(theme.border))
    for tick in found:
        x = canvas.x_of_place(tick.place)
        painter.drawLine(QPointF(x, row.top() - 3), QPointF(x, row.top()))
    few = len(_visible(canvas)) * ROOMY_PX < row.width()
    if few:
        _name_breaks(canvas, taken)
    painter.setPen(QColor(theme.muted))
    named: set[int] = set()  # stretches
    for tick in found:
        if tick.stretch not in named and _name(canvas, tick.place, tick.long, taken):
            named.add(tick.stretch)
    if not few:
        _name_breaks(canvas, taken)
        painter.setPen(QColor(theme.muted))
    for tick in found:
        _name(canvas, tick.place, tick.text, taken)


def _name(canvas: Canvas, place: int, text: str, taken: list[tuple[float, float]]) -> bool:
    """Write `text` at a place if there is room; returns whether there was."""
    measure = canvas.painter.fontMetrics()
    width = measure.horizontalAdvance(text)
    left = min(max(canvas.x_of_place(place) - width / 2, 2.0), canvas.layout.width - width - 2.0)
    if any(left <= end + APART_PX and left + width >= begin - APART_PX for begin, end in taken):
        return False
    canvas.painter.drawText(QPointF(left, canvas.layout.axis.top() + 2 + measure.ascent()), text)
    taken.append((left, left + width))
    return True


def paint_breaks(canvas: Canvas) -> None:
    """Draw a zigzag of ground through the bars where time is left out; where there are very many, a thin line."""
    painter, strip = canvas.painter, canvas.layout.strip
    places = _breaks(canvas)
    crowded = len(places) * CROWDED_PX > strip.width()
    if crowded and len(places) * THIN_PX > strip.width():
        return  # lines alone would hide the bars
    for left, right in places:
        middle, least = (left + right) / 2, 1.0 if crowded else LEAST_BREAK_PX
        width = max(right - left, least)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(canvas.theme.window))
        painter.drawRect(QRectF(middle - width / 2, strip.top(), width, strip.height()))
        if crowded:
            continue
        painter.setPen(QColor(canvas.theme.muted))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for x in (left, right) if width >= TWO_LINES_PX else (middle,):
            steps = range(int(strip.height() // 4) + 1)
            zigzag = [QPointF(x + (1.5 if step % 2 else -1.5), strip.top() + step * 4) for step in steps]
            painter.drawPolyline(QPolygonF(zigzag))


def _name_breaks(canvas: Canvas, taken: list[tuple[float, float]]) -> None:
    """Say how long the gaps are that are left out, where there is room."""
    canvas.painter.setPen(QColor(canvas.theme.changed))
    for start, stop, gap in _visible(canvas):
        _name(canvas, (start + stop) // 2, f"⟨{duration_text(gap.lasted_ns)}⟩", taken)


def _visible(canvas: Canvas) -> list[tuple[int, int, Gap]]:
    view = canvas.view
    return [each for each in canvas.axis.breaks if each[1] > view.start and each[0] < view.stop]


def _breaks(canvas: Canvas) -> list[tuple[float, float]]:
    return [(canvas.x_of_place(start), canvas.x_of_place(stop)) for start, stop, _gap in _visible(canvas)]


OVERVIEW_BAR_PX = 3
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


if TYPE_CHECKING:
    from explorer.desktop.timeline.widget import Timeline


class TimelinePainter:
    """Paints one timeline. Bars are drawn when the view changes, and only copied when the playhead moves."""

    def __init__(self, timeline: "Timeline") -> None:
        self._timeline = timeline
        self._drawn: BarsPicture | None = None
        self._drawn_for: tuple[object, ...] = ()
        self._kept: QPixmap | None = None
        self._kept_for: tuple[object, ...] = ()
        self._bars: Bars | None = None
        self._whole: Bars | None = None
        self._whole_for: tuple[object, ...] = ()

    def bars(self) -> Bars | None:
        """The bars in view, as they were painted last."""
        return self._bars

    def paint(self, painter: QPainter, theme: Theme) -> None:
        """Paint everything."""
        timeline = self._timeline
        canvas = Canvas(
            painter,
            theme,
            timeline.layout_px,
            timeline.axis,
            timeline.view,
            timeline.x_of,
            timeline.small_font,
        )
        x = timeline.x_of(timeline.position)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.base))
        painter.drawRoundedRect(canvas.layout.ground, 6, 6)
        paint_bars(canvas, self._picture(canvas), x)
        paint_breaks(canvas)
        paint_selection(canvas, timeline.marks.selection)
        painter.drawPixmap(0, 0, self._still(canvas))
        paint_window(canvas, self._fraction_of_all())
        selection = timeline.marks.selection
        if selection is not None and timeline.document is not None:
            text = stretch_text(timeline.document, selection)
            paint_selection_label(canvas, selection, text, x)
        if timeline.isEnabled() and timeline.hover_position is not None and not timeline.is_dragged:
            self._paint_hover(canvas, timeline.hover_position, x)
        if canvas.in_sight(x, 2.0):
            self._paint_playhead(canvas, x)
        if timeline.hasFocus():
            painter.setPen(QColor(theme.accent))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(canvas.layout.ground.adjusted(-0.5, -0.5, 0.5, 0.5), 6, 6)

    def _picture(self, canvas: Canvas) -> BarsPicture:
        timeline, ratio = self._timeline, self._timeline.devicePixelRatioF()
        key = (timeline.view, canvas.layout, ratio, canvas.theme, timeline.groundwork, timeline.axis)
        if self._drawn is None or key != self._drawn_for:
            self._bars = self._make(timeline.view, int(canvas.layout.room) // BAR_PX, self._counts)
            work = timeline.groundwork
            names = () if work is None else [group.name for group in work.counts.groups]
            self._drawn = picture(self._bars, canvas.layout, timeline.view, canvas.theme, ratio, names)
            self._drawn_for = key
        return self._drawn

    def _still(self, canvas: Canvas) -> QPixmap:
        """Draw what stays while the playhead moves: the axis, marks, the whole log below and the legend."""
        timeline, ratio = self._timeline, self._timeline.devicePixelRatioF()
        key = (
            timeline.view,
            canvas.layout,
            timeline.size(),
            ratio,
            canvas.theme,
            timeline.groundwork,
            timeline.axis,
            timeline.marks,
            canvas.font.key(),
        )
        if self._kept is None or key != self._kept_for:
            kept = QPixmap(timeline.size() * ratio)
            kept.setDevicePixelRatio(ratio)
            kept.fill(Qt.GlobalColor.transparent)
            with QPainter(kept) as painter:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                still = replace(canvas, painter=painter)
                paint_axis(still)
                paint_track(still, timeline.marks)
                paint_flags(still, timeline.marks)
                paint_overview(still, self._overview(still), timeline.marks)
                if timeline.groundwork is not None:
                    paint_legend(still, timeline.groundwork.counts.groups)
            self._kept, self._kept_for = kept, key
        return self._kept

    def _overview(self, canvas: Canvas) -> Bars:
        timeline = self._timeline
        key = (canvas.layout.width, timeline.axis)
        if self._whole is None or key != self._whole_for:
            whole = View.whole(timeline.axis.length, timeline.axis.least)
            self._whole = self._make(whole, int(canvas.layout.room) // OVERVIEW_BAR_PX, None)
            self._whole_for = key
        return self._whole

    def _make(self, view: View, most: int, counts: TypeCounts | None) -> Bars:
        document = self._timeline.document
        assert document is not None
        return bars(document.history, self._timeline.axis, view, most, counts)

    @property
    def _counts(self) -> TypeCounts | None:
        groundwork = self._timeline.groundwork
        return None if groundwork is None else groundwork.counts

    def _fraction_of_all(self) -> float:
        axis = self._timeline.axis
        return axis.place(self._timeline.position) / (axis.length or 1)

    def _paint_hover(self, canvas: Canvas, position: int, now_x: float) -> None:
        timeline, strip = self._timeline, canvas.layout.strip
        x = timeline.x_of(position)
        canvas.painter.setPen(QColor(canvas.theme.muted))
        canvas.painter.drawLine(QPointF(x, strip.top()), QPointF(x, strip.bottom()))
        moment = timeline.document.moment_text(position) if timeline.document else ""
        text = f"{grouped(position)}  {moment}"
        canvas.bubble_beside(x, text, canvas.theme.raised, canvas.theme.text, now_x)

    def _paint_playhead(self, canvas: Canvas, x: float) -> None:
        painter, theme, strip = canvas.painter, canvas.theme, canvas.layout.strip
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.base))  # a little ground on either side: seen on bars of any colour
        painter.drawRect(QRectF(x - 2, strip.top(), 4, strip.height()))
        painter.setBrush(QColor(theme.accent))
        painter.drawRect(QRectF(x - 1, strip.top() - 4, 2, strip.height() + 6))
        painter.drawEllipse(QPointF(x, strip.bottom() + 1), 4.5, 4.5)
        canvas.bubble(x, grouped(self._timeline.position), theme.accent, theme.on_accent)
