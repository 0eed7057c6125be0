"""How is a record unwrapped, step by step, before its members are looked at?

The record that was read is never changed; a step that does not fit a record leaves it as it is. To unwrap what is
unwrapped already changes nothing, so that an event that somebody edits can be made from its own record again.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from explorer.eventlog.extract import JOINED, EventMaker
from explorer.eventlog.profiles.decoding import as_json, decoded, from_base64, from_hex, unpacked
from explorer.eventlog.profiles.profile import As, Unwrapping
from explorer.eventlog.profiles.typed import (
    as_members,
    behind_changes,
    header_members,
    payload_of_connect,
    plain_dynamo,
    plain_mongo,
    plain_otlp,
)
from explorer.eventlog.profiles.xml_payload import MarkupFault, from_xml
from explorer.eventlog.profiles.yaml_payload import from_yaml

type Value = Any  # JSON
type Unwrap = Callable[[Mapping[str, Value]], Mapping[str, Value]]


def unwrapper(steps: Sequence[Unwrapping]) -> Unwrap | None:
    """What unwraps a record by these steps; None if there is nothing to do."""
    done = [_step(step) for step in steps]
    if not done:
        return None
    if len(done) == 1:
        return done[0]

    def unwrap(record: Mapping[str, Value]) -> Mapping[str, Value]:
        for each in done:
            record = each(record)
        return record

    return unwrap


def unwrapped(records: Sequence[Mapping[str, Value]], unwrap: Unwrap | None) -> Sequence[Mapping[str, Value]]:
    """Some records as they are once unwrapped."""
    return records if unwrap is None else [unwrap(record) for record in records]


def unwrapping(make: EventMaker, unwrap: Unwrap | None) -> EventMaker:
    """What makes events of records that are unwrapped first."""
    if unwrap is None:
        return make
    return lambda position, record: make(position, unwrap(record))


def wrapped_at(steps: Sequence[Unwrapping], record: Mapping[str, Value]) -> str | None:
    """The path of a value of a record that is wrapped otherwise than as JSON in a text; None if there is none."""
    for step in steps:
        path = tuple(step.path.split(".")) if step.path else ()
        value = at(record, path)
        unwrapped = _step(step)(record)
        if unwrapped is not record and not (type(value) is str and value.lstrip()[:1] in {"{", "["}):
            return step.path
        record = unwrapped
    return None


def _step(step: Unwrapping) -> Unwrap:
    path = tuple(step.path.split(".")) if step.path else ()
    both = tuple(tuple(each.split(".")) for each in step.path.split(JOINED)) if JOINED in step.path else ()
    into = tuple(step.into.split(".")) if step.into else path
    reads = [_READERS[each] for each in step.read]
    where = [tuple(each.split(".")) for each in step.where]

    def read(value: Value) -> Value:
        for each in reads:
            value = each(value)
        return value

    def unwrap(record: Mapping[str, Value]) -> Mapping[str, Value]:
        if any(at(record, each) is None for each in where):
            return record
        value = [at(record, each) for each in both] if both else at(record, path)
        if value is None or (both and value[0] is None):
            return record
        found = read(value)
        if isinstance(found, bytes):  # all that was told of it was how its bytes are written
            found = _text(found, value)
        if step.enter or not into:
            return found if isinstance(found, Mapping) else record
        if found is value and into == path:
            return record
        if into != path and at(record, into) is not None:
            return record
        return with_value(record, into, found)

    return unwrap


def at(record: Mapping[str, Value], path: Sequence[str]) -> Value:
    """What stands at a path; None if nothing does. A name that itself has dots is found too."""
    value: Value = record
    for number, name in enumerate(path):
        if not isinstance(value, Mapping):
            return None
        if name in value:
            value = value[name]
            continue
        return value.get(".".join(path[number:]))
    return value


def with_value(record: Mapping[str, Value], path: Sequence[str], value: Value) -> dict[str, Value]:
    """A copy of the record in which a value stands at a path; all that is not on the way is shared."""
    found = dict(record)
    inner = found
    whole = ".".join(path)
    if whole in found:
        found[whole] = value
        return found
    for name in path[:-1]:
        below = inner.get(name)
        inner[name] = dict(below) if isinstance(below, Mapping) else {}
        inner = inner[name]
    inner[path[-1]] = value
    return found


def _text(raw: bytes, instead: Value) -> Value:
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return instead


def _json(value: Value) -> Value:
    return as_json(value) if isinstance(value, (str, bytes)) else value


def _markup(reader: Callable[[str], object]) -> Callable[[Value], Value]:
    def read(value: Value) -> Value:
        text = _text(value, value) if isinstance(value, bytes) else value
        if type(text) is not str:
            return value
        try:
            return reader(text)
        except MarkupFault:
            return value

    return read


def _unpack(value: Value) -> Value:
    if not isinstance(value, bytes):
        return value
    found = unpacked(value)
    return value if found is None else found


def _auto(value: Value) -> Value:
    if not isinstance(value, bytes):
        return decoded(value)
    found = decoded(list(value))
    return value if type(found) is list and found == list(value) else found


_READERS: Mapping[As, Callable[[Value], Value]] = {
    "auto": _auto, "json": _json, "hex": from_hex, "base64": from_base64, "unpack": _unpack,
    "xml": _markup(from_xml), "yaml": _markup(from_yaml), "mongodb": plain_mongo, "dynamodb": plain_dynamo,
    "otlp": plain_otlp, "members": as_members, "headers": header_members,
    "connect": payload_of_connect, "changes": behind_changes,
}  # fmt: skip
