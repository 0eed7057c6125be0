"""What does a Python program of the person's own make of each event?

The program defines `key(event)`, which names the entity (a list: several; None: nobody), `evolve(state, event)`,
which returns the entity's next state, and if it likes `initial`, the state before the first event (or a function
that makes it). An event is a dict; see `given`. A state is any JSON: the members of an object are the columns of
the table.

A program runs with the rights of the person, so only in a child process, and only once the person trusts it.
"""

import ast
import copy
import linecache
import traceback
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from explorer.eventlog.event import Event, Varying
from explorer.language import later
from explorer.projection.model import Effect, Field, FieldUpdate, NotApplicable, Recipe, TextError, Wording
from explorer.projection.number_style import NumberStyle

STATE = "state"  # the one column of a state that is no object
MAX_FIELDS = 400

OWN_MEMBERS = (
    "type", "data", "at", "at_ns", "entity", "metadata", "position", "sequence", "id", "schema_version", "record",
)  # fmt: skip
"""What every event has, whatever its record holds; `evolve` is told the `key` too."""


class ProgramError(TextError):
    """A program that cannot be a read model."""


def check(text: str) -> None:
    """Look at a program without running it.

    Raises:
        ProgramError: It is not Python, or lacks a function.
    """
    functions, assigned = defined(text, ProgramError)
    for name, arguments in (("key", "event"), ("evolve", "state, event")):
        if name not in functions | assigned:
            raise ProgramError(f"it does not define {name}({arguments})")


def defined(text: str, wrong: type[TextError]) -> tuple[set[str], set[str]]:
    """The names of the functions that a program defines, and those to which it assigns; nothing of it is run.

    Raises:
        TextError: It is not Python; of the kind `wrong`.
    """
    try:
        tree = ast.parse(text)
    except SyntaxError as error:
        raise wrong(error.msg, error.lineno or 1, error.offset or 1) from error
    except (ValueError, RecursionError, MemoryError) as error:
        raise wrong("it is not a Python program", 1, 1) from error
    functions = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
    assigned = {
        target.id
        for node in tree.body
        if isinstance(node, (ast.Assign, ast.AnnAssign))
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Name)
    }
    return functions, assigned


def given(event: Event) -> dict[str, object]:
    """An event as a program is handed it: every member that `OWN_MEMBERS` names, and those of the record.

    A member of the record, such as `version` or `aggregateType`, has its own name unless that is one of ours; under
    `record` all are found. Numbers are `int` or `decimal.Decimal`.
    """
    own = {name: getattr(event, name) for name in OWN_MEMBERS}
    if event.at_ns is not None:
        own["at_ns"] = event.exact_ns
    return {**event.record, **own}


class Program:
    """The read model of a program. It holds the latest state of every entity, so it takes events in their order."""

    noun = "key"
    wording = Wording((later("key"), later("keys")))
    ordered = positioned = True
    numbers = NumberStyle.PLAIN

    def __init__(self, name: str, text: str) -> None:
        """Take a program; it does not run before `run`.

        Raises:
            ProgramError: It cannot be one.
        """
        check(text)
        self.name = name
        self.recipe = Recipe(name, "python", text)
        self._fields: dict[str, Field] = {}
        self._states: dict[str, Any] = {}
        self._shown: dict[str, dict[str, object]] = {}  # the columns of each state, as they were told
        self._failed: dict[str, int] = {}
        self._key: Callable[[dict[str, object]], object] | None = None
        self._evolve: Callable[[Any, dict[str, object]], object] | None = None
        self._initial: Any = None

    @property
    def fields(self) -> tuple[Field, ...]:
        """The columns met so far, in the order of their first appearance."""
        return tuple(self._fields.values())

    def learn(self, names: Sequence[str]) -> None:
        """Keep these columns too."""
        for name in names:
            self._fields.setdefault(name, Field(name, "last"))

    def run(self) -> None:
        """Run the program's own lines: only where it can do no more harm than the person allowed.

        Raises:
            ProgramError: It fails.
        """
        space = run_text(self.name, self.recipe.text)
        self._key, self._evolve, self._initial = space["key"], space["evolve"], space.get("initial")

    def effects(self, event: Event) -> Sequence[Effect]:
        """What the program makes of `event`.

        Raises:
            NotApplicable: It fails; its traceback is told too.
        """
        if self._key is None or isinstance(event.at, Varying) or not event.position:
            raise TypeError("a program takes one event after the other")
        handed = given(event)
        try:
            keys = self._key(handed)
        except (Exception, SystemExit) as error:
            raise self._failure("key", error) from error
        found: list[Effect] = []
        failed: NotApplicable | None = None
        for each in keys if isinstance(keys, (list, tuple)) else [keys]:
            try:
                if each is not None:
                    found.append(self._effect(str(each), event.position, handed))
            except NotApplicable as failure:
                if failed is None or failed.kind == "cut-short":  # what fails now says more
                    failed = failure
        if failed is not None:
            failed.effects = found
            raise failed
        return found

    def _effect(self, entity: str, position: int, handed: dict[str, object]) -> Effect:
        if entity in self._failed:
            raise NotApplicable(
                f"cut short: the state of “{entity}” failed at event {self._failed[entity]:,}",
                kind="cut-short",
            )
        handed["key"] = entity
        state = self._states[entity] if entity in self._states else self._first()
        assert self._evolve is not None
        try:
            after = self._evolve(state, handed)
            if after is None:
                raise TypeError("evolve returned nothing: it must return the next state")  # noqa: TRY301
            columns = _columns(after)
        except (Exception, SystemExit) as error:
            self._failed[entity] = position
            raise self._failure("evolve", error) from error
        before = self._shown.get(entity, {})
        updates = [
            FieldUpdate(name, value)  # type: ignore[arg-type]
            for name, value in columns.items()
            if not _same(before, name, value)
        ]
        updates += [
            FieldUpdate(name, None) for name in before if name not in columns and before[name] is not None
        ]
        new = {update.field for update in updates if update.field not in self._fields}
        if new and len(self._fields) + len(new) > MAX_FIELDS:
            self._failed[entity] = position
            raise NotApplicable(f"the states have more than {MAX_FIELDS} columns", kind="read-model-error")
        self._states[entity], self._shown[entity] = after, columns
        self.learn([update.field for update in updates])
        return Effect(entity, tuple(updates))

    def _first(self) -> Any:  # noqa: ANN401 - any JSON
        return self._initial() if callable(self._initial) else copy.deepcopy(self._initial)

    def _failure(self, function: str, error: BaseException) -> NotApplicable:
        return told_failure(function, self.name, error)


def run_text(name: str, text: str) -> dict[str, Any]:
    """Run a program's own lines, and return what they define: only where it can do no harm.

    Raises:
        ProgramError: It fails.
    """
    linecache.cache[name] = len(text), None, text.splitlines(keepends=True), name
    space: dict[str, Any] = {"__name__": "projection", "__file__": name}
    try:
        exec(compile(text, name, "exec", dont_inherit=True), space)  # noqa: S102 - see the module's docstring
    except (Exception, SystemExit) as error:
        raise ProgramError(f"it fails when it is loaded: {_said(error)}", _line(error, name), 1) from error
    return space


def told_failure(what: str, name: str, error: BaseException) -> NotApplicable:
    """A failure of `what`, a part of the program called `name`, with those lines of the traceback that are its own."""
    line = _line(error, name)
    reason = f"{what} failed: {_said(error)}"
    if line is not None:
        reason = f"{what} failed: {_said(error)} ({name}, line {line:d})"
    frames = traceback.extract_tb(error.__traceback__)
    own = frames[next((at for at, frame in enumerate(frames) if frame.filename == name), len(frames)) :]
    told = "".join(traceback.format_list(own)) + "".join(traceback.format_exception_only(error))
    return NotApplicable(reason, told, kind="read-model-error")


def _columns(state: object) -> dict[str, object]:
    found = plain_json(state)
    return found if isinstance(found, dict) else {STATE: found}


def plain_json(value: Any) -> Any:  # noqa: ANN401 - that is the question
    """A copy of `value` as JSON: tuples are lists, dates are texts, floats the digits they show.

    Raises:
        TypeError: It holds something else.
    """
    if value is None or isinstance(value, (str, bool, int, Decimal)):
        return value
    if isinstance(value, float):
        return Decimal(repr(value))
    if isinstance(value, Mapping):
        return {str(name): plain_json(inner) for name, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain_json(inner) for inner in value]
    if isinstance(value, (set, frozenset)):
        return [plain_json(inner) for inner in sorted(value)]
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"a state is JSON, and holds no {type(value).__name__}")


def _same(before: dict[str, object], name: str, value: object) -> bool:
    if name not in before:
        return value is None
    old = before[name]
    return type(old) is type(value) and old == value and str(old) == str(value)


def _said(error: BaseException) -> str:
    text = str(error)
    said = f"{type(error).__name__}: {text}" if text else type(error).__name__
    return said if len(said) <= 200 else said[:199] + "…"


def _line(error: BaseException, name: str) -> int | None:
    """The last line of the program that the error went through."""
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == name]
    return lines[-1] if lines else None
