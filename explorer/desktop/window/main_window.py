"""What is one window of the program: a welcome, or an open log, and how it gets from one to the other?"""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QFileDialog, QStackedWidget

from explorer.desktop import plain
from explorer.desktop.look.icons import icon
from explorer.desktop.look.theme import apply_theme
from explorer.desktop.menus.action_table import ACTIONS, LESSON_ACTIONS, ActionSpec
from explorer.desktop.menus.menu_bar import install_actions, refresh_icons, settle_letters
from explorer.desktop.settings import Settings
from explorer.desktop.typing_guard import guard_typing
from explorer.desktop.window.deferred_parts import FurnishedWindow, told
from explorer.desktop.window.opening_window import TITLE
from explorer.desktop.window.welcome_page import WelcomePage
from explorer.eventlog.sources.address import is_address
from explorer.language import tr
from explorer.sentences import in_words
from explorer.session.plaintext import visible

if TYPE_CHECKING:
    from explorer.history.history import Order
    from explorer.session.document import Document
    from explorer.session.files.workspace import KeptView
    from explorer.session.options import OpenOptions, Recipe


class MainWindow(FurnishedWindow):
    """One window: the welcome page, or one open log."""

    new_asked = Signal(str)  # a window for this file; empty: one with the welcome page
    quit_asked = Signal()
    closing = Signal()  # while all is still as it was
    log_shown = Signal()
    theme_chosen = Signal(str)
    language_chosen = Signal()

    def __init__(self, settings: Settings, supply: "Callable[[], OpenOptions] | None" = None) -> None:
        super().__init__(supply)
        self.settings = settings
        self._unasked: Recipe | None = None  # a program that came with a workspace and may not run yet
        self.setWindowTitle(TITLE)
        self.setWindowIcon(icon("history-explorer"))
        self.setAcceptDrops(True)
        guard_typing()
        self.welcome = WelcomePage()
        self.welcome.log_chosen.connect(lambda path: self.when_furnished(lambda: self.open_path(path)))
        self.welcome.open_asked.connect(self.open_log)
        self.actions_by_name = install_actions(self, self._do)
        settle_letters(self.menuBar())
        self.pages = QStackedWidget()
        self.setCentralWidget(self.pages)
        self.pages.addWidget(self.welcome)
        self.actions_by_name[f"choose_theme:{settings.theme}"].setChecked(True)
        self.resize(1280, 800)
        self.restoreGeometry(settings.geometry)
        for name in LESSON_ACTIONS:
            self.actions_by_name[name].setEnabled(False)
        self._show_welcome()

    # --- showing ------------------------------------------------------------------------------

    def show_document(
        self, document: "Document", path: str, options: "OpenOptions", position: str | None = None
    ) -> None:
        """Show a log that has been read."""
        from explorer.session.files.scratch import is_pasted, origin
        from explorer.session.places.points import PointError

        parts = self.furnish()
        self._show_progress(visible=False)
        self.page.header.setEnabled(True)
        old = self.page.document
        parts.exporting.stop()
        self._path, self._options = path, options
        if options.folder_bytes is None:
            document.use_memory(self.settings.folder_bytes)
        if document.path is not None and not is_pasted(document.path):
            self.settings.remember(origin(document.path))
        stand: int | None = None
        if position is not None:
            try:
                stand = document.jump(position, 0)
            except PointError as error:
                plain.box(self, TITLE, f"{document.name}: {in_words(error)}").open()
        self.page.header.show_document(document, options.projection)
        self.page.show_document(document, stand)
        self._enable(log=True)
        self.pages.setCurrentWidget(self.page)
        self.page.events_table.setFocus()
        self.setWindowTitle(f"{visible(document.name, 120)} — {TITLE}".replace("[*]", "[*][*]"))
        if old is not None:
            _let_go(old, document.path)
        if not parts.presenter.presenting:  # a class is not told how the program is used
            parts.looks.offer_hints()
        self.log_shown.emit()
        self.shown.emit(document)

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
        """Open a log, the log of a workspace file, or a lesson and its log."""
        from explorer.session.files.workspace import SUFFIX
        from explorer.session.lessons import is_lesson

        parts = self.furnish()
        if check is None:  # else it is a lesson's log, whatever it is called, and what is open may stay open
            if is_lesson(path):
                parts.lessons.open(path)
                return
            if path.endswith(SUFFIX):
                parts.workspaces.open_file(path)
                return
            if path != self._path:
                parts.workspaces.file = None
        usual: Order | None = "time" if self.settings.order == "time" else None
        kept = parts.rereading.remembered_order(path) if check is None else None
        super().open_path(
            path, options, position, order=order or kept or usual, view=view, check=check, refused=refused
        )

    def forget_workspace(self) -> None:
        """What is open now has not come from a workspace file."""
        self.furnish().workspaces.file = None

    def open_view(self, path: str, view: "KeptView") -> None:
        """Open a log and stand where `view` says; a program is asked about before it runs."""
        from dataclasses import replace

        from explorer.eventlog.read_as import AS_FOUND

        recipe, self._unasked = self.furnish().workspaces.trusted(view)
        said = replace(
            self.fresh,
            fields=view.fields,
            projection=recipe,
            read_as=view.read_as or AS_FOUND,
            profile=view.profile,
        )
        self.open_path(path, said, view=view)

    def restore_view(self, view: "KeptView") -> None:
        parts = self.furnish()
        parts.workspaces.apply(view)
        if self._unasked is not None:
            unasked, self._unasked = self._unasked, None
            parts.read_models.offer(unasked)

    # --- what the actions call ------------------------------------------------------------------

    def open_log(self) -> None:
        """Ask for a file."""
        self._ask_file(self.open_path)

    def open_source(self) -> None:
        """Ask for the address of a database or a broker."""
        from explorer.desktop.files.connect_dialog import ConnectDialog

        dialog = ConnectDialog([path for path in self.settings.recent if is_address(path)], self)
        dialog.chosen.connect(self.open_path)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _ask_file(self, take: Callable[[str], None]) -> None:
        dialog = QFileDialog(self, tr("Open an event log"), self.settings.last_folder)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(lambda paths: self._files_chosen(paths, take))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _files_chosen(self, paths: list[str], take: Callable[[str], None]) -> None:
        self.settings.last_folder = str(Path(paths[0]).parent)
        if len(paths) == 1:
            take(paths[0])
            return
        from explorer.eventlog.sources.address import address_of_files

        take(address_of_files(paths).text)

    def choose_files(self) -> None:
        """Ask which files the open log is made of."""
        from explorer.desktop.files.files_dialog import FilesDialog

        path = self.path
        if path is None or path == "-" or (is_address(path) and not path.startswith("files:")):
            self.status.show_text(tr("This log is no file, so none can be added to it."))
            return
        dialog = FilesDialog(path, self)
        dialog.chosen.connect(lambda chosen: self.open_path(chosen, self.options))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def options_for(self, path: str) -> "OpenOptions":
        """As the person said when it was open before."""
        return self.furnish().rereading.remembered(path, self.fresh)

    def close_log(self) -> None:
        """Back to the welcome page."""
        self._cancel()
        self._end_work()
        document = self.page.document
        self.page.show_document(None)
        if document is not None:
            _let_go(document)
        for name in LESSON_ACTIONS:
            self.actions_by_name[name].setEnabled(False)
        self._show_welcome()

    def clear_cache(self) -> None:
        """Delete all kept indexes; they are built again when they are needed."""
        from explorer.history.cache import IndexCache

        folder = self.cache_dir
        freed = IndexCache(folder).clear() if folder is not None else 0
        self.status.show_text(tr("The cache is empty; {freed:,.1f} MB freed").format(freed=freed / 1000000.0))

    @property
    def cache_dir(self) -> Path | None:
        """Where indexes are kept, if they are."""
        return self.fresh.cache_dir

    def choose_theme(self, choice: str) -> None:
        """Light, dark, or as the system is."""
        self.settings.theme = choice
        apply_theme(choice)
        self.refresh_theme()
        self.theme_chosen.emit(choice)

    def refresh_theme(self) -> None:
        """Draw anew what does not follow a theme by itself."""
        self.actions_by_name[f"choose_theme:{self.settings.theme}"].setChecked(True)
        refresh_icons(self.actions_by_name)
        if self.parts is not None:
            self.page.transport.refresh()

    def new_window(self) -> None:
        """Another window, with nothing open in it."""
        self.new_asked.emit("")

    def open_in_new_window(self) -> None:
        """Ask for a file, and open it in another window."""
        self._ask_file(self.new_asked.emit)

    def quit(self) -> None:
        """Close every window; they are there again at the next start."""
        self.quit_asked.emit()

    def toggle_full_screen(self) -> None:
        """Use the whole screen, or no longer."""
        if self.isFullScreen():
            self.showNormal()
        else:
            self.showFullScreen()

    def show_palette(self) -> None:
        """Every action, by its name."""
        from explorer.desktop.window.palette import Palette, besides

        Palette(self.actions_by_name, self, besides(self)).open()

    def show_keys(self) -> None:
        """Every key."""
        from explorer.desktop.help.dialogs import KeysDialog

        KeysDialog(self).open()

    # --- private --------------------------------------------------------------------------------

    def _do(self, spec: ActionSpec, checked: bool) -> None:
        """Call what an action names, which is looked for only now; say so if nothing has come of it."""
        call = self.target(spec.slot, of_page=spec.page)
        if spec.switch:
            call(checked)
        else:
            told(self, spec.slot, partial(call, spec.argument) if spec.argument else call)

    def _end_work(self) -> None:
        """What is done for a person with the log that is open ends with it."""
        parts = self.furnish()
        parts.exporting.stop()
        parts.presenter.end()
        parts.lessons.end()

    def _show_welcome(self) -> None:
        self.welcome.show_recent(self.settings.recent, self.settings.recent_lessons)
        self.pages.setCurrentWidget(self.welcome)
        self.setWindowTitle(TITLE)
        self.status.show_text("")
        self._enable(log=False)

    def _enable(self, *, log: bool) -> None:
        for spec in ACTIONS:
            if spec.needs_log:
                self.actions_by_name[spec.name].setEnabled(log)
        if self.parts is not None and self.is_furnished:
            for name in self.page.panels.docks:
                self.actions_by_name[f"panel:{name}"].setEnabled(log)
            self.parts.layouts.enable(log)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            pressed = isinstance(QApplication.focusWidget(), QAbstractButton | QComboBox)
            if (
                pressed and event.key() == Qt.Key.Key_Space
            ):  # of a button it is the button's, and plays nothing
                event.accept()
                return True
        return super().event(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._cancel()
        self.end_furnishing()
        if self.is_furnished:
            self._end_work()
            self.page.player.pause()
        self.closing.emit()
        self.settings.geometry = self.saveGeometry()
        if self.is_furnished:
            if self.page.panels.placed:  # else nobody has seen them, and what Qt says of them is arbitrary
                self.settings.layout = self.page.panels.saved()
            document = self.page.document
            self.page.show_document(None)
            if document is not None:
                _let_go(document)
        event.accept()


def _let_go(document: "Document", following: str | None = None) -> None:
    """Close a log that is shown no longer; if it was a copy, it goes, unless the log that follows is the same."""
    from explorer.session.files.scratch import drop_copy

    document.close()
    if document.path != following:
        drop_copy(document.path)
