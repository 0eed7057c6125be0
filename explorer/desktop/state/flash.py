"""How does a table show for a moment that something has just happened in it?"""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

BEATS = 4  # on, off, on, off: seen even when one looks elsewhere, and slow enough to trouble nobody
BEAT_MS = 220


class Flash(QObject):
    """Turns a look on and off a few times; it is off in the end, also when it is begun anew in between."""

    def __init__(self, draw: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._draw = draw
        self._left = 0
        self._timer = QTimer(self)
        self._timer.setInterval(BEAT_MS)
        self._timer.timeout.connect(self._beat)

    @property
    def on(self) -> bool:
        """Whether it is bright now."""
        return self._left % 2 == 1

    def begin(self) -> None:
        """Begin."""
        self._left = BEATS - 1
        self._timer.start()
        self._draw()

    def _beat(self) -> None:
        self._left -= 1
        if self._left <= 0:
            self._timer.stop()
            self._left = 0
        self._draw()
