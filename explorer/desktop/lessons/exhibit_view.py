"""How does the exhibit of a step come to be beside the window, and how is it drawn as it is at the playhead?"""

from collections.abc import Callable

from PySide6.QtCore import QObject, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QGuiApplication,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QStyledItemDelegate, QVBoxLayout, QWidget

from explorer.desktop import plain
from explorer.desktop.look.theme import number_font, theme_of
from explorer.desktop.projections.query_dialog import QueryDialog
from explorer.desktop.tables.cell_table import PADDING_PX
from explorer.desktop.tables.quiet_table import QuietTable
from explorer.desktop.tables.table_model import LEFT, RIGHT, Cell, TableModel
from explorer.desktop.tasks import Handlers, LatestTask
from explorer.desktop.why.board_view import BoardView
from explorer.language import tr
from explorer.projection.model import Recipe
from explorer.session.document import Document
from explorer.session.lessons.exhibits import exhibit
from explorer.session.lessons.frames import Exhibit, Frame, Grid, Strip
from explorer.session.lessons.lesson import Lesson, Show, Step
from explorer.session.lessons.staging import second_recipe

LONG = 40  # characters of a cell that is wrapped
WIDE = 72  # characters of a row whose last cell would be cut
SHORT = 12  # characters of a last cell that needs no more room
ROOM_PX = 10  # above and below a wrapped text
SIDES_PX = 20  # of a wrapped text, left and right together, and a little more
LEAST_ROWS = 2  # are always in sight
MOST_PX = 400  # that a table asks for; it scrolls
EMPTY = Grid("", (), ())


class GridModel(TableModel):
    """One `Grid` after another."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.grid = EMPTY

    def show_grid(self, grid: Grid) -> None:
        """Show another."""
        with self.anew():
            self.grid, self.rows = grid, len(grid.rows)
            self._bold_numbers = QFont(self.numbers)
            self._bold_numbers.setBold(True)

    def column_total(self) -> int:
        return len(self.grid.columns)

    def head(self, column: int) -> Cell:
        name = self.grid.columns[column]
        return Cell(name.capitalize() if name.islower() else name, side=self._side(column))

    def cells(self, row: int) -> tuple[Cell, ...]:
        return tuple(self.cell(row, column) for column in range(len(self.grid.columns)))

    def cell(self, row: int, column: int) -> Cell:
        text, number = self.grid.rows[row][column], column in self.grid.numbers
        if (row, column) not in self.grid.marked:
            return Cell(text, font=self.numbers if number else None, side=self._side(column))
        said = tr("{value}, changed").format(value=text)
        font = self._bold_numbers if number else self.bold
        return Cell(text, "changed", "changed_soft", font, self._side(column), spoken=said)

    def _side(self, column: int) -> int:
        return RIGHT if column in self.grid.numbers else LEFT


class GridTable(QuietTable):
    """A small table whose cells may have several lines."""

    def __init__(self, name: str) -> None:
        self.grid_model = GridModel()
        super().__init__(self.grid_model, name)
        self.grid_model.setParent(self)
        self.setWordWrap(True)
        self._name = name
        self._wrapped = False
        self._dressed = 0  # columns with a delegate
        self._wrapping = QStyledItemDelegate(self)  # a table draws its own cells in one line

    def show_grid(self, grid: Grid) -> None:
        """Show another grid."""
        self.setAccessibleName(grid.caption or self._name)
        self.grid_model.show_grid(grid)
        longest = [max(map(len, column)) for column in zip(*grid.rows, strict=True)]
        self._wrapped = any("\n" in cell for row in grid.rows for cell in row) or (
            max(longest, default=0) > LONG or (sum(longest) > WIDE and longest[-1] > SHORT)
        )
        self.setShowGrid(self._wrapped)
        for column in range(max(len(grid.columns), self._dressed)):
            self.setItemDelegateForColumn(column, self._wrapping if self._wrapped else None)  # type: ignore[arg-type]
        self._dressed = len(grid.columns) if self._wrapped else 0
        if not self._wrapped:
            self._make_room(grid)
        self._fit()

    def _make_room(self, grid: Grid) -> None:
        """Every column but the last, which takes what is left, is as wide as its longest text."""
        usual = QGuiApplication.font()
        for column in range(len(grid.columns) - 1):
            font = QFont(number_font(usual) if column in grid.numbers else usual)
            font.setBold(any(at == column for _, at in grid.marked))
            room = max((QFontMetrics(font).horizontalAdvance(row[column]) for row in grid.rows), default=0)
            head = self.horizontalHeader().sectionSizeHint(column)
            self.setColumnWidth(column, max(room + 2 * PADDING_PX + 2, head))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:
        return QSize(320, min(self._full_px(), MOST_PX))

    def _full_px(self) -> int:
        """As high as all of its rows."""
        bar = self.horizontalScrollBar()
        room = bar.sizeHint().height() if bar.maximum() else 0
        return self.verticalHeader().length() + self.horizontalHeader().sizeHint().height() + room + 6

    def _fit(self) -> None:
        """Long texts are wrapped; the last of their columns gets most room. The table is as high as its rows."""
        if self._wrapped:
            columns, room = len(self.grid_model.grid.columns), self.viewport().width()
            for column in range(columns - 1):
                self.setColumnWidth(column, room * 48 // 100 // (columns - 1))
        line_px = self.fontMetrics().lineSpacing() + 8
        for row in range(self.grid_model.rowCount()):
            self.setRowHeight(row, self._wrapped_px(row) + ROOM_PX if self._wrapped else line_px)
        bar, head = (
            self.horizontalScrollBar().sizeHint().height(),
            self.horizontalHeader().sizeHint().height(),
        )
        full = self._full_px()
        self.setMinimumHeight(
            min(full, head + bar + LEAST_ROWS * line_px + 6)
        )  # else a bar may lie over them
        self.setMaximumHeight(full)
        self.updateGeometry()

    def _wrapped_px(self, row: int) -> int:
        """As high as the longest text of a row."""
        metrics, words = self.fontMetrics(), int(Qt.TextFlag.TextWordWrap)
        return max(
            metrics.boundingRect(
                QRect(0, 0, max(self.columnWidth(column) - SIDES_PX, 1), 100_000), words, cell
            ).height()
            for column, cell in enumerate(self.grid_model.grid.rows[row])
        )


class StripView(QWidget):
    """A stretch of the log that was replayed, to scale, with the snapshots in it."""

    def __init__(self) -> None:
        super().__init__()
        self._strip: Strip | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_strip(self, strip: Strip) -> None:
        """Show another."""
        self._strip = strip
        self.setAccessibleName(strip.caption)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(320, 3 * self.fontMetrics().height())

    def least_width(self) -> int:
        """How narrow it may become: its caption stands in one line."""
        caption = "" if self._strip is None else self._strip.caption
        return self.fontMetrics().horizontalAdvance(caption) + 16

    def paintEvent(self, _event: QPaintEvent) -> None:
        strip = self._strip
        if strip is None:
            return
        theme = theme_of(QGuiApplication.palette())
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            line_px = self.fontMetrics().height()
            painter.setPen(QColor(theme.text))
            painter.drawText(QRectF(0, 0, self.width(), line_px), Qt.AlignmentFlag.AlignLeft, strip.caption)
            left, width = 8.0, self.width() - 16.0
            top, thick = line_px * 1.35, line_px * 0.55

            def at(position: int) -> float:
                return left + width * position / max(strip.total, 1)

            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.border))
            painter.drawRoundedRect(QRectF(left, top, width, thick), 3, 3)
            painter.setBrush(QColor(theme.accent))
            if strip.stop > strip.start:
                painter.drawRoundedRect(
                    QRectF(at(strip.start), top, at(strip.stop) - at(strip.start), thick), 3, 3
                )
            painter.setBrush(QColor(theme.added))
            size = line_px * 0.28
            shown_px = -size * 3
            for mark in strip.marks:
                x = at(mark)
                if x - shown_px < size * 2.2:
                    continue  # too many to tell apart
                shown_px = x
                bottom = top + thick + size * 2
                painter.drawPolygon(
                    [_point(x, top + thick + 2), _point(x - size, bottom), _point(x + size, bottom)]
                )
            painter.setPen(QColor(theme.text))
            painter.drawLine(_point(at(strip.stop), top - 4), _point(at(strip.stop), top + thick + 4))


class ExhibitView(QWidget):
    """Shows one exhibit and follows the playhead."""

    def __init__(self) -> None:
        super().__init__()
        self.exhibit: Exhibit | None = None
        self.shown = Frame()
        self.setAccessibleName(tr("Exhibit"))
        self.title = plain.label(role="heading")
        self.code = plain.label(wrap=True, name=tr("Statements"))
        self.code.setProperty("role", "statement")
        self.notes = plain.label(role="muted", wrap=True)
        self.grids: list[GridTable] = []
        self.strips: list[StripView] = []
        self.board = BoardView(wrapped=True)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(4)
        for widget in (self.title, self.code, self.board, self.notes):
            self._box.addWidget(widget)
        self._box.addStretch(1)
        self.hide()

    def show_exhibit(self, exhibit: Exhibit | None, position: int) -> None:
        """Show another exhibit as it is at `position`; the old one lets go of what it holds."""
        if self.exhibit is not None and self.exhibit is not exhibit:
            self.exhibit.close()
        self.exhibit = exhibit
        self.setVisible(exhibit is not None)
        if exhibit is not None:
            self.title.setText(exhibit.title)
            self.stand_at(position)

    def stand_at(self, position: int) -> None:
        """Show what it is at `position`."""
        if self.exhibit is None:
            return
        frame = self.shown = self.exhibit.frame(position)
        self.code.setText("\n".join(frame.code))
        self.code.setFont(number_font(self.font()))
        self.code.setVisible(bool(frame.code))
        for at, grid in enumerate(frame.grids):
            if at == len(self.grids):
                self.grids.append(GridTable(tr("Exhibit: table {number}").format(number=at + 1)))
                self._box.insertWidget(self._box.indexOf(self.notes), self.grids[at], 100)
            self.grids[at].show_grid(grid)
        for at, strip in enumerate(frame.strips):
            if at == len(self.strips):
                self.strips.append(StripView())
                self._box.insertWidget(self._box.indexOf(self.notes), self.strips[at])
            self.strips[at].show_strip(strip)
        for at, table in enumerate(self.grids):
            table.setVisible(at < len(frame.grids))
        for at, view in enumerate(self.strips):
            view.setVisible(at < len(frame.strips))
        self.board.show_board(frame.board)
        self.board.setVisible(frame.board is not None)
        self.notes.setText("\n".join(frame.notes))
        self.notes.setVisible(bool(frame.notes))
        good = {None: "muted", True: "good", False: "warning"}[frame.good]
        if self.notes.property("role") != good:
            self.notes.setProperty("role", good)
            self.notes.style().polish(self.notes)


def _point(x: float, y: float) -> QPointF:
    return QPointF(x, y)


class ExhibitController(QObject):
    """Makes one exhibit at a time on another thread; one that comes too late lets go of what it holds."""

    shown = Signal()  # the exhibit that was asked for last, or none
    written = Signal()  # the students have written a read model

    def __init__(self, window: QWidget, view: ExhibitView, failed: Callable[[Exception], None]) -> None:
        super().__init__(window)
        self._window = window
        self._view = view
        self._failed = failed
        self._making = LatestTask(self)
        self.document: Document | None = None  # what is shown, or will be, is about this
        self.own: Recipe | None = None  # the read model that the students have written

    def forget(self) -> None:
        """Show none."""
        self._making.cancel()
        self._view.show_exhibit(None, 0)

    def show(
        self, lesson: Lesson, show: Show | None, document: Document, recipe: Recipe, begin_at: int
    ) -> None:
        """Show what a step asks for, as it is at `begin_at`."""
        self.forget()
        self.document = document
        own = self.own
        if show is None:
            self.shown.emit()
            return

        def make(_report: object) -> Exhibit | None:
            second = second_recipe(lesson, show) if show.kind == "read-model" else own
            made = exhibit(show, document, recipe, second)
            if made is not None:
                made.begin(begin_at)
            return made

        self._making.start(make, Handlers(lambda made: self._take(made, begin_at), self._failed, drop=_close))

    def ask_model(self, step: Step) -> None:
        """Let the students write a read model; a block of SQL in the step is where they begin."""
        begin = next((block.text for block in step.blocks if block.language == "sql"), "")
        start = self.own or (Recipe("own.sql", "sql", begin) if begin else Recipe())
        dialog = QueryDialog(start, self._window, self.document)
        dialog.chosen.connect(self._take_model)
        dialog.open()

    def _take_model(self, query: Recipe) -> None:
        self.own = query
        self.written.emit()

    def _take(self, made: Exhibit | None, begin_at: int) -> None:
        self._view.show_exhibit(made, begin_at)
        self.shown.emit()


def _close(made: Exhibit | None) -> None:
    if made is not None:
        made.close()
