"""Which records are no events by their profile (heartbeats, preambles, trailers), and what becomes of their batch?"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Any

import msgspec
import re2

from explorer.eventlog.event import Batch, Event, Notice, Record
from explorer.eventlog.extract import EventMaker, getter, scalar_text

_NONE: Record = {"": None}  # known by being this very one

type Test = Callable[[Mapping[str, Any]], bool]


def no_event(said: Mapping[str, str]) -> Test | None:
    """What says of a record that it is no event: at one of some paths stands a value that matches; None if none is."""
    tests = [
        (find, re2.compile(pattern)) for path, pattern in said.items() if (find := getter(path)) is not None
    ]
    if not tests:
        return None

    def test(record: Mapping[str, Any]) -> bool:
        for find, pattern in tests:
            text = scalar_text(find(record))
            if text is not None and pattern.fullmatch(text):
                return True
        return False

    return test


def events_alone(records: Sequence[Record], said: Mapping[str, str]) -> Sequence[Record]:
    """Those of some records that are events."""
    test = no_event(said)
    return records if test is None else [record for record in records if not test(record)]


def leaving_out(make: EventMaker, test: Test | None) -> EventMaker:
    """What makes events of records; of one that is none something that `leave_out` knows."""
    if test is None:
        return make

    def made(position: int, record: Record) -> Event:
        return Event(position, "", None, {}, record=_NONE) if test(record) else make(position, record)

    return made


def leave_out(batch: Batch, before: int = 0) -> int:
    """Take such records out of a batch, and say so.

    Args:
        batch: Its events count from where they stood with those that were taken out before.
        before: How many were taken out before.

    Returns:
        How many were taken out by now.
    """
    flags = [event.record is _NONE for event in batch.events]
    taken = [before, *(before + count for count in accumulate(flags))]
    if not taken[-1]:
        return 0
    first = batch.events[0].position if batch.events else 0

    def moved(position: int) -> int:
        return position - taken[min(max(position - first, 0), len(flags))]

    notices = [
        msgspec.structs.replace(each, position=moved(each.position))
        for each in batch.notices
        if not (0 <= each.position - first < len(flags) and flags[each.position - first])
    ]
    events, offsets, lengths, lines = list[Event](), list[int](), list[int](), list[int]()
    for at, event in enumerate(batch.events):
        position = event.position - taken[at]
        if flags[at]:
            text = "an entry that its profile says is no event was left out here"
            notices.append(
                Notice(max(position - 1, 1), batch.lines[at], 1, batch.offsets[at], text, "no-event")
            )
            continue
        events.append(
            event if position == event.position else msgspec.structs.replace(event, position=position)
        )
        offsets.append(batch.offsets[at])
        lengths.append(batch.lengths[at])
        lines.append(batch.lines[at])
    batch.unread = [
        msgspec.structs.replace(
            each, after=max(0, each.after - taken[min(max(each.after + 1 - first, 0), len(flags))])
        )
        for each in batch.unread
    ]
    batch.events, batch.offsets, batch.lengths, batch.lines = events, offsets, lengths, lines
    batch.notices = sorted(notices, key=lambda each: each.position)
    return taken[-1]


def events_of(batches: Iterator[Batch], test: Test | None) -> Iterator[Batch]:
    """Batches as they are read, without what is no event."""
    before = 0
    for batch in batches:
        if test is not None:
            before = leave_out(batch, before)
        yield batch
