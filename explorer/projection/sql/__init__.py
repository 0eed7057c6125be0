"""What does an ordinary aggregate query over events do to the state, event by event?"""

from explorer.projection.sql.model import SqlModel
from explorer.projection.sql.query_text import SqlError

__all__ = ["SqlError", "SqlModel"]
