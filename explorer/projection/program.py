"""What does a program of the person's own make of each event; and one in Python?

One in Python defines `key(event)`, which names the entity (a list: several; None: nobody), `evolve(state, event)`,
which returns the entity's next state, and if it likes `initial`, the state before the first event (or a function
that makes it). An event is a dict; see `given`. A state is any JSON: the members of an object are the columns of
the table. One in JavaScript is the business of `javascript.py`.

A program runs with the rights of the person, so only in a child process, and only once the person trusts it.
"""

import ast
import contextlib
import copy
import json
import linecache
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import msgspec

from explorer.eventlog.event import Event, Varying
from explorer.language import later
from explorer.projection.exact import MAX_DIGITS
from explorer.projection.model import Effect, Field, FieldUpdate, NotApplicable, Recipe, TextError, Wording
from explorer.projection.number_style import NumberStyle
from explorer.projection.program_rules import Decided, decision_of, state_first
from explorer.projection.tracing import LineWatch, Trace

STATE = "state"  # the one column of a state that is no object
MAX_FIELDS = 400
_FAULTS = (
    NameError,
    TypeError,
    AttributeError,
    LookupError,
    RecursionError,
    MemoryError,
)  # of a program, not of a command
_encode = msgspec.json.Encoder(decimal_format="number").encode

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
    record = event.record
    return {
        **record,
        "type": event.type,
        "data": event.data,
        "at": event.at,
        "at_ns": event.exact_ns,
        "entity": event.entity,
        "metadata": event.metadata,
        "position": event.position,
        "sequence": event.sequence,
        "id": event.id,
        "schema_version": event.schema_version,
        "record": record,
    }


_NOTHING: dict[str, object] = {}


class KeyedProgram(ABC):
    """The read model of a program. It holds the latest state of every entity, so it takes events in their order."""

    noun = "key"
    wording = Wording((later("key"), later("keys")))
    ordered = positioned = True
    numbers = NumberStyle.PLAIN

    def __init__(self, recipe: Recipe) -> None:
        self.name = recipe.name
        self.recipe = recipe
        self.lost = ""  # which digits the event in hand lost, in words
        self._fields: dict[str, Field] = {}
        self._shown: dict[str, dict[str, object]] = {}  # the columns of each state, as they were told
        self._failed: dict[str, int] = {}

    @property
    def fields(self) -> tuple[Field, ...]:
        """The columns met so far, in the order of their first appearance."""
        return tuple(self._fields.values())

    def learn(self, names: Sequence[str]) -> None:
        """Keep these columns too."""
        for name in names:
            self._fields.setdefault(name, Field(name, "last"))

    @abstractmethod
    def run(self) -> None:
        """Run the program's own lines: only where it can do no more harm than the person allowed.

        Raises:
            ProgramError: It fails.
        """

    @abstractmethod
    def handed(self, event: Event) -> Any:  # noqa: ANN401 - what the language takes
        """An event as the program is given it.

        Raises:
            NotApplicable: It cannot be given.
        """

    @abstractmethod
    def keys(self, handed: Any) -> Sequence[str]:  # noqa: ANN401 - (same)
        """Whose an event is.

        Raises:
            NotApplicable: The program fails; its traceback is told too.
        """

    @abstractmethod
    def state_after(self, entity: str, handed: Any) -> object:  # noqa: ANN401 - (same)
        """The next state of an entity as JSON, kept for the event after this one.

        Raises:
            NotApplicable: The program fails; its traceback is told too.
        """

    @abstractmethod
    def traced(self, entity: str, before: Sequence[Event], event: Event) -> Trace:
        """Which lines run for one event of an entity, after all of `before`; what was known of states is forgotten."""

    @property
    def decides(self) -> bool:
        """Whether it has rules of its own, too: `decide(command, state)`."""
        return False

    @abstractmethod
    def decided(self, entity: str, before: Sequence[Event], command: Mapping[str, object]) -> Decided:
        """What its rules say of a command, after all of `before`; what was known of states is forgotten.

        Raises:
            NotApplicable: They fail.
        """

    def effects(self, event: Event) -> Sequence[Effect]:
        """What the program makes of `event`.

        Raises:
            NotApplicable: It fails; its traceback is told too.
        """
        if not event.position or isinstance(event.at, Varying):
            raise TypeError("a program takes one event after the other")
        self.lost = ""
        handed = self.handed(event)
        found: list[Effect] = []
        failed: NotApplicable | None = None
        for entity in self.keys(handed):
            try:
                found.append(self._effect(entity, event, handed))
            except NotApplicable as failure:
                if failed is None or failed.kind == "cut-short":  # what fails now says more
                    failed = failure
        if failed is not None:
            failed.effects = found
            raise failed
        if self.lost:
            raise NotApplicable(self.lost, effects=found, kind="digits-lost")
        return found

    def _effect(self, entity: str, event: Event, handed: object) -> Effect:
        if entity in self._failed:
            raise NotApplicable(
                f"cut short: the state of “{entity}” failed at event {self._failed[entity]:,}",
                kind="cut-short",
            )
        try:
            after = self.state_after(entity, handed)
        except NotApplicable:
            self._failed[entity] = event.position
            raise
        before = self._shown.get(entity, _NOTHING)
        if not isinstance(after, dict):
            if len(before) == 1 and STATE in before:  # as mostly: the one column that it had
                if _same(before, STATE, after):
                    return Effect(entity, ())
                self._shown[entity] = {STATE: after}
                return Effect(entity, (FieldUpdate(STATE, after),))  # type: ignore[arg-type]
            after = {STATE: after}
        columns = after
        updates = [
            FieldUpdate(name, value)  # type: ignore[arg-type]
            for name, value in columns.items()
            if not _same(before, name, value)
        ]
        if not before.keys() <= columns.keys():
            updates += [
                FieldUpdate(name, None) for name in before if name not in columns and before[name] is not None
            ]
        if columns.keys() <= self._fields.keys() >= before.keys():
            new: set[str] = set()
        else:
            new = {update.field for update in updates if update.field not in self._fields}
        if new:
            if len(self._fields) + len(new) > MAX_FIELDS:
                self._failed[entity] = event.position
                raise NotApplicable(
                    f"the states have more than {MAX_FIELDS} columns", kind="read-model-error"
                )
            self.learn([update.field for update in updates])
        self._shown[entity] = columns
        return Effect(entity, tuple(updates))


class Program(KeyedProgram):
    """The read model of a program in Python."""

    def __init__(self, name: str, text: str) -> None:
        """Take a program; it does not run before `run`.

        Raises:
            ProgramError: It cannot be one.
        """
        check(text)
        super().__init__(Recipe(name, "python", text))
        self._states: dict[str, Any] = {}
        self._key: Callable[[dict[str, object]], object] | None = None
        self._evolve: Callable[[Any, dict[str, object]], object] | None = None
        self._initial: Any = None
        self._decide: Callable[[Any, Any], object] | None = None

    def run(self) -> None:
        """Run the program's own lines: only where it can do no more harm than the person allowed.

        Raises:
            ProgramError: It fails.
        """
        space = run_text(self.name, self.recipe.text)
        self._key, self._evolve, self._initial = space["key"], space["evolve"], space.get("initial")
        self._decide = space.get("decide")

    def handed(self, event: Event) -> dict[str, object]:
        """A dict; see `given`."""
        if self._key is None:
            raise TypeError("a program takes one event after the other, where it runs")
        return given(event)

    def keys(self, handed: dict[str, object]) -> Sequence[str]:
        """What `key` says, each name once.

        Raises:
            NotApplicable: It fails.
        """
        assert self._key is not None
        try:
            keys = self._key(handed)
        except (Exception, SystemExit) as error:
            raise told_failure("key", self.name, error) from error
        if type(keys) is str:  # as mostly
            return (keys,)
        several = keys if isinstance(keys, (list, tuple)) else [keys]
        return list(dict.fromkeys(str(each) for each in several if each is not None))

    def state_after(self, entity: str, handed: dict[str, object]) -> object:
        """What `evolve` says.

        Raises:
            NotApplicable: It fails.
        """
        handed["key"] = entity
        state = self._states[entity] if entity in self._states else self._first()
        assert self._evolve is not None
        try:
            after = self._evolve(state, handed)
            if after is None:
                raise TypeError("evolve returned nothing: it must return the next state")  # noqa: TRY301
            shown = plain_json(after)
        except (Exception, SystemExit) as error:
            raise told_failure("evolve", self.name, error) from error
        self._states[entity] = after
        return shown

    def traced(self, entity: str, before: Sequence[Event], event: Event) -> Trace:
        """Which lines run for one event; see `KeyedProgram`."""
        self._fold(entity, before)
        watch, after, failed = LineWatch(self.name, self.recipe.text), "", ""
        first = as_text(plain_json(self._states.get(entity, self._first())))
        handed = self.handed(event)
        try:
            with watch:
                found = self.state_after(entity, handed)
            after = as_text(found)
        except NotApplicable as failure:
            failed = str(failure)
        self._states.clear()
        return Trace(first, after, watch.steps, failed, watch.cut)

    def _fold(self, entity: str, before: Sequence[Event]) -> None:
        self._states.clear()
        for each in before:
            with contextlib.suppress(NotApplicable):
                self.state_after(entity, self.handed(each))

    @property
    def decides(self) -> bool:
        """Whether `decide` is defined."""
        return "decide" in set.union(*defined(self.recipe.text, ProgramError))

    def decided(self, entity: str, before: Sequence[Event], command: Mapping[str, object]) -> Decided:
        """What `decide` says; see `KeyedProgram`."""
        self._fold(entity, before)
        state = self._states.get(entity, self._first())
        self._states.clear()
        assert self._decide is not None
        try:
            given_first = state_first(self.recipe.text)
            found = self._decide(state, command) if given_first else self._decide(command, state)
            return decision_of(plain_json(found))
        except _FAULTS as error:
            raise told_failure("decide", self.name, error) from error
        except (Exception, SystemExit) as error:  # noqa: BLE001 - rules reject by whatever they raise
            return Decided(rejected=str(error) or type(error).__name__)

    def _first(self) -> Any:  # noqa: ANN401 - any JSON
        return self._initial() if callable(self._initial) else copy.deepcopy(self._initial)


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
    import traceback  # only a program that fails needs it

    line = _line(error, name)
    reason = f"{what} failed: {_said(error)}"
    if line is not None:
        reason = f"{what} failed: {_said(error)} ({name}, line {line:d})"
    frames = traceback.extract_tb(error.__traceback__)
    own = frames[next((at for at, frame in enumerate(frames) if frame.filename == name), len(frames)) :]
    told = "".join(traceback.format_list(own)) + "".join(traceback.format_exception_only(error))
    return NotApplicable(reason, told, kind="read-model-error")


DEEPEST = 512  # levels of a state, as of a record
_PLAIN = frozenset({str, bool, type(None)})  # of these a copy is the same
_WIDEST_BITS = 13_280  # of a whole number of fewer than `MAX_DIGITS` digits


def as_text(value: object) -> str:
    """A state as JSON in which every digit stands."""
    try:
        return _encode(value).decode()
    except UnicodeEncodeError:  # half a character
        return _escaped(value)


def _escaped(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ",".join(f"{json.dumps(name)}:{_escaped(inner)}" for name, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(_escaped, value)) + "]"
    return str(value) if isinstance(value, Decimal) else json.dumps(value)


def plain_json(value: Any, levels: int = 0) -> Any:  # noqa: ANN401 - that is the question
    """A copy of `value` as JSON: tuples are lists, dates are texts, floats the digits they show.

    Args:
        value: Anything.
        levels: In how many others it stands.

    Raises:
        TypeError: It holds something else, such as `NaN`.
    """
    kind = type(value)
    if kind in _PLAIN:
        return value
    if isinstance(value, (int, Decimal, float)):
        return _plain_number(value)
    levels += 1
    if levels > DEEPEST:
        raise TypeError(f"it is nested more than {DEEPEST} levels deep")
    if kind is dict:  # as below, sooner
        return {
            name if type(name) is str else str(name): inner
            if type(inner) in _PLAIN
            else plain_json(inner, levels)
            for name, inner in value.items()
        }
    if isinstance(value, str):
        return str(value)
    if isinstance(value, Mapping):
        return {str(name): plain_json(inner, levels) for name, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [inner if type(inner) in _PLAIN else plain_json(inner, levels) for inner in value]
    if isinstance(value, (set, frozenset)):
        return [plain_json(inner, levels) for inner in sorted(value)]
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"a state is JSON, and holds no {kind.__name__}")


def _plain_number(value: float | Decimal) -> int | Decimal:
    """It, if JSON can hold it and people can read it."""
    if isinstance(value, bool):
        return bool(value)
    if isinstance(value, int):
        if value.bit_length() < _WIDEST_BITS:
            return int(value)
    elif isinstance(value, float):
        value = Decimal(repr(float(value)))
    if isinstance(value, Decimal):
        if not value.is_finite():
            raise TypeError(f"a state is JSON, and holds no {value}")
        if abs(value.adjusted()) < MAX_DIGITS and len(value.as_tuple().digits) <= MAX_DIGITS:
            return value
    raise TypeError(f"a number of it has more than {MAX_DIGITS:,} digits")


def _same(before: dict[str, object], name: str, value: object) -> bool:
    old = before.get(name)
    if old is value:
        return True
    return type(old) is type(value) and old == value and str(old) == str(value)


def _said(error: BaseException) -> str:
    text = str(error)
    said = f"{type(error).__name__}: {text}" if text else type(error).__name__
    return said if len(said) <= 200 else said[:199] + "…"


def _line(error: BaseException, name: str) -> int | None:
    """The last line of the program that the error went through."""
    import traceback

    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == name]
    return lines[-1] if lines else None
