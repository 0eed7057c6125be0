"""How do very many rows come in order beside the window, who says how far that is, and how does a person end it?"""

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QSizePolicy, QWidget

from explorer.desktop import plain
from explorer.desktop.state.state_model import StateModel
from explorer.desktop.tasks import Handlers, LatestTask, Report
from explorer.eventlog.errors import OutOfReach
from explorer.language import tr
from explorer.sentences import in_words
from explorer.session.state.state_view import StateView

SHOWN_AFTER_MS = 250  # what is done sooner needs no word


class WorkLine(QWidget):
    """Says what is being worked out beside the window, how far that is, and has a button that ends it."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.said = plain.Elided(role="muted", name=name)
        self.bar = QProgressBar()
        self.bar.setAccessibleName(name)
        self.bar.setTextVisible(False)
        self.bar.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.stop = QPushButton(tr("Stop"))
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.said, 1)
        box.addWidget(self.bar, 1)
        box.addWidget(self.stop)
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(SHOWN_AFTER_MS)
        self._late.timeout.connect(lambda: self.setVisible(True))
        self.setVisible(False)

    def begin(self, text: str) -> None:
        """Say what is being done, if that is not soon done."""
        self.said.show_text(text)
        self.bar.setRange(0, 0)
        self._have_rest(there=True)
        if not self.isVisible() and not self._late.isActive():
            self._late.start()

    def progressed(self, done: int, total: int) -> None:
        """Say how far it is."""
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def end(self) -> None:
        """It is done, or nobody waits for it any more."""
        self._late.stop()
        self.setVisible(False)

    def say(self, text: str) -> None:
        """Say why there is nothing to wait for."""
        self._late.stop()
        self.said.show_text(text)
        self._have_rest(there=False)
        self.setVisible(True)

    def _have_rest(self, *, there: bool) -> None:
        self.bar.setVisible(there)
        self.stop.setVisible(there)


class RowOrderController(QObject):
    """Puts the rows of the latest state in order on another thread, one state after the other."""

    changed = Signal()  # other rows are on screen

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._working = LatestTask(self)

    def wire(self, model: StateModel, line: WorkLine) -> None:
        """Connect the rows with the line."""
        self._model, self._line = model, line
        model.ordering.connect(self._begin)
        line.stop.clicked.connect(self.stop)

    @property
    def running(self) -> bool:
        """Whether rows are being put in order."""
        return self._working.running

    def cancel(self) -> None:
        """Forget it: another log has come."""
        self._working.cancel()
        self._line.end()

    def stop(self) -> None:
        """Let the rows stand as they do."""
        self.cancel()
        self._model.leave_rows()
        self.changed.emit()

    def _begin(self) -> None:
        view = self._model.waiting
        if view is None or self._working.running:
            return
        self._line.begin(tr("Putting {count:,} rows in order…").format(count=view.entity_count))

        def work(report: Report) -> StateView:
            view.put_in_order(report)
            return view

        self._working.start(work, Handlers(self._done, self._failed, progressed=self._line.progressed))

    def _failed(self, error: Exception) -> None:
        """Rows that need more memory than there may be stand as they did."""
        self._line.end()
        self._model.leave_rows()
        self.changed.emit()
        if not isinstance(error, OutOfReach):
            raise error
        self._line.say(in_words(error))

    def _done(self, view: StateView) -> None:
        self._model.show_ordered(view)
        self.changed.emit()
        if not self._working.running:
            self._line.end()
