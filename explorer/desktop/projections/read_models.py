"""How does a person come to another read model, or to upcasters, that may be used, and what if their file is saved?"""

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QSize, Qt, QTimer, Signal, SignalInstance
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from explorer.desktop import plain
from explorer.desktop.look.theme import number_font
from explorer.desktop.page.window import Window
from explorer.desktop.panels.per_log import PerLog
from explorer.desktop.projections.program_dialog import ProgramDialog
from explorer.desktop.projections.query_dialog import QueryDialog
from explorer.desktop.settings import Settings
from explorer.desktop.tasks import Handlers, LatestTask
from explorer.eventlog.errors import LogError
from explorer.language import tr
from explorer.projection.model import Upcasters
from explorer.sentences import in_words, translated
from explorer.session.changes.kept_branches import KeptQuery, query_read, query_written
from explorer.session.document import Document
from explorer.session.options import Recipe
from explorer.session.plaintext import visible, visible_block
from explorer.session.recipes import recipe, upcasters
from explorer.session.trust import Trust, fingerprint, programs_of

SAVED_AFTER_MS = 150  # an editor may write a file in several steps


class WatchedFile(QObject):
    """Watches one file; an editor may put a new one in its place."""

    saved = Signal(str)  # its path

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.path: str | None = None
        self._watcher = QFileSystemWatcher(self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SAVED_AFTER_MS)
        self._timer.timeout.connect(self._tell)
        self._watcher.fileChanged.connect(lambda _path: self._timer.start())
        self._watcher.directoryChanged.connect(lambda _path: self._timer.start())

    def watch(self, path: str | None) -> None:
        """Watch this file from now on; None: no file."""
        watched = [*self._watcher.files(), *self._watcher.directories()]
        if watched:
            self._watcher.removePaths(watched)
        self.path = path
        if path is not None:  # many editors put a new file in the place of the old one: the folder tells
            self._watcher.addPaths([path, str(Path(path).resolve().parent)])

    def _tell(self) -> None:
        if self.path is not None:
            self.saved.emit(self.path)


class WrongFileBar(QFrame):
    """One sentence under the header; it goes when the file is mended, or is no longer used."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "news")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 12, 4)
        self.text = plain.Elided(role="warning", name=tr("What is wrong with the file"))
        row.addWidget(self.text, 1)
        self.hide()

    def show_wrong(self, sentence: str) -> None:
        """Say what is wrong, and what is used meanwhile; "" when nothing is."""
        told = tr("! {what}   It is still used as it was before.").format(what=sentence)
        self.text.show_text(told if sentence else "")
        self.setVisible(bool(sentence))


class WrongFiles(QObject):
    """A bar for the read model's file, and one for that of the upcasters."""

    def __init__(self, window: Window, of_model: SignalInstance, of_upcasters: SignalInstance) -> None:
        super().__init__(window.widget)
        self._window = window
        self._wrongs = of_model, of_upcasters
        self.model, self.upcasters = WrongFileBar(), WrongFileBar()

    def wire(self) -> None:
        """Put the bars under the header."""
        for bar, wrong in zip((self.model, self.upcasters), self._wrongs, strict=True):
            self._window.page.put_under_header(bar)
            wrong.connect(bar.show_wrong)


class TrustDialog(QDialog):
    """Shows a program before it runs for the first time."""

    def __init__(self, program: Recipe, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Run this program?"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box = QVBoxLayout(self)
        programs = programs_of(program)  # a read model may bring upcasters that are one too: both are shown
        names = " + ".join(visible(each.name, 100) for each in programs)
        box.addWidget(plain.label(tr("{name} is a Python program").format(name=names), role="heading"))
        warning = tr(
            "It runs with your rights: it can read and change your files. Run it only if you wrote it, or trust "
            "who did. It is asked about again when it has changed."
        )
        box.addWidget(plain.label(warning, wrap=True))
        self.text = QPlainTextEdit("\n\n".join(visible_block(each.text) for each in programs))
        self.text.setReadOnly(True)
        self.text.setAccessibleName(tr("The program"))
        self.text.setFont(number_font(self.font()))
        box.addWidget(self.text, 1)
        sums = ", ".join(map(fingerprint, programs))
        box.addWidget(plain.label(tr("SHA-256 {program}").format(program=sums), role="muted", wrap=True))
        self.always = QCheckBox(tr("Also run it when it is saved again, until this window is closed"))
        box.addWidget(self.always)
        self.buttons = QDialogButtonBox()
        cancel = self.buttons.addButton(
            QDialogButtonBox.StandardButton.Cancel
        )  # first: Tab comes to the one that is default
        self.run = self.buttons.addButton(tr("Run it"), QDialogButtonBox.ButtonRole.AcceptRole)
        cancel.setDefault(True)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        box.addWidget(self.buttons)
        plain.resize_within_screen(self, QSize(680, 520))
        cancel.setFocus()


class ReadModels(QObject):
    """Asks for a read model, and for trust where it is a program; watches the file that it came from."""

    chosen = Signal(object)  # a Recipe that may be used
    chosen_for_kind = Signal(str, object)  # the kind, and a Recipe that may be used for its entities
    given_up = Signal()  # the one in use stays
    query_written = Signal(object)  # a Recipe in SQL that somebody has written, used or not
    said = Signal(str)  # for the status bar
    wrong = Signal(str)  # what is wrong with the file in use as it was saved last; "" when nothing is

    def __init__(self, window: QWidget, trust: Trust | None = None) -> None:
        super().__init__(window)
        self._window = window
        self._trust = trust or Trust()
        self._text = ""
        self._pasted: Recipe | None = None
        self._of_kinds: dict[str, ReadModels] = {}
        self._always: set[str] = set()  # files that are run however they change
        self._reading = LatestTask(self)
        self._reading_anew = LatestTask(self)
        self._watched = WatchedFile(self)
        self._watched.saved.connect(self._saved)

    def choose(self, word: str, current: Recipe, document: Document | None = None) -> None:
        """Take a built-in read model, or ask.

        Args:
            word: Its name; `file` for a file, `sql` for a query, `javascript` for a program that is pasted.
            current: The one in use.
            document: On what a query is tried.
        """
        if word == "file":
            self._ask_file()
        elif word == "sql":
            dialog = QueryDialog(current, self._window, document)
            dialog.chosen.connect(self._take_query)
            dialog.written.connect(self.query_written)
            dialog.rejected.connect(self.given_up)
            dialog.open()
        elif word == "javascript":
            program = ProgramDialog(self._pasted or current, self._window)
            program.chosen.connect(self._take_pasted)
            program.rejected.connect(self.given_up)
            program.open()
        else:
            self._watch(None)
            self.chosen.emit(Recipe(word))

    @property
    def file(self) -> str | None:
        """The file that the read model in use came from, if it came from one."""
        return self._watched.path

    def may_run(self, found: Recipe) -> bool:
        """Whether the person has said that this read model may run, or need not say so."""
        return self._trust.covers(found)

    @property
    def files(self) -> dict[str, str]:
        """The files that the read models in use came from, by the kind that each is for; "" for all others."""
        every = {"": self.file} | {kind: models.file for kind, models in self._of_kinds.items()}
        return {kind: file for kind, file in every.items() if file is not None}

    def of_kind(self, kind: str) -> "ReadModels":
        """The same for one kind of entities; what is chosen there is told by `chosen_for_kind`."""
        found = self._of_kinds.get(kind)
        if found is None:
            found = self._of_kinds[kind] = ReadModels(self._window, self._trust)
            found.chosen.connect(lambda recipe: self.chosen_for_kind.emit(kind, recipe))
            found.said.connect(self.said)
            found.wrong.connect(self.wrong)
        return found

    def forget_kind(self, kind: str) -> None:
        """What a kind has in use is no longer that of a file."""
        if kind in self._of_kinds:
            self._of_kinds[kind]._watch(None)  # noqa: SLF001 - one of us

    def came_from(self, files: Mapping[str, str], found: Recipe) -> None:
        """The read models in use are those of files, see `files`: watch them."""
        recipes = {"": found} | dict(found.by_kind)
        for kind, path in files.items():
            if kind in recipes:
                models = self.of_kind(kind) if kind else self
                models._watch(path)  # noqa: SLF001 - one of us
                models._text = recipes[kind].text  # noqa: SLF001 - (same)

    def offer(self, found: Recipe) -> None:
        """Ask whether a program that came with a workspace may run; it is chosen then."""
        self._consider(None, found)

    def open_file(self, path: str) -> None:
        """Use the query or the program in a file."""
        self._reading.start(  # the first one has to load a parser
            lambda _report: recipe(path), Handlers(lambda found: self._consider(path, found), self._refuse)
        )

    def _refuse(self, error: Exception) -> None:
        plain.refuse(self._window, tr("The read model cannot be used"), error)
        self.given_up.emit()

    def _take_query(self, written: Recipe) -> None:
        self._watch(None)
        self.chosen.emit(written)

    def _take_pasted(self, written: Recipe) -> None:
        self._pasted = written  # there again, whatever becomes of it: it may fail when it is run
        self._take_query(written)

    def _ask_file(self) -> None:
        dialog = QFileDialog(
            self._window, tr("Open a read model"), "", tr("Read models (*.sql *.py *.js *.mjs *.cjs)")
        )
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.open_file)
        dialog.rejected.connect(self.given_up)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _consider(self, path: str | None, found: Recipe) -> None:
        if self._trust.covers(found) or path in self._always:
            self._use(path, found)
            return
        dialog = TrustDialog(found, self._window)
        dialog.accepted.connect(lambda: self._trusted(path, found, always=dialog.always.isChecked()))
        dialog.rejected.connect(self.given_up)
        dialog.open()

    def _trusted(self, path: str | None, found: Recipe, *, always: bool) -> None:
        if always and path is not None:
            self._always.add(path)
        try:
            self._trust.give(found)
        except OSError as error:
            self.said.emit(
                tr("The trust in {name} could not be remembered: {error}").format(
                    name=found.name, error=translated(error.strerror or str(error))
                )
            )
        self._use(path, found)

    def _use(self, path: str | None, found: Recipe) -> None:
        self._watch(path)
        self._text = found.text
        self.chosen.emit(found)

    def _saved(self, path: str) -> None:
        self._reading_anew.start(
            lambda _report: recipe(path),
            Handlers(lambda found: self._take_anew(path, found), self._say_wrong),
        )

    def _say_wrong(self, error: Exception) -> None:
        if not isinstance(error, LogError):
            raise error
        self.wrong.emit(visible(in_words(error), 300))

    def _take_anew(self, path: str, found: Recipe) -> None:
        self.wrong.emit("")
        if found.text != self._text:
            self._text = found.text
            self._consider(path, found)

    def _watch(self, path: str | None) -> None:
        self._reading.cancel()
        self._reading_anew.cancel()
        self._watched.watch(path)
        self.wrong.emit("")


KEPT_AS = "query"


class Queries:
    """The last query that was written for each log; it is there again when the log is opened again."""

    def __init__(self, settings: Settings) -> None:
        self._kept = PerLog(settings)

    def of(self, document: Document | None) -> KeptQuery | None:
        """What was written for a log."""
        return None if document is None else query_read(self._kept.get(document, KEPT_AS))

    def of_path(self, path: str) -> KeptQuery | None:
        """The same for a log of which only the name is known."""
        return query_read(self._kept.of_path(path, KEPT_AS))

    def keep(self, document: Document, written: Recipe, used: Recipe | None) -> bool:
        """Keep what was written, and what is used; False if it is too long for that."""
        return self._kept.put(document, KEPT_AS, query_written(KeptQuery(written, used)))


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
