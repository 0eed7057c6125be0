"""How are a few rows of plain text shown in a table, with a sign before them?"""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt
from PySide6.QtGui import QBrush, QColor, QGuiApplication

from explorer.desktop import plain
from explorer.desktop.look.theme import number_font, theme_of
from explorer.desktop.tables.table_model import Index

SHORT = 12  # characters that fit into any column
_INKS = {"+": "added", "−": "warning", "~": "changed", "✕": "warning"}


class TextRows(QAbstractTableModel):
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
        self._rows: Sequence[Sequence[str]] = ()
        self._numbers = number_font(QGuiApplication.font())

    def show_rows(self, rows: Sequence[Sequence[str]], columns: Sequence[str] | None = None) -> None:
        """Show other rows, and other titles if there are any."""
        if columns is None and list(map(list, rows)) == list(map(list, self._rows)):
            return
        self.beginResetModel()
        self._rows = rows
        if columns is not None:
            self._columns = list(columns)
        self.endResetModel()

    def text(self, row: int, column: int) -> str:
        """What a cell says."""
        cells = self._rows[row]
        return cells[column] if column < len(cells) else ""

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self._columns):
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(section)
        return self._columns[section] if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        text = self.text(index.row(), index.column())
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return text
            case Qt.ItemDataRole.TextAlignmentRole:
                return self._alignment(index.column())
            case Qt.ItemDataRole.ToolTipRole if len(text) > SHORT:  # it may be cut
                return plain.tip(text)
            case Qt.ItemDataRole.FontRole if index.column() in self._right:
                return self._numbers
            case Qt.ItemDataRole.ForegroundRole if text in _INKS:
                return QBrush(QColor(getattr(theme_of(QGuiApplication.palette()), _INKS[text])))
        return None

    def _alignment(self, column: int) -> Qt.AlignmentFlag:
        side = Qt.AlignmentFlag.AlignRight if column in self._right else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter
