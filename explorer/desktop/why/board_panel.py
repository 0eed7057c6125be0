"""How do a log's commands, events and policies look on one board, and how does one get from it to an event?"""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QScrollArea, QVBoxLayout, QWidget

from explorer.desktop import plain
from explorer.desktop.look.theme import theme_of
from explorer.desktop.panels.page import Page
from explorer.desktop.panels.panel import PanelController
from explorer.desktop.tasks import Handlers, LatestTask, Report
from explorer.language import grouped, later, tr
from explorer.session.document import Document
from explorer.session.plaintext import visible
from explorer.session.reasons.causes import UNASKED_EVENTS, index_causes, names_of
from explorer.session.reasons.type_board import BoardLine, Followed, TypeBoard, board_of
from explorer.session.stand import Stand

COMMAND, EVENT, POLICY = "#a6d0f5", "#ffc27a", "#d8b4f0"  # the notes of EventStorming, in light and in dark
INK = "#1b2430"  # on all of them
EDGE_PX, GAP_PX, ROW_GAP_PX, BOX_FIGURES = 8, 30, 8, 20
NOTHING = later("No event of this log names what caused it, so nobody can say which command led to it.")


class Note(QRect):
    """One note on the board, and the position of the log to which it leads; 0 for none."""

    def __init__(self, rect: QRect, colour: str, text: str, count: str, position: int) -> None:
        super().__init__(rect)
        self.colour, self.text, self.count, self.position = colour, text, count, position


class BoardView(QWidget):
    """A row for each command or event from which something follows. A click on what follows goes to the first."""

    position_asked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.notes: list[Note] = []
        self.arrows: list[tuple[Note, Note]] = []
        self._current = -1
        self._first = 0
        self.setAccessibleName(tr("Board of commands, events and policies"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_board(self, board: TypeBoard | None) -> None:
        """Lay out the notes of another board."""
        self.notes, self.arrows, self._current = [], [], -1
        some = () if board is None else board.lines
        self._first = 0 if any(line.kind == "command" for line in some) else 1  # column
        row = 0
        for line in () if board is None else board.lines:
            row = self._take(line, row)
        for each in () if board is None else board.untold:
            self._note(1, row, EVENT, each)
            row += 1
        said = [] if board is None else [_said(line) for line in board.lines]
        self.setAccessibleDescription(". ".join(said))
        self.resize(self.sizeHint())
        self.updateGeometry()
        self.update()

    def _take(self, line: BoardLine, row: int) -> int:
        command = line.kind == "command"
        name = line.name or tr("a command")
        if command:
            source = self._put(0, row, COMMAND, name, "", 0)
        else:
            cause = self._put(1, row, EVENT, name, "", 0)
            source = self._put(2, row, POLICY, tr("whenever {type}").format(type=name), "", 0)
            self.arrows.append((cause, source))
        for at, each in enumerate(line.follows):
            self.arrows.append((source, self._note(1 if command else 3, row + at, EVENT, each)))
        return row + len(line.follows)

    def _note(self, column: int, row: int, colour: str, followed: Followed) -> Note:
        return self._put(column, row, colour, followed.type, f"{grouped(followed.count)} ×", followed.first)

    def _put(self, column: int, row: int, colour: str, text: str, count: str, position: int) -> Note:
        width, height = self._box()
        left, top = EDGE_PX + (column - self._first) * (width + GAP_PX), EDGE_PX + row * (height + ROW_GAP_PX)
        note = Note(QRect(left, top, width, height), colour, visible(text, 60), count, position)
        self.notes.append(note)
        return note

    def _box(self) -> tuple[int, int]:
        metrics = self.fontMetrics()
        return metrics.horizontalAdvance("0") * BOX_FIGURES, metrics.lineSpacing() + 12

    def sizeHint(self) -> QSize:
        right = max((note.right() for note in self.notes), default=0)
        return QSize(right + EDGE_PX, max((note.bottom() for note in self.notes), default=0) + EDGE_PX)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            self._draw(painter)

    def _draw(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = theme_of(self.palette())
        painter.setPen(QPen(QColor(theme.muted), 1.4))
        for begin, end in self.arrows:
            start = QPoint(begin.right() + 1, begin.center().y())
            stop = QPoint(end.left() - 1, end.center().y())
            bend = stop.x() - GAP_PX // 2
            painter.drawPolyline([start, QPoint(bend, start.y()), QPoint(bend, stop.y()), stop])
            painter.drawPolyline([stop + QPoint(-5, -4), stop, stop + QPoint(-5, 4)])
        metrics = self.fontMetrics()
        for at, note in enumerate(self.notes):
            painter.setPen(QPen(QColor(theme.accent), 3) if at == self._current else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(note.colour))
            painter.drawRoundedRect(note, 3, 3)
            painter.setPen(QColor(INK))
            inner = note.adjusted(6, 0, -6, 0)
            room = inner.width() - (metrics.horizontalAdvance(note.count) + 8 if note.count else 0)
            text = metrics.elidedText(note.text, Qt.TextElideMode.ElideRight, room)
            painter.drawText(inner, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), text)
            painter.drawText(
                inner, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), note.count
            )

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = next((at for at, each in enumerate(self.notes) if each.contains(event.position().toPoint())), -1)
        if at >= 0:
            self._current = at
            self._go()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        if step and self.notes:
            self._current = max(0, min(len(self.notes) - 1, self._current + step))
            note = self.notes[self._current]
            plain.set_tip(self, f"{note.text} {note.count}".strip())
            self.update()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self._current >= 0:
            self._go()
        else:
            event.ignore()

    def _go(self) -> None:
        self.update()
        if self.notes[self._current].position:
            self.position_asked.emit(self.notes[self._current].position)


class BoardPanel(QWidget):
    """The board, what it is made of, and a button where making it would take a while."""

    def __init__(self) -> None:
        super().__init__()
        self.said = plain.label(role="muted", wrap=True, name=tr("What the board is made of"))
        self.make = QPushButton(tr("Read the whole log for causes"))
        self.make.hide()
        self.view = BoardView()
        self.area = QScrollArea()
        self.area.setWidget(self.view)
        self.area.setAccessibleName(tr("Board"))
        self.area.setFrameShape(QScrollArea.Shape.NoFrame)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 4, 0, 0)
        box.setSpacing(4)
        box.addWidget(self.said)
        box.addWidget(self.make, 0, Qt.AlignmentFlag.AlignLeft)
        box.addWidget(self.area, 1)

    def show_board(self, board: TypeBoard | None, said: str = "") -> None:
        """Show another board, and what there is to say of it."""
        self.view.show_board(board)
        self.said.setText(said)
        self.said.setVisible(bool(said))


class BoardController(PanelController):
    """Makes the board beside the window, when the panel is first seen with a log."""

    panel: BoardPanel

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.panel = BoardPanel()
        self._making = LatestTask(self)
        self._document: Document | None = None
        self._made: object = None

    def wire(self) -> None:
        self.panel.make.clicked.connect(self._make)
        self.panel.view.position_asked.connect(self._go)

    def show_document(self, document: Document | None) -> None:
        """Another log, or more of it."""
        self._making.cancel()
        self._document, self._made = document, None
        self.panel.make.hide()
        self.panel.show_board(None)

    def stand_at(self, stand: Stand) -> None:
        """Make the board of this log, once; it is of the whole log, wherever one stands."""
        document = stand.document
        if self._made is document:
            return
        self._made = document
        if document.event_count > UNASKED_EVENTS:
            self.panel.make.show()
        else:
            self._make()

    def _make(self) -> None:
        document = self._document
        if document is None:
            return
        self.panel.make.hide()

        def made(report: Report) -> TypeBoard | None:
            names = names_of(document.events)
            if names.causation is None:
                return None
            return board_of(document.events, index_causes(document.events, names, report))

        self._making.start(made, Handlers(self._take))

    def _take(self, board: TypeBoard | None) -> None:
        if board is None:
            self.panel.show_board(None, tr(NOTHING))
            return
        said = [tr("Of the whole log, by causation ids: commands are blue, events orange, policies lilac.")]
        if board.untold:
            names = ", ".join(visible(each.type, 40) for each in board.untold[:5])
            said.append(tr("What led to some events, they do not say: {types}.").format(types=names))
        if board.unread:
            text = tr("{count:,} more events follow from commands whose names were not looked for.")
            said.append(text.format(count=board.unread))
        self.panel.show_board(board, " ".join(said))

    def _go(self, log_position: int) -> None:
        if self._document is not None:
            self._page.playhead.move_to(self._document.history.position_of(log_position))


def _said(line: BoardLine) -> str:
    follows: Sequence[str] = [f"{each.type} {grouped(each.count)} ×" for each in line.follows]
    name = line.name or tr("a command")
    return f"{name} → {', '.join(follows)}"
