"""What does one line of a step's `do` block say, and which command does it name?"""

import shlex
from collections.abc import Sequence
from typing import get_args

from explorer.domain.rules import COMMANDS, Command, command_with
from explorer.projection.exact import exact
from explorer.session.lessons.lesson import (
    Action,
    Answer,
    Bring,
    Go,
    Highlight,
    LessonError,
    PanelName,
    Question,
    Select,
    Show,
    Task,
)
from explorer.session.plaintext import visible

KINDS = {kind.__name__: kind for kind in COMMANDS}
_WORDS = {"target": "to"}  # what a lesson calls a field


def command_of(show: Show) -> Command:
    """The command that a lesson names.

    Raises:
        ValueError: There is none of this name, or it lacks something; `str()` is the sentence for the person.
    """
    if show.name not in KINDS:
        raise ValueError(f"there is no command “{visible(show.name, 60)}”; there are {', '.join(KINDS)}")
    kind, given = KINDS[show.name], dict(show.fields)
    carried = [name for name in kind.__struct_fields__ if name != "account"]
    words = [_WORDS.get(name, name) for name in carried]
    for word in words[: len(words) - len(kind.__struct_defaults__)]:
        if word not in given:
            raise ValueError(f"{show.name} needs {word}=…")
    for word in given:
        if word not in words:
            raise ValueError(f"{show.name} has no “{visible(word, 60)}”")
    values: dict[str, object] = {
        name: given[word] for name, word in zip(carried, words, strict=True) if word in given
    }
    if "amount" in values:
        values["amount"] = exact(given["amount"].replace("\N{MINUS SIGN}", "-"))
        if values["amount"] is None:
            raise ValueError(f"{given['amount']} is no amount")
    return command_with(kind, values | {"account": show.entity})


PANELS: tuple[PanelName, ...] = get_args(PanelName.__value__)
BROUGHT: tuple[PanelName, ...] = ("why", "diff", "detail")
EXHIBITS = {
    "row": "row ACCOUNT [without statements]",
    "questions": "questions ACCOUNT FIELD at POINT",
    "read-model": "read-model NAME [without upcasters]",
    "own-model": "own-model",
    "snapshots": "snapshots every N",
    "command": "command NAME ACCOUNT [FIELD=VALUE…]",
    "upcast": "upcast",
    "versions": "versions",
}
ANSWERS = {
    "value": "value ACCOUNT FIELD [at POINT]",
    "changes": "changes ACCOUNT FIELD [at POINT]",
    "first": "first ACCOUNT CONDITION",
    "type": "type at POINT",
    "replayed": "replayed at POINT [every N]",
    "decision": "decision NAME ACCOUNT [FIELD=VALUE…] [at POINT]",
}
NAMES = ("go", "select", "highlight", "panel", "show", "predict", "answer", "choices", "task", "check")


class Directives:
    """Collects what the lines of one step say."""

    def __init__(self, name: str) -> None:
        self._name = name
        self.actions: list[Action] = []
        self._asked: tuple[int, str] | None = None
        self._answer: Answer | None = None
        self._choices: tuple[int, tuple[str, ...]] | None = None
        self._task: tuple[int, str] | None = None
        self._check: tuple[int, str, str, Show | None] | None = None

    def take(self, text: str, line: int) -> None:
        """Take one line.

        Raises:
            LessonError: It says nothing that a step can do.
        """
        word, colon, rest = text.partition(":")
        word, rest = word.strip(), rest.strip()
        if not colon or word not in NAMES:
            known = ", ".join(NAMES)
            raise self._error(line, f"there is no “{word or text}:”; a step can do {known}")
        if not rest:
            raise self._error(line, f"“{word}:” says nothing")
        match word:
            case "go":
                self.actions.append(Go(line, rest))
            case "select":
                entity, field = self._count(line, rest, 2, "select: ACCOUNT FIELD")
                self.actions.append(Select(line, entity, field))
            case "panel":
                panel = next((name for name in BROUGHT if name == rest), None)
                if panel is None:
                    raise self._error(line, f"there is no panel “{rest}”; there are {', '.join(BROUGHT)}")
                self.actions.append(Bring(line, panel))
            case "highlight":
                self.actions.append(self._highlight(line, rest))
            case "show":
                self.actions.append(self._show(line, rest))
            case _:
                self._take_question(word, rest, line)

    def _take_question(self, word: str, rest: str, line: int) -> None:
        given = {
            "predict": self._asked, "answer": self._answer, "choices": self._choices,
            "task": self._task, "check": self._check,
        }  # fmt: skip
        if given[word] is not None:
            raise self._error(line, f"a step has only one “{word}:”")
        match word:
            case "predict":
                self._asked = line, rest
            case "answer":
                self._answer = self._read_answer(line, rest)
            case "choices":
                choices = tuple(choice.strip() for choice in rest.split("|"))
                if len(choices) < 2 or len(set(choices)) < len(choices) or not all(choices):
                    raise self._error(line, "choices are two or more different texts: choices: yes | no")
                self._choices = line, choices
            case "task":
                self._task = line, rest
            case "check":
                self._check = self._read_check(line, rest)

    @property
    def question(self) -> Question | None:
        """The prediction that the step asks for."""
        if self._asked is None:
            left = self._answer.line if self._answer else self._choices[0] if self._choices else None
            if left is not None:
                raise self._error(left, "there is no “predict:” to which this belongs")
            return None
        if self._answer is None:
            raise self._error(self._asked[0], "a prediction needs an “answer:” that the engine can give")
        return Question(*self._asked, self._answer, self._choices[1] if self._choices else ())

    @property
    def task(self) -> Task | None:
        """What the step asks the person to do."""
        if self._task is None or self._check is None:
            left = self._task or self._check
            if left is not None:
                raise self._error(left[0], "“task:” and “check:” belong together")
            return None
        _, entity, condition, command = self._check
        return Task(*self._task, entity, condition, command)

    def _read_check(self, line: int, rest: str) -> tuple[int, str, str, Show | None]:
        match self._words(line, rest):
            case ["decision", name, entity, *fields] if name in KINDS:
                command = Show(line, "command", entity, name=name, fields=self._pairs(line, fields))
                return line, entity, "", command
            case [entity, _, *_]:
                return line, entity, rest[len(rest.split(None, 1)[0]) :].strip(), None
        raise self._error(
            line, "a check is written check: ACCOUNT CONDITION, or check: decision COMMAND ACCOUNT"
        )

    def _highlight(self, line: int, rest: str) -> Highlight:
        match self._words(line, rest):
            case ["value", entity, field]:
                return Highlight(line, "value", entity, field)
            case ["account", entity]:
                return Highlight(line, "account", entity)
            case ["event", *point] if point:
                return Highlight(line, "event", point=" ".join(point))
            case ["panel", name]:
                for panel in PANELS:
                    if panel == name:
                        return Highlight(line, "panel", panel=panel)
                raise self._error(line, f"there is no panel “{name}”; there are {', '.join(PANELS)}")
        forms = "value ACCOUNT FIELD, account ACCOUNT, event POINT, panel NAME"
        raise self._error(line, f"“highlight: {rest}” is none of {forms}")

    def _show(self, line: int, rest: str) -> Show:
        match self._words(line, rest):
            case ["row", entity]:
                return Show(line, "row", entity)
            case ["row", entity, "without", "statements"]:
                return Show(line, "row", entity, raw=True)
            case ["questions", entity, field, "at", *point] if point:
                return Show(line, "questions", entity, field, " ".join(point))
            case ["read-model", name]:
                return Show(line, "read-model", name=name)
            case ["read-model", name, "without", "upcasters"]:
                return Show(line, "read-model", name=name, raw=True)
            case ["command", name, entity, *fields]:
                return Show(line, "command", entity, name=name, fields=self._pairs(line, fields))
            case ["upcast"]:
                return Show(line, "upcast")
            case ["versions"]:
                return Show(line, "versions")
            case ["own-model"]:
                return Show(line, "own-model")
            case ["snapshots", "every", number] if number.isascii() and number.isdigit() and int(number):
                return Show(line, "snapshots", every=int(number))
        raise self._error(line, f"“show: {rest}” is none of {', '.join(EXHIBITS.values())}")

    def _read_answer(self, line: int, rest: str) -> Answer:
        words = self._words(line, rest)
        kind = words[0]
        point = ""
        if kind != "first" and "at" in words[1:]:
            at = len(words) - 1 - words[::-1].index("at")
            words, point = words[:at], " ".join(words[at + 1 :])
        every = 0
        if kind == "replayed" and "every" in point.split():
            point, _, number = point.rpartition(" every ")
            every = int(number) if number.isascii() and number.isdigit() else -1
        match words:
            case ["value", entity, field]:
                return Answer(line, "value", entity, field, point)
            case ["changes", entity, field]:
                return Answer(line, "changes", entity, field, point)
            case ["first", entity, _, *_]:
                return Answer(line, "first", entity, condition=rest.split(None, 2)[2])
            case ["type"] if point:
                return Answer(line, "type", point=point)
            case ["replayed"] if point and every >= 0:
                return Answer(line, "replayed", point=point, every=every)
            case ["decision", name, entity, *fields]:
                command = Show(line, "command", entity, name=name, fields=self._pairs(line, fields))
                return Answer(line, "decision", point=point, command=command)
        raise self._error(line, f"“answer: {rest}” is none of {', '.join(ANSWERS.values())}")

    def _pairs(self, line: int, words: Sequence[str]) -> tuple[tuple[str, str], ...]:
        pairs = [word.partition("=") for word in words]
        for name, sign, _ in pairs:
            if not sign or not name:
                raise self._error(line, f"“{name}” is not written FIELD=VALUE")
        return tuple((name, value) for name, _, value in pairs)

    def _count(self, line: int, rest: str, count: int, form: str) -> list[str]:
        words = self._words(line, rest)
        if len(words) != count:
            raise self._error(line, f"it is written {form}")
        return words

    def _words(self, line: int, rest: str) -> list[str]:
        try:
            return shlex.split(rest)
        except ValueError as error:
            raise self._error(line, "a quotation mark is not closed") from error

    def _error(self, line: int, reason: str) -> LessonError:
        return LessonError(self._name, reason, line=line)
