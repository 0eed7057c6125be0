"""How does a person begin a log: with what they copied somewhere, or with nothing at all?"""

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from explorer.desktop import plain
from explorer.desktop.page.window import Window
from explorer.desktop.saving import ask_where, open_logs
from explorer.eventlog.errors import LogError
from explorer.eventlog.written import write_file
from explorer.language import tr
from explorer.sentences import in_words
from explorer.session.files.scratch import drop_copy, scratch_text
from explorer.session.plaintext import visible


class NewLogs(QObject):
    """Opens what is on the clipboard as a log that goes away unless it is saved; makes a new, empty one."""

    def __init__(self, window: Window) -> None:
        super().__init__(window.widget)
        self._window = window

    def paste(self) -> None:
        """Open the text on the clipboard as a log, in whichever format it is written."""
        text = QGuiApplication.clipboard().text()
        if not text.strip():
            self._window.status.show_text(
                tr("There is no text on the clipboard: copy events first, in any format.")
            )
            return
        try:
            path = scratch_text(tr("pasted events"), text)
        except LogError as error:
            self._refuse(error)
            return
        self._window.open_path(path, refused=lambda error: self._drop(path, error))

    def _drop(self, path: str, error: Exception) -> None:
        drop_copy(path)
        self._refuse(error)

    def _refuse(self, error: Exception) -> None:
        plain.refuse(
            self._window.widget,
            tr("What is on the clipboard cannot be opened"),
            error,
            (LogError, ValueError),
        )

    def ask(self) -> None:
        """Ask where a new log is to be."""
        folder = Path(self._window.settings.last_folder or Path.home())
        ask_where(
            self._window.widget, tr("New log"), str(folder / "events.jsonl"), "JSON Lines (*.jsonl)", "jsonl",
            self.make,
        )  # fmt: skip

    def make(self, path: str) -> None:
        """Make an empty log, open it, and bring up the panel in which commands are given."""
        try:
            write_file(Path(path), [b""], open_logs())
        except LogError as error:
            plain.box(self._window.widget, tr("New log"), visible(in_words(error), 1_000)).open()
            return
        self._window.settings.last_folder = str(Path(path).parent)
        self._window.open_path(path)
        self._window.page.panels.bring_up("commands")
