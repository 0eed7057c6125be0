"""Which read model, or which upcasters, does a person mean who names a file or a word?"""

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import msgspec

from explorer.eventlog.errors import LogError
from explorer.language import grouped
from explorer.projection.built_in import AUTOMATIC, names
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


def by_kinds(words: Sequence[str]) -> dict[str, str]:
    """What a person names for which kind, of words such as `accounts` and `Order=shop.py`; for all others under "".

    Raises:
        LogError: Two are named for the same kind.
    """
    found: dict[str, str] = {}
    for word in words:
        kind, sign, model = word.partition("=")
        if not sign or not kind or not model or Path(word).is_file():
            kind, model = "", word
        if kind in found:
            of = f"for the kind “{kind}”" if kind else ""
            raise LogError(word, " ".join(filter(None, ["two read models are named", of])))
        found[kind] = model
    return found


def recipe_of(words: Sequence[str]) -> Recipe:
    """The read model that several words name, see `by_kinds`.

    Raises:
        LogError: One of them names none.
    """
    named = by_kinds(words)
    others = recipe(named.pop("", AUTOMATIC))
    chosen = tuple((kind, recipe(word)) for kind, word in named.items())
    return msgspec.structs.replace(others, by_kind=chosen)


def sources_of(words: Sequence[str]) -> dict[str, str]:
    """Which of the read models that such words name are files, by kind."""
    return {kind: word for kind, word in by_kinds(words).items() if Path(word).suffix.lower() in LANGUAGES}


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
