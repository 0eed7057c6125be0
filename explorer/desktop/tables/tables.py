"""What do all tables of the window have in common?"""

from PySide6.QtCore import QAbstractItemModel, QItemSelectionModel, QSize, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
)

from explorer.desktop.look.theme import row_px
from explorer.desktop.tables.cells import CellTable
from explorer.language import tr


class QuietTable(CellTable):
    """A table of one row height, one selected row, no grid of its own and no editing."""

    def __init__(self, model: QAbstractItemModel, name: str) -> None:
        super().__init__()
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
        rows.setMinimumSectionSize(row_px())
        rows.setDefaultSectionSize(row_px())
        columns = self.horizontalHeader()
        columns.setAccessibleName(tr("{name}: columns").format(name=name))
        columns.setHighlightSections(False)
        # A header draws itself anew when the choice changes, though it shows nothing of it: it is given another.
        columns.setSelectionModel(QItemSelectionModel(model, columns))
        columns.setStretchLastSection(True)
        columns.setMinimumSectionSize(24)
        columns.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def minimumSizeHint(self) -> QSize:
        """The header and the first of a row: with Qt's own least height many tables are too tall for a small screen."""
        return QSize(70, self.horizontalHeader().sizeHint().height() + row_px() // 2)
