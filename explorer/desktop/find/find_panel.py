"""How does a condition come from its line to the intervals in which it held, and how are these listed?"""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from explorer.desktop import plain
from explorer.desktop.look.theme import number_font, show_wrong
from explorer.desktop.panels.page import Page
from explorer.desktop.panels.panel import PanelController
from explorer.desktop.tables.hits import HitLine, HitStrip
from explorer.desktop.tables.quiet_table import MARK_PX, ROOM_PX, ListTable, fitted
from explorer.desktop.tables.table_model import CENTRE, LEFT, MAX_ROWS, RIGHT, Cell, Ink, TableModel
from explorer.desktop.tasks import Handlers, LatestTask
from explorer.history.conditions import ConditionError
from explorer.language import grouped, later, tr
from explorer.sentences import in_words
from explorer.session.document import Document
from explorer.session.find.finding import (
    DURATION,
    ENTITY,
    EVENTS,
    FROM,
    TO,
    Hits,
    condition_of,
    hit_titles,
    search,
)
from explorer.session.stand import Stand

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


HELP = later(
    """A condition over the state of each account, in the notation of SQL:
balance < 0      status = 'frozen'      owner in ('Ada', 'Linus')      version between 2 and 5
and, or, not, brackets; is null, is not null. balance.EUR is one currency, address.city a part of a value."""
)


class FindPanel(QWidget):
    """A line for the condition, what came of it, and every interval in which it held."""

    asked = Signal(str)  # look for this
    check_asked = Signal(str)  # the condition of a check to be made

    def __init__(self) -> None:
        super().__init__()
        self.line = HitLine()
        self.line.setAccessibleName(tr("Condition to find"))
        self.line.setPlaceholderText(tr("When was…   balance < 0 and status = 'open'"))
        self.line.setClearButtonEnabled(True)
        plain.set_tip(self.line, tr(HELP))
        self.check = QToolButton()
        self.check.setText(tr("Check always"))
        self.check.setAccessibleName(tr("Make a check of this condition"))
        plain.set_tip(self.check, tr("Say that this must always hold, and be told where it does not"))
        self.check.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.said = plain.Elided(role="muted", name=tr("Found"))
        self.hits = HitsTable(tr("Intervals"))
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self.line, 1)
        row.addWidget(self.check)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 6, 0, 0)
        box.setSpacing(4)
        box.addLayout(row)
        box.addWidget(self.said)
        box.addWidget(self.hits, 1)
        self.line.textChanged.connect(self.asked)
        self.check.clicked.connect(lambda: self.check_asked.emit(self.line.text()))
        self.show_hits(None, 0)

    def say(self, text: str, *, wrong: tuple[int, int] | None = None) -> None:
        """Say what came of the condition; `wrong`: which characters of it are at fault, half-open."""
        self.said.setProperty("role", "muted" if wrong is None else "warning")
        self.said.style().polish(self.said)
        self.said.show_text(text)
        show_wrong(self.line, wrong)
        self.check.setEnabled(wrong is None and bool(self.line.text().strip()))

    def show_hits(self, hits: Hits | None, last: int) -> None:
        """List what was found; None: nothing is looked for."""
        self.hits.show_hits(hits, last)
        if hits is None:
            self.say(tr("Every interval in which a condition held is listed here, over all of history."))


class FindController(PanelController):
    """Searches beside the window, and goes where the person chooses."""

    panel: FindPanel

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._search = LatestTask(self)
        self._wanted = 0  # the step to take once all is found
        self.panel = FindPanel()

    def offers(self) -> dict[str, object]:
        return {"finding": self}

    def wire(self) -> None:
        panel = self.panel
        panel.asked.connect(self._find)
        panel.line.stepped.connect(self._enter)
        panel.hits.chosen.connect(self._go)
        panel.check_asked.connect(self._page.signals.check_asked)
        self._page.signals.search_asked.connect(self.look_for)

    def show_document(self, document: Document | None) -> None:
        """What was found in another log means nothing any more; the condition is asked of the new one."""
        self._stop()
        self.panel.show_hits(None, 0)
        if document is not None and self.panel.line.text().strip():
            self._find(self.panel.line.text())

    def stand_at(self, stand: Stand) -> None:
        """Show which intervals hold there."""
        self.panel.hits.stand_at(stand.position)

    # --- what the actions call ----------------------------------------------------------------

    def ask(self) -> None:
        """Write what to look for."""
        self._page.panels.bring_up("find")
        self.panel.line.setFocus()
        self.panel.line.selectAll()

    def look_for(self, condition: str) -> None:
        """Look for `condition`, as if the person had written it."""
        self.ask()
        self.panel.line.setText(condition)

    def next(self) -> None:
        """Where it held next."""
        self.panel.hits.step(1, self._page.playhead.position)

    def previous(self) -> None:
        """Where it held before."""
        self.panel.hits.step(-1, self._page.playhead.position)

    # --- private ------------------------------------------------------------------------------

    def _find(self, text: str) -> None:
        document, panel = self._page.document, self.panel
        self._stop()
        if document is None or not text.strip():
            panel.show_hits(None, 0)
            return
        history, noun = document.history, document.noun
        self._search.start(
            lambda report: search(document, condition_of(history, noun, text), report, report.part),
            Handlers(
                lambda hits: self._show(document, hits, complete=True),
                self._failed,
                progressed=self._show_progress,
                partly=lambda hits: self._show(document, hits, complete=False),
            ),
        )

    def _stop(self) -> None:
        self._search.cancel()
        self._wanted = 0

    def _enter(self, step: int) -> None:
        """Enter in the line: to the next interval, or the one before; the person may go on writing."""
        if self._search.running:
            self._wanted = step
        else:
            self.panel.hits.step(step, self._page.playhead.position, around=True)

    def _show_progress(self, done: int, total: int) -> None:
        if done < total:
            self.panel.say(tr("searching… {share}").format(share=f"{done / total:.0%}"))

    def _show(self, document: Document, hits: Hits, *, complete: bool) -> None:
        panel = self.panel
        panel.show_hits(hits, document.event_count)
        panel.hits.stand_at(self._page.playhead.position)
        if complete:
            panel.say(hits.summary())
            if self._wanted:
                step, self._wanted = self._wanted, 0
                self._enter(step)

    def _failed(self, error: Exception) -> None:
        self._wanted = 0
        if not isinstance(error, ConditionError):
            raise error
        # what was found stays: the person is still writing
        self.panel.say(in_words(error), wrong=(error.start, error.stop))

    def _go(self, position: int, entity: str) -> None:
        self._page.playhead.move_to(position)
        self._page.signals.value_asked.emit(entity, "")
