"""In which intervals did a condition hold, as rows on screen?"""

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt
from PySide6.QtGui import QBrush, QColor, QGuiApplication

from explorer.desktop import plain
from explorer.desktop.look.theme import number_font, theme_of
from explorer.desktop.tables.table_model import MAX_ROWS, Index
from explorer.language import tr
from explorer.session.find.finding import DURATION, ENTITY, EVENTS, Hits, hit_titles

MARK = 0  # the column before those of the hits: whether it holds where one stands


class HitsModel(QAbstractTableModel):
    """Holds no rows: it asks for the text of the cells that are painted."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.hits: Hits | None = None
        self.brief = False  # there is room for the largest unit of a duration only
        self._rows = 0
        self._position = 0
        self._numbers = number_font(QGuiApplication.font())

    def show_hits(self, hits: Hits | None) -> None:
        """List other intervals."""
        self.beginResetModel()
        self.hits = hits
        self._rows = 0 if hits is None else min(len(hits), MAX_ROWS)
        self.endResetModel()

    def stand_at(self, position: int) -> None:
        """Mark what holds at `position`, grey what is still to come."""
        self._position = position
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(self._rows - 1, DURATION + 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else self._rows

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else DURATION + 2

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(section)
        if role != Qt.ItemDataRole.DisplayRole or section == MARK:
            return None
        return ([tr("account"), *hit_titles()] if self.hits is None else self.hits.columns)[
            section - 1
        ].capitalize()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        hits = self.hits
        if not index.isValid() or hits is None or index.row() >= self._rows:
            return None
        row, column = index.row(), index.column()
        start, stop = hits.start(row), hits.stop(row)
        holds = start <= self._position and (stop is None or self._position < stop)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                text = hits.text(row, column - 1) if column != MARK else "▶" if holds else ""
                return " ".join(text.split(" ")[:2]) if self.brief and column == DURATION + 1 else text
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole if column == DURATION + 1:
                whole = hits.text(row, column - 1)
                return plain.tip(whole) if role == Qt.ItemDataRole.ToolTipRole else whole
            case Qt.ItemDataRole.AccessibleTextRole if column == MARK:
                return tr("holds here") if holds else tr("does not hold here")
            case Qt.ItemDataRole.TextAlignmentRole:
                return self._alignment(column)
            case Qt.ItemDataRole.FontRole if column > ENTITY + 1:
                return self._numbers
            case Qt.ItemDataRole.ForegroundRole:
                theme = theme_of(QGuiApplication.palette())
                if start > self._position:
                    return QBrush(QColor(theme.future))
                return QBrush(QColor(theme.accent)) if column == MARK else None
        return None

    def _alignment(self, column: int) -> Qt.AlignmentFlag:
        if column == MARK:
            return Qt.AlignmentFlag.AlignCenter
        right = column in {EVENTS + 1, DURATION + 1}
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter
