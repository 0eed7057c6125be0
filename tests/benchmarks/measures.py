"""What does each measurement of `make bench` do, in a process of its own: `measures.py NAME LOG`?"""

import json
import os
import random
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import duckdb

from explorer.eventlog.log import open_log
from explorer.history.cache import IndexCache
from explorer.history.collect import collect
from explorer.history.history import History
from explorer.projection.choose import choose
from explorer.projection.model import Recipe
from explorer.resources import resource
from explorer.session.document import Document
from explorer.session.options import OpenOptions
from tests.benchmarks import entities, passes, window

AGAIN = 3
LAST_BYTES = 1 << 20
SCHEMA = (
    "{'type': 'VARCHAR', 'data': 'STRUCT(accountId VARCHAR, \"owner\" VARCHAR, fromAccountId VARCHAR, "
    "toAccountId VARCHAR, amount DECIMAL(38,9))', 'at': 'TIMESTAMP'}"
)


def opened(path: Path) -> History:
    """Read a log and build its index, as the window does."""
    log = open_log(path)
    history = collect(log, lambda sample: choose(Recipe("accounts"), sample, log.fields)).history()
    for line in history.field_histories.values():
        line.make_keyframes()
    return history


def window_jumps(history: History, draw: random.Random, count: int = 50) -> float:
    """Median seconds for what a window asks of a random position: the state, and the cells of 40 rows."""
    places = [draw.randrange(len(history) // 2, len(history) + 1) for _ in range(count)]
    found = []
    for place in places:
        begin = time.perf_counter()
        state = history.state(place)
        cells = [state.row(code) for code in state.codes[:40].tolist()]
        found.append(time.perf_counter() - begin)
        assert len(cells) == 40
    return statistics.median(found)


def only_open(path: Path) -> dict[str, float]:
    """Seconds from nothing to everything scrubbable."""
    begin = time.perf_counter()
    opened(path)
    return {"seconds": time.perf_counter() - begin}


def only_again(path: Path) -> dict[str, float]:
    """Seconds to open a log again whose index is kept: the median of several times."""
    options = OpenOptions(projection=Recipe("accounts"), cache_dir=path.parent / "cache")
    document = Document.open(str(path), options)
    document.keep(options)
    document.close()
    del document
    found = []
    for _ in range(AGAIN):
        begin = time.perf_counter()
        Document.open(str(path), options).close()
        found.append(time.perf_counter() - begin)
    return {"seconds": sorted(found)[AGAIN // 2]}


def only_jump(path: Path) -> dict[str, float]:
    """Seconds for what a window asks of a random position."""
    return {"seconds": window_jumps(opened(path), random.Random(1))}


def only_program(path: Path) -> dict[str, float]:
    """Events a second that a Python read model takes, everything included."""
    text = resource("projections", "balances.py").read_text(encoding="utf-8")
    begin = time.perf_counter()
    document = Document.open(str(path), OpenOptions(projection=Recipe("balances.py", "python", text)))
    found = document.event_count / (time.perf_counter() - begin)
    document.close()
    return {"rate": found}


def only_query(path: Path) -> dict[str, float]:
    """Seconds to open a log with the accounts read model written in SQL."""
    text = resource("projections", "accounts.sql").read_text(encoding="utf-8")
    begin = time.perf_counter()
    document = Document.open(str(path), OpenOptions(projection=Recipe("accounts.sql", "sql", text)))
    seconds = time.perf_counter() - begin
    document.close()
    return {"seconds": seconds}


CONDITIONS = """
SELECT data.accountId AS account, last(data.owner) AS owner,
    coalesce(sum(CASE WHEN type = 'MoneyDeposited' AND data.amount > 100 THEN data.amount
        WHEN type = 'MoneyWithdrawn' AND data.amount BETWEEN 10 AND 500.5 THEN -data.amount END), 0) AS balance,
    count(*) FILTER (WHERE data.amount >= 500) AS large
FROM events WHERE data.accountId <> 'acc-1' GROUP BY account"""


def only_conditions(path: Path) -> dict[str, float]:
    """Seconds to open a log with a read model in SQL whose conditions look into values."""
    begin = time.perf_counter()
    document = Document.open(str(path), OpenOptions(projection=Recipe("conditions.sql", "sql", CONDITIONS)))
    seconds = time.perf_counter() - begin
    document.close()
    return {"seconds": seconds}


def only_tail(path: Path) -> dict[str, float]:
    """Seconds to open a log again that has grown by 1,000 events since its index was kept."""
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        grown = Path(folder) / path.name
        shutil.copyfile(path, grown)
        options = OpenOptions(projection=Recipe("accounts"), cache_dir=Path(folder))
        document = Document.open(str(grown), options)
        document.keep(options)
        document.close()
        with grown.open("ab") as file, path.open("rb") as old:
            old.seek(-min(path.stat().st_size, LAST_BYTES), os.SEEK_END)
            file.writelines(old.readlines()[-1_000:])  # what happens later is mostly recorded later
        begin = time.perf_counter()
        document = Document.open(str(grown), options)
        seconds = time.perf_counter() - begin
        document.close()
    return {"seconds": seconds}


def only_aggregate(_path: Path) -> dict[str, float]:
    """One aggregate of 20,000 events, by the `eventsourcing` library and by ours."""
    from tests.benchmarks.aggregate import measured

    return measured()


def only_append(path: Path) -> dict[str, float]:
    """Single appends with fsync beside a bare loop, in the folder of the log."""
    from tests.benchmarks.appending import cost

    return {seals: cost(seals, str(path.parent))[1] for seals in ("checksum", "chain")}


def load(path: Path) -> duckdb.DuckDBPyConnection:
    """The log as a DuckDB table."""
    connection = duckdb.connect()
    connection.execute(
        f"CREATE TABLE events AS SELECT * FROM read_json('{path}', format='newline_delimited', columns={SCHEMA})"
    )
    return connection


def only_duckdb(path: Path) -> dict[str, float]:
    """Seconds in which DuckDB reads the log into a table."""
    begin = time.perf_counter()
    load(path)
    return {"seconds": time.perf_counter() - begin}


def only_frames(path: Path) -> dict[str, float]:
    """Frames while scrubbing, as multiples of their floor."""
    from tests.benchmarks.frames import frames

    return frames(path)


def only_start(path: Path) -> dict[str, float]:
    """Seconds until our window is there, and a bare one."""
    from tests.benchmarks.frames import start

    return start(path)


def only_window(path: Path) -> dict[str, float]:
    """Seconds from the empty window to the first events, and the memory once all was scrubbed."""
    from PySide6.QtCore import QEvent, QThreadPool
    from PySide6.QtWidgets import QApplication

    from explorer.desktop.page.log_page import REST_AFTER_MS
    from explorer.desktop.settings import open_settings
    from explorer.desktop.window.main_window import MainWindow

    app = QApplication([])

    def turn() -> None:
        """What the event loop does by itself in one turn: also let go of what is to be deleted."""
        app.processEvents()
        app.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    with tempfile.TemporaryDirectory() as folder:
        window = MainWindow(open_settings(Path(folder) / "settings.ini"))
        window.show()
        app.processEvents()
        begin = time.perf_counter()
        options = OpenOptions(cache_dir=path.parent / "cache")
        IndexCache(path.parent / "cache").clear()
        window.open_path(str(path), options)
        first = None
        while window._opening is not None:
            turn()
            if first is None and window.page.document is not None:
                first = time.perf_counter() - begin
            time.sleep(0.002)
        QThreadPool.globalInstance().waitForDone()  # the index is being kept
        whole = time.perf_counter() - begin
        first = first or whole
        document = window.page.document
        assert document is not None
        for step in range(201):
            window.page.playhead.move_to(document.event_count * step // 200)
            window.page.playhead.flush()
            app.processEvents()
        rested = time.monotonic() + 2 * REST_AFTER_MS / 1000
        while time.monotonic() < rested:  # the person looks at what is there
            turn()
            time.sleep(0.01)
        status = Path("/proc/self/status").read_text()
        resident = (
            next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")) * 1024
        )
        count = document.event_count
        window.close()
        return {"first": first, "resident": resident / count, "whole": whole}


MEASURES: dict[str, Callable[[Path], dict[str, float]]] = {
    "open": only_open,
    "passes": passes.of_all,
    "again": only_again,
    "aggregate": only_aggregate,
    "append": only_append,
    "duckdb": only_duckdb,
    "frames": only_frames,
    "hot": entities.of_hot,
    "many": entities.of_many,
    "late": entities.of_late,
    "jump": only_jump,
    "program": only_program,
    "conditions": only_conditions,
    "query": only_query,
    "start": only_start,
    "tail": only_tail,
    "window": only_window,
    "asked in the window": window.of_window,
    "hot in the window": window.of_hot,
    "many in the window": window.of_many,
}


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    print(json.dumps(MEASURES[sys.argv[1]](Path(sys.argv[2]))))
