"""How do opening, opening again and jumping grow from 10,000 to 10,000,000 events: a picture for the README?

`make bench-growth` measures and draws it.
"""

import argparse
import json
import math
import statistics
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.benchmarks.measuring import RUNS, child, made

SIZES = (10_000, 100_000, 1_000_000, 10_000_000)
SERIES = (
    ("open", "open a log for the first time", "#0072B2", "circle"),
    ("again", "open it again", "#009E73", "square"),
    ("jump", "all accounts at a random position, 40 rows shown", "#D55E00", "triangle"),
)
WIDTH, HEIGHT = 760, 400
LEFT, RIGHT, TOP, BOTTOM = 70, 20, 24, 50
LOW, HIGH = 1e-4, 1e2  # seconds


def measure(folder: Path) -> dict[str, list[float]]:
    """Seconds of each series at each size, medians of several runs."""
    found: dict[str, list[float]] = {name: [] for name, *_ in SERIES}
    for size in SIZES:
        path = made(size, folder)
        print(f"… {size:,} events", file=sys.stderr)
        for name, *_ in SERIES:
            found[name].append(statistics.median(child(name, path)[0]["seconds"] for _ in range(RUNS)))
    return found


def drawn(found: dict[str, list[float]]) -> str:
    """The plot as SVG, readable on white and on black."""

    def x(events: float) -> float:
        first, last = math.log10(SIZES[0]), math.log10(SIZES[-1])
        return LEFT + 20 + (math.log10(events) - first) / (last - first) * (WIDTH - LEFT - RIGHT - 40)

    def y(seconds: float) -> float:
        share = (math.log10(seconds) - math.log10(LOW)) / (math.log10(HIGH) - math.log10(LOW))
        return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}"',
        ' font-family="sans-serif" font-size="13">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" rx="6" fill="#ffffff"/>',
    ]
    for exponent, name in zip(
        range(-4, 3), ("0.1 ms", "1 ms", "10 ms", "0.1 s", "1 s", "10 s", "100 s"), strict=True
    ):
        at = y(10.0**exponent)
        parts.append(f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{at:.1f}" y2="{at:.1f}" stroke="#dde2e8"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{at + 4:.1f}" text-anchor="end" fill="#566173">{name}</text>')
    below = f'y="{HEIGHT - BOTTOM + 22}" text-anchor="middle" fill="#566173"'
    parts += [f'<text x="{x(size):.1f}" {below}>{size:,}</text>' for size in SIZES]
    parts.append(
        f'<text x="{WIDTH / 2}" y="{HEIGHT - 8}" text-anchor="middle" fill="#566173">events in the log</text>'
    )
    for name, title, colour, mark in SERIES:
        points = [(x(size), y(seconds)) for size, seconds in zip(SIZES, found[name], strict=True)]
        line = " ".join(f"{left:.1f},{top:.1f}" for left, top in points)
        parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [_mark(mark, left, top, colour) for left, top in points]
        left, top = points[1]
        parts.append(f'<text x="{left + 12:.1f}" y="{top - 10:.1f}" fill="{colour}">{title}</text>')
    return "\n".join([*parts, "</svg>"]) + "\n"


def _mark(kind: str, x: float, y: float, colour: str) -> str:
    if kind == "circle":
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4.5" fill="{colour}"/>'
    if kind == "square":
        return f'<rect x="{x - 4:.1f}" y="{y - 4:.1f}" width="8" height="8" fill="{colour}"/>'
    return f'<path d="M{x:.1f} {y - 5:.1f} l5 9 h-10 z" fill="{colour}"/>'


def main() -> None:
    """Measure and draw."""
    parser = argparse.ArgumentParser()
    parser.add_argument("picture", type=Path)
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "history-explorer-bench")
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    found = measure(arguments.folder)
    print(json.dumps(found))
    arguments.picture.write_text(drawn(found))


if __name__ == "__main__":
    main()
