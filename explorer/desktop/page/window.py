"""What do those who work on the log of a window know of that window?"""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow, QStatusBar

from explorer.desktop import plain
from explorer.desktop.page.log_page import LogPage
from explorer.desktop.settings import Settings
from explorer.history.history import Order
from explorer.session.document import Document
from explorer.session.files.workspace import KeptView
from explorer.session.options import OpenOptions


class Window(Protocol):
    """One window, with the page of the log that is open in it."""

    settings: Settings
    status: plain.Elided
    actions_by_name: dict[str, QAction]

    @property
    def widget(self) -> QMainWindow:
        """Whose child a controller is, and whose dialog a dialog."""

    @property
    def page(self) -> LogPage:
        """The page; it is made when somebody first needs it, and those who ask here come with it."""

    @property
    def path(self) -> str | None:
        """What is open, as it was named; None before the first log."""

    @property
    def options(self) -> OpenOptions:
        """How it is read."""

    @property
    def fresh(self) -> OpenOptions:
        """How a log is opened of which nothing is known yet."""

    @property
    def opening(self) -> bool:
        """Whether a log is being read at the moment."""

    @property
    def pending_view(self) -> KeptView | None:
        """Where the person will stand once the log that is being read is there."""

    def open_path(
        self,
        path: str,
        options: OpenOptions | None = None,
        position: str | None = None,
        *,
        order: Order | None = None,
        view: KeptView | None = None,
        check: Callable[[Document], object] | None = None,
        refused: Callable[[Exception], None] | None = None,
    ) -> None:
        """Read a log and show it, if `check` does not raise; else tell `refused`."""

    def open_view(self, path: str, view: KeptView) -> None:
        """Open a log and stand where `view` says."""

    def forget_workspace(self) -> None:
        """What is open now has not come from a workspace file."""

    def refresh_theme(self) -> None:
        """Draw anew what does not follow a theme by itself."""

    def statusBar(self) -> QStatusBar:
        """The line at the bottom."""
