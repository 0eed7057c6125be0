"""What does an ordinary aggregate query over events do to the state, event by event?"""

from explorer.projection.sql.errors import SqlError
from explorer.projection.sql.model import SqlModel

__all__ = ["SqlError", "SqlModel"]
