"""By which scale is the timeline measured, what is where in it, and what does every part need to draw itself?"""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QFontMetricsF, QPainter
from PySide6.QtWidgets import QAbstractSlider, QWidget

from explorer.desktop.look.theme import Theme, smaller
from explorer.desktop.tasks import Handlers, LatestTask
from explorer.session.document import Document
from explorer.session.timeline.axis import Axis, By, EventAxis, View, axis_of, same_measure
from explorer.session.timeline.density_bars import AT_ONCE, Groundwork, lay_groundwork

MARGIN_PX = 14
REACH_PX = 10  # how far the strip's ground reaches beyond its first and last stop
LABELS_PX = 22  # the row above the bars: where one is
BARS_PX = 46
LOW_BARS_PX = 28  # … in a window that is low
TRACK_PX = 9  # below the bars: the chosen account's own events, and violations
AXIS_PX = 18  # numbers or times
OVERVIEW_PX = 12  # the whole log
LEGEND_PX = 20
BEFORE_PX = 8  # by time, "before the first event" stands so far left of the first
LINE_PX = 17  # a line of text for which these rows are made; where text is larger, they are higher by so much


@dataclass(frozen=True)
class TimelineLayout:
    """The parts of a timeline of a given width, with text of a given height."""

    width: int
    line_px: int = LINE_PX
    low: bool = False

    @property
    def more_px(self) -> int:
        """How much higher a row of text is than it is made for."""
        return max(self.line_px - LINE_PX, 0)

    @property
    def labels_px(self) -> int:
        """How high the row above the bars is."""
        return LABELS_PX + self.more_px

    @property
    def height(self) -> int:
        """How high all of it is."""
        return round(self.legend.bottom())

    @property
    def left(self) -> float:
        """Where the view begins."""
        return float(MARGIN_PX)

    @property
    def room(self) -> float:
        """How wide the view is."""
        return float(max(self.width - 2 * MARGIN_PX, 1))

    @property
    def strip(self) -> QRectF:
        """The bars."""
        return QRectF(self.left, self.labels_px, self.room, LOW_BARS_PX if self.low else BARS_PX)

    @property
    def ground(self) -> QRectF:
        """What lies behind the bars, with the rounded ends."""
        return self.strip.adjusted(-REACH_PX, 0, REACH_PX, 0)

    @property
    def track(self) -> QRectF:
        """The chosen account's own events."""
        return QRectF(self.left, self.strip.bottom(), self.room, TRACK_PX)

    @property
    def axis(self) -> QRectF:
        """The names of round places."""
        return QRectF(self.left, self.track.bottom(), self.room, AXIS_PX + self.more_px)

    @property
    def overview(self) -> QRectF:
        """The whole log, whatever is in view."""
        return QRectF(self.left, self.axis.bottom(), self.room, OVERVIEW_PX)

    @property
    def legend(self) -> QRectF:
        """Which colour is which type."""
        return QRectF(self.left, self.overview.bottom(), self.room, LEGEND_PX + self.more_px)


class MeasuredStrip(QAbstractSlider):
    """From positions to pixels and back, for the part of a log that is in view."""

    view_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.document: Document | None = None
        self.axis: Axis = EventAxis(0)
        self.position = 0
        self.groundwork: Groundwork | None = None
        self.hover_x: float | None = None
        self._wanted: tuple[By, bool] = ("event", False)
        self._laid_for: tuple[Document, str] | None = None
        self._shown_of: tuple[str, str] | None = None
        self._laying = LatestTask(self)
        self._view = View.whole(1, 1)
        self._line_px = QFontMetrics(self.small_font).height()
        self._low = False

    @property
    def by(self) -> By:
        """Whether the strip is measured by event or by time (a log without times has only events)."""
        return self.axis.by

    @property
    def wanted_by(self) -> By:
        """The scale that was asked for, which a log without times cannot have."""
        return self._wanted[0]

    @property
    def view(self) -> View:
        """What is in view."""
        return self._view

    def show_view(self, view: View) -> None:
        """Show this part of the log."""
        if view != self._view:
            self._view = view
            self.update()
            self.view_changed.emit()

    def zoom(self, factor: float) -> None:
        """Show `factor` times less, around the pointer, or else the playhead, or else the middle."""
        layout, here = self.layout_px, self._view.fraction(self.axis.place(self.position))
        at = here if 0 <= here <= 1 else 0.5
        if self.hover_x is not None:
            at = (self.hover_x - layout.left) / layout.room
        self.show_view(self._view.zoomed(factor, at))

    @property
    def small_font(self) -> QFont:
        """The font of everything on it."""
        return smaller(self.font())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._line_px = QFontMetrics(self.small_font).height()
            self.updateGeometry()
            self.update()

    def be_low(self, low: bool) -> None:
        """Leave more room to others, in a window that is low."""
        if low != self._low:
            self._low = low
            self.updateGeometry()
            self.update()

    @property
    def layout_px(self) -> TimelineLayout:
        """Where its parts are."""
        return TimelineLayout(self.width(), self._line_px, self._low)

    def x_of(self, position: int) -> float:
        """Return where `position` is drawn, in pixels."""
        layout = self.layout_px
        x = layout.left + self._view.fraction(self.axis.place(position)) * layout.room
        return x - BEFORE_PX if position == 0 and self.axis.by == "time" else x

    def position_at(self, x: float) -> int:
        """Return the position under `x`; by time the last one that is not right of that pixel."""
        return self.axis.position(self.place_at(x + 0.5 if self.axis.by == "time" else x))

    def place_at(self, x: float) -> int:
        """Return the place of the axis under `x`."""
        layout = self.layout_px
        return self._view.place((x - layout.left) / layout.room)

    def measure(self, document: Document | None, by: By, *, short_gaps: bool) -> bool:
        """Measure by `document`; returns whether that is what was shown before.

        The view is kept then, and also if the same log comes back with more events or another read model.
        """
        same = document is not None and self._laid_for == (document, document.order)
        again = document is not None and self._shown_of == (document.path, document.order)
        self._shown_of = (
            None if document is None or document.path is None else (document.path, document.order)
        )
        self.document, self._wanted = document, (by, short_gaps)
        if document is None:
            self._laying.cancel()
            self.groundwork = self._laid_for = None
        elif not same:
            self._lay_groundwork(document)
        self._measure(keep_view=same or again)
        return same

    def _lay_groundwork(self, document: Document) -> None:
        """Count what must be counted once; beside this thread if there is much of it."""
        self._laid_for = (document, document.order)
        self._laying.cancel()
        self.groundwork = None
        history = document.history
        if len(history) <= AT_ONCE:
            self.groundwork = lay_groundwork(history)
            return
        self._laying.start(lambda _report: lay_groundwork(history), Handlers(self._take))

    def _take(self, groundwork: Groundwork) -> None:
        self.groundwork = groundwork
        self._measure(keep_view=True)
        self.update()

    def _measure(self, *, keep_view: bool) -> None:
        """Make the axis anew, for the scale and the gaps that are wanted."""
        document, (by, short_gaps) = self.document, self._wanted
        old, view = self.axis, self._view
        if document is None:
            self.axis = EventAxis(0)
        else:
            gaps = self.groundwork.gaps if short_gaps and self.groundwork is not None else ()
            self.axis = axis_of(document.history, by, gaps)
        whole = View.whole(self.axis.length, self.axis.least)
        if keep_view and not view.is_whole:
            ends = view.start, view.stop
            if not same_measure(old, self.axis):
                ends = self.axis.place(old.position(ends[0])), self.axis.place(old.position(ends[1]))
            whole = whole.around(*ends, margin=0)
        self.show_view(whole)


NOW_PX = 40  # room for the playhead's own bubble, on either side


@dataclass(frozen=True)
class Canvas:
    """One paint of the timeline."""

    painter: QPainter
    theme: Theme
    layout: TimelineLayout
    axis: Axis
    view: View
    x_of: Callable[[int], float]  # position to pixels
    font: QFont

    def x_of_place(self, place: int) -> float:
        """Where a place of the axis is drawn."""
        return self.layout.left + self.view.fraction(place) * self.layout.room

    def in_sight(self, x: float, reach: float = 0.0) -> bool:
        """Whether `x` lies on the strip."""
        ground = self.layout.ground
        return ground.left() - reach <= x <= ground.right() + reach

    def bubble_px(self, text: str) -> float:
        """How wide a bubble is."""
        return QFontMetricsF(self.font).horizontalAdvance(text) + 14.0

    def bubble(self, x: float, text: str, paper: str, ink: str) -> QRectF:
        """Draw `text` above the strip at `x`, and return where it stands."""
        painter = self.painter
        painter.setFont(self.font)
        width = self.bubble_px(text)
        left = min(max(x - width / 2, 1.0), max(self.layout.width - width - 1.0, 1.0))
        bubble = QRectF(left, 1, width, self.layout.labels_px - 4)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(paper))
        painter.drawRoundedRect(bubble, 5, 5)
        painter.setPen(QColor(ink))
        painter.drawText(bubble, Qt.AlignmentFlag.AlignCenter, text)
        return bubble

    def bubble_beside(self, x: float, text: str, paper: str, ink: str, now_x: float) -> None:
        """The same, but beside the place where the playhead's own bubble stands."""
        half = self.bubble_px(text) / 2
        x = min(max(x, half + 1), self.layout.width - half - 1)
        if abs(x - now_x) < half + NOW_PX and self.in_sight(now_x):
            right, left = now_x + NOW_PX + half, now_x - NOW_PX - half
            fits = right + half < self.layout.width
            x = right if fits and (x >= now_x or left - half < 0) else left
        self.bubble(x, text, paper, ink)
