"""When is what a window needs for a log made, if its first picture need not wait for it?"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QPaintEvent
from PySide6.QtWidgets import QApplication, QStackedWidget

from explorer.desktop.files.opening_window import OpeningWindow
from explorer.desktop.settings import Settings
from explorer.desktop.tasks import run_beside

if TYPE_CHECKING:
    from explorer.desktop.files.copies import Copies
    from explorer.desktop.files.exporting import ExportController
    from explorer.desktop.files.following import FollowController
    from explorer.desktop.files.newest_first import NewestFirst
    from explorer.desktop.files.proving import VerificationController
    from explorer.desktop.files.rereading import RereadController
    from explorer.desktop.files.workspaces import Workspaces
    from explorer.desktop.lessons.presenter import Presenter
    from explorer.desktop.lessons.teaching import LessonController
    from explorer.desktop.look.looks import Looks
    from explorer.desktop.page.log_page import LogPage
    from explorer.desktop.panels.layouts import Layouts
    from explorer.desktop.projections.left_out import LeftOut
    from explorer.desktop.projections.read_models import ReadModels
    from explorer.desktop.projections.upcaster_choice import UpcasterChoice
    from explorer.desktop.projections.wrong_file import WrongFiles
    from explorer.session.options import OpenOptions

WORKBENCH = "explorer.desktop.workbench"  # with all that it imports: most of the program


class FurnishedWindow(OpeningWindow):
    """A window that comes with menus and the welcome page only.

    The parts below (`workbench.furnish`) are made after its first picture: the modules are read on another thread,
    the widgets made in steps. Whoever asks for a part sooner gets all of them at once.
    """

    furnished = Signal()  # everything is there

    settings: Settings
    actions_by_name: dict[str, QAction]
    pages: QStackedWidget

    page: "LogPage"
    read_models: "ReadModels"
    rereading: "RereadController"
    following: "FollowController"
    proving: "VerificationController"
    workspaces: "Workspaces"
    exporting: "ExportController"
    copies: "Copies"
    left_out: "LeftOut"
    newest_first: "NewestFirst"
    layouts: "Layouts"
    looks: "Looks"
    upcasters: "UpcasterChoice"
    wrong_files: "WrongFiles"
    lessons: "LessonController"
    presenter: "Presenter"
    LATER = frozenset(
        name for name in __annotations__ if name not in {"settings", "actions_by_name", "pages"}
    )

    def __init__(self, supply: "Callable[[], OpenOptions] | None") -> None:
        super().__init__(supply)
        self.is_furnished = False
        self._asked_for = False
        self._leaving = False
        self._steps: Iterator[None] | None = None

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> object:
            """Asked for nothing but what is not there, or not yet."""
            if name in FurnishedWindow.LATER:
                self.furnish()
                if name in self.__dict__:
                    return self.__dict__[name]
            raise AttributeError(f"a window has no {name!r}")

    def furnish(self) -> None:
        """Make now what has not been made yet."""
        if not self.is_furnished:
            with _undressed():
                while not self.is_furnished:
                    self._furnish_on()

    def when_furnished(self, do: Callable[[], object]) -> None:
        """Do it once everything is there."""
        if self.is_furnished:
            do()
        else:
            self.furnished.connect(do, Qt.ConnectionType.SingleShotConnection)

    def end_furnishing(self) -> None:
        """Leave nothing half made, which nobody would own, in a window that goes."""
        self._leaving = True
        if self._steps is not None:
            self.furnish()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._asked_for:
            self._asked_for = True
            QTimer.singleShot(0, self, self._import_parts)

    def _import_parts(self) -> None:
        if not self.is_furnished:
            run_beside(None, lambda _report: import_module(WORKBENCH), ended=self._furnish_in_turns)

    def _furnish_in_turns(self) -> None:
        if not self.is_furnished and not self._leaving:
            self._furnish_on()
            QTimer.singleShot(0, self, self._furnish_in_turns)

    def _furnish_on(self) -> None:
        """Do one step."""
        if self._steps is None:
            self._steps = import_module(WORKBENCH).furnish(self)
        if next(self._steps, self) is self:  # that was the last one
            self.is_furnished = True
            self._enable(log=False)
            self.furnished.emit()

    def _enable(self, *, log: bool) -> None:
        """Let the actions do what they can do with a log, or without one."""
        raise NotImplementedError


@contextmanager
def _undressed() -> Iterator[None]:
    """Build many widgets in a fraction of the time: Qt would dress each again as often as it is moved."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    sheet = app.styleSheet()
    app.setStyleSheet("")
    try:
        yield
    finally:
        app.setStyleSheet(sheet)
