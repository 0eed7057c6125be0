"""Which position is due now, when the log plays by itself: forwards, backwards, or a stretch over and over?

Pure: the clock is an argument, so playback is tested without waiting and without a window.
"""

from collections.abc import Callable
from typing import Literal

type Mode = Literal["event", "pace"]

SPEEDS = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 256.0, 1024.0)
EVENTS_PER_SECOND = 2.0  # at 1×: slow enough to read every change aloud
LONGEST_GAP_S = 2.0  # at the original pace nobody waits through a night without events
MAX_EVENTS_PER_CALL = (
    4_000  # bounds one call at the original pace, however late it comes; the rest comes next
)


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
        self._loop: tuple[int, int] | None = None
        self._step = 1

    @property
    def speed(self) -> float:
        """How many times faster than normal."""
        return self._speed

    @property
    def mode(self) -> Mode:
        """Whether every event takes the same time, or its own."""
        return self._mode

    @property
    def loop(self) -> tuple[int, int] | None:
        """The two positions between which it plays over and over; None: to the end, once."""
        return self._loop

    @property
    def backwards(self) -> bool:
        """Whether it plays from the end to the start."""
        return self._step < 0

    def start(self, position: int, now_s: float) -> int:
        """Play from `position`, or anew where there is nothing left to play; return where it begins."""
        low, high = self._bounds
        left = low <= position < high if self._step > 0 else low < position <= high
        self._position = position if left else (low if self._step > 0 else high)
        self._since_s = now_s
        self.running = high > low
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

    def set_loop(self, loop: tuple[int, int] | None, now_s: float) -> None:
        """Play between two different positions over and over, or to the end again.

        Raises:
            ValueError: The positions are not two of the log, ascending.
        """
        if loop is not None and not 0 <= loop[0] < loop[1] <= self._last:
            raise ValueError(f"cannot play {loop} over and over: the log has positions 0 to {self._last}")
        self._rebase(now_s)
        self._loop = loop

    def set_backwards(self, backwards: bool, now_s: float) -> None:
        """Turn round, without a jump."""
        self._rebase(now_s)
        self._step = -1 if backwards else 1

    def due(self, now_s: float) -> int:
        """Return the position to show at `now_s`; where there is nothing left to play it stops running."""
        if self.running:
            if self._mode == "event":
                self._advance_by_event(now_s)
            else:
                self._advance_by_pace(now_s)
            if self._next() is None:
                self.running = False
        return self._position

    @property
    def _bounds(self) -> tuple[int, int]:
        return self._loop or (0, self._last)

    def _next(self) -> int | None:
        """The position after this one; None at the end."""
        low, high = self._bounds
        following = self._position + self._step
        if self._loop is not None and not low <= following <= high:
            return low if self._step > 0 else high
        return following if low <= following <= high else None

    def _rebase(self, now_s: float) -> None:
        if self.running:
            self.due(now_s)
            self._since_s = now_s

    def _advance_by_event(self, now_s: float) -> None:
        rate = EVENTS_PER_SECOND * self._speed
        events = int((now_s - self._since_s) * rate + 1e-9)
        if events <= 0:
            return
        low, high = self._bounds
        if self._loop is None:
            events = min(events, high - self._position if self._step > 0 else self._position - low)
            self._position += self._step * events
        else:
            if not low <= self._position <= high:  # somebody went outside: one step leads back in
                self._position = self._next() or low
                self._since_s += 1 / rate
                events -= 1
            self._position = low + (self._position - low + self._step * events) % (high - low + 1)
        self._since_s += events / rate

    def _advance_by_pace(self, now_s: float) -> None:
        for _ in range(MAX_EVENTS_PER_CALL):
            following = self._next()
            if following is None:
                return
            due_s = self._since_s + self._gap_s(self._position, following)
            if due_s > now_s:
                return
            self._position, self._since_s = following, due_s

    def _gap_s(self, here: int, there: int) -> float:
        """How long `here` stays on screen before `there`."""
        here_ns = self._moment_ns(here) if here else None
        there_ns = self._moment_ns(there) if there else None
        if here_ns is None or there_ns is None or abs(there - here) != 1:
            return 1 / (EVENTS_PER_SECOND * self._speed)
        return min(abs(there_ns - here_ns) / 1e9 / self._speed, LONGEST_GAP_S)
