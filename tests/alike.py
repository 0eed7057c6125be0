"""What does one event say of all records that are written like a line?"""

from collections.abc import Collection

from explorer.eventlog.event import Event, FieldMap
from explorer.eventlog.scanner.blocks import Block, LineScanner
from explorer.eventlog.scanner.columns import ScannedColumns
from explorer.eventlog.scanner.groups import Grouping


def alike(line: bytes, fields: FieldMap, names: Collection[str] | None = None) -> Event:
    """Return the event of stand-ins for a line; it must have one."""
    grouping = Grouping(fields, names)
    assert grouping.of(ScannedColumns(LineScanner().scan(Block(line)))).tolist() == [0]
    event = grouping.groups[0].event
    assert event is not None
    return event
