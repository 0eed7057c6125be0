"""How does a person come from "another read model" to one that may be used, and what if its file is saved anew?"""

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from explorer.desktop import plain
from explorer.desktop.look.theme import number_font
from explorer.desktop.panels.per_log import PerLog
from explorer.desktop.projections.query_dialog import QueryDialog
from explorer.desktop.projections.watched_file import WatchedFile
from explorer.desktop.settings import Settings
from explorer.desktop.tasks import Handlers, LatestTask
from explorer.eventlog.errors import LogError
from explorer.language import tr
from explorer.sentences import in_words, translated
from explorer.session.changes.kept_branches import KeptQuery, query_read, query_written
from explorer.session.document import Document
from explorer.session.options import Recipe
from explorer.session.plaintext import visible, visible_block
from explorer.session.recipes import recipe
from explorer.session.trust import Trust, fingerprint, programs_of


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
    given_up = Signal()  # the one in use stays
    query_written = Signal(object)  # a Recipe in SQL that somebody has written, used or not
    said = Signal(str)  # for the status bar
    wrong = Signal(str)  # what is wrong with the file in use as it was saved last; "" when nothing is

    def __init__(self, window: QWidget, trust: Trust | None = None) -> None:
        super().__init__(window)
        self._window = window
        self._trust = trust or Trust()
        self._text = ""
        self._always: set[str] = set()  # files that are run however they change
        self._reading = LatestTask(self)
        self._reading_anew = LatestTask(self)
        self._watched = WatchedFile(self)
        self._watched.saved.connect(self._saved)

    def choose(self, word: str, current: Recipe, document: Document | None = None) -> None:
        """Take a built-in read model, or ask: `file` for a file, `sql` for a query, which is tried on `document`."""
        if word == "file":
            self._ask_file()
        elif word == "sql":
            dialog = QueryDialog(current, self._window, document)
            dialog.chosen.connect(self._take_query)
            dialog.written.connect(self.query_written)
            dialog.rejected.connect(self.given_up)
            dialog.open()
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

    def came_from(self, path: str, found: Recipe) -> None:
        """The read model in use is that of a file: watch it."""
        self._watch(path)
        self._text = found.text

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

    def _take_query(self, query: Recipe) -> None:
        self._watch(None)
        self.chosen.emit(query)

    def _ask_file(self) -> None:
        dialog = QFileDialog(self._window, tr("Open a read model"), "", tr("Read models (*.sql *.py)"))
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
