"""What is on the timeline now, and whom does it ask when a person touches it?"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QPointF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QColor,
    QContextMenuEvent,
    QHelpEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from explorer.desktop import plain
from explorer.desktop.look.theme import theme_of
from explorer.desktop.timeline.accessible import OFFERED, make_heard, spoken
from explorer.desktop.timeline.gestures import Gestures, marked_at
from explorer.desktop.timeline.hover import Card, Hover
from explorer.desktop.timeline.legend import group_at, tip_at
from explorer.desktop.timeline.marks import Int64s, Marks, no_positions
from explorer.desktop.timeline.measure import MeasuredStrip
from explorer.desktop.timeline.strip_painter import TimelinePainter
from explorer.history.density import TypeGroup
from explorer.language import tr
from explorer.session.document import Document
from explorer.session.places.bookmarks import Bookmark
from explorer.session.timeline.axis import By
from explorer.session.timeline.density_bars import Bars

QT_MOST = 2**31 - 2  # a Qt slider counts in 32 bits; longer logs move in strides
FOLLOW_MARGIN = 0.1  # a playhead that has left the view comes back so far from its end


class Timeline(MeasuredStrip):
    """A slider with n+1 stops over the density of the log; it asks, the playhead decides."""

    asked = Signal(object)  # the position somebody wants: mouse, wheel, keys or screen reader
    selection_asked = Signal(object)  # two positions, ascending, or None
    type_asked = Signal(str)  # a type of events, by the legend
    menu_asked = Signal(object, object)  # for which position, and where on the screen

    def __init__(self, parent: QWidget | None = None, actions: Mapping[str, QAction] | None = None) -> None:
        make_heard()
        super().__init__(parent)
        self.offered = {said: actions[name] for said, name in OFFERED.items()} if actions else {}
        self.marks = Marks()
        self.hover_position: int | None = None  # where a click would lead
        self._stride = 1
        self._spoken = ""
        self._gestures = Gestures(self)
        self._painting = TimelinePainter(self)
        self._hover = Hover(self)
        self.setOrientation(Qt.Orientation.Horizontal)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Timeline"))
        self.valueChanged.connect(self._on_value)

    # --- what it shows ------------------------------------------------------------------------

    def show_document(self, document: Document | None, by: By, *, short_gaps: bool = False) -> None:
        """Measure the strip by `document`; what is in view of the same log stays in view."""
        self._hover.gone()
        if not self.measure(document, by, short_gaps=short_gaps):
            self._mark(replace(self.marks, violations=no_positions(), own=no_positions()))
        count = document.event_count if document is not None else 0
        self._stride = count // QT_MOST + 1
        self.position = min(self.position, count)
        blocked = self.blockSignals(True)  # only people ask; a new log does not
        self.setRange(0, -(-count // self._stride))
        self.setPageStep(max(10, self.maximum() // 100))
        self.blockSignals(blocked)
        self.setEnabled(count > 0)
        self.update()

    def show_position(self, position: int, spoken_there: str) -> None:
        """Put the playhead at `position`; a screen reader says `spoken_there`, and what is marked there."""
        moved = position != self.position
        self.position, self._spoken = position, spoken_there
        self.setAccessibleDescription(spoken(spoken_there, position, self.marks))
        self.setValue(position // self._stride)
        if moved and not self._view.is_whole and self._gestures.drag in {None, "seek"}:
            margin = 0.0 if self._gestures.drag else FOLLOW_MARGIN
            self.show_view(self._view.following(self.axis.place(position), margin))
        self.update()

    def show_bookmarks(self, bookmarks: Sequence[Bookmark]) -> None:
        """Show where the person has put bookmarks."""
        self._mark(replace(self.marks, bookmarks=tuple(bookmarks)))

    def show_points(self, a: int | None, b: int | None) -> None:
        """Show the points that are compared; None where there is none."""
        self._mark(replace(self.marks, a=a, b=b))

    def show_violations(self, positions: Int64s | Sequence[int]) -> None:
        """Show where checks failed: positions, ascending."""
        self._mark(replace(self.marks, violations=np.asarray(positions, np.int64)))

    def show_warned(self, positions: Int64s) -> None:
        """Show which events are warned of: positions, ascending."""
        self._mark(replace(self.marks, warned=positions))

    def show_own(self, positions: Int64s | Sequence[int], of: str = "") -> None:
        """Show the events of one account: positions, ascending."""
        self._mark(replace(self.marks, own=np.asarray(positions, np.int64), own_of=of))

    def show_selection(self, selection: tuple[int, int] | None) -> None:
        """Show what is selected."""
        self._mark(replace(self.marks, selection=selection))

    def _mark(self, marks: Marks) -> None:
        self.marks = marks
        self.setAccessibleDescription(spoken(self._spoken, self.position, marks))
        self.update()

    @property
    def spoken_there(self) -> str:
        """What a screen reader was last told of the position."""
        return self._spoken

    # --- asking -------------------------------------------------------------------------------

    def meant_at(self, at: QPointF) -> int:
        """The position that a person means who points there: that of a mark, or else what lies there."""
        point = (at.x(), at.y())
        marked = marked_at(self.marks, self.layout_px, point, self.x_of, self.position_at)
        return self.position_at(at.x()) if marked is None else marked

    @property
    def bars_in_view(self) -> Bars | None:
        """The bars as they are drawn."""
        return self._painting.bars()

    @property
    def hover_card(self) -> Card | None:
        """What tells of the place under the pointer, once it has been there."""
        return self._hover.card

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

    def choose_type(self, at: QPointF) -> None:
        """Ask for the type of events that the legend names there."""
        group = self._group_at(at)
        if group is not None and group.name:
            self.type_asked.emit(group.name)

    def _group_at(self, at: QPointF) -> TypeGroup | None:
        return group_at(self.layout_px, self.small_font, self.groups, at)

    @property
    def groups(self) -> Sequence[TypeGroup]:
        """The types of events that have a colour, the most frequent first."""
        return () if self.groundwork is None else self.groundwork.counts.groups

    def _on_value(self, value: int) -> None:
        if value != self.position // self._stride:  # not the echo of `show_position`
            self.seek(value * self._stride)

    # --- what Qt calls ------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(600, self.layout_px.height)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, self.layout_px.height)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._hover.gone()
        self._gestures.press(event)
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.hover_x = event.position().x()
        self._gestures.move(event)
        named = self._group_at(event.position())
        hand = named is not None and bool(named.name)
        self.setCursor(Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.ArrowCursor)
        layout, at = self.layout_px, event.position()
        if not self.is_dragged and layout.strip.top() <= at.y() <= layout.axis.top():
            self.hover_position = self.meant_at(at)
            self._hover.moved()
        else:
            self.hover_position = None
            self._hover.gone()
        if self._gestures.drag != "seek":  # then the playhead's next frame draws what differs
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
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            at = QPointF(event.pos())
            told = tip_at(self.layout_px, self.small_font, self.groups, at)
            plain.show_tip(event.globalPos(), plain.tip(told), self)
            return True
        return super().event(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        position, at = self.position, QPoint(round(self.x_of(self.position)), self.height() // 2)
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            position, at = self.meant_at(QPointF(event.pos())), event.pos()
        self._hover.gone()
        self.menu_asked.emit(position, self.mapToGlobal(at))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.marks.selection is not None:
            self.select_nothing()
        else:
            super().keyPressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.hover_x = self.hover_position = None
        self._hover.gone()
        self.update()

    def hideEvent(self, event: QHideEvent) -> None:
        self._hover.gone()
        super().hideEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
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
    def is_dragged(self) -> bool:
        """Whether the person holds something of it."""
        return self._gestures.drag is not None
