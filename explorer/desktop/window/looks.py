"""How do a window's colours and size of text change, and how does a person come to the settings?"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QToolBar

from explorer.desktop.help.dialogs import AboutDialog
from explorer.desktop.help.hints import HintBar
from explorer.desktop.look.icons import fit_icons
from explorer.desktop.look.theme import apply_text_size
from explorer.desktop.window.settings_dialog import SettingsDialog
from explorer.language import tr

if TYPE_CHECKING:
    from explorer.desktop.window.main_window import MainWindow

SIZES = (80, 90, 100, 110, 125, 150, 175, 200)  # of text, percent


class Looks(QObject):
    """What the actions about looks do in one window. Text has one size in all windows."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self.hints = HintBar()
        self.hints.done.connect(self._hints_seen)
        self._bar = QToolBar(tr("Hint"))
        self._bar.setMovable(False)
        self._bar.setAccessibleName(tr("Hint"))
        self._bar.toggleViewAction().setEnabled(False)
        self._bar.addWidget(self.hints)
        self._bar.hide()
        window.addToolBar(Qt.ToolBarArea.TopToolBarArea, self._bar)

    def zoom_in(self) -> None:
        """Larger text."""
        self._zoom(min((size for size in SIZES if size > self._percent), default=SIZES[-1]))

    def zoom_out(self) -> None:
        """Smaller text."""
        self._zoom(max((size for size in SIZES if size < self._percent), default=SIZES[0]))

    def zoom_usual(self) -> None:
        """Text as large as the system's."""
        self._zoom(100)

    def show_settings(self) -> None:
        """Every setting in one dialog."""
        SettingsDialog(self._window.settings, self._window).open()

    def show_about(self) -> None:
        """What program this is."""
        AboutDialog(self._window.settings, self._window).open()

    def show_hints(self) -> None:
        """What a newcomer should know."""
        self._bar.show()
        self.hints.begin()
        self.hints.next.setFocus()

    def offer_hints(self) -> None:
        """Show them to somebody who has not seen them; the keyboard stays where it is."""
        if not self._window.settings.hints_seen:
            self._bar.show()
            self.hints.begin()

    @property
    def _percent(self) -> int:
        return self._window.settings.text_percent

    def _zoom(self, percent: int) -> None:
        self._window.settings.text_percent = percent
        apply_text_size(percent)
        fit_icons()
        self._window.status.show_text(tr("Text at {percent} %").format(percent=percent))

    def _hints_seen(self) -> None:
        self._window.settings.hints_seen = True
        self._bar.hide()
        if QApplication.focusWidget() is None:
            self._window.page.events_table.setFocus()
