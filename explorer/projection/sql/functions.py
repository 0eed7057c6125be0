"""Which scalar functions may a read model in SQL use, and what does `CAST(value AS type)` come to?"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal

from sqlglot import exp

from explorer.eventlog.event import Varying
from explorer.projection.asking import Operation, as_number, nothing, operation
from explorer.projection.exact import EXACT, MAX_DIGITS, Exact
from explorer.projection.model import NotApplicable
from explorer.projection.sql.query_text import QueryText
from explorer.projection.sql.values import Scalar, compared, known, number, ordered, shown, text_of, truth

type Function = Callable[..., Scalar]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def _coalesce(*values: Scalar) -> Scalar:
    return next((value for value in values if not nothing(value)), None)


def _nullif(left: Scalar, right: Scalar) -> Scalar:
    return None if compared(left, right) == 0 else left


def _of_text(change: Callable[[str], Scalar]) -> Function:
    def function(value: Scalar) -> Scalar:
        text = text_of(value)
        return None if text is None else change(text)

    return function


def _concat(*values: Scalar) -> str:
    return "".join(text_of(value) or "" for value in values)


def _joined(*values: Scalar) -> str | None:
    texts = [text_of(value) for value in values]
    return None if None in texts else "".join(str(text) for text in texts)


def _substring(value: Scalar, start: Scalar, length: Scalar = None) -> str | None:
    text, begin = text_of(value), number(start)
    if text is None or begin is None:
        return None
    first = int(begin) - 1 if begin > 0 else max(len(text) + int(begin), 0) if begin < 0 else 0
    size = number(length)
    return text[first:] if size is None else text[first : first + max(int(size), 0)]


@operation("absolute")
def _absolute(value: Scalar) -> Scalar:
    found = number(value)
    return None if found is None else abs(found) if isinstance(found, int) else found.copy_abs()


@operation("rounded")
def rounded(value: Scalar, decimals: Scalar = 0) -> Scalar:
    """`round(value, decimals)`: half away from zero, as DuckDB rounds decimals.

    Raises:
        NotApplicable: It is no number, or it would get more digits than any number has.
    """
    found, places = number(value), number(decimals)
    if found is None or places is None:
        return None
    if not -MAX_DIGITS <= places <= MAX_DIGITS:
        raise NotApplicable(f"there is no number with {shown(decimals)} decimals")
    wide = Context(prec=EXACT.prec, rounding=ROUND_HALF_UP, Emin=EXACT.Emin, Emax=EXACT.Emax)
    near = Decimal(found).quantize(Decimal(1).scaleb(-int(places)), context=wide)
    return int(near) if places <= 0 else near


def _extreme(sign: int) -> Function:
    def function(*values: Scalar) -> Scalar:
        best: Scalar = None
        for value in values:
            if known(value) is not None and (best is None or ordered(value, best) == sign):
                best = value
        return best

    return function


def _moment(value: Scalar) -> datetime | None:
    """A time in ISO 8601, or in seconds since 1970, in UTC."""
    if known(value) is None:
        return None
    try:
        if isinstance(value, (int, Decimal)):
            return _EPOCH + timedelta(seconds=float(value))  # the day is wanted, not the last digit
        moment = datetime.fromisoformat(str(value))
    except (ValueError, OverflowError) as error:
        raise NotApplicable(f"{shown(value)} is not a time") from error
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _of_time(take: Callable[[datetime], Scalar]) -> Function:
    @operation("hourly")
    def function(value: Scalar) -> Scalar:
        moment = _moment(value)
        return None if moment is None else take(moment)

    return function


date = _of_time(lambda moment: moment.date().isoformat())


@operation("hourly")
def _trunc(unit: Scalar, value: Scalar) -> Scalar:
    moment = _moment(value)
    if moment is None:
        return None
    day = moment.date()
    match str(unit).lower():
        case "year":
            return day.replace(month=1, day=1).isoformat()
        case "quarter":
            return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1).isoformat()
        case "month":
            return day.replace(day=1).isoformat()
        case "week":
            return (day - timedelta(days=day.weekday())).isoformat()
        case "hour":
            return moment.strftime("%Y-%m-%dT%H:00")
        case _:
            return day.isoformat()


FUNCTIONS: dict[str, Function] = {
    "ABS": _absolute,
    "COALESCE": _coalesce,
    "CONCAT": _concat,
    "DATE": date,
    "DAY": _of_time(lambda moment: moment.day),
    "DATE_TRUNC": _trunc,
    "GREATEST": _extreme(1),
    "IFNULL": _coalesce,
    "JOINED": _joined,
    "LEAST": _extreme(-1),
    "LENGTH": _of_text(len),
    "LOWER": _of_text(str.lower),
    "MONTH": _of_time(lambda moment: moment.month),
    "NULLIF": _nullif,
    "ROUND": rounded,
    "SUBSTRING": _substring,
    "TRIM": _of_text(str.strip),
    "UPPER": _of_text(str.upper),
    "YEAR": _of_time(lambda moment: moment.year),
}


_NUMBERS = {"DOUBLE", "FLOAT", "BIGDECIMAL"}
_TEXTS = {"TEXT", "VARCHAR", "CHAR", "NVARCHAR", "NCHAR", "UUID"}
_AS_THEY_ARE = {"TIMESTAMP", "TIMESTAMPTZ", "JSON", "TIMESTAMP_NS"}
_BITS = {
    "TINYINT": 8, "SMALLINT": 16, "INT": 32, "BIGINT": 64, "INT128": 128,
    "UTINYINT": 8, "USMALLINT": 16, "UINT": 32, "UBIGINT": 64, "UINT128": 128,
}  # fmt: skip


def cast_to(node: exp.DataType, text: QueryText) -> Function:
    """The function that makes values of the type `node`.

    Raises:
        SqlError: There is no such type here.
    """
    kind = node.this.name
    if kind == "DECIMAL" and node.expressions:
        return _decimal(node, text)
    if kind == "DECIMAL" or kind in _NUMBERS:
        return _as_number
    if kind in _BITS:
        return _whole(kind)
    if kind in _TEXTS:
        return _as_text
    if kind in _AS_THEY_ARE:
        return lambda value: value
    if kind == "DATE":
        return date
    if kind == "BOOLEAN":
        return truth
    raise text.error(node, f"there is no CAST to {kind} here")


def _as_number(value: Scalar) -> Scalar:
    """The number that is stated, with all its digits."""
    return as_number(value) if isinstance(value, Varying) else number(value)


def _as_text(value: Scalar) -> Scalar:
    return value if isinstance(value, Varying) and value.kind == "text" else text_of(value)


def _decimal(node: exp.DataType, text: QueryText) -> Function:
    """`DECIMAL(digits, decimals)`: rounded half away from zero as DuckDB does; what has no room is an error."""
    said = [each.name for each in node.expressions]
    if not all(each.isdecimal() for each in said) or not 1 <= len(said) <= 2:
        raise text.error(node, "DECIMAL takes how many digits, and how many of them are decimals")
    digits, decimals = (*map(int, said), 0)[:2]
    if not decimals <= digits <= MAX_DIGITS or not digits:
        raise text.error(
            node,
            f"DECIMAL({', '.join(said)}): there are 1 to {MAX_DIGITS:,} digits, and no more decimals than that",
        )
    most = Decimal(10**digits - 1).scaleb(-decimals)
    return _Rounding(decimals, -most, most, f"DECIMAL({digits}, {decimals})")


def _whole(kind: str) -> Function:
    """An integer type: rounded half away from zero; what has no room is an error, as in DuckDB."""
    bits = _BITS[kind]
    least, most = (0, 2**bits - 1) if kind.startswith("U") else (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1)
    return _Rounding(0, least, most, kind.replace("INT128", "HUGEINT"))


class _Rounding:
    """Rounds half away from zero; what has no room is an error.

    Attributes:
        decimals: How many are kept.
        least, most: What there is room for.
    """

    operation: Operation = "rounded"

    def __init__(self, decimals: int, least: Exact, most: Exact, name: str) -> None:
        self.decimals = decimals
        self.least, self.most = least, most
        self._name = name

    def __call__(self, value: Scalar) -> Scalar:
        found = rounded(value, self.decimals)
        if found is not None and not self.least <= found <= self.most:
            raise NotApplicable(f"{shown(value)} has no room in {self._name}")
        return found
