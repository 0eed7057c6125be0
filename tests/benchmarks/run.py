"""How fast and how large is it, as ratios to peers and floors measured in the same run?

Each row is a median of several runs: name, value, bar, aim, and whether the bar is kept. Run it with
`make bench BENCH_EVENTS=1000000 BENCH_JSON=out.json`, or some of its sections with `SECTIONS="opening window"`;
`make bench-table BENCH_JSON=out.json` prints the table of the README from it.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.benchmarks.measuring import Row, made
from tests.benchmarks.sections import (
    Run,
    appending,
    asking,
    by_entities,
    databases,
    formats_of_logs,
    in_window,
    jumping,
    many_in_window,
    opening,
    passing,
    read_models,
    scrubbing,
)

MOST_OF_OTHER_LOGS = 1_000_000


class Section(NamedTuple):
    """Some rows that are measured together.

    Attributes:
        title: What the rows are about.
        rows: Measures them.
        fixed_s, million_s: What it takes on the machine of the README: for a start, and for a million events more.
        most: Above so many events it takes no longer, for it measures no more of them.
    """

    title: str
    rows: Callable[[Run], Iterable[Row]]
    fixed_s: float
    million_s: float
    most: int | None = None

    def seconds(self, events: int) -> float:
        """What it is going to take, about."""
        return self.fixed_s + self.million_s * min(events, self.most or events) / 1e6


SECTIONS = {
    "opening": Section("Opening", opening, 10, 11),
    "window": Section("In the window", in_window, 25, 3.5),
    "frames": Section("Dragging through time", scrubbing, 25, 2.5),
    "jumps": Section("The state at any position", jumping, 5, 1.2),
    "asking": Section("What asks of all events", asking, 5, 1.5),
    "models": Section("Read models", read_models, 50, 3),
    "entities": Section("Hot, many and late", by_entities, 65, 3.5),
    "many": Section("A million entities in the window", many_in_window, 5, 10, MOST_OF_OTHER_LOGS),
    "formats": Section("Formats", formats_of_logs, 10, 115, MOST_OF_OTHER_LOGS),
    "passes": Section("What asks of all events of other logs", passing, 5, 35, MOST_OF_OTHER_LOGS),
    "appending": Section("Writing", appending, 15, 0),
    "databases": Section("Databases", databases, 10, 20, MOST_OF_OTHER_LOGS),
}


def printed(rows: Iterable[Row]) -> Iterator[Row]:
    """Print each row when it is there."""
    for row in rows:
        value = f"{row.value:.3g}" + (f" ({row.said})" if row.said else "")
        sign = "≤" if row.at_most else "≥"
        mark = "ok" if row.ok else "✗ MISSED"
        print(f"{row.title:72} {value:>18} {sign}{row.bar:<7g} aim {row.aim:<7g} {mark}", flush=True)
        yield row


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--events", type=int, default=10_000_000)
    parser.add_argument("--json", default="")
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "history-explorer-bench")
    parser.add_argument("sections", nargs="*", help=" ".join(SECTIONS))
    arguments = parser.parse_args()
    chosen = arguments.sections or list(SECTIONS)
    if unknown := set(chosen) - set(SECTIONS):
        parser.error(f"no section {', '.join(sorted(unknown))}; there are {', '.join(SECTIONS)}")
    arguments.folder.mkdir(parents=True, exist_ok=True)
    # every process finds our modules compiled, as those of an installed program are
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = str(arguments.folder / "bytecode")
    about = {name: SECTIONS[name].seconds(arguments.events) for name in chosen}
    told = ", ".join(f"{name} {seconds:.0f} s" for name, seconds in about.items())
    print(
        f"… {arguments.events:,} events: about {sum(about.values()) / 60:.0f} min, and what making the logs takes"
        f" ({told})",
        file=sys.stderr,
    )
    path = made(arguments.events, arguments.folder)
    run = Run(path, arguments.events, min(arguments.events, MOST_OF_OTHER_LOGS))
    table: list[tuple[str, Row]] = []
    for name in chosen:
        begin = time.perf_counter()
        print(f"… {SECTIONS[name].title}", file=sys.stderr)
        table += [(SECTIONS[name].title, row) for row in printed(SECTIONS[name].rows(run))]
        print(f"… {name}: {time.perf_counter() - begin:.0f} s", file=sys.stderr)
        if arguments.json:  # what was measured is there, whatever ends the rest
            rows = [{"section": title, **row._asdict(), "ok": row.ok} for title, row in table]
            found = {"events": arguments.events, "bytes": path.stat().st_size, "rows": rows}
            Path(arguments.json).write_text(json.dumps(found, indent=2) + "\n")
    missed = [row.title for _, row in table if not row.ok]
    print(f"{len(table)} rows, {len(missed)} missed their bar" + "".join(f"\n  ✗ {name}" for name in missed))


if __name__ == "__main__":
    main()
