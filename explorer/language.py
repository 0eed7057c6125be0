"""In which language does the program speak to the person in front of the window?

The words that people see stand in the code in English, as `tr("…")`. Commands print English, always:
scripts read them. The window hands `speak` a translator; Qt stays where it is.
"""

from collections.abc import Callable

_translate: Callable[[str], str] = str


def tr(text: str) -> str:
    """Return `text`, a literal in English, in the person's language.

    Values are put in afterwards, by name: `tr("{count} events").format(count=n)`.
    """
    return _translate(text)


def later(text: str) -> str:
    """Return `text`, a literal that is said later on, by `tr`: a constant is made before the language is known."""
    return text


def speak(translate: Callable[[str], str] = str) -> None:
    """Say from now on what `translate` makes of each English text; without one, English."""
    global _translate  # noqa: PLW0603 - a program speaks one language at a time
    _translate = translate
