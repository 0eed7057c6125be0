"""What does `CAST(value AS type)` come to?"""

from decimal import Decimal

from sqlglot import exp

from explorer.eventlog.event import Varying
from explorer.projection.exact import MAX_DIGITS
from explorer.projection.model import NotApplicable
from explorer.projection.sql.errors import Text
from explorer.projection.sql.functions import Function, date, rounded
from explorer.projection.sql.values import Scalar, number, shown, text_of, truth

_NUMBERS = {"DOUBLE", "FLOAT", "BIGDECIMAL"}
_TEXTS = {"TEXT", "VARCHAR", "CHAR", "NVARCHAR", "NCHAR", "UUID"}
_AS_THEY_ARE = {"TIMESTAMP", "TIMESTAMPTZ", "JSON", "TIMESTAMP_NS"}
_BITS = {
    "TINYINT": 8, "SMALLINT": 16, "INT": 32, "BIGINT": 64, "INT128": 128,
    "UTINYINT": 8, "USMALLINT": 16, "UINT": 32, "UBIGINT": 64, "UINT128": 128,
}  # fmt: skip


def cast_to(node: exp.DataType, text: Text) -> Function:
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
    return value.taken_as("number") if isinstance(value, Varying) else number(value)


def _as_text(value: Scalar) -> Scalar:
    return value if isinstance(value, Varying) and value.kind == "text" else text_of(value)


def _decimal(node: exp.DataType, text: Text) -> Function:
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
    room = Decimal(1).scaleb(digits - decimals)

    def function(value: Scalar) -> Scalar:
        found = rounded(value, decimals)
        if found is not None and abs(found) >= room:
            raise NotApplicable(f"{shown(value)} has no room in DECIMAL({digits}, {decimals})")
        return found

    return function


def _whole(kind: str) -> Function:
    """An integer type: rounded half away from zero; what has no room is an error, as in DuckDB."""
    bits = _BITS[kind]
    least, most = (0, 2**bits - 1) if kind.startswith("U") else (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1)
    name = kind.replace("INT128", "HUGEINT")

    def function(value: Scalar) -> Scalar:
        found = rounded(value, 0)
        if found is not None and not least <= found <= most:
            raise NotApplicable(f"{shown(value)} has no room in {name}")
        return found

    return function
