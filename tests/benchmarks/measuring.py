"""What is one row of `make bench`, and how is one measurement made: in a process of its own, timed, its memory seen?"""

import json
import os
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

ACCOUNTS = 100_000
RUNS = 3
LARGE_BYTES = (
    256 << 20
)  # a file that is made for one row, and larger than this, is removed when the row is done


class Row(NamedTuple):
    """One line of the table.

    Attributes:
        name: What is measured, by what; a row that goes on with the one above begins with an ellipsis.
        value: The ratio, or the seconds or bytes that the name says.
        bar, aim: What it is to be.
        at_most: On which side of the bar is good.
        said: What stands behind the value in brackets: seconds.
        events: Of how many, if not of as many as the whole run.
    """

    name: str
    value: float
    bar: float
    aim: float
    at_most: bool = True
    said: str = ""
    events: int | None = None

    @property
    def ok(self) -> bool:
        return self.value <= self.bar if self.at_most else self.value >= self.bar

    @property
    def title(self) -> str:
        return self.name if self.events is None else f"{self.name} [{self.events:,} events]"


def timed(work: Callable[[], object], runs: int = RUNS) -> float:
    """Median seconds of several runs."""
    found = []
    for _ in range(runs):
        begin = time.perf_counter()
        work()
        found.append(time.perf_counter() - begin)
    return statistics.median(found)


def memory_of(root: int) -> int:
    """Bytes of a process and its children together, shared pages counted once (PSS)."""
    total, waiting = 0, [root]
    while waiting:
        pid = waiting.pop()
        try:
            rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
            total += (
                next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:")) * 1024
            )
            for task in Path(f"/proc/{pid}/task").iterdir():
                waiting += map(int, (task / "children").read_text().split())
        except (OSError, StopIteration):
            continue
    return total


def child(what: str, path: Path) -> tuple[dict[str, float], int]:
    """Run one measurement in a process of its own; also its peak memory, children included."""
    peak = 0
    process = subprocess.Popen(
        [sys.executable, str(Path(__file__).with_name("measures.py")), what, str(path)],
        stdout=subprocess.PIPE,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    done = threading.Event()

    def watch() -> None:
        nonlocal peak
        while not done.wait(0.1):
            peak = max(peak, memory_of(process.pid))

    watcher = threading.Thread(target=watch)
    watcher.start()
    output = process.communicate()[0]
    done.set()
    watcher.join()
    if process.returncode:
        raise RuntimeError(f"{what} of {path.name} ended with {process.returncode}")
    return json.loads(output.splitlines()[-1]), peak


def median_of(what: str, path: Path, runs: int = RUNS) -> dict[str, float]:
    """Each figure of a measurement: the median of several runs."""
    found = [child(what, path)[0] for _ in range(runs)]
    return {name: statistics.median(run[name] for run in found) for name in found[0]}


def made(count: int, folder: Path) -> Path:
    """A log of `count` events by `history-explorer generate`, made once."""
    path = folder / f"accounts-{count}.jsonl"
    if not path.exists():
        unfinished = path.with_suffix(".part")
        with unfinished.open("wb") as file:
            command = [sys.executable, "-m", "explorer", "generate", str(count), "--accounts", str(ACCOUNTS)]
            subprocess.run(command, stdout=file, check=True)
        unfinished.rename(path)
    return path


def made_small(folder: Path) -> Path:
    """100,000 events about as many accounts as the large log has."""
    path = folder / "accounts-small.jsonl"
    line = (
        '{"type":"MoneyDeposited","data":{"accountId":"acc-%d","amount":%d.25},"at":"2026-01-01T00:00:00Z"}\n'
    )
    path.write_text("".join(line % (place, place) for place in range(ACCOUNTS)))
    return path


def let_go(path: Path) -> None:
    """Remove a file that was made for one row, if it is large."""
    if path.stat().st_size > LARGE_BYTES:
        path.unlink()
