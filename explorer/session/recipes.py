"""Which read model, or which upcasters, does a person mean who names a file or a word?"""

from pathlib import Path
from typing import Literal

from explorer.eventlog.errors import LogError
from explorer.language import grouped
from explorer.projection.built_in import names
from explorer.projection.choose import program
from explorer.projection.model import Recipe, TextError, Upcasters

MOST_TEXT_BYTES = 1 << 20
LANGUAGES: dict[str, Literal["sql", "python", "javascript"]] = {
    ".sql": "sql", ".py": "python", ".js": "javascript", ".mjs": "javascript", ".cjs": "javascript",
}  # fmt: skip
STEP_LANGUAGES: dict[str, Literal["toml", "python"]] = {".toml": "toml", ".py": "python"}


def recipe(word: str) -> Recipe:
    """The read model that a person names: a built-in one, or a file that holds one.

    Raises:
        LogError: There is no such read model, its file cannot be read, or it is none.
    """
    path = Path(word)
    language = LANGUAGES.get(path.suffix.lower())
    if language is None:
        if word not in names():
            kinds = " or ".join(LANGUAGES)
            raise LogError(word, f"there is no such read model: it is {', '.join(names())} or a {kinds} file")
        return Recipe(word)
    return checked(Recipe(path.name, language, _text_of(path, "read model")))


def upcasters(word: str) -> Upcasters:
    """The upcasters in a file.

    Raises:
        LogError: It cannot be read, or holds none; says what is wrong and where.
    """
    from explorer.projection.upcasting import chain_of

    path = Path(word)
    language = STEP_LANGUAGES.get(path.suffix.lower())
    if language is None:
        raise LogError(word, f"upcasters are a {' or '.join(STEP_LANGUAGES)} file")
    found = Upcasters(path.name, language, _text_of(path, "file of upcasters"))
    try:
        chain_of(found)
    except TextError as error:
        raise _refusal(found.name, error) from error
    return found


def _text_of(path: Path, what: str) -> str:
    try:
        with path.open("rb") as file:
            raw = file.read(MOST_TEXT_BYTES + 1)
        if len(raw) > MOST_TEXT_BYTES:
            raise LogError(path.name, f"it is longer than any {what}: more than 1 MiB")
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise LogError(path.name, f"byte {grouped(error.start)} is not UTF-8 text") from error
    except OSError as error:
        raise LogError(path.name, f"it cannot be read: {error.strerror or error}") from error


def checked(recipe: Recipe) -> Recipe:
    """The same recipe, if a read model can be made of it.

    Raises:
        LogError: It cannot; says what is wrong and where.
    """
    try:
        if recipe.language == "sql":
            from explorer.projection.sql import SqlModel

            SqlModel(recipe.name, recipe.text)
        elif recipe.language:
            program(recipe)
    except TextError as error:
        raise _refusal(recipe.name, error) from error
    return recipe


def _refusal(name: str, error: TextError) -> LogError:
    column = error.column if error.line is None else error.column or 1
    return LogError(name, error.reason, line=error.line, column=column)
