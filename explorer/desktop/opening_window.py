"""How does a window get from a file's name to the log on its page, and what does it say meanwhile?"""

from pathlib import Path

from PySide6.QtWidgets import QMainWindow, QProgressBar, QPushButton

from explorer.desktop import plain
from explorer.desktop.log_page import LogPage
from explorer.desktop.opening import PROGRESS_STEPS, Opening
from explorer.desktop.tasks import BackgroundTask
from explorer.language import tr
from explorer.session import LogError
from explorer.session.document import Document
from explorer.session.options import OpenOptions
from explorer.session.plaintext import visible

TITLE = "History Explorer"


class OpeningWindow(QMainWindow):
    """A window that reads one log at a time; its status bar shows how far the reading is, and can stop it."""

    page: LogPage

    def __init__(self, options: OpenOptions) -> None:
        super().__init__()
        self._fresh = options  # for a log of which nothing is known yet
        self._options = options
        self._path: str | None = None
        self._opening: Opening | None = None
        self.status = plain.Elided(role="muted", name=tr("Status"))
        self.progress = QProgressBar()
        self.progress.setAccessibleName(tr("Reading the log"))
        self.progress.setRange(0, PROGRESS_STEPS)
        self.progress.setTextVisible(False)
        self.progress.setFixedWidth(160)
        self.reading = plain.label(role="muted", name=tr("Progress"))
        self.cancel = QPushButton(tr("Stop"))
        self.statusBar().addWidget(self.status, 1)
        self.statusBar().addPermanentWidget(self.reading)
        self.statusBar().addPermanentWidget(self.progress)
        self.statusBar().addPermanentWidget(self.cancel)
        self._show_progress(visible=False)
        self.cancel.clicked.connect(self._stop_reading)

    def show_document(
        self, document: Document, path: str, options: OpenOptions, position: str | None = None
    ) -> None:
        """Show a log that has been read."""
        raise NotImplementedError

    def open_path(self, path: str, options: OpenOptions | None = None, position: str | None = None) -> None:
        """Read a log on a thread of its own; show its beginning while it is read, and then all of it."""
        self._cancel()
        opening = Opening(path, options or self._fresh, position)
        opening.progressed.connect(lambda share, text: self._show_reading(opening, share, text))
        opening.begun.connect(lambda document: self._begun(opening, document))
        opening.opened.connect(lambda document: self._opened(opening, document))
        opening.failed.connect(lambda error: self._failed(opening, error))
        self._opening = opening
        self.progress.setValue(0)
        self.reading.setText("")
        self._show_progress(visible=True)
        self.status.show_text(tr("Reading {name}…").format(name=visible(Path(path).name, 80)))
        opening.start()

    def _begun(self, opening: Opening, document: Document) -> None:
        """Show the log's first events; `position` waits until all are there."""
        if opening is not self._opening:
            document.close()
            return
        self.show_document(document, opening.path, opening.options)
        self.page.header.setEnabled(False)
        self._show_progress(visible=True)

    def _opened(self, opening: Opening, document: Document) -> None:
        old = self.page.document
        if opening is not self._opening:
            if old is None or not document.same_log(old):
                document.close()
            return
        self._end_opening()
        if old is not None and document.same_log(old):
            self.page.show_rest(document)
            self.page.header.setEnabled(True)
            if opening.position is not None:
                self.page.going.to(opening.position)
        else:
            self.show_document(document, opening.path, opening.options, opening.position)
        BackgroundTask(lambda _report: document.keep(opening.options), None).start()

    def _end_opening(self) -> None:
        self._opening = None
        self._show_progress(visible=False)

    def _failed(self, opening: Opening, error: Exception) -> None:
        if opening is not self._opening:
            return
        self._end_opening()
        self.page.header.setEnabled(True)
        self.status.show_text("")
        if not isinstance(error, (LogError, ValueError)):
            raise error
        plain.box(self, tr("The log could not be opened"), visible(str(error), 1_000)).open()

    def _stop_reading(self) -> None:
        """Keep what has been read so far."""
        if self._opening is not None:
            self._opening.stop()
            self.status.show_text(tr("Stopped. Sorting what was read…"))
        self._show_progress(visible=False)

    def _cancel(self) -> None:
        if self._opening is not None:
            self._opening.cancel()
            self.status.show_text("")
        self._end_opening()

    def _show_reading(self, opening: Opening, share: int, text: str) -> None:
        if opening is self._opening and not opening.stopped:
            self.progress.setValue(share)
            self.reading.setText(text)

    def _show_progress(self, *, visible: bool) -> None:
        self.reading.setVisible(visible)
        self.progress.setVisible(visible)
        self.cancel.setVisible(visible)
