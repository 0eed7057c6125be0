"""What is one window of the program: a welcome, or an open log, and how it gets from one to the other?"""

from dataclasses import replace
from pathlib import Path
from typing import Literal

import msgspec
from PySide6.QtCore import QUrl
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QStackedWidget

from explorer.desktop import plain
from explorer.desktop.action_table import ACTIONS
from explorer.desktop.actions import install_actions, refresh_icons
from explorer.desktop.dialogs import FieldsDialog, KeysDialog
from explorer.desktop.icons import icon
from explorer.desktop.log_page import LogPage
from explorer.desktop.opening_window import TITLE, OpeningWindow
from explorer.desktop.palette import Palette
from explorer.desktop.panel_menu import add_panel_actions
from explorer.desktop.read_models import ReadModels
from explorer.desktop.settings import Settings
from explorer.desktop.tasks import BackgroundTask
from explorer.desktop.theme import apply_theme
from explorer.desktop.welcome import WelcomePage
from explorer.history.cache import IndexCache
from explorer.language import tr
from explorer.session import FieldMap
from explorer.session.document import Document
from explorer.session.options import DEFAULTS, OpenOptions, Recipe
from explorer.session.plaintext import visible
from explorer.session.points import PointError


class MainWindow(OpeningWindow):
    """One window: the welcome page, or one open log."""

    def __init__(self, settings: Settings, options: OpenOptions = DEFAULTS) -> None:
        super().__init__(options)
        self.settings = settings
        self.setWindowTitle(TITLE)
        self.setWindowIcon(icon("history-explorer"))
        self.setAcceptDrops(True)
        self.welcome = WelcomePage()
        self.page = LogPage(settings)
        self.read_models = ReadModels(self)
        self.actions_by_name = install_actions(self, self.page)
        self.page.build(self.actions_by_name)
        add_panel_actions(self, self.page.panels, self.actions_by_name)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.welcome)
        self.pages.addWidget(self.page)
        self.setCentralWidget(self.pages)
        self._wire()
        self.actions_by_name[f"choose_theme:{settings.theme}"].setChecked(True)
        self.resize(1280, 800)
        self.restoreGeometry(settings.geometry)
        self._show_welcome()

    def _wire(self) -> None:
        """Every connection between two parts of the window."""
        self.welcome.log_chosen.connect(self.open_path)
        self.welcome.open_asked.connect(self.open_log)
        self.page.status_changed.connect(self.status.show_text)
        self.page.header.fields_asked.connect(self.choose_fields)
        self.page.header.order_chosen.connect(self._choose_order)
        self.page.header.projection_chosen.connect(self._choose_projection)
        self.read_models.chosen.connect(self._read_as)
        self.read_models.given_up.connect(self.page.header.show_read_model)
        self.read_models.said.connect(self.status.show_text)

    # --- showing ------------------------------------------------------------------------------

    def show_document(
        self, document: Document, path: str, options: OpenOptions, position: str | None = None
    ) -> None:
        """Show a log that has been read."""
        self._show_progress(visible=False)
        self.page.header.setEnabled(True)
        old = self.page.document
        self._path, self._options = path, options
        if document.path is not None:
            self.settings.remember(document.path)
        stand: int | None = None
        if position is not None:
            try:
                stand = document.jump(position, 0)
            except PointError as error:
                plain.box(self, TITLE, f"{document.name}: {error}").open()
        self.page.header.show_document(document, options.projection)
        self.page.show_document(document, stand)
        self._enable(log=True)
        self.pages.setCurrentWidget(self.page)
        self.page.events_table.setFocus()
        self.setWindowTitle(f"{visible(document.name, 120)} — {TITLE}".replace("[*]", "[*][*]"))
        if old is not None:
            old.close()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped(event.mimeData().urls()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = _dropped(event.mimeData().urls())
        if path is not None:
            event.acceptProposedAction()
            self.open_path(path)

    # --- what the actions call ------------------------------------------------------------------

    def open_log(self) -> None:
        """Ask for a file."""
        dialog = QFileDialog(self, tr("Open an event log"), self.settings.last_folder)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self._file_chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _file_chosen(self, path: str) -> None:
        self.settings.last_folder = str(Path(path).parent)
        self.open_path(path)

    def reload(self) -> None:
        """Read the log again, and stand where one stood."""
        if self._path is not None and self._path != "-":
            self.open_path(self._path, self._options, str(self.page.playhead.position))

    def choose_fields(self) -> None:
        """Ask which field holds what."""
        document = self.page.document
        if document is None:
            return
        dialog = FieldsDialog(document, self)
        dialog.accepted.connect(lambda: self._read_with(dialog.fields()))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _read_with(self, fields: FieldMap) -> None:
        if self._path is not None:
            given = any(msgspec.structs.astuple(fields))
            self.open_path(self._path, replace(self._options, fields=fields if given else None))

    def close_log(self) -> None:
        """Back to the welcome page."""
        self._cancel()
        document = self.page.document
        self.page.show_document(None)
        if document is not None:
            document.close()
        self._show_welcome()

    def clear_cache(self) -> None:
        """Delete all kept indexes; they are built again when they are needed."""
        folder = self._fresh.cache_dir
        freed = IndexCache(folder).clear() if folder is not None else 0
        self.status.show_text(tr("The cache is empty; {freed:,.1f} MB freed").format(freed=freed / 1000000.0))

    def choose_theme(self, choice: str) -> None:
        """Light, dark, or as the system is."""
        self.settings.theme = choice
        self.actions_by_name[f"choose_theme:{choice}"].setChecked(True)
        apply_theme(choice)
        refresh_icons(self.actions_by_name)
        self.page.transport.refresh()

    def toggle_full_screen(self) -> None:
        """Use the whole screen, or no longer."""
        if self.isFullScreen():
            self.showNormal()
        else:
            self.showFullScreen()

    def show_palette(self) -> None:
        """Every action, by its name."""
        Palette(self.actions_by_name, self).open()

    def show_keys(self) -> None:
        """Every key."""
        KeysDialog(self).open()

    def show_about(self) -> None:
        """What program this is."""
        text = tr("Open an event log, drag through time, see the state its events had produced, and ask why.")
        plain.box(
            self,
            tr("About {TITLE}").format(TITLE=TITLE),
            text + "\n\n" + tr("MIT licence. Made with Qt for Python (LGPL) and NumPy (BSD)."),
        ).open()

    # --- private --------------------------------------------------------------------------------

    def _choose_order(self, order: str) -> None:
        document = self.page.document
        if document is None or order == document.order:
            return
        wanted: Literal["log", "time"] = "time" if order == "time" else "log"
        task = BackgroundTask(lambda _report: document.prepare_order(wanted), self)
        task.succeeded.connect(lambda _none: self._show_order(document, wanted))
        task.start()

    def _show_order(self, document: Document, order: Literal["log", "time"]) -> None:
        if document is not self.page.document:
            return  # another log was opened meanwhile
        here = self.page.playhead.position
        at = document.moment_ns(here)
        document.set_order(order)
        self.page.show_document(
            document, here if at is None or here == document.event_count else document.position_at_ns(at)
        )

    def _choose_projection(self, word: str) -> None:
        if self._path is not None and word != "own":
            self.read_models.choose(word, self._options.projection)

    def _read_as(self, recipe: Recipe) -> None:
        if self._path is not None:
            position = str(self.page.playhead.position)
            self.open_path(self._path, replace(self._options, projection=recipe), position)

    def _show_welcome(self) -> None:
        self.welcome.show_recent(self.settings.recent)
        self.pages.setCurrentWidget(self.welcome)
        self.setWindowTitle(TITLE)
        self.status.show_text("")
        self._enable(log=False)

    def _enable(self, *, log: bool) -> None:
        for spec in ACTIONS:
            if spec.needs_log:
                self.actions_by_name[spec.name].setEnabled(log)
        for name in self.page.panels.docks:
            self.actions_by_name[f"panel:{name}"].setEnabled(log)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._cancel()
        self.page.player.pause()
        self.settings.geometry = self.saveGeometry()
        document = self.page.document
        self.page.show_document(None)
        if document is not None:
            document.close()
        event.accept()


def _dropped(urls: list[QUrl]) -> str | None:
    """The one local, regular file among what is dragged here."""
    if len(urls) != 1 or not urls[0].isLocalFile() or urls[0].host():
        return None
    path = urls[0].toLocalFile()
    return path if Path(path).is_file() else None
