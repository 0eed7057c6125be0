"""How does the chain of causes around one event look, and how does one walk along it?"""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QScrollArea, QWidget

from explorer.desktop.look.theme import Theme, theme_of
from explorer.language import grouped, tr
from explorer.session.reasons.cause_graph import Graph, Node

GAP_PX = 34  # between two columns: room for the arrow
ROW_GAP_PX = 10
EDGE_PX = 8
BOX_FIGURES = 19  # how wide a box is, in figures


class Label(NamedTuple):
    """What stands in the box of a node: first the number, then the type, and whose it is."""

    number: str
    type: str
    entity: str

    def __str__(self) -> str:
        return " ".join(part for part in self if part)


class CauseGraphView(QWidget):
    """Boxes from cause to effect. Arrow keys walk, Enter or a click goes there."""

    position_asked = Signal(object)
    walked = Signal(QRect)  # another box is the one that keys act on: it should be in sight

    def __init__(self) -> None:
        super().__init__()
        self._graph: Graph | None = None
        self._labels: list[Label] = []
        self._current = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName(tr("Causes and effects"))

    def show_graph(self, graph: Graph | None, labels: Sequence[Label]) -> None:
        """Show other events; the one that was asked about is the current one."""
        self._graph, self._labels = graph, list(labels)
        self._current = graph.here if graph is not None else 0
        self.resize(self.sizeHint())
        self.updateGeometry()
        self._speak()
        self.update()

    @property
    def nodes(self) -> list[Node]:
        """What is drawn."""
        return self._graph.nodes if self._graph is not None else []

    @property
    def current(self) -> int:
        """The number of the node that keys act on."""
        return self._current

    def rect_of(self, number: int) -> QRect:
        """Return where a node is drawn."""
        node = self.nodes[number]
        box = self._box()
        return QRect(
            EDGE_PX + node.column * (box.width() + GAP_PX),
            EDGE_PX + node.row * (box.height() + ROW_GAP_PX),
            box.width(),
            box.height(),
        )

    def node_at(self, point: QPoint) -> int | None:
        """Return the number of the node under a point."""
        return next((at for at in range(len(self.nodes)) if self.rect_of(at).contains(point)), None)

    def sizeHint(self) -> QSize:
        box = self._box()
        columns = 1 + max((node.column for node in self.nodes), default=0)
        rows = 1 + max((node.row for node in self.nodes), default=0)
        return QSize(
            2 * EDGE_PX + columns * (box.width() + GAP_PX), 2 * EDGE_PX + rows * (box.height() + ROW_GAP_PX)
        )

    # --- walking ------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if not self.nodes:
            event.ignore()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._go(self._current)
        elif (found := self._towards(key)) is not None:
            self._walk_to(found)
        elif key not in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down):
            event.ignore()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            walking = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Space)
            if plain and event.key() in walking and self.nodes:
                event.accept()  # else the window's own keys would move the playhead
                return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        found = self.node_at(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and found is not None:
            self._walk_to(found)
            self._go(found)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        found = self.node_at(event.position().toPoint())
        there = found is not None and self.nodes[found].position > 0
        self.setCursor(Qt.CursorShape.PointingHandCursor if there else Qt.CursorShape.ArrowCursor)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._speak()
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def _towards(self, key: int) -> int | None:
        nodes, here = self.nodes, self._current
        if key == Qt.Key.Key_Left:
            return nodes[here].parent
        if key == Qt.Key.Key_Right:
            return next((at for at, node in enumerate(nodes) if node.parent == here), None)
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            same = [at for at, node in enumerate(nodes) if node.column == nodes[here].column]
            at = same.index(here) + (1 if key == Qt.Key.Key_Down else -1)
            return same[at] if 0 <= at < len(same) else None
        return None

    def _walk_to(self, number: int) -> None:
        self._current = number
        self._speak()
        self.walked.emit(self.rect_of(number))
        self.update()

    def _go(self, number: int) -> None:
        if self.nodes[number].position > 0:
            self.position_asked.emit(self.nodes[number].position)

    def _speak(self) -> None:
        """Say the current node, what it is to the event at the playhead, and what is around it."""
        if not self.nodes:
            self.setAccessibleDescription("")
            return
        node = self.nodes[self._current]
        said = {
            "cause": tr("a cause: {event}"),
            "here": tr("the current event: {event}"),
            "effect": tr("an effect: {event}"),
            "outside": tr("a cause that is not in this log: {event}"),
        }[node.relation].format(event=self._labels[self._current])
        effects = node.more + sum(other.parent == self._current for other in self.nodes)
        around = tr("{count} effects").format(count=effects) if effects else tr("no effects")
        self.setAccessibleDescription(f"{said}, {around}")

    # --- painting -----------------------------------------------------------------------------

    def _box(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(BOX_FIGURES * metrics.horizontalAdvance("0"), 2 * metrics.height() + 12)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = theme_of(self.palette())
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for at, node in enumerate(self.nodes):
                if node.parent is not None:
                    self._paint_arrow(painter, theme, self.rect_of(node.parent), self.rect_of(at))
            for at, node in enumerate(self.nodes):
                rect = self.rect_of(at)
                if rect.adjusted(0, 0, GAP_PX, 0).intersects(event.rect()):
                    self._paint_node(painter, theme, at, node, rect)

    def _paint_arrow(self, painter: QPainter, theme: Theme, cause: QRect, effect: QRect) -> None:
        start = QPointF(cause.right() + 1, cause.center().y())
        end = QPointF(effect.left() - 2, effect.center().y())
        middle = effect.left() - GAP_PX / 2
        path = QPainterPath(start)
        path.lineTo(middle, start.y())
        path.lineTo(middle, end.y())
        path.lineTo(end)
        painter.setPen(QPen(QColor(theme.muted), 1.2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(path)
        painter.setBrush(QColor(theme.muted))
        painter.drawPolygon([end, end + QPointF(-6, -3.5), end + QPointF(-6, 3.5)])

    def _paint_node(self, painter: QPainter, theme: Theme, at: int, node: Node, rect: QRect) -> None:
        here, focused = node.relation == "here", at == self._current and self.hasFocus()
        painter.setBrush(QColor(theme.now if here else theme.base))
        pen = QPen(QColor(theme.accent if here or focused else theme.border), 2.4 if focused else 1.2)
        if node.relation == "outside":
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.drawRoundedRect(QRectF(rect).adjusted(0.6, 0.6, -0.6, -0.6), 5, 5)
        label, metrics = self._labels[at], painter.fontMetrics()
        inside = rect.adjusted(8, 5, -8, -5)
        painter.setPen(QColor(theme.muted))
        number = ("▶ " if here else "") + label.number + ("  " if label.entity else "")
        room = inside.width() - metrics.horizontalAdvance(number)
        upper = number + metrics.elidedText(label.entity, Qt.TextElideMode.ElideMiddle, room)
        painter.drawText(QPoint(inside.left(), inside.top() + metrics.ascent()), upper)
        painter.setPen(QColor(theme.text if node.relation != "outside" else theme.muted))
        lower = metrics.elidedText(label.type, Qt.TextElideMode.ElideRight, inside.width())
        painter.drawText(QPoint(inside.left(), inside.bottom() - metrics.descent() + 1), lower)
        if node.more:
            painter.setPen(QColor(theme.muted))
            painter.drawText(
                QPoint(rect.right() + 4, rect.bottom() - metrics.descent()), f"+{grouped(node.more)}"
            )


class CauseGraphArea(QScrollArea):
    """The graph in a frame of any size; the box that keys act on stays in sight."""

    def __init__(self) -> None:
        super().__init__()
        self.graph = CauseGraphView()
        self.setWidget(self.graph)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setAccessibleName(tr("Causes and effects"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.graph.walked.connect(self._bring)

    def centre(self) -> None:
        """Bring the event at the playhead into the middle."""
        if self.graph.nodes:
            middle = self.graph.rect_of(self.graph.current).center()
            self.ensureVisible(
                middle.x(), middle.y(), self.viewport().width() // 2, self.viewport().height() // 2
            )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.centre()

    def _bring(self, rect: QRect) -> None:
        self.ensureVisible(
            rect.center().x(), rect.center().y(), rect.width() // 2 + EDGE_PX, rect.height() // 2 + EDGE_PX
        )
