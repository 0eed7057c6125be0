"""How is text from a log shown so that nothing in it is hidden, active or endless?"""

import re
import unicodedata

from explorer.language import tr
from explorer.patterns import lazy_pattern

LIMIT = 500  # characters of a cell; nobody reads more in a table, and shaping more freezes it

_TOPIC = lazy_pattern(r"[A-Za-z_][\w.]*:([A-Z]\w*\.[A-Z]\w*)", re.ASCII)
_NEWLINES = {"\n": "⏎", "\r": "␍", "\t": "⇥"}
_ODD = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_FIRST_MARK = "\u0300"  # no character before it is combined with others
_MARKS_IN_A_ROW = 8  # more combining marks than any script stacks on one letter


def visible(text: str, limit: int = LIMIT) -> str:
    """`text` on one line: control, bidirectional, zero-width and unassigned characters as `⟦U+202E⟧`.

    Cut at `limit` characters, saying how many there are.
    """
    shown = text if len(text) <= limit else text[:limit]
    if not (shown.isprintable() and (shown.isascii() or max(shown) < _FIRST_MARK)):
        shown = _escaped(shown)
    return (
        shown if len(text) <= limit else tr("{shown}… ({count:,} chars)").format(shown=shown, count=len(text))
    )


def type_text(event_type: str, limit: int = LIMIT) -> str:
    """An event type as it is shown: without the module that its class lives in.

    `bank.domain:BankAccount.Deposited` is `BankAccount.Deposited`; what all events of a log begin with tells nothing.
    """
    found = _TOPIC.fullmatch(event_type) if len(event_type) <= LIMIT else None
    return visible(event_type if found is None else found[1], limit)


def visible_block(text: str) -> str:
    """The same for text of many lines, uncut: line breaks and tabs stay as they are."""
    return "\n".join(
        "\t".join(
            line if line.isascii() and line.isprintable() else _escaped(line) for line in row.split("\t")
        )
        for row in text.split("\n")
    )


def _escaped(text: str) -> str:
    parts = []
    marks = 0
    for char in text:
        category = unicodedata.category(char)
        marks = marks + 1 if category in {"Mn", "Me"} else 0
        if char in _NEWLINES:
            parts.append(_NEWLINES[char])
        elif category in _ODD or marks > _MARKS_IN_A_ROW:
            parts.append(f"⟦U+{ord(char):04X}⟧")
        else:
            parts.append(char)
    return "".join(parts)
