"""Which columns of a table stay in view while it is scrolled sideways?"""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QFrame, QHeaderView, QTableView

from explorer.desktop.state.state_model import StateModel
from explorer.desktop.state.totals_model import TotalsModel
from explorer.desktop.tables.cell_table import CellTable
from explorer.desktop.tables.table_model import Index
from explorer.language import tr


class PinnedColumns(CellTable):
    """The first columns of a table, laid over it while it is scrolled sideways; it shares what is chosen."""

    menu_asked = Signal(object, object)  # the index, and where on the screen

    def __init__(self, table: QTableView, model: "StateModel | TotalsModel") -> None:
        super().__init__()
        self.setParent(table)
        self._table = table
        self._state = model
        self.setModel(model)
        self.setSelectionModel(table.selectionModel())
        self.setSelectionBehavior(table.selectionBehavior())
        self.setSelectionMode(table.selectionMode())
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(tr("{table}: pinned columns").format(table=table.accessibleName()))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("role", "pinned")
        self.setShowGrid(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        rows, columns = self.verticalHeader(), self.horizontalHeader()
        rows.setVisible(False)
        rows.setAccessibleName(tr("{table}: pinned rows").format(table=table.accessibleName()))
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.fit_rows()
        columns.setAccessibleName(tr("{table}: names of pinned columns").format(table=table.accessibleName()))
        columns.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        columns.setMinimumSectionSize(24)
        columns.setHighlightSections(False)
        columns.setSectionsClickable(True)
        columns.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        columns.sectionClicked.connect(self._sort)
        self._led = False  # the table moves these columns
        table.verticalScrollBar().valueChanged.connect(self._stand_beside)
        self.verticalScrollBar().valueChanged.connect(self._lead)
        table.horizontalScrollBar().valueChanged.connect(lambda _value: self.follow())
        self.setVerticalScrollMode(table.verticalScrollMode())
        self.hide()

    def follow(self) -> None:
        """Be where the columns would have scrolled away, and nowhere else."""
        view, table = self._state.view, self._table
        pinned = 0 if view is None else min(view.arrangement.pinned, len(view.shown))
        if not pinned or not table.horizontalScrollBar().value():
            self.hide()
            return
        width = 0
        for column in range(self._state.columnCount()):
            self.setColumnHidden(column, column > pinned)
            if column <= pinned:
                self.setColumnWidth(column, table.columnWidth(column))
                width += table.columnWidth(column)
        frame = table.frameWidth()
        head = 0 if table.horizontalHeader().isHidden() else table.horizontalHeader().height()
        tall = head + table.viewport().height()
        self.setGeometry(frame, frame, min(width + 1, table.viewport().width() // 2), tall)
        self.horizontalHeader().setVisible(head > 0)
        self.horizontalHeader().setFixedHeight(head)
        self.show()
        self._stand_beside()
        self.raise_()

    def scrollTo(
        self, index: Index, hint: QTableView.ScrollHint = QTableView.ScrollHint.EnsureVisible
    ) -> None:
        """Nothing: what is chosen is shared, and the table decides whether it comes into sight."""

    def dataChanged(self, first: Index, last: Index, roles: Sequence[int] = ()) -> None:
        if self.isVisible():
            super().dataChanged(first, last, roles)
        else:
            self._drawn.clear()

    def showEvent(self, event: QEvent) -> None:
        self._drawn.clear()
        super().showEvent(event)  # type: ignore[arg-type]

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index = self.indexAt(event.pos())
        if index.isValid():
            self.menu_asked.emit(index, event.globalPos())

    def _stand_beside(self) -> None:
        if (
            self.isVisible()
        ):  # else it has the height of another day, and would hold the table back from its end
            self._led = True
            self.verticalScrollBar().setValue(self._table.verticalScrollBar().value())
            self._led = False

    def _lead(self, value: int) -> None:
        if self.isVisible() and not self._led:  # a wheel was turned over these columns
            self._table.verticalScrollBar().setValue(value)

    def _sort(self, column: int) -> None:
        header = self._table.horizontalHeader()
        same = header.sortIndicatorSection() == column
        down = same and header.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder
        header.setSortIndicator(column, Qt.SortOrder.DescendingOrder if down else Qt.SortOrder.AscendingOrder)
