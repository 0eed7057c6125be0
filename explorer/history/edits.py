"""Which events of a log are other ones in a branch, and how does what a person writes become such an event?"""

from collections.abc import Mapping
from typing import Any, Literal

import msgspec

from explorer.eventlog.event import Event, FieldMap, Record
from explorer.eventlog.extract import time_getter
from explorer.eventlog.json_text import JsonFault
from explorer.eventlog.log import EventLog
from explorer.eventlog.record import read_record
from explorer.language import tr

type EditKind = Literal["skip", "edit", "insert"]

_WORDS = {
    "type": "type",
    "data": "data",
    "at": "time",
    "account": "entity",
}  # what we call the parts of an event


class EditError(ValueError):
    """A change that makes no sense in this log; `str()` is the sentence for the person."""


class Edit(msgspec.Struct, frozen=True):
    """One difference between a branch and its log.

    Attributes:
        kind: The event is left out, is another one, or there is one more before it.
        position: Which event, in log order; one past the last for what is added at the end.
        text: The event as the person wrote it, in JSON; empty for a skip.
    """

    kind: EditKind
    position: int
    text: str = ""


def new_event(log: EventLog, edit: Edit, old: Event | None, near: Event | None) -> Event:
    """The event of an edit or an insert.

    What is written is taken as the whole event if it names a type and a payload; there null is a value. Else it is laid
    over the old event, member by member (null takes one away); members that no event of the log has beside the payload
    go into it.

    Args:
        log: The log whose manner the event follows.
        edit: What the person wrote.
        old: The event that is changed; None for one that is inserted.
        near: An event of about the same time, for one that says none.

    Raises:
        EditError: It is no JSON object, or has no type.
    """
    written, fields = _read(edit), log.fields
    record: dict[str, Any] = {} if old is None else _copy(old.record)
    parts = {role: path for role, path in msgspec.structs.asdict(fields).items() if path}
    said = {role: written.pop(word) for word, role in _WORDS.items() if _is_word(written, word, role, parts)}
    # the log's own names for the same parts
    for role in ("type", "time", "entity", "data"):
        path = parts.get(role)
        if path and path in written:
            said[role] = written.pop(path)
    flat = "data" not in parts and "type" in said and ("time" in said or "entity" in said)
    whole = old is None or flat or ("type" in said and isinstance(said.get("data"), dict))
    data = {} if whole else dict(old.data)  # type: ignore[union-attr]
    lay = _put_over if whole else _laid_over
    if isinstance(said.get("data"), Mapping):
        data = lay(data, said["data"])
    beside = {} if old is None else old.record
    for name, value in written.items():
        if fields.data is not None and (name in beside or name in {"metadata", "meta", "id"}):
            record = _laid_over(record, {name: value})
        else:
            data = lay(data, {name: value})
    _put_payload(record, fields, data, None if old is None else old.data)
    for role, word in (("type", "type"), ("entity", "account"), ("time", "at")):
        path = parts.get(role) or word
        if role in said and said[role] is None:
            _take(record, path)
        else:
            _put(record, path, said.get(role))
    if "time" not in said and old is None and near is not None and fields.time is not None:
        time = (time_getter(fields.time) or (lambda _: None))(near.record)
        _put(record, fields.time, time)
    event = log.event_of(edit.position, record)
    if old is not None and event.id is None and log.event_of(edit.position, old.record).id is None:
        event = msgspec.structs.replace(event, id=old.id)  # its place in the log said it, not its record
    if not event.type:
        raise EditError(tr("{place}: an event needs a type").format(place=_place(edit)))
    return event


def _read(edit: Edit) -> dict[str, Any]:
    try:
        return dict(read_record(edit.text.encode("utf-8", "surrogatepass"))[0])
    except JsonFault as fault:
        said = tr("{place}: {reason}, at character {index} of the JSON")
        said = said.format(place=_place(edit), reason=fault.reason, index=fault.index + 1)
        raise EditError(said) from fault


def _place(edit: Edit) -> str:
    inserted, edited = tr("the event inserted before {position:,}"), tr("the edit of event {position:,}")
    return (inserted if edit.kind == "insert" else edited).format(position=edit.position)


def _is_word(written: Record, word: str, role: str, parts: Mapping[str, str]) -> bool:
    """Whether a member is our own word for a part that the log calls otherwise, or calls so too."""
    if word not in written:
        return False
    if role == "data":
        return isinstance(written[word], dict) and "data" in parts
    if role == "entity":
        return "entity" in parts and not parts["entity"].endswith(word)
    return True


def _put_payload(
    record: dict[str, Any], fields: FieldMap, data: Mapping[str, Any], old: Mapping[str, Any] | None
) -> None:
    if fields.data is not None:
        _put(record, fields.data, data)
        return
    for name in old or ():
        if name not in data:
            record.pop(name, None)
    record.update(data)


def _put(record: dict[str, Any], path: str, value: object) -> None:
    """Set what stands at a dotted path; None leaves it as it is."""
    if value is None:
        return
    *outer, last = [path] if path in record else path.split(".")
    for name in outer:
        inner = record.get(name)
        record[name] = record = dict(inner) if isinstance(inner, Mapping) else {}
    record[last] = value


def _take(record: dict[str, Any], path: str) -> None:
    """Leave nothing at a dotted path."""
    *outer, last = [path] if path in record else path.split(".")
    for name in outer:
        inner = record.get(name)
        if not isinstance(inner, Mapping):
            return
        record[name] = record = dict(inner)
    record.pop(last, None)


def _put_over(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """All members as they are written."""
    return {**below, **above}


def _laid_over(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """A merge patch, as RFC 7396 has it."""
    found = dict(below)
    for name, value in above.items():
        if value is None:
            found.pop(name, None)
        elif isinstance(value, Mapping) and isinstance(found.get(name), Mapping):
            found[name] = _laid_over(found[name], value)
        else:
            found[name] = value
    return found


def _copy(record: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _copy(value) if isinstance(value, Mapping) else value for name, value in record.items()}
