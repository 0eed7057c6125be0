"""Which sort of value does a cell of a table hold: a day, a figure, or a text that may be a name?"""

import re

from explorer.eventlog.dates import is_date
from explorer.eventlog.extract import object_in
from explorer.eventlog.timestamps import parse_time
from explorer.patterns import lazy_pattern

_LONGEST_NAME = 60
_SIGN = "[-+\u2212\u2013]"
_NUMBER = lazy_pattern(
    rf"(?:\(\s?)?{_SIGN}?\s?(?:(?:[€$£¥\uffe5₹₽]|R\$|[A-Z]{{3}})\s?)?{_SIGN}?\s?[\d.]\d*[\d.,'’ \u00a0\u202f]*"
    rf"(?:-{{1,2}})?(?:\s?(?:[€$£¥\uffe5₹₽%]|zł|kr|Kč|[A-Z]{{3}}))?\s?(?:[-+]|[CcDd][Rr])?\)?",
    re.ASCII,
)
_DATE = lazy_pattern(r"\d{1,4}[-./]\d{1,2}[-./]\d{1,4}(?:[T ,].*)?", re.ASCII)


def are_names(row: list[str], *, twice: bool = False) -> bool:
    """Whether a row may be one of names: texts, most of them there, and none `twice` unless it may be."""
    named = [cell.strip() for cell in row if cell.strip()]
    return (
        len(named) * 2 > len(row)
        and (twice or len(set(named)) == len(named))
        and all(len(cell) <= _LONGEST_NAME and not kind_of(cell) for cell in named)
    )


def kind_of(cell: str) -> str:
    """Which sort of value a cell holds; empty for a text, which may be a name."""
    text = cell.strip()
    if not text or len(text) > 10_000:
        return ""
    if text[0] == "{":
        return "object" if object_in(text) is not None else ""
    if not any(map(str.isdigit, text)):
        return ""
    if _DATE.fullmatch(text) or (
        not text.isdecimal()
        and not _NUMBER.fullmatch(text)
        and (parse_time(text) is not None or is_date(text))
    ):
        return "date"
    return "number" if _NUMBER.fullmatch(text) else ""
