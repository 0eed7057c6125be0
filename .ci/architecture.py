"""Which room imports which, as a drawing? Writes .github/architecture.svg from the imports of explorer/.

The drawing is made anew whenever an arrow comes or goes, or when its numbers are no longer about right;
`--check` only tells whether it is time (a test asks the same).
"""

import argparse
import ast
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PROGRAM = "explorer"
DRAWING = ROOT / ".github" / "architecture.svg"
# From the front doors down to the file, in the order in which an import may run.
ROOMS = ("cli", "desktop", "session", "history", "domain", "projection", "eventlog")

BOX_PX, HIGH_PX, ACROSS_PX, DOWN_PX, MARGIN_PX, TOP_PX = 116, 50, 130, 78, 16, 84
INK, PALE, WRONG = "#1f2933", "#dbe7f3", "#c0392b"


@dataclass(frozen=True)
class Import:
    """One module needs another when the program runs.

    Attributes:
        module: Which one imports; dotted.
        needed: Which one it imports; dotted.
        deferred: Only once a function is called, or by its name as text.
    """

    module: str
    needed: str
    deferred: bool


def modules(root: Path = ROOT) -> dict[str, Path]:
    """The files of the program by dotted name; a package's is its `__init__.py`."""
    found = {}
    for path in sorted((root / PROGRAM).rglob("*.py")):
        parts = path.relative_to(root).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def imports(root: Path = ROOT) -> set[Import]:
    """Every import of one module of the program by another, as the program runs.

    What only the type checker reads (`if TYPE_CHECKING:`) is left out. That a module's packages are loaded before it is
    not counted either.
    """
    known = modules(root)
    found = set()
    for module, path in known.items():
        package = module if path.name == "__init__.py" else module.rpartition(".")[0]
        for node, deferred in _at_run_time(ast.parse(path.read_text(encoding="utf-8"))):
            for needed in _named(node, package, known):
                if needed in known and needed != module:
                    found.add(Import(module, needed, deferred))
    return found


def _at_run_time(tree: ast.AST) -> Iterator[tuple[ast.AST, bool]]:
    """What may import, and whether that waits until a function is called."""
    waiting = [(tree, False)]
    while waiting:
        node, deferred = waiting.pop()
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield node, deferred
        elif isinstance(node, ast.Constant):
            yield node, True  # for importlib
        elif isinstance(node, ast.If) and _is_for_types(node.test):
            waiting += [(other, deferred) for other in node.orelse]
        else:
            function = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
            waiting += [(child, deferred or function) for child in ast.iter_child_nodes(node)]


def _is_for_types(test: ast.expr) -> bool:
    return "TYPE_CHECKING" in {getattr(test, "id", ""), getattr(test, "attr", "")}


def _named(node: ast.AST, package: str, known: dict[str, Path]) -> list[str]:
    """Which modules an import names; a text names one (`module:class` too), or by a dot at its end a whole package."""
    if isinstance(node, ast.Import):
        return [each.name for each in node.names]
    if isinstance(node, ast.ImportFrom):
        above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
        base = ".".join([*above, *([node.module] if node.module else [])])
        names = [f"{base}.{each.name}" for each in node.names]
        return [name if name in known else base for name in names]
    if (
        isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and node.value.startswith(f"{PROGRAM}.")
    ):
        text = node.value.partition(":")[0]
        return [name for name in known if name.startswith(text)] if text.endswith(".") else [text]
    return []


def circles(needs: set[Import]) -> list[list[str]]:
    """The sets of modules that each need each other, at last, by these imports."""
    after: dict[str, set[str]] = {}
    for each in needs:
        after.setdefault(each.module, set()).add(each.needed)
        after.setdefault(each.needed, set())
    reach = {name: _reached(name, after) for name in after}
    rounds = {
        frozenset(other for other in reach[name] if name in reach[other])
        for name in after
        if name in reach[name]
    }
    return sorted(sorted(each) for each in rounds)


def _reached(start: str, after: dict[str, set[str]]) -> set[str]:
    seen: set[str] = set()
    waiting = list(after[start])
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting += after[name]
    return seen


def counts(root: Path = ROOT) -> dict[str, int]:
    """What the drawing says: how many modules each room has, and under `from-to` how many imports join two rooms."""
    found = Counter(room_of(module) for module in modules(root))
    joined = Counter((room_of(each.module), room_of(each.needed)) for each in imports(root))
    between = {f"{a}-{b}": count for (a, b), count in joined.items() if a != b and a in ROOMS and b in ROOMS}
    return {**{room: found[room] for room in ROOMS}, **between}


def room_of(module: str) -> str:
    """The room in which a module is; empty for the program itself."""
    return module.split(".")[1] if "." in module else ""


def drawing(said: dict[str, int]) -> str:
    """Rooms on a diagonal: an arrow that leaves one to the right and enters another from above runs down."""
    lines, numbers, boxes = [], [], []
    for joined in sorted(name for name in said if "-" in name):
        a, b = (ROOMS.index(room) for room in joined.split("-"))
        (x, y), (to_x, to_y), down = _middle(a), _middle(b), a < b
        colour, side = (INK, 1) if down else (WRONG, -1)
        lines.append(
            f'<path d="M{x + side * BOX_PX // 2} {y}H{to_x}V{to_y - side * (HIGH_PX // 2 + 7)}" '
            f'stroke="{colour}" marker-end="url(#tip)"/>'
        )
        numbers.append(
            f'<circle cx="{to_x}" cy="{y}" r="15" stroke="{colour}"/>'
            f'<text id="{joined}" x="{to_x}" y="{y + 4}" fill="{colour}">{said[joined]}</text>'
        )
    for place, room in enumerate(ROOMS):
        x, y = _middle(place)
        corner = f'x="{x - BOX_PX // 2}" y="{y - HIGH_PX // 2}"'
        boxes += [
            f'<rect {corner} width="{BOX_PX}" height="{HIGH_PX}" rx="6" fill="{PALE}" stroke="{INK}"/>',
            f'<text x="{x}" y="{y - 4}" font-weight="bold" font-size="15">{room}</text>',
            f'<text x="{x}" y="{y + 15}"><tspan id="{room}">{said[room]}</tspan> modules</text>',
        ]
    width = 2 * MARGIN_PX + (len(ROOMS) - 1) * ACROSS_PX + BOX_PX
    high = TOP_PX + len(ROOMS) * DOWN_PX
    told = (
        "A number says how many imports join two rooms: out of the room at its left, into the room below it.",
        "An import that ran up would stand left of the diagonal, in red.",
    )
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {high}" font-family="sans-serif" '
        f'font-size="12" text-anchor="middle" fill="{INK}">'
    )
    tip = (
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="2" refY="4" markerWidth="7" markerHeight="7" '
        f'orient="auto"><path d="M0 0L8 4L0 8z" fill="{INK}"/></marker></defs>'
    )
    ground = f'<rect width="{width}" height="{high}" fill="#ffffff"/>'
    texts = [
        f'<text x="{MARGIN_PX}" y="{26 + 19 * line}" text-anchor="start" font-size="13">{text}</text>'
        for line, text in enumerate(told)
    ]
    title = "<title>Which room of History Explorer imports which</title>"
    arrows = ['<g fill="none" stroke-width="1.3">', *lines, "</g>", '<g fill="#ffffff">', *numbers, "</g>"]
    return "\n".join([head, title, tip, ground, *texts, *arrows, *boxes, "</svg>\n"])


def _middle(place: int) -> tuple[int, int]:
    return MARGIN_PX + BOX_PX // 2 + place * ACROSS_PX, TOP_PX + HIGH_PX // 2 + place * DOWN_PX


def drawn(svg: str) -> dict[str, int]:
    """What a drawing says; the inverse of `drawing`."""
    return {name: int(number) for name, number in re.findall(r'id="([a-z-]+)"[^>]*>(\d+)<', svg)}


def news(svg: str, said: dict[str, int]) -> list[str]:
    """Why a drawing must be made anew: arrows that came or went, numbers that are wrong by more than a tenth."""
    old = drawn(svg)
    wrong = old.keys() ^ said.keys()
    wrong |= {
        name for name in old.keys() & said.keys() if abs(old[name] - said[name]) > max(3, said[name] // 10)
    }
    return [f"{name}: drawn are {old.get(name, 0)}, there are {said.get(name, 0)}" for name in sorted(wrong)]


def main() -> int:
    """Draw, or tell what the drawing does not know yet."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    said = counts()
    if not parser.parse_args().check:
        DRAWING.write_text(drawing(said), encoding="utf-8")
        return 0
    other = news(DRAWING.read_text(encoding="utf-8"), said)
    print(*other, sep="\n")
    return int(bool(other))


if __name__ == "__main__":
    sys.exit(main())
