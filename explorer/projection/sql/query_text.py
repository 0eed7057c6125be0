"""In which dialect of SQL is the text of a query written, and where in it is what wrong?"""

from typing import ClassVar

import sqlglot
from sqlglot import errors, exp
from sqlglot.dialects.duckdb import DuckDB

from explorer.projection.model import TextError


class SqlError(TextError):
    """A query that cannot be a read model.

    Attributes:
        start, end: Its place as a half-open range of characters.
    """

    line: int
    column: int

    def __init__(self, reason: str, text: str = "", start: int = 0, end: int = 0) -> None:
        line, column = text.count("\n", 0, start) + 1, start - (text.rfind("\n", 0, start) + 1) + 1
        super().__init__(reason, line, column)
        self.start, self.end = start, end


class QueryText:
    """A query's text, which knows where each part of its tree stands in it."""

    def __init__(self, text: str) -> None:
        self.text = text

    def error(self, node: exp.Expr | None, reason: str) -> SqlError:
        """The error that points at `node`."""
        places = [
            (found.meta["start"], found.meta["end"] + 1)
            for found in (node.walk() if node is not None else ())
            if "start" in found.meta
        ]
        start, end = (
            (min(place[0] for place in places), max(place[1] for place in places)) if places else (0, 0)
        )
        return SqlError(reason, self.text, start, end)


class ReadModelSql(DuckDB):
    """DuckDB's, but a DECIMAL without digits keeps all of them: it is not DECIMAL(18, 3)."""

    class Parser(DuckDB.Parser):  # type: ignore[misc,valid-type]
        """Reads it."""

        TYPE_CONVERTERS: ClassVar = {
            kind: convert
            for kind, convert in DuckDB.Parser.TYPE_CONVERTERS.items()
            if kind != exp.DType.DECIMAL
        }


def select_of(text: str) -> exp.Select:
    """The one SELECT that a text is.

    Raises:
        SqlError: It is none; says what is wrong and where.
    """
    try:
        trees = [tree for tree in sqlglot.parse(text, read=ReadModelSql) if tree is not None]
    except errors.ParseError as error:
        told = error.errors[0] if error.errors else {}
        start = _offset(
            text, told.get("line") or 1, (told.get("col") or 1) - len(told.get("highlight") or "")
        )
        said = str(told.get("description") or "it cannot be read").rstrip(". ")
        raise SqlError(said, text, start, start + 1) from error
    except (errors.TokenError, RecursionError, ValueError) as error:
        raise SqlError("a quote or a comment has no end", text, len(text.rstrip()), len(text)) from error
    if len(trees) != 1:
        raise SqlError("it must be one SELECT", text, 0, 1)
    if not isinstance(trees[0], exp.Select):
        raise SqlError("it must be a SELECT … FROM events GROUP BY …", text, 0, 1)
    return trees[0]


def _offset(text: str, line: int, column: int) -> int:
    before = sum(len(each) + 1 for each in text.split("\n")[: line - 1])
    return min(max(before + column, 0), len(text))
