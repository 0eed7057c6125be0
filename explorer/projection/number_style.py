"""Which number does a text such as `1.488,69` or `3.000` say, given how the other numbers of its log are written?

`3.000` is three with three decimals in one log and three thousand in another. Which is meant, only the others tell: a
log in which a text has a decimal comma beyond doubt (`1.488,69`, `12,5`) is read so throughout, one with doubtless
commas and doubtless points is read text by text, and then what may be either is refused.
"""

import re
from collections.abc import Iterable
from enum import StrEnum

from explorer.patterns import lazy_pattern
from explorer.projection.exact import Exact, exact


class NumberStyle(StrEnum):
    """How the numbers of a log are written that stand there as texts."""

    PLAIN = ""  # as JSON has them; what another style wrote is refused, and says so
    COMMA = "comma"
    MIXED = "mixed"
    POINT = "point"  # somebody says so: `3,000` is three thousand


class OtherStyle(ValueError):  # noqa: N818 - a finding about the log
    """A number that is not written as the others are; `str()` is the reason for people.

    Attributes:
        style: In which style it can be read, together with what was read before.
    """

    def __init__(self, reason: str, style: NumberStyle) -> None:
        self.style = style
        super().__init__(reason)


_SIGN = r"[+-]?"
_GROUPS_AND_COMMA = rf"{_SIGN}[0-9]{{1,3}}(?:\.[0-9]{{3}})+,[0-9]+"
_GROUPS_BY_POINTS = rf"{_SIGN}[0-9]{{1,3}}(?:\.[0-9]{{3}}){{2,}}"
_DECIMAL_COMMA = rf"{_SIGN}[0-9]*,(?:[0-9]{{1,2}}|[0-9]{{4,}})|{_SIGN}(?:0|[0-9]{{4,}}),[0-9]+"
_COMMA = lazy_pattern(f"{_GROUPS_AND_COMMA}|{_GROUPS_BY_POINTS}|{_DECIMAL_COMMA}")
_GROUPS_AND_POINT = rf"{_SIGN}[0-9]{{1,3}}(?:,[0-9]{{3}})+\.[0-9]+"
_GROUPS_BY_COMMAS = rf"{_SIGN}[0-9]{{1,3}}(?:,[0-9]{{3}}){{2,}}"
_LAKHS = rf"{_SIGN}[0-9]{{1,2}}(?:,[0-9]{{2}})+,[0-9]{{3}}(?:\.[0-9]+)?"  # `1,05,500.00`, as in India
_COMMAS_IN_GROUPS = lazy_pattern(f"{_GROUPS_AND_POINT}|{_GROUPS_BY_COMMAS}|{_LAKHS}")
_DECIMAL_POINT = lazy_pattern(_DECIMAL_COMMA.replace(",(", r"\.(").replace("),[", r")\.["))
_EITHER = lazy_pattern(rf"{_SIGN}[1-9][0-9]{{0,2}}[.,][0-9]{{3}}")
_LONGEST = 100  # characters of an amount that tells how others are written
_NO_BREAK_SPACES = "\u00a0\u202f"  # some write thousands so


def number(text: str, style: NumberStyle) -> Exact | None:
    """The number that a text says; None if it says none.

    Raises:
        OtherStyle: It says one in another style than the log was taken to be written in.
    """
    plain = text.strip()
    for space in _NO_BREAK_SPACES:
        plain = plain.replace(space, "")
    if len(plain) > 4_000:
        return exact(plain)
    if _COMMA.fullmatch(plain):
        if style in {NumberStyle.PLAIN, NumberStyle.POINT}:
            raise OtherStyle(f"“{plain}” has a decimal comma, the others have none", NumberStyle.COMMA)
        return _with_comma(plain)
    if _COMMAS_IN_GROUPS.fullmatch(plain) or (style and _DECIMAL_POINT.fullmatch(plain)):
        if style is NumberStyle.COMMA:
            raise OtherStyle(f"“{plain}” has a decimal point, the others have commas", NumberStyle.MIXED)
        return exact(plain.replace(",", ""))
    if _EITHER.fullmatch(plain):
        if style is NumberStyle.COMMA:
            return _with_comma(plain)
        if style is NumberStyle.POINT:
            return exact(plain.replace(",", ""))
        if style is NumberStyle.MIXED or "," in plain:
            thousands, decimals = (re.sub("[.,]", to, plain) for to in ("", "."))
            raise OtherStyle(f"“{plain}” may be {thousands} or {decimals}", style)
    return exact(plain)


def has_comma(text: str) -> bool:
    """Whether a text is a number with a decimal comma beyond doubt."""
    return len(text) <= _LONGEST and _COMMA.fullmatch(text) is not None


def points_tell(texts: Iterable[str]) -> bool:
    """Whether some amounts have a decimal point beyond doubt and none a decimal comma: `1,000` is a thousand there."""
    found = False
    for text in texts:
        plain = text.strip()
        if len(plain) > _LONGEST:
            continue
        if _COMMA.fullmatch(plain):
            return False
        found = found or bool(_DECIMAL_POINT.fullmatch(plain) or _COMMAS_IN_GROUPS.fullmatch(plain))
    return found


def _with_comma(text: str) -> Exact | None:
    return exact(text.replace(".", "").replace(",", "."))
