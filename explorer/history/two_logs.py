"""How do two logs differ: up to where do they tell the same, and which state has become another?"""

from explorer.eventlog.event import Event
from explorer.history.chunks import exact_text
from explorer.history.difference import EntityDiff, FieldDiff
from explorer.history.events import Events
from explorer.history.state import State

_BLOCK_EVENTS = 4_096


def same_until(first: Events, second: Events) -> int:
    """How many leading events are alike in both logs: type, entity, time, and data if both are of one format."""
    count = min(len(first), len(second))
    alike = _with_data if first.log.format == second.log.format else _without_data
    for begin in range(0, count, _BLOCK_EVENTS):
        end = min(begin + _BLOCK_EVENTS, count)
        if _stretch(first, begin, end) == _stretch(second, begin, end):
            continue  # byte for byte; nothing need be decoded
        for place in range(begin + 1, end + 1):
            if alike(first.event(place)) != alike(second.event(place)):
                return place - 1
    return count


def _stretch(events: Events, begin: int, end: int) -> bytes:
    start = int(events.offsets[begin])
    return events.log.raw(start, int(events.offsets[end - 1]) + int(events.lengths[end - 1]) - start)


def _without_data(event: Event) -> object:
    return event.type, event.entity, event.at if event.at_ns is None else event.at_ns


def _with_data(event: Event) -> object:
    return _without_data(event), exact_text(event.data)


def differences(before: State, after: State) -> list[EntityDiff]:
    """Every entity whose state in one log is not its state in the other; those of `before` come first."""
    theirs = {after.entity(code): code for code in after.codes.tolist()}
    found = []
    for code in before.codes.tolist():
        entity = before.entity(code)
        other = theirs.pop(entity, None)
        one = _compared(entity, before.row(code), None if other is None else after.row(other), before, after)
        if one is not None:
            found.append(one)
    for entity, code in theirs.items():
        one = _compared(entity, None, after.row(code), before, after)
        if one is not None:
            found.append(one)
    return found


def _compared(
    entity: str, old: dict[str, object] | None, new: dict[str, object] | None, before: State, after: State
) -> EntityDiff | None:
    fields = {field.name: field for state in (after, before) for field in state.fields if not field.hidden}
    kind = "added" if old is None else "removed" if new is None else "changed"
    told = tuple(
        FieldDiff(field, None if old is None else old.get(name), None if new is None else new.get(name))
        for name, field in fields.items()
        if kind != "changed" or (old or {}).get(name) != (new or {}).get(name)
    )
    return EntityDiff(entity, kind, told) if told or kind != "changed" else None
