"""In which words is a MySQL or MariaDB server asked? Each of these questions only reads."""

BEGIN = (
    "SET SESSION time_zone = '+00:00'",
    "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY",
    "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY",
)
COMMIT = "COMMIT"

TABLES = """
SELECT table_schema, table_name, table_type, coalesce(table_rows, -1) FROM information_schema.tables
WHERE table_schema NOT IN ('mysql', 'information_schema', 'performance_schema', 'sys')
    AND (DATABASE() IS NULL OR table_schema = DATABASE())"""

COLUMNS = """
SELECT table_schema, table_name, column_name, data_type FROM information_schema.columns
WHERE table_schema NOT IN ('mysql', 'information_schema', 'performance_schema', 'sys')
    AND (DATABASE() IS NULL OR table_schema = DATABASE()) ORDER BY table_schema, table_name, ordinal_position"""

KEYS = """
SELECT table_schema, table_name, index_name, column_name FROM information_schema.statistics WHERE non_unique = 0
    AND table_schema NOT IN ('mysql', 'information_schema', 'performance_schema', 'sys')
    AND (DATABASE() IS NULL OR table_schema = DATABASE())
ORDER BY table_schema, table_name, index_name <> 'PRIMARY', index_name, seq_in_index"""

GRANTS = "SHOW GRANTS"
NOW = "SELECT CURRENT_USER(), VERSION(), CAST(NOW() AS CHAR)"


def numbers(place: str, source: str) -> str:
    """The numbers of all rows."""
    return f"SELECT {place} FROM {source}"  # noqa: S608 - names, quoted


def beyond(place: str, floor: int) -> str:
    """Rows with numbers above a floor."""
    return f"{place} > {floor}"


def one_of(place: str, some: list[int]) -> str:
    """Rows with these numbers."""
    return f"{place} IN ({', '.join(map(str, some))})"
