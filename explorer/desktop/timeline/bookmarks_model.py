"""Which bookmarks does a log have, as rows in which names and notes can be written?"""

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt, Signal

from explorer.desktop.tables.table_model import Index
from explorer.language import grouped, later, tr
from explorer.session.document import Document
from explorer.session.places.bookmarks import Bookmark
from explorer.session.plaintext import visible

POSITION, MOMENT, NAME, NOTE = range(4)
TITLES = (later("#"), later("Time"), later("Name"), later("Note"))
WIDTHS = ((POSITION, 10), (MOMENT, 30), (NAME, 22))  # in figures


class BookmarksModel(QAbstractTableModel):
    """One row for each bookmark, ascending."""

    edited = Signal(object)  # the bookmark as it shall be

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._marks: list[Bookmark] = []
        self._document: Document | None = None

    def show_bookmarks(self, marks: list[Bookmark], document: Document | None) -> None:
        """List these."""
        self.beginResetModel()
        self._marks, self._document = list(marks), document
        self.endResetModel()

    def bookmark(self, row: int) -> Bookmark | None:
        """The bookmark in `row`."""
        return self._marks[row] if 0 <= row < len(self._marks) else None

    def row_of(self, position: int) -> int:
        """The row of the bookmark at `position`; -1: there is none."""
        return next((row for row, mark in enumerate(self._marks) if mark.position == position), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._marks)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(TITLES)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() in {NAME, NOTE} else flags

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return tr(TITLES[section])
        if role == Qt.ItemDataRole.TextAlignmentRole and section == POSITION:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        mark = self.bookmark(index.row()) if index.isValid() else None
        if mark is None:
            return None
        column = index.column()
        if role == Qt.ItemDataRole.EditRole and column in {NAME, NOTE}:
            return mark.name if column == NAME else mark.note.replace("\n", " ")
        if role == Qt.ItemDataRole.DisplayRole:
            match column:
                case 0:
                    return grouped(mark.position)
                case 1:
                    return self._document.moment_text(mark.position) if self._document else ""
                case 2:
                    return visible(mark.name)
                case _:
                    return visible(mark.note)
        if role == Qt.ItemDataRole.TextAlignmentRole and column == POSITION:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        mark = self.bookmark(index.row()) if index.isValid() else None
        if role != Qt.ItemDataRole.EditRole or mark is None or not isinstance(value, str):
            return False
        if index.column() == NOTE and value == mark.note.replace("\n", " "):
            return False  # looked at and left alone: a note of several lines keeps them
        name, note = (value, mark.note) if index.column() == NAME else (mark.name, value)
        self.edited.emit(Bookmark(mark.position, name.strip(), note.strip()))
        return True
