"""Where does the user stand in time, and who hears when that changes?"""

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer, Signal

FRAME_MS = 16


class Playhead(QObject):
    """The only owner of the position: how many events have happened in this view.

    Slider, rows, keys and links ask it to move; it announces the outcome once per frame.
    """

    moved = Signal(object)  # the new position; an object because a Qt int ends at 2^31

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._position = 0
        self._announced = 0
        self._last = 0
        self._frame = QTimer(self)
        self._frame.setSingleShot(True)
        self._frame.setTimerType(Qt.TimerType.PreciseTimer)
        self._since = QElapsedTimer()  # the last announcement
        self._frame.timeout.connect(self.flush)

    @property
    def position(self) -> int:
        """How many events have happened."""
        return self._position

    @property
    def last(self) -> int:
        """The position after the newest event."""
        return self._last

    def reset(self, last: int, position: int) -> None:
        """Serve another log of `last` events, and announce where it begins at once."""
        self._last = last
        self._position = min(max(position, 0), last)
        self._announced = -1
        self.flush()

    def move_to(self, position: int) -> None:
        """Go to `position`, clamped to the log. The latest move within a frame wins."""
        position = min(max(position, 0), self._last)
        if position != self._position:
            self._position = position
            if not self._frame.isActive():  # a frame that took its time is no reason to wait for the next one
                passed_ms = self._since.elapsed() if self._since.isValid() else FRAME_MS
                self._frame.start(max(FRAME_MS - passed_ms, 0))

    def step(self, events: int) -> None:
        """Go `events` further, or back when negative."""
        self.move_to(self._position + events)

    def flush(self) -> None:
        """Announce now what waits for the end of the frame."""
        self._frame.stop()
        if self._announced != self._position:
            self._announced = self._position
            self._since.start()
            self.moved.emit(self._position)
