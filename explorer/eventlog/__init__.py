"""What is an event, and how are logs of them read?"""

from explorer.eventlog.batch import Batch
from explorer.eventlog.errors import Cancelled, LogError, place
from explorer.eventlog.event import Event, FieldMap, Notice, Unread
from explorer.eventlog.log import EventLog, open_log

__all__ = [
    "Batch",
    "Cancelled",
    "Event",
    "EventLog",
    "FieldMap",
    "LogError",
    "Notice",
    "Unread",
    "open_log",
    "place",
]
