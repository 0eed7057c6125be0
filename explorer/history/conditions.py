"""What does a condition over the state, such as `balance < 0 and status = 'open'`, say?"""

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Literal

import msgspec

from explorer.projection.model import Field

type Operator = Literal["<", "<=", ">", ">=", "=", "<>"]
type Literals = Decimal | str | bool | None


class ConditionError(ValueError):
    """A condition that cannot be used; `str()` is the sentence for the person."""


class Comparison(msgspec.Struct, frozen=True):
    """One field against one value; `key` picks one line of a field that is kept by key (`balance.EUR`).

    Against None, `=` asks whether there is no value. With anything else, no value is never true.
    """

    field: Field
    operator: Operator
    value: Literals
    key: str | None = None


class Both(msgspec.Struct, frozen=True):
    """All of the parts hold."""

    parts: tuple["Condition", ...]


class Either(msgspec.Struct, frozen=True):
    """One of the parts holds."""

    parts: tuple["Condition", ...]


class Not(msgspec.Struct, frozen=True):
    """The part does not hold."""

    part: "Condition"


type Condition = Comparison | Both | Either | Not

_TURNED: dict[Operator, Operator] = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "<>": "<>"}


def parse_condition(text: str, fields: Sequence[Field]) -> Condition:
    """Read a condition in SQL's notation.

    Raises:
        ConditionError: It is none, or names a field that there is not.
    """
    import sqlglot
    from sqlglot import errors, exp

    try:
        tree = sqlglot.parse_one(f"SELECT 1 WHERE {text}", read="duckdb")
    except (errors.ParseError, errors.TokenError, RecursionError) as error:
        details = getattr(error, "errors", None) or [{}]
        column = (details[0].get("col") or 0) - len("SELECT 1 WHERE ")
        place = f" at column {column}" if column > 0 else ""
        raise ConditionError(
            f"“{text}” is not a condition such as balance < 0: it cannot be read{place}"
        ) from error
    where = tree.args.get("where") if isinstance(tree, exp.Select) else None
    if where is None or len([part for part in tree.args.values() if part]) > 2:
        raise ConditionError(f"“{text}” is not a condition such as balance < 0")
    return _Reader(text, {field.name: field for field in fields if not field.hidden}).condition(where.this)


class _Reader:
    def __init__(self, text: str, fields: dict[str, Field]) -> None:
        self._text = text
        self._fields = fields

    def condition(self, node: object) -> Condition:
        from sqlglot import exp

        match node:
            case exp.Paren():
                return self.condition(node.this)
            case exp.And():
                return Both((self.condition(node.left), self.condition(node.right)))
            case exp.Or():
                return Either((self.condition(node.left), self.condition(node.right)))
            case exp.Not():
                return Not(self.condition(node.this))
            case exp.Is():
                return self._comparison(node.left, "=", node.right)
            case exp.Between():
                low = self._comparison(node.this, ">=", node.args["low"])
                return Both((low, self._comparison(node.this, "<=", node.args["high"])))
            case exp.In() if node.expressions:
                return Either(tuple(self._comparison(node.this, "=", each) for each in node.expressions))
        operators: dict[type, Operator] = {
            exp.LT: "<", exp.LTE: "<=", exp.GT: ">", exp.GTE: ">=", exp.EQ: "=", exp.NEQ: "<>",
        }  # fmt: skip
        operator = operators.get(type(node))
        if operator is None or not isinstance(node, exp.Binary):
            raise ConditionError(f"“{self._text}”: only comparisons of a field with a value, and, or, not")
        if isinstance(node.right, (exp.Column, exp.Dot)) and not isinstance(node.left, (exp.Column, exp.Dot)):
            return self._comparison(node.right, _TURNED[operator], node.left)
        return self._comparison(node.left, operator, node.right)

    def _comparison(self, column: object, operator: Operator, value: object) -> Comparison:
        from sqlglot import exp

        if not isinstance(column, exp.Column):
            raise ConditionError(f"“{self._text}”: one side of each comparison must be a field")
        name, key = (column.table, column.name) if column.table else (column.name, None)
        field = self._fields.get(name)
        if field is None or (key is not None and field.keyed_by is None):
            known = ", ".join(self._fields)
            raise ConditionError(f"“{self._text}”: there is no field “{name}”; there are {known}")
        return Comparison(field, operator, self._value(value), key)

    def _value(self, node: object) -> Literals:
        from sqlglot import exp

        match node:
            case exp.Null():
                return None
            case exp.Boolean():
                return bool(node.this)
            case exp.Literal() if node.is_string:
                return str(node.this)
            case exp.Literal():
                try:
                    return Decimal(node.this)
                except InvalidOperation as error:
                    raise ConditionError(f"“{self._text}”: {node.this} is not a number") from error
            case exp.Neg():
                inner = self._value(node.this)
                if isinstance(inner, Decimal):
                    return inner.copy_negate()
        raise ConditionError(f"“{self._text}”: a field is compared with a number or a 'text'")
