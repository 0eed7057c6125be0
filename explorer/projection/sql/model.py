"""Which fields does a query have, which of them are money, and which operands does one event give them?"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal, DecimalException
from functools import partial
from typing import Any, Literal

import msgspec
from sqlglot import exp

from explorer.eventlog.event import Event, Joined, Varying
from explorer.projection.asking import Deferred, applied, as_number, key_of, nothing, of_many
from explorer.projection.currencies import names_currency
from explorer.projection.members import KnownLog, Tree, UnknownName
from explorer.projection.model import Effect, Field, FieldUpdate, FoldKind, NotApplicable, Recipe
from explorer.projection.number_style import NumberStyle
from explorer.projection.sql.columns import path_of
from explorer.projection.sql.query_text import QueryText, select_of
from explorer.projection.sql.references import References, types_of
from explorer.projection.sql.scalars import Expression, RowValues, Scope
from explorer.projection.sql.sources import SelectPart, Sources, refuse
from explorer.projection.sql.values import Scalar, negative, number, text_of, truth

WHOLE_LOG = "(whole log)"
_AGGREGATES: dict[type[exp.Expr], FoldKind] = {
    exp.Sum: "sum", exp.Count: "count", exp.Min: "min", exp.Max: "max", exp.Avg: "avg",
    exp.First: "first", exp.AnyValue: "first", exp.Last: "last",
}  # fmt: skip
_COUNTS = (
    "qty",
    "quantity",
    "count",
    "points",
    "units",
    "items",
    "version",
    "minutes",
    "hours",
    "days",
    "bytes",
)
_DEEPEST = 3  # members below the payload in which a currency is looked for
_ALL_KINDS = "sum, count, min, max, first, last and avg"


class _Part(msgspec.Struct, frozen=True):
    """One aggregate: what it takes from a row, if it takes anything."""

    kind: FoldKind
    sign: int
    operand: Expression | None  # None: count(*)
    condition: Expression | None


class SqlModel:
    """A read model written as `SELECT key, aggregate(…), … FROM events GROUP BY key`.

    The aggregates are folds: `sum`, `count`, `min`, `max`, `first`, `last` and `avg`, with FILTER. NULLs are
    ignored, by `first` and `last` too: a deposit that names no owner leaves the owner as it was. Sums may be added
    up and subtracted. Rows whose key is NULL belong to nobody. Every operand is exact.
    """

    ordered = False
    numbers = NumberStyle.PLAIN

    def __init__(
        self, name: str, text: str, beside: Sequence[tuple[str, str]] = (), *, apart: bool = False
    ) -> None:
        """Read the query.

        Args:
            name: What it is called.
            text: The query.
            beside: The names that stand beside the payload, see `bound`.
            apart: Whether the events name currencies. If the query does not, nothing tells what its sums are in.

        Raises:
            SqlError: It cannot be a read model; says what and where.
        """
        self.name = name
        self.recipe = Recipe(name, "sql", text, beside=tuple(beside), apart=apart)
        self._text = QueryText(text)
        select = select_of(text)
        refuse(select, self._text, grouped=True)
        self._references = References(self._text, beside)
        self._branch: SelectPart = Sources(self._text, self._references).branch(select, {})
        keys = self._keys(select)
        with self._references.guarded(self._branch.types):
            self._compile(select, keys)
        fields = self._fields.values()
        untold = apart and self._of == "amounts" and not any(each.of == "currency" for each in fields)
        self.fields: tuple[Field, ...] = tuple(
            msgspec.structs.replace(each, of="untold")
            if untold and each.of == "amounts" and each.adds
            else each
            for each in fields
        )
        self.positioned = "position" in self._references.used
        self.member_names = self._references.member_names

    def bound(self, members: Tree) -> "SqlModel":
        """The model for a log with these members.

        What the query names of the payload, and what stands only beside it there, is taken from there: by a plain name
        from the record or the metadata, by `data.name` from the record. Where events name currencies and the query does
        not, its sums have no total.
        """
        recipe = self.recipe
        plain = SqlModel(self.name, recipe.text) if recipe.beside or recipe.apart else self
        beside = plain._references.bound(members)  # noqa: SLF001 - one of us
        apart = any(has_currency(members.get(root)) for root in ("data", "metadata", "record"))
        return SqlModel(self.name, recipe.text, beside, apart=apart) if beside or apart else plain

    def findings(self, known: KnownLog) -> list[UnknownName]:
        """What the query names and the log does not have; those that make it useless first."""
        return self._references.findings(known)

    def _compile(self, select: exp.Select, keys: dict[str, exp.Expr]) -> None:
        self._key = [self._branch.scope.compile(node) for node in keys.values()]
        self.noun = " / ".join(keys) or "entity"
        self._fields: dict[str, Field] = {}
        self._parts: list[tuple[str, _Part]] = []
        if len(keys) > 1:
            self._fields = {name: _told(name, "last", node) for name, node in keys.items()}
        self._of = of_keys(keys)
        self._composite = list(self._fields)
        for each in select.expressions:
            self._take(each, keys)
        if not self._fields:
            raise self._text.error(select, f"it needs an aggregate: {_ALL_KINDS}")

    def learn(self, names: Sequence[str]) -> None:
        """Nothing: the fields are those of the query."""

    def effects(self, event: Event) -> Sequence[Effect] | None:
        """What the rows of `event` give to which entities; None if it has none.

        Raises:
            NotApplicable: A value is not what the query takes it for.
        """
        try:
            return self._effects(event)
        except DecimalException as error:
            raise NotApplicable("a number gets more digits than any number has") from error

    def _effects(self, event: Event) -> Sequence[Effect] | None:
        found: dict[object, tuple[Any, list[FieldUpdate]]] = {}
        many = of_many()
        for row in self._branch.rows(event):
            entity = self._entity(row)
            if entity is None:
                continue
            _, updates = found.setdefault(_same_entity(entity) if many else entity, (entity, []))
            for name, key in zip(self._composite, self._key, strict=False):
                updates.append(FieldUpdate(name, key(row)))
            for name, part in self._parts:
                operand = Deferred(partial(_operand, part, row)) if many else _operand(part, row)
                if operand is not None:
                    updates.append(FieldUpdate(name, operand))  # type: ignore[arg-type]
        if not found:
            return None
        return [Effect(entity, tuple(updates)) for entity, updates in found.values()]

    def _entity(self, row: RowValues) -> object:
        parts: list[Any] = []
        for key in self._key:
            value = key(row)
            if nothing(value):
                return None
            parts.append(value.taken_as("text") if isinstance(value, Varying) else applied(text_of, value))
        if not parts:
            return WHOLE_LOG
        if len(parts) == 1:
            return parts[0]
        texts = [part for part in parts if isinstance(part, str)]
        return Joined.text(texts) if len(texts) == len(parts) else Joined(tuple(parts))

    # -- reading the query -----------------------------------------------------------------------------------

    def _keys(self, select: exp.Select) -> dict[str, exp.Expr]:
        group = select.args.get("group")
        if group is None:
            return {}
        chosen = list(select.expressions)
        named = {each.alias: each.this for each in chosen if isinstance(each, exp.Alias)}
        if group.args.get("all"):
            plain = [each for each in chosen if not each.find(exp.AggFunc)]
            return {each.alias_or_name: each.unalias() for each in plain}
        if not group.expressions:
            raise self._text.error(select, "GROUP BY takes columns, or ALL")
        keys: dict[str, exp.Expr] = {}
        for node in group.expressions:
            if isinstance(node, exp.Literal) and not node.is_string:
                if not 1 <= int(node.name) <= len(chosen):
                    raise self._text.error(node, f"there is no column {node.name} in the SELECT list")
                each = chosen[int(node.name) - 1]
                keys[each.alias_or_name] = each.unalias()
            elif isinstance(node, exp.Column) and not node.table and node.name in named:
                keys[node.name] = named[node.name]
            else:
                match = next((name for name, inner in named.items() if inner == node), None)
                keys[match or node.name or "key"] = node
        for node in keys.values():
            if node.find(exp.AggFunc):
                raise self._text.error(node, "a key cannot be an aggregate")
        return keys

    def _take(self, each: exp.Expr, keys: dict[str, exp.Expr]) -> None:
        node = each.unalias()
        name = each.alias_or_name
        if any(
            node == key or (isinstance(node, exp.Column) and node.name == known)
            for known, key in keys.items()
        ):
            return
        if isinstance(node, exp.Star):
            raise self._text.error(node, "* has no fold: name the aggregates")
        if not isinstance(each, exp.Alias):
            name = node.sql(dialect="duckdb", normalize_functions="lower")
        if name in self._fields:
            raise self._text.error(each, f"there are two columns “{name}”")
        inner, nullable = _without_default(node)
        parts = list(self._sums(inner, 1))
        kinds = {part.kind for part in parts}
        if len(parts) > 1 and kinds - {"sum", "count"}:
            raise self._text.error(inner, "only sums and counts can be added up")
        kind: FoldKind = "sum" if len(parts) > 1 else parts[0].kind
        if kinds == {"count"}:
            nullable = False  # how many there are, or how many more, is never nothing
        if kind == "count":
            plain = parts[0].operand is None and parts[0].condition is None and self._branch.alone
            kind = "count" if plain else "sum"
        if not nullable and kind not in {"sum", "count"}:
            raise self._text.error(node, f"only a sum can be 0 from the beginning, not {kind}")
        if kind == "sum":
            of = "numbers" if kinds == {"count"} or in_one_currency([inner]) or counts(inner) else self._of
            self._fields[name] = Field(name, kind, nullable=nullable, of=of)
        else:
            self._fields[name] = _told(name, kind, inner)
        if kind != "count":
            self._parts += [(name, part) for part in parts]

    def _sums(self, node: exp.Expr, sign: int) -> "list[_Part]":
        """The aggregates that are added up."""
        match node:
            case exp.Paren():
                return self._sums(node.this, sign)
            case exp.Add():
                return [*self._sums(node.left, sign), *self._sums(node.right, sign)]
            case exp.Sub():
                return [*self._sums(node.left, sign), *self._sums(node.right, -sign)]
            case exp.Neg():
                return self._sums(node.this, -sign)
            case exp.Coalesce() if not _without_default(node)[1]:
                return self._sums(node.this, sign)
        condition = types = None
        inner = node
        if isinstance(inner, exp.Filter):
            where = inner.expression.this
            condition, types = self._compiled(where), types_of(where, self._branch.scope.is_type)
            inner = inner.this
        while isinstance(inner, exp.IgnoreNulls):
            inner = inner.this
        kind = _AGGREGATES.get(type(inner))
        if kind is None:
            what = (
                "an aggregate that has no fold"
                if isinstance(inner, exp.AggFunc)
                else "neither a key nor an aggregate"
            )
            raise self._text.error(
                node, f"“{node.sql(dialect='duckdb')[:60]}” is {what}; there are {_ALL_KINDS}"
            )
        if inner.find(exp.Distinct, exp.Order):
            raise self._text.error(
                node, "DISTINCT and ORDER BY need all events at once; events come in log order"
            )
        star = kind == "count" and (inner.this is None or isinstance(inner.this, exp.Star))
        with self._references.guarded(types):
            return [_Part(kind, sign, None if star else self._compiled(inner.this), condition)]

    def _compiled(self, node: exp.Expr) -> Expression:
        scope: Scope = self._branch.scope
        return scope.compile(node)


def _same_entity(entity: object) -> object:
    """What tells whether a name, or what stands for one, is the same one."""
    if isinstance(entity, Joined):
        return tuple(map(key_of, entity.parts))
    return key_of(entity)


def _operand(part: _Part, row: RowValues) -> Scalar:
    """What an aggregate takes from a row; None if nothing."""
    if part.condition is not None and not truth(part.condition(row)):
        return None
    if part.operand is None:
        return part.sign
    value = part.operand(row)
    if nothing(value):
        return None
    if part.kind == "count":
        return part.sign
    if part.kind in {"sum", "avg"}:
        if part.sign < 0:
            return applied(negative, value)
        return as_number(value) if isinstance(value, Varying) else applied(number, value)
    if isinstance(value, Joined) or (part.kind in {"min", "max"} and isinstance(value, (list, dict))):
        raise NotApplicable("a list or an object is neither least nor greatest")
    return value


def _told(name: str, kind: FoldKind, node: exp.Expr) -> Field:
    """A key or an aggregate that does not add up."""
    aggregate = node
    while isinstance(aggregate, (exp.Paren, exp.Filter, exp.IgnoreNulls, *_AGGREGATES)):
        aggregate = aggregate.this
    tells = isinstance(aggregate, exp.Expr) and is_currency(name, aggregate)
    return Field(name, kind, of="currency" if tells else "amounts")


def _without_default(node: exp.Expr) -> tuple[exp.Expr, bool]:
    """A sum without its `coalesce(…, 0)`, and whether it had none."""
    if isinstance(node, exp.Coalesce) and len(node.expressions) == 1:
        other = node.expressions[0]
        if isinstance(other, exp.Literal) and not other.is_string and Decimal(other.name) == 0:
            return node.this, False
    return node, True


type Of = Literal["amounts", "amounts of the entity", "untold", "numbers", "mixed", "currency"]


def of_keys(keys: Mapping[str, exp.Expr]) -> Of:
    """What the sums of a query with these keys are of, if nothing else is said of them."""
    if any(is_currency(name, node) for name, node in keys.items()):
        return "amounts of the entity" if len(keys) == 1 else "amounts"
    return "mixed" if any(map(_mentions, keys.values())) else "amounts"


def is_currency(name: str, node: exp.Expr) -> bool:
    """Whether a column of the answer, called `name`, is just the currency that an event names."""
    inner, path = path_of(node)
    return names_currency(name) or (inner is None and names_currency(str(path[-1])))


def in_one_currency(parts: Iterable[exp.Expr]) -> bool:
    """Whether what is added up is chosen by its currency: `CASE data.currency WHEN 'EUR' THEN …`."""
    for part in parts:
        for node in part.walk():
            if isinstance(node, (exp.EQ, exp.In)):
                sides = (
                    [node.this, *node.expressions] if isinstance(node, exp.In) else [node.left, node.right]
                )
                if any(map(_mentions, sides)) and any(isinstance(side, exp.Literal) for side in sides):
                    return True
            if isinstance(node, exp.Case) and node.this is not None and _mentions(node.this):
                return True
    return False


def counts(node: exp.Expr) -> bool:
    """Whether what is added up is no money by its names: `data.qty`, or `1` under some condition."""
    names = set()
    for each in node.walk(prune=lambda inner: isinstance(inner, (exp.EQ, exp.In))):
        if isinstance(each, (exp.Column, exp.Dot, exp.JSONExtract)):
            names.add(str(path_of(each)[1][-1]).lower())
    return all(name == "type" or name.endswith(_COUNTS) for name in names)


def has_currency(tree: Tree | None, depth: int = 0) -> bool:
    """Whether a member is called like a currency, or one a little below."""
    if not tree or depth > _DEEPEST:
        return False
    return any(names_currency(name) or has_currency(below, depth + 1) for name, below in tree.items())


def _mentions(node: exp.Expr) -> bool:
    return any(names_currency(each.name) for each in node.find_all(exp.Identifier, exp.JSONPathKey))
