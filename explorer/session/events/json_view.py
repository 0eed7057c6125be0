"""How does a record look as text that a person can read, and how is the way to a value in it written?"""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from explorer.patterns import lazy_pattern

type PieceKind = Literal["key", "text", "number", "word", "mark"]

MOST_CHARS = 20_000  # Qt lays out more so slowly that the window would freeze
LINE_CHARS = 2_000  # … and one paragraph of it is what costs most
MOST_LEVELS = 100  # deeper ones are not indented further

_PIECE = lazy_pattern(
    r'(?P<key>"(?:[^"\\]|\\.)*+"(?=\s*:))|(?P<text>"(?:[^"\\]|\\.)*+"?)'
    r"|(?P<number>-?[0-9][0-9.eE+-]*)|(?P<word>true|false|null)|(?P<mark>[{}\[\],:])",
    re.DOTALL,
)


class TextPiece(NamedTuple):
    """A piece of a text: from where, how long, and what it is."""

    start: int
    length: int
    kind: PieceKind


def pieces(text: str) -> Iterator[TextPiece]:
    """The pieces of JSON in a text that may begin or end anywhere; what is none is left out."""
    for found in _PIECE.finditer(text):
        kind: PieceKind = found.lastgroup  # type: ignore[assignment]
        yield TextPiece(found.start(), found.end() - found.start(), kind)


def indented(text: str, most_chars: int = MOST_CHARS) -> str:
    """JSON as a tree of lines. Every number and text stays as the log has it; what is no JSON stays as it is.

    The result ends, with "…", at about `most_chars`, however long the text is; nothing further is looked at.
    """
    if text.lstrip()[:1] not in {"{", "["}:
        return text[:most_chars] + ("…" if len(text) > most_chars else "")
    parts: list[str] = []
    length = level = at = 0
    previous = ""
    for found in _PIECE.finditer(text, 0, min(len(text), most_chars + LINE_CHARS)):
        between = text[at : found.start()].strip()  # what is no JSON
        at = found.end()
        piece = between + found[0]
        closes = piece in {"}", "]"}
        if closes:
            level -= 1
        if previous in {"{", "["}:
            piece = piece if closes else _line(level) + piece
        elif previous == "," or closes:
            piece = _line(level) + piece
        elif previous == ":":
            piece = " " + piece
        if found[0] in {"{", "["}:
            level += 1
        parts.append(piece)
        length += len(piece)
        previous = found[0] if found.lastgroup == "mark" else "value"
        if length > most_chars:
            return "".join(parts)[:most_chars] + "…"
    rest = text[at:].strip()
    return "".join(parts) + (rest[:most_chars] + "…" if len(rest) > most_chars else rest)


def folded(text: str) -> str:
    """The same text with line breaks put into lines that Qt would take too long to lay out."""
    return "\n".join(
        line[at : at + LINE_CHARS]
        for line in text.split("\n")
        for at in range(0, max(len(line), 1), LINE_CHARS)
    )


def _line(level: int) -> str:
    return "\n" + "  " * min(max(level, 0), MOST_LEVELS)


# --- how is the way to a value inside a record written, so that other programs understand it? --------

type PathStep = str | int

_PLAIN = lazy_pattern(r"[A-Za-z_$][A-Za-z0-9_$-]*")


def path_text(steps: Iterable[PathStep]) -> str:
    """`data.items[0].name`; a name that has more in it than letters, digits and `_-$` as `["a.b"]`."""
    text = ""
    for step in steps:
        if isinstance(step, int):
            text += f"[{step}]"
        elif _PLAIN.fullmatch(step):
            text += f".{step}" if text else step
        else:
            text += f"[{json.dumps(step, ensure_ascii=False)}]"
    return text
