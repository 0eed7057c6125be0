"""When is what a window needs for a log made, if its first picture need not wait for it?"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QPaintEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget

from explorer.desktop.settings import Settings
from explorer.desktop.tasks import Handlers, run_beside
from explorer.desktop.window.opening_window import OpeningWindow

if TYPE_CHECKING:
    from explorer.desktop.page.log_page import LogPage
    from explorer.desktop.window.window_parts import Parts
    from explorer.session.options import OpenOptions

PARTS = "explorer.desktop.window.window_parts"  # with all that it imports: most of the program


class FurnishedWindow(OpeningWindow):
    """A window that comes with menus and the welcome page only.

    Its `parts` are made after its first picture: the modules are read on another thread, the widgets made in steps.
    Whoever needs them sooner calls `furnish`.
    """

    furnished = Signal()  # everything is there

    settings: Settings
    actions_by_name: dict[str, QAction]
    pages: QStackedWidget

    def __init__(self, supply: "Callable[[], OpenOptions] | None") -> None:
        super().__init__(supply)
        self.parts: Parts | None = None  # None: not made yet
        self.is_furnished = False
        self._asked_for = False
        self._leaving = False
        self._steps: Iterator[None] | None = None

    @property
    def widget(self) -> QMainWindow:
        """The window itself, as those see it who work on its log."""
        return self

    @property
    def page(self) -> "LogPage":
        """The page of the open log. There is none in a window that has no parts yet: nothing is made here."""
        if self.parts is None:
            raise RuntimeError("the page has not been made yet; `furnish` makes it")
        return self.parts.page

    def furnish(self) -> "Parts":
        """Make now what has not been made yet."""
        if not self.is_furnished:
            with _without_style_sheet():
                while not self.is_furnished:
                    self._furnish_on()
        assert self.parts is not None
        return self.parts

    def target(self, slot: str, *, of_page: bool) -> "Callable[..., Any]":
        """The method that an action names: of the page, of the window itself, or of one of its parts."""
        here = not of_page and hasattr(self, slot.partition(".")[0])
        owner = self if here else self.furnish().page if of_page else self.furnish()
        method: Callable[..., Any] = attrgetter(slot)(owner)
        return method

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
            run_beside(
                None,
                lambda _report: import_module(PARTS).read_modules(),
                Handlers(ended=self._furnish_in_turns),
            )

    def _furnish_in_turns(self) -> None:
        if not self.is_furnished and not self._leaving:
            self._furnish_on()
            QTimer.singleShot(0, self, self._furnish_in_turns)

    def _furnish_on(self) -> None:
        """Do one step."""
        if self._steps is None:
            self._steps = import_module(PARTS).furnish(self)
        if next(self._steps, self) is self:  # that was the last one
            self.is_furnished = True
            self._enable(log=False)
            self.furnished.emit()

    def _enable(self, *, log: bool) -> None:
        """Let the actions do what they can do with a log, or without one."""
        raise NotImplementedError


@contextmanager
def _without_style_sheet() -> Iterator[None]:
    """Build many widgets in a fraction of the time: Qt would dress each again as often as it is moved."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    sheet = app.styleSheet()
    app.setStyleSheet("")
    try:
        yield
    finally:
        app.setStyleSheet(sheet)
