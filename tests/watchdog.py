"""Which single call on the window's thread keeps everybody waiting, and where does it stand?

A thread looks at the window's thread fifty times a second. It asks two things: which call of ours is the
outermost one on the stack, and how much processor time the window's thread has used. What counts is

- one and the same call into `explorer/desktop` (a slot, an event, a method that an action calls), or
- one turn of Qt's event loop while a test waits for it (painting and layout that are Qt's own work).

Processor time and not time by the clock, so that a busy machine blames nobody; where more programs want to run
than there are processors, each instruction takes longer too, and so more is allowed, and a test in which a call
took a little too long is run once more: it fails if that happens twice. The garbage collector's time is taken
off. What a test does between two events is its own affair, and so is the making of a window at one go, as only
tests want it.
"""

import gc
import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import NamedTuple

OURS = str(Path(__file__).resolve().parents[1] / "explorer" / "desktop")
LOOPS = "pytestqt"
WAITS = {"_QtApi.exec", "_process_events"}  # functions there which run the event loop
MOST_S = 0.1
SEVERAL = 2  # times as much for a turn of the loop, in which several events may come together
MOST_ALLOWANCE = 1.8  # times as much on a busy machine
SHARED_ALLOWANCE = 1.3  # … where other tests run beside this one
EVERY_S = 0.02
ONCE = {
    "FurnishedWindow.furnish",
    "apply_theme",
    "apply_text_size",
    "save",
    "run",
}  # making and dressing a window

DOUBTFUL = 2  # up to so many times as much may be the fault of what else runs on the machine
AGAIN = ", which may be the machine's"  # a test that fails with these words is run again (`conftest.py`)

MOST_PLACES = 12

type Place = tuple[str, int, str]  # file, line, function


class Slow(NamedTuple):
    """One call that took too long."""

    seconds: float
    where: str
    doubtful: bool  # it may have been the machine

    def __str__(self) -> str:
        said = f"{self.seconds * 1000:.0f} ms of processor time in one call on the window's thread"
        return f"{said}{AGAIN if self.doubtful else ''}:\n{self.where}"


class Watchdog:
    """Watches the thread that makes it, between `start` and `stop`."""

    def __init__(self, ours: str = OURS) -> None:
        self.slow: list[Slow] = []
        self._ours = ours
        self._watched = threading.get_ident()
        self._clock = time.pthread_getcpuclockid(self._watched)
        self._turns = 0  # of the event loop
        self._turned = 0.0  # seconds of this thread when the last turn began
        self._calls = 0
        self._collecting = 0.0  # seconds that the garbage collector has used on this thread
        self._begun: float | None = None  # when it began, in the middle of a collection
        crowd = os.getloadavg()[0] / (os.cpu_count() or 1)
        # a second process of tests on the same processor's caches makes each instruction take longer, too
        least = SHARED_ALLOWANCE if "PYTEST_XDIST_WORKER" in os.environ else 1.0
        self.most_s = MOST_S * min(max(crowd, least), MOST_ALLOWANCE)
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._look, name="watchdog", daemon=True)

    def start(self) -> None:
        """Begin to look."""
        from PySide6.QtCore import QAbstractEventDispatcher

        self._dispatcher = QAbstractEventDispatcher.instance()
        if self._dispatcher is not None:
            self._dispatcher.awake.connect(self._turn)
            self._dispatcher.aboutToBlock.connect(self._turn)
        self._turned = time.thread_time()  # what was before is nobody's turn
        gc.callbacks.append(self._collect)
        self._thread.start()

    def stop(self) -> list[Slow]:
        """End; returns what was too slow."""
        self._done.set()
        self._thread.join()
        gc.callbacks.remove(self._collect)
        if self._dispatcher is not None:
            self._dispatcher.awake.disconnect(self._turn)
            self._dispatcher.aboutToBlock.disconnect(self._turn)
        return self.slow

    def _turn(self) -> None:
        self._turns += 1
        self._turned = time.thread_time() - self._collecting

    def _collect(self, phase: str, _info: object) -> None:
        if threading.get_ident() == self._watched:
            if phase == "start":
                self._begun = time.thread_time()
            elif self._begun is not None:
                self._collecting += time.thread_time() - self._begun
                self._begun = None

    def _look(self) -> None:
        calls = [_Call(self.slow, self.most_s), _Call(self.slow, SEVERAL * self.most_s)]
        last = 0.0
        while not self._done.wait(EVERY_S):
            found, turn, places = self._call()
            now = self._begun  # in the middle of a collection: the clock as it stood before
            used = (time.clock_gettime(self._clock) if now is None else now) - self._collecting
            calls[0].seen(found, used, used, places)
            calls[1].seen(turn, max(self._turned, last), used, places)
            last = used
        for call in calls:
            call.seen(None, 0.0, 0.0, [])

    def _call(self) -> tuple[object, object, list[Place]]:
        """Which call of ours the window's thread is in the middle of, which turn of the loop, and its stack.

        No frame outlives this method, and nothing here lets go of the interpreter's lock: a frame that is held on
        to keeps what is in it alive, a painter for example.
        """
        frame = sys._current_frames().get(self._watched)
        outermost: FrameType | None = None
        innermost_wait = ""
        once = False
        places = []
        while frame is not None:
            code = frame.f_code
            places.append((code.co_filename, frame.f_lineno, code.co_qualname))
            if code.co_filename.startswith(self._ours):
                outermost = frame
                once = once or code.co_qualname in ONCE
            elif LOOPS in code.co_filename:
                innermost_wait = innermost_wait or code.co_qualname
            frame = frame.f_back
        if once or (
            outermost is not None and outermost.f_code.co_qualname == "<module>"
        ):  # a test imports it
            return None, None, places
        turn = self._turns if innermost_wait in WAITS else None
        if outermost is None:
            return None, turn, places
        if outermost.f_trace is None:  # nobody traces: the place for a mark that ends with the call
            self._calls += 1
            outermost.f_trace = (self._calls,)
        return outermost.f_trace, turn, places


class _Call:
    """One call, or one turn of the loop, for as long as it lasts."""

    def __init__(self, slow: list[Slow], most: float) -> None:
        self._slow = slow
        self._most = most
        self._key: object = None
        self._since = 0.0
        self._worst: tuple[float, list[Place]] | None = None

    def seen(self, key: object, since: float, used: float, places: list[Place]) -> None:
        """It has been looked at: `key` tells which one it is, None that there is none."""
        if key is None or key != self._key:
            if self._worst is not None:
                self._slow.append(_told(*self._worst, self._worst[0] < DOUBTFUL * self._most))
            self._key, self._since, self._worst = key, since, None
        if key is not None and used - self._since > self._most:
            self._worst = used - self._since, places if self._worst is None else self._worst[1]


def _told(seconds: float, places: list[Place], doubtful: bool) -> Slow:
    lines = [f"  {file}:{line} in {name}" for file, line, name in reversed(places[:MOST_PLACES])]
    return Slow(seconds, "\n".join(lines), doubtful)


@contextmanager
def watched(ours: str = OURS) -> Iterator[list[Slow]]:
    """Watch this thread; the list is filled in the end."""
    dog = Watchdog(ours)
    found: list[Slow] = []
    dog.start()
    try:
        yield found
    finally:
        found += dog.stop()
