"""How does a condition come from the line in which it is written to the intervals in which it held?"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from explorer.desktop import plain
from explorer.desktop.find.hits_table import HitsTable
from explorer.desktop.look.theme import show_wrong
from explorer.desktop.panels.page import Page
from explorer.desktop.panels.panel import PanelController
from explorer.desktop.tables.hits import HitLine
from explorer.desktop.tasks import Handlers, LatestTask
from explorer.history.conditions import ConditionError
from explorer.language import later, tr
from explorer.sentences import in_words
from explorer.session.document import Document
from explorer.session.find.finding import Hits, condition_of, search
from explorer.session.stand import Stand

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
