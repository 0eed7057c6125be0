"""How does a value go through time, drawn lane by lane as steps that can be read, clicked and walked along?

Imported when a plot is first looked at, never before: pyqtgraph takes a third of a second.
"""

import math
from collections.abc import Callable, Sequence
from typing import Literal

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QGraphicsView, QWidget

from explorer.desktop.look.theme import Theme, theme_of
from explorer.eventlog.timestamps import iso_text
from explorer.language import grouped
from explorer.session.moments import day_text
from explorer.session.plaintext import visible
from explorer.session.reasons.steps import By, DrawnPath, Floats, Lane, StepLine, Steps, blocks, drawn

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


pg.setConfigOption("exitCleanup", False)  # Qt cleans up after itself

DENSE = 600  # corners from which on the line is thin: a wide one of many corners takes long to draw
CLICK_PX = 5  # a press that moves further is a drag
ROOM = 0.08  # of the height, kept free above and below the line


class PlotView(pg.PlotWidget):  # type: ignore[misc]  # pyqtgraph has no types
    """The steps of one value. It asks; the playhead decides."""

    position_asked = Signal(object)
    hovered = Signal(object)  # the position under the pointer; None: it has left
    _made = False  # Qt resizes and dresses before there is anything to draw

    def __init__(self, parent: QWidget | None = None) -> None:
        axes = {"left": NumberAxis("left"), "bottom": NumberAxis("bottom", whole=True)}
        super().__init__(parent, axisItems=axes, viewBox=pg.ViewBox(enableMenu=False), enableMenu=False)
        unused = self.plotItem.ctrlMenu  # pyqtgraph makes a menu all the same; it goes with the view
        unused.setParent(self, unused.windowFlags())
        self.steps: Steps | None = None
        self.by: By = "event"
        self._position = 0
        self._end = 1.0  # the place up to which the axis goes
        self._curves: list[tuple[StepLine, Floats, pg.PlotCurveItem]] = []
        self._lane_places: Floats = np.zeros(0)
        self._places: Floats = np.zeros(0)  # of all changes
        self._pressed: QPointF | None = None
        self.box = self.getViewBox()
        self.box.setMouseEnabled(x=True, y=False)
        self.box.setDefaultPadding(0.0)
        self.hideButtons()
        self.playhead = pg.InfiniteLine(angle=90, movable=False)
        self.addItem(self.playhead, ignoreBounds=True)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.FullViewportUpdate)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.box.sigXRangeChanged.connect(self._redraw)
        self.box.sigResized.connect(self._redraw)
        self._made = True
        self._dress()

    def show_steps(self, steps: Steps | None, by: By) -> None:
        """Draw other steps, the whole of them."""
        self.steps = steps
        self.by = by if steps is not None and (by == "event" or steps.has_time) else "event"
        bottom = DateAxis() if self.by == "time" else NumberAxis("bottom", whole=True)
        self.setAxisItems({"bottom": bottom})
        self.plotItem.layout.activate()  # else the new axis has its place only in a later frame
        for _, _, curve in self._curves:
            self.removeItem(curve)
        self._curves = []
        if steps is None:
            self._places = np.zeros(0)
            self._dress()
            return
        self._places = steps.places(steps.changes.positions, self.by)
        for line in steps.lines:
            curve = pg.PlotCurveItem(connect="all", antialias=False)
            self.addItem(curve, ignoreBounds=True)
            self._curves.append((line, steps.places(line.positions, self.by), curve))
        if steps.lane is not None:
            self._lane_places = steps.places(steps.lane.positions, self.by)
        self.getAxis("left").setVisible(bool(steps.lines))
        ends = steps.places(np.array([1, max(steps.last, 1)], np.int64), self.by)
        first, self._end = (0.0 if self.by == "event" else float(ends[0])), float(ends[1])
        margin = max(self._end - first, 1e-6) * 0.01
        self.box.setLimits(xMin=first - margin, xMax=self._end + margin, minXRange=margin * 1e-5)
        self.box.setXRange(first - margin, self._end + margin, padding=0)
        self._dress()
        self._redraw()

    def stand_at(self, position: int) -> None:
        """Move the playhead's line."""
        self._position = position
        self.playhead.setValue(self._place_of(position))
        self.viewport().update()

    def step(self, step: Literal[-1, 1]) -> None:
        """Ask to go to the next or the previous step."""
        found = self.steps.neighbour(self._position, step) if self.steps is not None else None
        if found is not None:
            self.position_asked.emit(found)

    def show_all(self) -> None:
        """Zoom out again."""
        if self.steps is not None:
            self.show_steps(self.steps, self.by)

    def zoom(self, factor: float) -> None:
        """Show `factor` times as much, around the playhead."""
        self.box.scaleBy(x=factor, center=pg.Point(self._place_of(self._position), 0))

    def position_at(self, x_px: float) -> int | None:
        """Return the position of the last step at or before a pixel of the view; None before the first."""
        if self.steps is None or not len(self._places):
            return None
        place = self.box.mapSceneToView(self.mapToScene(int(x_px), 0)).x()
        at = int(np.searchsorted(self._places, place, "right")) - 1
        return int(self.steps.changes.positions[at]) if at >= 0 else None

    def nearest_step(self, x_px: float) -> int | None:
        """Return the position of the step that is drawn closest to a pixel of the view."""
        if self.steps is None or not len(self._places):
            return None
        place = self.box.mapSceneToView(self.mapToScene(int(x_px), 0)).x()
        at = int(np.searchsorted(self._places, place))
        near = [each for each in (at - 1, at) if 0 <= each < len(self._places)]
        best = min(near, key=lambda each: abs(float(self._places[each]) - place))
        return int(self.steps.changes.positions[best])

    def x_of(self, position: int) -> float:
        """Return where a position is drawn, in pixels of the view."""
        point = self.box.mapViewToScene(QPointF(self._place_of(position), 0))
        return float(self.mapFromScene(point).x())

    def paint_on(self, painter: QPainter, size: QRectF) -> None:
        """Draw the plot into a picture."""
        self.render(painter, size, self.viewport().rect())

    # --- looks --------------------------------------------------------------------------------

    def _dress(self) -> None:
        theme = theme_of(self.palette())
        self.setBackground(QColor(theme.base))
        for name in ("left", "bottom"):
            axis = self.getAxis(name)
            axis.setPen(QColor(theme.border))
            axis.setTextPen(QColor(theme.muted))
            axis.setTickFont(self.font())
            axis.setGrid(28 if name == "left" else False)
        self.playhead.setPen(QPen(QColor(theme.accent), 0))
        self.viewport().update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange) and self._made:
            self._dress()
            self._redraw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._made:  # pyqtgraph resizes before it is made
            self._redraw()

    def _redraw(self, *_changed: object) -> None:
        """Work out the corners anew for what is on screen."""
        (left, right), _ = self.box.viewRange()
        width_px = int(self.box.width())
        theme = theme_of(self.palette())
        low, high = np.inf, -np.inf
        for number, (line, places, curve) in enumerate(self._curves):
            path: DrawnPath = drawn(places, line.values, left, right, width_px, self._end)
            curve.setData(path.x, path.y)
            curve.setPen(line_pen(theme, number, wide=len(path.x) < DENSE))
            if len(path.y) and not np.isnan(path.y).all():
                low, high = min(low, float(np.nanmin(path.y))), max(high, float(np.nanmax(path.y)))
        if low <= high:
            room = (high - low) * ROOM or max(abs(high) * ROOM, 1.0)
            self.box.setYRange(low - room, high + room, padding=0)
        self.viewport().update()

    def drawForeground(self, painter: QPainter, rect: QRectF) -> None:
        """Lanes, the names of the lines and the step that holds now: all text plain, as painters draw it."""
        super().drawForeground(painter, rect)
        steps = self.steps
        if steps is None:
            return
        theme = theme_of(self.palette())
        area = self.box.mapRectToScene(self.box.rect())
        painter.save()
        painter.setFont(self.font())
        painter.setClipRect(area)
        if steps.lane is not None:
            self._paint_lane(painter, theme, area, steps.lane)
            x = self.box.mapViewToScene(QPointF(self._place_of(self._position), 0)).x()
            painter.setPen(QPen(QColor(theme.accent), 1))
            painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
        for number, (line, places, _) in enumerate(self._curves):
            point = self._point(line, places)
            if point is not None:
                paint_now(painter, theme, number, point)
            if line.key or len(self._curves) > 1:
                paint_name(painter, theme, number, line.key, area)
        painter.restore()
        if self.hasFocus():
            painter.setPen(QColor(theme.accent))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(area.adjusted(0, 0, -1, -1))

    def _point(self, line: StepLine, places: Floats) -> QPointF | None:
        """Where the value that holds at the playhead is drawn."""
        at = int(np.searchsorted(line.positions, self._position, "right")) - 1
        if at < 0 or np.isnan(line.values[at]):
            return None
        place = max(float(places[at]), self._place_of(self._position))
        return self.box.mapViewToScene(QPointF(place, float(line.values[at])))  # type: ignore[no-any-return]

    def _paint_lane(self, painter: QPainter, theme: Theme, area: QRectF, lane: Lane) -> None:
        (left, right), _ = self.box.viewRange()
        scale = area.width() / max(right - left, 1e-12)
        paint_lane(
            painter,
            theme,
            area,
            lane,
            self._lane_places,
            (left, right, self._end),
            lambda place: area.left() + (place - left) * scale,
        )

    # --- asking -------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            if plain and event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
                event.accept()  # else the window's own keys would go by events, not by steps
                return True
        return bool(super().event(event))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Left:
                self.step(-1)
            case Qt.Key.Key_Right:
                self.step(1)
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self.zoom(0.5)
            case Qt.Key.Key_Minus:
                self.zoom(2.0)
            case Qt.Key.Key_0:
                self.show_all()
            case _:
                event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self._pressed = event.position() if event.button() == Qt.MouseButton.LeftButton else None
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        if self._pressed is not None and (event.position() - self._pressed).manhattanLength() > CLICK_PX:
            self._pressed = None
        self.hovered.emit(self.position_at(event.position().x()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        found = self.nearest_step(event.position().x()) if self._pressed is not None else None
        self._pressed = None
        if found is not None:
            self.position_asked.emit(found)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.hovered.emit(None)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def _place_of(self, position: int) -> float:
        if self.steps is None or position < 1:
            return 0.0 if self.by == "event" or self.steps is None else self._place_of(1)
        return float(self.steps.places(np.array([position], np.int64), self.by)[0])
