"""Which read model fits a whole log, and is it read once more because it was about something else than it seemed?"""

from collections.abc import Callable, Collection, Iterator, Sequence
from functools import cache
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from explorer.eventlog.csv_rows import BEFORE_NAMES
from explorer.eventlog.errors import LogError
from explorer.eventlog.event import Batch, Event, Unread
from explorer.eventlog.field_names import is_amount
from explorer.eventlog.log import EventLog
from explorer.eventlog.unpacking import LEAST_BYTES
from explorer.history.chunks import Problem
from explorer.history.events import Events
from explorer.projection.by_kind import recipes_of
from explorer.projection.choose import queries_of
from explorer.projection.members import Members
from explorer.projection.model import ReadModel, Recipe
from explorer.projection.number_style import NumberStyle, points_tell
from explorer.projection.sample import Counted, Sample
from explorer.projection.upcasting import inner_model

type Ints = npt.NDArray[Any]

_BEGINNING_BYTES = 1 << 20
_PLACES = 32
_PLACE_BYTES = 8 << 10
_ENOUGH = 3_000  # events of a large log, if they are short
_AT_ONCE = 100_000  # events that are counted in one go


class WhatWasRead(Protocol):
    """What the reading of a whole log has told of it, whoever read it."""

    @property
    def model(self) -> ReadModel:
        """For which it was read."""

    @property
    def complete(self) -> bool:
        """Whether all of it was."""

    @property
    def members(self) -> Members:
        """What the events have."""

    @property
    def problems(self) -> Sequence[Problem]:
        """What could not be applied."""

    def counted(self) -> Counted:
        """All events, counted."""


def refuse_unread(name: str, unread: Sequence[Unread], events: int) -> None:
    """An empty state is no answer about a log that has something in it.

    Raises:
        LogError: Nothing of the whole log was read as an event.
    """
    if unread and not events:
        first = next((each for each in unread if each.reason != BEFORE_NAMES), unread[0])
        reason = f"nothing in it could be read as an event: {first.reason}"
        if len(unread) > 1:
            reason = f"{reason} (and {len(unread) - 1:,} more)"
        raise LogError(name, reason, line=first.line, column=first.column, byte=first.byte)


def beginning_of(log: EventLog, before: Recipe | None = None) -> Sample:
    """By what the read model of a log is chosen that was not read yet, or only a shorter one, for `before`."""
    numbers = log.profile.numbers or None
    return Sample(
        lambda: spread(log), before, numbers=numbers, is_opaque=_telling_opaque(log), stated=log.form.stated
    )


def settled[Found: WhatWasRead](
    log: EventLog,
    choose_model: Callable[[Sample], ReadModel],
    read: Callable[[ReadModel], Found],
    found: Found,
    *,
    telling: bool = True,
    looked_at: Sample | None = None,
) -> Found:
    """What was read of a log, or what is read once more if it was about something else than it seemed.

    Args:
        log: It.
        choose_model: As for `collect`.
        read: Reads all of it for a read model.
        found: What was read for the one that was chosen first.
        telling: Whether so much was read that another one may be chosen.
        looked_at: By what the first one was chosen, if all places of the log could be looked at then.
    """

    def events() -> Sequence[Event]:
        return spread(log) if looked_at is None else looked_at.events

    model, said = found.model, log.profile.numbers or None
    if found.complete and queries_of(model):  # where it finds what it names is known only now
        kinds = inner_model(model).recipe.by_kind  # what was chosen for other kinds stays
        better = choose_model(Sample(list, model.recipe if kinds else None, members=found.members))
        return found if better.recipe == model.recipe else read(better)
    while (
        found.complete
        and not all(each.language for each in recipes_of(model.recipe))
        and (telling or (said is None and _other_style(found, log, events)))
    ):
        numbers = said or _other_style(found, log, events) or model.numbers
        sample = Sample(
            events,
            counted=found.counted(),
            numbers=numbers,
            stated=log.form.stated,
            every=every_event(log),
        )
        better = choose_model(sample)
        if better.recipe == model.recipe:
            break
        model, found = better, read(better)
    return found


def _telling_opaque(log: EventLog) -> Callable[[Event], bool] | None:
    look = log.opaque_payload
    return None if look is None else lambda event: look(event.record) is not None


def _other_style(found: WhatWasRead, log: EventLog, events: Callable[[], Sequence[Event]]) -> str:
    """In which style numbers of the log can be read that were not read; empty if there are none."""
    styles = {each.details for each in found.problems if each.kind == "number-style"}
    said = (log.fields.amount or "").rpartition(".")[2]
    if styles == {""} and not inner_model(found.model).numbers:
        amounts = (
            value
            for event in events()
            for name, value in event.data.items()
            if isinstance(value, str) and (is_amount(name) or name == said)
        )
        return NumberStyle.POINT if points_tell(amounts) else ""
    return max(styles, default="")  # what is mixed comes after the comma, and reads all that this does


def spread(log: EventLog) -> list[Event]:
    """Events from many places of a log that can be read from any line on, of others the first ones.

    A log of a megabyte or less is read wholly; of one that is still being unpacked, its beginning is taken. Positions
    count from each place.
    """
    if not log.by_lines or not log.goes_beyond(_BEGINNING_BYTES):
        return _beginning(log)
    found = Batch()
    done, size_bytes = 0, LEAST_BYTES if log.grows else log.size_bytes
    for place in range(_PLACES):
        begin = log.cut(max(done, place * (size_bytes // _PLACES)), 0) if place else 0
        end = None if begin is None else log.cut(begin, _PLACE_BYTES)
        if begin is None or end is None:  # a line that is very long
            return _beginning(log)
        if begin < end:
            log.read_stretch(found, log.stretch(begin, end - begin), 0, 1)
        done = end
    return found.events


def every_event(log: EventLog) -> Callable[[], Iterator[Event]] | None:
    """What reads all events of a log of which `spread` has only some; None of one that is small."""
    if not log.goes_beyond(_BEGINNING_BYTES):
        return None
    return lambda: (event for batch in log.batches() for event in batch.events)


def _beginning(log: EventLog) -> list[Event]:
    """The events of a small log, of a large one as many as elsewhere stand in all places together."""
    most = _BEGINNING_BYTES if log.size_bytes <= _BEGINNING_BYTES else _PLACES * _PLACE_BYTES
    found: list[Event] = []
    for batch in log.batches():
        found += batch.events
        if found and (
            batch.done_bytes >= most or (log.size_bytes > _BEGINNING_BYTES and len(found) >= _ENOUGH)
        ):
            break
    return found


def counted(events: Events) -> Counted:
    """All events of a log, counted."""
    names = events.type_names.values
    blocks = range(0, len(events), _AT_ONCE)  # a copy of all would be eight times as large
    found = [np.bincount(events.types[at : at + _AT_ONCE], minlength=len(names)).tolist() for at in blocks]
    counts = [sum(column) for column in zip(*found, strict=True)] or [0] * len(names)

    @cache
    def different(chosen: tuple[bool, ...]) -> int:
        there = np.zeros(len(events.entity_names) + 1, np.bool_)  # the last is that of -1: none
        there[events.entities if all(chosen) else events.entities[np.array(chosen)[events.types]]] = True
        return int(np.count_nonzero(there[:-1]))

    def entities_with(types: Collection[str] | None) -> int:
        return different(tuple(types is None or name in types for name in names))

    return Counted(
        {name: count for name, count in zip(names, counts, strict=True) if count},
        entities_with,
        sum(each.kind == "opaque-payload" for each in events.notices),
    )
