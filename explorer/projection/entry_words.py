"""What do banks, exchanges and stocks call the columns of their entries, and what do they say in them?

The words are data: `resources/words/entries.toml`.
"""

import re
import tomllib
import unicodedata
from functools import cache, lru_cache
from typing import Any

from explorer.patterns import lazy_pattern
from explorer.projection.currencies import CODES
from explorer.resources import resource

_WORDS = lazy_pattern(r"[^\w]+|_")
_UNITS = frozenset({*(code.lower() for code in CODES), "euro", "euros"})
_LONG_WORD = 5  # letters: `in` may begin anything


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(resource("words", "entries.toml").read_text("utf-8"))


@cache
def words(name: str) -> tuple[str, ...]:
    """The words of one list, as they are compared."""
    return tuple(plain_words(each) for each in _table()[name].split())


@cache
def _marks(name: str) -> frozenset[str]:
    return frozenset(_table()[name].split())


@cache
def _phrases(name: str) -> re.Pattern[str]:
    """What finds one of some words in a text; those of scripts without spaces anywhere."""
    found = [re.escape(each) if each > "\u2e80" else rf"\b{re.escape(each)}\b" for each in _table()[name]]
    return re.compile("|".join(found), re.IGNORECASE)


@lru_cache(4_096)  # the same names are asked for one thing after the other
def plain_words(name: str) -> str:
    """A column's name as it is compared: without accents, separators, what stands in brackets, and `in EUR`."""
    bare = re.sub("[(\\[\uff08].*?[)\\]\uff09]", " ", name).lower()
    bare = "".join(each for each in unicodedata.normalize("NFKD", bare) if not unicodedata.combining(each))
    parts = [part for part in _WORDS.split(bare) if part]
    if len(parts) > 1 and parts[-1] in _UNITS:
        parts.pop()
        if parts[-1] in {"in", "en"} and len(parts) > 1:
            parts.pop()
    return "".join(parts)


@lru_cache(4_096)
def is_one(name: str, kind: str) -> bool:
    """Whether a column's name is one of some words."""
    return plain_words(name) in words(kind)


@lru_cache(1_024)
def never_happened(said: str) -> bool:
    """Whether the status of an entry says that nothing was moved, or not yet."""
    return _phrases("never").search(said) is not None and _phrases("done").search(said) is None


@lru_cache(1_024)
def is_status(said: str) -> bool:
    """Whether a text is one that says what became of an entry."""
    return _phrases("never").search(said) is not None or _phrases("done").search(said) is not None


@lru_cache(1_024)
def is_neither(mark: str) -> bool:
    """Whether a mark says that something goes neither in nor out."""
    return mark.strip().lower() in _marks("neither")


@lru_cache(1_024)
def sign_of(mark: str, *, quantity: bool = False) -> int:
    """Whether a mark says that something goes in (1) or out (-1), as `withdrawal in cash` does; 0: neither.

    Args:
        mark: What stands there.
        quantity: Whether it is of a number of things, of which one that is bought goes in.
    """
    whole = mark.strip().lower()
    first = whole.partition(" ")[0]
    for each in (whole, first) if len(first) >= _LONG_WORD else (whole,):
        if each in _marks("plus") or each in _marks("minus"):
            return 1 if each in _marks("plus") else -1
    if quantity and whole:
        spent, gained = (_phrases(each).search(whole) is not None for each in ("spent", "gained"))
        if spent != gained:
            return 1 if gained else -1
    return 0
