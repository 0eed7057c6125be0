"""What does the table of a value's changes show in each cell?"""

from functools import lru_cache

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt
from PySide6.QtGui import QBrush, QColor, QGuiApplication

from explorer.desktop import plain
from explorer.desktop.look.theme import number_font, theme_of
from explorer.desktop.tables.cell import LEFT, RIGHT, Cell
from explorer.desktop.tables.table_model import Index
from explorer.language import grouped, later, tr
from explorer.session.plaintext import visible
from explorer.session.reasons.why import WhyLine, WhyLines

TITLES = ("#", later("Time"), later("Type"), later("Field"), later("How"), later("Reason"))
POSITION, TIME, TYPE, FIELD, HOW, REASON = range(6)
MOST_KEPT = 1_024  # rows


class WhyModel(QAbstractTableModel):
    """The changes of a value, oldest first; each is told when it is painted."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: WhyLines | None = None
        self._position = 0
        self._numbers = number_font(QGuiApplication.font())
        self._row = lru_cache(MOST_KEPT)(self._made)

    def show_lines(self, lines: WhyLines | None) -> None:
        """List other changes."""
        self.beginResetModel()
        self.lines = lines
        self._row.cache_clear()
        self.endResetModel()

    def stand_at(self, position: int) -> None:
        """Grey the changes after `position`."""
        before, self._position = self.current_row(), position
        now = self.current_row()
        if self.lines and now != before:
            rows = [-1 if row is None else row for row in (before, now)]
            self.dataChanged.emit(self.index(min(rows) + 1, 0), self.index(max(rows), REASON))

    def current_row(self) -> int | None:
        """Return the row of the change that the value on screen comes from."""
        return self.lines.last_by(self._position) if self.lines else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() or self.lines is None else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(TITLES)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return tr(TITLES[section])
        if role == Qt.ItemDataRole.TextAlignmentRole and section == POSITION:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or self.lines is None:
            return None
        line, column = self.lines[index.row()], index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return _text(line, column)
            case Qt.ItemDataRole.ToolTipRole if column in (HOW, REASON):
                return plain.tip(_text(line, column))
            case Qt.ItemDataRole.TextAlignmentRole if column == POSITION:
                return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            case Qt.ItemDataRole.FontRole if column in (POSITION, TIME, HOW):
                return self._numbers
            case Qt.ItemDataRole.ForegroundRole if line.position > self._position:
                return QBrush(QColor(theme_of(QGuiApplication.palette()).future))
            case Qt.ItemDataRole.ForegroundRole if column in (POSITION, TIME, REASON):
                return QBrush(QColor(theme_of(QGuiApplication.palette()).muted))
        return None

    def cells(self, row: int) -> tuple[Cell, ...]:
        """A whole row at once: what `data` tells role by role, the same object as long as it looks the same."""
        if self.lines is None or row >= len(self.lines):
            return (Cell(""),) * len(TITLES)
        future = int(self.lines.positions[row]) > self._position
        return self._row(row, future, QGuiApplication.palette().cacheKey())

    def _made(self, row: int, future: bool, _dress: int) -> tuple[Cell, ...]:
        assert self.lines is not None
        line, theme = self.lines[row], theme_of(QGuiApplication.palette())
        return tuple(
            Cell(
                _text(line, column),
                theme.future if future else theme.muted if column in (POSITION, TIME, REASON) else None,
                None,
                self._numbers if column in (POSITION, TIME, HOW) else None,
                RIGHT if column == POSITION else LEFT,
            )
            for column in range(len(TITLES))
        )


def _text(line: WhyLine, column: int) -> str:
    texts = grouped(line.position), line.at_text, line.type, line.field, line.explanation, line.reason
    return visible(texts[column])
