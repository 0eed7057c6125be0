"""Which windows are open, how do they come back at the next start, and how does one take another one's place?"""

import time
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QObject, QPoint, QSize, Qt, QTimer
from PySide6.QtWidgets import QApplication

from explorer.desktop import translation
from explorer.desktop.settings import Settings
from explorer.desktop.window.main_window import MainWindow
from explorer.eventlog.errors import LogError
from explorer.language import tr
from explorer.session.plaintext import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from explorer.desktop.window.window_parts import Parts
    from explorer.history.history import Order
    from explorer.session.files.remembered import WindowState
    from explorer.session.options import OpenOptions


LEAVING_S = 10.0  # windows closed within this time of each other are left together
USUAL_FRAME = QSize(16, 48)  # of a window that has one, while none can be measured
STEP_PX = 32  # a new window stands so far below and right of the one it came from


class Windows(QObject):
    """All windows of the program, each with its own log and its own playhead. When the last one closes, it ends."""

    def __init__(self, settings: Settings, options: "Callable[[], OpenOptions]") -> None:
        super().__init__()
        self._settings = settings
        self._options = options
        self._file = Path(settings.store.fileName()).parent / "session.json"
        self._quitting = False
        self._waiting: list[WindowState] = []  # windows to be opened again when the one before has its log
        # windows closed one after the other, which may be the end of the program
        self._left: list[WindowState] = []
        self._left_s = 0.0  # when the last of them was
        self._stayed: list[WindowState] = []  # the others at that moment
        self.all: list[MainWindow] = []

    @property
    def front(self) -> MainWindow | None:
        """The window that the person works in, or else the newest."""
        active = QApplication.activeWindow()
        return next((window for window in self.all if window is active), self.all[-1] if self.all else None)

    def new(self, near: MainWindow | None = None) -> MainWindow:
        """Open a window with the welcome page."""
        window = MainWindow(self._settings, self._fresh)
        self.all.append(window)
        window.new_asked.connect(lambda path: self._open_new(path, window))
        window.quit_asked.connect(self.quit)
        window.closing.connect(lambda: self._close(window))
        window.log_shown.connect(self.remember)
        window.theme_chosen.connect(lambda _choice: self._refresh(window))
        window.language_chosen.connect(lambda: self.speak_anew(window))
        if near is not None:
            _put_beside(window, near)
        else:
            _put_on_screen(window)
        window.show()
        return window

    def open(
        self,
        path: str,
        position: str | None = None,
        order: "Order | None" = None,
        sources: "Mapping[str, str] | None" = None,
    ) -> MainWindow:
        """Open a log or a workspace in a window.

        Args:
            path: What to open.
            position: Where to stand in it.
            order: As recorded, as happened, or from the end; None: as is usual for it.
            sources: The files that the read models of the options came from, by kind.
        """
        window = self.new()
        window.say_reading(path)
        window.when_furnished(lambda: self._open_in(window, path, position, order, sources or {}))
        return window

    def _open_in(
        self,
        window: MainWindow,
        path: str,
        position: str | None,
        order: "Order | None",
        sources: "Mapping[str, str]",
    ) -> None:
        given = self._options()
        if sources:
            window.furnish().read_models.came_from(sources, given.projection)
        usual = (
            given.says_nothing and position is None
        )  # a link says all: where it leads is no matter of habit
        window.open_path(path, None if usual else given, position, order=order)

    def begin(self) -> MainWindow:
        """Open a window, and in it and others what was open when the program ended."""
        window = self.new()
        if self._settings.reopen and self._file.exists():
            window.when_furnished(lambda: self._reopen(window))
        return window

    def _fresh(self) -> "OpenOptions":
        """How a log is opened that was not named on the command line."""
        from dataclasses import replace

        from explorer.eventlog.read_as import AS_FOUND
        from explorer.session.options import AUTO

        return replace(self._options(), fields=None, projection=AUTO, read_as=AS_FOUND, profile=None)

    def quit(self) -> None:
        """Close every window; all of them are there again at the next start."""
        self.remember()
        self._quitting = True
        for window in list(self.all):
            window.close()

    def speak_anew(self, chooser: MainWindow) -> None:
        """Speak the chosen language in every window; each is made anew, and stands where it stood."""
        translation.speak_in(self._settings.language)
        for window in [chooser, *(window for window in self.all if window is not chooser)]:
            QTimer.singleShot(0, window, lambda window=window: self._make_anew(window, chooser))

    def remember(self) -> None:
        """Write down which windows are open, and where in their logs."""
        if not self._quitting:
            from explorer.session.files import remembered

            states = [*map(_state, self.all), *self._waiting] if self._settings.reopen else []
            remembered.save(self._file, tuple(states))

    def _open_new(self, path: str, near: MainWindow) -> None:
        window = self.new(near)
        if path:
            window.open_path(path)

    def _close(self, window: MainWindow) -> None:
        if window not in self.all:
            return
        others, now_s = [each for each in self.all if each is not window], time.monotonic()
        if now_s - self._left_s > LEAVING_S or [*map(_state, self.all)] != self._stayed:
            self._left = []
        self._left.append(_state(window))
        self._left_s, self._stayed = now_s, [*map(_state, others)]
        if not others:
            # The last one takes the program with it, and comes back with it. So do those that were closed just before
            # it, one after the other and with nothing done between: that is how a person, or the end of a session,
            # leaves a program of several windows (Firefox sees it so too). A window that was closed earlier is gone.
            self._waiting = self._left[:-1]
            self.remember()
            self._waiting = []
        self.all.remove(window)
        if self.all:
            self.remember()
        window.deleteLater()

    def _make_anew(self, old: MainWindow, chooser: MainWindow) -> None:
        if old not in self.all:
            return
        if old.opening:  # once all is read, and shown, it can be handed over
            old.reading_ended.connect(
                lambda: QTimer.singleShot(0, old, lambda: self._make_anew(old, chooser)),
                Qt.ConnectionType.SingleShotConnection,
            )
            return
        self._settings.geometry = old.saveGeometry()
        new = self.new()
        self.all.remove(new)  # until it stands for the old one
        new.when_furnished(  # in a turn of its own: to make the last parts took one
            lambda: QTimer.singleShot(0, new, lambda: self._replace(old, new, chooser))
        )

    def _replace(self, old: MainWindow, new: MainWindow, chooser: MainWindow) -> None:
        gone = new if old not in self.all else old  # the person may have closed it meanwhile
        if gone is old:
            self.all[self.all.index(old)] = new
            if old.is_furnished:
                hand_over(old, new)
        gone.close()
        gone.deleteLater()
        self.remember()
        if old is chooser and gone is old:
            QTimer.singleShot(0, new, new.furnish().looks.show_settings)

    def _refresh(self, chooser: MainWindow) -> None:
        for window in self.all:
            if window is not chooser:
                window.refresh_theme()

    def _reopen(self, first: MainWindow) -> None:
        from explorer.session.files import remembered

        self._waiting = list(remembered.load(self._file))
        self._reopen_next(first)

    def _reopen_next(self, window: MainWindow | None = None) -> None:
        from explorer.session.files.workspace import sameness

        if not self._waiting or self._quitting:
            return
        state = self._waiting.pop(0)
        window = window or self.new()
        window.restoreGeometry(QByteArray(state.geometry))
        if state.log is not None:
            if sameness(state.log) == "missing":
                name = visible(state.log.path, 200)
                window.status.show_text(tr("{log} was open here, and is not there any more").format(log=name))
            else:
                window.open_view(state.log.path, state.view)
                window.reading_ended.connect(self._go_on, Qt.ConnectionType.SingleShotConnection)
                return
        self._go_on()

    def _go_on(self) -> None:
        """Each window is made in a turn of the event loop of its own, so that the others can be used meanwhile."""
        QTimer.singleShot(0, self, self._reopen_next)


def _put_on_screen(window: MainWindow) -> None:
    """On a small screen nothing of a window is out of reach, also when it grows by a line."""
    room = window.screen().availableGeometry()
    size = window.size().boundedTo(room.size() - USUAL_FRAME)
    if size != window.size():
        window.resize(size)
        window.move(room.topLeft())


def _put_beside(window: MainWindow, near: MainWindow) -> None:
    """A step below and right of another window, as large as that is when it does not fill the screen, and on it."""
    whole = near.isMaximized() or near.isFullScreen()
    size = near.normalGeometry().size() if whole else near.size()
    frame = USUAL_FRAME if whole else near.frameGeometry().size() - near.geometry().size()
    room = near.screen().availableGeometry()
    size = size.boundedTo(room.size() - frame)
    corner = (room.topLeft() if whole else near.pos()) + QPoint(STEP_PX, STEP_PX)
    most = room.bottomRight() - QPoint(size.width() + frame.width() - 1, size.height() + frame.height() - 1)
    window.setWindowState(Qt.WindowState.WindowNoState)
    window.resize(size)
    window.move(max(min(corner.x(), most.x()), room.left()), max(min(corner.y(), most.y()), room.top()))


def _state(window: MainWindow) -> "WindowState":
    from explorer.session.files.remembered import WindowState
    from explorer.session.files.scratch import origin
    from explorer.session.files.workspace import workspace

    geometry = bytes(window.saveGeometry().data())
    document = window.page.document if window.parts is not None else None
    if window.parts is None or document is None or document.path is None:
        return WindowState(geometry)
    view = window.pending_view or window.parts.workspaces.view()
    try:
        found = workspace(origin(document.path), view)
    except LogError:
        return WindowState(geometry)
    return WindowState(geometry, found.log, found.view)


def hand_over(old: "MainWindow", new: "MainWindow") -> None:
    """Let `new` show the log of `old`, where and as `old` shows it; `old` has none from then on.

    A window is made anew when the person chooses another language: each of its texts is said when it is made.
    """
    from explorer.session.lessons.reading import counterpart

    here, there = old.furnish(), new.furnish()
    there.lessons.predictions.notebook = here.lessons.predictions.notebook
    document, path = old.page.document, old.path
    if document is None or path is None:
        return
    presented, lesson, step = here.presenter.presenting, here.lessons.lesson, here.lessons.number
    here.presenter.end()
    view, part = here.workspaces.view(), old.page.timeline.view
    sought = old.page.finding.panel.line.text()
    old.page.player.pause()
    old.page.show_document(None)
    new.show_document(document, path, old.options, str(view.position))
    there.workspaces.file = here.workspaces.file
    there.read_models.came_from(here.read_models.files, old.options.projection)
    new.page.branching.branches = old.page.branching.branches
    new.page.branching.show_document(document)
    there.workspaces.apply(view)
    new.page.playhead.flush()
    new.page.timeline.show_view(part)
    new.page.going.take_trail(old.page.going)
    new.page.finding.panel.line.setText(sought)
    if lesson is not None:
        _go_on_with(there, str(counterpart(lesson.path)), document.path, step, presented=presented)
    elif presented:
        there.presenter.toggle()


def _go_on_with(parts: "Parts", path: str, copy: str | None, step: int, *, presented: bool) -> None:
    """Give the same lesson from the same step on, with the same copy of its log."""

    def begun(_first: int) -> None:
        parts.lessons.go_to_step(step)
        if presented:
            parts.presenter.toggle()

    parts.lessons.step_shown.connect(begun, Qt.ConnectionType.SingleShotConnection)
    parts.lessons.open(path, copy)
