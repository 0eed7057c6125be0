"""Which amount does a text say that was written for people: `- $1,350.00`, `(300.00)`, `12,50-`, `1'234.56 CHF`?"""

import re
from functools import lru_cache

from explorer.projection.currencies import CODES
from explorer.projection.exact import Exact, negative
from explorer.projection.number_style import NumberStyle, number

_LONGEST = 200  # an amount with all that stands around it; longer texts are numbers or none
_SYMBOLS = {
    "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "₽": "RUB", "₩": "KRW", "₺": "TRY", "₪": "ILS", "₴": "UAH",
    "zł": "PLN", "Kč": "CZK", "Fr.": "CHF", "Ft": "HUF", "R$": "BRL", "US$": "USD", "$": "$", "kr": "kr",
}  # fmt: skip
_CURRENCY = "|".join([*map(re.escape, sorted(_SYMBOLS, key=len, reverse=True)), "[A-Z]{3,4}"])
_MINUS = "\u2212\u2013\u2011"  # what some programs print for a minus
_GROUPS = re.compile("(?<=\\d)['’\u00b4 ](?=\\d{3}(?!\\d))")
_AMOUNT = re.compile(
    rf"(?P<open>\()?\s*(?P<sign>[+-])?\s*(?P<before>{_CURRENCY})?\s*(?P<second>[+-])?\s*"
    rf"(?P<digits>[\d.,'’\u00b4 \u00a0\u202f]*\d(?:[.,](?!-))?)(?:[.,]-{{1,2}})?\s*(?P<behind>{_CURRENCY})?\s*"
    r"(?P<last>[+-]|CR|DR|Cr|Dr)?\s*(?P<close>\))?"
)


def money(text: str, style: NumberStyle) -> tuple[Exact | None, str | None]:
    """The amount that a text says, None if it says none; and its currency, where it names one.

    Raises:
        OtherStyle: It says one in another style than the log was taken to be written in.
    """
    plain = text.strip()
    if len(plain) <= _LONGEST and (parts := _parts(plain)) is not None:
        digits, minus, currency = parts
        found = number(digits, style)
        return (negative(found) if minus and found is not None else found), currency
    return number(plain, style), None


@lru_cache(4_096)
def _parts(text: str) -> tuple[str, bool, str | None] | None:
    """The digits, whether they are to be taken away, and the currency; None of what is no such text."""
    for sign in _MINUS:
        text = text.replace(sign, "-")
    found = _AMOUNT.fullmatch(text)
    if found is None:
        return None
    signs = [sign for sign in (found["sign"], found["second"], found["last"]) if sign]
    if bool(found["open"]) != bool(found["close"]) or len(signs) > 1 or (found["open"] and signs):
        return None
    currencies = [each for each in (found["before"], found["behind"]) if each]
    if len(currencies) > 1 or any(each not in _SYMBOLS and each not in CODES for each in currencies):
        return None
    digits = _GROUPS.sub("", found["digits"]).strip().removesuffix(",").removesuffix(".")
    below = bool(found["open"]) or any(sign in {"-", "DR", "Dr"} for sign in signs)
    return digits, below, _SYMBOLS.get(currencies[0], currencies[0]) if currencies else None
