"""What does one step of reading a log deliver?"""

import msgspec

from explorer.eventlog.event import Event, Notice, Unread


class Batch(msgspec.Struct):
    """Some consecutive events of a log, and what stood between them.

    Attributes:
        events: (n,) the events, in log order.
        offsets: (n,) where each begins in the unpacked log, in bytes.
        lengths: (n,) how long each is, in bytes.
        lines: (n,) the 1-based line on which each begins.
        unread: What could not be read as an event.
        notices: What is odd about events that were read.
        done_bytes: How much of the log has been read so far.
        done_lines: How many lines that is, in a log of lines.
    """

    events: list[Event] = []
    offsets: list[int] = []
    lengths: list[int] = []
    lines: list[int] = []
    unread: list[Unread] = []
    notices: list[Notice] = []
    done_bytes: int = 0
    done_lines: int = 0
