"""What does a condition over the state, such as `balance < 0 and status = 'open'`, say?"""

from collections.abc import Collection, Sequence
from decimal import Decimal, InvalidOperation
from typing import Literal

import msgspec

from explorer.language import tr
from explorer.projection.model import Field

type Operator = Literal["<", "<=", ">", ">=", "=", "<>"]
type Literals = Decimal | str | bool | None


class ConditionError(ValueError):
    """A condition that cannot be used; `str()` is the sentence for the person.

    Attributes:
        start, stop: Which characters of the text are at fault, half-open.
    """

    def __init__(self, sentence: str, start: int, stop: int) -> None:
        super().__init__(sentence)
        self.start, self.stop = start, stop


class Comparison(msgspec.Struct, frozen=True):
    """One field against one value.

    Against None, `=` asks whether there is no value. With anything else, no value is never true.

    Attributes:
        field: Which field; `ENTITY` for the entity's own name, `KIND` for its kind.
        operator, value: How it must stand to what.
        key: Picks one line of a field that is kept by key (`balance.EUR`).
        path: Leads into a nested value (`address.city`).
    """

    field: Field
    operator: Operator
    value: Literals
    key: str | None = None
    path: tuple[str, ...] = ()

    @property
    def is_entity(self) -> bool:
        """Whether it is the entity's own name, or its kind, that is compared: what no event changes."""
        return self.field in {ENTITY, KIND}


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

ENTITY = Field("", "first")  # stands for the entity's own name, which is no field
KIND = Field("(kind)", "first")  # stands for the entity's kind
_SELECT = "SELECT 1 WHERE "
_TURNED: dict[Operator, Operator] = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "<>": "<>"}
_OPPOSITE: dict[Operator, Operator] = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "=": "<>", "<>": "="}


def parse_condition(
    text: str, fields: Sequence[Field], *, nested: Collection[str] = (), noun: str = "", kinds: bool = False
) -> Condition:
    """Read a condition in SQL's notation.

    Args:
        text: The condition.
        fields: The fields that there are.
        nested: The names of those whose values have parts: `address.city`.
        noun: What the entity's own name may be called, unless a field is called so.
        kinds: Whether entities have kinds, so that `kind = 'Order'` may be asked, unless a field is called so.

    Raises:
        ConditionError: It is none, or names a field that there is not.
    """
    import sqlglot
    from sqlglot import errors, exp

    try:
        tree = sqlglot.parse_one(_SELECT + text, read="duckdb")
    except (errors.ParseError, errors.TokenError, RecursionError) as error:
        details = (getattr(error, "errors", None) or [{}])[0]
        stop = (details.get("col") or 0) - len(_SELECT) if details.get("line") == 1 else 0
        start = max(stop - len(details.get("highlight") or " "), 0) if stop > 0 else 0
        said = (
            tr("“{text}” is not a condition such as balance < 0: it cannot be read at column {column}")
            if stop > 0
            else tr("“{text}” is not a condition such as balance < 0: it cannot be read")
        )
        said = said.format(text=text, column=stop)
        raise ConditionError(said, start, stop if stop > 0 else len(text)) from error
    where = tree.args.get("where") if isinstance(tree, exp.Select) else None
    if where is None or len([part for part in tree.args.values() if part]) > 2:
        said = tr("“{text}” is not a condition such as balance < 0").format(text=text)
        raise ConditionError(said, 0, len(text))
    known = {field.name: field for field in fields if not field.hidden}
    if noun:
        known.setdefault(noun, ENTITY)
    if kinds:
        known.setdefault("kind", KIND)
    return _Reader(text, known, nested).condition(where.this)


def comparisons(condition: Condition) -> list[Comparison]:
    """Every comparison of which `condition` is made."""
    match condition:
        case Comparison():
            return [condition]
        case Not():
            return comparisons(condition.part)
        case _:
            return [found for part in condition.parts for found in comparisons(part)]


def opposite(condition: Condition) -> Condition:
    """What holds where `condition` is definitely false: as in SQL's CHECK, no value breaks no rule."""
    match condition:
        case Both():
            return Either(tuple(opposite(part) for part in condition.parts))
        case Either():
            return Both(tuple(opposite(part) for part in condition.parts))
        case Not():
            return condition.part
        case _:
            return Comparison(
                condition.field, _OPPOSITE[condition.operator], condition.value, condition.key, condition.path
            )


class _Reader:
    def __init__(self, text: str, fields: dict[str, Field], nested: Collection[str]) -> None:
        self._text = text
        self._fields = fields
        self._nested = nested

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
            raise self._error(tr("only comparisons of a field with a value, and, or, not"), node)
        if isinstance(node.right, (exp.Column, exp.Dot)) and not isinstance(node.left, (exp.Column, exp.Dot)):
            return self._comparison(node.right, _TURNED[operator], node.left)
        return self._comparison(node.left, operator, node.right)

    def _comparison(self, column: object, operator: Operator, value: object) -> Comparison:
        from sqlglot import exp

        if not isinstance(column, (exp.Column, exp.Dot)):
            raise self._error(tr("one side of each comparison must be a field"), column)
        name, *path = (part.name for part in column.parts)
        for count in range(len(path), 0, -1):  # a field may have points in its name
            if (whole := ".".join([name, *path[:count]])) in self._fields:
                name, path = whole, path[count:]
                break
        field = self._fields.get(name)
        keyed = field is not None and field.keyed_by is not None and len(path) == 1
        if field is None or (path and not keyed and name not in self._nested):
            known = ", ".join(self._fields)
            said = tr("there is no field “{name}”; there are {known}")
            raise self._error(said.format(name=".".join([name, *path]), known=known), column)
        if keyed:
            return Comparison(field, operator, self._value(value), path[0])
        return Comparison(field, operator, self._value(value), path=tuple(path))

    def _value(self, node: object) -> Literals:
        from sqlglot import exp

        match node:
            case exp.Null():
                return None
            case exp.Boolean():
                return bool(node.this)
            case exp.Literal() if node.is_string:
                return str(node.this)
            case exp.Column() if (
                node.this.args.get("quoted") and not node.table and node.name not in self._fields
            ):
                return str(node.name)  # "open" for 'open': people write both
            case exp.Literal():
                try:
                    return Decimal(node.this)
                except InvalidOperation as error:
                    said = tr("{text} is not a number").format(text=node.this)
                    raise self._error(said, node) from error
            case exp.Neg():
                inner = self._value(node.this)
                if isinstance(inner, Decimal):
                    return inner.copy_negate()
        raise self._error(tr("a field is compared with a number or a 'text'"), node)

    def _error(self, sentence: str, node: object) -> ConditionError:
        """What is wrong, and where, as far as the parser has kept the place."""
        from sqlglot import exp

        names = list(node.find_all(exp.Identifier)) if isinstance(node, exp.Expression) else []
        places = [name.meta for name in names if "start" in name.meta]
        start = min((place["start"] for place in places), default=len(_SELECT)) - len(_SELECT)
        stop = max((place["end"] + 1 for place in places), default=len(_SELECT + self._text)) - len(_SELECT)
        return ConditionError(f"“{self._text}”: {sentence}", start, stop)
