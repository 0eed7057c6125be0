"""In which dialect of SQL are read models written?"""

from typing import ClassVar

import sqlglot
from sqlglot import exp
from sqlglot.dialects.duckdb import DuckDB


class ReadModelSql(DuckDB):
    """DuckDB's, but a DECIMAL without digits keeps all of them: it is not DECIMAL(18, 3)."""

    class Parser(DuckDB.Parser):  # type: ignore[misc,valid-type]
        """Reads it."""

        TYPE_CONVERTERS: ClassVar = {
            kind: convert
            for kind, convert in DuckDB.Parser.TYPE_CONVERTERS.items()
            if kind != exp.DType.DECIMAL
        }


def parse(text: str) -> list[exp.Expr]:
    """The statements in `text`.

    Raises:
        sqlglot.errors.SqlglotError: It cannot be read.
    """
    return [tree for tree in sqlglot.parse(text, read=ReadModelSql) if tree is not None]
