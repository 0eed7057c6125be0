"""Which position is due now, when the log plays by itself?

Pure: the clock is an argument, so playback is tested without waiting and without a window.
"""

from collections.abc import Callable
from typing import Literal

type Mode = Literal["event", "pace"]

SPEEDS = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 256.0, 1024.0)
EVENTS_PER_SECOND = 2.0  # at 1×: slow enough to read every change aloud
LONGEST_GAP_S = 2.0  # at the original pace nobody waits through a night without events
MAX_EVENTS_PER_CALL = 20_000  # bounds one call at the original pace, however late it comes


class Playback:
    """A player over positions 0…`last`.

    By "event" every event takes the same time; at the original "pace" the time between two
    events is that of their moments, divided by the speed and cut at `LONGEST_GAP_S`.
    """

    def __init__(self, last: int, moment_ns: Callable[[int], int | None]) -> None:
        self._last = last
        self._moment_ns = moment_ns
        self._position = 0
        self._since_s = 0.0  # when `_position` became due
        self.running = False
        self._speed = 1.0
        self._mode: Mode = "event"

    @property
    def speed(self) -> float:
        """How many times faster than normal."""
        return self._speed

    @property
    def mode(self) -> Mode:
        """Whether every event takes the same time, or its own."""
        return self._mode

    def start(self, position: int, now_s: float) -> int:
        """Play from `position`, or from the start when that is the end; return where it begins."""
        self._position = 0 if position >= self._last else position
        self._since_s = now_s
        self.running = self._last > 0
        return self._position

    def pause(self) -> None:
        """Stop where it is."""
        self.running = False

    def moved(self, position: int, now_s: float) -> None:
        """Somebody else moved the playhead: go on from there."""
        if position != self._position:
            self._position, self._since_s = position, now_s

    def set_speed(self, speed: float, now_s: float) -> None:
        """Change the speed without a jump."""
        self._rebase(now_s)
        self._speed = speed

    def set_mode(self, mode: Mode, now_s: float) -> None:
        """Change how long an event takes, without a jump."""
        self._rebase(now_s)
        self._mode = mode

    def due(self, now_s: float) -> int:
        """Return the position to show at `now_s`; at the end of the log it stops running."""
        if self.running:
            if self._mode == "event":
                self._advance_by_event(now_s)
            else:
                self._advance_by_pace(now_s)
            if self._position >= self._last:
                self.running = False
        return self._position

    def _rebase(self, now_s: float) -> None:
        if self.running:
            self.due(now_s)
            self._since_s = now_s

    def _advance_by_event(self, now_s: float) -> None:
        rate = EVENTS_PER_SECOND * self._speed
        events = min(int((now_s - self._since_s) * rate + 1e-9), self._last - self._position)
        if events > 0:
            self._position += events
            self._since_s += events / rate

    def _advance_by_pace(self, now_s: float) -> None:
        for _ in range(MAX_EVENTS_PER_CALL):
            if self._position >= self._last:
                return
            due_s = self._since_s + self._gap_s(self._position)
            if due_s > now_s:
                return
            self._position += 1
            self._since_s = due_s

    def _gap_s(self, position: int) -> float:
        """How long `position` stays on screen."""
        here = self._moment_ns(position) if position else None
        there = self._moment_ns(position + 1)
        if here is None or there is None:
            return 1 / (EVENTS_PER_SECOND * self._speed)
        return min(max(there - here, 0) / 1e9 / self._speed, LONGEST_GAP_S)
