"""How is a person told that they look at a copy, of a sample or of a lesson's log, and how do they keep it?"""

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QPushButton

from explorer.desktop import plain
from explorer.desktop.page.window import Window
from explorer.desktop.saving import ask_where, open_logs
from explorer.desktop.tasks import Handlers, run_beside
from explorer.eventlog.written import write_file
from explorer.language import tr
from explorer.session.files.scratch import is_copy
from explorer.session.plaintext import visible

_BLOCK_BYTES = 1 << 20


class Copies(QObject):
    """Says so in the status bar as long as a copy is shown; a click there, or the menu, saves it elsewhere."""

    def __init__(self, window: Window) -> None:
        super().__init__(window.widget)
        self._window = window
        self.told = QPushButton(tr("This is a copy: save it…"))
        self.told.setProperty("role", "link")
        self.told.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        plain.set_tip(
            self.told,
            tr(
                "Samples and the logs of lessons are opened as copies. What is recorded goes into the copy, which is"
                " deleted when another log is opened or the program ends."
            ),
        )
        self.told.hide()

    def wire(self) -> None:
        """Put it into its place, and look at what is shown."""
        self._window.statusBar().addPermanentWidget(self.told)
        self.told.clicked.connect(self.save_as)
        self._window.page.document_shown.connect(self._show)

    def save_as(self) -> None:
        """Ask where the copy is kept."""
        document = self._window.page.document
        if document is None or not is_copy(document.path):
            self._window.status.show_text(
                tr("This log is no copy: what is recorded is in its own file already.")
            )
            return
        folder = Path(self._window.settings.last_folder or Path.home())
        ask_where(self._window.widget, tr("Save the copy"), str(folder / document.name), "", "", self.save_to)

    def save_to(self, path: str) -> None:
        """Write the copy, with all that was recorded into it, to `path`."""
        document = self._window.page.document
        if document is None or document.path is None:
            return
        source, target, protected = Path(document.path), Path(path), open_logs()
        run_beside(
            self,
            lambda _report: write_file(target, _blocks(source), protected, replace=True),
            Handlers(lambda _bytes: self._saved(target), self._refuse),
        )

    # --- private --------------------------------------------------------------------------------

    def _show(self) -> None:
        document = self._window.page.document
        self.told.setVisible(document is not None and is_copy(document.path))

    def _saved(self, target: Path) -> None:
        self._window.settings.last_folder = str(target.parent)
        text = tr("Saved {file}; open it to go on in it. What is seen here is still the copy.")
        self._window.status.show_text(text.format(file=visible(target.name, 80)))

    def _refuse(self, error: Exception) -> None:
        plain.refuse(self._window.widget, tr("The copy was not saved"), error)


def _blocks(source: Path) -> Iterator[bytes]:
    with source.open("rb") as file:
        while block := file.read(_BLOCK_BYTES):
            yield block
