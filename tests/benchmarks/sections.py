"""Which rows has `make bench`, and what is each measured against?"""

import random
import statistics
import subprocess
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

import numpy as np

from explorer.history.conditions import parse_condition
from explorer.history.find import find
from explorer.history.history import History
from explorer.history.passes import positions_with
from explorer.history.sums import Sums
from explorer.projection.model import Recipe
from explorer.session.document import Document
from explorer.session.files.export_formats import chunks
from explorer.session.files.exports import EventsExport
from explorer.session.options import OpenOptions
from tests.benchmarks import engine_before, entities, formats, sources, window
from tests.benchmarks.measures import load, opened, window_jumps
from tests.benchmarks.measuring import RUNS, Row, child, let_go, made, made_small, median_of, timed

MOVES = """
    SELECT rowid AS row, data.accountId AS account,
           CASE type WHEN 'MoneyDeposited' THEN data.amount WHEN 'MoneyWithdrawn' THEN -data.amount ELSE 0 END AS amount
    FROM events WHERE type <> 'MoneyTransferred'
    UNION ALL SELECT rowid, data.fromAccountId, -data.amount FROM events WHERE type = 'MoneyTransferred'
    UNION ALL SELECT rowid, data.toAccountId, data.amount FROM events WHERE type = 'MoneyTransferred'
"""


class Run:
    """What the sections of one run share.

    Attributes:
        path: The log of all its events, by `history-explorer generate`.
        events: How many.
        other: How many events the logs of other kinds have: at most a million.
    """

    def __init__(self, path: Path, events: int, other: int) -> None:
        self.path, self.events, self.other = path, events, other

    @property
    def other_said(self) -> int | None:
        """What a row says of them: nothing, if they are as many."""
        return None if self.other == self.events else self.other

    @cached_property
    def cold(self) -> tuple[float, float, float]:
        """Median seconds of DuckDB's load and of our cold open, and its peak memory in bytes; they take turns."""
        runs = [(child("duckdb", self.path)[0]["seconds"], *child("open", self.path)) for _ in range(RUNS)]
        return (
            statistics.median(run[0] for run in runs),
            statistics.median(run[1]["seconds"] for run in runs),
            statistics.median(run[2] for run in runs),
        )

    @property
    def open_s(self) -> float:
        """What a cold open takes."""
        return self.cold[1]


def seconds(value: float) -> str:
    """Return them with two digits that count."""
    return f"{value:.2g} s" if value < 10 else f"{value:.0f} s"


def opening(run: Run) -> Iterator[Row]:
    """The rows about opening a log, again, and once it has grown."""
    duck_s, open_s, peak = run.cold
    yield Row(
        "cold open / DuckDB read_json with a given schema", open_s / duck_s, 1.5, 1.0, said=seconds(open_s)
    )
    size = run.path.stat().st_size
    yield Row("peak memory of all processes / file size", peak / size, 1.0, 0.7, said=f"{peak / 1e6:.0f} MB")
    again_s = child("again", run.path)[0]["seconds"]
    before_s = engine_before.seconds(run.path, 2)
    if before_s is not None:
        name = f"open again / cold open of the engine before the scanner ({engine_before.COMMIT})"
        yield Row(name, again_s / before_s, 0.03, 0.03, said=seconds(again_s))
        yield Row("cold open / that engine's", open_s / before_s, 1.0, 0.5, said=f"it {seconds(before_s)}")
    yield Row("open again / cold open", again_s / open_s, 0.2, 0.05)
    tail_s = median_of("tail", run.path)["seconds"]
    yield Row(
        "open a log grown by 1,000 events / cold open", tail_s / open_s, 0.15, 0.1, said=seconds(tail_s)
    )
    windows = median_of("window", run.path)
    yield Row("first events in the window, s", windows["first"], 1.0, 1.0)
    yield Row("window's memory, scrubbed end to end, bytes an event", windows["resident"], 48, 48)


def scrubbing(run: Run) -> Iterator[Row]:
    """The rows about frames, and about the window's start."""
    found = median_of("frames", run.path)
    for name, part in (("a frame while scrubbing / two plain tables, p50", "p50"), ("… p99", "p99")):
        yield Row(name, found[part], 1.5, 1.1, said=f"{found[f'frame_{part}_ms']:.1f} ms")
    start = child("start", run.path)[0]
    name = "window on the screen / a bare window with a table"
    yield Row(name, start["ratio"], 1.5, 1.2, said=seconds(start["ours_s"]))


def appending(run: Run) -> Iterator[Row]:
    """The rows about writing."""
    found = median_of("append", run.path)
    yield Row("append with fsync / bare write and fsync", found["checksum"], 1.5, 1.2)
    yield Row("… with a hash chain too", found["chain"], 1.5, 1.2)


def jumping(run: Run) -> Iterator[Row]:
    """The rows about the state at any position, and about finding in all of history."""
    draw = random.Random(1)
    history, connection = opened(run.path), load(run.path)
    connection.execute(f"CREATE VIEW moves AS {MOVES}")
    middle = len(history) // 2
    everything = f"SELECT account, sum(amount) FROM moves WHERE row < {middle} GROUP BY account"
    balances = dict(connection.execute(everything).fetchall())
    state = history.state(middle)
    assert {name: value["balance"] for name, value in state.items()} == balances  # the same to the last digit
    all_s = timed(lambda: connection.execute(everything).fetchnumpy())
    own_s = _jumps(history, draw)
    yield Row(
        "SQL / all balances at a random position", all_s / own_s, 50, 100, at_most=False, said=_ms(own_s)
    )
    account = next(iter(balances))
    one = f"SELECT sum(amount) FROM moves WHERE row < {middle} AND account = '{account}'"
    one_sql_s = timed(lambda: connection.execute(one).fetchall())
    code, line = history.entities.find(account), history.field_histories["balance"]
    assert code is not None
    places = [draw.randrange(len(history)) for _ in range(2_000)]
    one_s = timed(lambda: [line.change_at(code, place) for place in places]) / len(places)
    yield Row("SQL / one account at a random position", one_sql_s / one_s, 1_000, 1_000, at_most=False)
    few = opened(made_small(run.path.parent))
    whole_s = window_jumps(history, draw)
    name = "a jump here / a jump among 100,000 events"
    yield Row(name, whole_s / window_jumps(few, draw), 1.5, 1.5, said=_ms(whole_s))
    values = line.values
    assert isinstance(values, Sums)
    condition = parse_condition("balance < 0", history.fields)
    compare_s = timed(lambda: np.count_nonzero(values.units < 0), 9)
    find_s = timed(lambda: find(history, condition), 9)
    yield Row("find balance < 0 / a NumPy comparison", find_s / compare_s, 3, 3, said=_ms(find_s))


def _ms(value_s: float) -> str:
    return f"{value_s * 1e3:.2g} ms"


def _jumps(history: History, draw: random.Random, count: int = 50) -> float:
    """Median seconds for the balances of all accounts at a random position."""
    places = iter([draw.randrange(len(history) + 1) for _ in range(count)])

    def jump() -> None:
        head = history.field_histories["balance"].head(next(places))
        assert len(history.field_histories["balance"].values.units[head]) == len(head)

    return timed(jump, count)


def asking(run: Run) -> Iterator[Row]:
    """The rows about what is asked of all events."""
    document = Document.open(str(run.path), OpenOptions(projection=Recipe("accounts")))
    grep = ["grep", "-c", window.SELDOM, str(run.path)]
    few_s = timed(lambda: subprocess.run(grep, capture_output=True, check=False))
    search_s = timed(lambda: positions_with(document.history.events, window.SELDOM))
    yield Row("text search / grep -c", search_s / few_s, 1.0, 1.0, said=seconds(search_s))
    export_s = timed(lambda: sum(map(len, chunks(EventsExport(document, None), "csv"))))
    yield Row("all events as CSV / cold open", export_s / run.open_s, 4, 4, said=seconds(export_s))
    document.close()


def passing(run: Run) -> Iterator[Row]:
    """The rows about what asks of all events of other logs, each against its own cold open."""
    done: dict[Path, dict[str, float]] = {}
    for file, what, name, bar, aim in (
        ("uniform.jsonl", "verify", "verify / cold open", 1.5, 1.0),
        ("table.csv", "verify", "… of a CSV log", 1.5, 1.0),
        ("realistic.jsonl", "causes", "causes of all events / cold open", 1.0, 0.5),
        ("table.csv", "export", "a CSV log: all events as CSV / cold open", 4.0, 2.0),
    ):
        log = formats.made(run.path.parent, formats.KINDS[file], run.other)
        found = done.get(log) or done.setdefault(log, median_of("passes", log))
        said = seconds(found[what])
        yield Row(name, found[what] / found["open"], bar, aim, said=said, events=run.other_said)


def read_models(run: Run) -> Iterator[Row]:
    """The rows about read models that people write, and about one aggregate."""
    for name, what in (
        ("cold open with accounts in SQL / built in", "query"),
        ("… with conditions on values / the same", "conditions"),
    ):
        taken_s = median_of(what, run.path)["seconds"]
        yield Row(name, taken_s / run.open_s, 1.3, 1.0, said=seconds(taken_s))
    rate = child("program", made(run.other, run.path.parent))[0]["rate"]
    name = "events a second of a Python read model"
    yield Row(name, rate, 10_000, 50_000, at_most=False, events=run.other_said)
    found = median_of("aggregate", run.path)
    library, ours, anew = (found[name] for name in ("library", "ours", "open"))
    name = "eventsourcing library / one aggregate of 20,000 events at any version"
    yield Row(name, library / ours, 20, 100, at_most=False)
    yield Row("… / the same, its log opened first", library / anew, 1, 5, at_most=False)


def in_window(run: Run) -> Iterator[Row]:
    """The rows about what a person waits for in the window."""
    found = child("asked in the window", run.path)[0]
    common_s, seldom_s = found["grep common"], found["grep seldom"]
    firsts = max(found[f"{name} first"] for name, text in window.FILTERS.items() if text != window.SELDOM)
    yield Row("filter amount>999 / grep -c of a common word", found["amount all"] / common_s, 2, 1)
    yield Row("… data.amount:500.5 / the same", found["exact all"] / common_s, 2, 1)
    yield Row("… that word / the same", found["common all"] / common_s, 2, 1)
    yield Row("… a word that is not there / grep -c of it", found["seldom all"] / seldom_s, 1, 1)
    yield Row("… the first that is found is listed, s", firsts, 0.3, 0.2)
    yield Row("… nothing works on a filter that was taken back, s", found["stop"], 0.1, 0.1)
    yield Row(
        "all events as CSV / cold open", found["export"] / run.open_s, 4, 1, said=seconds(found["export"])
    )
    yield Row("time order / cold open", found["order"] / run.open_s, 0.5, 0.3, said=seconds(found["order"]))
    yield Row("from another program's append to its event, s", found["append"], 0.5, 0.5)
    yield Row("the window's thread is held at most, s", found["held"], 0.1, 0.05)


def by_entities(run: Run) -> Iterator[Row]:
    """The rows about entities with very many events, very many entities, and late events."""
    hot, many = entities.made(run.path.parent, run.other)
    found = median_of("hot", hot)
    yield Row(f"one entity's {run.other:,} events: why as CSV, s", found["why"], 5.0, 3.0)
    yield Row("… what-if without its first event, s", found["what-if"], 1.0, 1.0)
    shown_s = median_of("hot in the window", hot)["what-if"]
    yield Row("… the same in the window, with the plot, s", shown_s, 1.0, 1.0)
    pairs = [(child("duckdb", many)[0]["seconds"], child("many", many)[0]) for _ in range(RUNS)]
    duck_s = statistics.median(pair[0] for pair in pairs)
    state_s, all_s, arranged_s = (
        statistics.median(pair[1][name] for pair in pairs) for name in ("state", "all", "arranged")
    )
    yield Row(f"{run.other:,} entities: the richest / DuckDB read_json", state_s / duck_s, 2.5, 2.5)
    yield Row("… all as CSV / DuckDB read_json", all_s / duck_s, 4.0, 4.0)
    yield Row("… sorted or grouped by any field, s", arranged_s, 0.1, 0.05)
    late = entities.made_late(run.path)
    found = median_of("late", late)
    let_go(late)
    name = "time order of a log with late events / cold open"
    yield Row(name, found["order"] / found["open"], 0.5, 0.5, said=seconds(found["order"]))


def many_in_window(run: Run) -> Iterator[Row]:
    """The rows about what a person waits for in the window on a million entities."""
    _, many = entities.made(run.path.parent, run.other)
    found = child("many in the window", many)[0]
    yield Row(f"the first events of one of {run.other:,} entities are listed, s", found["filter"], 0.3, 0.2)
    yield Row("… the state sorted by a field, s", found["sort"], 1.0, 0.5)
    yield Row("… grouped by one, s", found["group"], 1.0, 0.5)
    yield Row("… compared at two positions, s", found["compare"], 2.0, 1.0)
    yield Row("… the window's thread is held at most, s", found["held"], 0.1, 0.05)


def databases(run: Run) -> Iterator[Row]:
    """A table of PostgreSQL, where there is one."""
    found = sources.measured(run.other)
    if found is not None:
        name = "a table of PostgreSQL / COPY into a file"
        yield Row(name, found[1] / found[0], 2.0, 1.5, said=seconds(found[1]), events=run.other_said)


def formats_of_logs(run: Run) -> Iterator[Row]:
    """The rows about formats and kinds of logs, against DuckDB's load of the same file."""
    for kind, own_s, duck_s in formats.measured(run.path.parent, run.other):
        name = f"{kind.name} / DuckDB"
        yield Row(name, own_s / duck_s, kind.bar, kind.aim, said=seconds(own_s), events=run.other_said)
