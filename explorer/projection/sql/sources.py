"""Which rows does the FROM of a query make of one event?"""

from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from typing import NamedTuple

from sqlglot import exp

from explorer.eventlog.event import Event, Varies, Varying
from explorer.projection.members import ITEMS
from explorer.projection.sql.query_text import QueryText
from explorer.projection.sql.references import Path, References, types_of
from explorer.projection.sql.scalars import Expression, RowValues, Scope
from explorer.projection.sql.values import Scalar, known, truth

type ColumnValues = Mapping[str, Scalar]


class SelectPart:
    """One SELECT: its scope, and the rows that one event gives it."""

    def __init__(
        self,
        scope: Scope,
        rows: Callable[[Event], Iterator[RowValues]],
        alone: bool,
        types: frozenset[str] | None,
    ) -> None:
        self.scope = scope
        self.rows = rows
        self.alone = alone  # an event gives it one row at most
        self.types = types  # of the only events that give it rows, if it says so


class _Rows(NamedTuple):
    """A query without aggregates.

    Attributes:
        names: Of its columns.
        feed: The rows that an event gives it, as tuples.
        alone: Whether that is one at most.
        origins: Where in an event stands what a column is; None if that is computed.
    """

    names: list[str]
    feed: Callable[[Event], Iterator[tuple[Scalar, ...]]]
    alone: bool
    origins: list[Path | None]


class Sources:
    """Compiles what stands in FROM, and takes down what is named there."""

    def __init__(self, text: QueryText, references: References) -> None:
        self._text = text
        self._references = references

    def branch(self, select: exp.Select, given: Mapping[str, exp.Expr]) -> SelectPart:
        """The sources of `select`; `given` are the queries that a WITH has named.

        Raises:
            SqlError: They cannot be used.
        """
        given = {**given, **_named(select)}
        found = select.args.get("from_") or select.args.get("from")
        if found is None:
            raise self._text.error(select, "it must say FROM events")
        name, columns, feed, alone, origins = self._source(found.this, given)
        sources: dict[str, frozenset[str] | None] = {name: columns}
        unnests: list[tuple[str, str, Expression]] = []
        for join in select.args.get("joins") or ():
            scope = Scope(self._text, dict(sources), dict(origins), self._references)
            alias, column, values, origin = self._unnest(join, scope)
            sources[alias] = frozenset({column, alias})
            unnests.append((alias, column, values))
            if origin is not None:
                origins |= dict.fromkeys([(alias, column), (alias, alias)], (*origin, ITEMS))
        scope = Scope(self._text, sources, origins, self._references)
        where = select.args.get("where")
        condition = None if where is None else scope.compile(where.this)

        def rows(event: Event) -> Iterator[RowValues]:
            for each in feed(event):
                for row in _unnested({name: each}, unnests):
                    if condition is None or truth(condition(row)):
                        yield row

        types = None if where is None else types_of(where.this, scope.is_type)
        return SelectPart(scope, rows, alone and not unnests, types)

    def _source(
        self, node: exp.Expr, given: Mapping[str, exp.Expr]
    ) -> tuple[
        str,
        frozenset[str] | None,
        Callable[[Event], Iterator[ColumnValues]],
        bool,
        dict[tuple[str, str], Path],
    ]:
        alias = node.alias_or_name
        match node:
            case exp.Table() if node.name.lower() == "events" and "events" not in given:
                return alias, None, lambda event: iter((_of_event(event),)), True, {}
            case exp.Table() if node.name in given:
                inner = {name: query for name, query in given.items() if name != node.name}
                return alias, *self._named_rows(alias, given[node.name], inner)
            case exp.Table():
                raise self._text.error(node, f"there is no table “{node.name}”; there is events")
            case exp.Subquery():
                alias = alias or "(subquery)"
                return alias, *self._named_rows(alias, node.this, given)
        raise self._text.error(node, "FROM takes events, a subquery or a name from WITH")

    def _query(self, node: exp.Expr, given: Mapping[str, exp.Expr]) -> _Rows:
        if isinstance(node, exp.Subquery):
            return self._query(node.this, given)
        if isinstance(node, exp.Union):
            if node.args.get("distinct"):
                raise self._text.error(node.expression, "UNION would drop events that are alike: UNION ALL")
            given = {**given, **_named(node)}
            left, right = self._query(node.left, given), self._query(node.right, given)
            if len(left.names) != len(right.names):
                raise self._text.error(node.right, "both sides of UNION ALL need as many columns")
            pairs = zip(left.origins, right.origins, strict=True)
            return _Rows(
                left.names,
                lambda event: chain(left.feed(event), right.feed(event)),
                False,
                [one if one == other else None for one, other in pairs],
            )
        if not isinstance(node, exp.Select):
            raise self._text.error(node, "it must be a SELECT")
        refuse(node, self._text, grouped=False)
        branch = self.branch(node, given)
        columns = []
        for each in node.expressions:
            inner = each.unalias()
            if isinstance(inner, exp.Star):
                raise self._text.error(each, "name the columns: an event may have any")
            if isinstance(inner, exp.Explode):
                raise self._text.error(each, "write FROM events, unnest(…) AS item instead")
            with self._references.guarded(branch.types):
                columns.append(branch.scope.compile(inner))

        def feed(event: Event) -> Iterator[tuple[Scalar, ...]]:
            for row in branch.rows(event):
                yield tuple([column(row) for column in columns])

        names = [each.alias_or_name for each in node.expressions]
        origins = [branch.scope.origin(each.unalias()) for each in node.expressions]
        return _Rows(names, feed, branch.alone, origins)

    def _named_rows(
        self, alias: str, node: exp.Expr, given: Mapping[str, exp.Expr]
    ) -> tuple[frozenset[str], Callable[[Event], Iterator[ColumnValues]], bool, dict[tuple[str, str], Path]]:
        names, feed, alone, origins = self._query(node, given)
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice is not None or "" in names:
            raise self._text.error(
                node,
                f"there are two columns “{twice}”" if twice else "each column needs a name: write … AS name",
            )
        return (
            frozenset(names),
            lambda event: (dict(zip(names, row, strict=True)) for row in feed(event)),
            alone,
            {
                (alias, name): origin
                for name, origin in zip(names, origins, strict=True)
                if origin is not None
            },
        )

    def _unnest(self, join: exp.Join, scope: Scope) -> tuple[str, str, Expression, Path | None]:
        node = join.this
        alias = node.args.get("alias")
        unnest = node.this if isinstance(node, exp.Lateral) else node
        if not isinstance(unnest, exp.Unnest) or len(unnest.expressions) != 1 or join.args.get("on"):
            raise self._text.error(
                node, "an event is joined with nothing but its own lists: unnest(…) AS item"
            )
        if alias is None or not alias.name:
            raise self._text.error(node, "what is unnested needs a name: unnest(…) AS item")
        columns = alias.args.get("columns") or [alias.this]
        values = unnest.expressions[0]
        return alias.name, columns[0].name, scope.compile(values), scope.origin(values)


def refuse(select: exp.Select, text: QueryText, *, grouped: bool) -> None:
    """Say which clauses a read model has no use for.

    Raises:
        SqlError: One of them is there.
    """
    words = {
        "having": "HAVING would hide entities: use find, or filter the table",
        "order": "ORDER BY is not needed: the table sorts by any column",
        "limit": "LIMIT would hide entities",
        "offset": "OFFSET would hide entities",
        "distinct": "DISTINCT needs all events at once; an event is taken one at a time",
        "qualify": "QUALIFY needs all events at once; an event is taken one at a time",
        "windows": "windows need all events at once; an event is taken one at a time",
    }
    if not grouped:
        words["group"] = "only the outermost SELECT may GROUP BY"
    for name, reason in words.items():
        found = select.args.get(name)
        if found:
            node = found[0] if isinstance(found, list) else found
            raise text.error(node if any("start" in each.meta for each in node.walk()) else select, reason)


def _named(node: exp.Expr) -> dict[str, exp.Expr]:
    with_ = node.args.get("with_") or node.args.get("with")
    return {each.alias: each.this for each in with_.expressions} if with_ is not None else {}


def _unnested(row: RowValues, unnests: list[tuple[str, str, Expression]]) -> Iterator[RowValues]:
    if not unnests:
        yield row
        return
    (alias, column, values), rest = unnests[0], unnests[1:]
    items = known(values(row))
    for item in items if isinstance(items, list) else ():
        yield from _unnested({**row, alias: {column: item, alias: item}}, rest)


class _OfEvent(dict[str, Scalar]):
    """The columns of an event; of many events at once (`position` 0) some cannot be told."""

    def __missing__(self, name: str) -> Scalar:
        if name.lower() in self:
            return self[name.lower()]
        raise Varies


def _of_event(event: Event) -> ColumnValues:
    columns = _OfEvent(
        type=event.type,
        at=event.at,
        entity=event.entity,
        data=event.data,
        metadata=event.metadata,
        record=event.record,
    )
    position: object = event.position
    if isinstance(position, Varying):
        columns.update(position=position)
    elif position and not isinstance(event.at, Varying):
        columns.update(id=event.id, sequence=event.sequence, position=event.position)
    return columns
