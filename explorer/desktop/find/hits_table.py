"""How are intervals in which something held listed, and how does one go to one?"""

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from explorer.desktop.look.theme import number_font
from explorer.desktop.tables.hits import HitStrip
from explorer.desktop.tables.quiet_table import MARK_PX, ROOM_PX, ListTable, fitted
from explorer.desktop.tables.table_model import CENTRE, LEFT, MAX_ROWS, RIGHT, Cell, Ink, TableModel
from explorer.language import grouped, tr
from explorer.session.find.finding import DURATION, ENTITY, EVENTS, FROM, TO, Hits, hit_titles

MARK = 0  # the column before those of the hits: whether it holds where one stands
NUMBERS = {EVENTS + 1, DURATION + 1}


class HitsModel(TableModel):
    """Holds no rows: it asks for the text of the cells that are painted."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.hits: Hits | None = None
        self.brief = False  # there is room for the largest unit of a duration only
        self._position = 0

    def show_hits(self, hits: Hits | None) -> None:
        """List other intervals."""
        with self.anew():
            self.hits = hits
            self.rows = 0 if hits is None else min(len(hits), MAX_ROWS)

    def stand_at(self, position: int) -> None:
        """Mark what holds at `position`, grey what is still to come."""
        self._position = position
        self.redraw()

    def column_total(self) -> int:
        return DURATION + 2

    def head(self, column: int) -> Cell:
        if column == MARK:
            return Cell("", side=CENTRE)
        titles = [tr("account"), *hit_titles()] if self.hits is None else self.hits.columns
        return Cell(titles[column - 1].capitalize(), side=RIGHT if column in NUMBERS else LEFT)

    def cells(self, row: int) -> tuple[Cell, ...]:
        hits = self.hits
        assert hits is not None
        start, stop = hits.start(row), hits.stop(row)
        holds = start <= self._position and (stop is None or self._position < stop)
        future: Ink | None = "future" if start > self._position else None
        said = tr("holds here") if holds else tr("does not hold here")
        made = [Cell("▶" if holds else "", future or "accent", side=CENTRE, spoken=said)]
        for column in range(ENTITY + 1, DURATION + 2):
            text = hits.text(row, column - 1)
            font, side = self.numbers if column > ENTITY + 1 else None, RIGHT if column in NUMBERS else LEFT
            made.append(Cell(text, future, None, font, side))
        if self.brief:
            short = " ".join(text.split(" ")[:2])
            made[-1] = made[-1]._replace(text=short)
        made[-1] = made[-1]._replace(tip=text, spoken=text)
        return tuple(made)


class _Table(ListTable):
    """Places in the log are never cut."""

    def __init__(self, model: HitsModel, name: str) -> None:
        super().__init__(model, name)
        self._hits = model
        self.make_room(1_000)

    def make_room(self, last: int) -> None:
        """The last position must fit, with its time behind it."""
        figure_px = self.fontMetrics().horizontalAdvance("0")
        place = (
            QFontMetrics(number_font(self.font())).horizontalAdvance(f"{grouped(last)} · 2026-01-31 23:59")
            + ROOM_PX
        )
        self._rooms = {
            MARK: (MARK_PX, MARK_PX),
            ENTITY + 1: (12 * figure_px + ROOM_PX, 8 * figure_px + ROOM_PX),
            FROM + 1: (place, place),
            TO + 1: (place, place),
            EVENTS + 1: (8 * figure_px + ROOM_PX, 6 * figure_px + ROOM_PX),
            DURATION + 1: (11 * figure_px + ROOM_PX, 5 * figure_px + ROOM_PX),
        }
        self._fit()

    def _fit(self) -> None:
        """Places are never cut; the others give way to them where there is too little room."""
        room, counts = self.viewport().width(), self._rooms[EVENTS + 1][1]
        over = sum(least for _, least in self._rooms.values()) - room
        away = (
            0 < over <= counts
        )  # a bar would hide a row, and how many events there are is told by the places
        shown = {
            column: rooms for column, rooms in self._rooms.items() if not (away and column == EVENTS + 1)
        }
        self.setColumnHidden(EVENTS + 1, away)
        wanted, least = ([rooms[at] for rooms in shown.values()] for at in range(2))
        widths = fitted(wanted, least, room)
        for column, width in zip(shown, widths, strict=True):
            self.setColumnWidth(column, width)
        self._hits.brief = widths[-1] < wanted[-1]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()


class HitsTable(QWidget):
    """The list, and beside it a strip of where in the log they begin."""

    chosen = Signal(object, str)  # position, entity

    def __init__(self, name: str) -> None:
        super().__init__()
        self.model = HitsModel(self)
        self.table = _Table(self.model, name)
        self.strip = HitStrip()
        self.strip.setAccessibleName(tr("{list}: where in the log").format(list=name))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addWidget(self.table)
        row.addWidget(self.strip)
        self.table.row_chosen.connect(self._choose)
        self.strip.entry_asked.connect(self._go_near)

    def show_hits(self, hits: Hits | None, last: int) -> None:
        """List `hits` in a log of `last` events."""
        self.table.make_room(last)
        self.model.show_hits(hits)
        self.strip.show_hits(None if not hits else hits.positions, last + 1)

    def stand_at(self, position: int) -> None:
        """Show which hold at `position`."""
        self.model.stand_at(position)
        self.strip.stand_at(position)

    def choose(self, row: int) -> None:
        """Make `row` the current one, as a click would."""
        if 0 <= row < self.model.rowCount():
            self.table.selectRow(row)
            self._choose(row)

    def step(self, step: int, here: int, *, around: bool = False) -> None:
        """Go to the next hit that begins after `here`, or the last one before it; `around`: and from end to end."""
        hits = self.model.hits
        if hits is None:
            return
        row = int(hits.positions.searchsorted(here, "right" if step > 0 else "left"))
        at = row if step > 0 else row - 1
        self.choose(at % len(hits) if around and len(hits) else at)

    def _choose(self, row: int) -> None:
        hits = self.model.hits
        if hits is not None and 0 <= row < len(hits):
            self.chosen.emit(hits.start(row), hits.entity(row))

    def _go_near(self, position: int) -> None:
        hits = self.model.hits
        if hits is not None:
            self.choose(int(hits.positions.searchsorted(position)))
