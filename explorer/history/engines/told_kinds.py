"""Of which kinds are the entities of a log whose rows lie on the disk, by what their first and last events say?"""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from explorer.eventlog.log import EventLog
from explorer.history.engines.whole_log import WholeLog
from explorer.history.kinds import EntityKinds, kinds_of, most_in

type Ints = npt.NDArray[Any]

_AT_ONCE = 4_096


def kinds_in(whole: WholeLog, parts: Sequence[EventLog], births: Ints) -> EntityKinds | None:
    """As `kinds.entity_kinds` has them of a history.

    Args:
        whole: The log.
        parts: Its parts, open.
        births: (entities,) which came to be how manieth; -1: it never did.
    """
    fields, count = parts[0].fields, len(whole.entities)
    if (fields.kind is None and fields.form is None) or not count:
        return None
    if fields.kind is not None and count > most_in(parts[0]):
        return None
    names = list(whole.entities.texts())
    told: dict[str, set[str]] = {}
    if fields.kind is not None:
        for entity, kind in _by_events(whole, parts, count):
            told.setdefault(names[entity], set()).add(kind)
    order = np.argsort(np.where(births < 0, count, births), kind="stable")
    return kinds_of([names[at] for at in order.tolist()], told, fields.form, order)


def _by_events(whole: WholeLog, parts: Sequence[EventLog], count: int) -> Iterator[tuple[int, str]]:
    """Entities, and what their first and their last event say."""
    first, last = np.full(count, -1), np.full(count, -1)
    for at, go in enumerate(whole.goes):
        own = go.column("events", "entity")
        rows = np.flatnonzero(own >= 0)
        entities = whole.numbers(go, "entities")[own[rows]]
        last[entities] = rows + whole.before[at]
        entities, rows = entities[::-1], rows[::-1]  # the one that is written last stays
        here = np.full(count, -1)
        here[entities] = rows + whole.before[at]
        first = np.where(first < 0, here, first)
    wanted = np.concatenate([first, last])
    wanted = np.unique(wanted[wanted >= 0])
    ends = np.append(whole.before[1:], whole.count)
    for at, go in enumerate(whole.goes):
        low, high = np.searchsorted(wanted, [whole.before[at], ends[at]])
        for begin in range(int(low), int(high), _AT_ONCE):
            rows = wanted[begin : min(begin + _AT_ONCE, int(high))] - whole.before[at]
            columns = go.columns("events")
            log, offsets, lengths = parts[go.part], columns["offset"][rows], columns["length"][rows]
            places = list(zip(offsets.tolist(), lengths.tolist(), strict=True))
            raws = [log.raw(*place) for place in places]
            entities = whole.numbers(go, "entities")[columns["entity"][rows]].tolist()
            for entity, text, raw, (offset, _) in zip(
                entities, log.kind_texts(raws), raws, places, strict=True
            ):
                kind = log.decode_raw(raw, 1, offset).kind if text is None else text
                if kind:
                    yield entity, kind
