"""What is the right answer to a lesson's question, which amount has a person written, and is what they say right?"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from explorer.domain.rules import Rejection
from explorer.history.changes import Change
from explorer.history.conditions import parse_condition
from explorer.history.find import find
from explorer.language import grouped, later, spoken_language, tr
from explorer.patterns import lazy_pattern
from explorer.projection.currencies import CODES
from explorer.projection.exact import Exact, exact
from explorer.session.document import Document
from explorer.session.lessons.exhibits import CommandExhibit, SnapshotReplay
from explorer.session.lessons.lesson import Answer
from explorer.session.options import Recipe
from explorer.session.plaintext import visible
from explorer.session.state.state_view import value_text

_NAMES = """
EUR € euro euros
USD $ us$ dollar dollars
GBP £ pound pounds pfund
CHF fr fr. sfr franc francs franken
JPY ¥ yen
CNY ¥ yuan renminbi
INR ₹ rupee rupees rupien
RUB ₽ ruble rubles rubel
TRY ₺ lira
PLN zł zloty złoty
CZK kč koruna
SEK kr krona kronor
NOK kr krone kroner
DKK kr krone kroner
ISK kr króna
HUF ft forint
KRW ₩ won
UAH ₴ hryvnia
ILS ₪ shekel
BRL r$ real reais
CAD $ c$ dollar dollars
AUD $ a$ dollar dollars
NZD $ nz$ dollar dollars
SGD $ s$ dollar dollars
HKD $ hk$ dollar dollars
MXN $ peso pesos
ZAR r rand
THB ฿ baht
BTC ₿ bitcoin bitcoins
"""
_SPACES = lazy_pattern(
    "[ \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}'\N{RIGHT SINGLE QUOTATION MARK}]"
)
_MINUS = lazy_pattern("[\N{MINUS SIGN}\N{EN DASH}]")
_WRITTEN = lazy_pattern(r"([^0-9.,]*)([0-9.,](?:[0-9.,\s']*[0-9.,])?)([^0-9]*)")
_SIGNED = lazy_pattern(r"([+-]?)\s*(.*?)\s*([+-]?)")
_SPACED = lazy_pattern(r"[0-9]{1,3}(?: [0-9]{3})+(?:[.,][0-9]*)?")


def _named() -> dict[str, frozenset[str]]:
    found = {code.casefold(): {code} for code in CODES}
    for line in _NAMES.split("\n"):
        code, *words = line.split() or [""]
        for word in (code, *words):
            found.setdefault(word.casefold(), set()).add(code)
    found.pop("", None)
    return {word: frozenset(codes) for word, codes in found.items()}


UNITS = _named()  # what a word or a sign may mean: `$` is the dollar of several countries


class Written(NamedTuple):
    """What somebody wrote.

    Attributes:
        amounts: The number; several where a text means one number here and another there (`1.220` in German).
        units: The codes of the currencies that it may be in; None if it names none.
    """

    amounts: tuple[Exact, ...]
    units: frozenset[str] | None


def written(text: str, known: Collection[str] = ()) -> Written | None:
    """What a person wrote; None if it is no number, or no amount of a currency.

    A point and a comma are told apart by where they stand; `1,220` is a thousand and more, `1.220` is not, as the
    program itself writes numbers. In German, where it is the other way round, each of the two may be either.

    Args:
        text: What was written.
        known: Further units, as a log names them.
    """
    text = _MINUS.sub("-", _SPACES.sub(" ", text)).strip()
    alone = exact(text)
    if alone is not None and "." not in text:
        return Written((alone,), None)
    found = _WRITTEN.fullmatch(text)
    if found is None:
        return None
    signed = _SIGNED.fullmatch(found[1].strip())
    assert signed is not None
    words = [word for word in (signed[2], found[3].strip()) if word]
    if len(words) > 1 or (signed[1] and signed[3]):
        return None
    unit = None if not words else _unit(words[0], known)
    if words and unit is None:
        return None
    sign = signed[1] or signed[3]
    amounts = tuple(number for each in readings(found[2]) if (number := exact(sign + each)) is not None)
    return Written(amounts, unit) if amounts else None


def readings(digits: str) -> list[str]:
    """What a run of digits, points, commas and spaces may say, in plain notation; nothing if it is no number."""
    if " " in digits:
        if _SPACED.fullmatch(digits) is None:
            return []
        return [digits.replace(" ", "").replace(",", ".")]
    marks = [char for char in digits if char in ".,"]
    if not marks:
        return [digits]
    last = marks[-1]
    whole, _, part = digits.rpartition(last)
    if len(set(marks)) == 2:  # the last one begins the decimals, the others group
        other = "." if last == "," else ","
        return [f"{whole.replace(other, '')}.{part}"] if last not in whole and _grouped(whole, other) else []
    if len(marks) > 1:
        return [digits.replace(last, "")] if _grouped(digits, last) else []
    decimal = f"{whole or '0'}.{part}"
    if not _grouped(digits, last):
        return [decimal]
    thousands = digits.replace(last, "")
    if spoken_language() == "de":
        return [decimal, thousands]
    return [thousands] if last == "," else [decimal]


def _grouped(digits: str, mark: str) -> bool:
    """Whether figures stand in threes, as in `1,220,000`; `0,500` is not grouped."""
    return re.fullmatch(rf"[1-9][0-9]{{0,2}}(?:{re.escape(mark)}[0-9]{{3}})+", digits) is not None


def _unit(word: str, known: Collection[str]) -> frozenset[str] | None:
    folded = word.casefold()
    own = frozenset(each for each in known if each.casefold() == folded)
    return own or UNITS.get(folded) or UNITS.get(folded.removesuffix("."))


ACCEPTED, REJECTED = later("accepted"), later("rejected")
_SEVERAL = lazy_pattern(r"[,;]\s+|\s+(?:and|und|\+)\s+")  # between amounts of several currencies
_TOLD = 12  # events that changed a value


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


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def _count(count: int, position: int, how: str = "") -> RightAnswer:
    return RightAnswer(count, grouped(count), position, how, counted=True)


def _count_changes(changes: Sequence[Change], position: int) -> RightAnswer:
    told = ", ".join(grouped(change.position) for change in changes[:_TOLD])
    if not changes:
        return _count(0, position)
    if (more := len(changes) - _TOLD) > 0:
        told = tr("{positions} and {count} more").format(positions=told, count=grouped(more))
    return _count(len(changes), position, tr("The events {positions}.").format(positions=told))


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
