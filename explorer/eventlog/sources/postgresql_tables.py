"""Which tables does a PostgreSQL database hold, with which columns and keys?"""

from collections import defaultdict

from explorer.eventlog.sources import postgresql_questions as questions
from explorer.eventlog.sources.copied_rows import CopiedColumn
from explorer.eventlog.sources.database_tables import DatabaseTable, likeliest_first
from explorer.eventlog.sources.postgresql_session import PostgresSession

_KINDS = {"r": "table", "p": "table", "v": "view", "m": "view", "f": "table"}


def tables(session: PostgresSession) -> list[DatabaseTable]:
    """All tables and views, the likeliest first; inside of a transaction."""
    columns: defaultdict[int, list[CopiedColumn]] = defaultdict(list)
    for oid, name, kind in session.rows(questions.COLUMNS):
        columns[oid].append(CopiedColumn(name, kind))
    keys: defaultdict[int, list[tuple[bool, tuple[str, ...]]]] = defaultdict(list)
    for oid, primary, names in session.rows(questions.KEYS):
        keys[oid].append((not primary, tuple(names)))
    found: defaultdict[str, list[DatabaseTable]] = defaultdict(list)
    for oid, schema, name, kind, rows, readable in session.rows(questions.TABLES):
        unique = tuple(key for _, key in sorted(keys[oid]))
        found[schema].append(
            DatabaseTable(oid, schema, name, _KINDS[kind], rows, tuple(columns[oid]), unique, readable)
        )
    return likeliest_first(found)
