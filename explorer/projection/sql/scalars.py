"""What does an expression of a query come to in one row?"""

import operator
import re
from collections.abc import Callable, Mapping, Sequence

import re2
from sqlglot import exp

from explorer.eventlog.event import instant_of
from explorer.projection.asking import Operation, applied, nothing, operation
from explorer.projection.exact import exact
from explorer.projection.model import NotApplicable
from explorer.projection.sql.columns import SqlNames, path_of
from explorer.projection.sql.functions import FUNCTIONS, Function, cast_to
from explorer.projection.sql.references import EVENT_COLUMNS, types_of
from explorer.projection.sql.values import (
    Scalar,
    both,
    compared,
    either,
    known,
    minus,
    negative,
    opposite,
    ordered,
    plus,
    quotient,
    remainder,
    shown,
    text_of,
    times,
    truth,
    walk,
)

type RowValues = Mapping[str, Mapping[str, Scalar]]  # by source, then by column
type Expression = Callable[[RowValues], Scalar]

_COMPARISONS: dict[type[exp.Expr], Callable[[int], bool]] = {
    exp.EQ: lambda order: order == 0,
    exp.NEQ: lambda order: order != 0,
    exp.LT: lambda order: order < 0,
    exp.LTE: lambda order: order <= 0,
    exp.GT: lambda order: order > 0,
    exp.GTE: lambda order: order >= 0,
}
_ARITHMETIC: dict[type[exp.Expr], Function] = {
    exp.Add: plus,
    exp.Sub: minus,
    exp.Mul: times,
    exp.Div: quotient,
    exp.Mod: remainder,
}
_CALLS: dict[type[exp.Expr], str] = {
    exp.Abs: "ABS", exp.Coalesce: "COALESCE", exp.Concat: "CONCAT", exp.Date: "DATE", exp.Day: "DAY",
    exp.DPipe: "JOINED", exp.Greatest: "GREATEST", exp.Least: "LEAST", exp.Length: "LENGTH", exp.Lower: "LOWER",
    exp.Month: "MONTH", exp.Nullif: "NULLIF", exp.Round: "ROUND", exp.Substring: "SUBSTRING", exp.Trim: "TRIM",
    exp.Upper: "UPPER", exp.Year: "YEAR",
}  # fmt: skip


@operation("instant")
def instant(value: Scalar) -> int | None:
    """The moment that a text means; NULL if it means none."""
    return instant_of(value) if isinstance(known(value), str) else None


class Comparing:
    """Compares two values.

    Attributes:
        holds: What it says of each order: -1, 0 and 1.
    """

    operation: Operation = "order"

    def __init__(self, compare: Callable[[Scalar, Scalar], int | None], test: Callable[[int], bool]) -> None:
        self._compare = compare
        self.holds = tuple(test(order) for order in (-1, 0, 1))

    def __call__(self, left: Scalar, right: Scalar) -> bool | None:
        """Whether it holds; None if one is NULL."""
        order = self._compare(left, right)
        return None if order is None else self.holds[order + 1]


_ARGUMENTS = ("this", "expression", "start", "length", "decimals", "expressions")


class Scope(SqlNames):
    """What the expressions of one SELECT come to."""

    def compile(self, node: exp.Expr) -> Expression:
        """The expression as a function of a row.

        Raises:
            SqlError: It holds what a read model cannot use.
        """
        match node:
            case exp.Paren() | exp.IgnoreNulls():
                return self.compile(node.this)
            case exp.Literal() | exp.Null() | exp.Boolean():
                return _constant(self._literal(node))
            case exp.Column() | exp.Dot() | exp.Bracket() | exp.JSONExtract() | exp.JSONExtractScalar():
                return self._value_at(node)
            case exp.Neg():
                inner = self.compile(node.this)
                return lambda row: applied(negative, inner(row))
            case exp.Case() | exp.If():
                return self._case(node)
            case exp.Cast() | exp.TryCast():
                return self._cast(node)
        condition = self._condition(node)
        if condition is not None:
            return condition
        if isinstance(node, exp.Coalesce):
            return self._coalesce(node)
        call = _ARITHMETIC.get(type(node)) or FUNCTIONS.get(_CALLS.get(type(node), ""))
        if isinstance(node, (exp.TimestampTrunc, exp.DateTrunc)):
            inner, unit = self.compile(node.this), node.args["unit"].name
            return lambda row: applied(FUNCTIONS["DATE_TRUNC"], unit, inner(row))
        if call is None:
            name = node.name if isinstance(node, exp.Anonymous) else node.sql(dialect="duckdb")
            reason = f"“{name[:60]}”: it cannot be used in a read model"
            if isinstance(node, exp.AggFunc):
                reason = f"“{name[:60]}”: aggregates stand only in the SELECT list"
            raise self.text.error(node, reason)
        return _called(call, [self.compile(each) for each in _arguments(node)])

    def _literal(self, node: exp.Literal | exp.Null | exp.Boolean) -> Scalar:
        if not isinstance(node, exp.Literal):
            return bool(node.this) if isinstance(node, exp.Boolean) else None
        text = str(node.this)
        if node.is_string:
            return text
        found = exact(text)
        if found is None:
            raise self.text.error(node, f"{shown(text)} is a number of too many digits")
        return int(text) if text.isdigit() else found

    def _condition(self, node: exp.Expr) -> Expression | None:
        match node:
            case exp.And() | exp.Or():
                left, right = self.compile(node.left), self.compile(node.right)
                join = both if isinstance(node, exp.And) else either
                return lambda row: join(lambda: left(row), lambda: right(row))
            case exp.Not():
                inner = self.compile(node.this)
                return lambda row: opposite(inner(row))
            case exp.Is():
                return self._is(node)
            case exp.NullSafeEQ() | exp.NullSafeNEQ():
                left, right = self.compile(node.left), self.compile(node.right)
                wanted = isinstance(node, exp.NullSafeEQ)
                same = _same if wanted else _not_same
                return lambda row: applied(same, left(row), right(row))
            case exp.Between():
                low, high = node.args["low"], node.args["high"]
                return self.compile(
                    exp.and_(
                        exp.GTE(this=node.this, expression=low), exp.LTE(this=node.this, expression=high)
                    )
                )
            case exp.In() if node.expressions:
                inner = self.compile(node.this)
                choices = [self.compile(each) for each in node.expressions]
                for each in node.expressions:
                    self._take_down(node.this, each)
                return lambda row: applied(among, inner(row), *(choice(row) for choice in choices))
            case exp.Like() | exp.ILike():
                return self._like(node)
        test = _COMPARISONS.get(type(node))
        return self._comparison(node, test) if test is not None and isinstance(node, exp.Binary) else None

    def _comparison(self, node: exp.Binary, test: Callable[[int], bool]) -> Expression:
        left, right = self.compile(node.left), self.compile(node.right)
        for one, other in ((node.left, node.right), (node.right, node.left)):
            self._take_down(one, other)
            if self._is_time(one) and isinstance(other, exp.Literal) and other.is_string:
                if instant_of(other.name) is None:
                    raise self.text.error(
                        other,
                        f"“{other.name:s}” is no time that can be read, such as 2026-01-31 or 2026-01-31T10:15",
                    )
                left, right = _called(instant, [left]), _called(instant, [right])
        return _called(
            Comparing(compared if isinstance(node, (exp.EQ, exp.NEQ)) else ordered, test), [left, right]
        )

    def _is_time(self, node: exp.Expr) -> bool:
        """Whether a node is the event's time: two times compare as such, however each is written."""
        return isinstance(node, exp.Column) and self.origin(node) == ("at",)

    def _take_down(self, column: exp.Expr, value: exp.Expr) -> None:
        if isinstance(column, exp.Column):
            self.references.compare(self.origin(column), value)

    def _is(self, node: exp.Is) -> Expression:
        inner = self.compile(node.this)
        if isinstance(node.expression, exp.Null):
            return lambda row: nothing(inner(row))
        wanted = isinstance(node.expression, exp.Boolean) and bool(node.expression.this)
        return lambda row: truth(inner(row)) is wanted

    def _like(self, node: exp.Binary) -> Expression:
        pattern = node.expression
        if not isinstance(pattern, exp.Literal):
            raise self.text.error(pattern, "LIKE needs a 'pattern' that is written out")
        ends = _ends(pattern.name) if isinstance(node, exp.Like) else None
        if ends is not None:
            return _called(ends, [self.compile(node.this)])
        plain = "".join({"%": "(?s:.*)", "_": "(?s:.)"}.get(sign, re.escape(sign)) for sign in pattern.name)
        search = re2.compile(("(?i)" if isinstance(node, exp.ILike) else "") + plain)

        def like(value: Scalar) -> bool | None:
            text = text_of(value)
            return None if text is None else search.fullmatch(text) is not None

        return _called(like, [self.compile(node.this)])

    def _coalesce(self, node: exp.Coalesce) -> Expression:
        """What is named in it need not be there: the query says what is taken then."""
        with self.references.lenient():
            return _called(FUNCTIONS["COALESCE"], [self.compile(each) for each in _arguments(node)])

    def _case(self, node: exp.Case | exp.If) -> Expression:
        branches = [node] if isinstance(node, exp.If) else node.args["ifs"]
        subject = node.this if isinstance(node, exp.Case) else None
        pairs = []
        for branch in branches:
            test = branch.this if subject is None else exp.EQ(this=subject, expression=branch.this)
            compiled = self.compile(test)
            with self.references.guarded(types_of(test, self.is_type)):
                pairs.append((compiled, self.compile(branch.args["true"])))
        other = node.args.get("false" if isinstance(node, exp.If) else "default")
        default = _constant(None) if other is None else self.compile(other)

        def case(row: RowValues) -> Scalar:
            for test, value in pairs:
                if truth(test(row)):
                    return value(row)
            return default(row)

        return case

    def _cast(self, node: exp.Cast) -> Expression:
        inner, change = self.compile(node.this), cast_to(node.to, self.text)
        if not isinstance(node, exp.TryCast):
            return _called(change, [inner])

        @operation("tried")
        def tried(value: Scalar) -> Scalar:
            try:
                return change(value)
            except NotApplicable:
                return None

        def tried_in(row: RowValues) -> Scalar:
            try:
                value = inner(row)
            except NotApplicable:
                return None
            return applied(tried, value)

        tried.change = change  # type: ignore[attr-defined]
        return tried_in

    # -- columns ---------------------------------------------------------------------------------------------

    def _value_at(self, node: exp.Expr) -> Expression:
        inner, path = path_of(node)
        if inner is not None:
            value = self.compile(inner)
            return lambda row: walk(value(row), path)
        source, column, rest = self.column(node, path)
        origin = self.origin(node)
        if origin is not None and (rest or self.sources[source] is None):
            written = path[1] if len(path) > 1 and path[0] in self.sources else path[0]
            bare = self.sources[source] is None and str(written).lower() not in EVENT_COLUMNS
            self.references.name(node, origin, bare=bare)
        return lambda row: walk(row[source][column], rest)


def _ends(pattern: str) -> Function | None:
    """A pattern that says only what a text begins with, ends with or holds; None if it says more."""
    inner = pattern.strip("%")
    if "%" in inner or "_" in inner or not inner:
        return None
    begins, ends = not pattern.startswith("%"), not pattern.endswith("%")

    def like(value: Scalar) -> bool | None:
        text = text_of(value)
        if text is None:
            return None
        if begins:
            return text == inner if ends else text.startswith(inner)
        return text.endswith(inner) if ends else inner in text

    return like


def _constant(value: Scalar) -> Expression:
    return lambda _row: value


def _called(function: Function, arguments: Sequence[Expression]) -> Expression:
    if len(arguments) == 1:
        only = arguments[0]
        return lambda row: applied(function, only(row))
    if len(arguments) == 2:
        left, right = arguments
        return lambda row: applied(function, left(row), right(row))
    return lambda row: applied(function, *(argument(row) for argument in arguments))


def _arguments(node: exp.Expr) -> list[exp.Expr]:
    found: list[exp.Expr] = []
    for name in _ARGUMENTS:
        value = node.args.get(name)
        found += value if isinstance(value, list) else [value] if isinstance(value, exp.Expr) else []
    return found


def _same(left: Scalar, right: Scalar) -> bool:
    if left is None or right is None:
        return operator.is_(known(left), known(right))
    return compared(left, right) == 0


def _not_same(left: Scalar, right: Scalar) -> bool:
    return not _same(left, right)


@operation("among")
def among(value: Scalar, *choices: Scalar) -> bool | None:
    """`value IN (choices)`."""
    if known(value) is None:
        return None
    orders = [compared(value, choice) for choice in choices]
    return True if 0 in orders else None if None in orders else False
