"""How does a filter come from the line in which it is written to the events that it finds?"""

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from explorer.desktop import plain
from explorer.desktop.events.events_model import EventsModel, Int64s
from explorer.desktop.events.events_table import EventsTable
from explorer.desktop.look.theme import show_wrong
from explorer.desktop.panels.page import Page
from explorer.desktop.tables.hits import HitLine, HitStrip
from explorer.desktop.tasks import Handlers, LatestTask
from explorer.language import grouped, later, tr
from explorer.sentences import in_words
from explorer.session.document import Document
from explorer.session.events.filters import FilterError

HINT = later('Filter: type:Money* account:acc-1 amount>100 -owner:Ada "text" /regex/  ( / )')
HELP = later(
    'Words: the event contains them. "Quoted words" stand together. /pattern/ and /pattern/i: regular expressions.\n'
    "field:value (type, account, at, position or any field of the data; * is any text, a,b either)\n"
    "field>100, >=, <, <= compare numbers, and times for at; spaces may stand around them: amount > 100.\n"
    "A - before a term turns it round. All terms must hold."
)


class FilterBar(QWidget):
    """The line for the filter, whether the others are hidden, and what came of it."""

    def __init__(self) -> None:
        super().__init__()
        self.line = HitLine()
        self.line.setAccessibleName(tr("Filter events"))
        self.line.setPlaceholderText(tr(HINT))
        self.line.setClearButtonEnabled(True)
        plain.set_tip(self.line, tr(HELP))
        self.alone = QToolButton()
        self.alone.setText(tr("Hide others"))
        self.alone.setCheckable(True)
        self.alone.setChecked(True)
        self.alone.setAccessibleName(tr("Hide the events that the filter does not find"))
        self.alone.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        plain.set_tip(self.alone, tr("List only what the filter finds, or list all and mark what it finds"))
        self.said = plain.Elided(role="muted", name=tr("Events listed"))
        self.said.setVisible(False)
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self.line, 1)
        row.addWidget(self.alone)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        box.addLayout(row)
        box.addWidget(self.said)

    @property
    def is_wrong(self) -> bool:
        """Whether it says what is wrong with the filter as it is written."""
        return str(self.line.property("wrong")) == "true"

    def say(self, text: str, *, wrong: tuple[int, int] | None = None) -> None:
        """Say what came of the filter; `wrong`: which characters of it are at fault, half-open."""
        self.said.setProperty("role", "muted" if wrong is None else "warning")
        self.said.style().polish(self.said)
        self.said.show_text(text)
        self.said.setVisible(bool(text))
        show_wrong(self.line, wrong)


class FilterController(QObject):
    """Searches beside the window; lists or marks what was found. The state counts all events all the same."""

    def __init__(
        self, page: Page, bar: FilterBar, strip: HitStrip, table: EventsTable, model: EventsModel
    ) -> None:
        super().__init__(page.widget)
        self._page = page
        self._bar, self._strip, self._table, self._model = bar, strip, table, model
        self._search = LatestTask(self)
        self._hits: Int64s | None = None
        self._wanted = 0  # the step to take once it is known what is found

    def wire(self) -> None:
        """Connect the line."""
        bar = self._bar
        bar.line.textChanged.connect(self._filter)
        bar.line.stepped.connect(self._enter)
        bar.alone.toggled.connect(lambda _checked: self._list())

    @property
    def hits(self) -> Int64s | None:
        """(k,) the rows that the filter has found, ascending; None without a filter."""
        return self._hits

    def forget(self) -> None:
        """Another log comes: drop the filter and what it found."""
        self._stop()
        bar = self._bar
        blocked = bar.line.blockSignals(True)
        bar.line.clear()
        bar.line.blockSignals(blocked)
        bar.say("")
        self._hits = None
        self._strip.show_hits(None, 0)

    def stand_at(self, position: int) -> None:
        """Say how many events are listed, and that the state at `position` counts those that are not, too."""
        if not self._search.running and not self._bar.is_wrong:
            self._say(position)

    def _say(self, position: int) -> None:
        document, bar = self._page.document, self._bar
        if document is None or self._hits is None:
            return
        if bar.alone.isChecked():
            text = tr("{hits} of {all} events listed; the state counts all {position} so far")
        else:
            text = tr("{hits} of {all} events marked; the state counts all {position} so far")
        bar.say(
            text.format(
                hits=grouped(len(self._hits)), all=grouped(document.entry_count), position=grouped(position)
            )
        )

    def show_row(self) -> None:
        """Bring the event at the playhead into sight."""
        document, position = self._page.document, self._page.playhead.position
        if document is not None:
            self._table.show_current(document.row_of_position(position) if position else None)

    # --- what the actions call ----------------------------------------------------------------

    def ask(self) -> None:
        """Write what to list."""
        self._bar.line.setFocus()
        self._bar.line.selectAll()

    def next_hit(self) -> None:
        """The next event that the filter finds."""
        self._step(1)

    def previous_hit(self) -> None:
        """The previous event that the filter finds."""
        self._step(-1)

    # --- private ------------------------------------------------------------------------------

    def _filter(self, text: str) -> None:
        document, bar = self._page.document, self._bar
        self._stop()
        if document is None:
            return
        try:
            wanted = document.filter(text)
        except FilterError as error:
            bar.say(
                tr("column {column}: {error}").format(column=error.start + 1, error=error),
                wrong=(error.start, error.stop),
            )
            self._show(document, self._hits)  # not a part of what another search would have found
            return  # what was found stays: the person is still writing
        if wanted.is_empty:
            bar.say("")
            self._found(document, None)
            return
        self._search.start(
            lambda report: wanted.rows(report, report.part),
            Handlers(
                lambda rows: self._found(document, rows),
                self._failed,
                progressed=lambda done, total: bar.say(
                    tr("searching… {share:.0%}").format(share=done / max(total, 1))
                ),
                partly=lambda rows: self._show(document, rows),
            ),
        )

    def _stop(self) -> None:
        self._search.cancel()
        self._wanted = 0

    def _failed(self, error: Exception) -> None:
        self._wanted = 0
        self._bar.say(in_words(error))

    def _found(self, document: Document, rows: Int64s | None) -> None:
        self._hits = rows
        self._list()
        if self._wanted:
            step, self._wanted = self._wanted, 0
            self._step(step, around=True)

    def _list(self) -> None:
        document = self._page.document
        if document is not None and not self._search.running:  # else what is found next is listed so
            self._show(document, self._hits)
            self._say(self._page.playhead.position)

    def _show(self, document: Document, rows: Int64s | None) -> None:
        """List or mark what was found, or what was found so far."""
        self._strip.show_hits(rows, document.entry_count)
        self._model.show_hits(rows, alone=self._bar.alone.isChecked())
        self.show_row()

    def _step(self, step: int, *, around: bool = False) -> None:
        """To the nearest hit behind or before the playhead; without a filter every entry is one.

        `around`: from the last hit on to the first, and back.
        """
        document, here = self._page.document, self._page.playhead.position
        if document is None:
            return
        low, high = 0, document.entry_count if self._hits is None else len(self._hits)
        while low < high:  # the first that lies behind the playhead, or for a step back not before it
            middle = (low + high) // 2
            applied = document.applied(self._entry(middle))
            if applied > here or (step < 0 and applied == here):
                high = middle
            else:
                low = middle + 1
        at = low if step > 0 else low - 1
        count = document.entry_count if self._hits is None else len(self._hits)
        if around and count:
            at %= count
        if 0 <= at < count:
            self._page.playhead.move_to(document.applied(self._entry(at)))

    def _entry(self, at: int) -> int:
        return at if self._hits is None else int(self._hits[at])

    def _enter(self, step: int) -> None:
        """Enter in the line: at the next hit, or the one before; the person may go on writing."""
        if self._search.running:
            self._wanted = step
        elif self._hits is not None:
            self._step(step, around=True)
