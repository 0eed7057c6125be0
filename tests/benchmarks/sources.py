"""How fast is a table of PostgreSQL read, beside the server's own COPY of it into a file?

Part of `make bench` where PostgreSQL is installed; by itself: `python tests/benchmarks/sources.py --events 1000000`.
"""

import argparse
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from explorer.eventlog.log import open_log
from tests.postgres_server import PROGRAMS, PostgresServer

RUNS = 3
FILL = (
    """CREATE TABLE events (global_position bigserial PRIMARY KEY, stream_id text NOT NULL, version int NOT NULL,
    type text NOT NULL, data jsonb NOT NULL, meta jsonb, at timestamptz NOT NULL)""",
    """INSERT INTO events (stream_id, version, type, data, meta, at) SELECT 'acc-' || i % 1000, i / 1000 + 1,
    (array['MoneyDeposited', 'MoneyWithdrawn', 'AccountOpened'])[1 + i % 3], jsonb_build_object('amount',
    (i % 977)::numeric / 100, 'owner', 'Ada "the" first', 'note', repeat('x', i % 40)),
    jsonb_build_object('correlationId', md5(i::text)), timestamptz '2026-01-01' + i * interval '1 second'
    FROM generate_series(1, {count}) i""",
    "ANALYZE events",
)


def timed(work: Callable[[], object]) -> float:
    """Return the seconds that it takes."""
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def measured(count: int) -> tuple[float, float] | None:
    """Return the seconds of COPY into a file and of opening the table; None where there is no PostgreSQL."""
    if not PROGRAMS:
        return None
    with PostgresServer() as server:
        server.ask(*(each.format(count=count) for each in FILL), database="shop")
        target = server.folder / "copy.txt"
        target.touch()
        copy = [
            str(PROGRAMS[-1] / "psql"), "-h", str(server.folder), "-U", "owner", "-q", "shop",
            "-c", f"\\copy events TO '{target}'",
        ]  # fmt: skip
        copies, opens = [], []
        for _ in range(RUNS):
            copies.append(timed(lambda: subprocess.run(copy, check=True)))
            opens.append(timed(lambda: open_log(server.address()).close()))
        return statistics.median(copies), statistics.median(opens)


def main() -> None:
    """Print both."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=1_000_000)
    count = parser.parse_args().events
    found = measured(count)
    if found is None:
        print("there is no PostgreSQL here")
        return
    copy_s, open_s = found
    print(
        f"{count:,} rows: COPY into a file {copy_s:.2f} s, spooled as a log {open_s:.2f} s: {open_s / copy_s:.2f} x"
    )


if __name__ == "__main__":
    main()
