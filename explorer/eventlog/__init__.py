"""What is an event, and how are logs of them read, and appended to?"""

from explorer.eventlog.batch import Batch
from explorer.eventlog.errors import (
    Cancelled,
    CannotWrite,
    Conflict,
    InDoubt,
    LogError,
    TornTail,
    place,
)
from explorer.eventlog.event import Event, FieldMap, Notice, Unread
from explorer.eventlog.log import EventLog, open_log

__all__ = [
    "Batch",
    "Cancelled",
    "CannotWrite",
    "Conflict",
    "Event",
    "EventLog",
    "FieldMap",
    "InDoubt",
    "LogError",
    "Notice",
    "TornTail",
    "Unread",
    "open_log",
    "place",
]
