"""How does a person come from "these events are old" to upcasters that may be used, and what if their file is saved?"""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from explorer.desktop import plain
from explorer.desktop.projections.read_models import TrustDialog
from explorer.desktop.projections.watched_file import WatchedFile
from explorer.eventlog.errors import LogError
from explorer.language import tr
from explorer.projection.model import Upcasters
from explorer.sentences import in_words, translated
from explorer.session.options import Recipe
from explorer.session.plaintext import visible
from explorer.session.recipes import upcasters
from explorer.session.trust import Trust


class UpcasterChoice(QObject):
    """Asks for a file of upcasters, and for trust where it is a program; uses it anew when it is saved."""

    chosen = Signal(object)  # Upcasters that may be used, or None
    said = Signal(str)  # for the status bar
    wrong = Signal(str)  # what is wrong with the file in use as it was saved last; "" when nothing is

    def __init__(self, window: QWidget, trust: Trust | None = None) -> None:
        super().__init__(window)
        self._window = window
        self._trust = trust or Trust()
        self._text = ""
        self._file = WatchedFile(self)
        self._file.saved.connect(self._saved)

    @property
    def file(self) -> str | None:
        """The file that the upcasters in use came from."""
        return self._file.path

    def choose(self) -> None:
        """Ask for a file."""
        dialog = QFileDialog(self._window, tr("Open upcasters"), "", tr("Upcasters (*.toml *.py)"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.open_file)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def leave(self) -> None:
        """Read every event as it stands."""
        self._watch(None)
        self.chosen.emit(None)

    def open_file(self, path: str) -> None:
        """Use the upcasters in a file."""
        try:
            found = upcasters(path)
        except LogError as error:
            plain.box(
                self._window, tr("The upcasters cannot be used"), visible(in_words(error), 1_000)
            ).open()
            return
        self._consider(path, found)

    def _consider(self, path: str, found: Upcasters) -> None:
        program = Recipe(found.name, "python", found.text)
        if found.language != "python" or self._trust.covers(program):
            self._use(path, found)
            return
        dialog = TrustDialog(program, self._window)
        dialog.always.setVisible(False)
        dialog.accepted.connect(lambda: self._trusted(path, found, program))
        dialog.open()

    def _trusted(self, path: str, found: Upcasters, program: Recipe) -> None:
        try:
            self._trust.give(program)
        except OSError as error:
            self.said.emit(
                tr("The trust in {name} could not be remembered: {why}").format(
                    name=found.name, why=translated(error.strerror or str(error))
                )
            )
        self._use(path, found)

    def _use(self, path: str, found: Upcasters) -> None:
        self._watch(path)
        self._text = found.text
        self.chosen.emit(found)

    def _saved(self, path: str) -> None:
        try:
            found = upcasters(path)
        except LogError as error:
            self.wrong.emit(visible(in_words(error), 300))
            return
        self.wrong.emit("")
        if found.text != self._text:
            self._text = found.text
            self._consider(path, found)

    def _watch(self, path: str | None) -> None:
        self._file.watch(path)
        self.wrong.emit("")
