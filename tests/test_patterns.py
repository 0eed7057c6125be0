"""Are patterns compiled when they are asked, and only then?"""

import ast
import re
from pathlib import Path

import pytest

from explorer.patterns import lazy_pattern

MODULES = sorted((Path(__file__).resolve().parents[1] / "explorer").rglob("*.py"))


def test_a_lazy_pattern_answers_as_the_compiled_one_does():
    for text, flags, subject in (("(?P<a>a+)|b", re.IGNORECASE, "xAAbc"), (rb"[\s,]+", 0, b"a, b,c")):
        compiled, lazy = re.compile(text, flags), lazy_pattern(text, flags)
        for _ in range(2):
            assert lazy.findall(subject) == compiled.findall(subject)
            assert lazy.split(subject) == compiled.split(subject)
            assert [each.span() for each in lazy.finditer(subject)] == [
                each.span() for each in compiled.finditer(subject)
            ]
            assert lazy.sub(subject[:1], subject) == compiled.sub(subject[:1], subject)
            assert (lazy.match(subject) is None) == (compiled.match(subject) is None)
            assert (lazy.pattern, lazy.flags, lazy.groups) == (text, compiled.flags, compiled.groups)


def test_a_lazy_pattern_is_compiled_once_and_has_nothing_else():
    lazy = lazy_pattern("a")
    assert "match" not in vars(lazy)
    assert lazy.match("a")
    assert lazy.match is lazy.match
    with pytest.raises(AttributeError):
        _ = lazy.matches  # type: ignore[attr-defined]
    with pytest.raises(re.error):
        lazy_pattern("(").match("a")


def test_no_module_compiles_a_pattern_when_it_is_imported():
    def at_import(node: ast.AST) -> bool:
        for each in ast.iter_child_nodes(node):
            if isinstance(each, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
                continue
            if (isinstance(each, ast.Call) and ast.unparse(each.func) == "re.compile") or at_import(each):
                return True
        return False

    texts = {path.stem: path.read_text("utf-8") for path in MODULES}
    found = [name for name, text in texts.items() if "re.compile" in text and at_import(ast.parse(text))]
    assert not found, f"these take `lazy_pattern`: {found}"
