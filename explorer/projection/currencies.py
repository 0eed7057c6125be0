"""What is money: which codes are currencies, which values are amounts, and which amount says a text for people?"""

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache

from explorer.patterns import lazy_pattern
from explorer.projection.exact import Exact, negative
from explorer.projection.number_style import NumberStyle, number

# ISO 4217 as of 2026 with funds and metals, those withdrawn since 1999 that old books still name, and a few coins
CODES = frozenset(
    """
    AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF
    CHE CHF CHW CLF CLP CNY COP COU CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF
    GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD
    LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP
    PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP
    TRY TTD TWD TZS UAH UGX USD USN UYI UYU UYW UZS VED VES VND VUV WST XAD XAF XAG XAU XCD XCG XDR XOF XPD XPF XPT
    XSU XUA YER ZAR ZMW ZWG
    ATS BEF BYR CUC CYP DEM EEK ESP FIM FRF GRD HRK IEP ITL LTL LUF LVL MRO MTL NLG PTE ROL RUR SIT SKK SLL STD TRL
    VEF XEU ZMK ZWL
    BTC XBT ETH LTC USDC USDT
    """.split()
)
_SEPARATORS = lazy_pattern(r"[\W_]")
_NAMES = (
    "currency", "currencycode", "currencyiso", "isocurrency", "ccy", "ccycode", "commodity",
    "währung", "waehrung", "devise", "moneda",
)  # fmt: skip
_AMOUNTS, _CURRENCIES = ("amount", "value"), ("currency", "currencycode")


class Amounts(dict[object, object]):
    """A sum by what it is of, such as a balance by currency; the key "" for amounts that name nothing."""


def names_currency(name: str) -> bool:
    """Whether a column, a member or a key called so says which currency something is in: `ccy`, `fee_currency`."""
    folded = _SEPARATORS.sub("", name).lower()
    return folded in _NAMES or folded.endswith(("currency", "currencycode", "ccy"))


def amounts(value: object) -> list[tuple[str, object]] | None:
    """The amounts that a value is, each after its currency; None if it is no money.

    Money is a sum that is kept by key, an object whose keys are all codes of currencies, or one of an amount (`amount`,
    `value`) and its currency and nothing else. `{"lines": 7}` is none.
    """
    if not isinstance(value, Mapping):
        return None
    if isinstance(value, Amounts) or (value and all(name in CODES for name in value)):
        return (
            [(str(name), each) for name, each in value.items()]
            if all(map(_is_number, value.values()))
            else None
        )
    named = {_SEPARATORS.sub("", str(name)).lower(): each for name, each in value.items()}
    amount = next((named[name] for name in _AMOUNTS if name in named), None)
    currency = next((named[name] for name in _CURRENCIES if name in named), None)
    if len(value) == 2 and len(named) == 2 and _is_number(amount) and isinstance(currency, str) and currency:
        return [(currency, amount)]
    return None


def _is_number(value: object) -> bool:
    return isinstance(value, (int, Decimal)) and not isinstance(value, bool)


_LONGEST = 200  # an amount with all that stands around it; longer texts are numbers or none
_SYMBOLS = {
    "€": "EUR", "£": "GBP", "₹": "INR", "₽": "RUB", "₩": "KRW", "₺": "TRY", "₪": "ILS", "₴": "UAH", "zł": "PLN",
    "Kč": "CZK", "Fr.": "CHF", "Ft": "HUF", "R$": "BRL", "US$": "USD",
    "$": "$", "kr": "kr", "¥": "¥", "\uffe5": "¥",  # several have that
}  # fmt: skip
_CURRENCY = "|".join([*map(re.escape, sorted(_SYMBOLS, key=len, reverse=True)), "[A-Z]{3,4}"])
_MINUS = "\u2212\u2013\u2011"  # what some programs print for a minus
_GROUPS = lazy_pattern("(?<=\\d)['’\u00b4 ](?=\\d{3}(?!\\d))")
_AMOUNT = lazy_pattern(
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
