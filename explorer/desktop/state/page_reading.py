"""How is a page of very many rows read beside the window, while they say that they are being read?"""

from PySide6.QtCore import QObject

from explorer.desktop.state.state_model import StateModel
from explorer.desktop.state.state_table import StateTable
from explorer.desktop.tasks import Handlers, LatestTask


class PageReadingController(QObject):
    """Reads one page after the other: the one that is on screen when the one before has been read."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._working = LatestTask(self)

    def wire(self, model: StateModel, table: StateTable) -> None:
        """Connect the rows with the table."""
        self._model, self._table = model, table
        model.reading.connect(self._begin)

    @property
    def running(self) -> bool:
        """Whether a page is being read."""
        return self._working.running

    def cancel(self) -> None:
        """Forget it: another log has come."""
        self._working.cancel()

    def _begin(self) -> None:
        wanted = self._model.unread
        if wanted is None or self._working.running:
            return
        view, row = wanted

        def work(_report: object) -> None:
            view.read(row)

        self._working.start(work, Handlers(self._done))

    def _done(self, _read: None) -> None:
        self._model.take_page()
        self._table.learn_widths()
