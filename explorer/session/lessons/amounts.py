"""Which number, and of which currency, has a person written: `20`, `20,00`, `€20`, `20 euros`, `1.220,50 EUR`?"""

import re
from collections.abc import Collection
from typing import NamedTuple

from explorer.language import spoken_language
from explorer.projection.currencies import CODES
from explorer.projection.exact import Exact, exact

_NAMES = """
EUR € euro euros
USD $ us$ dollar dollars
GBP £ pound pounds pfund
CHF fr fr. sfr franc francs franken
JPY ¥ yen
CNY ¥ yuan renminbi
INR ₹ rupee rupees rupien
RUB ₽ ruble rubles rubel
TRY ₺ lira
PLN zł zloty złoty
CZK kč koruna
SEK kr krona kronor
NOK kr krone kroner
DKK kr krone kroner
ISK kr króna
HUF ft forint
KRW ₩ won
UAH ₴ hryvnia
ILS ₪ shekel
BRL r$ real reais
CAD $ c$ dollar dollars
AUD $ a$ dollar dollars
NZD $ nz$ dollar dollars
SGD $ s$ dollar dollars
HKD $ hk$ dollar dollars
MXN $ peso pesos
ZAR r rand
THB ฿ baht
BTC ₿ bitcoin bitcoins
"""
_SPACES = re.compile(
    "[ \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}'\N{RIGHT SINGLE QUOTATION MARK}]"
)
_MINUS = re.compile("[\N{MINUS SIGN}\N{EN DASH}]")
_WRITTEN = re.compile(r"([^0-9.,]*)([0-9.,](?:[0-9.,\s']*[0-9.,])?)([^0-9]*)")
_SIGNED = re.compile(r"([+-]?)\s*(.*?)\s*([+-]?)")
_SPACED = re.compile(r"[0-9]{1,3}(?: [0-9]{3})+(?:[.,][0-9]*)?")


def _named() -> dict[str, frozenset[str]]:
    found = {code.casefold(): {code} for code in CODES}
    for line in _NAMES.split("\n"):
        code, *words = line.split() or [""]
        for word in (code, *words):
            found.setdefault(word.casefold(), set()).add(code)
    found.pop("", None)
    return {word: frozenset(codes) for word, codes in found.items()}


UNITS = _named()  # what a word or a sign may mean: `$` is the dollar of several countries


class Written(NamedTuple):
    """What somebody wrote.

    Attributes:
        amounts: The number; several where a text means one number here and another there (`1.220` in German).
        units: The codes of the currencies that it may be in; None if it names none.
    """

    amounts: tuple[Exact, ...]
    units: frozenset[str] | None


def written(text: str, known: Collection[str] = ()) -> Written | None:
    """What a person wrote; None if it is no number, or no amount of a currency.

    A point and a comma are told apart by where they stand; `1,220` is a thousand and more, `1.220` is not, as the
    program itself writes numbers. In German, where it is the other way round, each of the two may be either.

    Args:
        text: What was written.
        known: Further units, as a log names them.
    """
    text = _MINUS.sub("-", _SPACES.sub(" ", text)).strip()
    alone = exact(text)
    if alone is not None and "." not in text:
        return Written((alone,), None)
    found = _WRITTEN.fullmatch(text)
    if found is None:
        return None
    signed = _SIGNED.fullmatch(found[1].strip())
    assert signed is not None
    words = [word for word in (signed[2], found[3].strip()) if word]
    if len(words) > 1 or (signed[1] and signed[3]):
        return None
    unit = None if not words else _unit(words[0], known)
    if words and unit is None:
        return None
    sign = signed[1] or signed[3]
    amounts = tuple(number for each in readings(found[2]) if (number := exact(sign + each)) is not None)
    return Written(amounts, unit) if amounts else None


def readings(digits: str) -> list[str]:
    """What a run of digits, points, commas and spaces may say, in plain notation; nothing if it is no number."""
    if " " in digits:
        if _SPACED.fullmatch(digits) is None:
            return []
        return [digits.replace(" ", "").replace(",", ".")]
    marks = [char for char in digits if char in ".,"]
    if not marks:
        return [digits]
    last = marks[-1]
    whole, _, part = digits.rpartition(last)
    if len(set(marks)) == 2:  # the last one begins the decimals, the others group
        other = "." if last == "," else ","
        return [f"{whole.replace(other, '')}.{part}"] if last not in whole and _grouped(whole, other) else []
    if len(marks) > 1:
        return [digits.replace(last, "")] if _grouped(digits, last) else []
    decimal = f"{whole or '0'}.{part}"
    if not _grouped(digits, last):
        return [decimal]
    thousands = digits.replace(last, "")
    if spoken_language() == "de":
        return [decimal, thousands]
    return [thousands] if last == "," else [decimal]


def _grouped(digits: str, mark: str) -> bool:
    """Whether figures stand in threes, as in `1,220,000`; `0,500` is not grouped."""
    return re.fullmatch(rf"[1-9][0-9]{{0,2}}(?:{re.escape(mark)}[0-9]{{3}})+", digits) is not None


def _unit(word: str, known: Collection[str]) -> frozenset[str] | None:
    folded = word.casefold()
    own = frozenset(each for each in known if each.casefold() == folded)
    return own or UNITS.get(folded) or UNITS.get(folded.removesuffix("."))
