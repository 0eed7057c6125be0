"""In which dialect of SQL are read models written?"""

from typing import ClassVar

import sqlglot
from sqlglot import errors, exp
from sqlglot.dialects.duckdb import DuckDB

from explorer.projection.sql.errors import SqlError


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
