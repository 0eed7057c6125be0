"""One open log and everything that can be asked of it, for a window or a command: no Qt, no widgets."""

from explorer.eventlog import FieldMap, open_log
from explorer.eventlog.errors import Cancelled, LogError

__all__ = ["Cancelled", "FieldMap", "LogError", "open_log"]
