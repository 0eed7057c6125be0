"""What is the state of every account at the playhead, and what did the last event change in it?"""

from dataclasses import replace

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QFont, QGuiApplication

from explorer.desktop.models.cell import CENTRE, LEFT, RIGHT, Cell, asked
from explorer.desktop.models.events_model import MAX_ROWS
from explorer.desktop.theme import bold_font, number_font, theme_of
from explorer.language import later, tr
from explorer.session.arrangement import Arrangement
from explorer.session.plaintext import visible
from explorer.session.state_filter import AT_ONCE, Flags, StateFilter
from explorer.session.stateview import StateView

DELTA_ROLE = Qt.ItemDataRole.UserRole + 1
GROUP_ROLE = Qt.ItemDataRole.UserRole + 2  # whether the row is the heading of a group
MARK = 0  # the column before those of the state: + added, ~ changed, of groups whether they are folded
SYMBOLS = {"added": "+", "changed": "~", "removed": "−"}
SPOKEN = {"added": later("added"), "changed": later("changed")}
UNMARKED = Cell("", side=CENTRE)
FOLDED, UNFOLDED = "▸", "▾"

type Index = QModelIndex | QPersistentModelIndex


class StateModel(QAbstractTableModel):
    """One `StateView` after another; rows and columns that stay are only repainted."""

    arranged = Signal()  # the person wants to see the state otherwise
    lagging = (
        Signal()
    )  # the filter needs longer than a frame for this state: what is shown is of an earlier one

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._view: StateView | None = None
        self._shown: StateView | None = None  # `_view` as it is arranged
        self._rows = 0
        self._arrangement = Arrangement()
        self._filter: StateFilter | None = None
        self._keep: Flags | None = None
        self._looks: list[tuple[QFont | None, int]] = []  # of the columns: font and side
        self._looks_of: StateView | None = None
        self._numbers = number_font(QGuiApplication.font())
        self._bold = bold_font()

    def show_state(self, view: StateView | None) -> None:
        """Show `view`; rows are added or taken away at the end, so that the table need not jump."""
        self._view = view
        self.refresh()

    @property
    def view(self) -> StateView | None:
        """The state on screen, as it is arranged on screen."""
        return self._shown

    @property
    def arrangement(self) -> Arrangement:
        """How the state is to be seen."""
        return self._arrangement

    def arrange(self, arrangement: Arrangement) -> None:
        """Show the state otherwise."""
        if arrangement != self._arrangement:
            self._arrangement = arrangement
            self.refresh()
            self.arranged.emit()

    def filter_by(self, wanted: StateFilter | None) -> None:
        """Show only what passes; None: everything. The state stays what it is."""
        self._filter, self._keep = wanted, None
        self.refresh()

    def refresh(self) -> None:
        """Show the state that one stands at, arranged and filtered as is wanted now."""
        shown = None if self._view is None else self._view.arranged(self._arrangement, self._kept(self._view))
        if shown is None or self._shown is None or shown.columns != self._shown.columns:
            self.beginResetModel()
            self._shown = shown
            self._rows = self._row_total(shown)
            self.endResetModel()
        else:
            self._change_rows(shown)

    def column_name(self, column: int) -> str:
        """Return the name of what table column `column` shows ("" for the mark)."""
        return self._shown.shown[column - 1].name if self._shown and column > MARK else ""

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column, as a click on its header asks for; by the mark: as the entities came to be."""
        name = self.column_name(column) if 0 <= column < self.columnCount() else ""
        sort = (name, order == Qt.SortOrder.DescendingOrder) if name else None
        self.arrange(replace(self._arrangement, sort=sort))

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else self._rows

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() or self._shown is None else len(self._shown.columns) + 1

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < self.columnCount():
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(section)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        name = visible(self.column_name(section), 80)
        return name.capitalize() if name.islower() and "." not in name else name

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        view = self._shown
        if not index.isValid() or view is None or index.row() >= view.row_count:
            return None
        row, column = index.row(), index.column()
        if view.is_group(row):
            return self._heading(view, row, column, role)
        change = view.change(row)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return SYMBOLS.get(change or "", "") if column == MARK else view.text(row, column - 1)
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._spoken(view, row, column)
            case Qt.ItemDataRole.TextAlignmentRole:
                return self._alignment(column)
            case Qt.ItemDataRole.FontRole:
                return self._font(column)
            case Qt.ItemDataRole.ForegroundRole if change and self._is_changed(row, column):
                theme = theme_of(QGuiApplication.palette())
                return QBrush(QColor(theme.added if change == "added" else theme.changed))
            case Qt.ItemDataRole.BackgroundRole if change and self._is_changed(row, column):
                theme = theme_of(QGuiApplication.palette())
                return QBrush(QColor(theme.added_soft if change == "added" else theme.changed_soft))
            case role if role == DELTA_ROLE and change and column > MARK:
                return view.delta_text(row, column - 1) or view.before_text(row, column - 1)
        return None

    def cells(self, row: int) -> tuple[Cell, ...]:
        """Return a whole row as it is drawn; the same as `data` says, in a fraction of the time."""
        view = self._shown
        if view is None or row >= view.row_count:
            return ()
        if view.is_group(row) or view.change(row):
            return tuple(asked(self, row, column) for column in range(self.columnCount()))
        if self._looks_of is not view:
            self._looks_of = view
            self._looks = [
                (self._numbers, RIGHT) if view.is_number(column) else (None, LEFT)
                for column in range(len(view.columns))
            ]
        row_cells = [
            Cell(view.text(row, column), font=font, side=side)
            for column, (font, side) in enumerate(self._looks)
        ]
        return (UNMARKED, *row_cells)

    def _heading(self, view: StateView, row: int, column: int, role: int) -> object:
        match role:
            case Qt.ItemDataRole.DisplayRole:
                if column == MARK:
                    return FOLDED if view.is_folded(row) else UNFOLDED
                return view.text(row, column - 1)
            case Qt.ItemDataRole.AccessibleTextRole if column == MARK:
                return tr("folded group") if view.is_folded(row) else tr("group")
            case Qt.ItemDataRole.TextAlignmentRole:
                return self._alignment(column)
            case Qt.ItemDataRole.FontRole:
                font = self._font(column)
                if font is None:
                    return self._bold
                font.setBold(True)
                return font
            case Qt.ItemDataRole.BackgroundRole:
                return QBrush(QColor(theme_of(QGuiApplication.palette()).raised))
            case role if role == GROUP_ROLE:
                return True
        return None

    def _kept(self, view: StateView) -> Flags | None:
        """Which entities pass the filter; if that takes too long for a frame, those of the last answer."""
        if self._filter is None:
            return None
        if self._filter.work(view.state) <= AT_ONCE:
            self._keep = self._filter.flags(view.state)
        else:
            self.lagging.emit()
        return self._keep

    def _row_total(self, shown: StateView | None) -> int:
        return min(shown.row_count, MAX_ROWS) if shown else 0

    def _change_rows(self, shown: StateView) -> None:
        rows = self._row_total(shown)
        if rows > self._rows:
            self.beginInsertRows(QModelIndex(), self._rows, rows - 1)
            self._shown, self._rows = shown, rows
            self.endInsertRows()
        elif rows < self._rows:
            self.beginRemoveRows(QModelIndex(), rows, self._rows - 1)
            self._shown, self._rows = shown, rows
            self.endRemoveRows()
        self._shown = shown
        if rows:
            self.dataChanged.emit(self.index(0, 0), self.index(rows - 1, self.columnCount() - 1))

    def _is_changed(self, row: int, column: int) -> bool:
        return column == MARK or (self._shown is not None and self._shown.changed(row, column - 1))

    def _alignment(self, column: int) -> Qt.AlignmentFlag:
        if column == MARK:
            return Qt.AlignmentFlag.AlignCenter
        number = self._shown is not None and self._shown.is_number(column - 1)
        side = Qt.AlignmentFlag.AlignRight if number else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter

    def _font(self, column: int) -> QFont | None:
        number = self._shown is not None and column > MARK and self._shown.is_number(column - 1)
        font = QFont(self._numbers) if number or column == MARK else None
        if column == MARK and font is not None:
            font.setBold(True)
        return font

    def _spoken(self, view: StateView, row: int, column: int) -> str:
        if column == MARK:
            return tr(SPOKEN.get(view.change(row) or "", later("unchanged")))
        text = view.text(row, column - 1)
        delta = view.delta_text(row, column - 1)
        if delta:
            return tr("{text}, changed by {delta}").format(text=text, delta=delta)
        before = view.before_text(row, column - 1).strip("− →")
        return tr("{text}, before: {before}").format(text=text, before=before) if before else text
