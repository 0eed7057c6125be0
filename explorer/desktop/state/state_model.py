"""What is the state of every account at the playhead, what did the last event change, and how went each number?"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from PySide6.QtCore import QModelIndex, QObject, QPointF, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPainter, QPen, QPolygonF

from explorer.desktop.look.theme import theme_of
from explorer.desktop.tables.table_model import (
    CENTRE,
    LEFT,
    MAX_ROWS,
    RIGHT,
    SIGN_COLOURS,
    Cell,
    Ground,
    Ink,
    TableModel,
)
from explorer.history.field_history import Points, curve
from explorer.history.state import State
from explorer.language import later, tr
from explorer.patterns import lazy_pattern
from explorer.session.find.state_filter import AT_ONCE, Flags, StateFilter
from explorer.session.plaintext import visible
from explorer.session.state.arrangement import Arrangement
from explorer.session.state.state_view import StateView

CURVE_PX = 72
_MARGIN_PX = 5
_STEP_PX = 2  # one point; a position that lies between two is not drawn
_KEPT = 4_096


@dataclass(frozen=True)
class Curve:
    """The points, and how far through history one stands (0 … 1)."""

    points: Points
    here: float

    def paint(self, painter: QPainter, rect: QRect) -> None:
        """Draw it at the left of `rect`: what has happened in the accent, what has not paler, zero as a line."""
        known = [point for point in self.points if point is not None]
        if not known:
            return
        theme = theme_of(QGuiApplication.palette())
        low, high = min(known), max(known)
        top, tall = rect.top() + _MARGIN_PX, max(rect.height() - 2 * _MARGIN_PX, 1)
        left = float(rect.left() + _MARGIN_PX)
        wide = CURVE_PX - 2 * _MARGIN_PX
        step = wide / max(len(self.points) - 1, 1)

        def y(value: float) -> float:
            return top + tall * (0.5 if high == low else (high - value) / (high - low))

        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if low < 0 < high:
            painter.setPen(QPen(QColor(theme.border), 1))
            painter.drawLine(QPointF(left, y(0)), QPointF(left + wide, y(0)))
        at = self.here * (len(self.points) - 1)
        past: list[QPointF] = []
        future: list[QPointF] = []
        for number, value in enumerate(self.points):
            if value is None:
                continue
            point = QPointF(left + number * step, y(value))
            (past if number <= at else future).append(point)
            if number <= at < number + 1:
                future.append(point)
        for line, colour in ((future, theme.bars), (past, theme.accent)):
            painter.setPen(QPen(QColor(colour), 1.3))
            if len(line) > 1:
                painter.drawPolyline(QPolygonF(line))
        if past:
            painter.setBrush(QColor(theme.accent))
            painter.drawEllipse(past[-1], 2.0, 2.0)
        painter.restore()


class Curves:
    """The curves of one log's numbers, each made when its cell is drawn for the first time."""

    def __init__(self, last: int) -> None:
        self._last = last
        self._stops = (
            np.linspace(0, last, (CURVE_PX - 2 * _MARGIN_PX) // _STEP_PX + 1).round().astype(np.int64)
        )
        self._points = lru_cache(_KEPT)(self._made)
        self._view: StateView | None = None

    def of(self, view: StateView, row: int, column: int) -> Curve:
        """The curve of a cell."""
        self._view = view
        name = view.shown[column].name
        return Curve(self._points(view.rows.code_at(row), name), view.position / max(self._last, 1))

    def _made(self, code: int, name: str) -> Points:
        view = self._view
        assert view is not None
        column = next(column for column in view.shown if column.name == name)
        assert column.field is not None
        return curve(view.state.field_history(column.field), code, column.key, self._stops)


BEATS = 4  # on, off, on, off: seen even when one looks elsewhere, and slow enough to trouble nobody
BEAT_MS = 220
MARK = 0  # the column before those of the state: + added, ~ changed, of groups whether they are folded
SYMBOLS = {"added": "+", "changed": "~", "removed": "−"}
SPOKEN = {"added": later("added"), "changed": later("changed")}
FOLDED, UNFOLDED = "▸", "▾"
MOST_KEPT = 4_096  # rows

_WHEN = lazy_pattern(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(:\d\d(?:\.\d+)?)?(?:Z|\+00:00)")


class Flash(QObject):
    """Turns a look on and off a few times; it is off in the end, also when it is begun anew in between."""

    def __init__(self, draw: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._draw = draw
        self._left = 0
        self._timer = QTimer(self)
        self._timer.setInterval(BEAT_MS)
        self._timer.timeout.connect(self._beat)

    @property
    def on(self) -> bool:
        """Whether it is bright now."""
        return self._left % 2 == 1

    def begin(self) -> None:
        """Begin."""
        self._left = BEATS - 1
        self._timer.start()
        self._draw()

    def _beat(self) -> None:
        self._left -= 1
        if self._left <= 0:
            self._timer.stop()
            self._left = 0
        self._draw()


class StateModel(TableModel):
    """One `StateView` after another; rows and columns that stay are only repainted."""

    arranged = Signal()  # the person wants to see the state otherwise
    lagging = (
        Signal()
    )  # the filter needs longer than a frame for this state: what is shown is of an earlier one

    ordering = (
        Signal()
    )  # so many rows are put in order beside the window; the others stay on screen meanwhile

    reading = Signal()  # something must be read, beside the window, before what is on screen can be told

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.unread: tuple[StateView, int] | None = None  # from which row on it must be read
        self._awaited = Cell("…", "muted", spoken=tr("being read"))
        self._view: StateView | None = None
        self.waiting: StateView | None = None  # what is to be shown once its rows are in order
        self._shown: StateView | None = None  # `_view` as it is arranged
        self._arrangement = Arrangement()
        self._filter: StateFilter | None = None
        self._keep: Flags | None = None
        self._of_kind: Flags | None = None
        self.curves: Curves | None = None
        self._fonts: dict[int, QFont | None] = {LEFT: None, RIGHT: self.numbers}
        self._unmarked = Cell("", side=CENTRE, spoken=tr("unchanged"))
        self._same: dict[tuple[int, int], tuple[Cell, ...]] = {}  # rows that look as at an earlier position
        self.flash = Flash(self.redraw, self)  # of what the last event changed

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

    def show_kind(self, of_kind: Flags | None) -> None:
        """(entities,) show only those of one kind; None: all. What is to be seen of them is arranged next."""
        self._of_kind = of_kind

    def refresh(self) -> None:
        """Show the state that one stands at, arranged and filtered as is wanted now."""
        shown = None if self._view is None else self._view.arranged(self._arrangement, self._kept(self._view))
        self.waiting = None
        if shown is not None and shown.takes_long:
            self.waiting = shown
            self.ordering.emit()
            if _of_one_history(self._view, self._shown):
                return
            shown = shown.arranged(replace(self._arrangement, sort=None, group=None))
        self._show(shown)

    def show_ordered(self, view: StateView) -> None:
        """Show what has waited for this, or is older than that but of the same log."""
        wanted = self.waiting
        if wanted is None or not _of_one_history(view, wanted):
            return
        if wanted is view:
            self.waiting = None
        if view.arrangement == wanted.arrangement:
            self._show(view)
        if wanted is not view:
            self.ordering.emit()

    def leave_rows(self) -> None:
        """Wait no longer for an order: the rows stand as they do, or, where they are of another state, as they come."""
        view, shown = self._view, self._shown
        self.waiting = None
        if view is not None and _of_one_history(view, shown) and shown is not None:
            if shown.position == view.position:
                self._arrangement = shown.arrangement
                self.arranged.emit()
            else:
                self.arrange(replace(self._arrangement, sort=None, group=None))

    def _show(self, shown: StateView | None) -> None:
        if not _of_one_history(shown, self._shown):
            self._same.clear()
        if shown is None or self._shown is None or shown.columns != self._shown.columns:
            self._same.clear()
            with self.anew():
                self._shown, self.rows = shown, self._row_total(shown)
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

    def column_total(self) -> int:
        return 0 if self._shown is None else len(self._shown.columns) + 1

    def head(self, column: int) -> Cell:
        view = self._shown
        if view is None or column == MARK:
            return Cell("", side=CENTRE)
        name = visible(self.column_name(column), 80)
        title = name.capitalize() if name.islower() and "." not in name else name
        tip = tr("Each curve runs over all of history, whatever part the timeline shows.")
        curved = self.column_name(column) in self._arrangement.curves
        return Cell(title, side=_side(view, column), tip=tip if curved else "")

    def cells(self, row: int) -> tuple[Cell, ...]:
        view = self._shown
        if view is None or row >= view.row_count:
            return (Cell(""),) * self.column_total()
        asked = self.unread  # what stands below a row that is being read is read with it
        if (asked is not None and asked[0] is view and row >= asked[1]) or view.must_read(row):
            return self._asked_for(view, row)
        same = None if self.curves is not None and self._arrangement.curves else view.sameness(row)
        if same is None:
            return self._made(view, row)
        found = self._same.get(same)
        if found is None:
            if len(self._same) >= MOST_KEPT:
                self._same.clear()
            found = self._same[same] = self._made(view, row)
        return found

    def cell(self, row: int, column: int) -> Cell:
        view = self._shown
        return Cell("") if view is None or row >= view.row_count else self._cell(view, row, column)

    def take_page(self) -> None:
        """What was to be read has been."""
        self.unread = None
        self.redraw()

    def _asked_for(self, view: StateView, row: int) -> tuple[Cell, ...]:
        """A row that waits for being read, and ask that it is."""
        if self.unread is None or self.unread[0] is not view:
            self.unread = view, row
            self.reading.emit()
        return self._unmarked, *[self._awaited] * len(view.columns)

    def _made(self, view: StateView, row: int) -> tuple[Cell, ...]:
        return tuple([self._cell(view, row, column) for column in range(len(view.columns) + 1)])

    def _cell(self, view: StateView, row: int, column: int) -> Cell:
        if view.is_group(row):
            if column > MARK:
                return Cell(view.text(row, column - 1), None, "raised", self.bold, _side(view, column))
            sign, said = (FOLDED, tr("folded group")) if view.is_folded(row) else (UNFOLDED, tr("group"))
            return Cell(sign, None, "raised", self.bold, CENTRE, spoken=said)
        change = view.change(row)
        if column == MARK and change is None:
            return self._unmarked
        ink, ground = self._looks(change)
        if change is not None and column == MARK:
            spoken = tr(SPOKEN.get(change, later("unchanged")))
            return Cell(SYMBOLS[change], ink, ground, self.bold, CENTRE, spoken=spoken)
        at, side = column - 1, _side(view, column)
        whole = view.text(row, at)
        text = when_text(whole)
        cell = Cell(text, None, None, self._fonts[side], side, spoken="" if text == whole else whole)
        if change is not None:
            delta, before = view.delta_text(row, at), view.before_text(row, at)
            if view.changed(row, at):
                cell = cell._replace(ink=ink, ground=ground)
            if delta or before:
                cell = cell._replace(beside=delta or before, spoken=_said(whole, delta, before))
        if self.curves is not None and view.shown[at].name in self._arrangement.curves:
            cell = cell._replace(drawn=self.curves.of(view, row, at), drawn_px=CURVE_PX)
        return cell

    def _looks(self, change: str | None) -> tuple[Ink | None, Ground | None]:
        if change is None:
            return None, None
        ink, ground = SIGN_COLOURS[SYMBOLS[change]]
        return ink, "now" if self.flash.on else ground

    def _kept(self, view: StateView) -> Flags | None:
        """Which entities are shown: those that pass the filter, of the kind."""
        kept, own = self._passing(view), self._of_kind
        if own is None or len(own) != view.state.entity_count:
            return kept
        return own if kept is None else kept & own

    def _passing(self, view: StateView) -> Flags | None:
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
        if rows > self.rows:
            self.beginInsertRows(QModelIndex(), self.rows, rows - 1)
            self._shown, self.rows = shown, rows
            self.endInsertRows()
        elif rows < self.rows:
            self.beginRemoveRows(QModelIndex(), rows, self.rows - 1)
            self._shown, self.rows = shown, rows
            self.endRemoveRows()
        self._shown = shown
        self.redraw()


def _side(view: StateView, column: int) -> int:
    return RIGHT if view.is_number(column - 1) else LEFT


def _said(text: str, delta: str, before: str) -> str:
    if delta:
        return tr("{text}, changed by {delta}").format(text=text, delta=delta)
    before = before.strip("− →")
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
