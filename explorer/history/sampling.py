"""What shows what a log is about: a few events before it is read, all of them once it is?"""

from collections.abc import Collection
from typing import Any

import numpy as np
import numpy.typing as npt

from explorer.eventlog.event import Batch, Event
from explorer.eventlog.log import EventLog
from explorer.history.events import Events
from explorer.projection.sample import Counted

type Ints = npt.NDArray[Any]

_PLACES = 32
_PLACE_BYTES = 32 << 10
_AT_ONCE = 100_000  # events that are counted in one go


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


def counted(events: Events) -> Counted:
    """All events of a log, counted."""
    names = events.type_names.values
    blocks = range(0, len(events), _AT_ONCE)  # a copy of all would be eight times as large
    found = [np.bincount(events.types[at : at + _AT_ONCE], minlength=len(names)).tolist() for at in blocks]
    counts = [sum(column) for column in zip(*found, strict=True)] or [0] * len(names)

    def different(entities: Ints) -> int:
        there = np.zeros(len(events.entity_names) + 1, np.bool_)  # the last is that of -1: none
        there[entities] = True
        return int(np.count_nonzero(there[:-1]))

    def entities_with(types: Collection[str]) -> int:
        of_them = np.array([name in types for name in names], np.bool_)[events.types]
        return different(events.entities[of_them])

    return Counted(
        {name: count for name, count in zip(names, counts, strict=True) if count},
        different(events.entities),
        entities_with,
    )
