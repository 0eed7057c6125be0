"""What moves the playhead while the log plays by itself?"""

import time

from PySide6.QtCore import QObject, QTimer, Signal

from explorer.desktop.playhead import FRAME_MS, Playhead
from explorer.session.document import Document
from explorer.session.timeline.playback import Mode, Playback


class Player(QObject):
    """A clock for `Playback`: asks the playhead to move at each frame while it runs."""

    running_changed = Signal(object)  # bool

    def __init__(self, playhead: Playhead, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._playhead = playhead
        self._playback = Playback(0, lambda _position: None)
        self._speed = 1.0
        self._mode: Mode = "event"
        self._backwards = False
        self._clock = QTimer(self)
        self._clock.setInterval(FRAME_MS)
        self._clock.timeout.connect(self._tick)

    @property
    def running(self) -> bool:
        """Whether the log plays."""
        return self._playback.running

    @property
    def loop(self) -> tuple[int, int] | None:
        """The two positions between which it plays over and over, if it does."""
        return self._playback.loop

    def show_document(self, document: Document | None) -> None:
        """Play `document` from now on; it begins paused."""
        self.pause()
        if document is None:
            self._playback = Playback(0, lambda _position: None)
        else:
            self._playback = Playback(document.event_count, document.moment_ns)
        self.set_speed(self._speed)
        self.set_mode(self._mode)
        self.set_backwards(self._backwards)

    def set_speed(self, speed: float) -> None:
        """Play so many times faster than normal."""
        self._speed = speed
        self._playback.set_speed(speed, time.monotonic())

    def set_mode(self, mode: Mode) -> None:
        """Give every event the same time, or its own."""
        self._mode = mode
        self._playback.set_mode(mode, time.monotonic())

    def set_loop(self, loop: tuple[int, int] | None) -> None:
        """Play between two positions over and over, or to the end."""
        self._playback.set_loop(loop, time.monotonic())

    def set_backwards(self, backwards: bool) -> None:
        """Play towards the start, or towards the end."""
        self._backwards = backwards
        self._playback.set_backwards(backwards, time.monotonic())

    def toggle(self) -> None:
        """Play, or pause; from the end it begins again at the start."""
        if self._clock.isActive():
            self.pause()
            return
        self._playhead.move_to(self._playback.start(self._playhead.position, time.monotonic()))
        if self._playback.running:
            self._clock.start()
            self.running_changed.emit(True)

    def pause(self) -> None:
        """Stop where it is."""
        if self._clock.isActive():
            self._clock.stop()
            self._playback.pause()
            self.running_changed.emit(False)

    def _tick(self) -> None:
        now_s = time.monotonic()
        self._playback.moved(self._playhead.position, now_s)
        self._playhead.move_to(self._playback.due(now_s))
        if not self._playback.running:
            self.pause()
