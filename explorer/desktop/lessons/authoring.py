"""What does a teacher have beside the lesson: a reload when its file is saved, notes with a timer, and a handout?"""

import time
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QBuffer, QFileSystemWatcher, QIODevice, QMarginsF, QObject, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QGuiApplication,
    QPageLayout,
    QPageSize,
    QPdfWriter,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextTableFormat,
)
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from explorer.desktop import plain
from explorer.desktop.why.board_view import COMMAND, EVENT, INK, POLICY
from explorer.language import grouped, tr
from explorer.session.lessons.frames import Grid
from explorer.session.lessons.handout import Printed
from explorer.session.lessons.lesson import Lesson
from explorer.session.lessons.staging import Scene
from explorer.session.plaintext import visible
from explorer.session.reasons.type_board import MOST_CHARS, BoardLine

SETTLED_MS = 250  # an editor writes a file in several steps
SECOND_MS = 1_000


class LessonWatch(QObject):
    """Says when the file of a lesson has been saved, also by an editor that puts another file in its place."""

    saved = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._files = QFileSystemWatcher(self)
        self._files.fileChanged.connect(self._wait)
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(SETTLED_MS)
        self._settling.timeout.connect(self._look)
        self._path: str | None = None

    def watch(self, path: Path | None) -> None:
        """Watch this file, and no other."""
        self._settling.stop()
        if watched := self._files.files():
            self._files.removePaths(watched)
        self._path = None if path is None else str(path)
        if self._path is not None:
            self._files.addPath(self._path)

    def _wait(self) -> None:
        self._settling.start()

    def _look(self) -> None:
        if self._path is None or not Path(self._path).is_file():
            return
        if self._path not in self._files.files():
            self._files.addPath(self._path)  # another file of the same name
        self.saved.emit()


class NotesWindow(QWidget):
    """What a teacher wants to say at a step, what comes next, and how long it has taken: for a second screen."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, Qt.WindowType.Window)
        self._beside = window
        self.setWindowTitle(tr("Speaker notes"))
        self.clock = plain.label(role="title", name=tr("Time since the lesson began"))
        self.here = plain.label(role="step", wrap=True)
        self.notes = QPlainTextEdit()
        self.notes.setReadOnly(True)
        self.notes.setAccessibleName(tr("Speaker notes"))
        self.next = plain.label(role="muted", wrap=True)
        box = QVBoxLayout(self)
        for widget in (self.clock, self.here, self.notes, self.next):
            box.addWidget(widget)
        self.resize(560, 420)
        self._begun_s = 0.0
        self._tick = QTimer(self)
        self._tick.setInterval(SECOND_MS)
        self._tick.timeout.connect(self._show_time)

    def show_step(self, lesson: Lesson, number: int, begun_s: float) -> None:
        """Show what belongs to a step of a lesson that began at `begun_s` of the steady clock."""
        self._begun_s = begun_s
        steps = lesson.steps
        where = tr("{step} of {last}").format(step=number + 1, last=len(steps))
        self.here.setText(f"{where}  {steps[number].title}")
        self.notes.setPlainText(visible_lines(steps[number].notes))
        after = steps[number + 1].title if number + 1 < len(steps) else tr("the end")
        self.next.setText(tr("Next: {step}").format(step=after))

    def open_beside(self) -> None:
        """Show it, on another screen if there is one."""
        others = [screen for screen in QGuiApplication.screens() if screen is not self._beside.screen()]
        if others:
            self.move(others[0].availableGeometry().topLeft())
        self._show_time()
        self._tick.start()
        self.show()
        self.raise_()

    def hideEvent(self, event: object) -> None:
        super().hideEvent(event)  # type: ignore[arg-type]
        self._tick.stop()

    def _show_time(self) -> None:
        minutes, seconds = divmod(int(time.monotonic() - self._begun_s), 60)
        self.clock.setText(f"{minutes}:{seconds:02}")


def visible_lines(text: str) -> str:
    """A text of several lines as it is, and nothing in it that hides."""
    return "\n".join(visible(line) for line in text.split("\n"))


def handout(
    lesson: Lesson, scenes: Sequence[Scene], shown: Callable[[Scene], Printed], usual: QFont
) -> bytes:
    """The lesson as a PDF to be printed: of each step what a slide shows of it, with room for an answer.

    Args:
        lesson: What is told.
        scenes: Its steps where they stand.
        shown: What a step shows besides its prose.
        usual: The font of the window; its size is that of paper.
    """
    store = QBuffer()
    store.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(store)
    writer.setTitle(lesson.title)
    writer.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF(36, 36, 36, 36)
        )
    )
    text = handout_text(lesson, scenes, shown, usual)
    text.print_(writer)
    del writer
    return bytes(store.data().data())


def handout_text(
    lesson: Lesson, scenes: Sequence[Scene], shown: Callable[[Scene], Printed], usual: QFont
) -> QTextDocument:
    """The same before it is made into pages."""
    text = QTextDocument()
    font = QFont(usual)
    font.setPointSizeF(10)
    text.setDefaultFont(font)
    cursor = QTextCursor(text)
    _line(cursor, lesson.title, 18, bold=True)
    for number, scene in enumerate(scenes, 1):
        _line(cursor, f"{number}  {scene.step.title}", 13, bold=True, above=14)
        for block in scene.step.blocks:
            mark = "" if block.kind != "item" else "• " if block.number is None else f"{block.number}. "
            _line(cursor, mark + block.text, 10, fixed=block.kind == "code", above=4)
        _printed(cursor, shown(scene))
        asked = scene.step.question or scene.step.task
        if asked is not None:
            _line(cursor, asked.text, 10, bold=True, above=6)
            choices = () if scene.step.question is None else scene.step.question.choices
            _line(cursor, "   ".join(f"☐ {choice}" for choice in choices) or "______________", 10, above=6)
    return text


def _printed(cursor: QTextCursor, shown: Printed) -> None:
    frame = shown.frame
    if shown.title:
        _line(cursor, shown.title, 10, bold=True, above=6)
    for statement in frame.code:
        _line(cursor, statement, 9, fixed=True)
    for grid in frame.grids:
        _table(cursor, grid)
    for strip in frame.strips:
        snapshots = ", ".join(grouped(mark) for mark in strip.marks)
        _line(cursor, strip.caption + (f"  ▲ {snapshots}" if snapshots else ""), 9, above=2)
    for line in () if frame.board is None else frame.board.lines:
        _notes(cursor, line)
    for note in frame.notes:
        _line(cursor, note, 9, above=2)
    for grid in shown.grids:
        _table(cursor, grid)
    if shown.raw:
        _line(cursor, shown.raw, 8, fixed=True, above=4)


def _line(
    cursor: QTextCursor,
    text: str,
    points: float,
    *,
    bold: bool = False,
    fixed: bool = False,
    above: float = 0,
) -> None:
    shape, look = QTextBlockFormat(), QTextCharFormat()
    shape.setTopMargin(above)
    look.setFontPointSize(points)
    look.setFontWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
    if fixed:
        look.setFontFamilies(["monospace"])
    cursor.insertBlock(shape, look)
    cursor.insertText(visible_lines(text).replace("\n", "\u2028"), look)


def _notes(cursor: QTextCursor, line: BoardLine) -> None:
    """A line of a board: what stands on its notes, on their colours."""
    shape, plain_text = QTextBlockFormat(), QTextCharFormat()
    shape.setTopMargin(5)
    shape.setLineHeight(150, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    plain_text.setFontPointSize(9)
    cursor.insertBlock(shape, plain_text)
    source = COMMAND if line.kind == "command" else POLICY
    events = [(f"{visible(each.type, MOST_CHARS)} {each.times}", EVENT, each.now) for each in line.follows]
    for at, (text, colour, now) in enumerate([(line.source, source, False), *events]):
        look = QTextCharFormat(plain_text)
        look.setBackground(QColor(colour))
        look.setForeground(QColor(INK))
        look.setFontWeight(QFont.Weight.Bold if now else QFont.Weight.Normal)
        if at:
            cursor.insertText("  →  " if at == 1 else "  ", plain_text)
        cursor.insertText("\u00a0" + text.replace(" ", "\u00a0") + "\u00a0", look)


def _table(cursor: QTextCursor, grid: Grid) -> None:
    if grid.caption:
        _line(cursor, grid.caption, 9, bold=True, above=6)
    if not grid.rows:
        return
    shape = QTextTableFormat()
    shape.setBorder(0.5)
    shape.setBorderStyle(QTextTableFormat.BorderStyle.BorderStyle_Solid)
    shape.setBorderBrush(Qt.GlobalColor.gray)
    shape.setBorderCollapse(True)
    shape.setCellPadding(3)
    shape.setCellSpacing(0)
    table = cursor.insertTable(len(grid.rows) + 1, len(grid.columns), shape)
    for row, cells in enumerate((grid.columns, *grid.rows)):
        for column, cell in enumerate(cells):
            look, side = QTextCharFormat(), QTextBlockFormat()
            look.setFontPointSize(9)
            look.setFontWeight(
                QFont.Weight.Bold if not row or (row - 1, column) in grid.marked else QFont.Weight.Normal
            )
            if column in grid.numbers:
                side.setAlignment(Qt.AlignmentFlag.AlignRight)
            at = table.cellAt(row, column).firstCursorPosition()
            at.setBlockFormat(side)
            at.insertText(visible_lines(cell).replace("\n", "\u2028"), look)
    cursor.movePosition(QTextCursor.MoveOperation.End)
