"""Which table does the README show of a run of `make bench`: `table.py out.json …`, in Markdown?"""

import argparse
import json
from itertools import groupby
from pathlib import Path
from typing import Any

_PLAIN_FROM = 1_000  # above it figures are said with two digits that count


def number(value: float) -> str:
    """Return it with two digits that count, and without an exponent."""
    if value >= _PLAIN_FROM:
        digits = len(str(int(value))) - 2
        return f"{round(value, -digits):,.0f}"
    return f"{float(f'{value:.2g}'):g}"


def lines(run: dict[str, Any]) -> list[str]:
    """Return the table of a run: what was measured, and its bar; what is over it says so."""
    found = [
        f"{run['events']:,} events, {run['bytes'] / 1e9:.2g} GB; ÷ is the quotient of two medians of the same run.",
        "",
        "| what | measured | bar |",
        "|---|---|---|",
    ]
    for section, rows in groupby(run["rows"], lambda row: row["section"]):
        found.append(f"| **{section}** | | |")
        found += map(_line, rows)
    return found


def _line(row: dict[str, Any]) -> str:
    name = row["name"].replace(" / ", " ÷ ").replace("|", "\\|")
    if row["events"] is not None:
        name += f", {row['events']:,} events"
    value = number(row["value"]) + (f" ({row['said']})" if row["said"] else "")
    bar = f"{'≤' if row['at_most'] else '≥'} {number(row['bar'])}" + ("" if row["ok"] else ", **missed**")
    return f"| {name} | {value} | {bar} |"


def main() -> None:
    """Print it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "runs", type=Path, nargs="+", help="several, if its sections were measured one by one"
    )
    runs = [json.loads(path.read_text(encoding="utf-8")) for path in parser.parse_args().runs]
    if len({run["events"] for run in runs}) > 1:
        parser.error("these are of different logs")
    print("\n".join(lines({**runs[0], "rows": [row for run in runs for row in run["rows"]]})))


if __name__ == "__main__":
    main()
