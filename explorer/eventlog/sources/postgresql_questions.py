"""In which words is a PostgreSQL server asked? Each of these questions only reads."""

BEGIN = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"

# values in the same text, whoever asks: numbers in full, times in UTC
SETTINGS = (
    "SET LOCAL TimeZone = 'UTC'; SET LOCAL DateStyle = 'ISO, YMD'; SET LOCAL IntervalStyle = 'postgres'; "
    "SET LOCAL bytea_output = 'hex'; SET LOCAL extra_float_digits = 3; SET LOCAL client_encoding = 'UTF8'; "
    "SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = '10s'"
)

TABLES = r"""
SELECT c.oid::bigint, n.nspname, c.relname, c.relkind::text, c.reltuples::bigint,
    has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT')
FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
    AND NOT c.relispartition ORDER BY 2, 3"""

COLUMNS = """
SELECT a.attrelid::bigint, a.attname, coalesce(nullif(b.typname, ''), t.typname)
FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
    LEFT JOIN pg_catalog.pg_type b ON b.oid = t.typbasetype AND t.typtype = 'd'
WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
    AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' ORDER BY a.attrelid, a.attnum"""

KEYS = """
SELECT i.indrelid::bigint, i.indisprimary, array(SELECT a.attname::text FROM unnest(i.indkey) WITH ORDINALITY k(n, o)
    JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.n ORDER BY k.o)
FROM pg_catalog.pg_index i WHERE i.indisunique AND i.indpred IS NULL AND i.indexprs IS NULL"""

MOMENT = """
SELECT txid_snapshot_xmin(s), txid_snapshot_xmax(s), pg_relation_filenode(%s::bigint::oid::regclass),
    pg_stat_get_tuples_updated(%s::bigint::oid) + pg_stat_get_tuples_deleted(%s::bigint::oid), now()::text
FROM (SELECT txid_current_snapshot()) t(s)"""

RIGHTS = """
SELECT current_user::text, coalesce((SELECT rolsuper FROM pg_catalog.pg_roles WHERE rolname = current_user), false)"""

WRITES = "SELECT has_table_privilege(%s::bigint::oid, 'INSERT, UPDATE, DELETE, TRUNCATE')"


def copy(query: str) -> str:
    """The rows of a query as text."""
    return f"COPY ({query}) TO STDOUT"


def select(asked: str, source: str, condition: str, order: str) -> str:
    """Rows in an order, all or those for which a condition holds."""
    where = f" WHERE {condition}" if condition else ""
    ordered = f" ORDER BY {order}" if order else ""
    return f"SELECT {asked} FROM {source}{where}{ordered}"  # noqa: S608 - names, quoted


def named(expression: str, name: str) -> str:
    """One column of an answer."""
    return f"{expression} AS {name}"


def beyond(place: str, floor: int | None, base: int | None) -> str:
    """Rows with numbers above a floor, written by transactions that began with `base` or later."""
    parts = [] if floor is None else [f"{place} > {floor}"]
    if base is not None:
        parts.append(f"age(e.xmin) BETWEEN 0 AND age('{base % (1 << 32)}'::xid)")
    return " AND ".join(parts)
