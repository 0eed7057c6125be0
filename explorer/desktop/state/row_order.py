"""How do very many rows come in order beside the window, and how does a person end that?"""

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


class OrderLine(QWidget):
    """Says that rows are being put in order, how far that is, and has a button that ends it."""

    def __init__(self) -> None:
        super().__init__()
        self.said = plain.Elided(role="muted", name=tr("Order of the rows"))
        self.bar = QProgressBar()
        self.bar.setAccessibleName(tr("Order of the rows"))
        self.bar.setTextVisible(False)
        self.bar.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.stop = QPushButton(tr("Stop"))
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.said, 1)
        box.addWidget(self.bar, 1)
        box.addWidget(self.stop)
        self.setVisible(False)


class RowOrderController(QObject):
    """Puts the rows of the latest state in order on another thread, one state after the other."""

    changed = Signal()  # other rows are on screen

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._working = LatestTask(self)
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(SHOWN_AFTER_MS)

    def wire(self, model: StateModel, line: OrderLine) -> None:
        """Connect the rows with the line."""
        self._model, self._line = model, line
        model.ordering.connect(self._begin)
        self._late.timeout.connect(lambda: line.setVisible(True))
        line.stop.clicked.connect(self.stop)

    @property
    def running(self) -> bool:
        """Whether rows are being put in order."""
        return self._working.running

    def cancel(self) -> None:
        """Forget it: another log has come."""
        self._working.cancel()
        self._ended()

    def stop(self) -> None:
        """Let the rows stand as they do."""
        self.cancel()
        self._model.leave_rows()
        self.changed.emit()

    def _begin(self) -> None:
        view = self._model.waiting
        if view is None or self._working.running:
            return
        self._line.said.show_text(tr("Putting {count:,} rows in order…").format(count=view.entity_count))
        self._line.bar.setRange(0, 0)
        self._line.bar.setVisible(True)
        self._line.stop.setVisible(True)
        if not self._line.isVisible() and not self._late.isActive():
            self._late.start()

        def work(report: Report) -> StateView:
            view.put_in_order(report)
            return view

        self._working.start(work, Handlers(self._done, self._failed, progressed=self._progressed))

    def _failed(self, error: Exception) -> None:
        """Rows that need more memory than there may be stand as they did."""
        self._ended()
        self._model.leave_rows()
        self.changed.emit()
        if not isinstance(error, OutOfReach):
            raise error
        self._line.said.show_text(in_words(error))
        self._line.bar.setVisible(False)
        self._line.stop.setVisible(False)
        self._line.setVisible(True)

    def _progressed(self, done: int, total: int) -> None:
        self._line.bar.setRange(0, total)
        self._line.bar.setValue(done)

    def _done(self, view: StateView) -> None:
        self._model.show_ordered(view)
        self.changed.emit()
        if not self._working.running:
            self._ended()

    def _ended(self) -> None:
        self._late.stop()
        self._line.setVisible(False)
