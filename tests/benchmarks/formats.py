"""How fast is each format and kind of log opened, beside DuckDB's load of the same file?

Part of `make bench`; by itself: `python tests/benchmarks/formats.py --events 300000 [KIND …]`.
"""

import argparse
import base64
import csv
import gzip
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import duckdb
import zstandard

from explorer.eventlog.log import open_log
from explorer.history.collect import collect
from explorer.projection.choose import choose
from explorer.projection.model import Recipe
from tests.benchmarks.measuring import let_go

RUNS = 3
type Record = dict[str, Any]

_SQL = (
    "SELECT aggregateId AS entity, sum(data.amount) AS total, count(*) AS events FROM events GROUP BY entity"
)
_POSITIONS = (
    "SELECT type, max(position) AS latest, sum(CASE WHEN position % 2 = 0 THEN data.amount END) AS even FROM events"
    " GROUP BY type"
)
_PYTHON = """
def key(event):
    return event["entity"]

def evolve(state, event):
    total, count = state or (0, 0)
    return [total + event["data"].get("amount", 0), count + 1]
"""
_ACCOUNT_COLUMNS = (
    "{'type': 'VARCHAR', 'data': 'STRUCT(accountId VARCHAR, \"owner\" VARCHAR, fromAccountId VARCHAR, "
    "toAccountId VARCHAR, amount DECIMAL(38,9))', 'at': 'TIMESTAMP'}"
)
_CSV_COLUMNS = (
    "{'type': 'VARCHAR', 'accountId': 'VARCHAR', 'owner': 'VARCHAR', 'fromAccountId': 'VARCHAR', "
    "'toAccountId': 'VARCHAR', 'amount': 'DECIMAL(38,9)', 'at': 'TIMESTAMP'}"
)


def when(row: int) -> str:
    """Return a time, one second after the other."""
    day, clock = 1 + row // 86_400 % 28, row % 86_400
    return f"2026-01-{day:02}T{clock // 3_600:02}:{clock // 60 % 60:02}:{clock % 60:02}Z"


def account_events(count: int) -> Iterator[Record]:
    """Yield a bank's events."""
    draw = random.Random(5)
    accounts = max(count // 10, 1)
    for row in range(count):
        kind, account = draw.random(), f"acc-{draw.randrange(accounts)}"
        amount = draw.randrange(100_000) / 100
        if kind < 0.1:
            data: Record = {"accountId": account, "owner": f"Owner {draw.randrange(5_000)}"}
            yield {"type": "AccountOpened", "data": data, "at": when(row)}
        elif kind < 0.9:
            name = "MoneyDeposited" if kind < 0.6 else "MoneyWithdrawn"
            yield {"type": name, "data": {"accountId": account, "amount": amount}, "at": when(row)}
        else:
            data = {
                "fromAccountId": account,
                "toAccountId": f"acc-{draw.randrange(accounts)}",
                "amount": amount,
            }
            yield {"type": "MoneyTransferred", "data": data, "at": when(row)}


def shuffled(record: Record, draw: random.Random) -> Record:
    """Return it with its keys in another order."""
    pairs = [
        (name, shuffled(value, draw) if isinstance(value, dict) else value) for name, value in record.items()
    ]
    draw.shuffle(pairs)
    return dict(pairs)


def shuffled_events(count: int) -> Iterator[Record]:
    """Yield the same with optional members, and keys in any order."""
    draw = random.Random(6)
    for record in account_events(count):
        if draw.random() < 0.3:
            record["data"]["note"] = f"n{draw.randrange(100)}"
        if draw.random() < 0.3:
            record["correlationId"] = f"c{draw.randrange(10**6)}"
        yield shuffled(record, draw)


def realistic_events(count: int) -> Iterator[Record]:
    """Yield 40 types, each with its own members and order of keys, nested objects, lists, optional metadata, uuids."""
    draw = random.Random(7)

    def random_id() -> str:
        return str(uuid.UUID(int=draw.getrandbits(128)))

    def value(name: str) -> Any:
        return [
            lambda: draw.randrange(1_000),
            lambda: draw.randrange(100_000) / 100,
            random_id,
            lambda: draw.random() < 0.5,
            lambda: {
                "street": f"Street {draw.randrange(200)}",
                "city": draw.choice(["Berlin", "Paris", "Rome"]),
            },
            lambda: [
                {"sku": f"s{draw.randrange(100)}", "qty": draw.randrange(5)} for _ in range(draw.randrange(3))
            ],
            lambda: None if draw.random() < 0.3 else f"text {draw.randrange(1_000)}",
            lambda: f"word{draw.randrange(50)}",
        ][int(name[1:]) % 8]()

    kinds = []
    for number in range(40):
        keys = ["type", "at", "id", "aggregateId", "data", "metadata"]
        draw.shuffle(keys)
        names = list(dict.fromkeys(f"f{draw.randrange(60)}" for _ in range(draw.randrange(4, 12))))
        kinds.append((f"Type{number:02}", keys, names))
    for row in range(count):
        kind, keys, names = draw.choice(kinds)
        record: Record = {"type": kind, "at": when(row), "id": random_id()}
        record["aggregateId"] = f"order-{draw.randrange(max(count // 10, 1))}"
        record["data"] = {"amount": draw.randrange(100_000) / 100}
        record["data"] |= {name: value(name) for name in names if draw.random() < 0.85}
        record["metadata"] = {"correlationId": random_id(), "user": f"u{draw.randrange(200)}"}
        if draw.random() < 0.5:
            record["metadata"]["causationId"] = random_id()
        yield {name: record[name] for name in keys}


def field_events(count: int, of: int, entities: int) -> Iterator[Record]:
    """Yield events with so many of 60 fields."""
    draw = random.Random(8)
    for row in range(count):
        names = range(60) if of == 60 else draw.sample(range(60), of)
        data = {
            f"f{name}": [draw.random() < 0.5, draw.randrange(1_000), f"t{draw.randrange(100)}"][name % 3]
            for name in names
        }
        yield {
            "type": "RowWritten",
            "entityId": f"e{draw.randrange(entities)}",
            "data": data,
            "at": when(row),
        }


def growing_events(count: int) -> Iterator[Record]:
    """Yield one document whose list grows."""
    draw, items = random.Random(9), []
    for row in range(count):
        items.append({"sku": f"s{draw.randrange(1_000)}", "qty": draw.randrange(9)})
        yield {
            "type": "CartChanged",
            "entityId": "cart-1",
            "data": {"items": items, "total": row},
            "at": when(row),
        }


def million_events(count: int) -> Iterator[Record]:
    """Yield as many entities as events."""
    draw = random.Random(10)
    for row in range(count):
        data = {"accountId": f"acc-{row}", "amount": draw.randrange(100_000) / 100}
        yield {"type": "MoneyDeposited", "data": data, "at": when(row)}


def as_lines(path: Path, records: Iterator[Record]) -> None:
    """Write JSON Lines, packed if the name says so."""
    openers: dict[str, Callable[..., Any]] = {".gz": gzip.open, ".zst": zstandard.open}
    with openers.get(path.suffix, open)(path, "wt") as file:
        for record in records:
            file.write(json.dumps(record, separators=(",", ":")) + "\n")


def as_array(path: Path, records: Iterator[Record], indent: int | None = None) -> None:
    """Write one array."""
    separators = (",", ":") if indent is None else None
    with path.open("w") as file:
        for row, record in enumerate(records):
            text = json.dumps(record, separators=separators, indent=indent)
            file.write(("[" if not row else ",\n" if indent else ",") + text)
        file.write("]")


def as_table(path: Path, records: Iterator[Record]) -> None:
    """Write CSV."""
    names = ["type", "accountId", "owner", "fromAccountId", "toAccountId", "amount", "at"]
    with path.open("w", newline="") as file:
        rows = csv.DictWriter(file, names, lineterminator="\n")
        rows.writeheader()
        for record in records:
            rows.writerow({"type": record["type"], "at": record["at"], **record["data"]})


def wrapped_events(count: int, how: str) -> Iterator[Record]:
    """Yield a bank's events whose payloads are JSON in base64, in hexadecimal digits, or in a text."""
    for record in account_events(count):
        text = json.dumps(record["data"], separators=(",", ":"))
        if how == "base64":
            text = base64.b64encode(text.encode()).decode()
        yield {**record, "data": "\\x" + text.encode().hex() if how == "hex" else text}


class Kind(NamedTuple):
    """One kind of log.

    Attributes:
        name: What the row is called.
        file: The name of the file.
        write: Writes it, with about so many events.
        model: The read model; SQL if it is a query, Python if it is a program.
        load: What DuckDB loads it by.
        bar, aim: At most so many times as long as that.
    """

    name: str
    file: str
    write: Callable[[Path, int], None]
    model: str
    load: str
    bar: float
    aim: float


_AUTO = "read_json('FILE', maximum_object_size=1000000000)"
_WRAPPED = (
    '(SELECT "type", "at", from_json(TEXT, \'{"accountId": "VARCHAR", "owner": "VARCHAR", "fromAccountId": "VARCHAR", '
    '"toAccountId": "VARCHAR", "amount": "DECIMAL(38,9)"}\') AS data FROM read_json(\'FILE\', '
    "format='newline_delimited', columns={'type': 'VARCHAR', 'data': 'VARCHAR', 'at': 'TIMESTAMP'}))"
)
_LINES = f"read_json('FILE', format='newline_delimited', columns={_ACCOUNT_COLUMNS})"
_ARRAY = f"read_json('FILE', format='array', maximum_object_size=1000000000, columns={_ACCOUNT_COLUMNS})"
_TABLE = f"read_csv('FILE', header=true, columns={_CSV_COLUMNS})"


def _lines(events: Callable[[int], Iterator[Record]], part: int = 1) -> Callable[[Path, int], None]:
    return lambda path, count: as_lines(path, events(max(count // part, 1)))


def _array(indent: int | None = None) -> Callable[[Path, int], None]:
    return lambda path, count: as_array(path, account_events(count), indent)


def _table(path: Path, count: int) -> None:
    as_table(path, account_events(count))


def _growing(path: Path, count: int) -> None:
    as_lines(path, growing_events(min(count // 200 + 1, 5_000)))


def _fields(of: int, entities: int, part: int) -> Callable[[Path, int], None]:
    return lambda path, count: as_lines(path, field_events(count // part, of, entities))


def _wrapped(how: str) -> Callable[[Path, int], None]:
    return lambda path, count: as_lines(path, wrapped_events(count, how))


def _decoded(text: str) -> str:
    return _WRAPPED.replace("TEXT", text)


_BANK, _MIXED = _lines(account_events), _lines(shuffled_events)
_REAL = _lines(realistic_events, 3)
KINDS = {
    each.file: each
    for each in (
        Kind("uniform JSON Lines", "uniform.jsonl", _BANK, "accounts", _LINES, 1.5, 1.0),
        Kind("… gzip", "uniform.jsonl.gz", _BANK, "accounts", _LINES, 1.5, 1.0),
        Kind("… zstd", "uniform.jsonl.zst", _BANK, "accounts", _LINES, 1.5, 1.0),
        Kind("keys in any order, optional members", "any.jsonl", _MIXED, "accounts", _LINES, 2.0, 1.2),
        Kind("40 types, nested, optional: latest", "realistic.jsonl", _REAL, "latest", _AUTO, 2.0, 1.2),
        Kind("… SQL", "realistic-sql.jsonl", _REAL, _SQL, _AUTO, 2.0, 1.2),
        Kind("… SQL with positions", "realistic-positions.jsonl", _REAL, _POSITIONS, _AUTO, 2.0, 1.2),
        Kind("… Python", "realistic-python.jsonl", _REAL, _PYTHON, _AUTO, 8.0, 5.0),
        Kind("JSON array", "array.json", _array(), "accounts", _ARRAY, 2.0, 1.2),
        Kind("pretty JSON", "pretty.json", _array(2), "accounts", _ARRAY, 2.0, 1.2),
        Kind("CSV", "table.csv", _table, "accounts", _TABLE, 2.5, 1.5),
        Kind(
            "payload in base64",
            "base64.jsonl",
            _wrapped("base64"),
            "accounts",
            _decoded("decode(from_base64(data))"),
            2.0,
            1.5,
        ),
        Kind(
            "… in hexadecimal digits",
            "hex.jsonl",
            _wrapped("hex"),
            "accounts",
            _decoded("decode(unhex(data[3:]))"),
            2.0,
            1.5,
        ),
        Kind("… JSON in a text", "text.jsonl", _wrapped("text"), "accounts", _decoded("data"), 2.0, 1.5),
        Kind("60 fields an event", "wide.jsonl", _fields(60, 2_000, 10), "latest", _AUTO, 3.0, 2.0),
        Kind("patches of 6 of 60 fields", "patches.jsonl", _fields(6, 20_000, 3), "latest", _AUTO, 3.0, 2.0),
        Kind("a document whose list grows", "growing.jsonl", _growing, "latest", _AUTO, 3.0, 2.0),
        Kind(
            "as many entities as events", "many.jsonl", _lines(million_events), "accounts", _LINES, 2.5, 2.5
        ),
    )
}


def made(folder: Path, kind: Kind, count: int) -> Path:
    """Return the log, made once."""
    path = folder / f"{count}-{kind.file}"
    if not path.exists():
        unfinished = path.with_name(f"unfinished-{path.name}")
        kind.write(unfinished, count)
        unfinished.rename(path)
    return path


def seconds(what: str, path: Path) -> float:
    """Return what one measurement in a process of its own takes."""
    command = [sys.executable, __file__, "--only", what, str(path)]
    environment = dict(os.environ)
    environment.pop(
        "PYTHONDONTWRITEBYTECODE", None
    )  # an installed program is compiled once, not at every start
    run = subprocess.run(command, capture_output=True, check=True, text=True, env=environment)
    return float(run.stdout)


def only(what: str, path: Path) -> float:
    """Return the seconds of one measurement."""
    kind = KINDS[path.name.partition("-")[2]]
    begin = time.perf_counter()
    if what == "duckdb":
        duckdb.connect().execute(
            f"CREATE TABLE events AS SELECT * FROM {kind.load.replace('FILE', str(path))}"
        )
    else:
        language = "python" if "def " in kind.model else "sql" if " " in kind.model else ""
        recipe = Recipe("q", language, kind.model) if language else Recipe(kind.model)
        with open_log(path) as log:
            history = collect(log, lambda sample: choose(recipe, sample, log.fields)).history()
            history.state(len(history))
    return time.perf_counter() - begin


def measured(folder: Path, count: int, names: list[str] | None = None) -> Iterator[tuple[Kind, float, float]]:
    """Yield for each kind of log the median seconds of its cold open, and of DuckDB's load."""
    for kind in KINDS.values():
        if names and kind.file not in names:
            continue
        path = made(folder, kind, count)
        pairs = [(seconds("duckdb", path), seconds("open", path)) for _ in range(RUNS)]
        duck_s, own_s = (statistics.median(side) for side in zip(*pairs, strict=True))
        print(f"… {kind.name}: DuckDB {duck_s:.2f} s, we {own_s:.2f} s", file=sys.stderr)
        let_go(path)
        yield kind, own_s, duck_s


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--events", type=int, default=300_000)
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "history-explorer-bench")
    parser.add_argument("--only", choices=("duckdb", "open"))
    parser.add_argument("names", nargs="*")
    arguments = parser.parse_args()
    if arguments.only:
        print(only(arguments.only, Path(arguments.names[0])))
        return
    arguments.folder.mkdir(parents=True, exist_ok=True)
    for kind, own_s, duck_s in measured(arguments.folder, arguments.events, arguments.names):
        mark = "ok" if own_s / duck_s <= kind.bar else "✗ MISSED"
        print(f"{kind.name:54} {own_s / duck_s:10.3g} {kind.bar:8g} {kind.aim:8g}  {mark}")


if __name__ == "__main__":
    main()
