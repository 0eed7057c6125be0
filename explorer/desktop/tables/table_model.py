"""What does one cell of a table say and look like, and how does Qt hear of it?

A model describes its cells, whole rows at once, and nothing else: what the tables draw (`cell_table.py`) and what Qt
is told when it asks role by role (for those who listen, and for tips) come from the same description.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Literal, NamedTuple, Protocol

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QGuiApplication, QPainter

from explorer.desktop import plain
from explorer.desktop.look.icons import icon
from explorer.desktop.look.theme import MOST_ROW_PX, bold_font, number_font, theme_of
from explorer.language import tr

MAX_ROWS = (2**31 - 1) // MOST_ROW_PX - 1  # Qt measures a table in pixels of 32 bits
NOWHERE = QModelIndex()
LEFT, RIGHT, CENTRE = range(3)
_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_SIDES = (
    Qt.AlignmentFlag.AlignLeft | _MIDDLE,
    Qt.AlignmentFlag.AlignRight | _MIDDLE,
    Qt.AlignmentFlag.AlignHCenter | _MIDDLE,
)

type Index = QModelIndex | QPersistentModelIndex
type Ink = Literal["accent", "added", "changed", "future", "muted", "warning"]  # colours of the theme
type Ground = Literal["added_soft", "changed_soft", "now", "raised", "warning_soft"]

SIGN_COLOURS: dict[str, tuple[Ink, Ground]] = {
    "+": ("added", "added_soft"),
    "−": ("warning", "warning_soft"),
    "✕": ("warning", "warning_soft"),
    "~": ("changed", "changed_soft"),
}


class Drawn(Protocol):
    """A small picture with room of its own, at the left of a cell."""

    def paint(self, painter: QPainter, rect: QRect) -> None:
        """Draw it into the cell `rect`."""


class Cell(NamedTuple):
    """A text with its looks, but for being chosen."""

    text: str
    ink: Ink | None = None
    ground: Ground | None = None
    font: QFont | None = None
    side: int = LEFT
    beside: str = ""  # a short text in paler letters before the cell's own
    picture: str = ""  # the name of an icon; it is drawn in the colour of a warning
    drawn: Drawn | None = None
    drawn_px: int = 0  # how wide that is
    tip: str = ""  # more than the whole of the text, which a cell that is cut tells by itself
    spoken: str = ""  # what is read out, where that is not the text


class ColumnHead(NamedTuple):
    """What stands over a column."""

    title: str = ""  # to be translated
    side: int = LEFT


class TableModel(QAbstractTableModel):
    """Rows of cells: a model of its own keeps `rows` up to date and makes `cells`."""

    HEADS: Sequence[ColumnHead] = ()  # where they are always the same

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows = 0
        self.numbers, self.bold = number_font(QGuiApplication.font()), bold_font()

    # --- what a model says -------------------------------------------------------------------

    def cells(self, row: int) -> tuple[Cell, ...]:
        """What is in each column of `row`; the same object, if that is easy, as long as it looks the same."""
        raise NotImplementedError

    def column_total(self) -> int:
        """How many columns there are."""
        return len(self.HEADS)

    def head(self, column: int) -> Cell:
        """What stands over a column."""
        title, side = self.HEADS[column]
        return Cell(tr(title) if title else "", side=side)

    def cell(self, row: int, column: int) -> Cell:
        """One cell alone."""
        return self.cells(row)[column]

    # --- what the tables and Qt ask ----------------------------------------------------------

    def text(self, row: int, column: int) -> str:
        """What stands in a cell."""
        return self.cell(row, column).text

    @contextmanager
    def anew(self) -> Iterator[None]:
        """Meanwhile everything may become another: rows, columns, and what they say."""
        self.beginResetModel()
        try:
            yield
        finally:
            self.endResetModel()

    def redraw(self, first: int = 0, last: int | None = None) -> None:
        """Say that cells may look otherwise: of all rows, or from `first` up to and with `last`."""
        if self.rows:
            end = self.rows - 1 if last is None else last
            self.dataChanged.emit(self.index(first, 0), self.index(end, self.column_total() - 1))

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else self.rows

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else self.column_total()

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < self.column_total():
            return None
        return _side_of(self.head(section), role) or None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= self.rows:
            return None
        return _side_of(self.cell(index.row(), index.column()), role)


def _side_of(cell: Cell, role: int) -> object:
    """What Qt is told of a cell under one of its roles."""
    match role:
        case Qt.ItemDataRole.DisplayRole:
            return cell.text
        case Qt.ItemDataRole.AccessibleTextRole:
            return cell.spoken or cell.text
        case Qt.ItemDataRole.ToolTipRole:
            return plain.tip(cell.tip) or None
        case Qt.ItemDataRole.TextAlignmentRole:
            return _SIDES[cell.side]
        case Qt.ItemDataRole.FontRole:
            return cell.font
        case Qt.ItemDataRole.ForegroundRole:
            return _brush(cell.ink)
        case Qt.ItemDataRole.BackgroundRole:
            return _brush(cell.ground)
        case Qt.ItemDataRole.DecorationRole if cell.picture:
            return icon(cell.picture, theme_of(QGuiApplication.palette()).warning)
    return None


def _brush(colour: str | None) -> QBrush | None:
    return None if colour is None else QBrush(QColor(getattr(theme_of(QGuiApplication.palette()), colour)))


SHORT = 12  # characters that fit into any column


class TextRows(TableModel):
    """Rows of text; the first column may hold a sign, which has a colour besides."""

    def __init__(
        self, columns: Sequence[str], numbers: Sequence[int] = (), parent: QObject | None = None
    ) -> None:
        """Make one.

        Args:
            columns: The titles, in the person's language.
            numbers: Which columns stand to the right.
            parent: Who owns it.
        """
        super().__init__(parent)
        self._columns = list(columns)
        self._right = set(numbers)
        self._texts: Sequence[Sequence[str]] = ()

    def show_rows(self, rows: Sequence[Sequence[str]], columns: Sequence[str] | None = None) -> None:
        """Show other rows, and other titles if there are any."""
        if columns is None and list(map(list, rows)) == list(map(list, self._texts)):
            return
        with self.anew():
            self._texts, self.rows = rows, len(rows)
            if columns is not None:
                self._columns = list(columns)

    def column_total(self) -> int:
        return len(self._columns)

    def head(self, column: int) -> Cell:
        return Cell(self._columns[column], side=self._side(column))

    def cells(self, row: int) -> tuple[Cell, ...]:
        return tuple(self.cell(row, column) for column in range(len(self._columns)))

    def cell(self, row: int, column: int) -> Cell:
        texts = self._texts[row]
        text = texts[column] if column < len(texts) else ""
        tip = text if len(text) > SHORT else ""  # it may be cut
        font = self.numbers if column in self._right else None
        ink, _ = SIGN_COLOURS.get(text, (None, None))
        return Cell(text, ink, font=font, side=self._side(column), tip=tip)

    def _side(self, column: int) -> int:
        return RIGHT if column in self._right else LEFT
