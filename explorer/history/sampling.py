"""Which few events show what a log is about, before it is read?"""

from explorer.eventlog.batch import Batch
from explorer.eventlog.event import Event
from explorer.eventlog.log import EventLog

_PLACES = 32
_PLACE_BYTES = 32 << 10


def spread(log: EventLog) -> list[Event]:
    """Events from many places of a log that can be read from any line on, of others the first ones.

    A log of a megabyte or less is read wholly. Positions count from each place.
    """
    if not log.by_lines or log.size_bytes <= _PLACES * _PLACE_BYTES:
        return _beginning(log)
    found = Batch()
    done = 0
    for place in range(_PLACES):
        begin = log.cut(max(done, place * (log.size_bytes // _PLACES)), 0) if place else 0
        end = None if begin is None else log.cut(begin, _PLACE_BYTES)
        if begin is None or end is None:  # a line that is very long
            return _beginning(log)
        if begin < end:
            log.read_stretch(found, log.stretch(begin, end - begin), 0, 1)
        done = end
    return found.events


def _beginning(log: EventLog) -> list[Event]:
    found: list[Event] = []
    for batch in log.batches():
        found += batch.events
        if found and batch.done_bytes >= _PLACES * _PLACE_BYTES:
            break
    return found
