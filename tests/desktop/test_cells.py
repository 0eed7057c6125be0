"""Do the tables draw their own cells as they should: what differs, all of it, and nothing that is out of date?"""

import ast
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, Qt
from PySide6.QtGui import QColor, QFont, QPaintEvent
from PySide6.QtWidgets import QStyledItemDelegate
from pytestqt.qtbot import QtBot

from explorer import desktop
from explorer.desktop.look.theme import DARK, LIGHT, apply_theme
from explorer.desktop.tables.quiet_table import QuietTable
from explorer.desktop.tables.table_model import RIGHT, Cell, ColumnHead, TableModel


class Grid(TableModel):
    """Texts that a test may change."""

    def __init__(self, rows: int = 6) -> None:
        super().__init__()
        self.texts = [[f"r{row}c{column}" for column in range(3)] for row in range(rows)]
        self.grounds: dict[tuple[int, int], str] = {}
        self.rows = rows

    def column_total(self) -> int:
        return 3

    def head(self, column: int) -> Cell:
        return Cell(str(column + 1))

    def cells(self, row: int) -> tuple[Cell, ...]:
        return tuple(
            Cell(text, ground=self.grounds.get((row, column))) for column, text in enumerate(self.texts[row])
        )


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
    grid.redraw()
    qtbot.waitUntil(lambda: bool(painted.rects))
    assert painted.rects == [table.visualRect(grid.index(2, 1))]


def test_nothing_is_drawn_where_nothing_differs(qtbot: QtBot, table, grid):
    qtbot.wait(1)
    painted = Painted(table)
    grid.redraw()
    qtbot.wait(20)
    assert painted.rects == []


def test_what_is_drawn_is_what_the_model_says_now(table, grid):
    before = picture(table, 1, 1)
    grid.texts[1][1] = "something else"
    grid.redraw()
    assert picture(table, 1, 1) != before
    grid.texts[1][1] = "r1c1"
    grid.redraw()
    assert picture(table, 1, 1) == before


def test_rows_that_come_and_go_move_the_pictures_of_the_others(table, grid):
    second = picture(table, 2, 0)
    grid.beginRemoveRows(QModelIndex(), 0, 0)
    del grid.texts[0]
    grid.rows -= 1
    grid.endRemoveRows()
    assert picture(table, 1, 0) == second
    with grid.anew():
        grid.texts = [["x", "y", "z"], *grid.texts]
        grid.rows += 1
    assert picture(table, 2, 0) == second


def test_the_ground_of_a_cell_is_seen(table, grid):
    grid.grounds[0, 0] = "warning_soft"
    grid.redraw()
    image = picture(table, 0, 0)
    assert QColor(image.pixel(image.rect().topRight() - QPoint(2, -2))) == QColor(LIGHT.warning_soft)


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
    grid.redraw()
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
    grid.redraw()
    table.grab()
    assert {column for _, column in drawn} == {1}


def test_who_listens_is_told_what_the_others_see(qtbot: QtBot) -> None:
    cell = Cell(
        "12", "muted", "now", QFont(), RIGHT, picture="warning", tip="<b>all</b> of it", spoken="twelve"
    )

    class One(TableModel):
        HEADS = (ColumnHead("Events", RIGHT),)

        def cells(self, row: int) -> tuple[Cell, ...]:
            return (cell,)

    apply_theme("dark")
    model, role = One(), Qt.ItemDataRole
    assert model.rowCount() == 0
    with qtbot.waitSignal(model.modelReset), model.anew():
        model.rows = 1
    index = model.index(0, 0)
    told = {each: index.data(each) for each in role}
    assert (told[role.DisplayRole], told[role.AccessibleTextRole]) == ("12", "twelve")
    assert told[role.ToolTipRole] == "<p>&lt;b&gt;all&lt;/b&gt; of it</p>"
    assert told[role.TextAlignmentRole] == Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    assert told[role.ForegroundRole].color() == QColor(DARK.muted)
    assert told[role.BackgroundRole].color() == QColor(DARK.now)
    assert told[role.FontRole] == cell.font
    assert not told[role.DecorationRole].isNull()
    assert told[role.EditRole] is None
    across = Qt.Orientation.Horizontal
    assert model.headerData(0, across) == "Events"
    assert model.headerData(0, across, role.TextAlignmentRole) == told[role.TextAlignmentRole]
    assert model.headerData(1, across) is model.headerData(0, Qt.Orientation.Vertical) is None


def test_every_table_of_the_window_describes_its_cells_once() -> None:
    package = Path(desktop.__file__).parent
    classes = [
        (path.name, node.name, [ast.unparse(base) for base in node.bases], {
            each.name for each in node.body if isinstance(each, ast.FunctionDef)
        })
        for path in package.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
    ]  # fmt: skip
    assert [name for _, name, bases, _ in classes if "QAbstractTableModel" in bases] == ["TableModel"]
    models = {name: methods for _, name, bases, methods in classes if "TableModel" in bases}
    assert len(models) >= 14
    assert all("cells" in methods for methods in models.values())
    by_role = [name for name, methods in models.items() if methods & {"data", "headerData"}]
    assert by_role == ["BookmarksModel"]  # which can be written in
