"""How long does a person wait in the window on a large log: for filters, a file of all events, an order, an append?

Everything is asked for as a person does, by what stands in the window, and ends when the window shows the answer. The
peers, `grep -c` and a cold open, run beside it; everything is in the page cache for both.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

RUNS = 3
APPENDS = 5
SELDOM, COMMON = "acc-777777777", "MoneyDeposited"
FILTERS = {"amount": "amount>999", "exact": "data.amount:500.5", "common": COMMON, "seldom": SELDOM}
_BEAT_S = 0.001
_SCRUBBED = 100  # places from end to end


class Waiting:
    """Turns Qt's loop until something is so, and measures what the window's thread does meanwhile."""

    def __init__(self, app: Any) -> None:
        self._app = app
        self.longest_s = 0.0  # processor time of one turn: what keeps everything else waiting

    def until(self, there: Callable[[], bool], most_s: float = 600.0) -> float:
        """Seconds until it is so."""
        begin = time.perf_counter()
        while not there():
            before = time.thread_time()
            self._app.processEvents()
            self.longest_s = max(self.longest_s, time.thread_time() - before)
            time.sleep(_BEAT_S)
            if time.perf_counter() > begin + most_s:
                raise TimeoutError
        return time.perf_counter() - begin

    def rest(self, seconds: float) -> None:
        """The person looks at what is there."""
        end = time.monotonic() + seconds
        self.until(lambda: time.monotonic() > end)


class Shown:
    """A window in which a log is open.

    Attributes:
        window, waiting: It, and who waits for it.
        folder: Where its settings lie, and what else is left behind by nobody.
    """

    def __init__(self, waiting: Waiting, window: Any, folder: Path) -> None:
        self.waiting, self.window, self.folder = waiting, window, folder

    def open(self, path: Path, options: Any = None) -> float:
        """Seconds until the log is open. Then the person waits until its index is kept and all panels have theirs."""
        from PySide6.QtCore import QThreadPool

        window, waiting = self.window, self.waiting
        begin = time.perf_counter()
        window.open_path(str(path), *([] if options is None else [options]))
        waiting.until(lambda: window.page.document is not None and not window.opening)
        seconds = time.perf_counter() - begin
        QThreadPool.globalInstance().waitForDone()
        self.rest()
        return seconds

    def rest(self) -> None:
        """All panels get what they ask for; what holds the window counts from then on."""
        self.waiting.rest(2.0)
        self.waiting.longest_s = 0.0


@contextmanager
def shown(beside: Path | None = None) -> Iterator[Shown]:
    """A window without a log; `beside`: its folder is on the disk of this file."""
    from explorer.desktop.app import dressed
    from explorer.desktop.settings import open_settings
    from explorer.desktop.window.main_window import MainWindow

    waiting = Waiting(dressed("light"))
    with tempfile.TemporaryDirectory(dir=None if beside is None else beside.parent) as folder:
        window: Any = MainWindow(open_settings(Path(folder) / "settings.ini"))
        window.resize(1600, 1000)
        window.show()
        waiting.until(window.isVisible)
        yield Shown(waiting, window, Path(folder))
        window.close()
        waiting.rest(0.1)


def counted(word: str, path: Path) -> float:
    """Seconds of `grep -c`."""
    begin = time.perf_counter()
    subprocess.run(["grep", "-c", word, str(path)], capture_output=True, check=False)
    return time.perf_counter() - begin


def of_window(path: Path) -> dict[str, float]:
    """Seconds of each; `held` is the longest turn of the window's loop, in processor time."""
    from explorer.session.options import OpenOptions

    found: dict[str, float] = {}
    with shown(path) as own:
        window, waiting = own.window, own.waiting
        log = own.folder / "log.jsonl"
        shutil.copy(path, log)
        found["open"] = own.open(log, OpenOptions(cache_dir=own.folder / "cache"))
        for name, text in FILTERS.items():
            found |= {f"{name} {what}": value for what, value in _filtered(window, waiting, text).items()}
        found["grep common"], found["grep seldom"] = (
            statistics.median(counted(word, log) for _ in range(RUNS)) for word in (COMMON, SELDOM)
        )
        found["stop"] = _stopped(window, waiting)
        found["export"] = _exported(window, waiting, own.folder / "all.csv")
        found["order"] = _ordered(window, waiting)
        found["append"] = _appended(window, waiting, log)
        found["held"] = waiting.longest_s
    return found


def of_hot(path: Path) -> dict[str, float]:
    """Seconds until a what-if without the first event of an entity with very many is shown, with its value's plot."""
    with shown() as own:
        own.open(path)
        page, waiting = own.window.page, own.waiting
        page.explaining.explain_quietly("acc-0", "balance")
        page.panels.bring_up("plot")
        own.rest()
        branching = page.branching
        begin = time.perf_counter()
        branching.change("skip", 1)
        waiting.until(lambda: branching.panel.rejected.rowCount() > 0)
        page.panels.bring_up("plot")
        waiting.until(
            lambda: not page.plotting.panel._loading.running and not page.plotting.panel._gathering.running
        )
        seconds = time.perf_counter() - begin
        return {"what-if": seconds, "held": waiting.longest_s}


def of_many(path: Path) -> dict[str, float]:
    """Seconds until the events of one of very many entities are listed, and until all are sorted, grouped, compared."""
    found: dict[str, float] = {}
    with shown() as own:
        own.open(path)
        window, page, waiting = own.window, own.window.page, own.waiting
        found["filter"] = max(
            _filtered(window, waiting, f"account:{name}")["all"] for name in ("acc-777", "ACC-4242")
        )
        for name, how, field in (("sort", "down", "balance"), ("group", "group", "balance")):
            begin = time.perf_counter()
            page.arranging.change_column(how, field)
            waiting.until(partial(_is_arranged, page))
            found[name] = time.perf_counter() - begin
        page.arranging.fold_all()
        waiting.until(partial(_is_arranged, page))
        page.panels.bring_up("diff")
        begin = time.perf_counter()
        page.comparing.put_a_at(page.document.event_count // 10)
        waiting.until(lambda: page.diff.model.rowCount() > 0)
        found["compare"] = time.perf_counter() - begin
        found["held"] = waiting.longest_s
    return found


def of_folder(path: Path) -> dict[str, float]:
    """Seconds to the window's first picture of a history folder, and to a sort; its memory at most, in MB."""
    from PySide6.QtCore import QThreadPool

    from explorer.desktop.app import dressed
    from explorer.desktop.settings import open_settings
    from explorer.desktop.window.main_window import MainWindow

    waiting = Waiting(dressed("light"))
    pool = QThreadPool.globalInstance()

    def at_rest() -> bool:
        return pool.activeThreadCount() == 0

    found: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as settings:
        window: Any = MainWindow(open_settings(Path(settings) / "settings.ini"))
        window.resize(1600, 1000)
        window.show()
        begin = time.perf_counter()
        window.open_path(str(path))
        waiting.until(lambda: window.page.document is not None and not window.opening)
        found["open"] = time.perf_counter() - begin
        waiting.rest(2.0)  # the panels begin what they ask for
        waiting.until(at_rest)
        waiting.longest_s = 0.0
        page = window.page
        count = page.document.event_count
        for part in (7, 2, 9, 4, 1):
            page.playhead.move_to(count * part // 10)
            waiting.rest(0.3)
            waiting.until(at_rest)
        for step in range(_SCRUBBED + 1):
            page.playhead.move_to(count * step // _SCRUBBED)
            waiting.rest(0.02)
        waiting.until(at_rest)
        begin = time.perf_counter()
        page.arranging.change_column("down", "balance")
        waiting.until(partial(_is_arranged, page))
        found["sort"] = time.perf_counter() - begin
        waiting.until(at_rest)
        found["held"] = waiting.longest_s
        window.close()
        waiting.rest(0.1)
    line = next(
        each for each in Path("/proc/self/status").read_text().splitlines() if each.startswith("VmHWM:")
    )
    return found | {"peak": int(line.split()[1]) / 1024}


def _is_arranged(page: Any) -> bool:
    return not page.arranging._ordering.running and page.state_model.waiting is None


def _filtered(window: Any, waiting: Waiting, text: str) -> dict[str, float]:
    """Seconds until the table lists the first that is found, and until it lists all: medians."""
    page = window.page
    runs = []
    for _ in range(RUNS):
        begin = time.perf_counter()
        page.filter.setText(text)
        first = waiting.until(lambda: _lists_some(page))
        waiting.until(lambda: not page.filtering._search.running)
        runs.append((first, time.perf_counter() - begin))
        page.filter.setText("")
        waiting.until(lambda: page.filtering.hits is None)
        waiting.rest(0.3)
    return {
        "first": statistics.median(run[0] for run in runs),
        "all": statistics.median(run[1] for run in runs),
    }


def _lists_some(page: Any) -> bool:
    listed = page.events_table.model().listed_count
    return not page.filtering._search.running or 0 < listed < page.document.entry_count


def _stopped(window: Any, waiting: Waiting) -> float:
    """Seconds until nothing works on a filter that was taken back in the middle."""
    page, found = window.page, []
    for _ in range(RUNS):
        page.filter.setText(FILTERS["exact"])
        waiting.rest(0.3)
        page.filter.setText("")
        found.append(waiting.until(lambda: not page.filtering._search.at_work))
    return statistics.median(found)


def _exported(window: Any, waiting: Waiting, path: Path) -> float:
    from explorer.session.files.exports import EventsExport

    document, exporting = window.page.document, window.parts.exporting
    begin = time.perf_counter()
    exporting.write(str(path), lambda: EventsExport(document, None), "csv", guarded=False)
    waiting.until(lambda: not exporting._tasks)
    seconds = time.perf_counter() - begin
    path.unlink()
    return seconds


def _ordered(window: Any, waiting: Waiting) -> float:
    """Seconds until the window stands in the order of time."""
    header = window.page.header
    begin = time.perf_counter()
    header.order_chosen.emit("time")
    waiting.until(lambda: window.page.document.order == "time")
    seconds = time.perf_counter() - begin
    header.order_chosen.emit("log")
    waiting.until(lambda: window.page.document.order == "log")
    return seconds


def _appended(window: Any, waiting: Waiting, log: Path) -> float:
    """Seconds from an append until the window stands behind the event."""
    with log.open("rb") as file:
        file.seek(max(0, log.stat().st_size - 1_000))
        line = file.read().splitlines()[-1] + b"\n"
    window.parts.following.follow_end(True)
    found = []
    for _ in range(APPENDS):
        waiting.rest(1.5)
        with log.open("ab") as file:
            file.write(line)
        found.append(waiting.until(partial(_is_behind, window.page.playhead, window.page.playhead.last)))
    return statistics.median(found)


def _is_behind(playhead: Any, last: int) -> bool:
    return bool(playhead.position > last)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    log = Path(sys.argv[1])
    of = {"hot": of_hot, "many": of_many}.get(log.name.partition("-")[0], of_window)
    for name, value in of(log).items():
        print(f"{name:16} {value:8.3f}", flush=True)
