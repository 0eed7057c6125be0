"""What does a step of a lesson point at, and how is that shown?"""

from collections.abc import Callable, Sequence
from typing import Literal

from PySide6.QtCore import QEvent, QModelIndex, QPointF, QRect, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QCursor, QGuiApplication, QPainter, QPaintEvent, QPen, QRadialGradient
from PySide6.QtWidgets import QTableView, QWidget

from explorer.desktop.look.theme import theme_of
from explorer.desktop.page.log_page import LogPage
from explorer.session.lessons.lesson import Highlight, PanelName
from explorer.session.plaintext import visible

type Where = Callable[[], tuple[QWidget, QRect] | None]
type Laser = Literal["off", "mouse", "value"]
FRAME_MS = 16  # while a laser follows the mouse
LOOK_MS = 50  # while things stay where they are, unless somebody scrolls
LASER_PX = 34
ROOM_PX = 3  # between a thing and its ring


class Spotlight(QWidget):
    """Lies over a window, lets every click through, and draws rings.

    Each ring asks anew where its thing is whenever it is drawn, so that it follows scrolling and resizing.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("")
        self._rings: Sequence[Where] = ()
        self._value: Where | None = None
        self.laser: Laser = "off"
        self._mouse = QPointF(-1, -1)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)
        self._seen: list[QRect] = []
        window.installEventFilter(self)
        self.setGeometry(window.rect())
        self.hide()

    def point_at(self, rings: Sequence[Where]) -> None:
        """Draw rings around these, and no others."""
        self._rings = rings
        self._show()

    def rings(self) -> list[QRect]:
        """Where rings are drawn now, in the window's pixels."""
        return [rect for where in self._asked() if (rect := self._placed(where)) is not None]

    def shine(self, laser: Laser, value: Where | None = None) -> None:
        """Follow the mouse, or a chosen value; or no longer."""
        self.laser, self._value = laser, value
        self._show()

    def spot(self) -> QPointF | None:
        """Where the laser points now."""
        if self.laser == "mouse":
            return self._mouse if self.rect().contains(self._mouse.toPoint()) else None
        rect = self._placed(self._value) if self.laser == "value" and self._value is not None else None
        return None if rect is None else QRectF(rect).center()

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if watched is self.parent() and event.type() == QEvent.Type.Resize:
            self.setGeometry(self.window().rect())
        return super().eventFilter(watched, event)  # type: ignore[arg-type]

    def _asked(self) -> Sequence[Where]:
        value = (self._value,) if self.laser == "value" and self._value is not None else ()
        return (*self._rings, *value)

    def _show(self) -> None:
        wanted = bool(self._rings) or self.laser != "off"
        self.setVisible(wanted)
        if wanted:
            self.raise_()
            self._keep_looking()
            self._look()
        else:
            self._timer.stop()
        self.update()

    def _keep_looking(self) -> None:
        every_ms = FRAME_MS if self.laser == "mouse" else LOOK_MS
        if not self._timer.isActive() or self._timer.interval() != every_ms:
            self._timer.start(every_ms)

    def _look(self) -> None:
        """Draw anew only if something has moved."""
        mouse = QPointF(self.mapFromGlobal(QCursor.pos()))
        seen = self.rings()
        if seen != self._seen or (self.laser == "mouse" and mouse != self._mouse):
            self.update()
        self._seen, self._mouse = seen, mouse

    def hideEvent(self, event: object) -> None:
        super().hideEvent(event)  # type: ignore[arg-type]
        self._timer.stop()

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type]
        if self._rings or self.laser != "off":
            self._keep_looking()

    def _placed(self, where: Where) -> QRect | None:
        found = where()
        if found is None:
            return None
        widget, rect = found
        if not widget.isVisible() or widget.window() is not self.window():
            return None
        shown = rect.intersected(widget.rect())
        if shown.isEmpty():
            return None
        placed = QRect(widget.mapTo(self.window(), shown.topLeft()), shown.size())
        return placed.adjusted(-ROOM_PX, -ROOM_PX, ROOM_PX, ROOM_PX).intersected(
            self.rect().adjusted(2, 2, -2, -2)
        )

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = theme_of(QGuiApplication.palette())
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            for rect in self.rings():
                for width, alpha in ((9.0, 50), (3.0, 255)):
                    colour = QColor(theme.warning)
                    colour.setAlpha(alpha)
                    painter.setPen(QPen(colour, width))
                    painter.drawRoundedRect(QRectF(rect), 6, 6)
            spot = self.spot()
            if spot is not None and self.laser == "mouse":
                colour, clear = QColor(theme.warning), QColor(theme.warning)
                colour.setAlpha(150)
                clear.setAlpha(0)
                soft = QRadialGradient(spot, LASER_PX)
                for at, shade in ((0.0, clear), (0.55, clear), (0.75, colour), (1.0, clear)):
                    soft.setColorAt(at, shade)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(soft)
                painter.drawEllipse(spot, LASER_PX, LASER_PX)


DOCKS: dict[PanelName, str] = {
    "state": "state",
    "events": "events",
    "why": "why",
    "diff": "diff",
    "detail": "event",
}


def pointed_at(page: LogPage, exhibit: QWidget, rings: Sequence[tuple[Highlight, int]]) -> list[Where]:
    """Bring into sight what a step points at, each with the position of its event; where it is."""
    where = []
    for highlight, position in rings:
        scroll_to(page, highlight, position)
        where.append(target(page, exhibit, highlight, position))
    return where


def target(page: LogPage, exhibit: QWidget, highlight: Highlight, position: int) -> Where:
    """Where `highlight` is; `position` is that of its event."""
    match highlight.kind:
        case "panel":
            panel = _panel(page, exhibit, highlight.panel)
            return (lambda: (exhibit, exhibit.childrenRect())) if panel is exhibit else _whole(panel)
        case "event":
            return lambda: _event(page, position)
        case _:
            return lambda: value(page, highlight.entity, highlight.field)


def value(page: LogPage, entity: str, field: str) -> tuple[QWidget, QRect] | None:
    """One cell of the state; without a field its whole row."""
    view = page.state_model.view
    row = None if view is None else view.row_of(entity)
    if row is None or view is None:
        return None
    table = page.state_table
    if visible(field) in view.columns[1:]:
        return _cell(table, page.state_model.index(row, view.columns.index(visible(field)) + 1))
    return _row(table, page.state_model.index(row, 0))


def scroll_to(page: LogPage, highlight: Highlight, position: int) -> None:
    """Bring what is pointed at into sight."""
    view = page.state_model.view
    if highlight.kind == "event" and page.document is not None:
        row = page.events_model.row_of(page.document.row_of_position(position))
        if row is not None:
            left = page.events_table.horizontalScrollBar().value()
            page.events_table.scrollTo(page.events_model.index(row, 0))
            page.events_table.horizontalScrollBar().setValue(left)
    elif highlight.kind in {"value", "account"} and view is not None:
        at = view.row_of(highlight.entity)
        if at is not None:
            column = view.columns.index(visible(highlight.field)) + 1 if highlight.field else 0
            page.state_table.scrollTo(page.state_model.index(at, column))


def _panel(page: LogPage, exhibit: QWidget, name: PanelName) -> QWidget:
    panels: dict[PanelName, QWidget] = {
        "state": page.state_table,
        "events": page.events_table,
        "why": page.why,
        "diff": page.diff,
        "detail": page.event_panel,
        "timeline": page.timeline,
        "exhibit": exhibit,
    }
    return panels[name]


def _whole(widget: QWidget) -> Callable[[], tuple[QWidget, QRect]]:
    return lambda: (widget, widget.rect())


def _event(page: LogPage, position: int) -> tuple[QWidget, QRect] | None:
    if page.document is None or not 1 <= position <= page.document.event_count:
        return None
    row = page.events_model.row_of(page.document.row_of_position(position))
    return None if row is None else _row(page.events_table, page.events_model.index(row, 0))


def _cell(table: QTableView, index: QModelIndex) -> tuple[QWidget, QRect]:
    return table.viewport(), table.visualRect(index)


def _row(table: QTableView, index: QModelIndex) -> tuple[QWidget, QRect]:
    rect = table.visualRect(index)
    columns = table.horizontalHeader().length()
    return table.viewport(), QRect(0, rect.top(), min(columns, table.viewport().width()), rect.height())
