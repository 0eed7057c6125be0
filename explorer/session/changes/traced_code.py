"""What does the fold do with one event, as code: which lines run, and what holds before and after?"""

import threading
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import msgspec

from explorer.eventlog.errors import LogError
from explorer.eventlog.event import kind_of
from explorer.history.traces import MOST_BEFORE, TooMany, Tracing
from explorer.language import tr
from explorer.projection.by_kind import named_for
from explorer.projection.choose import choose
from explorer.projection.javascript import available
from explorer.projection.javascript_lines import can_tell
from explorer.projection.model import Recipe
from explorer.projection.tracing import Trace
from explorer.projection.upcasting import inner_model
from explorer.resources import resource
from explorer.session.document import Document
from explorer.session.exact_json import dumps
from explorer.session.plaintext import visible

TITLES = {"javascript": "JavaScript", "python": "Python"}  # in the order of the tabs
SUFFIXES = {"javascript": ".js", "python": ".py"}
SHIPPED = frozenset({"accounts", "latest"})  # built-in read models that are written out as code, too
_MOST = 200  # characters of a value
_decode = msgspec.json.Decoder(float_hook=Decimal).decode


class ValueRow(msgspec.Struct, frozen=True):
    """One value beside the code: what became of it ("+", "−", "~" or nothing), its name, and before and after."""

    mark: str
    name: str
    before: str
    after: str


class TracedEvent(msgspec.Struct, frozen=True):
    """One event, traced.

    Attributes:
        entity: In whose state.
        entities: All whose state it touches.
        trace: What ran; None where nothing did.
        rows: The state before and after.
        said: What else there is to say.
    """

    entity: str
    entities: Sequence[str] = ()
    trace: Trace | None = None
    rows: Sequence[ValueRow] = ()
    said: str = ""


class TracedCode:
    """Shows the code of one document's read model, or of a built-in one as it would be written."""

    def __init__(self, document: Document) -> None:
        self._document = document
        inner = inner_model(document.read_model)
        self._kinds = [name for name, _ in inner.recipe.by_kind]  # those have code of their own
        recipe = msgspec.structs.replace(inner.recipe, by_kind=())
        self.own = recipe.language in TITLES
        if self.own:
            self.recipes: Mapping[str, Recipe] = {recipe.language: recipe}
        elif not recipe.language and recipe.name in SHIPPED:
            self.recipes = {language: _shipped(recipe.name, language) for language in TITLES}
        else:
            self.recipes = {}
        self._guard = threading.Lock()
        self._closed = False
        self._tracings: dict[str, Tracing] = {}

    def of(self, language: str, position: int, entity: str | None = None) -> TracedEvent:
        """What the code does with the event at a position, in the state of one of the entities that it touches.

        Raises:
            LogError: The program cannot be run.
        """
        entities = self._document.history.entities_of(position) if position else []
        if not position:
            return TracedEvent("", said=tr("Nothing has happened yet: the state is the initial one."))
        if self._kinds:
            kind = kind_of(self._document.event(position), self._document.fields.form)
            if named_for(kind, self._kinds) is not None:
                said = tr(
                    "This kind of entities has a read model of its own, of which the code is not shown here."
                )
                return TracedEvent("", entities, said=said)
        if language == "javascript" and not available():
            said = tr("To run it, install quickjs-ng (pip install “history-explorer[javascript]”).")
            return TracedEvent("", entities, said=said)
        if not entities:  # it may have failed there
            entities = self._tracing(language).keys(position)
        if not entities:
            return TracedEvent("", said=tr("This event is of no entity: no line of evolve runs for it."))
        chosen = entity if entity in entities else entities[0]
        try:
            trace = self._tracing(language).trace(chosen, position)
        except TooMany as found:
            said = tr(
                "{count:,} events of {entity} stand before; the code is run again for at most {most:,}."
            )
            said = said.format(count=found.count, entity=visible(chosen, 60), most=MOST_BEFORE)
            return TracedEvent(chosen, entities, said=said)
        return TracedEvent(
            chosen, entities, trace, rows_of(trace), self._said(language, chosen, position, trace)
        )

    def _tracing(self, language: str) -> Tracing:
        with self._guard:
            return self._tracing_of(language)

    def _tracing_of(self, language: str) -> Tracing:
        if self._closed:
            raise LogError(
                self.recipes[language].name, "its process was ended, as nobody waits for it any more"
            )
        if language not in self._tracings:
            steps = self._document.read_model.recipe.upcasters
            recipe = msgspec.structs.replace(self.recipes[language], upcasters=steps)
            model = choose(recipe, [], self._document.events.log.fields)
            self._tracings[language] = Tracing(self._document.history, model)
        return self._tracings[language]

    def _said(self, language: str, entity: str, position: int, trace: Trace) -> str:
        said = []
        if trace.failed:
            said.append(visible(trace.failed, 300))
        if language == "javascript" and not can_tell():
            said.append(tr("To see its lines run, install tree-sitter and tree-sitter-javascript."))
        if trace.cut:
            said.append(tr("More ran than is shown."))
        if not self.own and trace.after:
            said += self._differing(language, entity, position, _object(trace.after))
        return " ".join(said)

    def _differing(self, language: str, entity: str, position: int, after: Mapping[str, object]) -> list[str]:
        """Where the code, which knows only the usual names, comes to another value than the read model in use."""
        state = self._document.history.state(position)
        code = state.find(entity)
        known = {} if code is None else state.row(code)
        said = []
        for name, value in after.items():
            stated = known.get(name)
            if name not in known or stated is None or value == stated or isinstance(stated, dict):
                continue
            numbers = isinstance(stated, (int, Decimal)) and isinstance(value, (int, Decimal))
            text = tr("The read model itself, which knows more names than this code, has {name} {exact}.")
            if numbers and language == "javascript" and _near(value, stated):
                text = tr("Exactly, {name} is {exact}: numbers are doubles in JavaScript.")
            said.append(text.format(name=visible(name, 40), exact=_short(stated)))
        return said[:2]

    def close(self) -> None:
        """End what runs."""
        with self._guard:
            tracings, self._tracings, self._closed = self._tracings, {}, True
        for tracing in tracings.values():
            tracing.close()


def rows_of(trace: Trace) -> list[ValueRow]:
    """The members of the state before and after."""
    before, after = _object(trace.before), _object(trace.after or trace.before)
    rows = []
    for name in dict.fromkeys([*before, *after]):
        mark = (
            "+"
            if name not in before
            else "−"
            if name not in after
            else "~"
            if before[name] != after[name]
            else ""
        )
        rows.append(ValueRow(mark, visible(name, 60), _shown(before, name), _shown(after, name)))
    return rows


def names_at(trace: Trace, step: int) -> list[ValueRow]:
    """What the names held before a step and after it, as far as that is known: before the next one of its function."""
    now = trace.steps[step]
    then = next((each for each in trace.steps[step + 1 :] if each.function == now.function), None)
    after = now.names if then is None else then.names
    rows = []
    for name in dict.fromkeys([*now.names, *after]):
        old, new = now.names.get(name, ""), after.get(name, "")
        mark = "+" if name not in now.names else "~" if old != new else ""
        rows.append(ValueRow(mark, visible(name, 60), visible(old, _MOST), visible(new, _MOST)))
    return rows


def _shipped(name: str, language: str) -> Recipe:
    file = name + SUFFIXES[language]
    return Recipe(file, language, resource("projections", file).read_text(encoding="utf-8"))  # type: ignore[arg-type]


def _object(text: str) -> Mapping[str, Any]:
    found = _decode(text) if text else None
    return found if isinstance(found, dict) else {} if found is None else {"state": found}


def _shown(values: Mapping[str, object], name: str) -> str:
    return _short(values[name]) if name in values else ""


def _short(value: object) -> str:
    return visible(dumps(value, indent=0), _MOST)


def _near(one: object, other: object) -> bool:
    return abs(float(str(one)) - float(str(other))) <= 1e-9 * max(1.0, abs(float(str(other))))
