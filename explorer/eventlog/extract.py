"""How does a decoded record become an event, given which field holds what?"""

import json
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any

from explorer.eventlog import entity_forms
from explorer.eventlog.dates import time_reader
from explorer.eventlog.event import Event, FieldMap, Joined, Record
from explorer.eventlog.json_text import FAULTS, JsonFault, decode, needs_care, read_carefully
from explorer.eventlog.local_times import with_zone_word

type Getter = Callable[[Any], Any]
type EventMaker = Callable[[int, Record], Event]

_TIMES_KEPT = 4_096
_PARTS_WITH_ZONE = 2  # a day, a clock and a zone that stand apart


def getter(path: str | None) -> Getter | None:
    """Return a function that finds the value at a dotted path of a record; None where there is none.

    A key that itself has dots (`a.b` as one name) is found too. A path goes on into JSON that is stored as a text.
    `a | b` is the first of the two at which something stands, `a + b` the texts at both, joined.
    """
    if path is None:
        return None
    if FIRST_OF in path:
        return _first_of(path)
    if JOINED in path:
        return _joined(path)
    return _getter(path)


def _getter(path: str) -> Getter:
    names = path.split(".")
    if len(names) == 1:
        return lambda record: record.get(path)
    if len(names) == 2:
        first, second = names

        def two(record: Any) -> Any:  # noqa: ANN401 - JSON
            inner = record.get(first)
            if type(inner) is str:  # a payload is often stored as JSON in a text
                inner = object_in(inner)
            if type(inner) is dict and second in inner:
                return inner[second]
            return record.get(path)

        return two

    def many(record: Any) -> Any:  # noqa: ANN401 - JSON
        value = record
        for at, name in enumerate(names):
            if type(value) is str:
                value = object_in(value)
            if type(value) is not dict:
                return record.get(path)
            if name not in value:
                return value.get(".".join(names[at:])) if at else record.get(path)
            value = value[name]
        return value

    return many


FIRST_OF, JOINED = " | ", " + "


def alternatives(path: str | None) -> list[str]:
    """The paths of which one tells something; none if the path is None."""
    return [] if path is None else path.split(FIRST_OF)


def is_one_path(path: str | None) -> bool:
    """Whether a path is no more than one: no `a | b`, and no `a + b`."""
    return path is None or (FIRST_OF not in path and JOINED not in path)


def _first_of(path: str) -> Getter:
    finds = [found for each in alternatives(path) if (found := getter(each)) is not None]

    def first(record: Any) -> Any:  # noqa: ANN401 - JSON
        for find in finds:
            value = find(record)
            if value is not None:
                return value
        return record.get(path)

    return first


def _joined(path: str) -> Getter:
    finds = [found for each in path.split(JOINED) if (found := getter(each)) is not None]

    def joined(record: Any) -> Any:  # noqa: ANN401 - JSON
        parts = [scalar_text(find(record)) for find in finds]
        if None in parts:  # half of a name is none
            return record.get(path)
        return Joined.text([part for part in parts if part is not None])

    return joined


def time_getter(path: str | None) -> Getter | None:
    """The same for times: a day and a clock that stand apart are one text."""
    if path is None or JOINED not in path or FIRST_OF in path:
        return getter(path)
    finds = [found for each in path.split(JOINED) if (found := getter(each)) is not None]

    def told(record: Any) -> Any:  # noqa: ANN401 - JSON
        if (whole := record.get(path)) is not None:  # as an event has it that a person made
            return whole
        return " ".join(text for find in finds if (text := scalar_text(find(record)))) or None

    return told


_BEFORE = {
    "after": "before", "After": "Before", "AFTER": "BEFORE", "new": "old", "NewImage": "OldImage",
    "record": "old_record",
}  # fmt: skip


def before_path(path: str | None) -> str | None:
    """Where a change that leaves nothing behind tells what `path` tells of others: `after.id` → `before.id`."""
    parts = (path or "").split(".")
    at = next((at for at in reversed(range(len(parts) - 1)) if parts[at] in _BEFORE), None)
    return None if at is None else ".".join([*parts[:at], _BEFORE[parts[at]], *parts[at + 1 :]])


def scalar_text(value: object) -> str | None:
    """The text of a name, id or number as the log writes it; None for anything else."""
    if type(value) is str:
        return value
    if type(value) is int:
        return str(value)
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, Mapping):
        inner = value.get("_data_", value.get("$date", value.get("$oid")))  # a wrapper that tells the type
        return None if isinstance(inner, Mapping) else scalar_text(inner)
    return None


def object_in(text: str) -> dict[str, Any] | None:
    """The object that a text holds as JSON, or None (a payload is often stored so). It is not to be changed."""
    if text[:1] != "{" and text.lstrip()[:1] != "{":
        return None
    return _object_in(text)


@lru_cache(4)  # several fields of one record may stand in the same text
def _object_in(text: str) -> dict[str, Any] | None:
    raw = text.encode("utf-8", "surrogatepass")
    try:
        value = read_carefully(raw) if needs_care(raw) else decode(raw)
    except FAULTS:
        try:
            value = read_carefully(raw)
        except (JsonFault, RecursionError, ValueError):
            return None
    return value if type(value) is dict else None


def _payload(value: object, name: str) -> Any:  # noqa: ANN401 - JSON
    if type(value) is str:
        inner = object_in(value)
        if inner is not None:
            return inner
    return {} if value is None else {name: value}


def _time_reader(fields: FieldMap) -> Callable[[object], int | None]:
    """What reads the times of a log with these fields."""
    if (fields.time or "").count(JOINED) == _PARTS_WITH_ZONE:
        return with_zone_word(time_reader(fields.dates))
    return time_reader(fields.dates, fields.zone)


def event_maker(fields: FieldMap) -> EventMaker:  # noqa: C901 - one closure, so that a million calls stay cheap
    """Return the function (position, record) → Event for these fields."""
    get_type, get_time, get_entity = getter(fields.type), time_getter(fields.time), getter(fields.entity)
    get_entity_before = getter(before_path(fields.entity))
    get_data, get_sequence, get_id = getter(fields.data), getter(fields.sequence), getter(fields.id)
    kind_of = _kind_teller(fields)
    data_name = (fields.data or "").rpartition(".")[2]
    get_entity_inside = getter(fields.entity_in_payload)
    read_time = _time_reader(fields)
    times: dict[str, int | None] = {}

    def make(position: int, record: Any) -> Event:  # noqa: ANN401, C901, PLR0912 - the hot loop
        kind: Any = get_type(record) if get_type is not None else ""
        if type(kind) is not str:
            kind = scalar_text(kind) or ""

        data: Any = record
        if get_data is not None:
            data = get_data(record)
            if type(data) is not dict:
                data = _payload(data, data_name)

        entity: Any = None
        if get_entity is not None:
            entity = get_entity(record)
            if entity is None:
                if get_entity_inside is not None:
                    entity = get_entity_inside(data)
                if entity is None and get_entity_before is not None:
                    entity = get_entity_before(record)
            if type(entity) is not str:
                entity = scalar_text(entity)

        at: Any = None
        at_ns = None
        if get_time is not None:
            at = get_time(record)
            if type(at) is str:
                at_ns = times.get(at, 0)
                if at_ns == 0:
                    if len(times) > _TIMES_KEPT:
                        times.clear()
                    at_ns = times[at] = read_time(at)
            elif at is not None:
                at_ns = read_time(at)
                at = scalar_text(at) or json.dumps(at, default=str)

        sequence: Any = None
        if get_sequence is not None:
            sequence = _whole(get_sequence(record))

        own_id: Any = None
        if get_id is not None:
            own_id = get_id(record)
            if type(own_id) is not str:
                own_id = scalar_text(own_id)
        thing = None if kind_of is None else kind_of(record, entity)
        return Event(position, kind, entity, data, at, at_ns, sequence, own_id, record, thing)

    return make


def _kind_teller(fields: FieldMap) -> Callable[[Any, str | None], str | None] | None:
    """What tells the kind of an entity: its record, or its name."""
    get_kind, form = getter(fields.kind), fields.form
    if get_kind is not None:
        return lambda record, _entity: scalar_text(get_kind(record))
    if form is None:
        return None

    def by_name(_record: object, entity: str | None) -> str | None:
        parts = None if entity is None else entity_forms.parts(entity, form)
        return None if parts is None else parts[0]

    return by_name


def _whole(value: object) -> int | None:
    if type(value) is int:
        return value
    if type(value) is str and len(value) < 40 and value.isascii() and value.isdigit():
        return int(value)
    return None
