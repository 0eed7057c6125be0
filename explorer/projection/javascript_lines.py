"""How does a program in JavaScript tell which of its statements run, and what its names hold then?

The engine has no debugger, so each statement is preceded by a call that tells it. The syntax is read by tree-sitter,
and nothing but those calls is put in: lines stay where they are.
"""

import importlib.util
import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tree_sitter import Node

_BLOCKS = frozenset({"program", "statement_block", "switch_case", "switch_default"})
_BRANCHES = frozenset(
    {"if_statement", "else_clause", "for_statement", "for_in_statement", "while_statement", "do_statement"}
)
_HOISTED = frozenset(
    {"function_declaration", "generator_function_declaration", "class_declaration", "import_statement"}
)
_NO_STATEMENTS = frozenset({"comment", "empty_statement", "hash_bang_line", "statement_identifier"})
_FUNCTIONS = frozenset(
    {
        "function_declaration",
        "function_expression",
        "arrow_function",
        "method_definition",
        "generator_function",
    }
)
_PATTERNS = frozenset({"identifier", "shorthand_property_identifier_pattern"})
_MOST_NAMES = 40


class TellingStatement(NamedTuple):
    """A statement that tells when it runs: its lines, from 1, and the function in which it stands."""

    line: int
    last: int
    function: str


class Telling(NamedTuple):
    """A program whose statements call `explorer$at(number, names)`, and which statement each number is."""

    text: str
    statements: list[TellingStatement]


def can_tell() -> bool:
    """Whether the syntax can be read here."""
    return all(importlib.util.find_spec(name) for name in ("tree_sitter", "tree_sitter_javascript"))


def telling(text: str) -> Telling:
    """The program with its calls; of one that cannot be read the text as it is."""
    import tree_sitter_javascript
    from tree_sitter import Language, Parser

    raw = text.encode("utf-8", "surrogatepass")
    root = Parser(Language(tree_sitter_javascript.language())).parse(raw).root_node
    if root.has_error:
        return Telling(text, [])
    calls = _Calls()
    calls.visit(root, ())
    for at, _, insertion in sorted(calls.insertions, reverse=True):
        raw = raw[:at] + insertion.encode() + raw[at:]
    return Telling(raw.decode("utf-8", "surrogatepass"), calls.statements)


class _Calls:
    """Gathers what is put in where, by byte."""

    def __init__(self) -> None:
        self.statements: list[TellingStatement] = []
        self.insertions: list[tuple[int, int, str]] = []

    def visit(self, root: "Node", functions: "tuple[Node, ...]") -> None:
        """Go through everything below a node; no call of ours is deeper than that of a program may be."""
        waiting: list[tuple[Node, tuple[Node, ...]]] = [(root, functions)]
        while waiting:
            node, inside = waiting.pop()
            if node.type in _FUNCTIONS:
                inside = (*inside, node)
                body = node.child_by_field_name("body")
                if body is not None and body.type != "statement_block":  # … => expression
                    self._before_expression(body, inside)
            self._statements_of(node, inside)
            waiting += [(child, inside) for child in node.children]

    def _statements_of(self, node: "Node", inside: "tuple[Node, ...]") -> None:
        if node.type in _BLOCKS:
            labels = {
                each.id
                for each in (node.child_by_field_name("value"), node.child_by_field_name("label"))
                if each
            }
            body = [
                each
                for each in node.named_children
                if each.id not in labels and each.type not in _NO_STATEMENTS
            ]
            if node.type.startswith("switch_") and body:
                self._tell(body[0].start_byte, node.start_point[0], node.start_point[0], inside)
            for each in body:
                if each.type not in _HOISTED:
                    self._tell(each.start_byte, *_head(each), inside)
        elif node.type in _BRANCHES:
            for name in ("consequence", "body"):
                branch = node.child_by_field_name(name)
                if branch is not None and branch.type not in {"statement_block", *_BRANCHES}:
                    self._wrapped(branch, inside)
            if node.type == "else_clause":
                last = node.named_children[-1]
                if last.type not in {"statement_block", *_BRANCHES}:
                    self._wrapped(last, inside)

    def _open(self, at: int, text: str) -> None:
        """Put something before a statement: of several at one place that of the outermost comes first."""
        self.insertions.append((at, len(self.insertions), text))

    def _close(self, at: int, text: str) -> None:
        """Put something behind one: that of the innermost comes first, before whatever begins there."""
        self.insertions.append((at, -len(self.insertions), text))

    def _tell(self, at: int, line: int, last: int, inside: "tuple[Node, ...]") -> None:
        self._open(at, self._call(line, last, inside) + ";")

    def _wrapped(self, branch: "Node", inside: "tuple[Node, ...]") -> None:
        self._open(branch.start_byte, "{" + self._call(*_head(branch), inside) + ";")
        self._close(branch.end_byte, "}")

    def _before_expression(self, body: "Node", inside: "tuple[Node, ...]") -> None:
        call = self._call(body.start_point[0], body.end_point[0], inside)
        self._open(body.start_byte, f"({call},")
        self._close(body.end_byte, ")")

    def _call(self, line: int, last: int, inside: "tuple[Node, ...]") -> str:
        names = list(dict.fromkeys(name for function in inside for name in _declared(function)))[:_MOST_NAMES]
        self.statements.append(TellingStatement(line + 1, last + 1, _name_of(inside[-1]) if inside else ""))
        held = ",".join(f"{json.dumps(name)}:()=>{name}" for name in names)
        return f"explorer$at({len(self.statements) - 1},{{{held}}})"


def _head(statement: "Node") -> tuple[int, int]:
    """The lines of a statement, from 0; of one with a body, those before it."""
    first = statement.start_point[0]
    for name in ("consequence", "body"):
        body = statement.child_by_field_name(name)
        if body is not None:
            return first, max(
                first,
                body.start_point[0] if body.type.endswith(("_block", "_body")) else body.start_point[0] - 1,
            )
    return first, statement.end_point[0]


def _declared(function: "Node") -> Iterator[str]:
    """The names of its parameters, and those declared in it but not in a function within it."""
    for field in ("parameters", "parameter"):
        found = function.child_by_field_name(field)
        if found is not None:
            yield from _names(found)
    waiting = [each for each in [function.child_by_field_name("body")] if each is not None]
    while waiting:
        node = waiting.pop(0)
        if node.type == "variable_declarator":
            name = node.child_by_field_name("name")
            if name is not None:
                yield from _names(name)
        if node.type not in _FUNCTIONS:
            waiting += node.named_children


def _names(pattern: "Node") -> Iterator[str]:
    waiting = [pattern]
    while waiting:
        node = waiting.pop(0)
        if node.type in _PATTERNS and node.text is not None:
            yield node.text.decode()
        elif node.type in {"assignment_pattern", "object_assignment_pattern"}:  # not what stands at its right
            left = node.child_by_field_name("left")
            waiting += [] if left is None else [left]
        elif node.type == "pair_pattern":
            value = node.child_by_field_name("value")
            waiting += [] if value is None else [value]
        else:
            waiting += node.named_children


def _name_of(function: "Node") -> str:
    name = function.child_by_field_name("name")
    parent = function.parent
    if name is None and parent is not None and parent.type == "variable_declarator":
        name = parent.child_by_field_name("name")
    return name.text.decode() if name is not None and name.text is not None else ""
