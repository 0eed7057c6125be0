"""How fast and how large is it, as ratios to peers and floors measured in the same run?

Each row is a median of several runs: name, value, bar, aim, and whether the bar is kept. Run it with
`make bench BENCH_EVENTS=1000000 BENCH_JSON=out.json`.
"""

import argparse
import itertools
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import duckdb
import numpy as np

from explorer.eventlog.log import open_log
from explorer.history.cache import IndexCache
from explorer.history.collect import collect
from explorer.history.conditions import parse_condition
from explorer.history.find import find
from explorer.history.history import History
from explorer.history.passes import positions_with
from explorer.history.sums import Sums
from explorer.projection.choose import choose
from explorer.projection.model import Recipe
from explorer.resources import resource
from explorer.session.document import Document
from explorer.session.files.export_formats import chunks
from explorer.session.files.exports import EventsExport
from explorer.session.options import OpenOptions
from tests.benchmarks import entities, formats, passes, sources, window

ACCOUNTS = 100_000
RUNS = 3
PROGRAM_EVENTS = 1_000_000
SCHEMA = (
    "{'type': 'VARCHAR', 'data': 'STRUCT(accountId VARCHAR, \"owner\" VARCHAR, fromAccountId VARCHAR, "
    "toAccountId VARCHAR, amount DECIMAL(38,9))', 'at': 'TIMESTAMP'}"
)
MOVES = """
    SELECT rowid AS row, data.accountId AS account,
           CASE type WHEN 'MoneyDeposited' THEN data.amount WHEN 'MoneyWithdrawn' THEN -data.amount ELSE 0 END AS amount
    FROM events WHERE type <> 'MoneyTransferred'
    UNION ALL SELECT rowid, data.fromAccountId, -data.amount FROM events WHERE type = 'MoneyTransferred'
    UNION ALL SELECT rowid, data.toAccountId, data.amount FROM events WHERE type = 'MoneyTransferred'
"""


class Row(NamedTuple):
    """One line of the table; `at_most` tells on which side of the bar is good."""

    name: str
    value: float
    bar: float
    aim: float
    at_most: bool = True

    @property
    def ok(self) -> bool:
        return self.value <= self.bar if self.at_most else self.value >= self.bar


def timed(work: Callable[[], object], runs: int = RUNS) -> float:
    """Median seconds of several runs."""
    found = []
    for _ in range(runs):
        begin = time.perf_counter()
        work()
        found.append(time.perf_counter() - begin)
    return statistics.median(found)


def opened(path: Path) -> History:
    """Read a log and build its index, as the window does."""
    log = open_log(path)
    history = collect(log, lambda sample: choose(Recipe("accounts"), sample, log.fields)).history()
    for line in history.field_histories.values():
        line.make_keyframes()
    return history


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
        [sys.executable, __file__, "--only", what, str(path)],
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
    return json.loads(output.splitlines()[-1]), peak


def only_open(path: Path) -> dict[str, float]:
    """Seconds from nothing to everything scrubbable."""
    begin = time.perf_counter()
    opened(path)
    return {"seconds": time.perf_counter() - begin}


def only_again(path: Path) -> dict[str, float]:
    """Seconds to open a log again whose index is kept."""
    options = OpenOptions(projection=Recipe("accounts"), cache_dir=path.parent / "cache")
    document = Document.open(str(path), options)
    document.keep(options)
    document.close()
    del document
    begin = time.perf_counter()
    document = Document.open(str(path), options)
    seconds = time.perf_counter() - begin
    document.close()
    return {"seconds": seconds}


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
            file.writelines(itertools.islice(old, 1_000))
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


def load(path: Path) -> duckdb.DuckDBPyConnection:
    """The log as a DuckDB table."""
    connection = duckdb.connect()
    connection.execute(
        f"CREATE TABLE events AS SELECT * FROM read_json('{path}', format='newline_delimited', columns={SCHEMA})"
    )
    return connection


def jumps(history: History, draw: random.Random, count: int = 50) -> float:
    """Median seconds for the balances of all accounts at a random position."""
    places = [draw.randrange(len(history) + 1) for _ in range(count)]
    found = []
    for place in places:
        begin = time.perf_counter()
        head = history.field_histories["balance"].head(place)
        units = history.field_histories["balance"].values.units[head]
        found.append(time.perf_counter() - begin)
        assert len(units) == len(head)
    return statistics.median(found)


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


def scrubbing(path: Path, progress: Callable[[str], None]) -> list[Row]:
    """The rows about frames, and about the window's start."""
    progress("frames while scrubbing, and the window's start")
    runs = [child("frames", path)[0] for _ in range(RUNS)]
    half, slow = (statistics.median(run[name] for run in runs) for name in ("p50", "p99"))
    return [
        Row("a frame while scrubbing / two plain tables, p50", half, 1.5, 1.1),
        Row("… / two plain tables, p99", slow, 1.5, 1.1),
        Row("window on the screen / a bare window with a table", child("start", path)[0]["ratio"], 1.5, 1.2),
    ]


def appending(path: Path) -> list[Row]:
    """The rows about writing."""
    runs = [child("append", path)[0] for _ in range(RUNS)]
    names = {"checksum": "append with fsync / bare write and fsync", "chain": "… with a hash chain too"}
    return [
        Row(name, statistics.median(run[seals] for run in runs), 1.5, 1.2) for seals, name in names.items()
    ]


def asking(path: Path, open_s: float) -> list[Row]:
    """The rows about what is asked of all events; `open_s`: what opening the log takes."""
    document = Document.open(str(path), OpenOptions(projection=Recipe("accounts")))
    few_s = timed(
        lambda: subprocess.run(["grep", "-c", window.SELDOM, path], capture_output=True, check=False)
    )

    def export() -> int:
        return sum(map(len, chunks(EventsExport(document, None), "csv")))

    search_s = timed(lambda: positions_with(document.history.events, window.SELDOM))
    found = [
        Row("text search / grep -c", search_s / few_s, 1.0, 1.0),
        Row("all events as CSV / cold open", timed(export) / open_s, 4, 4),
    ]
    document.close()
    return found


def passing(folder: Path, count: int) -> list[Row]:
    """The rows about what asks of all events of other logs, each against its own cold open."""
    found = []
    for file, what, name, bar, aim in (
        ("uniform.jsonl", "verify", "verify / cold open", 1.5, 1.0),
        ("table.csv", "verify", "… of a CSV log", 1.5, 1.0),
        ("realistic.jsonl", "causes", "causes of all events / cold open", 1.0, 0.5),
        ("table.csv", "export", "a CSV log: all events as CSV / cold open", 4.0, 2.0),
    ):
        log = formats.made(folder, formats.KINDS[file], count)
        runs = [child("passes", log)[0] for _ in range(RUNS)]
        found.append(Row(name, statistics.median(run[what] / run["open"] for run in runs), bar, aim))
    return found


def growing(path: Path, open_s: float) -> list[Row]:
    """The rows about a log that grows; `open_s`: what opening it takes."""
    tail_s = statistics.median(child("tail", path)[0]["seconds"] for _ in range(RUNS))
    return [Row("open a grown log / cold open", tail_s / open_s, 0.15, 0.1)]


def in_window(path: Path, open_s: float) -> list[Row]:
    """The rows about what a person waits for in the window; `open_s`: what opening the log takes."""
    found = child("asked in the window", path)[0]
    common_s, seldom_s = found["grep common"], found["grep seldom"]
    firsts = max(found[f"{name} first"] for name in window.FILTERS)
    return [
        Row("window: filter amount>999 / grep -c of a common word", found["amount all"] / common_s, 2, 1),
        Row("… data.amount:500.5 / the same", found["exact all"] / common_s, 2, 1),
        Row("… that word / the same", found["common all"] / common_s, 2, 1),
        Row("… a word that is not there / grep -c of it", found["seldom all"] / seldom_s, 1, 1),
        Row("… first hits are listed, or all is known, s", firsts, 0.3, 0.2),
        Row("… nothing works on a filter that was taken back, s", found["stop"], 0.1, 0.1),
        Row("… all events as CSV / cold open", found["export"] / open_s, 4, 1),
        Row("… time order / cold open", found["order"] / open_s, 0.5, 0.3),
        Row("… from an append to its event, s", found["append"], 0.5, 0.5),
        Row("… its thread is held at most, s", found["held"], 0.1, 0.05),
    ]


def by_entities(path: Path, count: int) -> list[Row]:
    """The rows about entities with very many events, very many entities, and late events."""
    hot, many = entities.made(path.parent, count)
    runs = [child("hot", hot)[0] for _ in range(RUNS)]
    why_s, what_if_s = (statistics.median(run[name] for run in runs) for name in ("why", "what-if"))
    shown_s = statistics.median(child("hot in the window", hot)[0]["what-if"] for _ in range(RUNS))
    pairs = [(child("duckdb", many)[0]["seconds"], child("many", many)[0]) for _ in range(RUNS)]
    duck_s = statistics.median(pair[0] for pair in pairs)
    state_s, all_s, arranged_s = (
        statistics.median(pair[1][name] for pair in pairs) for name in ("state", "all", "arranged")
    )
    late = [child("late", entities.made_late(path))[0] for _ in range(RUNS)]
    order = statistics.median(run["order"] / run["open"] for run in late)
    return [
        Row("one entity, 1,000,000 events: why as CSV, s", why_s, 5.0, 3.0),
        Row("… what-if without its first event, s", what_if_s, 1.0, 1.0),
        Row("… the same in the window, with the plot, s", shown_s, 1.5, 1.0),
        Row("1,000,000 entities: the richest / DuckDB read_json", state_s / duck_s, 2.5, 2.5),
        Row("… all as CSV / DuckDB read_json", all_s / duck_s, 4.0, 4.0),
        Row("… sorted or grouped by any field, s", arranged_s, 0.1, 0.05),
        Row("time order of a log with late events / cold open", order, 0.5, 0.5),
    ]


def databases(count: int, progress: Callable[[str], None]) -> list[Row]:
    """A table of PostgreSQL, where there is one."""
    progress("a table of PostgreSQL against its own COPY")
    found = sources.measured(count)
    return (
        []
        if found is None
        else [Row("a table of PostgreSQL / COPY into a file", found[1] / found[0], 2.0, 1.5)]
    )


def rows(path: Path, small: Path, progress: Callable[[str], None]) -> list[Row]:
    """Every row of the table."""
    draw = random.Random(1)
    size = path.stat().st_size
    progress("cold open, three times each")
    runs = [(child("duckdb", path)[0]["seconds"], *child("open", path)) for _ in range(RUNS)]
    duck_s = statistics.median(run[0] for run in runs)
    open_s = statistics.median(run[1]["seconds"] for run in runs)
    peak = statistics.median(run[2] for run in runs)
    progress(f"DuckDB {duck_s:.2f} s, we {open_s:.2f} s; the window")
    windows = [child("window", path)[0] for _ in range(RUNS)]
    again_s = statistics.median(child("again", path)[0]["seconds"] for _ in range(RUNS))
    table = [
        Row("cold open / DuckDB read_json", open_s / duck_s, 3.0, 2.0),
        Row("first events in the window, s", statistics.median(run["first"] for run in windows), 1.0, 1.0),
        Row("open again / cold open", again_s / open_s, 1 / 20, 1 / 20),
        Row("peak memory of all processes / file size", peak / size, 1.0, 0.7),
        Row("window's memory, bytes an event", statistics.median(run["resident"] for run in windows), 48, 48),
    ]
    table += scrubbing(path, progress)
    progress("jumps against SQL")
    history, connection = opened(path), load(path)
    connection.execute(f"CREATE VIEW moves AS {MOVES}")
    middle = len(history) // 2
    everything = f"SELECT account, sum(amount) FROM moves WHERE row < {middle} GROUP BY account"
    balances = dict(connection.execute(everything).fetchall())
    state = history.state(middle)
    assert {name: value["balance"] for name, value in state.items()} == balances  # the same to the last digit
    all_s = timed(lambda: connection.execute(everything).fetchnumpy())
    own_s = jumps(history, draw)
    account = next(iter(balances))
    one = f"SELECT sum(amount) FROM moves WHERE row < {middle} AND account = '{account}'"
    one_sql_s = timed(lambda: connection.execute(one).fetchall())
    code, line = history.entities.find(account), history.field_histories["balance"]
    assert code is not None
    places = [draw.randrange(len(history)) for _ in range(2_000)]
    one_s = timed(lambda: [line.change_at(code, place) for place in places]) / len(places)
    few = opened(small)
    table += [
        Row("SQL / all balances at a random position", all_s / own_s, 50, 100, at_most=False),
        Row("SQL / one account at a random position", one_sql_s / one_s, 1_000, 1_000, at_most=False),
        Row(
            "a jump here / a jump among 100,000 events",
            window_jumps(history, draw) / window_jumps(few, draw),
            1.5,
            1.5,
        ),
    ]
    progress("find against NumPy")
    values = line.values
    assert isinstance(values, Sums)
    condition = parse_condition("balance < 0", history.fields)
    compare_s = timed(lambda: np.count_nonzero(values.units < 0), 9)
    table.append(
        Row(
            "find balance < 0 / a NumPy comparison",
            timed(lambda: find(history, condition), 9) / compare_s,
            3,
            3,
        )
    )
    progress("text search, filters and an export")
    table += asking(path, open_s)
    table += passing(path.parent, len(history))
    progress("read models in SQL and Python; a grown log; one aggregate")
    query_s = statistics.median(child("query", path)[0]["seconds"] for _ in range(RUNS))
    conditions_s = statistics.median(child("conditions", path)[0]["seconds"] for _ in range(RUNS))
    program = child("program", made(min(len(history), PROGRAM_EVENTS), path.parent))[0]["rate"]
    aggregates = [child("aggregate", path)[0] for _ in range(RUNS)]
    library, ours, anew = (
        statistics.median(run[name] for run in aggregates) for name in ("library", "ours", "open")
    )
    table += [
        *appending(path),
        Row("cold open with accounts in SQL / built in", query_s / open_s, 1.3, 1.0),
        Row("… with conditions on values / the same", conditions_s / open_s, 1.3, 1.0),
        *growing(path, open_s),
        *in_window(path, open_s),
        *by_entities(path, len(history)),
        *databases(len(history), progress),
        *(
            Row(f"{kind.name} / DuckDB", ratio, kind.bar, kind.aim)
            for kind, ratio in formats.measured(path.parent, len(history))
        ),
        Row("events a second of a Python read model", program, 10_000, 50_000, at_most=False),
        Row("eventsourcing library / one aggregate at any version", library / ours, 20, 100, at_most=False),
        Row("… / one aggregate, its log opened first", library / anew, 1, 5, at_most=False),
    ]
    return table


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
}


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--events", type=int, default=10_000_000)
    parser.add_argument("--json", default="")
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "history-explorer-bench")
    parser.add_argument("--only", choices=tuple(MEASURES))
    parser.add_argument("log", nargs="?", type=Path)
    arguments = parser.parse_args()
    if arguments.only:
        print(json.dumps(MEASURES[arguments.only](arguments.log)))
        return
    arguments.folder.mkdir(parents=True, exist_ok=True)
    # every process finds our modules compiled, as those of an installed program are
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = str(arguments.folder / "bytecode")
    path, small = made(arguments.events, arguments.folder), made_small(arguments.folder)
    table = rows(path, small, lambda text: print(f"… {text}", file=sys.stderr))
    print(f"{'what':54} {'value':>10} {'bar':>8} {'aim':>8}")
    for row in table:
        print(f"{row.name:54} {row.value:10.3g} {row.bar:8g} {row.aim:8g}  {'ok' if row.ok else 'MISSED'}")
    if arguments.json:
        told = [{**row._asdict(), "ok": row.ok} for row in table]
        Path(arguments.json).write_text(
            json.dumps({"events": arguments.events, "rows": told}, indent=2) + "\n"
        )


if __name__ == "__main__":
    main()
