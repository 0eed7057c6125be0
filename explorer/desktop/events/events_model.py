"""Which raw events are listed, and how does each cell look from where the playhead stands?"""

from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QObject
from PySide6.QtGui import QFont, QGuiApplication

from explorer.desktop.tables.table_model import LEFT, MAX_ROWS, RIGHT, Cell, Ground, Ink, TableModel
from explorer.language import grouped, tr
from explorer.session.document import Document
from explorer.session.events.entries import Entry
from explorer.session.events.event_columns import EventColumn, EventRow, row_of
from explorer.session.plaintext import visible

CACHED_ENTRIES = 4096  # some screens full: scrolling back costs nothing
CHANGE_SIGNS = {"skip": "−", "edit": "~", "insert": "+"}  # of what a branch does to an event
MARK, POSITION, TIME, TYPE, ENTITY = range(5)
OWN = 5  # the first of the columns that somebody chose; after the last of them stands the rest of the payload

type Int64s = npt.NDArray[np.int64]


class EventsModel(TableModel):
    """The entries of the open log: events and unread stretches, read as they are painted."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document: Document | None = None
        self._listed: Int64s | None = None  # entry rows, ascending; None: all of them
        self._hits: Int64s | None = None  # those that the filter found, listed alone or among all
        self._first = 0  # the table shows a stretch when the list is longer than Qt can draw
        self._position = 0
        self._now: int | None = None
        self.columns: tuple[EventColumn, ...] = ()
        self._rights = self._sides()
        self._read = lru_cache(maxsize=CACHED_ENTRIES)(self._read_row)
        self._row = lru_cache(maxsize=CACHED_ENTRIES)(self._make_row)
        self._changes: Mapping[int, str] = {}  # what a branch does to the event at a position
        self._struck = _struck_out(QGuiApplication.font())
        self._numbers_struck = _struck_out(self.numbers)

    def show_document(self, document: Document | None) -> None:
        """List every entry of `document`; also needed after its order has changed."""
        with self.anew():
            self._document = document
            self._listed = self._hits = None
            # what a branch does stays: who keeps the branches has just said so anew
            self._read.cache_clear()
            self._row.cache_clear()
            self._first = 0
            self.rows = min(self.listed_count, MAX_ROWS)

    def show_columns(self, columns: Sequence[EventColumn]) -> None:
        """Give members of the payload or the metadata columns of their own."""
        if tuple(columns) != self.columns:
            with self.anew():
                self.columns = tuple(columns)
                self._rights = self._sides()
                self._read.cache_clear()
                self._row.cache_clear()

    def show_changes(self, changes: Mapping[int, str]) -> None:
        """Strike out the events at these positions that a branch skips, and mark those that it edits or has more."""
        if changes == self._changes:
            return
        self._changes = dict(changes)
        self._row.cache_clear()
        self.redraw()

    def _change(self, entry: Entry) -> str:
        return "" if entry.position is None else self._changes.get(entry.position, "")

    def show_hits(self, hits: Int64s | None, *, alone: bool = True) -> None:
        """Hide every entry but these (ascending), or only mark these; None lists all again. The state never changes."""
        with self.anew():
            self._hits = hits
            self._listed = hits if alone else None
            self._first = 0
            self.rows = min(self.listed_count, MAX_ROWS)

    @property
    def listed_count(self) -> int:
        """How many entries the filter lets through."""
        if self._listed is not None:
            return len(self._listed)
        return self._document.entry_count if self._document else 0

    @property
    def last_position(self) -> int:
        """The highest position that can be listed."""
        return self._document.event_count if self._document else 0

    def entry_row(self, row: int) -> int:
        """Return the entry that table row `row` shows."""
        listed = self._first + row
        return listed if self._listed is None else int(self._listed[listed])

    def entry(self, row: int) -> Entry:
        """Return what table row `row` shows."""
        return self._read(self.entry_row(row)).entry

    def row_of(self, entry: int) -> int | None:
        """Return the table row of `entry`, moving the stretch if need be; None when hidden."""
        listed = entry
        if self._listed is not None:
            listed = int(np.searchsorted(self._listed, entry))
            if listed == len(self._listed) or self._listed[listed] != entry:
                return None
        if not self._first <= listed < self._first + self.rows:
            with self.anew():
                self._first = max(0, min(listed - self.rows // 2, self.listed_count - self.rows))
        return listed - self._first

    def row_near(self, entry: int) -> int | None:
        """Return the table row of the last listed entry at or before one that is hidden; None if nothing is listed."""
        if self._listed is None or not len(self._listed):
            return None
        at = max(int(np.searchsorted(self._listed, entry, "right")) - 1, 0)
        return self.row_of(int(self._listed[at]))

    def stand_at(self, position: int, now: int | None) -> None:
        """Grey what lies after `position`, and mark the entry `now`."""
        self._position, self._now = position, now
        self.redraw()

    def column_total(self) -> int:
        return OWN + len(self.columns) + 1

    def own(self, section: int) -> EventColumn | None:
        """Return the member that stands in a column; None for the columns that every log has."""
        return self.columns[section - OWN] if OWN <= section < OWN + len(self.columns) else None

    def head(self, column: int) -> Cell:
        side = RIGHT if self._is_right(column) else LEFT
        if (own := self.own(column)) is not None:
            return Cell(own.title, side=side)
        noun = visible(self._document.noun if self._document else "account", 40).capitalize()
        titles = "", "#", tr("Time"), tr("Type"), noun, tr("Data")
        return Cell(titles[min(column, OWN)], side=side)

    def cells(self, row: int) -> tuple[Cell, ...]:
        entry = self.entry_row(row)
        future = self._read(entry).entry.applied > self._position
        return self._row(entry, entry == self._now, future, self._is_hit(entry))

    def text(self, row: int, column: int) -> str:
        return self._text(self._read(self.entry_row(row)), column)  # many are measured that are not drawn

    def _make_row(self, row: int, now: bool, future: bool, _hit: bool) -> tuple[Cell, ...]:
        read = self._read(row)
        entry = read.entry
        change, warning = self._change(entry), visible(_warning(entry))
        ground: Ground | None = "now" if now else None
        cells = [
            Cell(
                self._text(read, column),
                self._ink(entry, column, now=now, future=future),
                ground,
                self._font(column, now=now, change=change),
                RIGHT if right else LEFT,
                tip=warning,
            )
            for column, right in enumerate(self._rights)
        ]
        if warning:
            cells[MARK] = cells[MARK]._replace(picture="warning")
        return tuple(cells)

    def _read_row(self, entry: int) -> EventRow:
        assert self._document is not None
        return row_of(self._document, entry, self.columns)

    def _is_right(self, column: int) -> bool:
        return 0 <= column < len(self._rights) and self._rights[column]

    def _sides(self) -> list[bool]:
        """Which columns stand right-aligned."""
        return (
            [column == POSITION for column in range(OWN)] + [own.is_number for own in self.columns] + [False]
        )

    def _text(self, row: EventRow, column: int) -> str:
        entry = row.entry
        if column == MARK:
            sign = CHANGE_SIGNS.get(self._change(entry), "")
            return "▶" if entry.row == self._now else sign or ("●" if self._is_hit(entry.row) else "")
        if column == POSITION:
            return "" if entry.position is None else grouped(entry.position)
        if entry.unread_reason is not None:
            last = column == OWN + len(self.columns)
            return visible(entry.type if column == TYPE else entry.unread_reason if last else "")
        if column >= OWN:
            return visible(row.cells[column - OWN] if self.own(column) is not None else entry.summary)
        return visible((entry.at_text, entry.type, entry.entity)[column - TIME] or "")

    def _is_hit(self, entry: int) -> bool:
        """Whether the filter found it; where nothing else is listed, that says nothing."""
        if self._hits is None or self._listed is not None:
            return False
        at = int(np.searchsorted(self._hits, entry))
        return at < len(self._hits) and int(self._hits[at]) == entry

    def _font(self, column: int, *, now: bool, change: str) -> QFont | None:
        numbers = column == TIME or self._is_right(column)
        if change == "skip" and column != MARK:
            return self._numbers_struck if numbers else self._struck
        if numbers:
            return self.numbers
        return self.bold if now and column == TYPE else None

    def _ink(self, entry: Entry, column: int, *, now: bool, future: bool) -> Ink | None:
        if column == MARK:
            return "accent" if now else "changed"
        if future or self._change(entry) == "skip":
            return "future"
        if entry.unread_reason is not None:
            return "muted" if entry.aside else "warning"
        return "muted" if column in (POSITION, TIME) else None


def _struck_out(font: QFont) -> QFont:
    made = QFont(font)
    made.setStrikeOut(True)
    return made


def _warning(entry: Entry) -> str:
    return "" if entry.aside else entry.unread_reason or entry.notice or ""
