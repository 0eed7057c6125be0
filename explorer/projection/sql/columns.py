"""Which column of which source does a name of a query mean, and where in an event does that stand?"""

from collections.abc import Mapping

from sqlglot import exp

from explorer.projection.sql.query_text import QueryText
from explorer.projection.sql.references import Path, References


class SqlNames:
    """The sources that one SELECT can name.

    Attributes:
        sources: For each its columns; None for the events, whose payload may have any field.
        origins: Where in an event stands what a column of a source is, for those of which that is known.
        references: Takes down what is named.
    """

    def __init__(
        self,
        text: QueryText,
        sources: Mapping[str, frozenset[str] | None],
        origins: Mapping[tuple[str, str], Path],
        references: References,
    ) -> None:
        self.text = text
        self.sources = sources
        self.origins = origins
        self.references = references

    def origin(self, node: exp.Expr) -> Path | None:
        """Where in an event stands what a node names; None if it is no part of one as it stands."""
        inner, path = path_of(node)
        if inner is not None or not path:
            return None
        source, column, rest = self.column(node, path)
        if self.sources[source] is None:
            return (column, *rest)
        base = self.origins.get((source, column))
        return None if base is None else (*base, *rest)

    def is_type(self, node: exp.Expr) -> bool:
        """Whether a node is the event's type."""
        return isinstance(node, exp.Column) and self.origin(node) == ("type",)

    def column(self, node: exp.Expr, path: list[str | int]) -> tuple[str, str, list[str | int]]:
        """The source, the column and the path in it that names from left to right mean.

        Raises:
            SqlError: There is no such column.
        """
        first = str(path[0])
        if len(path) > 1 and first in self.sources:
            return self._in_source(node, first, path[1:])
        having = [name for name, columns in self.sources.items() if columns is not None and first in columns]
        if len(having) > 1:
            raise self.text.error(node, f"“{first}” is a column of {' and of '.join(having)}: say which")
        if having:
            return self._in_source(node, having[0], path)
        events = next((name for name, columns in self.sources.items() if columns is None), None)
        if events is None:
            there = ", ".join(sorted({each for columns in self.sources.values() for each in columns or ()}))
            raise self.text.error(node, f"there is no column “{first}”; there are {there}")
        return self._in_source(node, events, path)

    def _in_source(
        self, node: exp.Expr, source: str, path: list[str | int]
    ) -> tuple[str, str, list[str | int]]:
        columns, name = self.sources[source], str(path[0])
        if columns is None:
            return source, *self.references.placed(path)
        if name not in columns:
            raise self.text.error(
                node, f"{source} has no column “{name}”; it has {', '.join(sorted(columns))}"
            )
        return source, name, path[1:]


def path_of(node: exp.Expr) -> tuple[exp.Expr | None, list[str | int]]:
    """Names from left to right, and what they start from if that is no column."""
    match node:
        case exp.Column():
            return None, [part.name for part in node.parts]
        case exp.Dot() if isinstance(node.expression, exp.Identifier):
            inner, path = path_of(node.this)
            return inner, [*path, node.expression.name]
        case exp.Bracket() if len(node.expressions) == 1 and isinstance(node.expressions[0], exp.Literal):
            inner, path = path_of(node.this)
            step = node.expressions[0]
            return inner, [*path, step.name if step.is_string else int(step.name) + 1]
        case exp.JSONExtract() | exp.JSONExtractScalar() if isinstance(node.expression, exp.JSONPath):
            inner, path = path_of(node.this)
            for step in node.expression.expressions:
                if isinstance(step, exp.JSONPathKey):
                    path = [*path, str(step.this)]
                elif isinstance(step, exp.JSONPathSubscript):
                    path = [*path, int(step.this) + 1]
            return inner, path
    return node, []
