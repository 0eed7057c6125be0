"""What does a program in JavaScript, as courses write it, make of each event?

It defines `evolve(state, event)`, and if it likes `initialState` (a value, or a function that makes it) and
`key(event)`, which names the entity as in Python; without it, each event is its own entity's. An event is an object
with the members of `program.given`. It runs in QuickJS, in a child process: there are no files, no network and no
clock to reach, and it may use so much time and memory and no more.

Numbers are doubles there. Where one has lost digits, that is said with the exact value beside it: `DoubleDigits`.
"""

import contextlib
import faulthandler
import importlib.util
import json
import re
import signal
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

import msgspec

from explorer.eventlog.event import Event
from explorer.patterns import lazy_pattern
from explorer.projection.doubles import BIG, DoubleDigits
from explorer.projection.exact import MAX_DIGITS
from explorer.projection.javascript_lines import Telling, TellingStatement, can_tell, telling
from explorer.projection.javascript_text import as_script, defines, without_asides
from explorer.projection.model import NotApplicable, Recipe
from explorer.projection.program import DEEPEST, KeyedProgram, ProgramError, as_text, given
from explorer.projection.program_rules import Decided, decision_of, state_first
from explorer.projection.tracing import Trace, TraceStep
from explorer.resources import resource

MOST_SECONDS = 2  # of a processor, for one event
MOST_BYTES = 256 << 20
MOST_STACK_BYTES = 1 << 20
_STUCK_SECONDS = 20.0  # a function of the engine's own cannot be interrupted: then the whole process ends
_OURS = "explorer$"  # what our own functions are called there
_INTERRUPTED, _FULL = "InternalError: interrupted", frozenset({"null", "InternalError: out of memory"})
_TOO_DEEP = "Maximum call stack"
_FRAME = lazy_pattern(r"^\s*at (\S*) ?\(?<input>:(\d+):(\d+)\)?$", re.MULTILINE)
_SYNTAX = lazy_pattern(r"^\s*at <input>:(\d+):(\d+)$", re.MULTILINE)
_AS_JSON = "\x01"
_UNTOLD = frozenset({"at_ns"})  # has more digits than a double

_encode = msgspec.json.Encoder(decimal_format="number").encode
_decode = msgspec.json.Decoder(float_hook=Decimal).decode


def available() -> bool:
    """Whether the engine is there."""
    return importlib.util.find_spec("quickjs") is not None


class JavaScriptFault(Exception):  # noqa: N818 - a finding about a program
    """What went wrong in the engine: in words, and where in the program if that is known."""

    def __init__(self, reason: str, line: int | None, column: int | None, details: str) -> None:
        self.reason, self.line, self.column, self.details = reason, line, column, details
        super().__init__(reason)


class Engine:
    """One program in QuickJS; only in a child process, and only in one thread."""

    def __init__(self, name: str, text: str, after: str = "fold.js", *, decides: bool = False) -> None:
        """Run a program's own lines.

        Args:
            name: What it is called.
            text: The program.
            after: A file of ours, which makes of what it defines what is called from here.
            decides: Whether it may look at the clock and throw dice: commands may, folds may not.

        Raises:
            ProgramError: It fails, or there is no engine.
        """
        _wanted()
        import _quickjs as quickjs  # what stands above it begins a thread that nobody needs here

        self._name = name
        self._context: Any = quickjs.Context()
        self._error: type[Exception] = quickjs.JSException
        self._functions: dict[str, Any] = {}
        self._context.set_memory_limit(MOST_BYTES)
        self._context.set_max_stack_size(MOST_STACK_BYTES)
        self._context.set_time_limit(MOST_SECONDS)
        try:
            self._context.set("explorer$decides", decides)
            self._guarded(self._context.eval, _ours("before.js"))
            self._guarded(self._context.eval, as_script(text))
            self._guarded(self._context.eval, _ours(after))
        except JavaScriptFault as fault:
            raise ProgramError(fault.reason, fault.line, fault.column) from fault

    def call(self, function: str, *given: str) -> str:
        """Call a function of ours with texts; it answers with one.

        Raises:
            JavaScriptFault: It fails.
        """
        if function not in self._functions:
            self._functions[function] = self._context.get(function)
        answer: str = self._guarded(self._functions[function], *given)
        return answer

    def _guarded(self, function: Any, *given: str) -> Any:  # noqa: ANN401 - the engine's
        try:
            with _at_most(_STUCK_SECONDS):
                return function(*given)
        except self._error as error:
            raise self._fault(str(error)) from error

    def _fault(self, told: str) -> JavaScriptFault:
        said = told.partition("\n")[0].strip()
        places = [
            (int(line), int(column))
            for name, line, column in _FRAME.findall(told)
            if not name.startswith(_OURS)
        ] or [(int(line), int(column)) for line, column in _SYNTAX.findall(told)]
        line, column = places[0] if places else (None, None)
        if said == _INTERRUPTED:
            said = f"it took longer than {MOST_SECONDS} s"
        elif said in _FULL:
            said = f"it needed more than {MOST_BYTES >> 20} MiB of memory"
        elif _TOO_DEEP in said:
            said = "it called itself too often"
        own = "\n".join(each for each in told.split("\n") if _OURS not in each)
        return JavaScriptFault(
            said[:200] or "it failed", line, column, own.replace("<input>", self._name).strip()
        )


class JavaScriptProgram(KeyedProgram):
    """The read model of a program in JavaScript."""

    def __init__(self, name: str, text: str) -> None:
        """Take a program; it does not run before `run`.

        Raises:
            ProgramError: It cannot be one.
        """
        _wanted()
        if not defines(text, "evolve"):
            raise ProgramError("it does not define evolve(state, event)")
        super().__init__(Recipe(name, "javascript", text))
        self._engine: Engine | None = None
        self._digits = DoubleDigits()
        self._event: Event | None = None
        self._telling: Telling | None = None
        self._tracer: Engine | None = None
        self._decider: Engine | None = None

    def run(self) -> None:
        """Run the program's own lines.

        Raises:
            ProgramError: It fails.
        """
        self._engine = Engine(self.name, self.recipe.text)

    def handed(self, event: Event) -> str:
        """JSON; see `program.given`.

        Raises:
            NotApplicable: It cannot be JSON for an engine whose texts are UTF-16.
        """
        if self._engine is None:
            raise TypeError("a program takes one event after the other, where it runs")
        self._event = event
        self.lost = self._digits.lost_in(event.data)
        return as_json(event)

    def keys(self, handed: str) -> Sequence[str]:
        """What `key` says; without it, whose the event is.

        Raises:
            NotApplicable: It fails.
        """
        found: list[str] = json.loads(self._call("key", "explorer$keys", handed))
        return list(dict.fromkeys(found))

    def state_after(self, entity: str, handed: str) -> object:
        """What `evolve` says.

        Raises:
            NotApplicable: It fails.
        """
        told = self._call("evolve", "explorer$step", _named(entity), handed)
        assert self._event is not None
        try:
            state = _read(told)
            shown = _plain(state)
        except (TypeError, RecursionError) as error:
            raise NotApplicable(f"evolve failed: {error}", kind="read-model-error") from error
        lost = self._digits.lost_by(entity, state, self._event.data)
        self.lost = self.lost or lost
        return shown

    def traced(self, entity: str, before: Sequence[Event], event: Event) -> Trace:
        """Which lines run for one event; see `KeyedProgram`. Without a reader of its syntax no lines are told."""
        if self._telling is None:
            self._telling = telling(self.recipe.text) if can_tell() else Telling(self.recipe.text, [])
            self._tracer = Engine(self.name, self._telling.text)
        failed, after = "", ""
        assert self._tracer is not None
        engine = _folded(self._tracer, entity, before)
        first = as_text(value_of(engine.call("explorer$state", _named(entity))))
        try:
            after = as_text(value_of(engine.call("explorer$traced", _named(entity), as_json(event))))
        except JavaScriptFault as fault:
            failed = str(told_fault("evolve", self.name, fault))
        except TypeError as error:
            failed = f"evolve failed: {error}"
        told = json.loads(engine.call("explorer$told"))
        steps = [_step(self._telling.statements[number], names) for number, names in told["steps"]]
        return Trace(first, after, steps, failed, told["cut"])

    @property
    def decides(self) -> bool:
        """Whether `decide` is defined."""
        return defines(self.recipe.text, "decide")

    def decided(self, entity: str, before: Sequence[Event], command: Mapping[str, object]) -> Decided:
        """What `decide` says; see `KeyedProgram`. Unlike a fold it may look at the clock."""
        if self._decider is None:
            self._decider = Engine(self.name, self.recipe.text, decides=True)
        _folded(self._decider, entity, before)
        told = _json(command)
        try:
            order = "yes" if state_first(without_asides(self.recipe.text)) else "no"
            found = value_of(self._decider.call("explorer$decide", _named(entity), told, order))
            assert isinstance(found, dict)
            if "rejected" in found:
                return Decided(rejected=str(found["rejected"]))
            return decision_of(found["decided"])
        except JavaScriptFault as fault:
            raise told_fault("decide", self.name, fault) from fault
        except TypeError as error:
            raise NotApplicable(f"decide failed: {error}", kind="read-model-error") from error

    def _call(self, what: str, function: str, *given: str) -> str:
        assert self._engine is not None
        try:
            return self._engine.call(function, *given)
        except JavaScriptFault as fault:
            raise told_fault(what, self.name, fault) from fault


def _named(entity: str) -> str:
    """The name of an entity as it can be handed over: one with half a character in it as JSON, behind a sign."""
    if not entity.startswith(_AS_JSON):
        try:
            entity.encode()
        except UnicodeEncodeError:
            pass
        else:
            return entity
    return _AS_JSON + json.dumps(entity)


def _folded(engine: Engine, entity: str, before: Sequence[Event]) -> Engine:
    """The engine, once it knows what one entity came to by these events, and nothing else."""
    engine.call("explorer$forget")
    for each in before:
        with contextlib.suppress(JavaScriptFault):
            engine.call("explorer$step", _named(entity), as_json(each))
    return engine


def _step(told: TellingStatement, names: dict[str, str]) -> TraceStep:
    return TraceStep(told.line, told.last, told.function, names)


def told_fault(what: str, name: str, fault: JavaScriptFault) -> NotApplicable:
    """A failure of `what`, a part of the program called `name`."""
    reason = f"{what} failed: {fault.reason}"
    if fault.line is not None:
        reason = f"{what} failed: {fault.reason} ({name}, line {fault.line:d})"
    return NotApplicable(reason, fault.details, kind="read-model-error")


def as_json(event: Event) -> str:
    """An event as a program is handed it, in JSON.

    Raises:
        NotApplicable: It holds a number that JSON does not have.
    """
    try:
        return _json({name: value for name, value in given(event).items() if name not in _UNTOLD})
    except (ValueError, msgspec.MsgspecError) as error:
        raise NotApplicable(f"it cannot be handed to a program: {error}") from error


def _json(told: Mapping[str, object]) -> str:
    try:
        return _encode(told).decode()
    except UnicodeEncodeError:  # half a character, which JavaScript can hold
        return json.dumps(told, default=float)


def value_of(text: str) -> object:
    """What JSON of the engine says: whole numbers are `int`, others the digits by which JavaScript shows them.

    Raises:
        TypeError: It has more digits or levels than a state may.
    """
    return _plain(_read(text))


def _read(text: str) -> Any:  # noqa: ANN401 - any JSON
    try:
        return _decode(text)
    except msgspec.DecodeError:  # half a character, which JavaScript can hold
        return json.loads(text, parse_float=Decimal)


def _plain(value: Any, levels: int = 0) -> object:  # noqa: ANN401 - any JSON
    if isinstance(value, (dict, list)) and levels >= DEEPEST:
        raise TypeError(f"it is nested more than {DEEPEST} levels deep")
    if isinstance(value, dict):
        if set(value) == {BIG}:
            if len(value[BIG]) > MAX_DIGITS:
                raise TypeError(f"a number of it has more than {MAX_DIGITS:,} digits")
            return int(value[BIG])
        return {name: _plain(inner, levels + 1) for name, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner, levels + 1) for inner in value]
    if isinstance(value, Decimal) and value == value.to_integral_value():
        return int(value)
    return value


@contextlib.contextmanager
def _at_most(seconds: float) -> Iterator[None]:
    """End this process if what is done takes longer, whatever it is: nothing else can interrupt the engine's own."""
    if hasattr(signal, "setitimer"):
        before, again = signal.setitimer(
            signal.ITIMER_REAL, seconds
        )  # nobody handles it here: the process ends
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, before, again)
        return
    faulthandler.dump_traceback_later(seconds, exit=True)  # a thread each time: slower
    try:
        yield
    finally:
        faulthandler.cancel_dump_traceback_later()


def _ours(name: str) -> str:
    return resource("javascript", name).read_text(encoding="utf-8")


def _wanted() -> None:
    if not available():
        raise ProgramError("a program in JavaScript: to run it, install quickjs-ng")
