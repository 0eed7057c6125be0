"""How are the names of places below the bars drawn, and the gaps that are left out?"""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPolygonF

from explorer.desktop.timeline.canvas import Canvas
from explorer.history.density import Gap
from explorer.session.timeline.axis_ticks import duration_text, ticks

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
