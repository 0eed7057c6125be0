"""How are the visible cells of a table drawn, and only those that look otherwise than before?

Qt's own way asks a delegate for each cell and lays out each text anew, some 25 µs a cell, and redraws a table
as a whole when its model says that everything may have changed. While a person drags through time that happens
in each frame, and few cells differ. So the tables of this program draw their cells themselves: they keep what is
on screen, compare, and draw what differs. A column with a delegate of its own is still drawn by that delegate.
"""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QPointF, QRect, Qt
from PySide6.QtGui import (
    QAccessible,
    QColor,
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QRegion,
)
from PySide6.QtWidgets import QStyleOptionViewItem, QTableView

from explorer.desktop import plain
from explorer.desktop.look.icons import icon
from explorer.desktop.look.theme import row_px, smaller, theme_of
from explorer.desktop.tables.table_model import CENTRE, LEFT, RIGHT, Cell, Index, TableModel

PADDING_PX = 9  # left and right of a text
ICON_PX = 16
MOST_KEPT = 4096  # rows
MOST_FACES = 64
MOST_TEXTS = 4096  # measured
LONGEST_NAME = 80  # characters


class Face:
    """One font, with what is needed to draw in it quickly."""

    def __init__(self, font: QFont) -> None:
        self.font = font
        self._metrics = QFontMetricsF(font)
        self.ascent = self._metrics.ascent()
        self.height = self._metrics.ascent() + self._metrics.descent()
        figure = self._metrics.horizontalAdvance("0")
        self._even = figure if self._metrics.horizontalAdvance("iiii") == 4 * figure else 0.0
        self._fitted: dict[tuple[str, float], tuple[str, float]] = {}

    def fitted(self, text: str, room: float) -> tuple[str, float]:
        """Return what of `text` fits into `room` (pixels), and how wide that is; a name is cut in its middle."""
        if self._even and text.isascii():
            width = self._even * len(text)
            if width <= room:
                return text, width
        key = text, room
        found = self._fitted.get(key)
        if found is None:
            width = self._metrics.horizontalAdvance(text)
            if width > room:
                where = Qt.TextElideMode.ElideMiddle if _is_name(text) else Qt.TextElideMode.ElideRight
                text = self._metrics.elidedText(text, where, room)
                width = self._metrics.horizontalAdvance(text)
            if len(self._fitted) > MOST_TEXTS:
                self._fitted.clear()
            found = self._fitted[key] = text, width
        return found


def _is_name(text: str) -> bool:
    """Whether a text is one word, as ids are: what tells them apart is mostly their end."""
    return len(text) <= LONGEST_NAME and not any(char.isspace() or char in '{["' for char in text)


class Pen:
    """A painter that is told font and colour only when they change."""

    def __init__(self, painter: QPainter, colours: Mapping[str | None, QColor]) -> None:
        self.painter = painter
        self._colours = colours
        self._face: Face | None = None
        self._ink: object = self

    def lost(self) -> None:
        """Somebody else has used the painter."""
        self._face, self._ink = None, self

    def write(self, face: Face, ink: str | None, text: str, x: float, rect: QRect) -> None:
        """Write one line of text in the middle of `rect`'s height."""
        if face is not self._face:
            self.painter.setFont(face.font)
            self._face = face
        if ink != self._ink:
            self.painter.setPen(self._colours[ink])
            self._ink = ink
        self.painter.drawText(QPointF(x, rect.top() + (rect.height() - face.height) / 2 + face.ascent), text)


class CellTable(QTableView):
    """A table that draws its cells itself, and again only those that differ from what is on screen."""

    def __init__(self) -> None:
        super().__init__()
        self._drawn: dict[int, tuple[Cell, ...]] = {}  # what is on screen, by row
        self._drawn_spans: list[tuple[int, int, int, bool]] = []  # … and which columns stand where
        self._faces: dict[tuple[int, bool], tuple[Face, QFont | None]] = {}
        self._colours: dict[str | None, QColor] = {}  # of the theme, by name; None: that of text
        self._figure_px = QFontMetricsF(self.font()).horizontalAdvance("0")
        self._own = False  # whether a column on screen has a delegate of its own
        # All of it is drawn here, so nothing below need be drawn first, and what is scrolled is only moved.
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    # --- what is on screen -------------------------------------------------------------------

    def visible_rows(self) -> range:
        """Return the rows on screen."""
        return self._rows(0, self.viewport().height())

    def forget_cells(self) -> None:
        """Everything is to be asked and drawn anew."""
        self._drawn.clear()
        self.viewport().update()

    def dataChanged(self, first: Index, last: Index, roles: Sequence[int] = ()) -> None:
        if QAccessible.isActive():  # those who listen instead of looking are told by Qt
            super().dataChanged(first, last, list(roles))
        model = self.model()
        if not isinstance(model, TableModel) or not first.isValid() or not last.isValid():
            self.forget_cells()
            return
        before, self._drawn = self._drawn, {}
        spans = self._spans(0, self.viewport().width())
        if (
            spans != self._drawn_spans
        ):  # a text goes on over its neighbour, or no longer: no cell is where it was
            self.forget_cells()
            return
        for row in self.visible_rows():
            old = before.get(row)
            if old is not None and not first.row() <= row <= last.row():
                self._drawn[row] = old
                continue
            new = self._drawn[row] = model.cells(row)
            if new == old and not self._own:
                continue
            top, height = self.rowViewportPosition(row), self.rowHeight(row)
            for column, left, wide, own in spans:
                if own or old is None or new[column] != old[column]:
                    self.viewport().update(left, top, wide, height)

    def reset(self) -> None:
        self._drawn.clear()
        super().reset()

    def doItemsLayout(self) -> None:
        self._drawn.clear()
        super().doItemsLayout()

    def rowsInserted(self, parent: Index, start: int, end: int) -> None:
        self._forget_from(start)
        super().rowsInserted(parent, start, end)

    def rowsAboutToBeRemoved(self, parent: Index, start: int, end: int) -> None:
        self._forget_from(start)
        super().rowsAboutToBeRemoved(parent, start, end)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.PaletteChange, QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._colours.clear()
            self._faces.clear()
            self._drawn.clear()
        if event.type() == QEvent.Type.FontChange:
            self._follow_font()

    def fit_rows(self) -> None:
        """Every row has the height that the text needs, at once: Qt raises rows below a least height one by one."""
        rows = self.verticalHeader()
        rows.setMinimumSectionSize(1)
        rows.setDefaultSectionSize(row_px())
        rows.setMinimumSectionSize(row_px())

    def _follow_font(self) -> None:
        """Rows as high, and columns as wide, as the text now needs."""
        figure_px = QFontMetricsF(self.font()).horizontalAdvance("0")
        self.fit_rows()
        if self._figure_px and self.model() is not None:
            for column in range(self.model().columnCount()):
                self.setColumnWidth(column, round(self.columnWidth(column) * figure_px / self._figure_px))
        self._figure_px = figure_px

    def _forget_from(self, row: int) -> None:
        if self._drawn and row <= max(self._drawn):
            self._drawn.clear()
            self.viewport().update()

    # --- drawing -----------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        model, area, region = self.model(), event.rect(), event.region()
        self._drawn_spans = self._spans(0, self.viewport().width())
        colours = self._colours
        if not colours:
            names = theme_of(self.palette())._asdict().items()
            colours.update({name: QColor(value) for name, value in names if name != "name"})
        colours[None] = self.palette().color(QPalette.ColorRole.Text)  # paler while the table is disabled
        with QPainter(self.viewport()) as painter:
            painter.fillRect(area, colours["base"])
            if isinstance(model, TableModel):
                self._draw_cells(painter, model, area, region if region.rectCount() > 1 else None)

    def _draw_cells(self, painter: QPainter, model: TableModel, area: QRect, parts: QRegion | None) -> None:
        if len(self._drawn) > MOST_KEPT:
            self._drawn.clear()
        spans = self._spans(area.left(), area.right() + 1)
        chosen = self.selectionModel()
        some_chosen = chosen is not None and chosen.hasSelection()
        colours = self._colours
        pen, now = Pen(painter, colours), colours["now"]
        for row in self._rows(area.top(), area.bottom() + 1):
            top, height = self.rowViewportPosition(row), self.rowHeight(row)
            cells = self._drawn.get(row)
            if cells is None:
                cells = self._drawn[row] = model.cells(row)
            in_choice = some_chosen and chosen.rowIntersectsSelection(row)
            for column, left, wide, own in spans:
                cell = cells[column]
                picked = in_choice and chosen.isSelected(model.createIndex(row, column))
                if not (picked or own or cell.text or cell.picture or cell.drawn) and cell.ground is None:
                    continue
                rect = QRect(left, top, wide, height)
                if parts is not None and not parts.intersects(rect):
                    continue
                if own:
                    self._draw_by_delegate(painter, rect, model.createIndex(row, column), picked=picked)
                    pen.lost()
                    continue
                if picked:
                    painter.fillRect(rect, now)
                elif cell.ground is not None:
                    painter.fillRect(rect, colours[cell.ground])
                self._draw(pen, rect, cell)

    def viewportEvent(self, event: QEvent) -> bool:
        """What is cut is whole in its tip, unless the model has more to say."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            index, model = self.indexAt(event.pos()), self.model()
            if index.isValid() and isinstance(model, TableModel):
                tip = plain.tip(model.cell(index.row(), index.column()).tip) or self.tip_at(index)
                plain.show_tip(event.globalPos(), tip, self.viewport())
                return True
        return super().viewportEvent(event)

    def text_px(self, cell: Cell) -> int:
        """How wide a column must be for a cell."""
        return round(self._face(cell.font).fitted(cell.text, 1e6)[1]) + 2 * PADDING_PX + 2

    def tip_at(self, index: Index) -> str:
        """The whole text of a cell in which it is cut; else nothing."""
        model = self.model()
        if not isinstance(model, TableModel):
            return ""
        cell = model.cell(index.row(), index.column())
        room = self.columnWidth(index.column()) - (0 if cell.side == CENTRE else 2 * PADDING_PX)
        room -= (ICON_PX if cell.picture else 0) + (cell.drawn_px if cell.drawn is not None else 0)
        cut = bool(cell.text) and self._face(cell.font).fitted(cell.text, room)[0] != cell.text
        return plain.tip(cell.text) if cut else ""

    def _draw(self, pen: Pen, rect: QRect, cell: Cell) -> None:
        left, right = rect.left() + PADDING_PX, rect.right() - PADDING_PX
        if cell.picture:
            room = QRect(rect.left() + 4, rect.center().y() - ICON_PX // 2, ICON_PX, ICON_PX)
            icon(cell.picture, self._colours["warning"].name()).paint(pen.painter, room)
            left += ICON_PX
        if cell.drawn is not None:
            cell.drawn.paint(pen.painter, rect)
            pen.lost()
            left += cell.drawn_px
        if not cell.text:
            return
        if cell.side == CENTRE:
            left, right = rect.left(), rect.right()
        if cell.beside and cell.side == LEFT:
            small = self._face(cell.font, small=True)
            beside, wide = small.fitted(cell.beside, (right - left) / 2)
            pen.write(small, "muted", beside, float(left), rect)
            left += int(wide) + PADDING_PX
        face = self._face(cell.font)
        text, width = face.fitted(cell.text, right - left + 1.0)
        side = (
            cell.side if not self.isRightToLeft() else {LEFT: RIGHT, RIGHT: LEFT, CENTRE: CENTRE}[cell.side]
        )
        x = (
            float(left)
            if side == LEFT
            else right + 1 - width
            if side == RIGHT
            else (left + right - width) / 2
        )
        pen.write(face, cell.ink, text, x, rect)
        if cell.beside and cell.side == RIGHT:
            small = self._face(cell.font, small=True)
            if side == RIGHT:
                beside, wide = small.fitted(cell.beside, max(x - left - 2 * PADDING_PX, 0.0))
                pen.write(small, "muted", beside, x - 2 * PADDING_PX - wide, rect)
            else:
                beside, _ = small.fitted(cell.beside, max(right - x - width - 2 * PADDING_PX, 0.0))
                pen.write(small, "muted", beside, x + width + 2 * PADDING_PX, rect)

    def _draw_by_delegate(self, painter: QPainter, rect: QRect, index: QModelIndex, *, picked: bool) -> None:
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        option.rect = rect
        if picked:
            option.state |= option.state.__class__.State_Selected
        painter.save()
        self.itemDelegateForIndex(index).paint(painter, option, index)
        painter.restore()

    # --- where the cells are -----------------------------------------------------------------

    def _rows(self, top: int, bottom: int) -> range:
        first, last = self.rowAt(top), self.rowAt(bottom - 1)
        model = self.model()
        if first < 0 or model is None:
            return range(0)
        return range(first, (last if last >= 0 else model.rowCount() - 1) + 1)

    def _spans(self, start: int, stop: int) -> list[tuple[int, int, int, bool]]:
        """The columns between two x: which, left edge, width, whether a delegate of its own draws it."""
        model = self.model()
        found = []
        for column in range(model.columnCount() if model is not None else 0):
            left, wide = self.columnViewportPosition(column), self.columnWidth(column)
            if wide and left < stop and left + wide > start and not self.isColumnHidden(column):
                found.append((column, left, wide, self.itemDelegateForColumn(column) is not None))
        self._own = any(own for _, _, _, own in found)
        return found

    def _face(self, font: QFont | None, *, small: bool = False) -> Face:
        found = self._faces.get((id(font), small))
        if found is None:
            if len(self._faces) > MOST_FACES:
                self._faces.clear()
            used = font if font is not None else self.font()
            found = (
                Face(smaller(used) if small else used),
                font,
            )  # which is kept, so that its id stays its own
            self._faces[id(font), small] = found
        return found[0]
