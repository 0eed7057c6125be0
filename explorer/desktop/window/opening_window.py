"""How does a window get from a file's name to the log on its page, and what does it say meanwhile?"""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QInputDialog, QLineEdit, QMainWindow, QProgressBar, QPushButton

from explorer.desktop import plain
from explorer.desktop.tasks import Handlers, run_beside
from explorer.eventlog.errors import LogError
from explorer.eventlog.sources.address import address_of_files, short_name
from explorer.eventlog.sources.feed import PasswordNeeded
from explorer.language import tr
from explorer.session.plaintext import visible

if TYPE_CHECKING:
    from collections.abc import Callable

    from explorer.desktop.files.log_opening import LogOpening
    from explorer.desktop.page.log_page import LogPage
    from explorer.history.history import Order
    from explorer.history.saved import SavedColumns
    from explorer.session.document import Document
    from explorer.session.files.workspace import KeptView
    from explorer.session.options import OpenOptions

TITLE = "History Explorer"


class OpeningWindow(QMainWindow):
    """A window that reads one log at a time; its status bar shows how far the reading is, and can stop it."""

    reading_ended = Signal()  # all is read and will be shown now, or nothing will
    shown = Signal(object)  # a Document: another log is shown, or more of it

    def __init__(self, supply: "Callable[[], OpenOptions] | None") -> None:
        super().__init__()
        self._supply = supply
        self._options: OpenOptions | None = None
        self._path: str | None = None
        self._opening: LogOpening | None = None
        self.status = plain.Elided(role="muted", name=tr("Status"))
        self.progress = QProgressBar()
        self.progress.setAccessibleName(tr("Reading the log"))
        self.progress.setTextVisible(False)
        self.progress.setFixedWidth(160)
        self.reading = plain.label(role="muted", name=tr("Progress"))
        self.cancel = QPushButton(tr("Stop"))
        self.statusBar().setContentsMargins(10, 0, 0, 0)
        self.statusBar().addWidget(self.status, 1)
        self.statusBar().addPermanentWidget(self.reading)
        self.statusBar().addPermanentWidget(self.progress)
        self.statusBar().addPermanentWidget(self.cancel)
        self._show_progress(visible=False)
        self.cancel.clicked.connect(self._stop_reading)

    @property
    def page(self) -> "LogPage":
        """Where the log is shown."""
        raise NotImplementedError

    @property
    def fresh(self) -> "OpenOptions":
        """How a log is opened of which nothing is known yet."""
        from explorer.session.options import DEFAULTS

        return self._supply() if self._supply is not None else DEFAULTS

    def show_document(
        self, document: "Document", path: str, options: "OpenOptions", position: str | None = None
    ) -> None:
        """Show a log that has been read."""
        raise NotImplementedError

    def restore_view(self, view: "KeptView") -> None:
        """Look at the log that has just been opened as `view` says."""
        raise NotImplementedError

    @property
    def options(self) -> "OpenOptions":
        """How the open log is read."""
        return self._options or self.fresh

    @property
    def path(self) -> str | None:
        """What is open, as it was named; None before the first log."""
        return self._path

    @property
    def opening(self) -> bool:
        """Whether a log is being read at the moment."""
        return self._opening is not None

    @property
    def pending_view(self) -> "KeptView | None":
        """Where the person will stand once the log that is being read is there."""
        return self._opening.view if self._opening is not None else None

    def options_for(self, path: str) -> "OpenOptions":
        """How a log is read of which only its name is known."""
        return self.fresh

    def open_path(
        self,
        path: str,
        options: "OpenOptions | None" = None,
        position: str | None = None,
        *,
        order: "Order | None" = None,
        view: "KeptView | None" = None,
        check: "Callable[[Document], object] | None" = None,
        refused: "Callable[[Exception], None] | None" = None,
    ) -> None:
        """Read a log on a thread of its own; show its beginning while it is read, and then all of it.

        Args:
            path: Which log; of one that comes with the program a copy is opened.
            options: How to read it; None: as is usual for it.
            position: Where to stand.
            order: As recorded, or as happened; None: as is usual for it.
            view: Where to stand, and how to look at the log, in place of both.
            check: Looks at the whole log on the reading thread, before anything of it is shown, and raises if it is
                not to be: then what is open stays.
            refused: Who is told if it is not opened; None: a box says so.
        """
        from explorer.desktop.files.log_opening import PROGRESS_STEPS, LogOpening

        self._cancel()
        options = options or self.options_for(path)
        opening = LogOpening(path, options, position, order if view is None else view.order, view, check)
        opening.progressed.connect(lambda share, text: self._show_reading(opening, share, text))
        opening.begun.connect(lambda document: self._begun(opening, document))
        opening.opened.connect(lambda document: self._opened(opening, document))
        opening.failed.connect(lambda error: self._failed(opening, error, refused))
        self._opening = opening
        self.progress.setRange(0, PROGRESS_STEPS)
        self.progress.setValue(0)
        self.reading.setText("")
        self._show_progress(visible=True)
        self.say_reading(path)
        opening.start()

    def say_reading(self, path: str) -> None:
        """Say that this log is what will be seen here."""
        self.status.show_text(tr("Reading {name}…").format(name=visible(short_name(path), 80)))

    def _begun(self, opening: "LogOpening", document: "Document") -> None:
        """Show the log's first events; `position` waits until all are there."""
        self.show_document(document, opening.path, opening.options)
        self.page.header.setEnabled(False)
        self._show_progress(visible=True)

    def _opened(self, opening: "LogOpening", document: "Document") -> None:
        old = self.page.document
        self._end_opening()
        view = opening.view
        stand = opening.position if view is None else str(min(view.position, document.event_count))
        if old is not None and document.same_log(old):
            self.page.show_rest(document)
            self.page.header.show_document(document, opening.options.projection)
            self.page.header.setEnabled(True)
            if stand is not None:
                self.page.going.to(stand)
            self.shown.emit(document)
        else:
            self.show_document(document, opening.path, opening.options, stand)
        if view is not None:
            self.restore_view(view)
        run_beside(
            None,
            lambda _report: document.keep(opening.options),
            Handlers(
                _use_files,  # here, where the index is used, and not while it is written
                lambda _error: None,
            ),  # the log is shown all the same, and is read again the next time
        )

    def _end_opening(self) -> None:
        self._opening = None
        self._show_progress(visible=False)
        self.reading_ended.emit()

    def _failed(
        self, opening: "LogOpening", error: Exception, refused: "Callable[[Exception], None] | None"
    ) -> None:
        self._end_opening()
        self.page.header.setEnabled(True)
        self.status.show_text("")
        self.page.say_where()  # the log that was there before, if one was
        if refused is not None:
            refused(error)
        elif isinstance(error, PasswordNeeded):
            self._ask_password(opening, error)
        else:
            plain.refuse(self, tr("The log could not be opened"), error, (LogError, ValueError))

    def _ask_password(self, opening: "LogOpening", error: PasswordNeeded) -> None:
        """Ask for what is kept in memory alone, and try again with it."""
        dialog = QInputDialog(self)
        dialog.setWindowTitle(tr("Password"))
        dialog.setLabelText(
            tr("The password for {address}").format(address=visible(error.address.place, 120))
        )
        dialog.setTextEchoMode(QLineEdit.EchoMode.Password)

        def given(password: str) -> None:
            error.address.remember(password)
            self.open_path(
                opening.path, opening.options, opening.position, order=opening.order, view=opening.view
            )

        dialog.textValueSelected.connect(given)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

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

    def _show_reading(self, opening: "LogOpening", share: int, text: str) -> None:
        if not opening.stopped:
            self.progress.setValue(share)
            self.reading.setText(text)

    def _show_progress(self, *, visible: bool) -> None:
        self.reading.setVisible(visible)
        self.progress.setVisible(visible)
        self.cancel.setVisible(visible)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped(event.mimeData().urls()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = _dropped(event.mimeData().urls())
        if path is not None:
            event.acceptProposedAction()
            self.open_path(path)


def _dropped(urls: list[QUrl]) -> str | None:
    """What to open for local, regular files or folders that are dragged here: several are one log."""
    paths = [url.toLocalFile() for url in urls if url.isLocalFile() and not url.host()]
    if (
        not paths
        or len(paths) != len(urls)
        or not all(Path(path).is_file() or Path(path).is_dir() for path in paths)
    ):
        return None
    return paths[0] if len(paths) == 1 else address_of_files(paths).text


def _use_files(kept: "SavedColumns | None") -> None:
    if kept is not None:
        gone = kept.take_place()
        run_beside(None, lambda _report: gone.clear(), Handlers(lambda _: None, lambda _: None))
