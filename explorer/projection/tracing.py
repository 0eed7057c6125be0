"""Which lines of a program ran for one event, and what did its names hold before each of them?"""

import ast
import sys
from collections.abc import Callable, Iterator
from decimal import Decimal
from types import FrameType
from typing import Any, Self

import msgspec

from explorer.projection.exact import plain

MOST_STEPS = 2_000
MOST_NAMES = 40  # of one step
MOST_SHOWN = 300  # characters of a value
_DEEPEST = 6  # levels of a value that is shown


class TraceStep(msgspec.Struct, frozen=True):
    """One statement that ran.

    Attributes:
        line, last: From which line of the program to which it stands, from 1.
        function: The one in which it stands; calls of each other are told apart by it alone.
        names: What the names there held before it ran, as they are shown.
    """

    line: int
    last: int
    function: str
    names: dict[str, str]


class Trace(msgspec.Struct, frozen=True):
    """What a program did with one event.

    Attributes:
        before, after: The state, as JSON in which every digit stands; `after` is empty if it failed.
        steps: What ran, in order.
        failed: Why it failed, in words; empty if it did not.
        cut: Whether more ran than is told.
    """

    before: str
    after: str
    steps: list[TraceStep]
    failed: str = ""
    cut: bool = False


class LineWatch:
    """Watches the lines of one Python program while it runs, in this thread; only in a child process."""

    def __init__(self, name: str, text: str) -> None:
        self._name = name
        self._spans = statement_spans(text)
        self.steps: list[TraceStep] = []
        self.cut = False

    def __enter__(self) -> Self:
        self._before = sys.gettrace()
        sys.settrace(self._called)
        return self

    def __exit__(self, *_given: object) -> None:
        sys.settrace(self._before)

    def _called(self, frame: FrameType, _what: str, _given: object) -> "Callable[..., Any] | None":
        return self._ran if frame.f_code.co_filename == self._name else None

    def _ran(self, frame: FrameType, what: str, _given: object) -> "Callable[..., Any]":
        if what == "line":
            if len(self.steps) < MOST_STEPS:
                self._take(frame)
            else:
                self.cut = True
        return self._ran

    def _take(self, frame: FrameType) -> None:
        first, last = self._spans.get(frame.f_lineno, (frame.f_lineno, frame.f_lineno))
        function = frame.f_code.co_name
        held = {name: shown(value) for name, value in list(frame.f_locals.items())[:MOST_NAMES]}
        if (
            self.steps
            and (self.steps[-1].line, self.steps[-1].function) == (first, function)
            and first != last
        ):
            return  # another line of the same statement
        self.steps.append(TraceStep(first, last, function, held))


def statement_spans(text: str) -> dict[int, tuple[int, int]]:
    """For each line of a Python program the lines of its statement; of one with a body, those of its head."""
    found: dict[int, tuple[int, int]] = {}
    for node in ast.walk(ast.parse(text)):
        for first, last in _heads(node):
            for line in range(first, last + 1):
                if line not in found or found[line][0] < first:  # the innermost
                    found[line] = first, last
    return found


def _heads(node: ast.AST) -> Iterator[tuple[int, int]]:
    if isinstance(node, ast.match_case):
        yield node.pattern.lineno, max(node.pattern.lineno, node.body[0].lineno - 1)
    if isinstance(node, ast.stmt):
        body = getattr(node, "body", None) or getattr(node, "cases", None)
        if body is None:
            yield node.lineno, node.end_lineno or node.lineno
        else:
            begin = body[0].pattern.lineno if isinstance(body[0], ast.match_case) else body[0].lineno
            yield node.lineno, max(node.lineno, begin - 1)


def shown(value: object, depth: int = 0) -> str:
    """A value in a few characters, as a person who reads the program would write it."""
    text = _shown(value, depth)
    return text if len(text) <= MOST_SHOWN else text[: MOST_SHOWN - 1] + "…"


def _shown(value: object, depth: int) -> str:
    if isinstance(value, Decimal):
        return plain(value)
    if value is None or isinstance(value, (bool, int, float, str)):
        return repr(value[:MOST_SHOWN]) if isinstance(value, str) else repr(value)
    if depth > _DEEPEST:
        return "…"
    if isinstance(value, dict):
        return (
            "{"
            + ", ".join(_some(f"{name}: {shown(inner, depth + 1)}" for name, inner in value.items()))
            + "}"
        )
    if isinstance(value, (list, tuple, set, frozenset)):
        return "[" + ", ".join(_some(shown(inner, depth + 1) for inner in value)) + "]"
    return type(value).__name__


def _some(parts: Iterator[str]) -> list[str]:
    taken: list[str] = []
    room = MOST_SHOWN
    for part in parts:
        taken.append(part)
        room -= len(part)
        if room < 0:
            break
    return taken
