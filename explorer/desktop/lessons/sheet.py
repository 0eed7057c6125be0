"""How is a small table drawn so that nothing of it is ever cut: as wide as it may be, and as high as its texts need?"""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QGuiApplication,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from explorer.desktop.look.theme import Theme, number_font, theme_of
from explorer.desktop.tables.quiet_table import fitted
from explorer.session.lessons.frames import Grid

SIDE_PX, ROOM_PX = 7, 2  # beside a text (more, where letters are large), and above and below it
SIDE_SHARE = 0.27  # of a line
CAPTION_ROOM_PX = 2
SQUARE_SHARE = 0.6  # of a line: the coloured square of a type
_WRAP = int(Qt.TextFlag.TextWordWrap)
EMPTY = Grid("", (), ())
MOST_KEPT = 60  # grids whose measures are kept


class PlacedText(NamedTuple):
    """A text of a sheet: where it is drawn, and in which font. For tests it says what must fit into what."""

    text: str
    place: QRect
    font: QFont


class Look(NamedTuple):
    """What a row looks like besides its texts.

    Attributes:
        now: It is where one stands.
        future: It has not happened yet.
        square: The colour of a square before the text of a column, and which column.
    """

    now: bool = False
    future: bool = False
    square: tuple[int, QColor] | None = None


PLAIN = Look()


class Sizes:
    """What was measured of a grid, in one font: its columns, and for each width the columns and rows; pixels."""

    def __init__(self) -> None:
        self.columns: tuple[list[int], list[int]] | None = None
        self.laid: dict[int, tuple[list[int], list[int]]] = {}


class Sheet(QWidget):
    """One `Grid` with a caption. Texts that are longer than their column are wrapped, never cut and never scrolled."""

    row_pressed = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.grid = EMPTY
        self.looks: tuple[Look, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._bold = self._number = self._bold_number = self.font()
        self._kept: dict[tuple[Grid, int], Sizes] = {}
        self._sizes = Sizes()

    def show_grid(self, grid: Grid, looks: Sequence[Look] = ()) -> None:
        """Show another grid; `looks` has one for each row, or none."""
        if grid != self.grid or tuple(looks) != self.looks:
            self.grid, self.looks = grid, tuple(looks)
            self._remember()
            self.setAccessibleName(grid.caption.strip())
            self.setAccessibleDescription(
                "\n".join("  ".join(cell for cell in row if cell) for row in grid.rows)
            )
            self.update()

    def set_font(self, font: QFont) -> None:
        """Draw in another font."""
        if font != self.font():
            self.setFont(font)
            self._bold = QFont(font)
            self._bold.setBold(True)
            self._number = QFont(number_font(font))
            self._bold_number = QFont(self._number)
            self._bold_number.setBold(True)
            self._kept.clear()
            self._remember()
            self.update()

    def _remember(self) -> None:
        """What was measured of a grid is kept for a while: a slide tries several again and again."""
        if len(self._kept) > MOST_KEPT:
            self._kept.clear()
        now = next((at for at, look in enumerate(self.looks) if look.now), -1)
        self._sizes = self._kept.setdefault((self.grid, now), Sizes())

    # --- measuring ------------------------------------------------------------------------------

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._caption_px() + sum(self._laid(width)[1])

    def sizeHint(self) -> QSize:
        width = max(self.width(), 200)
        return QSize(width, self.heightForWidth(width))

    def least_width(self) -> int:
        """As narrow as it may become: no word is broken."""
        return sum(self._least_and_whole()[0])

    def _font_of(self, row: int, column: int) -> QFont:
        """Row −1 is the titles."""
        number = row >= 0 and column in self.grid.numbers
        bold = row < 0 or (row, column) in self.grid.marked or (row < len(self.looks) and self.looks[row].now)
        if number:
            return self._bold_number if bold else self._number
        return self._bold if bold else self.font()

    def _title(self, column: int) -> str:
        name = self.grid.columns[column]
        return name.capitalize() if name.islower() else name

    @property
    def _side_px(self) -> int:
        return max(SIDE_PX, round(QFontMetrics(self.font()).height() * SIDE_SHARE))

    def _square_px(self, column: int) -> int:
        has = any(look.square is not None and look.square[0] == column for look in self.looks)
        return round(QFontMetrics(self.font()).height() * SQUARE_SHARE) + self._side_px if has else 0

    def _room(self, column: int) -> int:
        return 2 * self._side_px + self._square_px(column) + 2

    def _least_and_whole(self) -> tuple[list[int], list[int]]:
        """How wide each column must be so that no word is broken, and so that no text is; pixels."""
        if self._sizes.columns is None:
            least, whole = [], []
            bold = QFontMetrics(self._bold)
            for column in range(len(self.grid.columns)):
                # as wide as it can become
                metrics = QFontMetrics(self._bold_number) if column in self.grid.numbers else bold
                texts = [(self._title(column), bold), *((row[column], metrics) for row in self.grid.rows)]
                room = self._room(column)
                least.append(
                    max(each.horizontalAdvance(word) for text, each in texts for word in text.split() or [""])
                    + room
                )
                whole.append(
                    max(each.horizontalAdvance(line) for text, each in texts for line in text.split("\n"))
                    + room
                )
            self._sizes.columns = least, whole
        return self._sizes.columns

    def _laid(self, width: int) -> tuple[list[int], list[int]]:
        """The widths of the columns and the heights of the rows, titles first; pixels."""
        found = self._sizes.laid.get(width)
        if found is not None:
            return found
        least, whole = self._least_and_whole()
        ways = [fitted(whole, least, width)]
        if sum(whole) > width:  # a long text may be better off with all the room that it wants
            for column in {whole.index(max(whole)), len(whole) - 1}:
                others = [each for at, each in enumerate(whole) if at != column]
                floors = [each for at, each in enumerate(least) if at != column]
                room = width - min(whole[column], width - sum(floors))
                if room >= sum(floors):
                    way = fitted(others, floors, room)
                    way.insert(column, width - room)
                    ways.append(way)
        found = min(((self._heights(way, whole), way) for way in ways), key=lambda each: sum(each[0]))
        heights, widths = found
        if widths and (left := width - sum(widths)) > 0:
            columns = range(len(widths))
            text_columns = [column for column in columns if column not in self.grid.numbers] or list(columns)
            widths[text_columns[-1]] += left
        self._sizes.laid[width] = widths, heights
        return widths, heights

    def _heights(self, widths: Sequence[int], whole: Sequence[int]) -> list[int]:
        """How high each row is where the columns are so wide, titles first; pixels."""
        line = QFontMetrics(self._bold).height()
        heights = []
        for row in range(-1, len(self.grid.rows)):
            high = line
            for column in range(len(widths)):
                text = self._title(column) if row < 0 else self.grid.rows[row][column]
                room = widths[column] - self._room(column) + 2
                if widths[column] < whole[column] or "\n" in text:
                    metrics = QFontMetrics(self._font_of(row, column))
                    high = max(high, metrics.boundingRect(QRect(0, 0, room, 100_000), _WRAP, text).height())
            heights.append(high + 2 * ROOM_PX)
        return heights

    def _caption_px(self) -> int:
        return QFontMetrics(self.font()).height() + CAPTION_ROOM_PX if self.grid.caption else 0

    # --- where is what --------------------------------------------------------------------------

    def row_rect(self, row: int) -> QRect:
        """Where a row is; −1 is the titles."""
        widths, heights = self._laid(self.width())
        top = self._caption_px() + sum(heights[: row + 1])
        return QRect(0, top, sum(widths), heights[row + 1])

    def cell_rect(self, row: int, column: int) -> QRect:
        """Where a cell is."""
        widths, _ = self._laid(self.width())
        line = self.row_rect(row)
        return QRect(sum(widths[:column]), line.top(), widths[column], line.height())

    def texts(self) -> list[PlacedText]:
        """Every text that is drawn."""
        found = []
        if self.grid.caption:
            found.append(
                PlacedText(self.grid.caption, QRect(0, 0, self.width(), self._caption_px()), self._bold)
            )
        for row in range(-1, len(self.grid.rows)):
            for column in range(len(self.grid.columns)):
                cell = self.cell_rect(row, column)
                place = cell.adjusted(
                    self._side_px + self._square_px(column), ROOM_PX, -self._side_px, -ROOM_PX
                )
                text = self._title(column) if row < 0 else self.grid.rows[row][column]
                found.append(PlacedText(text, place, self._font_of(row, column)))
        return found

    # --- drawing --------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = theme_of(QGuiApplication.palette())
        with QPainter(self) as painter:
            for row in range(-1, len(self.grid.rows)):
                self._paint_ground(painter, theme, row)
            for at, (text, place, font) in enumerate(self.texts()):
                caption = bool(self.grid.caption) and at == 0
                number = at - bool(self.grid.caption)
                row, column = divmod(number, max(len(self.grid.columns), 1))
                painter.setFont(font)
                painter.setPen(QColor(theme.text if caption else self._ink(theme, row - 1, column)))
                right = not caption and column in self.grid.numbers
                side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
                painter.drawText(place, _WRAP | int(side.value), text)

    def _ink(self, theme: Theme, row: int, column: int) -> str:
        look = self.looks[row] if 0 <= row < len(self.looks) else PLAIN
        if row < 0:
            return theme.muted
        if (row, column) in self.grid.marked:
            return theme.changed
        return theme.muted if look.future else theme.text

    def _paint_ground(self, painter: QPainter, theme: Theme, row: int) -> None:
        line = self.row_rect(row)
        look = self.looks[row] if 0 <= row < len(self.looks) else PLAIN
        painter.fillRect(line, QColor(theme.raised if row < 0 else theme.now if look.now else theme.base))
        for column in range(len(self.grid.columns)):
            if (row, column) in self.grid.marked and not look.now:
                painter.fillRect(self.cell_rect(row, column), QColor(theme.changed_soft))
        painter.fillRect(QRect(line.left(), line.bottom(), line.width(), 1), QColor(theme.grid))
        if look.square is not None:
            column, colour = look.square
            metrics = QFontMetrics(self.font())
            size = round(metrics.height() * SQUARE_SHARE)
            cell = self.cell_rect(row, column)
            top = cell.top() + ROOM_PX + (metrics.height() - size) // 2
            painter.fillRect(QRect(cell.left() + self._side_px, top, size, size), colour)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for row in range(len(self.grid.rows)):
            if self.row_rect(row).contains(event.position().toPoint()):
                self.row_pressed.emit(row)
