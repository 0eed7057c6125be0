"""In which language does the program speak to the person in front of the window?

The words that people see stand in the code in English, as `tr("…")`. Commands print English, always:
scripts read them. The window hands `speak` a translator; Qt stays where it is.
"""

import string
from collections.abc import Callable
from decimal import Decimal

_translate: Callable[[str], str] = str
_name = "en"


_SEPARATORS = {"de": str.maketrans(",.", ".,")}  # of digits, where they are others than in English


class _Said(str):
    """A text in another language than English: numbers that are put into it are grouped as there."""

    __slots__ = ()

    def format(self, *values: object, **named: object) -> str:
        return _GROUPING.vformat(self, values, named)


class _Grouping(string.Formatter):
    def format_field(self, value: object, format_spec: str) -> str:
        text: str = format(value, format_spec)
        return text.translate(_SEPARATORS.get(_name, {})) if "," in format_spec else text


_GROUPING = _Grouping()


def tr(text: str) -> str:
    """Return `text`, a literal in English, in the person's language.

    Values are put in afterwards, by name: `tr("{count:,} events").format(count=n)`.
    """
    return _translate(text) if _name == "en" else _Said(_translate(text))


def grouped(number: float | Decimal, decimals: int | None = None) -> str:
    """How many, with its digits grouped as in the person's language: `41,003`, `41.003`. Not for amounts of a log."""
    text = f"{number:,}" if decimals is None else f"{number:,.{decimals}f}"
    return text.translate(_SEPARATORS.get(_name, {}))


def counted(number: int, one: str, many: str, **more: object) -> str:
    """The one of two texts, both already in the person's language, that fits to how many; `{count:,}` is the number."""
    return (one if number == 1 else many).format(count=number, **more)


def later(text: str) -> str:
    """Return `text`, a literal that is said later on, by `tr`: a constant is made before the language is known."""
    return text


def speak(translate: Callable[[str], str] = str, name: str = "en") -> None:
    """Say from now on what `translate` makes of each English text; without one, English. `name` is `de` or so."""
    global _translate, _name
    _translate, _name = translate, name


def spoken_language() -> str:
    """The language that is spoken now: `en`, `de`."""
    return _name
