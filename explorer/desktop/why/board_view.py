"""How are commands, events and policies drawn as the notes of a board, in a panel or on a slide?"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from explorer.desktop import plain
from explorer.desktop.look.theme import theme_of
from explorer.language import tr
from explorer.session.plaintext import visible
from explorer.session.reasons.type_board import MOST_CHARS, BoardLine, Followed, TypeBoard

COMMAND, EVENT, POLICY = "#a6d0f5", "#ffc27a", "#d8b4f0"  # the notes of EventStorming, in light and in dark
INK = "#1b2430"  # on all of them
EDGE_PX, GAP_PX, ROW_GAP_PX, BOX_FIGURES = 8, 30, 8, 20
SIDE_PX, ABOVE_PX, COUNT_PX = 6, 6, 8  # beside and above the text of a note, and before its count
_WRAP = int(Qt.TextFlag.TextWordWrap)
_LEFT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
_RIGHT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)


class Note(QRect):
    """One note on the board, and the position of the log to which it leads; 0 for none."""

    def __init__(
        self, rect: QRect, colour: str, text: str, count: str, position: int, *, now: bool = False
    ) -> None:
        super().__init__(rect)
        self.colour, self.text, self.count, self.position, self.now = colour, text, count, position, now


class Spot(NamedTuple):
    """A note before it has a place: its column (0 to 3) and row, and the row that an arrow comes from.

    Attributes:
        causes: The number of the spot that it follows from; -1 for none.
    """

    column: int
    row: int
    colour: str
    text: str
    followed: Followed | None = None
    causes: int = -1

    @property
    def times(self) -> str:
        """How often it has happened; empty of what does not happen."""
        return "" if self.followed is None else self.followed.times


def spots(board: TypeBoard, *, narrow: bool = False) -> list[Spot]:
    """All notes of a board. Where it is `narrow`, the event before a policy, which names it, is left out."""
    found: list[Spot] = []
    row = 0
    for line in board.lines:
        found += _spots_of(line, row, len(found), narrow=narrow)
        row += len(line.follows)
    return found + [
        Spot(1, row + at, EVENT, visible(each.type, MOST_CHARS), each) for at, each in enumerate(board.untold)
    ]


def _spots_of(line: BoardLine, row: int, number: int, *, narrow: bool) -> Iterator[Spot]:
    command = line.kind == "command"
    source, column = number, 1
    if command:
        yield Spot(0, row, COMMAND, line.source)
    else:
        if not narrow:
            yield Spot(1, row, EVENT, visible(line.name, MOST_CHARS))
            source, column = number + 1, 3
        yield Spot(column - 1, row, POLICY, line.source, causes=-1 if narrow else number)
    for at, each in enumerate(line.follows):
        yield Spot(column, row + at, EVENT, visible(each.type, MOST_CHARS), each, source)


def humps(text: str) -> str:
    """A name may be broken before a capital letter, and nowhere is that seen."""
    return re.sub(r"(?<=[a-zäöüß0-9])(?=[A-ZÄÖÜ])|(?<=[_.:/-])(?=\w)", "\u200b", text)


def _least_px(each: Spot, metrics: QFontMetrics) -> int:
    """How wide a note must be so that no word is cut."""
    words = re.split(r"[\s\u200b]+", humps(each.text))
    count = metrics.horizontalAdvance(each.times) + COUNT_PX if each.times else 0
    return max(map(metrics.horizontalAdvance, words)) + count + 2 * SIDE_PX + 2


class NotePlan(NamedTuple):
    """Where the notes stand: their spots, the first column, how wide a note is, and where each row begins; pixels."""

    spots: Sequence[Spot]
    first: int
    note_px: int
    tops: Sequence[int]  # one more than there are rows

    def notes(self) -> list[Note]:
        """The notes in their places."""
        return [
            Note(
                QRect(
                    EDGE_PX + (each.column - self.first) * (self.note_px + GAP_PX),
                    self.tops[each.row],
                    self.note_px,
                    self.tops[each.row + 1] - self.tops[each.row] - ROW_GAP_PX,
                ),
                each.colour,
                each.text,
                each.times,
                0 if each.followed is None else each.followed.first,
                now=each.followed is not None and each.followed.now,
            )
            for each in self.spots
        ]


def planned(board: TypeBoard, metrics: QFontMetrics) -> NotePlan:
    """Notes of one line, all of one size."""
    found = spots(board)
    high = metrics.lineSpacing() + 2 * ABOVE_PX + ROW_GAP_PX
    rows = max((each.row for each in found), default=-1) + 1
    first = min((each.column for each in found), default=0)
    return NotePlan(
        found,
        first,
        metrics.horizontalAdvance("0") * BOX_FIGURES,
        [EDGE_PX + at * high for at in range(rows + 1)],
    )


def fitted_plan(board: TypeBoard, metrics: QFontMetrics, width: int) -> NotePlan:
    """Notes as wide as there is room for, as high as their texts need; in two columns where four have no room."""
    plans = [_within(spots(board, narrow=narrow), metrics, width) for narrow in (False, True)]
    return plans[0] if plans[0].note_px >= _widest_least(plans[0].spots, metrics) else plans[1]


def _widest_least(found: Sequence[Spot], metrics: QFontMetrics) -> int:
    return max((_least_px(each, metrics) for each in found), default=0)


def _within(found: Sequence[Spot], metrics: QFontMetrics, width: int) -> NotePlan:
    columns = {each.column for each in found} or {0}
    first, number = min(columns), max(columns) - min(columns) + 1
    room = (width - 2 * EDGE_PX - (number - 1) * GAP_PX) // number
    counts = [metrics.horizontalAdvance(each.times) + COUNT_PX if each.times else 0 for each in found]
    whole = [
        metrics.horizontalAdvance(each.text) + count + 2 * SIDE_PX + 2
        for each, count in zip(found, counts, strict=True)
    ]
    note_px = max(min(room, max(whole, default=0)), 1)
    high = dict.fromkeys(range(max((each.row for each in found), default=-1) + 1), 0)
    for each, count in zip(found, counts, strict=True):
        text_px = max(note_px - count - 2 * SIDE_PX, 1)
        lines = metrics.boundingRect(QRect(0, 0, text_px, 100_000), _WRAP, humps(each.text))
        high[each.row] = max(high[each.row], lines.height() + 2 * ABOVE_PX)
    tops = [EDGE_PX]
    for row in high:
        tops.append(tops[-1] + high[row] + ROW_GAP_PX)
    return NotePlan(found, first, note_px, tops)


class BoardView(QWidget):
    """A row for each command or event from which something follows. A click on what follows goes to the first.

    Args:
        wrapped: A figure as wide as there is room for, which cuts nothing; it leads nowhere. Otherwise notes of one
            line, to be scrolled.
    """

    position_asked = Signal(int)

    def __init__(self, *, wrapped: bool = False) -> None:
        super().__init__()
        self.notes: list[Note] = []
        self.arrows: list[tuple[Note, Note]] = []
        self._wrapped = wrapped
        self._board = TypeBoard((), ())
        self._current = -1
        self.setAccessibleName(tr("Board of commands, events and policies"))
        if wrapped:
            policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
            policy.setHeightForWidth(True)
            self.setSizePolicy(policy)
        else:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_board(self, board: TypeBoard | None) -> None:
        """Lay out the notes of another board."""
        self._board, self._current = board or TypeBoard((), ()), -1
        self.setAccessibleDescription(". ".join(line.told for line in self._board.lines))
        self._lay_anew()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:  # larger letters need larger notes
            self._lay_anew()

    def _lay_anew(self) -> None:
        self._lay()
        if not self._wrapped:
            self.resize(self.sizeHint())
        self.updateGeometry()
        self.update()

    def _lay(self) -> None:
        metrics = self.fontMetrics()
        plan = (
            fitted_plan(self._board, metrics, self.width())
            if self._wrapped
            else planned(self._board, metrics)
        )
        self.notes = plan.notes()
        self.arrows = [
            (self.notes[spot.causes], note)
            for spot, note in zip(plan.spots, self.notes, strict=True)
            if spot.causes >= 0
        ]

    # --- how large -----------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        if self._wrapped:
            width = max(self.width(), self.least_width())
            return QSize(self.least_width(), self.heightForWidth(width))
        right = max((note.right() for note in self.notes), default=0)
        return QSize(right + EDGE_PX, max((note.bottom() for note in self.notes), default=0) + EDGE_PX)

    def hasHeightForWidth(self) -> bool:
        return self._wrapped

    def heightForWidth(self, width: int) -> int:
        """How high a figure must be."""
        if not self._wrapped:
            return -1
        return fitted_plan(self._board, self.fontMetrics(), width).tops[-1] - ROW_GAP_PX + EDGE_PX

    def least_width(self) -> int:
        """How narrow a figure may become: no word is cut."""
        note_px = _widest_least(spots(self._board, narrow=True), self.fontMetrics())
        return 2 * note_px + GAP_PX + 2 * EDGE_PX

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._wrapped:
            self._lay()

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
        for at, note in enumerate(self.notes):
            marked = at == self._current or note.now
            painter.setPen(QPen(QColor(theme.accent), 3) if marked else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(note.colour))
            painter.drawRoundedRect(note, 3, 3)
            painter.setPen(QColor(INK))
            self._write(painter, note)

    def _write(self, painter: QPainter, note: Note) -> None:
        metrics = self.fontMetrics()
        inner = note.adjusted(SIDE_PX, 0, -SIDE_PX, 0)
        count_px = metrics.horizontalAdvance(note.count) + COUNT_PX if note.count else 0
        if self._wrapped:
            painter.drawText(inner.adjusted(0, 0, -count_px, 0), _WRAP | _LEFT, humps(note.text))
        else:
            text = metrics.elidedText(note.text, Qt.TextElideMode.ElideRight, inner.width() - count_px)
            painter.drawText(inner, _LEFT, text)
        painter.drawText(inner, _RIGHT, note.count)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._wrapped:
            event.ignore()
            return
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
