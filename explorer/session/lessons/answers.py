"""What is the right answer to a lesson's question, as the engine gives it, and is a given one right?"""

import csv
import io
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from explorer.domain.rules import Rejection
from explorer.history.changes import Change
from explorer.history.conditions import parse_condition
from explorer.history.find import find
from explorer.language import grouped, later, tr
from explorer.projection.exact import exact
from explorer.session.document import Document
from explorer.session.lessons.amounts import written
from explorer.session.lessons.exhibits import CommandExhibit, SnapshotReplay
from explorer.session.lessons.lesson import Answer
from explorer.session.options import Recipe
from explorer.session.plaintext import visible
from explorer.session.state.state_view import value_text

ACCEPTED, REJECTED = later("accepted"), later("rejected")
_SEVERAL = re.compile(r"[,;]\s+|\s+(?:and|und|\+)\s+")  # between amounts of several currencies
_TOLD = 12  # events that changed a value
_FORMULAS = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would run what begins so


def choice_text(choice: str) -> str:
    """A choice as a person reads it: what the rules say is said in their language, everything else as it is."""
    return tr(choice) if choice in {ACCEPTED, REJECTED} else choice


class NoAnswerError(ValueError):
    """The engine has no such answer; `str()` is the sentence for the person."""


@dataclass(frozen=True)
class RightAnswer:
    """The right answer.

    Attributes:
        value: The exact value.
        text: The same for people.
        position: Where one stands to see it.
        how: The arithmetic or the reason, if there is any.
        counted: It is how many there are of something, and in no currency.
    """

    value: object
    text: str
    position: int
    how: str = ""
    counted: bool = False

    @property
    def told(self) -> str:
        """The arithmetic or the reason, as a sentence of its own; empty if it says no more than the answer."""
        if self.value == REJECTED:
            return tr("The reason: {reason}.").format(reason=self.how)
        if self.value == ACCEPTED:
            return tr("This would be appended: {events}.").format(events=self.how)
        return "" if self.how == self.text else self.how


@dataclass(frozen=True)
class Given:
    """One prediction that somebody made."""

    lesson: str
    step: int
    question: str
    given: str
    right: str
    correct: bool


def expected(answer: Answer, document: Document, recipe: Recipe, here: int) -> RightAnswer:
    """What the engine says; `here` is where the step stands, `recipe` the read model that is replayed.

    Raises:
        NoAnswerError: There is no such account, field or point.
        PointError: There is no such point.
        ConditionError: The condition is none.
    """
    position = document.jump(answer.point, here) if answer.point else here
    match answer.kind:
        case "value":
            return _value(document, answer, position)
        case "changes":
            return _count_changes(_changes(document, answer, position), position)
        case "first":
            return _first(document, answer)
        case "type":
            if position < 1:
                raise NoAnswerError("there is no event before the first one")
            kind = document.event(position).type
            return RightAnswer(kind, visible(kind), position)
        case "replayed":
            replay = SnapshotReplay(document, recipe, answer.every or document.event_count + 1)
            return _count(replay.counts(position)[1], position)
        case "decision":
            return _decision(document, answer, position)


def known_field(document: Document, name: str) -> None:
    """Be sure that the read model has a field.

    Raises:
        NoAnswerError: It has not; names those that there are.
    """
    names = [field.name for field in document.history.fields if not field.hidden]
    if name not in names:
        raise NoAnswerError(f"there is no field “{visible(name, 60)}”; there are {', '.join(names)}")


def known_entity(document: Document, entity: str) -> None:
    """Be sure that the log has an account.

    Raises:
        NoAnswerError: It has not.
    """
    if document.history.entities.find(entity) is None:
        raise NoAnswerError(f"the log has no {document.noun} “{visible(entity, 60)}”")


def judged(given: str, right: object, *, counted: bool = False) -> bool:
    """Whether what a person wrote is the right answer, to the last digit: `20`, `20.00` and `+20` are one.

    An amount may name its currency (`20 EUR`, `€20`, `20,00 euros`). Where the log names one too, it must be the same;
    what is `counted` has none.
    """
    text = given.strip()
    if isinstance(right, Mapping):  # a balance by currency
        return _right_amounts(text, right) or _plain(text) == _plain(value_text(right))
    number = exact(right) if not isinstance(right, bool) else None
    if number is not None:
        said = written(text)
        if said is not None:
            return number in said.amounts and not (counted and said.units)
    word = "" if right is None else str(right)
    return _plain(text.strip("\"'“”„")) in {_plain(word), _plain(choice_text(word))}


def _right_amounts(text: str, right: Mapping[object, object]) -> bool:
    """Whether these are all the amounts of a balance, in any order; one alone may stand without its currency."""
    wanted = {str(unit): exact(amount) for unit, amount in right.items()}
    parts = [text] if len(wanted) == 1 else _SEVERAL.split(text)
    if len(parts) != len(wanted):
        return False
    for part in parts:
        said = written(part, wanted)
        if said is None or (said.units is None and len(right) > 1):
            return False
        units = [unit for unit in wanted if said.units is None or unit in said.units]
        unit = next((unit for unit in units if wanted[unit] in said.amounts), None)
        if unit is None:
            return False
        del wanted[unit]
    return not wanted


class Notebook:
    """The predictions made since the program was started; they go nowhere but into a file that a person asks for."""

    def __init__(self) -> None:
        self.given: list[Given] = []

    def note(self, given: Given) -> None:
        """Keep one more."""
        self.given.append(given)

    def tally(self, lesson: str, step: int) -> list[tuple[str, int]]:
        """What was predicted at a step and how often, the most frequent first."""
        return Counter(
            each.given for each in self.given if (each.lesson, each.step) == (lesson, step)
        ).most_common()

    def as_csv(self) -> str:
        """All of them as CSV that no spreadsheet takes for formulas."""
        text = io.StringIO()
        rows = csv.writer(text)
        rows.writerow(("lesson", "step", "question", "prediction", "right answer", "correct"))
        for each in self.given:
            words = (each.lesson, str(each.step), each.question, each.given, each.right)
            rows.writerow((*(_safe(word) for word in words), "yes" if each.correct else "no"))
        return text.getvalue()


def _safe(word: str) -> str:
    number = exact(word) is not None
    return "'" + word if word.startswith(_FORMULAS) and not number else word


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def _count(count: int, position: int, how: str = "") -> RightAnswer:
    return RightAnswer(count, grouped(count), position, how, counted=True)


def _count_changes(changes: Sequence[Change], position: int) -> RightAnswer:
    told = ", ".join(grouped(change.position) for change in changes[:_TOLD])
    if not changes:
        return _count(0, position)
    more = ", …" if len(changes) > _TOLD else ""
    return _count(len(changes), position, tr("The events {positions}.").format(positions=told + more))


def _changes(document: Document, answer: Answer, position: int) -> Sequence[Change]:
    known_entity(document, answer.entity)
    known_field(document, answer.field)
    changes = document.history.changes_of(answer.entity, answer.field, position)
    return [change for change in changes if change.before != change.after]


def _value(document: Document, answer: Answer, position: int) -> RightAnswer:
    known_entity(document, answer.entity)
    known_field(document, answer.field)
    view = document.state(position)
    row = view.row_of(answer.entity)
    if row is None:
        raise NoAnswerError(
            f"{document.noun} “{visible(answer.entity, 60)}” does not exist yet at position {grouped(position)}"
        )
    column = view.columns.index(visible(answer.field))
    lines = document.why(answer.entity, answer.field)
    last = [line for line in lines.positions if line <= position]
    how = lines[len(last) - 1].explanation if last else ""
    counted = any(each.name == answer.field and each.fold == "count" for each in document.history.fields)
    return RightAnswer(view.value(row, column), view.text(row, column), position, how, counted)


def _decision(document: Document, answer: Answer, position: int) -> RightAnswer:
    assert answer.command is not None
    try:
        decision = CommandExhibit(document, answer.command).decision(position)
    except ValueError as error:
        raise NoAnswerError(str(error)) from error
    if isinstance(decision, Rejection):
        return RightAnswer(REJECTED, choice_text(REJECTED), position, visible(decision.reason))
    follows = ", ".join(visible(fact.type) for fact in decision)
    return RightAnswer(ACCEPTED, choice_text(ACCEPTED), position, follows)


def _first(document: Document, answer: Answer) -> RightAnswer:
    known_entity(document, answer.entity)
    condition = parse_condition(answer.condition, document.history.fields)
    found = find(document.history, condition, answer.entity)
    if not found:
        raise NoAnswerError(f"“{answer.condition}” never holds for {visible(answer.entity, 60)}")
    at = found[0].start
    return RightAnswer(at, grouped(at), at, counted=True)
