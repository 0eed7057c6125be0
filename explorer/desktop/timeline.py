"""How does one see the whole log as a strip, and drag through it?"""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractSlider, QSizePolicy, QWidget

from explorer.desktop.theme import Theme, theme_of
from explorer.desktop.timeline_scale import By, Scale
from explorer.session.document import Document

MARGIN_PX = 14
LABELS_PX = 22  # the row above the bars: where one is
AXIS_PX = 18  # the row below the bars: numbers or times
BARS_PX = 44
BAR_PX = 4  # one bar and the gap after it
TICK_PX = 96  # room for one label of the axis
QT_MOST = 2**31 - 2  # a Qt slider counts in 32 bits; longer logs move in strides


class Timeline(QAbstractSlider):
    """A slider with n+1 stops over the density of the log; it asks, the playhead decides."""

    asked = Signal(object)  # the position somebody wants: mouse, wheel, keys or screen reader

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document: Document | None = None
        self._scale = Scale(None, "event")
        self._position = 0
        self._stride = 1
        self._bars: list[float] = []  # heights 0…1, made anew when the width or the log changes
        self._bars_key: tuple[object, ...] = ()
        self._hover_x: float | None = None
        self._wheel = 0
        self._marks: list[int] = []
        self.setOrientation(Qt.Orientation.Horizontal)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Timeline")
        self.valueChanged.connect(self._on_value)

    def show_document(self, document: Document | None, by: By) -> None:
        """Measure the strip by `document`."""
        self._document = document
        self._scale = Scale(document, by)
        self._stride = self._scale.last // QT_MOST + 1
        self._position = min(self._position, self._scale.last)
        self._bars_key = ()
        blocked = self.blockSignals(True)  # only people ask; a new log does not
        self.setRange(0, -(-self._scale.last // self._stride))
        self.setPageStep(max(10, self.maximum() // 100))
        self.blockSignals(blocked)
        self.setEnabled(self._scale.last > 0)
        self.update()

    @property
    def by(self) -> By:
        """Whether the strip is measured by event or by time (a log without times has only events)."""
        return self._scale.by

    def show_position(self, position: int, spoken: str) -> None:
        """Put the playhead at `position`; `spoken` is what a screen reader says there."""
        self._position = position
        self.setAccessibleDescription(spoken)
        self.setValue(position // self._stride)
        self.update()

    def show_marks(self, marks: list[int]) -> None:
        """Show where the person has put marks."""
        self._marks = list(marks)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(600, LABELS_PX + BARS_PX + AXIS_PX + 6)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, self.sizeHint().height())

    # --- asking -------------------------------------------------------------------------------

    def x_of(self, position: int) -> float:
        """Return where `position` is drawn, in pixels."""
        fraction = self._scale.fraction(position)
        strip = self._strip()
        return strip.left() - 8 if fraction < 0 else strip.left() + fraction * strip.width()

    def position_at(self, x: float) -> int:
        """Return the position under `x`."""
        strip = self._strip()
        return self._scale.position((x - strip.left()) / strip.width()) if strip.width() > 0 else 0

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.setSliderDown(True)
            self._ask(self.position_at(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover_x = event.position().x()
        if self.isSliderDown():
            self._ask(self.position_at(event.position().x()))
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.setSliderDown(False)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._hover_x = None
        self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._wheel += event.angleDelta().y() or event.angleDelta().x()
        steps, self._wheel = divmod(abs(self._wheel), 120)[0] * (1 if self._wheel > 0 else -1), 0
        if steps:
            self._ask(self._position - steps)
        event.accept()

    def _ask(self, position: int) -> None:
        self.asked.emit(min(max(position, 0), self._scale.last))

    def _on_value(self, value: int) -> None:
        if value != self._position // self._stride:  # not the echo of `show_position`
            self._ask(value * self._stride)

    # --- painting -----------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._bars_key = ()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = theme_of(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        strip = self._strip()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.base))
        painter.drawRoundedRect(strip.adjusted(-10, 0, 10, 0), 6, 6)
        if not self._scale.last:
            painter.setPen(QColor(theme.muted))
            painter.drawText(strip, Qt.AlignmentFlag.AlignCenter, "No events")
            return
        x = self.x_of(self._position)
        self._paint_bars(painter, theme, strip, x)
        self._paint_axis(painter, theme, strip)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.changed))
        for mark in self._marks:
            at, top = self.x_of(mark), strip.top()
            painter.drawPolygon([QPointF(at - 5, top), QPointF(at + 5, top), QPointF(at, top + 8)])
        if self.isEnabled() and self._hover_x is not None and not self.isSliderDown():
            self._paint_hover(painter, theme, strip)
        self._paint_playhead(painter, theme, strip, x)

    def _strip(self) -> QRectF:
        return QRectF(MARGIN_PX, LABELS_PX, max(self.width() - 2 * MARGIN_PX, 1), BARS_PX)

    def _paint_bars(self, painter: QPainter, theme: Theme, strip: QRectF, x: float) -> None:
        played = QRectF(strip.left() - 10, strip.top(), max(x - strip.left() + 10, 0), strip.height())
        painter.save()
        painter.setClipRect(played)
        painter.setBrush(QColor(theme.now))
        painter.drawRoundedRect(strip.adjusted(-10, 0, 10, 0), 6, 6)
        painter.restore()
        if self._scale.by == "event" and self._scale.last * 10 <= strip.width():
            self._paint_stops(painter, theme, strip)
            return
        self._make_bars(strip)
        floor = strip.bottom() - 2
        for number, height in enumerate(self._bars):
            if height:
                left = strip.left() + number * BAR_PX
                painter.setBrush(QColor(theme.played if left < x else theme.bars))
                tall = max(2.0, height * (strip.height() - 8))
                painter.drawRect(QRectF(left, floor - tall, BAR_PX - 1, tall))

    def _paint_stops(self, painter: QPainter, theme: Theme, strip: QRectF) -> None:
        """A log this short shows each stop of the slider by itself."""
        for position in range(self._scale.last + 1):
            happened = position <= self._position
            painter.setBrush(QColor(theme.played if happened else theme.bars))
            radius = 3.5 if position else 2.0
            painter.drawEllipse(QPointF(self.x_of(position), strip.center().y()), radius, radius)

    def _make_bars(self, strip: QRectF) -> None:
        bins = max(1, int(strip.width()) // BAR_PX)
        if self._bars_key == (bins, self._scale.by) or self._document is None:
            return
        counts = [float(count) for count in self._document.density(bins, self._scale.by)]
        most = max(counts, default=0.0) or 1.0
        self._bars = [(count / most) ** 0.5 for count in counts]  # the root keeps lone events visible
        self._bars_key = (bins, self._scale.by)

    def _paint_axis(self, painter: QPainter, theme: Theme, strip: QRectF) -> None:
        painter.setFont(self._small_font())
        measure = painter.fontMetrics()
        free_from = -1e9
        for fraction, text in self._scale.ticks(int(strip.width() / TICK_PX)):
            x = strip.left() + fraction * strip.width()
            width = measure.horizontalAdvance(text)
            left = min(max(x - width / 2, 2.0), self.width() - width - 2.0)
            painter.setPen(QColor(theme.border))
            painter.drawLine(QPointF(x, strip.bottom()), QPointF(x, strip.bottom() + 3))
            if left > free_from:
                painter.setPen(QColor(theme.muted))
                painter.drawText(QPointF(left, strip.bottom() + 5 + measure.ascent()), text)
                free_from = left + width + 10

    def _paint_hover(self, painter: QPainter, theme: Theme, strip: QRectF) -> None:
        position = self.position_at(self._hover_x or 0.0)
        x = self.x_of(position)
        painter.setPen(QColor(theme.muted))
        painter.drawLine(QPointF(x, strip.top()), QPointF(x, strip.bottom()))
        moment = self._document.moment_text(position) if self._document else ""
        self._paint_label(painter, x, f"{position:,}  {moment}", theme.raised, theme.text)

    def _paint_playhead(self, painter: QPainter, theme: Theme, strip: QRectF, x: float) -> None:
        accent = QColor(theme.accent)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(accent)
        painter.drawRect(QRectF(x - 1, strip.top() - 4, 2, strip.height() + 6))
        painter.drawEllipse(QPointF(x, strip.bottom() + 1), 4.5, 4.5)
        self._paint_label(painter, x, f"{self._position:,}", theme.accent, theme.on_accent)
        if self.hasFocus():
            painter.setPen(accent)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(strip.adjusted(-10.5, -0.5, 10.5, 0.5), 6, 6)

    def _paint_label(self, painter: QPainter, x: float, text: str, paper: str, ink: str) -> None:
        painter.setFont(self._small_font())
        width = painter.fontMetrics().horizontalAdvance(text) + 14.0
        left = min(max(x - width / 2, 1.0), max(self.width() - width - 1.0, 1.0))
        bubble = QRectF(left, 1, width, LABELS_PX - 4)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(paper))
        painter.drawRoundedRect(bubble, 5, 5)
        painter.setPen(QColor(ink))
        painter.drawText(bubble, Qt.AlignmentFlag.AlignCenter, text)

    def _small_font(self) -> QFont:
        font = QFont(self.font())
        font.setPointSizeF(max(font.pointSizeF() - 1, 6))
        return font
