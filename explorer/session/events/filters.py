"""What does a filter over events say: `type:MoneyWithdrawn account:acc-1 amount>100 -owner:Ada "free text" /regex/`?

Terms stand side by side and must all hold; a `-` before one turns it round. A term is

- a word or a "quoted text": the event's bytes contain it, whatever the case of ASCII letters;
- `/pattern/` or `/pattern/i`: the event's text matches it (RE2: no pattern takes longer than the text is long);
- `field:value`: the field is that value, case aside; `*` is any text, `a,b` either, `/pattern/` a match;
- `field>number` and so on: the field is a number (a time, for `at`), and compares so, to the last digit.

What a condition of Find says, a filter reads alike: `amount > 999 and type = 'MoneyWithdrawn'`. What it has no way to
say (`or`, `not`, brackets) is refused with the way that it has; in quotes, any of it is text to search for.

Fields are `type`, `account` (and what else the log calls its entities), `at`, `position`, and any field of the payload,
the metadata or the record, with dots for what lies inside another.
"""

from typing import Literal

import msgspec

from explorer.language import tr
from explorer.patterns import lazy_pattern

type FilterOperator = Literal[":", "!=", "<", "<=", ">", ">="]

_NAME = lazy_pattern(r"[^\W\d][\w.$@-]*|#")
_OPERATOR = lazy_pattern(
    r":|\s*(?:!=|<>|<=|>=|==|[=<>])\s*"
)  # as in a condition of Find, spaces may stand around it
_LONE = lazy_pattern(r"(?:!=|<>|<=|>=|==|[=<>])[-+\d.,]*")  # the rest of a comparison whose field is none
_LONGEST = 2_000


class FilterError(ValueError):
    """A filter that cannot be used; `str()` is the sentence for the person.

    Attributes:
        start, stop: Which part of the text is wrong, half-open; never empty.
    """

    def __init__(self, reason: str, start: int, stop: int) -> None:
        super().__init__(reason)
        self.start, self.stop = start, max(stop, start + 1)


class Pattern(msgspec.Struct, frozen=True):
    """A regular expression of RE2."""

    text: str
    ignore_case: bool = False


class Term(msgspec.Struct, frozen=True):
    """One condition of a filter.

    Attributes:
        field: Which field is looked at; None for the whole event.
        operator: How; `:` for texts and patterns in the whole event too.
        values: What with: any one of these will do.
        negated: Whether it must not hold.
        start, stop: Where it stands in the filter's text.
    """

    field: str | None
    operator: FilterOperator
    values: tuple[str | Pattern, ...]
    negated: bool
    start: int
    stop: int


def parse_filter(text: str) -> tuple[Term, ...]:
    """Read a filter; no terms for an empty one.

    Raises:
        FilterError: It is none; says where.
    """
    if len(text) > _LONGEST:
        said = tr("a filter has at most {count:,} characters").format(count=_LONGEST)
        raise FilterError(said, _LONGEST, len(text))
    return tuple(_Reader(text).terms())


class _Reader:
    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0

    def terms(self) -> list[Term]:
        found: list[Term] = []
        while True:
            while self._at < len(self._text) and self._text[self._at].isspace():
                self._at += 1
            if self._at >= len(self._text):
                return _without_and(found)
            found.append(self._term())

    def _term(self) -> Term:
        start = self._at
        negated = self._peek() == "-" and bool(self._text[start + 1 : start + 2].strip())
        self._at += negated
        field: str | None = None
        operator: FilterOperator = ":"
        values: tuple[str | Pattern, ...]
        name = _NAME.match(self._text, self._at)
        sign = _OPERATOR.match(self._text, name.end()) if name else None
        if name is None or sign is None:
            values = (self._value(stop_at_comma=False),)
        else:
            field, operator = name[0], self._operator(sign[0].strip())
            self._at = sign.end()
            values = self._values(start, field, operator)
        return Term(field, operator, values, negated, start, self._at)

    def _operator(self, sign: str) -> FilterOperator:
        signs: dict[str, FilterOperator] = {
            "=": ":",
            "==": ":",
            ":": ":",
            "!=": "!=",
            "<>": "!=",
            "<": "<",
            "<=": "<=",
            ">": ">",
            ">=": ">=",
        }
        return signs[sign]

    def _values(self, start: int, field: str, operator: FilterOperator) -> tuple[str | Pattern, ...]:
        many = operator in {":", "!="}
        found = [self._field_value(start, field, operator)]
        while many and self._peek() == ",":
            self._at += 1
            found.append(self._field_value(start, field, operator))
        if not many and isinstance(found[0], Pattern):
            said = tr("“{field}{operator}” compares numbers; a pattern is none")
            raise FilterError(said.format(field=field, operator=operator), start, self._at)
        return tuple(found)

    def _field_value(self, start: int, field: str, operator: FilterOperator) -> str | Pattern:
        if not self._peek().strip() or self._peek() == ",":
            said = tr("a value is missing after “{field}{operator}”")
            raise FilterError(said.format(field=field, operator=operator), start, self._at)
        if self._peek() == "'":
            return self._enclosed("'", tr("this quote is not closed"))
        return self._value(stop_at_comma=operator in {":", "!="})

    def _value(self, *, stop_at_comma: bool) -> str | Pattern:
        match self._peek():
            case '"':
                return self._enclosed('"', tr("this quote is not closed"))
            case "/":
                pattern = self._enclosed("/", tr("this pattern is not closed: it ends with a /"))
                ignore_case = self._peek() == "i"
                self._at += ignore_case
                return Pattern(pattern, ignore_case)
        start = self._at
        while (char := self._peek()).strip() and not (stop_at_comma and char == ","):
            self._at += 1
        return self._text[start : self._at]

    def _enclosed(self, mark: str, unclosed: str) -> str:
        """What stands between two marks; a backslash before a mark takes it as it is."""
        start = self._at
        self._at += 1
        parts = []
        while (char := self._peek()) != mark:
            if not char:
                raise FilterError(unclosed, start, len(self._text))
            following = self._text[self._at + 1 : self._at + 2]
            if char == "\\" and following:
                parts.append(following if mark in (following, '"') else char + following)
                self._at += 2
            else:
                parts.append(char)
                self._at += 1
        self._at += 1
        if not parts:
            raise FilterError(tr("there is nothing between these marks"), start, self._at)
        return "".join(parts)

    def _peek(self) -> str:
        return self._text[self._at : self._at + 1]


def _without_and(terms: list[Term]) -> list[Term]:
    """Leave out each `and` beside a condition: all terms must hold in any case.

    Raises:
        FilterError: An `or` or `not` stands beside one, or a comparison has no field.
    """
    kept = []
    for at, term in enumerate(terms):
        beside = [each for each in (*terms[max(at - 1, 0) : at], *terms[at + 1 : at + 2]) if each.field]
        word = _bare(term) if beside else ""
        if word == "or":
            said = tr(
                '“or” is no part of a filter: type:A,B is either of two values, and "or" in quotes is the word'
            )
            raise FilterError(said, term.start, term.stop)
        if word == "not":
            said = tr(
                '“not” is no part of a filter: a - before a term turns it round, and "not" in quotes is the word'
            )
            raise FilterError(said, term.start, term.stop)
        if _LONE.fullmatch(_bare(term)):
            said = tr("a comparison begins with the name of a field: amount > 100; in quotes it is text")
            raise FilterError(said, term.start, term.stop)
        if word != "and":
            kept.append(term)
    return kept


def _bare(term: Term) -> str:
    """The word that a term is, without quotes; "" if it is more, or something else."""
    word = term.values[0]
    plain = term.field is None and not term.negated and isinstance(word, str)
    return word.casefold() if plain and isinstance(word, str) and len(word) == term.stop - term.start else ""
