"""How is it said that a database does not stand still?"""

from explorer.eventlog.errors import LogError


class Moved(LogError):  # noqa: N818 - a finding: it is read again
    """Another program wrote to the database while it was read."""

    def __init__(self, name: str) -> None:
        how = f"""sqlite3 "{name}" ".backup copy.db\""""
        super().__init__(
            name,
            "another program keeps writing to it: try again in a moment, or open a copy that SQLite itself makes "
            f"({how})",
        )
