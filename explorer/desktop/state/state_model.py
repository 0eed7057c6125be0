"""What is the state of every account at the playhead, and what did the last event change in it?"""

import re
from dataclasses import replace

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QFont, QGuiApplication

from explorer.desktop import plain
from explorer.desktop.look.theme import bold_font, number_font, theme_of
from explorer.desktop.state.curves import CURVE_PX, Curves
from explorer.desktop.state.flash import Flash
from explorer.desktop.tables.cell import BESIDE_ROLE, CENTRE, LEFT, RIGHT, Cell
from explorer.desktop.tables.table_model import MAX_ROWS, Index
from explorer.history.state import State
from explorer.language import later, tr
from explorer.session.plaintext import visible
from explorer.session.state.arrangement import Arrangement
from explorer.session.state.state_filter import AT_ONCE, Flags, StateFilter
from explorer.session.state.stateview import StateView

DELTA_ROLE = BESIDE_ROLE
GROUP_ROLE = Qt.ItemDataRole.UserRole + 2  # whether the row is the heading of a group
MARK = 0  # the column before those of the state: + added, ~ changed, of groups whether they are folded
SYMBOLS = {"added": "+", "changed": "~", "removed": "−"}
SPOKEN = {"added": later("added"), "changed": later("changed")}
FOLDED, UNFOLDED = "▸", "▾"
MOST_KEPT = 4_096  # rows
UNMARKED = Cell("", side=CENTRE)

_WHEN = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(:\d\d(?:\.\d+)?)?(?:Z|\+00:00)")


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
        self.curves: Curves | None = None
        self._numbers = number_font(QGuiApplication.font())
        self._bold = bold_font()
        self._fonts: dict[int, QFont | None] = {LEFT: None, RIGHT: self._numbers}
        self._same: dict[tuple[int, int], tuple[Cell, ...]] = {}  # rows that look as at an earlier position
        self.flash = Flash(self._redraw, self)  # of what the last event changed

    def show_state(self, view: StateView | None) -> None:
        """Show `view`; rows are added or taken away at the end, so that the table need not jump."""
        self._view = view
        self.refresh()

    @property
    def state(self) -> State | None:
        """The state that one stands at."""
        return None if self._view is None else self._view.state

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
        if not _of_one_history(self._view, self._shown):
            self._same.clear()
        shown = None if self._view is None else self._view.arranged(self._arrangement, self._kept(self._view))
        if shown is None or self._shown is None or shown.columns != self._shown.columns:
            self._same.clear()
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
        if role == Qt.ItemDataRole.ToolTipRole and self.column_name(section) in self._arrangement.curves:
            return plain.tip(tr("Each curve runs over all of history, whatever part the timeline shows."))
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
                ground = theme.added_soft if change == "added" else theme.changed_soft
                return QBrush(QColor(theme.now if self.flash.on else ground))
            case role if role == DELTA_ROLE and change and column > MARK:
                return view.delta_text(row, column - 1) or view.before_text(row, column - 1)
        return None

    def cells(self, row: int) -> tuple[Cell, ...]:
        """A whole row at once: what `data` tells role by role."""
        view = self._shown
        if view is None or row >= view.row_count:
            return (Cell(""),) * self.columnCount()
        same = None if self.curves is not None and self._arrangement.curves else view.sameness(row)
        if same is None:
            return self._made(view, row)
        found = self._same.get(same)
        if found is None:
            if len(self._same) >= MOST_KEPT:
                self._same.clear()
            found = self._same[same] = self._made(view, row)
        return found

    def _made(self, view: StateView, row: int) -> tuple[Cell, ...]:
        theme = theme_of(QGuiApplication.palette())
        sides = [RIGHT if view.is_number(column) else LEFT for column in range(len(view.columns))]
        if view.is_group(row):
            sign = FOLDED if view.is_folded(row) else UNFOLDED
            heads = [
                Cell(view.text(row, column), None, theme.raised, self._bold, side)
                for column, side in enumerate(sides)
            ]
            return (Cell(sign, None, theme.raised, self._bold, CENTRE), *heads)
        change = view.change(row)
        added = change == "added"
        ink, ground = (theme.added, theme.added_soft) if added else (theme.changed, theme.changed_soft)
        cells = [UNMARKED if change is None else Cell(SYMBOLS[change], ink, ground, self._bold, CENTRE)]
        for column, side in enumerate(sides):
            cell = Cell(when_text(view.text(row, column)), None, None, self._fonts[side], side)
            if change is not None:
                beside = view.delta_text(row, column) or view.before_text(row, column)
                cell = cell._replace(beside=beside)
                if view.changed(row, column):
                    cell = cell._replace(ink=ink, ground=ground)
            if self.curves is not None and view.shown[column].name in self._arrangement.curves:
                cell = cell._replace(drawn=self.curves.of(view, row, column), drawn_px=CURVE_PX)
            cells.append(cell)
        return tuple(cells)

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
                return self._bold
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

    def _redraw(self) -> None:
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(self._rows - 1, self.columnCount() - 1))

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
        if column == MARK:
            return self._bold
        return self._numbers if self._shown is not None and self._shown.is_number(column - 1) else None

    def _spoken(self, view: StateView, row: int, column: int) -> str:
        if column == MARK:
            return tr(SPOKEN.get(view.change(row) or "", later("unchanged")))
        text = view.text(row, column - 1)
        delta = view.delta_text(row, column - 1)
        if delta:
            return tr("{text}, changed by {delta}").format(text=text, delta=delta)
        before = view.before_text(row, column - 1).strip("− →")
        return tr("{text}, before: {before}").format(text=text, before=before) if before else text


def _of_one_history(view: StateView | None, other: StateView | None) -> bool:
    return view is not None and other is not None and view.state.touches is other.state.touches


def when_text(text: str) -> str:
    """`2026-01-02 10:15` for `2026-01-02T10:15:00Z`: a time in UTC as people read it; other text as it is."""
    found = _WHEN.fullmatch(text) if len(text) > 15 and text[4] == "-" else None
    if found is None:
        return text
    seconds = "" if found[3] in {None, ":00"} else found[3]
    return f"{found[1]} {found[2]}{seconds}"
