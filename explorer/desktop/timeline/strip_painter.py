"""In which order is the timeline painted, and what of it is kept from one frame to the next?"""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap

from explorer.desktop.look.theme import Theme
from explorer.desktop.timeline import axis_row, legend, marks, overview
from explorer.desktop.timeline.bars import BAR_PX, BarsPicture, paint_bars, picture
from explorer.desktop.timeline.canvas import Canvas
from explorer.history.density import TypeCounts
from explorer.language import grouped
from explorer.session.timeline.axis import View
from explorer.session.timeline.density_bars import Bars, bars
from explorer.session.timeline.preview import stretch_text

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
        axis_row.paint_breaks(canvas)
        marks.paint_selection(canvas, timeline.marks.selection)
        painter.drawPixmap(0, 0, self._still(canvas))
        overview.paint_window(canvas, self._fraction_of_all())
        selection = timeline.marks.selection
        if selection is not None and timeline.document is not None:
            text = stretch_text(timeline.document, selection)
            marks.paint_selection_label(canvas, selection, text, x)
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
        key = (timeline.view, canvas.layout.width, ratio, canvas.theme, timeline.groundwork, timeline.axis)
        if self._drawn is None or key != self._drawn_for:
            self._bars = self._make(timeline.view, int(canvas.layout.room) // BAR_PX, self._counts)
            self._drawn = picture(self._bars, canvas.layout, timeline.view, canvas.theme, ratio)
            self._drawn_for = key
        return self._drawn

    def _still(self, canvas: Canvas) -> QPixmap:
        """Draw what stays while the playhead moves: the axis, marks, the whole log below and the legend."""
        timeline, ratio = self._timeline, self._timeline.devicePixelRatioF()
        key = (
            timeline.view,
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
                axis_row.paint_axis(still)
                marks.paint_track(still, timeline.marks)
                marks.paint_flags(still, timeline.marks)
                overview.paint_overview(still, self._overview(still), timeline.marks)
                if timeline.groundwork is not None:
                    legend.paint_legend(still, timeline.groundwork.counts.groups)
            self._kept, self._kept_for = kept, key
        return self._kept

    def _overview(self, canvas: Canvas) -> Bars:
        timeline = self._timeline
        key = (canvas.layout.width, timeline.axis)
        if self._whole is None or key != self._whole_for:
            whole = View.whole(timeline.axis.length, timeline.axis.least)
            self._whole = self._make(whole, int(canvas.layout.room) // overview.BAR_PX, None)
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
