"""In which language does the program speak to the person in front of the window?

The words that people see stand in the code in English, as `tr("…")`. Commands print English, always:
scripts read them. The window hands `speak` a translator; Qt stays where it is.
"""

from collections.abc import Callable

_translate: Callable[[str], str] = str
_name = "en"


def tr(text: str) -> str:
    """Return `text`, a literal in English, in the person's language.

    Values are put in afterwards, by name: `tr("{count} events").format(count=n)`.
    """
    return _translate(text)


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
