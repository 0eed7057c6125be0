"""What does an object literal of JavaScript or TypeScript say, to the last digit; and if nothing, why and where?

What is written out is read: unquoted keys, single quotes, trailing commas, comments, templates without `${…}`, numbers
in any writing, `new Date('…')` as its text. What would have to be computed is none of that, and is said with its place.
Nothing is run.
"""

import re
from decimal import Decimal
from typing import NoReturn

from explorer.eventlog.json_text import DEEPEST, MOST_DIGITS, exact
from explorer.patterns import lazy_pattern

_SPACE = lazy_pattern(r"(?:[\s\ufeff]|//[^\n\r]*|/\*.*?\*/)*", re.DOTALL)
_NAME = lazy_pattern(r"[^\W\d][\w$]*|[$_][\w$]*")
_STRING = lazy_pattern(r"'(?:[^'\\\n\r]|\\(?:\r\n|.))*'|\"(?:[^\"\\\n\r]|\\(?:\r\n|.))*\"", re.DOTALL)
_TEMPLATE = lazy_pattern(r"`(?:[^`\\]|\\.)*`", re.DOTALL)
_HOLE = lazy_pattern(r"(?:[^\\]|\\.)*?\$\{", re.DOTALL)
_NUMBER = lazy_pattern(
    r"(?P<sign>[+-]?)\s*(?:(?P<other>0[xX][0-9a-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+)|"
    r"(?P<plain>(?:[0-9][0-9_]*)?\.?[0-9_]*(?:[eE][+-]?[0-9_]+)?))(?P<big>n?)(?![\w$.])"
)
_DATE = lazy_pattern(r"new\s+Date\s*\(\s*(?=['\"`])")
_ESCAPE = lazy_pattern(
    r"\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(\r\n|[\n\r\u2028\u2029])|(.))",
    re.DOTALL,
)
_CAST = lazy_pattern(r"(?:as|satisfies)\s+(?:const\b|[\w.$]+(?:<[^<>]*>)?(?:\[\])*)")
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0"}
_WORDS: dict[str, object] = {"true": True, "false": False, "null": None}
_HALVES = lazy_pattern("[\ud800-\udbff][\udc00-\udfff]")
# what a bracket is not counted in
_PIECE = lazy_pattern(
    r"//[^\n\r]*|/\*.*?(?:\*/|\Z)|'(?:[^'\\\n\r]|\\.)*'?|\"(?:[^\"\\\n\r]|\\.)*\"?|`(?:[^`\\]|\\.)*`?|[][{}(),;]",
    re.DOTALL,
)
_GOES_ON = frozenset({",", "]", "}"})
_UNDEFINED = object()
_SHOWN = 60  # characters of what is computed


class LiteralFault(ValueError):  # noqa: N818 - a finding about a text
    """Why there is no value: `reason`, at the character `index` of the text."""

    def __init__(self, reason: str, index: int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.index = index


def after_space(text: str, at: int) -> int:
    """Where blanks and comments end that begin at `at`."""
    if text[at : at + 1] > "/":  # most often there is nothing to skip
        return at if text[at] < "\x7f" else _skipped(text, at)
    return _skipped(text, at)


def _skipped(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return at if found is None else found.end()


def element_end(text: str, at: int) -> int:
    """Where the element of a list ends that begins at `at`, whatever is in it: at its comma or closing bracket."""
    depth = 0
    for found in _PIECE.finditer(text, at):
        piece = found[0]
        if piece in {"{", "[", "("}:
            depth += 1
        elif piece in {"}", "]", ")"}:
            if depth == 0:
                return found.start()
            depth -= 1
        elif depth == 0 and piece in {",", ";"}:
            return found.start()
    return len(text)


class Literal:
    """Reads one value.

    Attributes:
        at: Where the next character stands.
        repeated: Keys that stood twice in an object, with their places; the last value counts.
    """

    def __init__(self, text: str, at: int) -> None:
        self.text, self.at = text, at
        self.repeated: list[tuple[str, int]] = []
        self._depth = 0

    def value(self) -> object:
        """The value that begins here.

        Raises:
            LiteralFault: There is none.
        """
        found = self._value()
        return None if found is _UNDEFINED else found

    def _value(self) -> object:
        text = self.text
        self.at = at = after_space(text, self.at)
        first = text[at : at + 1]
        if first in {"{", "["}:
            self._depth += 1
            if self._depth > DEEPEST:
                self._fail(f"nested more than {DEEPEST:,} levels deep")
            found: object = self._object() if first == "{" else self._list()
            self._depth -= 1
        elif first and first in "'\"`":
            found = self._string()
        elif first and first in "+-.0123456789":
            found = self._number()
        else:
            found = self._word()
        return self._alone(found, at)

    def _alone(self, found: object, begin: int) -> object:
        """The value, if nothing is done with it; a cast of TypeScript is nothing."""
        text = self.text
        if self._depth and text[self.at : self.at + 1] in _GOES_ON:
            return found
        self.at = after_space(text, self.at)
        cast = re.compile(r"(?:as|satisfies)\s+(?:const\b|[\w.$]+(?:<[^<>]*>)?(?:\[\])*)").match(
            text, self.at
        )
        if cast is not None:
            self.at = after_space(text, cast.end())
        ends = {",", "]", "}", ")", ";", ""} if self._depth else {",", "]", "}", ")", ";", "", "{"}
        if text[self.at : self.at + 1] not in ends:
            self._computed(begin)
        return found

    def _object(self) -> dict[str, object]:
        text, found = self.text, dict[str, object]()
        self.at += 1
        while True:
            self.at = after_space(text, self.at)
            if text[self.at : self.at + 1] == "}":
                self.at += 1
                return found
            begin = self.at
            key = self._key()
            self.at = after_space(text, self.at)
            if text[self.at : self.at + 1] != ":":
                self._fail("the value of this key is not written out", begin)
            self.at += 1
            value = self._value()
            if key in found:
                self.repeated.append((key, begin))
            if value is not _UNDEFINED:
                found[key] = value
            self._comma("}")

    def _key(self) -> str:
        text, first = self.text, self.text[self.at : self.at + 1]
        if first in {"'", '"'}:
            return str(self._string())
        if first.isdigit():
            return str(self._number())
        name = _NAME.match(text, self.at)
        if name is None:
            self._fail("expected a key" if first != "." else "what is spread here (...) is not written out")
        self.at = name.end()
        return name[0]

    def _list(self) -> list[object]:
        text, found = self.text, list[object]()
        self.at += 1
        while True:
            self.at = after_space(text, self.at)
            if text[self.at : self.at + 1] == "]":
                self.at += 1
                return found
            value = self._value()
            found.append(None if value is _UNDEFINED else value)
            self._comma("]")

    def _comma(self, closing: str) -> None:
        self.at = after_space(self.text, self.at)
        here = self.text[self.at : self.at + 1]
        if here == ",":
            self.at += 1
        elif here != closing:
            self._fail("the text ends here" if not here else f"expected a comma or “{closing}”")

    def _string(self) -> str:
        template = self.text[self.at] == "`"
        found = (_TEMPLATE if template else _STRING).match(self.text, self.at)
        if found is None:
            self._fail("a text has no closing quote")
        inner = found[0][1:-1]
        if template and _HOLE.match(inner):
            self._fail("a text with ${…} in it is computed, and not written out")
        self.at = found.end()
        return _unescaped(inner) if "\\" in inner else inner

    def _number(self) -> int | Decimal:
        found = _NUMBER.match(self.text, self.at)
        if found is None or not (found["other"] or found["plain"].strip("._")):
            self._fail("expected a value")
        sign = -1 if found["sign"] == "-" else 1
        begin, self.at = self.at, found.end()
        if found["other"]:
            return sign * int(found["other"].replace("_", ""), 0)
        digits = found["plain"].replace("_", "")
        if len(digits) > MOST_DIGITS:
            self._fail(f"a number of more than {MOST_DIGITS:,} digits", begin)
        if digits.isdigit():
            return sign * int(digits)
        try:
            number = exact(digits)
        except ValueError:
            self._fail(f"a number of more than {MOST_DIGITS:,} digits", begin)
        return sign * number

    def _word(self) -> object:
        begin, date = self.at, _DATE.match(self.text, self.at)
        if date is not None:
            self.at = date.end()
            at = self._string()
            self.at = after_space(self.text, self.at)
            if self.text[self.at : self.at + 1] != ")":
                self._computed(begin)
            self.at += 1
            return at
        name = _NAME.match(self.text, self.at)
        if name is None:
            self._fail("expected a value")
        if name[0] in _WORDS:
            self.at = name.end()
            return _WORDS[name[0]]
        if name[0] == "undefined":
            self.at = name.end()
            return _UNDEFINED
        return self._computed(begin)

    def _computed(self, begin: int) -> NoReturn:
        shown = " ".join(self.text[begin : min(element_end(self.text, begin), begin + _SHOWN)].split())
        self._fail(f"“{shown}” is computed, and not written out", begin)

    def _fail(self, reason: str, at: int | None = None) -> NoReturn:
        raise LiteralFault(reason, self.at if at is None else at)


def _unescaped(text: str) -> str:
    def one(found: re.Match[str]) -> str:
        braces, four, two, line, other = found.groups()
        if line is not None:
            return ""
        code = braces or four or two
        if code is not None:
            number = int(code, 16)
            return chr(number) if number <= 0x10FFFF else "\ufffd"
        return _ESCAPED.get(other, other)

    plain = _ESCAPE.sub(one, text)
    return _HALVES.sub(lambda pair: pair[0].encode("utf-16", "surrogatepass").decode("utf-16"), plain)
