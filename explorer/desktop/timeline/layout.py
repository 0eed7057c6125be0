"""Which part of the timeline's widget is for what, in pixels?"""

from dataclasses import dataclass

from PySide6.QtCore import QRectF

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
