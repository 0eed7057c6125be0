"""How does a window write down where one stands in its log, and come back to there?"""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QByteArray, QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMessageBox

from explorer.desktop import plain
from explorer.desktop.page.window import Window
from explorer.desktop.projections.read_models import Queries, ReadModels, UpcasterChoice
from explorer.desktop.saving import ask_where, with_leave
from explorer.eventlog.errors import LogError
from explorer.eventlog.read_as import AS_FOUND
from explorer.eventlog.sources.address import is_address
from explorer.eventlog.written import InTheWay, write_file
from explorer.language import tr
from explorer.resources import is_shipped
from explorer.sentences import in_words
from explorer.session.changes.kept_branches import MOST_KEPT
from explorer.session.files.scratch import is_changed, origin
from explorer.session.files.workspace import (
    SUFFIX,
    KeptView,
    Workspace,
    encoded,
    link,
    load,
    sameness,
    workspace,
)
from explorer.session.options import AUTO, Recipe
from explorer.session.plaintext import visible


class Workspaces(QObject):
    """Saves, opens and links to where one stands. The log is never written."""

    def __init__(
        self, window: Window, models: ReadModels, upcasters: UpcasterChoice, layout: Callable[[], QByteArray]
    ) -> None:
        super().__init__(window.widget)
        self._window = window
        self._models, self._upcasters = models, upcasters
        self._layout = layout  # where the panels are, or would be without a lesson
        self.file: Path | None = None  # where this window's workspace was saved or opened

    def view(self) -> KeptView:
        """Where the person stands, and how they look at it."""
        page, options = self._window.page, self._window.options
        document = page.document
        written = Queries(self._window.settings).of(document)
        return KeptView(
            position=page.playhead.position,
            order="log" if document is None else document.order,
            projection=options.projection,
            fields=options.fields,
            read_as=None if options.read_as == AS_FOUND else options.read_as,
            profile=options.profile,
            filter=page.filter.text(),
            hide_others=page.filter_bar.alone.isChecked(),
            bookmarks=tuple(page.markers.bookmarks),
            a=page.markers.a,
            b=page.markers.b,
            entity=page.why.value[0] if page.why.value else None,
            field=page.why.value[1] if page.why.value else "",
            layout=bytes(self._layout().data()),
            branches=tuple(page.branching.branches.kept[:MOST_KEPT]),
            branch=page.branching.branches.current,
            query=None if written is None else written.written,
        )

    def apply(self, view: KeptView) -> None:
        """Look at the log, which is open, as `view` says."""
        page = self._window.page
        if page.document is None:
            return
        last = page.document.event_count
        page.filter_bar.alone.setChecked(view.hide_others)
        page.filter.setText(view.filter)
        page.marking.add(mark for mark in view.bookmarks if mark.position <= last)
        page.markers.set_a(None if view.a is None else min(view.a, last))
        page.markers.set_b(None if view.b is None else min(view.b, last))
        page.signals.points_changed.emit()
        if view.entity is not None:
            page.state_table.choose(view.entity, view.field)
            page.explaining.explain_quietly(view.entity, view.field)
        if view.layout:
            page.panels.restore(QByteArray(view.layout))
        page.branching.take(view.branches, view.branch)
        if view.query is not None:
            queries = Queries(self._window.settings)
            kept = queries.of(page.document)
            queries.keep(page.document, view.query, None if kept is None else kept.used)
        page.playhead.move_to(view.position)

    # --- what the actions call ------------------------------------------------------------------

    def save(self) -> None:
        """Save where one stands into the file it came from, or ask for one."""
        if self.file is None:
            self.save_as()
        else:
            self.save_to(str(self.file))

    def save_as(self) -> None:
        """Ask where to save."""
        document = self._window.page.document
        if document is None or document.path is None:
            self._say(
                tr("What came from standard input cannot be opened again, so there is no workspace of it.")
            )
            return
        named = origin(document.path)
        name = Path(document.name if is_address(named) else named).with_suffix(SUFFIX)
        if is_address(named) or is_shipped(name):
            name = Path(self._window.settings.last_folder or Path.home()) / name.name
        title = tr("Save workspace")
        ask_where(
            self._window.widget,
            title,
            str(name),
            _kinds(),
            SUFFIX[1:],
            lambda path: self.save_to(path, replace=True),
        )

    def save_to(self, path: str, *, replace: bool = False) -> None:
        """Save where one stands into `path`; a log is refused, and what is no workspace replaced only with leave."""
        document = self._window.page.document
        if document is None or document.path is None:
            return
        log, file = origin(document.path), Path(path)
        try:
            content = [encoded(workspace(log, self.view()), file)]
            write_file(file, content, [Path(log), Path(document.path)], replace=replace)
        except InTheWay:  # it was a workspace when it was opened
            title = tr("Save workspace")
            with_leave(self._window.widget, title, path, lambda: self.save_to(path, replace=True))
            return
        except LogError as error:
            self._complain(tr("The workspace was not saved"), error)
            return
        self.file = file
        said = tr("Saved {file}")
        if is_changed(document.path):
            said = tr("Saved {file}; what was recorded into the copy of the log is no part of it")
        self._say(said.format(file=visible(file.name, 80)))

    def open(self) -> None:
        """Ask for a workspace file."""
        dialog = QFileDialog(
            self._window.widget, tr("Open a workspace"), self._window.settings.last_folder, _kinds()
        )
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.open_file)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def open_file(self, path: str) -> None:
        """Open the log of a workspace and stand where that says; a log that is missing or has changed is said."""
        file = Path(path)
        try:
            found = load(file)
        except LogError as error:
            self._complain(tr("The workspace could not be opened"), error)
            return
        state = sameness(found.log)
        name = visible(found.log.path, 300)
        if state == "missing":
            text = tr("The log of this workspace is not there: {log}").format(log=name)
            plain.box(self._window.widget, tr("The workspace could not be opened"), text).open()
            return
        if is_address(found.log.path):
            self._ask_to_connect(found, file)
            return
        self._window.open_view(found.log.path, found.view)
        self.file = file
        if state == "changed":
            text = tr("{log} has changed since the workspace was saved; its positions may mean other events.")
            plain.box(self._window.widget, tr("The log has changed"), text.format(log=name)).open()

    def _ask_to_connect(self, found: Workspace, file: Path) -> None:
        """A workspace may come from anybody: no server is reached that its reader has not seen the name of."""
        text = tr("The log of this workspace is in a database or a broker: {address}. Connect to it?")
        asked = plain.box(
            self._window.widget, tr("Open a workspace"), text.format(address=visible(found.log.path, 300))
        )
        asked.setStandardButtons(QMessageBox.StandardButton.Yes | QMessageBox.StandardButton.No)
        asked.setDefaultButton(QMessageBox.StandardButton.No)

        def answered(button: int) -> None:
            if button == QMessageBox.StandardButton.Yes:
                self._window.open_view(found.log.path, found.view)
                self.file = file

        asked.finished.connect(answered)
        asked.open()

    def copy_link(self) -> None:
        """Put the command that shows the same place on the clipboard."""
        document = self._window.page.document
        if document is None or document.path is None:
            self._say(tr("What came from standard input has no link."))
            return
        view, sources = self.view(), self._models.files
        QGuiApplication.clipboard().setText(
            link(_named(origin(document.path)), view, sources, self._upcasters.file)
        )
        models = (("", view.projection), *view.projection.by_kind)
        if any(recipe.language and kind not in sources for kind, recipe in models):
            self._say(tr("Link copied; the read model that was written in the window is not part of it"))
        else:
            self._say(tr("Link copied"))

    def trusted(self, view: KeptView) -> tuple[Recipe, Recipe | None]:
        """The read model to open a log with, and the program that the person must be asked about first."""
        if self._models.may_run(view.projection):
            return view.projection, None
        return AUTO, view.projection

    def _say(self, text: str) -> None:
        self._window.status.show_text(text)

    def _complain(self, title: str, error: LogError) -> None:
        plain.box(self._window.widget, title, visible(in_words(error), 1_000)).open()


def _named(log: str) -> str:
    """A log as a command line names it wherever it is called."""
    return log if is_address(log) else str(Path(log).absolute())


def _kinds() -> str:
    return tr("Workspaces") + f" (*{SUFFIX})"
