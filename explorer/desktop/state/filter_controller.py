"""How does a filter come from the line in which it is written to the rows of the state?"""

from PySide6.QtCore import QObject, Signal

from explorer.desktop.state.state_model import StateModel
from explorer.desktop.state.state_panel import StatePanel
from explorer.desktop.tasks import Handlers, LatestTask, Report
from explorer.eventlog.errors import OutOfReach
from explorer.history.conditions import ConditionError
from explorer.language import tr
from explorer.sentences import in_words
from explorer.session.document import Document
from explorer.session.find.state_filter import StateFilter


class StateFilterController(QObject):
    """Reads the filter beside the window, and follows the playhead there where a frame is too short."""

    changed = Signal()  # other rows are shown

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._document: Document | None = None
        self._filter: StateFilter | None = None
        self._reading = LatestTask(self)
        self._catching_up = LatestTask(self)
        self._wanted = 0  # the step to take once it is known which rows pass

    def wire(self, model: StateModel, panel: StatePanel) -> None:
        """Connect the line with the rows."""
        self._model, self._panel = model, panel
        panel.line.textChanged.connect(self._read)
        panel.line.stepped.connect(self._enter)
        model.lagging.connect(self._catch_up)
        panel.filtering.stop.clicked.connect(panel.line.clear)

    @property
    def active(self) -> bool:
        """Whether something is filtered."""
        return self._filter is not None

    def show_document(self, document: Document | None) -> None:
        """Another log: what is written is asked of it anew."""
        self._document = document
        self._catching_up.cancel()
        self._panel.filtering.end()
        self._apply(None)
        if document is not None and self._panel.line.text().strip():
            self._read(self._panel.line.text())

    def _enter(self, step: int) -> None:
        """Enter in the line: to the next row that passes, or the one before; the person may go on writing."""
        if self._reading.running:
            self._wanted = step
            return
        view, table = self._model.view, self._panel.table
        if view is None:
            return
        rows = [row for row in range(view.row_count) if not view.is_group(row)]
        if rows:
            here = table.currentIndex().row()
            beyond = [
                row for row in rows if (row > here if step > 0 else row < here)
            ] or rows  # around the end
            table.show_row(beyond[0] if step > 0 else beyond[-1])

    def _read(self, text: str) -> None:
        self._wanted = 0
        self._reading.cancel()
        self._panel.filtering.end()
        document, state = self._document, self._model.state
        if document is None or not text.strip():
            self._panel.say_wrong("", None)
            self._apply(None)
            return
        history, noun = document.history, document.noun
        if state is None or state.touches is not history.touches:  # still that of another log or read model
            state = history.state(document.event_count)
        base = state

        def made(report: Report) -> StateFilter:
            wanted = StateFilter(history, noun, text, report)
            wanted.flags(base, report)  # so that the first frame need not
            return wanted

        self._say_work()
        line = self._panel.filtering
        self._reading.start(made, Handlers(self._made, self._failed, progressed=line.progressed))

    def _say_work(self) -> None:
        document = self._document
        count = 0 if document is None else len(document.history.entities)
        self._panel.filtering.begin(tr("Looking through {count:,} rows…").format(count=count))

    def _made(self, wanted: StateFilter) -> None:
        self._panel.filtering.end()
        self._panel.say_wrong("", None)
        self._apply(wanted)
        if self._wanted:
            step, self._wanted = self._wanted, 0
            self._enter(step)

    def _failed(self, error: Exception) -> None:
        self._panel.filtering.end()
        if isinstance(error, OutOfReach):
            self._panel.say_wrong(in_words(error), None)
            self._apply(None)
            return
        if not isinstance(error, ConditionError):
            raise error
        self._panel.say_wrong(
            in_words(error), (error.start, error.stop)
        )  # the rows stay: the person is still writing

    def _apply(self, wanted: StateFilter | None) -> None:
        if wanted is None and self._catching_up.running:
            self._catching_up.cancel()
        self._filter = wanted
        self._model.filter_by(wanted)
        self._panel.table.keep_choice()
        self.changed.emit()

    def _catch_up(self) -> None:
        """The rows are of an earlier state: work out those of this one beside the window."""
        wanted, base = self._filter, self._model.state
        if wanted is None or base is None or self._catching_up.running:
            return
        self._say_work()
        self._catching_up.start(
            lambda report: wanted.flags(base, report),
            Handlers(
                lambda _flags: self._caught_up(), self._failed, progressed=self._panel.filtering.progressed
            ),
        )

    def _caught_up(self) -> None:
        self._panel.filtering.end()
        self._model.refresh()
        self._panel.table.keep_choice()
        self.changed.emit()
