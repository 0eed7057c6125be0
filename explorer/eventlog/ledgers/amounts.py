"""What does an amount in a journal say: `$ -1,000.00`, `1.000,00 EUR`, `3 "a share" {10 EUR} @ 12 EUR`?"""

import re
from collections import Counter
from collections.abc import Iterable
from decimal import Context, Decimal, Inexact, InvalidOperation

import msgspec

from explorer.patterns import lazy_pattern

_MOST_DIGITS = 200
EXACT = Context(prec=8 * _MOST_DIGITS, traps=[Inexact, InvalidOperation])
_NUMBER = r"\d[\d.,']*(?:[  ]\d{3})*(?:[.,]\d+)?|[.,]\d+"
_NAME = r'"[^"\n]{1,100}"|[^\s\d.,;:?!+\-*/^&|=<>\[\](){}@"\']{1,40}'
_AMOUNT = lazy_pattern(
    rf"\s*(?P<one>[+-])?\s*(?P<before>{_NAME})?\s*(?P<two>[+-])?\s*(?P<number>{_NUMBER})\s*(?P<behind>{_NAME})?\s*"
)
_BEANCOUNT = lazy_pattern(
    r"\s*(?P<one>[+-])?\s*(?P<number>\d[\d,]*(?:\.\d*)?|\.\d+)\s+(?P<behind>[A-Z][A-Z0-9'._-]{0,40})\s*",
    re.ASCII,
)
_GROUPED = lazy_pattern(r"\d{1,3}(?:([.,'  ])\d{3})+")


class NotStated(Exception):  # noqa: N818 - a finding about a journal
    """A posting does not state what it moves; `str()` is one plain clause."""


class Amount(msgspec.Struct, frozen=True):
    """How much of what."""

    number: Decimal
    commodity: str

    def times(self, factor: Decimal) -> "Amount":
        """So many times as much."""
        return Amount(EXACT.multiply(self.number, factor), self.commodity)


class DecimalMarks:
    """Which mark stands before the decimals, commodity by commodity: found from all amounts of a journal."""

    def __init__(self, told: str = "") -> None:
        self._told = told
        self._seen: dict[str, Counter[str]] = {}

    def learn(self, texts: Iterable[str]) -> None:
        """Look at amounts: what has two marks, or one that cannot part thousands, leaves no doubt."""
        for text in texts:
            found = _AMOUNT.fullmatch(text)
            if found is not None and (mark := _doubtless(found["number"])):
                for name in (_commodity(found), ""):
                    self._seen.setdefault(name, Counter())[mark] += 1

    def decimal(self, number: str, commodity: str) -> Decimal | None:
        """What the digits of an amount say; None if they may say two things."""
        plain = number.replace("'", "").replace(" ", "").replace("\u00a0", "")
        marks = {mark for mark in ".," if mark in plain}
        if not marks:
            return Decimal(plain)
        mark = self._told or _doubtless(plain)
        if not mark:
            known = self._seen.get(commodity) or self._seen.get("") or Counter()
            if len(known) != 1:
                return None
            mark = next(iter(known))
        other = "," if mark == "." else "."
        plain = plain.replace(other, "").replace(mark, ".")
        return Decimal(plain) if plain.count(".") < 2 else None


def amount_of(text: str, marks: DecimalMarks, usual: str = "") -> Amount:
    """The amount that a text says; in the `usual` commodity if it names none.

    Raises:
        NotStated: It says none, or may say several.
    """
    found = _AMOUNT.fullmatch(text) if len(text) <= _MOST_DIGITS else None
    if found is None or (found["before"] and found["behind"]) or (found["one"] and found["two"]):
        raise NotStated(f"“{text.strip()[:40]}” is no amount that can be read")
    commodity = _commodity(found) or usual
    number = marks.decimal(found["number"], commodity)
    if number is None:
        raise NotStated(f"“{text.strip()[:40]}” may be thousands or decimals")
    return Amount(-number if "-" in {found["one"], found["two"]} else number, commodity)


def beancount_amount(text: str) -> Amount:
    """The amount that a text says in Beancount, where commas part thousands.

    Raises:
        NotStated: It says none.
    """
    found = _BEANCOUNT.fullmatch(text) if len(text) <= _MOST_DIGITS else None
    if found is None:
        raise NotStated(f"“{text.strip()[:40]}” is no amount that can be read")
    number = Decimal(found["number"].replace(",", ""))
    return Amount(-number if found["one"] == "-" else number, found["behind"])


_PIECES = lazy_pattern(r"\s*(?:(?P<sign>[-+*/()])|(?P<rest>[^-+*/()]+))")


def worked_out(text: str, marks: DecimalMarks | None = None) -> str:
    """An amount that is to be worked out, `(10.00 + 2.50) EUR` or `(3 * $5)`, as one that is stated.

    Raises:
        NotStated: It cannot be, or not exactly.
    """
    signs, commodities, numbers = [], set[str](), list[Decimal]()
    for piece in _PIECES.finditer(text[:_MOST_DIGITS]):
        rest = (piece["rest"] or "").strip()
        if not piece["rest"]:
            signs.append(piece["sign"])
        elif rest and any(map(str.isdigit, rest)):
            if marks is None:
                number, _, name = rest.partition(" ")
                if not re.fullmatch(r"\d[\d,]*(?:\.\d*)?|\.\d+", number, re.ASCII):
                    raise NotStated(f"“{text.strip()[:40]}” is no amount that can be read")
                found = Amount(Decimal(number.replace(",", "")), name.strip())
            else:
                found = amount_of(rest, marks)
            commodities |= {found.commodity} - {""}
            numbers.append(found.number)
            signs.append(f"numbers[{len(numbers) - 1}]")
        elif rest:
            commodities.add(rest.strip('"'))
    if len(commodities) > 1 or len(text) > _MOST_DIGITS:
        raise NotStated(f"“{text.strip()[:40]}” is no amount that can be read")
    try:
        total = _sum_of(signs, numbers)
    except (Inexact, InvalidOperation, ArithmeticError, IndexError) as error:
        raise NotStated(f"“{text.strip()[:40]}” cannot be worked out exactly") from error
    name = next(iter(commodities), "")
    return f'{total:f} "{name}"' if name and marks is not None else f"{total:f} {name}"


def _sum_of(signs: list[str], numbers: list[Decimal]) -> Decimal:
    """What an expression comes to: sums of products of numbers, signs and brackets, read from the left."""
    place = 0

    def factor() -> Decimal:
        nonlocal place
        sign = signs[place]
        place += 1
        if sign == "(":
            found = total()
            if signs[place] != ")":
                raise ArithmeticError
            place += 1
            return found
        if sign in "+-":
            return -factor() if sign == "-" else factor()
        if sign in ")*/":
            raise ArithmeticError
        return numbers[int(sign[len("numbers[") : -1])]

    def product() -> Decimal:
        nonlocal place
        found = factor()
        while place < len(signs) and signs[place] in "*/":
            sign = signs[place]
            place += 1
            found = EXACT.multiply(found, factor()) if sign == "*" else EXACT.divide(found, factor())
        return found

    def total() -> Decimal:
        nonlocal place
        found = product()
        while place < len(signs) and signs[place] in "+-":
            sign = signs[place]
            place += 1
            found = EXACT.add(found, product()) if sign == "+" else EXACT.subtract(found, product())
        return found

    found = total()
    if place < len(signs):
        raise ArithmeticError
    return found


def _commodity(found: re.Match[str]) -> str:
    return (found["before"] or found["behind"] or "").strip('"')


def _doubtless(number: str) -> str:
    """The decimal mark of a number that leaves no doubt of it; empty of one that does, or has none."""
    marks = [each for each in number if each in ".,"]
    if len(set(marks)) == 2:
        return marks[-1]
    if len(marks) > 1:  # several of one kind part thousands
        return "," if marks[0] == "." else "."
    if len(marks) == 1 and (_GROUPED.fullmatch(number) is None or number.startswith("0")):
        return marks[0]
    return ""
