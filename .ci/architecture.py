"""Which room imports which, as a drawing? Writes .github/architecture.svg from the imports of explorer/.

The drawing is made anew whenever an arrow comes or goes, or when its numbers are no longer about right;
`--check` only tells whether it is time (a test asks the same).
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PROGRAM = "explorer"


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
    """Which modules an import names; a text names one, or with a dot at its end all of a package."""
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
        text = node.value
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
