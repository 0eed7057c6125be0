"""What does a lesson need of the window it is given in?"""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtGui import QAction

from explorer.desktop.page.log_page import LogPage
from explorer.session.document import Document
from explorer.session.options import OpenOptions


class Window(Protocol):
    """What a lesson needs of the window it is given in."""

    page: LogPage
    actions_by_name: dict[str, QAction]

    @property
    def fresh(self) -> OpenOptions:
        """How a log is opened of which nothing is known yet."""

    def open_path(
        self,
        path: str,
        options: OpenOptions | None = None,
        position: str | None = None,
        *,
        check: Callable[[Document], object] | None = None,
        refused: Callable[[Exception], None] | None = None,
    ) -> None:
        """Read a log and show it, if `check` does not raise; else tell `refused`."""

    def forget_workspace(self) -> None:
        """What is open now has not come from a workspace file."""
