"""Which bookmarks does a log have, as rows in which names and notes can be written?"""

from PySide6.QtCore import QObject, Qt, Signal

from explorer.desktop.tables.table_model import RIGHT, Cell, Head, Index, TableModel
from explorer.language import grouped, later
from explorer.session.document import Document
from explorer.session.places.bookmarks import Bookmark
from explorer.session.plaintext import visible

POSITION, MOMENT, NAME, NOTE = range(4)
WIDTHS = ((POSITION, 10), (MOMENT, 30), (NAME, 22))  # in figures


class BookmarksModel(TableModel):
    """One row for each bookmark, ascending."""

    HEADS = Head("#", RIGHT), Head(later("Time")), Head(later("Name")), Head(later("Note"))
    edited = Signal(object)  # the bookmark as it shall be

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._marks: list[Bookmark] = []
        self._document: Document | None = None

    def show_bookmarks(self, marks: list[Bookmark], document: Document | None) -> None:
        """List these."""
        with self.anew():
            self._marks, self._document, self.rows = list(marks), document, len(marks)

    def bookmark(self, row: int) -> Bookmark | None:
        """The bookmark in `row`."""
        return self._marks[row] if 0 <= row < len(self._marks) else None

    def row_of(self, position: int) -> int:
        """The row of the bookmark at `position`; -1: there is none."""
        return next((row for row, mark in enumerate(self._marks) if mark.position == position), -1)

    def cells(self, row: int) -> tuple[Cell, ...]:
        mark = self._marks[row]
        moment = self._document.moment_text(mark.position) if self._document else ""
        return (
            Cell(grouped(mark.position), side=RIGHT),
            Cell(moment),
            Cell(visible(mark.name)),
            Cell(visible(mark.note)),
        )

    # --- what can be written into the table ---------------------------------------------------

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() in {NAME, NOTE} else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        mark = self.bookmark(index.row()) if index.isValid() else None
        if mark is not None and role == Qt.ItemDataRole.EditRole and index.column() in {NAME, NOTE}:
            return mark.name if index.column() == NAME else mark.note.replace("\n", " ")
        return super().data(index, role)

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        mark = self.bookmark(index.row()) if index.isValid() else None
        if role != Qt.ItemDataRole.EditRole or mark is None or not isinstance(value, str):
            return False
        if index.column() == NOTE and value == mark.note.replace("\n", " "):
            return False  # looked at and left alone: a note of several lines keeps them
        name, note = (value, mark.note) if index.column() == NAME else (mark.name, value)
        self.edited.emit(Bookmark(mark.position, name.strip(), note.strip()))
        return True
