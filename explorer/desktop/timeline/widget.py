"""What is on the timeline now, and whom does it ask when a person touches it?"""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractSlider, QSizePolicy, QWidget

from explorer.desktop.tasks import BackgroundTask
from explorer.desktop.theme import theme_of
from explorer.desktop.timeline.gestures import Gestures
from explorer.desktop.timeline.layout import BEFORE_PX, HEIGHT_PX, Layout
from explorer.desktop.timeline.marks import Int64s, Marks
from explorer.desktop.timeline.painting import Painting
from explorer.language import tr
from explorer.session.axis import Axis, By, EventAxis, axis_of
from explorer.session.bookmarks import Bookmark
from explorer.session.document import Document
from explorer.session.groundwork import AT_ONCE, Groundwork, lay_groundwork
from explorer.session.view_window import View

QT_MOST = 2**31 - 2  # a Qt slider counts in 32 bits; longer logs move in strides
FOLLOW_MARGIN = 0.1  # a playhead that has left the view comes back so far from its end


class Timeline(QAbstractSlider):
    """A slider with n+1 stops over the density of the log; it asks, the playhead decides."""

    asked = Signal(object)  # the position somebody wants: mouse, wheel, keys or screen reader
    selection_asked = Signal(object)  # two positions, ascending, or None
    view_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.document: Document | None = None
        self.axis: Axis = EventAxis(0)
        self.position = 0
        self.marks = Marks()
        self.groundwork: Groundwork | None = None
        self.hover_x: float | None = None
        self._wanted: tuple[By, bool] = ("event", False)
        self._laid_for: tuple[Document, str] | None = None
        self._view = View.whole(1, 1)
        self._stride = 1
        self._gestures = Gestures(self)
        self._painting = Painting(self)
        self.setOrientation(Qt.Orientation.Horizontal)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Timeline"))
        self.valueChanged.connect(self._on_value)

    # --- what it shows ------------------------------------------------------------------------

    def show_document(self, document: Document | None, by: By, *, short_gaps: bool = False) -> None:
        """Measure the strip by `document`; what is in view of the same log stays in view."""
        same = document is not None and document is self.document
        if not same:
            self.groundwork, self._laid_for = None, None
            self.marks.violations = self.marks.own = np.zeros(0, np.int64)
        self.document, self._wanted = document, (by, short_gaps)
        self._lay_groundwork()
        self._measure(keep_view=same)
        count = document.event_count if document is not None else 0
        self._stride = count // QT_MOST + 1
        self.position = min(self.position, count)
        blocked = self.blockSignals(True)  # only people ask; a new log does not
        self.setRange(0, -(-count // self._stride))
        self.setPageStep(max(10, self.maximum() // 100))
        self.blockSignals(blocked)
        self.setEnabled(count > 0)
        self.update()

    def show_position(self, position: int, spoken: str) -> None:
        """Put the playhead at `position`; `spoken` is what a screen reader says there."""
        self.position = position
        self.setAccessibleDescription(spoken)
        self.setValue(position // self._stride)
        if not self._view.is_whole and self._gestures.drag in {None, "seek"}:
            margin = 0.0 if self._gestures.drag else FOLLOW_MARGIN
            self.show_view(self._view.following(self.axis.place(position), margin))
        self.update()

    def show_bookmarks(self, bookmarks: Sequence[Bookmark]) -> None:
        """Show where the person has put bookmarks."""
        self.marks.bookmarks = list(bookmarks)
        self.update()

    def show_points(self, a: int | None, b: int | None) -> None:
        """Show the points that are compared; None where there is none."""
        self.marks.a, self.marks.b = a, b
        self.update()

    def show_violations(self, positions: Int64s | Sequence[int]) -> None:
        """Show where checks failed: positions, ascending."""
        self.marks.violations = np.asarray(positions, np.int64)
        self.update()

    def show_own(self, positions: Int64s | Sequence[int], of: str = "") -> None:
        """Show the events of one account: positions, ascending."""
        self.marks.own, self.marks.own_of = np.asarray(positions, np.int64), of
        self.update()

    def show_selection(self, selection: tuple[int, int] | None) -> None:
        """Show what is selected."""
        self.marks.selection = selection
        self.update()

    @property
    def by(self) -> By:
        """Whether the strip is measured by event or by time (a log without times has only events)."""
        return self.axis.by

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

    # --- asking -------------------------------------------------------------------------------

    @property
    def layout_px(self) -> Layout:
        """Where its parts are."""
        return Layout(self.width())

    def x_of(self, position: int) -> float:
        """Return where `position` is drawn, in pixels."""
        layout = self.layout_px
        x = layout.left + self._view.fraction(self.axis.place(position)) * layout.room
        return x - BEFORE_PX if position == 0 and self.axis.by == "time" else x

    def position_at(self, x: float) -> int:
        """Return the position under `x`; by time the last one that is not right of that pixel."""
        layout = self.layout_px
        x += 0.5 if self.axis.by == "time" else 0.0
        return self.axis.position(self._view.place((x - layout.left) / layout.room))

    def seek(self, position: int) -> None:
        """Ask for `position`."""
        self.asked.emit(min(max(position, 0), self.document.event_count if self.document else 0))

    def step(self, events: int) -> None:
        """Ask for so many events further."""
        self.seek(self.position + events)

    def select(self, start: int, stop: int) -> None:
        """Ask to select what lies between two positions."""
        self.selection_asked.emit((min(start, stop), max(start, stop)) if start != stop else None)

    def select_nothing(self) -> None:
        """Ask to select nothing."""
        self.selection_asked.emit(None)

    def _on_value(self, value: int) -> None:
        if value != self.position // self._stride:  # not the echo of `show_position`
            self.seek(value * self._stride)

    # --- what Qt calls ------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(600, HEIGHT_PX)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, HEIGHT_PX)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._gestures.press(event)
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.hover_x = event.position().x()
        self._gestures.move(event)
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._gestures.release(event)
        self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if not self._gestures.double_click(event):
            self._gestures.press(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._gestures.wheel(event)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QNativeGestureEvent) and self._gestures.native(event):
            return True
        return super().event(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.hover_x = None
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = theme_of(self.palette())
        if self.document is None or not self.document.event_count:
            layout = self.layout_px
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.base))
            painter.drawRoundedRect(layout.ground, 6, 6)
            painter.setPen(QColor(theme.muted))
            painter.drawText(layout.strip, Qt.AlignmentFlag.AlignCenter, tr("No events"))
            return
        self._painting.paint(painter, theme)

    @property
    def small_font(self) -> QFont:
        """The font of everything on it."""
        font = QFont(self.font())
        font.setPointSizeF(max(font.pointSizeF() - 1, 6))
        return font

    @property
    def is_dragged(self) -> bool:
        """Whether the person holds something of it."""
        return self._gestures.drag is not None

    # --- private ------------------------------------------------------------------------------

    def _lay_groundwork(self) -> None:
        """Count what must be counted once; beside this thread if there is much of it."""
        document = self.document
        if document is None or self._laid_for == (document, document.order):
            return
        self._laid_for, self.groundwork = (document, document.order), None
        history = document.history
        if len(history) <= AT_ONCE:
            self.groundwork = lay_groundwork(history)
            return
        task = BackgroundTask(lambda _report: lay_groundwork(history), self)
        task.succeeded.connect(
            lambda laid: self._take(laid) if self._laid_for == (document, document.order) else None
        )
        task.start()

    def _take(self, groundwork: Groundwork) -> None:
        self.groundwork = groundwork
        self._measure(keep_view=True)
        self.update()

    def _measure(self, *, keep_view: bool) -> None:
        """Make the axis anew, for the scale and the gaps that are wanted."""
        document, (by, short_gaps) = self.document, self._wanted
        ends: tuple[int, int] | None = None
        if keep_view and not self._view.is_whole:
            ends = self.axis.position(self._view.start), self.axis.position(self._view.stop)
        if document is None:
            self.axis = EventAxis(0)
        else:
            gaps = self.groundwork.gaps if short_gaps and self.groundwork is not None else ()
            self.axis = axis_of(document.history, by, gaps)
        whole = View.whole(self.axis.length, self.axis.least)
        if ends is not None:
            whole = whole.around(self.axis.place(ends[0]), self.axis.place(ends[1]), margin=0)
        self._painting.forget()
        self.show_view(whole)
