"""Do the tables draw their own cells as they should: what differs, all of it, and nothing that is out of date?"""

import pytest
from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QObject, QPoint, Qt
from PySide6.QtGui import QBrush, QColor, QPaintEvent
from PySide6.QtWidgets import QStyledItemDelegate
from pytestqt.qtbot import QtBot

from explorer.desktop.look.theme import apply_theme
from explorer.desktop.tables.quiet_table import QuietTable


class Grid(QAbstractTableModel):
    """Texts that a test may change."""

    def __init__(self, rows: int = 6) -> None:
        super().__init__()
        self.texts = [[f"r{row}c{column}" for column in range(3)] for row in range(rows)]
        self.ink: dict[tuple[int, int], str] = {}

    def rowCount(self, parent=QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.texts)

    def columnCount(self, parent=QModelIndex()) -> int:
        return 0 if parent.isValid() else 3

    def data(self, index, role=Qt.ItemDataRole.DisplayRole):
        if role == Qt.ItemDataRole.DisplayRole:
            return self.texts[index.row()][index.column()]
        if role == Qt.ItemDataRole.BackgroundRole and (index.row(), index.column()) in self.ink:
            return QBrush(QColor(self.ink[index.row(), index.column()]))
        return None

    def tell_all(self) -> None:
        """As the models of the window do in each frame."""
        self.dataChanged.emit(self.index(0, 0), self.index(len(self.texts) - 1, 2))


class Painted(QObject):
    """What of a table's viewport is drawn."""

    def __init__(self, table: QuietTable) -> None:
        super().__init__()
        self.rects = []
        table.viewport().installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            self.rects += list(event.region())
        return False


@pytest.fixture
def grid() -> Grid:
    return Grid()


@pytest.fixture
def table(qtbot: QtBot, grid: Grid) -> QuietTable:
    apply_theme("light")
    table = QuietTable(grid, "Grid")
    qtbot.addWidget(table)
    table.resize(420, 260)
    table.show()
    qtbot.waitExposed(table)
    table.grab()
    return table


def picture(table: QuietTable, row: int, column: int):
    rect = table.visualRect(table.model().index(row, column))
    return table.viewport().grab(rect).toImage()


def test_a_cell_that_differs_is_drawn_anew_and_no_other(qtbot: QtBot, table, grid):
    qtbot.wait(1)
    painted = Painted(table)
    grid.texts[2][1] = "other"
    grid.tell_all()
    qtbot.waitUntil(lambda: bool(painted.rects))
    assert painted.rects == [table.visualRect(grid.index(2, 1))]


def test_nothing_is_drawn_where_nothing_differs(qtbot: QtBot, table, grid):
    qtbot.wait(1)
    painted = Painted(table)
    grid.tell_all()
    qtbot.wait(20)
    assert painted.rects == []


def test_what_is_drawn_is_what_the_model_says_now(table, grid):
    before = picture(table, 1, 1)
    grid.texts[1][1] = "something else"
    grid.tell_all()
    assert picture(table, 1, 1) != before
    grid.texts[1][1] = "r1c1"
    grid.tell_all()
    assert picture(table, 1, 1) == before


def test_rows_that_come_and_go_move_the_pictures_of_the_others(table, grid):
    second = picture(table, 2, 0)
    grid.beginRemoveRows(QModelIndex(), 0, 0)
    del grid.texts[0]
    grid.endRemoveRows()
    assert picture(table, 1, 0) == second
    grid.beginResetModel()
    grid.texts = [["x", "y", "z"], *grid.texts]
    grid.endResetModel()
    assert picture(table, 2, 0) == second


def test_the_ground_of_a_cell_is_seen(table, grid):
    grid.ink[0, 0] = "#ff0000"
    grid.tell_all()
    image = picture(table, 0, 0)
    assert QColor(image.pixel(image.rect().topRight() - QPoint(2, -2))) == QColor("#ff0000")


def test_a_chosen_row_is_seen_and_a_theme_dresses_what_is_kept(qtbot: QtBot, table, grid):
    plain = picture(table, 3, 2)
    table.selectRow(3)
    assert picture(table, 3, 2) != plain
    table.clearSelection()
    assert picture(table, 3, 2) == plain
    apply_theme("dark")
    qtbot.wait(1)
    assert picture(table, 3, 2) != plain


def test_a_long_text_is_shortened_and_never_runs_into_its_neighbour(table, grid):
    neighbour = picture(table, 1, 1)
    grid.texts[1][0] = "long " * 2000
    grid.tell_all()
    assert picture(table, 1, 1) == neighbour


def test_a_column_with_a_delegate_of_its_own_is_drawn_by_it(table, grid):
    drawn = []

    class Lines(QStyledItemDelegate):
        def paint(self, painter, option, index):
            drawn.append((index.row(), index.column()))

    lines = Lines(table)
    table.setItemDelegateForColumn(1, lines)
    table.grab()
    assert {column for _, column in drawn} == {1}
    drawn.clear()
    grid.tell_all()
    table.grab()
    assert {column for _, column in drawn} == {1}
