"""What do all tables of the window have in common, how wide are their columns, and how do two share a low panel?"""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QItemSelectionModel, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QSplitter,
    QWidget,
)

from explorer.desktop.look.theme import row_px
from explorer.desktop.tables.cell_table import CellTable
from explorer.desktop.tables.table_model import Index, TableModel
from explorer.language import tr

MOST_MEASURED = 60  # rows
MARK_PX = 26  # wide is a column of signs
ROOM_PX = 20  # around a text, and a little more


class QuietTable(CellTable):
    """A table of one row height, one selected row, no grid of its own and no editing."""

    def __init__(self, model: TableModel, name: str) -> None:
        super().__init__()
        self._whole: tuple[int, ...] | None = None
        self.setModel(model)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setShowGrid(False)
        rows = self.verticalHeader()
        rows.setVisible(False)
        rows.setAccessibleName(tr("{name}: rows").format(name=name))
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.fit_rows()
        columns = self.horizontalHeader()
        columns.setAccessibleName(tr("{name}: columns").format(name=name))
        columns.setHighlightSections(False)
        # A header draws itself anew when the choice changes, though it shows nothing of it: it is given another.
        columns.setSelectionModel(QItemSelectionModel(model, columns))
        columns.setStretchLastSection(True)
        columns.setMinimumSectionSize(24)
        columns.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def set_figures(self, widths: Iterable[tuple[int, float]]) -> None:
        """Make columns so many figures wide."""
        figure_px = self.fontMetrics().horizontalAdvance("0")
        for column, figures in widths:
            self.setColumnWidth(column, round(figures * figure_px))

    def keep_whole(self, *columns: int) -> None:
        """What is in sight of these columns (none given: all) is not cut; they only get wider."""
        self._whole = columns
        self.model().modelReset.connect(self.make_whole)
        self.verticalScrollBar().valueChanged.connect(lambda _value: self.make_whole())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() > event.oldSize().width():  # what had no room may have some now
            self.make_whole()

    def make_whole(self) -> None:
        """Make room for what is in sight of the columns that are never cut."""
        model = self.model()
        if not isinstance(model, TableModel) or self._whole is None:
            return
        first, last = max(self.rowAt(0), 0), self.rowAt(self.viewport().height() - 1)
        rows = range(first, min(model.rowCount(), (last if last >= 0 else first + MOST_MEASURED) + 1))
        cells, heads, room = (
            [model.cells(row) for row in rows],
            self.horizontalHeader(),
            self.viewport().width(),
        )
        last_column = model.columnCount() - 1  # takes what is left
        for with_titles in (False, True):
            wide = {column: self.columnWidth(column) for column in range(last_column)}
            for column in self._whole or range(last_column):
                need = max((self.text_px(row[column]) for row in cells), default=0)
                need = max(need, heads.sectionSizeHint(column)) if with_titles else need
                if column < last_column and wide[column] < need <= room // 2:
                    wide[column] = need
            # a title may be cut where whole ones would push another column out of sight
            if not with_titles or sum(wide.values()) + heads.sectionSizeHint(last_column) <= room:
                for column, px in wide.items():
                    self.setColumnWidth(column, px)

    def minimumSizeHint(self) -> QSize:
        """The header and the first of a row: with Qt's own least height many tables are too tall for a small screen."""
        return QSize(70, self.horizontalHeader().sizeHint().height() + row_px() // 2)


class ListTable(QuietTable):
    """A click, Enter and the arrow keys choose a row; the program's own choices do not."""

    row_chosen = Signal(int)

    def __init__(self, model: TableModel, name: str) -> None:
        super().__init__(model, name)
        self.clicked.connect(lambda index: self.row_chosen.emit(index.row()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self.row_chosen.emit(self.currentIndex().row())  # not every platform says that a row is activated
        else:
            super().keyPressEvent(event)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.isValid() and previous.isValid():
            self.row_chosen.emit(current.row())


def fitted(wanted: Sequence[int], least: Sequence[int], room: int) -> list[int]:
    """Return `wanted`, or less of it where all together are wider than `room`; pixels.

    The widest give way first, and none below its `least`: a column that must not be cut has as much there as in
    `wanted`. What does not fit even then is as wide as the least of all.
    """
    if sum(wanted) <= room or not wanted:
        return list(wanted)
    low, high = 0, max(wanted)  # the greatest width that any column may have, such that all fit
    while low < high:
        most = (low + high + 1) // 2
        if sum(_held(wanted, least, most)) <= room:
            low = most
        else:
            high = most - 1
    return _held(wanted, least, low)


def _held(wanted: Sequence[int], least: Sequence[int], most: int) -> list[int]:
    return [max(min(each, most), min(each, floor)) for each, floor in zip(wanted, least, strict=True)]


class Halves(QSplitter):
    """One below the other; side by side where there is no room for that."""

    def __init__(self, *parts: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical)
        self.setChildrenCollapsible(False)
        for part in parts:
            self.addWidget(part)
        self.setStretchFactor(len(parts) - 1, 1)

    def minimumSizeHint(self) -> QSize:
        least = super().minimumSizeHint()
        return QSize(least.width(), max(self._least_px()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        high = self.height() >= sum(self._least_px()) + self.handleWidth()
        wanted = Qt.Orientation.Vertical if high else Qt.Orientation.Horizontal
        if wanted != self.orientation():
            self.setOrientation(wanted)
            for at in range(self.count() - 1):  # beside each other, none is a mere strip
                self.setStretchFactor(at, 0 if high else 1)
            super().resizeEvent(event)
            if not high:
                self.setSizes([self.width()] * self.count())
            return
        super().resizeEvent(event)

    def _least_px(self) -> list[int]:
        """How high each part is at least."""
        parts = [part for at in range(self.count()) if (part := self.widget(at)) is not None]
        return [max(part.minimumHeight(), part.minimumSizeHint().height()) for part in parts]
